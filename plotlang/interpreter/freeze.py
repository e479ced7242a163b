"""A figure at many positions of its sliders: which positions, in which window, and all the pictures within a time."""

from __future__ import annotations

import math
from collections import deque
from dataclasses import dataclass, replace
from itertools import product
from typing import TYPE_CHECKING, Final, TypeAlias

import numpy as np

from plotlang.interpreter.positions import places, refinements
from plotlang.interpreter.suiting import equal_units, suiting
from plotlang.language.syntax import Number
from plotlang.marks.describe import describe
from plotlang.marks.layout import lay_out, redraw, work_on
from plotlang.model.budget import SECONDS, Budget, Stopped
from plotlang.statements.values import shown

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from plotlang.interpreter.suiting import Ends
    from plotlang.marks.layout import Worked
    from plotlang.marks.window import WindowChoice
    from plotlang.model.margins import Box
    from plotlang.model.session import Definition, Session, Slider
    from plotlang.numerics.view import View as Pane
    from plotlang.render.frozen import Film, Frame

    Place: TypeAlias = tuple[float, ...]

FREEZE_SECONDS: Final = 20.0
_PROBES: Final = {1: 9, 2: 4, 3: 2}  # positions of each slider that the window is to suit
_LOOKS: Final = {1: 7, 2: 3, 3: 2}  # and that the place of the legend is to suit
_REACH_X: Final = 0.5  # widths of the present picture that the window may go beyond it
_REACH_Y: Final = 12.0  # heights
_REMEMBERED: Final = 4  # figures


@dataclass(frozen=True, slots=True, eq=False)
class Frozen:
    """A figure that can be moved without a kernel; `wanted` is how many positions it should have had."""

    film: Film
    wanted: int

    @property
    def html(self) -> str:
        """The figure with its sliders, as HTML that brings everything along."""
        from plotlang.render.frozen import standalone

        return standalone(self.film)

    @property
    def text(self) -> str:
        """What it is, in words."""
        film = self.film
        ranges = "; ".join(
            f"{each.name} from {each.texts[0]} to {each.texts[-1]}, {len(each.texts)} positions" for each in film.tracks
        )
        note = f"{film.note}\n" if film.note else ""
        what = f"A figure with a slider that needs no kernel: {ranges}; now {film.place}."
        return f"{what}\n{note}{film.present.description}"


def freeze(session: Session, name: str, sliders: Sequence[Definition], budget: Budget) -> Frozen:
    """The figure of this name at all positions of one to three sliders it depends on.

    When the time is up there are fewer positions; raises `Stopped` only when interrupted.
    """
    with np.errstate(all="ignore"):
        return _Freezing(session, name, sliders, budget).frozen()


