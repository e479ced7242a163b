from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from plotlang.language.syntax import Number
from plotlang.model.budget import Budget, Stopped
from plotlang.numerics.calculus.breaks import breaks
from plotlang.numerics.calculus.univariate import Univariate
from plotlang.numerics.calculus.zeros import intersections, zeros
from plotlang.numerics.compile import compile_expr
from plotlang.numerics.limits import UNLIMITED
from tests.numerics.formulas import Formula, both, call, compare, e, inf, k, only, over, pi, rows, t, x
from tests.numerics.trees import expressions

PI = math.pi


def sin(u):
    return call("sin", u)


def cos(u):
    return call("cos", u)


def found(formula: Formula, low: float = -10, high: float = 10):
    return zeros(formula.expr, "x", low, high, UNLIMITED)


def multiples(step: float, low: float = -10, high: float = 10, shift: float = 0.0) -> list[float]:
    first, last = math.ceil((low - shift) / step - 1e-9), math.floor((high - shift) / step + 1e-9)
    return [shift + step * i for i in range(first, last + 1)]


CUBE_ROOT = Formula((Formula(Number(1.0)) / 3).expr)
PLACES = [
    ("line", x, (-10, 10), [0]),
    ("line at its end", x, (0, 10), [0]),
    ("line before its end", x - 10, (0, 10), [10]),
    ("parabola", x**2 - 4, (-10, 10), [-2, 2]),
    ("irrational", x**2 - 2, (-10, 10), [-math.sqrt(2), math.sqrt(2)]),
    ("cubic", x**3 - 6 * x**2 + 11 * x - 6, (-10, 10), [1, 2, 3]),
    ("tenths", (x - 0.1) * (x - 0.7), (-1, 1), [0.1, 0.7]),
    ("third", 3 * x - 1, (-1, 1), [1 / 3]),
    ("touching", (x - 1) ** 2, (-10, 10), [1]),
    ("touching, written out", x**2 - 2 * x + 1, (-10, 10), [1]),
    ("touching at an irrational place", (x**2 - 2) ** 2, (-10, 10), [-math.sqrt(2), math.sqrt(2)]),
    ("two touching", x**2 * (x - 2) ** 2, (-10, 10), [0, 2]),
    ("triple", (x - 1) ** 3, (-10, 10), [1]),
    ("triple, written out", x**3 - 3 * x**2 + 3 * x - 1, (-10, 10), [1]),
    ("fourfold", x**4, (-10, 10), [0]),
    ("fourfold, written out", x**4 - 4 * x**3 + 6 * x**2 - 4 * x + 1, (-10, 10), [1]),
    ("tenfold", x**10, (-10, 10), [0]),
    ("very flat", x**300, (-10, 10), [0]),
    ("cosine at its top", 1 - cos(x), (-10, 10), [-2 * PI, 0, 2 * PI]),
    ("double and triple", x * sin(x) ** 2, (-10, 10), multiples(PI)),
    ("cancelling", x - sin(x), (-10, 10), [0]),
    ("size", call("abs", x), (-10, 10), [0]),
    ("size with corners", call("abs", x**2 - 2), (-10, 10), [-math.sqrt(2), math.sqrt(2)]),
    ("cube root", x**CUBE_ROOT, (-10, 10), [0]),
    ("cube root elsewhere", call("cbrt", x - 1), (-10, 10), [1]),
    ("ends of a period", 3 * sin(2 * x), (0, 2 * PI), [0, PI / 2, PI, 3 * PI / 2, 2 * PI]),
    ("many", sin(50 * x), (-10, 10), multiples(PI / 50)),
    ("very many", sin(150 * x), (-10, 10), multiples(PI / 150)),
    ("small factor", 1e-9 * sin(x), (-10, 10), multiples(PI)),
    ("tiny factor", 1e-200 * (x**2 - 1), (-10, 10), [-1, 1]),
    ("huge factor", 1e200 * (x - 3), (-10, 10), [3]),
    ("a millionth apart", (x - 1) * (x - 1.000001) * (x - 1.000002), (-10, 10), [1, 1.000001, 1.000002]),
    ("close to each other", x**2 - 1e-18, (-1, 1), [-1e-9, 1e-9]),
    ("narrow dip", (x - 0.3) ** 2 - 1e-12, (-10, 10), [0.3 - 1e-6, 0.3 + 1e-6]),
    ("spike", 1 - 2 * call("exp", -1e10 * (x - 0.3) ** 2), (-10, 10),
     [0.3 - math.sqrt(math.log(2) / 1e10), 0.3 + math.sqrt(math.log(2) / 1e10)]),
    ("power against square", x**2 - Formula(Number(2.0)) ** x, (-10, 10), [-0.7666646959621231, 2, 4]),
    ("fixed point", cos(x) - x, (-10, 10), [0.7390851332151607]),
    ("logarithm", call("ln", x), (-10, 10), [1]),
    ("logarithm touching", call("ln", x) - x + 1, (-10, 10), [1]),
    ("root at its edge", call("sqrt", x), (-10, 10), [0]),
    ("root at an irrational edge", call("sqrt", x**2 - 2), (-10, 10), [-math.sqrt(2), math.sqrt(2)]),
    ("half circle", call("sqrt", 4 - x**2), (-10, 10), [-2, 2]),
    ("one point", call("sqrt", -(x**2)), (-10, 10), [0]),
    ("pole", 1 / x, (-10, 10), []),
    ("double pole", 1 / (x - 1) ** 2, (-10, 10), []),
    ("tangent", call("tan", x), (-10, 10), multiples(PI)),
    ("many poles", call("tan", 30 * x), (-10, 10), multiples(PI / 30)),
    ("pole next to a zero", 1 / (x - 1) + 1e6, (-10, 10), [1 - 1e-6]),
    ("gamma", call("gamma", x), (-5, 5), []),
    ("sign", call("sign", x), (-10, 10), [0]),
    ("sign of a pole", call("sign", call("tan", x) ** 3), (1, 2), []),
    ("jump over 0", call("floor", x) - 0.5, (-10, 10), []),
    ("step", call("heaviside", x) - 0.25, (-10, 10), []),
    ("remainder", x % 1, (-3, 3), [-3, -2, -1, 0, 1, 2, 3]),
    ("hole at 0", sin(x) / x, (-10, 10), [each for each in multiples(PI) if each != 0]),
    ("hole at the zero", (x**2 - x) / x, (-10, 10), [1]),
    ("irrational hole at the zero", (x**2 - 2) ** 2 / (x**2 - 2), (-10, 10), []),
    ("sine integral", over("integral", sin(t), t, 0, x), (-10, 10), [-2 * PI, 0, 2 * PI]),
    ("bell", over("integral", call("exp", -(t**2)), t, 0, x), (-10, 10), [0]),
    ("Taylor", over("sum", (-1) ** k * x ** (2 * k + 1) / call("factorial", 2 * k + 1), k, 0, 3), (-10, 10),
     [-3.078642304481513, 0, 3.078642304481513]),
    ("error function", call("erf", x), (-10, 10), [0]),
    ("rows", rows((compare(x, "<", 0), x), (None, 2 * x)), (-10, 10), [0]),
    ("rows apart", rows((compare(x, "<", 0), x + 1), (None, x - 1)), (-10, 10), [-1, 1]),
    ("rows with a jump", rows((compare(x, "<", 0), -1), (None, 1)), (-10, 10), []),
    ("restricted", (x - 1) * only(compare(x, "<", 1)), (-10, 10), []),
    ("restricted, end included", (x - 1) * only(compare(x, "<=", 1)), (-10, 10), [1]),
    ("between", x * only(both(compare(x, ">", -1), compare(x, "<", 1))), (-10, 10), [0]),
    ("greatest common divisor", call("gcd", call("floor", x), 6) - 6, (11.5, 13.5), None),
    ("no zero: exponential", call("exp", -x), (-10, 1000), []),
    ("no zero: above", x**2 + 1e-12, (-10, 10), []),
    ("no zero: tiny constant", 0 * x + 1e-20, (-10, 10), []),
    ("no zero: flat at a hole", call("exp", -1 / x**2), (-1, 1), []),
    ("no zero: written out", x**2 - 2 * x + 1 + 1e-9, (-10, 10), []),
    ("no zero: nowhere defined", call("sqrt", -1 - x**2), (-10, 10), []),
    ("no zero: infinite", x + inf, (-10, 10), []),
]  # fmt: skip


