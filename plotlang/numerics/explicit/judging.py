"""Which cells of a curve need no more work."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from plotlang.numerics.bounds import Bounds, count

if TYPE_CHECKING:
    from plotlang.numerics.explicit.cells import Cells
    from plotlang.numerics.realmath import Array
    from plotlang.numerics.view import View

Mask = NDArray[np.bool_]


def spread(a: NDArray[Any], shape: tuple[int, ...]) -> NDArray[Any]:
    """The array in a shape that it broadcasts to."""
    return a if a.shape == shape else np.broadcast_to(a, shape)


def settled(
    view: View, cells: Cells, value: Bounds, slope: Bounds | None
) -> tuple[Mask, NDArray[np.intp], Array, Array]:
    """Cells that need no more work; the numbers of the others, and the least and greatest values they may take.

    Continuous cells that are not monotone are bounded by the values at their ends and the bounds of the slope.
    """
    shape = cells.left.shape
    clean, empty = _clean(cells, value)
    with np.errstate(all="ignore"):
        if slope is None:
            ready = empty
        else:
            ready = spread((slope.low >= 0) | (slope.high <= 0), shape) & clean
            if count(empty):
                ready |= empty
        rest = np.flatnonzero(~ready)
        if rest.size == 0:
            return ready, rest, value.low, value.high
        low, high = spread(value.low, shape).take(rest), spread(value.high, shape).take(rest)
        calm = clean.take(rest)
        if not count(calm):
            return ready, rest, low, high
        if slope is not None:
            steepness = Bounds(spread(slope.low, shape).take(rest), spread(slope.high, shape).take(rest))
            low, high = _by_slopes(cells.take(rest), low, high, steepness)
        calm &= view.flat(low, high) | (high < view.below) | (low > view.above)
        if count(calm):
            ready[rest[calm]] = True
            still = ~calm
            rest, low, high = rest[still], low[still], high[still]
    return ready, rest, low, high


def _clean(cells: Cells, value: Bounds) -> tuple[Mask, Mask]:
    """As the properties of `Cells`; quick if nothing is marked."""
    known = isinstance(value.marks, int) and value.marks == 0
    if known and not math.isnan(np.vdot(cells.first, cells.first) + np.vdot(cells.last, cells.last)):
        return np.ones(cells.left.shape, dtype=bool), np.zeros(cells.left.shape, dtype=bool)
    return cells.clean, cells.empty


def _by_slopes(cells: Cells, low: Array, high: Array, slope: Bounds) -> tuple[Array, Array]:
    """Bounds tightened by end values and bounds of the slope: the heights where the steepest lines meet."""
    width, rise = cells.right - cells.left, cells.last - cells.first
    room = slope.high - slope.low
    tops = cells.first + slope.high * (rise - slope.low * width) / room
    bottoms = cells.first - slope.low * (rise - slope.high * width) / room
    known = (cells.marks == 0) & np.isfinite(tops + bottoms)
    greatest, least = np.fmax(cells.first, cells.last), np.fmin(cells.first, cells.last)
    high = np.where(known, np.fmin(high, np.fmax(tops, greatest)), high)
    low = np.where(known, np.fmax(low, np.fmin(bottoms, least)), low)
    return low, high


def finest(left: Array, right: Array, view: View) -> Array:
    """The width below which splitting is of no use: a few neighbouring floats, or next to nothing of a pixel."""
    size = np.maximum(np.abs(left), np.abs(right)) * 1e-15
    return np.asarray(np.maximum(size, view.pixel(left) * 1e-11))
