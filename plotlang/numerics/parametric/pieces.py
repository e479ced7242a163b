"""Pieces of a curve in the plane: what bounds of its places and speeds say about them.

A piece is settled if the curve has no points there, or stays outside the view, or is continuous and close to its chord
(Tupper, SIGGRAPH 2001; Moore, Interval Analysis, 1966).
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from plotlang.numerics.bounds import BROKEN, EDGE, EMPTY, PARTIAL

if TYPE_CHECKING:
    from collections.abc import Sequence

    from plotlang.numerics.parametric.curve import Chart
    from plotlang.numerics.realmath import Array

Mask = NDArray[np.bool_]

OPEN, DRAWN, AWAY, NOTHING, CUT, FULL = 0, 1, 2, 3, 4, 5
"""What becomes of a piece: not known yet, a chord, outside the view, no points, a break, too much for chords."""

MARGIN = 16.0
"""Pieces this many pixels outside the view are not looked at."""
CHORD = 0.25
"""A chord is at most this many pixels from its piece of the curve."""
THIN = 0.5
"""A piece within a strip this many pixels wide that goes one way is its chord, too."""
FARTHEST = 1e8
"""Chords end at most this many pixels away."""
MOST_WANTED = 1 << 20
"""Pieces are never asked to be split into more."""


@dataclass(slots=True)
class Pieces:
    """Pieces of the range as arrays; `first` and `last` are the places of the ends in pixels, shape (2, n).

    `marks` as in `bounds`; `wanted` is into how many pieces an open one should be split.
    """

    left: Array
    right: Array
    first: Array
    last: Array
    marks: NDArray[np.uint8]
    state: NDArray[np.int8]
    wanted: NDArray[np.intp]

    def __getitem__(self, where: Mask | slice | NDArray[np.intp]) -> Pieces:
        return Pieces(*[getattr(self, name)[..., where] for name in _FIELDS])

    def __len__(self) -> int:
        return int(self.left.size)

    @property
    def broken(self) -> Mask:
        """Perhaps discontinuous or undefined somewhere."""
        return np.asarray(((self.marks & (BROKEN | PARTIAL)) != 0) | np.isnan(self.first[0] + self.last[0]))


_FIELDS = tuple(each.name for each in fields(Pieces))


def joined(parts: Sequence[Pieces]) -> Pieces:
    """All pieces, one part after the other."""
    if len(parts) == 1:
        return parts[0]
    return Pieces(*[np.concatenate([getattr(part, name) for part in parts], axis=-1) for name in _FIELDS])


def in_order(pieces: Pieces) -> Pieces:
    """The pieces in the order of the parameter."""
    if (pieces.left[:-1] < pieces.left[1:]).all():
        return pieces
    return pieces[np.argsort(pieces.left, kind="stable")]


def measured(chart: Chart, left: Array, right: Array, first: Array, last: Array) -> Pieces:
    """Pieces with what bounds of places and speeds say about them."""
    box, speed, marks = chart.over(left, right)
    width = right - left
    with np.errstate(all="ignore"):
        whole = (marks & (BROKEN | PARTIAL | EMPTY)) == 0
        whole &= (np.maximum(np.abs(first), np.abs(last)) <= FARTHEST).all(axis=0)
        error = _chord_error(speed, width, last - first)
        state = np.where(whole & (error <= CHORD), DRAWN, OPEN).astype(np.int8)
        away = _outside(chart, box[0], box[1])
        away &= ((marks & PARTIAL) == 0) | ((marks & (BROKEN | EDGE)) == BROKEN)
        state[away] = AWAY
        state[(marks & EMPTY) != 0] = NOTHING
        rest = np.flatnonzero((state == OPEN) & whole)
        if rest.size:
            ends, speed = (first[:, rest], last[:, rest]), speed[..., rest]
            state[rest] = _by_tight_bounds(chart, box[..., rest], speed, width[rest], ends)
        wanted = np.where(error < np.inf, np.ceil(np.sqrt(error / CHORD)), 8.0)
    return Pieces(left, right, first, last, marks, state, np.clip(wanted, 2, MOST_WANTED).astype(np.intp))


def _outside(chart: Chart, low: Array, high: Array) -> Mask:
    """Which bounds miss the view."""
    return np.asarray(((high < -MARGIN) | (low > chart.size + MARGIN)).any(axis=0))


def _by_tight_bounds(
    chart: Chart, box: Array, speed: Array, width: Array, ends: tuple[Array, Array]
) -> NDArray[np.int8]:
    """The state of continuous pieces by bounds of their places that ends and speeds tighten."""
    low, high = _tightened(box, speed, width, *ends)
    over = np.maximum(high - np.maximum(*ends), np.minimum(*ends) - low).max(axis=0)
    thin = (high - low).min(axis=0) <= THIN
    state = np.where(thin & (over <= THIN), DRAWN, OPEN).astype(np.int8)
    state[_outside(chart, low, high)] = AWAY
    return state


def _tightened(box: Array, speed: Array, width: Array, first: Array, last: Array) -> tuple[Array, Array]:
    """Bounds of the places, with those that ends and speeds allow: where the steepest lines meet."""
    slow, fast = speed
    step, span = last - first, fast - slow
    tops = first + fast * (step - slow * width) / span
    bottoms = first - slow * (step - fast * width) / span
    known = np.isfinite(tops) & np.isfinite(bottoms)
    high = np.where(known, np.fmin(box[1], np.maximum(tops, np.maximum(first, last))), box[1])
    low = np.where(known, np.fmax(box[0], np.minimum(bottoms, np.minimum(first, last))), box[0])
    return low, high


def _chord_error(speed: Array, width: Array, step: Array) -> Array:
    """The most pixels by which a piece leaves its chord, sideways or past its ends; NaN or inf if not known.

    Across the chord the mean speed is 0 and along it the mean is known, so bounds of the speeds give both.
    """
    middle, room = (speed[0] + speed[1]) / 2, (speed[1] - speed[0]) / 2
    length = np.hypot(step[0], step[1])
    along = np.where(length > 0, step / length, np.array([[1.0], [0.0]]))
    size = np.abs(along)
    across, spread = along[0] * middle[1] - along[1] * middle[0], size[0] * room[1] + size[1] * room[0]
    sideways = width * np.maximum(spread * spread - across * across, 0.0) / (2 * spread)
    sideways = np.where(spread == 0, 0.0, sideways)
    ahead, spread = (along * middle).sum(axis=0), (size * room).sum(axis=0)
    back = np.minimum(ahead - spread, 0.0)
    past = back * (length - (ahead + spread) * width) / (2 * spread)
    return np.asarray(np.maximum(sideways, np.where(back == 0, 0.0, past)))


def even_edges(pieces: Pieces) -> tuple[NDArray[np.intp], Array]:
    """Where to cut each piece into as many equal ones as it wants, for `split_at`."""
    count = pieces.wanted
    owner = np.repeat(np.arange(len(pieces)), count)
    index = np.arange(owner.size) - (np.cumsum(count) - count)[owner]
    return owner, pieces.left[owner] + (pieces.right - pieces.left)[owner] * (index / count[owner])


def split_at(chart: Chart, pieces: Pieces, owner: NDArray[np.intp], left: Array) -> Pieces:
    """Pieces cut at edges: the left ends of the new ones, in order, each with the number of the old one."""
    heads = np.flatnonzero(np.diff(owner, prepend=-1))
    tails = np.append(heads[1:], owner.size) - 1
    inner = np.ones(owner.size, dtype=bool)
    inner[heads] = False
    first = np.empty((2, owner.size))
    first[:, heads] = pieces.first
    first[:, inner] = chart.at(left[inner])
    right, last = np.empty_like(left), np.empty_like(first)
    right[:-1], last[:, :-1] = left[1:], first[:, 1:]
    right[tails], last[:, tails] = pieces.right, pieces.last
    real = left < right
    if not real.all():
        left, right, first, last = left[real], right[real], first[:, real], last[:, real]
    return measured(chart, left, right, first, last)
