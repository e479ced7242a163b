"""Equations, regions and level lines of the plane: formula → strokes and shaded areas."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar

import numpy as np

from plotlang.language.diagnostics import LanguageError
from plotlang.language.syntax import Binary, Expr, ListOf, Number
from plotlang.marks.curve import Sketch, rounded
from plotlang.marks.kind import MarkKind, value_of
from plotlang.marks.work import Member
from plotlang.model.budget import Stopped
from plotlang.model.figure import Style
from plotlang.model.geometry import Dots, Label, Polygons, Polyline, Shape
from plotlang.numerics.compile import compile_expr
from plotlang.numerics.plane.regions import region
from plotlang.numerics.plane.tracing import trace

if TYPE_CHECKING:
    from plotlang.marks.work import Work
    from plotlang.model.figure import Mark
    from plotlang.model.geometry import Array
    from plotlang.numerics.view import View

MOST_LEVELS = 50


class Implicit(MarkKind):
    """The curve where both sides of an equation are equal."""

    equal: ClassVar[bool] = True

    def sketches(self, work: Work, member: Member, window: View) -> tuple[Sketch, ...]:
        """Its strokes and isolated points, and a note where there is nothing or something is left in doubt."""
        left, right = member.cores
        found = trace(Binary("-", left, right), window, work.budget)
        shapes: tuple[Shape, ...] = (Polyline(found.paths),)
        if len(found.dots):
            shapes = (*shapes, Dots(found.dots))
        title = work.title(member.mark)
        notes: tuple[str, ...] = ()
        if len(found.suspects):
            x, y = (rounded(float(each)) for each in found.suspects[0])
            notes = (f"{title} may have more points, for example near ({x}, {y}); that could not be decided",)
        elif not found.paths and not len(found.dots):
            notes = (f"nothing is drawn for {title}: it has no points in the picture",)
        return (Sketch(shapes, complete=found.complete or not found.painted, notes=notes),)


class Region(MarkKind):
    """Where a condition holds: shaded, with its border."""

    equal: ClassVar[bool] = True

    def sketches(self, work: Work, member: Member, window: View) -> tuple[Sketch, ...]:
        """The shaded area with its solid border, and the dashed border."""
        outlines, solid, dashed = region(member.cores[0], window, work.budget)
        area: tuple[Shape, ...] = (Polygons(outlines), Polyline(solid))
        notes = (f"nothing of {work.title(member.mark)} lies in the picture",) if not outlines + solid + dashed else ()
        return Sketch(area, notes=notes), Sketch((Polyline(dashed),), style=Style(line="dashed"))


class Contour(MarkKind):
    """Level lines of f(x, y), at given heights or at so many round ones."""

    equal: ClassVar[bool] = True

    def members(self, work: Work, mark: Mark) -> tuple[Member, ...]:
        """One member: the formula and all heights, which depend on the window when only their number is given."""
        core = work.lowering().lower(mark.exprs[0])
        if isinstance(core, ListOf):
            raise LanguageError("level lines need one formula, not a list")
        heights = work.lowering().lower(mark.exprs[1])
        values = heights.items if isinstance(heights, ListOf) else (heights,)
        if not isinstance(heights, ListOf):
            count = value_of(heights, work)
            if not 1 <= count <= MOST_LEVELS:
                raise LanguageError(f"a contour plot has 1 to {MOST_LEVELS} levels", suggestion="levels 10")
        elif not 1 <= len(values) <= MOST_LEVELS:
            raise LanguageError(f"a contour plot has 1 to {MOST_LEVELS} levels", suggestion="levels 10")
        return (Member(mark, (core, heights)),)

    def sketches(self, work: Work, member: Member, window: View) -> tuple[Sketch, ...]:
        """The lines of every level, from light to dark, each with its height written at it."""
        core, heights = member.cores
        if isinstance(heights, ListOf):
            levels = sorted(value_of(each, work) for each in heights.items)
        else:
            levels = _round_levels(core, round(value_of(heights, work)), window)
        found: list[Sketch] = []
        taken: list[tuple[float, float]] = []
        for place, level in enumerate(levels):
            try:
                paths = trace(Binary("-", core, Number(level)), window, work.budget).paths
            except Stopped as stopped:
                if stopped.reason != "time" or not found:
                    raise
                return (replace(found[0], complete=False), *found[1:])
            label = _label(paths, level, window, taken)
            strength = (place + 1) / len(levels)
            found.append(Sketch((Polyline(paths), *label), style=Style(width=1.5), shade=strength))
        return tuple(reversed(found)) or (Sketch(),)  # the darkest line stands for all in the legend


def _round_levels(core: Expr, count: int, window: View) -> list[float]:
    """About `count` round heights between the lowest and the highest values in the window (2 % of them left out)."""
    x = np.linspace(window.low, window.high, 121)[1:-1]
    y = np.linspace(window.y_low, window.y_high, 81)[1:-1]
    values = compile_expr(core, "x", "y")(x[None, :], y[:, None])
    values = values[np.isfinite(values)]
    if not values.size:
        return []
    low, high = np.quantile(values, (0.02, 0.98))
    if not high > low:
        return [float(low)]
    rough = (high - low) / count
    power = 10.0 ** np.floor(np.log10(rough))
    step = min((factor * power for factor in (1.0, 2.0, 2.5, 5.0, 10.0)), key=lambda each: abs(each - rough))
    first, last = np.ceil(low / step), np.floor(high / step)
    return [float(round(each * step, 12)) for each in np.arange(first, min(last, first + MOST_LEVELS - 1) + 1)]


def _label(paths: tuple[Array, ...], level: float, window: View, taken: list[tuple[float, float]]) -> tuple[Label, ...]:
    """The height of a level beside its longest line, away from the other numbers if there is room."""
    if not paths:
        return ()
    width, height = window.high - window.low, window.y_high - window.y_low
    path = max(paths, key=len)
    x, y = (path[:, 0] - window.low) / width, (path[:, 1] - window.y_low) / height
    inside = (x > 0.06) & (x < 0.9) & (y > 0.06) & (y < 0.92)
    if not inside.any():
        return ()
    places = np.column_stack([x[inside], y[inside]])
    others = np.array(taken).reshape(-1, 2)
    if len(others):
        distance = np.hypot(*(places[:, None, :] - others[None, :, :]).transpose(2, 0, 1)).min(axis=1)
    else:
        distance = -np.abs(places[:, 0] - 0.5)
    best = int(np.argmax(distance))
    if len(others) and distance[best] < 0.05:
        return ()
    taken.append((float(places[best, 0]), float(places[best, 1])))
    x_at, y_at = (float(each) for each in path[inside][best])
    return (Label(x_at, y_at, rounded(level), centred=True, optional=True),)
