from __future__ import annotations

import math

import numpy as np
import pytest

from plotlang.language.syntax import Negate, Number
from plotlang.model.budget import Budget, Stopped
from plotlang.numerics.compile import compile_expr
from plotlang.numerics.explicit.curve import Curve
from plotlang.numerics.explicit.refining import refine
from plotlang.numerics.explicit.sampling import View, sample
from plotlang.numerics.explicit.strokes import drawn
from plotlang.numerics.explicit.valuerange import value_range
from plotlang.numerics.limits import UNLIMITED
from tests.numerics.formulas import Formula, both, call, compare, e, inf, k, only, over, pi, rows, t, x
from tests.numerics.honesty import CASES, Case, shares


class CountingBudget:
    """Never stops the work, but counts how often it was asked."""

    def __init__(self):
        self.checks = 0

    def check(self):
        self.checks += 1


VIEW = View(-5, 5, -5, 5, 600, 400)


def sampled(formula: Formula, view: View = VIEW):
    return sample(formula.expr, "x", view)


def windows(case: Case) -> list[View]:
    random = np.random.default_rng(sum(map(ord, case.name)))
    found = [case.view()]
    if case.moves and case.window == (-5.0, 5.0, -5.0, 5.0):
        width, height = 10 ** random.uniform(-1.5, 1.5), 10 ** random.uniform(-0.7, 1)
        centre, middle = random.uniform(-4, 4), random.uniform(-2, 2)
        found.append(View(centre - width, centre + width, middle - height, middle + height, 600, 400))
    return found


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_curves_are_honest(case):
    for view in windows(case):
        missed, false = shares(case, view, sampled(case.formula, view))
        assert missed < 0.005, view
        assert false < 0.005, view


@pytest.mark.parametrize(
    ("formula", "open_dots", "filled_dots"),
    [
        (x**2 * only(compare(x, "<", 2)), [(2, 4)], []),
        (x**2 * only(compare(x, "<=", 2)), [], [(2, 4)]),
        (x * only(compare(x**2, "<", 2)), [(-math.sqrt(2), -math.sqrt(2)), (math.sqrt(2), math.sqrt(2))], []),
        (x * only(compare(x, "!=", 2)), [(2, 2)], []),
        ((x**2 - 1) / (x - 1), [(1, 2)], []),
        (call("sin", x) / x, [(0, 1)], []),
        (8 * (1 - call("cos", x)) / x**2, [(0, 4)], []),
        (call("sign", x), [(0, -1), (0, 1)], [(0, 0)]),
        (call("floor", x / 4), [(-4, -2), (0, -1), (4, 0)], [(-4, -1), (0, 0), (4, 1)]),
        (rows((compare(x, "<", 0), -x), (compare(x, "<", 2), x**2), (None, 3)), [(2, 4)], [(2, 3)]),
        (rows((compare(x, "==", 2), 5), (None, x)), [(2, 2)], [(2, 5)]),
        (call("arctan", 1 / x), [(0, -math.pi / 2), (0, math.pi / 2)], []),
        (x * call("ln", x), [(0, 0)], []),
        (call("sqrt", x), [], []),
        (call("sqrt", -(x**2)), [], [(0, 0)]),
        (1 / x, [], []),
        (call("tan", x), [], []),
    ],
)
def test_dots(formula, open_dots, filled_dots):
    found = sampled(formula)
    for dots, expected in ((found.open_dots, open_dots), (found.filled_dots, filled_dots)):
        assert len(dots) == len(expected)
        np.testing.assert_allclose(dots, np.array(expected, dtype=float).reshape(-1, 2), atol=1e-3)


@pytest.mark.parametrize(
    ("formula", "poles"),
    [
        (call("tan", x), [-1.5 * math.pi, -0.5 * math.pi, 0.5 * math.pi, 1.5 * math.pi]),
        (1 / x, [0]),
        (1 / (x - 1) ** 2, [1]),
        (1 / (x**2 - 3) ** 2, [-math.sqrt(3), math.sqrt(3)]),
        (call("ln", x), [0]),
        ((x + 1) / (x**2 - 2), [-math.sqrt(2), math.sqrt(2)]),
        (call("exp", 1 / x), [0]),
        (call("floor", x), []),
        (call("sin", 1 / x), []),
        (call("sin", x) / x, []),
        (x**2, []),
    ],
)
def test_poles(formula, poles):
    assert sampled(formula).poles == pytest.approx(poles, abs=1e-9)


