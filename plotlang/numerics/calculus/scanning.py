"""Zeros by values alone, for functions without bounds: changes of sign and near misses on a fine irregular grid."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from plotlang.numerics.calculus.univariate import Univariate
    from plotlang.numerics.limits import Budget
    from plotlang.numerics.realmath import Array

    Mask = NDArray[np.bool_]

POINTS, FEW_POINTS = 2400, 240
"""Places on the grid; few where the turning points are known."""
NEAR = 8.0
"""A least value matters if it is at most so many times what the function rises next to it."""
GOLDEN = 0.6180339887498949
_SHRINK_STEPS = 44
_HALVINGS = 60


@dataclass(slots=True)
class Scan:
    """What values tell: as `isolating.Isolated`; here a bracket may hold a jump or a pole."""

    brackets: tuple[Array, Array]
    touches: Array
    gaps: tuple[Array, Array]
    flats: list[tuple[float, float]]


def irregular(low: float, high: float, count: int) -> Array:
    """Places from low to high (both included), at distances that fit no simple pattern; shape (count + 1,)."""
    place = np.arange(count + 1.0)
    place[1:-1] += 0.4 * ((place[1:-1] * GOLDEN) % 1.0 - 0.5)
    x = low + (high - low) * (place / count)
    x[-1] = high
    return x


def merged(left: Array, right: Array) -> list[tuple[float, float]]:
    """Ranges in order, those that touch joined."""
    result: list[tuple[float, float]] = []
    for a, b in zip(left.tolist(), right.tolist(), strict=True):
        if result and a <= result[-1][1]:
            result[-1] = (result[-1][0], max(b, result[-1][1]))
        else:
            result.append((a, b))
    return result


def scanned(f: Univariate, low: float, high: float, nodes: Array, budget: Budget, *, guided: bool = False) -> Scan:
    """Everything that may be a zero of f from low to high, by its values on a grid and at `nodes`.

    If the scan is `guided`, the function is monotone between neighbouring nodes.
    """
    budget.check()
    x = irregular(low, high, FEW_POINTS if guided else POINTS)
    x = np.unique(np.concatenate([x, nodes])) if nodes.size else x
    y = f.at(x)
    with np.errstate(all="ignore"):
        crossing = np.flatnonzero(np.sign(y[:-1]) * np.sign(y[1:]) < 0)
    brackets = [(x[crossing], x[crossing + 1])]
    flats = _flats(x, y)
    zero = np.concatenate([x[y == 0], nodes[f.near_zero(nodes)]])
    touches = [zero[~_within(zero, flats)]]
    if not guided:
        _look_closer(f, x, y, brackets, touches, budget)
    edges = edges_of_domain(f, x, y, budget)
    joined = tuple(np.concatenate([pair[i] for pair in brackets]) for i in (0, 1))
    order = np.argsort(joined[0])
    return Scan((joined[0][order], joined[1][order]), np.concatenate(touches), (edges, edges), flats)


def _look_closer(
    f: Univariate, x: Array, y: Array, brackets: list[tuple[Array, Array]], touches: list[Array], budget: Budget
) -> None:
    """Add what happens between places with values of one sign."""
    place, before, after = _nearest(f, x, y, budget)
    with np.errstate(all="ignore"):
        through = np.sign(f.at(place)) * np.sign(f.at(before)) < 0
        close = f.near_zero(place)
    through &= ~close
    brackets += [(before[through], place[through]), (place[through], after[through])]
    touches.append(place[close])


def _within(x: Array, ranges: list[tuple[float, float]]) -> Mask:
    inside = np.zeros(x.shape, dtype=bool)
    for a, b in ranges:
        inside |= (x >= a) & (x <= b)
    return inside


def _flats(x: Array, y: Array) -> list[tuple[float, float]]:
    """Ranges of at least five neighbouring zeros."""
    zero = np.concatenate([[0], (y == 0).astype(np.int8), [0]])
    starts, ends = np.flatnonzero(np.diff(zero) == 1), np.flatnonzero(np.diff(zero) == -1) - 1
    return [(float(x[a]), float(x[b])) for a, b in zip(starts, ends, strict=True) if b - a >= 4]


def _nearest(f: Univariate, x: Array, y: Array, budget: Budget) -> tuple[Array, Array, Array]:
    """Where |f| is least between grid places with values of one sign, by golden sections, and the places around."""
    with np.errstate(all="ignore"):
        size, sign = np.abs(y), np.sign(y)
        same = (sign[:-2] == sign[1:-1]) & (sign[1:-1] == sign[2:]) & (sign[1:-1] != 0)
        least = same & (size[1:-1] <= size[:-2]) & (size[1:-1] < size[2:])
        least &= size[1:-1] <= NEAR * (np.maximum(size[:-2], size[2:]) - size[1:-1])
        least = np.flatnonzero(least) + 1
    before, after = x[least - 1], x[least + 1]
    a, b = before.copy(), after.copy()
    sign = sign[least]
    for _ in range(_SHRINK_STEPS):
        if a.size == 0:
            break
        budget.check()
        c, d = b - GOLDEN * (b - a), a + GOLDEN * (b - a)
        left = sign * f.at(c) <= sign * f.at(d)
        a, b = np.where(left, a, c), np.where(left, d, b)
    return (a + b) / 2, before, after


def edges_of_domain(f: Univariate, x: Array, y: Array, budget: Budget) -> Array:
    """The last places with a value next to places without one."""
    known = np.isfinite(y)
    change = np.flatnonzero(known[:-1] != known[1:])
    inside = np.where(known[change], x[change], x[change + 1])
    outside = np.where(known[change], x[change + 1], x[change])
    for _ in range(_HALVINGS if change.size else 0):
        budget.check()
        middle = (inside + outside) / 2
        good = np.isfinite(f.at(middle))
        inside, outside = np.where(good, middle, inside), np.where(good, outside, middle)
    return inside
