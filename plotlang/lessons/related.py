"""Whether one function is the derivative or the inverse of another, tried out at many places."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from plotlang.lessons import places

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from plotlang.numerics.calculus.univariate import Univariate
    from plotlang.numerics.realmath import Array

FEWEST = 30
SAME = 1e-6
POINTS = 200


def is_derivative(f: Univariate, of: Univariate, low: float, high: float) -> bool:
    """Whether f is the derivative of the other function in a range; not if the derivative is 0 everywhere."""
    if of.slope is None:
        return False
    x = places.spread(POINTS, low, high)
    with np.errstate(all="ignore"):
        return _same(f.at(x), of.slope.at(x), np.isfinite(of.at(x))) and bool((f.at(x) != 0).any())


def is_inverse(f: Univariate, of: Univariate, low: float, high: float) -> bool:
    """Whether each function undoes the other one in a range."""
    x = places.spread(POINTS, low, high)
    every = np.ones(x.shape, dtype=bool)
    with np.errstate(all="ignore"):
        return _same(f.at(of.at(x)), x, every) and _same(of.at(f.at(x)), x, every)


def _same(a: Array, b: Array, where: NDArray[np.bool_]) -> bool:
    good = np.isfinite(a) & np.isfinite(b) & where
    if good.sum() < FEWEST:
        return False
    size = np.maximum(np.abs(a), np.abs(b))[good]
    return bool((np.abs(a - b)[good] <= SAME * size + 1e-12 * np.median(size)).all())
