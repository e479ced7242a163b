"""What is put on paper, in order: strokes, fills, marks and words, in CSS pixels from the lower left corner."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, TypeAlias

if TYPE_CHECKING:
    from plotlang.model.geometry import Array

Dash: TypeAlias = Literal["solid", "dashed", "dotted", "dashdot"]
Marker: TypeAlias = Literal["circle", "square", "cross"]


@dataclass(frozen=True, slots=True, eq=False)
class Stroke:
    """Lines along `paths`, arrays of shape (n, 2) with n ≥ 2; `width` in CSS pixels.

    `clip` keeps the line inside the axes; `snap` moves it to whole device pixels (upright and level lines only).
    """

    paths: tuple[Array, ...]
    color: str
    width: float
    dash: Dash = "solid"
    opacity: float = 1.0
    clip: bool = False
    snap: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class Fill:
    """Outlines of shape (n, 2), filled together by the non-zero rule."""

    outlines: tuple[Array, ...]
    color: str
    opacity: float = 1.0
    clip: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class Marks:
    """The same mark at each of `points`, shape (n, 2); `radius` and `width` of its edge in CSS pixels."""

    points: Array
    marker: Marker
    radius: float
    color: str
    fill: str
    width: float
    opacity: float = 1.0


@dataclass(frozen=True, slots=True)
class Words:
    """One line of text; its base line starts, is centred or ends (`anchor` 0, 0.5, 1) at (x, y).

    `size` is the font size in CSS pixels, `angle` in degrees anticlockwise; `math` reads the text as mathtext,
    else every character stands for itself.  `halo` is the width of a white stroke under
    the letters, as a share of the font size.
    """

    x: float
    y: float
    text: str
    size: float
    color: str
    anchor: float = 0.0
    angle: float = 0.0
    math: bool = False
    halo: float = 0.0


Ink: TypeAlias = Stroke | Fill | Marks | Words
