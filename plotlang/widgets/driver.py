"""The invisible widget beside the sliders of a picture: through it the frames of a drag reach the page."""

from __future__ import annotations

from importlib.resources import files
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

import anywidget
from ipywidgets import Layout
from traitlets import Unicode

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

Event: TypeAlias = Literal["shown", "gone", "hold", "release"]
EVENTS: tuple[Event, ...] = ("shown", "gone", "hold", "release")


class Driver(anywidget.AnyWidget):
    """Takes PNG pictures for the picture above it; `box` is the model id of the box that it stands in.

    It works while a page shows it, also after the page was loaded again, when display ids are forgotten.
    """

    _esm = files("plotlang.widgets").joinpath("driver.js").read_text("utf-8")
    box = Unicode("").tag(sync=True)

    def __init__(self, heard: Callable[[Event], None]) -> None:
        super().__init__(layout=Layout(display="none"))
        self._heard, self.views = heard, 0
        self.on_msg(self._hear)

    @property
    def is_seen(self) -> bool:
        """Whether a page shows it."""
        return self.views > 0

    def show(self, png: bytes) -> None:
        """Send a picture of a drag."""
        self.send({"event": "frame"}, buffers=[png])

    def settle(self, png: bytes, content: Mapping[str, Any]) -> None:
        """Send the picture that is to stay, with its `words`, `size`, `alt` and the `html` under it."""
        self.send({"event": "settled", **content}, buffers=[png])

    def _hear(self, _: Any, content: Any, __: Any) -> None:
        event = content.get("event") if isinstance(content, dict) else None
        if event not in EVENTS:
            return
        if event in ("shown", "gone"):
            self.views = max(0, self.views + (1 if event == "shown" else -1))
        self._heard(event)
