"""Curves that a command is about and that the figure does not show: drawn thin and grey beside what was found."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from plotlang.marks.curve import Sketch
from plotlang.marks.explicit import sketch_explicit
from plotlang.model.figure import Style
from plotlang.numerics.explicit.valuerange import value_range

if TYPE_CHECKING:
    from plotlang.language.syntax import Expr
    from plotlang.marks.work import Member, Work
    from plotlang.numerics.view import View

_LOOK = Style(color="#8a8f96", width=1.4)


def undrawn(work: Work, member: Member) -> list[Expr]:
    """The core formulas of a mark's curves that no visible mark of the figure draws.

    Of Riemann boxes only the first formula is a curve; the other is their number.
    """
    shown = {mark.exprs[0] for mark in work.figure.visible if mark.kind == "explicit"}
    pairs = list(zip(member.mark.exprs, member.cores, strict=True))[: 1 if member.mark.kind == "riemann" else None]
    return [core for expr, core in pairs if expr not in shown]


def companions(work: Work, member: Member, window: View) -> tuple[Sketch, ...]:
    """Thin curves of the formulas that are not drawn."""
    return tuple(
        Sketch(sketch_explicit(core, window, work.budget).shapes, style=_LOOK) for core in undrawn(work, member)
    )


def companion_heights(work: Work, member: Member, x: tuple[float, float], *, log: bool) -> list[float]:
    """The heights that these curves ask for, none if all are drawn."""
    ranges = [value_range(core, "x", *x, work.budget, log=log) for core in undrawn(work, member)]
    return [end for each in ranges if each is not None for end in each if math.isfinite(end)]