@pytest.mark.parametrize(
    ("formula", "defined"),
    [
        (call("sqrt", x - 1), [(1, 5)]),
        (call("sqrt", 2 - x**2), [(-math.sqrt(2), math.sqrt(2))]),
        (call("sqrt", x - 3) * call("sqrt", 1 - x), []),
        (call("ln", x), [(0, 5)]),
        (x * only(both(compare(x, ">", -1), compare(x, "<=", 2))), [(-1, 2)]),
        (x, [(-5, 5)]),
        (over("sum", x**k / call("factorial", k), k, 0, 5), [(-5, 5)]),
        (over("sum", x ** (k / 2), k, 0, 4), [(0, 5)]),
        (over("prod", 1 + x**k, k, 1, 4), [(-5, 5)]),
        (over("mean", x**k, k, 1, 3, step=1), [(-5, 5)]),
        (over("sum", k, k, 1, x), [(-5, 5)]),
        (over("integral", e ** (-(t**2)), t, -inf, x), [(-5, 5)]),
        (over("integral", e ** (-(t**2)), t, x, inf), [(-5, 5)]),
        (over("integral", call("sin", x * t), t, 0, 1), [(-5, 5)]),
        (over("integral", 1 / t, t, 1, x), [(0, 5)]),
        (over("integral", 1 / (t - 2), t, 0, x), [(-5, 2)]),
        (over("max", call("sin", t), t, 0, 2 * pi), [(-5, 5)]),
        (over("mean", x * t, t, 0, 1), [(-5, 5)]),
        (x ** (Formula(Number(1.0)) + 1), [(-5, 5)]),
        (x ** call("floor", x), [(-5, 5)]),
        (x ** call("max", x, -2), [(-5, -2), (0, 5)]),
        (x**x, [(0, 5)]),
        (0**x, [(0, 5)]),
    ],
)
def test_domains(formula, defined):
    found = np.array(sampled(formula).defined).reshape(-1, 2)
    np.testing.assert_allclose(found, np.array(defined).reshape(-1, 2), atol=1e-9)


@pytest.mark.parametrize(
    "formula",
    [
        over("sum", x**k / call("factorial", k), k, 0, 5),
        over("prod", x - k, k, -2, 2),
        over("integral", e ** (-(t**2)), t, -inf, x),
        over("integral", call("sin", x * t), t, 0, 1),
        over("mean", call("sin", t), t, 0, x),
        over("max", call("sin", t + x), t, 0, 1),
        over("min", (t - x) ** 2, t, 0, 1),
        over("max", call("sin", t), t, 0, 2 * pi),
        over("min", x**k, k, 1, 4, step=1),
    ],
)
def test_paths_are_the_values(formula):
    (path,) = sampled(formula).paths
    inside = np.abs(path[:, 1]) < 5
    np.testing.assert_allclose(path[inside, 1], compile_expr(formula.expr, "x")(path[inside, 0]), atol=1e-6)
    places = np.linspace(path[0, 0], path[-1, 0], 997)
    values = np.clip(compile_expr(formula.expr, "x")(places), -5, 5)
    np.testing.assert_allclose(np.clip(np.interp(places, *path.T), -5, 5), values, atol=1.5 * 10 / 400)


def test_sums_of_a_changing_number_of_terms_jump():
    assert len(sampled(over("sum", k, k, 1, x)).paths) == 5
    below = over("sum", k / 4, k, -3, 4, only_if=compare(k, "<", x))
    assert len(sampled(below).paths) == 8


def test_lonely_values_of_powers_are_dots():
    found = sampled(Formula(Negate(Number(2.0))) ** x)
    assert found.paths == ()
    np.testing.assert_allclose(found.filled_dots[-2:], [(1, -2), (2, 4)])


def test_domain_edges_are_reached():
    (path,) = sampled(call("sqrt", x - 1)).paths
    assert tuple(path[0]) == (1.0, 0.0)


def test_pen_is_lifted_at_poles_and_jumps_only():
    assert len(sampled(call("tan", x)).paths) == 5
    assert len(sampled(call("floor", x)).paths) == 10
    assert len(sampled(call("arctan", 1e6 * x)).paths) == 1


def test_values_stay_near_the_view():
    for path in sampled(1 / x).paths:
        assert np.abs(path[:, 1]).max() <= 40


def test_fast_oscillation_is_a_band_of_few_points():
    (path,) = sampled(call("sin", 12345.6 * x)).paths
    assert len(path) <= 6 * VIEW.width


