from __future__ import annotations

import math
import time

import numpy as np
import pytest
from scipy.integrate import solve_ivp

from plotlang.language.syntax import Name
from plotlang.numerics.flows.trajectories import heights_of, solve_first_order, solve_second_order
from plotlang.numerics.view import BEYOND, View
from tests.numerics.formulas import Formula, call, compare, e, node, only, x, y

v = Formula(Name("v"))
VIEW = View(-10.0, 10.0, -5.0, 5.0, 1200, 800)


def first(rhs, x0, y0, view=VIEW):
    return solve_first_order((rhs if isinstance(rhs, Formula) else Formula(node(rhs))).expr, x0, y0, view)


def second(rhs, x0, y0, slope, view=VIEW):
    return solve_second_order(rhs.expr, "v", x0, y0, slope, view)


def drawn_from(trajectory):
    points = np.vstack(trajectory.paths)
    return points[:, 0].min(), points[:, 0].max()


def follows(trajectory, solution, view=VIEW, worst=0.3):
    """Every chord is within so many pixels of the solution, given as a function of x."""
    for path in trajectory.paths:
        between = (path[1:] + path[:-1]) / 2
        places = np.vstack([path, between])
        true = view.rows(solution(places[:, 0]))
        inside = (true > 0) & (true < view.height)
        step = view.pixel(places[:, 0])
        steep = np.abs(view.rows(solution(places[:, 0] + step)) - true) + np.abs(
            view.rows(solution(places[:, 0] - step)) - true
        )
        gap = np.abs(view.rows(places[:, 1]) - true) / np.hypot(1.0, steep / 2)
        assert gap[inside].max(initial=0.0) < worst


CLOSED = [
    (x - y, 0.0, 1.0, lambda t: t - 1 + 2 * np.exp(-t)),
    (y, 0.0, 1.0, np.exp),
    (y * (1 - y / 4), 0.0, 1.0, lambda t: 4 / (1 + 3 * np.exp(-t))),
    (-2 * x * y, 0.0, 4.0, lambda t: 4 * np.exp(-(t**2))),
    (y / x, 1.0, 2.0, lambda t: 2 * t),
    (call("cos", x), 0.0, 0.0, np.sin),
    (x * call("sin", x), 0.0, 1.0, lambda t: np.sin(t) - t * np.cos(t) + 1),
    (y * call("cos", 3 * x), 0.0, 2.0, lambda t: 2 * np.exp(np.sin(3 * t) / 3)),
    (call("floor", x), 0.0, -3.0, lambda t: t * np.floor(t) - np.floor(t) * (np.floor(t) + 1) / 2 - 3),
    (call("sign", x), 1.0, 1.0, np.abs),
]


@pytest.mark.parametrize(("rhs", "x0", "y0", "solution"), CLOSED)
def test_closed_solutions(rhs, x0, y0, solution):
    found = first(rhs, x0, y0)
    follows(found, solution)
    for place in np.linspace(0.3, 9.9, 13):
        wanted = float(solution(place))
        assert found.value(place) == pytest.approx(wanted, rel=1e-7, abs=1e-8)
    assert found.stopped == ()
    assert found.complete


def test_the_value_of_the_standard_example():
    assert first(x - y, 0.0, 1.0).value(2.0) == pytest.approx(1 + 2 * math.exp(-2), abs=1e-8)


def test_both_directions_to_the_edges_of_the_view():
    found = first(0.1 * call("sin", y) + 0 * x, 2.0, 1.0)
    assert drawn_from(found) == (-10.0, 10.0)
    assert len(found.paths) == 1
    assert math.isnan(found.value(10.01))
    assert math.isnan(found.value(-10.01))


@pytest.mark.parametrize(("start", "span"), [(-15.0, (-10, 10)), (14.0, (-10, 10)), (-10.0, (-10, 10))])
def test_a_start_outside_the_view_goes_through_it(start, span):
    found = first(call("cos", x) * y, start, math.exp(math.sin(start)))
    assert drawn_from(found) == span
    follows(found, lambda t: np.exp(np.sin(t)))


