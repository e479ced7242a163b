"""Dots: points, scatter plots, sequences."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

import numpy as np

from plotlang.language.syntax import ListOf, Point
from plotlang.marks.curve import Sketch
from plotlang.marks.kind import Box, MarkKind, coordinates
from plotlang.marks.work import Member
from plotlang.model.figure import Style
from plotlang.model.geometry import Dots, Label, Polyline, Shape

if TYPE_CHECKING:
    from plotlang.marks.work import Work
    from plotlang.model.figure import Mark
    from plotlang.model.geometry import Array
    from plotlang.numerics.view import View

INK = "#222222"


class Points(MarkKind):
    """A point, a list of points, or two lists of coordinates."""

    everywhere: ClassVar[bool] = False

    def members(self, work: Work, mark: Mark) -> tuple[Member, ...]:
        """All points together."""
        core = work.lowering().lower(mark.exprs[0])
        coordinates(work, core)
        return (Member(mark, (core,)),)

    def box(self, work: Work, member: Member) -> Box | None:
        """The rectangle around all dots."""
        return Box.around(coordinates(work, member.cores[0]))

    def sketches(self, work: Work, member: Member, window: View) -> tuple[Sketch, ...]:
        """The dots, and the name beside a single one."""
        del window
        places = coordinates(work, member.cores[0])
        places = places[np.isfinite(places).all(axis=1)]
        style = member.mark.style
        shapes: list[Shape] = [Dots(places, filled=style.filled is not False)]
        text = style.label or member.mark.name
        if text and len(places) == 1 and not style.nolabel:
            shapes.append(Label(float(places[0, 0]), float(places[0, 1]), text))
        return (Sketch(tuple(shapes), style=Style(color=style.color or INK)),)


def is_scatter(member: Member) -> bool:
    """Whether a mark of points is a set of data: two columns, or more than two points."""
    core = member.cores[0]
    if isinstance(core, Point):
        return any(isinstance(each, ListOf) for each in core.items)
    return isinstance(core, ListOf) and len(core.items) > 2


class Sequence(MarkKind):
    """The terms of a sequence, as dots over their numbers."""

    everywhere: ClassVar[bool] = False

    def members(self, work: Work, mark: Mark) -> tuple[Member, ...]:
        """All terms together: the list of numbers and the list of values."""
        lowering = work.lowering()
        indices, values = (lowering.lower(each) for each in mark.exprs)
        return (Member(mark, (Point((indices, values)),)),)

    def box(self, work: Work, member: Member) -> Box | None:
        """The rectangle around all terms."""
        return Box.around(coordinates(work, member.cores[0]))

    def sketches(self, work: Work, member: Member, window: View) -> tuple[Sketch, ...]:
        """The dots, joined by a faint line."""
        del window
        places = coordinates(work, member.cores[0])
        terms = {float(n): float(value) for n, value in places}
        places = places[np.isfinite(places).all(axis=1)]
        return (
            Sketch((Dots(places),), evaluate=lambda n: terms.get(n, float("nan"))),
            Sketch((Polyline(_runs(places)),), style=Style(faint=True, width=1.0)),
        )


def _runs(places: Array) -> tuple[Array, ...]:
    return (places,) if len(places) > 1 else ()
