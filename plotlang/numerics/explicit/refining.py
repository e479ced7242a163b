"""Cutting the range of a curve into cells, each of them understood.

Every pixel column starts as one cell.  A cell is settled if the curve has no values there, or is continuous there and
monotone, or flat within a pixel, or out of view.  Only unsettled cells are split, all together, level by level: a break
is narrowed down to neighbouring floats, a continuous wiggle until samples fill its bounds (Tupper, SIGGRAPH 2001).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from plotlang.numerics.explicit.bands import sampled, without_bands
from plotlang.numerics.explicit.cells import Cells, Open, joined
from plotlang.numerics.explicit.guesses import grid, guessed, ladder
from plotlang.numerics.explicit.judging import finest, settled, spread

if TYPE_CHECKING:
    from plotlang.numerics.explicit.curve import Curve
    from plotlang.numerics.realmath import Array
    from plotlang.numerics.view import View

Mask = NDArray[np.bool_]

LEVELS = 24
MOST_CELLS = 10_000
"""Cells computed on one level."""
FINE = 2.0**-7
"""Continuous cells below this width (in pixels) are taken as they are, unless few are left."""
FEW = 64
MANY_BREAKS = 200
DENSE = 3
"""Breaks in one column that make it dense, when there are many columns like it."""


@dataclass(slots=True)
class Refined:
    """Settled cells in order, `dense` columns that are full of breaks, and whether the work came to its end."""

    cells: Cells
    dense: NDArray[np.intp]
    complete: bool


def judged(curve: Curve, view: View, cells: Cells, done: list[Cells]) -> Open:
    """Work out the marks of cells; the settled ones go to `done`, the others come back."""
    value, slope = curve.over(cells.left, cells.right)
    cells.marks = np.asarray(spread(np.asarray(value.marks, dtype=np.uint8), cells.left.shape))
    ready, rest, low, high = settled(view, cells, value, slope)
    if rest.size == 0:
        done.append(cells)
        return Open(cells.take(rest), low, high)
    if rest.size < len(cells):
        done.append(cells.take(np.flatnonzero(ready)))
    return Open(cells.take(rest), low, high)


def refine(curve: Curve, view: View) -> Refined:
    """Split the columns of a view until every cell is settled or its break is narrowed down."""
    done: list[Cells] = []
    dense = np.zeros(view.width, dtype=bool)
    complete = True
    rest = _columns(curve, view, done)
    cells = without_bands(curve, rest, view, done) if len(rest.cells) else rest.cells
    for level in range(LEVELS):
        if len(cells):
            cells = _without_fine(cells, view, done)
        if len(cells) == 0:
            break
        if level:
            complete &= _set_dense(cells, dense)
            cells = cells.take(np.flatnonzero(~dense[cells.column]))
            if len(cells) == 0:
                break
        if len(cells) * 2 * curve.weight > MOST_CELLS:
            complete = False
            continuous = cells.clean
            done += [sampled(curve, cells.take(np.flatnonzero(continuous)))]
            cells = cells.take(np.flatnonzero(~continuous))
            break
        curve.budget.check()
        cells = judged(curve, view, _split(curve, cells, level), done).cells
    done.append(cells)
    return Refined(joined(done), np.flatnonzero(dense), complete)


def _columns(curve: Curve, view: View, done: list[Cells]) -> Open:
    """The pixel columns of a view as cells; where rounding errors show, with values of more digits."""
    curve.budget.check()
    curve.precise = False
    edges = view.edges()
    values = curve.at(edges)
    marks, numbers = np.zeros(view.width, dtype=np.uint8), np.arange(view.width)
    found: list[Cells] = []
    cells = Cells(edges[:-1], edges[1:], values[:-1], values[1:], marks, numbers)
    rest = judged(curve, view, cells, found)
    calm = (cells.marks[1:] | cells.marks[:-1]) == 0
    finer = curve.sharpen(edges[1:-1], values[1:-1], calm, view)
    if finer is not None:
        found, values = [], values.copy()
        values[1:-1] = finer
        cells = Cells(edges[:-1], edges[1:], values[:-1], values[1:], marks, numbers)
        rest = judged(curve, view, cells, found)
    done += found
    return rest


def _pieces(curve: Curve, count: int, level: int) -> int:
    wanted = 8 if level == 0 else 64 if count <= 8 else 32 if count <= 32 else 16 if count <= 256 else 8
    return max(2, min(wanted, MOST_CELLS // (count * curve.weight)))


def _split(curve: Curve, cells: Cells, level: int) -> Cells:
    """Each cell cut into pieces: evenly, on the first level towards its break if it seems to have one."""
    pieces = _pieces(curve, len(cells), level)
    broken = np.flatnonzero(~cells.clean) if level == 0 else None
    if broken is None or broken.size == 0 or broken.size > MANY_BREAKS:
        return _evenly(curve, cells, pieces)
    some = cells.take(broken)
    place = guessed(curve, some.left, some.right, some.first, some.last)
    aimed = _cut(curve, some, ladder(some.left, some.right, place))
    if broken.size == len(cells):
        return aimed
    others = np.ones(len(cells), dtype=bool)
    others[broken] = False
    return joined([aimed, _evenly(curve, cells.take(np.flatnonzero(others)), pieces)])


def _evenly(curve: Curve, cells: Cells, pieces: int) -> Cells:
    return _cut(curve, cells, grid(cells.left, cells.right, pieces))


def _cut(curve: Curve, cells: Cells, x: Array) -> Cells:
    """Cells cut at the places in the rows of x."""
    y = np.empty_like(x)
    y[:, 0], y[:, -1] = cells.first, cells.last
    y[:, 1:-1] = curve.at(x[:, 1:-1])
    left, right = x[:, :-1].ravel(), x[:, 1:].ravel()
    column = np.repeat(cells.column, x.shape[1] - 1)
    pieces = Cells(left, right, y[:, :-1].ravel(), y[:, 1:].ravel(), np.zeros(left.shape, dtype=np.uint8), column)
    wide = right > left
    return pieces if wide.all() else pieces.take(np.flatnonzero(wide))


def _without_fine(cells: Cells, view: View, done: list[Cells]) -> Cells:
    """Finish cells that are narrow enough: breaks, and crowds of continuous cells, at `FINE`."""
    clean = cells.clean
    limit = finest(cells.left, cells.right, view)
    coarse = FINE * view.pixel(cells.left)
    if np.count_nonzero(clean) <= FEW:
        coarse = np.where(clean, limit, coarse)
    ready = cells.right - cells.left <= coarse
    if not ready.any():
        return cells
    done.append(cells.take(np.flatnonzero(ready)))
    return cells.take(np.flatnonzero(~ready))


def _set_dense(cells: Cells, dense: Mask) -> bool:
    """Note the columns that hold too many breaks to look at one by one; False if there are any."""
    broken = cells.column[~cells.clean]
    count = np.bincount(broken, minlength=dense.size)
    crowded = count >= (DENSE if broken.size > 2 * MANY_BREAKS else 24)
    dense |= crowded
    return not crowded.any()
