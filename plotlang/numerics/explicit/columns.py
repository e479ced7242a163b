"""The pixel columns of a view as cells, judged.

Bounds over blocks of neighbouring columns come first: what holds for a block holds for each of its columns, and of most
curves only few blocks are left to be looked at column by column.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from numpy.typing import NDArray

from plotlang.numerics.bounds import BROKEN, EMPTY, PARTIAL, count, has_nan
from plotlang.numerics.explicit.cells import NOTHING_OPEN, Cells, Open, joined
from plotlang.numerics.explicit.guesses import deep_ladder
from plotlang.numerics.explicit.judging import settled, spread
from plotlang.numerics.explicit.splitting import cut
from plotlang.numerics.view import View

if TYPE_CHECKING:
    from plotlang.numerics.explicit.curve import Curve
    from plotlang.numerics.realmath import Array

Mask = NDArray[np.bool_]

BLOCK = 10
"""Columns of a block."""
MOST_BREAKS = 24
"""More breaks than this are not looked for in the formula."""
CLOSE = 2.0**-8
"""Cells around a break that are narrower than this (in pixels) are not cut any smaller."""


def columns(curve: Curve, view: View, done: list[Cells]) -> Open:
    """The pixel columns of a view, settled ones in `done`; where rounding errors show, with values of more digits."""
    curve.budget.check()
    curve.precise = False
    edges = view.edges()
    values = curve.at(edges)
    cells = Cells(edges[:-1], edges[1:], values[:-1], values[1:], *_numbered(view.width))
    found: list[Cells] = []
    rest = _judged_by_blocks(curve, view, cells, found)
    finer = curve.sharpen(edges[1:-1], values[1:-1], cells.marks, view)
    if finer is not None:
        found, values = [], values.copy()
        values[1:-1] = finer
        cells = Cells(edges[:-1], edges[1:], values[:-1], values[1:], *_numbered(view.width))
        rest = judged(curve, view, cells, found)
    done += found
    return rest


@lru_cache(8)
def _numbered(width: int) -> tuple[NDArray[np.uint8], NDArray[np.intp]]:
    """No marks, and the numbers of the columns."""
    marks, numbers = np.zeros(width, dtype=np.uint8), np.arange(width)
    marks.flags.writeable = numbers.flags.writeable = False
    return marks, numbers


class _Blocks(NamedTuple):
    """Blocks of columns: their ends, and the width of the widest column."""

    left: Array
    right: Array
    column: float


@lru_cache(8)
def _blocks(low: float, high: float, width: int, *, log: bool) -> _Blocks:
    edges = View(low, high, 0.0, 1.0, width, 1, log).edges()
    left, right = edges[:-1:BLOCK].copy(), np.append(edges[BLOCK:-1:BLOCK], edges[-1])
    left.flags.writeable = right.flags.writeable = False
    return _Blocks(left, right, float((edges[1:] - edges[:-1]).max()))


def _judged_by_blocks(curve: Curve, view: View, cells: Cells, done: list[Cells]) -> Open:
    """As `judged`, for all columns of a view."""
    ready = _tame(curve, view, cells)
    if ready is None:
        return judged(curve, view, cells, done)
    rest = np.flatnonzero(~ready)
    if rest.size == 0:
        done.append(cells)
        return NOTHING_OPEN
    if rest.size < len(cells):
        done.append(cells.take(np.flatnonzero(ready)))
    some = cells.take(rest)
    aimed = _cut_at_breaks(curve, view, some)
    if aimed is not None:
        some = aimed
        found = _judged_at_breaks(curve, view, some, done)
    else:
        found = judged(curve, view, some, done)
    if count(some.marks):
        cells.marks = cells.marks.copy()
        np.bitwise_or.at(cells.marks, some.column, some.marks)
    return found


def _judged_at_breaks(curve: Curve, view: View, cells: Cells, done: list[Cells]) -> Open:
    """As `judged`, by slopes alone as far as that will do; the floats around a break are not cut any smaller."""
    found = curve.steepness(cells.left, cells.right)
    if found is None:
        return judged(curve, view, cells, done)
    slope, marks = found
    cells.marks = np.asarray(spread(np.asarray(marks, dtype=np.uint8), cells.left.shape))
    clean = cells.clean
    close = cells.right - cells.left <= CLOSE * view.pixel(cells.left)
    ready = clean & ((slope.low >= 0) | (slope.high <= 0)) | cells.empty | close
    rest = np.flatnonzero(~ready)
    done.append(cells.take(np.flatnonzero(ready)) if rest.size else cells)
    return judged(curve, view, cells.take(rest), done) if rest.size else NOTHING_OPEN


def _cut_at_breaks(curve: Curve, view: View, columns: Cells) -> Cells | None:
    """The columns, those with a lone pole or end of the domain cut down to the floats around it; None without any."""
    found = curve.crossings(columns.left, columns.right)
    if found is None or not 0 < found[0].size <= min(MOST_BREAKS, len(columns) / 3):
        return None
    hit, place = found
    some = columns.take(hit)
    torn = np.flatnonzero(_is_torn(view, some, place))
    if torn.size < hit.size:
        hit, place, some = hit[torn], place[torn], some.take(torn)
    if hit.size == 0:
        return None
    aimed = cut(curve, some, deep_ladder(some.left, some.right, place))
    others = np.ones(len(columns), dtype=bool)
    others[hit] = False
    return joined([columns.take(np.flatnonzero(others)), aimed])


def _is_torn(view: View, cells: Cells, place: Array) -> Mask:
    """Whether the values beside a break are those of a pole or of an end of the domain, not of a hole.

    A break at the end of a cell has the next cell on its other side.
    """
    before, after = cells.first.copy(), cells.last.copy()
    same = np.flatnonzero((cells.column[1:] - cells.column[:-1] == 1) & (place[1:] == place[:-1]))
    before[same + 1], after[same] = cells.first[same], cells.last[same + 1]
    with np.errstate(all="ignore"):
        far = (np.minimum(before, after) > view.y_high) | (np.maximum(before, after) < view.y_low)
        return np.asarray((np.isnan(before) != np.isnan(after)) | (before * after < 0) | far)


def _tame(curve: Curve, view: View, cells: Cells) -> Mask | None:
    """Columns in blocks where the curve is surely continuous and monotone or flat, or surely has no values.

    The marks of the columns are worked out too, as far as they are in such blocks.  None if nothing is known.
    """
    blocks = _blocks(view.low, view.high, view.width, log=view.log)
    found = curve.steepness(blocks.left, blocks.right)
    if found is None:
        return None
    slope, marks = found
    tame, shape = (slope.low >= 0) | (slope.high <= 0), blocks.left.shape
    if not view.y_log and not tame.all():
        most = (view.y_high - view.y_low) / view.height / blocks.column
        tame |= (slope.low >= -most) & (slope.high <= most)
    tame = spread(tame, shape)
    if isinstance(marks, int) and marks == 0:
        ready = tame.repeat(BLOCK)[: view.width]
        if has_nan(cells.first) or has_nan(cells.last):
            ready &= _known(cells)
        return ready
    marks = spread(np.asarray(marks, dtype=np.uint8), shape)
    nothing = (marks & EMPTY) != 0
    tame = tame & ((marks & (BROKEN | PARTIAL)) == 0) | nothing
    cells.marks = np.where(tame, marks, np.uint8(0)).repeat(BLOCK)[: view.width]
    return np.asarray(tame.repeat(BLOCK)[: view.width] & (_known(cells) | nothing.repeat(BLOCK)[: view.width]))


def _known(cells: Cells) -> Mask:
    return np.asarray(~(np.isnan(cells.first) | np.isnan(cells.last)))


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
