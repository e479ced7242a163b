"""Limits of functions of one variable, from values alone.

A function is computed at places that come nearer and nearer to the one of interest, with a bound for each rounding
error.  The limit is the best of three guesses: the nearest trustworthy value; the epsilon algorithm (Wynn, Mathematics
of Computation 10 (1956) 91–96), which takes out powers of the distance; and a polynomial in one over the logarithm of
the distance.  Two sequences of places have to agree.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from plotlang.language.diagnostics import LanguageError
from plotlang.numerics.bounds import BROKEN, EMPTY, PARTIAL, Bounds
from plotlang.numerics.calculus.polishing import simplest
from plotlang.numerics.calculus.sequences import FAR, NEAR, best_guess, direction
from plotlang.numerics.calculus.univariate import EPSILON, Univariate, is_clean

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from plotlang.language.syntax import Expr
    from plotlang.numerics.limits import Budget
    from plotlang.numerics.realmath import Array

    Mask = NDArray[np.bool_]

STARTS = (0.8717, 0.6364)
"""Where the sequences begin, in units of the place (at least 1): numbers that fit no simple pattern."""
CLOSEST = 2.0**-44
FARTHEST = 1e5
"""How far out sums with a growing number of terms are followed."""
HUGE = 1e20
"""An infinite value counts only for a function that has finite values above this; else it is an overflow on the way."""
SETTLED = 1e-7
"""A limit is believed if its estimated error is at most this share of it (or of 1, if it is smaller)."""
_E = np.array([np.e, 1 / np.e, np.e**2, -np.e, -1 / np.e, np.sqrt(2), np.sqrt(3), np.sqrt(np.pi), np.sqrt(2 * np.pi)])


@dataclass(frozen=True, slots=True)
class Sides:
    """One-sided limits: numbers, ±inf, or NaN; their estimated errors; and where there are values at all."""

    value: Array
    error: Array
    defined: Mask

    def __getitem__(self, rows: slice) -> Sides:
        return Sides(self.value[rows], self.error[rows], self.defined[rows])


def limit(expr: Expr, variable: str, place: float, side: int, budget: Budget) -> float:
    """The limit of a core expression at a place (perhaps ±inf) from the left (side −1), the right (1), or both (0).

    It may be ±inf; NaN if there is none.  From both sides, a side without any values next to the place does not count.
    Good to at least eight digits for functions that are sums of powers of the distance, also times its logarithm.
    """
    place = float(place)
    if np.isnan(place):
        return float("nan")
    f = Univariate(expr, variable, max(1.0, abs(place)) if np.isfinite(place) else 1.0, budget)
    return limit_of(f, place, side, budget)


def limit_of(f: Univariate, place: float, side: int, budget: Budget) -> float:
    """As `limit`, of a function that is ready to be computed."""
    if np.isinf(place):
        value = one_sided(f, np.array([place]), np.array([-np.sign(place)]), budget).value[0]
        return float("nan") if _has_far_poles(f, np.sign(place)) else float(value)
    if side == 0 and (value := _continuous(f, place)) is not None:
        return value
    if side != 0:
        return float(one_sided(f, np.array([place]), np.array([float(side)]), budget).value[0])
    both = one_sided(f, np.array([place, place]), np.array([-1.0, 1.0]), budget)
    return float(together(both[:1], both[1:])[0])


def _continuous(f: Univariate, place: float) -> float | None:
    """The value at a place around which the function is known to be continuous."""
    room = 1e-9 * max(1.0, abs(place))
    if not f.exact or not is_clean(f.values_over(np.array([place - room]), np.array([place + room])))[0]:
        return None
    x = np.array([place])
    y, bounds = f.at(x), f.rounding(x)
    return float(_simplified(y, np.maximum(bounds.high - y, y - bounds.low))[0]) if np.isfinite(y[0]) else None


def _has_far_poles(f: Univariate, sign: float) -> bool:
    """Whether bounds tell of poles at all distances, as those of gamma do towards −∞."""
    if not f.exact:
        return False
    ends = sign * np.array([[60.0, 76.0], [100.0, 116.0], [140.0, 156.0]])
    found = f.values_over(ends.min(axis=1), ends.max(axis=1))
    broken = (np.asarray(found.marks) & (BROKEN | PARTIAL)) == (BROKEN | PARTIAL)
    return bool((broken & np.isinf(found.low) & np.isinf(found.high)).all())


def together(left: Sides, right: Sides) -> Array:
    """Limits from both sides; a side that is undefined does not count."""
    with np.errstate(all="ignore"):
        room = 4 * (left.error + right.error) + 1e-9 * np.maximum(np.abs(left.value), np.abs(right.value))
        same = (left.value == right.value) | (np.abs(left.value - right.value) <= room) & np.isfinite(room)
    best = np.where(left.error <= right.error, left.value, right.value)
    both = np.where(same, best, np.nan)
    return np.where(~left.defined, right.value, np.where(~right.defined, left.value, both))


def one_sided(f: Univariate, place: Array, side: Array, budget: Budget) -> Sides:
    """The limits at places (finite or ±inf) from one side each (−1 or 1; at ±inf from inside)."""
    if place.size == 0:
        return Sides(place, place, place > 0)
    budget.check()
    with np.errstate(all="ignore"):
        one, two = (_approach(f, *_places(place, side, start)) for start in STARTS)
        doubt = np.fmax(np.fmax(one.error, two.error), np.abs(one.value - two.value))
        value = np.where(one.error <= two.error, one.value, two.value)
        believed = doubt <= SETTLED * np.maximum(np.abs(value), np.minimum(1.0, two.size))
        value = np.where(believed, _simplified(value, doubt), np.nan)
        grows = (one.direction == two.direction) & (one.direction != 0)
        value = np.where(grows, one.direction * np.inf, value)
        return Sides(np.where(two.defined, value, np.nan), np.where(grows, 0.0, doubt), two.defined)


@dataclass(slots=True)
class _Approach:
    """What one sequence of places tells: a guess, its error, growth without end, largest value, any values at all."""

    value: Array
    error: Array
    direction: Array
    size: Array
    defined: Mask


def _approach(f: Univariate, x: Array, depth: Array) -> _Approach:
    y, bounds = _values(f, x)
    y = np.where(np.isinf(y) & (_size(y) < HUGE)[:, None], np.nan, y)
    error = np.fmax(bounds.high - y, y - bounds.low)
    error = np.where(np.isnan(y) | np.isnan(error), np.inf, error)
    nearest = slice(NEAR - 3, NEAR)
    missing = (np.asarray(bounds.marks)[:, nearest] & EMPTY) != 0 if f.exact else np.isnan(y[:, nearest])
    value, doubt = best_guess(y, error, depth)
    return _Approach(value, doubt, direction(y, error, depth), _size(y), ~np.asarray(missing.all(axis=1)))


def _values(f: Univariate, x: Array) -> tuple[Array, Bounds]:
    """Values with their rounding errors; those of sums only as far as their number of terms allows."""
    try:
        return f.at(x), f.rounding(x)
    except LanguageError:
        x = np.where(np.abs(x) <= FARTHEST, x, np.nan)
        return f.at(x), f.rounding(x)


def _size(y: Array) -> Array:
    """How large the values are that a limit is seen against: the greatest finite one."""
    return np.asarray(np.max(np.where(np.isfinite(y), np.abs(y), 0.0), axis=1))


def _places(place: Array, side: Array, start: float) -> tuple[Array, Array]:
    """Places towards each place, of shape (n, NEAR + FAR), and minus the logarithms of their distances."""
    endless = np.isinf(place) | (place == 0)
    size = np.where(endless, 1.0, np.maximum(1.0, np.abs(place)))
    least = np.where(endless, CLOSEST, CLOSEST * np.abs(place))
    share = np.arange(NEAR) / (NEAR - 1)
    near = np.log(start * size)[:, None] * (1 - share) + np.log(least)[:, None] * share
    far = np.where(endless[:, None], np.log(start * CLOSEST) * 1.17 ** np.arange(1, FAR + 1), np.nan)
    logs = np.concatenate([near, np.maximum(far, -690.0)], axis=1)
    distance = np.exp(logs)
    finite = np.where(np.isinf(place), 0.0, place)[:, None] + side[:, None] * distance
    return np.where(np.isinf(place)[:, None], np.sign(place)[:, None] / distance, finite), -logs


def _simplified(value: Array, doubt: Array) -> Array:
    """Values as simple numbers, multiples of π or e, where they can't be told from them."""
    room = np.maximum(1.5 * doubt, 4 * EPSILON * np.abs(value))
    result, known = simplest(value - room, value + room, value)
    for each in _E:
        result = np.where(~known & (np.abs(value - each) <= room) & (room < 1e-6), each, result)
    return result
