"""A curve of one parameter in the plane, and the same curve in the pixels of a view."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from plotlang.language.diagnostics import LanguageError
from plotlang.language.syntax import Binder, Call, Number
from plotlang.numerics.bounds import Bounds
from plotlang.numerics.compile import Points
from plotlang.numerics.derivative import differentiate
from plotlang.numerics.explicit.snapped import snapped_operation
from plotlang.numerics.interval import Boxes
from plotlang.numerics.program import program

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from plotlang.language.syntax import Expr
    from plotlang.numerics.limits import Budget
    from plotlang.numerics.realmath import Array
    from plotlang.numerics.view import View

CHORDS = np.array([0.0, 0.2763932, 0.5381966, 0.7854102, 1.0])
"""Where in a cell chords begin and end that tell the slope of a function without a derivative."""


class PlaneCurve:
    """Two expressions of one parameter with their evaluators, compiled once for any number of views."""

    def __init__(self, x: Expr, y: Expr, variable: str, budget: Budget) -> None:
        self.x, self.y, self.variable, self.budget = x, y, variable, budget
        self._compiled: dict[tuple[bool, bool], Coordinates] = {}
        self.coordinates(log=False, y_log=False)

    def coordinates(self, *, log: bool, y_log: bool) -> Coordinates:
        """The evaluators of both coordinates, or of the logarithms of some."""
        if (log, y_log) not in self._compiled:
            x, y = (Call("ln", (each,)) if wanted else each for each, wanted in ((self.x, log), (self.y, y_log)))
            self._compiled[log, y_log] = Coordinates(x, y, self.variable, self.budget)
        return self._compiled[log, y_log]


class Coordinates:
    """Points, bounds and bounds of the slope of two expressions."""

    def __init__(self, x: Expr, y: Expr, variable: str, budget: Budget) -> None:
        self.variable, self.budget = variable, budget
        self.code = program((x, y))
        self.costly = any(isinstance(step.node, Binder) for step in self.code.steps)
        self.points = Points(self.code, (variable,), budget)
        slopes = [_slope(each, variable) for each in (x, y)]
        self.known = [slope is not None for slope in slopes]
        roots = [x, y, *(Number(0.0) if slope is None else slope for slope in slopes)]
        self.boxes = Boxes(program(roots), (variable,), budget)
        self._exact: Points | None = None
        self._marks: Boxes | None = None

    def at(self, t: Array) -> Array:
        """Both values, shape (2, *t.shape)."""
        result = np.empty((2, *t.shape))
        result[0], result[1] = self.points((t,))
        return result

    def exactly_at(self, t: Array) -> Array:
        """Both values in the middle of triples around breaks: t of shape (n, 3), the result (2, n)."""
        if self._exact is None:
            self._exact = Points(self.code, (self.variable,), self.budget, snapped_operation)
        return np.stack([np.broadcast_to(each, t.shape)[:, 1] for each in self._exact((t,))])

    def marks(self, left: Array, right: Array) -> NDArray[np.uint8]:
        """What may go wrong in cells, with either value."""
        if self._marks is None:
            self._marks = Boxes(self.code, (self.variable,), self.budget)
        return _both(self._marks((Bounds(left, right),)), left.shape)

    def over(self, left: Array, right: Array) -> tuple[Array, Array, NDArray[np.uint8]]:
        """Bounds (low, high) of the values and of the slopes, shape (2, 2, n) each, and the marks of both together."""
        found = self.boxes((Bounds(left, right),))
        values, slopes = np.empty((2, 2, left.size)), np.empty((2, 2, left.size))
        for i in (0, 1):
            values[0, i], values[1, i] = found[i].low, found[i].high
            slopes[0, i], slopes[1, i] = found[2 + i].low, found[2 + i].high
        if not all(self.known):
            self._guess(left, right, slopes)
        return values, slopes, _both(found, left.shape)

    def _guess(self, left: Array, right: Array, slopes: Array) -> None:
        """Slopes of a sum or integral without a derivative, as a few chords tell them, widened by a half."""
        missing = [i for i in (0, 1) if not self.known[i]]
        slopes[0, missing], slopes[1, missing] = -np.inf, np.inf
        if not self.costly:
            return
        t = left[:, None] + (right - left)[:, None] * CHORDS
        with np.errstate(all="ignore"):
            chords = np.diff(self.at(t)[missing], axis=-1) / np.diff(t, axis=-1)
            low, high = chords.min(axis=-1), chords.max(axis=-1)
            room = (high - low) / 2
            slopes[0, missing] = np.where(np.isfinite(room), low - room, -np.inf)
            slopes[1, missing] = np.where(np.isfinite(room), high + room, np.inf)


def _both(found: list[Bounds], shape: tuple[int, ...]) -> NDArray[np.uint8]:
    one, two = np.asarray(found[0].marks, dtype=np.uint8), np.asarray(found[1].marks, dtype=np.uint8)
    return np.broadcast_to(one | two, shape)


def _slope(expr: Expr, variable: str) -> Expr | None:
    try:
        return differentiate(expr, variable)
    except LanguageError:
        return None


class Chart:
    """A curve in pixels: x from the left edge of a view, y from its lower edge.

    Points and ends of bounds are arrays of shape (2, n), x first.
    """

    def __init__(self, curve: PlaneCurve, view: View) -> None:
        self.coordinates = curve.coordinates(log=view.log, y_log=view.y_log)
        self.view, self.budget, self.costly = view, curve.budget, self.coordinates.costly
        self.size = np.array([[float(view.width)], [float(view.height)]])
        ends = np.array([[view.low, view.high], [view.y_low, view.y_high]])
        self._logs = np.array([view.log, view.y_log])
        ends[self._logs] = np.log(ends[self._logs])
        self._origin, self._scale = ends[:, :1], self.size / (ends[:, 1:] - ends[:, :1])

    def at(self, t: Array) -> Array:
        """Places at an array t of one dimension; NaN in both where one of them does not exist."""
        return self._shown(self.coordinates.at(t))

    def exactly_at(self, t: Array) -> Array:
        """Places in the middle of triples around breaks: t of shape (n, 3)."""
        return self._shown(self.coordinates.exactly_at(t))

    def _shown(self, values: Array) -> Array:
        with np.errstate(all="ignore"):
            places = (values - self._origin) * self._scale
        places[:, np.isnan(places).any(axis=0)] = np.nan
        return np.asarray(places)

    def over(self, left: Array, right: Array) -> tuple[Array, Array, NDArray[np.uint8]]:
        """Bounds of the places, of the speeds (pixels per unit of the parameter), and marks; see `Coordinates.over`."""
        values, slopes, marks = self.coordinates.over(left, right)
        with np.errstate(all="ignore"):
            return (values - self._origin) * self._scale, slopes * self._scale, marks

    def marks(self, left: Array, right: Array) -> NDArray[np.uint8]:
        """What may go wrong in cells."""
        return self.coordinates.marks(left, right)

    def data(self, places: Array) -> Array:
        """Places in pixels of shape (2, n) as points in units of the axes, shape (n, 2)."""
        values = self._origin + places / self._scale
        with np.errstate(all="ignore"):
            values[self._logs] = np.exp(values[self._logs])
        return np.ascontiguousarray(values.T)
