"""Statements that add a mark to the current figure, or define something, or both."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from plotlang.language.diagnostics import LanguageError
from plotlang.model.figure import MOST_OBJECTS
from plotlang.statements.kind import Result, Statement

if TYPE_CHECKING:
    from plotlang.language.syntax import Expr
    from plotlang.model.budget import Budget
    from plotlang.model.figure import Mark
    from plotlang.model.session import Definition, Session


@dataclass(frozen=True, slots=True)
class Formula(Statement):
    """A formula line: perhaps a definition, perhaps a mark, perhaps a value to print."""

    definition: Definition | None = None
    mark: Mark | None = None
    value: Expr | None = None
    text: str = ""
    is_condition: bool = False

    def apply(self, session: Session) -> Session:
        """Define the name, draw the mark."""
        if self.definition is not None:
            check_circle(self.definition, session)
            session = session.define(self.definition)
        if self.mark is not None:
            session = draw(self.mark, session)
        return session

    @property
    def keys(self) -> tuple[str, ...]:
        """The mark, if there is one."""
        return () if self.mark is None else (self.mark.key,)

    def report(self, session: Session, budget: Budget) -> tuple[Result, ...]:
        """The value, when the line asks for one; a definition alone is repeated with its value."""
        from plotlang.statements.values import definition_result, value_result

        if self.value is not None:
            return (value_result(self.value, self.text, session, budget, condition=self.is_condition),)
        if self.definition is not None and self.mark is None and self.definition.name in session.definitions:
            return (definition_result(self.definition.name, session, budget),)
        return ()


def draw(mark: Mark, session: Session) -> Session:
    """The session with a mark in the current figure, in the colour its name has in the notebook."""
    figure = session.figure
    known = {each.key for each in figure.marks}
    if mark.key not in known and len(figure.marks) >= MOST_OBJECTS:
        raise LanguageError(
            f"a figure holds at most {MOST_OBJECTS} objects", suggestion="new figure starts an empty one"
        )
    preferred = session.colors.get(mark.key)
    figure = figure.with_mark(replace(mark, record=session.record), preferred)
    if mark.is_curve and mark.name:
        color = dict(figure.colors)[mark.key]
        session = replace(session, colors={mark.key: color, **session.colors})
    return session.with_figure(figure, touch=True)


def check_circle(definition: Definition, session: Session) -> None:
    """Raise `LanguageError` when a definition depends on itself."""
    name = definition.name
    path = circle(name, definition, session)
    if path is None:
        return
    if len(path) == 1:
        raise self_reference(definition, session)
    shown = " → ".join([name, *path])
    raise LanguageError(
        f"{name} is defined by itself: {shown}",
        why="lines are equations, not steps",
        suggestion="give one of them a meaning without the others",
    )


def circle(name: str, definition: Definition, session: Session) -> list[str] | None:
    """The names on the way from a definition back to itself, or None."""
    first = sorted(session.reach_once(definition.body, definition.parameters))
    came_from: dict[str, str | None] = dict.fromkeys(first)
    waiting = list(first)
    while waiting:
        here = waiting.pop()
        if here == name:
            return _way_to(name, came_from)
        other = session.definitions.get(here)
        for each in sorted(session.reach_once(other.body, other.parameters)) if other is not None else ():
            if each not in came_from:
                came_from[each] = here
                waiting.append(each)
    return None


def _way_to(name: str, came_from: dict[str, str | None]) -> list[str]:
    path: list[str] = []
    here: str | None = name
    while here is not None:
        path.insert(0, here)
        here = came_from[here]
    return path


def self_reference(definition: Definition, session: Session) -> LanguageError:
    """What to say about a = a + 1, and about f(x) = f(x - 1) + 1."""
    name = definition.name
    if definition.parameters:
        letter = definition.parameters[0]
        return LanguageError(
            f"{name} is defined by itself",
            why="functions may not call themselves",
            suggestion=f"write sequence {name}(0) = 1, {name}(n) = … or use another letter for {letter}",
        )
    old = session.definitions.get(name)
    why, fix = "", f"write {name} = 1"
    if old is not None and old.parameters is None:
        from plotlang.model.budget import UNLIMITED
        from plotlang.statements.values import number_of, shown

        with suppress(LanguageError):
            before = number_of(old.body, session, UNLIMITED)
            after = number_of(definition.body, session, UNLIMITED)
            why, fix = f"{name} is {shown(before)} now", f"write {name} = {shown(after)}"
    return LanguageError(f"{name} is defined by itself — lines are equations, not steps", why=why, suggestion=fix)
