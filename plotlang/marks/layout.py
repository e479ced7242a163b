"""A figure of the session → a drawing: window, members of every mark, strokes, and notes on what can't be seen."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, TypeVar

import numpy as np

from plotlang.language.diagnostics import LanguageError
from plotlang.language.printer import math_name, math_text, print_expr
from plotlang.language.syntax import Expr, ListOf, Piecewise, Point, Restriction, Text, free_names, walk
from plotlang.marks.curve import DrawnCurve, Sketch
from plotlang.marks.explicit import sketch_explicit, sketch_inverse
from plotlang.model.budget import Stopped
from plotlang.model.drawing import Axis, Drawing, Drawn, Look
from plotlang.model.figure import Figure
from plotlang.model.geometry import Dots, Label, Polyline, Shape
from plotlang.model.margins import axes_pixels
from plotlang.model.palette import look
from plotlang.numerics.compile import compile_expr
from plotlang.numerics.lists import has_sign
from plotlang.numerics.lowering import Lowering
from plotlang.numerics.valuerange import value_range
from plotlang.numerics.view import View as Pane

if TYPE_CHECKING:
    from collections.abc import Callable

    from plotlang.model.budget import Budget
    from plotlang.model.figure import Mark, View
    from plotlang.model.session import Session

T = TypeVar("T")
MOST_MEMBERS = 50
PART = 0.4  # of the time left, for one mark: a slow one leaves some to the others
_ROUND = frozenset({"implicit", "region", "parametric", "polar"})


@dataclass(frozen=True, slots=True, eq=False)
class Worked:
    """A figure worked out: the drawing, all its curves, and notes."""

    drawing: Drawing
    curves: tuple[DrawnCurve, ...]
    notes: tuple[Note, ...]


@dataclass(frozen=True, slots=True)
class Note:
    """What a picture can't show; `record` is the cell that drew the curve it is about (empty: the whole picture).

    `key` is the mark's when it is not drawn at all.
    """

    text: str
    record: str = ""
    key: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class Member:
    """One core formula of a mark (both sides for an equation)."""

    mark: Mark
    cores: tuple[Expr, ...]


def lay_out(session: Session, name: str, budget: Budget) -> Worked:
    """The figure of this name, worked out for its view.  Marks that can't be computed are left out with a note."""
    return _Layout(session, session.figures[name], budget).worked()


def check_mark(mark: Mark, session: Session, budget: Budget) -> None:
    """Raise `LanguageError` when a mark can't be computed in a session."""
    _Layout(session, Figure("", (mark,)), budget).members(mark)


