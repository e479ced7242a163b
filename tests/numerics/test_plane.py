from __future__ import annotations

import numpy as np
import pytest

from plotlang.language.syntax import Compare, Expr, Logic, Not
from plotlang.model.budget import Budget, Stopped
from plotlang.numerics.compile import compile_expr
from plotlang.numerics.plane.factors import factors
from plotlang.numerics.plane.fractions import cleared
from plotlang.numerics.plane.regions import region
from plotlang.numerics.plane.tracing import levels, trace
from plotlang.numerics.view import View
from tests.numerics.formulas import Formula, both, call, compare, e, inf, over, pi, t, x, y

VIEW = View(-5, 5, -4, 4, 600, 480)


def sin(u: Formula) -> Formula:
    return call("sin", u)


def test_a_circle_is_one_closed_path():
    (path,) = trace((x**2 + y**2 - 9).expr, VIEW).paths
    np.testing.assert_allclose(np.hypot(path[:, 0], path[:, 1]), 3, atol=1e-9)
    np.testing.assert_allclose(path[0], path[-1])


@pytest.mark.parametrize(
    ("formula", "count"),
    [
        (y - 1 / x, 2),
        (y - call("tan", x), 5),
        ((x - y) ** 2, 1),
        (x**2 - 2 * x * y + y**2, 1),
        (x * y, 2),
        (x**2 + y**2 + 1, 0),
        (call("floor", x) - y - 0.5, 8),
        (call("tan", call("frac", x) + 10), 0),
        (call("sign", x - 0.3) + 0.5, 0),
        ((x**2 - y**2) / (x - y), 2),
        (call("exp", 1 / x) - y, 2),
    ],
)
def test_poles_and_jumps_leave_no_line(formula, count):
    assert len(trace(formula.expr, VIEW).paths) == count


def test_paths_reach_the_edges_of_the_window():
    (path,) = trace((y - x).expr, VIEW).paths
    assert path[:, 1].min() <= -4
    assert path[:, 1].max() >= 4


@pytest.mark.parametrize(
    ("formula", "dots"),
    [
        (x**2 + y**2, [(0, 0)]),
        (x**2 - 2 * x + 1 + y**2, [(1, 0)]),
        (call("abs", x - y) + call("abs", x + y - 2), [(1, 1)]),
        (y**2 - x**3 + x**2, [(0, 0)]),
        ((x**2 + y**2) * ((x - 1) ** 2 + (y - 2) ** 2), [(0, 0), (1, 2)]),
        (x**2 + y**2 + 1e-9, []),
        (x**2 + y**2 - 1, []),
    ],
)
def test_isolated_points(formula, dots):
    found = trace(formula.expr, VIEW)
    assert found.complete
    assert len(found.suspects) == 0
    order = np.lexsort(found.dots.T)
    np.testing.assert_allclose(found.dots[order], np.array(dots, dtype=float).reshape(-1, 2), atol=1e-6)


@pytest.mark.parametrize("offset", [1e-5, 1e-7, 1e-9])
def test_a_line_that_is_almost_touched_is_not_drawn(offset):
    touching = x**2 - 2 * x * y + y**2
    assert trace((touching + offset).expr, VIEW).paths == ()
    (path,) = trace(touching.expr, VIEW).paths
    np.testing.assert_allclose(path[:, 0], path[:, 1], atol=1e-7)
    pair = trace((touching - offset).expr, VIEW).paths
    assert all(np.abs(np.abs(path[:, 0] - path[:, 1]) - offset**0.5).max() < 1e-3 for path in pair)
    assert sum(np.ptp(path[:, 0]) for path in pair) > 7.9


@pytest.mark.parametrize(
    ("formula", "share"),
    [(x - x, 1.0), (call("floor", x / 100), 0.5), (call("max", x, 0), 0.5), (call("exp", -(x**2) * 1000), 0.0)],
)
def test_parts_of_the_plane_are_painted(formula, share):
    found = trace(formula.expr, VIEW)
    assert found.filled == len(found.paths)
    assert abs(sum(np.ptp(path[:, 0]) for path in found.paths) / (10 * 480) - share) < 0.05


@pytest.mark.parametrize("formula", [sin(40 * x * y), call("tan", 300 * x * y) - 1, sin(1e9 * x + y), sin(1e5 * x * y)])
def test_crowds_are_painted_within_bounded_work(formula):
    found = trace(formula.expr, VIEW)
    assert found.painted > 0
    assert sum(map(len, found.paths)) < 400_000


