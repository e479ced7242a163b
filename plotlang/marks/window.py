"""What part of the plane a figure shows: ranges given or automatic, equal units, ticks."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import TYPE_CHECKING

from plotlang.language.diagnostics import LanguageError
from plotlang.language.syntax import Expr, free_names
from plotlang.marks.kinds import MARK_KINDS
from plotlang.marks.points import is_scatter
from plotlang.marks.work import Member, Note, Work
from plotlang.model.drawing import Axis, Drawing
from plotlang.model.margins import axes_pixels
from plotlang.numerics.view import View as Pane

if TYPE_CHECKING:
    from plotlang.marks.kind import Box
    from plotlang.model.budget import Budget
    from plotlang.model.figure import Figure, Mark, View
    from plotlang.model.session import Session

MARGIN = 0.05  # of the extent, on both sides
SLIVER = 5.0
GEOMETRY = frozenset("points segment line vector polygon circle text".split())


class WindowChoice(Work):
    """The window that suits a figure."""

    def __init__(self, session: Session, figure: Figure, budget: Budget, *, brisk: bool = False) -> None:
        super().__init__(session, figure, budget, brisk=brisk)
        self.view: View = figure.view
        self.found: dict[str, tuple[Member, ...]] = {}
        self.span: tuple[float, float] | None = None
        self.asking = False

    def members(self, mark: Mark) -> tuple[Member, ...]:
        """The members of a mark, none if it can't be computed."""
        if mark.key not in self.found:
            self.limit(self.budget.beside(MARK_KINDS[mark.kind].prepare))
            self.found[mark.key] = self.attempt(mark, MARK_KINDS[mark.kind].members, self, mark) or ()
        return self.found[mark.key]

    def x_span(self) -> tuple[float, float]:
        """The range of x that the figure shows; the one it would have without marks while it is being chosen."""
        if self.asking:
            return self.plain_span()
        if self.span is None:
            self.asking = True
            try:
                self.span = self.ranges(self.frame(), heights=False)[0]
            finally:
                self.asking = False
        return self.span

    def plain_span(self) -> tuple[float, float]:
        """The range of x as asked for, or the default."""
        log = self.view.x_scale == "log"
        if self.view.x is not None:
            if self.span_given:
                return (0.1, 10.0) if log else (-5.0, 5.0)
            self.span_given = True
            try:
                return _zoomed(self.ends("x", self.view.x, (-5.0, 5.0), log=log), self.view.zoom, log=log)
            finally:
                self.span_given = False
        plain = (0.1, 10.0) if log else (-360.0, 360.0) if self.shows_angles() else (-5.0, 5.0)
        return _zoomed(plain, self.view.zoom, log=log)

    def shows_angles(self) -> bool:
        """Whether x is an angle in degrees: not in pictures of the plane."""
        equal = any(MARK_KINDS[mark.kind].equal for mark in self.figure.visible)
        return self.session.settings.degrees and not equal

    span_given = False

    def frame(self) -> Drawing:
        """The drawing without window and items."""
        view, settings = self.view, self.session.settings
        equal = view.equal
        if equal is None:
            equal = view.y is None and self.is_plane()
        return Drawing(
            (), Axis(0, 1, view.x_label), Axis(0, 1, view.y_label), view.width or 600, view.height or 400,
            settings.density, equal, view.frame, view.grid, view.title, view.caption, view.legend,
        )  # fmt: skip

    def window(self, frame: Drawing) -> Pane:
        """The ranges of both axes, and the size of the picture in device pixels."""
        across, up = axes_pixels(frame)
        self.asking = True
        try:
            x, y = self.ranges(frame)
        finally:
            self.asking = False
        self.span = x
        density = self.session.settings.density
        logs = self.view.x_scale == "log", self.view.y_scale == "log"
        return Pane(*x, *y, across * density, up * density, *logs)

    def ranges(self, frame: Drawing, *, heights: bool = True) -> tuple[tuple[float, float], tuple[float, float]]:
        """The ranges of x and y; without `heights` that of y may be just anything, and x is there sooner."""
        across, up = axes_pixels(frame)
        x_log, y_log = self.view.x_scale == "log", self.view.y_scale == "log"
        equal = frame.equal and not x_log and not y_log
        box = self.box()
        x = self.plain_span()
        if self.view.x is None and box is not None:
            x = self.with_box(x, box, log=x_log)
        if self.view.y is not None:
            y = self.given_heights()
            return _same_units(x, y, up / across) if equal else (x, y)
        if equal:
            return self.equal_ranges(x, box, up / across, heights=heights)
        return x, self.automatic(x, log=y_log, x_log=x_log) if heights else x

    def given_heights(self) -> tuple[float, float]:
        """The range of y as asked for."""
        log = self.view.y_scale == "log"
        return _zoomed(self.ends("y", self.view.y, (-5.0, 5.0), log=log), self.view.zoom, log=log)

    def box(self) -> Box | None:
        """The rectangle around all marks that have an end."""
        whole: Box | None = None
        for mark in self.figure.visible:
            for member in self.members(mark):
                box = self.attempt(mark, MARK_KINDS[mark.kind].box, self, member)
                if box is not None:
                    whole = box if whole is None else whole.joined(box)
        return whole

    def with_box(self, plain: tuple[float, float], box: Box, *, log: bool) -> tuple[float, float]:
        """The default range made wide enough for a box; for data alone, just the range of the data."""
        if log:
            low, high = max(box.left, 1e-300), box.right
            return (min(plain[0], low / 1.2), max(plain[1], high * 1.2)) if high > 0 else plain
        low, high = _with_margin(box.left, box.right)
        if self.is_data():
            return low, high
        return plain if plain[0] <= box.left <= box.right <= plain[1] else (min(plain[0], low), max(plain[1], high))

    def is_data(self) -> bool:
        """Whether the figure shows data, and nothing that goes on for ever but their fits."""
        visible = [mark for mark in self.figure.visible if self.members(mark)]
        if any(MARK_KINDS[mark.kind].everywhere and mark.detail != "fit" for mark in visible):
            return False
        return any(
            mark.kind in ("sequence", "residuals")
            or mark.detail == "fit"
            or (mark.kind == "points" and is_scatter(self.members(mark)[0]))
            for mark in visible
        )

    def is_plane(self) -> bool:
        """Whether the picture is of the plane, where circles are round: some marks ask for it, or all are geometry."""
        kinds = [MARK_KINDS[mark.kind] for mark in self.figure.visible]
        if any(kind.equal for kind in kinds):
            return not self.is_sliver()
        if not kinds or not all(mark.kind in GEOMETRY for mark in self.figure.visible):
            return False
        return not self.is_data()

    def is_sliver(self) -> bool:
        """Whether curves of a parameter, alone, are much longer than wide, so that equal units would flatten them."""
        kinds = {mark.kind for mark in self.figure.visible if MARK_KINDS[mark.kind].equal}
        box = self.box() if kinds == {"parametric"} else None
        if box is None or box.right <= box.left or box.top <= box.bottom:
            return False
        return not 1 / SLIVER < (box.right - box.left) / (box.top - box.bottom) < SLIVER

    def equal_ranges(
        self, x: tuple[float, float], box: Box | None, ratio: float, *, heights: bool
    ) -> tuple[tuple[float, float], tuple[float, float]]:
        """Both ranges in the same units: y around 0 or around what is drawn, x wider if the height asks for it."""
        half = (x[1] - x[0]) * ratio / 2
        if not self.is_plane():
            low, high = self.automatic(x, log=False, x_log=False) if heights else x
            middle = 0.0 if -half <= low <= high <= half else (low + high) / 2
            return x, (middle - half, middle + half)
        if box is None:
            return x, (-half, half)
        low, high = _with_margin(box.bottom, box.top)
        middle = 0.0 if -half <= low <= high <= half or self.view.x is None else (low + high) / 2
        if self.view.x is None:
            half = max(half, abs(low), abs(high))
            if half > (x[1] - x[0]) * ratio / 2:
                low, high = min(-(x[1] - x[0]) * ratio / 2, low), max((x[1] - x[0]) * ratio / 2, high)
                middle, half = (low + high) / 2, (high - low) / 2
                centre = (x[0] + x[1]) / 2
                x = centre - half / ratio, centre + half / ratio
        return x, (middle - half, middle + half)

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

    def automatic(self, x: tuple[float, float], *, log: bool, x_log: bool) -> tuple[float, float]:
        """The y-range that shows what matters, with 5 % margin."""
        lows, highs = [], []
        alone = [mark for mark in self.figure.visible if mark.key == self.view.focus]
        for mark in alone or self.figure.visible:
            for member in self.members(mark):
                found = self.attempt(mark, self.heights, mark, member, x, x_log)
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
        labelled = any(mark.kind == "found" for mark in self.figure.visible)
        return _with_margin(low, high, 2 * MARGIN if labelled else MARGIN)  # what was found has labels

    def heights(self, mark: Mark, member: Member, x: tuple[float, float], x_log: bool) -> tuple[float, float] | None:
        """The range of y that one member asks for."""
        self.budget.check()
        return MARK_KINDS[mark.kind].heights(self, member, x, log=x_log)

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


def _with_margin(low: float, high: float, share: float = MARGIN) -> tuple[float, float]:
    """A little more on both sides; a constant gets a range that shows the axis too."""
    size = high - low
    if size <= 1e-9 * max(abs(low), abs(high)) or size == 0:
        reach = max(abs(low), 1e-300) if low else 1.0
        low, high = min(0.0, low) - 0.5 * reach, max(0.0, high) + 0.5 * reach
        return low, high
    return low - share * size, high + share * size


def _degree_step(width: float) -> float | None:
    """A distance of ticks that suits angles in degrees."""
    return next((step for step in (1.0, 5, 10, 15, 30, 45, 60, 90, 180, 360, 720, 1440) if width / step <= 9), None)
