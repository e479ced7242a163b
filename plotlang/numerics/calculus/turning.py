"""Extrema and inflections: where the slope, or the bend, of a function changes its sign."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np

from plotlang.numerics.bounds import BROKEN
from plotlang.numerics.calculus.isolating import isolate
from plotlang.numerics.calculus.polishing import bracketed, simplest
from plotlang.numerics.calculus.scanning import GOLDEN, irregular
from plotlang.numerics.calculus.searching import MOST_ZEROS
from plotlang.numerics.calculus.univariate import EPSILON, Univariate, is_clean
from plotlang.numerics.calculus.zeros import distinct, roots_in, tidy_values

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from plotlang.language.syntax import Expr
    from plotlang.numerics.limits import Budget
    from plotlang.numerics.realmath import Array

    Mask = NDArray[np.bool_]

NEXT_TO = 2.0**-26
"""How far beside a place, relative to it, its neighbourhood is looked at."""
GRID = 1200
_STEPS = 40
SAME_SLOPE = 1e-3


@dataclass(frozen=True, slots=True)
class Extremum:
    """A place where a function is greater (or less) than everywhere nearby."""

    x: float
    y: float
    kind: Literal["maximum", "minimum"]


def extrema(expr: Expr, variable: str, low: float, high: float, budget: Budget) -> tuple[Extremum, ...]:
    """The local extrema of a core expression between low and high (finite, low < high), in order.

    These are the places inside the range where the function is continuous and turns, cusps and corners too.  Ends of
    the range and of the domain do not count, nor do poles, jumps, and places of a level stretch.  At most 1,000.
    """
    low, high = float(low), float(high)
    return extrema_of(Univariate(expr, variable, high - low, budget), low, high, budget)


def extrema_of(f: Univariate, low: float, high: float, budget: Budget) -> tuple[Extremum, ...]:
    """As `extrema`, of a function that is ready to be computed."""
    with np.errstate(all="ignore"):
        places = turns_of(f.slope, low, high, budget) if f.slope is not None else _turns_by_values(f, low, high, budget)
        places = places[(places > low) & (places < high)]
        places = places[_is_continuous(f, places)]
        here, (before, after) = f.at(places), _beside(f, places)
        top, bottom = _tops(here, before, after), _tops(-here, -before, -after)
        found = top | bottom
        heights = tidy_values(f, places[found])
    kinds: list[Literal["maximum", "minimum"]] = ["maximum" if each else "minimum" for each in top[found]]
    rows = zip(places[found].tolist(), heights.tolist(), kinds, strict=True)
    return tuple(Extremum(*row) for row in rows)[:MOST_ZEROS]


def inflections(expr: Expr, variable: str, low: float, high: float, budget: Budget) -> tuple[tuple[float, float], ...]:
    """The points (x, y) between low and high (finite, low < high) where a core expression bends the other way.

    The function is continuous there and has a tangent, perhaps a vertical one.  Empty where there is no formula for
    the derivative; without one for the second derivative, places are good to seven digits.
    """
    low, high = float(low), float(high)
    return inflections_of(Univariate(expr, variable, high - low, budget), low, high, budget)


def inflections_of(f: Univariate, low: float, high: float, budget: Budget) -> tuple[tuple[float, float], ...]:
    """As `inflections`, of a function that is ready to be computed."""
    slope = f.slope
    if slope is None:
        return ()
    bend = slope.slope
    with np.errstate(all="ignore"):
        places = _turns_by_values(slope, low, high, budget) if bend is None else turns_of(bend, low, high, budget)
        places = places[(places > low) & (places < high)]
        places = places[_is_continuous(f, places) & _has_tangent(slope, places)]
        heights = tidy_values(f, places)
    return tuple(zip(places.tolist(), heights.tolist(), strict=True))[:MOST_ZEROS]


def turns_of(slope: Univariate, low: float, high: float, budget: Budget, *, every_break: bool = False) -> Array:
    """The places between low and high where a function changes its sign: at zeros, jumps and poles.

    With `every_break`, jumps, poles and holes without a change of sign are given too, as far as they are near 0.
    """
    found = isolate(slope, low, high, budget)
    if slope.exact:
        roots = bracketed(slope.at, *found.brackets, 1e-18 * slope.span, budget)
    else:
        roots = roots_in(slope, found.brackets, budget)
    left, right = found.gaps
    room = 4 * EPSILON * np.maximum(np.abs(left), np.abs(right)) + 1e-17 * slope.span
    broken, _ = simplest(left - room, right + room, (left + right) / 2)
    candidates = np.concatenate([roots, found.touches])[: 2 * MOST_ZEROS]
    smooth = distinct(slope, candidates, low, high, broken)
    places = np.unique(np.concatenate([smooth, broken]))
    before, after = _beside(slope, places)
    wanted = np.sign(before) * np.sign(after) < 0
    return places[wanted | np.isin(places, broken) if every_break else wanted]


def _steps(f: Univariate, places: Array) -> tuple[Array, Array]:
    """Distances to look at beside places: small, and less than a third of the way to the next."""
    step = NEXT_TO * np.maximum(np.abs(places), 1e-2 * f.span)
    gaps = np.diff(places) / 3
    return np.minimum(step, np.append(np.inf, gaps)), np.minimum(step, np.append(gaps, np.inf))


def _beside(f: Univariate, places: Array) -> tuple[Array, Array]:
    """Values a little before and behind places, further away where they can't be told from those there."""
    result = []
    for side, step in zip((-1.0, 1.0), _steps(f, places), strict=True):
        away = step.copy()
        here = f.at(places)
        value = f.at(places + side * away)
        for _ in range(4):
            bounds = f.rounding(places + side * away)
            unsure = (bounds.low <= np.fmax(here, 0)) & (bounds.high >= np.fmin(here, 0)) & np.isfinite(value)
            unsure &= (bounds.low <= 0) & (bounds.high >= 0) | (bounds.low <= here) & (bounds.high >= here)
            unsure &= 16 * away < 0.01 * f.span
            if not unsure.any():
                break
            away = np.where(unsure, 16 * away, away)
            value = f.at(places + side * away)
        result.append(value)
    return result[0], result[1]


