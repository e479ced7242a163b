"""Finding by how much one function is another one moved, from values alone.

Candidates come from sliding one curve over the other, as in matching by correlation; each is made exact by Gauss and
Newton's method.  Nothing found here is told to anybody before a comparison has confirmed it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from plotlang.lessons import places

if TYPE_CHECKING:
    from plotlang.lessons.functions import Pair
    from plotlang.numerics.realmath import Array

POINTS = 180
STEPS = 120
OFFSET = 0.382
"""Grids of places start at this share of a step, away from whole numbers."""
ROUNDS = 12
MOST_FOUND = 6
MOST_TRIED = 9
FEWEST = 12
SLOPE_STEP = 1e-6
SETTLED = 1e-9


def pairs_of_values(pair: Pair) -> tuple[Array, Array, Array]:
    """Places in the range, the student's values there and the wanted ones: where both are defined and not huge."""
    x = places.spread(POINTS, pair.low, pair.high)
    with np.errstate(all="ignore"):
        a, b = pair.student.at(x), pair.wanted.at(x)
        good = np.isfinite(a) & np.isfinite(b) & (np.abs(a) < 1e100) & (np.abs(b) < 1e100)
    return x[good], a[good], b[good]


def stretch(pair: Pair, *, lifted: bool) -> tuple[float, float] | None:
    """Factor a and height k so that a · wanted + k is nearest to the student's values; k = 0 unless `lifted`.

    Places where the wanted value is large count for less, so that poles do not rule.
    """
    _, a, b = pairs_of_values(pair)
    if len(a) < FEWEST:
        return None
    weight = 1 / (1 + np.abs(b) / (np.median(np.abs(b)) + 1e-300))
    columns = np.stack([b, np.ones_like(b)][: 1 + lifted], axis=1) * weight[:, None]
    if not np.isfinite(columns).all():
        return None
    found, _, rank, _ = np.linalg.lstsq(columns, a * weight, rcond=1e-12)
    if rank < columns.shape[1] or not np.isfinite(found).all():
        return None
    return float(found[0]), float(found[1]) if lifted else 0.0


def shifts(pair: Pair, *, lifted: bool, up: float = 1.0) -> list[tuple[float, float]]:
    """Candidates (h, k) so that the student's f(x) = up · wanted(x − h) + k, the smallest h first.

    Without `lifted`, k = 0.
    """
    step = (pair.high - pair.low) / STEPS
    n = np.arange(-STEPS, 2 * STEPS, dtype=np.float64) + OFFSET
    grid: Array = np.asarray(pair.low + step * n)
    lags = step * np.arange(STEPS, -STEPS - 1, -1)
    with np.errstate(all="ignore"):
        x = grid[STEPS : 2 * STEPS]
        mine = pair.student.at(x)
        theirs = np.lib.stride_tricks.sliding_window_view(up * pair.wanted.at(grid), STEPS)
        misfit = _misfits(mine, theirs, lifted=lifted)
        best = [i for i in _minima(misfit) if np.isfinite(misfit[i])]
        best.sort(key=lambda i: (misfit[i], abs(lags[i])))
        found = [_refined(pair, x, mine, float(lags[i]), lifted=lifted, up=up) for i in best[:MOST_TRIED]]
    settled = {round(h, 9): (h, k) for each in found if each is not None for h, k in (each,)}
    return sorted(settled.values(), key=lambda each: abs(each[0]))[:MOST_FOUND]


def _misfits(mine: Array, theirs: Array, *, lifted: bool) -> Array:
    """How badly each lag fits; inf where too few values meet.  Bounded for each place, so that poles do not rule."""
    gap = mine[None, :] - theirs
    gap[~np.isfinite(gap)] = np.nan
    met = np.isfinite(gap).sum(axis=1)
    enough = met >= FEWEST
    result = np.full(len(gap), np.inf)
    if enough.any():
        gap = gap[enough]
        if lifted:
            gap = gap - np.nanmedian(gap, axis=1, keepdims=True)
        usual = mine[np.isfinite(mine)]
        scale = np.median(np.abs(usual - np.median(usual))) + 1e-300
        result[enough] = np.nanmean(np.tanh(np.abs(gap) / scale), axis=1) + 0.2 * (1 - met[enough] / len(mine))
    return result


def _minima(misfit: Array) -> list[int]:
    around = np.concatenate([[np.inf], misfit, [np.inf]])
    low = (misfit <= around[:-2]) & (misfit <= around[2:])
    return [int(i) for i in np.flatnonzero(low)]


def _refined(pair: Pair, x: Array, mine: Array, start: float, *, lifted: bool, up: float) -> tuple[float, float] | None:
    """Shift and height made exact; None if they do not settle."""
    width = pair.high - pair.low
    h, k, step = start, 0.0, SLOPE_STEP * width
    for round_ in range(ROUNDS):
        value, left, right = (up * pair.wanted.at(x - h + d) for d in (0.0, -step, step))
        slope = -(right - left) / (2 * step)
        gap = mine - value
        good = np.isfinite(gap) & np.isfinite(slope)
        if good.sum() < FEWEST:
            return None
        gap, slope = gap[good], slope[good]
        size = np.abs(slope)
        weight = 1 / (1 + (size / (_middle(size) + 1e-300)) ** 2)
        weight *= 1 / (1 + (np.abs(gap - _middle(gap)) / (4 * _spread(gap) + 1e-12)) ** 2)
        columns = np.stack([slope, np.ones_like(slope)][: 1 + lifted], axis=1) * weight[:, None]
        if not (np.isfinite(columns).all() and np.isfinite(gap * weight).all()):
            return None
        move = np.linalg.lstsq(columns, gap * weight, rcond=1e-12)[0]
        if not np.isfinite(move).all() or abs(move[0]) > width:
            return None
        h, k = h + float(move[0]), float(move[1]) if lifted else 0.0
        if abs(move[0]) <= SETTLED * width and round_ > 0:
            break
    return (h, k) if abs(h) <= 1.2 * width else None


def _spread(gap: Array) -> float:
    return _middle(np.abs(gap - _middle(gap)))


def _middle(values: Array) -> float:
    """The median, or the larger of two middle values."""
    half = len(values) // 2
    return float(np.partition(values, half)[half])
