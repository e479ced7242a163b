"""An expression of one variable with its evaluators: points, bounds, bounds of the slope."""

from __future__ import annotations

import math
from functools import cached_property
from typing import TYPE_CHECKING, TypeVar, cast

import numpy as np

from plotlang.language.syntax import Binder
from plotlang.numerics.bounds import Bounds, Marks, whole
from plotlang.numerics.building import plain
from plotlang.numerics.compile import Points
from plotlang.numerics.explicit.barriers import crossings
from plotlang.numerics.explicit.formulas import formula
from plotlang.numerics.explicit.judging import spread
from plotlang.numerics.explicit.rounding import rounding_error
from plotlang.numerics.interval import Boxes
from plotlang.numerics.program import is_continuous, range_parts
from plotlang.numerics.view import BEYOND

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from plotlang.language.syntax import Expr
    from plotlang.numerics.limits import Budget
    from plotlang.numerics.realmath import Array
    from plotlang.numerics.view import View

Evaluator = TypeVar("Evaluator", Points, Boxes)

VISIBLE = 0.25
"""Rounding errors above this many pixels are visible."""
_CHORD_ENDS = np.array([0.0, 0.2763932, 0.5381966, 0.7854102, 1.0])
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
        self.variable, self.budget = variable, budget
        self.formula, self.numbers = formula(expr, variable, budget)
        self.points = self._given(self.formula.points)
        steps = () if self.numbers is not None else self.formula.code.steps
        binders = [step.node for step in steps if isinstance(step.node, Binder)]
        self.binding = bool(binders)
        self._terms = max([1, *(_terms(node) // 2 for node in binders)])
        self.precise = False
        self.guessed = self.binding and self.formula.slope is None
        self._marks: Boxes | None = None
        self._snapped: Points | None = None

    def _given(self, evaluator: Evaluator) -> Evaluator:
        return evaluator if self.numbers is None else evaluator.given(self.numbers)

    @cached_property
    def boxes(self) -> Boxes:
        """The evaluator of the bounds of the value and, if there is a derivative, of the slope."""
        return self._given(self.formula.boxes)

    @property
    def steady(self) -> bool:
        """Whether nothing in the formula is rounded or compared, so that its value at a break needs no care."""
        return self.formula.slopes is not None and not self.precise

    @property
    def weight(self) -> int:
        """About how many times the work of a plain formula a value of this one is."""
        return self._terms * (4 if self.precise else 1)

    def at(self, x: Array) -> Array:
        """Values, in the shape of x."""
        wide = cast("Array", x.astype(np.longdouble)) if self.precise else x
        values = self.points((wide,))[0]
        return values if values.shape == x.shape else np.broadcast_to(values, x.shape)

    def sharpen(self, x: Array, values: Array, marks: NDArray[np.uint8], view: View) -> Array | None:
        """Values at x with long doubles, which are used from now on, if that makes a visible difference; else None.

        Only places without `marks` in the cells on both sides count (one more cell than places).  Tried are some of
        them, and all where the values do not follow a smooth line.
        """
        if self.binding or not _MORE_DIGITS or self._surely_exact(x, view):
            return None
        calm = (marks[1:] | marks[:-1]) == 0
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

    def _surely_exact(self, x: Array, view: View) -> bool:
        """Whether rounding errors are surely too small to be seen."""
        rules = self.formula.rounding
        if rules is None or view.y_log:
            return False
        height = view.y_high - view.y_low
        most = max(abs(view.y_low), abs(view.y_high)) + 2 * BEYOND * height
        error = rounding_error(rules, self.points, (float(x[0]), float(x[-1])), most)
        return error <= VISIBLE / 2 * height / view.height

    def snapped(self, x: Array) -> Array:
        """Values at triples (the last axis) just before, at, and just behind breaks, see `snapped`."""
        if self._snapped is None:
            self._snapped = self._given(self.formula.snapped)
        return np.broadcast_to(self._snapped((x,))[0], x.shape)

    def over(self, left: Array, right: Array) -> tuple[Bounds, Bounds | None]:
        """Bounds of the value, and of the slope if there is one, over cells."""
        found = self.boxes((Bounds(left, right),))
        if len(found) == 1:
            return found[0], self._chords(left, right) if self.guessed else None
        return found[0], found[1]

    def steepness(self, left: Array, right: Array) -> tuple[Bounds, Marks] | None:
        """Bounds of the slope over cells, and the marks of the value; None if there is no derivative."""
        if self.binding or self.formula.slope is None:
            return None
        if self.formula.slopes is None:
            value, slope = self.boxes((Bounds(left, right),))
            return slope, value.marks
        slope, *parts = self._given(self.formula.slopes)((Bounds(left, right),))
        marks: Marks = 0
        for part in parts:
            marks = marks | part.marks
        return slope, marks

    def _chords(self, left: Array, right: Array) -> Bounds:
        """Bounds of the slope as a few chords tell it, widened by a half."""
        x = left[:, None] + (right - left)[:, None] * _CHORD_ENDS
        with np.errstate(all="ignore"):
            slopes = np.diff(self.at(x), axis=1) / np.diff(x, axis=1)
            low, high = slopes.min(axis=1), slopes.max(axis=1)
            return whole(Bounds(low - (high - low) / 2, high + (high - low) / 2))

    def crossings(self, left: Array, right: Array) -> tuple[NDArray[np.intp], Array] | None:
        """The numbers of the cells with a pole or an end of the domain, and where it is; None if others may be too."""
        barriers = None if self.formula.slopes is None else self.formula.barriers
        return None if barriers is None else crossings(self._given(barriers), left, right)

    def marks(self, left: Array, right: Array) -> NDArray[np.uint8]:
        """What may go wrong in cells."""
        if self._marks is None:
            self._marks = self._given(self.formula.marks)
        marks = self._marks((Bounds(left, right),))[0].marks
        return np.asarray(spread(np.asarray(marks, dtype=np.uint8), left.shape))