@pytest.mark.parametrize(("formula", "view", "places"), [row[1:] for row in PLACES], ids=[row[0] for row in PLACES])
def test_places(formula, view, places):
    result = found(formula, *view)
    assert result.complete
    if places is None:
        assert result.places == ()
        assert result.ranges == ((12.0, 13.0),)
        return
    assert len(result.places) == len(places)
    np.testing.assert_allclose(result.places, places, rtol=4e-16, atol=1e-300)
    assert result.ranges == ()


@pytest.mark.parametrize(
    ("formula", "ranges"),
    [
        (call("max", 0, x), [(-10, 0)]),
        (call("floor", x), [(0, 1)]),
        (x - call("abs", x), [(0, 10)]),
        (call("sqrt", x**2) - x, [(0, 10)]),
        (sin(x) ** 2 + cos(x) ** 2 - 1, [(-10, 10)]),
        (0 * x, [(-10, 10)]),
        (call("clip", x, -1, 1) - x, [(-1, 1)]),
        (call("floor", x / 2) * call("floor", x), [(0, 2)]),
        (call("ln", e**x) - x, [(-10, 10)]),
    ],
)
def test_ranges(formula, ranges):
    result = found(formula)
    assert result.places == ()
    np.testing.assert_allclose(result.ranges, ranges, atol=1e-12)


