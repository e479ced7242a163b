"""The notebook's side of the kernel: runs cells and answers questions, always in the engine's thread."""

from __future__ import annotations

import logging
from copy import copy
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from plotlang.kernel import messages
from plotlang.model.budget import cell_budget

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from plotlang.interpreter.drag import Drag, Frame
    from plotlang.interpreter.outcome import Outcome, Picture
    from plotlang.kernel.messages import Failure, Message, SliderRow
    from plotlang.model.session import Definition, Slider
    from plotlang.notebook import Notebook
    from plotlang.statements.kind import Result

MOST_REFRESHED = 20

log = logging.getLogger("plotlang")


@dataclass(frozen=True, slots=True)
class Request:
    """One cell to run."""

    code: str
    count: int
    silent: bool
    cell_id: str | None
    deleted: tuple[str, ...]
    more: Callable[[], bool]  # whether further cells wait


@dataclass(frozen=True, slots=True)
class Done:
    """What became of a cell; `sliders` are those under every picture now, by display id."""

    messages: tuple[Message | SliderRow, ...] = ()
    failure: Failure | None = None
    page: str = ""
    answer: str = ""
    sliders: Mapping[str, Sequence[Definition]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Rest:
    """What there is to show when sliders have come to rest; `pictures` are those that changed."""

    messages: tuple[Message, ...]
    pictures: tuple[Picture, ...]
    sliders: Mapping[str, Sequence[Definition]]


@dataclass(frozen=True, slots=True)
class Stale:
    """What stands under other cells and is to be refreshed, by display id: pictures, and values."""

    pictures: dict[str, Picture] = field(default_factory=dict)
    values: dict[str, tuple[Result, ...]] = field(default_factory=dict)

    def joined(self, outcome: Outcome) -> Stale:
        """With what a cell made stale, and without what it shows itself."""
        fresh = {each.display_id for each in outcome.figures} | {outcome.values_id}
        newer = {each.display_id: each for each in outcome.refreshed}
        older = {name: each for name, each in self.pictures.items() if name not in fresh | newer.keys()}
        values = {name: each for name, each in self.values.items() if name not in fresh}
        return Stale({**older, **newer}, {**values, **(outcome.revalued or {})})

    def messages(self) -> tuple[Message, ...]:
        """The newest pictures and all values once more; a picture that can't be drawn stays as it is."""
        found = [message for name, each in self.values.items() for message in messages.revalue_messages(each, name)]
        for picture in list(self.pictures.values())[-MOST_REFRESHED:]:
            try:
                found += messages.refresh_messages(picture)
            except Exception:
                log.exception("the picture %s could not be refreshed", picture.display_id)
        return tuple(found)


class Cells:
    """The notebook of this kernel, opened at first use, and what waits for being refreshed."""

    def __init__(self) -> None:
        self._notebook: Notebook | None = None
        self._stale = Stale()
        self._drag: Drag | None = None

    @property
    def notebook(self) -> Notebook:
        """The one notebook."""
        if self._notebook is None:
            self._notebook = self.open_notebook()
        return self._notebook

    def open_notebook(self) -> Notebook:
        """A new notebook; its import waits for the first cell or the first free moment."""
        from plotlang.notebook import Notebook

        return Notebook()

    def judge(self, code: str) -> tuple[str, str]:
        """Whether the text is complete, and the indentation of a next line."""
        from plotlang.assist.is_complete import is_complete

        return is_complete(code)

    def run(self, request: Request, stop: Callable[[], bool]) -> Done:
        """Run a cell and draw its pictures; `stop` is asked now and then whether to give up.

        All is done with a copy of the notebook, which takes its place at the very end: until then an interrupt, or a
        fault of ours, leaves everything as it was.  Raises `Stopped` when it gave up.
        """
        trial = copy(self.notebook)
        budget = replace(cell_budget(), interrupted=stop)
        outcome = trial.run(
            request.code, request.cell_id, deleted=request.deleted, label=str(request.count), budget=budget
        )
        failure = messages.error_failure(outcome.errors) if outcome.errors else None
        stale = self._stale.joined(outcome)
        later = request.silent or (request.more() and failure is None)
        count = request.count if request.cell_id is None else None
        shown = () if request.silent else messages.cell_messages(outcome, count)
        shown += () if later else stale.messages()
        self._take_over(trial)
        self._stale = stale if later else Stale()
        return Done(shown, failure, outcome.page, "\n".join(outcome.values), trial.sliders)

    def followers(self, moved: Iterable[Slider], hand: str) -> list[str]:
        """The display ids of the pictures that follow these sliders, the one under the hand first, and of values."""
        moving = self._moving()
        return [*moving.followers(moved, hand), *moving.printing()]

    def again(
        self, display_id: str, places: Mapping[Slider, float], stop: Callable[[], bool]
    ) -> Frame | tuple[Message, ...] | None:
        """A picture, or the values that a cell prints, with sliders at places that the notebook has not taken over.

        Nothing if nothing changed.  Raises `Stopped` as `run` does.
        """
        moving = self._moving()
        if display_id not in moving.printing():
            return self.frame(display_id, places, stop)
        results = moving.values(display_id, places, replace(cell_budget(), interrupted=stop))
        return messages.revalue_messages(results, display_id)

    def frame(self, display_id: str, places: Mapping[Slider, float], stop: Callable[[], bool]) -> Frame | None:
        """A picture with sliders at places that the notebook has not taken over; raises `Stopped` as `run` does."""
        return self._moving().frame(display_id, places, replace(cell_budget(), interrupted=stop))

    def settle(self, places: Mapping[Slider, float | None], stop: Callable[[], bool]) -> Rest:
        """Take over where sliders came to rest, or leave everything as it was; raises `Stopped` as `run` does."""
        trial = copy(self.notebook)
        outcome = trial.settle(places, replace(cell_budget(), interrupted=stop))
        stale = Stale().joined(outcome)
        shown = stale.messages()
        self._take_over(trial)
        return Rest(shown, outcome.refreshed, trial.sliders)

    def _moving(self) -> Drag:
        if self._drag is None:
            self._drag = self.notebook.drag()
        return self._drag

    def _take_over(self, notebook: Notebook) -> None:
        self._notebook, self._drag = notebook, None
