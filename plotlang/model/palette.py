"""The colours a curve can have: the palettes, the colours by name, and the look of the n-th curve."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Literal

from plotlang.model.drawing import Look

if TYPE_CHECKING:
    from collections.abc import Mapping

Line = Literal["solid", "dashed", "dotted", "dashdot"]

LINES: Final[tuple[Line, ...]] = ("solid", "dashed", "dashdot", "dotted")

# "default" is Okabe and Ito's set without yellow, told apart under every kind of colour blindness;
# "petroff" is Petroff's set of eight (arXiv:2107.02270), the least vivid one left out.
PALETTES: Final[Mapping[str, tuple[str, ...]]] = {
    "default": ("#0072b2", "#d55e00", "#009e73", "#cc79a7", "#56b4e9", "#e69f00", "#000000"),
    "petroff": ("#1845fb", "#ff5e02", "#c91f16", "#c849a9", "#86c8dd", "#578dff", "#656364"),
    "bw": ("#000000", "#777777"),
    "tactile": ("#000000",),
}

# Widths in points; on swell paper a thin line is not felt.
_WIDTHS: Final[Mapping[str, tuple[float, ...]]] = {"tactile": (3.5, 2.0, 5.0)}
_LINES_FIRST: Final = frozenset({"bw", "tactile"})

COLORS: Final[Mapping[str, str]] = {
    "blue": "#0072b2",
    "orange": "#d55e00",
    "green": "#009e73",
    "red": "#d62728",
    "purple": "#7b3fa0",
    "violet": "#7b3fa0",
    "brown": "#8c564b",
    "pink": "#d6569b",
    "magenta": "#c2188f",
    "gray": "#707070",
    "grey": "#707070",
    "black": "#000000",
    "white": "#ffffff",
    "sky": "#3a9bd9",
    "cyan": "#0097a7",
    "teal": "#00796b",
    "turquoise": "#0f9f95",
    "gold": "#c98f00",
    "yellow": "#d9a400",
    "navy": "#1f3a7a",
    "indigo": "#4b4fc4",
    "olive": "#7a7a1e",
    "lime": "#5f9e00",
    "maroon": "#8b1a2b",
    "crimson": "#c2183c",
    "coral": "#e4572e",
    "salmon": "#e0705c",
    "tan": "#a67c52",
    "silver": "#8f979e",
}


def look(index: int, palette: str = "default") -> Look:
    """The look of curve `index`, counted from 0, in a palette; an unknown palette is the default one.

    Colours come first and line styles change once the colours are used up, from the 8th curve on; in "bw" and
    "tactile" line styles come first.  Looks repeat at last.
    """
    colors = PALETTES.get(palette, PALETTES["default"])
    n = len(LINES) if palette in _LINES_FIRST else len(colors)
    turn, place = divmod(max(index, 0), n)
    widths = _WIDTHS.get(palette, (2.0,))
    if palette in _LINES_FIRST:
        return Look(colors[turn % len(colors)], LINES[place], widths[turn % len(widths)])
    return Look(colors[place], LINES[turn % len(LINES)], widths[0])
