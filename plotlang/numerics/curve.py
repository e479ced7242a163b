"""An expression of one variable with its evaluators: points, bounds, bounds of the slope."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

import numpy as np

from plotlang.language.diagnostics import LanguageError
from plotlang.language.syntax import Binder
from plotlang.numerics.bounds import Bounds, whole
from plotlang.numerics.compile import Points
from plotlang.numerics.derivative import differentiate
from plotlang.numerics.interval import Boxes
from plotlang.numerics.program import program

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from plotlang.language.syntax import Expr
    from plotlang.numerics.limits import Budget
    from plotlang.numerics.realmath import Array
    from plotlang.numerics.view import View

VISIBLE = 0.25
"""Rounding errors above this many pixels are visible."""
_CHORDS = np.array([0.0, 0.2763932, 0.5381966, 0.7854102, 1.0])
"""Where in a cell chords begin and end that tell the slope of a function without a derivative."""


class Curve:
    """An expression of one variable with its three evaluators: points, bounds, bounds of the derivative."""

    def __init__(self, expr: Expr, variable: str, budget: Budget) -> None:
        self.code, self.variable, self.budget = program((expr,)), variable, budget
        self.points = Points(self.code, (variable,), budget)
        self.precise = self.guessed = False
        self._marks: Boxes | None = None
        try:
            roots = (expr, differentiate(expr, variable))
            self.boxes = Boxes(program(roots), (variable,), budget)
        except LanguageError:
            self.guessed = any(isinstance(step.node, Binder) for step in self.code.steps)
            self.boxes = Boxes(self.code, (variable,), budget)

    def at(self, x: Array) -> Array:
        """Values, in the shape of x."""
        wide = cast("Array", x.astype(np.longdouble)) if self.precise else x
        return np.broadcast_to(self.points((wide,))[0], x.shape)

    def sharpen(self, x: Array, values: Array, view: View) -> Array | None:
        """Values at x with long doubles, which are used from now on, if that makes a visible difference; else None."""
        if any(isinstance(step.node, Binder) for step in self.code.steps):
            return None
        self.precise = True
        try:
            finer = np.array(self.at(x))
        except TypeError:  # functions of scipy have no long doubles
            finer = values
        self.precise = bool((np.abs(view.rows(finer) - view.rows(values)) > VISIBLE).any())
        return finer if self.precise else None

    def over(self, left: Array, right: Array) -> tuple[Bounds, Bounds | None]:
        """Bounds of the value, and of the slope if there is one, over cells."""
        found = self.boxes((Bounds(left, right),))
        if len(found) == 1:
            return found[0], self._steepness(left, right) if self.guessed else None
        return found[0], found[1]

    def _steepness(self, left: Array, right: Array) -> Bounds:
        """Bounds of the slope as a few chords tell it, widened by a half."""
        x = left[:, None] + (right - left)[:, None] * _CHORDS
        with np.errstate(all="ignore"):
            slopes = np.diff(self.at(x), axis=1) / np.diff(x, axis=1)
            low, high = slopes.min(axis=1), slopes.max(axis=1)
            return whole(Bounds(low - (high - low) / 2, high + (high - low) / 2))

    def marks(self, left: Array, right: Array) -> NDArray[np.uint8]:
        """What may go wrong in cells."""
        if self._marks is None:
            self._marks = Boxes(self.code, (self.variable,), self.budget)
        marks = self._marks((Bounds(left, right),))[0].marks
        return np.broadcast_to(np.asarray(marks, dtype=np.uint8), left.shape)
