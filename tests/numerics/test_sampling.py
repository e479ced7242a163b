from __future__ import annotations

import math

import numpy as np
import pytest

from plotlang.model.budget import Budget, Stopped
from plotlang.numerics.sampling import View, sample
from plotlang.numerics.valuerange import value_range
from tests.numerics.formulas import Formula, both, call, compare, only, rows, x
from tests.numerics.honesty import CASES, Case, shares

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
    ],
)
def test_domains(formula, defined):
    found = np.array(sampled(formula).defined).reshape(-1, 2)
    np.testing.assert_allclose(found, np.array(defined).reshape(-1, 2), atol=1e-9)


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
