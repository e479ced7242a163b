"""A figure of the session → a drawing: window, members of every mark, strokes, and notes on what can't be seen."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from plotlang.language.mathtext import math_name, math_text
from plotlang.language.printer import print_expr
from plotlang.language.syntax import Piecewise, Restriction, walk
from plotlang.marks.curve import DrawnCurve, Sketch, rounded
from plotlang.marks.kind import signs
from plotlang.marks.kinds import MARK_KINDS
from plotlang.marks.window import WindowChoice
from plotlang.marks.work import Member, Note
from plotlang.model.drawing import Drawing, Drawn, Look
from plotlang.model.figure import Figure
from plotlang.model.geometry import Dots, Polyline, Shape
from plotlang.model.palette import look

if TYPE_CHECKING:
    from plotlang.model.budget import Budget
    from plotlang.model.figure import Mark
    from plotlang.model.session import Session
    from plotlang.numerics.view import View as Pane


@dataclass(frozen=True, slots=True, eq=False)
class Worked:
    """A figure worked out: the drawing, all its curves, and notes."""

    drawing: Drawing
    curves: tuple[DrawnCurve, ...]
    notes: tuple[Note, ...]


def lay_out(session: Session, name: str, budget: Budget) -> Worked:
    """The figure of this name, worked out for its view.  Marks that can't be computed are left out with a note."""
    with np.errstate(all="ignore"):
        return _Layout(session, session.figures[name], budget).worked()


def check_mark(mark: Mark, session: Session, budget: Budget) -> None:
    """Raise `LanguageError` when a mark can't be computed in a session."""
    work = _Layout(session, Figure("", (mark,)), budget)
    MARK_KINDS[mark.kind].members(work, mark)


def work_on(session: Session, figure: Figure, budget: Budget) -> WindowChoice:
    """What lowers the formulas of a figure and knows its range of x."""
    return _Layout(session, figure, budget)


