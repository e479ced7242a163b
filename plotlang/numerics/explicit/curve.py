"""An expression of one variable with its evaluators: points, bounds, bounds of the slope."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, cast

import numpy as np

from plotlang.language.diagnostics import LanguageError
from plotlang.language.syntax import Binder
from plotlang.numerics.bounds import Bounds, whole
from plotlang.numerics.building import plain
from plotlang.numerics.compile import Points
from plotlang.numerics.derivative import differentiate
from plotlang.numerics.explicit.judging import spread
from plotlang.numerics.explicit.snapped import snapped_operation
from plotlang.numerics.interval import Boxes
from plotlang.numerics.program import is_continuous, program, range_parts

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

TYPICAL = 16
"""Times that the body of an integral, or of a sum of unknown length, is supposed to be computed."""
_MORE_DIGITS = np.finfo(np.longdouble).eps < 1e-18
_EVERY = 12
_BEND = np.array([1.0, -4.0, 6.0, -4.0, 1.0])


def _suspicious(rows: Array) -> NDArray[np.bool_]:
    """Every twelfth place, and those where the fourth differences of the heights are those of noise."""
    chosen = np.zeros(rows.shape, dtype=bool)
    chosen[::_EVERY] = True
    if rows.size > _BEND.size:
        with np.errstate(all="ignore"):
            rough = np.flatnonzero(np.abs(np.convolve(rows, _BEND, "valid")) > 4 * VISIBLE)
        for i in range(_BEND.size):
            chosen[rough + i] = True
    return chosen


def _terms(node: Binder) -> int:
    """About how many times a binder computes its body."""
    parts = [plain(part) for part in range_parts(node)]
    if is_continuous(node) or None in parts:
        return TYPICAL
    low, high, step = (*(part for part in parts if part is not None), 1.0)[:3]
    return int(min(max((high - low) / (step or 1.0), 1.0), 1000.0)) if math.isfinite(high - low) else TYPICAL


class Curve:
    """An expression of one variable with its three evaluators: points, bounds, bounds of the derivative."""

    def __init__(self, expr: Expr, variable: str, budget: Budget) -> None:
        self.code, self.variable, self.budget = program((expr,)), variable, budget
        self.points = Points(self.code, (variable,), budget)
        self.binding = any(isinstance(step.node, Binder) for step in self.code.steps)
        self._terms = max([1, *(_terms(step.node) // 2 for step in self.code.steps if isinstance(step.node, Binder))])
        self.precise = self.guessed = False
        self._marks: Boxes | None = None
        self._snapped: Points | None = None
        try:
            roots = (expr, differentiate(expr, variable))
            self.boxes = Boxes(program(roots), (variable,), budget)
        except LanguageError:
            self.guessed = self.binding
            self.boxes = Boxes(self.code, (variable,), budget)

    @property
    def weight(self) -> int:
        """About how many times the work of a plain formula a value of this one is."""
        return self._terms * (4 if self.precise else 1)

    def at(self, x: Array) -> Array:
        """Values, in the shape of x."""
        wide = cast("Array", x.astype(np.longdouble)) if self.precise else x
        values = self.points((wide,))[0]
        return values if values.shape == x.shape else np.broadcast_to(values, x.shape)

    def sharpen(self, x: Array, values: Array, calm: NDArray[np.bool_], view: View) -> Array | None:
        """Values at x with long doubles, which are used from now on, if that makes a visible difference; else None.

        Only `calm` places count.  Tried are some of them, and all where the values do not follow a smooth line.
        """
        if self.binding or not _MORE_DIGITS:
            return None
        rows = view.rows(values)
        tried = np.flatnonzero(calm & _suspicious(rows))
        if tried.size == 0:
            return None
        self.precise = True
        try:
            finer = np.array(self.at(x[tried]))
        except TypeError:  # functions of scipy have no long doubles
            finer = values[tried]
        self.precise = bool((np.abs(view.rows(finer) - rows[tried]) > VISIBLE).any())
        return np.where(calm, self.at(x), values) if self.precise else None

    def snapped(self, x: Array) -> Array:
        """Values at triples (the last axis) just before, at, and just behind breaks, see `snapped`."""
        if self._snapped is None:
            self._snapped = Points(self.code, (self.variable,), self.budget, snapped_operation)
        return np.broadcast_to(self._snapped((x,))[0], x.shape)

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
        return np.asarray(spread(np.asarray(marks, dtype=np.uint8), left.shape))
