"""Fitting: the letters of a model that meet data best in the sense of least squares.

Letters that a model is linear in are solved for (`separable`, `projection`); the others start from values that the form
of the model and the data suggest (`startvalues`), the best of which are followed to their minima.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from plotlang.language.diagnostics import LanguageError
from plotlang.language.syntax import Binary, Binder, Number
from plotlang.numerics.fits.optimum import Problem, chosen, settled
from plotlang.numerics.fits.projection import descend, project, screened
from plotlang.numerics.fits.separable import Separated
from plotlang.numerics.fits.standardmodels import standard_model
from plotlang.numerics.fits.startvalues import Starts
from plotlang.numerics.fits.undefined import undefined_on
from plotlang.numerics.limits import UNLIMITED, Budget

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from plotlang.language.syntax import Expr
    from plotlang.numerics.fits.projection import Projected
    from plotlang.numerics.realmath import Array

__all__ = ["Fit", "fit", "standard_model"]

ALIKE = 1e-6
"""Sums of squares that differ by less than this share may belong to equal minima; small letters come first."""
MOST_ENTRIES = 400_000
"""Values of the model when rows are sought where it is defined."""


@dataclass(frozen=True, slots=True)
class Effort:
    """How hard to search: choices of letters compared, and on how many rows; choices followed, on how many, how far.

    The best `finished` ones are followed to the end on all rows.
    """

    starts: int = 3000
    screened: int = 150
    followed: int = 12
    searched: int = 600
    rounds: int = 40
    finished: int = 3
    last: int = 150


USUAL, COSTLY = Effort(), Effort(starts=150, screened=40, followed=3, searched=40, rounds=12, finished=1, last=20)
"""Models with sums and integrals are costly."""


@dataclass(frozen=True, slots=True)
class Fit:
    """The letters that meet data best.

    `values` and `errors` (standard errors, NaN where they mean nothing) are by letter.  `r_squared` is 1 − SSR/SST (NaN
    for constant data that are missed), `rmse` is √(SSR/n), `count` the number n of rows used; rows with a number
    missing or without a value of the model are left out.  `converged` is False when the search ended before a minimum.
    `loose` are letters that the data do not determine.
    """

    values: dict[str, float]
    r_squared: float
    rmse: float
    count: int
    converged: bool
    errors: dict[str, float]
    loose: tuple[str, ...] = ()

    @property
    def determined(self) -> bool:
        """Whether the data determine all letters."""
        return not self.loose


@np.errstate(all="ignore")
def fit(
    model: Expr, letters: tuple[str, ...], columns: Mapping[str, Array], target: Array, budget: Budget = UNLIMITED
) -> Fit:
    """The letters of a core expression for which it is nearest to the target in the sense of least squares.

    Free names of the model are the letters and names of columns; all columns and the target have shape (n,).  If a
    model that is linear in its letters leaves some undetermined, the values have the least norm.  The result depends on
    nothing but the arguments.  Raises `LanguageError` when no row has all its numbers, and when the model has no value
    on the data for any letters that were tried.
    """
    table = {name: np.asarray(values, dtype=np.float64) for name, values in columns.items()} or {"": target}
    kept = np.isfinite(target)
    for each in table.values():
        kept = kept & np.isfinite(each)
    if not kept.any():
        raise LanguageError("there are no data to fit", why="no row has a number in every column that is used")
    table, wanted = {name: values[kept] for name, values in table.items()}, target[kept]
    data = list(table.values())
    scale = 2.0 ** float(np.clip(np.round(np.log2(float(np.abs(wanted).max()) or 1.0)), -1000, 1000))
    split = Separated(Binary("/", model, Number(scale)), letters, tuple(table), budget)
    starts = Starts(model, letters, split.curved, table, wanted)
    problem, values = _minimum(Problem(split, letters, data, wanted / scale), starts, budget)
    if problem.target.size == 0:
        raise undefined_on(model, dict.fromkeys(letters, 1.0), table)
    best = settled(problem, values)
    sst = float(np.square(problem.target - problem.target.mean()).sum()) if np.ptp(problem.target) > 0 else 0.0
    return Fit(
        values=best.by_letter(best.values),
        r_squared=1.0 if best.cost == 0 else 1 - best.cost / sst if sst > 0 else float("nan"),
        rmse=scale * float(np.sqrt(best.cost / problem.target.size)),
        count=problem.target.size,
        converged=best.stationary,
        errors=best.by_letter(best.errors),
        loose=best.loose,
    )


def _minimum(problem: Problem, starts: Starts, budget: Budget) -> tuple[Problem, Array]:
    """The rows on which the model has values, and where the sum of squares is least there.

    These are the rows where it has values for the choice of letters that gives it most of them; should more have
    values for the letters found, they are sought again.
    """
    effort = COSTLY if any(isinstance(step.node, Binder) for step in starts.steps) else USUAL
    grid = starts.grid(effort.starts)
    rows, safe = _defined(problem, grid, budget)
    while True:
        known = problem.of(rows)
        if not rows.any():
            return known, safe[0]
        values = chosen(known, _search(known, grid, safe, effort, budget), starts.phases)
        again = np.isfinite(problem.rest(values))
        if again.sum() <= rows.sum():
            return known, values
        rows, safe = again, problem.parted(values)[1]


def _defined(problem: Problem, grid: Array, budget: Budget) -> tuple[NDArray[np.bool_], Array]:
    """The rows on which the model has values for the choice of letters that gives it most of them; this choice."""
    count = problem.target.size
    some = grid[np.unique(np.linspace(0, len(grid) - 1, min(len(grid), max(4, MOST_ENTRIES // count))).astype(np.intp))]
    best, safe = np.zeros(count, dtype=bool), some[:1]
    block = max(1, 200_000 // count)
    for i in range(0, len(some), block):
        budget.check()
        offset, basis = problem.split.parts(some[i : i + block], problem.data)
        good = np.isfinite(offset) & np.isfinite(basis).all(axis=2)
        k = int(np.argmax(good.sum(axis=1)))
        if good[k].sum() > best.sum():
            best, safe = good[k], some[i + k : i + k + 1]
        if best.all():
            break
    return best, safe


def _search(problem: Problem, grid: Array, safe: Array, effort: Effort, budget: Budget) -> Projected:
    """The minima that the best starts lead to."""
    split, data, target = problem.split, problem.data, problem.target
    if not split.curved:
        return project(split, grid[:1], data, target)
    few = _some_rows(target.size, effort.screened)
    costs = screened(split, grid, [each[few] for each in data], target[few], budget)
    begin = np.vstack([grid[_apart(grid, costs, effort.followed)], safe])
    more = _some_rows(target.size, effort.searched)
    found = descend(split, begin, [each[more] for each in data], target[more], effort.rounds, budget)
    level = np.where(found.cost <= (1 + ALIKE) * found.cost.min() + ALIKE**2, 0.0, found.cost)
    best = np.lexsort((np.abs(found.curved).sum(axis=1), level))[: effort.finished]
    found = descend(split, found.curved[best], data, target, effort.last, budget)
    if np.isfinite(found.cost).any():
        return found
    return descend(split, safe, data, target, effort.last, budget)


def _some_rows(count: int, most: int) -> NDArray[np.intp]:
    """Rows without any rhythm, in order."""
    if count <= most:
        return np.arange(count)
    return np.sort(np.random.default_rng(0).permutation(count)[:most])


def _apart(grid: Array, costs: Array, most: int) -> NDArray[np.intp]:
    """The starts with the least costs, but no neighbours of each other in the grid."""
    ranks = np.column_stack([np.unique(axis, return_inverse=True)[1] for axis in grid.T])
    left = np.argsort(costs, kind="stable")
    left = left[np.isfinite(costs[left])]
    taken: list[int] = []
    while left.size and len(taken) < most:
        taken.append(int(left[0]))
        left = left[(np.abs(ranks[left] - ranks[left[0]]) > 1).any(axis=1)]
    return np.asarray(taken, dtype=np.intp)
