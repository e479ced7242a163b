from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings

from plotlang.language.syntax import Expr, Negate, Number
from plotlang.numerics.bounds import BROKEN, EMPTY, PARTIAL
from plotlang.numerics.compile import Points, compile_expr
from plotlang.numerics.explicit import formulas
from plotlang.numerics.explicit.curve import Curve
from plotlang.numerics.explicit.rounding import rounding_error, rounding_rules
from plotlang.numerics.explicit.sampling import View, sample
from plotlang.numerics.limits import UNLIMITED
from plotlang.numerics.program import program
from plotlang.numerics.shapes import expression, shaped
from tests.numerics.formulas import Formula, call, compare, e, k, only, over, rows, x
from tests.numerics.trees import expressions

NUMBERS = [1.013, 0.0, 1.0, -1.0, 2.0, 0.5, -0.37, -2.0, 3.0, 1e-9, -1e9, math.inf]
VIEWS = [View(-5, 5, -5, 5, 600, 400), View(0.1, 100, 0.01, 1000, 300, 200, log=True, y_log=True)]
FAMILIES = [
    lambda a: a * call("sin", x),
    lambda a: call("sin", a * x),
    lambda a: x**2 / 10 + a,
    lambda a: a * call("exp", -(x**2) / 4),
    lambda a: a * (x - a) ** 2 + 2,
    lambda a: 1 / (x - a),
    lambda a: a / x,
    lambda a: 1 / (x - a) ** 2,
    lambda a: call("tan", a * x),
    lambda a: call("sqrt", x - a),
    lambda a: call("ln", a * x),
    lambda a: call("abs", x - a),
    lambda a: x**a,
    lambda a: (x - 1) ** (a / 3),
    lambda a: Formula(Negate(Number(2.0))) ** (a * x),
    lambda a: call("root", x, a),
    lambda a: call("power", x - 1, a),
    lambda a: a * call("ln", x) - a * x,
    lambda a: (x**2 - a**2) / (x - a),
    lambda a: call("floor", a * x),
    lambda a: a * x * only(compare(x, ">", a)),
    lambda a: rows((compare(x, "<", a), x), (None, x**2)),
    lambda a: call("sqrt", a) * call("sin", x),
    lambda a: call("log", x, a),
    lambda a: call("arcsin", x / a),
    lambda a: over("sum", call("sin", k * x) / k, k, 1, 3) + a,
]


def number(value: float) -> Formula:
    return Formula(Number(value))


def frames() -> list[tuple[int, float, View]]:
    return [(i, value, view) for i in range(len(FAMILIES)) for value in NUMBERS for view in VIEWS]


def drawn(i: int, value: float, view: View):
    return sample(FAMILIES[i](number(value)).expr, "x", view)


def assert_same(one, two):
    assert len(one.paths) == len(two.paths)
    for a, b in zip(one.paths, two.paths, strict=True):
        np.testing.assert_array_equal(a, b)
    np.testing.assert_array_equal(one.open_dots, two.open_dots)
    np.testing.assert_array_equal(one.filled_dots, two.filled_dots)
    assert (one.poles, one.defined, one.complete) == (two.poles, two.defined, two.complete)


def test_a_remembered_shape_draws_what_a_fresh_one_draws():
    random = np.random.default_rng(3)
    order = frames()
    random.shuffle(order)  # type: ignore[arg-type]
    remembered = {frame: drawn(*frame) for frame in order}
    for frame in order[::7]:
        formulas._of_shape.cache_clear()
        assert_same(drawn(*frame), remembered[frame])


@pytest.mark.parametrize("i", range(len(FAMILIES)))
def test_taking_numbers_out_changes_nothing(i, monkeypatch):
    found = [drawn(i, value, VIEWS[0]) for value in NUMBERS]
    monkeypatch.setattr(formulas, "shaped", lambda expr: None)
    for value, one in zip(NUMBERS, found, strict=True):
        two = drawn(i, value, VIEWS[0])
        assert [len(path) for path in one.paths] == [len(path) for path in two.paths]
        for a, b in zip(one.paths, two.paths, strict=True):
            np.testing.assert_allclose(a, b, rtol=1e-12, atol=1e-12)
        np.testing.assert_allclose(one.open_dots, two.open_dots, atol=1e-12)
        np.testing.assert_allclose(one.filled_dots, two.filled_dots, atol=1e-12)


@settings(max_examples=300, deadline=None)
@given(expressions())
def test_values_survive_taking_numbers_out(expr: Expr):
    found = shaped(expr)
    if found is None:
        return
    places = np.concatenate([np.linspace(-3.1, 3.3, 41), [0.0, 1.0, -1.0]])
    points = Points(program((expression(found.shape),)), ("x",)).given(found.numbers)
    values = np.broadcast_to(points((places,))[0], places.shape)
    np.testing.assert_array_equal(values, compile_expr(expr, "x")(places))


def test_numbers_that_decide_stay_in_the_shape():
    def shape(formula: Formula):
        found = shaped(formula.expr)
        assert found is not None
        return found

    assert shape(2.5 * x).shape == shape(7.1 * x).shape
    assert shape(2.0 * x).shape == shape(7.1 * x).shape
    assert shape(x**2).shape != shape(x**3).shape
    assert shape(x**2.5).shape == shape(x**3.5).shape
    assert shape(x ** (1 / number(3.0))).shape != shape(x ** (1 / number(2.0))).shape
    assert shape(number(1.0) * x).shape != shape(7.1 * x).shape
    assert shape(number(0.0) * x).shape != shape(number(-0.0) * x).shape
    assert shape(number(2.0) * x + 2.0).shape != shape(number(2.0) * x + 3.0).shape
    assert shape(x + number(math.inf)).numbers == ()
    assert shaped(over("sum", k * x, k, 1, 3).expr) is None


