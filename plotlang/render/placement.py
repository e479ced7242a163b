"""Where texts go beside their places, so that they hide little and none lies on another.

Texts take their cheapest position one after the other; then the one that gains most by moving moves, until none gains:
the discrete gradient descent of Christensen, Marks and Shieber, "An empirical study of algorithms for point-feature
label placement", ACM Transactions on Graphics 14 (1995).
"""

from __future__ import annotations

from math import sqrt
from typing import TYPE_CHECKING, Final

import numpy as np

from plotlang.render.positions import TEXT, TEXT_SHARE, Positions, Surroundings, Texts, positions
from plotlang.render.rectangles import area, common, grown, overlap, reaches

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from plotlang.model.geometry import Array

    Flags = NDArray[np.bool_]
    Indices = NDArray[np.intp]

COVERED: Final = 0.6  # the share of an optional text that lines may hide before it is left out
OVERLAPPED: Final = 0.05  # and the share that may lie on another text
_MOST: Final = 200  # texts that look at each other; of further ones the optional are left out
_MOST_PRICES: Final = 100_000  # pairs of positions that are compared; where texts are many, each tries fewer
_LEAST: Final = 4


def placed(texts: Texts, around: Surroundings) -> tuple[Array, Flags]:
    """The rectangle of each text (4, n), and which texts are to be drawn (n,).

    Optional texts are left out where they would lie on another text or on too many lines.
    """
    found = positions(texts, around)
    which, kept = np.arange(len(texts.gaps)), np.ones(len(texts.gaps), bool)
    kept[_MOST:] = ~texts.optional[_MOST:]
    chosen = np.argmin(found.costs, axis=1)
    descent = _Descent(found, around.seam / 2)
    for _ in range(2):
        chosen[:_MOST] = descent.settled(kept[:_MOST])
        rectangles = found.rectangles[:, which, chosen]
        dense = found.covered[which, chosen] + found.fixed[which, chosen] > COVERED
        kept &= ~(texts.optional & (dense | (found.fixed[which, chosen] > OVERLAPPED)))
        kept[:_MOST] = _apart(rectangles[:, :_MOST], kept[:_MOST], texts.optional[:_MOST])
    return found.rectangles[:, which, chosen], kept


class _Descent:
    """The positions of the first texts while they move: what each costs with the others where they are.

    `prices[p]` (m, m) is what the positions of the text `one[p]` cost for each of those of its neighbour `other[p]`.
    """

    def __init__(self, found: Positions, seam: float) -> None:
        rectangles = grown(found.rectangles[:, :_MOST], seam)
        reach = reaches(rectangles)
        first, second = np.nonzero(np.triu(common(reach[..., None], reach[:, None]), 1))
        tried = max(_LEAST, int(sqrt(_MOST_PRICES / max(len(first), 1))))
        rectangles, self.costs = rectangles[..., :tried], found.costs[:_MOST, :tried].copy()
        self.chosen = np.full(len(self.costs), -1)
        shared = common(rectangles[:, first, :, None], rectangles[:, second, None])
        least = np.minimum(*area(rectangles[..., 0])[np.array((first, second))])[:, None, None]
        prices = TEXT * (shared > 0.0) + TEXT_SHARE * shared / np.maximum(least, 1e-9)
        self.one, other = np.concatenate((first, second)), np.concatenate((second, first))
        self.prices = np.concatenate((prices, prices.transpose(0, 2, 1)))
        order = np.argsort(other, kind="stable")
        self.pairs = np.split(order, np.searchsorted(other[order], np.arange(1, len(self.costs))))

    def settled(self, kept: Flags) -> Indices:
        """The positions when no text gains by moving; texts that are not kept are in nobody's way."""
        for n in np.flatnonzero((self.chosen < 0) & kept):
            self._move(int(n), int(np.argmin(self.costs[n])))
        for n in np.flatnonzero((self.chosen >= 0) & ~kept):
            self._move(int(n), -1)
        which = np.arange(len(self.costs))
        for _ in range(len(which)):
            best = np.argmin(self.costs, axis=1)
            gain = np.where(kept, self.costs[which, self.chosen] - self.costs[which, best], 0.0)
            most = int(np.argmax(gain))
            if gain[most] < 1e-9:
                break
            self._move(most, int(best[most]))
        return self.chosen.copy()

    def _move(self, n: int, to: int) -> None:
        """Put a text at another position, and tell its neighbours; -1 is nowhere."""
        pairs = self.pairs[n]
        if len(pairs):
            for position, sign in ((self.chosen[n], -1.0), (to, 1.0)):
                if position >= 0:
                    self.costs[self.one[pairs]] += sign * self.prices[pairs, :, position]
        self.chosen[n] = to


def _apart(rectangles: Array, kept: Flags, optional: Flags) -> Flags:
    """Those to be kept, without optional ones that lie on another; the last ones go first."""
    kept = kept.copy()
    over = overlap(rectangles[..., None], rectangles[:, None]) > OVERLAPPED
    np.fill_diagonal(over, val=False)
    for n in np.flatnonzero(over.any(axis=1) & optional)[::-1]:
        kept[n] &= not (over[n] & kept).any()
    return kept
