"""One record after the other: the session before a cell + its lines → the session after it, and what it says."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from plotlang.interpreter.read import RawLine, read_cell
from plotlang.language.calls import LOG_NOTE
from plotlang.language.diagnostics import FollowUp, LanguageError, Problem
from plotlang.language.scope import CONSTANTS
from plotlang.language.source import moved
from plotlang.language.syntax import NOWHERE, Number, Span
from plotlang.marks.layout import check_mark
from plotlang.model.budget import UNLIMITED, Budget, Stopped
from plotlang.model.session import Definition
from plotlang.statements.curves import Formula
from plotlang.statements.figures import GoToFigure
from plotlang.statements.naming import names_of
from plotlang.statements.values import shown

if TYPE_CHECKING:
    from collections.abc import Mapping

    from plotlang.language.reading import Reading
    from plotlang.language.scope import Names, Role
    from plotlang.model.figure import Mark
    from plotlang.model.history import CellRecord
    from plotlang.model.session import Session
    from plotlang.statements.kind import Statement

_MOST_PASSES = 6


@dataclass(frozen=True, slots=True, eq=False)
class Said:
    """One cell, understood: the session before and after, its statements with their lines, notes and problems.

    Problems have spans of the cell's text.
    """

    record: CellRecord
    before: Session
    after: Session
    statements: tuple[tuple[RawLine, Statement], ...] = ()
    notes: tuple[str, ...] = ()
    problems: tuple[tuple[RawLine, Problem], ...] = ()

    @property
    def shown(self) -> tuple[str, ...]:
        """The figures that appear under the cell."""
        return tuple(name for name in self.after.figures if self.shows(name))

    def shows(self, name: str) -> bool:
        """Whether a figure appears: it was drawn in, or it is the current one and looks different now."""
        if not self.after.figures[name].visible:
            return False
        if name in self.after.touched:
            return True
        if name != self.after.current or name not in self.before.figures:
            return False
        return self.before.snapshot(name) != self.after.snapshot(name)


def fold_record(before: Session, record: CellRecord, budget: Budget = UNLIMITED) -> Said:
    """The session after a cell.  A line that is wrong contributes nothing; names it would define stay as they were."""
    start = replace(before, touched=frozenset(), freezes={}, files=record.files, cell=record.label, record=record.key)
    start = replace(start, lesson=start.lesson.closed())
    if record.deleted:
        return Said(record, start, start)
    lines = read_cell(record.text)
    if not start.settings.cumulative and any(line.problem is None for line in lines):
        start = GoToFigure(fresh=True).apply(replace(start, touched=start.touched | {start.current}))
        start = replace(start, touched=frozenset())
    bad: dict[int, Problem] = {i: line.problem for i, line in enumerate(lines) if line.problem is not None}
    bad.update(_defined_twice(start, lines, bad))
    dropped: set[int] = set()
    attempt = _attempt(start, lines, bad, dropped, budget)
    passes = 1
    while attempt.found and passes < _MOST_PASSES:
        bad.update(attempt.new_bad)
        dropped |= attempt.new_dropped
        attempt = _attempt(start, lines, bad, dropped, budget)
        passes += 1
    bad.update(attempt.new_bad)
    problems = tuple((lines[i], problem) for i, problem in sorted(bad.items()))
    statements = tuple((line, statement) for _, line, statement in attempt.understood)
    moves = {(record.key, name): value for name, value in record.moves.items()}
    return Said(record, start, attempt.session.placed(moves), statements, tuple(attempt.notes), problems)


class _Attempt:
    """All lines of a cell that are not known to be wrong, read and applied; it finds those that turn out to be."""

    def __init__(self, start: Session, budget: Budget) -> None:
        self.session, self.budget = start, budget
        self.understood: list[tuple[int, RawLine, Statement]] = []
        self.notes: dict[str, None] = {}
        self.new_bad: dict[int, Problem] = {}
        self.new_dropped: set[int] = set()

    @property
    def found(self) -> bool:
        """Whether lines turned out to be wrong, or to depend on wrong ones."""
        return bool(self.new_bad or self.new_dropped)

    def take(self, i: int, line: RawLine, names: Names) -> None:
        """Read one line and apply it."""
        if self.budget.interrupted():
            raise Stopped("interrupted")
        try:
            statement, reading = line.read(_at(names, self.session))
            self.session = statement.apply(_introduced(self.session, reading))
        except FollowUp:
            self.new_dropped.add(i)
        except LanguageError as error:
            self.new_bad[i] = _placed(error.problem, line)
        else:
            self.understood.append((i, line, statement))
            self.notes.update(dict.fromkeys(_notes(statement, reading, self.session)))
            if LOG_NOTE in reading.notes:
                self.session = replace(self.session, log_explained=True)

    def check(self) -> None:
        """See whether every mark can be computed, now that all names of the cell are known."""
        for i, line, statement in self.understood:
            for mark in _marks(statement, self.session):
                problem = _fault(mark, self.session, self.budget)
                if problem is not None:
                    self.new_bad[i] = _placed(problem, line)


def _marks(statement: Statement, session: Session) -> list[Mark]:
    """The marks of a line, as they stand in their figures."""
    if isinstance(statement, Formula):
        return [] if statement.mark is None else [statement.mark]
    return [mark for key in statement.keys for mark in session.figure.marks if mark.key == key]


def _introduced(session: Session, reading: Reading) -> Session:
    """The session with the new letters of a line as numbers with a slider."""
    for letter in reading.new:
        session = session.define(Definition(letter, "parameter", Number(1.0, "1"), automatic=True))
    return session


def _attempt(
    start: Session, lines: list[RawLine], bad: Mapping[int, Problem], dropped: set[int], budget: Budget
) -> _Attempt:
    """Read and apply all lines that are not known to be wrong."""
    names = _with_declared(names_of(start, label=start.cell), lines, bad, dropped)
    attempt = _Attempt(start, budget)
    for i, line in enumerate(lines):
        if i not in bad and i not in dropped:
            attempt.take(i, line, names)
    if not attempt.found:
        attempt.check()
    return attempt


def _fault(mark: Mark, session: Session, budget: Budget) -> Problem | None:
    """What keeps a mark from being drawn at the end of its cell, if anything does."""
    try:
        check_mark(mark, session, budget)
    except LanguageError as error:
        return replace(error.problem, span=NOWHERE, replacement=None)
    except Stopped as stopped:
        if stopped.reason != "time":
            raise
        return Problem("this takes too long", why="the time of the cell is up")
    return None


def _at(names: Names, session: Session) -> Names:
    """The names as they are at one line: with the sliders that earlier lines made."""
    fresh: dict[str, Role] = {
        name: "value"
        for name, each in session.definitions.items()
        if name not in names.roles and each.parameters is None
    }
    strict = not session.settings.auto_sliders
    if not fresh and strict == names.strict:
        return names
    return replace(names, roles={**names.roles, **fresh}, strict=strict)


def _with_declared(names: Names, lines: list[RawLine], bad: Mapping[int, Problem], dropped: set[int]) -> Names:
    """The names with those that the lines of the cell define; names of wrong lines are known to be broken."""
    roles, arity, shapes, broken = dict(names.roles), dict(names.arity), dict(names.shapes), set()
    signatures = dict(names.signatures)
    for i, line in enumerate(lines):
        for each in line.declares(replace(names, roles=roles, shapes=shapes, arity=arity)):
            if each.name in CONSTANTS or names.is_builtin(each.name):
                continue
            if i in bad or i in dropped:
                if each.name not in names.roles:
                    broken.add(each.name)
                continue
            roles[each.name] = each.role
            shapes[each.name] = each.shape
            signatures[each.name] = each.signature
            arity.pop(each.name, None)
            if each.role == "function":
                arity[each.name] = each.arity
    return replace(
        names, roles=roles, arity=arity, shapes=shapes, signatures=signatures, broken=frozenset(broken - set(roles))
    )


def _defined_twice(start: Session, lines: list[RawLine], bad: Mapping[int, Problem]) -> dict[int, Problem]:
    """Lines that give a name another kind of meaning than an earlier line of the cell."""
    names = names_of(start, label=start.cell)
    roles: dict[str, str] = {}
    found: dict[int, Problem] = {}
    for i, line in enumerate(lines):
        for each in line.declares(names) if i not in bad else ():
            if roles.setdefault(each.name, each.role) != each.role:
                both = f"as a {roles[each.name]} and as a {each.role}"
                message = f"{each.name} is defined twice in this cell, {both}"
                found[i] = _placed(Problem(message, suggestion="give one of them another name"), line)
    return found


def _placed(problem: Problem, line: RawLine) -> Problem:
    """The problem with spans of the cell; without a place it is the whole line."""
    text = line.source.text
    if problem.span == NOWHERE:
        start = len(text) - len(text.lstrip())
        problem = replace(problem, span=Span(start, max(start + 1, len(text.split("#")[0].rstrip()))), replacement=None)
    return moved(problem, line.source.offset)


def _notes(statement: Statement, reading: Reading, session: Session) -> list[str]:
    """What to say about how a line was understood, and about its new letters."""
    silent = session.log_explained or session.settings.log_base_ten
    notes = [note for note in reading.notes if note != LOG_NOTE or not silent]
    notes.extend(statement.remarks(session))
    for letter in reading.new:
        definition = session.definitions.get(letter)
        if definition is not None and isinstance(definition.body, Number):
            low, high, value = (shown(each) for each in (definition.low, definition.high, definition.body.value))
            notes.append(f"{letter} is new: a slider from {low} to {high}, now {value}")
    return notes
