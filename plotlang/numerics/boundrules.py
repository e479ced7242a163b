"""The bounds of the built-in functions."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from plotlang.numerics import realmath as real
from plotlang.numerics.bounds import (
    BROKEN,
    EDGE,
    PARTIAL,
    Bounds,
    Rule,
    absolute,
    add,
    count,
    divide,
    exactly,
    falling,
    has_nan,
    hull,
    marked,
    monotone,
    multiply,
    negative,
    reciprocal,
    square,
    subtract,
    whole,
)
from plotlang.numerics.powerbounds import real_power, root

if TYPE_CHECKING:
    from collections.abc import Callable

    from plotlang.numerics.realmath import Array

HALF = np.pi / 2
GAMMA_PLACE, GAMMA_LEAST = 1.4616321449683623, 0.8856031944108887
SINC_LEAST = -0.21723362821122166


def _wave(a: Bounds, f: Callable[[Array], Array], top: float) -> Bounds:
    """The bounds of sin or cos: the end values, or ±1 at a turning point; the greatest value lies at `top`."""
    one, two = f(a.low), f(a.high)
    first, last = (a.low - top) * (0.5 / np.pi), (a.high - top) * (0.5 / np.pi)
    at_top = np.floor(first) != np.floor(last)
    at_bottom = np.floor(first + 0.5) != np.floor(last + 0.5)
    low, high = np.minimum(one, two), np.maximum(one, two)
    if count(at_top):
        high = np.where(at_top, 1.0, high)
    if count(at_bottom):
        low = np.where(at_bottom, -1.0, low)
    if has_nan(one) or has_nan(two):
        nothing = np.isnan(a.low)
        low, high = np.where(nothing, np.nan, np.fmax(low, -1.0)), np.where(nothing, np.nan, np.fmin(high, 1.0))
    return Bounds(low, high, a.marks)


def sine(a: Bounds) -> Bounds:
    """The bounds of sin."""
    return _wave(a, np.sin, HALF)


def cosine(a: Bounds) -> Bounds:
    """The bounds of cos."""
    return _wave(a, np.cos, 0.0)


def _branches(a: Bounds, f: Callable[[Array], Array], shift: float, width: float) -> Bounds:
    """A function that increases on each branch from one pole at shift + k·width to the next."""
    branch, other = np.floor((a.low - shift) / width), np.floor((a.high - shift) / width)
    low, high = f(a.low), f(a.high)
    crossed = (branch != other) | (low > high)
    if not count(crossed):
        return Bounds(low, high, a.marks)
    low, high = np.where(crossed, -np.inf, low), np.where(crossed, np.inf, high)
    return whole(Bounds(low, high, a.marks | marked(crossed, BROKEN | PARTIAL)))


def tangent(a: Bounds) -> Bounds:
    """The bounds of tan."""
    return _branches(a, np.tan, HALF, np.pi)


def cotangent(a: Bounds) -> Bounds:
    """The bounds of cot."""
    return negative(_branches(a, lambda x: -np.cos(x) / np.sin(x), 0.0, np.pi))


def stairs(f: Callable[[Array], Array]) -> Rule:
    """The rule of a rounding function."""

    def rule(a: Bounds) -> Bounds:
        low, high = f(a.low), f(a.high)
        return Bounds(low, high, a.marks | marked(low != high, BROKEN | EDGE))

    return rule


floor = stairs(np.floor)


def fraction(a: Bounds) -> Bounds:
    """The bounds of x − floor(x)."""
    return modulo(a, exactly(1.0))


def floor_divide(a: Bounds, b: Bounds) -> Bounds:
    """The bounds of a quotient rounded down."""
    return floor(divide(a, b))


def modulo(a: Bounds, b: Bounds) -> Bounds:
    """The bounds of a − b·floor(a/b)."""
    turns = floor(divide(a, b))
    same = turns.low == turns.high
    inside = subtract(a, multiply(b, Bounds(turns.low, turns.low)))
    least, most = np.minimum(b.low, 0.0), np.maximum(b.high, 0.0)
    low, high = np.maximum(inside.low, least), np.minimum(inside.high, most)
    jumps = marked(~same, BROKEN | EDGE)
    return Bounds(np.where(same, low, least), np.where(same, high, most), a.marks | b.marks | turns.marks | jumps)


def round_to(a: Bounds, digits: Bounds | None = None) -> Bounds:
    """The bounds of a rounded value."""
    if digits is None:
        return stairs(np.rint)(a)
    scale = Bounds(np.power(10.0, np.rint(digits.low)), np.power(10.0, np.rint(digits.high)), digits.marks)
    return divide(stairs(np.rint)(multiply(a, scale)), scale)


def heaviside(a: Bounds, middle: Bounds | None = None) -> Bounds:
    """The bounds of the unit step with a middle value."""
    value = np.asarray(0.5) if middle is None else middle.low
    return stairs(lambda x: np.heaviside(x, value))(a)


def smallest(*values: Bounds) -> Bounds:
    """The bounds of the least of several values."""
    result = values[0]
    for each in values[1:]:
        low, high = np.minimum(result.low, each.low), np.minimum(result.high, each.high)
        result = Bounds(low, high, result.marks | each.marks)
    return result


def largest(*values: Bounds) -> Bounds:
    """The bounds of the greatest of several values."""
    return negative(smallest(*(negative(each) for each in values)))


def clip(a: Bounds, low: Bounds, high: Bounds) -> Bounds:
    """The bounds of a clipped value."""
    return smallest(largest(a, low), high)


def choice(condition: Bounds, then: Bounds, otherwise: Bounds) -> Bounds:
    """Choose `then` where the condition surely holds, `otherwise` where it surely does not, both where unsure."""
    sure, never = condition.low != 0, (condition.low == 0) & (condition.high == 0)
    return hull(then, otherwise, ~sure & ~never, sure)


def gamma(a: Bounds) -> Bounds:
    """The bounds of Euler's gamma function; left of 1/2 by reflection at 1/2."""
    right = _gamma_right(Bounds(np.maximum(a.low, 0.0), np.maximum(a.high, 0.0), a.marks))
    left_of = a.low < 0.5
    if not count(left_of):
        return right
    pi = exactly(np.pi)
    poles = reciprocal(_sine_of_turns(a))
    mirrored = _gamma_right(subtract(exactly(1.0), a))
    left = multiply(multiply(pi, poles), reciprocal(mirrored))
    positive = a.low > 0
    marks = np.where(positive, right.marks, left.marks).astype(np.uint8)
    return Bounds(np.where(positive, right.low, left.low), np.where(positive, right.high, left.high), marks)


