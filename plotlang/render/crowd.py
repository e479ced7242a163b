"""How crowded the axes are: where lines pass and dots lie, summed so that any rectangle is counted at once.

The lines are put on a grid of cells, summed along both axes (the summed-area tables of Crow, "Summed-area tables for
texture mapping", 1984).
"""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt
from typing import TYPE_CHECKING, Final

import numpy as np

from plotlang.render.ink import Fill, Marks, Stroke
from plotlang.render.rectangles import area

if TYPE_CHECKING:
    from collections.abc import Sequence

    from plotlang.model.geometry import Array
    from plotlang.model.margins import Box
    from plotlang.render.ink import Ink

_CELL: Final = 3.0  # CSS pixels at 600×400
_MOST_CELLS: Final = 60_000
_MOST_STEPS: Final = 60_000  # places looked at between the points of all lines together
MOST_DOTS: Final = 400
_OPAQUE: Final = 0.5  # fills from here on count as lines: heads of arrows, not areas


@dataclass(frozen=True, slots=True, eq=False)
class Crowd:
    """What lies in a box of the picture.

    `lines[i, j]` is the length of the lines in the cell at row i (from below) and column j, as a share (at most 1) of
    its side of `cell` CSS pixels; `sums` are its sums from the lower left corner, one row and column larger.  `dots`
    are the places and radii of all dots, shape (3, n); of very many only some, and all of them count as lines.
    """

    box: Box
    cell: float
    lines: Array
    sums: Array
    dots: Array

    def length(self, rectangles: Array) -> Array:
        """About how long the lines in each rectangle (4, …) are, in CSS pixels."""
        left, right = (rectangles[::2] - self.box.left) / self.cell
        bottom, top = (rectangles[1::2] - self.box.bottom) / self.cell
        upper = self._below(right, top) - self._below(left, top)
        found: Array = upper - self._below(right, bottom) + self._below(left, bottom)
        return found * self.cell

    def share(self, rectangles: Array) -> Array:
        """Which share (0…1) of the cells of each rectangle (4, …) lines pass through."""
        found: Array = self.length(rectangles) * self.cell / np.maximum(area(rectangles), 1.0)
        return found

    def pull(self, places: Array, reach: float) -> Array:
        """To which side the lines around each place (2, n) lie: their mean distance as a share of `reach` CSS pixels.

        Near lines count more than far ones.  A line that goes straight through a place does not pull; one that ends
        there pulls to its side with 3/8.
        """
        cells = int(reach / self.cell) + 1
        up, across = (offsets.ravel() for offsets in np.mgrid[-cells : cells + 1, -cells : cells + 1])
        rows, columns = self.lines.shape
        x, y = (places[0] - self.box.left) / self.cell - 0.5, (places[1] - self.box.bottom) / self.cell - 0.5
        column = np.clip(np.rint(x), 0, columns - 1).astype(np.intp)[:, None]
        row = np.clip(np.rint(y), 0, rows - 1).astype(np.intp)[:, None]
        near = np.pad(self.lines, cells)[row + cells + up, column + cells + across]
        right, higher = across + (column - x[:, None]), up + (row - y[:, None])
        near *= np.maximum(1.0 - (right * right + higher * higher) * (self.cell / reach) ** 2, 0.0)
        weight = np.maximum(near.sum(axis=1), 1.0) * reach / self.cell
        return np.stack(((near * right).sum(axis=1) / weight, (near * higher).sum(axis=1) / weight))

    def _below(self, x: Array, y: Array) -> Array:
        """The sum over all that lies left of x and below y, in cells; linear between the corners of the cells."""
        rows, columns = self.sums.shape
        x, y = np.clip(x, 0.0, columns - 1.0), np.clip(y, 0.0, rows - 1.0)
        j, i = np.minimum(x.astype(np.intp), columns - 2), np.minimum(y.astype(np.intp), rows - 2)
        x, y = x - j, y - i
        flat, first = self.sums.ravel(), i * columns + j
        lower = flat[first] * (1.0 - x) + flat[first + 1] * x
        upper = flat[first + columns] * (1.0 - x) + flat[first + columns + 1] * x
        found: Array = lower * (1.0 - y) + upper * y
        return found


