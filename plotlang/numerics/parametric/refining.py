"""Cutting the range of a parameter into pieces of a curve, each of them understood.

Only pieces that are not settled are split, all together, level by level: continuous ones into as many as the bounds of
the speed ask for, breaks down to neighbouring floats.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from plotlang.numerics.parametric.breaks import edges_around, finest, hide, narrowed
from plotlang.numerics.parametric.pieces import (
    CUT,
    DRAWN,
    FULL,
    OPEN,
    Pieces,
    even_edges,
    in_order,
    joined,
    measured,
    split_at,
)

if TYPE_CHECKING:
    from plotlang.numerics.parametric.curve import Chart

Mask = NDArray[np.bool_]

FIRST = 64
LEVELS = 32
MOST_PIECES, MOST_COSTLY = 40.0, 3.0
"""Pieces computed on one level, for each pixel of two edges of the view; the second for sums and integrals."""
HOPELESS = 4
"""Pieces that ask for so many times more are given up at once."""
MOST_SPLIT = 16
MANY_BREAKS, SPLIT_BREAK = 1200, 8
ISOLATING = 5
"""Levels on which breaks are looked for that stand alone."""
CROWD = 512
"""Once the limit was met, more continuous pieces than these are not split any more."""


@dataclass(slots=True)
class Refined:
    """Settled pieces in order, and whether no piece was too much."""

    pieces: Pieces
    complete: bool


def refine(chart: Chart, low: float, high: float) -> Refined:
    """Split the range of the parameter until every piece is settled, or its break is narrowed down."""
    edges = np.linspace(low, high, FIRST + 1)
    places = chart.at(edges)
    pieces = measured(chart, edges[:-1], edges[1:], places[:, :-1], places[:, 1:])
    done: list[Pieces] = []
    crowded = False
    most = int((MOST_COSTLY if chart.costly else MOST_PIECES) * chart.size.sum())
    for level in range(LEVELS):
        chart.budget.check()
        _stop_at_floats(chart, pieces, high - low)
        crowded |= _limit(pieces, most, crowded=crowded)
        rest = pieces.state == OPEN
        if not rest.all():
            done.append(pieces[~rest] if rest.any() else pieces)
            pieces = pieces[rest]
        if len(pieces) == 0:
            break
        pieces = _next(chart, pieces, high - low, isolate=level < ISOLATING)
    _give_up(chart, pieces, pieces.state == OPEN)
    whole = in_order(joined([part for part in (*done, pieces) if len(part)]))
    return Refined(whole, not (whole.state == FULL).any())


def _next(chart: Chart, pieces: Pieces, length: float, *, isolate: bool) -> Pieces:
    """Open pieces split: around single breaks as `narrowed` finds them, all else evenly."""
    breaks = np.flatnonzero(pieces.broken & isolate)
    left, right = narrowed(chart, pieces.left[breaks], pieces.right[breaks], length)
    single = right - left <= finest(left, right, length)
    breaks, left, right = breaks[single], left[single], right[single]
    if breaks.size == 0:
        return split_at(chart, pieces, *even_edges(pieces))
    rest = np.ones(len(pieces), dtype=bool)
    rest[breaks] = False
    around, other = pieces[breaks], pieces[rest]
    owner, edges, hidden = edges_around(chart, around, left, right, length)
    more, even = even_edges(other)
    owner, edges = np.concatenate([owner, more + len(around)]), np.concatenate([edges, even])
    found = split_at(chart, joined((around, other)), owner, edges)
    hide(found, *hidden)
    return found


def _stop_at_floats(chart: Chart, pieces: Pieces, length: float) -> None:
    fine = pieces.right - pieces.left <= finest(pieces.left, pieces.right, length)
    fine &= pieces.state == OPEN
    if fine.any():
        _give_up(chart, pieces, fine)


def _give_up(chart: Chart, pieces: Pieces, where: Mask) -> None:
    """Take what can't be split as it is: a break, a steep chord, or too wild for one."""
    broken = pieces.broken
    pieces.state[where & broken] = CUT
    chosen = np.flatnonzero(where & ~broken)
    if chosen.size:
        _, speed, _ = chart.over(pieces.left[chosen], pieces.right[chosen])
        steep = ((speed[0] >= 0) | (speed[1] <= 0)).all(axis=0)
        pieces.state[chosen] = np.where(steep, DRAWN, FULL)


def _limit(pieces: Pieces, most: int, *, crowded: bool) -> bool:
    """Choose how finely to split, and give up what would be too much; True if anything is given up."""
    smooth = pieces.state == OPEN
    breaks = smooth & pieces.broken
    smooth &= ~breaks
    pieces.wanted[breaks] = SPLIT_BREAK
    given_up = False
    if np.count_nonzero(breaks) > MANY_BREAKS:
        pieces.state[breaks] = FULL
        given_up = True
    count, asked = np.count_nonzero(smooth), int(pieces.wanted[smooth].sum())
    if 3 * count > most or (crowded and count > CROWD) or (len(pieces) > FIRST and asked > HOPELESS * most):
        pieces.state[smooth] = FULL
        given_up = True
    pieces.wanted = np.minimum(pieces.wanted, MOST_SPLIT)
    asked = int(pieces.wanted[smooth].sum())
    if asked > most:
        pieces.wanted[smooth] = np.maximum(2, pieces.wanted[smooth] * most // asked)
    return given_up
