"""Parametric and polar curves."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

import numpy as np

from plotlang.language.diagnostics import LanguageError
from plotlang.language.syntax import Binary, Call, Expr, Name
from plotlang.marks.curve import Sketch
from plotlang.marks.explicit import evaluator
from plotlang.marks.kind import Box, MarkKind
from plotlang.model.geometry import Dots, Polyline, Shape
from plotlang.numerics.lists import spread

if TYPE_CHECKING:
    from plotlang.marks.work import Member, Work
    from plotlang.model.figure import Mark
    from plotlang.numerics.view import View


class Parametric(MarkKind):
    """The curve (x(t), y(t)) for t between two ends; without ends one turn."""

    equal: ClassVar[bool] = True

    def ends(self, work: Work, mark: Mark) -> tuple[float, float]:
        """The range of the parameter."""
        if mark.start is None or mark.stop is None:
            return 0.0, 360.0 if work.session.settings.degrees else 2.0 * np.pi
        low, high = work.number(mark.start), work.number(mark.stop)
        if not (np.isfinite(low) and np.isfinite(high)):
            raise LanguageError(f"{mark.variable} needs finite ends", suggestion=f"for {mark.variable} in 0..2pi")
        return min(low, high), max(low, high)

    def lowered(self, work: Work, mark: Mark, sign: int, bound: dict[str, Expr]) -> list[Expr]:
        """Both coordinates; the parameter stays a name, whatever it is elsewhere."""
        inner: dict[str, Expr] = {**bound, mark.variable: Name(mark.variable)}
        return [work.lowering(sign).lower(expr, inner) for expr in mark.exprs]

    def box(self, work: Work, member: Member) -> Box | None:
        """The rectangle around the curve, what runs to infinity left out."""
        from plotlang.numerics.parametric import extent

        x, y = member.cores[:2]
        found = extent(x, y, member.mark.variable, *self.ends(work, member.mark), work.budget)
        return None if found is None else Box(*found)

    def sketches(self, work: Work, member: Member, window: View) -> tuple[Sketch, ...]:
        """Strokes, and dots where the curve jumps or has a hole."""
        from plotlang.numerics.parametric import trace_parametric

        x, y = member.cores[:2]
        found = trace_parametric(x, y, member.mark.variable, *self.ends(work, member.mark), window, work.budget)
        shapes: list[Shape] = [Polyline(found.paths)]
        shapes += [
            Dots(dots, filled=filled)
            for dots, filled in ((found.filled_dots, True), (found.open_dots, False))
            if len(dots)
        ]
        return (Sketch(tuple(shapes), complete=found.complete),)


class Polar(Parametric):
    """The curve r(θ)."""

    def lowered(self, work: Work, mark: Mark, sign: int, bound: dict[str, Expr]) -> list[Expr]:
        """Both coordinates and the radius; angles as the notebook measures them."""
        lowering, angle = work.lowering(sign), Name(mark.variable)
        inner: dict[str, Expr] = {**bound, mark.variable: angle}
        radius = lowering.lower(mark.exprs[0], inner)
        turns = (lowering.lower(Call(name, (angle,)), inner) for name in ("cos", "sin"))
        return [*(spread(lambda r, turn: Binary("*", r, turn), (radius, turn), radius.span) for turn in turns), radius]

    def sketches(self, work: Work, member: Member, window: View) -> tuple[Sketch, ...]:
        """The strokes; its value at an angle is the radius."""
        (sketch,) = super().sketches(work, member, window)
        value = evaluator(member.cores[2], member.mark.variable)
        return (Sketch(sketch.shapes, evaluate=value, complete=sketch.complete),)
