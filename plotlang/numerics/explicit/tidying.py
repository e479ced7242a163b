"""Strokes without points that no pixel needs."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from plotlang.numerics.view import BEYOND

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from plotlang.numerics.realmath import Array
    from plotlang.numerics.view import View

MANY = 1.25
"""More points than this, in columns of the view, are more than its pixels need."""


def tidied(view: View, points: Array, path: NDArray[np.intp]) -> list[Array]:
    """Points (each with the number of its path) split into paths, without far values and points that no pixel needs."""
    rows = view.rows(points[:, 1])
    lowest, highest = rows.min(initial=0.0), rows.max(initial=0.0)
    if lowest <= -BEYOND * view.height or highest >= (1 + BEYOND) * view.height:
        far = (rows <= -BEYOND * view.height) | (rows >= (1 + BEYOND) * view.height)
        points[far, 1] = view.values(rows[far])
    if lowest < -0.5 * view.height or highest > 1.5 * view.height:
        side = (rows > 1.5 * view.height).astype(np.int8) - (rows < -0.5 * view.height)
        idle = np.zeros(len(points), dtype=bool)
        idle[1:-1] = (side[1:-1] != 0) & (side[1:-1] == side[:-2]) & (side[1:-1] == side[2:])
        idle[1:-1] &= (path[1:-1] == path[:-2]) & (path[1:-1] == path[2:])
        seen = np.flatnonzero(~idle)
        points, path, rows = points.take(seen, axis=0), path.take(seen), rows.take(seen)
    if len(points) > MANY * view.width:
        keep = _needed(view, points, path, rows)
        points, path = points[keep], path[keep]
    turns = np.flatnonzero(path[1:] != path[:-1]) + 1
    return [points[i:j] for i, j in zip([0, *turns.tolist()], [*turns.tolist(), len(points)], strict=True)]


def _needed(view: View, points: Array, path: NDArray[np.intp], rows: Array) -> NDArray[np.intp]:
    """At most four points of a path per column: first, lowest, highest, last (Jugel et al., M4, 2014)."""
    column = np.floor(view.columns(points[:, 0])).astype(np.intp) + path * (2 * view.width)
    start = np.append(0, np.flatnonzero(column[1:] != column[:-1]) + 1)
    sizes = np.append(start[1:], len(points)) - start
    crowded = sizes > 4
    keep = np.repeat(~crowded, sizes)
    keep[start] = keep[start + sizes - 1] = True
    some, sizes = np.flatnonzero(np.repeat(crowded, sizes)), sizes[crowded]
    order = some[np.lexsort((rows[some], column[some]))]
    ends = np.cumsum(sizes)
    keep[order[ends - 1]] = keep[order[ends - sizes]] = True
    return np.flatnonzero(keep)
