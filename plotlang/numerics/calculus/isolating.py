"""Finding every place where a function may be zero, each apart from the others.

Cells whose bounds do not hold 0 are left out; a cell in which the function is continuous and monotone has at most one
zero; one in which the slope is monotone has at most one turning point.  All other cells are split (Moore, Interval
Analysis, 1966; Hansen and Walster, Global Optimization Using Interval Analysis, 2003).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from plotlang.numerics.calculus.polishing import bracketed, simplified
from plotlang.numerics.calculus.scanning import merged, scanned
from plotlang.numerics.calculus.searching import MOST_ZEROS, WIDE, Search, joined
from plotlang.numerics.calculus.univariate import INNER

if TYPE_CHECKING:
    from plotlang.numerics.calculus.univariate import Univariate
    from plotlang.numerics.limits import Budget
    from plotlang.numerics.realmath import Array


@dataclass(slots=True)
class Isolated:
    """What may be a zero.

    `brackets` (left, right): the function is continuous and changes its sign inside, once.  `touches`: places where a
    continuous function comes so near to 0 that it can't be told from it.  `gaps` (left, right): narrow cells where it
    may break.  `flats`: ranges without any other value than 0.  `complete` is False if there was too much to do.
    """

    brackets: tuple[Array, Array]
    touches: Array
    gaps: tuple[Array, Array]
    flats: tuple[tuple[float, float], ...]
    complete: bool


def isolate(f: Univariate, low: float, high: float, budget: Budget) -> Isolated:
    """Everything that may be a zero of f from low to high, both included."""
    if not f.exact or f.slope is None:
        return _by_values(f, low, high, budget)
    search = Search(f, low, high, budget)
    complete = search.run()
    flats = merged(*joined(search.flats))
    _settle_clusters(search, f, flats)
    brackets = joined(search.brackets)
    touches = np.concatenate([np.empty(0), *search.touches])
    gaps = np.array(merged(*joined(search.gaps))).reshape(-1, 2).T
    if not complete and brackets[0].size < MOST_ZEROS:
        more = _by_values(f, low, high, budget)
        brackets = joined([np.stack(brackets), np.stack(more.brackets)])
        touches = np.concatenate([touches, more.touches])
        flats = flats or list(more.flats)
    return Isolated(brackets, touches, (gaps[0], gaps[1]), tuple(flats), complete)


def _settle_clusters(search: Search, f: Univariate, flats: list[tuple[float, float]]) -> None:
    """Neighbouring cells near 0 as one: a change of sign, a place that touches 0, or a flat range."""
    for left, right in merged(*joined(search.clusters)):
        x = np.append(left + (right - left) * INNER, simplified((left + right) / 2, left, right))
        y = f.at(x)
        if (y == 0).all() and right - left > WIDE * (search.high - search.low):
            flats.append((left, right))
            continue
        best = int(np.argmin(np.where(np.isnan(y), np.inf, np.abs(y))))
        if y[0] * y[INNER.size - 1] < 0:
            search.brackets.append(np.array([[left], [right]]))
        elif f.near_zero(x[best : best + 1])[0]:
            middle = (left + right) / 2 if y[best] != 0 else float(x[best])
            search.touches.append(np.array([middle]))


def _by_values(f: Univariate, low: float, high: float, budget: Budget) -> Isolated:
    """The same for a function without bounds: between the zeros of its slope, if they can be told, else on a grid."""
    nodes = np.empty(0)
    guided = not f.exact and f.slope is not None and f.slope.exact
    if guided and f.slope is not None:
        found = isolate(f.slope, low, high, budget)
        turns = bracketed(f.slope.at, *found.brackets, 1e-18 * f.span, budget)
        nodes = np.concatenate([turns, found.touches, *found.gaps])
    scan = scanned(f, low, high, nodes, budget, guided=guided)
    return Isolated(scan.brackets, scan.touches, scan.gaps, tuple(scan.flats), complete=True)
