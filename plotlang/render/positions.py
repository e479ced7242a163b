"""The positions that a text may take beside its place, and what each would hide.

Which sides are preferred follows Imhof, "Positioning names on maps" (1975): to the upper right first, and away from the
lines at the place.  All that is counted changes smoothly when a curve moves, so that labels seldom jump while a slider
is dragged.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from plotlang.render.rectangles import grown, meeting, overlap, sides, squared_distance

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from plotlang.model.geometry import Array
    from plotlang.model.margins import Box
    from plotlang.render.crowd import Crowd

_SIDES: Final = np.array(  # direction to the right and upwards, cost
    [
        (1, 1, 0.0), (0, 1, 0.06), (-1, 1, 0.12), (1, 0, 0.14), (1, -1, 0.12), (-1, -1, 0.16), (0, -1, 0.07),
        (-1, 0, 0.18), (0.5, 1, 0.09), (-0.5, 1, 0.12), (0.5, -1, 0.1), (-0.5, -1, 0.14),
    ]
)  # fmt: skip
_DISTANCES: Final = np.array([(1.0, 0.0), (1.7, 0.18), (2.6, 0.5)])  # times the gap, cost
_SLANTED: Final = 0.75  # of the gap along each axis, at a slanted side
_PULL: Final = 1.2  # what each cost weighs
_REACH: Final = 40.0  # CSS pixels around a place in which lines pull
_SHIFT: Final = 0.4
_LINES: Final = 6.0
_LINES_FREE: Final = 0.02  # share of a text that lines may touch without a cost
_ZERO_LINE: Final = 0.22
_DOT: Final = 1.2
_DOUBT: Final = 0.3
_FAR: Final = 15.0  # CSS pixels from a dot, where no text seems to belong to it
TEXT: Final = 1.5
TEXT_SHARE: Final = 5.0
_FEW: Final = 30  # texts, from which on fewer positions are looked at
_BEST: Final = (18, 10)  # how many positions a text takes into account, of few and of many texts


@dataclass(frozen=True, slots=True, eq=False)
class Texts:
    """Texts to be placed, in the order in which they choose.

    `places` (2, n), x and y, and `extents` (2, n), width and height, in CSS pixels; `gaps` (n,) is how far each keeps
    from its place; `optional` (n,) tells which may be left out.
    """

    places: Array
    extents: Array
    gaps: Array
    optional: NDArray[np.bool_]


@dataclass(frozen=True, slots=True, eq=False)
class Surroundings:
    """What texts keep clear of.

    They stay in `box`, `seam` CSS pixels from its sides and from each other.  `fixed` (4, k) are the rectangles of the
    legend and of texts that don't move; `zeros` are the x of upright and the y of level zero lines.
    """

    box: Box
    unit: float
    seam: float
    crowd: Crowd
    fixed: Array
    zeros: tuple[list[float], list[float]]


@dataclass(frozen=True, slots=True, eq=False)
class Positions:
    """The rectangles of the positions of each text (4, n, m), the cheapest first.

    `costs` (n, m) tell how bad each is while there are no other texts, `covered` and `fixed` (n, m) which share of it
    lies on lines and on fixed rectangles.
    """

    rectangles: Array
    costs: Array
    covered: Array
    fixed: Array


def positions(texts: Texts, around: Surroundings) -> Positions:
    """The cheapest positions of each text; moved into the box where they leave it."""
    rectangles, costs = _candidates(texts, around)
    covered = around.crowd.share(rectangles)
    fixed = _on_fixed(rectangles, grown(around.fixed, around.seam))
    costs += _LINES * np.maximum(covered - _LINES_FREE, 0.0)
    costs += TEXT * (fixed > 0.0) + TEXT_SHARE * fixed
    costs += _mistaken(rectangles, texts.places, around.crowd.dots, around.unit)
    costs += _ZERO_LINE * _crossed(rectangles, around.zeros)
    best = np.argsort(costs, axis=1, kind="stable")[:, : _BEST[len(costs) > _FEW]]
    which = np.arange(len(costs))[:, None]
    return Positions(rectangles[:, which, best], costs[which, best], covered[which, best], fixed[which, best])


def _candidates(texts: Texts, around: Surroundings) -> tuple[Array, Array]:
    distances = _DISTANCES if len(texts.gaps) <= _FEW else _DISTANCES[:2]
    across, up, cost = np.repeat(_SIDES, len(distances), axis=0).T
    far, price = np.tile(distances, (len(_SIDES), 1)).T
    steps = np.trunc((across, up)) * far
    steps[:, np.abs(steps).min(axis=0) > 0.0] *= _SLANTED
    half = texts.extents[:, :, None] / 2
    middles = texts.places[:, :, None] + texts.gaps[:, None] * steps[:, None] + np.array((across, up))[:, None] * half
    box = grown(sides(around.box), -around.seam)[:, None, None]
    inside = np.minimum(middles, box[2:] - half)
    inside = np.maximum(inside, box[:2] + half)
    shift = np.abs(inside - middles).max(axis=0) / np.maximum(texts.extents[1, :, None], 1.0)
    costs = cost + price + _SHIFT * shift + _PULL * _towards_lines(texts, around, across, up)
    return np.concatenate((inside - half, inside + half)), costs


def _towards_lines(texts: Texts, around: Surroundings, across: Array, up: Array) -> Array:
    """How much each side (m,) is the one to which the lines around the places lie, (n, m) from 0 to 1."""
    x, y = around.crowd.pull(texts.places, _REACH * around.unit)[:, :, None]
    strength = np.hypot(x, y)
    cosine = (x * across + y * up) / (np.hypot(across, up) * np.maximum(strength, 1e-9))
    found: Array = np.sqrt(strength) * (1.0 + cosine) / 2
    return found


def _on_fixed(rectangles: Array, fixed: Array) -> Array:
    """The overlap of each position (4, n, m) with all fixed rectangles (4, k), summed: (n, m)."""
    found = np.zeros(rectangles.shape[1:])
    texts, others = meeting(rectangles, fixed)
    np.add.at(found, texts, overlap(rectangles[:, texts], fixed[:, others, None]))
    return found


def _mistaken(rectangles: Array, places: Array, dots: Array, unit: float) -> Array:
    """The cost of dots (3, k), x, y, radius, that a text at a position (4, n, m) hides or seems to belong to.

    A text seems to belong to another dot if that is not much farther away than its own place.
    """
    found = np.zeros(rectangles.shape[1:])
    far = _FAR * unit
    texts, others = meeting(rectangles, np.concatenate((dots[:2] - far, dots[:2] + far)))
    own = squared_distance(rectangles, *places[:, :, None])[texts]
    x, y, radius = dots[:, others, None]
    distance = squared_distance(rectangles[:, texts], x, y)
    mine = np.abs(places[:, texts] - dots[:2, others]).max(axis=0) < unit
    doubt = np.minimum(2.0 * np.sqrt(own / np.maximum(distance, 1e-9)), 3.0) - 1.0
    cost = _DOUBT * np.maximum(doubt, 0.0) * ((distance < far * far) & ~mine[:, None])
    np.add.at(found, texts, cost + _DOT * (distance < (radius + unit) ** 2))
    return found


def _crossed(rectangles: Array, zeros: tuple[list[float], list[float]]) -> Array:
    """How many zero lines pass through each position."""
    found = np.zeros(rectangles.shape[1:])
    for axis, lines in enumerate(zeros):
        for line in lines:
            found += (rectangles[axis] < line) & (rectangles[axis + 2] > line)
    return found
