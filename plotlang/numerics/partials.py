"""The exact partial derivatives of the built-in functions, as expressions."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

from plotlang.language.syntax import Expr, Name, Piecewise, Restriction
from plotlang.numerics.building import (
    ONE,
    PI,
    TWO,
    ZERO,
    call,
    compare,
    minus,
    negate,
    number,
    over,
    plus,
    times,
)
from plotlang.numerics.building import (
    power as raised,
)
from plotlang.numerics.building import (
    square as squared,
)

Rule: TypeAlias = Callable[[Expr], Expr]


def of_one(rule: Rule) -> Callable[[tuple[Expr, ...], int], Expr | None]:
    """A rule for a function of one value, in the shape of the table."""
    return lambda arguments, _: rule(arguments[0])


def zero(_: Expr) -> Expr:
    """The derivative of steps is 0."""
    return ZERO


def one(_: Expr) -> Expr:
    """The derivative 1."""
    return ONE


def steps(_: tuple[Expr, ...], i: int) -> Expr | None:
    """The derivative 0 by the first value."""
    return ZERO if i == 0 else None


def sin(u: Expr) -> Expr:
    """(sin u)' = cos u."""
    return call("cos", u)


def cos(u: Expr) -> Expr:
    """(cos u)' = −sin u."""
    return negate(call("sin", u))


def tan(u: Expr) -> Expr:
    """(tan u)' = 1/cos² u."""
    return over(ONE, squared(call("cos", u)))


def sec(u: Expr) -> Expr:
    """(1/cos u)' = sin u/cos² u."""
    return over(call("sin", u), squared(call("cos", u)))


def csc(u: Expr) -> Expr:
    """(1/sin u)' = −cos u/sin² u."""
    return negate(over(call("cos", u), squared(call("sin", u))))


def cot(u: Expr) -> Expr:
    """(cot u)' = −1/sin² u."""
    return negate(over(ONE, squared(call("sin", u))))


def arcsin(u: Expr) -> Expr:
    """(arcsin u)' = 1/sqrt(1 − u²)."""
    return over(ONE, call("sqrt", minus(ONE, squared(u))))


def arccos(u: Expr) -> Expr:
    """(arccos u)' = −1/sqrt(1 − u²)."""
    return negate(arcsin(u))


def arctan(u: Expr) -> Expr:
    """(arctan u)' = 1/(1 + u²)."""
    return over(ONE, plus(ONE, squared(u)))


def arccot(u: Expr) -> Expr:
    """(arccot u)' = −1/(1 + u²)."""
    return negate(arctan(u))


def arcsec(u: Expr) -> Expr:
    """(arcsec u)' = 1/(|u| sqrt(u² − 1))."""
    return over(ONE, times(call("abs", u), call("sqrt", minus(squared(u), ONE))))


def arccsc(u: Expr) -> Expr:
    """(arccsc u)' = −1/(|u| sqrt(u² − 1))."""
    return negate(arcsec(u))


def atan2(arguments: tuple[Expr, ...], i: int) -> Expr:
    """The slopes x/(x² + y²) by y, and −y/(x² + y²) by x."""
    y, x = arguments
    below = plus(squared(x), squared(y))
    return over(x, below) if i == 0 else negate(over(y, below))


def degrees(_: Expr) -> Expr:
    """180/π."""
    return over(number(180), PI)


def radians(_: Expr) -> Expr:
    """π/180."""
    return over(PI, number(180))


def sinh(u: Expr) -> Expr:
    """(sinh u)' = cosh u."""
    return call("cosh", u)


def cosh(u: Expr) -> Expr:
    """(cosh u)' = sinh u."""
    return call("sinh", u)


def tanh(u: Expr) -> Expr:
    """(tanh u)' = 1/cosh² u."""
    return over(ONE, squared(call("cosh", u)))


def sech(u: Expr) -> Expr:
    """(1/cosh u)' = −tanh u/cosh u."""
    return negate(times(call("sech", u), call("tanh", u)))


def csch(u: Expr) -> Expr:
    """(1/sinh u)' = −coth u/sinh u."""
    return negate(times(call("csch", u), call("coth", u)))


def coth(u: Expr) -> Expr:
    """(coth u)' = −1/sinh² u."""
    return negate(over(ONE, squared(call("sinh", u))))


def arcsinh(u: Expr) -> Expr:
    """(arcsinh u)' = 1/sqrt(u² + 1)."""
    return over(ONE, call("sqrt", plus(squared(u), ONE)))


def arccosh(u: Expr) -> Expr:
    """(arccosh u)' = 1/sqrt(u² − 1)."""
    return over(ONE, times(call("sqrt", minus(u, ONE)), call("sqrt", plus(u, ONE))))


def arctanh(u: Expr) -> Expr:
    """(arctanh u)' = 1/(1 − u²) for |u| < 1."""
    below = minus(ONE, squared(u))
    return _where_positive(over(ONE, below), below)


def exp(u: Expr) -> Expr:
    """(exp u)' = exp u."""
    return call("exp", u)


def ln(u: Expr) -> Expr:
    """(ln u)' = 1/u for u > 0."""
    return _where_positive(over(ONE, u), u)


def log10(u: Expr) -> Expr:
    """(lg u)' = 1/(u ln 10) for u > 0."""
    return _where_positive(over(ONE, times(u, call("ln", number(10)))), u)


def log2(u: Expr) -> Expr:
    """(log2 u)' = 1/(u ln 2) for u > 0."""
    return _where_positive(over(ONE, times(u, call("ln", TWO))), u)


def log1p(u: Expr) -> Expr:
    """(ln(1 + u))' = 1/(1 + u) for u > −1."""
    return ln(plus(ONE, u))


