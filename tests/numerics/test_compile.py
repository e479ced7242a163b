from __future__ import annotations

import math
import time

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from plotlang.language.diagnostics import LanguageError
from plotlang.language.syntax import Binary, Binder, Call, Interval, Name, Number
from plotlang.numerics.compile import compile_expr, compile_many
from plotlang.numerics.functions import FUNCTIONS, canonical
from tests.numerics.formulas import Formula, call, compare, e, inf, k, node, only, over, pi, rows, t, x
from tests.numerics.trees import expressions, meaning


def value(formula: Formula, at: float = 0.0) -> float:
    return float(compile_expr(formula.expr, "x")(at))


@settings(max_examples=300, deadline=None)
@given(expressions(), st.floats(-4, 4))
def test_compiled_meaning_is_the_plain_meaning(expr, at):
    mine, plain = float(compile_expr(expr, "x")(at)), meaning(expr, at)
    assert (math.isnan(mine) and math.isnan(plain)) or mine == pytest.approx(plain, rel=1e-9, abs=1e-9)


@settings(max_examples=100, deadline=None)
@given(expressions(), st.lists(st.floats(-4, 4), min_size=1, max_size=5))
def test_arrays_mean_the_same_as_numbers(expr, places):
    f = compile_expr(expr, "x")
    together = f(np.array(places))
    assert together.shape == (len(places),)
    np.testing.assert_allclose(together, [f(each) for each in places], rtol=1e-12, atol=1e-12)


@pytest.mark.parametrize(
    ("formula", "at", "expected"),
    [
        (x ** (Formula(Number(1.0)) / 3), -8, -2),
        (x ** (Formula(Number(2.0)) / 3), -8, 4),
        (x ** (Formula(Number(-1.0)) / 3), -8, -0.5),
        (x ** (Formula(Number(1.0)) / 2), -4, math.nan),
        (x ** (Formula(Number(2.0)) / 6), -8, -2),
        (call("root", x, 3), -27, -3),
        (call("root", x, 4), -16, math.nan),
        (x**0, 0, 1),
        (x**-1, 0, math.nan),
        (1 / x, 0, math.nan),
        (call("ln", x), 0, math.nan),
        (call("sqrt", x - 3) * call("sqrt", 1 - x), 2, math.nan),
        (x % 2, -0.5, 1.5),
        (call("log", x, 2), 8, 3),
        (call("round", x, 1), 2.349, 2.3),
        (call("nCr", 5, 2) + call("nPr", 5, 2) + call("factorial", x), 5, 150),
        (call("gcd", x, 18), 12, 6),
        (call("gcd", x, 18), 12.5, math.nan),
        (call("where", compare(x, ">", 0), call("sqrt", x), -1), 4, 2),
        (rows((compare(x, "<", 0), -x), (compare(x, "<", 2), x**2)), 3, math.nan),
        (only(compare(x, ">", 1)) * x, 1, math.nan),
        (e**x, 1, math.e),
        (call("normalcdf", x), 0, 0.5),
        (call("sinc", x), 0, 1),
        (call("degrees", pi), 0, 180),
    ],
)
def test_real_meaning(formula, at, expected):
    assert value(formula, at) == pytest.approx(expected, nan_ok=True)


@pytest.mark.parametrize(
    ("formula", "at", "expected"),
    [
        (over("sum", k**2, k, 1, x), 10, 385),
        (over("sum", k, k, 1, 200_000), 0, 20_000_100_000),
        (over("sum", k, k, 1, 0), 0, 0),
        (over("prod", k, k, 1, 5), 0, 120),
        (over("max", call("sin", k), k, 1, 10, step=1), 0, math.sin(8)),
        (over("min", (k - x) ** 2, k, 1, 10, step=1), 3.25, 0.0625),
        (over("mean", k**2, k, 0, 2, step=1), 0, 5 / 3),
        (over("max", call("sin", t), t, 0, 2 * pi), 0, 1),
        (over("min", call("sin", t), t, 0, 2 * pi), 0, -1),
        (over("mean", t**2, t, 0, x), 3, 3),
        (over("mean", t**2, t, x, x), 3, 9),
        (over("mean", t, t, 0, 2, only_if=compare(t, ">", 1)), 0, 1.5),
        (over("mean", t, t, 0, inf), 0, math.nan),
        (over("max", t, t, 0, x), -2, 0),
        (over("max", -((t - x) ** 2), t, 0, 2), 5, -9),
        (over("max", t, t, 0, 5, only_if=compare(t**2, "<=", 2)), 0, math.sqrt(2)),
        (over("max", call("sqrt", t - 3), t, 0, 2), 0, math.nan),
        (over("max", 1 / t, t, 0, 1), 0, math.nan),
        (over("max", call("ln", t), t, 0, 1), 0, 0),
        (over("max", call("exp", -((t - 3) ** 2)), t, -inf, inf), 0, 1),
        (over("mean", k, k, 1, 4), 0, 2.5),
        (over("integral", t**2, t, 0, x), 3, 9),
        (over("integral", call("cos", x * t), t, 0, x), 1.3, math.sin(1.69) / 1.3),
        (over("integral", call("exp", -(t**2)), t, -Formula(Name("inf")), Formula(Name("inf"))), 0, math.sqrt(math.pi)),
        (over("integral", 1 / call("sqrt", t), t, 0, 1), 0, 2),
        (over("integral", 1 / t**2, t, 1, Formula(Name("inf"))), 0, 1),
        (over("integral", 1 / t, t, -1, 1), 0, math.nan),
        (over("integral", t, t, 2, 1), 0, -1.5),
        (over("integral", x**2, x, 0, x), 3, 9),
        (over("sum", over("integral", k * t, t, 0, 1), k, 1, 4), 0, 5),
    ],
)
def test_binders(formula, at, expected):
    assert value(formula, at) == pytest.approx(expected, rel=1e-8, nan_ok=True)


