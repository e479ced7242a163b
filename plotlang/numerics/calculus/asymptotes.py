"""The straight lines that a curve comes near without end."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from plotlang.language.syntax import Binary, Name
from plotlang.numerics.building import number
from plotlang.numerics.calculus.breaks import breaks
from plotlang.numerics.calculus.limiting import limit_of
from plotlang.numerics.calculus.univariate import Univariate

if TYPE_CHECKING:
    from plotlang.language.syntax import Expr
    from plotlang.numerics.limits import Budget

_PLACES = np.array([0.0137, 0.139, 1.31, 4.17, 11.9])


@dataclass(frozen=True, slots=True)
class Lines:
    """Asymptotes: places of vertical ones in the range, heights of horizontal ones, (slope, intercept) of others.

    `complete` is False when there are more vertical ones than could be found.
    """

    vertical: tuple[float, ...]
    horizontal: tuple[float, ...]
    oblique: tuple[tuple[float, float], ...]
    complete: bool = True


def asymptotes(expr: Expr, variable: str, low: float, high: float, budget: Budget) -> Lines:
    """The asymptotes of a core expression; vertical ones from low to high (finite, low < high), both included.

    A vertical one stands where the function grows beyond all bounds on a side; a horizontal or oblique one is the
    line that it comes near towards −∞ or ∞ (each line once), unless it is that line itself.
    """
    low, high = float(low), float(high)
    found, complete = breaks(Univariate(expr, variable, high - low, budget), low, high, budget)
    vertical = tuple(each.place for each in found if each.is_pole)
    slopes = [line for end in (-np.inf, np.inf) if (line := far_line(expr, variable, end, budget)) is not None]
    horizontal = tuple(dict.fromkeys(height for slope, height in slopes if slope == 0))
    oblique = tuple(dict.fromkeys((slope, height) for slope, height in slopes if slope != 0))
    return Lines(vertical, horizontal, oblique, complete)


def far_line(expr: Expr, variable: str, end: float, budget: Budget) -> tuple[float, float] | None:
    """Slope and intercept of the line that an expression comes near towards an end of ±inf; None if there is none."""
    height = limit_of(Univariate(expr, variable, 1.0, budget), end, 0, budget)
    if np.isfinite(height):
        rest = Binary("-", expr, number(height))
        return None if _vanishes(Univariate(rest, variable, 1.0, budget), end) else (0.0, height)
    if np.isnan(height):
        return None
    x = Name(variable)
    slope = limit_of(Univariate(Binary("/", expr, x), variable, 1.0, budget), end, 0, budget)
    if not np.isfinite(slope) or slope == 0:
        return None
    rest = Binary("-", expr, Binary("*", number(slope), x))
    height = limit_of(Univariate(rest, variable, 1.0, budget), end, 0, budget)
    if not np.isfinite(height):
        return None
    rest = Binary("-", rest, number(height))
    return None if _vanishes(Univariate(rest, variable, 1.0, budget), end) else (slope, height)


def _vanishes(rest: Univariate, end: float) -> bool:
    """Whether a curve is its line, which is then no asymptote."""
    y = rest.near_zero(np.copysign(_PLACES, end))
    return bool(y.all())
