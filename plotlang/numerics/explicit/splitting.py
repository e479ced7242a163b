"""Cutting cells into smaller ones."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from plotlang.numerics.explicit.cells import Cells, joined
from plotlang.numerics.explicit.guesses import grid, guessed, ladder

if TYPE_CHECKING:
    from plotlang.numerics.explicit.curve import Curve
    from plotlang.numerics.realmath import Array

MOST_CELLS = 10_000
"""Cells computed on one level."""
MANY_BREAKS = 200


def _pieces(curve: Curve, count: int, level: int) -> int:
    wanted = 8 if level == 0 else 64 if count <= 8 else 32 if count <= 32 else 16 if count <= 256 else 8
    return max(2, min(wanted, MOST_CELLS // (count * curve.weight)))


def split(curve: Curve, cells: Cells, level: int) -> Cells:
    """Each cell cut into pieces: evenly, on the first level towards its break if it seems to have one."""
    pieces = _pieces(curve, len(cells), level)
    broken = np.flatnonzero(~cells.clean) if level == 0 else None
    if broken is None or broken.size == 0 or broken.size > MANY_BREAKS:
        return _evenly(curve, cells, pieces)
    some = cells.take(broken)
    place = guessed(curve, some.left, some.right, some.first, some.last)
    aimed = cut(curve, some, ladder(some.left, some.right, place))
    if broken.size == len(cells):
        return aimed
    others = np.ones(len(cells), dtype=bool)
    others[broken] = False
    return joined([aimed, _evenly(curve, cells.take(np.flatnonzero(others)), pieces)])


def _evenly(curve: Curve, cells: Cells, pieces: int) -> Cells:
    return cut(curve, cells, grid(cells.left, cells.right, pieces))


def cut(curve: Curve, cells: Cells, x: Array) -> Cells:
    """Cells cut at the places in the rows of x."""
    y = np.empty_like(x)
    y[:, 0], y[:, -1] = cells.first, cells.last
    y[:, 1:-1] = curve.at(x[:, 1:-1])
    left, right = x[:, :-1].ravel(), x[:, 1:].ravel()
    column = np.repeat(cells.column, x.shape[1] - 1)
    pieces = Cells(left, right, y[:, :-1].ravel(), y[:, 1:].ravel(), np.zeros(left.shape, dtype=np.uint8), column)
    wide = right > left
    return pieces if wide.all() else pieces.take(np.flatnonzero(wide))
