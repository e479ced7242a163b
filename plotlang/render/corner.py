"""Where in the axes the legend hides least of what is drawn."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from plotlang.render.rectangles import grown, overlap, squared_distance

if TYPE_CHECKING:
    from plotlang.model.geometry import Array
    from plotlang.model.margins import Box
    from plotlang.render.crowd import Crowd

_CLASSES: Final = (20.0, 50.0, 100.0, 200.0, 400.0)  # CSS pixels of hidden lines up to which a place is as good
_DOT: Final = 25.0  # CSS pixels of lines that a hidden dot counts as
_LABEL: Final = 60.0  # and a hidden label
_SEAM: Final = 4.0  # CSS pixels around the legend that lines had better keep clear of
_CORNER, _MIDDLE, _EDGE = 0.0, 0.6, 1.2  # how many classes a place must be better to win over those before it


def corner(
    box: Box, size: tuple[float, float], crowd: Crowd, words: Array, mode: str, unit: float
) -> tuple[float, float]:
    """The lower left corner, in CSS pixels, for a legend of (width, height); `mode` may ask for "left" or "right".

    The legend stands in a corner, the right ones before the left ones and the upper before the lower, unless it hides
    much there; then in the middle of a side, then somewhere else along the upper or the lower side.  What is hidden is
    told in coarse classes, and of places in the same class the first wins: a curve that moves a little leaves the
    legend where it is until a class changes, and a few pixels of one curve never send it across the picture.
    `words` (4, k) are rectangles of labels.
    """
    places, ranks = _places(box, size, mode, 9.0 * unit)
    rectangles = grown(np.concatenate((places, places + np.array(size)[:, None])), _SEAM * unit)
    hidden = crowd.length(rectangles) / unit
    hidden += _DOT * (squared_distance(rectangles[..., None], *crowd.dots[:2]) <= 0.0).sum(axis=1)
    hidden += _LABEL * overlap(rectangles[..., None], words[:, None]).sum(axis=1)
    best = int(np.argmin(np.searchsorted(_CLASSES, hidden) + ranks))
    return float(places[0, best]), float(places[1, best])


def _places(box: Box, size: tuple[float, float], mode: str, away: float) -> tuple[Array, Array]:
    """Lower left corners (2, n) from the first choice to the last, and their ranks (n,)."""
    low = np.array([box.left, box.bottom]) + away
    high = np.maximum(np.array([box.right, box.top]) - away - size, low)
    corners, sides = [(1.0, 1.0), (0.0, 1.0), (1.0, 0.0), (0.0, 0.0)], [(0.5, 1.0), (0.5, 0.0), (1.0, 0.5), (0.0, 0.5)]
    along = [(share, level) for share in (0.75, 0.25, 0.625, 0.375, 0.875, 0.125) for level in (1.0, 0.0)]
    if mode in ("left", "right"):
        x = float(mode == "right")
        corners, sides, along = [(x, 1.0), (x, 0.0)], [(x, 0.5)], []
    shares = np.array([*corners, *sides, *along])
    ranks = np.repeat((_CORNER, _MIDDLE, _EDGE), (len(corners), len(sides), len(along)))
    return (low + shares * (high - low)).T, ranks
