"""The sliders of a notebook in the browser: one set of controls a parameter, a box of them under every picture."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

from ipywidgets import HTML, Layout, VBox

from plotlang.widgets.controls import Controls, is_open
from plotlang.widgets.driver import Driver

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from plotlang.model.session import Definition, Slider
    from plotlang.widgets.driver import Event

MOST_SHOWN = 12  # under one picture
VIEW = "application/vnd.jupyter.widget-view+json"


class Hand(Protocol):
    """Who is told what a user does with the sliders."""

    def moved(self, slider: Slider, value: float | None) -> None:
        """A slider was moved; None: put back to where its line says."""

    def heard(self, display_id: str, event: Event) -> None:
        """A page shows the sliders of a picture, or does not any more; one of them is held, or let go."""


class Box:
    """What stands under one picture: rows of controls, and the driver that brings it frames."""

    def __init__(self, display_id: str, hand: Hand) -> None:
        self.display_id = display_id
        self.driver = Driver(lambda event: hand.heard(display_id, event))
        self.widget = VBox(layout=Layout(width="100%", max_width="600px"))
        self.driver.box = self.widget.model_id
        self._rest: HTML | None = None

    @property
    def is_open(self) -> bool:
        """Whether no page has closed it."""
        return is_open(self.widget) and is_open(self.driver)

    def fill(self, controls: Sequence[Controls], more: int) -> None:
        """Show these controls, and how many more there are."""
        rest: tuple[HTML, ...] = ()
        if more:
            self._rest = self._rest or HTML()
            self._rest.value = f"… and {more} more slider{'s' if more > 1 else ''}; names lists them all"
            rest = (self._rest,)
        rows = (*(each.row(self.display_id) for each in controls), *rest, self.driver)
        if self.widget.children != rows:
            self.widget.children = rows


class Sliders:
    """Makes the widgets when they are first asked for, and keeps them in step with the notebook."""

    def __init__(self, hand: Hand) -> None:
        self._hand = hand
        self._controls: dict[Slider, Controls] = {}
        self._boxes: dict[str, Box] = {}
        self._latest: dict[Slider, Definition] = {}

    def view(self, display_id: str, definitions: Sequence[Definition]) -> dict[str, Any]:
        """The sliders of a picture as the data of a message: widgets, and in words where there are none."""
        box = self._boxes.get(display_id)
        if box is None or not box.is_open:
            box = self._boxes[display_id] = Box(display_id, self._hand)
        self._fill(box, definitions)
        view = {"version_major": 2, "version_minor": 0, "model_id": box.widget.model_id}
        return {VIEW: view, "text/plain": words(definitions)}

    def update(self, shown: Mapping[str, Sequence[Definition]], moving: Collection[Slider] = ()) -> None:
        """Show what the notebook says now; `shown` are the parameters of all pictures, by display id, in order.

        Those that are `moving` stay as they are.
        """
        self._latest = {each.slider: each for definitions in shown.values() for each in definitions}
        for slider, controls in self._controls.items():
            if slider in self._latest and slider not in moving:
                controls.update(self._latest[slider])
        for display_id, definitions in shown.items():
            box = self._boxes.get(display_id)
            if box is not None and box.is_open:
                self._fill(box, definitions)

    def write(self, slider: Slider, value: float) -> None:
        """Write the number of a slider on its way."""
        if slider in self._controls:
            self._controls[slider].show(value)

    def driver(self, display_id: str) -> Driver | None:
        """What brings frames to a picture, None if no page shows it."""
        box = self._boxes.get(display_id)
        return box.driver if box is not None and box.driver.is_seen else None

    def _fill(self, box: Box, definitions: Sequence[Definition]) -> None:
        kept = definitions[:MOST_SHOWN]
        box.fill([self._controls_of(each) for each in kept], len(definitions) - len(kept))

    def _controls_of(self, definition: Definition) -> Controls:
        slider = definition.slider
        found = self._controls.get(slider)
        if found is None or not found.is_open:
            hand = self._hand
            latest = self._latest.get(slider, definition)
            found = Controls(latest, lambda value: hand.moved(slider, value), lambda: hand.moved(slider, None))
            self._controls[slider] = found
        return found


def words(definitions: Sequence[Definition]) -> str:
    """The sliders in words, one line each, as a console shows them."""
    return "\n".join(
        f"{each.name} = {_number(each.value)}   slider from {_number(each.low)} to {_number(each.high)}"
        for each in definitions
    )


def _number(value: float) -> str:
    return f"{value:.6g}".replace("-", "−")
