from math import inf, pi

import pytest

from plotlang.model.drawing import Axis
from plotlang.render.numerals import powered, signed, times_pi
from plotlang.render.ticks import MAX_TICKS, Room, fine, ticks

ROOM = Room(540.0, 40.0, lambda label: 8.0 * len(label) + 16.0)


def labels(low, high, **asked):
    axis = Axis(low, high, **asked)
    return " ".join(tick.label or "." for tick in ticks(axis, (low, high), ROOM))


@pytest.mark.parametrize(
    ("low", "high", "expected"),
    [
        (-5, 5, "−5 −4 −3 −2 −1 0 1 2 3 4 5"),
        (-1.1, 1.1, "−1 −0.8 −0.6 −0.4 −0.2 0 0.2 0.4 0.6 0.8 1"),
        (0, 2500, "0 500 1000 1500 2000 2500"),
        (0, 0.0004, "0 0.0001 0.0002 0.0003 0.0004"),
        (0, 1e-7, "0 2·10⁻⁸ 4·10⁻⁸ 6·10⁻⁸ 8·10⁻⁸ 10⁻⁷"),
        (-1e300, 1e300, "−10³⁰⁰ −5·10²⁹⁹ 0 5·10²⁹⁹ 10³⁰⁰"),
        (1e6, 1e6 + 4, "1000000 1000001 1000002 1000003 1000004"),
    ],
)
def test_automatic_steps_are_1_2_5(low, high, expected):
    assert labels(low, high) == expected


def test_multiples_of_pi():
    assert labels(-6.3, 6.3, pi=True) == "−2π −3π/2 −π −π/2 0 π/2 π 3π/2 2π"
    assert labels(0, 13, pi=True) == "0 π/2 π 3π/2 2π 5π/2 3π 7π/2 4π"
    assert labels(0, 1.6, pi=True) == "0 π/12 π/6 π/4 π/3 5π/12 π/2"
    assert labels(0, 0.01, pi=True).startswith("0 0.002 0.004")


def test_a_step_of_ones_own():
    assert labels(-3, 3, step=1.5) == "−3 −1.5 0 1.5 3"
    assert labels(-7, 7, step=pi / 2, pi=True) == "−2π −3π/2 −π −π/2 0 π/2 π 3π/2 2π"
    spaced = labels(-1, 1, step=0.05).replace(" .", "")
    assert spaced == "−1 −0.8 −0.6 −0.4 −0.2 0 0.2 0.4 0.6 0.8 1"


@pytest.mark.parametrize("step", [1e-9, 0.0, -1.0, inf])
def test_a_step_that_gives_too_many_ticks_is_not_followed(step):
    assert labels(-5, 5, step=step) == labels(-5, 5)


def test_decades():
    assert labels(1, 1000, scale="log") == "1 10 100 1000"
    assert labels(0.1, 1e6, scale="log") == "10⁻¹ 1 10 10² 10³ 10⁴ 10⁵ 10⁶"
    assert labels(2, 3, scale="log").startswith("2 2.1")


@pytest.mark.parametrize(
    "ends", [(1.0, 1.0 + 1e-15), (5e-324, 1e-323), (-8e307, 8e307), (1e15, 1e15 + 1), (1e-300, 1e300)]
)
@pytest.mark.parametrize("asked", [{}, {"pi": True}, {"step": 1.0}, {"scale": "log"}])
def test_strange_ranges_give_few_ticks_in_order(ends, asked):
    if asked.get("scale") == "log" and ends[0] <= 0:
        return
    axis = Axis(*ends, **asked)
    found = [tick.value for tick in ticks(axis, ends, ROOM)]
    assert len(found) <= MAX_TICKS + 1
    assert found == sorted(set(found))
    assert len(fine(axis, ends, ticks(axis, ends, ROOM))) <= 400


def test_the_fine_grid_leaves_out_the_major_ticks():
    axis = Axis(0.0, 2.0)
    major = ticks(axis, (0.0, 2.0), ROOM)
    minor = fine(axis, (0.0, 2.0), major)
    assert minor
    assert not {round(value, 9) for value in minor} & {round(tick.value, 9) for tick in major}


def test_numerals():
    assert powered("-12") == "⁻¹²"
    assert signed("-0") == "0"
    assert signed("-2") == "−2"
    assert times_pi(0) == "0"
