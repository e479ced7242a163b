"""What happens where a curve in the plane breaks: pole, jump, hole, or end of what a condition allows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from plotlang.numerics.bounds import EDGE, PARTIAL
from plotlang.numerics.explicit.guesses import simplest

if TYPE_CHECKING:
    from plotlang.numerics.parametric.curve import Chart
    from plotlang.numerics.realmath import Array

Mask = NDArray[np.bool_]

SETTLED = 0.02
"""Places that approach a break count as settled when they move by less than this many pixels."""
AGREE = 1.5
"""Sides of a break that are at most this many pixels apart are joined."""
SAME = 0.1
"""A place belongs to a side of the curve when it is within this many pixels of its limit."""
APART = 4.0
"""Dots are drawn at breaks between which the curve extends over at least this many pixels."""
POINT = 1e-3
"""What extends over at most this many pixels is a point."""
REACH = 2.0**-9
"""How far from a break its sides are looked at, as a share of the whole range."""
EARLY = 7
STEADY = 0.93
"""Steps towards a break that shrink less than this (each at a quarter of the distance) never settle, ..."""
ONE_WAY = 0.9
"""... and lead to infinity if the cosine of the angles between them is at least this."""
_PROBES = 0.25 ** np.arange(20)


@dataclass(slots=True)
class Gaps:
    """Breaks of the parameter between `left` and `right`, as arrays of one length.

    `before` and `after` tell whether drawn curve touches them, `room` how far it goes on there (a pair of lengths of
    the parameter), and `extent` over how many pixels (a pair; inf where there is no other break to be confused with).
    """

    left: Array
    right: Array
    marks: NDArray[np.uint8]
    before: Mask
    after: Mask
    room: tuple[Array, Array]
    extent: tuple[Array, Array]


@dataclass(slots=True)
class Cuts:
    """The same breaks understood: places in pixels have shape (2, n).

    `at` is the simplest number of the parameter there, `value` the place of the curve there (NaN for none).
    `from_left` and `from_right` are the limits (NaN for none), or a far place on the way to infinity where `endless`.
    """

    at: Array
    value: Array
    from_left: Array
    from_right: Array
    endless: tuple[Mask, Mask]
    joins: Mask
    open_dots: Array
    filled_dots: Array


def study(chart: Chart, gaps: Gaps, low: float, high: float) -> Cuts:
    """Look at every break of the parameter's range from low to high."""
    left, right = gaps.left, gaps.right
    if left.size == 0:
        nowhere = np.empty((2, 0))
        none = np.empty(0, dtype=bool)
        return Cuts(left, nowhere, nowhere, nowhere, (none, none), none, nowhere, nowhere)
    width = right - left
    tight = width <= np.maximum(8e-15 * np.maximum(np.abs(left), np.abs(right)), 2.0**-40 * (high - low))
    side = np.where(gaps.before == gaps.after, (left + right) / 2, np.where(gaps.before, left, right))
    at = np.clip(np.where(tight, simplest(left, right, side), side), low, high)
    value = chart.exactly_at(np.stack([left, at, right], axis=-1))
    value[:, ~np.isfinite(value).all(axis=0)] = np.nan
    reach = REACH * (high - low)
    room = np.concatenate([-np.minimum(reach, gaps.room[0] / 2), np.minimum(reach, gaps.room[1] / 2)])
    limits, endless = _limit(chart, np.concatenate([left, right]), room)
    from_left, from_right = (_exact(limit, value) for limit in np.split(limits, 2, axis=1))
    to_left, to_right = np.split(endless, 2)
    with np.errstate(invalid="ignore"):
        joins = (_distance(from_left, from_right) <= AGREE) & ~to_left & ~to_right & gaps.before & gaps.after
    cuts = Cuts(at, value, from_left, from_right, (to_left, to_right), joins, value[:, :0], value[:, :0])
    _mark(chart, gaps, cuts, tight)
    return cuts


def _distance(one: Array, two: Array) -> Array:
    return np.asarray(np.hypot(one[0] - two[0], one[1] - two[1]))


