"""The automatic window of a curve of a parameter: robust, so that what runs to a pole does not flatten the rest."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from plotlang.numerics.bounds import BROKEN, EMPTY, PARTIAL
from plotlang.numerics.explicit.valuerange import GENEROUS, HIGH_SHARE, LOW_SHARE, NEAR_POLE
from plotlang.numerics.parametric.breaks import narrowed
from plotlang.numerics.parametric.curve import Chart, PlaneCurve
from plotlang.numerics.parametric.refining import refine
from plotlang.numerics.view import View

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from plotlang.numerics.realmath import Array

SAMPLES = 1201
GOLDEN = 0.6180339887498949
CELLS, MANY = 256, 64
"""Cells that are searched for breaks, and the most breaks that are looked at."""
FAR = 20.0
"""The curve runs to infinity where it is this many times the middle 96 % away, ..."""
APART = 2.0
"""... or at the end of its domain so far from the last sample."""
CLOSER = 65
"""Places at which a turning point is looked at again."""


def curve_extent(curve: PlaneCurve, low: float, high: float) -> tuple[float, float, float, float] | None:
    """The least and greatest x, the least and greatest y to show; None if there are no points.

    Per coordinate these are the 2 % and 98 % quantiles, widened to turning points and ends, not to what is next to a
    pole; without far values they are the least and greatest value.  No margin is added.
    """
    samples = _irregular(low, high)
    breaks = _breaks(curve, low, high)
    if np.isnan(_places(curve, samples)[0]).all():
        samples = _lonely(curve, low, high)
    t = np.unique(np.concatenate([samples, breaks]))
    places = _places(curve, t)
    if np.isnan(places[0]).all():
        return None
    far = _next_to_poles(t, places, np.append(breaks, [low, high]))
    at = np.concatenate([_turn(t, each, far, sign) for each in places for sign in (1.0, -1.0)])
    places[:, far] = np.nan
    closer = _places(curve, at)
    evenly = np.isin(t, samples)
    x_low, x_high = _range(places[0], evenly, closer[0])
    y_low, y_high = _range(places[1], evenly, closer[1])
    return x_low, x_high, y_low, y_high


def _irregular(low: float, high: float) -> Array:
    """Numbers from low to high, spaced unevenly, so that they do not fall into step with an oscillation."""
    index = np.arange(SAMPLES, dtype=np.float64)
    share = (index + 0.5 * ((index * GOLDEN) % 1.0 - 0.5)) / (SAMPLES - 1)
    share[0], share[-1] = 0.0, 1.0
    return low * (1.0 - share) + high * share


def _places(curve: PlaneCurve, t: Array) -> Array:
    """Points of shape (2, n), NaN where a coordinate is not finite or too large for differences."""
    places = curve.coordinates(log=False, y_log=False).at(t)
    with np.errstate(invalid="ignore"):
        places[:, ~(np.abs(places) < np.finfo(np.float64).max / 8).all(axis=0)] = np.nan
    return places


def _breaks(curve: PlaneCurve, low: float, high: float) -> Array:
    """The numbers on both sides of poles, jumps and ends of the domain, as far as these stand alone."""
    edges = np.linspace(low, high, CELLS + 1)
    marks = curve.coordinates(log=False, y_log=False).marks(edges[:-1], edges[1:])
    found = np.flatnonzero(((marks & (BROKEN | PARTIAL)) != 0) & ((marks & EMPTY) == 0))
    if found.size == 0 or found.size > MANY or not low < high:
        return np.empty(0)
    chart = Chart(curve, View(-1.0, 1.0, -1.0, 1.0, 600, 400))
    return np.concatenate(narrowed(chart, edges[found], edges[found + 1], high - low))


def _next_to_poles(t: Array, places: Array, suspects: Array) -> NDArray[np.bool_]:
    """Where the curve is on its way to infinity.

    A pole is a suspected number where the curve is far out, or far from its neighbours.  Next to it is what is closer
    than `NEAR_POLE` of the parameter's range, a third of the way to the place where the curve stops coming back, and
    the next pole.
    """
    known = np.flatnonzero(~np.isnan(places[0]))
    bottom, top = np.percentile(places[:, known], [LOW_SHARE, HIGH_SHARE], axis=1)
    room = np.maximum(top - bottom, 1e-9 * np.maximum(np.abs(top), np.abs(bottom)) + 1e-300)
    away = (np.abs(places[:, known] - ((top + bottom) / 2)[:, None]) / room[:, None]).max(axis=0)
    nearest = np.searchsorted(t[known], suspects)
    poles = np.unique(np.concatenate([np.minimum(nearest, known.size - 1), np.maximum(nearest - 1, 0)]))
    poles = poles[(away[poles] > FAR) | (_alone(places[:, known] / room[:, None], poles) > APART)]
    far = np.zeros(t.shape, dtype=bool)
    ends = [-1, *poles.tolist(), known.size]
    for before, pole, after in zip(ends, ends[1:], ends[2:], strict=False):
        for way in (np.arange(pole, before, -1), np.arange(pole, after)):
            turns = np.flatnonzero(np.diff(away[way]) >= 0)
            place = t[known[way]]
            end = place[turns[0]] if turns.size else place[-1]
            reach = min(NEAR_POLE * (t[-1] - t[0]), abs(float(end - place[0])) / 3)
            far[known[way[np.abs(place - place[0]) < reach]]] = True
    return far if not far[known].all() else np.zeros_like(far)


def _alone(places: Array, chosen: NDArray[np.intp]) -> Array:
    """How far chosen points are from the nearer of the points before and behind that are not chosen."""
    others = np.setdiff1d(np.arange(places.shape[1]), chosen)
    if others.size == 0:
        return np.zeros(chosen.shape)
    behind = np.searchsorted(others, chosen)
    beside = others[np.maximum(behind - 1, 0)], others[np.minimum(behind, others.size - 1)]
    first, second = (np.abs(places[:, chosen] - places[:, other]).max(axis=0) for other in beside)
    return np.asarray(np.minimum(first, second))


def _turn(t: Array, values: Array, far: NDArray[np.bool_], sign: float) -> Array:
    """Places of the parameter around the highest (or for sign −1 the lowest) turning point or end of the domain."""
    high = np.concatenate([[np.nan], np.where(far, np.inf, sign * values), [np.nan]])
    here = high[1:-1]
    with np.errstate(invalid="ignore"):
        turns = np.flatnonzero(~(high[:-2] > here) & ~(high[2:] > here) & np.isfinite(here))
    turns = turns[(turns > 0) & (turns < t.size - 1)]
    if turns.size == 0:
        return t[:0]
    top = turns[np.argmax(here[turns])]
    return np.linspace(t[top - 1], t[top + 1], CLOSER)


def _range(values: Array, evenly: NDArray[np.bool_], closer: Array) -> tuple[float, float]:
    known = values[evenly] if not np.isnan(values[evenly]).all() else values
    bottom, top = (float(each) for each in np.nanpercentile(known, [LOW_SHARE, HIGH_SHARE]))
    least, greatest = float(np.nanmin(values)), float(np.nanmax(values))
    if greatest - least <= GENEROUS * (top - bottom) or greatest == least:
        bottom, top = least, greatest
    shown = np.concatenate([closer[~np.isnan(closer)], [bottom, top]])
    return float(shown.min()), float(shown.max())


def _lonely(curve: PlaneCurve, low: float, high: float) -> Array:
    """Numbers at which a curve that every sample misses may have points: a short piece, or single points."""
    if not low < high:
        return np.array([low])
    pieces = refine(Chart(curve, View(-1.0, 1.0, -1.0, 1.0, 600, 400)), low, high).pieces
    return np.unique(np.concatenate([pieces.left, (pieces.left + pieces.right) / 2, pieces.right]))
