"""The pen along a solution: its pieces as strokes that stay within a quarter of a pixel."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from plotlang.numerics.view import BEYOND, View

if TYPE_CHECKING:
    from collections.abc import Sequence

    from plotlang.numerics.flows.marching import Piece
    from plotlang.numerics.limits import Budget
    from plotlang.numerics.realmath import Array

CHORD = 0.25
LEVELS = 8
MOST_PLACES, BLOCK = 20_000, 1000


def traced(pieces: Sequence[Piece], view: View, budget: Budget) -> list[Array]:
    """Strokes of shape (n, 2) along pieces from left to right, without parts far above or below the view."""
    parts = []
    for piece in pieces:
        budget.check()
        low, high = max(piece.start, view.low), min(piece.end, view.high)
        if low < high:
            parts.append(_sampled(piece, low, high, view, budget))
    if not parts:
        return []
    x, y = np.concatenate([part[0] for part in parts]), np.concatenate([part[1] for part in parts])
    return _strokes(x, y, view)


def _sampled(piece: Piece, low: float, high: float, view: View, budget: Budget) -> tuple[Array, Array]:
    """Places and values on a part of a piece from left to right, close enough for chords."""
    inner = (piece.nodes > low) & (piece.nodes < high)
    ends = np.array([low, high])
    known = (piece.nodes[0], piece.nodes[-1]) == (low, high)
    outer = piece.heights[[0, -1]] if known else piece.value(ends)
    x = np.concatenate([ends[:1], piece.nodes[inner], ends[1:]])
    y = np.concatenate([outer[:1], piece.heights[inner], outer[1:]])
    if x.size == 2 and known:
        return x, y
    for _ in range(LEVELS):
        columns, rows = view.columns(x), view.rows(y)
        middle = (x[:-1] + x[1:]) / 2
        inside = (middle > x[:-1]) & (middle < x[1:]) & ~_away(rows, view)
        if x.size > MOST_PLACES or not inside.any():
            break
        between = np.full(middle.shape, np.nan)
        between[inside] = _values(piece, middle[inside], budget)
        with np.errstate(all="ignore"):
            bent = inside & (_distance(columns, rows, view.columns(middle), view.rows(between)) > CHORD)
        if not bent.any():
            break
        at = np.flatnonzero(inside) + 1
        x, y = np.insert(x, at, middle[inside]), np.insert(y, at, between[inside])
    return x, y


def _values(piece: Piece, x: Array, budget: Budget) -> Array:
    found = []
    for i in range(0, x.size, BLOCK):
        budget.check()
        found.append(piece.value(x[i : i + BLOCK]))
    return np.concatenate(found)


def _away(rows: Array, view: View) -> np.ndarray[tuple[int, ...], np.dtype[np.bool_]]:
    """Chords with both ends far on the same side of the view."""
    below, above = rows <= -BEYOND * view.height, rows >= (1 + BEYOND) * view.height
    return np.asarray((below[:-1] & below[1:]) | (above[:-1] & above[1:]))


def _distance(columns: Array, rows: Array, column: Array, row: Array) -> Array:
    """How far places between the ends of chords lie from the chords, in pixels."""
    run, rise = np.diff(columns), np.diff(rows)
    length = np.hypot(run, rise)
    across = np.abs(run * (row - rows[:-1]) - rise * (column - columns[:-1]))
    return np.where(
        length > 0, across / np.where(length > 0, length, 1.0), np.hypot(column - columns[:-1], row - rows[:-1])
    )


def _strokes(x: Array, y: Array, view: View) -> list[Array]:
    """Split where the solution is far away or undefined; ends far away are put on the border."""
    rows = view.rows(y)
    far = (rows <= -BEYOND * view.height) | (rows >= (1 + BEYOND) * view.height)
    points = np.column_stack([x, np.where(far, view.values(rows), y)])
    idle = np.append(_away(rows, view), False)
    cut = np.isnan(rows[:-1]) | np.isnan(rows[1:]) | idle[:-1]
    paths = np.split(points, np.flatnonzero(cut) + 1)
    return [_thinned(path, view) for path in paths if len(path) > 1 and not np.isnan(path).any()]


def _thinned(path: Array, view: View) -> Array:
    """Without places that repeat, and at most four of a column if there are many (Jugel et al., M4, 2014)."""
    path = path[np.append(True, (np.diff(path, axis=0) != 0).any(axis=1))]
    if len(path) <= 4 * view.width:
        return path
    column, rows = np.floor(view.columns(path[:, 0])).astype(np.intp), view.rows(path[:, 1])
    start = np.concatenate([[0], np.flatnonzero(np.diff(column)) + 1])
    stop = np.concatenate([start[1:], [len(path)]])
    order = np.lexsort((rows, np.repeat(np.arange(start.size), stop - start)))
    return np.asarray(path[np.unique(np.concatenate([start, stop - 1, order[start], order[stop - 1]]))])