def _sine_of_turns(a: Bounds) -> Bounds:
    """The bounds of sin(πx), exactly 0 at whole numbers."""
    low, high, _ = sine(multiply(a, exactly(np.pi)))
    low = np.where(a.low == np.floor(a.low), np.where(low > -1e-9, np.minimum(low, 0.0), low), low)
    whole_inside = np.ceil(a.low) <= a.high
    return Bounds(
        np.where(whole_inside, np.minimum(low, 0.0), low), np.where(whole_inside, np.maximum(high, 0.0), high), a.marks
    )


def _gamma_right(a: Bounds) -> Bounds:
    x, y = np.maximum(a.low, 1e-300), np.maximum(a.high, 1e-300)
    one, two = real.gamma(x), real.gamma(y)
    low = np.where((x < GAMMA_PLACE) & (y > GAMMA_PLACE), GAMMA_LEAST, np.minimum(one, two))
    return Bounds(low, np.where(a.low <= 0, np.inf, np.maximum(one, two)), a.marks)


def digamma(a: Bounds) -> Bounds:
    """The bounds of digamma, which increases between its poles."""
    above = monotone(real.digamma, 0.0, open_ends=True)(a)
    below = _branches(a, real.digamma, 0.0, 1.0)
    right = a.low > 0
    low, high = np.where(right, above.low, below.low), np.where(right, above.high, below.high)
    return Bounds(low, high, np.where(right, above.marks, below.marks).astype(np.uint8))


def sinc(a: Bounds) -> Bounds:
    """The bounds of sin(πx)/(πx); where 0 is near, 1 − (πx)²/6 is a lower bound."""
    farthest, nearest = np.maximum(np.abs(a.low), np.abs(a.high)) * np.pi, absolute(a).low * np.pi
    turned = multiply(a, exactly(np.pi))
    ratio = divide(sine(turned), turned)
    close = nearest < 0.5
    low = np.where(close, 1 - farthest**2 / 6, ratio.low)
    high = np.where(close, 1 - nearest**2 / 6 + nearest**4 / 120, ratio.high)
    return Bounds(np.maximum(low, SINC_LEAST), np.minimum(high, 1.0), a.marks)


def normalpdf(a: Bounds, mean: Bounds | None = None, deviation: Bounds | None = None) -> Bounds:
    """The bounds of the bell curve."""
    sigma = exactly(1.0) if deviation is None else deviation
    away = square(_standard(a, mean, sigma))
    bell = monotone(np.exp)(multiply(away, exactly(-0.5)))
    return divide(bell, multiply(sigma, exactly(np.sqrt(2 * np.pi))))


