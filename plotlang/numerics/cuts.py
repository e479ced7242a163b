"""What happens where a curve breaks: pole, jump, hole, or end of its domain."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from plotlang.numerics.bounds import EDGE, PARTIAL
from plotlang.numerics.cells import FINE, Cells, narrowed
from plotlang.numerics.compile import Points
from plotlang.numerics.snapped import snapped_operation

if TYPE_CHECKING:
    from plotlang.numerics.curve import Curve
    from plotlang.numerics.realmath import Array
    from plotlang.numerics.view import View

Mask = NDArray[np.bool_]

SETTLED = 0.02
"""Values that approach a break count as settled when they move by less than this many pixels."""
AGREE = 1.5
"""Sides of a break that are at most this many pixels apart are joined."""
SAME = 0.1
"""A value belongs to a side of the curve when it is within this many pixels of its limit."""
APART = 4.0
"""Dots are drawn at breaks that are at least this many pixels from the next."""
_PROBES = 0.25 ** np.arange(19)
_SLOWEST = 0.93
"""Steps towards a break that shrink less than by this factor (each at a quarter of the distance) never settle."""


@dataclass(slots=True)
class Cuts:
    """Breaks, as arrays of one length.

    A break lies between `left` and `right`; `before` and `after` are the numbers of the runs of drawn cells that touch
    it, or -1.  `place` is the simplest number between, `value` what the curve is there (NaN for nothing).  `from_left`
    and `from_right` are the limits: ±inf at a pole, NaN where there is none.
    """

    left: Array
    right: Array
    marks: NDArray[np.uint8]
    before: NDArray[np.intp]
    after: NDArray[np.intp]
    place: Array
    value: Array
    from_left: Array
    from_right: Array
    tight: Mask
    open_dots: list[Array]
    filled_dots: list[Array]

    def __len__(self) -> int:
        return int(self.left.size)


def study(
    curve: Curve, view: View, gaps: Cells, before: NDArray[np.intp], after: NDArray[np.intp], room: tuple[Array, Array]
) -> Cuts:
    """Look at each gap: `room[0]` and `room[1]` are the widths of the runs on its left and right (0 for none)."""
    if len(gaps) == 0:
        return _no_cuts(gaps)
    gaps = narrowed(curve, view, gaps)
    left, right = gaps.left, gaps.right
    pixel = view.pixel((left + right) / 2)
    tight = right - left <= 2.0**-20 * pixel
    side = np.where((before >= 0) == (after >= 0), (left + right) / 2, np.where(before >= 0, left, right))
    place = np.where(tight, simplest(left, right, side), side)
    value = _values_at(curve, left, place, right)
    from_left = _limit(curve, view, left, -np.minimum(FINE * pixel, room[0] / 2))
    from_right = _limit(curve, view, right, np.minimum(FINE * pixel, room[1] / 2))
    from_left = np.where(np.isnan(from_left) & (before >= 0) & (after < 0), value, from_left)
    from_right = np.where(np.isnan(from_right) & (after >= 0) & (before < 0), value, from_right)
    from_left, from_right = (_exact(view, limit, value) for limit in (from_left, from_right))
    cuts = Cuts(left, right, gaps.marks, before, after, place, value, from_left, from_right, tight, [], [])
    _mark(cuts, view, noisy=curve.precise)
    return cuts


def _exact(view: View, limit: Array, value: Array) -> Array:
    """The value itself for a limit that comes close to it."""
    return np.where(np.abs(view.rows(limit) - view.rows(value)) <= SAME, value, limit)


def _no_cuts(none: Cells) -> Cuts:
    places = none.left
    runs = np.empty(0, dtype=np.intp)
    return Cuts(places, places, none.marks, runs, runs, places, places, places, places, runs > 0, [], [])


def simplest(left: Array, right: Array, otherwise: Array) -> Array:
    """The number with the fewest decimals (at most ten) between two neighbouring floats, these included."""
    middle = (left + right) / 2
    result = otherwise.copy()
    found = np.zeros(result.shape, dtype=bool)
    with np.errstate(all="ignore"):
        size = np.floor(np.log10(np.abs(middle)))
        for digits in range(11):
            scale = 10.0 ** (digits - size)
            rounded = np.rint(middle * scale) / scale
            fits = (rounded >= left) & (rounded <= right) & ~found
            result = np.where(fits, rounded, result)
            found |= fits
    return np.where((left <= 0) & (right >= 0), 0.0, result)


def _values_at(curve: Curve, left: Array, place: Array, right: Array) -> Array:
    if left.size == 0:
        return left
    points = Points(curve.code, (curve.variable,), curve.budget, snapped_operation)
    x = np.stack([left, place, right], axis=-1)
    value = np.broadcast_to(points((x,))[0], x.shape)[:, 1]
    return np.asarray(np.where(np.isfinite(value), value, np.nan))


def _limit(curve: Curve, view: View, end: Array, reach: Array) -> Array:
    """The limit towards `end` (a number, ±inf or NaN) from the side of `reach`: a signed distance, 0 for no curve."""
    if end.size == 0:
        return end
    x = end[:, None] + reach[:, None] * _PROBES
    y = np.array(curve.at(x))
    with np.errstate(all="ignore"):
        steps = np.diff(y, axis=1)
        moved = np.abs(steps) / _unit(view, y[:, 1:])
        best = _last_settled(moved)
        limit = np.where(best >= 0, y[np.arange(end.size), best + 1], np.nan)
        early = steps[:, :7]
        one_way = (early > 0).all(axis=1) | (early < 0).all(axis=1)
        growing = (np.abs(early[:, 1:]) >= _SLOWEST * np.abs(early[:, :-1])).all(axis=1)
        endless = np.isinf(y).any(axis=1) | (one_way & growing)
        direction = np.where(
            np.isinf(y).any(axis=1), np.nansum(np.where(np.isinf(y), np.sign(y), 0), axis=1), early[:, 0]
        )
    limit = np.where(endless, np.copysign(np.inf, direction), limit)
    return np.where(reach == 0, np.nan, limit)


def _unit(view: View, y: Array) -> Array:
    if view.y_log:
        return np.asarray(np.abs(y) * np.log(view.y_high / view.y_low) / view.height)
    return np.asarray((view.y_high - view.y_low) / view.height)


def _last_settled(moved: Array) -> NDArray[np.intp]:
    """The last of the first steps that are small and keep shrinking, per row; -1 if no step is small."""
    small = moved <= SETTLED
    first = np.argmax(small, axis=1)
    index = np.arange(moved.shape[1])
    shrinking = np.ones_like(small)
    shrinking[:, 1:] = moved[:, 1:] <= 0.75 * moved[:, :-1]
    stopped = (~shrinking | ~np.isfinite(moved)) & (index > first[:, None])
    last = np.where(stopped.any(axis=1), np.argmax(stopped, axis=1) - 1, moved.shape[1] - 1)
    return np.asarray(np.where(small.any(axis=1), last, -1))


def joins(cuts: Cuts, view: View) -> Mask:
    """Breaks over which the pen stays down: both sides meet."""
    gap = np.abs(view.rows(cuts.from_left) - view.rows(cuts.from_right))
    finite = np.isfinite(cuts.from_left) & np.isfinite(cuts.from_right)
    return finite & (gap <= AGREE) & (cuts.before >= 0) & (cuts.after >= 0)


def _mark(cuts: Cuts, view: View, *, noisy: bool) -> None:
    """Find the dots: filled where the end belongs to the curve, open where it does not.

    Of a `noisy` curve, whose rounding errors are visible, only ends set by a condition are believed.
    """
    wanted = cuts.tight & _lonely(cuts, view) & (((cuts.marks & EDGE) != 0) | (not noisy))
    edge, partial = (cuts.marks & EDGE) != 0, (cuts.marks & PARTIAL) != 0
    joined, alone = joins(cuts, view), (cuts.before < 0) & (cuts.after < 0)
    here, height = ~np.isnan(cuts.value), view.rows(cuts.value)
    hole = partial & ~edge
    taken = np.zeros(len(cuts), dtype=bool)
    both = (cuts.before >= 0) & (cuts.after >= 0)
    for limit, once in ((cuts.from_left, True), (cuts.from_right, ~joined)):
        met = here & (np.abs(height - view.rows(limit)) <= SAME)
        meets = met & ~(hole & both)
        ended = wanted & np.isfinite(limit) & once
        taken |= meets & ended
        _dots(cuts.open_dots, view, cuts.place, limit, ended & ~meets)
        _dots(cuts.filled_dots, view, cuts.place, limit, ended & meets & edge & ~joined)
    _dots(cuts.filled_dots, view, cuts.place, cuts.value, wanted & here & ~taken & (edge | alone))


def _dots(dots: list[Array], view: View, x: Array, y: Array, where: Mask) -> None:
    with np.errstate(all="ignore"):
        rows = view.rows(y)
        inside = where & (rows >= -1) & (rows <= view.height + 1)
    if inside.any():
        dots.append(np.column_stack([x[inside], y[inside]]))


def _lonely(cuts: Cuts, view: View) -> Mask:
    column = view.columns(cuts.place)
    near = np.diff(column, prepend=-np.inf) >= APART
    return near & (np.diff(column, append=np.inf) >= APART)
