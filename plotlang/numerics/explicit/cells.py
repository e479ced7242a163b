"""Pieces of the range of a curve."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from plotlang.numerics.bounds import BROKEN, EMPTY, PARTIAL

if TYPE_CHECKING:
    from collections.abc import Sequence

    from plotlang.numerics.realmath import Array

Mask = NDArray[np.bool_]


@dataclass(slots=True)
class Cells:
    """Neighbouring pieces of the range, as arrays of one length.

    `first` and `last` are the values at the ends; `marks` as in `bounds`; `column` is the pixel column they lie in.
    """

    left: Array
    right: Array
    first: Array
    last: Array
    marks: NDArray[np.uint8]
    column: NDArray[np.intp]

    def take(self, where: NDArray[np.intp]) -> Cells:
        """The cells with some numbers."""
        return Cells(
            self.left.take(where),
            self.right.take(where),
            self.first.take(where),
            self.last.take(where),
            self.marks.take(where),
            self.column.take(where),
        )

    def __len__(self) -> int:
        return self.left.size

    @property
    def clean(self) -> Mask:
        """Surely continuous and defined."""
        unsure = np.isnan(self.first) | np.isnan(self.last) | ((self.marks & (BROKEN | PARTIAL | EMPTY)) != 0)
        return np.asarray(~unsure)

    @property
    def empty(self) -> Mask:
        """Without any value."""
        return np.asarray((self.marks & EMPTY) != 0)


@dataclass(slots=True)
class Open:
    """Cells that are not settled, with the least and the greatest value that the bounds allow."""

    cells: Cells
    low: Array
    high: Array

    def take(self, where: NDArray[np.intp]) -> Open:
        """The cells with some numbers."""
        return Open(self.cells.take(where), self.low.take(where), self.high.take(where))


def _nothing() -> Open:
    none, numbers = np.empty(0), np.empty(0, dtype=np.intp)
    return Open(Cells(none, none, none, none, np.empty(0, dtype=np.uint8), numbers), none, none)


NOTHING_OPEN = _nothing()
"""All cells are settled."""


def joined(parts: Sequence[Cells]) -> Cells:
    """All cells, in order of place."""
    parts = [part for part in parts if len(part)] or list(parts[:1])
    if len(parts) == 1:
        return parts[0]
    order = np.argsort(np.concatenate([part.left for part in parts]), kind="stable")
    return Cells(
        np.concatenate([part.left for part in parts]).take(order),
        np.concatenate([part.right for part in parts]).take(order),
        np.concatenate([part.first for part in parts]).take(order),
        np.concatenate([part.last for part in parts]).take(order),
        np.concatenate([part.marks for part in parts]).take(order),
        np.concatenate([part.column for part in parts]).take(order),
    )
