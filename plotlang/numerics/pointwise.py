"""What each core node means at points: one numpy operation per node."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeAlias

import numpy as np

from plotlang.language.diagnostics import LanguageError
from plotlang.language.syntax import (
    Binary,
    Call,
    Compare,
    Expr,
    Logic,
    Negate,
    Not,
    Number,
    Piecewise,
    Restriction,
    Suffix,
)
from plotlang.numerics import realmath as real
from plotlang.numerics.functions import FUNCTIONS
from plotlang.numerics.program import fraction
from plotlang.numerics.realmath import Array

Operation: TypeAlias = Callable[..., Array]

CLOSE = 1e-9
"""``a ≈ b`` allows this distance, relative to the larger of the two and 1."""


def _near(a: Array, b: Array) -> Array:
    scale = np.maximum(1.0, np.maximum(np.abs(a), np.abs(b)))
    return np.asarray(np.abs(a - b) <= CLOSE * scale)


RELATIONS: dict[str, Operation] = {
    "<": np.less,
    "<=": np.less_equal,
    ">": np.greater,
    ">=": np.greater_equal,
    "==": np.equal,
    "!=": lambda a, b: (a < b) | (a > b),
    "≈": _near,
}

_ARITHMETIC: dict[str, Operation] = {
    "+": np.add,
    "-": np.subtract,
    "*": np.multiply,
    "/": real.divide,
    "//": real.floor_divide,
    "mod": real.modulo,
}

_SUFFIXES: dict[str, Operation] = {
    "!": real.factorial,
    "°": np.deg2rad,
    "%": lambda a: a / 100.0,
}


def operation(node: Expr) -> Operation:
    """The numpy meaning of a node that is neither a name nor a binder, as a function of its inputs."""
    meaning = _MEANINGS.get(type(node))
    if meaning is None:
        raise LanguageError(f"a {type(node).__name__.lower()} can't be computed here", node.span)
    return meaning(node)


def binary(node: Binary) -> Operation:
    """An arithmetic operation; a power looks at how its exponent is written."""
    if node.operator != "^":
        return _ARITHMETIC[node.operator]
    exact = fraction(node.right)
    if exact is None:
        return real.power
    above, below = exact
    if below == 1:
        return lambda base, _: real.integer_power(base, above)
    return lambda base, _: real.rational_power(base, above, below)


def called(node: Expr, function: str, count: int) -> Operation:
    """A built-in function, its number of values checked."""
    row = FUNCTIONS.get(function)
    if row is None:
        raise LanguageError(f"I don't know the function {function}", node.span)
    least, most = row.arity
    if not least <= count <= most:
        wanted = f"{least}" if least == most else f"{least} to {most}"
        noun = "value" if wanted == "1" else "values"
        raise LanguageError(f"{function} takes {wanted} {noun} but got {count}", node.span, suggestion=row.example)
    return row.point


def chain(operands: tuple[Array, ...], operators: tuple[str, ...]) -> Array:
    """A chain of comparisons: 1.0 where all hold, else 0.0."""
    result = RELATIONS[operators[0]](operands[0], operands[1])
    for i, each in enumerate(operators[1:], 1):
        result = np.logical_and(result, RELATIONS[each](operands[i], operands[i + 1]))
    return np.asarray(result, dtype=np.float64)


def logic(operator: str) -> Operation:
    """``and`` or ``or`` of several conditions."""

    def joined(*conditions: Array) -> Array:
        result = real.truth(conditions[0])
        for each in conditions[1:]:
            result = result & real.truth(each) if operator == "and" else result | real.truth(each)
        return np.asarray(result, dtype=np.float64)

    return joined


def piecewise(conditional: tuple[bool, ...], parts: tuple[Array, ...]) -> Array:
    """The value of the first row whose condition is true, NaN if there is none.

    `conditional[i]` tells whether row i has a condition; `parts` are conditions and values in the order of the rows.
    """
    result: Array = np.asarray(np.nan)
    rest = iter(parts)
    rows = [(next(rest) if has else None, next(rest)) for has in conditional]
    for condition, value in reversed(rows):
        result = value if condition is None else np.where(real.truth(condition), value, result)
    return result


def _constant(node: Number) -> Operation:
    value = np.asarray(node.value)
    return lambda: value


def _chained(node: Compare) -> Operation:
    return lambda *operands: chain(operands, node.operators)


def _chosen(node: Piecewise) -> Operation:
    conditional = tuple(condition is not None for condition, _ in node.rows)
    return lambda *parts: piecewise(conditional, parts)


def _called(node: Call) -> Operation:
    return called(node, node.function, len(node.arguments))


_MEANINGS: dict[type[Expr], Callable[[Any], Operation]] = {
    Number: _constant,
    Negate: lambda _: np.negative,
    Suffix: lambda node: _SUFFIXES[node.operator],
    Binary: binary,
    Call: _called,
    Compare: _chained,
    Not: lambda _: lambda a: np.asarray(~real.truth(a), dtype=np.float64),
    Logic: lambda node: logic(node.operator),
    Piecewise: _chosen,
    Restriction: lambda _: lambda a: np.where(real.truth(a), 1.0, np.nan),
}
