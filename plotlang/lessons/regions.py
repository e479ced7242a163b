"""Comparing two regions of the plane as sets of points, and their borders."""

from __future__ import annotations

from dataclasses import dataclass
from functools import reduce
from typing import TYPE_CHECKING, Literal, TypeAlias

import numpy as np

from plotlang.language.syntax import Logic
from plotlang.lessons import places
from plotlang.numerics.compile import compile_expr
from plotlang.numerics.plane.regions import region
from plotlang.numerics.view import View

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from plotlang.language.syntax import Expr
    from plotlang.lessons.graphs import Graph, Window
    from plotlang.numerics.limits import Budget
    from plotlang.numerics.realmath import Array

    Mask = NDArray[np.bool_]

Relation: TypeAlias = Literal["same", "missing", "extra", "opposite", "other", "solid", "dashed"]

SCATTERED = 3000
PIXELS = 72
BESIDE = (1e-2, 1e-3, 1e-4, 1e-6)
"""How far beside a border points are taken, as a share of the window."""
MOST_POINTS = 200
FEWEST = 0.002
"""Share of the points of the window that a region must hold, or leave, to be told from nothing or everything."""
CLOSE = 0.6
"""Borders nearer than this many pixels are the same."""
WIDER = 6.7


@dataclass(frozen=True, slots=True, eq=False)
class Shaded:
    """A region worked out: its condition, and points of its border that belong to it (solid) or do not (dashed)."""

    condition: Expr
    solid: Array
    dashed: Array


def shaded(graph: Graph, window: Window, budget: Budget) -> Shaded:
    """A region with its border in a window.  Raises `LanguageError` as `compile_expr` does."""
    condition: Expr = graph.cores[0] if len(graph.cores) == 1 else Logic("or", graph.cores)
    view = View(window.left, window.right, window.bottom, window.top, PIXELS, PIXELS)
    _, solid, dashed = region(condition, view, budget)
    return Shaded(condition, _thinned(solid), _thinned(dashed))


def _thinned(paths: Sequence[Array]) -> Array:
    points = np.concatenate([np.empty((0, 2)), *paths])
    return np.asarray(points[:: max(1, len(points) // MOST_POINTS)])


def relation(student: Graph, wanted: Graph, window: Window, budget: Budget) -> Relation:
    """How the student's region lies to the wanted one.

    "missing" and "extra": it is a part of it, or holds it; "opposite": it is all the rest; "solid" and "dashed": it is
    the same but for the border, which should belong to it, or should not.
    """
    first, second = (shaded(each, window, budget) for each in (student, wanted))
    x, y = _points(first, second, window)
    mine, theirs = (compile_expr(each.condition, "x", "y", budget=budget)(x, y) == 1 for each in (first, second))
    if (mine == theirs).all():
        return _border(first, second, window)
    if _is_opposite(mine, theirs):
        return "opposite"
    if not theirs.any() or not mine.any():
        return "other"
    if not (mine & ~theirs).any():
        return "missing"
    return "extra" if not (theirs & ~mine).any() else "other"


def _is_opposite(mine: Mask, theirs: Mask) -> bool:
    few = FEWEST * len(mine)
    return bool((mine != theirs).all() and few < mine.sum() < len(mine) - few)


def _points(first: Shaded, second: Shaded, window: Window) -> tuple[Array, Array]:
    """Points all over the window and a wider one, and on both sides of the borders, but not on them."""
    wide = window.grown(WIDER)
    parts = [places.in_plane(SCATTERED, (each.left, each.right), (each.bottom, each.top)) for each in (window, wide)]
    edge = np.concatenate([first.solid, first.dashed, second.solid, second.dashed])
    for share in BESIDE:
        for dx, dy in ((1, 0), (-1, 0), (0, 1), (0, -1)):
            moved = edge + share * np.array([dx * window.width, dy * window.height])
            parts.append((moved[:, 0], moved[:, 1]))
    return reduce(lambda a, b: (np.concatenate([a[0], b[0]]), np.concatenate([a[1], b[1]])), parts)


def _border(student: Shaded, wanted: Shaded, window: Window) -> Relation:
    if _lies_on(student.dashed, wanted.solid, window):
        return "solid"
    return "dashed" if _lies_on(student.solid, wanted.dashed, window) else "same"


def _lies_on(points: Array, others: Array, window: Window) -> bool:
    """Whether more than a few points of one border lie on the other."""
    if not len(points) or not len(others):
        return False
    pixel = np.array([window.width, window.height]) / PIXELS
    away = np.abs((points[:, None, :] - others[None, :, :]) / pixel).max(axis=2).min(axis=1)
    return bool((away <= CLOSE).sum() > max(4, 0.1 * len(points)))
