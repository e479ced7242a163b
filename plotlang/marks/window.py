"""The window that marks are worked out for."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Window:
    """A part of the plane, shown on `width` × `height` device pixels; ends of log axes are positive."""

    x: tuple[float, float]
    y: tuple[float, float]
    width: int
    height: int
    x_log: bool = False
    y_log: bool = False