def test_a_blow_up_ends_the_solution():
    found = first(y**2, 0.0, 1.0)
    assert drawn_from(found)[1] < 1.0
    assert found.value(0.999) == pytest.approx(1000, rel=1e-6)
    assert math.isnan(found.value(1.0001))
    assert found.stopped == ("ends at x = 1, where it grows without bound",)
    follows(found, lambda t: 1 / (1 - t))


def test_poles_on_both_sides():
    found = first(1 + y**2, 0.0, 0.0)
    low, high = drawn_from(found)
    assert -math.pi / 2 < low < -1.5 < 1.5 < high < math.pi / 2
    assert len(found.stopped) == 2
    for path in found.paths:
        assert (np.diff(path[:, 1]) > 0).all()


@pytest.mark.parametrize("start", [-2.0, 3.0])
def test_one_over_x_is_not_crossed(start):
    found = first(1 / x, start, 0.0)
    low, high = drawn_from(found)
    assert (low >= 0) == (start > 0)
    assert (high <= 0) == (start < 0)
    assert math.isnan(found.value(-start))
    assert found.value(start * 1.5) == pytest.approx(math.log(1.5), abs=1e-9)
    assert len(found.stopped) == 1
    assert "x = 0" in found.stopped[0]


@pytest.mark.parametrize("view", [VIEW, View(-10.0, 10.0, -5e5, 5e5, 1200, 800), View(-4.0, 4.0, -1e-3, 4.0, 300, 200)])
def test_a_circle_ends_where_it_is_upright(view):
    found = first(-x / y, 0.0, 3.0, view)
    low, high = drawn_from(found)
    assert low == pytest.approx(-3, abs=1e-4)
    assert high == pytest.approx(3, abs=1e-4)
    assert found.value(1.8) == pytest.approx(2.4, rel=1e-7)
    assert math.isnan(found.value(3.01))


def test_an_undefined_right_side_ends_the_solution():
    found = first(call("sqrt", y), 0.0, 1.0)
    assert drawn_from(found)[0] == pytest.approx(-2, abs=1e-3)
    assert found.value(1.0) == pytest.approx(2.25, rel=1e-8)
    assert len(found.stopped) == 1
    cut = first(y * only(compare(x, "<", 3)), 0.0, 1.0)
    assert drawn_from(cut)[1] == pytest.approx(3.0, abs=1e-6)
    assert cut.stopped == ("ends at x = 3, where its slope is undefined",)


@pytest.mark.parametrize("rhs", [1 / x, call("ln", -1 - x**2), call("sqrt", y - 9)])
def test_nothing_to_solve_at_the_start(rhs):
    found = first(rhs, 0.0, 1.0)
    assert found.paths == ()
    assert math.isnan(found.value(1.0))
    assert found.stopped == ("ends at x = 0, where its slope is undefined",)


@pytest.mark.parametrize("start", [(math.nan, 1.0), (0.0, math.inf)])
def test_a_start_that_is_no_number(start):
    assert first(y, *start).paths == ()


def test_a_hole_in_the_slope_alone_is_passed():
    found = first(call("sin", x) / x, 0.0, 0.0)
    assert found.value(1.0) == pytest.approx(0.946083070367183, abs=1e-10)


def test_stiff_equations():
    rate = 1000.0
    found = first(-rate * (y - call("cos", x)), 0.0, 0.0)
    settled = lambda t: (rate**2 * math.cos(t) + rate * math.sin(t)) / (rate**2 + 1)  # noqa: E731
    for place in (0.5, 1.0, 5.0, 9.9):
        assert found.value(place) == pytest.approx(settled(place), abs=1e-5)
    assert drawn_from(found)[1] == 10.0


def test_a_stiff_oscillator_jumps_and_goes_on():
    view = View(0.0, 3000.0, -3.0, 3.0, 1200, 800)
    found = second(1000 * (1 - y**2) * v - y, 0.0, 2.0, 0.0, view)
    path = np.vstack(found.paths)
    assert path[:, 0].max() == 3000.0
    reference = solve_ivp(
        lambda _, s: [s[1], 1000 * (1 - s[0] ** 2) * s[1] - s[0]],
        (0, 700), [2.0, 0.0], method="Radau", rtol=1e-9, atol=1e-10,
    )  # fmt: skip
    assert found.value(700.0) == pytest.approx(reference.y[0, -1], rel=1e-4)
    assert path[:, 1].min() == pytest.approx(-2.0, abs=0.02)