def _exact(limit: Array, value: Array) -> Array:
    """The value itself for a limit that comes close to it."""
    with np.errstate(invalid="ignore"):
        return np.where(_distance(limit, value) <= SAME, value, limit)


def _limit(chart: Chart, end: Array, reach: Array) -> tuple[Array, Mask]:
    """The limits towards `end` from the side of `reach` (a signed distance, 0 for no curve), and which are endless."""
    missing = np.full((2, end.size), np.nan)
    rows = np.flatnonzero(reach)
    endless = np.zeros(end.size, dtype=bool)
    if rows.size == 0:
        return missing, endless
    t = end[rows, None] + reach[rows, None] * _PROBES
    places = chart.at(t.ravel()).reshape(2, rows.size, -1)
    with np.errstate(all="ignore"):
        steps = np.diff(places, axis=-1)
        moved = np.hypot(steps[0], steps[1])
        best = _last_settled(moved)
        limit = np.where(best >= 0, places[:, np.arange(rows.size), best + 1], np.nan)
        early, size = steps[..., :EARLY], moved[:, :EARLY]
        turns = (early[..., 1:] * early[..., :-1]).sum(axis=0) >= ONE_WAY * size[:, 1:] * size[:, :-1]
        far = (size[:, 1:] >= STEADY * size[:, :-1]).all(axis=1) & turns.all(axis=1) & (size > 0).all(axis=1)
        away = early[..., -1] / size[:, -1]
        limit = np.where(far, places[..., -1] + away * 4 * chart.size.max(), limit)
    missing[:, rows], endless[rows] = limit, far
    return missing, endless


def _last_settled(moved: Array) -> NDArray[np.intp]:
    """The last of the first steps that are small and keep shrinking, per row; -1 if no step is small."""
    small = moved <= SETTLED
    first = np.argmax(small, axis=1)
    shrinking = np.ones_like(small)
    shrinking[:, 1:] = moved[:, 1:] <= 0.75 * moved[:, :-1]
    stopped = ~shrinking & (np.arange(moved.shape[1]) > first[:, None])
    last = np.where(stopped.any(axis=1), np.argmax(stopped, axis=1) - 1, moved.shape[1] - 1)
    return np.asarray(np.where(small.any(axis=1), last, -1))


def _mark(chart: Chart, gaps: Gaps, cuts: Cuts, tight: Mask) -> None:
    """Find the dots: filled where an end belongs to the curve, open where it does not."""
    wanted = tight & (gaps.extent[0] >= APART) & (gaps.extent[1] >= APART)
    edge = (gaps.marks & EDGE) != 0
    hole = ((gaps.marks & PARTIAL) != 0) & ~edge & gaps.before & gaps.after
    here = ~np.isnan(cuts.value[0])
    taken = np.zeros(wanted.shape, dtype=bool)
    open_dots, filled_dots = [], []
    sides = (cuts.from_left, cuts.endless[0], ~cuts.endless[0]), (cuts.from_right, cuts.endless[1], ~cuts.joins)
    for limit, endless, once in sides:
        with np.errstate(invalid="ignore"):
            meets = here & (_distance(cuts.value, limit) <= SAME) & ~hole
        ended = wanted & ~np.isnan(limit[0]) & ~endless & once
        taken |= meets & ended
        open_dots.append(limit[:, ended & ~meets])
        filled_dots.append(limit[:, ended & meets & edge & ~cuts.joins])
    alone = ~gaps.before & ~gaps.after
    wanted |= tight & ((gaps.extent[0] <= POINT) | (gaps.extent[1] <= POINT))
    filled_dots.append(cuts.value[:, wanted & here & ~taken & (edge | alone)])
    cuts.open_dots, cuts.filled_dots = (inside(chart, np.hstack(dots)) for dots in (open_dots, filled_dots))


def inside(chart: Chart, places: Array) -> Array:
    """The places in the view, with a pixel of room."""
    with np.errstate(invalid="ignore"):
        return places[:, ((places >= -1.0) & (places <= chart.size + 1.0)).all(axis=0)]