def _where_positive(slope: Expr, u: Expr) -> Expr:
    """A slope that exists only where the function itself does."""
    return times(slope, Restriction(compare(u, ">", ZERO)))


def log(arguments: tuple[Expr, ...], i: int) -> Expr:
    """By the value and by the base."""
    if len(arguments) == 1:
        return ln(arguments[0])
    u, base = arguments
    if i == 0:
        return _where_positive(over(ONE, times(u, call("ln", base))), u)
    return negate(over(call("ln", u), times(base, squared(call("ln", base)))))


def sqrt(u: Expr) -> Expr:
    """(sqrt u)' = 1/(2 sqrt u)."""
    return over(ONE, times(TWO, call("sqrt", u)))


def cbrt(u: Expr) -> Expr:
    """(cbrt u)' = 1/(3 cbrt² u)."""
    return over(ONE, times(number(3), squared(call("cbrt", u))))


def root(arguments: tuple[Expr, ...], i: int) -> Expr:
    """By the value and by the degree."""
    u, n = arguments
    whole = call("root", u, n)
    if i == 0:
        return over(whole, times(n, u))
    return negate(over(times(whole, call("ln", call("abs", u))), squared(n)))


def square(u: Expr) -> Expr:
    """(u²)' = 2u."""
    return times(TWO, u)


def power(arguments: tuple[Expr, ...], i: int) -> Expr:
    """By the base and by the exponent."""
    u, n = arguments
    if i == 0:
        return times(n, raised(u, minus(n, ONE)))
    return times(raised(u, n), call("ln", u))


def hypot(arguments: tuple[Expr, ...], i: int) -> Expr:
    """Each side over the hypotenuse."""
    return over(arguments[i], call("hypot", *arguments))


def absolute(u: Expr) -> Expr:
    """(|u|)' = u/|u|, undefined at 0."""
    return over(u, call("abs", u))


def mod(arguments: tuple[Expr, ...], i: int) -> Expr:
    """1 by the first value, minus the whole quotient by the second."""
    a, b = arguments
    return ONE if i == 0 else negate(call("floor", over(a, b)))


def minimum(arguments: tuple[Expr, ...], i: int) -> Expr:
    """1 for the smallest value, one half where two share that place."""
    return _chosen("min", arguments, i)


def maximum(arguments: tuple[Expr, ...], i: int) -> Expr:
    """1 for the largest value, one half where two share that place."""
    return _chosen("max", arguments, i)


def _chosen(name: str, arguments: tuple[Expr, ...], i: int) -> Expr:
    others = arguments[:i] + arguments[i + 1 :]
    if not others:
        return ONE
    best = others[0] if len(others) == 1 else call(name, *others)
    half = number(0.5)
    here, there = ("<", "==") if name == "min" else (">", "==")
    return Piecewise(
        ((compare(arguments[i], here, best), ONE), (compare(arguments[i], there, best), half), (None, ZERO))
    )


def clip(arguments: tuple[Expr, ...], i: int) -> Expr:
    """1 for the value or bound that shows."""
    x, low, high = arguments
    inner = call("max", x, low)
    if i == 2:
        return minimum((inner, high), 1)
    return times(minimum((inner, high), 0), maximum((x, low), i))


def where(arguments: tuple[Expr, ...], i: int) -> Expr:
    """The slope of the chosen value."""
    if i == 0:
        return ZERO
    return call("where", arguments[0], ONE if i == 1 else ZERO, ZERO if i == 1 else ONE)


def gamma(arguments: tuple[Expr, ...], _: int) -> Expr:
    """(gamma u)' = gamma u · digamma u."""
    u = arguments[0]
    return times(call("gamma", u), call("digamma", u))


def factorial(arguments: tuple[Expr, ...], _: int) -> Expr:
    """(u!)' = gamma(u + 1) · digamma(u + 1)."""
    above = plus(arguments[0], ONE)
    return gamma((above,), 0)


def erf(u: Expr) -> Expr:
    """(erf u)' = 2/sqrt π · exp(−u²)."""
    return times(over(TWO, call("sqrt", PI)), call("exp", negate(squared(u))))


def sinc(u: Expr) -> Expr:
    """(sinc u)' = (cos πu − sinc u)/u, and 0 at 0."""
    turned = times(PI, u)
    slope = over(minus(call("cos", turned), call("sinc", u)), u)
    return Piecewise(((compare(u, "==", ZERO), ZERO), (None, slope)))


def normalpdf(arguments: tuple[Expr, ...], i: int) -> Expr:
    """By the value, the mean and the deviation."""
    u, mean, deviation = _normal(arguments)
    value = call("normalpdf", u, mean, deviation)
    away = over(minus(u, mean), deviation)
    if i == 2:
        return times(over(minus(squared(away), ONE), deviation), value)
    slope = times(over(away, deviation), value)
    return slope if i == 1 else negate(slope)


def normalcdf(arguments: tuple[Expr, ...], i: int) -> Expr:
    """By the value, the mean and the deviation."""
    u, mean, deviation = _normal(arguments)
    value = call("normalpdf", u, mean, deviation)
    if i == 2:
        return negate(times(over(minus(u, mean), deviation), value))
    return value if i == 0 else negate(value)


def _normal(arguments: tuple[Expr, ...]) -> tuple[Expr, Expr, Expr]:
    defaults: tuple[Expr, ...] = (ZERO, ZERO, ONE)
    u, mean, deviation = arguments + defaults[len(arguments) :]
    return u, mean, deviation


def logarithm_of(base: Expr) -> Expr:
    """Ln of a base, which is 1 for the constant e."""
    return ONE if isinstance(base, Name) and base.id == "e" else call("ln", base)
