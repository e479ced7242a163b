from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings

from plotlang.language.diagnostics import LanguageError
from plotlang.model.budget import Budget, Stopped
from plotlang.numerics.limits import UNLIMITED
from plotlang.numerics.parametric import PlaneCurve, extent, trace_parametric, traced
from plotlang.numerics.parametric.clipping import clipped
from plotlang.numerics.view import View
from tests.numerics.formulas import Formula, both, call, compare, k, node, only, over, rows, t
from tests.numerics.honesty import cos, sin, sqrt
from tests.numerics.honesty_parametric import CASES, TURN, shares, tan, windows
from tests.numerics.trees import expressions

VIEW = View(-6, 6, -4, 4, 600, 400)


def trace(x: Formula | float, y: Formula | float, low: float = 0.0, high: float = TURN, view: View = VIEW):
    return trace_parametric(node(x), node(y), "t", low, high, view)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_curves_are_honest(case):
    curve = PlaneCurve(node(case.x), node(case.y), "t", UNLIMITED)
    for view in windows(case):
        found = traced(curve, case.low, case.high, view)
        missed, false = shares(case, view, found.paths, found.filled_dots)
        assert missed < 0.005, view
        assert false < 0.005, view


@pytest.mark.parametrize(
    ("x", "y", "open_dots", "filled_dots"),
    [
        (3 * cos(t), 3 * sin(t), [], []),
        (t - 3, t, [], []),
        (t, call("floor", t / 2), [(2, 0), (4, 1), (6, 2)], [(2, 1), (4, 2), (6, 3)]),
        (t * only(compare(t, "<", 2)), t, [(2, 2)], []),
        (t * only(compare(t, "<=", 2)), t, [], [(2, 2)]),
        (t * only(both(compare(t, ">", 1), compare(t, "<=", 3))), 1 - t, [(1, 0)], [(3, -2)]),
        (t, rows((compare(t, "<", 3), 1), (None, 2)), [(3, 1)], [(3, 2)]),
        (rows((compare(t, "<", 3), -t), (None, t)), 1, [(-3, 1)], [(3, 1)]),
        (t, t * only(compare(t, "!=", 2)), [(2, 2)], []),
        (t, (t**2 - 1) / (t - 1), [(1, 2)], []),
        (t, sin(t - 2) / (t - 2), [(2, 1)], []),
        (t, 2 * (1 - cos(t - 2)) / (t - 2) ** 2, [(2, 1)], []),
        ((t**2 - 1) / (t - 1), sin(t - 1) / (t - 1), [(2, 1)], []),
        (sqrt(t - 1), sqrt(4 - t), [], []),
        (sqrt(-((t - 2) ** 2)) + 1, 2, [], [(1, 2)]),
        (tan(t), 1 / cos(t), [], []),
        (t, call("ln", t), [], []),
        (t * 0 + 1, t * 0 - 2, [], [(1, -2)]),
        (call("floor", t) - 3, call("floor", t) - 3, [], [(i - 3, i - 3) for i in range(7)]),
        (call("floor", 2 * t) - 3, t * 0, [], [(i - 3, 0) for i in range(14)]),
        (t + 7, sin(t), [], []),
    ],
)
def test_dots(x, y, open_dots, filled_dots):
    high = 6.5 if open_dots and open_dots[-1] == (6, 2) else TURN
    found = trace(x, y, 0.0, high)
    for dots, expected in ((found.open_dots, open_dots), (found.filled_dots, filled_dots)):
        inside = sorted(place for place in expected if abs(place[0]) <= 6 and abs(place[1]) <= 4)
        np.testing.assert_allclose(
            np.array(sorted(dots.tolist())).reshape(-1, 2), np.reshape(inside, (-1, 2)), atol=1e-4
        )


