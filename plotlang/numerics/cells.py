"""Cutting the range of a curve into cells, each of them understood.

Every pixel column starts as one cell.  A cell is settled if the curve has no values there, or is continuous there and
monotone, or flat within a pixel, or out of view.  Only unsettled cells are split, all together, level by level: a break
is narrowed down to neighbouring floats, a continuous wiggle until samples fill its bounds (Tupper, SIGGRAPH 2001).
"""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from plotlang.numerics.bounds import BROKEN, EMPTY, PARTIAL, Bounds

if TYPE_CHECKING:
    from collections.abc import Sequence

    from plotlang.numerics.curve import Curve
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
BAND_SAMPLES = 40


@dataclass(slots=True)
class Cells:
    """Neighbouring pieces of the range, as arrays of one length.

    `first` and `last` are the values at the ends, `low` and `high` bound the values between; `marks` as in `bounds`.
    """

    left: Array
    right: Array
    first: Array
    last: Array
    low: Array
    high: Array
    marks: NDArray[np.uint8]
    monotone: Mask
    column: NDArray[np.intp]

    def __getitem__(self, where: Mask | slice | NDArray[np.intp]) -> Cells:
        return Cells(*[getattr(self, name)[where] for name in _FIELDS])

    def __len__(self) -> int:
        return int(self.left.size)

    @property
    def clean(self) -> Mask:
        """Surely continuous and defined."""
        defined = ~np.isnan(self.first) & ~np.isnan(self.last)
        return np.asarray(((self.marks & (BROKEN | PARTIAL | EMPTY)) == 0) & defined)

    @property
    def empty(self) -> Mask:
        """Without any value."""
        return np.asarray((self.marks & EMPTY) != 0)


_FIELDS = tuple(each.name for each in fields(Cells))


def joined(parts: Sequence[Cells]) -> Cells:
    """All cells, in order of place."""
    parts = [part for part in parts if len(part)] or list(parts[:1])
    if len(parts) == 1:
        return parts[0]
    order = np.argsort(np.concatenate([part.left for part in parts]), kind="stable")
    return Cells(*[np.concatenate([getattr(part, name) for part in parts])[order] for name in _FIELDS])


def measured(curve: Curve, left: Array, right: Array, first: Array, last: Array, column: NDArray[np.intp]) -> Cells:
    """Cells with their bounds; slopes tighten the bounds of continuous cells."""
    value, slope = curve.over(left, right)
    shape = left.shape
    low, high = np.broadcast_to(value.low, shape), np.broadcast_to(value.high, shape)
    marks = np.broadcast_to(np.asarray(value.marks, dtype=np.uint8), shape)
    if slope is None:
        return Cells(left, right, first, last, low, high, marks, np.zeros(shape, dtype=bool), column)
    with np.errstate(all="ignore"):
        monotone = np.broadcast_to((slope.low >= 0) | (slope.high <= 0), shape)
        tops, bottoms = _by_slopes(slope, right - left, first, last)
        continuous = (marks == 0) & np.isfinite(tops) & np.isfinite(bottoms)
        high = np.where(continuous, np.fmin(high, np.fmax(tops, np.fmax(first, last))), high)
        low = np.where(continuous, np.fmax(low, np.fmin(bottoms, np.fmin(first, last))), low)
    return Cells(left, right, first, last, low, high, marks, monotone, column)


def _by_slopes(slope: Bounds, width: Array, first: Array, last: Array) -> tuple[Array, Array]:
    """The greatest and least heights that end values and bounds of the slope allow: where the steepest lines meet."""
    span = slope.high - slope.low
    tops = first + slope.high * (last - first - slope.low * width) / span
    bottoms = first - slope.low * (last - first - slope.high * width) / span
    return tops, bottoms


def settled(cells: Cells, view: View) -> Mask:
    """Cells that need no more work."""
    top, bottom = view.rows(cells.high), view.rows(cells.low)
    flat = top - bottom <= 1.0
    away = (bottom > 1.5 * view.height) | (top < -0.5 * view.height)
    return cells.empty | (cells.clean & (cells.monotone | flat | away))


def finest(cells: Cells, view: View) -> Array:
    """The width below which splitting is of no use: a few neighbouring floats, or next to nothing of a pixel."""
    size = np.maximum(np.abs(cells.left), np.abs(cells.right)) * 1e-15
    return np.asarray(np.maximum(size, view.pixel(cells.left) * 1e-11))


def split(curve: Curve, cells: Cells, pieces: int) -> Cells:
    """Each cell cut into equal pieces."""
    share = np.linspace(0.0, 1.0, pieces + 1)
    x = cells.left[:, None] + (cells.right - cells.left)[:, None] * share
    x[:, -1] = cells.right
    y = np.empty_like(x)
    y[:, 0], y[:, -1] = cells.first, cells.last
    y[:, 1:-1] = curve.at(x[:, 1:-1])
    ends = (x[:, :-1].ravel(), x[:, 1:].ravel(), y[:, :-1].ravel(), y[:, 1:].ravel())
    return measured(curve, *ends, np.repeat(cells.column, pieces))


@dataclass(slots=True)
class Refined:
    """Settled cells in order, `dense` columns that are full of breaks, and whether the work came to its end."""

    cells: Cells
    dense: NDArray[np.intp]
    complete: bool


def _columns(curve: Curve, view: View) -> Cells:
    """The pixel columns of a view as cells; where rounding errors show, with values of more digits."""
    edges = view.edges()
    values = np.array(curve.at(edges))
    numbers = np.arange(view.width)
    cells = measured(curve, edges[:-1], edges[1:], values[:-1], values[1:], numbers)
    calm = np.flatnonzero((cells.marks[1:] | cells.marks[:-1]) == 0) + 1
    finer = curve.sharpen(edges[calm], values[calm], view)
    if finer is None:
        return cells
    values[calm] = finer
    return measured(curve, edges[:-1], edges[1:], values[:-1], values[1:], numbers)


