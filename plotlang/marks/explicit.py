"""Curves y(x) and x(y): formula → strokes and dots."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from plotlang.marks.curve import Sketch
from plotlang.model.geometry import Asymptotes, Dots, Polyline, Shape
from plotlang.numerics.compile import compile_expr
from plotlang.numerics.sampling import sample
from plotlang.numerics.view import View

if TYPE_CHECKING:
    from plotlang.language.syntax import Expr
    from plotlang.model.budget import Budget
    from plotlang.model.geometry import Array


def sketch_explicit(core: Expr, view: View, budget: Budget, *, asymptotes: bool = False) -> Sketch:
    """The curve y = core(x) in a window."""
    found = sample(core, "x", view, budget)
    shapes = _shapes(found.paths, found.open_dots, found.filled_dots)
    if asymptotes and found.poles:
        shapes = (*shapes, Asymptotes(x=found.poles))
    return Sketch(shapes, found.defined, evaluator(core, "x", budget), found.complete)


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
    return Sketch(shapes, found.defined, evaluator(core, "y", budget), found.complete)


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

    def __init__(self, core: Expr, variable: str, budget: Budget) -> None:
        self.core, self.variable, self.budget = core, variable, budget

    def __call__(self, x: float) -> float:
        """The value at x, NaN where it is undefined (infinite values count as undefined)."""
        value = float(compile_expr(self.core, self.variable)(np.asarray(x, dtype=float)))
        return value if np.isfinite(value) else float("nan")
