"""Shaded areas under and between curves, Riemann boxes, residuals."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

import numpy as np

from plotlang.marks.companion import companion_heights, companions
from plotlang.marks.curve import Sketch
from plotlang.marks.kind import Box, MarkKind
from plotlang.marks.points import INK
from plotlang.marks.work import Member
from plotlang.model.figure import Style
from plotlang.model.geometry import Dots, Polygons, Polyline, Shape
from plotlang.numerics.analysis import box_edges, places
from plotlang.numerics.compile import compile_expr

if TYPE_CHECKING:
    from plotlang.language.syntax import Expr
    from plotlang.marks.work import Work
    from plotlang.model.figure import Mark
    from plotlang.model.geometry import Array
    from plotlang.numerics.view import View

PER_PIXEL = 2


class Area(MarkKind):
    """The area between two curves, or a curve and the x-axis, from one place to another."""

    everywhere: ClassVar[bool] = False

    def members(self, work: Work, mark: Mark) -> tuple[Member, ...]:
        """Both curves."""
        return (Member(mark, tuple(work.curve(expr) for expr in mark.exprs)),)

    def heights(self, work: Work, member: Member, x: tuple[float, float], *, log: bool) -> tuple[float, float] | None:
        """Curves that are not drawn yet; the x-axis belongs to an area under one curve."""
        heights = companion_heights(work, member, x, log=log) + ([] if len(member.cores) > 1 else [0.0])
        return (min(heights), max(heights)) if heights else None

    def sketches(self, work: Work, member: Member, window: View) -> tuple[Sketch, ...]:
        """The area, cut where one of the curves is undefined or runs far out of the window."""
        ends = area_ends(work, member)
        if ends is None:
            return (Sketch(),)
        low, high = max(ends[0], window.low), min(ends[1], window.high)
        if not low < high:
            return (Sketch(),)
        x = np.unique(np.concatenate([window.edges(), np.linspace(low, high, PER_PIXEL * window.width + 1)]))
        x = x[(x >= low) & (x <= high)]
        upper, lower = (_heights(core, x, window, work) for core in (*member.cores, None)[:2])
        area = Sketch((Polygons(tuple(_strips(x, upper, lower))),), style=_tint(member))
        return (area, *companions(work, member, window))


def _heights(core: Expr | None, x: Array, window: View, work: Work) -> Array:
    if core is None:
        return np.full_like(x, window.y_low if window.y_log else 0.0)
    return window.values(window.rows(compile_expr(core, "x", budget=work.budget)(x)))


def _strips(x: Array, upper: Array, lower: Array) -> list[Array]:
    """Outlines of the pieces where both curves are defined."""
    good = np.isfinite(upper) & np.isfinite(lower)
    pieces = np.split(np.arange(x.size), np.flatnonzero(np.diff(good)) + 1)
    return [
        np.vstack([np.column_stack([x[i], upper[i]]), np.column_stack([x[i], lower[i]])[::-1]])
        for i in pieces
        if good[i[0]] and i.size > 1
    ]


def area_ends(work: Work, member: Member) -> tuple[float, float] | None:
    """From where to where: as the line says, else between the outermost crossings in the figure, if there are two."""
    mark = member.mark
    if mark.start is not None and mark.stop is not None:
        start, stop = work.number(mark.start), work.number(mark.stop)
        return min(start, stop), max(start, stop)
    what = "intersect" if len(member.cores) > 1 else "roots"
    found, _ = places(what, member.cores, *work.x_span(), work.budget)
    return (found[0][0], found[-1][0]) if len(found) > 1 else None


class Riemann(MarkKind):
    """Boxes under a curve; the detail is their rule: left, right, mid or trap."""

    everywhere: ClassVar[bool] = False

    def members(self, work: Work, mark: Mark) -> tuple[Member, ...]:
        """The curve and the number of boxes."""
        return (Member(mark, (work.curve(mark.exprs[0]), work.lowering().lower(mark.exprs[1]))),)

    def boxes(self, work: Work, member: Member) -> tuple[Array, Array]:
        """Edges (n + 1,) and heights: (n,), or (n + 1,) at the edges for trapezoids."""
        mark = member.mark
        if mark.start is None or mark.stop is None:
            return np.empty(0), np.empty(0)
        count = work.lowering().number_of(member.cores[1])
        low, high = work.number(mark.start), work.number(mark.stop)
        _, edges, heights = box_edges(member.cores[0], low, high, count, mark.detail, work.budget)
        return edges, heights

    def heights(self, work: Work, member: Member, x: tuple[float, float], *, log: bool) -> tuple[float, float] | None:
        """From the x-axis to the top of the boxes, and the curve if it is not drawn yet."""
        tops = self.boxes(work, member)[1]
        heights = [
            0.0,
            *companion_heights(work, member, x, log=log),
            *(float(each) for each in tops[np.isfinite(tops)]),
        ]
        return min(heights), max(heights)

    def sketches(self, work: Work, member: Member, window: View) -> tuple[Sketch, ...]:
        """Areas and borders of the boxes."""
        edges, tops = self.boxes(work, member)
        slanted = len(tops) == len(edges)
        outlines = []
        for i in range(len(edges) - 1):
            left, right = (tops[i], tops[i + 1]) if slanted else (tops[i], tops[i])
            if np.isfinite([left, right]).all():
                outlines.append(
                    np.array([(edges[i], 0.0), (edges[i], left), (edges[i + 1], right), (edges[i + 1], 0.0)])
                )
        borders = tuple(np.vstack([each, each[:1]]) for each in outlines)
        shapes: tuple[Shape, ...] = (Polygons(tuple(outlines)), Polyline(borders))
        tint = _tint(member)
        return (Sketch(shapes, style=Style(color=tint.color, width=1.0)), *companions(work, member, window))


def _tint(member: Member) -> Style:
    return Style(color=member.mark.style.color or "#56a3d9")


class Residuals(MarkKind):
    """What a fit leaves over, as dots on stems over the first column of the model."""

    everywhere: ClassVar[bool] = False

    def members(self, work: Work, mark: Mark) -> tuple[Member, ...]:
        """The data and what is left over, as two lists."""
        return (Member(mark, tuple(work.lowering().lower(expr) for expr in mark.exprs)),)

    def box(self, work: Work, member: Member) -> Box | None:
        """The rectangle around the dots and the axis."""
        found = self.places(work, member)
        return Box.around(np.vstack([found, found * np.array([1.0, 0.0])]))

    def places(self, work: Work, member: Member) -> Array:
        """Column and residual (n, 2)."""
        numbers = [[work.lowering().number_of(item) for item in core.items] for core in member.cores]  # type: ignore[union-attr]
        return np.column_stack([np.array(each) for each in numbers])

    def sketches(self, work: Work, member: Member, window: View) -> tuple[Sketch, ...]:
        """Dots and stems."""
        del window
        found = self.places(work, member)
        found = found[np.isfinite(found).all(axis=1)]
        stems = tuple(np.array([(x, 0.0), (x, y)]) for x, y in found)
        color = member.mark.style.color or INK
        return Sketch((Dots(found),), style=Style(color=color)), Sketch(
            (Polyline(stems),), style=Style(color=color, width=1.0)
        )
