from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from plotlang.language.syntax import Number
from plotlang.numerics.calculus.turning import extrema, inflections
from plotlang.numerics.compile import compile_expr
from plotlang.numerics.limits import UNLIMITED
from tests.numerics.formulas import Formula, call, compare, k, over, rows, t, x
from tests.numerics.trees import expressions

PI = math.pi
HIGH, LOW = "maximum", "minimum"


def sin(u):
    return call("sin", u)


def fraction(above: float, below: float) -> Formula:
    return Formula((Formula(Number(above)) / below).expr)


EXTREMA = [
    ("parabola", x**2 - 2 * x, [(1, -1, LOW)]),
    ("cubic", x**3 - 3 * x, [(-1, 2, HIGH), (1, -2, LOW)]),
    ("saddle", x**3, []),
    ("saddle and minimum", x**4 - 4 * x**3, [(3, -27, LOW)]),
    ("fourfold", (x - 1) ** 4, [(1, 0, LOW)]),
    ("fourfold, written out", x**4 - 4 * x**3 + 6 * x**2 - 4 * x + 1, [(1, 0, LOW)]),
    ("quintic", x**5 - 5 * x**3, [(-math.sqrt(3), 6 * math.sqrt(3), HIGH), (math.sqrt(3), -6 * math.sqrt(3), LOW)]),
    ("sine", sin(x), [((i + 0.5) * PI, (-1) ** i, HIGH if i % 2 == 0 else LOW) for i in range(-3, 3)]),
    ("size", call("abs", x), [(0, 0, LOW)]),
    ("corners", call("abs", x**2 - 4), [(-2, 0, LOW), (0, 4, HIGH), (2, 0, LOW)]),
    ("cusp", x ** fraction(2, 3), [(0, 0, LOW)]),
    ("vertical tangent", x ** fraction(1, 3), []),
    ("larger of two", call("max", x, -x), [(0, 0, LOW)]),
    ("two waves", call("min", x**2, (x - 2) ** 2), [(0, 0, LOW), (1, 1, HIGH), (2, 0, LOW)]),
    ("rows with a corner", rows((compare(x, "<", 0), -x), (None, x**2)), [(0, 0, LOW)]),
    ("rows with a jump", rows((compare(x, "<", 0), x), (None, 1 - x)), []),
    ("pole", 1 / x, []),
    ("double pole", 1 / x**2, []),
    ("pole and extrema", x + 1 / x, [(-1, -2, HIGH), (1, 2, LOW)]),
    ("tangent", call("tan", x), []),
    ("steps", call("floor", x), []),
    ("sawtooth", x % 1, []),
    ("level stretch", call("clip", x, -1, 1), []),
    ("level top", call("min", 1, 2 - call("abs", x)), []),
    ("constant", 0 * x + 3, []),
    ("line", 2 * x + 1, []),
    ("identity", sin(x) ** 2 + call("cos", x) ** 2, []),
    ("bell", call("exp", -(x**2)), [(0, 1, HIGH)]),
    ("x to the x", x**x, [(math.exp(-1), math.exp(-math.exp(-1)), LOW)]),
    ("x ln x", x * call("ln", x), [(math.exp(-1), -math.exp(-1), LOW)]),
    ("ln x over x", call("ln", x) / x, [(math.e, math.exp(-1), HIGH)]),
    ("end of the domain", call("sqrt", x), []),
    ("half circle", call("sqrt", 4 - x**2), [(0, 2, HIGH)]),
    ("hole at the top", (x - x**3) / x, []),
    ("sine integral", over("integral", sin(t), t, 0, x),
     [(i * PI, 1 - (-1) ** i, LOW if i % 2 == 0 else HIGH) for i in range(-3, 4)]),
    ("sum", over("sum", x**k / k, k, 1, 2), [(-1, -0.5, LOW)]),
    ("gamma", call("gamma", x + 11), [(1.461632144968362 - 11, 0.8856031944108887, LOW)]),
    ("nothing", call("sqrt", -1 - x**2), []),
]  # fmt: skip


@pytest.mark.parametrize(("formula", "expected"), [row[1:] for row in EXTREMA], ids=[row[0] for row in EXTREMA])
def test_extrema(formula, expected):
    result = extrema(formula.expr, "x", -10, 10, UNLIMITED)
    assert [each.kind for each in result] == [kind for _, _, kind in expected]
    np.testing.assert_allclose([each.x for each in result], [row[0] for row in expected], rtol=1e-12, atol=1e-12)
    np.testing.assert_allclose([each.y for each in result], [row[1] for row in expected], rtol=1e-12, atol=1e-12)


def test_extrema_are_simple_numbers():
    result = extrema((x**3 - 3 * x).expr, "x", -5, 5, UNLIMITED)
    assert [(each.x, each.y) for each in result] == [(-1.0, 2.0), (1.0, -2.0)]
    wave = extrema(call("cos", x).expr, "x", -1, 7, UNLIMITED)
    assert [(each.x, each.y) for each in wave] == [(0.0, 1.0), (PI, -1.0), (2 * PI, 1.0)]


