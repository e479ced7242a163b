"""Exact derivatives: expression to expression, each shared part once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from plotlang.language.diagnostics import LanguageError
from plotlang.language.syntax import (
    Binary,
    Binder,
    Call,
    Expr,
    Interval,
    Name,
    Negate,
    Piecewise,
    Restriction,
    Suffix,
)
from plotlang.numerics.building import (
    ONE,
    PI,
    ZERO,
    call,
    compare,
    minus,
    negate,
    number,
    over,
    plain,
    plus,
    power,
    times,
)
from plotlang.numerics.expansion import terms_of, tree
from plotlang.numerics.functions import FUNCTIONS
from plotlang.numerics.partials import logarithm_of
from plotlang.numerics.program import fraction, inputs_of, is_continuous, outer_names, program, range_parts
from plotlang.numerics.shapes import is_place

if TYPE_CHECKING:
    from collections.abc import Callable


def differentiate(expr: Expr, variable: str) -> Expr:
    """The derivative of a core expression with respect to a name, again a core expression.

    Steps (floor, comparisons) count as constant, so their derivative is 0 also where they jump; a restriction stays.
    Raises `LanguageError` for functions without a derivative, such as gcd.
    """
    code = program((expr,))
    found: list[Expr] = []
    for step in code.steps:
        parts = inputs_of(step.node)
        slopes = [found[i] for i in step.inputs]
        found.append(_derivative(step.node, parts, slopes, variable))
    return found[code.results[0]]


def _derivative(node: Expr, parts: tuple[Expr, ...], slopes: list[Expr], variable: str) -> Expr:
    match node:
        case Name(id=name):
            return ONE if name == variable else ZERO
        case Binder():
            return _of_binder(node, slopes, variable)
        case Restriction():
            return Binary("*", ZERO, node) if _uses(node.condition, variable) else ZERO
        case Piecewise():
            return _of_piecewise(node, slopes)
    return ZERO if _constant(slopes) else _by_chain(node, parts, slopes)


def _by_chain(node: Expr, parts: tuple[Expr, ...], slopes: list[Expr]) -> Expr:
    match node:
        case Negate():
            return negate(slopes[0])
        case Suffix(operator=operator):
            return _of_suffix(operator, node.operand, slopes[0])
        case Binary():
            return _of_binary(node, slopes)
        case Call(function=function):
            return _of_call(node, function, parts, slopes)
    return ZERO


def _constant(slopes: list[Expr]) -> bool:
    return all(plain(slope) == 0 for slope in slopes)


def _uses(expr: Expr, variable: str) -> bool:
    return any(isinstance(step.node, Name) and step.node.id == variable for step in program((expr,)).steps)


def _of_piecewise(node: Piecewise, slopes: list[Expr]) -> Expr:
    rest = iter(slopes)
    rows = []
    for condition, _ in node.rows:
        if condition is not None:
            next(rest)
        rows.append((condition, next(rest)))
    return Piecewise(tuple(rows))


def _of_suffix(operator: str, operand: Expr, slope: Expr) -> Expr:
    if operator == "!":
        above = plus(operand, ONE)
        return times(times(call("gamma", above), call("digamma", above)), slope)
    return times(over(PI, number(180)), slope) if operator == "°" else over(slope, number(100))


def _of_binary(node: Binary, slopes: list[Expr]) -> Expr:
    rule = _RULES.get(node.operator)
    if rule is None:
        raise LanguageError(f"I can't differentiate {node.operator}", node.span)
    return rule(node.left, node.right, slopes[0], slopes[1])


def _product(a: Expr, b: Expr, da: Expr, db: Expr) -> Expr:
    if isinstance(b, Restriction):
        return Binary("*", da, b)
    if isinstance(a, Restriction):
        return Binary("*", a, db)
    return plus(times(da, b), times(a, db))


def _quotient(a: Expr, b: Expr, da: Expr, db: Expr) -> Expr:
    if plain(db) == 0:
        return over(da, b)
    return over(minus(times(da, b), times(a, db)), power(b, number(2)))


def _power(a: Expr, b: Expr, da: Expr, db: Expr) -> Expr:
    if plain(db) == 0:
        slope = times(times(b, power(a, _lowered(b))), da)
        return slope if _known(b) else Piecewise(((compare(b, "==", ZERO), ZERO), (None, slope)))
    grown = power(a, b)
    if plain(da) == 0:
        return times(times(grown, logarithm_of(a)), db)
    return times(grown, plus(times(db, logarithm_of(a)), over(times(b, da), a)))


def _known(exponent: Expr) -> bool:
    """Whether an exponent is a plain number; the slope of u^k is 0 for k = 0 also where 1/u is undefined."""
    names = (step.node.id for step in program((exponent,)).steps if isinstance(step.node, Name))
    return fraction(exponent) is not None or all(is_place(name) for name in names)


def _lowered(exponent: Expr) -> Expr:
    """The exponent less 1; a fraction stays a fraction, so that odd roots stay real."""
    exact = fraction(exponent)
    if exact is None:
        return minus(exponent, ONE)
    above, below = exact
    return number(above - below) if below == 1 else over(number(above - below), number(below))


def _remainder(a: Expr, b: Expr, da: Expr, db: Expr) -> Expr:
    return minus(da, times(call("floor", over(a, b)), db))


_RULES: dict[str, Callable[[Expr, Expr, Expr, Expr], Expr]] = {
    "+": lambda _a, _b, da, db: plus(da, db),
    "-": lambda _a, _b, da, db: minus(da, db),
    "*": _product,
    "/": _quotient,
    "^": _power,
    "//": lambda _a, _b, _da, _db: ZERO,
    "mod": _remainder,
}


def _of_call(node: Call, function: str, arguments: tuple[Expr, ...], slopes: list[Expr]) -> Expr:
    row = FUNCTIONS.get(function)
    total: Expr = ZERO
    for i, slope in enumerate(slopes):
        if plain(slope) == 0:
            continue
        partial = row.partial(arguments, i) if row is not None and row.partial is not None else None
        if partial is None:
            raise LanguageError(
                f"I can't differentiate {function}",
                node.span,
                why="it has no derivative that could be written as a formula",
            )
        total = plus(total, times(partial, slope))
    return total


def _of_binder(node: Binder, slopes: list[Expr], variable: str) -> Expr:
    ends = slopes[: len(range_parts(node))]
    inside = variable in outer_names(node)
    if not inside and _constant(ends):
        return ZERO
    if node.kind == "mean" and is_continuous(node):
        return differentiate(_as_quotient(node), variable)
    if node.kind == "prod" and (factors := terms_of(node)) is not None:
        return differentiate(tree(times, factors), variable)
    body = differentiate(node.body, variable) if inside else ZERO
    within = _again(node, node.kind, body)
    if node.kind == "integral":
        return plus(within, minus(times(at_end(node, 1), ends[1]), times(at_end(node, 0), ends[0])))
    if node.kind in ("sum", "mean"):
        return plus(within, _moving_term(node, ends))
    if node.kind == "prod":
        return times(node, _again(node, "sum", over(body, node.body)))
    raise LanguageError(
        f"I can't differentiate {node.kind} over a range", node.span, why="the chosen entry changes with the variable"
    )


def _as_quotient(node: Binder) -> Expr:
    """A mean over a range as the integral over the length."""
    low, high = range_parts(node)
    total = Binder("integral", node.body, node.variable, node.source, node.condition)
    if node.condition is None:
        return over(total, minus(high, low))
    return over(total, Binder("integral", ONE, node.variable, node.source, node.condition))


def _again(node: Binder, kind: str, body: Expr) -> Expr:
    return ZERO if plain(body) == 0 else Binder(kind, body, node.variable, node.source, node.condition)


def at_end(node: Binder, i: int) -> Expr:
    """The body of a binder at its low (0) or high (1) end, written as a sum of one term."""
    end = range_parts(node)[i]
    return Binder("sum", node.body, node.variable, Interval(end, end), node.condition)


def _moving_term(node: Binder, ends: list[Expr]) -> Expr:
    """What a sum of the one term at a moving place gains by the place; longer sums jump and gain nothing."""
    source = node.source
    if not isinstance(source, Interval) or source.low is not source.high or plain(ends[0]) == 0:
        return ZERO
    moved = differentiate(node.body, node.variable)
    return times(_again(node, node.kind, moved), ends[0])
