from __future__ import annotations

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from plotlang.numerics.calculus.breaks import breaks
from plotlang.numerics.calculus.pieces import Piece
from plotlang.numerics.calculus.study import study
from plotlang.numerics.calculus.symmetry import period_of, symmetry_of
from plotlang.numerics.calculus.univariate import Univariate
from plotlang.numerics.limits import UNLIMITED
from tests.numerics.formulas import call, compare, over, pi, rows, t, x
from tests.numerics.trees import expressions

INF, PI = math.inf, math.pi


def sin(u):
    return call("sin", u)


def cos(u):
    return call("cos", u)


def whole(formula) -> Univariate:
    return Univariate(formula.expr, "x", 1.0, UNLIMITED)


@pytest.mark.parametrize(
    ("formula", "period"),
    [
        (sin(x), 2 * PI),
        (sin(x) ** 2, PI),
        (sin(2 * x) + cos(3 * x), 2 * PI),
        (sin(x / 3) + cos(x / 2), 12 * PI),
        (sin(pi * x), 2),
        (sin(x * pi / 180), 360),
        (sin(x) * cos(x), PI),
        (sin(x) ** 3, 2 * PI),
        (call("abs", sin(x)), PI),
        (call("tan", x), PI),
        (call("exp", sin(x)), 2 * PI),
        (call("ln", sin(x)), 2 * PI),
        (call("arcsin", sin(x)), 2 * PI),
        (x - call("floor", x), 1),
        (call("frac", 4 * x), 0.25),
        (x % 3, 3),
        ((-1) ** call("floor", x), 2),
        (call("sign", sin(x)), 2 * PI),
        (0 * x + 3, None),
        (sin(x) ** 2 + cos(x) ** 2, None),
        (x, None),
        (sin(x) + x, None),
        (sin(x**2), None),
        (sin(x) + sin(math.sqrt(2) * x), None),
        (call("exp", -x) * sin(x), None),
        (call("floor", x), None),
    ],
)
def test_periods(formula, period):
    found = period_of(whole(formula), UNLIMITED)
    assert found == (None if period is None else pytest.approx(period, rel=1e-14))


@pytest.mark.parametrize(
    ("formula", "symmetry"),
    [
        (x**2, "even"),
        (cos(x), "even"),
        (call("abs", x), "even"),
        (sin(x) / x, "even"),
        (0 * x + 3, "even"),
        (call("ln", call("abs", x)), "even"),
        (x**3, "odd"),
        (sin(x), "odd"),
        (1 / x, "odd"),
        (call("cbrt", x), "odd"),
        (over("integral", call("exp", -(t**2)), t, 0, x), "odd"),
        (x + 1, None),
        (call("exp", x), None),
        (call("sqrt", x), None),
        (call("floor", x), None),
        (x**2 + 1e-6 * x, None),
        (0 * x, None),
        (call("sqrt", -1 - x**2), None),
    ],
)
def test_symmetries(formula, symmetry):
    assert symmetry_of(whole(formula)) == symmetry


@pytest.mark.parametrize(
    ("formula", "kinds"),
    [
        (1 / x, [(0, "pole")]),
        (call("floor", x / 4), [(-4, "jump"), (0, "jump"), (4, "jump")]),
        ((x**2 - 1) / (x - 1), [(1, "hole")]),
        (sin(x) / x, [(0, "hole")]),
        (rows((compare(x, "==", 2), 5), (None, x)), [(2, "hole")]),
        (call("sqrt", x - 1), [(1, "end")]),
        (call("ln", x), [(0, "pole")]),
        (1 / (x**2 - 2), [(-math.sqrt(2), "pole"), (math.sqrt(2), "pole")]),
        (x**2, []),
        (call("abs", x), []),
    ],
)
def test_breaks(formula, kinds):
    found, complete = breaks(Univariate(formula.expr, "x", 10.0, UNLIMITED), -5.0, 5.0, UNLIMITED)
    assert complete
    assert [each.place for each in found] == pytest.approx([place for place, _ in kinds], rel=1e-15)
    for each, (_, kind) in zip(found, kinds, strict=True):
        flags = {"pole": each.is_pole, "jump": each.is_jump, "hole": each.is_hole, "end": each.is_end}
        assert flags[kind]


