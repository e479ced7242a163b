"""The automatic range of values: robust, so that a pole or a far end does not flatten the rest of a curve."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from plotlang.numerics.explicit.curve import Curve
from plotlang.numerics.explicit.refining import refine
from plotlang.numerics.explicit.strokes import drawn
from plotlang.numerics.limits import UNLIMITED, Budget
from plotlang.numerics.view import View

if TYPE_CHECKING:
    from plotlang.language.syntax import Expr
    from plotlang.numerics.realmath import Array

SAMPLES = 1201
LOW_SHARE, HIGH_SHARE = 2.0, 98.0
GENEROUS = 1.6
"""If all values span at most this many times the middle 96 %, all are shown."""
NEAR_POLE = 0.05
"""Values closer to a pole than this share of the range do not count."""


def value_range(
    expr: Expr, variable: str, low: float, high: float, budget: Budget = UNLIMITED, *, log: bool = False
) -> tuple[float, float] | None:
    """The least and greatest value to show for `variable` from low to high; None if there are no values.

    These are the 2 % and 98 % quantiles of the values, widened to extrema and intercepts, not to values next to a
    pole; without far values they are the least and greatest value.  A constant gives (c, c); no margin is added.
    """
    curve = Curve(expr, variable, budget)
    x = np.geomspace(low, high, SAMPLES) if log else np.linspace(low, high, SAMPLES)
    y = np.array(curve.at(x))
    y[np.isinf(y)] = np.nan
    if np.isnan(y).all():
        return _of_lonely_places(curve, low, high, log=log)
    far = _next_to_poles(_poles(curve, y, low, high, log=log), x, low, high)
    if not np.isnan(y[~far]).all():
        y[far] = np.nan
    bottom, top = (float(each) for each in np.nanpercentile(y, [LOW_SHARE, HIGH_SHARE]))
    least, greatest = float(np.nanmin(y)), float(np.nanmax(y))
    if greatest - least <= GENEROUS * (top - bottom) or greatest == least:
        bottom, top = least, greatest
    marked = np.concatenate([_extrema(y), _intercepts(x, y), [bottom, top]])
    return float(np.min(marked)), float(np.max(marked))


def _poles(curve: Curve, y: Array, low: float, high: float, *, log: bool) -> Array:
    bottom, top = np.nanpercentile(y, [LOW_SHARE, HIGH_SHARE])
    room = max(float(top - bottom), 1e-9 * max(1e-300, abs(float(top))), 1e-300)
    view = View(low, high, float(bottom) - room / 20, float(top) + room / 20, 150, 100, log=log)
    return np.asarray(drawn(curve, view, refine(curve, view)).poles)


def _next_to_poles(poles: Array, x: Array, low: float, high: float) -> np.ndarray[tuple[int, ...], np.dtype[np.bool_]]:
    """Where x is closer to a pole than `NEAR_POLE` of the range, and than a sixth of the way to the next pole."""
    if poles.size == 0:
        return np.zeros(x.shape, dtype=bool)
    gaps = np.diff(poles)
    reach = np.minimum(np.append(gaps, np.inf), np.append(np.inf, gaps)) / 6
    reach = np.minimum(reach, NEAR_POLE * (high - low))
    return np.asarray((np.abs(x[:, None] - poles) < reach).any(axis=1))


def _extrema(y: Array) -> Array:
    """Heights of the turning points, by a parabola through three samples."""
    before, here, after = y[:-2], y[1:-1], y[2:]
    with np.errstate(all="ignore"):
        turns = ((here > before) & (here >= after)) | ((here < before) & (here <= after))
        bend = before - 2 * here + after
        shift = np.clip((after - before) / np.where(bend == 0, 1.0, -2 * bend), -0.5, 0.5)
        peak = here + shift * (after - before) / 4
    return np.asarray(peak[turns & ~np.isnan(peak)])


def _intercepts(x: Array, y: Array) -> Array:
    """0 if the curve crosses the axis, and its value where it crosses x = 0."""
    with np.errstate(all="ignore"):
        crossing = (y[:-1] * y[1:] <= 0).any()
    found = [0.0] if crossing else []
    if x[0] <= 0 <= x[-1]:
        at_zero = float(y[np.argmin(np.abs(x))])
        found += [] if np.isnan(at_zero) else [at_zero]
    return np.asarray(found)


def _of_lonely_places(curve: Curve, low: float, high: float, *, log: bool) -> tuple[float, float] | None:
    """A curve that every sample misses: a short piece, or single points."""
    view = View(low, high, -1.0, 1.0, 600, 100, log=log)
    sampled = drawn(curve, view, refine(curve, view))
    x = np.array([(a + b) / 2 for a, b in sampled.defined] + [float(dot[0]) for dot in sampled.filled_dots])
    y = curve.at(x)
    y = y[np.isfinite(y)]
    return (float(y.min()), float(y.max())) if y.size else None
