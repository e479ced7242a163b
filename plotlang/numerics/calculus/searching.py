"""The search for zeros in cells: what is understood of a cell is filed, all other cells are split."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from plotlang.numerics.bounds import EMPTY, Bounds
from plotlang.numerics.calculus.narrowing import narrowed
from plotlang.numerics.calculus.polishing import bracketed
from plotlang.numerics.calculus.scanning import irregular
from plotlang.numerics.calculus.univariate import EPSILON, INNER, SMALLEST, is_clean

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from plotlang.numerics.calculus.univariate import Univariate
    from plotlang.numerics.limits import Budget
    from plotlang.numerics.realmath import Array

    Mask = NDArray[np.bool_]

FIRST_CELLS = 160
LEVELS = 40
MOST_CELLS = 12_000
"""Cells on one level."""
MOST_WORK = 40_000
"""Cells in all, before the rest is left to values alone."""
MOST_ZEROS = 1000
NOISE_LEVEL = 2
"""From this level on, cells whose values can't be told from 0 are not split any more."""
CROWD = 256
"""Of more cells than this, those are left out that a few values say are far from 0."""
WIDE = 1e-3
"""A range of zeros is at least this share of the range looked at; narrower ones come from rounding."""


class Spans(NamedTuple):
    """Cells as arrays of one length, with the values at their ends."""

    left: Array
    right: Array
    first: Array
    last: Array

    def only(self, where: Mask) -> Spans:
        """Some of the cells."""
        return Spans(*(each[where] for each in self))

    def inner(self) -> Array:
        """A few places in each cell, shape (n, 6)."""
        return np.asarray(self.left[:, None] + (self.right - self.left)[:, None] * INNER)

    @property
    def crossing(self) -> Mask:
        """Where the values at the ends have different signs."""
        return np.asarray(np.sign(self.first) * np.sign(self.last) < 0)


