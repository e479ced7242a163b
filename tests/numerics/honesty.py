"""How honest a drawn curve is: the share of pixels it misses, and the share it paints without reason.

The truth is found without the sampler: very many values per pixel column, joined except across breaks that each case
names itself.  Both shares allow one pixel of tolerance.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from plotlang.language.syntax import Number
from plotlang.numerics.compile import compile_expr
from plotlang.numerics.explicit.sampling import Sampled, View
from tests.numerics.formulas import Formula, both, call, compare, e, k, only, over, pi, rows, t, x

Array = NDArray[np.float64]
Pixels = NDArray[np.bool_]
Breaks = Callable[[float, float], Array]

PER_COLUMN = 401


def nowhere(low: float, high: float) -> Array:
    return np.empty(0)


@dataclass(frozen=True)
class Case:
    """A formula of x and the places where its curve breaks in a range; `near` are places to look at very closely."""

    name: str
    formula: Formula
    breaks: Breaks
    window: tuple[float, float, float, float] = (-5.0, 5.0, -5.0, 5.0)
    moves: bool = True
    near: Breaks = nowhere

    def view(self) -> View:
        return View(*self.window, 600, 400)


def at(*places: float) -> Breaks:
    return lambda low, high: np.array(places)


def every(step: float, shift: float = 0.0) -> Breaks:
    return lambda low, high: (
        shift + step * np.arange(np.floor((low - shift) / step), np.ceil((high - shift) / step) + 1)
    )


def _square_poles(low: float, high: float) -> Array:
    most = max(abs(low), abs(high)) ** 2
    roots = np.sqrt(np.pi * (np.arange(0, np.ceil(most / np.pi) + 1) + 0.5))
    return np.sort(np.concatenate([-roots, roots]))


def _floor_square(low: float, high: float) -> Array:
    roots = np.sqrt(np.arange(0, np.ceil(max(abs(low), abs(high)) ** 2) + 1))
    return np.sort(np.concatenate([-roots, roots]))


def _inverse_whole(unit: float) -> Breaks:
    """0 and the reciprocals of multiples of a number."""
    k = np.arange(1.0, 3000.0)
    places = np.sort(np.concatenate([-1 / (unit * k), [0.0], 1 / (unit * k)]))
    return lambda low, high: places


def _tangent_poles(low: float, high: float) -> Array:
    inner = np.arctan((np.arange(-2000, 2000) + 0.5) * np.pi)
    turns = np.pi * np.arange(np.floor(low / np.pi) - 1, np.ceil(high / np.pi) + 2)
    return np.sort(np.concatenate([(inner + turns[:, None]).ravel(), turns + np.pi / 2]))


def _rounded_sine(low: float, high: float) -> Array:
    inner = np.arcsin((np.arange(-10, 10) + 0.5) / 10)
    turns = 2 * np.pi * np.arange(np.floor(low / 6.3) - 1, np.ceil(high / 6.2) + 2)[:, None]
    return np.sort(np.concatenate([(inner + turns).ravel(), (np.pi - inner + turns).ravel()]))


def _expanded_power() -> Formula:
    """The power (x − 1)^7 as a sum of eight terms."""
    return x**7 - 7 * x**6 + 21 * x**5 - 35 * x**4 + 35 * x**3 - 21 * x**2 + 7 * x - 1


def rasterised(paths: tuple[Array, ...], view: View) -> Pixels:
    """The pixels that polylines touch, shape (height, width)."""
    pixels = np.zeros((view.height, view.width), dtype=bool)
    for path in paths:
        column = (path[:, 0] - view.low) / (view.high - view.low) * view.width
        row = (path[:, 1] - view.y_low) / (view.y_high - view.y_low) * view.height
        count = np.ceil(np.maximum(np.abs(np.diff(column)), np.abs(np.diff(row))) * 3).astype(int) + 1
        segment = np.repeat(np.arange(count.size), count)
        share = (np.arange(segment.size) - np.repeat(np.cumsum(count) - count, count)) / count[segment]
        points = (
            column[:-1][segment] + share * np.diff(column)[segment],
            row[:-1][segment] + share * np.diff(row)[segment],
        )
        _paint(pixels, np.append(points[0], column[-1]), np.append(points[1], row[-1]))
    return pixels


def _paint(pixels: Pixels, column: Array, row: Array) -> None:
    inside = (column >= 0) & (column < pixels.shape[1]) & (row >= 0) & (row < pixels.shape[0])
    pixels[row[inside].astype(int), column[inside].astype(int)] = True


_HALVES = np.sort(np.concatenate([0.5 ** np.arange(1, 36), 0.001 * np.arange(1, 100)]))[::-1]

_CLOSER = 0.5 ** np.arange(36, 200, 2)


def _distance(where: Array, places: Array) -> Array:
    """How far the nearest place is."""
    ends = np.concatenate([[-np.inf], np.sort(places), [np.inf]])
    i = np.searchsorted(ends, where)
    return np.minimum(where - ends[i - 1], ends[np.minimum(i, ends.size - 1)] - where)


def truth(case: Case, view: View) -> Pixels:
    """The pixels that the curve passes through."""
    f = compile_expr(case.formula.expr, "x")
    breaks = case.breaks(view.low, view.high)
    pixel = (view.high - view.low) / view.width
    grid = np.linspace(view.low, view.high, view.width * PER_COLUMN)
    centres = np.concatenate([breaks, case.near(view.low, view.high)])
    close = np.concatenate(
        [
            (centres[:, None] + pixel * np.concatenate([-_HALVES, _HALVES])).ravel(),
            (case.near(view.low, view.high)[:, None] + pixel * np.concatenate([-_CLOSER, _CLOSER])).ravel(),
        ]
    )
    edges = view.low + pixel * np.arange(view.width + 1)
    where = np.unique(np.concatenate([grid, close[(close >= view.low) & (close <= view.high)], edges]))
    room = pixel * _HALVES[-1] / 2 + 4e-16 * max(abs(view.low), abs(view.high))
    where = where[_distance(where, breaks) > room]
    row = (np.clip(f(where), -1e290, 1e290) - view.y_low) / (view.y_high - view.y_low) * view.height
    column = np.minimum(((where - view.low) / pixel).astype(int), view.width - 1)
    piece = np.searchsorted(breaks, where, side="right")
    lifted = (piece[1:] != piece[:-1]) | np.isnan(row[1:]) | np.isnan(row[:-1])
    pixels = np.zeros((view.height, view.width), dtype=bool)
    _paint(pixels, column[~np.isnan(row)].astype(float), row[~np.isnan(row)])
    low, high = np.minimum(row[1:], row[:-1]), np.maximum(row[1:], row[:-1])
    seen = ~lifted & (high >= 0) & (low < view.height)
    for i, bottom, top in zip(
        column[1:][seen], np.maximum(low[seen], 0), np.minimum(high[seen], view.height - 1), strict=True
    ):
        pixels[int(bottom) : int(top) + 1, i] = True
    return pixels


def grown(pixels: Pixels) -> Pixels:
    """The pixels with their eight neighbours."""
    result = pixels.copy()
    result[1:] |= pixels[:-1]
    result[:-1] |= pixels[1:]
    wide = result.copy()
    wide[:, 1:] |= result[:, :-1]
    wide[:, :-1] |= result[:, 1:]
    return wide


def shares(case: Case, view: View, sampled: Sampled) -> tuple[float, float]:
    """The share of missed and of false pixels."""
    right, painted = truth(case, view), rasterised(sampled.paths, view)
    missed = np.count_nonzero(right & ~grown(painted)) / max(1, np.count_nonzero(right))
    false = np.count_nonzero(painted & ~grown(right)) / max(1, np.count_nonzero(painted))
    return missed, false


def sin(u: Formula) -> Formula:
    return call("sin", u)


def cos(u: Formula) -> Formula:
    return call("cos", u)


def sqrt(u: Formula) -> Formula:
    return call("sqrt", u)


_NOT_FAR_LEFT = only(compare(x, ">", -8.5))
"""Farther left the poles of gamma are thinner than the distance of neighbouring floats."""

CASES = [
    Case("parabola", x**2, nowhere),
    Case("cubic", x**3 - 3 * x, nowhere),
    Case("line", 2 * x + 1, nowhere),
    Case("constant", x * 0 + 2, nowhere),
    Case("sine", sin(x), nowhere),
    Case("fast sine", 4 * sin(50 * x), nowhere),
    Case("sine of a pixel", 3 * sin(377 * x), nowhere),
    Case("very fast sine", 3 * sin(12345.6 * x), nowhere),
    Case("chirp", 4 * sin(x**3), nowhere),
    Case("product of fast sines", 4 * sin(900 * x) * cos(901 * x), nowhere),
    Case("aliasing sine", 3 * sin(60 * pi * x), nowhere),
    Case("sin(1/x)", 3 * sin(1 / x), at(0)),
    Case("x sin(1/x)", 4 * x * sin(1 / x), at(0)),
    Case("tan", call("tan", x), every(np.pi, np.pi / 2)),
    Case("tan x^2", call("tan", x**2), _square_poles),
    Case("tan 20x", call("tan", 20 * x), every(np.pi / 20, np.pi / 40)),
    Case("sec", call("sec", x), every(np.pi, np.pi / 2)),
    Case("csc", call("csc", 2 * x), every(np.pi / 2)),
    Case("cot", call("cot", x), every(np.pi)),
    Case("hyperbola", 1 / x, at(0)),
    Case("pole of order 2", 1 / x**2, at(0)),
    Case("thin pole", 0.001 / (x - 1), at(1)),
    Case("thin double pole", 1e-6 / (x - 0.3) ** 2, at(0.3)),
    Case("two poles", (x + 1) / (x**2 - 2), at(-(2**0.5), 2**0.5)),
    Case("no pole at all", 1 / (x**2 + 0.0001), nowhere),
    Case("floor", call("floor", x), every(1.0)),
    Case("floor x^2", call("floor", x**2), _floor_square),
    Case("ceil", call("ceil", 3 * x) / 2, every(1 / 3)),
    Case("round", call("round", x), every(1.0, 0.5)),
    Case("sign", call("sign", x), at(0)),
    Case("sawtooth", x % 2, every(2.0)),
    Case("frac", 3 * call("frac", 7 * x), every(1 / 7)),
    Case("step", call("step", sin(x)), every(np.pi)),
    Case("square root", sqrt(x - 1), nowhere, near=at(1)),
    Case("half circle", sqrt(9 - x**2), nowhere, near=at(-3, 3)),
    Case("slow root", call("root", x, 8), nowhere, near=at(0)),
    Case("cube root", x ** (Formula(Number(1.0)) / 3), nowhere),
    Case("logarithm", call("ln", x), at(0)),
    Case("x ln x", x * call("ln", x), nowhere),
    Case("ln of sine", call("ln", sin(3 * x)), every(np.pi / 3)),
    Case("arcsin", call("arcsin", x / 2), nowhere, near=at(-2, 2)),
    Case("removable hole", (x**2 - 1) / (x - 1), nowhere),
    Case("sinc by hand", 4 * sin(x) / x, nowhere),
    Case("cancellation at a hole", 8 * (1 - cos(x)) / x**2, nowhere, moves=False),
    Case("steep arctan", call("arctan", 1e6 * x), nowhere),
    Case("steeper tanh", 3 * call("tanh", 1e8 * (x - 0.123)), nowhere),
    Case("spike", 4 / (1 + 1e8 * (x - 0.31) ** 2), nowhere, near=at(0.31)),
    Case("narrow spike", 4 * call("exp", -(1e9 * (x - 0.7071) ** 2)), nowhere, near=at(0.7071)),
    Case("exp", call("exp", x), nowhere),
    Case("exp(1/x)", call("exp", 1 / x), at(0)),
    Case("arctan(1/x)", call("arctan", 1 / x), at(0)),
    Case("bell", 5 * call("exp", -(x**2)), nowhere),
    Case("gamma", _NOT_FAR_LEFT * call("gamma", x), lambda low, high: np.arange(-8.0, 1.0)),
    Case("abs", call("abs", x**2 - 4) - 2, nowhere),
    Case("cusps", 4 * call("abs", sin(9 * x)), nowhere),
    Case("max", call("max", x, -x, x**2 - 3), nowhere),
    Case("x over its size", x / call("abs", x), at(0)),
    Case("restricted", x**2 * only(both(compare(x, ">", -1), compare(x, "<=", 2))), nowhere),
    Case("piecewise", rows((compare(x, "<", 0), -x), (compare(x, "<", 2), x**2), (None, 3)), at(2)),
    Case("comparison arithmetic", compare(x, ">", 0) * x % 2, every(2.0)),
    Case("x^x", x**x * only(compare(x, ">", 0)), nowhere),
    Case("2^x", 2**x, nowhere),
    Case("e^-x^2 sin", 5 * e ** (-(x**2)) * sin(40 * x), nowhere),
    Case("integral", over("integral", cos(t**2), t, 0, x), nowhere),
    Case("fourier sum", over("sum", sin((2 * k - 1) * x) / (2 * k - 1), k, 1, 20), nowhere),
    Case("empty product", sqrt(x - 3) * sqrt(1 - x), nowhere),
    Case("touching root", sqrt(x**2 - 2 * x + 1), nowhere),
    Case("polynomial of degree 10", (x**2 - 1) * (x**2 - 4) * (x**2 - 9) * (x**2 - 16) * x / 500, nowhere),
    Case("tiny scale", 1e-8 * sin(x), nowhere, (-5, 5, -2e-8, 2e-8)),
    Case("huge scale", 1e12 * sin(1e-6 * x), nowhere, (-5e6, 5e6, -2e12, 2e12)),
    Case("far away", sin(x), nowhere, (1e6, 1e6 + 10, -2, 2)),
    Case("close up", sin(x), nowhere, (1.0, 1.0 + 1e-6, 0.84147, 0.841472)),
    Case("nested", sin(5 * cos(3 * x)) + cos(7 * sin(x)), nowhere),
    Case("composite log", call("ln", call("abs", x**2 - 2)), at(-(2**0.5), 2**0.5)),
    Case("sqrt of sine", 3 * sqrt(sin(5 * x)), nowhere, near=every(np.pi / 5)),
    Case("square wave", 2 * call("sign", sin(9 * x)), every(np.pi / 9)),
    Case(
        "csc(1/x)", only(compare(call("abs", x), ">", 0.02)) / sin(1 / x), _inverse_whole(np.pi), near=at(-0.02, 0.02)
    ),
    Case("tan(tan x)", call("tan", call("tan", x)), _tangent_poles),
    Case("sin(tan x)", 3 * sin(call("tan", x)), every(np.pi, np.pi / 2)),
    Case("cusp and corner", call("cbrt", x) * call("cbrt", (x - 2) ** 2), nowhere, near=at(0, 2)),
    Case("floor(1/x)", call("floor", 1 / x), _inverse_whole(1.0)),
    Case("lonely point", sqrt(x**2 * (x - 1)), at(0), near=at(1)),
    Case("reciprocal gamma", _NOT_FAR_LEFT / call("gamma", x), nowhere),
    Case("rounded sine", call("round", 10 * sin(x)) / 3, _rounded_sine),
    Case("steep erf", 3 * call("erf", 1e4 * x), nowhere),
    Case("pole thinner than a float", 1 + 1e-9 / x, at(0)),
    Case("expanded power", _expanded_power(), nowhere, (0.97, 1.03, -2e-11, 2e-11)),
    Case("negative modulus", (2 * x) % -3, every(1.5)),
    Case("poles of order 3", 1 / (x**2 - 2) ** 3, at(-(2**0.5), 2**0.5)),
    Case("ln of fast sine", call("ln", call("abs", sin(20 * x))), every(np.pi / 20)),
    Case("triangle wave", 2 * call("arcsin", sin(9 * x)), nowhere),
    Case("huge cosh", call("cosh", 100 * x) / 1e100, nowhere),
    Case("sinh of an edge", call("sinh", 300 * (x - 2)), nowhere),
    Case("member of a family", 37 * sin(37 * x) / 20, nowhere),
    Case("Weierstrass", over("sum", 0.5**k * cos(7**k * pi * x), k, 0, 3), nowhere),
    Case("flat at 0", 5 * call("exp", -1 / x**2), nowhere),
]
