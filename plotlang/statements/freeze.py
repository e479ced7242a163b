"""Sliders that work in saved pages: freeze."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import pyparsing as pp

from plotlang.language.diagnostics import LanguageError, nearest
from plotlang.statements.fragments import NAME, word
from plotlang.statements.kind import Kind, Statement

if TYPE_CHECKING:
    from collections.abc import Sequence

    from plotlang.language.reading import Reading
    from plotlang.model.budget import Budget
    from plotlang.model.session import Definition, Session
    from plotlang.statements.kind import Result

MOST_FROZEN = 3


@dataclass(frozen=True, slots=True)
class FreezeFigure(Statement):
    """The current figure is shown with sliders that need no kernel; without names, all that it depends on."""

    freezes: tuple[str, ...] = ()

    def apply(self, session: Session) -> Session:
        name = session.current
        return replace(session, touched=session.touched | {name}, freezes={**session.freezes, name: self.freezes})

    def report(self, session: Session, budget: Budget) -> tuple[Result, ...]:
        """Nothing; raises `LanguageError` when the figure can't be frozen."""
        del budget
        for figure, names in session.freezes.items():
            if names == self.freezes:
                frozen_sliders(session, figure, names)
        return ()


def frozen_sliders(session: Session, figure: str, names: Sequence[str]) -> tuple[Definition, ...]:
    """The sliders to be frozen in a figure: those of these names, or all that it depends on.

    Raises `LanguageError` when there are none, or too many, or one of them is none.
    """
    if figure not in session.figures or not session.figures[figure].visible:
        raise LanguageError("this figure is empty", suggestion="draw something first, for example y = a x")
    known = session.sliders_of(figure)
    if not known:
        _check_names(session, names, ())
        raise LanguageError("this figure depends on no slider", suggestion="for example: y = a x and slider a -5 5")
    found = [each.name for each in known]
    _check_names(session, names, found)
    wanted = tuple(each for each in known if each.name in names) if names else known
    if len(wanted) > MOST_FROZEN:
        shown = ", ".join(found)
        raise LanguageError(
            f"at most {MOST_FROZEN} sliders are frozen at a time",
            why=f"this figure depends on {shown}" if not names else "",
            suggestion=f"choose some of them: freeze {found[0]} {found[1]}",
        )
    return wanted


def _check_names(session: Session, names: Sequence[str], found: Sequence[str]) -> None:
    for name in names:
        definition = session.definitions.get(name)
        if definition is None:
            meant = nearest(name, found)
            hint = f"freeze {' '.join(found[:2])}" if found else f"slider {name} -5 5 makes a slider"
            hint = f"did you mean {meant[0]}?" if meant else hint
            raise LanguageError(f"{name} is not defined", suggestion=hint)
        if definition.kind != "parameter":
            what = "a function" if definition.parameters is not None else "a value without a slider"
            hint = f"freeze {' '.join(found[:2])}" if found else f"slider {name} -5 5 gives it one"
            raise LanguageError(f"{name} is {what}", suggestion=hint)
        if name not in found:
            hint = f"freeze {' '.join(found[:2])}" if found else ""
            raise LanguageError(f"the figure does not depend on {name}", suggestion=hint)


class Freeze(Kind):
    """freeze."""

    words = ("freeze",)
    usage = ("freeze", "freeze a", "freeze a b")
    summary = "Shows the figure with sliders that work in saved pages too: without a kernel, without a network."
    examples = ("y = a sin(x)\nfreeze a", "slider a -2 2 step 0.1\ny = a x^2 + b\nfreeze a b")
    room = "sliders"

    def grammar(self) -> pp.ParserElement:
        """Some names, or none."""
        between = pp.Suppress(pp.Optional(pp.Literal(",") | pp.Keyword("and")))
        return word("freeze") + pp.Group(pp.ZeroOrMore(NAME + between))("names")

    def build(self, parts: Any, reading: Reading) -> Statement:
        """The names."""
        del reading
        return FreezeFigure(tuple(dict.fromkeys(each.text for each in parts["names"])))


FREEZE_KINDS: tuple[Kind, ...] = (Freeze(),)