def refine(curve: Curve, view: View) -> Refined:
    """Split the columns of a view until every cell is settled or its break is narrowed down."""
    cells = _columns(curve, view)
    done: list[Cells] = []
    dense = np.zeros(view.width, dtype=bool)
    complete = True
    for level in range(LEVELS):
        curve.budget.check()
        rest = ~settled(cells, view)
        done.append(cells[~rest])
        cells = _without_bands(curve, cells[rest], view, done) if level == 0 else cells[rest]
        cells = _without_fine(cells, view, done)
        if level:
            complete &= _set_dense(cells, dense)
            cells = cells[~dense[cells.column]]
        if len(cells) == 0:
            break
        if len(cells) * 2 > MOST_CELLS:
            complete = False
            break
        cells = split(curve, cells, _pieces(len(cells), level))
    done.append(cells)
    return Refined(joined(done), np.flatnonzero(dense), complete)


def _pieces(count: int, level: int) -> int:
    wanted = 8 if level == 0 else 64 if count <= 8 else 32 if count <= 32 else 16 if count <= 256 else 8
    return max(2, min(wanted, MOST_CELLS // count))


def narrowed(curve: Curve, view: View, gaps: Cells) -> Cells:
    """Breaks narrowed down to neighbouring floats, as far as they shrink."""
    left, right, marks = gaps.left.copy(), gaps.right.copy(), gaps.marks.copy()
    rest = np.arange(len(gaps)) if len(gaps) <= MANY_BREAKS else np.arange(0)
    pieces = int(np.clip(2048 // max(1, rest.size), 32, 256))
    share = np.linspace(0.0, 1.0, pieces + 1)
    for _ in range(LEVELS):
        rest = rest[right[rest] - left[rest] > finest(gaps[rest], view)]
        if rest.size == 0:
            break
        x = left[rest, None] + (right[rest] - left[rest])[:, None] * share
        x[:, -1] = right[rest]
        found = curve.marks(x[:, :-1], x[:, 1:])
        broken = ((found & (BROKEN | PARTIAL)) != 0) & ((found & EMPTY) == 0)
        row = np.arange(rest.size)
        low, high = np.argmax(broken, axis=1), pieces - np.argmax(broken[:, ::-1], axis=1)
        shrunk = broken.any(axis=1) & (high - low <= pieces // 2)
        rest, row, low, high = rest[shrunk], row[shrunk], low[shrunk], high[shrunk]
        left[rest], right[rest] = x[row, low], x[row, high]
        marks[rest] = np.bitwise_or.reduce(np.where(broken, found, 0), axis=1)[row]
    return replace(gaps, left=left, right=right, marks=marks)


def _without_bands(curve: Curve, cells: Cells, view: View, done: list[Cells]) -> Cells:
    """Finish continuous cells whose samples fill their bounds: they are drawn as one stroke up and down."""
    candidates = cells.clean
    if candidates.sum() < 24:
        return cells
    some = cells[candidates]
    golden = (np.arange(1, BAND_SAMPLES + 1) * 0.6180339887498949) % 1.0
    x = some.left[:, None] + (some.right - some.left)[:, None] * np.sort(golden)
    y = curve.at(x)
    lowest, highest = np.argmin(y, axis=1), np.argmax(y, axis=1)
    row = np.arange(len(some))
    bottom, top = y[row, lowest], y[row, highest]
    filled = (view.rows(some.high) - view.rows(top) <= 1.0) & (view.rows(bottom) - view.rows(some.low) <= 1.0)
    filled &= ~np.isnan(y).any(axis=1)
    one, two = np.minimum(lowest, highest), np.maximum(lowest, highest)
    done.append(
        _strokes(some[filled], x[row, one][filled], y[row, one][filled], x[row, two][filled], y[row, two][filled])
    )
    keep = np.ones(len(cells), dtype=bool)
    keep[np.flatnonzero(candidates)[filled]] = False
    return cells[keep]


def _strokes(cells: Cells, x1: Array, y1: Array, x2: Array, y2: Array) -> Cells:
    """Cells replaced by three each, through two points between their ends."""
    left, right = (cells.left, x1, x2), (x1, x2, cells.right)
    first, last = (cells.first, y1, y2), (y1, y2, cells.last)
    parts = [
        Cells(left[i], right[i], first[i], last[i], cells.low, cells.high, cells.marks, cells.monotone, cells.column)
        for i in range(3)
    ]
    return joined(parts)


def _without_fine(cells: Cells, view: View, done: list[Cells]) -> Cells:
    """Finish cells that are narrow enough: breaks, and crowds of continuous cells, at `FINE`."""
    width = cells.right - cells.left
    limit = finest(cells, view)
    fine = FINE * view.pixel(cells.left)
    clean = cells.clean
    crowd = np.count_nonzero(clean) > FEW
    ready = width <= np.where(~clean | crowd, fine, limit)
    done.append(cells[ready])
    return cells[~ready]


def _set_dense(cells: Cells, dense: Mask) -> bool:
    """Note the columns that hold too many breaks to look at one by one; False if there are any."""
    broken = cells.column[~cells.clean]
    count = np.bincount(broken, minlength=dense.size)
    crowded = count >= (DENSE if broken.size > 2 * MANY_BREAKS else 24)
    dense |= crowded
    return not crowded.any()
