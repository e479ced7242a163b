"""Crossings on the sides of cells joined to long paths."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from plotlang.numerics.realmath import Array

Mask: TypeAlias = NDArray[np.bool_]
Index: TypeAlias = NDArray[np.intp]
Numbers: TypeAlias = NDArray[np.int32]

GAP = 3
"""Painted cells of a row up to this distance are one stroke: what lies between is next to one of them."""
MANY = 20_000
"""Crossings above which paths are put in order by scipy, whose import takes longer than a short walk."""
_MORE = np.array([7, 11, 13, 14, 15])
_TWO = np.array([3, 5, 6, 9, 10, 12])
_ENDS = np.zeros((16, 2), dtype=np.intp)
_ENDS[_TWO] = [[0, 1], [0, 2], [1, 2], [0, 3], [1, 3], [2, 3]]
"""By which sides of a cell have a crossing (bits): the two that are joined."""
_PAIRS = {
    False: np.array([[0, 3], [1, 2]]),
    True: np.array([[0, 1], [3, 2]]),
}
"""The sides (bottom, right, top, left) joined in a cell with four crossings; True: the lower left corner is like the
upper right one."""


def chains(around: Numbers, count: int, like: Callable[[Mask], Mask]) -> list[Index]:
    """Crossings (from 0 on) in the order in which paths pass through them; closed paths end where they start.

    `around` holds the numbers (from 1 on, or 0) of the crossings on the lower, right, upper and left sides of cells,
    shape (4, n).  `like` tells of chosen cells whether the height in the middle has the sign of the lower left corner.
    """
    there = around > 0
    code = there[0] + 2 * there[1] + 4 * there[2] + 8 * there[3]
    two, more = np.isin(code, _TWO), np.isin(code, _MORE)
    links = np.full((count, 2), -1, dtype=np.int64)
    _link(links, around[:, two].T - 1, _ENDS[code[two]])
    if more.any():
        same = like(more)
        pair = around[:, more].T - 1
        for case, both in _PAIRS.items():
            for order in both:
                _link(links, pair[same == case], np.broadcast_to(order, (int(np.count_nonzero(same == case)), 2)))
    return _walked(links) if count <= MANY else _ordered(links)


def _link(links: Index, around: Numbers, order: Index) -> None:
    row = np.arange(len(around))
    one, two = around[row, order[:, 0]], around[row, order[:, 1]]
    good = (one >= 0) & (two >= 0)
    one, two, order = one[good], two[good], order[good]
    later = np.array([0, 1, 1, 0])
    links[one, later[order[:, 0]]] = two
    links[two, later[order[:, 1]]] = one


def _walked(links: Index) -> list[Index]:
    here, there = links[:, 0].tolist(), links[:, 1].tolist()
    seen = bytearray(len(here))
    found = []
    ends = np.flatnonzero((links < 0).any(axis=1)).tolist()
    for starts in (ends, range(len(here))):
        for start in starts:
            if seen[start]:
                continue
            path: list[int] = []
            append, last, now = path.append, -1, start
            while now >= 0 and not seen[now]:
                seen[now] = 1
                append(now)
                following = here[now]
                last, now = now, there[now] if following < 0 or following == last else following
            if now == start and len(path) > 2:
                path.append(start)
            found.append(np.array(path))
    return found


def _ordered(links: Index) -> list[Index]:
    """As `_walked`, for many crossings: one depth-first walk, which goes from the end of each path to the next path."""
    from scipy.sparse import csr_array
    from scipy.sparse.csgraph import connected_components, depth_first_order

    size, degree = len(links), (links >= 0).sum(axis=1)
    nodes, lone = np.arange(size), np.flatnonzero(degree < 2)
    graph = csr_array((np.ones(degree.sum()), links[links >= 0], np.append(0, np.cumsum(degree))), (size, size))
    count, label = connected_components(graph, directed=False)
    first, last = np.empty(count, dtype=np.intp), np.empty(count, dtype=np.intp)
    first[label[::-1]] = nodes[::-1]
    last[:] = links[first, 1]
    first[label[lone[::-1]]], last[label[lone]] = lone[::-1], lone
    wide = np.column_stack([links, np.full(size, -1)])
    wide[last[:-1], 2] = first[1:]
    indices, indptr = wide[wide >= 0], np.append(0, np.cumsum((wide >= 0).sum(axis=1)))
    graph = csr_array((np.ones(indices.size), indices, indptr), (size, size))
    order = depth_first_order(graph, first[0], directed=True, return_predecessors=False)
    paths: list[Index] = np.split(order.astype(np.intp), np.flatnonzero(np.diff(label[order])) + 1)
    closed = np.ones(count, dtype=bool)
    closed[label[lone]] = False
    return [np.append(path, path[0]) if closed[label[path[0]]] and path.size > 2 else path for path in paths]


def runs(cells: Index, columns: int) -> tuple[Array, Array, Array]:
    """Painted cells (sorted numbers) as strokes along rows, small gaps closed: the row and both ends of each."""
    row, column = np.divmod(cells, columns)
    breaks = np.flatnonzero((np.diff(cells) > GAP) | (np.diff(row) > 0))
    first, last = np.concatenate([[0], breaks + 1]), np.concatenate([breaks, [cells.size - 1]])
    return row[first] + 0.5, column[first] + 0.1, column[last] + 0.9


def cut(paths: Sequence[Array], keep: Callable[[Array, Index], Mask]) -> list[Array]:
    """The parts of paths whose points are kept, where there are at least two in a row.

    `keep` gets the points of all paths, shape (n, 2), and where each path ends among them (excluded).
    """
    if not paths:
        return []
    points, ends = np.concatenate(paths), np.cumsum([len(path) for path in paths])
    kept = keep(points, ends)
    if kept.all():
        return list(paths)
    turned = np.append(False, np.diff(kept))
    turned[ends[:-1]] = True
    turns = np.flatnonzero(turned)
    parts, good = np.split(points, turns), kept[np.append(0, turns)]
    return [part for part, each in zip(parts, good.tolist(), strict=True) if each and len(part) > 1]
