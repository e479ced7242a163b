"""A hand that notes what it is told, and definitions of sliders, for the tests of widgets without a kernel."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

from plotlang.language.syntax import Number
from plotlang.model.session import Definition, Motion


class Hand:
    """Notes what a user does with the sliders."""

    def __init__(self) -> None:
        self.moves: list[tuple[tuple[str, str], float | None]] = []
        self.events: list[tuple[str, str]] = []

    def moved(self, slider, value) -> None:
        self.moves.append((slider, value))

    def heard(self, display_id, event) -> None:
        self.events.append((display_id, event))

    @property
    def values(self) -> list[float | None]:
        """Where sliders were moved to, one after the other."""
        return [value for _, value in self.moves]


def definition(name="a", value=1.0, low=-5.0, high=5.0, *, step=None, motion=None, record="c") -> Definition:
    """A parameter, as `slider` defines one."""
    motion = None if motion is None else Motion(*motion)
    return Definition(name, "parameter", Number(value), low=low, high=high, step=step, motion=motion, record=record)


def say(widget: Any, data: Any, buffers: Any = ()) -> None:
    """Let a widget hear a message of a page."""
    widget.comm.handle_msg({"content": {"comm_id": widget.model_id, "data": data}, "buffers": list(buffers)})


def send(widget: Any, **state: Any) -> None:
    """Let a page send new state to a widget."""
    say(widget, {"method": "update", "state": state, "buffer_paths": []})


def press(button: Any) -> None:
    """Let a page press a button."""
    say(button, {"method": "custom", "content": {"event": "click"}})


def close(widget: Any) -> None:
    """Let a page close a widget."""
    import comm

    content = {"comm_id": widget.model_id, "data": {}}
    comm.get_comm_manager().comm_close(None, None, {"content": content})


def told(monkeypatch, widget: Any) -> list[SimpleNamespace]:
    """What a widget sends to pages from now on: `method` and `state` or `content`, and `buffers`."""
    found: list[SimpleNamespace] = []
    monkeypatch.setattr(
        widget.comm,
        "send",
        lambda data=None, metadata=None, buffers=None: found.append(SimpleNamespace(**data, buffers=buffers)),
    )
    return found
