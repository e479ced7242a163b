"""What was found on curves: zeros, turning points, crossings, asymptotes."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

import numpy as np

from plotlang.marks.companion import companion_heights, companions
from plotlang.marks.curve import Sketch, rounded
from plotlang.marks.kind import Box, MarkKind
from plotlang.marks.points import INK
from plotlang.marks.work import Member
from plotlang.model.budget import Stopped
from plotlang.model.figure import Style
from plotlang.model.geometry import Asymptotes, Dots, Label, Polyline, Shape
from plotlang.numerics.analysis import places

if TYPE_CHECKING:
    from plotlang.marks.work import Work
    from plotlang.model.figure import Mark
    from plotlang.numerics.view import View

MOST_LABELS = 8
MOST_OUTSIDE = 12
FAR = 20.0
"""How many times as wide as the picture it is looked for more beyond it."""
_MANY = {
    "roots": ("zero", "zeros"), "extrema": ("extremum", "extrema"), "maxima": ("maximum", "maxima"),
    "minima": ("minimum", "minima"), "inflections": ("inflection", "inflections"),
    "intersect": ("common point", "common points"),
}  # fmt: skip


class Found(MarkKind):
    """Dots at what was looked for (the detail of the mark), with their coordinates while there are few."""

    everywhere: ClassVar[bool] = False

    def ends(self, work: Work, mark: Mark) -> tuple[float, float]:
        """Where it was looked for: the interval of the line, else all that the figure shows."""
        if mark.start is None or mark.stop is None:
            return work.x_span()
        return work.number(mark.start), work.number(mark.stop)

    def members(self, work: Work, mark: Mark) -> tuple[Member, ...]:
        """One member with all curves."""
        return (Member(mark, tuple(work.curve(expr) for expr in mark.exprs)),)

    def heights(self, work: Work, member: Member, x: tuple[float, float], *, log: bool) -> tuple[float, float] | None:
        """The places found, so that they are seen."""
        heights = companion_heights(work, member, x, log=log)
        if member.mark.detail != "asymptotes":
            low, high = self.ends(work, member.mark)
            found, _ = places(member.mark.detail, member.cores, max(low, x[0]), min(high, x[1]), work.budget)
            box = Box.around(np.array(found, dtype=float).reshape(-1, 2))
            heights += [] if box is None else [box.bottom, box.top]
        return (min(heights), max(heights)) if heights else None

    def sketches(self, work: Work, member: Member, window: View) -> tuple[Sketch, ...]:
        """Dots and labels; for asymptotes dashed lines."""
        low, high = self.ends(work, member.mark)
        style = Style(color=member.mark.style.color or INK)
        beside = companions(work, member, window)
        if member.mark.detail == "asymptotes":
            return (*beside, *_lines(work, member, low, high, window, style))
        found, complete = places(member.mark.detail, member.cores, low, high, work.budget)
        seen = [(x, y) for x, y in found if window.low <= x <= window.high and window.y_low <= y <= window.y_high]
        shapes: list[Shape] = [Dots(np.array(found, dtype=float).reshape(-1, 2))]
        if len(seen) <= MOST_LABELS and not member.mark.style.nolabel:
            flat = member.mark.detail in ("roots", "solve")
            texts = (rounded(x) if flat else f"({rounded(x)}, {rounded(y)})" for x, y in seen)
            shapes += [Label(x, y, text, optional=True) for (x, y), text in zip(seen, texts, strict=True)]
        notes = self.outside(work, member, low, high, len(found)) if complete else ()
        return (*beside, Sketch(tuple(shapes), complete=complete, style=style, notes=notes))

    def outside(self, work: Work, member: Member, low: float, high: float, inside: int) -> tuple[str, ...]:
        """A note on what lies beyond the picture, when there is a little of it; not for an interval of its own."""
        mark = member.mark
        if work.brisk or mark.start is not None or mark.detail not in _MANY:
            return ()
        reach = FAR * (high - low)
        try:
            found, complete = places(mark.detail, member.cores, low - reach, high + reach, work.budget.share(0.2))
        except Stopped as stopped:
            if stopped.reason != "time":
                raise
            return ()
        count = len(found) - inside
        if not complete or not 0 < count <= MOST_OUTSIDE:
            return ()
        words = _MANY[mark.detail]
        return (
            f"1 {words[0]} lies outside the picture" if count == 1 else f"{count} {words[1]} lie outside the picture",
        )


def _lines(work: Work, member: Member, low: float, high: float, window: View, style: Style) -> tuple[Sketch, ...]:
    """Asymptotes across the window, slanted ones as dashed strokes."""
    from plotlang.numerics.calculus.asymptotes import asymptotes

    found = asymptotes(member.cores[0], "x", low, high, work.budget)
    ends = np.linspace(window.low, window.high, 200 if window.log or window.y_log else 2)
    slanted = tuple(np.column_stack([ends, slope * ends + intercept]) for slope, intercept in found.oblique)
    lines = Sketch((Asymptotes(found.vertical, found.horizontal),), style=style)
    return lines, Sketch((Polyline(slanted),), style=Style(color=style.color, line="dashed", width=1.0), shade=0.5)
