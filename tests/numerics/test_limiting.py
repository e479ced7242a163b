from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from plotlang.language.syntax import Number
from plotlang.numerics.calculus.asymptotes import asymptotes
from plotlang.numerics.calculus.limiting import limit
from plotlang.numerics.limits import UNLIMITED
from tests.numerics.formulas import Formula, call, compare, e, only, over, pi, rows, t, x
from tests.numerics.trees import expressions

INF, NAN, PI = math.inf, math.nan, math.pi


def sin(u):
    return call("sin", u)


def cos(u):
    return call("cos", u)


def exp(u):
    return call("exp", u)


def ln(u):
    return call("ln", u)


def sqrt(u):
    return call("sqrt", u)


LIMITS = [
    ("continuous", x**2 + 1, 3, 0, 10),
    ("sine over x", sin(x) / x, 0, 0, 1),
    ("cosine, second order", (1 - cos(x)) / x**2, 0, 0, 0.5),
    ("sine, third order", (x - sin(x)) / x**3, 0, 0, 1 / 6),
    ("tangent, third order", (call("tan", x) - x) / x**3, 0, 0, 1 / 3),
    ("arcsine, third order", (call("arcsin", x) - x) / x**3, 0, 0, 1 / 6),
    ("exponential", (exp(x) - 1) / x, 0, 0, 1),
    ("exponential, second order", (exp(x) - 1 - x) / x**2, 0, 0, 0.5),
    ("ratio of sines", sin(3 * x) / sin(5 * x), 0, 0, 0.6),
    ("root", (sqrt(1 + x) - 1) / x, 0, 0, 0.5),
    ("cube root", (call("cbrt", x) - 2) / (x - 8), 8, 0, 1 / 12),
    ("over a cube root", (x - 8) / (call("cbrt", x) - 2), 8, 0, 12),
    ("hole", (x**2 - 1) / (x - 1), 1, 0, 2),
    ("at an irrational hole", sin(x) / (x - pi), PI, 0, -1),
    ("logarithm over distance", ln(x) / (x - 1), 1, 0, 1),
    ("x ln x", x * ln(x), 0, 0, 0),
    ("x to the x", x**x, 0, 0, 1),
    ("slow power", x ** Formula(Number(0.1)), 0, 1, 0),
    ("one over a logarithm", 1 / ln(x), 0, 1, 0),
    ("ratio of logarithms", ln(sin(x)) / ln(x), 0, 1, 1),
    ("compound interest", (1 + 1 / x) ** x, INF, 0, math.e),
    ("compound interest at 0", (1 + x) ** (1 / x), 0, 0, math.e),
    ("decay", (1 - 2 / x) ** x, INF, 0, math.exp(-2)),
    ("power of a cosine", cos(x) ** (1 / x**2), 0, 0, math.exp(-0.5)),
    ("ratio of polynomials", (2 * x**2 + 1) / (x**2 - 3), INF, 0, 2),
    ("difference of roots", sqrt(x**2 + x) - x, INF, 0, 0.5),
    ("roots that meet", sqrt(x + 1) - sqrt(x), INF, 0, 0),
    ("ln x over x", ln(x) / x, INF, 0, 0),
    ("root of x", x ** (1 / x), INF, 0, 1),
    ("arctangent", call("arctan", x), INF, 0, PI / 2),
    ("arctangent to the left", call("arctan", x), -INF, 0, -PI / 2),
    ("arctangent of a pole", call("arctan", 1 / x), 0, 1, PI / 2),
    ("fading wave", sin(x) / x, INF, 0, 0),
    ("fading exponential", x**10 * exp(-x), INF, 0, 0),
    ("squeezed", x * sin(1 / x), 0, 0, 0),
    ("floor over x", call("floor", x) / x, INF, 0, 1),
    ("overflow on the way", call("cosh", x) / call("sinh", x), INF, 0, 1),
    ("pole of gamma", x * call("gamma", x), 0, 0, 1),
    ("bell", over("integral", exp(-(t**2)), t, 0, x), INF, 0, math.sqrt(PI) / 2),
    ("flat hole", exp(-1 / x**2), 0, 0, 0),
    ("tiny constant", 0 * x + 1e-20, 0, 0, 1e-20),
    ("edge of the domain", sqrt(x), 0, 0, 0),
    ("restricted", x**2 * only(compare(x, "<", 2)), 2, 0, 4),
    ("floor from the left", call("floor", x), 2, -1, 1),
    ("floor from the right", call("floor", x), 2, 1, 2),
    ("sign from the right", call("abs", x) / x, 0, 1, 1),
    ("pole from the left", call("tan", x), PI / 2, -1, INF),
    ("pole from the right", call("tan", x), PI / 2, 1, -INF),
    ("even pole", 1 / x**2, 0, 0, INF),
    ("two poles", 1 / (x - 1) / (x - 2), 2, 1, INF),
    ("slow pole", x ** Formula((-Formula(Number(0.01))).expr), 0, 1, INF),
    ("essential", exp(1 / x), 0, 1, INF),
    ("essential, other side", exp(1 / x), 0, -1, 0),
    ("logarithm at 0", ln(x), 0, 0, -INF),
    ("logarithm far out", ln(x), INF, 0, INF),
    ("twice the logarithm", ln(ln(x)), INF, 0, INF),
    ("cubic", x**3 - x, INF, 0, INF),
    ("cubic to the left", x**3 - x, -INF, 0, -INF),
    ("exponential over power", exp(x) / x**10, INF, 0, INF),
    ("rising wave", x + sin(x), INF, 0, INF),
    ("gamma from the left", call("gamma", x), 0, -1, -INF),
    ("no limit: tangent", call("tan", x), PI / 2, 0, NAN),
    ("no limit: pole", 1 / x, 0, 0, NAN),
    ("no limit: sign", call("sign", x), 0, 0, NAN),
    ("no limit: size over x", call("abs", x) / x, 0, 0, NAN),
    ("no limit: wild", sin(1 / x), 0, 0, NAN),
    ("no limit: wild with π", sin(pi / x), 0, 0, NAN),
    ("no limit: wave", sin(x), INF, 0, NAN),
    ("no limit: growing wave", x * sin(x), INF, 0, NAN),
    ("no limit: sawtooth", x - call("floor", x), INF, 0, NAN),
    ("no limit: jump", rows((compare(x, "<", 1), x**2), (None, 3 - x)), 1, 0, NAN),
    ("no limit: floor", call("floor", x), 2, 0, NAN),
    ("no limit: poles", call("gamma", x), -INF, 0, NAN),
    ("undefined", sqrt(x), -1, 0, NAN),
    ("undefined far out", sqrt(100 - x**2), INF, 0, NAN),
]  # fmt: skip


