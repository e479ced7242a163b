"""What hides inside single cells: isolated points, and loops smaller than a pixel.

Cells that neither bounds nor slopes decide are split on and on.  Around an isolated point a few of them are left at any
width; a tiny loop shows by a change of sign.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from plotlang.numerics.bounds import Bounds
from plotlang.numerics.plane.pruning import BROKEN, ROUGH, ZERO, judge

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from plotlang.numerics.plane.raster import Raster
    from plotlang.numerics.plane.surface import Surface
    from plotlang.numerics.realmath import Array

LEVELS = 10
MOST_CELLS = 3000
SMALL = 1e-6
"""An isolated point counts if |f| falls to this share of its value one pixel away."""


def specks(surface: Surface, raster: Raster, j: NDArray[np.intp], i: NDArray[np.intp]) -> tuple[Array, Array]:
    """Isolated points (and tiny loops, as points), and undecided places, both of shape (n, 2), in some cells."""
    nothing = np.empty((0, 2))
    if j.size == 0:
        return nothing, nothing
    x, y = raster.boxes(i, j, 1)
    whole = np.arange(j.size)
    outside = surface.at(x.low, y.low)
    loops: list[Array] = []
    for _ in range(LEVELS):
        surface.budget.check()
        if not 0 < whole.size <= MOST_CELLS:
            break
        x, y, whole = _split(x, y, whole)
        middle = (x.low + x.high) / 2, (y.low + y.high) / 2
        here = surface.at(*middle)
        turned = here * outside[whole] < 0
        loops.append(np.column_stack([*middle, whole])[turned])
        kinds = judge(surface, (x, y)).kinds
        keep = ((kinds == ROUGH) | (kinds == BROKEN) | (kinds == ZERO)) & ~np.isin(whole, whole[turned])
        x, y, whole = Bounds(x.low[keep], x.high[keep]), Bounds(y.low[keep], y.high[keep]), whole[keep]
    left = np.column_stack([(x.low + x.high) / 2, (y.low + y.high) / 2, whole])
    near = np.abs(surface.at(left[:, 0], left[:, 1])) <= SMALL * np.abs(outside[whole])
    near &= whole.size <= MOST_CELLS
    return _apart(raster, np.concatenate([*loops, left[near]])), _apart(raster, left[~near])


def _split(x: Bounds, y: Bounds, whole: NDArray[np.intp]) -> tuple[Bounds, Bounds, NDArray[np.intp]]:
    """Cells cut into four or sixteen."""
    parts = 2 if whole.size > MOST_CELLS // 8 else 4
    cuts = np.arange(parts + 1)[:, None] / parts
    u, v = x.low + (x.high - x.low) * cuts, y.low + (y.high - y.low) * cuts
    column, row = np.tile(np.arange(parts), parts), np.repeat(np.arange(parts), parts)
    return (
        Bounds(u[column].ravel(), u[column + 1].ravel()),
        Bounds(v[row].ravel(), v[row + 1].ravel()),
        np.tile(whole, parts * parts),
    )


def _apart(raster: Raster, found: Array) -> Array:
    """One place per cell, and of neighbouring places one."""
    _, first = np.unique(found[:, 2], return_index=True)
    places = found[first, :2]
    if len(places) < 2:
        return places
    view = raster.view
    pixels = np.column_stack([view.columns(places[:, 0]), view.rows(places[:, 1])])
    _, first = np.unique(np.round(pixels), axis=0, return_index=True)
    return places[np.sort(first)]
