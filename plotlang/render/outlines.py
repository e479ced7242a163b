"""Outlines turned so that filling by the non-zero rule, which renderers use, equals the even-odd rule."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from plotlang.model.geometry import Array

_MANY: Final = 300


def oriented(outlines: Sequence[Array]) -> list[Array]:
    """Outlines of shape (n, 2), anticlockwise if inside an even number of others, else clockwise.

    Exact for outlines that cross neither themselves nor each other; very many are left as they are.
    """
    if not 1 < len(outlines) <= _MANY:
        return list(outlines)
    boxes = [(outline.min(axis=0), outline.max(axis=0)) for outline in outlines]
    depths = [_depth(n, outlines, boxes) for n in range(len(outlines))]
    turned = (depth % 2 == 1 for depth in depths)
    return [
        outline[::-1] if (area(outline) < 0) != turn else outline
        for outline, turn in zip(outlines, turned, strict=True)
    ]


def area(outline: Array) -> float:
    """The signed area of a polygon, positive if anticlockwise."""
    x, y = (outline - outline[0]).T
    return float(np.dot(x, np.roll(y, -1)) - np.dot(y, np.roll(x, -1))) / 2.0


def contains(outline: Array, point: Array) -> bool:
    """Whether a point of shape (2,) lies inside, by counting the edges that a ray to the right meets."""
    x, y = outline.T
    next_x, next_y = np.roll(x, -1), np.roll(y, -1)
    crossing = (y > point[1]) != (next_y > point[1])
    with np.errstate(all="ignore"):
        meets = x + (point[1] - y) / (next_y - y) * (next_x - x)
    return bool(np.count_nonzero(crossing & (meets > point[0])) % 2)


def _depth(n: int, outlines: Sequence[Array], boxes: Sequence[tuple[Array, Array]]) -> int:
    """In how many other outlines the n-th one lies."""
    point = outlines[n][0]
    near = (i for i, (low, high) in enumerate(boxes) if i != n and (low <= point).all() and (point <= high).all())
    return sum(contains(outlines[i], point) for i in near)
