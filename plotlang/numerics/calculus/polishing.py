"""Roots worked out to the last digit, and written as the simple numbers that they are."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from plotlang.numerics.calculus.univariate import EPSILON, INNER

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from plotlang.numerics.calculus.univariate import Univariate
    from plotlang.numerics.limits import Budget
    from plotlang.numerics.realmath import Array

CHANCE = 0.01
"""A simple number is believed if one would lie in the range of doubt by chance with at most this probability."""
MOST_DIGITS = 10
_DIGITS = np.arange(MOST_DIGITS)[:, None]
_PARTS = np.array([1, 2, 3, 4, 5, 6, 8, 12, 3, 6, 7, 9, 11, 12])[:, None]
_UNITS = np.array([np.pi] * 8 + [1.0] * 6)[:, None]
_STEPS, _TRIES = 120, 4
_WIDEST = 1e-3
_POWERS = (2.0 ** np.arange(1, 4), 2.0 ** np.arange(4, 28), 2.0 ** np.arange(28, 110))
ROUGH = 1e-8
"""How well zeros of integrals and long sums are known."""


def bracketed(f: Callable[[Array], Array], left: Array, right: Array, tiny: float, budget: Budget) -> Array:
    """Where f changes its sign between left and right, for arrays of ranges at once, to neighbouring floats.

    `tiny` is an absolute distance that is close enough.  The values at both ends have different signs.
    Chandrupatla, Advances in Engineering Software 28 (1997) 145–149.
    """
    a, b = right.copy(), left.copy()
    fa, fb = f(a), f(b)
    best = np.where(np.abs(fa) < np.abs(fb), a, b)
    share = np.full(a.shape, 0.5)
    rest = np.arange(a.size)
    for _ in range(_STEPS):
        if rest.size == 0:
            break
        budget.check()
        with np.errstate(all="ignore"):
            x = a + share * (b - a)
            fx = f(x)
            same = np.sign(fx) == np.sign(fa)
            c, fc = np.where(same, a, b), np.where(same, fa, fb)
            b, fb = np.where(same, b, a), np.where(same, fb, fa)
            a, fa = x, fx
            middle = np.where(np.abs(fa) < np.abs(fb), a, b)
            least = (EPSILON * np.abs(middle) + tiny) / np.abs(b - a)
            best[rest] = middle
            going = (least < 0.5) & (fa != 0) & (fb != 0)
            xi, phi = (a - b) / (c - b), (fa - fb) / (fc - fb)
            smooth = (phi**2 < xi) & ((1 - phi) ** 2 < 1 - xi)
            inverse = fa / (fb - fa) * fc / (fb - fc) + (c - a) / (b - a) * fa / (fc - fa) * fb / (fc - fb)
            share = np.clip(np.where(smooth & np.isfinite(inverse), inverse, 0.5), least, 1 - least)
        rest, a, b, fa, fb, share = (each[going] for each in (rest, a, b, fa, fb, share))
    return best


def doubt(f: Univariate, x: Array) -> tuple[Array, Array]:
    """The ranges around zeros of f in which its values can't be told from 0, good to a factor of 2 on each side."""
    if not f.exact:
        reach = ROUGH * (np.abs(x) + 1e-2 * f.span)
        return x - reach, x + reach
    least = 2 * EPSILON * np.abs(x) + EPSILON * EPSILON
    ends = []
    for side in (-1.0, 1.0):
        reach, rest = least.copy(), np.arange(x.size)
        for powers in _POWERS:
            if rest.size == 0:
                break
            f.budget.check()
            wider = least[rest, None] * powers
            near = f.near_zero(x[rest, None] + side * wider)
            near &= wider < _WIDEST * (np.abs(x[rest]) + f.span)[:, None]
            count = np.where(near.all(axis=1), powers.size, np.argmin(near, axis=1))
            reach[rest] = np.where(count > 0, wider[np.arange(rest.size), count - 1], reach[rest])
            rest = rest[count == powers.size]
        ends.append(x + side * reach)
    return ends[0], ends[1]


