"""What is found on curves: zeros, turning points, lines that touch, areas, sums of boxes, fitted letters, terms.

Each takes core expressions and gives numbers; `Lowering` calls it for ``roots(f)`` and its like, marks and statements
for what they draw and print.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

from plotlang.language.diagnostics import LanguageError
from plotlang.language.syntax import Binary, Expr, Number
from plotlang.numerics.compile import compile_expr
from plotlang.numerics.derivative import differentiate
from plotlang.numerics.lists import substitute
from plotlang.numerics.program import identity, program

if TYPE_CHECKING:
    from plotlang.numerics.limits import Budget
    from plotlang.numerics.realmath import Array

Places = tuple[tuple[float, float], ...]

FOUND = ("roots", "extrema", "maxima", "minima", "inflections", "intersect", "solve")
"""What `places` looks for."""


def places(what: str, cores: tuple[Expr, ...], low: float, high: float, budget: Budget) -> tuple[Places, bool]:
    """Places (x, y) on the curves of core expressions in x, from low to high (both included), in order.

    Also tells whether all of them were found.  What was found is remembered by its values, because pictures and
    printed lines ask for the same.
    """
    key = identity(program(cores))
    if key is None:
        return _places(what, cores, low, high, budget)
    kept = _remembered(what, key, low, high)
    if not kept:
        kept.append(_places(what, cores, low, high, budget))
    return kept[0]


@lru_cache(maxsize=256)
def _remembered(*key: object) -> list[tuple[Places, bool]]:
    """Room for what was found for these values, empty at first."""
    del key
    return []


def _places(what: str, cores: tuple[Expr, ...], low: float, high: float, budget: Budget) -> tuple[Places, bool]:
    from plotlang.numerics.calculus import turning, zeros

    match what:
        case "roots" | "solve":
            found = zeros.zeros(cores[0], "x", low, high, budget)
            return tuple((x, 0.0) for x in found.places), found.complete
        case "intersect":
            difference = Binary("-", cores[0], cores[1])
            found = zeros.zeros(difference, "x", low, high, budget)
            height = compile_expr(cores[0], "x", budget=budget)
            return tuple((x, _clean(float(height(np.asarray(x))))) for x in found.places), found.complete
        case "inflections":
            return tuple(turning.inflections(cores[0], "x", low, high, budget)), True
    turns = turning.extrema(cores[0], "x", low, high, budget)
    wanted = {"maxima": "maximum", "minima": "minimum"}.get(what)
    return tuple((each.x, each.y) for each in turns if wanted in (None, each.kind)), True


def _clean(value: float) -> float:
    return 0.0 if abs(value) < 1e-14 else value


def flat(core: Expr, low: float, high: float, budget: Budget) -> tuple[tuple[float, float], ...]:
    """The ranges where a core expression in x is 0 throughout."""
    from plotlang.numerics.calculus.zeros import zeros

    return zeros(core, "x", low, high, budget).ranges


def coincide(first: Expr, second: Expr, low: float, high: float, budget: Budget) -> tuple[tuple[float, float], ...]:
    """The ranges where two curves are the same."""
    return flat(Binary("-", first, second), low, high, budget)


def slope(core: Expr, place: Expr) -> Expr:
    """The derivative of a core expression in x, at a place."""
    return substitute(differentiate(core, "x"), "x", place)


def line(what: str, core: Expr, ends: tuple[Expr, ...], at: Expr) -> Expr:
    """The height at `at` of a tangent, a normal or a secant of a core expression in x."""
    start = ends[0]
    height = substitute(core, "x", start)
    if what == "secant":
        rise = Binary("-", substitute(core, "x", ends[1]), height)
        steep: Expr = Binary("/", rise, Binary("-", ends[1], start))
    else:
        steep = slope(core, start)
        if what == "normal":
            steep = Binary("/", Number(-1.0), steep)
    return Binary("+", height, Binary("*", steep, Binary("-", at, start)))


def area_between(first: Expr, second: Expr | None, low: float, high: float, budget: Budget) -> float:
    """The unsigned area between two curves, or a curve and the x-axis."""
    from plotlang.numerics.calculus.areas import area

    return area(first, second, "x", low, high, budget)


def boxes(core: Expr, low: float, high: float, count: float, rule: str, budget: Budget) -> float:
    """The sum of the areas of boxes under a curve, with sign."""
    total, edges, heights = box_edges(core, low, high, count, rule, budget)
    size = float(np.abs(heights).sum() * np.abs(np.diff(edges)).max(initial=0.0))
    return 0.0 if abs(total) <= 4e-16 * len(edges) * size else float(total)


def box_edges(
    core: Expr, low: float, high: float, count: float, rule: str, budget: Budget
) -> tuple[float, Array, Array]:
    """Sum, edges (n + 1,) and heights of n boxes: (n,), or (n + 1,) for trapezoids."""
    from plotlang.numerics.calculus.areas import RULES, riemann

    if not (np.isfinite(low) and np.isfinite(high)):
        raise LanguageError("boxes need two ends", suggestion="from 0 to 2")
    chosen = RULES[[*map(str, RULES)].index(rule)]
    return riemann(core, "x", low, high, check_boxes(count), chosen, budget)


MOST_BOXES = 1_000


def check_boxes(count: float) -> int:
    """The number of boxes; raises `LanguageError` if it is none."""
    if not (np.isfinite(count) and 1 <= round(count) <= MOST_BOXES):
        raise LanguageError(f"the number of boxes goes from 1 to {MOST_BOXES:,}", suggestion="boxes 8")
    return round(count)


def vertical(core: Expr, low: float, high: float, budget: Budget) -> tuple[float, ...]:
    """The places of the vertical asymptotes."""
    from plotlang.numerics.calculus.asymptotes import asymptotes

    return asymptotes(core, "x", low, high, budget).vertical


def limit(core: Expr, variable: str, place: float, side: int, budget: Budget) -> float:
    """The limit of a core expression; ±inf where it grows without bound, NaN where there is none."""
    from plotlang.numerics.calculus.limiting import limit as limit_of

    return limit_of(core, variable, place, side, budget)
