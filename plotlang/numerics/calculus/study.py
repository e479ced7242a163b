"""The study of a curve: everything that is usually asked about a function, in one value."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from plotlang.numerics.calculus.asymptotes import Lines, asymptotes
from plotlang.numerics.calculus.breaks import Break, breaks
from plotlang.numerics.calculus.limiting import limit_of
from plotlang.numerics.calculus.pieces import Bend, Piece, Trend, bends_of, domain_of, segments_of, trends_of, values_of
from plotlang.numerics.calculus.symmetry import Symmetry, period_of, symmetry_of
from plotlang.numerics.calculus.turning import Extremum, extrema_of, inflections_of
from plotlang.numerics.calculus.univariate import Univariate
from plotlang.numerics.calculus.zeros import Zeros, tidy_values, zeros_of

if TYPE_CHECKING:
    from plotlang.language.syntax import Expr
    from plotlang.numerics.limits import Budget


@dataclass(frozen=True, slots=True)
class Study:
    """What there is to say about a function in a view.

    `domain` are the ranges of the view in which it is defined, `intercept` its value at 0 (None if there is none).
    `symmetry` and `period` are those of the whole function, None for none.  `trends` and `bends` cut the domain at
    breaks, where the function turns, or bends the other way ("up" opens upwards).  `holes` are points (x, y) that are
    missing, `jumps` breaks between finite heights.  `ends` are the limits at −∞ and ∞, NaN where there is none;
    `values` is the least range that holds all values in the view, None for none; its ends may be ±inf.
    """

    domain: tuple[Piece, ...]
    intercept: float | None
    zeros: Zeros
    symmetry: Symmetry | None
    period: float | None
    extrema: tuple[Extremum, ...]
    trends: tuple[tuple[float, float, Trend], ...]
    inflections: tuple[tuple[float, float], ...]
    bends: tuple[tuple[float, float, Bend], ...]
    asymptotes: Lines
    holes: tuple[tuple[float, float], ...]
    jumps: tuple[Break, ...]
    ends: tuple[float, float]
    values: tuple[float, float] | None


def study(expr: Expr, variable: str, low: float, high: float, budget: Budget) -> Study:
    """The study of a core expression for `variable` from low to high (finite, low < high)."""
    with np.errstate(all="ignore"):
        return _study(expr, variable, float(low), float(high), budget)


def _study(expr: Expr, variable: str, low: float, high: float, budget: Budget) -> Study:
    f = Univariate(expr, variable, high - low, budget)
    found, _ = breaks(f, low, high, budget)
    segments = segments_of(f, found, low, high)
    turns = extrema_of(f, low, high, budget)
    everywhere = Univariate(expr, variable, 1.0, budget)
    return Study(
        domain=domain_of(segments, found),
        intercept=_intercept(f),
        zeros=zeros_of(f, low, high, budget),
        symmetry=symmetry_of(everywhere),
        period=period_of(everywhere, budget),
        extrema=turns,
        trends=trends_of(f, segments, turns, budget),
        inflections=inflections_of(f, low, high, budget),
        bends=bends_of(f, segments, budget),
        asymptotes=asymptotes(expr, variable, low, high, budget),
        holes=tuple((each.place, each.before) for each in found if each.is_hole),
        jumps=tuple(each for each in found if each.is_jump),
        ends=(limit_of(everywhere, -np.inf, 0, budget), limit_of(everywhere, np.inf, 0, budget)),
        values=values_of(f, found, turns, low, high),
    )


def _intercept(f: Univariate) -> float | None:
    y = tidy_values(f, np.array([0.0]))[0]
    return float(y) if np.isfinite(y) else None
