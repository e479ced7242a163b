"""The table of built-in functions: name, number of values, words for help, meaning and derivative."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

import numpy as np

from plotlang.language.syntax import Expr
from plotlang.numerics import partials as d
from plotlang.numerics import realmath as real

if TYPE_CHECKING:
    from plotlang.numerics.realmath import Array

Partial: TypeAlias = Callable[[tuple[Expr, ...], int], Expr | None]

ANY = 100
"""The most values that a function of any number of values takes."""


@dataclass(frozen=True, slots=True)
class Function:
    """One built-in function.

    `arity` is the least and the most number of values.  `point` computes on float64 arrays (NaN where undefined;
    numpy's warnings are expected to be off).  `partial(arguments, i)` is the exact partial derivative by argument i,
    or None where there is none; `partial` itself is None if the function can't be differentiated at all.
    """

    name: str
    arity: tuple[int, int]
    summary: str
    example: str
    point: Callable[..., Array]
    partial: Partial | None = None
    aliases: tuple[str, ...] = ()


def _one(name: str, point: Callable[..., Array], rule: d.Rule, summary: str, *aliases: str) -> Function:
    return Function(name, (1, 1), summary, f"y = {name}(x)", point, d.of_one(rule), aliases)


def _rows() -> tuple[Function, ...]:
    return (
        _trigonometry() + _hyperbolic() + _logarithms() + _powers() + _steps() + _choices() + _special() + _counting()
    )


def _trigonometry() -> tuple[Function, ...]:
    return (
        _one("sin", np.sin, d.sin, "The sine of an angle in radians."),
        _one("cos", np.cos, d.cos, "The cosine of an angle in radians."),
        _one("tan", np.tan, d.tan, "The tangent of an angle in radians.", "tg"),
        _one("sec", real.sec, d.sec, "One over the cosine."),
        _one("csc", real.csc, d.csc, "One over the sine.", "cosec"),
        _one("cot", real.cot, d.cot, "Cosine over sine.", "ctg", "cotan"),
        _one("arcsin", np.arcsin, d.arcsin, "The angle from −π/2 to π/2 with this sine.", "asin"),
        _one("arccos", np.arccos, d.arccos, "The angle from 0 to π with this cosine.", "acos"),
        _one("arctan", np.arctan, d.arctan, "The angle between −π/2 and π/2 with this tangent.", "atan", "arctg"),
        _one("arccot", real.arccot, d.arccot, "The angle between 0 and π with this cotangent.", "acot"),
        _one("arcsec", real.arcsec, d.arcsec, "The angle from 0 to π with this secant.", "asec"),
        _one("arccsc", real.arccsc, d.arccsc, "The angle from −π/2 to π/2 with this cosecant.", "acsc"),
        Function("atan2", (2, 2), "The direction of the point (x, y), as atan2(y, x), from −π to π.", "atan2(1, -1)",
                 np.arctan2, d.atan2, ("arctan2",)),
        _one("degrees", np.rad2deg, d.degrees, "An angle in radians, in degrees.", "rad2deg"),
        _one("radians", np.deg2rad, d.radians, "An angle in degrees, in radians.", "deg2rad"),
    )  # fmt: skip


def _hyperbolic() -> tuple[Function, ...]:
    return (
        _one("sinh", np.sinh, d.sinh, "The hyperbolic sine."),
        _one("cosh", np.cosh, d.cosh, "The hyperbolic cosine."),
        _one("tanh", np.tanh, d.tanh, "The hyperbolic tangent."),
        _one("sech", real.sech, d.sech, "One over the hyperbolic cosine."),
        _one("csch", real.csch, d.csch, "One over the hyperbolic sine."),
        _one("coth", real.coth, d.coth, "One over the hyperbolic tangent."),
        _one("arcsinh", np.arcsinh, d.arcsinh, "The number with this hyperbolic sine.", "asinh", "arsinh"),
        _one("arccosh", np.arccosh, d.arccosh, "The number from 0 on with this hyperbolic cosine.", "acosh", "arcosh"),
        _one("arctanh", real.arctanh, d.arctanh, "The number with this hyperbolic tangent.", "atanh", "artanh"),
    )


def _logarithms() -> tuple[Function, ...]:
    return (
        _one("exp", np.exp, d.exp, "The power of e, which is about 2.71828."),
        _one("expm1", np.expm1, d.exp, "exp(x) − 1, exact for small x."),
        _one("ln", real.ln, d.ln, "The natural logarithm."),
        Function("log", (1, 2), "The natural logarithm; log(x, b) is the logarithm to base b.", "y = log(x, 2)",
                 real.log, d.log),
        _one("lg", real.log10, d.log10, "The logarithm to base 10."),
        _one("log10", real.log10, d.log10, "The logarithm to base 10."),
        _one("log2", real.log2, d.log2, "The logarithm to base 2.", "ld"),
        _one("log1p", real.log1p, d.log1p, "ln(1 + x), exact for small x."),
    )  # fmt: skip


def _powers() -> tuple[Function, ...]:
    return (
        _one("sqrt", np.sqrt, d.sqrt, "The square root, undefined for negative numbers."),
        _one("cbrt", np.cbrt, d.cbrt, "The cube root, also of negative numbers."),
        Function("root", (2, 2), "The n-th root of x, as root(x, n); odd roots of negative numbers are real.",
                 "y = root(x, 4)", real.root, d.root),
        _one("square", np.square, d.square, "The second power."),
        Function("power", (2, 2), "The power x^n, as power(x, n).", "y = power(x, 3)", real.power, d.power, ("pow",)),
        Function("hypot", (2, 2), "The length of the hypotenuse, sqrt(a^2 + b^2).", "y = hypot(x, 1)", np.hypot,
                 d.hypot),
        _one("abs", np.abs, d.absolute, "The size of a number without its sign.", "absolute", "fabs"),
    )  # fmt: skip


def _steps() -> tuple[Function, ...]:
    return (
        _one("sign", np.sign, d.zero, "−1, 0 or 1: the sign of a number.", "sgn", "signum"),
        _one("floor", np.floor, d.zero, "Rounded down to a whole number."),
        _one("ceil", np.ceil, d.zero, "Rounded up to a whole number.", "ceiling"),
        _one("trunc", np.trunc, d.zero, "Rounded towards 0 to a whole number.", "fix"),
        Function("round", (1, 2), "Rounded to a whole number, or to n decimals as round(x, n); halves to even.",
                 "round(2/3, 2)", real.round_to, d.steps, ("rint", "around")),
        _one("frac", real.frac, d.one, "The part behind the decimal point, x − floor(x)."),
        Function("mod", (2, 2), "The remainder of a division, as mod(a, b), with the sign of b.", "y = mod(x, 2)",
                 real.modulo, d.mod),
        _one("step", real.step, d.zero, "0 for negative numbers, else 1."),
        Function("heaviside", (1, 2), "0 for negative numbers, 1 for positive ones, one half at 0.",
                 "y = heaviside(x)", real.heaviside, d.steps),
    )  # fmt: skip


def _choices() -> tuple[Function, ...]:
    return (
        Function("min", (1, ANY), "The smallest of several values.", "y = min(x, x^2)", real.minimum, d.minimum,
                 ("minimum",)),
        Function("max", (1, ANY), "The largest of several values.", "y = max(x, 1)", real.maximum, d.maximum,
                 ("maximum",)),
        Function("clip", (3, 3), "x kept between two bounds, as clip(x, low, high).", "y = clip(x, -1, 1)", real.clip,
                 d.clip, ("clamp",)),
        Function("where", (3, 3), "The second value where the first is true, else the third.",
                 "y = where(x > 0, sqrt(x), 0)", real.where, d.where),
    )  # fmt: skip


def _special() -> tuple[Function, ...]:
    return (
        Function("gamma", (1, 1), "Euler's gamma function; gamma(n) = (n−1)!.", "y = gamma(x)", real.gamma, d.gamma),
        Function("digamma", (1, 1), "The derivative of ln gamma(x).", "y = digamma(x)", real.digamma),
        _one("erf", real.erf, d.erf, "The error function."),
        _one("sinc", np.sinc, d.sinc, "sin(πx)/(πx), and 1 at 0, as in numpy."),
        Function("normalpdf", (1, 3), "The density of the normal distribution, as normalpdf(x, mean, deviation).",
                 "y = normalpdf(x, 0, 1)", real.normalpdf, d.normalpdf),
        Function("normalcdf", (1, 3), "The probability of a value up to x, as normalcdf(x, mean, deviation).",
                 "y = normalcdf(x, 0, 1)", real.normalcdf, d.normalcdf),
    )  # fmt: skip


def _counting() -> tuple[Function, ...]:
    return (
        Function("factorial", (1, 1), "The product of the whole numbers up to n.", "factorial(5)", real.factorial,
                 d.factorial),
        Function("nCr", (2, 2), "The number of ways to choose r of n things.", "nCr(5, 2)", real.combinations,
                 aliases=("comb", "binomial", "choose")),
        Function("nPr", (2, 2), "The number of ways to arrange r of n things.", "nPr(5, 2)", real.permutations,
                 aliases=("perm",)),
        Function("gcd", (1, ANY), "The greatest common divisor of whole numbers.", "gcd(12, 18)", real.gcd),
        Function("lcm", (1, ANY), "The least common multiple of whole numbers.", "lcm(4, 6)", real.lcm),
    )  # fmt: skip


FUNCTIONS: dict[str, Function] = {each.name: each for each in _rows()}

_SPELLINGS = {word: each.name for each in FUNCTIONS.values() for word in (each.name, *each.aliases)}
_ANY_CASE = {word.lower(): name for word, name in _SPELLINGS.items()}


def canonical(word: str) -> str | None:
    """The name in `FUNCTIONS` that a word stands for: exact, another spelling, or in any case; else None."""
    return _SPELLINGS.get(word) or _ANY_CASE.get(word.lower())
