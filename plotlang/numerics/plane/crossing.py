"""All crossings of a curve with the sides of the live cells of a raster."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeAlias

import numpy as np
from numpy.typing import NDArray

from plotlang.numerics.plane import edges
from plotlang.numerics.plane.edges import Sides
from plotlang.numerics.plane.pruning import ACROSS, NOTHING, ROUGH, SIMPLE, TINIEST, UPRIGHT

if TYPE_CHECKING:
    from plotlang.numerics.plane.cells import Cells
    from plotlang.numerics.plane.pruning import Kinds
    from plotlang.numerics.plane.surface import Surface
    from plotlang.numerics.realmath import Array

Mask: TypeAlias = NDArray[np.bool_]
Index: TypeAlias = NDArray[np.intp]
Numbers: TypeAlias = NDArray[np.int32]

MOST_SIDES = 12_000
"""Of more sides that do not differ in sign at their ends none is searched."""
MOST_DOUBTFUL = 8000
"""Of more doubtful sides only those of cells that were looked at by themselves are searched."""
_NEXT = (1, 3)
"""The corner at the other end of the lower side, and of the left side."""


@dataclass(slots=True)
class Crossings:
    """The crossing on the lower side, and on the left side, of each cell of a raster: its number from 1 on, or 0.

    `missed` tells that there were too many sides to search all of them.
    """

    lower: Numbers
    left: Numbers
    columns: int
    found: list[Array] = field(default_factory=list)
    count: int = 0
    missed: bool = False

    def around(self, cells: Index) -> Numbers:
        """The crossings on the lower, right, upper and left sides of cells, shape (4, n)."""
        return np.stack([self.lower[cells], self.left[cells + 1], self.lower[cells + self.columns], self.left[cells]])

    def points(self) -> Array:
        """The crossings, shape (count, 2)."""
        return np.concatenate(self.found) if self.found else np.empty((0, 2))

    def add(self, cells: Index, sides: Sides, t: Array, *, upright: bool) -> None:
        """Take the crossings at the shares t of sides, where t is not NaN."""
        good = ~np.isnan(t)
        some = cells[good]
        (self.left if upright else self.lower)[some] = np.arange(self.count + 1, self.count + 1 + some.size)
        self.found.append(np.column_stack(sides[good].places(t[good])))
        self.count += some.size


def crossings(surface: Surface, cells: Cells, changed: Mask, full: Mask) -> Crossings:
    """Find the crossings on all sides between live cells; `full` cells are left out.

    Sides without a change of sign are looked at only if no corner of the cells beside them has `changed` its sign.
    """
    raster = cells.raster
    size = raster.columns * (raster.rows + 1) + 1
    found = Crossings(np.zeros(size, dtype=np.int32), np.zeros(size, dtype=np.int32), raster.columns)
    drawn = np.zeros(cells.kinds.size, dtype=bool)
    drawn[cells.number[changed]] = True
    for upright in (False, True):
        _along(surface, cells, _Row.of(cells, drawn, full, upright=upright), found)
    return found


@dataclass(frozen=True, slots=True)
class _Row:
    """The lower sides of live cells, or their left sides, with a live cell beyond: the kinds of both cells beside.

    `kept` are the live cells they belong to; `quiet` tells that no corner of both cells has another sign.
    """

    upright: bool
    kept: Index
    first: Array
    last: Array
    kind: Kinds
    beyond: Kinds
    quiet: Mask

    @classmethod
    def of(cls, cells: Cells, drawn: Mask, full: Mask, *, upright: bool) -> _Row:
        """The sides of cells that are not `full`; `drawn` marks the cells of the raster that change their sign."""
        back = 1 if upright else cells.raster.columns
        beyond = cells.kinds[cells.number - back]
        beyond[cells.number < back] = NOTHING
        if upright:
            beyond[cells.number % cells.raster.columns == 0] = NOTHING
        kept = np.flatnonzero((beyond != NOTHING) & ~full)
        first, last = cells.corners[0, kept], cells.corners[_NEXT[upright], kept]
        quiet = ~(drawn[cells.number[kept]] | drawn[cells.number[kept] - back])
        return cls(upright, kept, first, last, cells.kind[kept], beyond[kept], quiet)

    def sure(self) -> Mask:
        """Sides of a cell that the height is continuous on."""
        return np.asarray((self.kind <= ROUGH) | (self.beyond <= ROUGH))

    def changed(self) -> Mask:
        """Sides whose ends differ in sign."""
        turned = (self.first < 0) & (self.last >= 0) | (self.first >= 0) & (self.last < 0)
        return np.asarray(turned & (np.maximum(np.abs(self.first), np.abs(self.last)) > TINIEST))

    def steep(self) -> Mask:
        """Sides along which the slope has one sign."""
        safe = UPRIGHT if self.upright else ACROSS
        one, two = (self.kind == SIMPLE) | (self.kind == safe), (self.beyond == SIMPLE) | (self.beyond == safe)
        return np.asarray(one | two)


def _along(surface: Surface, cells: Cells, row: _Row, found: Crossings) -> None:
    """Find the crossings on all lower sides, or on all left sides."""
    changed, sure, unsplit = row.changed(), row.sure(), cells.unsplit[row.kept]
    doubt = changed & ~sure
    if np.count_nonzero(doubt) > MOST_DOUBTFUL:
        doubt &= ~unsplit
    tasks: list[tuple[Mask, edges.Finder]] = [(changed & sure, edges.proven), (doubt, edges.doubtful)]
    hard = row.quiet & ~unsplit & ~row.steep()
    if hard.any() and not surface.guessed:
        known_first, known_last = ~np.isnan(row.first), ~np.isnan(row.last)
        tasks.append((hard & sure & known_first & known_last, edges.touching))
        tasks.append((hard & ~sure & known_first & known_last, edges.hidden))
        tasks.append((hard & ~sure & (known_first != known_last), edges.at_domain))
    for where, finder in tasks:
        surface.budget.check()
        some = np.flatnonzero(where)
        if some.size > MOST_SIDES and finder not in (edges.proven, edges.doubtful):
            found.missed = True
        elif some.size:
            j, i = cells.place(row.kept[some])
            sides = Sides.of(cells.raster, j, i, row.first[some], row.last[some], upright=row.upright)
            found.add(cells.number[row.kept[some]], sides, finder(surface, sides), upright=row.upright)