def test_results_are_simple_numbers():
    assert found(x**2 - 2 * x + 1).places == (1.0,)
    assert found(x * 10 - 3, -1, 1).places == (0.3,)
    assert found(sin(x), 0.1, 10).places == (PI, 2 * PI, 3 * PI)
    assert found(cos(x), 0, 5).places == (PI / 2, 3 * PI / 2)
    assert found(1 - cos(2 * x), 1, 4).places == (PI,)
    assert found(x**3 - 0.001, -10, 10).places == (0.1,)
    assert found((x - 1.25) ** 4).places == (1.25,)


@pytest.mark.parametrize("formula", [sin(1 / x), sin(1e6 * x), x * sin(1 / x), sin(1e6 * x) - 0.5])
def test_too_many_are_cut(formula):
    result = found(formula, -1, 1)
    assert not result.complete
    assert 0 < len(result.places) <= 1000
    at = compile_expr(formula.expr, "x")
    places = np.array(result.places)
    near = 1e-12 * np.abs(places)
    assert (at(places - near) * at(places + near) <= 0).all()


def test_a_budget_ends_the_work():
    with pytest.raises(Stopped):
        zeros(sin(1e6 * x).expr, "x", -10, 10, Budget(deadline=-1.0))


@settings(max_examples=150, deadline=None)
@given(expressions(("sin", "cos", "exp", "arctan", "tanh"), conditions=False), st.floats(-5, 5), st.floats(0.1, 10))
def test_no_change_of_sign_is_missed(expr, low, width):
    result = zeros(expr, "x", low, low + width, UNLIMITED)
    at = compile_expr(expr, "x")
    grid = np.linspace(low, low + width, 3001)
    y = at(grid)
    scale = np.nanmax(np.where(np.isfinite(y), np.abs(y), 0.0))
    with np.errstate(all="ignore"):
        steps = np.abs(np.diff(y))
        clear = (steps < 1e-2 * scale) & (np.fmin(np.abs(y[1:]), np.abs(y[:-1])) > 1e-9 * scale)
        jumps = np.flatnonzero((y[1:] * y[:-1] < 0) & clear)
    found_breaks, complete = breaks(Univariate(expr, "x", width, UNLIMITED), low, low + width, UNLIMITED)
    if not (result.complete and complete):
        return
    for i in jumps:
        if any(grid[i] <= each.place <= grid[i + 1] for each in found_breaks):
            continue
        inside = at(np.linspace(grid[i], grid[i + 1], 500))
        if np.isnan(inside).any() or np.abs(np.diff(inside)).max() > 0.1 * steps[i]:
            continue
        assert any(grid[i] <= place <= grid[i + 1] for place in result.places) or any(
            a <= grid[i + 1] and b >= grid[i] for a, b in result.ranges
        )


@settings(max_examples=150, deadline=None)
@given(expressions(), st.floats(-5, 5), st.floats(1e-3, 100))
def test_anything_is_answered(expr, low, width):
    result = zeros(expr, "x", low, low + width, UNLIMITED)
    assert list(result.places) == sorted(set(result.places))
    assert all(low <= place <= low + width for place in result.places)
    assert all(low <= a <= b <= low + width for a, b in result.ranges)


@pytest.mark.parametrize(
    ("f", "g", "points"),
    [
        (x**2, x + 2, [(-1, 1), (2, 4)]),
        (sin(x), cos(x), [(PI / 4 + i * PI, (-1) ** i * math.sqrt(0.5)) for i in range(-3, 3)]),
        (x**2, 2 * x - 1, [(1, 1)]),
        (call("exp", x), x + 1, [(0, 1)]),
        (1 / x, x, [(-1, -1), (1, 1)]),
        (call("tan", x), 1 / x - 1 / x, [(i * PI, 0) for i in range(-3, 4) if i]),
        (call("ln", x), x, []),
        (x**3, x, [(-1, -1), (0, 0), (1, 1)]),
    ],
)
def test_intersections(f, g, points):
    result = intersections(f.expr, g.expr, "x", -10, 10, UNLIMITED)
    assert result.complete
    np.testing.assert_allclose(np.array(result.points).reshape(-1, 2), np.array(points).reshape(-1, 2), atol=1e-14)


def test_curves_that_coincide():
    result = intersections(call("abs", x).expr, x.expr, "x", -10, 10, UNLIMITED)
    assert result.points == ()
    assert result.ranges == ((0.0, 10.0),)
    part = intersections(call("max", x, 1).expr, (pi / pi + 0 * x).expr, "x", -10, 10, UNLIMITED)
    assert part.ranges == ((-10.0, 1.0),)