def test_ends_of_the_view_do_not_count():
    assert extrema((x**2).expr, "x", 0, 5, UNLIMITED) == ()
    assert extrema(call("cos", x).expr, "x", 0, 2 * PI, UNLIMITED)[0].x == PI
    assert len(extrema(call("cos", x).expr, "x", 0, 2 * PI, UNLIMITED)) == 1


def test_many_extrema():
    result = extrema(sin(50 * x).expr, "x", -10, 10, UNLIMITED)
    assert len(result) == 318
    np.testing.assert_allclose(np.diff([each.x for each in result]), PI / 50, rtol=1e-9)
    assert len(extrema(sin(1e6 * x).expr, "x", -10, 10, UNLIMITED)) <= 1000


def test_functions_without_a_derivative():
    result = extrema((call("nCr", 5, x) + 0 * x).expr, "x", 1, 4, UNLIMITED)
    assert len(result) == 1
    assert result[0].kind == HIGH
    assert result[0].x == pytest.approx(2.5, abs=1e-6)


INFLECTIONS = [
    ("cubic", x**3, [(0, 0)]),
    ("moved cubic", x**3 - 3 * x**2, [(1, -2)]),
    ("vertical tangent", x ** fraction(1, 3), [(0, 0)]),
    ("sine", sin(x), [(i * PI, 0) for i in range(-3, 4)]),
    ("fourfold", x**4, []),
    ("quartic", x**4 - 6 * x**2, [(-1, -5), (1, -5)]),
    ("line", 2 * x + 1, []),
    ("constant", 0 * x + 2, []),
    ("size", call("abs", x), []),
    ("corners", call("abs", x**2 - 4), []),
    ("halves", x * call("abs", x), [(0, 0)]),
    ("bell", call("exp", -(x**2)), [(s * math.sqrt(0.5), math.exp(-0.5)) for s in (-1, 1)]),
    ("logistic", 1 / (1 + call("exp", -x)), [(0, 0.5)]),
    ("arctan", call("arctan", x), [(0, 0)]),
    ("tangent", call("tan", x), [(i * PI, 0) for i in range(-3, 4)]),
    ("pole", 1 / x, []),
    ("odd pole", 1 / x**3, []),
    ("witch", 1 / (1 + x**2), [(s / math.sqrt(3), 0.75) for s in (-1, 1)]),
    ("fading", x * call("exp", -x), [(2, 2 * math.exp(-2))]),
    ("written out", (x - 1) ** 2 * (x + 2), [(0, 2)]),
    ("rows that fit", rows((compare(x, "<", 0), -(x**2)), (None, x**2)), [(0, 0)]),
    ("jump", rows((compare(x, "<", 0), -(x**2)), (None, x**2 + 1)), []),
    ("sine integral", over("integral", sin(t), t, 0, x), [((i + 0.5) * PI, 1) for i in range(-3, 3)]),
    ("steps", call("floor", x), []),
]  # fmt: skip


@pytest.mark.parametrize(("formula", "points"), [row[1:] for row in INFLECTIONS], ids=[row[0] for row in INFLECTIONS])
def test_inflections(formula, points):
    result = inflections(formula.expr, "x", -10, 10, UNLIMITED)
    assert len(result) == len(points)
    np.testing.assert_allclose(np.array(result).reshape(-1, 2), np.array(points).reshape(-1, 2), rtol=1e-12, atol=1e-12)


def test_inflections_without_a_second_derivative():
    result = inflections(call("gamma", x).expr, "x", -0.9, -0.1, UNLIMITED)
    assert result == ()
    shifted = inflections((call("gamma", x) + 0 * x - 3 * x**2).expr, "x", 0.2, 2, UNLIMITED)
    assert len(shifted) == 1
    second = compile_expr(call("gamma", x).expr, "x")
    place, step = shifted[0][0], 1e-4
    bend = (second(place - step) - 2 * second(place) + second(place + step)) / step**2
    assert bend == pytest.approx(6, rel=1e-4)


@settings(max_examples=80, deadline=None)
@given(expressions(), st.floats(-5, 5), st.floats(1e-2, 30))
def test_extrema_are_extreme(expr, low, width):
    at = compile_expr(expr, "x")
    result = extrema(expr, "x", low, low + width, UNLIMITED)
    places = [each.x for each in result]
    assert places == sorted(set(places))
    for i, each in enumerate(result[:50]):
        room = min(
            [abs(each.x - other) for other in (*places[max(0, i - 1) : i], *places[i + 1 : i + 2], low, low + width)]
        )
        step = np.minimum(1e-4 * width, room / 4)
        sign = 1 if each.kind == HIGH else -1
        around = at(np.array([each.x - step, each.x + step]))
        assert not (sign * around > sign * each.y + 1e-9 * np.abs(around) + 1e-12).any()
    inflections(expr, "x", low, low + width, UNLIMITED)
