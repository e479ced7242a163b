"""The zeros of a function, and where two functions meet."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from plotlang.language.syntax import Binary
from plotlang.numerics.bounds import BROKEN, PARTIAL
from plotlang.numerics.calculus.isolating import Isolated, isolate
from plotlang.numerics.calculus.polishing import bracketed, simplest, tidied, unique
from plotlang.numerics.calculus.scanning import merged
from plotlang.numerics.calculus.searching import MOST_ZEROS
from plotlang.numerics.calculus.univariate import EPSILON, SMALLEST, Univariate

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from plotlang.language.syntax import Expr
    from plotlang.numerics.limits import Budget
    from plotlang.numerics.realmath import Array

    Mask = NDArray[np.bool_]

STEP_BACK = 2.0**-30
"""How far from a break, relative to its place, values are compared with those at it."""
SHRUNK = 0.02
"""A function goes through 0 in a break if it shrinks at least to this share on the way from there."""

_STEPS_OUT, _HALVINGS = 64, 70


@dataclass(frozen=True, slots=True)
class Zeros:
    """Where a function is 0: single `places` in order, and `ranges` on which it is 0 throughout.

    `complete` is False if there were too many to find them all.
    """

    places: tuple[float, ...]
    ranges: tuple[tuple[float, float], ...]
    complete: bool


def zeros(expr: Expr, variable: str, low: float, high: float, budget: Budget) -> Zeros:
    """All zeros of a core expression from low to high (finite, low < high), both included.

    A place counts as a zero if the function is defined there and its value can't be told from 0 for rounding; poles,
    holes and jumps over 0 do not count.  At most 1,000 places are given.
    """
    low, high = float(low), float(high)
    return zeros_of(Univariate(expr, variable, high - low, budget), low, high, budget)


def zeros_of(f: Univariate, low: float, high: float, budget: Budget) -> Zeros:
    """As `zeros`, of a function that is ready to be computed."""
    with np.errstate(all="ignore"):
        found = isolate(f, low, high, budget)
        roots = roots_in(f, found.brackets, budget)
        ends = np.array([low, high])
        breaks, zero = zeros_in_breaks(f, *found.gaps)
        places = np.concatenate([roots, found.touches, breaks[zero], ends[f.near_zero(ends)]])
        ranges = _tidy_ranges(f, found, low, high)
        for a, b in ranges:
            margin = 1e-12 * (high - low)
            places = places[(places < a - margin) | (places > b + margin)]
        places = distinct(f, places, low, high, breaks[~zero])
        places = places[~_underflown(f, places)]
    complete = found.complete and places.size <= MOST_ZEROS
    return Zeros(tuple(places[:MOST_ZEROS].tolist()), ranges, complete)


def distinct(f: Univariate, places: Array, low: float, high: float, breaks: Array) -> Array:
    """Places of zeros as simple numbers, each once, in order, without those that can't be told from a break."""
    if places.size == 0:
        return places
    places = np.unique(np.clip(places, low, high))
    tidy, left, right, known = tidied(f, places, low, high)
    if breaks.size:
        breaks = np.sort(breaks)
        apart = np.searchsorted(breaks, left) == np.searchsorted(breaks, right, side="right")
        tidy, left, right, known = tidy[apart], left[apart], right[apart], known[apart]
    return np.asarray(tidy[unique(f, tidy, left, right, known)])


def roots_in(f: Univariate, brackets: tuple[Array, Array], budget: Budget) -> Array:
    """The zeros in ranges with a change of sign; jumps and poles are left out."""
    left, right = brackets[0][: 2 * MOST_ZEROS], brackets[1][: 2 * MOST_ZEROS]
    if left.size == 0:
        return left
    root = bracketed(f.at, left, right, 1e-18 * f.span, budget)
    doubtful = np.flatnonzero(~f.near_zero(root))
    if doubtful.size:
        near = root[doubtful]
        step = 8 * np.spacing(np.abs(near))
        sound = shrinks(f, near - step, near + step) & np.isfinite(f.at(near))
        root = np.delete(root, doubtful[~sound])
    return root


def shrinks(f: Univariate, left: Array, right: Array) -> Mask:
    """Whether values at left and right of a break are next to nothing, compared with values a little further out."""
    away = STEP_BACK * np.maximum(np.maximum(np.abs(left), np.abs(right)), 1e-3 * f.span)
    with np.errstate(all="ignore"):
        outer = np.fmax(np.abs(f.at(left - away)), np.abs(f.at(right + away)))
        inner = np.fmax(np.abs(f.at(left)), np.abs(f.at(right)))
        return np.asarray(inner <= SHRUNK * outer)


