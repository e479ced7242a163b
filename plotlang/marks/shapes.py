"""Plain geometry: segments, lines, vectors, polygons, circles, text."""

from __future__ import annotations

from abc import abstractmethod
from typing import TYPE_CHECKING, ClassVar

import numpy as np

from plotlang.language.diagnostics import LanguageError
from plotlang.language.syntax import ListOf, Name, Point, Text
from plotlang.marks.curve import Sketch
from plotlang.marks.kind import Box, MarkKind, coordinates, value_of
from plotlang.marks.points import INK, Points
from plotlang.marks.work import Member
from plotlang.model.figure import Style
from plotlang.model.geometry import Arrows, Dots, Label, Polygons, Polyline, Shape

if TYPE_CHECKING:
    from plotlang.language.syntax import Expr
    from plotlang.marks.work import Work
    from plotlang.model.figure import Mark
    from plotlang.model.geometry import Array
    from plotlang.numerics.view import View

_TURN = np.linspace(0.0, 2.0 * np.pi, 721)


class Geometry(MarkKind):
    """What is made of points; they are the formulas of the mark."""

    everywhere: ClassVar[bool] = False
    exactly: ClassVar[int | None] = 2
    name: ClassVar[str] = "segment"

    def members(self, work: Work, mark: Mark) -> tuple[Member, ...]:
        """All points together, checked."""
        cores = tuple(work.lowering().lower(each) for each in mark.exprs)
        places = self.corners(work, cores)
        if self.exactly is not None and len(places) != self.exactly:
            message = f"a {self.name} needs {self.exactly} points, not {len(places)}"
            raise LanguageError(message, suggestion=f"{self.name} (0, 0) (2, 1)")
        if self.exactly is None and len(places) < 3:
            message = f"a {self.name} needs at least 3 points, not {len(places)}"
            raise LanguageError(message, suggestion=f"{self.name} (0, 0) (2, 0) (1, 2)")
        return (Member(mark, cores),)

    def corners(self, work: Work, cores: tuple[Expr, ...]) -> Array:
        """The points (n, 2)."""
        for core in cores:
            if not isinstance(core, Point | ListOf):
                raise LanguageError(f"a {self.name} is made of points", suggestion=f"{self.name} (0, 0) (2, 1)")
        return np.vstack([coordinates(work, core) for core in cores])

    def box(self, work: Work, member: Member) -> Box | None:
        """The rectangle around the points."""
        return Box.around(self.corners(work, member.cores))

    def sketches(self, work: Work, member: Member, window: View) -> tuple[Sketch, ...]:
        """What is drawn through the points; nothing while one of them is undefined."""
        places = self.corners(work, member.cores)
        if not np.isfinite(places).all():
            return (Sketch(),)
        shapes = self.shapes(places, window)
        text = member.mark.style.label
        if text and not member.mark.is_curve:
            middle = places.mean(axis=0)
            shapes = (*shapes, Label(float(middle[0]), float(middle[1]), text, centred=True))
        style = None if member.mark.is_curve else Style(color=member.mark.style.color or INK)
        return (Sketch(shapes, style=style),)

    @abstractmethod
    def shapes(self, places: Array, window: View) -> tuple[Shape, ...]:
        """The shapes through points (n, 2)."""


class Segment(Geometry):
    """The straight way between two points."""

    def shapes(self, places: Array, window: View) -> tuple[Shape, ...]:
        """One stroke."""
        del window
        return (Polyline((places,)),)


class Vector(Geometry):
    """An arrow from one point to another."""

    name: ClassVar[str] = "vector"

    def shapes(self, places: Array, window: View) -> tuple[Shape, ...]:
        """One arrow."""
        del window
        return (Arrows(places[:1], places[1:]),)


class Polygon(Geometry):
    """The area inside a chain of points."""

    equal: ClassVar[bool] = True
    exactly: ClassVar[int | None] = None
    name: ClassVar[str] = "polygon"

    def shapes(self, places: Array, window: View) -> tuple[Shape, ...]:
        """The area and its border."""
        del window
        return Polygons((places,)), Polyline((np.vstack([places, places[:1]]),))


class Line(Geometry):
    """The straight line through two points, across the whole window."""

    name: ClassVar[str] = "line"

    def shapes(self, places: Array, window: View) -> tuple[Shape, ...]:
        """One stroke from edge to edge, bent as logarithmic axes ask."""
        (x, y), (along, up) = places[0], places[1] - places[0]
        if along == 0 and up == 0:
            return (Dots(places[:1]),)
        steps = [
            (edge - start) / step
            for start, step, edges in ((x, along, (window.low, window.high)), (y, up, (window.y_low, window.y_high)))
            if step != 0
            for edge in edges
        ]
        count = 400 if window.log or window.y_log else 2
        share = np.linspace(min(steps), max(steps), count)
        return (Polyline((np.column_stack([x + share * along, y + share * up]),)),)


class Circle(MarkKind):
    """A circle by its centre and its radius, or a point on it."""

    equal: ClassVar[bool] = True
    everywhere: ClassVar[bool] = False

    def members(self, work: Work, mark: Mark) -> tuple[Member, ...]:
        """Centre and radius, checked."""
        cores = tuple(work.lowering().lower(each) for each in mark.exprs)
        _measures(work, cores)
        return (Member(mark, cores),)

    def box(self, work: Work, member: Member) -> Box | None:
        """The square around the circle."""
        (x, y), radius = _measures(work, member.cores)
        return Box.around(np.array([(x - radius, y - radius), (x + radius, y + radius)]))

    def sketches(self, work: Work, member: Member, window: View) -> tuple[Sketch, ...]:
        """One closed stroke."""
        del window
        (x, y), radius = _measures(work, member.cores)
        if not np.isfinite([x, y, radius]).all():
            return (Sketch(),)
        path = np.column_stack([x + radius * np.cos(_TURN), y + radius * np.sin(_TURN)])
        return (Sketch((Polyline((path,)),)),)


def _measures(work: Work, cores: tuple[Expr, ...]) -> tuple[Array, float]:
    """Centre and radius of a circle."""
    centre, size = cores
    places = coordinates(work, centre)
    if len(places) != 1:
        raise LanguageError("a circle has one centre", suggestion="circle (0, 0) 2")
    if isinstance(size, Point):
        rim = coordinates(work, size)
        return places[0], float(np.hypot(*(rim[0] - places[0])))
    if isinstance(size, ListOf | Text):
        raise LanguageError("a circle needs a radius or a point on it", suggestion="circle (0, 0) 2")
    radius = value_of(size, work)
    if radius < 0:
        raise LanguageError("a radius is not negative", suggestion="circle (0, 0) 2")
    return places[0], radius


class Words(Points):
    """A text at a point."""

    def sketches(self, work: Work, member: Member, window: View) -> tuple[Sketch, ...]:
        """The text, centred on the place, or beside the dot of a point with a name."""
        del window
        style = Style(color=member.mark.style.color or INK)
        places = coordinates(work, member.cores[0])
        labels = tuple(
            Label(float(x), float(y), member.mark.detail, centred=not isinstance(member.mark.exprs[0], Name))
            for x, y in places
            if np.isfinite([x, y]).all()
        )
        return (Sketch(labels, style=style),)
