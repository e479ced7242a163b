"""Paths made shorter without a visible difference: clipped to a box, and without needless points."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

if TYPE_CHECKING:
    from plotlang.model.geometry import Array
    from plotlang.model.margins import Box

TOLERANCE: Final = 0.07  # CSS pixels


def thinned(path: Array, tolerance: float = TOLERANCE) -> Array:
    """Some of the points of a path (n, 2), such that all others lie at most `tolerance` beside it.

    Douglas and Peucker, "Algorithms for the reduction of the number of points required to represent a digitized line
    or its caricature" (1973), with distances to the segments, so that turning back is kept too.
    """
    if len(path) < 3:
        return path
    kept = np.zeros(len(path), bool)
    kept[[0, -1]] = True
    waiting = [(0, len(path) - 1)]
    while waiting:
        first, last = waiting.pop()
        if last - first < 2:
            continue
        away = _squared_distances(path[first + 1 : last], path[first], path[last])
        farthest = int(np.argmax(away))
        if away[farthest] > tolerance * tolerance:
            middle = first + 1 + farthest
            kept[middle] = True
            waiting += [(first, middle), (middle, last)]
    return path[kept]


def _squared_distances(points: Array, start: Array, stop: Array) -> Array:
    """How far points (n, 2) lie from a segment, squared."""
    along = stop - start
    length = float(along @ along)
    away = points - start
    if length > 0.0:
        share = np.clip(away @ along / length, 0.0, 1.0)
        away = away - share[:, None] * along
    found: Array = np.einsum("ij,ij->i", away, away)
    return found


def clipped(path: Array, box: Box, seam: float) -> list[Array]:
    """The parts of a path (n, 2) that lie in a box or at most `seam` beside it (Liang and Barsky)."""
    low = np.array([box.left - seam, box.bottom - seam])
    high = np.array([box.right + seam, box.top + seam])
    if ((path >= low) & (path <= high)).all():
        return [path]
    start, along = path[:-1], np.diff(path, axis=0)
    steps = np.where(along == 0.0, 1e-12, along)
    one, other = (low - start) / steps, (high - start) / steps
    first = np.maximum(0.0, np.minimum(one, other).max(axis=1))
    last = np.minimum(1.0, np.maximum(one, other).min(axis=1))
    seen = np.flatnonzero(first <= last)
    if not len(seen):
        return []
    joined = (np.diff(seen) == 1) & (last[seen[:-1]] == 1.0) & (first[seen[1:]] == 0.0)
    runs = np.split(seen, np.flatnonzero(~joined) + 1)
    return [
        np.vstack(
            (
                start[run[0]] + first[run[0]] * along[run[0]],
                path[run[1:]],
                start[run[-1]] + last[run[-1]] * along[run[-1]],
            )
        )
        for run in runs
    ]


def clipped_outline(outline: Array, box: Box, seam: float) -> Array:
    """The polygon (n, 2) inside a box with a seam around it, perhaps empty.

    Sutherland and Hodgman, "Reentrant polygon clipping" (1974): where parts of it come apart they stay joined along
    the border, which lies outside of the box.
    """
    sides = (
        (0, 1.0, box.left - seam), (0, -1.0, -(box.right + seam)),
        (1, 1.0, box.bottom - seam), (1, -1.0, -(box.top + seam)),
    )  # fmt: skip
    for axis, sign, end in sides:
        inside = sign * outline[:, axis] - end
        if (inside >= 0.0).all():
            continue
        if (inside < 0.0).all():
            return outline[:0]
        outline = _half(outline, inside)
    return outline


def _half(outline: Array, inside: Array) -> Array:
    """The part of a polygon where `inside` (n,), linear along its edges, is not negative."""
    following, after = np.roll(outline, -1, axis=0), np.roll(inside, -1)
    crosses = (inside >= 0.0) != (after >= 0.0)
    with np.errstate(all="ignore"):
        share = np.where(crosses, inside / (inside - after), 0.0)[:, None]
    met = outline + share * (following - outline)
    pairs = np.stack((outline, met), axis=1)
    kept = np.stack((inside >= 0.0, crosses), axis=1)
    found: Array = pairs[kept]
    return found
