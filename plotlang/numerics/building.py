"""Putting core expressions together, tidied as they are built: zeros, ones and plain numbers vanish."""

from __future__ import annotations

from plotlang.language.syntax import Binary, Call, Compare, Expr, Name, Negate, Number

ZERO = Number(0.0, "0")
ONE = Number(1.0, "1")
TWO = Number(2.0, "2")
PI = Name("pi")


def number(value: float) -> Expr:
    """A number as a node; a negative one as a minus sign in front of a positive one."""
    if value < 0:
        return Negate(Number(-value))
    return Number(value)


def plain(expr: Expr) -> float | None:
    """The value of a number written out, perhaps with a sign; None for anything else."""
    if isinstance(expr, Number):
        return expr.value
    if isinstance(expr, Negate) and isinstance(expr.operand, Number):
        return -expr.operand.value
    return None


def negate(operand: Expr) -> Expr:
    """The negative of a value."""
    if isinstance(operand, Negate):
        return operand.operand
    if plain(operand) == 0:
        return ZERO
    return Negate(operand)


def plus(left: Expr, right: Expr) -> Expr:
    """The sum a + b."""
    a, b = plain(left), plain(right)
    if a is not None and b is not None:
        return number(a + b)
    if a == 0:
        return right
    if b == 0:
        return left
    if isinstance(right, Negate):
        return Binary("-", left, right.operand)
    return Binary("+", left, right)


def minus(left: Expr, right: Expr) -> Expr:
    """The difference a − b."""
    return plus(left, negate(right))


def times(left: Expr, right: Expr) -> Expr:
    """The product a · b; a factor of exactly 0 gives 0, so a place where the other factor is undefined is forgotten."""
    a, b = plain(left), plain(right)
    if a is not None and b is not None:
        return number(a * b)
    if b is not None:
        left, right, a = right, left, b
    if a is not None and abs(a) in (0, 1):
        return ZERO if a == 0 else right if a == 1 else negate(right)
    if isinstance(right, Negate):
        return negate(times(left, right.operand))
    if isinstance(left, Negate) and a is None:
        return negate(times(left.operand, right))
    return Binary("*", left, right)


def over(left: Expr, right: Expr) -> Expr:
    """The quotient a / b."""
    if plain(left) == 0:
        return ZERO
    if plain(right) == 1:
        return left
    if isinstance(left, Negate):
        return negate(over(left.operand, right))
    return Binary("/", left, right)


def power(base: Expr, exponent: Expr) -> Expr:
    """The power a ^ b."""
    known = plain(exponent)
    if known == 1:
        return base
    if known == 0:
        return ONE
    return Binary("^", base, exponent)


def square(base: Expr) -> Expr:
    """A second power."""
    return power(base, TWO)


def call(function: str, *arguments: Expr) -> Expr:
    """A built-in function of values, by its canonical name."""
    return Call(function, arguments)


def compare(left: Expr, operator: str, right: Expr) -> Expr:
    """A comparison of two values: 1 where it holds, else 0."""
    return Compare((left, right), (operator,))
