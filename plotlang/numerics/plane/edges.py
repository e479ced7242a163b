"""The sides of cells, and where along them a curve crosses.

A crossing is a share t of a side, from its lower (left) end.  On sides where the height is surely continuous a change
of sign is a crossing; elsewhere it is one only if |f| falls towards it, so that poles and jumps leave no line.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

import numpy as np
from numpy.typing import NDArray

from plotlang.numerics.bounds import BROKEN, PARTIAL, Bounds

if TYPE_CHECKING:
    from collections.abc import Callable

    from plotlang.numerics.plane.raster import Raster
    from plotlang.numerics.plane.surface import Surface
    from plotlang.numerics.realmath import Array

Mask: TypeAlias = NDArray[np.bool_]
Index: TypeAlias = NDArray[np.intp]

Finder: TypeAlias = "Callable[[Surface, Sides], Array]"

FALLS = 0.02
"""A doubtful crossing counts if |f| falls to this share of its values at the ends."""
GROWN = 4.0
"""Where |f| has grown by this factor after some halvings there is a pole."""
HALVINGS = 30
SETTLED = 1e-13
TRIES = np.array([0.0, 0.1731, 0.3442, 0.5236, 0.6854, 0.8472, 1.0])
"""Shares of a doubtful side where signs are compared."""
NEAR = 1e-3
"""A crossing where |f| is above this share of its values at the ends is looked at longer."""
TOUCH = 1e-7
"""A least |f| below this share of its values at the ends may be a touching zero."""
NARROWINGS = 8


@dataclass(frozen=True, slots=True)
class Sides:
    """Sides of cells: the ends (x, y) and (x + dx, y + dy), of which one is 0, and the heights at both ends."""

    x: Array
    y: Array
    dx: Array
    dy: Array
    first: Array
    last: Array

    @classmethod
    def of(cls, raster: Raster, j: Index, i: Index, first: Array, last: Array, *, upright: bool) -> Sides:
        """The sides from the corners (j, i) to the right, or upwards, with the heights at their ends."""
        x, y = raster.x(i), raster.y(j)
        nothing = np.zeros(x.shape)
        if upright:
            return cls(x, y, nothing, raster.y(j + 1) - y, first, last)
        return cls(x, y, raster.x(i + 1) - x, nothing, first, last)

    def __getitem__(self, some: Mask | Index) -> Sides:
        return Sides(self.x[some], self.y[some], self.dx[some], self.dy[some], self.first[some], self.last[some])

    def __len__(self) -> int:
        return int(self.x.size)

    def places(self, t: Array) -> tuple[Array, Array]:
        """The points at shares t, shape (n,) or (n, k)."""
        if t.ndim == 2:
            return self.x[:, None] + t * self.dx[:, None], self.y[:, None] + t * self.dy[:, None]
        return self.x + t * self.dx, self.y + t * self.dy


def illinois(f: Callable[[Array], Array], first: Array, last: Array, rounds: int) -> Array:
    """Roots in [0, 1] of functions that differ in sign at the ends (Dowell and Jarratt, BIT 11, 1971)."""
    low, high = np.zeros(first.shape), np.ones(first.shape)
    at_low, at_high = first.copy(), last.copy()
    t, last, rose = low, low, np.zeros(first.shape, dtype=np.int8)
    for number in range(rounds + 1):
        t = high - at_high / (at_high - at_low) * (high - low)
        t = np.where(np.isfinite(t), t, (low + high) / 2)
        if number == rounds:
            break
        if number % 4 == 3:
            if np.abs(t - last).max(initial=0.0) < SETTLED:
                break
            t = (low + high) / 2
        last = t
        here = f(t)
        left = (here < 0) == (at_low < 0)
        at_high = np.where(left, np.where(rose == 1, at_high / 2, at_high), here)
        at_low = np.where(left, here, np.where(rose == -1, at_low / 2, at_low))
        low, high = np.where(left, t, low), np.where(left, high, t)
        rose = np.where(left, np.int8(1), np.int8(-1))
    return np.asarray(np.clip(t, 0.0, 1.0))


def proven(surface: Surface, sides: Sides) -> Array:
    """The shares where continuous heights change their sign."""
    t = illinois(lambda t: surface.at(*sides.places(t)), sides.first, sides.last, 3)
    ends = np.maximum(np.abs(sides.first), np.abs(sides.last))
    rest = np.flatnonzero(~(np.abs(surface.at(*sides.places(t))) <= NEAR * ends))
    if rest.size:
        t[rest] = _found(surface, sides[rest])
    return t


def _found(surface: Surface, sides: Sides) -> Array:
    """As `proven`, where heights are far from straight."""
    return illinois(lambda t: surface.at(*sides.places(t)), sides.first, sides.last, 60)


def doubtful(surface: Surface, sides: Sides) -> Array:
    """The shares where the height passes through zero and not just over a jump or a pole; NaN where it does not."""
    t = np.broadcast_to(TRIES, (len(sides), TRIES.size))
    values = np.array(surface.at(*sides.places(t)))
    values[:, 0], values[:, -1] = sides.first, sides.last
    changes = (values[:, :-1] < 0) & (values[:, 1:] >= 0) | (values[:, :-1] >= 0) & (values[:, 1:] < 0)
    side, piece = np.nonzero(changes)
    ends, heights = (TRIES[piece], TRIES[piece + 1]), (values[side, piece], values[side, piece + 1])
    found = bisected(surface, sides[side], ends, heights)
    result = np.full(len(sides), np.nan)
    good = ~np.isnan(found)
    result[side[good]] = found[good]
    return result


def bisected(
    surface: Surface, sides: Sides, ends: tuple[Array, Array], heights: tuple[Array, Array], halvings: int = HALVINGS
) -> Array:
    """The share between two others where the sign changes, NaN if |f| does not fall there."""
    (low, high), (at_low, at_high) = ends, heights
    result = np.full(len(sides), np.nan)
    rest = np.arange(len(sides))
    start = np.fmax(np.abs(at_low), np.abs(at_high))
    for number in range(halvings):
        t = (low + high) / 2
        here = surface.at(*sides.places(t))
        left = ((here < 0) == (at_low < 0)) & ~np.isnan(here)
        low, high = np.where(left, t, low), np.where(left, high, t)
        at_low, at_high = np.where(left, here, at_low), np.where(left, at_high, here)
        if number == HALVINGS // 3:
            calm = ~(np.maximum(np.abs(at_low), np.abs(at_high)) > GROWN * start)
            rest, sides, start = rest[calm], sides[calm], start[calm]
            low, high, at_low, at_high = low[calm], high[calm], at_low[calm], at_high[calm]
    least = np.maximum(np.abs(at_low), np.abs(at_high))
    result[rest] = np.where(least <= FALLS * start, (low + high) / 2, np.nan)
    return result


def at_domain(surface: Surface, sides: Sides) -> Array:
    """Zeros on sides with one undefined end: the last value before the undefined part has the other sign."""
    backwards = np.isnan(sides.first)
    known = np.where(backwards, sides.last, sides.first)
    low, high = np.where(backwards, 1.0, 0.0), np.where(backwards, 0.0, 1.0)
    at_edge, edge = known, low
    for _ in range(2 * HALVINGS):
        t = (low + high) / 2
        here = surface.at(*sides.places(t))
        there = ~np.isnan(here)
        at_edge, edge = np.where(there, here, at_edge), np.where(there, t, edge)
        low, high = np.where(there, t, low), np.where(there, high, t)
    result = np.full(len(sides), np.nan)
    crossed = np.flatnonzero((at_edge < 0) != (known < 0))
    ends = np.where(backwards, 1.0, 0.0)[crossed], edge[crossed]
    result[crossed] = bisected(surface, sides[crossed], ends, (known[crossed], at_edge[crossed]), 2 * HALVINGS)
    return result


def touching(surface: Surface, sides: Sides) -> Array:
    """Zeros on continuous sides without a change of sign: where the slope along the side vanishes, and f does too."""
    result = np.full(len(sides), np.nan)
    first, last = (_slope(surface, sides, np.full(len(sides), end)) for end in (0.0, 1.0))
    rest = np.flatnonzero((first * sides.first < 0) & (last * sides.first > 0))
    for rounds, small in ((3, 0.5), (24, TOUCH)):
        if rest.size == 0:
            return result
        some = sides[rest]
        t = _flattest(surface, some, first[rest], last[rest], rounds)
        least = surface.at(*some.places(t))
        turned = (least < 0) != (some.first < 0)
        near = ~turned & (np.abs(least) <= small * np.maximum(np.abs(some.first), np.abs(some.last)))
        result[rest] = np.where(near, t, np.nan)
        result[rest[turned]] = _before(surface, some[turned], t[turned], least[turned])
        rest = rest[near]
    met = is_zero_about(surface, *sides[rest].places(result[rest]))
    result[rest[~met]] = np.nan
    return result


def _flattest(surface: Surface, sides: Sides, first: Array, last: Array, rounds: int) -> Array:
    """The shares where the slope along sides vanishes."""
    return illinois(lambda t: _slope(surface, sides, t), first, last, rounds)


def _slope(surface: Surface, sides: Sides, t: Array) -> Array:
    return surface.slope(*sides.places(t), sides.dy != 0, 1e-4 * (sides.dx + sides.dy))


def _before(surface: Surface, sides: Sides, end: Array, height: Array) -> Array:
    """The zero between the start of sides and shares where the height has the other sign."""
    return end * illinois(lambda t: surface.at(*sides.places(t * end)), sides.first, height, 12)


def is_zero_about(surface: Surface, x: Array, y: Array) -> Mask:
    """Whether bounds over a few neighbouring floats cannot exclude zero: below that only rounding errors decide."""
    wide_x, wide_y = 4 * np.spacing(np.abs(x)), 4 * np.spacing(np.abs(y))
    value = surface.over((Bounds(x - wide_x, x + wide_x), Bounds(y - wide_y, y + wide_y)))
    return np.asarray((value.low <= 0) & (value.high >= 0))


def hidden(surface: Surface, sides: Sides) -> Array:
    """Zeros beside a pole or a jump inside a side whose ends have one sign: the break is narrowed down first."""
    result = np.full(len(sides), np.nan)
    rest = np.arange(len(sides))
    low, high = np.zeros(len(sides)), np.ones(len(sides))
    for _ in range(NARROWINGS):
        surface.budget.check()
        cuts = low[rest, None] + (high - low)[rest, None] * (np.arange(5) / 4)
        broken = _broken(surface, sides[rest], cuts)
        piece = np.argmax(broken, axis=1)
        narrowed = broken.any(axis=1)
        low[rest], high[rest] = cuts[np.arange(rest.size), piece], cuts[np.arange(rest.size), piece + 1]
        rest = rest[narrowed]
        if rest.size == 0:
            return result
    width = (high - low)[rest]
    before, behind = np.maximum(low[rest] - width, 0.0), np.minimum(high[rest] + width, 1.0)
    some = sides[rest]
    for start, end, value in ((np.zeros(rest.size), before, some.first), (np.ones(rest.size), behind, some.last)):
        here = surface.at(*some.places(end))
        turned = np.flatnonzero(((here < 0) != (value < 0)) & ~np.isnan(here))
        found = bisected(surface, some[turned], (start[turned], end[turned]), (value[turned], here[turned]))
        good = ~np.isnan(found)
        result[rest[turned[good]]] = found[good]
    return result


def _broken(surface: Surface, sides: Sides, cuts: Array) -> Mask:
    x, y = sides.places(cuts)
    value = surface.over((Bounds(x[:, :-1], x[:, 1:]), Bounds(y[:, :-1], y[:, 1:])))
    return np.asarray((np.asarray(value.marks) & (BROKEN | PARTIAL)) != 0)
