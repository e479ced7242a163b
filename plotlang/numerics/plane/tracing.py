"""The curve f(x, y) = 0 in a window: paths, isolated points, and places left in doubt."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

import numpy as np
from numpy.typing import NDArray

from plotlang.numerics.bounds import Bounds
from plotlang.numerics.building import minus, number
from plotlang.numerics.limits import UNLIMITED, Budget
from plotlang.numerics.plane.cells import Cells
from plotlang.numerics.plane.crossing import Crossings, crossings
from plotlang.numerics.plane.crowds import inked
from plotlang.numerics.plane.factors import factors, vanishing
from plotlang.numerics.plane.fractions import cleared
from plotlang.numerics.plane.joining import chains, cut, runs
from plotlang.numerics.plane.pruning import ROUGH, ZERO, over_blocks, prune
from plotlang.numerics.plane.raster import Raster
from plotlang.numerics.plane.specks import specks
from plotlang.numerics.plane.surface import Surface

if TYPE_CHECKING:
    from collections.abc import Sequence

    from plotlang.language.syntax import Expr
    from plotlang.numerics.realmath import Array
    from plotlang.numerics.view import View

Mask: TypeAlias = NDArray[np.bool_]


@dataclass(frozen=True, slots=True, eq=False)
class Traced:
    """A curve of the plane worked out for a view.

    `paths` are arrays of shape (n, 2) of (x, y), the pen is lifted between them; `dots` (n, 2) are isolated points.
    The last `painted` paths are strokes that paint cells too full of the curve for single lines, and the last `filled`
    of these paint parts of the plane where the height is zero everywhere.
    `suspects` (n, 2) are places where the curve may be, but this could not be proven.  `complete` is False if the
    work was cut short by its limits.
    """

    paths: tuple[Array, ...]
    dots: Array
    suspects: Array
    complete: bool = True
    painted: int = 0
    filled: int = 0


def trace(expr: Expr, view: View, budget: Budget = UNLIMITED) -> Traced:
    """The curve expr(x, y) = 0.  Raises as `compile_expr` does."""
    return traced(Curves.of(expr, budget), view)


@dataclass(frozen=True, slots=True)
class Curves:
    """An expression compiled for tracing: itself, and the factors that vanish where it does."""

    whole: Surface
    parts: tuple[Surface, ...]

    @classmethod
    def of(cls, expr: Expr, budget: Budget = UNLIMITED) -> Curves:
        """The evaluators of an expression and of its factors."""
        whole = Surface(expr, budget)
        parts = [inner for part in factors(expr) for inner in factors(cleared(part))]
        same = len(parts) == 1 and parts[0] is expr
        return cls(whole, (whole,) if same else tuple(Surface(part, budget) for part in parts))


def traced(curves: Curves, view: View) -> Traced:
    """As `trace`, for a compiled expression."""
    raster = Raster.of(view)
    with np.errstate(all="ignore"):
        found = [_traced(part, raster) for part in curves.parts]
        if curves.parts != (curves.whole,):
            found = [_belonging(curves.whole, each, raster) for each in found]
    return _together(found)


def levels(expr: Expr, values: Sequence[float], view: View, budget: Budget = UNLIMITED) -> tuple[Traced, ...]:
    """The curves expr(x, y) = v for each of several v, which share the work that they can.  Raises as `trace` does."""
    if cleared(expr) is not expr:
        return tuple(trace(minus(expr, number(value)), view, budget) for value in values)
    raster, surface = Raster.of(view), Surface(expr, budget)
    blocks = over_blocks(surface, raster)
    found = []
    for value in values:
        if value == 0:
            found.append(trace(expr, view, budget))
        else:
            with np.errstate(all="ignore"):
                shifted = Bounds(blocks.low - value, blocks.high - value, blocks.marks)
                found.append(_together([_traced(surface.shifted(value), raster, shifted)]))
    return tuple(found)


def _together(found: Sequence[_Found]) -> Traced:
    none = np.empty((0, 2))
    crowds, areas = ([path for each in found for path in getattr(each, name)] for name in ("crowds", "areas"))
    return Traced(
        (*(path for each in found for path in each.lines), *crowds, *areas),
        np.concatenate([none, *(each.dots for each in found)]),
        np.concatenate([none, *(each.suspects for each in found)]),
        all(each.complete for each in found),
        len(crowds) + len(areas),
        len(areas),
    )


@dataclass(frozen=True, slots=True, eq=False)
class _Found:
    """What was found of one factor: as `Traced`, with lines, painted crowds and painted areas apart."""

    lines: list[Array]
    crowds: list[Array]
    areas: list[Array]
    dots: Array
    suspects: Array
    complete: bool


def _belonging(whole: Surface, part: _Found, raster: Raster) -> _Found:
    """What of the zero set of a factor belongs to the whole."""
    lines = cut(part.lines, lambda points, _: vanishing(whole, raster, points))
    dots, suspects = (each[vanishing(whole, raster, each)] for each in (part.dots, part.suspects))
    return _Found(lines, part.crowds, part.areas, dots, suspects, part.complete)


def _traced(surface: Surface, raster: Raster, blocks: Bounds | None = None) -> _Found:
    nothing = np.empty((0, 2))
    pruned = prune(surface, raster, over_blocks(surface, raster) if blocks is None else blocks)
    cells = Cells.of(surface, raster, pruned)
    zero = np.flatnonzero(cells.kinds == ZERO)
    if len(cells) == 0:
        return _Found([], [], _strokes(raster, zero), nothing, nothing, complete=True)
    changed = cells.changing()
    full = cells.full(changed)
    crossed = crossings(surface, cells, changed, full)
    around = crossed.around(cells.number)
    drawn = (around > 0).any(axis=0)
    bare = (cells.kind >= ROUGH) & ~drawn & ~full
    ink, edge = inked(surface, cells, full, bare), cells.zero_corners(surface)
    lines = _lines(surface, cells, crossed, around)
    areas = _strokes(raster, np.sort(np.append(cells.number[edge], zero)) if edge.any() else zero)
    rest = bare & ~cells.unsplit & (cells.kind == ROUGH)
    if rest.any():
        rest &= ~cells.near(np.append(cells.number[drawn | changed | ink | edge], zero))
    dots, suspects = specks(surface, raster, *cells.place(rest))
    unknown = cells.unsplit & bare & ~ink & ~np.isnan(cells.corners).all(axis=0)
    complete = not (crossed.missed or unknown.any())
    return _Found(lines, _strokes(raster, cells.number[ink]), areas, dots, suspects, complete)


def _lines(surface: Surface, cells: Cells, crossed: Crossings, around: NDArray[np.int32]) -> list[Array]:
    if crossed.count == 0:
        return []
    points, raster = crossed.points(), cells.raster

    def like(some: Mask) -> Mask:
        j, i = cells.place(some)
        middle = surface.at(raster.x(i + 0.5), raster.y(j + 0.5))
        return np.asarray((middle < 0) == (cells.corners[0, some] < 0))

    found = chains(around, crossed.count, like)
    single = points[[each[0] for each in found if len(each) == 1]]
    half = raster.view.pixel(single[:, 0])[:, None] / 4 * np.array([1.0, 0.0])
    lonely = list(np.stack([single - half, single + half], axis=1)) if len(single) else []
    return [points[each] for each in found if len(each) > 1] + lonely


def _strokes(raster: Raster, cells: NDArray[np.intp]) -> list[Array]:
    if cells.size == 0:
        return []
    row, first, last = runs(cells, raster.columns)
    y = raster.y(row)
    return list(np.stack([np.stack([raster.x(first), y], axis=1), np.stack([raster.x(last), y], axis=1)], axis=1))
