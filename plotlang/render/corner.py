"""Where in the axes a box hides least of what is drawn."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from plotlang.render.ink import Marks, Stroke, Words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from plotlang.model.geometry import Array
    from plotlang.model.margins import Box
    from plotlang.render.ink import Ink

_MOST: Final = 600  # places looked at on each path
_LAST: Final = (0, 1, 2, 3, 8, 10)  # what a place may hide more than the first before it is given up
_SPACING: Final = 4.0  # CSS pixels between them


def corner(box: Box, size: tuple[float, float], curves: Sequence[Ink], mode: str, unit: float) -> tuple[float, float]:
    """The lower left corner, in CSS pixels, for a box of (width, height); `mode` may ask for "left" or "right".

    The right side wins over the left and the top over the bottom, unless more would be hidden there; the middles
    of the sides come last.
    """
    away = 9.0 * unit
    left, right = box.left + away, box.right - away - size[0]
    bottom, top = box.bottom + away, box.top - away - size[1]
    middle, center = (bottom + top) / 2, (left + right) / 2
    places = {
        "right": [(right, top), (right, bottom), (right, middle)],
        "left": [(left, top), (left, bottom), (left, middle)],
    }.get(mode, [(right, top), (left, top), (right, bottom), (left, bottom), (center, top), (center, bottom)])
    points = [*_places(curves, box)]
    if not points:
        return places[0]
    crowd = np.vstack(points)
    costs = [_hidden(crowd, place, size, 5.0 * unit) + _LAST[n] for n, place in enumerate(places)]
    return places[int(np.argmin(costs))]


def _hidden(crowd: Array, place: tuple[float, float], size: tuple[float, float], seam: float) -> int:
    x, y = crowd[:, 0] - place[0], crowd[:, 1] - place[1]
    return int(np.count_nonzero((x > -seam) & (x < size[0] + seam) & (y > -seam) & (y < size[1] + seam)))


def _places(curves: Sequence[Ink], box: Box) -> Iterator[Array]:
    """Points spread evenly along the lines, and several for each mark and word."""
    low, high = (box.left - 9.0, box.bottom - 9.0), (box.right + 9.0, box.top + 9.0)
    for ink in curves:
        if isinstance(ink, Stroke):
            yield from (spread(np.clip(path, low, high)) for path in ink.paths)
        elif isinstance(ink, Marks):
            yield np.repeat(ink.points, 6, axis=0)
        elif isinstance(ink, Words):
            yield np.array([(ink.x + step * 6.0, ink.y) for step in range(8)])


def spread(path: Array) -> Array:
    """A path of shape (n, 2) with points every few CSS pixels instead of where it bends; at most 600."""
    lengths = np.hypot(*np.diff(path, axis=0).T)
    total = float(lengths.sum())
    if len(path) > _MOST or not total:
        return path[:: max(1, len(path) // _MOST)]
    along = np.concatenate(([0.0], np.cumsum(lengths)))
    wanted = np.linspace(0.0, total, min(_MOST, int(total / _SPACING) + 2))
    return np.column_stack((np.interp(wanted, along, path[:, 0]), np.interp(wanted, along, path[:, 1])))
