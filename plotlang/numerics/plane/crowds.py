"""Cells so full of the curve that single lines cannot be told apart: they are painted one by one."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

import numpy as np
from numpy.typing import NDArray

from plotlang.numerics.plane.edges import FALLS, Sides, hidden
from plotlang.numerics.plane.pruning import BROKEN

if TYPE_CHECKING:
    from plotlang.numerics.plane.cells import Cells
    from plotlang.numerics.plane.surface import Surface
    from plotlang.numerics.realmath import Array

Mask: TypeAlias = NDArray[np.bool_]
Index: TypeAlias = NDArray[np.intp]
Zigzag: TypeAlias = "tuple[Array, Array, tuple[int, int]]"
Point: TypeAlias = "tuple[Array, Array, Array]"

RIGHT = np.array(
    [[0.0, 0.1183, 0.3271, 0.4639, 0.6834, 0.8592, 1.0], [0.0, 0.0597, 0.2241, 0.3944, 0.5706, 0.7753, 1.0]]
)
UP = np.array([[0.0, 0.3271, 0.1183, 0.6834, 0.4639, 0.8592, 1.0], [1.0, 0.7759, 0.9403, 0.4294, 0.6056, 0.2247, 0.0]])
"""Where heights are compared in a cell, as shares of its sides: along two zigzags from corner to corner."""
ENDS = ((0, 2), (3, 1))
"""The corners that these join."""
ZIGZAGS = tuple(zip(RIGHT, UP, ENDS, strict=True))
JITTER = 0.11
"""How far these places move from cell to cell, so that no wave keeps step with them."""
MANY = 20_000
"""Of more cells a fifth is tried first: blocks in which all of these are touched are taken as painted."""
LEAST = 12
MOST_HIDDEN = 12_000
TRIES = 3
HALVINGS = 18
GROWN = 2.0
"""Where |f| grows by this factor instead of falling there is a pole."""
BATCH = 60_000


def inked(surface: Surface, cells: Cells, full: Mask, bare: Mask) -> Mask:
    """Which cells the curve surely touches, of those in `full` blocks and those without a crossing on their sides."""
    ink = np.zeros(len(cells), dtype=bool)
    crowded = full | cells.unsplit
    wanted = np.flatnonzero(full | bare)
    if wanted.size > MANY:
        j, i = cells.place(wanted)
        tried = (i + 2 * j) % 5 == 0
        _touch(surface, cells, crowded, wanted[tried], ink)
        block = cells.block(wanted)
        count = np.bincount(block[tried])
        solid = (count >= LEAST) & (np.bincount(block[tried & ink[wanted]], minlength=count.size) == count)
        whole = solid[np.minimum(block, count.size - 1)] & (block < count.size)
        ink[wanted[whole]] = True
        wanted = wanted[~tried & ~whole]
    _touch(surface, cells, crowded, wanted, ink)
    rest = wanted[crowded[wanted] & ~ink[wanted] & (cells.kind[wanted] == BROKEN)]
    if 0 < rest.size <= MOST_HIDDEN:
        ink[rest] = _beside_breaks(surface, cells, rest)
    return ink


def _beside_breaks(surface: Surface, cells: Cells, some: Index) -> Mask:
    """Whether the curve crosses a lower or left side of cells close to a break."""
    j, i = cells.place(some)
    found = np.zeros(some.size, dtype=bool)
    for upright, end in ((False, 1), (True, 3)):
        first, last = cells.corners[0, some], cells.corners[end, some]
        same = np.flatnonzero((first < 0) & (last < 0) | (first >= 0) & (last >= 0))
        sides = Sides.of(cells.raster, j[same], i[same], first[same], last[same], upright=upright)
        found[same] |= ~np.isnan(hidden(surface, sides))
    return found


def _touch(surface: Surface, cells: Cells, crowded: Mask, some: Index, ink: Mask) -> None:
    for start in range(0, some.size, BATCH):
        surface.budget.check()
        batch = some[start : start + BATCH]
        ink[batch] = _touched(surface, cells, crowded[batch], batch)


def _touched(surface: Surface, cells: Cells, crowded: Mask, some: Index) -> Mask:
    """Whether heights on the zigzags of cells differ in sign; of doubtful cells, whether a zero lies between."""
    touched = np.zeros(some.size, dtype=bool)
    open_ = ~np.isnan(cells.corners[:, some]).all(axis=0)
    smooth = cells.kind[some] != BROKEN
    rest = np.flatnonzero(open_ & smooth)
    mixed = _mixed(cells.corners[:, some[rest]])
    for zigzag in ZIGZAGS:
        touched[rest[mixed]] = True
        rest = rest[~mixed]
        z = _heights_along(surface, cells, some[rest], zigzag)[2]
        mixed = _mixed(z)
        z = np.concatenate([z, cells.corners[:, some[rest]]])
        level = np.abs(z).min(axis=0) > z.max(axis=0) - z.min(axis=0)
        rest, mixed = rest[~level], mixed[~level]
    touched[rest[mixed]] = True
    rest = np.flatnonzero(open_ & ~smooth)
    if rest.size:
        touched[rest] = _doubtful(surface, cells, crowded[rest], some[rest])
    return touched


def _heights_along(surface: Surface, cells: Cells, some: Index, zigzag: Zigzag) -> tuple[Array, Array, Array]:
    """Places and heights along a zigzag of cells, each of shape (places, n)."""
    right, up, ends = zigzag
    j, i = cells.place(some)
    aside = JITTER * ((0.618034 * j + 0.414214 * i) % 1.0 - 0.5) * (right * (1 - right) > 0)[:, None]
    x, y = cells.raster.x(i + right[:, None] + aside), cells.raster.y(j + up[:, None] + aside)
    z = np.empty(x.shape)
    z[1:-1] = surface.at(x[1:-1], y[1:-1])
    z[0], z[-1] = cells.corners[ends[0], some], cells.corners[ends[1], some]
    return x, y, z


def _doubtful(surface: Surface, cells: Cells, crowded: Mask, some: Index) -> Mask:
    """Whether a zero lies on the zigzags of doubtful cells.

    A cell that is not crowded has been searched already, unless the height changes its sign more than once.
    """
    result = np.zeros(some.size, dtype=bool)
    for zigzag in ZIGZAGS:
        rest = np.flatnonzero(~result)
        x, y, z = _heights_along(surface, cells, some[rest], zigzag)
        below, above = z < 0, z >= 0
        changes = below[:-1] & above[1:] | above[:-1] & below[1:]
        doubt = np.flatnonzero(changes.sum(axis=0) > np.where(crowded[rest], 0, 1))
        falls = _falling(surface, x[:, doubt], y[:, doubt], z[:, doubt], changes[:, doubt])
        result[rest[doubt]] = falls
    return result


def _mixed(z: Array) -> Mask:
    return np.asarray((z < 0).any(axis=0) & (z >= 0).any(axis=0))


def _falling(surface: Surface, x: Array, y: Array, z: Array, changes: Mask) -> Mask:
    """Whether |f| falls to zero between two neighbours of a chain of points (first axis) where the sign changes."""
    result = np.zeros(x.shape[1], dtype=bool)
    for _ in range(TRIES):
        n = np.flatnonzero(changes.any(axis=0) & ~result)
        if n.size == 0:
            break
        k = np.argmax(changes[:, n], axis=0)
        changes[k, n] = False
        result[n] = _reaches_zero(surface, (x[k, n], y[k, n], z[k, n]), (x[k + 1, n], y[k + 1, n], z[k + 1, n]))
    return result


def _reaches_zero(surface: Surface, a: Point, b: Point) -> Mask:
    """Whether |f| falls to zero between points that differ in sign, and neither grows nor jumps."""
    (ax, ay, low), (bx, by, high) = a, b
    result = np.zeros(ax.size, dtype=bool)
    rest = np.arange(ax.size)
    start = np.maximum(np.abs(low), np.abs(high))
    for number in range(HALVINGS):
        mx, my = (ax + bx) / 2, (ay + by) / 2
        here = surface.at(mx, my)
        left = ((here < 0) == (low < 0)) & ~np.isnan(here)
        ax, ay, low = np.where(left, mx, ax), np.where(left, my, ay), np.where(left, here, low)
        bx, by, high = np.where(left, bx, mx), np.where(left, by, my), np.where(left, high, here)
        if number % 3 != 2:
            continue
        least = np.maximum(np.abs(low), np.abs(high))
        falls = least <= FALLS * start
        result[rest[falls]] = True
        open_ = ~falls & (least <= GROWN * start)
        rest, start = rest[open_], start[open_]
        ax, ay, low, bx, by, high = (each[open_] for each in (ax, ay, low, bx, by, high))
        if rest.size == 0:
            break
    return result
