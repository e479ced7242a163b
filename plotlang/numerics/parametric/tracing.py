"""Honest curves of a parameter: (x(t), y(t)) as strokes that leave nothing out and cross nothing the curve does not.

The range of the parameter is cut into pieces whose bounds are known (`refining`), breaks are looked at from both
sides (`cuts`), and what is too fine for chords is collected pixel by pixel (`crowd`).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from plotlang.numerics.limits import UNLIMITED, Budget
from plotlang.numerics.parametric.crowd import crowd_strokes
from plotlang.numerics.parametric.curve import Chart, PlaneCurve
from plotlang.numerics.parametric.cuts import inside, study
from plotlang.numerics.parametric.extents import curve_extent
from plotlang.numerics.parametric.paths import CLOSES, Runs, chained, closed, drawn
from plotlang.numerics.parametric.pieces import AWAY, FULL
from plotlang.numerics.parametric.refining import refine

if TYPE_CHECKING:
    from plotlang.language.syntax import Expr
    from plotlang.numerics.realmath import Array
    from plotlang.numerics.view import View

LARGEST = 1e300
"""Larger ends of the parameter count as this."""


@dataclass(frozen=True, slots=True, eq=False)
class TracedParametric:
    """A curve of a parameter worked out for a view.

    `paths` are arrays of shape (n, 2) in units of the axes, the pen is lifted between them; dots have shape (n, 2).
    Open dots are ends that do not belong to the curve and holes, filled dots ends at jumps that do, and single points.
    `defined` are the ranges of the parameter with values.  `complete` is False if some of the curve is too fine to be
    followed, so that it is only sampled; `leaves` tells whether some of it is outside the view.
    """

    paths: tuple[Array, ...]
    open_dots: Array
    filled_dots: Array
    defined: tuple[tuple[float, float], ...]
    complete: bool
    leaves: bool


def trace_parametric(  # noqa: PLR0913, PLR0917
    x: Expr, y: Expr, variable: str, low: float, high: float, view: View, budget: Budget = UNLIMITED
) -> TracedParametric:
    """The curve (x, y) for `variable` from low to high in a view; chords are within a quarter of a pixel.

    Raises `LanguageError` as `compile_expr` does, and whatever `budget` raises.
    """
    return traced(PlaneCurve(x, y, variable, budget), low, high, view)


def extent(
    x: Expr, y: Expr, variable: str, low: float, high: float, budget: Budget = UNLIMITED
) -> tuple[float, float, float, float] | None:
    """The least and greatest x and y to show of the curve for `variable` from low to high; None if it has no points.

    Robust against poles, see `extents`; no margin is added.  Raises as `trace_parametric` does.
    """
    return curve_extent(PlaneCurve(x, y, variable, budget), max(low, -LARGEST), min(high, LARGEST))


def traced(curve: PlaneCurve, low: float, high: float, view: View) -> TracedParametric:
    """As `trace_parametric`, for a curve compiled before."""
    chart = Chart(curve, view)
    low, high = max(low, -LARGEST), min(high, LARGEST)
    if not low < high:
        return _single(chart, low)
    refined = refine(chart, low, high)
    pieces = refined.pieces
    runs = Runs(pieces)
    cuts = study(chart, runs.gaps(pieces), low, high)
    places, heads = closed(*chained(pieces, runs, cuts), pieces)
    paths, single = drawn(chart, places, heads)
    full = pieces.state == FULL
    outside = bool(((places < -CLOSES) | (places > chart.size + CLOSES)).any())
    if full.any():
        paths += drawn(chart, *crowd_strokes(chart, pieces.left[full], pieces.right[full]))[0]
    return TracedParametric(
        tuple(paths),
        chart.data(cuts.open_dots),
        chart.data(_distinct(inside(chart, np.hstack([cuts.filled_dots, single])))),
        runs.defined(pieces, cuts),
        refined.complete,
        outside or bool((pieces.state == AWAY).any() or full.any()),
    )


def _distinct(places: Array) -> Array:
    return np.unique(places, axis=1) if places.size else places


def _single(chart: Chart, low: float) -> TracedParametric:
    """The one point of a range without length."""
    place = chart.at(np.array([low]))
    known = bool(np.isfinite(place).all())
    nothing = np.empty((0, 2))
    dot = inside(chart, place)
    defined = ((low, low),) if known else ()
    return TracedParametric((), nothing, chart.data(dot), defined, complete=True, leaves=known and dot.size == 0)
