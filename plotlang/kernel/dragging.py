"""What happens while sliders move: the picture under the hand at once, the others as time allows, and then rest.

Positions that arrive while a picture is drawn are merged: the next picture is drawn for the newest ones.  A handler of
slider messages waits until its position is on the way to the page: front ends send the next one only then, so that
positions don't pile up.
"""

from __future__ import annotations

import asyncio
import logging
from functools import partial
from typing import TYPE_CHECKING, TypeVar

from plotlang.kernel.engine import Interrupted, Overtime
from plotlang.kernel.messages import frame_message, settled_content
from plotlang.model.budget import Stopped

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from plotlang.interpreter.drag import Frame
    from plotlang.interpreter.outcome import Picture
    from plotlang.kernel.cells import Cells
    from plotlang.kernel.engine import Engine
    from plotlang.kernel.messages import Message
    from plotlang.model.session import Definition, Slider
    from plotlang.widgets.driver import Driver, Event
    from plotlang.widgets.sliders import Sliders

    T = TypeVar("T")

PAUSE = 0.004  # seconds without a new position, after which another picture may be drawn
SHARE = 0.15  # of the time goes to them while positions keep coming: more would hold up the one under the hand
LULL = 0.03  # seconds without a new position, after which they are drawn one after the other
LOOK = 0.02  # seconds after which it is looked again whether sliders are at rest
AFTER_RELEASE = 0.06  # seconds for the last position to arrive after the hand let go
QUIET = 0.3  # seconds without a new position, after which sliders are taken to be at rest

log = logging.getLogger("plotlang")


