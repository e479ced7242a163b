"""What the built-in functions mean for real numbers: NaN where a value does not exist, never a warning.

All take and give float64 arrays of any (broadcastable) shapes, and expect numpy's warnings to be switched off by
their caller.  A division by zero or a logarithm of zero is undefined (NaN), an overflow is ±inf.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias, cast

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from types import ModuleType

Array: TypeAlias = NDArray[np.float64]

LARGEST_INTEGER = 2.0**53


def _special() -> ModuleType:
    import scipy.special

    return scipy.special


def divide(a: Array, b: Array) -> Array:
    """A quotient, undefined for b = 0."""
    return np.where(b == 0, np.nan, np.divide(a, b))


def reciprocal(a: Array) -> Array:
    """The reciprocal 1/a, undefined for a = 0."""
    return divide(np.asarray(1.0), a)


def floor_divide(a: Array, b: Array) -> Array:
    """The quotient rounded down, undefined for b = 0."""
    return np.where(b == 0, np.nan, np.floor_divide(a, b))


def modulo(a: Array, b: Array) -> Array:
    """The remainder with the sign of b, as numpy's ``%``."""
    return np.mod(a, b)


def power(base: Array, exponent: Array) -> Array:
    """A real power: 0^0 = 1, undefined for 0 to a negative and for a negative base to a fraction."""
    undefined = (base == 0) & (exponent < 0)
    return np.where(undefined, np.nan, np.power(base, exponent))


def rational_power(base: Array, numerator: int, denominator: int) -> Array:
    """The power base^(numerator/denominator) in lowest terms; real for a negative base if the denominator is odd."""
    exponent = numerator / denominator
    if denominator % 2 == 0:
        return power(base, np.asarray(exponent))
    size = np.cbrt(np.abs(base)) ** numerator if denominator == 3 else np.abs(base) ** exponent
    if numerator < 0:
        size = np.where(base == 0, np.nan, size)
    return np.copysign(size, base) if numerator % 2 else size


def integer_power(base: Array, exponent: int) -> Array:
    """The power base^exponent by multiplication for small exponents."""
    if exponent == 2:
        return base * base
    if exponent == 3:
        return base * base * base
    if exponent == 4:
        squared = base * base
        return squared * squared
    if base.dtype == np.longdouble and 0 < exponent < 64:  # the power function is very slow there
        result, factor = base if exponent % 2 else np.ones_like(base), base
        for _ in range(exponent.bit_length() - 1):
            factor, exponent = factor * factor, exponent // 2
            result = result * factor if exponent % 2 else result
        return result
    return power(base, np.asarray(float(exponent)))


def root(x: Array, n: Array) -> Array:
    """The real n-th root; odd roots of negative numbers are negative."""
    odd = np.mod(n, 2.0) == 1.0
    size = power(np.abs(x), divide(np.asarray(1.0), n))
    signed = np.where((x < 0) & odd, -size, size)
    return np.where((x < 0) & ~odd, np.nan, signed)


def _positive(x: Array) -> Array:
    return np.where(x > 0, x, np.nan)


def ln(x: Array) -> Array:
    """The natural logarithm."""
    return np.log(_positive(x))


def log(x: Array, base: Array | None = None) -> Array:
    """The natural logarithm, or the logarithm to a base."""
    return ln(x) if base is None else divide(ln(x), ln(base))


def log2(x: Array) -> Array:
    """The logarithm to base 2."""
    return np.log2(_positive(x))


def log10(x: Array) -> Array:
    """The logarithm to base 10."""
    return np.log10(_positive(x))


def log1p(x: Array) -> Array:
    """The logarithm ln(1 + x), exact for small x."""
    return np.log1p(np.where(x > -1, x, np.nan))


def sec(x: Array) -> Array:
    """The secant 1/cos x."""
    return reciprocal(np.cos(x))


def csc(x: Array) -> Array:
    """The cosecant 1/sin x."""
    return reciprocal(np.sin(x))


def cot(x: Array) -> Array:
    """The cotangent cos x / sin x."""
    return divide(np.cos(x), np.sin(x))


def arccot(x: Array) -> Array:
    """The angle in (0, π) with this cotangent."""
    return np.pi / 2 - np.arctan(x)


def arcsec(x: Array) -> Array:
    """The angle in [0, π] with this secant."""
    return np.arccos(reciprocal(x))


def arccsc(x: Array) -> Array:
    """The angle in [-π/2, π/2] with this cosecant."""
    return np.arcsin(reciprocal(x))


def sech(x: Array) -> Array:
    """The quotient 1/cosh x."""
    return 1.0 / np.cosh(x)


def csch(x: Array) -> Array:
    """The quotient 1/sinh x."""
    return reciprocal(np.sinh(x))


def coth(x: Array) -> Array:
    """The quotient 1/tanh x."""
    return reciprocal(np.tanh(x))


def arctanh(x: Array) -> Array:
    """The inverse of tanh, undefined at ±1."""
    return np.arctanh(np.where(np.abs(x) < 1, x, np.nan))


