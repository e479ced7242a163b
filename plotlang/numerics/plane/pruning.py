"""Which cells of a raster a curve can pass through: cells split from blocks of pixels down to single ones.

A cell is dropped when the bounds of the height, or its height at the centre together with the bounds of the slopes (the
mean value form), exclude zero.  (Tupper, SIGGRAPH 2001; Moore, Interval Analysis, 1966.)
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from plotlang.numerics.bounds import Bounds
from plotlang.numerics.plane.raster import BLOCK
from plotlang.numerics.plane.surface import Surface, calm

if TYPE_CHECKING:
    from plotlang.numerics.plane.raster import Raster
    from plotlang.numerics.realmath import Array

Kinds: TypeAlias = NDArray[np.uint8]
Index: TypeAlias = NDArray[np.intp]

NOTHING, SIMPLE, ACROSS, UPRIGHT, ROUGH, BROKEN, ZERO = range(7)
"""What is known of a cell: no zero; continuous, and both slopes have one sign; only that in x, which outweighs that in
y; only that in y; no more than continuous; perhaps not even that; zero everywhere."""
_BY_SLOPES = np.array([ROUGH, UPRIGHT, ACROSS, SIMPLE], dtype=np.uint8)
ROUNDING = 1e-9
"""The share of their distance by which bounds must exclude zero."""
TINIEST = 1e-290
"""Heights below this are what is left of a vanishing exponential; they are not zero, and their signs mean nothing."""
MOST_CELLS = 8000
"""Of more cells than this after splitting, those whose whole block is left are not split; of blocks, twice as many."""


@dataclass(frozen=True, slots=True)
class Judged:
    """Cells with their kinds, and what tells more about parts of them: the middle height and bounds of the slopes."""

    kinds: Kinds
    middle: Array | None = None
    in_x: Bounds | None = None
    in_y: Bounds | None = None


def judge(surface: Surface, cells: tuple[Bounds, Bounds]) -> Judged:
    """Find the kind of each cell."""
    found = surface.over_slopes(cells)
    if found is None:
        value = surface.over(cells)
        live = (value.low <= 0) & (value.high >= 0)
        smooth = np.where(calm(value), np.uint8(SIMPLE), np.uint8(BROKEN))
        return Judged(np.where(live, smooth, np.uint8(NOTHING)))
    value, in_x, in_y = found
    x, y = cells
    middle = surface.at((x.low + x.high) / 2, (y.low + y.high) / 2)
    (least_x, most_x), (least_y, most_y) = _rises(in_x, x), _rises(in_y, y)
    reach = (most_x + most_y) / 2
    continuous = calm(value)
    live = (value.low <= 0) & (value.high >= 0) & ~(continuous & (np.abs(middle) > reach))
    across, upright = least_x > 0, least_y > 0
    across, upright = across & (upright | (most_y <= least_x)), upright & (across | (most_x <= least_y))
    kinds = np.where(continuous, _BY_SLOPES[across * 2 + upright], np.uint8(BROKEN))
    flat = continuous & (reach == 0) & (middle == 0)
    if flat.any():
        kinds = np.where(flat & surface.is_zero((x.low + x.high) / 2, (y.low + y.high) / 2), np.uint8(ZERO), kinds)
    live &= (value.high > TINIEST) | (value.low < -TINIEST) | (kinds == ZERO)
    return Judged(np.where(live, kinds, np.uint8(NOTHING)), middle, in_x, in_y)


def _rises(slope: Bounds, along: Bounds) -> tuple[Array, Array]:
    """By how much at least and at most the height changes from one end of a cell to the other, up or down."""
    least = np.maximum(np.maximum(slope.low, -slope.high), 0.0)
    return least * (along.high - along.low), np.maximum(np.abs(slope.low), np.abs(slope.high)) * (
        along.high - along.low
    )


@dataclass(frozen=True, slots=True)
class Pruned:
    """The kinds of all cells of a raster, shape (rows, columns), and which cells were left in larger ones."""

    kinds: Kinds
    unsplit: NDArray[np.bool_]


def over_blocks(surface: Surface, raster: Raster) -> Bounds:
    """The bounds of the height over all blocks of a raster."""
    x, y = raster.x(np.arange(0, raster.columns + 1, BLOCK)), raster.y(np.arange(0, raster.rows + 1, BLOCK))
    return surface.over((Bounds(x[None, :-1], x[None, 1:]), Bounds(y[:-1, None], y[1:, None])))


def prune(surface: Surface, raster: Raster, blocks: Bounds) -> Pruned:
    """Find out what can be known about the cells of a raster from bounds, those over its blocks first."""
    kinds = np.zeros((raster.rows, raster.columns), dtype=np.uint8)
    unsplit = np.zeros(kinds.shape, dtype=bool)
    j, i = np.nonzero((blocks.low <= 0) & (blocks.high >= 0))
    size = BLOCK
    while i.size:
        surface.budget.check()
        boxes = raster.boxes(i, j, size)
        judged = judge(surface, boxes)
        found = judged.kinds
        rest = (found == ROUGH) | (found == BROKEN)
        if size == 1 or surface.slopes is None:
            rest[:] = False
        elif np.count_nonzero(rest) * 4 > MOST_CELLS * (2 if size == BLOCK else 1):
            whole = _whole_blocks(i, j, rest, raster, size) if np.count_nonzero(rest) <= MOST_CELLS else rest.copy()
            _put(unsplit, whole, i, j, size)
            rest &= ~whole
        coarse = np.flatnonzero(~rest & (found >= BROKEN))
        fine = np.flatnonzero(~rest & (found > NOTHING) & (found < BROKEN))
        _put(kinds, found[coarse], i[coarse], j[coarse], size)
        _put(kinds, _near(judged, boxes, raster.parts(i[fine], j[fine], size), fine), i[fine], j[fine], size)
        i, j, size = _split(i[rest], j[rest], size)
    return Pruned(kinds, unsplit)


def _whole_blocks(i: Index, j: Index, rest: NDArray[np.bool_], raster: Raster, size: int) -> NDArray[np.bool_]:
    """Cells in blocks of which nothing was dropped so far."""
    per = BLOCK // size
    block = (j // per) * (raster.columns // BLOCK) + i // per
    return np.asarray(np.bincount(block[rest], minlength=block.max() + 1)[block] == per * per) & rest


def _put(whole: NDArray[Any], found: NDArray[Any], i: Index, j: Index, size: int) -> None:
    """Write values of cells of some size, or of their parts, shape (n, size, size), into a raster."""
    if i.size:
        tiles = whole.reshape(whole.shape[0] // size, size, whole.shape[1] // size, size).transpose(0, 2, 1, 3)
        tiles[j, i] = found if found.ndim == 3 else found[:, None, None]


def _near(judged: Judged, boxes: tuple[Bounds, Bounds], parts: tuple[Array, Array], some: Index) -> Kinds:
    """The kinds of the pixels of cells, NOTHING for those that no line as steep as the slopes can pass.

    `parts` are the edges of the pixels of these cells in x and y, each of shape (n, size + 1).
    """
    kinds, size = judged.kinds[some, None, None], parts[0].shape[1] - 1
    if judged.middle is None or judged.in_x is None or judged.in_y is None or size == 1:
        return np.broadcast_to(kinds, (some.size, size, size))
    low_x, high_x = _rise(judged.in_x, boxes[0], parts[0], some)
    low_y, high_y = _rise(judged.in_y, boxes[1], parts[1], some)
    middle = judged.middle[some, None]
    low = (middle + low_y)[:, :, None] + low_x[:, None, :]
    high = (middle + high_y)[:, :, None] + high_x[:, None, :]
    slack = ROUNDING * (high - low)
    return np.where((low > slack) | (high < -slack), np.uint8(NOTHING), kinds)


def _rise(slope: Bounds, box: Bounds, edges: Array, some: Index) -> tuple[Array, Array]:
    """How far the height may fall and rise from the middle to each pixel of cells along one direction, (n, size)."""
    away = edges - ((box.low + box.high) / 2)[some, None]
    below, above = slope.low[some, None] * away, slope.high[some, None] * away
    least, most = np.minimum(below, above), np.maximum(below, above)
    return np.minimum(least[:, :-1], least[:, 1:]), np.maximum(most[:, :-1], most[:, 1:])


def _split(i: Index, j: Index, size: int) -> tuple[Index, Index, int]:
    right, up = np.array([0, 1, 0, 1]), np.array([0, 0, 1, 1])
    return (2 * i[:, None] + right).ravel(), (2 * j[:, None] + up).ravel(), max(1, size // 2)
