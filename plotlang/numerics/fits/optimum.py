"""The last steps of a fit: the choice among equal minima, polish, rank, standard errors, clean numbers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from plotlang.numerics.fits.projection import ROUNDING, project

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from numpy.typing import NDArray

    from plotlang.numerics.fits.projection import Projected
    from plotlang.numerics.fits.separable import Separated
    from plotlang.numerics.realmath import Array

EQUAL = 1e-9
"""Minima whose sums of squares differ by less than this share are equally good."""
POLISHES = 3
CURVED_RANK, LOOSE = 1e-9, 1e-6
"""A direction that changes the model less than this share (for curved letters) is not determined by the data; a letter
with more than this share in such directions is loose."""
PERFECT = 64.0
"""Residuals of so many roundings of the terms count as none."""
STATIONARY = 1e-5
"""At a minimum the residuals stand upright on the derivatives: the cosine of the angle is at most this."""
NEGLIGIBLE = 1e-14
"""A term that is smaller than this share of the data may be left out."""


@dataclass(frozen=True, slots=True)
class Problem:
    """A model taken apart, its letters in the order given, columns of data and target of shape (n,)."""

    split: Separated
    letters: tuple[str, ...]
    data: Sequence[Array]
    target: Array

    def of(self, rows: NDArray[np.bool_]) -> Problem:
        """The same for some of the rows."""
        return Problem(self.split, self.letters, [each[rows] for each in self.data], self.target[rows])

    def parted(self, values: Array) -> tuple[Array, Array]:
        """The linear and the curved letters, shapes (1, p) and (1, q), of values in the order linear, curved."""
        p = len(self.split.linear)
        return values[None, :p], values[None, p:]

    def rest(self, values: Array) -> Array:
        """The residuals, shape (n,)."""
        return np.asarray(self.target - self.split.values(*self.parted(values), self.data)[0])

    def cost(self, values: Array) -> float:
        """The sum of squares; inf where the model is undefined on a row."""
        with np.errstate(all="ignore"):
            total = float(np.square(self.rest(values)).sum())
        return total if np.isfinite(total) else float("inf")

    def jacobian(self, values: Array) -> Array:
        """The derivatives by all letters, shape (n, p + q)."""
        linear, curved = self.parted(values)
        basis = self.split.parts(curved, self.data)[1][0]
        slopes = self.split.slopes(linear, curved, self.data)[0]
        return np.concatenate([basis, slopes], axis=1)


@dataclass(frozen=True, slots=True)
class Optimum:
    """The minimum: values and standard errors in the order of `names`, the sum of squares, letters left open.

    `stationary` is False if a small change of the letters makes the sum of squares smaller.
    """

    names: tuple[str, ...]
    letters: tuple[str, ...]
    values: Array
    errors: Array
    cost: float
    loose: tuple[str, ...]
    stationary: bool

    def by_letter(self, numbers: Array) -> dict[str, float]:
        """Numbers in the order of `names` as a mapping in the order of `letters`."""
        known = dict(zip(self.names, numbers.tolist(), strict=True))
        return {letter: known[letter] for letter in self.letters}


def chosen(problem: Problem, found: Projected, phases: Collection[str]) -> Array:
    """The best of some minima, phases within half a turn; of equal ones the one with positive, small letters.

    The values are in the order linear, curved.
    """
    best = found[np.flatnonzero(found.cost <= _bar(problem, float(found.cost.min())))]
    for k in range(len(problem.split.curved)):
        turned = best.curved.copy()
        turned[:, k] *= -1
        best = _with_equals(problem, best, turned)
    for letter in sorted(phases):
        k = problem.split.curved.index(letter)
        turned = np.repeat(best.curved, 2, axis=0)
        turned[1::2, k] += np.pi
        turned[:, k] -= 2 * np.pi * np.round(turned[:, k] / (2 * np.pi))
        best = _with_equals(problem, best, turned)
    names = (*problem.split.linear, *problem.split.curved)
    order = [names.index(letter) for letter in problem.letters]
    values = np.column_stack([best.linear, best.curved])[:, order]
    keys = [(*(row < 0).tolist(), float(np.abs(row).sum())) for row in values]
    k = min(range(len(keys)), key=keys.__getitem__)
    return np.concatenate([best.linear[k], best.curved[k]])


def _with_equals(problem: Problem, best: Projected, others: Array) -> Projected:
    """Minima, and those of other curved letters that are as good."""
    again = project(problem.split, np.vstack([best.curved, others]), problem.data, problem.target)
    return again[np.flatnonzero(again.cost <= _bar(problem, float(best.cost.min())))]


def _bar(problem: Problem, cost: float) -> float:
    return cost * (1 + EQUAL) + (1e-12 if np.isfinite(cost) else 0.0) ** 2 * problem.target.size


def settled(problem: Problem, values: Array) -> Optimum:
    """The minimum near these values, with what the data say about each letter."""
    values, cost = _polished(problem, values)
    names = (*problem.split.linear, *problem.split.curved)
    loose, spread, values = _certainty(problem, values)
    values, cost = _clean(problem, values, min(cost, problem.cost(values)), exact=not loose)
    again, spread, _ = _certainty(problem, values)
    loose |= again
    errors = np.sqrt(cost / max(1, problem.target.size - len(names))) * spread
    left = tuple(each for each in problem.letters if each in loose)
    return Optimum(names, problem.letters, values, errors, cost, left, cost == 0 or _stationary(problem, values))


def _stationary(problem: Problem, values: Array) -> bool:
    with np.errstate(all="ignore"):
        rest = problem.rest(values)
        along = _scaled(problem.jacobian(values))[0].T @ rest
        return bool((np.abs(along) <= STATIONARY * np.linalg.norm(rest)).all())


def _scaled(jacobian: Array) -> tuple[Array, Array]:
    """The derivatives with columns of length 1, and the lengths (1 for zero columns)."""
    jacobian = np.where(np.isfinite(jacobian), jacobian, 0.0)
    top = np.abs(jacobian).max(axis=0, initial=0.0)
    top = np.where(top > 0, top, 1.0)
    sizes = top * np.sqrt(np.square(jacobian / top).sum(axis=0))
    sizes = np.where(sizes > 0, sizes, 1.0)
    return jacobian / sizes, sizes


def _polished(problem: Problem, values: Array) -> tuple[Array, float]:
    """A few steps of Gauss and Newton in all letters, as long as they help."""
    cost = problem.cost(values)
    for _ in range(POLISHES):
        with np.errstate(all="ignore"):
            scaled, sizes = _scaled(problem.jacobian(values))
            step = np.linalg.lstsq(scaled, problem.rest(values), rcond=CURVED_RANK)[0] / sizes
            closer = problem.cost(values + step)
        if not closer < cost:
            break
        values, cost = values + step, closer
    return values, cost


def _certainty(problem: Problem, values: Array) -> tuple[set[str], Array, Array]:
    """What the data say about the letters.

    Gives the letters that the data do not determine, standard errors for residuals of size 1 (NaN for these letters and
    without rows to spare), and the values: of least norm if the model is linear.
    """
    names = (*problem.split.linear, *problem.split.curved)
    with np.errstate(all="ignore"):
        scaled, lengths = _scaled(problem.jacobian(values))
    n, count = scaled.shape
    square = np.zeros((count, count))
    square[: min(n, count)] = np.linalg.qr(scaled, mode="r")
    _, sizes, directions = np.linalg.svd(square)
    bar = CURVED_RANK if problem.split.curved else ROUNDING * max(n, count)
    real = sizes > bar * sizes.max(initial=0.0)
    idle = directions[~real]
    loose = {name for name, share in zip(names, np.abs(idle).max(axis=0, initial=0.0), strict=True) if share > LOOSE}
    if idle.size and not problem.split.curved:
        nothing = (idle / lengths).T
        nothing = np.linalg.qr(nothing / np.linalg.norm(nothing, axis=0))[0]
        values = values - nothing @ (nothing.T @ values)
    spread = np.full(count, np.nan)
    if n > count:
        spread = np.sqrt(np.square(directions[real] / sizes[real, None]).sum(axis=0)) / lengths
    return loose, np.where([name in loose for name in names], np.nan, spread), values


def _clean(problem: Problem, values: Array, cost: float, *, exact: bool) -> tuple[Array, float]:
    """Numbers with few digits where they do as well, and a sum of squares of 0 where only rounding is left.

    `exact` allows to change the values as far as the residuals stay nothing but rounding.
    """
    with np.errstate(all="ignore"):
        terms = np.abs(problem.jacobian(values)) * np.abs(values)
        size = np.where(np.isfinite(terms), terms, 0.0).sum(axis=1) + np.abs(problem.target)
    floor = float(np.square(PERFECT * ROUNDING * size).sum())
    weights = np.sqrt(np.square(terms).sum(axis=0)) / (float(np.sqrt(np.square(size).sum())) or 1.0)
    cost = 0.0 if cost <= floor else cost
    if cost == 0 and exact:
        for digits in range(1, 15):
            short = np.where(weights > 10.0 ** (-digits - 2), _rounded(values, digits), 0.0)
            if problem.cost(short) <= floor:
                return short, 0.0
    near = _rounded(values, 12)
    short = np.where(np.abs(near - values) <= 16 * ROUNDING * np.abs(values), near, values)
    short = np.where(weights > NEGLIGIBLE, short, 0.0)
    after = problem.cost(short)
    return (short, after if after > floor else 0.0) if after <= cost * (1 + 1e-13) + floor else (values, cost)


def _rounded(values: Array, digits: int) -> Array:
    return np.array([float(f"{value:.{digits}g}") for value in values.tolist()])
