"""Quotients cleared away: an equation times its common denominator has the same curve and no poles.

y = tan x becomes y cos x − sin x = 0: what changes its sign there without being zero is gone before anything is drawn.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from plotlang.language.syntax import Binary, Call, Expr, Negate
from plotlang.numerics.building import ONE, call, minus, negate, number, over, plain, plus, power, times
from plotlang.numerics.program import fraction, program

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

Ratio: TypeAlias = tuple[Expr, Expr]

MOST_STEPS = 400
"""Formulas that grow beyond this are left as they are."""


def cleared(expr: Expr) -> Expr:
    """The numerator of an expression put on one fraction; the expression itself if it has no quotients.

    It may vanish also where the expression is undefined.
    """
    code = program((expr,))
    found: list[Ratio] = []
    for step in code.steps:
        found.append(_ratio(step.node, [found[i] for i in step.inputs]))
    above, below = found[code.results[0]]
    return expr if below is ONE or len(program((above,)).steps) > MOST_STEPS else above


def _ratio(node: Expr, parts: Sequence[Ratio]) -> Ratio:
    whole = all(below is ONE for _, below in parts)
    match node:
        case Binary(operator="/") if plain(node.right) is None:
            return times(parts[0][0], parts[1][1]), times(parts[0][1], parts[1][0])
        case Binary(operator="^") if (exponent := fraction(node.right)) is not None and exponent[1] == 1:
            return _power(node, parts[0], exponent[0])
        case Call(function=function, arguments=(inner,)) if function in _RATIOS:
            return _RATIOS[function](inner)
        case Negate() if not whole:
            return negate(parts[0][0]), parts[0][1]
        case Binary(operator="+" | "-" as operator) if not whole:
            return _sum(parts[0], parts[1], plus if operator == "+" else minus)
        case Binary(operator="*") if not whole:
            return times(parts[0][0], parts[1][0]), times(parts[0][1], parts[1][1])
        case Binary(operator="/") if not whole:
            return over(parts[0][0], node.right), parts[0][1]
        case _:
            return node, ONE


def _sum(one: Ratio, two: Ratio, joined: Callable[[Expr, Expr], Expr]) -> Ratio:
    (a, b), (c, d) = one, two
    if b is d:
        return joined(a, c), b
    return joined(times(a, d), times(c, b)), times(b, d)


def _power(node: Expr, base: Ratio, exponent: int) -> Ratio:
    above, below = base
    if exponent >= 0 and below is ONE:
        return node, ONE
    raised = power(above, number(float(abs(exponent)))), power(below, number(float(abs(exponent))))
    return raised if exponent >= 0 else (raised[1], raised[0])


_RATIOS: dict[str, Callable[[Expr], Ratio]] = {
    "tan": lambda u: (call("sin", u), call("cos", u)),
    "cot": lambda u: (call("cos", u), call("sin", u)),
    "sec": lambda u: (ONE, call("cos", u)),
    "csc": lambda u: (ONE, call("sin", u)),
    "coth": lambda u: (call("cosh", u), call("sinh", u)),
    "csch": lambda u: (ONE, call("sinh", u)),
}
