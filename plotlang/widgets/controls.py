"""One slider in the browser: handle, number, button to go back, and perhaps one to play."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from ipywidgets import Button, FloatSlider, FloatText, HBox, Layout, Play

from plotlang.model.session import MOST_SLIDER

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from plotlang.model.session import Definition, Motion

MOST_STEPS = 1000  # of a slider that plays
_STEPS_A_SECOND = 25


class Numeric:
    """What a page may say to a widget that holds a number: a value of reasonable size, and nothing else."""

    def set_state(self, sync_data: Any) -> None:
        """Take over the value, and nothing else; where it is none, tell the page the one that holds."""
        if not isinstance(sync_data, dict) or "value" not in sync_data:
            return
        value = sync_data["value"]
        if isinstance(value, int | float) and not isinstance(value, bool) and abs(value) <= MOST_SLIDER:
            super().set_state({"value": value})  # type: ignore[misc]
        else:
            self.send_state("value")  # type: ignore[attr-defined]


class Handle(Numeric, FloatSlider):  # type: ignore[misc]  # ipywidgets brings no types
    """The slider itself."""


class NumberField(Numeric, FloatText):  # type: ignore[misc]
    """The number beside it, which can be typed."""


class Player(Numeric, Play):  # type: ignore[misc]
    """Buttons that let the slider run by itself."""


class Controls:
    """The widgets of one parameter, shown under every picture that depends on it."""

    def __init__(self, definition: Definition, moved: Callable[[float], None], reset: Callable[[], None]) -> None:
        """`moved` is called with each new number that a page sends, `reset` when the number is to go back."""
        self._quiet = False
        self._moved = moved
        self.definition = definition
        name = definition.name
        self.handle = self._new_handle()
        self.slot = HBox((self.handle,), layout=Layout(flex="1 1 auto", width="auto"))
        self.number = NumberField(definition.value, tooltip=f"type a number for {name}", layout=Layout(width="6.5em"))
        self.back = Button(icon="undo", tooltip=f"put {name} back to where its line says", layout=Layout(width="2.6em"))
        self.rows: dict[str, HBox] = {}
        self.players: dict[str, Player] = {}
        self.number.observe(self._typed, "value")
        self.back.on_click(lambda _: reset())

    @property
    def is_open(self) -> bool:
        """Whether no page has closed one of its widgets."""
        return all(map(is_open, (self.handle, self.slot, self.number, self.back)))

    def row(self, place: str) -> HBox:
        """The row that stands under one picture: with buttons to play, if the notebook says how.

        Handle and number are the same in all rows; the buttons are not, since two views of one `Play` stop each other.
        """
        parts: tuple[Any, ...] = (self.slot, self.number, self.back)
        if self.definition.motion is not None:
            parts = (*parts, self._player(place, self.definition.motion))
        row = self.rows.get(place)
        if row is None or not is_open(row):
            row = self.rows[place] = HBox(parts, layout=Layout(width="100%", max_width="600px", align_items="center"))
        elif row.children != parts:
            row.children = parts
        return row

    def update(self, definition: Definition) -> None:
        """Show the number and the range that the notebook has.

        Another range gets another handle: one that a page shows twice goes round in circles when its range changes,
        each of its views putting the rounding of the other right.
        """
        self.definition = definition
        old = self.handle
        with self._in_quiet():
            if (old.min, old.max, old.step) != (definition.low, definition.high, definition.grid):
                self.handle = self._new_handle()
                self.slot.children = (self.handle,)
                for each in (old, old.layout, old.style):
                    each.close()
            elif abs(old.value - definition.value) > 1e-9 * definition.grid:
                old.value = definition.value
            self.number.value = definition.value
            for place in self.rows:
                self.row(place)

    def _new_handle(self) -> Handle:
        definition = self.definition
        handle = Handle(
            definition.value,
            min=definition.low,
            max=definition.high,
            step=definition.grid,
            description=definition.name,
            readout=False,
            style={"description_width": f"{max(4, len(definition.name) + 1)}ch"},
            layout=Layout(flex="1 1 auto", width="auto", min_width="8em"),
        )
        handle.observe(self._slid, "value")
        return handle

    def show(self, value: float) -> None:
        """Write the number of a position that the notebook has not taken over yet."""
        with self._in_quiet():
            self.number.value = value

    def _slid(self, change: Any) -> None:
        if not self._quiet:
            self._moved(self.definition.snapped(change["new"]))

    def _typed(self, change: Any) -> None:
        if not self._quiet:
            self._moved(float(change["new"]))

    def _played(self, change: Any) -> None:
        motion = self.definition.motion
        if self._quiet or motion is None:
            return
        share = change["new"] / max(change["owner"].max, 1)
        value = self.definition.snapped(motion.start + share * (motion.stop - motion.start))
        with self._in_quiet():
            self.handle.value = min(max(value, self.handle.min), self.handle.max)
        self._moved(value)

    def _player(self, place: str, motion: Motion) -> Player:
        steps = _steps(self.definition, motion)
        interval = max(20, round(1000 * motion.seconds / steps))
        player = self.players.get(place)
        if player is None or not is_open(player):
            player = self.players[place] = Player(min=0, max=steps, interval=interval, layout=Layout(width="auto"))
            player.observe(self._played, "value")
        with player.hold_sync():
            player.max, player.interval = steps, interval
        return player

    @contextmanager
    def _in_quiet(self) -> Iterator[None]:
        """Change widgets without being told of it."""
        before, self._quiet = self._quiet, True
        try:
            yield
        finally:
            self._quiet = before


def is_open(widget: Any) -> bool:
    """Whether no page has closed a widget."""
    return widget.comm is not None and not widget.comm._closed  # noqa: SLF001 (no other way)


def _steps(definition: Definition, motion: Motion) -> int:
    """In how many steps a slider plays: its own if it has some, else so many that it looks smooth."""
    smooth = round(_STEPS_A_SECOND * motion.seconds)
    if definition.step is not None:
        smooth = min(smooth, round(abs(motion.stop - motion.start) / definition.step))
    return min(max(smooth, 1), MOST_STEPS)
