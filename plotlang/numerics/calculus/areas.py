"""Areas between curves, and the sums of rectangles that come near them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, TypeAlias

import numpy as np

from plotlang.language.diagnostics import LanguageError
from plotlang.language.syntax import Binary
from plotlang.numerics.calculus.zeros import zeros
from plotlang.numerics.compile import compile_expr
from plotlang.numerics.quadrature import integrate

if TYPE_CHECKING:
    from plotlang.language.syntax import Expr
    from plotlang.numerics.limits import Budget
    from plotlang.numerics.realmath import Array

Rule: TypeAlias = Literal["left", "right", "mid", "trap"]
RULES: tuple[Rule, ...] = ("left", "right", "mid", "trap")

FAR = 100.0
"""How far from its finite end a range without end is searched for zeros."""
MOST_STRIPS = 1_000_000


def area(f: Expr, g: Expr | None, variable: str, a: float, b: float, budget: Budget) -> float:
    """The area ∫ |f − g| from a to b, which counts positive on both sides of a meeting; without g, down to the axis.

    The ends may be ±inf, and a > b gives the same area.  The range is cut where the curves meet.  NaN where a curve is
    undefined on a part of the range, or where the integral does not settle.
    """
    low, high = min(float(a), float(b)), max(float(a), float(b))
    if np.isnan(a) or np.isnan(b):
        return float("nan")
    if low == high:
        return 0.0
    difference = f if g is None else Binary("-", f, g)
    cuts = _cuts(difference, variable, low, high, budget)
    at = compile_expr(difference, variable, budget=budget)
    parts = integrate(lambda t, _: np.abs(at(t)), cuts[:-1], cuts[1:], [], budget)
    return float(parts.sum())


def _cuts(difference: Expr, variable: str, low: float, high: float, budget: Budget) -> Array:
    near = min(max(0.0, low), high) if np.isinf(low) and np.isinf(high) else low if np.isfinite(low) else high
    first, last = max(low, near - FAR), min(high, near + FAR)
    found = zeros(difference, variable, first, last, budget)
    inner = [*found.places, *(end for each in found.ranges for end in each)]
    inside = np.array([each for each in inner if low < each < high])
    return np.concatenate([[low], np.unique(inside), [high]])


def riemann(  # noqa: PLR0913, PLR0917 - a sum is told by its function, range, number and rule
    f: Expr, variable: str, a: float, b: float, n: int, rule: Rule, budget: Budget
) -> tuple[float, Array, Array]:
    """The sum of n strips of one width under a core expression from a to b, with its strips.

    Gives the sum (negative below the axis, and for a > b), the edges of the strips of shape (n + 1,), and their
    heights: of shape (n,), taken at the left or right edge or in the middle, or of shape (n + 1,), at the edges, for
    trapezoids.  Raises `LanguageError` unless n is from 1 to a million.
    """
    if not 1 <= n <= MOST_STRIPS:
        raise LanguageError(f"a sum takes from 1 to {MOST_STRIPS:,} strips")
    budget.check()
    edges = np.linspace(float(a), float(b), n + 1)
    at = compile_expr(f, variable, budget=budget)
    width = (float(b) - float(a)) / n
    places = {"left": edges[:-1], "right": edges[1:], "mid": (edges[:-1] + edges[1:]) / 2, "trap": edges}[rule]
    heights = at(places)
    total = heights.sum() - (heights[0] + heights[-1]) / 2 if rule == "trap" else heights.sum()
    return float(total * width), edges, heights
