"""Text as outlines, kept in memory: the same for every size and for every kind of file."""

from __future__ import annotations

import warnings
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final

import matplotlib as mpl
import numpy as np
from matplotlib.font_manager import FontProperties, fontManager
from matplotlib.path import Path
from matplotlib.textpath import text_to_path

from plotlang.render.style import FAMILY, MATH_FONTS

if TYPE_CHECKING:
    from numpy.typing import ArrayLike

_LAST_OWN_LETTER: Final = 0x2FFF  # DejaVu Sans has most letters up to here
_OTHER_FAMILIES: Final = (
    "Noto Sans CJK SC", "Noto Sans CJK JP", "WenQuanYi Zen Hei", "Hiragino Sans", "PingFang SC", "Microsoft YaHei",
    "Yu Gothic", "Malgun Gothic", "Arial Unicode MS", "Segoe UI Emoji", "Noto Sans Symbols2",
)  # fmt: skip
_SETTINGS: Final = (
    "mathtext.default", "mathtext.fallback", "mathtext.rm", "mathtext.it", "mathtext.bf", "mathtext.cal",
    "text.hinting", "text.antialiased", "text.kerning_factor", "text.usetex",
)  # fmt: skip


@dataclass(frozen=True, slots=True, eq=False)
class Letters:
    """One line of text at font size 1: its outline from the start of the base line, and its measures."""

    path: Path
    width: float
    height: float
    depth: float


def measure(text: str, size: float, *, math: bool) -> tuple[float, float, float]:
    """Width, height and the part of it below the base line, in the unit of `size`; raises on malformed mathtext."""
    found = letters(text, math=math)
    return found.width * size, found.height * size, found.depth * size


@lru_cache(1024)
def letters(text: str, *, math: bool) -> Letters:
    """The outlines of a text; mathtext (without dollar signs) if `math`, else every character for itself."""
    font = FontProperties(family=list(_families(text)), size=text_to_path.FONT_SCALE, math_fontfamily=MATH_FONTS)
    typed = f"${text}$" if math else text
    with mpl.rc_context(_defaults()), warnings.catch_warnings():
        warnings.simplefilter("ignore")  # letters that no font has
        sizes = text_to_path.get_text_width_height_descent(typed, font, math)
        vertices, codes = text_to_path.get_text_path(font, typed, ismath=math)
    width, height, depth = (float(length) / text_to_path.FONT_SCALE for length in sizes)
    return Letters(_path(vertices, codes), width, height, depth)


def _path(vertices: ArrayLike, codes: ArrayLike) -> Path:
    if not np.size(vertices):
        return Path([(0.0, 0.0)])
    path = Path(np.array(vertices) / text_to_path.FONT_SCALE, codes)
    path.should_simplify = False
    return path


@lru_cache(1)
def _defaults() -> dict[Any, Any]:
    """The settings that matplotlib comes with, whatever the user's are."""
    return {name: mpl.rcParamsDefault[name] for name in _SETTINGS if name in mpl.rcParamsDefault}


def _families(text: str) -> tuple[str, ...]:
    if all(ord(char) <= _LAST_OWN_LETTER for char in text):
        return (FAMILY,)
    present = {font.name for font in fontManager.ttflist}
    return (FAMILY, *(name for name in _OTHER_FAMILIES if name in present))
