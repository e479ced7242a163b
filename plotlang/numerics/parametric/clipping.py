"""Paths cut off far outside a view."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from plotlang.numerics.realmath import Array

ROOM = 1.0
"""What is farther outside than this many sizes of the view is cut off."""


def clipped(path: Array, size: Array) -> list[Array]:
    """The parts of a path (places of shape (2, n), in pixels) near a view of some size, shape (2, 1).

    Each segment is cut exactly (Liang and Barsky, ACM Transactions on Graphics 3, 1984), so no direction changes.
    """
    low, high = -ROOM * size, (1.0 + ROOM) * size
    if bool(((path >= low) & (path <= high)).all()):
        return [path]
    start, step = path[:, :-1], np.diff(path, axis=1)
    with np.errstate(all="ignore"):
        one, two = (low - start) / step, (high - start) / step
        flat, within = step == 0, (start >= low) & (start <= high)
        enter = np.where(flat, np.where(within, 0.0, np.inf), np.minimum(one, two)).max(axis=0)
        leave = np.where(flat, np.where(within, 1.0, -np.inf), np.maximum(one, two)).min(axis=0)
    enter, leave = np.maximum(enter, 0.0), np.minimum(leave, 1.0)
    kept = np.flatnonzero(enter < leave)
    if kept.size == 0:
        return []
    begin, end = start[:, kept] + step[:, kept] * enter[kept], start[:, kept] + step[:, kept] * leave[kept]
    end = np.where(leave[kept] == 1.0, path[:, kept + 1], end)
    follows = (np.diff(kept) == 1) & (leave[kept[:-1]] == 1.0) & (enter[kept[1:]] == 0.0)
    turns = np.flatnonzero(~follows) + 1
    heads, tails = np.concatenate([[0], turns]), np.concatenate([turns, [kept.size]])
    return [np.hstack([begin[:, i:j], end[:, j - 1 : j]]) for i, j in zip(heads.tolist(), tails.tolist(), strict=True)]