def round_to(x: Array, digits: Array | None = None) -> Array:
    """Rounded to whole numbers (halves to even), or to decimals."""
    if digits is None:
        return np.rint(x)
    scale = np.power(10.0, np.rint(digits))
    return divide(np.rint(x * scale), scale)


def frac(x: Array) -> Array:
    """The fraction x − floor(x), from 0 (included) to 1 (excluded)."""
    return x - np.floor(x)


def minimum(*values: Array) -> Array:
    """The smallest of the values."""
    result = values[0]
    for each in values[1:]:
        result = np.minimum(result, each)
    return result


def maximum(*values: Array) -> Array:
    """The largest of the values."""
    result = values[0]
    for each in values[1:]:
        result = np.maximum(result, each)
    return result


def clip(x: Array, low: Array, high: Array) -> Array:
    """The value, kept between two bounds."""
    return np.minimum(np.maximum(x, low), high)


def gamma(x: Array) -> Array:
    """Euler's gamma function, undefined at 0 and the negative whole numbers."""
    pole = (x <= 0) & (x == np.floor(x))
    return cast("Array", _special().gamma(np.where(pole, np.nan, x)))


def digamma(x: Array) -> Array:
    """The logarithmic derivative of gamma."""
    pole = (x <= 0) & (x == np.floor(x))
    return cast("Array", _special().digamma(np.where(pole, np.nan, x)))


def factorial(x: Array) -> Array:
    """The factorial, gamma(x + 1), also between the whole numbers; whole results are exact as far as floats are."""
    value = gamma(np.asarray(x + 1.0))
    whole = (x == np.floor(x)) & (np.abs(value) < LARGEST_INTEGER)
    return np.where(whole, np.rint(value), value)


def erf(x: Array) -> Array:
    """The error function."""
    return cast("Array", _special().erf(x))


def combinations(n: Array, r: Array) -> Array:
    """The number n over r; whole results are exact as far as floats are."""
    value = cast("Array", _special().binom(n, r))
    whole = (n == np.floor(n)) & (r == np.floor(r)) & (np.abs(value) < LARGEST_INTEGER)
    return np.where(whole, np.rint(value), value)


def permutations(n: Array, r: Array) -> Array:
    """The ways to arrange r of n things: n! / (n − r)! of them."""
    value = combinations(n, r) * factorial(r)
    whole = (n == np.floor(n)) & (r == np.floor(r)) & (np.abs(value) < LARGEST_INTEGER)
    return np.where(whole, np.rint(value), value)


def step(x: Array) -> Array:
    """The unit step: 0 for negative numbers, else 1."""
    return np.where(np.isnan(x), np.nan, (x >= 0).astype(np.float64))


def heaviside(x: Array, middle: Array | None = None) -> Array:
    """0 for negative numbers, 1 for positive ones, and `middle` (one half) at 0."""
    return np.heaviside(x, 0.5 if middle is None else middle)


def normalpdf(x: Array, mean: Array | None = None, deviation: Array | None = None) -> Array:
    """The density of the normal distribution."""
    mu = np.asarray(0.0) if mean is None else mean
    sigma = np.asarray(1.0) if deviation is None else np.where(deviation > 0, deviation, np.nan)
    return np.asarray(np.exp(-0.5 * ((x - mu) / sigma) ** 2) / (sigma * np.sqrt(2 * np.pi)))


def normalcdf(x: Array, mean: Array | None = None, deviation: Array | None = None) -> Array:
    """The distribution function of the normal distribution."""
    mu = np.asarray(0.0) if mean is None else mean
    sigma = np.asarray(1.0) if deviation is None else np.where(deviation > 0, deviation, np.nan)
    return cast("Array", _special().ndtr((x - mu) / sigma))


def gcd(*values: Array) -> Array:
    """The greatest common divisor of whole numbers, undefined for others."""
    return _of_integers(np.gcd, values)


def lcm(*values: Array) -> Array:
    """The least common multiple of whole numbers, undefined for others."""
    return _of_integers(np.lcm, values)


def _of_integers(operation: np.ufunc, values: tuple[Array, ...]) -> Array:
    result = np.abs(values[0])
    whole = np.isfinite(result) & (result == np.floor(result)) & (result < LARGEST_INTEGER)
    for each in values[1:]:
        good = np.isfinite(each) & (each == np.floor(each)) & (np.abs(each) < LARGEST_INTEGER)
        first = np.where(whole, result, 0.0).astype(np.int64)
        second = np.where(good, each, 0.0).astype(np.int64)
        result, whole = operation(first, second).astype(np.float64), whole & good
    return np.asarray(np.where(whole, result, np.nan))


def truth(value: Array) -> NDArray[np.bool_]:
    """Where a value counts as true: neither 0 nor undefined."""
    return np.asarray((value != 0) & ~np.isnan(value))


def where(condition: Array, then: Array, otherwise: Array) -> Array:
    """Choose `then` where the condition is true, else `otherwise`."""
    return np.where(truth(condition), then, otherwise)