@pytest.mark.parametrize(
    "formula",
    [
        call("sin", 1e9 * x**3),
        call("floor", call("sin", 1e6 * x) * 1e6),
        (x * 1e12) % 1,
        call("tan", 1e6 * x),
        call("round", call("sin", 1e5 * x) * 3),
        call("ln", call("sin", 3000 * x)),
        over("sum", call("sin", k**3 * x) / k, k, 1, 30),
        (x - x) / (x - x),
        1e300 * x**9,
    ],
)
def test_noise_costs_a_bounded_number_of_points(formula):
    values = CountingBudget()
    found = sample(formula.expr, "x", VIEW, values)
    assert values.checks <= 60
    assert sum(map(len, found.paths)) <= 16 * VIEW.width
    for path in found.paths:
        assert np.isfinite(path).all()
        assert path[:, 0].min() >= VIEW.low
        assert path[:, 0].max() <= VIEW.high


@pytest.mark.parametrize(
    ("formula", "places"),
    [
        (call("sign", x**2 - 2), [-math.sqrt(2), math.sqrt(2)]),
        (call("floor", call("exp", x) / 40), [math.log(40), math.log(80), math.log(120)]),
        (call("sqrt", call("sin", x)) * only(compare(x, ">", 2)) * only(compare(x, "<", 4)), [math.pi]),
        (1 / (x**2 - 3), [-math.sqrt(3), math.sqrt(3)]),
        (1 / (x**2 - 3) ** 2, [-math.sqrt(3), math.sqrt(3)]),
        (call("ln", call("sin", x)) * only(compare(x, ">", 2)) * only(compare(x, "<", 4)), [math.pi]),
    ],
)
def test_breaks_are_found_to_the_last_digits(formula, places):
    found = sampled(formula)
    ends = np.array([path[[0, -1], 0] for path in found.paths]).ravel()
    for place in places:
        assert np.abs(ends - place).min() <= 1e-14


def test_a_compiled_curve_serves_several_views():
    curve = Curve(((1 - call("cos", x)) / x**2).expr, "x", UNLIMITED)
    views = [View(-1e-6, 1e-6, 0, 1, 600, 400), View(-5, 5, 0, 1, 600, 400)]
    for view in (*views, *views):
        again = drawn(curve, view, refine(curve, view))
        fresh = sampled((1 - call("cos", x)) / x**2, view)
        for one, two in zip(again.paths, fresh.paths, strict=True):
            np.testing.assert_array_equal(one, two)


def test_logarithmic_axes():
    view = View(1e-3, 1e3, 1e-6, 1e6, 600, 400, log=True, y_log=True)
    (path,) = sampled(x**2, view).paths
    np.testing.assert_allclose(path[:, 1], path[:, 0] ** 2)


def test_budget_stops_the_work():
    with pytest.raises(Stopped):
        sample(call("tan", x).expr, "x", VIEW, Budget(interrupted=lambda: True))


@pytest.mark.parametrize(
    ("formula", "expected"),
    [
        (x**2, (0, 25)),
        (call("sin", x), (-1, 1)),
        (x * 0 + 2, (2, 2)),
        (call("sqrt", x - 1), (0, 2)),
        (1 / (1 + 1e4 * x**2), (0, 1)),
        (call("floor", x), (-5, 5)),
        (over("integral", e ** (-(t**2)), t, -inf, x), (0, math.sqrt(math.pi))),
        (over("max", call("sin", t), t, 0, 2 * pi), (1, 1)),
        (over("sum", x**k, k, 0, 2), (0.75, 31)),
    ],
)
def test_value_range(formula, expected):
    assert value_range(formula.expr, "x", -5, 5) == pytest.approx(expected, abs=0.01)


def test_value_range_ignores_poles():
    low, high = value_range(call("tan", x).expr, "x", -5, 5)
    assert -6 < low < -1
    assert 1 < high < 6
    low, high = value_range((1 / x**2).expr, "x", -5, 5)
    assert high < 30


def test_value_range_of_nothing():
    assert value_range((call("sqrt", x - 3) * call("sqrt", 1 - x)).expr, "x", -5, 5) is None


def test_irrational_ends_of_a_natural_domain_have_no_dots():
    found = sampled(call("sqrt", 2 - x**2))
    assert len(found.open_dots) == len(found.filled_dots) == 0
    (path,) = found.paths
    np.testing.assert_allclose(path[[0, -1]], [(-math.sqrt(2), 0), (math.sqrt(2), 0)], atol=1e-5)


def test_cancellation_is_computed_with_more_digits():
    if np.finfo(np.longdouble).eps > 1e-18:
        pytest.skip("long doubles have no more digits here")
    view = View(-1e-6, 1e-6, 0, 1, 600, 400)
    (path,) = sampled((1 - call("cos", x)) / x**2, view).paths
    away = np.abs(path[:, 0]) > 1e-7
    np.testing.assert_allclose(path[away, 1], 0.5, atol=0.003)
