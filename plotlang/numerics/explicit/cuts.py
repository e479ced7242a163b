"""What happens where a curve breaks: pole, jump, hole, or end of its domain."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from plotlang.numerics.bounds import BROKEN, EDGE, EMPTY, PARTIAL, count
from plotlang.numerics.explicit.cells import Cells
from plotlang.numerics.explicit.guesses import grid, ladders, simplest
from plotlang.numerics.explicit.judging import finest
from plotlang.numerics.explicit.refining import FINE, LEVELS
from plotlang.numerics.explicit.splitting import MANY_BREAKS

if TYPE_CHECKING:
    from plotlang.numerics.explicit.curve import Curve
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
_STEPS = np.arange(_PROBES.size - 1)
_SLOWEST = 0.93
"""Steps towards a break that shrink less than by this factor (each at a quarter of the distance) never settle."""
_FARTHER = 1.3
"""Values that never settle end farther away by this factor than the first steps lead; rounding errors do not."""


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
    reach = np.concatenate([-np.minimum(FINE * pixel, room[0] / 2), np.minimum(FINE * pixel, room[1] / 2)])
    probes = np.concatenate([left, right])[:, None] + reach[:, None] * _PROBES
    values, value = _values(curve, probes, (left, place, right))
    limits, twice = _limit(view, values, reach), np.concatenate([value, value])
    lone = np.concatenate([(before >= 0) & (after < 0), (after >= 0) & (before < 0)])
    limits = _exact(view, np.where(np.isnan(limits) & lone, twice, limits), twice)
    from_left, from_right = limits[: left.size], limits[left.size :]
    cuts = Cuts(left, right, gaps.marks, before, after, place, value, from_left, from_right, tight, [], [])
    _mark(cuts, view, noisy=curve.precise)
    return cuts


def narrowed(curve: Curve, view: View, gaps: Cells) -> Cells:
    """Breaks narrowed down to neighbouring floats, as far as they shrink."""
    left, right, marks = gaps.left.copy(), gaps.right.copy(), gaps.marks.copy()
    rest = np.arange(len(gaps)) if len(gaps) <= MANY_BREAKS else np.arange(0)
    limit = finest(left, right, view)
    for level in range(LEVELS):
        rest = rest[right[rest] - left[rest] > limit[rest]]
        if rest.size == 0:
            break
        curve.budget.check()
        ends = left[rest], right[rest]
        x = grid(*ends, max(32, min(256, 2048 // rest.size))) if level else ladders(*ends)
        pieces = x.shape[1] - 1
        found = curve.marks(x[:, :-1], x[:, 1:])
        broken = ((found & (BROKEN | PARTIAL)) != 0) & ((found & EMPTY) == 0) & (x[:, 1:] > x[:, :-1])
        row = np.arange(rest.size)
        low, high = np.argmax(broken, axis=1), pieces - np.argmax(broken[:, ::-1], axis=1)
        shrunk = broken.any(axis=1) & (x[row, high] - x[row, low] <= 0.5 * (ends[1] - ends[0]))
        rest, row, low, high = rest[shrunk], row[shrunk], low[shrunk], high[shrunk]
        left[rest], right[rest] = x[row, low], x[row, high]
        marks[rest] = np.bitwise_or.reduce(np.where(broken, found, 0), axis=1)[row]
    return Cells(left, right, gaps.first, gaps.last, marks, gaps.column)


def _exact(view: View, limit: Array, value: Array) -> Array:
    """The value itself for a finite limit that comes close to it."""
    close = np.isfinite(limit) & (np.abs(view.rows(limit) - view.rows(value)) <= SAME)
    return np.where(close, value, limit)


def _no_cuts(none: Cells) -> Cuts:
    places = none.left
    runs = np.empty(0, dtype=np.intp)
    return Cuts(places, places, none.marks, runs, runs, places, places, places, places, runs > 0, [], [])


def _values(curve: Curve, probes: Array, triple: tuple[Array, Array, Array]) -> tuple[Array, Array]:
    """The values at probes, and exactly at breaks; NaN there where they are not finite."""
    if curve.steady:
        every = curve.at(np.concatenate([probes.ravel(), triple[1]]))
        values, value = every[: probes.size].reshape(probes.shape), every[probes.size :]
    else:
        values, value = curve.at(probes), curve.snapped(np.stack(triple, axis=-1))[:, 1]
    return values, np.where(np.isfinite(value), value, np.nan)


def _limit(view: View, y: Array, reach: Array) -> Array:
    """The limit (a number, ±inf or NaN) that rows of values at `_PROBES` tend to; where `reach` is 0 is no curve."""
    infinite = np.isinf(y)
    overflows = infinite.any(axis=1) if count(infinite) else np.zeros(len(y), dtype=bool)
    with np.errstate(all="ignore"):
        steps = y[:, 1:] - y[:, :-1]
        moved = np.abs(steps) / _unit(view, y[:, 1:])
        best = _last_settled(moved)
        limit = np.where(best >= 0, y[np.arange(len(y)), best + 1], np.nan)
        early = steps[:, :7]
        up, size = early > 0, np.abs(early)
        one_way = up.all(axis=1) | (early < 0).all(axis=1)
        growing = (size[:, 1:] >= _SLOWEST * size[:, :-1]).all(axis=1)
        goes_on = ~(np.abs(y[:, -1] - y[:, 0]) <= _FARTHER * np.abs(y[:, early.shape[1]] - y[:, 0]))
        endless = overflows | (one_way & growing & goes_on)
        direction = early[:, 0]
        if count(overflows):
            direction = np.where(overflows, np.sum(np.where(infinite, np.sign(y), 0), axis=1), direction)
    limit = np.where(endless, np.copysign(np.inf, direction), limit)
    return np.where(reach == 0, np.nan, limit)


def _unit(view: View, y: Array) -> Array:
    if view.y_log:
        return np.asarray(np.abs(y) * np.log(view.y_high / view.y_low) / view.height)
    return np.asarray((view.y_high - view.y_low) / view.height)


def _last_settled(moved: Array) -> NDArray[np.intp]:
    """The last of the first steps that are small and keep shrinking, per row; -1 if no step is small."""
    small = moved <= SETTLED
    first = small.argmax(axis=1)
    stopped = ~np.isfinite(moved)
    stopped[:, 1:] |= ~(moved[:, 1:] <= 0.75 * moved[:, :-1])
    stopped &= first[:, None] < _STEPS
    last = np.where(stopped.any(axis=1), stopped.argmax(axis=1) - 1, _STEPS[-1])
    return np.asarray(np.where(small.any(axis=1), last, -1))


def joins(cuts: Cuts, view: View) -> Mask:
    """Breaks over which the pen stays down: both sides meet."""
    finite = np.isfinite(cuts.from_left) & np.isfinite(cuts.from_right) & (cuts.before >= 0) & (cuts.after >= 0)
    if not finite.any():
        return finite
    gap = np.abs(view.rows(cuts.from_left) - view.rows(cuts.from_right))
    return np.asarray(finite & (gap <= AGREE))


def _mark(cuts: Cuts, view: View, *, noisy: bool) -> None:
    """Find the dots: filled where the end belongs to the curve, open where it does not.

    Of a `noisy` curve, whose rounding errors are visible, only ends set by a condition are believed.
    """
    edge = (cuts.marks & EDGE) != 0
    wanted = cuts.tight & _lonely(cuts, view)
    if noisy:
        wanted &= edge
    here, alone = ~np.isnan(cuts.value), (cuts.before < 0) & (cuts.after < 0)
    if not (wanted & (here | np.isfinite(cuts.from_left) | np.isfinite(cuts.from_right))).any():
        return
    joined, height = joins(cuts, view), view.rows(cuts.value)
    whole = ~((cuts.marks & PARTIAL) != 0) | edge | (cuts.before < 0) | (cuts.after < 0)
    taken = np.zeros(len(cuts), dtype=bool)
    for limit, once in ((cuts.from_left, True), (cuts.from_right, ~joined)):
        meets = here & (np.abs(height - view.rows(limit)) <= SAME) & whole
        ended = wanted & np.isfinite(limit) & once
        taken |= meets & ended
        _dots(cuts.open_dots, view, cuts.place, limit, ended & ~meets)
        _dots(cuts.filled_dots, view, cuts.place, limit, ended & meets & edge & ~joined)
    _dots(cuts.filled_dots, view, cuts.place, cuts.value, wanted & here & ~taken & (edge | alone))


def _dots(dots: list[Array], view: View, x: Array, y: Array, where: Mask) -> None:
    if not count(where):
        return
    rows = view.rows(y)
    inside = where & (rows >= -1) & (rows <= view.height + 1)
    if inside.any():
        dots.append(np.column_stack([x[inside], y[inside]]))


def _lonely(cuts: Cuts, view: View) -> Mask:
    column = view.columns(cuts.place)
    apart = column[1:] - column[:-1] >= APART
    lonely = np.ones(column.shape, dtype=bool)
    lonely[1:] &= apart
    lonely[:-1] &= apart
    return lonely