def test_fast_oscillations():
    found = first(call("cos", 500 * x), 0.0, 0.0)
    assert found.complete
    for place in (0.7, 3.3, -8.1):
        assert found.value(place) == pytest.approx(math.sin(500 * place) / 500, abs=1e-9)
    tall = first(500 * call("cos", 500 * x), 0.0, 0.0)
    path = np.vstack(tall.paths)
    columns = np.floor(VIEW.columns(path[:, 0])).astype(int).clip(0, 1199)
    low, high = np.full(1200, np.inf), np.full(1200, -np.inf)
    np.minimum.at(low, columns, path[:, 1])
    np.maximum.at(high, columns, path[:, 1])
    assert np.median(high - low) > 1.5


@pytest.mark.parametrize(
    "rhs",
    [
        call("sin", 1e6 * x * y),
        call("sin", 1e6 * x),
        call("floor", 1000 * x) % 7,
        call("sign", call("sin", 300 * y)),
        e ** (x**4),
        e ** (e**y),
        call("gamma", x) * y,
        call("tan", 40 * x * y),
        1e300 * y,
        1e-300 / y,
        x**y,
        y / 0,
    ],
)  # fmt: skip
def test_hard_equations_end_in_bounded_time(rhs):
    start = time.process_time()
    found = first(rhs, 0.5, 1.0)
    assert time.process_time() - start < 20
    for path in found.paths:
        assert np.isfinite(path).all()
        assert path.shape[1] == 2
        assert len(path) > 1
        assert (np.diff(path[:, 0]) >= 0).all()
    assert isinstance(found.value(0.6), float)


def test_a_solution_slides_along_a_jump():
    found = first(-1 * call("sign", y), 0.0, 1.0)
    follows(found, lambda t: np.maximum(1 - t, 0.0), worst=1.0)
    assert drawn_from(found)[1] == 10.0


def test_discontinuous_right_sides():
    found = first(call("floor", y) + 0.5, 0.0, 1.0)
    assert found.value(0.4) == pytest.approx(1.6, abs=1e-8)
    assert found.value(2 / 3 + 0.2) == pytest.approx(2.5, abs=1e-6)


def test_a_narrow_pulse_is_not_stepped_over():
    pulse = 100 * e ** (-((100 * (x - 5)) ** 2))
    assert first(pulse + 0 * y, 0.0, 0.0).value(6.0) == pytest.approx(math.sqrt(math.pi), rel=1e-7)
    assert first(pulse, 0.0, 0.0).value(6.0) == pytest.approx(math.sqrt(math.pi), rel=1e-9)


def test_what_leaves_the_view_may_come_back():
    found = first(60 * call("cos", x) + 0 * y, 0.0, 0.0)
    follows(found, lambda t: 60 * np.sin(t), worst=0.5)
    assert drawn_from(found) == (-10.0, 10.0)
    assert all(np.abs(path[:, 1]).max() <= (0.5 + BEYOND) * 10 + 1e-9 for path in found.paths)


def test_logarithmic_axes():
    view = View(0.1, 100.0, 0.01, 100.0, 1000, 800, log=True, y_log=True)
    found = first(-2 * y / x, 1.0, 1.0, view)
    follows(found, lambda t: t**-2.0, view)
    assert drawn_from(found) == pytest.approx((0.1, 100.0))


@pytest.mark.parametrize(
    "view", [VIEW, View(-1e-6, 1e-6, -1e-9, 1e-9, 600, 400), View(-1e9, 1e9, -1e12, 1e12, 600, 400)]
)
def test_other_scales(view):
    width, height = view.high, view.y_high
    found = first(-1 / width * y + height / width * call("cos", x / width), 0.0, 0.0, view)
    for share in (0.2, 0.9):
        wanted = height * (math.cos(share) + math.sin(share) - math.exp(-share)) / 2
        assert found.value(share * width) == pytest.approx(wanted, rel=1e-7)