def _tops(here: Array, before: Array, after: Array) -> Mask:
    return np.asarray((here > before) & (here > after))


def _is_continuous(f: Univariate, places: Array) -> Mask:
    """Where a function is defined, and comes near its value on both sides."""
    if places.size == 0:
        return places > 0
    here = f.at(places)
    room = 4 * EPSILON * np.abs(places) + 1e-17 * f.span
    sure = is_clean(f.values_over(places - room, places + room)) if f.exact else np.zeros(places.shape, dtype=bool)
    near = np.maximum(room, 2.0**-50 * np.maximum(np.abs(places), 1e-2 * f.span))
    far = NEXT_TO * np.maximum(np.abs(places), 1e-2 * f.span)
    drift = np.fmax(np.abs(f.at(places - near) - here), np.abs(f.at(places + near) - here))
    away = np.fmax(np.abs(f.at(places - far) - here), np.abs(f.at(places + far) - here))
    bounds = f.rounding(places)
    whole = (np.asarray(bounds.marks) & BROKEN) == 0
    close = (drift <= 0.1 * away) | (drift <= bounds.high - bounds.low) & whole
    return np.asarray(np.isfinite(here) & (sure | close) & np.isfinite(drift))


def _has_tangent(slope: Univariate, places: Array) -> Mask:
    """Where the slopes of both sides agree, or grow beyond bounds with one sign."""
    step = 2.0**-20 * np.maximum(np.abs(places), 1e-2 * slope.span)
    before, after = slope.at(places - step), slope.at(places + step)
    size = np.maximum(np.abs(before), np.abs(after))
    steep = np.abs(slope.at(places + step / 1024)) > 4 * np.abs(after)
    scale = np.maximum(np.abs(slope.at(places - 4096 * step)), np.abs(slope.at(places + 4096 * step)))
    same = np.abs(before - after) <= SAME_SLOPE * np.fmax(size, np.nan_to_num(scale))
    return np.asarray(same | steep & (np.sign(before) == np.sign(after)))


def _turns_by_values(f: Univariate, low: float, high: float, budget: Budget) -> Array:
    """Turning points of a function without a derivative: golden sections on an irregular grid."""
    x = irregular(low, high, GRID)
    y = f.at(x)
    places = [np.empty(0)]
    for sign in (1.0, -1.0):
        z = sign * y
        least = np.flatnonzero((z[1:-1] <= z[:-2]) & (z[1:-1] < z[2:])) + 1
        a, b = x[least - 1], x[least + 1]
        for _ in range(_STEPS if a.size else 0):
            budget.check()
            c, d = b - GOLDEN * (b - a), a + GOLDEN * (b - a)
            left = sign * f.at(c) <= sign * f.at(d)
            a, b = np.where(left, a, c), np.where(left, d, b)
        width = 1e-7 * np.maximum(np.abs(a), 1e-2 * f.span)
        place, _ = simplest(a - width, b + width, (a + b) / 2)
        places.append(np.where(sign * f.at(place) <= sign * f.at((a + b) / 2), place, (a + b) / 2))
    return np.unique(np.concatenate(places))