class Search:
    """The work in hand, and what was found so far: lists of arrays (left, right) of shape (2, n), or of places.

    The words mean what they mean in `isolating.Isolated`; `clusters` are cells in which nothing can be told from 0.
    """

    def __init__(self, f: Univariate, low: float, high: float, budget: Budget) -> None:
        self.f, self.low, self.high, self.budget = f, low, high, budget
        self.brackets: list[Array] = []
        self.touches: list[Array] = []
        self.broken: list[Array] = []
        self.gaps: list[Array] = []
        self.flats: list[Array] = []
        self.clusters: list[Array] = []
        self.count = 0

    def run(self) -> bool:
        """Split until nothing is left; False if there is too much."""
        edges = irregular(self.low, self.high, FIRST_CELLS)
        complete = self._refine(self._without_flats(edges, self.f.at(edges)), 0)
        broken = narrowed(self.f, *joined(self.broken), self.budget, zeros_only=True)
        self.gaps.append(np.stack(broken.gaps))
        left, right = broken.clean
        more = self._refine(Spans(left, right, self.f.at(left), self.f.at(right)), NOISE_LEVEL)
        return complete and broken.complete and more

    def _refine(self, cells: Spans, start: int) -> bool:
        work = 0
        for level in range(start, LEVELS):
            if cells.left.size == 0:
                return True
            self.budget.check()
            work += cells.left.size
            cells = self._not_understood(cells, level)
            pieces = _pieces(cells.left.size)
            if self.count > MOST_ZEROS or cells.left.size * pieces > MOST_CELLS or work > MOST_WORK:
                self._file(self.brackets, cells, cells.crossing)
                return False
            cells = self._split(cells, pieces)
        self._file(self.clusters, cells, cells.left < cells.right)
        return True

    def _without_flats(self, edges: Array, values: Array) -> Spans:
        """The first cells, without those where the function is 0 throughout."""
        cells = Spans(edges[:-1], edges[1:], values[:-1], values[1:])
        zero = self.f.near_zero(edges, sharp=True)
        padded = np.concatenate([[True], zero, [True]])
        flat = zero[:-1] & zero[1:] & padded[:-3] & padded[3:]
        if flat.sum() < 4:
            return cells
        flat[flat] = self.f.near_zero(cells.only(flat).inner(), sharp=True).all(axis=1)
        self._file(self.flats, cells, flat)
        return cells.only(~flat)

    def _split(self, cells: Spans, pieces: int) -> Spans:
        share = np.linspace(0.0, 1.0, pieces + 1)
        x = cells.left[:, None] + (cells.right - cells.left)[:, None] * share
        x[:, -1] = cells.right
        y = np.empty_like(x)
        y[:, 0], y[:, -1] = cells.first, cells.last
        y[:, 1:-1] = self.f.at(x[:, 1:-1])
        wide = x[:, 1:] > x[:, :-1]
        return Spans(x[:, :-1][wide], x[:, 1:][wide], y[:, :-1][wide], y[:, 1:][wide])

    def _file(self, box: list[Array], cells: Spans, where: Mask) -> None:
        if where.any():
            box.append(np.stack([cells.left[where], cells.right[where]]))
            self.count += int(where.sum()) if box is self.brackets else 0

    def _not_understood(self, cells: Spans, level: int) -> Spans:
        """File the cells that are understood, and give the others."""
        value, slope, bend = self.f.over(cells.left, cells.right)
        rest = ((np.asarray(value.marks) & EMPTY) == 0) & ~((value.low > 0) | (value.high < 0))
        rest |= (cells.first == 0) | (cells.last == 0)
        clean = is_clean(value) & np.isfinite(cells.first) & np.isfinite(cells.last)
        self._file(self.broken, cells, rest & ~clean)
        rest &= clean
        monotone, curved = _is_monotone(slope), _is_curved(slope, bend)
        rest &= ~self._flat(cells, rest & (monotone | (value.low == 0) & (value.high == 0)))
        self._file(self.brackets, cells, rest & (monotone | curved) & cells.crossing)
        self._ends(cells.only(rest & (monotone | curved)))
        self._turn(cells.only(rest & ~monotone & curved & ~cells.crossing))
        rest &= ~(monotone | curved)
        rest &= ~self._underflown(cells, rest & (value.low > -SMALLEST) & (value.high < SMALLEST))
        size = np.maximum(np.abs(cells.left), np.abs(cells.right))
        finest = cells.right - cells.left <= np.maximum(4 * EPSILON * size, 1e-17 * (self.high - self.low))
        self._file(self.clusters, cells, rest & finest)
        cells = cells.only(rest & ~finest)
        if level >= NOISE_LEVEL:
            cells = self._without_noise(cells)
        return _without_evident(self.f, cells) if cells.left.size > CROWD else cells

    def _flat(self, cells: Spans, level: Mask) -> Mask:
        """Cells with no other value than 0."""
        flat = level & (cells.first == 0) & (cells.last == 0)
        wide = cells.right - cells.left > WIDE * (self.high - self.low)
        self._file(self.flats, cells, flat & wide)
        self._file(self.clusters, cells, flat & ~wide)
        return np.asarray(flat)

    def _ends(self, cells: Spans) -> None:
        self.touches.append(np.concatenate([cells.left[cells.first == 0], cells.right[cells.last == 0]]))

    def _underflown(self, cells: Spans, where: Mask) -> Mask:
        """Cells whose values are too small for floats, but are not 0."""
        tiny = where & (np.sign(cells.first) * np.sign(cells.last) > 0)
        if tiny.any():
            signs = np.sign(self.f.at(cells.only(tiny).inner()))
            tiny[tiny] = (signs == signs[:, :1]).all(axis=1)
            self._file(self.clusters, cells, tiny)
        return tiny

    def _turn(self, cells: Spans) -> None:
        """Look at the turning points of cells that have at most one, and values of one sign at both ends."""
        slope = self.f.slope
        if slope is None or cells.left.size == 0:
            return
        cells = cells.only(np.sign(slope.at(cells.left)) * np.sign(slope.at(cells.right)) < 0)
        place = bracketed(slope.at, cells.left, cells.right, 1e-18 * (self.high - self.low), self.budget)
        place = np.where(np.abs(place) <= 1e-16 * (self.high - self.low), 0.0, place)
        here, touching = self.f.at(place), self.f.near_zero(place)
        self.touches.append(place[touching])
        for half in (cells._replace(right=place, last=here), cells._replace(left=place, first=here)):
            self._file(self.brackets, half, ~touching & half.crossing)

    def _without_noise(self, cells: Spans) -> Spans:
        """Set cells aside in which no value can be told from 0."""
        noise = np.asarray(self.f.near_zero(cells.inner()).all(axis=1))
        self._file(self.clusters, cells, noise)
        return cells.only(~noise)


def _without_evident(f: Univariate, cells: Spans) -> Spans:
    """Cells without those where a few values are missing, or all far from 0 and much the same."""
    y = f.at(cells.inner())
    least, greatest = y.min(axis=1), y.max(axis=1)
    far = np.fmax(least, -greatest) > greatest - least
    return cells.only(~(far | np.isnan(y).all(axis=1)))


def _pieces(count: int) -> int:
    return 256 if count <= 2 else 128 if count <= 4 else 32 if count <= 16 else 8 if count <= 128 else 4


def _is_monotone(slope: Bounds | None) -> Mask:
    if slope is None:
        return np.asarray(False)
    vanishing = (slope.low > -SMALLEST) & (slope.high < SMALLEST)
    return np.asarray(((slope.low >= 0) | (slope.high <= 0)) & ~vanishing)


def _is_curved(slope: Bounds | None, bend: Bounds | None) -> Mask:
    """Cells in which the slope is monotone."""
    if slope is None or bend is None:
        return np.asarray(False)
    return np.asarray(is_clean(slope) & is_clean(bend) & ((bend.low > 0) | (bend.high < 0)))


def joined(parts: list[Array]) -> tuple[Array, Array]:
    """Cells of several arrays (left, right) of shape (2, n) in order."""
    both = np.concatenate([np.empty((2, 0)), *parts], axis=1)
    order = np.argsort(both[0], kind="stable")
    return both[0][order], both[1][order]
