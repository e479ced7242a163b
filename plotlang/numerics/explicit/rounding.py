"""How far rounding errors can move the values of a formula, told without computing any.

Each step passes on the least and the greatest value it may have over a range of the variable, and a bound of the error
made so far (forward error analysis: Higham, Accuracy and Stability of Numerical Algorithms, 2002, chapter 3).
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, TypeAlias

from plotlang.language.syntax import Binary, Call, Negate
from plotlang.numerics.program import fraction

if TYPE_CHECKING:
    from collections.abc import Callable

    from plotlang.language.syntax import Expr
    from plotlang.numerics.compile import Points

Known: TypeAlias = tuple[float, float, float]
"""Least value, greatest value, error."""
Rule: TypeAlias = "Callable[..., Known]"

UNIT = 2.0**-50
"""Relative error of one step; functions of numpy stay within four units in the last place."""


def rounding_rules(points: Points) -> tuple[Rule, ...] | None:
    """What each step of some points does to errors; None if one of them has no rule."""
    found = [_rule(step.node) for _, _, step in points.work]
    return None if None in found else tuple(rule for rule in found if rule is not None)


def rounding_error(rules: tuple[Rule, ...], points: Points, ends: tuple[float, float], most: float) -> float:
    """A bound of the rounding error of the first root; inf or NaN if unknown.

    The variable goes from one of the `ends` to the other.  Values of the root above `most` (in size) do not count.
    """
    known: list[Known | None] = [None] * len(points.start)
    for slot, _ in points.places:
        known[slot] = (*ends, 0.0)
    caps = _caps(points, most)
    try:
        for rule, (slot, _, step) in zip(rules, points.work, strict=True):
            inputs = [known[i] or _number(points, i) for i in step.inputs]
            known[slot] = _capped(step.node, inputs, caps[slot]) if slot in caps else rule(*inputs)
    except (OverflowError, ValueError, ZeroDivisionError):
        return math.inf
    found = known[points.results[0]]
    return 0.0 if found is None else found[2]


def _caps(points: Points, most: float) -> dict[int, float]:
    """The last step with poles, if only constants are added and multiplied to it, and how large its values count."""
    slot, steps = points.results[0], {slot: step for slot, _, step in points.work}
    while slot in steps:
        node, inputs = steps[slot].node, steps[slot].inputs
        if _has_poles(node):
            return {slot: most}
        moving = [i for i in inputs if points.start[i] is None]
        if len(moving) != 1 or not isinstance(node, Negate | Binary):
            return {}
        constants = [abs(_number(points, i)[0]) for i in inputs if i != moving[0]]
        slot = moving[0]
        if isinstance(node, Binary):
            if node.operator in ("+", "-"):
                most += constants[0]
            elif node.operator == "*" and constants[0] > 0:
                most /= constants[0]
            else:
                return {}
    return {}


def _has_poles(node: Expr) -> bool:
    return (isinstance(node, Binary) and node.operator == "/") or (isinstance(node, Call) and node.function == "tan")


def _capped(node: Expr, inputs: list[Known], most: float) -> Known:
    """A quotient or a tangent, as far as it is not larger than this."""
    if isinstance(node, Call):
        return -most, most, 2 * (1 + most * most) * inputs[0][2] + UNIT * most
    a, b = inputs
    if b[0] > 0 or b[1] < 0:
        return _quotient(a, b)
    least = max(a[0], -a[1]) / most
    error = (a[2] + most * b[2]) / (least - b[2]) if least > 2 * b[2] else math.inf
    return -most, most, 2 * error + UNIT * most


def _number(points: Points, slot: int) -> Known:
    value = float(points.start[slot])  # type: ignore[arg-type]
    return value, value, 0.0


def _rule(node: Expr) -> Rule | None:
    match node:
        case Negate():
            return _negative
        case Binary(operator="^", right=right):
            exact = fraction(right)
            return None if exact is None or exact[1] != 1 or not 0 < exact[0] <= 64 else _whole_power(exact[0])
        case Binary(operator=operator):
            return _BINARY.get(operator)
        case Call(function=function):
            return _CALLS.get(function)
    return None


def _size(a: Known) -> float:
    return max(-a[0], a[1])


def _rounded(low: float, high: float, error: float) -> Known:
    """With the error of the last step."""
    return low, high, error + UNIT * max(-low, high)


def _negative(a: Known) -> Known:
    return -a[1], -a[0], a[2]


def _sum(a: Known, b: Known) -> Known:
    return _rounded(a[0] + b[0], a[1] + b[1], a[2] + b[2])


def _difference(a: Known, b: Known) -> Known:
    return _rounded(a[0] - b[1], a[1] - b[0], a[2] + b[2])


def _product(a: Known, b: Known) -> Known:
    ends = a[0] * b[0], a[0] * b[1], a[1] * b[0], a[1] * b[1]
    return _rounded(min(ends), max(ends), a[2] * (_size(b) + b[2]) + b[2] * _size(a))


def _quotient(a: Known, b: Known) -> Known:
    least = b[0] if b[0] > 0 else -b[1]
    if not least > 2 * b[2]:
        return -math.inf, math.inf, math.inf
    ends = a[0] / b[0], a[0] / b[1], a[1] / b[0], a[1] / b[1]
    low, high = min(ends), max(ends)
    return _rounded(low, high, (a[2] + max(-low, high) * b[2]) / (least - b[2]))


def _whole_power(n: int) -> Rule:
    def rule(a: Known) -> Known:
        size = _size(a) + a[2]
        most = size**n
        low = 0.0 if n % 2 == 0 else min(a[0], 0.0) ** n
        return low, most, n * size ** (n - 1) * a[2] + 2 * n * UNIT * most

    return lambda a, _: rule(a)


def _wave(a: Known) -> Known:
    return -1.0, 1.0, a[2] + UNIT


def _exponential(a: Known) -> Known:
    high = math.exp(a[1] + a[2])
    return 0.0, high, high * (math.expm1(a[2]) + UNIT)


def _root(a: Known) -> Known:
    return _rounded(0.0, math.sqrt(max(a[1], 0.0)), math.sqrt(a[2]))


def _absolute(a: Known) -> Known:
    return max(a[0], -a[1], 0.0), _size(a), a[2]


def _logarithm(f: Callable[[float], float]) -> Rule:
    def rule(a: Known) -> Known:
        least = a[0] - a[2]
        return _rounded(f(least), f(a[1] + a[2]), 2 * a[2] / least) if least > 0 else (-math.inf, math.inf, math.inf)

    return rule


def _saturated(most: float) -> Rule:
    """A function with a slope of at most 1 and values of at most this size."""
    return lambda a: (-most, most, a[2] + most * UNIT)


_BINARY: dict[str, Rule] = {"+": _sum, "-": _difference, "*": _product, "/": _quotient}
_CALLS: dict[str, Rule] = {
    "sin": _wave,
    "cos": _wave,
    "exp": _exponential,
    "sqrt": _root,
    "abs": _absolute,
    "ln": _logarithm(math.log),
    "lg": _logarithm(math.log10),
    "log10": _logarithm(math.log10),
    "log2": _logarithm(math.log2),
    "tan": lambda _: (-math.inf, math.inf, math.inf),
    "tanh": _saturated(1.0),
    "arctan": _saturated(2.0),
}