def test_study_of_a_rational_function():
    found = study(((x**2 - 1) / (x - 2)).expr, "x", -10, 10, UNLIMITED)
    assert found.domain == (Piece(-10, 2, True, False), Piece(2, 10, False, True))
    assert found.intercept == 0.5
    assert found.zeros.places == (-1.0, 1.0)
    assert (found.symmetry, found.period) == (None, None)
    places = [2 - math.sqrt(3), 2 + math.sqrt(3)]
    assert [each.x for each in found.extrema] == pytest.approx(places, rel=1e-14)
    assert [each.kind for each in found.extrema] == ["maximum", "minimum"]
    assert [trend for _, _, trend in found.trends] == ["rising", "falling", "falling", "rising"]
    assert [bend for _, _, bend in found.bends] == ["down", "up"]
    assert found.inflections == ()
    assert found.asymptotes.vertical == (2.0,)
    assert found.asymptotes.oblique == ((1.0, 2.0),)
    assert found.ends == (-INF, INF)
    assert found.values == (-INF, INF)


def test_study_of_a_wave():
    found = study((2 * sin(x)).expr, "x", 0, 7, UNLIMITED)
    assert found.domain == (Piece(0, 7, True, True),)
    assert found.intercept == 0.0
    assert found.zeros.places == (0.0, PI, 2 * PI)
    assert (found.symmetry, found.period) == ("odd", 2 * PI)
    assert [(each.x, each.y) for each in found.extrema] == [(PI / 2, 2.0), (3 * PI / 2, -2.0)]
    trends = [(0, PI / 2, "rising"), (PI / 2, 3 * PI / 2, "falling"), (3 * PI / 2, 7, "rising")]
    assert list(found.trends) == trends
    assert list(found.bends) == [(0, PI, "down"), (PI, 2 * PI, "up"), (2 * PI, 7, "down")]
    assert found.inflections == ((PI, 0.0), (2 * PI, 0.0))
    assert all(math.isnan(end) for end in found.ends)
    assert found.values == (-2.0, 2.0)


def test_study_of_a_step():
    found = study(call("floor", x).expr, "x", -0.5, 1.5, UNLIMITED)
    assert found.domain == (Piece(-0.5, 1.5, True, True),)
    assert [(each.place, each.before, each.after) for each in found.jumps] == [(0.0, -1.0, 0.0), (1.0, 0.0, 1.0)]
    assert [trend for _, _, trend in found.trends] == ["constant"] * 3
    assert found.zeros.ranges == ((0.0, 1.0),)
    assert found.ends == (-INF, INF)


def test_study_of_pieces():
    found = study(call("max", 0, x**2 - 1).expr, "x", -3, 3, UNLIMITED)
    assert list(found.trends) == [(-3, -1, "falling"), (-1, 1, "constant"), (1, 3, "rising")]
    assert found.extrema == ()
    assert found.zeros.ranges == ((-1.0, 1.0),)
    assert found.symmetry == "even"
    assert found.values == (0.0, 8.0)


def test_study_of_a_hole_and_of_an_end():
    hole = study((sin(x) / x).expr, "x", -5, 5, UNLIMITED)
    assert hole.holes == ((0.0, 1.0),)
    assert hole.intercept is None
    assert hole.ends == (0.0, 0.0)
    root = study(call("sqrt", x + 1).expr, "x", -5, 5, UNLIMITED)
    assert root.domain == (Piece(-1, 5, True, True),)
    assert root.intercept == 1.0
    assert list(root.trends) == [(-1, 5, "rising")]
    assert root.holes == ()


def test_study_of_nothing():
    found = study(call("sqrt", -1 - x**2).expr, "x", -5, 5, UNLIMITED)
    assert found.domain == ()
    assert found.values is None
    assert found.trends == ()


@settings(max_examples=40, deadline=None)
@given(expressions(), st.floats(-5, 5), st.floats(0.1, 20))
def test_anything_is_answered(expr, low, width):
    found = study(expr, "x", low, low + width, UNLIMITED)
    ends = [end for piece in found.domain for end in (piece.low, piece.high)]
    assert ends == sorted(ends)
    assert all(a < b for a, b, _ in found.trends)