def simple(left: Array, right: Array) -> Array:
    """Simple numbers between left and right, shape (kinds, n), simplest kinds first; NaN where there is none.

    0, up to four digits, multiples of parts of π, fractions, and up to ten digits.
    """
    with np.errstate(all="ignore"):
        width, middle = right - left, (left + right) / 2
        scale = 10.0 ** (_DIGITS - np.floor(np.log10(np.abs(middle))))
        rounded = np.where(width * scale <= CHANCE, np.rint(middle * scale) / scale, np.nan)
        count = np.rint(middle * _PARTS / _UNITS)
        parts = np.where((width * _PARTS <= CHANCE * _UNITS) & (np.abs(count) < 1000 * _PARTS), count, np.nan)
        zero = np.where((left <= 0) & (right >= 0), 0.0, np.nan)
        found = np.concatenate([zero[None], rounded[:4], parts * _UNITS / _PARTS, rounded[4:]])
        return np.where((found >= left) & (found <= right), found, np.nan)


def simplest(left: Array, right: Array, otherwise: Array) -> tuple[Array, NDArray[np.bool_]]:
    """The simplest numbers between left and right, where there are simple ones, and where these are."""
    if left.size == 0:
        return otherwise, np.zeros(0, dtype=bool)
    found = simple(left, right)
    known = ~np.isnan(found)
    chosen = found[np.argmax(known, axis=0), np.arange(left.size)]
    return np.where(np.isnan(chosen), otherwise, chosen), np.asarray(known.any(axis=0))


def simplified(value: float, low: float, high: float) -> float:
    """The simplest number from low to high, a value's range of doubt; the value if there is no simple one."""
    return float(simplest(np.array([low]), np.array([high]), np.array([value]))[0][0])


def tidied(f: Univariate, x: Array, low: float, high: float) -> tuple[Array, Array, Array, NDArray[np.bool_]]:
    """Zeros of f as simple numbers where f does not tell them apart, their ranges of doubt, and which are simple."""
    left, right = doubt(f, x)
    near = 4 * EPSILON * f.span
    middle = (left + right) / 2
    wide = (right - left > 1e-10 * np.abs(x) + near) & f.exact
    result = np.where(wide & f.near_zero(middle), middle, x)
    rest, known = np.arange(x.size), np.zeros(x.shape, dtype=bool)
    for widened in (near, 0.0):
        found = simple(np.minimum(left[rest], x[rest] - widened), np.maximum(right[rest], x[rest] + widened))
        found[(found < low) | (found > high)] = np.nan
        for _ in range(_TRIES):
            kind = np.argmax(~np.isnan(found), axis=0)
            tried = found[kind, np.arange(rest.size)]
            good = f.near_zero(tried) & ~np.isnan(tried)
            result[rest[good]], known[rest[good]] = tried[good], True
            found[kind, np.arange(rest.size)] = np.nan
            rest, found = rest[~good], found[:, ~good]
            if np.isnan(found).all():
                break
        if rest.size == 0:
            break
    return np.clip(result, low, high), left, right, known


def unique(f: Univariate, places: Array, left: Array, right: Array, known: NDArray[np.bool_]) -> NDArray[np.intp]:
    """The indices of zeros that differ, in order.

    Neighbours are the same if their ranges of doubt overlap, or if f hardly leaves its rounding error between them; a
    `known` simple number is kept if there is one.
    """
    order = np.argsort(places, kind="stable")
    reach = np.maximum.accumulate(right[order])
    apart = np.diff(places[order]) > 0
    same = ~apart | (left[order][1:] <= reach[:-1]) | _is_nothing_between(f, places[order])
    kept: list[int] = order[:1].tolist()
    for i, again in zip(order[1:].tolist(), same.tolist(), strict=True):
        if not again:
            kept.append(i)
        elif known[i] and not known[kept[-1]]:
            kept[-1] = i
    return np.array(kept, dtype=np.intp)


def _is_nothing_between(f: Univariate, places: Array) -> NDArray[np.bool_]:
    x = places[:-1, None] + np.diff(places)[:, None] * INNER[1:-1]
    if not f.exact or x.size == 0:
        return np.zeros(x.shape[0], dtype=bool)
    bounds = f.rounding(x)
    room = 2 * (bounds.high - bounds.low)
    near = (bounds.low - room <= 0) & (bounds.high + room >= 0) & (np.asarray(bounds.marks) == 0)
    return np.asarray(near.all(axis=1))
