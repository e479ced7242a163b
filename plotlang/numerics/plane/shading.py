"""Outlines around the part of a window where a condition holds.

Truth is looked at on a grid of pixels, where bounds leave it open; the outline is then narrowed down along the sides of
the cells, by truth alone, so that it lies on curves, jumps and poles alike.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

import numpy as np
from numpy.typing import NDArray

from plotlang.numerics.bounds import Bounds
from plotlang.numerics.compile import Points
from plotlang.numerics.interval import Boxes
from plotlang.numerics.plane.cells import MOST_LIVE
from plotlang.numerics.plane.joining import chains
from plotlang.numerics.plane.raster import BLOCK
from plotlang.numerics.plane.surface import NAMES
from plotlang.numerics.program import program
from plotlang.numerics.termbounds import truth

if TYPE_CHECKING:
    from plotlang.language.syntax import Expr
    from plotlang.numerics.limits import Budget
    from plotlang.numerics.plane.raster import Raster
    from plotlang.numerics.realmath import Array

Mask: TypeAlias = NDArray[np.bool_]
Index: TypeAlias = NDArray[np.intp]

HALVINGS = 16
MANY, FEWER = 40_000, 4
"""Of more crossings than this each is halved fewer times."""


class Inside:
    """A condition of x and y, ready to be decided at points and over cells."""

    def __init__(self, condition: Expr, budget: Budget) -> None:
        self.code, self.budget = program((condition,)), budget
        self.points = Points(self.code, NAMES, budget)
        self.boxes = Boxes(self.code, NAMES, budget)

    def at(self, x: Array, y: Array) -> Mask:
        """Whether it holds at points; what is undefined does not hold."""
        value = np.broadcast_to(self.points((x, y))[0], np.broadcast_shapes(x.shape, y.shape))
        return np.asarray((value != 0) & ~np.isnan(value))

    def over(self, x: Bounds, y: Bounds) -> tuple[Mask, Mask]:
        """Where it surely holds, and where it perhaps holds, over cells."""
        shape = np.broadcast_shapes(x.low.shape, y.low.shape)
        surely, perhaps = truth(self.boxes((x, y))[0])
        return np.broadcast_to(surely, shape), np.broadcast_to(perhaps, shape)


@dataclass(frozen=True, slots=True, eq=False)
class Outline:
    """A closed outline: points (n, 2), the nearest points known inside and outside, and where it runs on the frame."""

    points: Array
    inner: Array
    outer: Array
    frame: Mask


def outlines(inside: Inside, raster: Raster) -> list[Outline]:
    """Closed outlines, to be filled by the even-odd rule."""
    holds = _truth(inside, raster)
    if not holds.any():
        return []
    numbers, ends, frame = _sides(holds, raster)
    inner, outer = _narrowed(inside, *ends)
    points = np.where(frame[:, None], outer, (inner + outer) / 2)
    (lower, left), columns = numbers, raster.columns
    places = np.flatnonzero(_crossed(holds))
    cells = places - places // (columns + 1)
    around = np.stack([lower[cells], left[places + 1], lower[cells + columns], left[places]])

    def like(some: Mask) -> Mask:
        j, i = np.divmod(cells[some], columns)
        return np.asarray(inside.at(raster.x(i + 0.5), raster.y(j + 0.5)) == holds[j, i])

    found = chains(around, len(points), like)
    return [Outline(points[each], inner[each], outer[each], frame[each]) for each in found]


def _truth(inside: Inside, raster: Raster) -> Mask:
    """Whether the condition holds at the corners of the raster; on its frame it does not, so that outlines close."""
    u, v = np.arange(raster.columns + 1), np.arange(raster.rows + 1)
    x, y = raster.x(u), raster.y(v)
    edges_x, edges_y = x[::BLOCK], y[::BLOCK]
    surely, perhaps = inside.over(
        Bounds(edges_x[None, :-1], edges_x[None, 1:]), Bounds(edges_y[:-1, None], edges_y[1:, None])
    )
    inside.budget.check()
    holds, doubt = np.zeros((v.size, u.size), dtype=bool), np.zeros((v.size, u.size), dtype=bool)
    holds[:-1, :-1] = np.repeat(np.repeat(surely, BLOCK, axis=0), BLOCK, axis=1)
    doubt[:-1, :-1] = np.repeat(np.repeat(perhaps & ~surely, BLOCK, axis=0), BLOCK, axis=1)
    places = np.flatnonzero(doubt)
    if places.size > MOST_LIVE * doubt.size:
        holds = np.array(inside.at(x[None, :], y[:, None]))
    else:
        j, i = np.divmod(places, u.size)
        holds.ravel()[places] = inside.at(x[i], y[j])
    holds[0], holds[-1], holds[:, 0], holds[:, -1] = False, False, False, False
    return holds


def _crossed(holds: Mask) -> Mask:
    """Cells whose corners differ, in the shape of the corners (the last row and column hold none)."""
    some = holds[:-1, :-1] | holds[1:, :-1] | holds[:-1, 1:] | holds[1:, 1:]
    all_ = holds[:-1, :-1] & holds[1:, :-1] & holds[:-1, 1:] & holds[1:, 1:]
    result = np.zeros(holds.shape, dtype=bool)
    result[:-1, :-1] = some & ~all_
    return result


def _sides(
    holds: Mask, raster: Raster
) -> tuple[tuple[NDArray[np.int32], NDArray[np.int32]], tuple[Array, Array], Mask]:
    """The sides whose ends differ: their numbers from 1 on (lower sides, left sides), their ends inside and outside."""
    rows, columns = raster.rows, raster.columns
    numbers, inner, outer, frames, count = [], [], [], [], 0
    for axis, other in ((1, holds[:, 1:]), (0, holds[1:])):
        first = holds[:, :-1] if axis else holds[:-1]
        places = np.flatnonzero(first != other)
        j, i = np.divmod(places, first.shape[1])
        number = np.zeros(first.size + columns + 1, dtype=np.int32)
        number[places] = np.arange(count + 1, count + 1 + places.size)
        numbers.append(number)
        count += places.size
        ahead = first.ravel()[places]
        end_j, end_i = j + 1 - axis, i + axis
        ends = np.stack([raster.x(i), raster.y(j)], axis=1), np.stack([raster.x(end_i), raster.y(end_j)], axis=1)
        inner.append(np.where(ahead[:, None], *ends))
        outer.append(np.where(ahead[:, None], ends[1], ends[0]))
        out_j, out_i = np.where(ahead, end_j, j), np.where(ahead, end_i, i)
        frames.append((out_j == 0) | (out_j == rows) | (out_i == 0) | (out_i == columns))
    return (numbers[0], numbers[1]), (np.concatenate(inner), np.concatenate(outer)), np.concatenate(frames)


def _narrowed(inside: Inside, inner: Array, outer: Array) -> tuple[Array, Array]:
    """Points inside and outside, brought close together."""
    for _ in range(HALVINGS if len(inner) <= MANY else FEWER):
        inside.budget.check()
        middle = (inner + outer) / 2
        there = inside.at(middle[:, 0], middle[:, 1])[:, None]
        inner, outer = np.where(there, middle, inner), np.where(there, outer, middle)
    return inner, outer
