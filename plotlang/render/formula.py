"""A formula of running text as a picture in it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from plotlang.render.glyphs import outline
from plotlang.render.letters import letters

_EM: Final = 1000
_LONGEST: Final = 1000
_SEAM: Final = 0.06  # of the font size, around the letters


@dataclass(frozen=True, slots=True)
class Formula:
    """A formula as SVG: its path, and its measures as shares of the font size, `depth` of them below the base line."""

    path: str
    width: float
    height: float
    depth: float

    @property
    def box(self) -> str:
        """The part of the plane that it fills, as a ``viewBox``."""
        sides = (-_SEAM, self.depth - self.height, self.width, self.height)
        return " ".join(str(round(side * _EM)) for side in sides)


@lru_cache(512)
def formula(tex: str) -> Formula | None:
    """The picture of a formula, None for one that mathtext can't set."""
    text = " ".join(tex.split())
    if not text or len(text) > _LONGEST:
        return None
    try:
        found = letters(text, math=True)
    except Exception:  # noqa: BLE001  matplotlib's parser fails in many ways
        return None
    depth = found.depth + _SEAM
    return Formula(outline((text, True), _EM), found.width + 2 * _SEAM, found.height + 2 * _SEAM, depth)
