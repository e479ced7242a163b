"""What a curve does where it is too fine for chords: the pixels it is seen in, as strokes of the pen.

Places at irregular values of the parameter (a sequence of golden ratios never falls into step with an oscillation) are
collected until they find next to nothing new.  No two of them are joined, so nothing is drawn where no place is near.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from plotlang.numerics.parametric.curve import Chart
    from plotlang.numerics.realmath import Array

Pixels = NDArray[np.bool_]

SAMPLES, COSTLY_SAMPLES = 1 << 15, 1 << 11
"""Places of one round."""
ROUNDS = 10
SATURATED = 0.001
"""Stop when a round finds less than this share of new pixels."""
ENOUGH = 24
"""A piece in which the last of so many places or more found nothing new is left alone."""
GOLDEN, PLASTIC = 0.6180339887498949, 0.7548776662466927


def crowd_strokes(chart: Chart, left: Array, right: Array) -> tuple[Array, NDArray[np.intp]]:
    """The strokes for pieces of the parameter: places in pixels, shape (2, n), and where each stroke starts."""
    height, width = chart.view.height, chart.view.width
    pixels, near = np.zeros((height + 2, width + 2), dtype=bool), np.zeros((height + 2, width + 2), dtype=bool)
    most = COSTLY_SAMPLES if chart.costly else SAMPLES
    rest, taken = np.arange(left.size), 0
    for _ in range(ROUNDS):
        chart.budget.check()
        each = -(-most // rest.size)
        share = (np.arange(taken, taken + each) * GOLDEN + rest[:, None] * PLASTIC) % 1.0
        t = left[rest, None] + (right - left)[rest, None] * share
        found = _new(pixels, near, chart.at(t.ravel()))
        taken += each
        if found.size <= SATURATED * np.count_nonzero(pixels):
            break
        if taken >= ENOUGH:
            rest = rest[np.bincount(found // each, minlength=rest.size) > 0]
    return _strokes(_filled(_filled(_closed(pixels[1:-1, 1:-1]))))


def _new(pixels: Pixels, near: Pixels, places: Array) -> NDArray[np.intp]:
    """Note the pixels of some places; which of these were not seen before, nor beside one seen before.

    Both arrays of pixels have a border of one pixel; `near` holds the pixels with their eight neighbours.
    """
    column, row = np.floor(places + 1.0)
    height, width = pixels.shape
    inside = np.flatnonzero((column >= 1) & (column < width - 1) & (row >= 1) & (row < height - 1))
    index = row[inside].astype(np.intp) * width + column[inside].astype(np.intp)
    fresh = inside[~near.ravel()[index]]
    index = index[~pixels.ravel()[index]]
    pixels.ravel()[index] = True
    for shift in (-width, 0, width):
        for step in (-1, 0, 1):
            near.ravel()[index + (shift + step)] = True
    return np.asarray(fresh)


def _closed(pixels: Pixels) -> Pixels:
    """The pixels, with gaps of one or two between them filled along rows and along columns."""
    result = pixels.copy()
    for source, target in ((pixels, result), (pixels.T, result.T)):
        target[1:-1] |= source[:-2] & source[2:]
        both = source[:-3] & source[3:]
        target[1:-2] |= both
        target[2:-1] |= both
    return result


def _filled(pixels: Pixels) -> Pixels:
    """The pixels, with those that have at least five of their eight neighbours."""
    count = np.zeros((pixels.shape[0] + 2, pixels.shape[1] + 2), dtype=np.uint8)
    count[1:-1, 1:-1] = pixels
    rows = count[:-2] + count[1:-1] + count[2:]
    return np.asarray((rows[:, :-2] + rows[:, 1:-1] + rows[:, 2:] >= 5) | pixels)


def _strokes(pixels: Pixels) -> tuple[Array, NDArray[np.intp]]:
    """Lines through the middle of the pixels, along rows or columns, whichever are fewer."""
    along_rows = np.count_nonzero(pixels[:, 1:] & ~pixels[:, :-1])
    along_columns = np.count_nonzero(pixels[1:] & ~pixels[:-1])
    if along_columns < along_rows:
        places, heads = _rows(np.ascontiguousarray(pixels.T))
        return places[::-1], heads
    return _rows(pixels)


def _rows(pixels: Pixels) -> tuple[Array, NDArray[np.intp]]:
    """Strokes along the runs in each row; runs above each other are joined as far as they overlap."""
    height, width = pixels.shape
    padded = np.zeros((height, width + 2), dtype=np.int8)
    padded[:, 1:-1] = pixels
    turns = np.diff(padded, axis=1).ravel()
    start, stop = np.flatnonzero(turns > 0), np.flatnonzero(turns < 0)
    row, start, stop = start // (width + 1), start % (width + 1), stop % (width + 1)
    chain = _chains(row, start, stop)
    order = np.argsort(chain, kind="stable")
    row, start, stop, chain = row[order], start[order], stop[order], chain[order]
    flat = np.stack([start + 0.25, row + 0.5, stop - 0.25, row + 0.5], axis=-1).reshape(-1, 2, 2)
    odd = (row % 2) == 1
    flat[odd] = flat[odd, ::-1]
    return flat.reshape(-1, 2).T, 2 * np.flatnonzero(np.diff(chain, prepend=-1))


def _chains(row: NDArray[np.intp], start: NDArray[np.intp], stop: NDArray[np.intp]) -> NDArray[np.intp]:
    """A number per run: the same for runs in neighbouring rows that overlap, each with at most one on each side.

    Runs come row by row.  A run is joined to the first run of the next row that overlaps it.
    """
    number = np.arange(row.size)
    if row.size == 0:
        return number
    span = int(stop.max()) + 1
    below = np.searchsorted(row * span + stop, (row + 1) * span + start, side="right")
    found = np.minimum(below, row.size - 1)
    linked = (below < row.size) & (row[found] == row + 1) & (start[found] < stop)
    source, target = number[linked], found[linked]
    target, once = np.unique(target, return_index=True)
    parent = number.copy()
    parent[target] = source[once]
    while True:
        further = parent[parent]
        if (further == parent).all():
            return parent
        parent = further