@pytest.mark.parametrize(
    ("x", "y", "defined"),
    [
        (t, t**2, [(-5, 5)]),
        (sqrt(t - 1), sqrt(4 - t), [(1, 4)]),
        (sqrt(t - 1) + 100, t, [(1, 5)]),
        (t, call("ln", t), [(0, 5)]),
        (t, 1 / t, [(-5, 5)]),
        (sqrt(-((t - 2) ** 2)), t, [(2, 2)]),
        (t, call("gamma", t) * only(compare(t, ">", 1)), [(1, 5)]),
        (t * only(compare(t**2, ">", 4)), t, [(-5, -2), (2, 5)]),
        (sqrt(t - 3) * sqrt(1 - t), t, []),
        (t, call("floor", t), [(-5, 5)]),
        (3 * cos(500 * t), 3 * sin(501 * t), [(-5, 5)]),
    ],
)
def test_where_the_curve_is_defined(x, y, defined):
    found = trace(x, y, -5, 5).defined
    assert len(found) == len(defined)
    np.testing.assert_allclose(np.reshape(found, (-1, 2)), np.reshape(defined, (-1, 2)), atol=1e-9)


@pytest.mark.parametrize(
    ("x", "y", "high"),
    [
        (3 * cos(t), 3 * sin(t), TURN),
        (3 * cos(t), 3 * sin(t), 100 * TURN),
        (2 * cos(t) + cos(5 * t), 2 * sin(t), TURN),
        (3 * sin(99 * t), 3 * sin(100 * t), TURN),
        (3 * call("abs", cos(t)), sin(2 * t), TURN),
        (t**2 - 1, t**3 - t, 1.0),
    ],
)
def test_closed_curves_close_exactly(x, y, high):
    found = trace(x, y, -1.0 if high == 1.0 else 0.0, high)
    assert len(found.paths) == 1
    assert (found.paths[0][0] == found.paths[0][-1]).all()


def test_a_closed_curve_with_a_gap_is_one_path_through_its_start():
    (path,) = trace(3 * cos(t) * only(compare(cos(t), ">", -0.5)), 3 * sin(t)).paths
    assert np.hypot(*(path - [3, 0]).T).min() == pytest.approx(0, abs=1e-12)
    np.testing.assert_allclose(path[[0, -1], 0], -1.5, atol=1e-6)


@pytest.mark.parametrize(
    ("x", "y", "count"),
    [
        (tan(t), 1 / cos(t), 2),
        (tan(t) * cos(t), tan(t) * sin(t), 2),
        (t - 3, 1 / (t - 3), 2),
        (t - 3, call("abs", t - 3), 1),
        (t - 3, sin(t - 3) / (t - 3), 1),
        (t - 3, 3 * call("tanh", 1e9 * (t - 3)), 1),
        (t - 3, 2 * call("sign", t - 3), 2),
        (1 / (t - 3), t - 3, 2),
    ],
)
def test_the_pen_is_lifted_at_breaks_only(x, y, count):
    assert len(trace(x, y).paths) == count


def test_a_straight_line_needs_few_points():
    for factor in (1.0, 1e9):
        (path,) = trace(factor * t, 0.5 * factor * t, -3, 3).paths
        assert len(path) < 70
        np.testing.assert_allclose(path[:, 1], path[:, 0] / 2, atol=1e-9)


@pytest.mark.parametrize("scale", [1e-9, 1e-3, 1e9, 1e200])
def test_the_scale_does_not_matter(scale):
    plain = trace(3 * cos(t), 2 * sin(3 * t))
    scaled = trace(3 * scale * cos(t), 2 * scale * sin(3 * t), view=View(*(scale * np.array([-6, 6, -4, 4])), 600, 400))
    assert len(plain.paths) == len(scaled.paths) == 1
    np.testing.assert_allclose(scaled.paths[0] / scale, plain.paths[0], atol=1e-9)


def test_chords_are_close_to_the_curve():
    (path,) = trace(3 * cos(t), 3 * sin(t)).paths
    middle = (path[1:] + path[:-1]) / 2
    assert (3 - np.hypot(*middle.T)).max() * 50 < 0.25
    assert len(path) < 300


