"""The live cells of a raster with the heights at their corners.

A cell, its lower left corner and its lower and left sides share one number, counted row by row.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

import numpy as np
from numpy.typing import NDArray

from plotlang.numerics.plane.pruning import NOTHING, ROUGH, ZERO
from plotlang.numerics.plane.raster import BLOCK

if TYPE_CHECKING:
    from plotlang.numerics.plane.pruning import Pruned
    from plotlang.numerics.plane.raster import Raster
    from plotlang.numerics.plane.surface import Surface
    from plotlang.numerics.realmath import Array

Mask: TypeAlias = NDArray[np.bool_]
Index: TypeAlias = NDArray[np.intp]

MOST_LIVE = 0.3
"""If more than this share of all corners is needed, all are computed, row by column."""
FULL = 46
"""Cells (of the 64 of a block) with a change of sign that make it full."""


@dataclass(frozen=True, slots=True)
class Cells:
    """Live cells: their numbers, kinds, and heights at the corners (lower left, lower right, upper right, upper left).

    `kinds` are those of all cells of the raster; `unsplit` tells of each live cell that it was not looked at by itself.
    """

    raster: Raster
    kinds: NDArray[np.uint8]
    number: Index
    kind: NDArray[np.uint8]
    unsplit: Mask
    corners: Array

    @classmethod
    def of(cls, surface: Surface, raster: Raster, pruned: Pruned) -> Cells:
        """The live cells, with their heights computed."""
        kinds = pruned.kinds.ravel()
        number = np.flatnonzero((kinds != NOTHING) & (kinds != ZERO))
        row = number // raster.columns
        corner = number + row
        wide = raster.columns + 1
        around = np.stack([corner, corner + 1, corner + wide + 1, corner + wide])
        values = _heights(surface, raster, around)
        return cls(raster, kinds, number, kinds[number], pruned.unsplit.ravel()[number], values[around])

    def __len__(self) -> int:
        return int(self.number.size)

    def place(self, some: Mask | Index) -> tuple[Index, Index]:
        """The row and the column of some cells."""
        j, i = np.divmod(self.number[some], self.raster.columns)
        return j, i

    def changing(self) -> Mask:
        """Cells whose corners differ in sign."""
        below, above = self.corners < 0, self.corners >= 0
        return np.asarray(below.any(axis=0) & above.any(axis=0))

    def zero_corners(self, surface: Surface) -> Mask:
        """Cells with a corner in a part of the plane where the height is zero everywhere."""
        result = np.zeros(len(self), dtype=bool)
        zero = (self.corners == 0) & (self.kind >= ROUGH)
        some = np.flatnonzero(zero.any(axis=0))
        if some.size:
            corner = np.argmax(zero[:, some], axis=0)
            j, i = self.place(some)
            right, up = (corner == 1) | (corner == 2), corner >= 2
            result[some] = surface.is_zero(self.raster.x(i + right), self.raster.y(j + up))
        return result

    def near(self, numbers: Index) -> Mask:
        """Whether cells are among cells of the raster or next to them."""
        marked = np.zeros((self.raster.rows, self.raster.columns), dtype=bool)
        marked.ravel()[numbers] = True
        tall = marked.copy()
        tall[1:] |= marked[:-1]
        tall[:-1] |= marked[1:]
        wide = tall.copy()
        wide[:, 1:] |= tall[:, :-1]
        wide[:, :-1] |= tall[:, 1:]
        return np.asarray(wide.ravel()[self.number])

    def full(self, changed: Mask) -> Mask:
        """Cells of blocks in which most cells change their sign."""
        count = np.bincount(self.block(changed), minlength=self.kinds.size // BLOCK**2)
        if not (count >= FULL).any():
            return np.zeros(len(self), dtype=bool)
        return np.asarray(count[self.block(np.arange(len(self)))] >= FULL)

    def block(self, some: Mask | Index) -> Index:
        """The number of the block that some cells lie in."""
        j, i = self.place(some)
        return (j // BLOCK) * (self.raster.columns // BLOCK) + i // BLOCK


def _heights(surface: Surface, raster: Raster, corners: Index) -> Array:
    """The heights at some corners, by number; at others anything."""
    shape = (raster.rows + 1, raster.columns + 1)
    x, y = raster.x(np.arange(shape[1])), raster.y(np.arange(shape[0]))
    needed = np.zeros(shape[0] * shape[1], dtype=bool)
    needed[corners] = True
    places = np.flatnonzero(needed)
    if surface.by_rows or places.size > MOST_LIVE * needed.size:
        return surface.at(x[None, :], y[:, None]).ravel()
    j, i = np.divmod(places, shape[1])
    values = np.zeros(needed.size)
    values[places] = surface.at(x[i], y[j])
    return values