@pytest.mark.parametrize(
    "formula",
    [
        call("sqrt", -1 - x**2),
        call("ln", -(x**2)),
        x / 0,
        inf - inf + x,
        x * inf - y,
        0 * x + 1,
        call("exp", call("exp", call("exp", x * y))),
        x ** (y * 1e300) - y,
        call("gamma", x * y) - call("gamma", x + y),
        call("gcd", x, y) - 1,
        sin(1 / (x * y)) - sin(1 / x),
        (x**2 + y**2) ** 40 - 1e-300,
    ],
)
def test_strange_formulas_raise_nothing(formula):
    found = trace(formula.expr, VIEW)
    assert all(np.isfinite(path).all() and len(path) > 1 for path in found.paths)
    region(compare(formula, "<", y).expr, VIEW)


def test_formulas_without_bounds_work_through_points():
    wave = y - over("integral", call("cos", t), t, 0, x)
    (path,) = trace(wave.expr, VIEW).paths
    np.testing.assert_allclose(path[:, 1], np.sin(path[:, 0]), atol=1e-6)
    series = (over("sum", x**t / call("factorial", t), t, 0, 20) - y - 1.5).expr
    (path,) = trace(series, View(-2, 2, -2, 2, 300, 300)).paths
    np.testing.assert_allclose(path[:, 1], np.exp(path[:, 0]) - 1.5, atol=1e-6)


def test_logarithmic_axes():
    view = View(0.01, 100, 0.001, 1000, 400, 300, log=True, y_log=True)
    (path,) = trace((y - x**1.5).expr, view).paths
    np.testing.assert_allclose(path[:, 1], path[:, 0] ** 1.5, rtol=1e-6)
    assert path[:, 0].min() <= 0.011
    assert path[:, 0].max() >= 99


def test_narrow_windows_far_away():
    view = View(1e6, 1e6 + 1e-3, 1e6, 1e6 + 1e-3, 300, 300)
    (path,) = trace((x - y).expr, view).paths
    np.testing.assert_allclose(path[:, 0], path[:, 1], atol=1e-8)
    same = View(1.0, 1.0 + 1e-16, 0.0, 1e-16, 300, 300)
    assert isinstance(trace((x - y).expr, same).paths, tuple)


def test_a_spent_budget_stops_the_work():
    spent = Budget(deadline=-1.0, clock=lambda: 0.0)
    with pytest.raises(Stopped):
        trace((x**2 + y**2 - 9).expr, VIEW, spent)
    with pytest.raises(Stopped):
        region(compare(x**2 + y**2, "<", 9).expr, VIEW, spent)


@pytest.mark.parametrize(
    "formula",
    [
        y - call("tan", x),
        1 / x - 1 / y,
        call("sec", x) + call("csc", y) * call("cot", x * y) - call("coth", x) + call("csch", y),
        (x + 1 / y) ** 3 / (x - 2) - 5,
        (x - 1 / x) ** -2 - y / 3,
        -(1 / (1 + 1 / x)) + y,
    ],
)
def test_cleared_quotients_are_the_same_formula_times_a_denominator(formula):
    above = cleared(formula.expr)
    assert above is not formula.expr
    random = np.random.default_rng(5)
    at_x, at_y = random.uniform(0.1, 1.4, (2, 200))
    value, numerator = (compile_expr(each, "x", "y")(at_x, at_y) for each in (formula.expr, above))
    factor = numerator / value
    (path,) = trace(formula.expr, View(0.1, 1.4, 0.1, 1.4, 300, 300)).paths[:1] or (np.empty((0, 2)),)
    assert np.isfinite(factor).all()
    assert (np.abs(compile_expr(formula.expr, "x", "y")(path[:, 0], path[:, 1])) < 1e-6).all()


def test_formulas_without_quotients_stay():
    formula = (x / 2 + sin(1 / x)).expr
    assert cleared(formula) is formula


def test_factors_vanish_where_the_product_does():
    formula = -((x - 1) ** 2) * call("sqrt", y) * 3 / (x + y) - 0
    assert list(factors(formula.expr)) == [(x - 1).expr, y.expr]


