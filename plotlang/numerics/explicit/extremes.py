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

SAMPLES = 200
PEAKS = 2
"""Neighbourhoods that are looked at closer."""
PIECES = 8
ROUNDS = 26
SETTLED = 1e-12
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
    with np.errstate(all="ignore"):
        y = _values(body, np.broadcast_to(_SHARES[:, None], (SAMPLES, ends[0].size)), ends, outer)
        best, scale = y.max(axis=0), _spread(y)
        left, right = _neighbourhoods(y)
        grown = np.zeros(best.shape)
        rows = np.arange(best.size)
        for _ in range(ROUNDS):
            u = left + (right - left) * np.linspace(0.0, 1.0, PIECES + 1)[:, None, None]
            here = ends[0][rows], ends[1][rows]
            near = _values(body, u.reshape(-1, rows.size), here, [each[rows] for each in outer])
            found = near.max(axis=0)
            grown[rows], best[rows] = np.maximum(found - best[rows], 0.0), np.maximum(best[rows], found)
            rest = _spread(near) > SETTLED * scale[rows]
            rows, u, near = rows[rest], u[:, :, rest], near.reshape(u.shape)[:, :, rest]
            if rows.size == 0:
                break
            left, right = _beside_top(u, near)
    return np.where(np.isfinite(best) & ~(grown > UNBOUNDED * scale), best, np.nan)


def _values(body: Body, u: Array, ends: tuple[Array, Array], outer: list[Array]) -> Array:
    """The body at shares of the ranges, −inf where it is undefined."""
    return np.fmax(body(_places(u, ends), outer), -np.inf)


def _beside_top(u: Array, y: Array) -> tuple[Array, Array]:
    """The places before and behind the highest along the first axis."""
    top = np.argmax(y, axis=0)[None]
    left = np.take_along_axis(u, np.maximum(top - 1, 0), axis=0)[0]
    return left, np.take_along_axis(u, np.minimum(top + 1, PIECES), axis=0)[0]


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
