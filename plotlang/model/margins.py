"""Where the axes lie in a picture: fixed margins, so that limits can be chosen before anything is drawn."""

from __future__ import annotations

from dataclasses import dataclass
from math import exp, log
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from plotlang.model.drawing import Drawing

MAX_LINES: Final = 3
_LEAST: Final = 0.4  # share of the width and of the height that the axes keep in any case


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle in CSS pixels, measured from the lower left corner of the picture."""

    left: int
    bottom: int
    width: int
    height: int

    @property
    def right(self) -> int:
        """The right edge in CSS pixels."""
        return self.left + self.width

    @property
    def top(self) -> int:
        """The upper edge in CSS pixels."""
        return self.bottom + self.height


def scale(drawing: Drawing) -> float:
    """How much larger than at 600×400 text and lines are drawn, from 0.8 to 2.2: they grow slower than the picture."""
    return min(2.2, max(0.8, exp(0.35 * log(drawing.width * drawing.height / 240_000))))


def text_lines(text: str) -> tuple[str, ...]:
    """The lines of a title or caption, at most three; none for a blank text."""
    return tuple(line for line in text.splitlines() if line.strip())[:MAX_LINES]


def axes_box(drawing: Drawing) -> Box:
    """The rectangle of the axes, in whole CSS pixels; it depends on no limits and no items."""
    left, right, bottom, top = (round(side * scale(drawing)) for side in _margins(drawing))
    left, right = _fit(left, right, drawing.width)
    bottom, top = _fit(bottom, top, drawing.height)
    return Box(left, bottom, max(1, drawing.width - left - right), max(1, drawing.height - bottom - top))


def axes_pixels(drawing: Drawing) -> tuple[int, int]:
    """Width and height of the axes in CSS pixels: choose limits in this ratio and units are equally long."""
    box = axes_box(drawing)
    return box.width, box.height


def _margins(drawing: Drawing) -> tuple[float, float, float, float]:
    """The left, right, lower and upper margin in CSS pixels, at scale 1."""
    labelled = drawing.frame in ("lines", "box")
    left, right, bottom, top = (48.0, 16.0, 30.0, 12.0) if labelled else (14.0, 14.0, 14.0, 14.0)
    if drawing.frame == "origin":
        right, top = right + 4.0, top + 4.0 + 6.0 * bool(text_lines(drawing.title))
    if labelled:
        left += 22.0 * bool(drawing.y.label)
        bottom += 22.0 * bool(drawing.x.label)
    if drawing.legend == "labels":
        right += 0.16 * drawing.width / scale(drawing)
    top += 25.0 * len(text_lines(drawing.title))
    bottom += 20.0 * len(text_lines(drawing.caption))
    return left, right, bottom, top


def _fit(first: int, second: int, whole: int) -> tuple[int, int]:
    """Two opposite margins, shrunk together where they leave too little of the whole."""
    room = whole * (1.0 - _LEAST)
    if first + second <= room:
        return first, second
    share = room / (first + second)
    return int(first * share), int(second * share)
