"""Comparing two curves of the plane as sets of points, however their equations are written.

Points of one curve, traced and polished, are looked at through the other's equation.  A height is taken for zero when
it is small beside the heights on a little circle around the point: a test without scale, which any multiple of an
equation passes, and squares of it too.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from plotlang.lessons.graphs import Graph, Window, differences
from plotlang.lessons.verdicts import DIFFERENT, EQUAL, Verdict
from plotlang.numerics.compile import compile_expr
from plotlang.numerics.plane.tracing import trace
from plotlang.numerics.view import View

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from plotlang.numerics.limits import Budget
    from plotlang.numerics.realmath import Array

    Mask = NDArray[np.bool_]

PIXELS = 56
MOST_POINTS = 300
FEWEST = 8
CIRCLE = 1e-4
"""Radius of the circles, as a share of the window."""
NEAR = 0.01
"""Below this share of the largest height on the circle, a height is zero: a millionth of the window away."""
POLISHED = 1e-9
ROUNDS = 4
WIDER = 6.7
_ANGLES = np.arange(8) * (np.pi / 4) + 0.3


@dataclass(frozen=True, slots=True, eq=False)
class Curve:
    """The zero sets of some functions of x and y, put together."""

    heights: tuple[Callable[..., Array], ...]
    graph: Graph
    budget: Budget

    @classmethod
    def of(cls, graph: Graph, budget: Budget) -> Curve:
        """A curve, compiled.  Raises `LanguageError` as `compile_expr` does."""
        heights = tuple(compile_expr(each, "x", "y", budget=budget) for each in differences(graph))
        return cls(heights, graph, budget)

    def points(self, window: Window) -> Array:
        """Points of the curve in a window (n, 2), polished; at most 300 for each branch."""
        view = View(window.left, window.right, window.bottom, window.top, PIXELS, PIXELS)
        found = [np.empty((0, 2))]
        for core, height in zip(differences(self.graph), self.heights, strict=True):
            traced = trace(core, view, self.budget)
            points = np.concatenate([np.empty((0, 2)), *traced.paths, traced.dots])
            points = points[:: max(1, len(points) // MOST_POINTS)]
            found.append(_polished(height, points, window))
        return np.concatenate(found)

    def holds(self, points: Array, window: Window) -> tuple[Mask, Mask]:
        """Which points lie on the curve, and for which this can be told: not at ends of the domain."""
        on, undefined, told = (np.zeros(len(points), dtype=bool) for _ in range(3))
        undefined[:] = True
        for height in self.heights:
            value, around = _heights(height, points, window)
            with np.errstate(all="ignore"):
                most = np.max(np.abs(np.where(np.isfinite(around), around, 0.0)), axis=1, initial=0.0)
                on |= (np.abs(value) <= NEAR * most) | (value == 0)
            whole = np.isfinite(around).all(axis=1) & np.isfinite(value)
            nothing = np.isnan(around).all(axis=1) & np.isnan(value)
            told |= whole | nothing
            undefined &= nothing
        return on, told | on


def _heights(height: Callable[..., Array], points: Array, window: Window) -> tuple[Array, Array]:
    """Heights at points (n,) and on circles around them (n, 8)."""
    x, y = points[:, 0], points[:, 1]
    dx, dy = CIRCLE * window.width * np.cos(_ANGLES), CIRCLE * window.height * np.sin(_ANGLES)
    with np.errstate(all="ignore"):
        return height(x, y), height(x[:, None] + dx, y[:, None] + dy)


def _polished(height: Callable[..., Array], points: Array, window: Window) -> Array:
    """Points after some steps of Newton's method along the slope; those that do not settle are left out."""
    size = np.array([window.width, window.height])
    step = 1e-6 * size
    last = np.full(len(points), np.inf)
    with np.errstate(all="ignore"):
        for _ in range(ROUNDS):
            x, y = points.T
            value = height(x, y)
            slope = np.stack(
                [
                    (height(x + step[0], y) - height(x - step[0], y)) / 2e-6,
                    (height(x, y + step[1]) - height(x, y - step[1])) / 2e-6,
                ],
                axis=1,
            )
            move = (value / (slope**2).sum(axis=1))[:, None] * slope
            move = np.where((value == 0)[:, None], 0.0, move)
            last = np.abs(move).max(axis=1, initial=0.0)
            points = points - np.where(np.isfinite(move), move, 0.0) * size
    return np.asarray(points[last <= POLISHED])


def compare_curves(student: Curve, wanted: Curve, window: Window) -> Verdict:
    """The verdict on two curves, in the window and in one several times as wide."""
    stray = missing = found = 0
    for frame in (window, window.grown(WIDER)):
        mine, theirs = student.points(frame), wanted.points(frame)
        stray += _off(wanted, mine, frame)
        missing += _off(student, theirs, frame)
        found += min(len(mine), len(theirs))
        if stray and missing:
            return DIFFERENT
    if found < FEWEST:
        return DIFFERENT
    if missing:
        return Verdict("other_domain", "a part is missing")
    return Verdict("other_domain", "a part is too much") if stray else EQUAL


def _off(curve: Curve, points: Array, window: Window) -> int:
    """How many of the points surely do not lie on a curve."""
    on, told = curve.holds(points, window)
    return int((told & ~on).sum())