@pytest.mark.parametrize(("x", "y"), [(tan(t), 1 / cos(t)), (1e6 * cos(t), 1e6 * sin(t) - 1e6), (t**3 * 1e5, t - 3)])
def test_paths_stay_near_the_view(x, y):
    found = trace(x, y)
    assert found.leaves
    assert found.paths
    for path in found.paths:
        assert (np.abs(path) <= [18.001, 12.001]).all()


def test_whether_the_curve_leaves_the_view():
    assert not trace(3 * cos(t), 3 * sin(t)).leaves
    assert trace(3 * cos(t), 4.1 * sin(t)).leaves
    assert trace(t + 100, t).leaves
    assert not trace(sqrt(-1 - t), t).leaves


def test_nothing_to_draw():
    for x, y in ((sqrt(-1 - t), t), (t, call("ln", -t - 1)), (t + 100, t)):
        found = trace(x, y)
        assert found.paths == ()
        assert found.open_dots.shape == found.filled_dots.shape == (0, 2)
        assert found.complete


def test_one_number_is_one_point():
    found = trace(t, 2 * t, 1, 1)
    assert found.filled_dots.tolist() == [[1, 2]]
    assert found.defined == ((1, 1),)
    assert trace(t, call("ln", -t), 1, 1).defined == ()


def test_points_at_the_end_of_stairs():
    found = trace(call("floor", t), call("floor", t), 0, 3)
    assert found.filled_dots.tolist() == [[i, i] for i in range(4)]


@pytest.mark.parametrize(("low", "high"), [(-math.inf, math.inf), (-1.7e308, 1.7e308), (0, math.inf), (math.nan, 1.0)])
def test_ends_without_bounds(low, high):
    found = trace(3 * cos(t), 3 * call("arctan", t), low, high)
    assert found.complete == math.isnan(low)
    assert (extent(node(call("arctan", t)), node(cos(t)), "t", low, high) is None) == math.isnan(low)


def test_what_can_not_be_followed_is_sampled():
    found = trace(3 * cos(t), 3 * sin(t), 0, 1e6)
    assert not found.complete
    for path in found.paths:
        np.testing.assert_allclose(np.hypot(*path.T), 3, atol=0.06)
    assert trace(3 * cos(t), 3 * sin(t), 0, 100).complete


def test_a_dense_curve_leaves_its_hole_white():
    found = trace((2 + 0.5 * cos(1e5 * t)) * cos(t), (2 + 0.5 * cos(1e5 * t)) * sin(t))
    radius = np.concatenate([np.hypot(*((path[1:] + path[:-1]) / 2).T) for path in found.paths])
    ends = np.hypot(*np.concatenate(found.paths).T)
    assert min(ends.min(), radius.min()) > 1.45
    assert ends.max() < 2.55


def test_a_budget_stops_the_work():
    with pytest.raises(Stopped):
        trace_parametric(node(cos(t)), node(sin(t)), "t", 0, 1e6, VIEW, Budget(interrupted=lambda: True))


def test_unknown_names_are_told():
    with pytest.raises(LanguageError, match="k"):
        trace(cos(t), k)


def test_integrals_and_sums():
    found = trace(over("integral", cos(k**2), k, 0, t), over("integral", sin(k**2), k, 0, t), -6, 6)
    (path,) = found.paths
    np.testing.assert_allclose(path, -path[::-1], atol=1e-6)
    found = trace(t - 3, over("sum", t**k / call("factorial", k), k, 0, 20))
    middle = found.paths[0][np.abs(found.paths[0][:, 1]) < 4]
    np.testing.assert_allclose(middle[:, 1], np.exp(middle[:, 0] + 3), rtol=1e-9)


def test_logarithmic_axes():
    view = View(0.1, 1000, 1, 1e6, 600, 400, log=True, y_log=True)
    (path,) = trace(10**t, 100**t, -5, 5, view).paths
    assert len(path) < 200
    np.testing.assert_allclose(path[:, 1], path[:, 0] ** 2, rtol=1e-9)
    assert trace(-(10**t), 100**t, -5, 5, view).paths == ()


