"""A history → what every cell says and shows; what did not change is remembered."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from plotlang.interpreter.fold import Said, fold_record
from plotlang.interpreter.outcome import Outcome, Picture
from plotlang.language.diagnostics import Diagnostic, LanguageError, Problem
from plotlang.language.source import locate, moved
from plotlang.language.syntax import NOWHERE, Span
from plotlang.model.budget import UNLIMITED, Stopped
from plotlang.model.session import Session
from plotlang.statements.curves import Formula
from plotlang.statements.sliders import MakeSlider

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from plotlang.interpreter.read import RawLine
    from plotlang.model.budget import Budget
    from plotlang.model.history import History
    from plotlang.model.session import Definition
    from plotlang.statements.kind import Result, Statement


_LONGEST_QUOTED = 200


class Fold:
    """The fold over all records.  The part of a history that is the same as last time is not worked out again."""

    def __init__(self) -> None:
        self._memory: list[Said] = []

    def copy(self) -> Fold:
        """A fold that remembers the same, so that the old one stays as it is until the new one is taken over."""
        other = Fold()
        other._memory = self._memory
        return other

    def all(self, history: History, budget: Budget = UNLIMITED) -> list[Said]:
        """What every record says, in order; raises `Stopped` when interrupted."""
        memory, same = self._memory, 0
        while same < min(len(memory), len(history.records)) and memory[same].record is history.records[same]:
            same += 1
        said = memory[:same]
        session = said[-1].after if said else Session()
        for record in history.records[same:]:
            said.append(fold_record(session, record, budget))
            session = said[-1].after
        self._memory = said
        return said


def reports(said: Said, budget: Budget) -> tuple[tuple[Result, ...], tuple[Diagnostic, ...]]:
    """What a cell prints, and what goes wrong with it.  Definitions are printed only when no picture appears."""
    results: list[Result] = []
    errors: list[Diagnostic] = []
    quiet = bool(said.shown)
    for line, statement in said.statements:
        if quiet and _only_defines(statement):
            continue
        try:
            with np.errstate(all="ignore"):
                results.extend(statement.report(said.after, budget))
        except LanguageError as error:
            errors.append(diagnostic(said, line, replace(error.problem, span=NOWHERE, replacement=None)))
        except Stopped as stopped:
            if stopped.reason != "time":
                raise
            errors.append(diagnostic(said, line, Problem("this takes too long", why="its time is up")))
    return tuple(results), tuple(errors)


def _only_defines(statement: Statement) -> bool:
    return isinstance(statement, MakeSlider) or (type(statement) is Formula and statement.value is None)


def diagnostic(said: Said, line: RawLine, problem: Problem) -> Diagnostic:
    """A problem with spans of its line, placed in the cell."""
    text = line.source.text
    if problem.span == NOWHERE:
        start = len(text) - len(text.lstrip())
        problem = replace(problem, span=Span(start, max(start + 1, len(text.rstrip()))))
    return locate(moved(problem, line.source.offset), said.record.text, said.record.label)


def told(message: str) -> Diagnostic:
    """A mistake that stands in no cell."""
    return Diagnostic(message)


def outcome_of(said: Said, budget: Budget) -> Outcome:
    """The outcome of one cell, its pictures worked out."""
    label = said.record.label
    errors = [locate(problem, said.record.text, label) for _, problem in said.problems]
    results, late = reports(said, budget)
    figures = []
    notes = list(said.notes)
    for name in said.shown:
        shown = picture_of(said, name).worked_out(budget)
        figures.append(shown)
        notes.extend(shown.notes)
        told = {each.line for each in late}
        errors.extend(each for each in _undrawn(said, shown) if each.line not in told)
    current = next((each for each in figures if each.name == said.after.current), None)
    if current is None and said.after.figure.visible:
        current = picture_of(said, said.after.current)
    page = "\n\n".join(statement.page for _, statement in said.statements if statement.page)
    reading = said.statements[-1][1].reading if said.statements else ""
    ordered = tuple(sorted((*errors, *late), key=lambda each: (each.line, each.column)))
    return Outcome(
        ordered,
        tuple(dict.fromkeys(notes)),
        results,
        tuple(figures),
        current,
        sliders=loose_sliders(said, [slider for each in figures for slider in each.sliders]),
        cell_id=said.record.key,
        page=page,
        reading=reading,
    )


def loose_sliders(said: Said, pictured: Sequence[Definition]) -> tuple[Definition, ...]:
    """The parameters that a cell defines, or is about, and that its pictures don't depend on."""
    about = {name for _, statement in said.statements for name in statement.handles}
    known = {each.slider for each in pictured}
    return tuple(
        each
        for each in said.after.definitions.values()
        if each.kind == "parameter"
        and each.slider not in known
        and (each.record == said.record.key or each.name in about)
    )


def _undrawn(said: Said, shown: Picture) -> list[Diagnostic]:
    """Mistakes that only drawing showed, at the lines that asked for it."""
    return [
        diagnostic(said, line, Problem(shown.undrawn[key]))
        for line, statement in said.statements
        for key in statement.keys
        if key in shown.undrawn
    ]


def picture_of(said: Said, name: str, losses: tuple[str, ...] = ()) -> Picture:
    """The picture of a figure under a cell; `losses` tell what it can't draw any more."""
    return Picture(said.after, name, said.record.key, losses=losses, all_notes=_looks_elsewhere(said, name))


def _looks_elsewhere(said: Said, name: str) -> bool:
    """Whether the cell changed the view of a figure, so that old curves may have left it."""
    before = said.before.figures.get(name)
    return before is not None and before.view != said.after.figures[name].view


def losses(said: Said, lost: Mapping[str, str]) -> tuple[str, ...]:
    """Notes for the picture of a cell that was not run again: what it can't draw any more, and which cell is why."""
    notes = []
    for line, problem in said.problems:
        text = " ".join(line.source.text[:_LONGEST_QUOTED].split())
        words = set(re.findall(r"[^\W\d]\w*", text))
        where = next((f"; cell [{label}] took it away" for name, label in lost.items() if name in words), "")
        notes.append(f"{text} is not drawn: {problem.message}{where}")
    return tuple(notes)


def names_lost(before: list[Said], after: list[Said], keys: frozenset[str], lost: Mapping[str, str]) -> dict[str, str]:
    """The names that vanished from these cells, with the cell's label, added to those lost earlier."""
    found = dict(lost)
    new = {said.record.key: said for said in after}
    for said in before:
        if said.record.key in keys:
            now = new[said.record.key]
            for name in _own_names(said) - _own_names(now):
                found[name] = now.record.label
    for said in after:
        for name in _own_names(said):
            found.pop(name, None)
    return found


def _own_names(said: Said) -> set[str]:
    return {name for name, each in said.after.definitions.items() if each.record == said.record.key}


def set_again(every: list[Said], place: int) -> tuple[str, ...]:
    """Notes for a cell that defines names which a later cell defines again."""
    notes = []
    for name in sorted(_own_names(every[place])):
        later = next((said for said in every[place + 1 :] if name in _own_names(said)), None)
        if later is not None and not every[place].after.definitions[name].automatic:
            notes.append(f"{name} is set again in cell [{later.record.label}]")
    return tuple(notes)
