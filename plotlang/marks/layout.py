"""A figure of the session → a drawing: window, members of every mark, strokes, and notes on what can't be seen."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from plotlang.language.diagnostics import LanguageError
from plotlang.language.mathtext import math_name, math_text
from plotlang.language.printer import print_expr
from plotlang.language.syntax import Expr, ListOf, Piecewise, Point, Restriction, Text, walk
from plotlang.marks.curve import DrawnCurve, Sketch, rounded
from plotlang.marks.explicit import sketch_explicit, sketch_inverse
from plotlang.model.drawing import Drawing, Drawn, Look
from plotlang.model.figure import Figure
from plotlang.model.geometry import Dots, Label, Polyline, Shape
from plotlang.model.palette import look
from plotlang.numerics.compile import compile_expr
from plotlang.numerics.lists import has_sign

if TYPE_CHECKING:
    from plotlang.model.budget import Budget
    from plotlang.model.figure import Mark
    from plotlang.model.session import Session
    from plotlang.numerics.view import View as Pane

from plotlang.marks.window import Member, Note, WindowChoice

MOST_MEMBERS = 50


@dataclass(frozen=True, slots=True, eq=False)
class Worked:
    """A figure worked out: the drawing, all its curves, and notes."""

    drawing: Drawing
    curves: tuple[DrawnCurve, ...]
    notes: tuple[Note, ...]


def lay_out(session: Session, name: str, budget: Budget) -> Worked:
    """The figure of this name, worked out for its view.  Marks that can't be computed are left out with a note."""
    return _Layout(session, session.figures[name], budget).worked()


def check_mark(mark: Mark, session: Session, budget: Budget) -> None:
    """Raise `LanguageError` when a mark can't be computed in a session."""
    _Layout(session, Figure("", (mark,)), budget).members(mark)