def normalcdf(a: Bounds, mean: Bounds | None = None, deviation: Bounds | None = None) -> Bounds:
    """The bounds of its distribution function."""
    return monotone(real.normalcdf)(_standard(a, mean, exactly(1.0) if deviation is None else deviation))


def _standard(a: Bounds, mean: Bounds | None, sigma: Bounds) -> Bounds:
    good = monotone(lambda x: x, 0.0, open_ends=True)(sigma)
    return divide(a if mean is None else subtract(a, mean), good)


def log(a: Bounds, base: Bounds | None = None) -> Bounds:
    """The natural logarithm, or one to a base."""
    return NATURAL(a) if base is None else divide(NATURAL(a), NATURAL(base))


def hypot(a: Bounds, b: Bounds) -> Bounds:
    """The bounds of sqrt(a² + b²)."""
    one, two = absolute(a), absolute(b)
    return Bounds(np.hypot(one.low, two.low), np.hypot(one.high, two.high), a.marks | b.marks)


def atan2(y: Bounds, x: Bounds) -> Bounds:
    """The direction of (x, y): exact in the corners, everything where the negative x-axis is crossed."""
    corners = [np.arctan2(p, q) for p in (y.low, y.high) for q in (x.low, x.high)]
    low, high = np.minimum.reduce(corners), np.maximum.reduce(corners)
    crossed = (x.low < 0) & (y.low < 0) & (y.high >= 0) | (x.low <= 0) & (x.high >= 0) & (y.low <= 0) & (y.high >= 0)
    low, high = np.where(crossed, -np.pi, low), np.where(crossed, np.pi, high)
    return Bounds(low, high, y.marks | x.marks | marked(crossed, BROKEN))


def arcsecant(a: Bounds) -> Bounds:
    """The bounds of arccos(1/a)."""
    return ARCCOS(reciprocal(a))


NATURAL = monotone(np.log, 0.0, open_ends=True)
ARCSIN = monotone(np.arcsin, -1.0, 1.0)
ARCCOS = falling(monotone(lambda x: -np.arccos(x), -1.0, 1.0))
COSH = monotone(np.cosh)

RULES: dict[str, Rule] = {
    "sin": sine,
    "cos": cosine,
    "tan": tangent,
    "sec": lambda a: reciprocal(cosine(a)),
    "csc": lambda a: reciprocal(sine(a)),
    "cot": cotangent,
    "arcsin": ARCSIN,
    "arccos": ARCCOS,
    "arctan": monotone(np.arctan),
    "arccot": falling(monotone(lambda x: np.arctan(x) - HALF)),
    "arcsec": arcsecant,
    "arccsc": lambda a: ARCSIN(reciprocal(a)),
    "atan2": atan2,
    "degrees": monotone(np.rad2deg),
    "radians": monotone(np.deg2rad),
    "sinh": monotone(np.sinh),
    "cosh": lambda a: COSH(absolute(a)),
    "tanh": monotone(np.tanh),
    "sech": lambda a: reciprocal(COSH(absolute(a))),
    "csch": lambda a: reciprocal(monotone(np.sinh)(a)),
    "coth": lambda a: reciprocal(monotone(np.tanh)(a)),
    "arcsinh": monotone(np.arcsinh),
    "arccosh": monotone(np.arccosh, 1.0),
    "arctanh": monotone(np.arctanh, -1.0, 1.0, open_ends=True),
    "exp": monotone(np.exp),
    "expm1": monotone(np.expm1),
    "ln": NATURAL,
    "log": log,
    "lg": monotone(np.log10, 0.0, open_ends=True),
    "log10": monotone(np.log10, 0.0, open_ends=True),
    "log2": monotone(np.log2, 0.0, open_ends=True),
    "log1p": monotone(np.log1p, -1.0, open_ends=True),
    "sqrt": monotone(np.sqrt, 0.0),
    "cbrt": monotone(np.cbrt),
    "root": root,
    "square": square,
    "power": real_power,
    "hypot": hypot,
    "abs": absolute,
    "sign": stairs(np.sign),
    "floor": floor,
    "ceil": stairs(np.ceil),
    "trunc": stairs(np.trunc),
    "round": round_to,
    "frac": fraction,
    "mod": modulo,
    "step": stairs(real.step),
    "heaviside": heaviside,
    "min": smallest,
    "max": largest,
    "clip": clip,
    "where": choice,
    "gamma": gamma,
    "digamma": digamma,
    "factorial": lambda a: gamma(add(a, exactly(1.0))),
    "erf": monotone(real.erf),
    "sinc": sinc,
    "normalpdf": normalpdf,
    "normalcdf": normalcdf,
}
