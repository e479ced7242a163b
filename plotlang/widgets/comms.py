"""The comm targets by which a front end finds its widgets again; ipywidgets is loaded at first use."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable


def open_control(comm: Any, message: dict[str, Any]) -> None:
    """A front end asks for all living widgets, for example after a page reload."""
    from ipywidgets import Widget

    Widget.handle_control_comm_opened(comm, message)


def open_widget(comm: Any, message: dict[str, Any]) -> None:
    """A front end creates a widget."""
    from ipywidgets import Widget

    Widget.handle_comm_opened(comm, message)


TARGETS: dict[str, Callable[[Any, dict[str, Any]], None]] = {
    "jupyter.widget.control": open_control,
    "jupyter.widget": open_widget,
}
