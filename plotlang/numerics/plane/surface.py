"""An expression of x and y with its evaluators: points, bounds, and bounds of both slopes."""

from __future__ import annotations

from copy import copy
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from plotlang.language.diagnostics import LanguageError
from plotlang.language.syntax import Binder, Expr
from plotlang.numerics.bounds import BROKEN, EMPTY, PARTIAL, Bounds
from plotlang.numerics.compile import Points
from plotlang.numerics.derivative import differentiate
from plotlang.numerics.interval import Boxes
from plotlang.numerics.plane.unvanishing import unvanishing_operation
from plotlang.numerics.program import outer_names, program

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from plotlang.numerics.limits import Budget
    from plotlang.numerics.realmath import Array

NAMES = ("x", "y")


class Surface:
    """The height f(x, y) − level, ready to be computed at points and bounded over cells.

    `guessed` tells that bounds are estimates and points are costly (sums, integrals); `by_rows`
    that what is costly needs only x or only y.  Raises `LanguageError` as
    `compile_expr` does.
    """

    def __init__(self, expr: Expr, budget: Budget, level: float = 0.0) -> None:
        self.expr, self.budget, self.level = expr, budget, level
        self.code = program((expr,))
        self.points = Points(self.code, NAMES, budget)
        binders = [step.node for step in self.code.steps if isinstance(step.node, Binder)]
        self.guessed = bool(binders)
        self.by_rows = bool(binders) and not any(set(NAMES) <= set(outer_names(node)) for node in binders)

    def shifted(self, level: float) -> Surface:
        """The same surface above another level; what is compiled so far is shared."""
        other = copy(self)
        other.level = level
        return other

    @cached_property
    def boxes(self) -> Boxes:
        """The evaluator of bounds."""
        return Boxes(self.code, NAMES, self.budget)

    @cached_property
    def slopes(self) -> tuple[Expr, Expr] | None:
        """Both partial derivatives; None if there are none, or if bounds are only guessed."""
        if self.guessed:
            return None
        try:
            return differentiate(self.expr, "x"), differentiate(self.expr, "y")
        except LanguageError:
            return None

    @cached_property
    def sloped_boxes(self) -> Boxes | None:
        """The evaluator of bounds of the height and of both slopes."""
        if self.slopes is None:
            return None
        return Boxes(program((self.expr, *self.slopes)), NAMES, self.budget)

    @cached_property
    def slope_points(self) -> Points | None:
        """The evaluator of both slopes at points."""
        return None if self.slopes is None else Points(program(self.slopes), NAMES, self.budget)

    def at(self, x: Array, y: Array) -> Array:
        """Heights at points; x and y broadcast."""
        value = self.points((x, y))[0]
        shape = np.broadcast_shapes(x.shape, y.shape)
        if value.shape != shape:
            value = np.broadcast_to(value, shape)
        return value - self.level if self.level else value

    def slope(self, x: Array, y: Array, along_y: NDArray[np.bool_], step: Array) -> Array:
        """The slope in x, or in y where `along_y`; a difference over `step` to both sides if it has no formula."""
        if self.slope_points is not None:
            in_x, in_y = self.slope_points((x, y))
            return np.where(along_y, in_y, in_x)
        dx, dy = np.where(along_y, 0.0, step), np.where(along_y, step, 0.0)
        return self.at(x + dx, y + dy) - self.at(x - dx, y - dy)

    def is_zero(self, x: Array, y: Array) -> NDArray[np.bool_]:
        """Where the height and both slopes are zero, and not just too small for a float."""
        roots = (self.expr,) if self.slopes is None else (self.expr, *self.slopes)
        values = Points(program(roots), NAMES, self.budget, unvanishing_operation)((x, y))
        values[0] = values[0] - self.level
        return np.asarray(np.logical_and.reduce([np.broadcast_to(each == 0, x.shape) for each in values]))

    def over(self, cells: tuple[Bounds, Bounds]) -> Bounds:
        """Bounds of the height over cells, in the shape of the cells; NaN where it is undefined."""
        return self._shaped(self.boxes(cells)[0], _shape(cells), self.level)

    def over_slopes(self, cells: tuple[Bounds, Bounds]) -> tuple[Bounds, Bounds, Bounds] | None:
        """Bounds of the height and of both slopes; None if there are no slopes."""
        if self.sloped_boxes is None:
            return None
        value, in_x, in_y = self.sloped_boxes(cells)
        shape = _shape(cells)
        return self._shaped(value, shape, self.level), self._shaped(in_x, shape), self._shaped(in_y, shape)

    @staticmethod
    def _shaped(a: Bounds, shape: tuple[int, ...], level: float = 0.0) -> Bounds:
        low, high = (np.broadcast_to(each, shape) for each in (a.low, a.high))
        marks = np.broadcast_to(np.asarray(a.marks, dtype=np.uint8), shape)
        return Bounds(low - level, high - level, marks) if level else Bounds(low, high, marks)


def _shape(cells: tuple[Bounds, Bounds]) -> tuple[int, ...]:
    return np.broadcast_shapes(cells[0].low.shape, cells[1].low.shape)


def calm(value: Bounds) -> NDArray[np.bool_]:
    """Where a bounded height is surely continuous and defined."""
    return np.asarray((np.asarray(value.marks) & (BROKEN | PARTIAL | EMPTY)) == 0)
