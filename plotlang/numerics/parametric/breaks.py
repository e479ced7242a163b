"""Breaks of a curve in the plane narrowed down, and cut out of their pieces."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from plotlang.numerics.bounds import BROKEN, EMPTY, PARTIAL
from plotlang.numerics.parametric.pieces import CHORD, CUT, OPEN, Pieces

if TYPE_CHECKING:
    from plotlang.numerics.parametric.curve import Chart
    from plotlang.numerics.realmath import Array

Mask = NDArray[np.bool_]

ROUNDS = 32
CLOSER = 2.0 ** (-4.0 * np.arange(16))
"""Distances from a break at which its piece is cut, as shares of it."""
CALM = 2.0**-16
"""Closer to a break than this share of the range, a curve that does not move is taken as it is."""
PROBES = 0.25 ** np.arange(6)


def finest(left: Array, right: Array, length: float) -> Array:
    """The width below which splitting is of no use: a few neighbouring floats, or next to nothing of the range."""
    size = np.maximum(np.abs(left), np.abs(right))
    return np.asarray(np.maximum(size * 1e-15, length * 2.0**-64))


def narrowed(chart: Chart, left: Array, right: Array, length: float) -> tuple[Array, Array]:
    """Ranges of the parameter that hold breaks, as far as they shrink to what may be broken in them."""
    left, right = left.copy(), right.copy()
    rest = np.arange(left.size)
    count = int(np.clip(768 // max(left.size, 1), 16, 256))
    share = np.linspace(0.0, 1.0, count + 1)
    for _ in range(ROUNDS):
        rest = rest[right[rest] - left[rest] > finest(left[rest], right[rest], length)]
        if rest.size == 0:
            break
        t = left[rest, None] + (right[rest] - left[rest])[:, None] * share
        t[:, -1] = right[rest]
        marks = chart.marks(t[:, :-1].ravel(), t[:, 1:].ravel()).reshape(rest.size, count)
        broken = (marks & (BROKEN | PARTIAL)) != 0
        broken &= (marks & EMPTY) == 0
        row, low, high = np.arange(rest.size), np.argmax(broken, axis=1), count - np.argmax(broken[:, ::-1], axis=1)
        shrunk = broken.any(axis=1) & (high - low <= count // 4)
        rest, row, low, high = rest[shrunk], row[shrunk], low[shrunk], high[shrunk]
        left[rest], right[rest] = t[row, low], t[row, high]
    return left, right


def edges_around(
    chart: Chart, pieces: Pieces, left: Array, right: Array, length: float
) -> tuple[NDArray[np.intp], Array, tuple[Array, Array]]:
    """Where to cut pieces with one break each around it, the finer the closer, for `split_at`.

    What is closer than `CALM` and does not move is not cut; it counts as part of the break: the last result are the
    right ends of such pieces before a break, and the left ends of those behind one, for `hide`.
    """
    rooms = left - pieces.left, pieces.right - right
    reach = np.minimum(CALM * length, rooms[0]), np.minimum(CALM * length, rooms[1])
    calm = np.split(_calm(chart, np.concatenate([left, right]), np.concatenate([-reach[0], reach[1]])), 2)
    distances = [
        np.maximum(room[:, None] * CLOSER, np.where(still, most, 0.0)[:, None])
        for room, most, still in zip(rooms, reach, calm, strict=True)
    ]
    before, after = left[:, None] - distances[0], (right[:, None] + distances[1])[:, :0:-1]
    before[:, 0] = pieces.left
    edges = np.column_stack([before, left, right, after])
    return np.repeat(np.arange(len(pieces)), edges.shape[1]), edges.ravel(), (left[calm[0]], right[calm[1]])


def hide(pieces: Pieces, ends: Array, starts: Array) -> None:
    """Take pieces that end or start at some numbers as parts of the breaks beside them."""
    cut = (pieces.state == OPEN) & pieces.broken
    ahead, behind = np.append(cut[1:], False), np.append(False, cut[:-1])
    pieces.state[ahead & np.isin(pieces.right, ends) | behind & np.isin(pieces.left, starts)] = CUT


def _calm(chart: Chart, end: Array, reach: Array) -> Mask:
    """Whether the curve hardly moves up to the ends of the parameter from a signed distance."""
    places = chart.at((end[:, None] + reach[:, None] * PROBES).ravel()).reshape(2, end.size, -1)
    with np.errstate(invalid="ignore"):
        return np.asarray((np.abs(places - places[..., :1]) <= CHORD).all(axis=(0, 2)) & (reach != 0))
