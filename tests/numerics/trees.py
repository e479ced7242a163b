"""Random core expressions, and their plain meaning: one number at a time, by walking the tree."""

from __future__ import annotations

import math
from fractions import Fraction

import numpy as np
from hypothesis import strategies as st

from plotlang.language.syntax import (
    Binary,
    Call,
    Compare,
    Expr,
    Logic,
    Name,
    Negate,
    Not,
    Number,
    Piecewise,
    Restriction,
    Suffix,
)
from plotlang.numerics.functions import FUNCTIONS
from plotlang.numerics.program import CONSTANTS

SMOOTH = ("sin", "cos", "exp", "arctan", "tanh", "cosh", "sinh")
ROUGH = ("floor", "abs", "sqrt", "ln", "sign", "tan", "frac", "arcsin", "cbrt", "ceil", "sec")
NUMBERS = st.sampled_from([0.0, 0.5, 1.0, 1.5, 2.0, 3.0, 10.0]).map(Number)
LEAVES = st.one_of(NUMBERS, st.just(Name("x")), st.just(Name("x")), st.just(Name("pi")))


def expressions(functions: tuple[str, ...] = SMOOTH + ROUGH, *, conditions: bool = True) -> st.SearchStrategy[Expr]:
    """Expressions of x."""

    def grow(inner: st.SearchStrategy[Expr]) -> st.SearchStrategy[Expr]:
        plain = st.one_of(
            st.builds(Negate, inner),
            st.builds(Binary, st.sampled_from(["+", "-", "*", "/"]), inner, inner),
            st.builds(lambda base, n: Binary("^", base, Number(n)), inner, st.sampled_from([2.0, 3.0])),
            st.builds(lambda name, a: Call(name, (a,)), st.sampled_from(functions), inner),
        )
        if not conditions:
            return plain
        relation = st.builds(
            lambda a, o, c: Compare((a, c), (o,)), inner, st.sampled_from(["<", "<=", ">", ">=", "==", "!="]), inner
        )
        condition = st.one_of(
            relation,
            st.builds(Not, relation),
            st.builds(lambda a, o, c: Logic(o, (a, c)), relation, st.sampled_from(["and", "or"]), relation),
        )
        return st.one_of(
            plain,
            condition,
            st.builds(Binary, st.sampled_from(["mod", "//", "^"]), inner, inner),
            st.builds(lambda c, a, d: Piecewise(((c, a), (None, d))), condition, inner, inner),
            st.builds(lambda c, a: Piecewise(((c, a),)), condition, inner),
            st.builds(Restriction, condition),
            st.builds(Suffix, st.sampled_from(["°", "%"]), inner),
        )

    return st.recursive(LEAVES, grow, max_leaves=12)


def meaning(expr: Expr, x: float) -> float:
    """The value at x, by recursion."""
    with np.errstate(all="ignore"):
        return float(_meaning(expr, np.float64(x)))


def _meaning(expr: Expr, x: np.float64) -> np.float64:
    match expr:
        case Number(value=value):
            return np.float64(value)
        case Name(id=name):
            return x if name == "x" else np.float64(CONSTANTS[name])
        case Piecewise() | Restriction():
            return _chosen(expr, x)
        case Compare() | Not() | Logic():
            return np.float64(_condition(expr, x))
    return _computed(expr, x)


def _computed(expr: Expr, x: np.float64) -> np.float64:
    match expr:
        case Negate(operand=operand):
            return -_meaning(operand, x)
        case Suffix(operator=operator, operand=operand):
            value = _meaning(operand, x)
            return value * np.float64(math.pi / 180) if operator == "°" else value / 100
        case Binary(operator=operator, left=left, right=right):
            return _arithmetic(operator, _meaning(left, x), _meaning(right, x), right)
        case Call(function=function, arguments=arguments):
            return np.float64(FUNCTIONS[function].point(*(np.asarray(_meaning(each, x)) for each in arguments)))
    raise AssertionError(expr)


def _chosen(expr: Piecewise | Restriction, x: np.float64) -> np.float64:
    rows = expr.rows if isinstance(expr, Piecewise) else ((expr.condition, Number(1.0)),)
    for condition, value in rows:
        if condition is None or _true(_meaning(condition, x)):
            return _meaning(value, x)
    return np.float64(np.nan)


def _true(value: float) -> bool:
    return value != 0 and not math.isnan(value)


def _condition(expr: Expr, x: np.float64) -> bool:
    match expr:
        case Compare(operands=(left, right), operators=(operator,)):
            a, b = float(_meaning(left, x)), float(_meaning(right, x))
            if math.isnan(a) or math.isnan(b):
                return False
            return {"<": a < b, "<=": a <= b, ">": a > b, ">=": a >= b, "==": a == b, "!=": a != b}[operator]
        case Not(operand=operand):
            return not _true(_meaning(operand, x))
        case Logic(operator=operator, operands=operands):
            return (all if operator == "and" else any)(_true(_meaning(each, x)) for each in operands)
    raise AssertionError(expr)


def _arithmetic(operator: str, a: np.float64, b: np.float64, right: Expr) -> np.float64:
    if operator in ("/", "//") and b == 0:
        return np.float64(np.nan)
    if operator == "^":
        return _power(a, b, right)
    return {"+": np.add, "-": np.subtract, "*": np.multiply, "/": np.divide, "//": np.floor_divide, "mod": np.mod}[
        operator
    ](a, b)


def _power(a: np.float64, b: np.float64, right: Expr) -> np.float64:
    exact = _quotient(right)
    if exact is not None and exact.denominator % 2 and a < 0:
        size = np.abs(a) ** float(exact)
        return -size if exact.numerator % 2 else size
    return np.float64(np.nan) if a == 0 and b < 0 else np.power(a, b)


def _quotient(expr: Expr) -> Fraction | None:
    """A fraction of whole numbers, as it is written."""
    sign = 1
    while isinstance(expr, Negate):
        sign, expr = -sign, expr.operand
    if not isinstance(expr, Binary) or expr.operator != "/":
        return None
    above, below = _whole(expr.left), _whole(expr.right)
    return None if above is None or not below else sign * Fraction(above, below)


def _whole(expr: Expr) -> int | None:
    sign = 1
    while isinstance(expr, Negate):
        sign, expr = -sign, expr.operand
    return sign * int(expr.value) if isinstance(expr, Number) and expr.value.is_integer() else None