class _Layout:
    def __init__(self, session: Session, figure: Figure, budget: Budget) -> None:
        self.session, self.figure, self.budget = session, figure, budget
        self.view: View = figure.view
        self.notes: list[Note] = []
        self.failed: set[str] = set()
        self.lowerings: dict[int, Lowering] = {}
        self.unseen: list[tuple[Mark, Sketch]] = []

    def lowering(self, sign: int = 1) -> Lowering:
        if sign not in self.lowerings:
            session = self.session
            self.lowerings[sign] = Lowering(session.definitions, session.settings, self.budget, sign=sign)
        return self.lowerings[sign]

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

    def attempt(self, mark: Mark, work: Callable[..., T], *arguments: object) -> T | None:
        """The result of the work, or None and a note when the mark has lost its meaning or takes too long."""
        if mark.key in self.failed:
            return None
        whole = self.budget
        self.limit(whole.share(PART))
        try:
            return work(*arguments)
        except LanguageError as error:
            self.failed.add(mark.key)
            problem = error.problem
            reason = problem.message + (f"; {problem.why}" if problem.why else "")
            self.notes.append(Note(f"{self.title(mark)} is not drawn: {reason}", mark.record, mark.key))
            return None
        except Stopped as stopped:
            if stopped.reason != "time":
                raise
            self.failed.add(mark.key)
            self.notes.append(Note(f"{self.title(mark)} is not drawn: it takes too long", mark.record, mark.key))
            return None
        finally:
            self.limit(whole)

    def limit(self, budget: Budget) -> None:
        """Work with this budget from now on."""
        self.budget = budget
        for each in self.lowerings.values():
            each.budget = budget

    def title(self, mark: Mark) -> str:
        return mark.style.label or mark.reading or mark.key

    # What is drawn.

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

    # The window.

    def frame(self) -> Drawing:
        """The drawing without window and items."""
        view, settings = self.view, self.session.settings
        equal = view.equal
        if equal is None:
            equal = view.y is None and any(mark.kind in _ROUND for mark in self.figure.visible)
        return Drawing(
            (), Axis(0, 1, view.x_label), Axis(0, 1, view.y_label), view.width or 600, view.height or 400,
            settings.density, equal, view.frame, view.grid, view.title, view.caption, view.legend,
        )  # fmt: skip

    def window(self, frame: Drawing, members: dict[str, tuple[Member, ...]]) -> Pane:
        across, up = axes_pixels(frame)
        x_log, y_log = self.view.x_scale == "log", self.view.y_scale == "log"
        equal = frame.equal and not x_log and not y_log
        x = self.ends("x", self.view.x, (0.1, 10.0) if x_log else (-5.0, 5.0), log=x_log)
        if self.view.x is None and self.session.settings.degrees and not x_log:
            x = (-360.0, 360.0)
        x = _zoomed(x, self.view.zoom, log=x_log)
        if self.view.y is not None:
            y = _zoomed(self.ends("y", self.view.y, (-5.0, 5.0), log=y_log), self.view.zoom, log=y_log)
        elif equal:
            y = self.equal_height(x, members, up / across)
        else:
            y = self.automatic(x, members, log=y_log, x_log=x_log)
        if equal and self.view.y is not None:
            x, y = _same_units(x, y, up / across)
        density = self.session.settings.density
        return Pane(*x, *y, across * density, up * density, x_log, y_log)

    def ends(
        self, axis: str, pair: tuple[Expr, Expr] | None, default: tuple[float, float], *, log: bool
    ) -> tuple[float, float]:
        """The two ends of an axis as numbers; a note and the default when they make no range."""
        if pair is None:
            return default
        try:
            low, high = (self.lowering().number(each) for each in pair)
        except LanguageError as error:
            self.notes.append(Note(f"the range of {axis} is not used: {error.problem.message}"))
            return default
        if log and low <= 0 < high:
            self.notes.append(Note(f"a log axis starts above 0, so {axis} is shown from {high / 1000:g}"))
            low = high / 1000
        if not (math.isfinite(low) and math.isfinite(high) and low < high) or not 1e-300 < high - low < 1e300:
            self.notes.append(Note(f"{axis} can't go from {low:g} to {high:g}"))
            return default
        if (high - low) <= 1e-12 * max(abs(low), abs(high)):
            self.notes.append(Note(f"the range of {axis} is too small to be drawn"))
            return default
        return low, high

    def equal_height(
        self, x: tuple[float, float], members: dict[str, tuple[Member, ...]], ratio: float
    ) -> tuple[float, float]:
        """The y-range in the same units as x, around 0 or around what is drawn."""
        half = (x[1] - x[0]) * ratio / 2
        middle = 0.0
        if not any(mark.kind in _ROUND for mark in self.figure.visible):
            low, high = self.automatic(x, members, log=False, x_log=False)
            if not -half <= low <= high <= half:
                middle = (low + high) / 2
        return middle - half, middle + half

    def automatic(
        self, x: tuple[float, float], members: dict[str, tuple[Member, ...]], *, log: bool, x_log: bool
    ) -> tuple[float, float]:
        """The y-range that shows what matters, with 5 % margin."""
        lows, highs = [], []
        for mark in self.figure.visible:
            for member in members[mark.key]:
                found = self.attempt(mark, self.extent, mark, member, x, x_log)
                if found is not None and not math.isnan(found[0]):
                    lows.append(found[0])
                    highs.append(found[1])
        if not lows:
            return (0.1, 10.0) if log else (-5.0, 5.0)
        low, high = min(lows), max(highs)
        if log:
            positive = [each for each in (*lows, *highs) if each > 0]
            high = max(positive, default=10.0)
            low = max(low if low > 0 else high * 1e-3, high * 1e-12)
            return (low / 10, high * 10) if high / low < 1.001 else (low / 1.25, high * 1.25)
        return _with_margin(low, high)

    def extent(self, mark: Mark, member: Member, x: tuple[float, float], x_log: bool) -> tuple[float, float] | None:
        self.budget.check()
        if mark.kind == "explicit":
            return value_range(member.cores[0], "x", *x, self.budget, log=x_log)
        if mark.kind == "points":
            core = member.cores[0]
            items = core.items if isinstance(core, ListOf) else (core,)
            ys = [float(compile_expr(each.items[1])()) for each in items if isinstance(each, Point)]
            ys = [each for each in ys if math.isfinite(each)]
            return (min(ys), max(ys)) if ys else None
        return (-5.0, 5.0)

    def axes(self, frame: Drawing, window: Pane) -> Drawing:
        view = self.view
        x = Axis(
            window.low, window.high, view.x_label, view.x_scale, *self.ticks(view.x_step, view.x, window, across=True)
        )
        y = Axis(
            window.y_low,
            window.y_high,
            view.y_label,
            view.y_scale,
            *self.ticks(view.y_step, view.y, window, across=False),
        )
        return replace(frame, x=x, y=y)

    def ticks(
        self, step: Expr | None, ends: tuple[Expr, Expr] | None, window: Pane, *, across: bool
    ) -> tuple[float | None, bool]:
        """Distance of the ticks, and whether they are written with π."""
        pi = any("pi" in free_names(each) or "tau" in free_names(each) for each in (ends or ()))
        if step is None:
            if across and self.session.settings.degrees and not pi:
                return _degree_step(window.high - window.low), False
            return None, pi
        try:
            return abs(self.lowering().number(step)) or None, "pi" in free_names(step) or "tau" in free_names(step)
        except LanguageError as error:
            self.notes.append(Note(f"ticks are not used: {error.problem.message}"))
            return None, pi

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
        text = f"{self.title(mark)} has no values for {mark.variable} from {_number(low)} to {_number(high)}"
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