def zeros_in_breaks(f: Univariate, left: Array, right: Array) -> tuple[Array, Mask]:
    """The places of breaks, each between two neighbouring floats, and in which of them the function is 0."""
    if left.size == 0:
        return left, left > 0
    room = 2 * EPSILON * np.maximum(np.abs(left), np.abs(right))
    place, is_simple = simplest(left - room, right + room, (left + right) / 2)
    value = f.inside(left, place, right)
    with np.errstate(all="ignore"):
        bounds = f.rounding(place)
        undefined = (np.asarray(bounds.marks) & (BROKEN | PARTIAL)) == (BROKEN | PARTIAL)
        near = (bounds.low <= 0) & (bounds.high >= 0) & ~undefined
        defined = np.isfinite(value) | ~is_simple & (np.isfinite(f.at(left)) | np.isfinite(f.at(right)))
        found = (value == 0) & (~undefined | (f.at(place) == 0)) | near & defined & shrinks(f, left, right)
    return place, np.asarray(found)


def _underflown(f: Univariate, places: Array) -> Mask:
    """Places in the middle of values that are too small for floats: they are no zeros."""
    if places.size == 0:
        return places > 0
    bounds = f.rounding(places)
    tiny = (bounds.high < SMALLEST) & (bounds.low > -SMALLEST)
    away = 1e-9 * f.span
    return np.asarray(tiny & (f.at(places - away) == 0) & (f.at(places + away) == 0))


def _tidy_ranges(f: Univariate, found: Isolated, low: float, high: float) -> tuple[tuple[float, float], ...]:
    """Ranges with their ends worked out by halving, and written as simple numbers."""
    if not found.flats:
        return ()
    flats = np.array(found.flats)
    middle = flats.mean(axis=1)
    ends = []
    sound = np.ones(middle.shape, dtype=bool)
    for side, limit in ((0, low), (1, high)):
        inside, outside = _last_zeros(f, flats[:, side], middle, limit)
        beyond = np.abs(f.at(outside))
        sound &= (inside == outside) | (beyond == 0) | (beyond > SMALLEST) | np.isnan(beyond)
        room = 8 * EPSILON * np.abs(inside) + 1e-17 * f.span
        place, _ = simplest(np.minimum(inside, outside) - room, np.maximum(inside, outside) + room, inside)
        ends.append(np.where(inside == limit, limit, place))
    return tuple(merged(ends[0][sound], ends[1][sound]))


def _last_zeros(f: Univariate, end: Array, middle: Array, limit: float) -> tuple[Array, Array]:
    """How far from the middle of ranges of zeros towards a limit they go on: the last zero, and the place behind it."""
    inside, outside, step = end.copy(), end.copy(), (end - middle) / 2
    for _ in range(_STEPS_OUT):
        going = f.near_zero(outside, sharp=True) & (outside != limit)
        if not going.any():
            break
        inside = np.where(going, outside, inside)
        further = np.where((outside + step - limit) * step >= 0, limit, outside + step)
        outside = np.where(going, further, outside)
    inside = np.where(f.near_zero(outside, sharp=True), outside, inside)
    for _ in range(_HALVINGS):
        half = (inside + outside) / 2
        if ((half == inside) | (half == outside)).all():
            break
        good = f.near_zero(half, sharp=True)
        inside, outside = np.where(good, half, inside), np.where(good, outside, half)
    return inside, outside


@dataclass(frozen=True, slots=True)
class Meetings:
    """Where two functions are equal: `points` (x, y) in order, and `ranges` of the variable on which they agree."""

    points: tuple[tuple[float, float], ...]
    ranges: tuple[tuple[float, float], ...]
    complete: bool


def intersections(f: Expr, g: Expr, variable: str, low: float, high: float, budget: Budget) -> Meetings:
    """Where two core expressions are equal, for `variable` from low to high (finite, low < high), both included."""
    found = zeros(Binary("-", f, g), variable, low, high, budget)
    first = Univariate(f, variable, high - low, budget)
    heights = tidy_values(first, np.array(found.places))
    points = tuple(zip(found.places, heights.tolist(), strict=True))
    return Meetings(points, found.ranges, found.complete)


def tidy_values(f: Univariate, x: Array) -> Array:
    """Values at x, written as simple numbers where rounding errors allow."""
    if x.size == 0:
        return x
    y = f.at(x)
    bounds = f.rounding(x)
    with np.errstate(all="ignore"):
        room = 4 * EPSILON * np.abs(y)
        low, high = np.fmin(bounds.low, y - room), np.fmax(bounds.high, y + room)
    good = (np.asarray(bounds.marks) & BROKEN) == 0
    result, _ = simplest(np.where(good, low, np.nan), np.where(good, high, np.nan), y)
    return result