def crowd(inks: Sequence[Ink], box: Box, unit: float) -> Crowd:
    """The crowd of all strokes, dots and heads of arrows in a box; `unit` is the growth of the picture."""
    cell = max(_CELL * unit, sqrt(box.width * box.height / _MOST_CELLS))
    paths = [path for ink in inks if isinstance(ink, Stroke) for path in ink.paths]
    heads = [ink for ink in inks if isinstance(ink, Fill) and ink.opacity >= _OPAQUE]
    paths += [outline for ink in heads for outline in ink.outlines]
    marks = [ink for ink in inks if isinstance(ink, Marks)]
    dots = np.hstack([np.empty((3, 0)), *(np.insert(ink.points, 2, ink.radius, axis=1).T for ink in marks)])
    samples = [_samples(paths, box, cell)]
    if dots.shape[1] > MOST_DOTS:
        samples.append((dots[0], dots[1], 2.0 * dots[2]))
        dots = dots[:, :: dots.shape[1] // MOST_DOTS + 1]
    x, y, length = (np.concatenate(parts) for parts in zip(*samples, strict=True))
    lines = _spread((x, y), length, box, cell)
    sums = np.zeros((lines.shape[0] + 1, lines.shape[1] + 1))
    np.cumsum(np.cumsum(lines, axis=0), axis=1, out=sums[1:, 1:])
    return Crowd(box, cell, lines, sums, dots)


def _spread(places: tuple[Array, Array], length: Array, box: Box, cell: float) -> Array:
    """Lengths put on the cells around their places, the more the nearer: so counts change smoothly when lines move."""
    rows, columns = int(box.height / cell) + 1, int(box.width / cell) + 1
    x, y = (places[0] - box.left) / cell - 0.5, (places[1] - box.bottom) / cell - 0.5
    inside = (x > -1.0) & (x < columns) & (y > -1.0) & (y < rows)
    x, y, length = x[inside] + 1.0, y[inside] + 1.0, length[inside] / cell
    j, i = x.astype(np.intp), y.astype(np.intp)
    x, y = x - j, y - i
    wide = columns + 2
    first, found = i * wide + j, np.zeros((rows + 2) * wide)
    upper, lower = length * y, length * (1.0 - y)
    for cells, weights in ((0, lower * (1.0 - x)), (1, lower * x), (wide, upper * (1.0 - x)), (wide + 1, upper * x)):
        found += np.bincount(first + cells, weights, len(found))
    return np.minimum(found.reshape(rows + 2, wide)[1:-1, 1:-1], 1.0)


def _samples(paths: Sequence[Array], box: Box, cell: float) -> tuple[Array, Array, Array]:
    """Places along all paths, at most about a cell apart, and the length in CSS pixels that each stands for."""
    if not paths:
        return np.empty(0), np.empty(0), np.empty(0)
    x, y = np.ascontiguousarray(np.concatenate(paths).T)
    across, up = np.diff(x), np.diff(y)
    length = np.hypot(across, up)
    length[np.cumsum([len(path) for path in paths[:-1]], dtype=np.intp) - 1] = 0.0  # the pen is lifted there
    short = length <= cell
    long = np.flatnonzero(~short)
    first, last = _inside((x[long], y[long]), (across[long], up[long]), box)
    part = np.maximum(last - first, 0.0)
    count = part * length[long] / cell
    count = np.ceil(count * min(1.0, _MOST_STEPS / max(float(count.sum()), 1.0))).astype(np.intp)
    which = np.repeat(np.arange(len(long)), count)
    turn = np.arange(len(which)) - (np.cumsum(count) - count)[which]
    share = first[which] + part[which] * (turn + 0.5) / count[which]
    stands_for = (part * length[long] / np.maximum(count, 1))[which]
    which = long[which]
    return (
        np.concatenate((x[:-1][short] + across[short] / 2, x[which] + share * across[which])),
        np.concatenate((y[:-1][short] + up[short] / 2, y[which] + share * up[which])),
        np.concatenate((length[short], stands_for)),
    )


def _inside(start: tuple[Array, Array], step: tuple[Array, Array], box: Box) -> tuple[Array, Array]:
    """The shares of segments at which they enter and leave the box (Liang and Barsky), both of shape (n,)."""
    enter, leave = np.zeros(len(start[0])), np.ones(len(start[0]))
    for from_, by, low, high in zip(start, step, (box.left, box.bottom), (box.right, box.top), strict=True):
        steps = np.where(by == 0.0, 1e-12, by)
        one, other = (low - from_) / steps, (high - from_) / steps
        enter, leave = np.maximum(enter, np.minimum(one, other)), np.minimum(leave, np.maximum(one, other))
    return enter, leave