@pytest.mark.parametrize(
    ("formula", "place", "side", "expected"), [row[1:] for row in LIMITS], ids=[row[0] for row in LIMITS]
)
def test_limits(formula, place, side, expected):
    assert limit(formula.expr, "x", place, side, UNLIMITED) == pytest.approx(expected, rel=1e-9, abs=0, nan_ok=True)


def test_limits_are_simple_numbers():
    assert limit((sin(x) / x).expr, "x", 0, 0, UNLIMITED) == 1.0
    assert limit(((1 - cos(x)) / x**2).expr, "x", 0, 0, UNLIMITED) == 0.5
    assert limit(((1 + 1 / x) ** x).expr, "x", INF, 0, UNLIMITED) == math.e
    assert limit(((x - sin(x)) / x**3).expr, "x", 0, 0, UNLIMITED) == 1 / 6
    assert limit(call("arctan", x).expr, "x", INF, 0, UNLIMITED) == PI / 2


@settings(max_examples=100, deadline=None)
@given(expressions(), st.sampled_from([0.0, 1.0, PI / 2, INF, -INF]), st.sampled_from([-1, 0, 1]))
def test_anything_is_answered(expr, place, side):
    assert isinstance(limit(expr, "x", place, side, UNLIMITED), float)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.integers(-9, 9), min_size=1, max_size=4), st.integers(-5, 5), st.integers(1, 3))
