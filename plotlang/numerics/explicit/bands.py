"""Columns in which a curve oscillates so fast that it fills them: one stroke up and down is all there is to see."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from plotlang.numerics.explicit.cells import Cells, Open, joined

if TYPE_CHECKING:
    from plotlang.numerics.explicit.curve import Curve
    from plotlang.numerics.realmath import Array
    from plotlang.numerics.view import View

Mask = NDArray[np.bool_]

BAND_SAMPLES = (40, 400)
"""Values tried to fill the bounds of a continuous column; the second time if `NEARLY` all was filled."""
NEARLY = 0.8
FEW_BANDS = 24
"""Fewer columns than these are split at once."""
MOST_TRIED = 500_000
MOST_SAMPLES = 60_000


def without_bands(curve: Curve, rest: Open, view: View, done: list[Cells]) -> Cells:
    """Finish continuous cells whose samples fill their bounds: they are drawn as one stroke up and down."""
    chosen, going = np.flatnonzero(rest.cells.clean), np.ones(len(rest.cells), dtype=bool)
    for count in BAND_SAMPLES:
        if chosen.size < FEW_BANDS or count * chosen.size * curve.weight > MOST_TRIED:
            break
        curve.budget.check()
        filled, nearly = _filled(curve, rest.take(chosen), view, count, done)
        going[chosen[filled]] = False
        chosen = chosen[nearly]
    return rest.cells.take(np.flatnonzero(going))


def _filled(curve: Curve, rest: Open, view: View, count: int, done: list[Cells]) -> tuple[Mask, Mask]:
    """Which cells are filled by a number of samples, and thus finished; which are nearly filled."""
    some = rest.cells
    golden = (np.arange(1, count + 1) * 0.6180339887498949) % 1.0
    x = some.left[:, None] + (some.right - some.left)[:, None] * np.sort(golden)
    y = curve.at(x)
    lowest, highest = y.argmin(axis=1), y.argmax(axis=1)
    row = np.arange(len(some))
    bottom, top = y[row, lowest], y[row, highest]
    limits, reached = (view.rows(rest.low), view.rows(rest.high)), (view.rows(bottom), view.rows(top))
    with np.errstate(all="ignore"):
        filled = (limits[1] - reached[1] <= 1.0) & (reached[0] - limits[0] <= 1.0)
        nearly = ~filled & (reached[1] - reached[0] >= NEARLY * (limits[1] - limits[0]))
    which = np.flatnonzero(filled)
    if which.size:
        one, two = np.minimum(lowest, highest)[which], np.maximum(lowest, highest)[which]
        done.append(_strokes(some.take(which), x[which, one], y[which, one], x[which, two], y[which, two]))
    return filled, nearly


def _strokes(cells: Cells, x1: Array, y1: Array, x2: Array, y2: Array) -> Cells:
    """Cells replaced by three each, through two points between their ends."""
    return joined(
        [
            Cells(cells.left, x1, cells.first, y1, cells.marks, cells.column),
            Cells(x1, x2, y1, y2, cells.marks, cells.column),
            Cells(x2, cells.right, y2, cells.last, cells.marks, cells.column),
        ]
    )


def sampled(curve: Curve, cells: Cells) -> Cells:
    """Continuous cells that there is no time to understand: each as a stroke over what a few values reach."""
    count = max(8, MOST_SAMPLES // (curve.weight * max(1, len(cells))))
    share = np.sort((np.arange(1, count + 1) * 0.6180339887498949) % 1.0)
    x = cells.left[:, None] + (cells.right - cells.left)[:, None] * share
    y = curve.at(x)
    row, lowest, highest = np.arange(len(cells)), y.argmin(axis=1), y.argmax(axis=1)
    one, two = np.minimum(lowest, highest), np.maximum(lowest, highest)
    return _strokes(cells, x[row, one], y[row, one], x[row, two], y[row, two])
