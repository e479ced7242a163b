"""The dress of a picture: its colours, and its sizes in CSS pixels at 600×400."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from plotlang.model.margins import scale

if TYPE_CHECKING:
    from plotlang.model.drawing import Drawing

PX_PER_POINT: Final = 96 / 72

PAPER: Final = "#ffffff"
TEXT: Final = "#2b2b2b"
QUIET: Final = "#5f6368"
GRID: Final = "#dfe3e8"
FINE_GRID: Final = "#f1f3f5"
FRAME: Final = "#c9cdd2"
AXIS: Final = "#4a4f55"

FAMILY: Final = "DejaVu Sans"
MATH_FONTS: Final = "stix"
HALO: Final = 0.24  # of the font size, the width of the white seam of a word: half of it on each side of a letter
TEXT_HALO: Final = 0.36  # of a text that may lie on lines
NUMBER_HALO: Final = 0.62  # of a number there: no line may look like a colon or a minus sign between digits
FILL_OPACITY: Final = 0.18
CAP_HEIGHT: Final = 0.73  # of DejaVu Sans, as a share of the font size

DASHES: Final[dict[str, tuple[float, ...] | None]] = {  # in line widths
    "solid": None,
    "dashed": (3.6, 2.0),
    "dotted": (1.1, 1.6),
    "dashdot": (4.0, 1.6, 1.1, 1.6),
}


@dataclass(frozen=True, slots=True)
class Sizes:
    """Sizes in CSS pixels, grown to the size of the picture; `unit` is that growth."""

    unit: float
    tick: float
    label: float
    title: float
    caption: float
    legend: float
    dot: float

    def points(self, width: float) -> float:
        """A width in points as CSS pixels."""
        return width * PX_PER_POINT * self.unit


def sizes(drawing: Drawing) -> Sizes:
    """The sizes for this picture."""
    unit = scale(drawing)
    return Sizes(unit, 12.5 * unit, 14.5 * unit, 17.0 * unit, 13.0 * unit, 15.0 * unit, 4.4 * unit)


def mixed(color: str, other: str, share: float) -> str:
    """The colour with a share (0…1) of another one mixed in; both as ``#rrggbb``."""
    pairs = zip(channels(color), channels(other), strict=True)
    return "#" + "".join(f"{round(255 * (a + (b - a) * share)):02x}" for a, b in pairs)


def channels(color: str) -> tuple[float, float, float]:
    """Red, green and blue of ``#rrggbb`` or ``#rgb``, each from 0 to 1; what is no colour is black."""
    digits = color.removeprefix("#")
    if len(digits) == 3:
        digits = "".join(2 * digit for digit in digits)
    try:
        n = int(digits[:6], 16)
    except ValueError:
        n = 0
    return (n >> 16 & 255) / 255, (n >> 8 & 255) / 255, (n & 255) / 255