class Dragging:
    """Sliders on their way; all methods are called in the event loop.

    Positions are counted as they arrive; `_drawn` says for each picture up to which one it is drawn.
    """

    def __init__(self, engine: Engine, cells: Cells, publish: Callable[[Iterable[Message]], None]) -> None:
        self.sliders: Sliders | None = None
        self._engine, self._cells, self._publish = engine, cells, publish
        self._places: dict[Slider, float] = {}
        self._back: set[Slider] = set()
        self._hand, self._held, self._let_go = "", False, False
        self._last = self._turn = 0.0
        self._arrived = self._covered = 0
        self._followers: list[str] = []
        self._drawn: dict[str, int] = {}
        self._working: asyncio.Future[None] | None = None
        self._resting: asyncio.Task[None] | None = None

    # what the widgets tell

    def moved(self, slider: Slider, value: float | None) -> None:
        """A slider was moved, or is to go back to where its line says (None)."""
        self._last = asyncio.get_running_loop().time()
        if value is None:
            self._places.pop(slider, None)
            self._back.add(slider)
        else:
            self._back.discard(slider)
            self._places[slider] = value
            self._arrived += 1

    def heard(self, display_id: str, event: Event) -> None:
        """A page shows the sliders of a picture or not any more, or a hand holds one or lets go."""
        if event == "hold":
            self._hand, self._held, self._let_go = display_id, True, False
        else:
            self._held = self._held and event == "gone"
            self._let_go = self._let_go or event == "release"

    # what follows from it

    async def follow(self) -> None:
        """Return when the newest position is drawn under the hand; the rest goes on without waiting for it."""
        wanted = self._arrived
        while self._covered < wanted:
            if self._working is not None:
                await asyncio.shield(self._working)
            else:
                await self._draw_newest()
        if (self._places or self._back) and (self._resting is None or self._resting.done()):
            self._resting = asyncio.create_task(self._come_to_rest())

    async def settle(self) -> bool:
        """Let the notebook take over where the sliders are, and show what it says then; False after an interrupt.

        They stay on their way then.  A fault of ours puts them back.
        """
        places: dict[Slider, float | None] = {**self._places, **dict.fromkeys(self._back)}
        if not places:
            return True
        try:
            rest = await self._engine.run(partial(self._cells.settle, places))
        except (Interrupted, Stopped):
            return False
        except Exception:
            log.exception("sliders could not settle")
            self._forget(places)
            self.show_places(self._cells.notebook.sliders)
            for display_id in self._followers:
                await self._catch_up(display_id)
        else:
            self._forget(places)
            self._publish(rest.messages)
            for picture in rest.pictures:
                self._show_settled(picture)
            self.show_places(rest.sliders)
        return True

    def show_places(self, shown: Mapping[str, Sequence[Definition]]) -> None:
        """Show the sliders as the notebook has them, those on their way left alone."""
        if self.sliders is not None:
            self.sliders.update(shown, self._places.keys())

    async def _draw_newest(self) -> None:
        """Draw the picture under the hand for the newest positions."""
        newest, places, hand = self._arrived, dict(self._places), self._hand

        def draw(stop: Callable[[], bool]) -> tuple[list[str], Frame | None]:
            followers = self._cells.followers(places, hand)
            return followers, self._cells.frame(followers[0], places, stop) if followers else None

        self._working = asyncio.get_running_loop().create_future()
        try:
            found = await self._frame(draw)
            if found is not None:
                self._followers = found[0]
                self._show(found[1], newest)
        finally:
            self._covered = newest
            self._working.set_result(None)
            self._working = None
        if self.sliders is not None:
            for slider, value in places.items():
                self.sliders.write(slider, value)

    async def _come_to_rest(self) -> None:
        """Draw the other pictures in the pauses of the hand, and settle when it stays still.

        What is to go back does so at once, even while others play.
        """
        while self._places or self._back:
            newest = self._arrived
            if not self._back:
                await asyncio.sleep(PAUSE if self._behind() else LOOK)
            paused = self._working is None and self._covered == self._arrived == newest
            if self._back or (paused and not self._behind() and self._is_still()):
                if not await self.settle():
                    return  # the next position, or the next cell, takes it up again
            elif paused and (behind := self._behind()) and self._is_their_turn():
                await self._catch_up(min(behind, key=lambda each: self._drawn.get(each, -1)))

    def _is_still(self) -> bool:
        """Whether no hand holds a slider, and none has moved for a while."""
        still = asyncio.get_running_loop().time() - self._last
        return not self._held and still > (AFTER_RELEASE if self._let_go else QUIET)

    def _is_their_turn(self) -> bool:
        """Whether the pictures that no hand holds may take some time."""
        now = asyncio.get_running_loop().time()
        return now - self._last > LULL or now > self._turn

    def _forget(self, settled: Mapping[Slider, float | None]) -> None:
        """These sliders are on their way no more, unless they were moved again meanwhile."""
        for slider, value in settled.items():
            if value is None:
                self._back.discard(slider)
            elif self._places.get(slider) == value:
                del self._places[slider]
        self._let_go = False
        self._drawn.clear()

    def _behind(self) -> list[str]:
        """What does not show the newest positions yet."""
        return [each for each in self._followers if self._drawn.get(each, -1) < self._arrived]

    async def _catch_up(self, display_id: str) -> None:
        """Show one picture, or what one cell prints, for the newest positions."""
        newest, places = self._arrived, dict(self._places)
        self._drawn[display_id] = newest
        clock = asyncio.get_running_loop().time
        began = clock()
        found = await self._frame(lambda stop: self._cells.again(display_id, places, stop))
        if isinstance(found, tuple):
            self._publish(found)
        else:
            self._show(found, newest)
        self._turn = clock() + (clock() - began) / SHARE

    async def _frame(self, work: Callable[[Callable[[], bool]], T]) -> T | None:
        """The result of work in the engine, None if it was stopped or failed."""
        try:
            return await self._engine.run(work)
        except (Interrupted, Overtime, Stopped):
            return None
        except Exception:
            log.exception("a picture could not follow its slider")
            return None

    def _show(self, frame: Frame | None, newest: int) -> None:
        if frame is None:
            return
        self._drawn[frame.picture.display_id] = newest
        driver = self._driver(frame.picture.display_id)
        if driver is not None and isinstance(frame.body, bytes):
            driver.show(frame.body)
        else:
            self._publish([frame_message(frame)])

    def _show_settled(self, picture: Picture) -> None:
        """Bring the picture that is to stay to the pages that show its sliders."""
        driver = self._driver(picture.display_id)
        if driver is None or picture.format != "png" or picture.is_empty:
            return
        try:
            driver.settle(picture.png(), settled_content(picture))
        except Exception:
            log.exception("the picture %s could not be shown at rest", picture.display_id)

    def _driver(self, display_id: str) -> Driver | None:
        return None if self.sliders is None else self.sliders.driver(display_id)
