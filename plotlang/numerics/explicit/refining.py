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
from plotlang.numerics.explicit.cells import Cells, joined
from plotlang.numerics.explicit.columns import columns, judged
from plotlang.numerics.explicit.judging import finest
from plotlang.numerics.explicit.splitting import MANY_BREAKS, MOST_CELLS, split

if TYPE_CHECKING:
    from plotlang.numerics.explicit.curve import Curve
    from plotlang.numerics.view import View

Mask = NDArray[np.bool_]

LEVELS = 24
FINE = 2.0**-7
"""Continuous cells below this width (in pixels) are taken as they are, unless few are left."""
FEW = 64
DENSE = 3
"""Breaks in one column that make it dense, when there are many columns like it."""


@dataclass(slots=True)
class Refined:
    """Settled cells in order, `dense` columns that are full of breaks, and whether the work came to its end."""

    cells: Cells
    dense: NDArray[np.intp]
    complete: bool


def refine(curve: Curve, view: View) -> Refined:
    """Split the columns of a view until every cell is settled or its break is narrowed down."""
    done: list[Cells] = []
    rest = columns(curve, view, done)
    if len(rest.cells) == 0:
        return Refined(joined(done), np.empty(0, dtype=np.intp), complete=True)
    dense = np.zeros(view.width, dtype=bool)
    complete = True
    cells = without_bands(curve, rest, view, done)
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
        cells = judged(curve, view, split(curve, cells, level), done).cells
    done.append(cells)
    return Refined(joined(done), np.flatnonzero(dense), complete)


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
