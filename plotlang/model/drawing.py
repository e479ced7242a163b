"""A figure worked out to the last stroke: what the renderers, and nothing else, need to know."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from plotlang.model.geometry import Shape

Frame = Literal["lines", "box", "origin", "off"]
Scale = Literal["linear", "log"]


@dataclass(frozen=True, slots=True)
class Look:
    """How one object is drawn: colour as ``#rrggbb``, widths in points."""

    color: str
    line: Literal["solid", "dashed", "dotted", "dashdot"] = "solid"
    width: float = 2.0
    marker: Literal["circle", "square", "cross"] = "circle"
    filled: bool = True
    opacity: float = 1.0


@dataclass(frozen=True, slots=True, eq=False)
class Drawn:
    """One object of a picture.

    `formula` is the mathtext (without dollar signs) of the formula as understood; `label` is the user's own text and
    wins over it in the legend.  `number` is the object's number in the legend, from 1; 0 for objects that have none.
    """

    kind: str
    number: int
    formula: str
    label: str | None
    in_legend: bool
    look: Look
    shapes: tuple[Shape, ...]


@dataclass(frozen=True, slots=True)
class Axis:
    """One axis of a picture.

    `low` < `high` are in data units.  `step` is the distance of the major ticks or None for automatic ones;
    `pi` asks for ticks at multiples of π (or of `step`, written with π).
    """

    low: float
    high: float
    label: str = ""
    scale: Scale = "linear"
    step: float | None = None
    pi: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class Drawing:
    """A whole picture: `width` and `height` in CSS pixels, drawn at `density` device pixels each."""

    items: tuple[Drawn, ...]
    x: Axis
    y: Axis
    width: int = 600
    height: int = 400
    density: int = 2
    equal: bool = False
    frame: Frame = "lines"
    grid: Literal["on", "off", "fine", "polar"] = "on"
    title: str = ""
    caption: str = ""
    legend: Literal["auto", "off", "on", "left", "right", "labels"] = "auto"
