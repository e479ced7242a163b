"""Where graphs are compared: fixed places, the same in every run.

Numbas tries a handful of random values in a range that the author sets, with an absolute or relative accuracy of his
choice (Numbas documentation, "Mathematical expression"); WeBWorK takes a few random points and a relative tolerance
of 0.1 % (pg, lib/Value/Formula.pm, with a zero level of 1e-14); STACK simplifies the difference symbolically (STACK
documentation, "AlgEquiv").  Few random points let formulas through that agree by chance and make verdicts differ from
run to run, so here the places are many and fixed: multiples of the golden ratio modulo 1, which are spread evenly at
any number and never fall into step with a period (Knuth, The Art of Computer Programming, vol. 3, section 6.4), and
those where formulas of lessons do something special.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from plotlang.numerics.realmath import Array

INSIDE = 420
OUTSIDE = 40
FARTHER = (1.0, 10.0, 100.0, 1000.0)
MOST_WHOLE = 60
_GOLDEN = 0.6180339887498949
_PLASTIC = (0.7548776662466927, 0.5698402909980532)
_SPECIAL = np.array([2**0.5, 3**0.5, np.e, np.pi, np.pi / 2, np.pi / 3, np.pi / 4, np.pi / 6, 1 / 3, 0.1])


def spread(count: int, low: float, high: float) -> Array:
    """Places between two ends, both left out, spread evenly in no regular pattern; shape (count,)."""
    return np.asarray(low + (high - low) * ((np.arange(1, count + 1) * _GOLDEN) % 1.0))


def inside(low: float, high: float) -> Array:
    """Places in a range: at least 400, with whole numbers, halves and known irrational numbers in it."""
    step = max(0.5, np.ceil((high - low) / MOST_WHOLE))
    whole = np.arange(np.ceil(low / step), np.floor(high / step) + 1)[: 3 * MOST_WHOLE] * step
    special = np.concatenate([_SPECIAL, -_SPECIAL])
    special = special[(special >= low) & (special <= high)]
    return np.unique(np.concatenate([spread(INSIDE, low, high), whole, special]))


def outside(low: float, high: float) -> tuple[Array, ...]:
    """Places outside a range, in rings up to a thousand times as far away, the nearest first.

    The values of each ring are worked out on their own, since an integral is as exact as its largest value allows.
    """
    reach = max(abs(low), abs(high), high - low)
    rings = [spread(OUTSIDE, -reach * far, reach * far) for far in FARTHER]
    return tuple(ring[(ring < low) | (ring > high)] for ring in rings)


def in_plane(count: int, x: tuple[float, float], y: tuple[float, float]) -> tuple[Array, Array]:
    """Points of a rectangle, spread evenly (by the plastic number, Roberts 2018); two arrays of shape (count,)."""
    n = np.arange(1, count + 1)
    (left, right), (bottom, top) = x, y
    across, up = ((n * share + 0.5) % 1.0 for share in _PLASTIC)
    return np.asarray(left + (right - left) * across), np.asarray(bottom + (top - bottom) * up)
