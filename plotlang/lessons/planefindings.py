"""Feedback on curves that are no functions, and on regions."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from plotlang.lessons.curves import Curve, compare_curves
from plotlang.lessons.finding import DIFFERENT, Finding
from plotlang.lessons.graphs import Graph, differences
from plotlang.lessons.moves import Move, moved_in_plane, transposed
from plotlang.lessons.numbers import number, simple
from plotlang.lessons.regions import relation
from plotlang.lessons.sentences import Words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from plotlang.lessons.graphs import Window
    from plotlang.numerics.limits import Budget
    from plotlang.numerics.realmath import Array

WIDER = 3.0
ROOM = 2e-3
"""A length read off from traced points is taken for a simple number this near, as a share of the window."""
REGIONS = {
    "missing": Finding("part", "right so far, but a part is missing"),
    "extra": Finding("part", "too much is shaded"),
    "opposite": Finding("reflected", "the other side should be shaded"),
}


def of_regions(student: Graph, wanted: Graph, window: Window, budget: Budget) -> Finding:
    """What is wrong with a region."""
    return REGIONS.get(relation(student, wanted, window, budget), Finding("different", "a different region"))


def of_curves(student: Graph, wanted: Graph, window: Window, budget: Budget) -> Finding:
    """What is wrong with a curve: moved, too large, stretched, reflected in an axis or in y = x; else different."""
    mine, base = Curve.of(student, budget), Graph("implicit", differences(wanted))
    for found, graph in _guesses(mine, base, window, budget):
        budget.check()
        if compare_curves(mine, Curve.of(graph, budget), window):
            return found
    return DIFFERENT


def _guesses(mine: Curve, wanted: Graph, window: Window, budget: Budget) -> Iterator[tuple[Finding, Graph]]:
    """Findings to be confirmed, and what the student's curve would be then."""
    wide = window.grown(WIDER)
    boxes = [_box(each.points(wide)) for each in (mine, Curve.of(wanted, budget))]
    if boxes[0] is not None and boxes[1] is not None:
        yield from _from_boxes(boxes[0], boxes[1], wanted, window)
    yield Finding("reflected", "reflected in the x-axis"), moved_in_plane(wanted, Move(up=-1.0))
    yield Finding("reflected", "reflected in the y-axis"), moved_in_plane(wanted, Move(wide=-1.0))
    yield Finding("reflected", "reflected in the line y = x: x and y are swapped"), transposed(wanted)


def _from_boxes(mine: Array, theirs: Array, wanted: Graph, window: Window) -> Iterator[tuple[Finding, Graph]]:
    """From the rectangles around both curves, each as middle (2,) and size (2,)."""
    room = ROOM * max(window.width, window.height)
    shift = [simple(float(each), room) for each in mine[0] - theirs[0]]
    if None not in shift and any(shift):
        right, above = float(shift[0] or 0.0), float(shift[1] or 0.0)
        yield (
            Finding("shifted", Words().shifted(right, above)),
            moved_in_plane(wanted, Move(right=right, above=above)),
        )
    if (theirs[1] <= room).any():
        return
    wide, up = (simple(float(each), ROOM) for each in mine[1] / theirs[1])
    if wide and up:
        x, y = (simple(float(each), room) or 0.0 for each in theirs[0])
        move = Move(right=x * (1 - wide) + (shift[0] or 0.0), above=y * (1 - up) + (shift[1] or 0.0), wide=wide, up=up)
        off = Words().off(shift[0] or 0.0, shift[1] or 0.0)
        yield Finding("stretched", _sizes(wide, up) + (f", and {off}" if off else "")), moved_in_plane(wanted, move)


def _sizes(wide: float, up: float) -> str:
    if wide == up:
        return f"right shape, but {number(wide)} times as large"
    parts = [f"by {number(each)} in {axis}-direction" for each, axis in ((wide, "x"), (up, "y")) if each != 1]
    return "stretched " + " and ".join(parts)


def _box(points: Array) -> Array | None:
    """Middle and size of the rectangle around points, as the rows of an array; None for no points."""
    if not len(points):
        return None
    low, high = points.min(axis=0), points.max(axis=0)
    return np.stack([(low + high) / 2, high - low])
