"""From pieces of a curve in the plane to paths of the pen."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from plotlang.numerics.parametric.clipping import ROOM, clipped
from plotlang.numerics.parametric.cuts import POINT, Cuts, Gaps
from plotlang.numerics.parametric.pieces import AWAY, CUT, DRAWN, FULL, Pieces

if TYPE_CHECKING:
    from plotlang.numerics.parametric.curve import Chart
    from plotlang.numerics.realmath import Array

Heads = NDArray[np.intp]

CLOSES = 1e-6
"""Ends at most this many pixels apart are one point."""


class Runs:
    """Maximal runs of pieces of one state: `start` and `stop` (excluded) of each, and its `state`.

    `cut` are the numbers of the runs that are breaks, `before` and `after` those of the drawn runs beside them, or -1.
    """

    def __init__(self, pieces: Pieces) -> None:
        turns = np.flatnonzero(np.diff(pieces.state)) + 1
        self.start = np.concatenate([[0], turns]).astype(np.intp)
        self.stop = np.concatenate([turns, [len(pieces)]]).astype(np.intp)
        self.state = pieces.state[self.start]
        self.cut = np.flatnonzero(self.state == CUT)
        last = self.state.size - 1
        self.before = np.where((self.cut > 0) & (self.state[self.cut - 1] == DRAWN), self.cut - 1, -1)
        follow = np.minimum(self.cut + 1, last)
        self.after = np.where((self.cut < last) & (self.state[follow] == DRAWN), follow, -1)

    def gaps(self, pieces: Pieces) -> Gaps:
        """Every run of cut pieces as one break: of these, the ones that may be broken."""
        length, size = np.zeros(self.state.size + 1), np.full(self.state.size + 1, np.inf)
        first, last, marks = self.cut, self.cut, np.zeros(0, dtype=np.uint8)
        if self.cut.size:
            marks = np.bitwise_or.reduceat(pieces.marks, self.start)[self.cut]
            broken = np.flatnonzero(pieces.broken & (pieces.state == CUT))
            first = broken[np.searchsorted(broken, self.start[self.cut])]
            last = broken[np.searchsorted(broken, self.stop[self.cut]) - 1]
            length[:-1] = pieces.right[self.stop - 1] - pieces.left[self.start]
            with np.errstate(invalid="ignore"):
                high = np.maximum.reduceat(np.maximum(pieces.first, pieces.last), self.start, axis=1)
                low = np.minimum.reduceat(np.minimum(pieces.first, pieces.last), self.start, axis=1)
                size[:-1] = (high - low).max(axis=0)
        sides = (length[self.before], length[self.after]), (size[self.before], size[self.after])
        return Gaps(pieces.left[first], pieces.right[last], marks, self.before >= 0, self.after >= 0, *sides)

    def defined(self, pieces: Pieces, cuts: Cuts) -> tuple[tuple[float, float], ...]:
        """The ranges of the parameter with values, touching ones as one."""
        left, right = pieces.left[self.start], pieces.right[self.stop - 1]
        known = (self.state == DRAWN) | (self.state == AWAY) | (self.state == FULL)
        if self.cut.size:
            known[self.cut] = ~np.isnan(cuts.value[0])
            left[self.cut] = right[self.cut] = cuts.at
            behind, ahead = self.cut[self.cut + 1 < left.size], self.cut[self.cut > 0]
            left[behind + 1], right[ahead - 1] = left[behind], left[ahead]
        left, right = left[known], right[known]
        fresh = np.flatnonzero(left[1:] > right[:-1]) + 1
        lows, highs = np.append(left[:1], left[fresh]), np.append(right[fresh - 1], right[-1:])
        return tuple(zip(lows.tolist(), highs.tolist(), strict=True))


def chained(pieces: Pieces, runs: Runs, cuts: Cuts) -> tuple[Array, Heads]:
    """The drawn runs as places in pixels, shape (2, n), with limits at their ends, and where each path starts.

    Runs are one path where the sides of a break meet.
    """
    of_run = np.flatnonzero(runs.state == DRAWN)
    sizes = runs.stop[of_run] - runs.start[of_run]
    end = np.cumsum(sizes + 3) - 1
    begin = end - sizes - 2
    places = np.full((2, int(np.sum(sizes + 3))), np.nan)
    chosen = np.flatnonzero(pieces.state == DRAWN)
    places[:, np.arange(chosen.size) + np.repeat(3 * np.arange(of_run.size) + 1, sizes)] = pieces.first[:, chosen]
    places[:, end - 1] = pieces.last[:, runs.stop[of_run] - 1]
    number = np.full(runs.state.size + 1, -1)
    number[of_run] = np.arange(of_run.size)
    fresh = np.ones(of_run.size, dtype=bool)
    if runs.cut.size:
        before, after = number[runs.before], number[runs.after]
        places[:, begin[after[after >= 0]]] = cuts.from_right[:, after >= 0]
        places[:, end[before[before >= 0]]] = cuts.from_left[:, before >= 0]
        fresh[after[cuts.joins]] = False
    known = ~np.isnan(places[0])
    place = np.cumsum(known) - known
    return places[:, known], place[begin[fresh]]


def closed(places: Array, heads: Heads, pieces: Pieces) -> tuple[Array, Heads]:
    """The paths; where the curve comes back to its start, they close exactly, as one path through the start."""
    ends = pieces.state[0] == DRAWN and pieces.state[-1] == DRAWN
    if not ends or np.abs(places[:, 0] - places[:, -1]).max() > CLOSES:
        return places, heads
    if heads.size == 1:
        places[:, -1] = places[:, 0]
        return places, heads
    final = heads[-1]
    count = places.shape[1] - final - 1
    places = np.hstack([places[:, final:-1], places[:, :final]])
    return places, np.append(0, heads[1:-1] + count)


def drawn(chart: Chart, places: Array, heads: Heads) -> tuple[list[Array], Array]:
    """Paths in units of the axes, cut off far outside, and the places of those that are only a point."""
    if heads.size == 0:
        return [], places
    high, low = np.maximum.reduceat(places, heads, axis=1), np.minimum.reduceat(places, heads, axis=1)
    point = np.asarray((high - low).max(axis=0) <= POINT)
    far = np.asarray(((low < -ROOM * chart.size) | (high > (1.0 + ROOM) * chart.size)).any(axis=0))
    parts = np.split(chart.data(places), heads[1:])
    if not (point.any() or far.any()):
        return parts, places[:, :0]
    paths: list[Array] = []
    tails = np.append(heads[1:], places.shape[1])
    for i in np.flatnonzero(~point).tolist():
        near = [chart.data(each) for each in clipped(places[:, heads[i] : tails[i]], chart.size)] if far[i] else []
        paths += near if far[i] else [parts[i]]
    return paths, places[:, heads[point]]