class _Freezing:
    """The work on one figure."""

    def __init__(self, session: Session, name: str, sliders: Sequence[Definition], budget: Budget) -> None:
        self.session, self.name, self.budget = session, name, budget
        self.sliders: list[Slider] = [each.slider for each in sliders]
        self.names = frozenset(each.name for each in sliders)
        self.definitions = sliders
        self.longest = 0.0
        self.legend_at: tuple[float, float] | None = None

    def frozen(self) -> Frozen:
        from plotlang.render.frozen import Film, Track

        grid = places(self.definitions)
        starts = [each.index(slider.value) for each, slider in zip(grid, self.definitions, strict=True)]
        window, base = self.base(grid)
        self.legend_at = self.legend_place(grid, base)
        drawn = self.remembered(window, base)
        best: tuple[tuple[int, ...], ...] = ()
        for chosen in refinements([len(each) for each in grid], starts):
            if not all(self.draw(place, base, drawn) for place in _products(grid, chosen)):
                break
            best = chosen
        values = [tuple(each[n] for n in kept) for each, kept in zip(grid, best, strict=True)]
        tracks = tuple(
            Track(slider.name, tuple(shown(value) for value in kept), kept.index(slider.value))
            for slider, kept in zip(self.definitions, values, strict=True)
        )
        wanted = math.prod(map(len, grid))
        frames = tuple(drawn[place] for place in product(*values))
        return Frozen(
            Film(
                tracks, frames, *_size(base), note=self.note(len(frames), wanted), told=self.session.settings.describe
            ),
            wanted,
        )

    def note(self, count: int, wanted: int) -> str:
        """What is missing."""
        texts = []
        if count < wanted:
            texts.append(f"Only {count} of {wanted} positions could be drawn in the time there is.")
        others = [each for each in self.session.sliders_of(self.name) if each.name not in self.names]
        if others:
            values = ", ".join(f"{each.name} = {shown(each.value)}" for each in others)
            texts.append(f"This picture is for {values}.")
        return " ".join(texts)

    def frame_budget(self) -> Budget:
        """The time for one picture: that of any picture, whatever is left of the whole."""
        return replace(self.budget, deadline=self.budget.clock() + SECONDS)

    def placed(self, place: Place, session: Session | None = None) -> Session:
        """The session, or another one, with the sliders there."""
        return (session or self.session).placed(dict(zip(self.sliders, place, strict=True)))

    def draw(self, place: Place, base: Worked, drawn: dict[Place, Frame]) -> bool:
        """Draw one frame unless it is there; False when there is no time for it.  The first one is always drawn."""
        if place in drawn:
            return True
        start = self.budget.clock()
        if drawn and start + self.longest > self.budget.deadline:
            return False
        session = self.placed(place)
        worked = redraw(session, self.name, self.frame_budget(), base, self.names)
        drawn[place] = _frame(worked, describe(worked, session.figures[self.name]), self.legend_at)
        if self.budget.interrupted():
            raise Stopped("interrupted")
        self.longest = max(0.9 * self.longest, self.budget.clock() - start)
        return True

    def base(self, grid: Sequence[Place]) -> tuple[Pane, Worked]:
        """The window of all frames, and the figure as it stands in it."""
        present = tuple(each.value for each in self.definitions)
        probes = [present, *product(*(_spread(each, _PROBES[len(grid)]) for each in grid))]
        choice = self.choice(self.session)
        panes = self.panes(self.session, probes)
        first, equal = panes[0], choice.frame().equal and not (panes[0].log or panes[0].y_log)
        x = suiting([(each.low, each.high) for each in panes], _REACH_X, log=first.log)
        if not equal and choice.view.x is None and any((each.low, each.high) != x for each in panes):
            panes = self.panes(self.with_x(x), probes)
        y = suiting([(each.y_low, each.y_high) for each in panes], _REACH_Y, log=first.y_log)
        if equal:
            ratio = (first.y_high - first.y_low) / (first.high - first.low)
            x, y = equal_units(x, y, ratio, given=choice.view.x is not None)
        window = replace(first, low=x[0], high=x[1], y_low=y[0], y_high=y[1])
        return window, lay_out(self.session, self.name, self.frame_budget(), window)

    def choice(self, session: Session, budget: Budget | None = None) -> WindowChoice:
        """What chooses the window of the figure."""
        return work_on(session, session.figures[self.name], budget or self.frame_budget())

    def panes(self, session: Session, probes: Sequence[Place]) -> list[Pane]:
        """The windows that suit the figure at some places, as many of them as there is time for, one at least."""
        found: list[Pane] = []
        whole = self.budget.share(0.15)
        for place in probes:
            if found and whole.clock() > whole.deadline:
                break
            choice = self.choice(self.placed(place, session), whole if found else None)
            found.append(choice.window(choice.frame()))
        return found

    def with_x(self, x: Ends) -> Session:
        """The session with the figure's range of x given."""
        figure = self.session.figures[self.name]
        view = replace(figure.view, x=(Number(x[0]), Number(x[1])), zoom=1.0)
        return self.session.with_figure(replace(figure, view=view))

    def legend_place(self, grid: Sequence[Place], base: Worked) -> tuple[float, float] | None:
        """Where the legend stands in all frames, None if each has it where it hides least.

        The axes of a window that depends on the sliders differ too much for one place.
        """
        from plotlang.render.compose import legend_place
        from plotlang.render.letters import measure

        view = self.session.figures[self.name].view
        if not self.names.isdisjoint(self.session.reach((*(view.x or ()), *(view.y or ())))):
            return None
        if legend_place(base.drawing, (), measure) is None:
            return None
        others, whole = [], self.budget.share(0.15)
        for place in product(*(_spread(each, _LOOKS[len(grid)]) for each in grid)):
            if whole.clock() > whole.deadline:
                break
            others.append(redraw(self.placed(place), self.name, whole, base, self.names).drawing)
        return legend_place(base.drawing, others, measure)

    def remembered(self, window: Pane, base: Worked) -> dict[Place, Frame]:
        """The frames of this figure that were drawn before, to which those that are drawn now will be added."""
        lows = self.placed(tuple(each.low for each in self.definitions))
        key = (lows.snapshot(self.name), tuple(self.sliders), window, base.drawing.equal, self.legend_at)
        for known, frames in _MEMORY:
            if known == key:
                return frames
        _MEMORY.append((key, {}))
        return _MEMORY[-1][1]


_MEMORY: deque[tuple[tuple[object, ...], dict[tuple[float, ...], Frame]]] = deque(maxlen=_REMEMBERED)


def _products(grid: Sequence[Place], chosen: Sequence[Sequence[int]]) -> Iterator[Place]:
    return product(*([each[n] for n in kept] for each, kept in zip(grid, chosen, strict=True)))


def _spread(values: Place, count: int) -> tuple[float, ...]:
    """So many of the values, evenly, the ends among them."""
    last = len(values) - 1
    return tuple(dict.fromkeys(values[round(n * last / (count - 1))] for n in range(count)))


def _frame(worked: Worked, description: str, legend_at: tuple[float, float] | None = None) -> Frame:
    from plotlang.model.margins import axes_box
    from plotlang.render.compose import inks
    from plotlang.render.frozen import Frame
    from plotlang.render.letters import measure
    from plotlang.render.vector import fragments

    drawing = worked.drawing
    return Frame(fragments(inks(drawing, measure, legend_at), axes_box(drawing), drawing.height), description)


def film_of(worked: Worked, description: str) -> Film:
    """A figure without sliders as a film of one frame."""
    from plotlang.render.frozen import Film

    return Film((), (_frame(worked, description),), *_size(worked))


def _size(base: Worked) -> tuple[int, int, Box]:
    from plotlang.model.margins import axes_box

    return base.drawing.width, base.drawing.height, axes_box(base.drawing)