class _Layout(WindowChoice):
    """Works out every mark in the window."""

    def worked(self) -> Worked:
        empty = self.frame()
        window = self.window(empty)
        items: list[Drawn] = []
        curves: list[DrawnCurve] = []
        for mark in self.figure.marks:
            drawn = self.attempt(mark, self.drawn, mark, self.members(mark), window)
            if drawn is not None:
                items.extend(drawn[0])
                curves.extend(drawn[1])
        drawing = replace(self.axes(empty, window), items=tuple(items))
        return Worked(drawing, tuple(curves), tuple(dict.fromkeys(self.notes)))

    def drawn(self, mark: Mark, members: tuple[Member, ...], window: Pane) -> tuple[list[Drawn], list[DrawnCurve]]:
        """The items and the curves of one mark."""
        self.budget.check()
        base = mark.style.on(look(mark.color, self.session.settings.palette))
        items: list[Drawn] = []
        curves: list[DrawnCurve] = []
        number = [each.key for each in self.figure.curves].index(mark.key) + 1 if mark.is_curve else 0
        ramp = mark.style.color is None and mark.style.line is None and len(signs(mark)) == 1
        for i, member in enumerate(members):
            ink = _lighter(base, 0.45 * (1 - i / (len(members) - 1))) if ramp and len(members) > 1 else base
            sketches = MARK_KINDS[mark.kind].sketches(self, member, window) if mark.visible else (Sketch(),)
            for j, sketch in enumerate(sketches):
                if mark.visible:
                    self.tell(mark, sketch, window)
                    items.append(self.item(mark, number, sketch, ink, first=i == 0 and j == 0))
            if mark.is_curve:
                curves.append(self.drawn_curve(mark, sketches, ink))
        return items, curves

    def item(self, mark: Mark, number: int, sketch: Sketch, ink: Look, *, first: bool) -> Drawn:
        """One sketch as an object of the drawing."""
        dots = sum(len(shape.points) for shape in sketch.shapes if isinstance(shape, Dots))
        listed = mark.is_curve or (mark.style.label is not None and dots > 1)
        shown = _lighter(sketch.style.on(ink) if sketch.style is not None else ink, 0.6 * (1 - sketch.shade))
        legend = first and listed and not mark.style.nolabel
        return Drawn(
            mark.kind, number if first else 0, self.formula(mark), mark.style.label, legend, shown, sketch.shapes
        )

    def formula(self, mark: Mark) -> str:
        """The mathtext of the legend; functions show their present definition."""
        definition = self.session.definitions.get(mark.name) if mark.kind == "explicit" else None
        if definition is not None and definition.parameters is not None:
            letters = ", ".join(math_name(each) for each in definition.parameters)
            return rf"{math_name(mark.name)}({letters}) = {math_text(definition.body)}"
        return mark.formula

    def drawn_curve(self, mark: Mark, sketches: tuple[Sketch, ...], ink: Look) -> DrawnCurve:
        """One member as a curve of the Python interface."""
        shapes: list[Shape] = [shape for sketch in sketches for shape in sketch.shapes]
        paths = tuple(path for shape in shapes if isinstance(shape, Polyline) for path in shape.paths)
        definition = self.session.definitions.get(mark.name) if mark.kind == "explicit" else None
        reading = mark.reading if definition is None else definition.reading or print_expr(definition.body)
        label = mark.style.label or mark.name or mark.key
        return DrawnCurve(mark.kind, label, reading, ink.color, mark.visible, paths, ink, sketches[0])

    def tell(self, mark: Mark, sketch: Sketch, window: Pane) -> None:
        """Notes on what of a sketch the picture can't show."""
        texts = list(sketch.notes)
        if not sketch.complete:
            texts.append(f"{self.title(mark)} is too wild to be drawn exactly; some of it is only sampled")
        if sketch.defined is not None:
            low, high = (window.low, window.high) if mark.kind == "explicit" else (window.y_low, window.y_high)
            gaps = self.gaps(mark, sketch.defined, low, high)
            texts += [
                f"{self.title(mark)} has no values for {mark.variable} from {rounded(start)} to {rounded(stop)}"
                for start, stop in gaps
            ]
            if sketch.defined and not _is_seen(sketch, window):
                texts.append(f"{self.title(mark)} lies outside the picture")
        self.notes += [Note(text, mark.record) for text in texts]

    def gaps(
        self, mark: Mark, defined: tuple[tuple[float, float], ...], low: float, high: float
    ) -> list[tuple[float, float]]:
        """Where a curve has no values in the window, or only in a part of it that nobody asked for."""
        if not defined:
            return [(low, high)]
        if self.is_restricted(mark):
            return []
        room = 0.02 * (high - low)
        ends = ((low, defined[0][0]), (defined[-1][1], high))
        return [(start, stop) for start, stop in ends if stop - start > room]

    def is_restricted(self, mark: Mark) -> bool:
        """Whether the formula itself, or a function in it, says where it holds."""
        bodies = (each.body for each in self.session.reach(mark.exprs).values())
        return any(isinstance(node, Piecewise | Restriction) for expr in (*mark.exprs, *bodies) for node in walk(expr))


def _is_seen(sketch: Sketch, window: Pane) -> bool:
    """Whether any stroke or dot of a sketch touches the window."""
    for shape in sketch.shapes:
        parts = shape.paths if isinstance(shape, Polyline) else (shape.points,) if isinstance(shape, Dots) else ()
        for path in parts:
            if not len(path):
                continue
            low, high = np.minimum(path[:-1], path[1:]), np.maximum(path[:-1], path[1:])
            low, high = (low, high) if len(path) > 1 else (path, path)
            across = (high[:, 0] >= window.low) & (low[:, 0] <= window.high)
            if (across & (high[:, 1] >= window.y_low) & (low[:, 1] <= window.y_high)).any():
                return True
    return False


def _lighter(ink: Look, share: float) -> Look:
    """The look with its colour mixed with white: 0 leaves it, 1 is white."""
    if share <= 0:
        return ink
    parts = [int(ink.color[i : i + 2], 16) for i in (1, 3, 5)]
    mixed = [round(part + (255 - part) * share) for part in parts]
    return replace(ink, color="#" + "".join(f"{part:02x}" for part in mixed))
