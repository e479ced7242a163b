"""Level rectangles as arrays (4, …) in CSS pixels: left, bottom, right, top.

The coordinates come first: numpy is many times faster on long last axes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from plotlang.model.geometry import Array
    from plotlang.model.margins import Box


def sides(box: Box) -> Array:
    """A box as a rectangle, (4,)."""
    return np.array([box.left, box.bottom, box.right, box.top], float)


def grown(rectangles: Array, by: float | Array) -> Array:
    """The rectangles with their sides moved outwards."""
    left, bottom, right, top = rectangles
    return np.stack((left - by, bottom - by, right + by, top + by))


def area(rectangles: Array) -> Array:
    """The areas, in square CSS pixels."""
    left, bottom, right, top = rectangles
    found: Array = (right - left) * (top - bottom)
    return found


def common(one: Array, other: Array) -> Array:
    """The areas that rectangles, broadcast against each other, have in common."""
    width = np.minimum(one[2], other[2]) - np.maximum(one[0], other[0])
    height = np.minimum(one[3], other[3]) - np.maximum(one[1], other[1])
    found: Array = np.maximum(width, 0.0) * np.maximum(height, 0.0)
    return found


def overlap(one: Array, other: Array) -> Array:
    """Which share of the smaller one of two rectangles, broadcast against each other, lies in both."""
    found: Array = common(one, other) / np.maximum(np.minimum(area(one), area(other)), 1e-9)
    return found


def reaches(groups: Array) -> Array:
    """The rectangle around each group of rectangles, (4, n, m) → (4, n)."""
    return np.concatenate((groups[:2].min(axis=2), groups[2:].max(axis=2)))


def meeting(groups: Array, others: Array) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """The numbers of the groups (4, n, m) and of the rectangles (4, k) that may meet, pair by pair."""
    first, second = np.nonzero(common(reaches(groups)[..., None], others[:, None]) > 0.0)
    return first, second


def squared_distance(rectangles: Array, x: Array, y: Array) -> Array:
    """The squares of how far places lie from rectangles (4, …), broadcast; 0 inside."""
    left, bottom, right, top = rectangles
    across = np.maximum(np.maximum(left - x, x - right), 0.0)
    up = np.maximum(np.maximum(bottom - y, y - top), 0.0)
    found: Array = across * across + up * up
    return found