def test_level_lines_lie_on_their_levels():
    height = x**2 + 3 * y**2
    for value, found in zip((-1.0, 0.0, 2.0, 5.0), levels(height.expr, (-1.0, 0.0, 2.0, 5.0), VIEW), strict=True):
        assert len(found.paths) == (value > 0)
        assert len(found.dots) == (value == 0)
        for path in found.paths:
            np.testing.assert_allclose(path[:, 0] ** 2 + 3 * path[:, 1] ** 2, value, rtol=1e-6)


def test_level_lines_of_a_quotient():
    (found,) = levels((y / x).expr, (2.0,), VIEW)
    for path in found.paths:
        np.testing.assert_allclose(path[:, 1], 2 * path[:, 0], atol=1e-9)


def test_region_borders():
    outlines, solid, dashed = region(both(compare(y, ">", x**2), compare(y, "<=", 3)).expr, VIEW)
    assert len(outlines) == 1
    (top,), (bottom,) = solid, dashed
    np.testing.assert_allclose(top[:, 1], 3, atol=1e-6)
    np.testing.assert_allclose(bottom[:, 1], bottom[:, 0] ** 2, atol=1e-6)
    assert abs(np.abs(top[:, 0]).max() - 3**0.5) < 0.1


def test_outlines_lie_on_the_border():
    (outline,), (border,), _ = region(compare(x**2 + y**2, "<=", 9).expr, VIEW)
    np.testing.assert_allclose(np.hypot(outline[:, 0], outline[:, 1]), 3, atol=1e-5)
    np.testing.assert_allclose(outline[0], outline[-1])
    np.testing.assert_allclose(np.hypot(border[:, 0], border[:, 1]), 3, atol=1e-9)


def test_region_of_nothing_and_of_everything():
    assert region(compare(x**2, "<", -1).expr, VIEW) == ((), (), ())
    outlines, solid, dashed = region(Logic("or", (compare(x, "<", 0).expr, compare(x, ">=", 0).expr)), VIEW)
    assert len(outlines) == 1
    assert not solid
    assert not dashed


def kinds(condition: Expr) -> tuple[int, int, int]:
    outlines, solid, dashed = region(condition, VIEW)
    return len(outlines), len(solid), len(dashed)


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        (compare(x**2 + y**2, "<=", 4).expr, (1, 1, 0)),
        (Not(compare(x**2 + y**2, "<", 4).expr), (2, 1, 0)),
        (Not(compare(x**2 + y**2, ">=", 4).expr), (1, 0, 1)),
        (Compare((Formula.__radd__(x - x, 1).expr, (x**2 + y**2).expr, (x - x + 4).expr), ("<", "<=")), (2, 1, 1)),
        (compare(x, "==", y).expr, (0, 1, 0)),
        (compare(x, "!=", y).expr, (1, 0, 1)),
        (both(compare(x, "==", y), compare(x, ">", 0)).expr, (0, 1, 0)),
        (compare((x - y) ** 2, "<=", 0).expr, (0, 1, 0)),
        (compare((x - y) ** 2, ">", 0).expr, (1, 0, 1)),
        (compare(call("floor", x), ">=", 1).expr, (1, 1, 0)),
        (compare(call("floor", x), "<", 1).expr, (1, 0, 1)),
        (compare(1 / x, ">", 0).expr, (1, 0, 1)),
        (compare(call("abs", y - x), "<", 0.001).expr, None),
    ],
)
def test_borders_are_solid_where_they_belong_to_the_region(condition, expected):
    found = kinds(condition)
    assert found == expected if expected else found[1:] == (0, 2)


def test_a_region_that_is_one_point():
    _, (speck,), dashed = region(compare(x**2 + y**2, "<=", 0).expr, VIEW)
    assert np.abs(speck).max() < 0.02
    assert not dashed


@pytest.mark.parametrize("power", [1, 3, 9])
def test_steep_zeros_are_found(power):
    root = call("root", x - 0.3, power) if power > 1 else x - 0.3
    (path,) = trace((root * e).expr, VIEW).paths
    np.testing.assert_allclose(path[:, 0], 0.3, atol=1e-6)


def test_close_curves_are_kept_apart():
    paths = trace((call("cos", pi * x * 12)).expr, View(0, 10, -1, 1, 600, 100)).paths
    assert len(paths) >= 120
    for path in paths:
        assert np.ptp(path[:, 0]) < 1e-6
