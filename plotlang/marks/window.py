"""What part of the plane a figure shows: ranges given or automatic, equal units, ticks."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, TypeVar

from plotlang.language.diagnostics import LanguageError
from plotlang.language.syntax import Expr, ListOf, Point, free_names
from plotlang.model.budget import Stopped
from plotlang.model.drawing import Axis, Drawing
from plotlang.model.margins import axes_pixels
from plotlang.numerics.compile import compile_expr
from plotlang.numerics.lowering import Lowering
from plotlang.numerics.valuerange import value_range
from plotlang.numerics.view import View as Pane

if TYPE_CHECKING:
    from collections.abc import Callable

    from plotlang.marks.curve import Sketch
    from plotlang.model.budget import Budget
    from plotlang.model.figure import Figure, Mark, View
    from plotlang.model.session import Session

T = TypeVar("T")
PART = 0.4  # of the time left, for one mark: a slow one leaves some to the others
_ROUND = frozenset({"implicit", "region", "parametric", "polar"})


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


class WindowChoice:
    """Works on one figure of a session: what is asked of all its marks, and the window that suits them."""

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
