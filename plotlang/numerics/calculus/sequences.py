"""What a sequence of values tends to: three guesses, each with an estimate of its error.

Rows are sequences.  Values come with bounds of their rounding errors (inf for no value), and with their depths: minus
the logarithms of the distances at which they were taken, NaN where there are none.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from plotlang.numerics.realmath import Array

EPSILON = float(np.finfo(np.float64).eps)
NEAR, FAR = 52, 20
"""Columns at distances that shrink by one factor, and behind them (perhaps) by growing factors."""
ORDERS = 6
"""Columns of the epsilon table."""
TAIL = 7
"""So many values at the end tell whether a sequence grows without end ..."""
STEADY = 0.97
"""... if their rate of growth, per logarithm of the depth, shrinks to no less than this share from one to the next."""
_SPARSE = np.unique(np.rint(1.15 ** np.arange(12, 29)).astype(int))
_COLUMNS = np.concatenate([_SPARSE[_SPARSE < NEAR], np.arange(NEAR, NEAR + FAR)])


def direction(y: Array, error: Array, depth: Array) -> Array:
    """1 or −1 where values grow beyond all bounds upwards or downwards, else 0."""
    y, error, depth = y[:, _COLUMNS], error[:, _COLUMNS], depth[:, _COLUMNS]
    good = np.isinf(y) | (error <= 0.01 * np.abs(y))
    last = good.shape[1] - 1 - np.argmax(good[:, ::-1], axis=1)
    index = last[:, None] - np.arange(TAIL)[::-1]
    enough = good.any(axis=1) & (index[:, 0] >= 0)
    index = np.maximum(index, 0)
    tail, logs = np.take_along_axis(y, index, 1), np.take_along_axis(depth, index, 1)
    steady = np.take_along_axis(good, index, 1).all(axis=1)
    sign = np.sign(tail[:, -1])
    one_way = (np.sign(tail) == sign[:, None]).all(axis=1) & enough & steady
    steps = np.diff(np.abs(tail), axis=1)
    rate = steps / np.diff(np.log(logs), axis=1)
    doubt = np.take_along_axis(np.where(np.isinf(y), 0.0, error), index, 1)
    growing = (steps > doubt[:, 1:] + doubt[:, :-1]).all(axis=1) & (rate[:, 1:] >= STEADY * rate[:, :-1]).all(axis=1)
    rising = ((steps >= 0) | np.isnan(steps)).all(axis=1)
    over = np.isinf(tail[:, -1]) & rising
    return np.where(one_way & (growing | over), sign, 0.0)


def best_guess(y: Array, error: Array, depth: Array) -> tuple[Array, Array]:
    """The limit that sequences suggest, with an estimate of its error."""
    guesses = [_nearest_value(y, error), _by_epsilon(y[:, :NEAR], error[:, :NEAR]), _by_logarithm(y, error, depth)]
    values, errors = np.stack([each[0] for each in guesses]), np.stack([each[1] for each in guesses])
    errors = np.where(np.isfinite(values) & np.isfinite(errors), errors, np.inf)
    errors[1:] += 2 * EPSILON * np.abs(np.nan_to_num(values[1:]))
    best = np.argmin(errors, axis=0)
    row = np.arange(y.shape[0])
    return values[best, row], errors[best, row]


def _nearest_value(y: Array, error: Array) -> tuple[Array, Array]:
    """The last value that hardly differs from the three before it."""
    spread = np.fmax.reduce([np.abs(y[:, 3:] - y[:, 3 - i : y.shape[1] - i]) for i in (1, 2, 3)])
    missing = np.isnan(y[:, :-3] + y[:, 1:-2] + y[:, 2:-1] + y[:, 3:])
    doubt = np.where(missing, np.inf, 4 * spread + error[:, 3:])
    doubt = np.where(np.isnan(doubt), np.inf, doubt)
    least = doubt.min(axis=1)
    close = doubt <= (2 * least + EPSILON * np.abs(np.nan_to_num(y[:, -1], posinf=0, neginf=0)))[:, None]
    index = doubt.shape[1] - 1 - np.argmax(close[:, ::-1], axis=1)
    row = np.arange(y.shape[0])
    return y[row, index + 3], doubt[row, index]


def _by_epsilon(y: Array, error: Array) -> tuple[Array, Array]:
    """The best entry of Wynn's epsilon table: one that its neighbours agree with, made of values with small errors."""
    rows, row = y.shape[0], np.arange(y.shape[0])
    best, least = np.full(rows, np.nan), np.full(rows, np.inf)
    before, here = np.zeros((rows, y.shape[1] + 1)), np.where(np.isfinite(y), y, np.nan)
    noise = error
    for column in range(1, 2 * ORDERS + 1):
        before, here = here, before[:, 1:-1] + 1 / np.diff(here, axis=1)
        if column % 2:
            continue
        noise = np.fmax(np.fmax(noise[:, :-2], noise[:, 1:-1]), noise[:, 2:])
        gaps = np.abs(np.diff(here, axis=1))
        doubt = np.fmax(gaps[:, :-1], gaps[:, 1:]) + 8 * noise[:, 1:-1]
        far = np.abs(y[:, column + 1 : column + 1 + doubt.shape[1]] - here[:, 1:-1])
        start = np.abs(y[:, 1 : 1 + doubt.shape[1]] - here[:, 1:-1])
        doubt = np.where(np.isfinite(doubt) & (far < 0.98 * start), doubt, np.inf)
        index = np.argmin(doubt, axis=1)
        better = doubt[row, index] < least
        best = np.where(better, here[row, index + 1], best)
        least = np.where(better, doubt[row, index], least)
    return best, least


def _by_logarithm(y: Array, error: Array, depth: Array) -> tuple[Array, Array]:
    """Neville's interpolation in one over the logarithm of the distance, at 0."""
    columns = _COLUMNS[-10:] if np.isfinite(depth[:, -1]).any() else _COLUMNS[-FAR - 8 : -FAR]
    node, table = 1 / depth[:, columns], y[:, columns]
    last = [table[:, -1]]
    for order in range(1, 7):
        a, b = node[:, :-order], node[:, order:]
        table = (a * table[:, 1:] - b * table[:, :-1]) / (a - b)
        last.append(table[:, -1])
    return last[-1], 4 * np.abs(last[-1] - last[-2]) + 1e3 * np.max(error[:, columns], axis=1)
