"""Where a curve seems to break inside a cell, told by a few values only: a guess, which bounds have to confirm."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from plotlang.numerics.explicit.curve import Curve
    from plotlang.numerics.realmath import Array

Mask = NDArray[np.bool_]

_DIGITS = np.arange(11.0)
_NODES = 0.5 - 0.5 * np.cos(np.pi * np.arange(8) / 7)
"""Where in a cell 1/f is computed to find a pole (Chebyshev)."""
_ROUNDS = 12
_SHARES = np.linspace(0.0, 1.0, 65)
_COARSE = 2.0 ** -np.array([5.0, 10.0])
_FINE = 2.0 ** -np.arange(5.0, 51.0, 5.0)
"""How far from a guess a cell is cut, in widths of the cell."""
_EVEN = np.arange(1.0, 8.0) / 8
_ULPS = 4e-16


def simplest(left: Array, right: Array, otherwise: Array) -> Array:
    """The number with the fewest decimals (at most ten) between two numbers, these included."""
    middle = (left + right) / 2
    with np.errstate(all="ignore"):
        scale = 10.0 ** (_DIGITS - np.floor(np.log10(np.abs(middle)))[:, None])
        rounded = np.rint(middle[:, None] * scale) / scale
        fits = (rounded >= left[:, None]) & (rounded <= right[:, None])
    first = fits.argmax(axis=1)
    row = np.arange(middle.size)
    result = np.where(fits[row, first], rounded[row, first], otherwise)
    return np.where((left <= 0) & (right >= 0), 0.0, result)


def guessed(curve: Curve, left: Array, right: Array, first: Array, last: Array) -> Array:
    """A place in each cell where the curve may break, exact to a few units in the last place if it is a lone break.

    `first` and `last` are the values at the ends.  Tried are, in turn: the simplest number in the cell, a pole with a
    change of sign, and the greatest change of the value.
    """
    place = simplest(left, right, (left + right) / 2)
    with np.errstate(all="ignore"):
        unknown = ~_breaks_at(curve, place, left, right, first, last)
        rest = np.flatnonzero(unknown & (first * last < 0))
        if rest.size:
            found, good = _pole(curve, left[rest], right[rest], first[rest], last[rest])
            place[rest[good]] = found[good]
            unknown[rest[good]] = False
        rest = np.flatnonzero(unknown)
        if rest.size:
            found = _greatest_change(curve, left[rest], right[rest])
            place[rest] = np.where(np.isnan(found), place[rest], found)
    return place


def _breaks_at(curve: Curve, place: Array, left: Array, right: Array, first: Array, last: Array) -> Mask:
    """Whether the curve is undefined at a place, or most of its change over the cell happens right there."""
    step = np.maximum(np.abs(place) * 1e-15, (right - left) * 1e-13)
    at, before, behind = curve.at(np.stack([place, place - step, place + step]))
    change = np.abs(behind - before)
    return np.asarray(np.isnan(at) | (np.isnan(before) != np.isnan(behind)) | (change > 0.5 * np.abs(last - first)))


def _pole(curve: Curve, left: Array, right: Array, first: Array, last: Array) -> tuple[Array, Mask]:
    """The root of 1/f between ends of opposite sign by inverse interpolation (Neville), and where that found a pole."""
    x = left[:, None] + (right - left)[:, None] * _NODES
    g = np.empty_like(x)
    g[:, 0], g[:, -1] = first, last
    g[:, 1:-1] = curve.at(x[:, 1:-1])
    g = 1 / g
    place = x
    for m in range(1, _NODES.size):
        ahead, behind = g[:, m:], g[:, :-m]
        place = (ahead * place[:, :-1] - behind * place[:, 1:]) / (ahead - behind)
    result = np.minimum(np.maximum(place[:, 0], left), right)
    least = 1e-6 * np.minimum(np.abs(g[:, 0]), np.abs(g[:, -1]))
    return result, ~(np.abs(1 / curve.at(result)) > least) & ~np.isnan(result)


def _greatest_change(curve: Curve, left: Array, right: Array) -> Array:
    """Where the value jumps, grows without end, or ceases to exist; NaN where it changes little by little only."""
    low, high = left.copy(), right.copy()
    smallest = np.maximum(np.maximum(np.abs(left), np.abs(right)) * _ULPS, (right - left) * 1e-14)
    rest, before = np.arange(left.size), np.zeros(left.size)
    for _ in range(_ROUNDS):
        x = low[rest, None] + (high - low)[rest, None] * _SHARES
        k, score, alone = _most_change(curve.at(x))
        row = np.arange(rest.size)
        low[rest] = x[row, np.where(alone, k, np.maximum(k - 1, 0))]
        high[rest] = x[row, np.where(alone, k + 1, np.minimum(k + 2, _SHARES.size - 1))]
        lost = rest[score < 0.5 * before]
        low[lost] = high[lost] = np.nan
        going = (score >= 0.5 * before) & (high[rest] - low[rest] > smallest[rest])
        if not going.any():
            break
        rest, before = rest[going], score[going]
    return (low + high) / 2


def _most_change(y: Array) -> tuple[NDArray[np.intp], Array, Mask]:
    """The number of the interval with the greatest change in each row, the change, and whether it is that one surely.

    Next to a pole of even order a neighbour may change as much.  The end of the domain counts as an infinite change.
    """
    gone = np.isnan(y)
    steps, away = np.abs(y[:, 1:] - y[:, :-1]), np.abs(y - (y[:, :1] + y[:, -1:]) / 2)
    far = away[:, 1:] + away[:, :-1]
    score = steps + np.maximum(far - far[:, :1] / 2 - far[:, -1:] / 2, 0.0)
    if gone.any():
        score = np.where(gone[:, 1:] != gone[:, :-1], np.inf, np.where(np.isnan(score), 0.0, score))
    row, k = np.arange(len(y)), score.argmax(axis=1)
    most = score[row, k]
    return k, most, np.isinf(most) | (steps[row, k] > 0.75 * most)


def grid(left: Array, right: Array, pieces: int) -> Array:
    """Places to cut cells evenly, shape (n, pieces + 1)."""
    x = left[:, None] + (right - left)[:, None] * np.linspace(0.0, 1.0, pieces + 1)
    x[:, -1] = right
    return x


def ladder(left: Array, right: Array, place: Array) -> Array:
    """Places to cut cells, shape (n, m) in rising order: evenly, and closer to a place from both sides."""
    width = (right - left)[:, None]
    steps = width * _COARSE
    return _sorted(left, right, [left[:, None] + width * _EVEN, place[:, None] - steps, place[:, None] + steps])


def deep_ladder(left: Array, right: Array, place: Array) -> Array:
    """As `ladder`, and as close to the place as floats are."""
    width = (right - left)[:, None]
    steps = np.concatenate([width * _COARSE, np.maximum(width * _FINE[-1], np.abs(place)[:, None] * _ULPS)], axis=1)
    return _sorted(left, right, [left[:, None] + width * _EVEN, place[:, None] - steps, place[:, None] + steps])


def ladders(left: Array, right: Array) -> Array:
    """Places to cut cells, shape (n, m) in rising order: ever closer to the middle and to the ends."""
    width, middle = (right - left)[:, None], ((left + right) / 2)[:, None]
    steps = np.maximum(width * _FINE, np.abs(middle) * _ULPS)
    return _sorted(left, right, [middle - steps, middle + steps, left[:, None] + steps, right[:, None] - steps])


def _sorted(left: Array, right: Array, places: list[Array]) -> Array:
    every = np.concatenate([left[:, None], *places, right[:, None]], axis=1)
    x = np.asarray(np.minimum(np.maximum(every, left[:, None]), right[:, None]))
    x.sort(axis=1)
    return x