def test_the_oscillator():
    found = second(-y, 0.0, 0.0, 1.0)
    follows(found, np.sin)
    assert found.value(10.0) == pytest.approx(math.sin(10), abs=1e-8)
    assert drawn_from(found) == (-10.0, 10.0)


def test_free_fall_and_damping():
    fall = second(Formula(node(-9.81)), 0.0, 4.0, 0.0)
    assert fall.value(0.9) == pytest.approx(4 - 9.81 / 2 * 0.81, rel=1e-9)
    damped = second(-0.4 * v - y, 0.0, 4.0, 0.0)
    w = math.sqrt(0.96)
    for place in (1.0, 4.0, 9.0):
        wanted = 4 * math.exp(-0.2 * place) * (math.cos(w * place) + 0.2 / w * math.sin(w * place))
        assert damped.value(place) == pytest.approx(wanted, abs=1e-7)


def test_the_pendulum_keeps_its_energy():
    found = second(-1 * call("sin", y), 0.0, 1.0, 0.0)
    step = 1e-3
    for place in (-9.0, -2.5, 0.5, 4.0, 9.5):
        slope = (found.value(place + step) - found.value(place - step)) / (2 * step)
        assert slope**2 / 2 - math.cos(found.value(place)) == pytest.approx(-math.cos(1.0), abs=1e-6)


def test_van_der_pol_against_scipy():
    found = second(3 * (1 - y**2) * v - y, 0.0, 1.0, 0.0)
    reference = solve_ivp(
        lambda _, s: [s[1], 3 * (1 - s[0] ** 2) * s[1] - s[0]],
        (0, 10), [1.0, 0.0], method="LSODA", rtol=1e-11, atol=1e-12, dense_output=True,
    )  # fmt: skip
    for place in (1.0, 3.3, 7.7, 10.0):
        assert found.value(place) == pytest.approx(float(reference.sol(place)[0]), abs=1e-6)


def test_second_order_blow_up_and_collision():
    found = second(6 * y**2, 0.0, 1.0, 2.0)
    assert found.value(0.9) == pytest.approx(100, rel=1e-7)
    assert found.stopped == ("ends at x = 1, where it grows without bound",)
    falling = second(-1 / y**2, 0.0, 1.0, 0.0)
    assert drawn_from(falling)[1] == pytest.approx(math.pi / (2 * math.sqrt(2)), abs=1e-4)


def test_friction_that_jumps():
    found = second(-y - 0.3 * call("sign", v), 0.0, 4.0, 0.0)
    assert found.value(math.pi) == pytest.approx(-3.4, abs=1e-5)
    assert found.value(2 * math.pi) == pytest.approx(2.8, abs=1e-5)


def test_heights_cut_steep_ends_off():
    low, high = heights_of((y**2).expr, "v", (0.0, 1.0), (-10.0, 10.0))
    assert 0.09 < low < 0.1
    assert 1.5 < high < 10
    assert heights_of((-y).expr, "v", (0.0, 0.0, 2.0), (-10.0, 10.0)) == pytest.approx((-2, 2), abs=1e-3)
    assert heights_of((1 / x).expr, "v", (0.0, 1.0), (-10.0, 10.0)) is None
    assert heights_of(y.expr, "v", (math.nan, 1.0), (-10.0, 10.0)) is None
    assert heights_of((0 * y).expr, "v", (0.0, 3.0), (-10.0, 10.0)) == (3.0, 3.0)


def test_values_can_be_asked_for_when_the_time_is_over():
    class Ends:
        over = False

        def check(self):
            assert not self.over

    budget = Ends()
    found = [solve_first_order(rhs.expr, 0.0, 1.0, VIEW, budget) for rhs in (call("cos", x), call("cos", x) * y)]
    budget.over = True
    assert found[0].value(1.0) == pytest.approx(1 + math.sin(1))
    assert found[1].value(1.0) == pytest.approx(math.exp(math.sin(1)))


def test_the_budget_is_asked():
    class Stop(Exception):
        pass

    class Spent:
        def check(self):
            raise Stop

    for rhs in (call("cos", x), y):
        with pytest.raises(Stop):
            solve_first_order(rhs.expr, 0.0, 1.0, VIEW, Spent())
