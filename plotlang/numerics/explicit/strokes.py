"""From cells to strokes of the pen."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

import numpy as np

from plotlang.numerics.bounds import count, has_nan
from plotlang.numerics.explicit.cells import Cells, joined
from plotlang.numerics.explicit.cuts import Cuts, joins, study
from plotlang.numerics.explicit.tidying import MANY, tidied
from plotlang.numerics.view import BEYOND, Sampled, View

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from plotlang.numerics.explicit.curve import Curve
    from plotlang.numerics.explicit.refining import Refined
    from plotlang.numerics.realmath import Array

Ranges: TypeAlias = list[tuple[float, float]]

NOTHING, DRAWN, CUT, FULL = 0, 1, 2, 3
DENSE_SAMPLES = (48, 256)
"""The least and greatest number of values computed in a column full of breaks."""
MOST_SAMPLES = 50_000
CALM_SAMPLES = 64
FEW_RUNS = 32
"""So few runs of cells are copied one by one."""
DENSE_GAP = 0.12
"""In a column full of breaks, a share of its height this large without any sample stays white."""


def drawn(curve: Curve, view: View, refined: Refined) -> Sampled:
    """The strokes, dots and poles of a curve whose cells are settled."""
    if refined.dense.size == 0 and _is_whole(refined.cells):
        return _unbroken(view, refined)
    cells, kinds = _kinds(curve, view, refined)
    runs = _Runs(kinds)
    cuts = _cuts(curve, view, cells, kinds, runs)
    paths, defined = _chained(view, cells, kinds, runs, cuts)
    paths += _dense_strokes(curve, view, refined.dense)
    poles = cuts.place[np.isinf(cuts.from_left) | np.isinf(cuts.from_right)]
    defined += [(float(cells.left[i]), float(cells.right[i])) for i in np.flatnonzero(kinds == FULL)]
    return Sampled(
        tuple(path for path in paths if len(path) > 1),
        _stacked(cuts.open_dots),
        _stacked(cuts.filled_dots),
        tuple(float(x) for x in poles if view.low <= x <= view.high),
        _merged(defined),
        refined.complete,
    )


def _is_whole(cells: Cells) -> bool:
    """Whether all cells are surely continuous and defined."""
    if not count(cells.marks) and not (has_nan(cells.first) or has_nan(cells.last)):
        return True
    return bool(cells.clean.all())


def _unbroken(view: View, refined: Refined) -> Sampled:
    """One stroke from end to end."""
    cells = refined.cells
    points = np.empty((len(cells) + 1, 2))
    points[:-1, 0], points[:-1, 1] = cells.left, cells.first
    points[-1] = cells.right[-1], cells.last[-1]
    ends = (float(points[0, 0]), float(points[-1, 0]))
    room, heights = 0.5 * (view.y_high - view.y_low), points[:, 1]
    inside = not view.y_log and heights.min() > view.y_low - room and heights.max() < view.y_high + room
    if inside and len(points) <= MANY * view.width:
        paths = [points]
    else:
        paths = tidied(view, points, np.zeros(len(points), dtype=np.intp))
    return Sampled(tuple(paths), np.empty((0, 2)), np.empty((0, 2)), (), (ends,), refined.complete)


def _stacked(dots: list[Array]) -> Array:
    """All dots in order of place, each once."""
    if not dots:
        return np.empty((0, 2))
    found = np.concatenate(dots)
    found = found[np.lexsort((found[:, 1], found[:, 0]))]
    return np.asarray(found[np.append(True, (found[1:] != found[:-1]).any(axis=1))])


def _kinds(curve: Curve, view: View, refined: Refined) -> tuple[Cells, NDArray[np.int8]]:
    """All cells in order and what becomes of each; a dense column is one cell."""
    cells = refined.cells
    if refined.dense.size:
        cells, refined.dense = _calmed(curve, view, cells, refined.dense)
    if refined.dense.size:
        edges, inside = view.edges(), np.isin(cells.column, refined.dense)
        left, right = edges[refined.dense], edges[refined.dense + 1]
        unknown = np.full(left.shape, np.nan)
        full = Cells(left, right, unknown, unknown, np.zeros(left.shape, dtype=np.uint8), refined.dense)
        cells = joined([cells.take(np.flatnonzero(~inside)), full])
    kinds = np.full(len(cells), CUT, dtype=np.int8)
    kinds[cells.clean] = DRAWN
    kinds[cells.empty] = NOTHING
    if refined.dense.size:
        kinds[np.isin(cells.column, refined.dense)] = FULL
    return cells, kinds


def _calmed(curve: Curve, view: View, cells: Cells, columns: NDArray[np.intp]) -> tuple[Cells, NDArray[np.intp]]:
    """Take columns whose breaks were only feared (samples lie close together) as continuous after all."""
    edges = view.edges()
    x = edges[columns, None] + (edges[columns + 1] - edges[columns])[:, None] * np.linspace(0.0, 1.0, CALM_SAMPLES + 1)
    x[:, -1] = edges[columns + 1]
    y = curve.at(x)
    calm = (np.abs(np.diff(view.rows(y), axis=1)) <= 1.0).all(axis=1)
    left, right, first, last = (each[calm].ravel() for each in (x[:, :-1], x[:, 1:], y[:, :-1], y[:, 1:]))
    marks = np.zeros(left.shape, dtype=np.uint8)
    taken = Cells(left, right, first, last, marks, np.repeat(columns[calm], CALM_SAMPLES))
    return joined([cells.take(np.flatnonzero(~np.isin(cells.column, columns[calm]))), taken]), columns[~calm]


class _Runs:
    """Maximal runs of cells of one kind: `start` and `stop` (excluded) of each, and its `kind`."""

    def __init__(self, kinds: NDArray[np.int8]) -> None:
        turns = np.flatnonzero(kinds[1:] != kinds[:-1]) + 1
        self.start = np.concatenate([[0], turns]).astype(np.intp)
        self.stop = np.concatenate([turns, [kinds.size]]).astype(np.intp)
        self.kind = kinds[self.start]


def _cuts(curve: Curve, view: View, cells: Cells, kinds: NDArray[np.int8], runs: _Runs) -> Cuts:
    """Study every run of cut cells, with the numbers of the drawn runs beside it."""
    at = np.flatnonzero(runs.kind == CUT)
    last = runs.kind.size - 1
    before = np.where((at > 0) & (runs.kind[at - 1] == DRAWN), at - 1, -1)
    follow = np.minimum(at + 1, last)
    after = np.where((at < last) & (runs.kind[follow] == DRAWN), follow, -1)
    gaps = cells.take(runs.start[at])
    gaps.right = cells.right[runs.stop[at] - 1]
    if at.size:
        gaps.marks = np.bitwise_or.reduceat(np.where(kinds == CUT, cells.marks, 0), runs.start[at])
    widths = np.concatenate([cells.right[runs.stop - 1] - cells.left[runs.start], [0.0]])
    return study(curve, view, gaps, before, after, (widths[before], widths[after]))


def _chained(view: View, cells: Cells, kinds: NDArray[np.int8], runs: _Runs, cuts: Cuts) -> tuple[list[Array], Ranges]:
    """The drawn runs as arrays of points, with the exact ends at cuts added, and joined where the sides meet."""
    of_run = np.flatnonzero(runs.kind == DRAWN)
    number = np.full(runs.kind.size + 1, -1)
    number[of_run] = np.arange(of_run.size)
    sizes = runs.stop[of_run] - runs.start[of_run]
    last = np.cumsum(sizes + 3) - 1
    first = last - sizes - 2
    count = int(last[-1]) + 1 if last.size else 0
    points, known = np.full((count, 2), np.nan), np.ones(count, dtype=bool)
    path = np.repeat(np.arange(of_run.size), sizes + 3)
    _put(points, cells, kinds, (first + 1, runs.start[of_run], sizes))
    ends = runs.stop[of_run] - 1
    points[last - 1, 0], points[last - 1, 1] = cells.right[ends], cells.last[ends]
    known[first] = known[last] = False
    for limit, run, end in ((cuts.from_right, number[cuts.after], first), (cuts.from_left, number[cuts.before], last)):
        there = np.flatnonzero((run >= 0) & ~np.isnan(limit))
        spot = end[run[there]]
        points[spot, 0], points[spot, 1] = cuts.place[there], _shown(view, limit[there])
        known[spot] = True
    bounds = np.where(known[first], first, first + 1), np.where(known[last], last, last - 1)
    defined = list(zip(points[bounds[0], 0].tolist(), points[bounds[1], 0].tolist(), strict=True))
    fresh = np.ones(of_run.size, dtype=np.intp)
    fresh[number[cuts.after[joins(cuts, view)]]] = 0
    seen = np.flatnonzero(known)
    return tidied(view, points.take(seen, axis=0), (np.cumsum(fresh) - 1).take(path.take(seen))), defined


def _put(points: Array, cells: Cells, kinds: NDArray[np.int8], runs: tuple[NDArray[np.intp], ...]) -> None:
    """Put the left ends of drawn cells where they belong: the places, first cells and sizes of the `runs`."""
    if runs[0].size <= FEW_RUNS:
        for place, start, size in zip(*(each.tolist() for each in runs), strict=True):
            points[place : place + size, 0] = cells.left[start : start + size]
            points[place : place + size, 1] = cells.first[start : start + size]
        return
    chosen = np.flatnonzero(kinds == DRAWN)
    places = np.arange(chosen.size) + np.repeat(runs[0] - (np.cumsum(runs[2]) - runs[2]), runs[2])
    points[places, 0], points[places, 1] = cells.left[chosen], cells.first[chosen]


def _shown(view: View, limit: Array) -> Array:
    """Limits as heights to draw to: a pole far outside the view."""
    far = view.values(np.where(limit > 0, 1 + BEYOND, -BEYOND) * view.height)
    return np.where(np.isinf(limit), far, limit)


def _dense_strokes(curve: Curve, view: View, columns: NDArray[np.intp]) -> list[Array]:
    """Columns full of breaks as upright strokes over the heights that samples reach."""
    if columns.size == 0:
        return []
    edges = view.edges()
    count = int(np.clip(MOST_SAMPLES // (columns.size * curve.weight), *DENSE_SAMPLES))
    share = np.sort((np.arange(1, count + 1) * 0.6180339887498949) % 1.0)
    left, right = edges[columns], edges[columns + 1]
    rows = np.sort(view.rows(curve.at(left[:, None] + (right - left)[:, None] * share)), axis=1)
    rows = np.minimum(np.maximum(rows, -view.height), 2 * view.height)
    wide = np.maximum(
        2.0, DENSE_GAP * (np.nanmax(rows, axis=1, initial=0) - np.nanmin(rows, axis=1, initial=view.height))
    )
    known = ~np.isnan(rows)
    starts, stops = known.copy(), known.copy()
    gap = ~(np.diff(rows, axis=1) <= wide[:, None])
    starts[:, 1:] &= gap
    stops[:, :-1] &= gap
    x = (left + right) / 2
    places = x[np.nonzero(starts)[0]]
    low, high = view.values(rows[starts] - 0.5), view.values(rows[stops] + 0.5)
    return _zigzags(places, low, high, columns[np.nonzero(starts)[0]])


def _zigzags(x: Array, low: Array, high: Array, column: NDArray[np.intp]) -> list[Array]:
    """Upright strokes; single ones in neighbouring columns are joined to one path as far as they overlap."""
    alone = (np.diff(column, prepend=-1) > 0) & (np.diff(column, append=column[-1] + 1) > 0) if x.size else x > 0
    chained = alone[1:] & alone[:-1] & (np.diff(column) == 1) & (low[1:] <= high[:-1]) & (low[:-1] <= high[1:])
    points = np.column_stack([x, low, x, high]).reshape(-1, 2, 2)
    points[1::2] = points[1::2, ::-1]
    turns = (np.flatnonzero(~chained) + 1).tolist()
    return [points[i:j].reshape(-1, 2) for i, j in zip([0, *turns], [*turns, len(points)], strict=True)]


def _merged(ranges: Ranges) -> tuple[tuple[float, float], ...]:
    """Touching ranges as one."""
    merged: list[tuple[float, float]] = []
    for low, high in sorted(ranges):
        if merged and low <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(high, merged[-1][1]))
        else:
            merged.append((low, high))
    return tuple(merged)
