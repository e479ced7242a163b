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
    from collections.abc import Mapping

    from plotlang.language.syntax import Expr
    from plotlang.model.budget import Budget
    from plotlang.model.figure import Mark
    from plotlang.model.session import Session
    from plotlang.numerics.view import View as Pane


@dataclass(frozen=True, slots=True, eq=False)
class Part:
    """What one mark contributes: objects of the drawing, and curves."""

    items: tuple[Drawn, ...]
    curves: tuple[DrawnCurve, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Worked:
    """A figure worked out for a window: the drawing, all its curves, and notes; `parts` by the key of the mark."""

    drawing: Drawing
    curves: tuple[DrawnCurve, ...]
    notes: tuple[Note, ...]
    window: Pane
    parts: Mapping[str, Part]


def lay_out(session: Session, name: str, budget: Budget, window: Pane | None = None) -> Worked:
    """The figure of this name, worked out for its view.  Marks that can't be computed are left out with a note.

    A `window` may be given in place of the one that suits the figure.
    """
    with np.errstate(all="ignore"):
        return _Layout(session, session.figures[name], budget).worked(window)


def redraw(session: Session, name: str, budget: Budget, held: Worked, moved: frozenset[str]) -> Worked:
    """The same figure after the values of some names changed, in quick succession.

    The window of `held` stays unless its ranges are given by what moved, and so do the marks that don't depend on it.
    """
    with np.errstate(all="ignore"):
        return _Layout(session, session.figures[name], budget, brisk=True).worked_again(held, moved)


def check_mark(mark: Mark, session: Session, budget: Budget) -> None:
    """Raise `LanguageError` when a mark can't be computed in a session."""
    work = _Layout(session, Figure("", (mark,)), budget)
    MARK_KINDS[mark.kind].members(work, mark)


def work_on(session: Session, figure: Figure, budget: Budget) -> WindowChoice:
    """What lowers the formulas of a figure and knows its range of x."""
    return _Layout(session, figure, budget)


class _Layout(WindowChoice):
    """Works out every mark in the window."""

    def worked(self, window: Pane | None = None) -> Worked:
        empty = self.frame()
        if window is None:
            window = self.window(empty)
        self.span = window.low, window.high
        return self.put_together(
            self.axes(empty, window), window, {mark.key: self.part(mark, window) for mark in self.figure.marks}
        )

    def worked_again(self, held: Worked, moved: frozenset[str]) -> Worked:
        """The figure in the window it had."""
        axes, window = self.axes_again(held, moved)
        self.span = window.low, window.high
        parts = {}
        for mark in self.figure.marks:
            still = window == held.window and not self.depends(mark.formulas(), moved)
            parts[mark.key] = held.parts.get(mark.key) if still else self.part(mark, window)
        return self.put_together(axes, window, parts)

    def axes_again(self, held: Worked, moved: frozenset[str]) -> tuple[Drawing, Pane]:
        """The axes as they were, but for given ranges that depend on what moved."""
        view, before = self.view, held.window
        across, up = self.depends(view.x or (), moved), self.depends(view.y or (), moved)
        if not (across or up):
            return held.drawing, before
        if held.drawing.equal:
            window = self.window(held.drawing)
            return self.axes(held.drawing, window), window
        x = self.plain_span() if across else (before.low, before.high)
        y = self.given_heights() if up else (before.y_low, before.y_high)
        window = replace(before, low=x[0], high=x[1], y_low=y[0], y_high=y[1])
        return self.axes(held.drawing, window), window

    def depends(self, exprs: tuple[Expr, ...], moved: frozenset[str]) -> bool:
        """Whether formulas reach one of these names."""
        return not moved.isdisjoint(self.session.reach(exprs))

    def part(self, mark: Mark, window: Pane) -> Part | None:
        """What a mark contributes, None if it can't be drawn."""
        return self.attempt(mark, self.drawn, mark, self.members(mark), window)

    def put_together(self, axes: Drawing, window: Pane, parts: Mapping[str, Part | None]) -> Worked:
        """The whole figure from what its marks contribute."""
        known = {key: part for key, part in parts.items() if part is not None}
        items = tuple(item for part in known.values() for item in part.items)
        curves = tuple(curve for part in known.values() for curve in part.curves)
        drawing = replace(axes, items=items)
        return Worked(drawing, curves, tuple(dict.fromkeys(self.notes)), window, known)

    def drawn(self, mark: Mark, members: tuple[Member, ...], window: Pane) -> Part:
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
                    if not self.brisk:
                        self.tell(mark, sketch, window)
                    items.append(self.item(mark, number, sketch, ink, first=i == 0 and j == 0))
            if mark.is_curve:
                curves.append(self.drawn_curve(mark, sketches, ink))
        return Part(tuple(items), tuple(curves))

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
