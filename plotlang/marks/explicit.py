"""Curves y(x) and x(y): formula → strokes and dots."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from plotlang.language.diagnostics import LanguageError
from plotlang.language.syntax import Fitted, Point, walk
from plotlang.marks.curve import Sketch, rounded
from plotlang.marks.kind import Box, MarkKind, coordinates
from plotlang.model.geometry import Asymptotes, Dots, Polyline, Shape
from plotlang.numerics.compile import compile_expr
from plotlang.numerics.explicit.sampling import sample
from plotlang.numerics.explicit.valuerange import value_range
from plotlang.numerics.polynomials import real_zeros
from plotlang.numerics.view import View

if TYPE_CHECKING:
    from plotlang.language.syntax import Expr
    from plotlang.marks.work import Member, Work
    from plotlang.model.budget import Budget
    from plotlang.model.figure import Mark
    from plotlang.model.geometry import Array


class Explicit(MarkKind):
    """The curve y = f(x), with a dot at each of its places."""

    def lowered(self, work: Work, mark: Mark, sign: int, bound: dict[str, Expr]) -> list[Expr]:
        """The formula, and the places where a tangent or secant meets its curve."""
        cores = super().lowered(work, mark, sign, bound)
        return cores + [work.lowering().lower(place, bound) for (place,) in mark.places]

    def members(self, work: Work, mark: Mark) -> tuple[Member, ...]:
        """As for all; a line that has no height where it should touch can't be drawn."""
        members = super().members(work, mark)
        for member in members if mark.places else ():
            for x, y in meetings(work, member):
                if not np.isfinite(y):
                    message = f"{mark.key.split()[0]} has no value or no slope to go by at {rounded(x)}"
                    raise LanguageError(message, suggestion="choose a place where the curve has both")
        return members

    def box(self, work: Work, member: Member) -> Box | None:
        """The data, for a model that was fitted to them."""
        if member.mark.detail != "fit":
            return None
        fitted = next((node for node in walk(member.mark.exprs[0]) if isinstance(node, Fitted)), None)
        if fitted is None:
            return None
        lowering = work.lowering()
        return Box.around(
            coordinates(work, Point((lowering.lower(fitted.columns[0][1]), lowering.lower(fitted.target))))
        )

    def heights(self, work: Work, member: Member, x: tuple[float, float], *, log: bool) -> tuple[float, float] | None:
        """What matters of the values: extremes, not the neighbourhood of poles; of a tangent only where it touches."""
        if member.mark.places:
            heights = [y for _, y in meetings(work, member)]
            return min(heights), max(heights)
        return value_range(member.cores[0], "x", *x, work.budget, log=log)

    def sketches(self, work: Work, member: Member, window: View) -> tuple[Sketch, ...]:
        """Strokes, dots at its ends, jumps and holes, and its poles if they are asked for."""
        asymptotes = work.figure.view.asymptotes
        sketch = sketch_explicit(member.cores[0], window, work.budget, asymptotes=asymptotes)
        if member.mark.places:
            dots = np.array(meetings(work, member))
            return (replace(sketch, shapes=(*sketch.shapes, Dots(dots)), defined=None),)
        if _is_at_rest(work) and member.mark.family is None and not member.mark.detail:
            return (replace(sketch, notes=zeros_outside(member.cores[0], window)),)
        return (sketch,)


def _is_at_rest(work: Work) -> bool:
    """Whether zeros outside are worth a note: with sliders it would come and go, and push what is below up and down."""
    return not work.brisk and work.figure.view.x is None and not work.session.sliders_of(work.figure.name)


def meetings(work: Work, member: Member) -> list[tuple[float, float]]:
    """Where a tangent or secant meets its curve."""
    value = evaluator(member.cores[0], "x")
    return [(x, value(x)) for x in (work.lowering().number_of(place) for place in member.cores[1:])]


def zeros_outside(core: Expr, window: View) -> tuple[str, ...]:
    """A note on the zeros of a polynomial that the picture does not show."""
    zeros = () if window.log else real_zeros(core, "x") or ()
    outside = [x for x in zeros if not window.low <= x <= window.high]
    if not outside:
        return ()
    where = " and ".join(", ".join(rounded(x) for x in outside).rsplit(", ", 1))
    count = "1 zero lies" if len(outside) == 1 else f"{len(outside)} zeros lie"
    reach = 1.1 * max(abs(zeros[0]), abs(zeros[-1]), 1e-9)
    digits = 10.0 ** np.floor(np.log10(reach))
    far = rounded(float(np.ceil(reach / digits) * digits))
    return (f"{count} outside the picture, at {where}; range -{far} {far} shows all",)


class Inverse(MarkKind):
    """The curve x = f(y)."""

    def sketches(self, work: Work, member: Member, window: View) -> tuple[Sketch, ...]:
        """The same as y = f(x) with the axes exchanged."""
        asymptotes = work.figure.view.asymptotes
        return (sketch_inverse(member.cores[0], window, work.budget, asymptotes=asymptotes),)


def sketch_explicit(core: Expr, view: View, budget: Budget, *, asymptotes: bool = False) -> Sketch:
    """The curve y = core(x) in a window."""
    found = sample(core, "x", view, budget)
    shapes = _shapes(found.paths, found.open_dots, found.filled_dots)
    if asymptotes and found.poles:
        shapes = (*shapes, Asymptotes(x=found.poles))
    return Sketch(shapes, found.defined, evaluator(core, "x"), found.complete)


def sketch_inverse(core: Expr, view: View, budget: Budget, *, asymptotes: bool = False) -> Sketch:
    """The curve x = core(y) in a window: the same with the axes exchanged."""
    across = View(
        view.y_low, view.y_high, view.low, view.high, view.height, view.width, view.y_log, view.log
    )  # fmt: skip
    found = sample(core, "y", across, budget)
    paths = tuple(_swapped(path) for path in found.paths)
    shapes = _shapes(paths, _swapped(found.open_dots), _swapped(found.filled_dots))
    if asymptotes and found.poles:
        shapes = (*shapes, Asymptotes(y=found.poles))
    return Sketch(shapes, found.defined, evaluator(core, "y"), found.complete)


def _swapped(pairs: Array) -> Array:
    return np.ascontiguousarray(pairs[:, ::-1])


def _shapes(paths: tuple[Array, ...], open_dots: Array, filled_dots: Array) -> tuple[Shape, ...]:
    shapes: list[Shape] = [Polyline(paths)]
    if len(filled_dots):
        shapes.append(Dots(filled_dots, filled=True))
    if len(open_dots):
        shapes.append(Dots(open_dots, filled=False))
    return tuple(shapes)


class evaluator:  # noqa: N801 - used like a function
    """The value of a core expression of one variable at a place; compiled when first asked."""

    def __init__(self, core: Expr, variable: str) -> None:
        self.core, self.variable = core, variable

    def __call__(self, x: float) -> float:
        """The value at x, NaN where it is undefined (infinite values count as undefined)."""
        value = float(compile_expr(self.core, self.variable)(np.asarray(x, dtype=float)))
        return value if np.isfinite(value) else float("nan")
