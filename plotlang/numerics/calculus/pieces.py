"""The range of a function cut into pieces: where it is defined, rises and falls, and which way it bends."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Literal, TypeAlias, TypeVar

import numpy as np

from plotlang.numerics.calculus.turning import turns_of
from plotlang.numerics.calculus.zeros import zeros_of

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from plotlang.numerics.calculus.breaks import Break
    from plotlang.numerics.calculus.turning import Extremum
    from plotlang.numerics.calculus.univariate import Univariate
    from plotlang.numerics.limits import Budget
    from plotlang.numerics.realmath import Array

Trend: TypeAlias = Literal["rising", "falling", "constant"]
Bend: TypeAlias = Literal["up", "down", "straight"]
Kind = TypeVar("Kind", bound=str)
Segments: TypeAlias = tuple[tuple[float, float], ...]

_SHARES = np.array([0.07, 0.31, 0.5, 0.69, 0.93])
"""Where in a piece values are taken: evenly about the middle."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A range from low to high; `has_low` and `has_high` tell whether the ends belong to it."""

    low: float
    high: float
    has_low: bool
    has_high: bool


def segments_of(f: Univariate, found: Sequence[Break], low: float, high: float) -> Segments:
    """The ranges between neighbouring breaks in which f has values."""
    cuts = np.array([low, *(each.place for each in found if low < each.place < high), high])
    x = cuts[:-1, None] + np.diff(cuts)[:, None] * _SHARES
    with np.errstate(all="ignore"):
        filled = np.isfinite(f.at(x)).sum(axis=1) >= 3
    return tuple((float(a), float(b)) for a, b in zip(cuts[:-1][filled], cuts[1:][filled], strict=True))


def domain_of(segments: Segments, found: Sequence[Break]) -> tuple[Piece, ...]:
    """The ranges on which a function is defined, and single places as ranges of no length, in order."""
    has = {each.place: bool(np.isfinite(each.value)) for each in found}
    pieces: list[Piece] = []
    for a, b in segments:
        here = Piece(a, b, has.get(a, True), has.get(b, True))
        if pieces and pieces[-1].high == a and here.has_low:
            here = Piece(pieces[-1].low, b, pieces[-1].has_low, here.has_high)
            pieces.pop()
        pieces.append(here)
    ends = {end for each in segments for end in each}
    pieces += [Piece(x, x, has_low=True, has_high=True) for x, defined in has.items() if defined and x not in ends]
    return tuple(sorted(pieces, key=lambda each: each.low))


def trends_of(
    f: Univariate, segments: Segments, turns: Sequence[Extremum], budget: Budget
) -> tuple[tuple[float, float, Trend], ...]:
    """The ranges (low, high, trend) on which f is continuous and rises, falls or stays the same."""
    if not segments:
        return ()
    cuts = [each.x for each in turns]
    if f.slope is not None:
        level = zeros_of(f.slope, segments[0][0], segments[-1][1], budget).ranges
        cuts += [end for each in level for end in each]

    def trend(x: Array) -> Trend:
        y, bounds = f.at(x), f.rounding(x)
        if bounds.low.max() <= bounds.high.min():
            return "constant"
        return "rising" if y[-1] > y[0] else "falling"

    return _cut(segments, cuts, trend)


def bends_of(f: Univariate, segments: Segments, budget: Budget) -> tuple[tuple[float, float, Bend], ...]:
    """The ranges (low, high, bend) on which f is continuous and opens upwards, downwards, or is straight."""
    bend = None if f.slope is None else f.slope.slope
    if bend is None or not segments:
        return ()
    low, high = segments[0][0], segments[-1][1]
    with np.errstate(all="ignore"):
        cuts = turns_of(bend, low, high, budget, every_break=True).tolist()
    cuts += [end for each in zeros_of(bend, low, high, budget).ranges for end in each]

    def bent(x: Array) -> Bend:
        y, bounds = f.at(x), f.rounding(x)
        sag = (y[0] + y[4]) / 2 - y[2]
        doubt = np.max(bounds.high - bounds.low)
        return "straight" if abs(sag) <= doubt else "up" if sag > 0 else "down"

    return _cut(segments, cuts, bent)


def _cut(
    segments: Segments, cuts: Sequence[float], kind_of: Callable[[Array], Kind]
) -> tuple[tuple[float, float, Kind], ...]:
    """Segments cut at places, neighbours of one kind in one segment joined again."""
    result: list[tuple[float, float, Kind]] = []
    places = np.unique(np.array(cuts, dtype=np.float64))
    for low, high in segments:
        inside = [low, *places[(places > low) & (places < high)].tolist(), high]
        first = len(result)
        for a, b in pairwise(inside):
            with np.errstate(all="ignore"):
                kind = kind_of(a + (b - a) * _SHARES)
            if len(result) > first and result[-1][2] == kind:
                result[-1] = (result[-1][0], b, kind)
            else:
                result.append((a, b, kind))
    return tuple(result)


def values_of(
    f: Univariate, found: Sequence[Break], turns: Sequence[Extremum], low: float, high: float
) -> tuple[float, float] | None:
    """The least range that holds all values of f from low to high; None if there are none."""
    heights = [each.y for each in turns] + [end for each in found for end in (each.before, each.after, each.value)]
    x = np.linspace(low, high, 97)
    with np.errstate(all="ignore"):
        y = np.concatenate([f.at(x), np.array(heights, dtype=np.float64)])
    y = y[~np.isnan(y)]
    return (float(y.min()), float(y.max())) if y.size else None
