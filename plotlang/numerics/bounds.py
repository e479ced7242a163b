"""Arithmetic of bounds: for each cell the least and the greatest value, and what may go wrong inside.

Moore, Interval Analysis (1966), with the marks of Tupper (SIGGRAPH 2001).  Bounds are not rounded outwards: they hold
up to a few units in the last place, which is far below a pixel.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from plotlang.numerics.realmath import Array

BROKEN = 1
"""Perhaps discontinuous."""
PARTIAL = 2
"""Perhaps undefined somewhere."""
EMPTY = 4
"""Undefined everywhere; the bounds are NaN."""
EDGE = 8
"""Broken or partial because of a condition or a step, whose ends are marked by dots."""

THREADED = 4096
"""Products of arrays of about this size may be given to several threads, which costs more than it saves."""

count = np.count_nonzero
"""How many hold; the quickest way to learn whether any does."""

Marks: TypeAlias = NDArray[np.integer[Any]] | int


class Bounds(NamedTuple):
    """Least and greatest values (arrays of one shape, or scalars) and marks (0 for none anywhere)."""

    low: Array
    high: Array
    marks: Marks = 0


Rule: TypeAlias = Callable[..., Bounds]


def exactly(value: float | Array) -> Bounds:
    """A value known exactly."""
    array = np.asarray(value, dtype=np.float64)
    return Bounds(array, array)


def is_exact(a: Bounds) -> bool:
    """Whether this is one known number, the same for all cells."""
    return a.low is a.high and a.low.ndim == 0


def marked(where: NDArray[np.bool_], marks: int) -> Marks:
    """Marks on the cells where something holds; plain 0 if nowhere."""
    return np.multiply(where, marks, dtype=np.uint8) if count(where) else 0


def emptied(a: Bounds, where: NDArray[np.bool_]) -> Bounds:
    """The bounds, undefined on some cells."""
    if not count(where):
        return a
    return Bounds(np.where(where, np.nan, a.low), np.where(where, np.nan, a.high), a.marks | marked(where, EMPTY))


def has_nan(a: Array) -> bool:
    """Whether any value is NaN: the sum of the squares is, then and only then."""
    return math.isnan(np.vdot(a, a)) if a.size < THREADED else bool(count(np.isnan(a)))


def whole(a: Bounds) -> Bounds:
    """Unknown limits (inf − inf) widened to everything; empty cells stay empty."""
    low, high = a.low, a.high
    if low.size < THREADED and low.shape == high.shape and not math.isnan(np.vdot(low, high)):
        return a
    if not (has_nan(low) or has_nan(high)):
        return a
    here = (np.asarray(a.marks) & EMPTY) == 0
    low = np.where(np.isnan(low) & here, -np.inf, low)
    return Bounds(low, np.where(np.isnan(high) & here, np.inf, high), a.marks)


def add(a: Bounds, b: Bounds) -> Bounds:
    """The bounds of a + b."""
    return whole(Bounds(a.low + b.low, a.high + b.high, a.marks | b.marks))


def subtract(a: Bounds, b: Bounds) -> Bounds:
    """The bounds of a − b."""
    return whole(Bounds(a.low - b.high, a.high - b.low, a.marks | b.marks))


def negative(a: Bounds) -> Bounds:
    """The bounds of −a."""
    return Bounds(-a.high, -a.low, a.marks)


def multiply(a: Bounds, b: Bounds) -> Bounds:
    """The bounds of a · b; an end of 0 times an infinite end counts as 0."""
    if is_exact(a):
        a, b = b, a
    marks = a.marks | b.marks
    factor = float(b.low) if is_exact(b) else 0.0
    if factor != 0 and math.isfinite(factor):
        one, two = a.low * factor, a.high * factor
        return Bounds(one, two, marks) if factor > 0 else Bounds(two, one, marks)
    p, q, r, s = a.low * b.low, a.low * b.high, a.high * b.low, a.high * b.high
    low, high = np.fmin(np.fmin(p, q), np.fmin(r, s)), np.fmax(np.fmax(p, q), np.fmax(r, s))
    if has_nan(low):
        missing = np.isnan(low) & ((np.asarray(marks) & EMPTY) == 0)
        low, high = np.where(missing, 0.0, low), np.where(missing, 0.0, high)
    return Bounds(low, high, marks)


def square(a: Bounds) -> Bounds:
    """The bounds of a · a."""
    return even_power(a, 2)


def absolute(a: Bounds) -> Bounds:
    """The bounds of |a|."""
    low = np.maximum(np.maximum(a.low, -a.high), 0.0)
    return Bounds(low, np.maximum(-a.low, a.high), a.marks)


def even_power(a: Bounds, n: int) -> Bounds:
    """The bounds of a^n for a positive even n."""
    size = absolute(a)
    if n == 2:
        return Bounds(size.low * size.low, size.high * size.high, a.marks)
    return Bounds(size.low**n, size.high**n, a.marks)


def reciprocal(b: Bounds) -> Bounds:
    """The bounds of 1/b; a zero inside makes everything possible, a zero at an end one-sided: 1/[0, h] = [1/h, ∞]."""
    low, high = np.divide(1.0, b.high), np.divide(1.0, b.low)
    touched = (b.low <= 0) & (b.high >= 0)
    if not count(touched):
        return Bounds(low, high, b.marks)
    below, above = touched & (b.low < 0), touched & (b.high > 0)
    low, high = np.where(below, -np.inf, low), np.where(above, np.inf, high)
    marks = b.marks | np.multiply(touched, PARTIAL | BROKEN, dtype=np.uint8)
    return emptied(Bounds(low, high, marks), touched & ~(below | above))


def divide(a: Bounds, b: Bounds) -> Bounds:
    """The bounds of a / b."""
    if is_exact(b) and b.low != 0:
        return multiply(a, exactly(1.0 / b.low))
    return multiply(a, reciprocal(b))


def monotone(
    f: Callable[[Array], Array], least: float = -np.inf, most: float = np.inf, *, open_ends: bool = False
) -> Rule:
    """The rule of an increasing function that is defined from `least` to `most` (with or without these ends)."""

    def everywhere(a: Bounds) -> Bounds:
        return Bounds(f(a.low), f(a.high), a.marks)

    def rule(a: Bounds) -> Bounds:
        outside = _outside(a.low, a.high, least, most, open_ends=open_ends)
        if not count(outside):
            return everywhere(a)
        nothing = _outside(a.high, a.low, least, most, open_ends=open_ends)
        low, high = f(np.maximum(a.low, least)), f(np.minimum(a.high, most))
        return emptied(Bounds(low, high, a.marks | np.multiply(outside, PARTIAL, dtype=np.uint8)), nothing)

    return everywhere if least == -np.inf and most == np.inf else rule


def _outside(low: Array, high: Array, least: float, most: float, *, open_ends: bool) -> NDArray[np.bool_]:
    """Where low lies below `least`, or high above `most`; with `open_ends`, these do not belong to what is inside."""
    if most == np.inf:
        return np.asarray(low <= least if open_ends else low < least)
    below, above = (low <= least, high >= most) if open_ends else (low < least, high > most)
    return np.asarray(below | above)


def falling(rule: Rule) -> Rule:
    """The rule of −f, for f increasing."""
    return lambda a: negative(rule(a))


def hull(a: Bounds, b: Bounds, unsure: NDArray[np.bool_], first: NDArray[np.bool_]) -> Bounds:
    """Where `unsure` either of a and b, else a where `first`, else b."""
    low = np.where(unsure, np.fmin(a.low, b.low), np.where(first, a.low, b.low))
    high = np.where(unsure, np.fmax(a.high, b.high), np.where(first, a.high, b.high))
    one, two = np.asarray(a.marks, dtype=np.uint8), np.asarray(b.marks, dtype=np.uint8)
    gone = (one | two) & EMPTY
    both = (one | two) & ~np.uint8(EMPTY) | (gone // EMPTY) * np.uint8(PARTIAL) | (one & two & EMPTY)
    marks = np.where(unsure, both | np.uint8(BROKEN | EDGE), np.where(first, one, two))
    return Bounds(low, high, marks.astype(np.uint8) if marks.any() else 0)
