"""The greatest value of a formula over many ranges at once.

Values at irregular places (evenly spaced ones would fall into step with an oscillation), then the neighbourhoods of
the best of them looked at closer and closer.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from plotlang.numerics.limits import UNLIMITED, Budget
from plotlang.numerics.quadrature import stretched

if TYPE_CHECKING:
    from plotlang.numerics.quadrature import Body
    from plotlang.numerics.realmath import Array

SAMPLES = 400
PEAKS = 3
"""Neighbourhoods that are looked at closer."""
PIECES = 8
ROUNDS = 26
SETTLED = 1e-14
"""A neighbourhood whose values differ by less than this share of all values is not looked at any closer."""
UNBOUNDED = 1e-6
"""A peak that still grows by this share of all values at the end has no top."""
BLOCK = 1 << 18

_SHARES = np.sort(np.append(np.arange(SAMPLES - 1) * 0.6180339887498949 % 1.0, 1.0))


def greatest(body: Body, low: Array, high: Array, outer: list[Array], budget: Budget = UNLIMITED) -> Array:
    """The greatest value of body(t, outer) for t from low to high (either way round), per entry of shape (n,).

    `body` takes t of shape (m, n).  Ends may be ±inf.  Places where the body is undefined do not count; NaN where
    there are no others, and where the values grow without end.
    """
    result = np.full(low.shape, np.nan)
    rows = np.flatnonzero(~(np.isnan(low) | np.isnan(high)))
    width = BLOCK // SAMPLES
    for i in range(0, rows.size, width):
        budget.check()
        some = rows[i : i + width]
        ends = np.minimum(low[some], high[some]), np.maximum(low[some], high[some])
        result[some] = _greatest(body, ends, [each[some] for each in outer])
    return result


def _greatest(body: Body, ends: tuple[Array, Array], outer: list[Array]) -> Array:
    def values(u: Array) -> Array:
        t = _places(u, ends)
        return np.fmax(body(t, outer), -np.inf)

    with np.errstate(all="ignore"):
        y = values(np.broadcast_to(_SHARES[:, None], (SAMPLES, ends[0].size)))
        best, scale = y.max(axis=0), _spread(y)
        left, right = _neighbourhoods(y)
        grown = np.zeros(best.shape)
        for _ in range(ROUNDS):
            u = left + (right - left) * np.linspace(0.0, 1.0, PIECES + 1)[:, None, None]
            near = values(u.reshape(-1, best.size)).reshape(u.shape)
            top = np.argmax(near, axis=0)[None]
            found = near.max(axis=(0, 1))
            grown, best = np.where(found > best, found - best, 0.0), np.maximum(best, found)
            left = np.take_along_axis(u, np.maximum(top - 1, 0), axis=0)[0]
            right = np.take_along_axis(u, np.minimum(top + 1, PIECES), axis=0)[0]
            if (_spread(near.reshape(-1, best.size)) <= SETTLED * scale).all():
                break
    return np.where(np.isfinite(best) & ~(grown > UNBOUNDED * scale), best, np.nan)


def _places(u: Array, ends: tuple[Array, Array]) -> Array:
    low, high = ends
    if np.isinf(low).any() or np.isinf(high).any():
        return np.where(np.isinf(low) | np.isinf(high), stretched(u, low, high)[0], low + (high - low) * u)
    return low * (1.0 - u) + high * u


def _spread(y: Array) -> Array:
    """The distance between the greatest and the least finite value, per column."""
    finite = np.isfinite(y)
    return np.asarray(
        np.max(y, axis=0, where=finite, initial=-np.inf) - np.min(y, axis=0, where=finite, initial=np.inf)
    )


def _neighbourhoods(y: Array) -> tuple[Array, Array]:
    """The shares between which the highest peaks of each column lie, two arrays of shape (peaks, n)."""
    beside = np.full((1, y.shape[1]), -np.inf)
    peak = (y >= np.vstack([beside, y[:-1]])) & (y >= np.vstack([y[1:], beside]))
    chosen = np.argpartition(np.where(peak, -y, np.inf), PEAKS, axis=0)[:PEAKS]
    return _SHARES[np.maximum(chosen - 1, 0)], _SHARES[np.minimum(chosen + 1, SAMPLES - 1)]
