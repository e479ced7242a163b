"""Slope fields, vector fields, and solutions of differential equations."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from plotlang.language.syntax import Name
from plotlang.marks.curve import Sketch
from plotlang.marks.kind import Box, MarkKind
from plotlang.model.figure import Style
from plotlang.model.geometry import Arrows, Polyline

if TYPE_CHECKING:
    from plotlang.language.syntax import Expr
    from plotlang.marks.work import Member, Work
    from plotlang.model.figure import Mark
    from plotlang.numerics.view import View

SPACING = 28.0  # CSS pixels between the arrows of a field
SLOPE = "y'"


class SlopeField(MarkKind):
    """Short strokes with the slope y' = f(x, y)."""

    def sketches(self, work: Work, member: Member, window: View) -> tuple[Sketch, ...]:
        """One stroke a grid point."""
        from plotlang.numerics.flows.fields import slope_field

        spacing = SPACING * work.session.settings.density
        strokes = slope_field(member.cores[0], window, spacing, work.budget)
        return (Sketch((Polyline(tuple(strokes)),), style=Style(width=1.4), shade=0.75),)


class Field(MarkKind):
    """Arrows of a vector field (u(x, y), v(x, y))."""

    equal: ClassVar[bool] = True

    def sketches(self, work: Work, member: Member, window: View) -> tuple[Sketch, ...]:
        """One arrow a grid point."""
        from plotlang.numerics.flows.fields import vector_field

        u, v = member.cores
        spacing = SPACING * work.session.settings.density
        start, end = vector_field(u, v, window, spacing, work.budget)[:2]
        return (Sketch((Arrows(start, end),), style=Style(width=1.5)),)


class Solution(MarkKind):
    """The solution of y' = f(x, y) or y'' = f(x, y, y') through a starting value, one for each entry of a list."""

    def prepare(self) -> None:
        """Load the solvers."""
        from plotlang.numerics.flows.marching import load

        load()

    def lowered(self, work: Work, mark: Mark, sign: int, bound: dict[str, Expr]) -> list[Expr]:
        """The right side and the starting values."""
        inner: dict[str, Expr] = {**bound, SLOPE: Name(SLOPE)}
        lowering = work.lowering(sign)
        start = [lowering.lower(each, bound) for each in mark.places[0]]
        return [lowering.lower(mark.exprs[0], inner), *start]

    def start(self, work: Work, member: Member) -> list[float]:
        """The starting values as numbers: x, y and perhaps y'."""
        return [work.lowering().number_of(each) for each in member.cores[1:]]

    def box(self, work: Work, member: Member) -> Box | None:
        """Nothing: the solution goes on to the edges of the window."""
        del work, member
        return None

    def heights(self, work: Work, member: Member, x: tuple[float, float], *, log: bool) -> tuple[float, float] | None:
        """What follows from the start; what lies before it only as far as that does not make it small."""
        from plotlang.numerics.flows.trajectories import heights_of

        del log
        start, core = self.start(work, member), member.cores[0]
        whole = heights_of(core, SLOPE, start, x, work.budget)
        if whole is None or not x[0] < start[0] < x[1]:
            return whole
        low, high = heights_of(core, SLOPE, start, (start[0], x[1]), work.budget) or (start[1], start[1])
        room = (high - low) or abs(start[1]) or 1.0
        return max(whole[0], low - room), min(whole[1], high + room)

    def sketches(self, work: Work, member: Member, window: View) -> tuple[Sketch, ...]:
        """The strokes from the start to both edges, and a note where the solution ends before."""
        from plotlang.numerics.flows.trajectories import solve_first_order, solve_second_order

        first, *rest = self.start(work, member)
        if len(rest) == 1:
            found = solve_first_order(member.cores[0], first, rest[0], window, work.budget)
        else:
            found = solve_second_order(member.cores[0], SLOPE, first, rest[0], rest[1], window, work.budget)
        notes = tuple(f"{work.title(member.mark)} {reason}" for reason in found.stopped)
        return (Sketch((Polyline(found.paths),), evaluate=found.value, complete=found.complete, notes=notes),)
