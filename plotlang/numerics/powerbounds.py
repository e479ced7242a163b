"""The bounds of powers and roots."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from plotlang.numerics import realmath as real
from plotlang.numerics.bounds import (
    BROKEN,
    PARTIAL,
    Bounds,
    Marks,
    absolute,
    emptied,
    even_power,
    marked,
    monotone,
    multiply,
    reciprocal,
)

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from plotlang.numerics.realmath import Array


def real_power(base: Bounds, exponent: Bounds) -> Bounds:
    """The power base^exponent: of a base that may be negative only where the exponent is one whole number."""
    n, most = exponent.low, exponent.high
    known = (n == most) & (n == np.floor(n))
    if known.all():
        return _whole_power(base, n, exponent.marks)
    raised = monotone(np.exp)(multiply(exponent, monotone(np.log, 0.0)(base)))
    at_zero = (base.low <= 0) & (n <= 0)
    raised = Bounds(raised.low, raised.high, raised.marks | marked(at_zero, PARTIAL | BROKEN))
    raised = emptied(raised, (base.low == 0) & (base.high == 0) & (most < 0))
    touched = (base.low < 0) & (np.ceil(n) <= most) & (n != most)
    if touched.any():
        raised = _perhaps(raised, touched)
    known = known & (base.low <= 0)
    if not known.any():
        return raised
    counted = _whole_power(base, np.where(known, n, 1.0), exponent.marks)
    marks = np.where(known, counted.marks, raised.marks).astype(np.uint8)
    return Bounds(np.where(known, counted.low, raised.low), np.where(known, counted.high, raised.high), marks)


def _perhaps(a: Bounds, where: NDArray[np.bool_]) -> Bounds:
    """Anything or nothing on some cells."""
    low, high = np.where(where, -np.inf, a.low), np.where(where, np.inf, a.high)
    marks = np.where(where, np.uint8(PARTIAL | BROKEN), np.asarray(a.marks, dtype=np.uint8))
    return Bounds(low, high, marks)


def _whole_power(base: Bounds, n: Array, marks: Marks) -> Bounds:
    """The power base^n for an array of whole n."""
    even, size, times = np.mod(n, 2.0) == 0, absolute(base), np.abs(n)
    low = np.power(np.where(even, size.low, base.low), times)
    high = np.power(np.where(even, size.high, base.high), times)
    raised = Bounds(low, high, base.marks | marks)
    if (n >= 0).all():
        return raised
    below = reciprocal(raised)
    chosen = np.where(n < 0, below.marks, raised.marks).astype(np.uint8)
    return Bounds(np.where(n < 0, below.low, low), np.where(n < 0, below.high, high), chosen)


def rational_power(base: Bounds, above: int, below: int) -> Bounds:
    """The power base^(above/below) in lowest terms."""
    if above < 0:
        return reciprocal(rational_power(base, -above, below))
    if above == 0:
        return Bounds(np.ones_like(base.low), np.ones_like(base.high), base.marks)
    if below == 1 and above % 2 == 0:
        return even_power(base, above)
    if below == 1:
        return monotone(lambda x: real.integer_power(x, above))(base)
    if below % 2 == 0:
        return monotone(lambda x: x ** (above / below), 0.0)(base)
    size = absolute(base) if above % 2 == 0 else base
    return monotone(lambda x: real.rational_power(x, above, below))(size)


def root(a: Bounds, n: Bounds) -> Bounds:
    """The n-th root for one known whole n; anything possible otherwise."""
    if n.low.ndim == 0 and n.low == n.high and n.low == np.floor(n.low) and 0 < n.low < 2**31:
        return rational_power(a, 1, int(n.low))
    return real_power(a, reciprocal(n))