def test_mean_of_a_full_turn_vanishes():
    assert value(over("mean", call("sin", t), t, 0, 2 * pi)) == pytest.approx(0, abs=1e-12)


def test_greatest_value_for_every_x_is_accurate():
    places = np.linspace(-3, 3, 50)
    found = compile_expr(over("max", call("cos", t - x), t, -1, 1).expr, "x")(places)
    np.testing.assert_allclose(found, np.cos(np.maximum(np.abs(places) - 1, 0)), atol=1e-12)


def test_integrals_across_a_pole_are_undefined_and_cost_little():
    places = 1 / 3 + np.linspace(-1e-11, 1e-11, 2000)
    start = time.perf_counter()
    found = compile_expr(over("integral", 1 / (t - Formula(Number(1.0)) / 3), t, 0, x).expr, "x")(places)
    assert time.perf_counter() - start < 1
    assert np.isnan(found[-1000:]).all()


def test_integral_to_every_x_is_accurate():
    places = np.linspace(-5, 5, 601)
    found = compile_expr(over("integral", call("cos", t), t, 0, x).expr, "x")(places)
    np.testing.assert_allclose(found, np.sin(places), atol=1e-9)


def test_conditions_leave_terms_out():
    odd = Binder("sum", k.expr, "k", Interval(Number(1.0), Number(10.0)), compare(k % 2, "==", 1).expr)
    assert float(compile_expr(odd)()) == 25


def test_too_many_terms_are_refused():
    with pytest.raises(LanguageError, match="200 000 terms"):
        value(over("sum", k, k, 1, 300_000))


def test_unknown_names_and_wrong_numbers_of_values_are_errors():
    with pytest.raises(LanguageError, match="don't know q"):
        compile_expr(Name("q"), "x")
    with pytest.raises(LanguageError, match="takes 1 value but got 2"):
        compile_expr(call("sin", x, x).expr, "x")


def test_shared_and_deep_expressions_are_fast():
    start = time.perf_counter()
    shared = node(x)
    for _ in range(60):
        shared = Binary("+", shared, shared)
    assert float(compile_expr(shared, "x")(1.0)) == 2.0**60
    deep = node(x)
    for _ in range(3000):
        deep = Binary("+", deep, Call("sin", (deep,)))
    compile_expr(deep, "x")(1.0)
    assert time.perf_counter() - start < 5


def test_common_parts_and_constants_broadcast():
    f = compile_many((x.expr, Number(2.0)), "x", "y")
    first, second = f(np.zeros((3, 1)), np.zeros(4))
    assert first.shape == second.shape == (3, 4)


@pytest.mark.parametrize(
    ("word", "name"),
    [("Sin", "sin"), ("arctan2", "atan2"), ("asin", "arcsin"), ("fabs", "abs"), ("LN", "ln"), ("ncr", "nCr")],
)
def test_spellings(word, name):
    assert canonical(word) == name


def test_unknown_words_are_no_functions():
    assert canonical("sine") is None


@pytest.mark.parametrize("row", FUNCTIONS.values(), ids=lambda row: row.name)
def test_every_function_has_words_and_computes(row):
    assert row.summary.endswith(".")
    assert row.example
    for count in range(row.arity[0], min(row.arity[1], 3) + 1):
        with np.errstate(all="ignore"):
            assert np.asarray(row.point(*[np.array([0.5, 2.0])] * count)).shape == (2,)
