"""Symmetry and period of a function, tried out at many places."""

from __future__ import annotations

import math
from fractions import Fraction
from typing import TYPE_CHECKING, Literal, TypeAlias

import numpy as np

from plotlang.language.diagnostics import LanguageError
from plotlang.language.syntax import Binary, Call
from plotlang.numerics.calculus.polishing import simplified
from plotlang.numerics.compile import compile_expr
from plotlang.numerics.derivative import differentiate
from plotlang.numerics.program import inputs_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from plotlang.language.syntax import Expr
    from plotlang.numerics.calculus.univariate import Univariate
    from plotlang.numerics.limits import Budget
    from plotlang.numerics.realmath import Array

    Mask = NDArray[np.bool_]

Symmetry: TypeAlias = Literal["even", "odd"]

TRIALS = 300
FEWEST = 12
"""Places with a value that a verdict needs at least."""
MOST_FACTOR = 60
_PERIODS = {
    **dict.fromkeys(("sin", "cos", "sec", "csc"), math.tau),
    **dict.fromkeys(("tan", "cot"), math.pi),
    **dict.fromkeys(("floor", "ceil", "round", "trunc", "frac"), 1.0),
}
_SHRINKS = (2, 3, 5, 7)
_GROWTHS = (1, 2, 3)


def symmetry_of(f: Univariate) -> Symmetry | None:
    """Whether f(−x) = f(x) ("even"), or −f(x) ("odd"), wherever one of them is defined; None for neither or both."""
    golden = (np.arange(1, TRIALS + 1) * 0.6180339887498949) % 1.0
    x = np.concatenate([6 * golden, 10 ** (6 * golden - 3)])
    with np.errstate(all="ignore"):
        here, there = f.rounding(x), f.rounding(-x)
        values = np.stack([f.at(x), f.at(-x)])
        defined = np.isfinite(values)
        both = defined.all(axis=0)
        if both.sum() < FEWEST or (defined[0] != defined[1]).any():
            return None
        even = _overlap(here.low, here.high, there.low, there.high)[both].all()
        odd = _overlap(here.low, here.high, -there.high, -there.low)[both].all()
    if even == odd:
        return None
    return "even" if even else "odd"


def _overlap(low: Array, high: Array, other_low: Array, other_high: Array) -> Mask:
    return np.asarray((low <= other_high) & (other_low <= high))


def period_of(f: Univariate, budget: Budget) -> float | None:
    """The smallest positive period of f; None if it has none, or is constant.

    Candidates come from the trigonometric and rounding functions of a straight line in the formula; they are tried
    out at some hundred places.
    """
    periods = set(_sources(f, budget))
    if not periods:
        return None
    shared = _common(sorted(periods))
    if shared is None:
        return None
    found = next((shared * n for n in _GROWTHS if _repeats(f, shared * n)), None)
    if found is None or _is_constant(f, found):
        return None
    for n in _SHRINKS:
        while _repeats(f, found / n):
            budget.check()
            found /= n
    return simplified(found, found * (1 - 1e-14), found * (1 + 1e-14))


def _sources(f: Univariate, budget: Budget) -> Iterator[float]:
    """The periods of periodic functions of a·x + b in the formula."""
    for step in f.code.steps:
        node = step.node
        if isinstance(node, Call) and node.function in _PERIODS:
            unit, inner = _PERIODS[node.function], node.arguments[0]
        elif _is_remainder(node):
            inner, divisor = inputs_of(node)
            unit = _number(divisor, f.variable, budget)
        else:
            continue
        slope = _slope(inner, f.variable, budget)
        if slope and unit and math.isfinite(unit / slope):
            yield abs(unit / slope)


def _is_remainder(node: Expr) -> bool:
    return node.function == "mod" if isinstance(node, Call) else isinstance(node, Binary) and node.operator == "mod"


def _number(expr: Expr, variable: str, budget: Budget) -> float:
    """The value of an expression without the variable, else 0."""
    y = compile_expr(expr, variable, budget=budget)(np.array([0.31, 1.7]))
    return float(y[0]) if y[0] == y[1] and np.isfinite(y[0]) else 0.0


def _slope(expr: Expr, variable: str, budget: Budget) -> float:
    """The slope of a straight line, else 0."""
    try:
        slope = compile_expr(differentiate(expr, variable), variable, budget=budget)
    except LanguageError:
        return 0.0
    y = slope(np.array([-7.3, -0.61, 0.37, 2.9, 11.3]))
    same = np.isfinite(y).all() and np.ptp(y) <= 1e-14 * np.abs(y[0])
    return float(y[0]) if same else 0.0


def _common(periods: list[float]) -> float | None:
    """The smallest common multiple; None if their ratios are not fractions of small numbers."""
    result = Fraction(1)
    for each in periods:
        ratio = Fraction(each / periods[0]).limit_denominator(MOST_FACTOR)
        if ratio == 0 or abs(float(ratio) * periods[0] / each - 1) > 1e-13:
            return None
        result = Fraction(math.lcm(result.numerator, ratio.numerator), math.gcd(result.denominator, ratio.denominator))
    return float(result) * periods[0]


def _trials(period: float) -> Array:
    return np.asarray(period * (3.3 * ((np.arange(TRIALS) * 0.6180339887498949) % 1.0) - 1.7))


def _repeats(f: Univariate, period: float) -> bool:
    """Whether values stay the same one and two periods on, as far as rounding allows."""
    x = _trials(period)
    with np.errstate(all="ignore"):
        first = f.rounding(x)
        defined = np.isfinite(f.at(x))
        for n in (1, 2):
            moved = x + n * period
            if (np.isfinite(f.at(moved)) != defined).any():
                return False
            again = f.rounding(moved)
            if not _overlap(first.low, first.high, again.low, again.high)[defined].all():
                return False
    return int(defined.sum()) >= FEWEST


def _is_constant(f: Univariate, period: float) -> bool:
    """Whether no two values can be told apart."""
    x = _trials(period)
    with np.errstate(all="ignore"):
        y, bounds = f.at(x), f.rounding(x)
        good = np.isfinite(y)
        return bool(bounds.low[good].max() <= bounds.high[good].min())
