from __future__ import annotations

import math

import numpy as np
import pytest

from plotlang.language.diagnostics import LanguageError
from plotlang.numerics.calculus.areas import area, riemann
from plotlang.numerics.limits import UNLIMITED
from tests.numerics.formulas import call, x

INF, PI = math.inf, math.pi


def sin(u):
    return call("sin", u)


def exp(u):
    return call("exp", u)


@pytest.mark.parametrize(
    ("f", "g", "ends", "expected"),
    [
        (sin(x), None, (0, 2 * PI), 4),
        (sin(x), None, (2 * PI, 0), 4),
        (x, None, (-1, 1), 1),
        (x**2, x, (0, 1), 1 / 6),
        (x, x**2, (1, 0), 1 / 6),
        (x**3, x, (-1, 1), 0.5),
        (sin(x), call("cos", x), (0, 2 * PI), 4 * math.sqrt(2)),
        (call("abs", x), None, (-1, 2), 2.5),
        (x**2, None, (3, 3), 0),
        (sin(20 * x), None, (0, PI), 2),
        (exp(-(x**2)), None, (-INF, INF), math.sqrt(PI)),
        (exp(-x), None, (0, INF), 1),
        (exp(x), None, (0, -INF), 1),
        (1 / x**2, None, (1, INF), 1),
        (1 / call("sqrt", x), None, (0, 1), 2),
        (call("ln", x), None, (0, 1), 1),
        (call("ln", x), None, (0, math.e), 2),
        (call("floor", x), None, (-1, 3), 4),
        (call("sqrt", 1 - x**2), -call("sqrt", 1 - x**2), (-1, 1), PI),
        (x * exp(-(x**2)), None, (-INF, INF), 1),
        (call("max", x, 0), call("min", x, 0), (-1, 1), 1),
        (x, x, (0, 5), 0),
        ((x - 1) * (x - 2) * (x - 3), None, (1, 3), 0.5),
    ],
)
def test_areas(f, g, ends, expected):
    assert area(f.expr, None if g is None else g.expr, "x", *ends, UNLIMITED) == pytest.approx(
        expected, rel=1e-9, abs=1e-14
    )


@pytest.mark.parametrize(
    ("f", "ends"),
    [(1 / x, (0, 1)), (1 / x, (1, INF)), (call("sqrt", x), (-1, 1)), (call("tan", x), (0, 2)), (sin(x), (0, math.nan))],
)
def test_areas_that_do_not_exist(f, ends):
    assert math.isnan(area(f.expr, None, "x", *ends, UNLIMITED))


@pytest.mark.parametrize(
    ("rule", "total", "heights"),
    [
        ("left", 7 / 32, [0, 1 / 16, 1 / 4, 9 / 16]),
        ("right", 15 / 32, [1 / 16, 1 / 4, 9 / 16, 1]),
        ("mid", 21 / 64, [1 / 64, 9 / 64, 25 / 64, 49 / 64]),
        ("trap", 11 / 32, [0, 1 / 16, 1 / 4, 9 / 16, 1]),
    ],
)
def test_strips(rule, total, heights):
    found, edges, tops = riemann((x**2).expr, "x", 0, 1, 4, rule, UNLIMITED)
    assert found == pytest.approx(total)
    np.testing.assert_allclose(edges, [0, 0.25, 0.5, 0.75, 1])
    np.testing.assert_allclose(tops, heights)


@pytest.mark.parametrize(("rule", "order"), [("left", 1), ("right", 1), ("mid", 2), ("trap", 2)])
def test_strips_converge(rule, order):
    errors = [abs(riemann(exp(x).expr, "x", 0, 1, n, rule, UNLIMITED)[0] - (math.e - 1)) for n in (100, 200)]
    assert errors[0] / errors[1] == pytest.approx(2**order, rel=0.02)


def test_strips_have_signs():
    assert riemann(x.expr, "x", 1, 0, 10, "mid", UNLIMITED)[0] == pytest.approx(-0.5)
    assert riemann((-x).expr, "x", 0, 1, 10, "mid", UNLIMITED)[0] == pytest.approx(-0.5)


@pytest.mark.parametrize("n", [0, -3, 10**7])
def test_a_sum_needs_strips(n):
    with pytest.raises(LanguageError):
        riemann(x.expr, "x", 0, 1, n, "left", UNLIMITED)