def test_cancelled_factors_leave_the_value(coefficients, place, power):
    polynomial = Formula(Number(0.0))
    for each in coefficients:
        polynomial = polynomial * x + float(each)
    factor = (x - float(place)) ** power
    expected = float(np.polyval(coefficients, place))
    found = limit((polynomial * factor / factor).expr, "x", place, 0, UNLIMITED)
    assert found == pytest.approx(expected, rel=1e-8, abs=1e-8)


ASYMPTOTES = [
    ("hyperbola", 1 / x, [0], [0], []),
    ("tangent", call("tan", x), [(i + 0.5) * PI for i in range(-3, 3)], [], []),
    ("logarithm", ln(x), [0], [], []),
    ("logarithm of a size", ln(call("abs", x)), [0], [], []),
    ("hole", (x**2 - 1) / (x - 1), [], [], []),
    ("gamma", call("gamma", x), [float(i) for i in range(-10, 1)], [], []),
    ("arctangent", call("arctan", x), [], [-PI / 2, PI / 2], []),
    ("hyperbolic tangent", call("tanh", x), [], [-1, 1], []),
    ("logistic", 1 / (1 + exp(-x)), [], [0, 1], []),
    ("line and pole", (x**2 + 1) / x, [0], [], [(1, 0)]),
    ("cubic over square", x**3 / (x**2 - 1), [-1, 1], [], [(1, 0)]),
    ("irrational poles", 1 / (x**2 - 2), [-math.sqrt(2), math.sqrt(2)], [0], []),
    ("exponential", exp(-x), [], [0], []),
    ("essential", exp(1 / x), [0], [1], []),
    ("moved line", x * exp(1 / x), [0], [], [(1, 1)]),
    ("wave", sin(x), [], [], []),
    ("fading wave", sin(x) / x, [], [0], []),
    ("parabola", x**2, [], [], []),
    ("two branches", sqrt(x**2 + 1), [], [], [(-1, 0), (1, 0)]),
    ("two branches, moved", sqrt(x**2 + x), [], [], [(-1, -0.5), (1, 0.5)]),
    ("line and wave", x + sin(x), [], [], []),
    ("line and logarithm", x + ln(x), [0], [], []),
    ("slanted", 2 * x - 3 + 1 / (1 + x**2), [], [], [(2, -3)]),
    ("line", 2 * x + 1, [], [], []),
    ("constant", 0 * x + 3, [], [], []),
    ("steps", call("floor", x), [], [], []),
    ("cosecant", 1 / sin(x), [i * PI for i in range(-3, 4)], [], []),
    ("pole at the end of the view", 1 / (x - 10), [10], [0], []),
    ("bell", over("integral", exp(-(t**2)), t, 0, x), [], [-math.sqrt(PI) / 2, math.sqrt(PI) / 2], []),
    ("nothing", sqrt(-1 - x**2), [], [], []),
]  # fmt: skip


@pytest.mark.parametrize(
    ("formula", "vertical", "horizontal", "oblique"),
    [row[1:] for row in ASYMPTOTES],
    ids=[row[0] for row in ASYMPTOTES],
)
def test_asymptotes(formula, vertical, horizontal, oblique):
    found = asymptotes(formula.expr, "x", -10, 10, UNLIMITED)
    assert found.vertical == pytest.approx(vertical, rel=1e-15, abs=1e-300)
    assert found.horizontal == pytest.approx(horizontal, rel=1e-12, abs=1e-300)
    np.testing.assert_allclose(np.array(found.oblique).reshape(-1, 2), np.array(oblique).reshape(-1, 2), rtol=1e-9)


def test_many_poles():
    found = asymptotes(call("tan", 100 * x).expr, "x", -10, 10, UNLIMITED)
    expected = [(i + 0.5) * PI / 100 for i in range(-1000, 1000) if abs((i + 0.5) * PI / 100) <= 10]
    np.testing.assert_allclose(found.vertical, expected[: len(found.vertical)], rtol=1e-14)
    assert len(found.vertical) == len(expected)


def test_the_base_of_logarithms():
    assert limit((e**x / x).expr, "x", INF, 0, UNLIMITED) == INF