def test_very_deep_and_very_large_formulas_have_no_shape():
    deep, wide = x, x
    for i in range(500):
        deep = call("sin", deep)
        wide = wide * wide if i < 60 else wide
    assert shaped(deep.expr) is None
    assert shaped(wide.expr) is not None
    many = x
    for i in range(400):
        many = many + (x + i) * i if i % 50 else (many + i) * x
    assert shaped(many.expr) is None


@pytest.mark.parametrize(
    "formula",
    [
        call("sin", 2.3 * x) * x,
        1 / (x - 0.7),
        3.1 + 2.2 / (x + 1.1),
        call("tan", 1.3 * x) * 0.4,
        call("exp", -(x**2) / 4) * 1e3,
        x**7 - 7 * x**6 + 21 * x**5 - 35 * x**4 + 35 * x**3 - 21 * x**2 + 7 * x - 1,
        (1 - call("cos", x)) / (x**2 + 0.01),
        call("sqrt", x + 2) - call("ln", x + 6),
        call("abs", x) * 1e8 - call("arctan", 1e8 * x),
        call("exp", call("exp", x)),
    ],
)
def test_rounding_errors_stay_below_their_bound(formula: Formula):
    if np.finfo(np.longdouble).eps > 1e-18:
        pytest.skip("long doubles have no more digits here")
    points = Points(program((formula.expr,)), ("x",))
    rules = rounding_rules(points)
    assert rules is not None
    places = np.linspace(-5, 5, 20001)
    bound = rounding_error(rules, points, (-5.0, 5.0), 20.0)
    slots: list = list(points.start)
    for slot, _ in points.places:
        slots[slot] = places.astype(np.longdouble)
    with np.errstate(all="ignore"):
        for slot, operation, step in points.work:
            slots[slot] = operation(*[slots[i] for i in step.inputs])
        exact, values = slots[points.results[0]], points((places,))[0]
        far = ~(np.abs(values) < 20) & ~(np.abs(exact) < 20) if bound < 1 else np.zeros(places.shape, dtype=bool)
        error = np.abs(np.where(far, 0, values - exact))
    assert not np.isnan(bound)
    assert np.nanmax(error) <= bound or bound == math.inf
    assert bound > 0


def test_cancellation_is_not_taken_for_exact():
    view = View(-1e-6, 1e-6, 0, 1, 600, 400)
    curve = Curve(((1 - call("cos", x)) / x**2).expr, "x", UNLIMITED)
    places = view.edges()
    assert curve.sharpen(places[1:-1], curve.at(places)[1:-1], np.zeros(600, dtype=np.uint8), view) is not None


@pytest.mark.parametrize(
    "formula",
    [
        1 / (x - 0.7) + call("sqrt", x + 2),
        call("tan", 1.3 * x) * call("ln", x + 3),
        call("sin", x) / x,
        x**-2 + (x - 1) ** (1 / number(2.0)),
        call("arcsin", x / 2) * call("cot", x),
        e**x / (e**x - 2),
        call("sqrt", -(x**2)),
    ],
)
def test_marks_with_the_slope_are_those_of_the_value(formula: Formula):
    curve = Curve(formula.expr, "x", UNLIMITED)
    ends = np.linspace(-4.03, 4.01, 400)
    found = curve.steepness(ends[:-1], ends[1:])
    assert found is not None
    kinds = BROKEN | PARTIAL | EMPTY
    value, slope = curve.over(ends[:-1], ends[1:])
    marks = np.asarray(found[1], dtype=np.uint8) & kinds
    clean = (np.asarray(value.marks) & kinds) == 0
    assert (marks[clean] == 0).all()
    assert (marks[~clean] != 0).all()
    assert slope is not None
    np.testing.assert_array_equal(found[0].low, slope.low)
    np.testing.assert_array_equal(found[0].high, slope.high)


@pytest.mark.parametrize(
    ("formula", "places"),
    [
        (1 / (x - 1.163), [1.163]),
        (call("sqrt", x - 0.37), [0.37]),
        (call("tan", 1.163 * x), [(n + 0.5) * math.pi / 1.163 for n in range(-2, 2)]),
        (2 / x, [0.0]),
        (1 / (x**2 - 3), [-math.sqrt(3), math.sqrt(3)]),
        (call("ln", 1 - call("exp", x) / 7), [math.log(7)]),
        (x ** -number(3.0), [0.0]),
        (call("arcsin", x / 3), [-3.0, 3.0]),
    ],
)
@pytest.mark.parametrize("width", [600, 997, 1200])
def test_ends_of_strokes_are_breaks_to_the_last_digits(formula, places, width):
    found = sample(formula.expr, "x", View(-5, 5, -5, 5, width, 400))
    ends = np.array([path[[0, -1], 0] for path in found.paths]).ravel()
    inner = np.unique(np.round(ends[np.abs(ends) < 4.99], 9))
    np.testing.assert_allclose(inner, places, atol=2e-9)
    for place in places:
        assert np.abs(ends - place).min() <= 4e-15
