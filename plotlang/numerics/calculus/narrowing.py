"""Breaks of a function narrowed down to neighbouring floats, by its bounds."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from plotlang.numerics.bounds import EMPTY
from plotlang.numerics.calculus.univariate import EPSILON, INNER, is_clean

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from plotlang.numerics.calculus.univariate import Univariate
    from plotlang.numerics.limits import Budget
    from plotlang.numerics.realmath import Array

    Mask = NDArray[np.bool_]

LEVELS = 60
MOST_CELLS = 12_000
CROWD = 256
"""Of more cells than this, those without a value at any of a few places are left out."""
MOST_CLEAN = 4_000


@dataclass(slots=True)
class Narrowed:
    """Cells (left, right) as narrow as floats allow with a break, and cells in which the function proved continuous."""

    gaps: tuple[Array, Array]
    clean: tuple[Array, Array]
    complete: bool


def narrowed(f: Univariate, left: Array, right: Array, budget: Budget, *, zeros_only: bool) -> Narrowed:
    """Split cells in which f may break until they are next to nothing, or f proves continuous or undefined in them.

    With `zeros_only`, cells in which f can't be 0 are left out; without, cells in which f is continuous are.
    """
    gaps, clean, found = [np.empty((2, 0))], [np.empty((2, 0))], 0
    for _ in range(LEVELS):
        if left.size == 0:
            break
        budget.check()
        size = np.maximum(np.abs(left), np.abs(right))
        finest = right - left <= np.maximum(4 * EPSILON * size, 1e-17 * f.span)
        gaps.append(np.stack([left[finest], right[finest]]))
        left, right = left[~finest], right[~finest]
        pieces = _pieces(left.size)
        if left.size * pieces > MOST_CELLS or found > MOST_CLEAN:
            return Narrowed(_in_order(gaps), _in_order(clean), complete=False)
        left, right, sound = _sifted(f, *_split(left, right, pieces), zeros_only=zeros_only)
        if zeros_only:
            clean.append(np.stack([left[sound], right[sound]]))
            found += clean[-1].shape[1]
        left, right = left[~sound], right[~sound]
        if left.size > CROWD:
            some = ~np.isnan(f.at(left[:, None] + (right - left)[:, None] * INNER)).all(axis=1)
            left, right = left[some], right[some]
    return Narrowed(_in_order(gaps), _in_order(clean), complete=True)


def _split(left: Array, right: Array, pieces: int) -> tuple[Array, Array]:
    share = np.linspace(0.0, 1.0, pieces + 1)
    x = left[:, None] + (right - left)[:, None] * share
    x[:, -1] = right
    wide = x[:, 1:] > x[:, :-1]
    return x[:, :-1][wide], x[:, 1:][wide]


def _sifted(f: Univariate, left: Array, right: Array, *, zeros_only: bool) -> tuple[Array, Array, Mask]:
    """Cells without those that do not matter; tells in which of them f is continuous."""
    value = f.values_over(left, right)
    rest = (np.asarray(value.marks) & EMPTY) == 0
    if zeros_only:
        with np.errstate(all="ignore"):
            rest &= ~((value.low > 0) | (value.high < 0))
    return left[rest], right[rest], is_clean(value)[rest]


def _pieces(count: int) -> int:
    return 256 if count <= 4 else 64 if count <= 16 else 16 if count <= 128 else 8 if count <= 1000 else 4


def _in_order(parts: list[Array]) -> tuple[Array, Array]:
    both = np.concatenate(parts, axis=1)
    order = np.argsort(both[0], kind="stable")
    return both[0][order], both[1][order]
