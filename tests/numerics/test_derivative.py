from __future__ import annotations

import time

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from plotlang.language.diagnostics import LanguageError
from plotlang.language.syntax import Binary, Call, Number
from plotlang.numerics.compile import compile_expr
from plotlang.numerics.derivative import differentiate
from plotlang.numerics.functions import FUNCTIONS
from tests.numerics.formulas import Formula, call, compare, k, node, only, over, rows, t, x
from tests.numerics.trees import SMOOTH, expressions

PLACES = np.array([-2.3, -1.37, -0.61, -0.23, 0.17, 0.45, 0.83, 1.27, 2.71])


def agrees(formula: Formula) -> None:
    f = compile_expr(formula.expr, "x")
    slope = compile_expr(differentiate(formula.expr, "x"), "x")(PLACES)
    step = 1e-5
    np.testing.assert_allclose(slope, (f(PLACES + step) - f(PLACES - step)) / (2 * step), rtol=2e-5, atol=2e-6)


def differentiable() -> list[tuple[str, int, int]]:
    return [
        (row.name, count, i)
        for row in FUNCTIONS.values()
        for count in range(row.arity[0], min(row.arity[1], 3) + 1)
        for i in range(count)
        if row.partial is not None and row.partial(tuple([x.expr] * count), i) is not None and row.name != "root"
    ]


@pytest.mark.parametrize(("name", "count", "i"), differentiable())
def test_partial_derivatives(name, count, i):
    arguments = [Number(2.3), Number(1.7), Number(2.9)][:count]
    arguments[i] = node(x + 0.001)
    agrees(Formula(Call(name, tuple(arguments))))


@pytest.mark.parametrize(
    "formula",
    [
        call("root", x, 3),
        x ** (Formula(Number(2.0)) / 3),
        call("abs", x) ** x,
        2**x,
        5 % x,
        x**2 * only(compare(x, ">", 0)),
        rows((compare(x, "<", 0), -x), (None, x**3)),
        over("sum", call("sin", k * x), k, 1, 5),
        over("prod", x * t + 0.5, t, 1, 4),
        over("integral", call("cos", x * t), t, 0, x**2),
        Formula(differentiate(over("integral", call("cos", x * t), t, 0, x**2).expr, "x")),
    ],
)
def test_rules(formula):
    agrees(formula)


@settings(max_examples=150, deadline=None)
@given(expressions(SMOOTH, conditions=False), st.floats(-2, 2))
def test_derivative_is_the_slope(expr, at):
    assume(at == 0 or abs(at) > 1e-3)  # closer to a removable hole at 0 only rounding errors are left
    f = compile_expr(expr, "x")
    slope = float(compile_expr(differentiate(expr, "x"), "x")(at))
    steps = np.array([1e-3, 5e-4])
    with np.errstate(all="ignore"):
        rough = (f(at + steps) - f(at - steps)) / (2 * steps)
    assume(np.isfinite(rough).all() and np.isfinite(slope) and np.abs(rough).max() < 1e6)
    assume(abs(rough[0] - rough[1]) <= 1e-3 * (1 + abs(rough[1])))
    assert slope == pytest.approx((4 * rough[1] - rough[0]) / 3, rel=1e-2, abs=1e-2)


def test_domain_stays():
    slope = compile_expr(differentiate(call("ln", x).expr, "x"), "x")
    assert np.isnan(slope(-1.0))
    kept = compile_expr(differentiate((2 * only(compare(x, ">", 0))).expr, "x"), "x")
    assert np.isnan(kept(-1.0))
    assert kept(1.0) == 0


def test_no_derivative_is_said_in_words():
    with pytest.raises(LanguageError, match="can't differentiate gcd"):
        differentiate(call("gcd", x, 6).expr, "x")


def test_shared_parts_are_differentiated_once():
    start = time.perf_counter()
    g = node(x)
    for _ in range(40):
        g = Binary("+", Binary("*", g, Call("sin", (g,))), g)
    compile_expr(differentiate(g, "x"), "x")(0.1)
    assert time.perf_counter() - start < 2


@pytest.mark.parametrize(
    "formula",
    [
        over("sum", x**k / call("factorial", k), k, 0, 5),
        over("prod", x - k, k, -2, 2),
        over("mean", x * t**2, t, 0, 2),
        over("mean", call("sin", t), t, 0, x),
        over("mean", t, t, 0, x**2 + 1, only_if=compare(t, ">", 0.01)),
        x ** (Formula(Number(1.0)) + 1),
    ],
)
def test_binders_and_powers_of_negative_numbers(formula):
    agrees(formula)


def test_slopes_exist_where_a_term_is_constant_or_a_factor_vanishes():
    powers, factors = over("sum", x**k, k, 0, 4), over("prod", x - k, k, 0, 2)
    assert float(compile_expr(differentiate(powers.expr, "x"), "x")(0)) == 1
    assert float(compile_expr(differentiate(factors.expr, "x"), "x")(1)) == -1