@pytest.mark.parametrize(
    ("x", "y", "low", "high", "expected"),
    [
        (3 * cos(t), 2 * sin(t), 0, TURN, (-3, 3, -2, 2)),
        (t, t**2, -1, 2, (-1, 2, 0, 4)),
        (2 * t, t * 0 + 5, -1, 1, (-2, 2, 5, 5)),
        (sqrt(t), sqrt(1 - t), -3, 3, (0, 1, 0, 1)),
        (cos(t) + 1e6, 1e-6 * sin(t), 0, TURN, (1e6 - 1, 1e6 + 1, -1e-6, 1e-6)),
        (sqrt(-((t - 2) ** 2)) + 1, 2 * t, -5, 5, (1, 1, 4, 4)),
        (t * only(compare(call("abs", t - 1), "<", 1e-5)), 1 - t, -5, 5, (1 - 1e-5, 1 + 1e-5, -1e-5, 1e-5)),
    ],
)
def test_extent(x, y, low, high, expected):
    found = extent(node(x), node(y), "t", low, high)
    size = max(expected[1] - expected[0], expected[3] - expected[2])
    np.testing.assert_allclose(found, expected, atol=1e-5 * size)


@pytest.mark.parametrize(
    ("x", "y", "low", "high", "least", "most"),
    [
        (tan(t), 1 / cos(t), 0, TURN, 1.5, 6),
        (t, 1 / t, -5, 5, 1, 20),
        (cos(t) / (1 - cos(t)), sin(t) / (1 - cos(t)), 0, TURN, 1, 300),
        (1 / t, 1 / t**2, -5, 5, 2, 100),
        (t - 3, call("ln", t), 0, TURN, 1, 5),
        (t - 1, call("ln", call("abs", t - 1)), 0, 2, 0.9, 5),
        ((1 / sin(t) + 2) * cos(t), (1 / sin(t) + 2) * sin(t), -np.pi, np.pi, 3, 15),
    ],
)
def test_extent_does_not_follow_poles(x, y, low, high, least, most):
    found = extent(node(x), node(y), "t", low, high)
    assert found is not None
    assert least <= max(map(abs, found)) <= most


def test_extent_of_nothing():
    assert extent(node(sqrt(-1 - t)), node(t), "t", 0, 5) is None
    assert extent(node(t), node(2 * t), "t", 1, 1) == (1, 1, 2, 2)


def test_segments_are_clipped_without_bending():
    size = np.array([[6.0], [4.0]])
    path = np.array([[-100.0, 100.0, 100.0, 2.0, 3.0], [-50.0, 50.0, 90.0, 2.0, 1e6]])
    first, second = clipped(path, size)
    np.testing.assert_allclose(first, [[-6, 12], [-3, 6]])
    np.testing.assert_allclose(second[:, 1], [2, 2])
    np.testing.assert_allclose(second[:, -1], [2 + 6 / 999998, 8])
    assert clipped(np.array([[50.0, 60.0], [0.0, 1.0]]), size) == []


@settings(max_examples=60, deadline=None)
@given(expressions(), expressions())
def test_any_curve_can_be_traced(x, y):
    curve = PlaneCurve(x, y, "x", UNLIMITED)
    for low, high, view in ((-5.0, 5.0, VIEW), (0.0, 1e5, View(0.1, 10, -1, 1, 150, 100, log=True))):
        found = traced(curve, low, high, view)
        for path in found.paths:
            assert len(path) > 1
            assert np.isfinite(path).all()
        assert np.isfinite(found.open_dots).all()
        assert np.isfinite(found.filled_dots).all()
        ends = [low, *(end for pair in found.defined for end in pair), high]
        assert ends == sorted(ends)
        box = extent(x, y, "x", low, high)
        assert box is None or (all(map(math.isfinite, box)) and box[0] <= box[1] and box[2] <= box[3])