def _number(value: float) -> str:
    return f"{value:.4g}".replace("-", "−")


def _zoomed(ends: tuple[float, float], zoom: float, *, log: bool) -> tuple[float, float]:
    if zoom == 1:
        return ends
    if log:
        low, high = _zoomed((math.log(ends[0]), math.log(ends[1])), zoom, log=False)
        return math.exp(low), math.exp(high)
    middle, half = (ends[0] + ends[1]) / 2, (ends[1] - ends[0]) / 2 / zoom
    return middle - half, middle + half


def _same_units(
    x: tuple[float, float], y: tuple[float, float], ratio: float
) -> tuple[tuple[float, float], tuple[float, float]]:
    """Both ranges, one of them widened so that a unit is equally long on both axes."""
    width, height = x[1] - x[0], y[1] - y[0]
    if height < width * ratio:
        middle = (y[0] + y[1]) / 2
        return x, (middle - width * ratio / 2, middle + width * ratio / 2)
    middle = (x[0] + x[1]) / 2
    return (middle - height / ratio / 2, middle + height / ratio / 2), y


def _with_margin(low: float, high: float) -> tuple[float, float]:
    """5 % more on both sides; a constant gets a range that shows the axis too."""
    size = high - low
    if size <= 1e-9 * max(abs(low), abs(high)) or size == 0:
        reach = max(abs(low), 1e-300) if low else 1.0
        low, high = min(0.0, low) - 0.5 * reach, max(0.0, high) + 0.5 * reach
        return low, high
    return low - 0.05 * size, high + 0.05 * size


def _degree_step(width: float) -> float | None:
    """A distance of ticks that suits angles in degrees."""
    return next((step for step in (1.0, 5, 10, 15, 30, 45, 60, 90, 180, 360, 720, 1440) if width / step <= 9), None)


def _ramped(ink: Look, place: int, count: int) -> Look:
    """The look of one member of a family: the colour runs from light to full."""
    if count == 1:
        return ink
    share = 0.45 * (1 - place / (count - 1))
    parts = [int(ink.color[i : i + 2], 16) for i in (1, 3, 5)]
    mixed = [round(part + (255 - part) * share) for part in parts]
    return replace(ink, color="#" + "".join(f"{part:02x}" for part in mixed))