class _Layout(WindowChoice):
    """Works out every mark in the window."""

    def worked(self) -> Worked:
        members = {mark.key: self.attempt(mark, self.members, mark) or () for mark in self.figure.marks}
        empty = self.frame()
        window = self.window(empty, members)
        items: list[Drawn] = []
        curves: list[DrawnCurve] = []
        for mark in self.figure.marks:
            drawn = self.attempt(mark, self.drawn, mark, members[mark.key], window)
            if drawn is not None:
                items.extend(drawn[0])
                curves.extend(drawn[1])
        self.tell_unseen(window)
        drawing = replace(self.axes(empty, window), items=tuple(items))
        return Worked(drawing, tuple(curves), tuple(dict.fromkeys(self.notes)))

    def members(self, mark: Mark) -> tuple[Member, ...]:
        """The core formulas of a mark: one, or several for a family, a list or ±."""
        if mark.kind == "points":
            core = self.lowering().lower(mark.exprs[0])
            check_points(core)
            return (Member(mark, (core,)),)
        found = [
            member
            for value in self.family(mark)
            for sign in self.signs(mark)
            for member in self.split(mark, sign, value)
        ]
        if len(found) > MOST_MEMBERS:
            raise LanguageError(f"this is a family of {len(found)} curves; at most {MOST_MEMBERS} are drawn")
        return tuple(found)

    def family(self, mark: Mark) -> list[dict[str, Expr]]:
        if mark.family is None:
            return [{}]
        letter, source = mark.family
        values = self.lowering().lower(source)
        if not isinstance(values, ListOf):
            raise LanguageError("a family needs a range or a list", suggestion="for k in 1..5")
        return [{letter: value} for value in values.items]

    def signs(self, mark: Mark) -> tuple[int, ...]:
        return (1, -1) if any(has_sign(expr) for expr in mark.exprs) else (1,)

    def split(self, mark: Mark, sign: int, bound: dict[str, Expr]) -> list[Member]:
        cores = [self.lowering(sign).lower(expr, bound) for expr in mark.exprs]
        length = next((len(core.items) for core in cores if isinstance(core, ListOf)), None)
        if length is None:
            rows = [tuple(cores)]
        else:
            rows = [tuple(core.items[i] if isinstance(core, ListOf) else core for core in cores) for i in range(length)]
        if not rows:
            raise LanguageError("the list is empty, so there is nothing to draw")
        for row in rows:
            if any(isinstance(core, Text) for core in row):
                raise LanguageError("a curve needs a formula, not a text")
            if any(isinstance(core, Point) for core in row):
                raise LanguageError("a curve needs a number, not a point")
        return [Member(mark, row) for row in rows]

    def drawn(self, mark: Mark, members: tuple[Member, ...], window: Pane) -> tuple[list[Drawn], list[DrawnCurve]]:
        """The items and the curves of one mark."""
        self.budget.check()
        settings = self.session.settings
        base = mark.style.on(look(mark.color, settings.palette))
        if mark.kind == "points":
            return ([self.points(mark, members[0].cores[0], base)] if mark.visible and members else []), []
        items: list[Drawn] = []
        curves: list[DrawnCurve] = []
        number = [each.key for each in self.figure.curves].index(mark.key) + 1
        ramp = mark.style.color is None and mark.style.line is None and len(self.signs(mark)) == 1
        for i, member in enumerate(members):
            ink = _ramped(base, i, len(members)) if ramp else base
            sketches = self.sketch(mark, member, window) if mark.visible else (Sketch(),)
            for j, sketch in enumerate(sketches):
                dashed = replace(ink, line="dashed") if j else ink
                first = i == 0 and j == 0
                if mark.visible:
                    items.append(self.item(mark, number if first else 0, sketch.shapes, dashed, legend=first))
            curves.append(self.curve(mark, sketches, ink))
        return items, curves

    def sketch(self, mark: Mark, member: Member, window: Pane) -> tuple[Sketch, ...]:
        asymptotes = self.view.asymptotes
        match mark.kind:
            case "explicit":
                sketch = sketch_explicit(member.cores[0], window, self.budget, asymptotes=asymptotes)
            case "inverse":
                sketch = sketch_inverse(member.cores[0], window, self.budget, asymptotes=asymptotes)
            case "implicit":
                from plotlang.marks.plane import sketch_implicit

                return (sketch_implicit(member.cores[0], member.cores[1], window, self.budget),)
            case "region":
                from plotlang.marks.plane import sketch_region

                return sketch_region(member.cores[0], window, self.budget)
            case kind:
                raise LanguageError(f"curves of the kind {kind} are not there yet")
        self.unseen.append((mark, sketch))
        if not sketch.complete:
            text = f"{self.title(mark)} is too wild to be drawn exactly; some of it is only sampled"
            self.notes.append(Note(text, mark.record))
        return (sketch,)

    def item(self, mark: Mark, number: int, shapes: tuple[Shape, ...], ink: Look, *, legend: bool) -> Drawn:
        shown = legend and not mark.style.nolabel
        return Drawn(mark.kind, number, self.formula(mark), mark.style.label, shown, ink, shapes)

    def formula(self, mark: Mark) -> str:
        """The mathtext of the legend; functions show their present definition."""
        definition = self.session.definitions.get(mark.name) if mark.kind == "explicit" else None
        if definition is not None and definition.parameters is not None:
            letters = ", ".join(math_name(each) for each in definition.parameters)
            return rf"{math_name(mark.name)}({letters}) = {math_text(definition.body)}"
        return mark.formula

    def curve(self, mark: Mark, sketches: tuple[Sketch, ...], ink: Look) -> DrawnCurve:
        shapes = [shape for sketch in sketches for shape in sketch.shapes]
        paths = tuple(path for shape in shapes if isinstance(shape, Polyline) for path in shape.paths)
        definition = self.session.definitions.get(mark.name) if mark.kind == "explicit" else None
        reading = mark.reading if definition is None else definition.reading or print_expr(definition.body)
        label = mark.style.label or mark.name or mark.key
        return DrawnCurve(mark.kind, label, reading, ink.color, mark.visible, paths, ink, sketches[0])

    def points(self, mark: Mark, core: Expr, ink: Look) -> Drawn:
        items = core.items if isinstance(core, ListOf) else (core,)
        places = []
        for item in items:
            if not isinstance(item, Point):
                continue
            places.append([float(compile_expr(each, budget=self.budget)()) for each in item.items])
        array = np.array(places, dtype=float).reshape(-1, 2)
        array = array[np.isfinite(array).all(axis=1)]
        color = mark.style.color or "#222222"
        shapes: list[Shape] = [Dots(array, filled=ink.filled)]
        text = mark.style.label or mark.name
        if text and len(array) == 1 and not mark.style.nolabel:
            shapes.append(Label(float(array[0, 0]), float(array[0, 1]), text))
        return Drawn("points", 0, mark.formula, mark.style.label, False, replace(ink, color=color), tuple(shapes))

    def tell_unseen(self, window: Pane) -> None:
        """Notes on curves without values in the window, or only in a part of it that nobody asked for."""
        for mark, sketch in self.unseen:
            low, high = (window.low, window.high) if mark.kind == "explicit" else (window.y_low, window.y_high)
            if sketch.defined is None:
                continue
            if not sketch.defined:
                self.tell_gap(mark, low, high)
            elif not self.is_restricted(mark):
                room = 0.02 * (high - low)
                first, last = sketch.defined[0][0], sketch.defined[-1][1]
                if first - low > room:
                    self.tell_gap(mark, low, first)
                if high - last > room:
                    self.tell_gap(mark, last, high)

    def is_restricted(self, mark: Mark) -> bool:
        """Whether the formula itself, or a function in it, says where it holds."""
        bodies = (each.body for each in self.session.reach(mark.exprs).values())
        return any(isinstance(node, Piecewise | Restriction) for expr in (*mark.exprs, *bodies) for node in walk(expr))

    def tell_gap(self, mark: Mark, low: float, high: float) -> None:
        text = f"{self.title(mark)} has no values for {mark.variable} from {rounded(low)} to {rounded(high)}"
        self.notes.append(Note(text, mark.record))


def check_points(core: Expr) -> None:
    """Raise `LanguageError` unless this is a point or a list of points."""
    for item in core.items if isinstance(core, ListOf) else (core,):
        if (
            not isinstance(item, Point)
            or len(item.items) != 2
            or any(isinstance(x, ListOf | Point) for x in item.items)
        ):
            raise LanguageError("a point has two coordinates", suggestion="write (2, 3)")


def _ramped(ink: Look, place: int, count: int) -> Look:
    """The look of one member of a family: the colour runs from light to full."""
    if count == 1:
        return ink
    share = 0.45 * (1 - place / (count - 1))
    parts = [int(ink.color[i : i + 2], 16) for i in (1, 3, 5)]
    mixed = [round(part + (255 - part) * share) for part in parts]
    return replace(ink, color="#" + "".join(f"{part:02x}" for part in mixed))
