"""The breaks of a function: poles, jumps, holes and ends of its domain, with the limits on both sides."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from plotlang.numerics.bounds import BROKEN, PARTIAL
from plotlang.numerics.calculus.limiting import one_sided
from plotlang.numerics.calculus.narrowing import narrowed
from plotlang.numerics.calculus.polishing import simplest
from plotlang.numerics.calculus.scanning import edges_of_domain, irregular, merged
from plotlang.numerics.calculus.univariate import EPSILON, Univariate, is_clean

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from plotlang.numerics.limits import Budget
    from plotlang.numerics.realmath import Array

    Mask = NDArray[np.bool_]

FIRST_CELLS = 160
MOST_BREAKS = 1000
SAME = 1e-7
"""Limits that are closer than this (relative to their size) are the same."""


@dataclass(frozen=True, slots=True)
class Break:
    """A place where a function is not continuous.

    `before` and `after` are the limits from the left and from the right: ±inf at a pole, NaN where there is none;
    `has_before` and `has_after` tell whether the function has values there at all.  `value` is what it is at the
    place, NaN for nothing.
    """

    place: float
    before: float
    after: float
    value: float
    has_before: bool
    has_after: bool

    @property
    def is_pole(self) -> bool:
        """Whether the function grows beyond all bounds on a side."""
        return bool(np.isinf(self.before) or np.isinf(self.after))

    @property
    def is_hole(self) -> bool:
        """Whether both sides meet, in a point that is missing or lies elsewhere."""
        return self._meets() and not _same(self.value, self.before)

    @property
    def is_jump(self) -> bool:
        """Whether both sides end, at different heights."""
        return bool(np.isfinite(self.before) and np.isfinite(self.after)) and not self._meets()

    @property
    def is_end(self) -> bool:
        """Whether the domain begins or ends here."""
        return self.has_before != self.has_after

    def _meets(self) -> bool:
        return bool(np.isfinite(self.before)) and _same(self.before, self.after)


def _same(a: float, b: float) -> bool:
    return abs(a - b) <= SAME * max(1e-300, abs(a), abs(b)) if np.isfinite(a) and np.isfinite(b) else False


def breaks(f: Univariate, low: float, high: float, budget: Budget) -> tuple[tuple[Break, ...], bool]:
    """The breaks of f from low to high, both included, in order; and whether these are all.

    At most 1,000.  For functions without bounds (integrals, long sums), only ends of the domain are found.
    """
    with np.errstate(all="ignore"):
        edges = irregular(low, high, FIRST_CELLS)
        if f.exact:
            left, right, complete = _gaps(f, edges, budget)
        else:
            x = irregular(low, high, 4 * FIRST_CELLS)
            left = edges_of_domain(f, x, f.at(x), budget)
            right, complete = left, True
        room = 4 * EPSILON * np.maximum(np.abs(left), np.abs(right)) + 1e-17 * f.span
        place, _ = simplest(left - room, right + room, (left + right) / 2)
        place = np.unique(np.clip(place, low, high))
        side = np.ones(place.shape)
        before, after = one_sided(f, place, -side, budget), one_sided(f, place, side, budget)
        value = _values_at(f, place, np.isinf(before.value) | np.isinf(after.value))
    columns = (place, before.value, after.value, value, before.defined, after.defined)
    found = (Break(*row) for row in zip(*(each.tolist() for each in columns), strict=True))
    return tuple(each for each in found if each.has_before or each.has_after or not np.isnan(each.value)), complete


def _values_at(f: Univariate, place: Array, pole: Mask) -> Array:
    """What f is at breaks; nothing at poles whose places floats miss."""
    if place.size == 0:
        return place
    room = 4 * EPSILON * np.abs(place) + 1e-17 * f.span
    value, bounds = f.inside(place - room, place, place + room), f.rounding(place)
    missed = (np.asarray(bounds.marks) & (BROKEN | PARTIAL)) == (BROKEN | PARTIAL)
    return np.asarray(np.where(pole & missed, np.nan, value))


def _gaps(f: Univariate, edges: Array, budget: Budget) -> tuple[Array, Array, bool]:
    sound = is_clean(f.values_over(edges[:-1], edges[1:]))
    found = narrowed(f, edges[:-1][~sound], edges[1:][~sound], budget, zeros_only=False)
    room = 8 * EPSILON * np.abs(found.gaps[0])
    left, right = np.array(merged(found.gaps[0] - room, found.gaps[1] + room)).reshape(-1, 2).T
    return left[:MOST_BREAKS], right[:MOST_BREAKS], found.complete and left.size <= MOST_BREAKS
