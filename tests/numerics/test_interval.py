from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from plotlang.numerics.bounds import BROKEN, EMPTY, PARTIAL, Bounds
from plotlang.numerics.compile import compile_expr
from plotlang.numerics.functions import FUNCTIONS
from plotlang.numerics.interval import bounds_of
from tests.numerics.formulas import call, compare, k, only, over, x
from tests.numerics.trees import expressions

RANDOM = np.random.default_rng(1)
LEFT = RANDOM.uniform(-6, 6, 1500)
WIDTH = 10 ** RANDOM.uniform(-6, 1, 1500)
CELLS = Bounds(LEFT, LEFT + WIDTH)
INSIDE = np.vstack([LEFT + WIDTH * RANDOM.uniform(0, 1, (60, 1)), LEFT, LEFT + WIDTH])


def holds(expr, cells: Bounds, inside) -> None:
    found = bounds_of(expr, "x")(cells)
    shape = cells.low.shape
    low, high = np.broadcast_to(found.low, shape), np.broadcast_to(found.high, shape)
    marks = np.broadcast_to(np.asarray(found.marks), shape)
    values = compile_expr(expr, "x")(inside)
    room = 1e-9 * (1 + np.abs(values))
    with np.errstate(all="ignore"):
        assert not ((values < low - room) | (values > high + room)).any()
    missing = np.isnan(values)
    assert missing[:, (marks & EMPTY) != 0].all()
    assert not missing[:, (marks & (PARTIAL | EMPTY)) == 0].any()


EXACT = [
    (row.name, count, i)
    for row in FUNCTIONS.values()
    for count in range(row.arity[0], min(row.arity[1], 3) + 1)
    for i in range(count)
    if row.name not in ("nCr", "nPr", "gcd", "lcm")
]


@pytest.mark.parametrize(("name", "count", "i"), EXACT)
def test_functions_stay_inside_their_bounds(name, count, i):
    arguments = [2.0, 1.7, 2.9][:count]
    arguments[i] = x
    holds(call(name, *arguments).expr, CELLS, INSIDE)


@settings(max_examples=300, deadline=None)
@given(expressions(), st.floats(-4, 4), st.sampled_from([1e-6, 1e-2, 0.5, 3.0]))
def test_values_lie_inside_bounds(expr, low, width):
    cell = Bounds(np.array([low]), np.array([low + width]))
    inside = low + width * np.linspace(0, 1, 41)[:, None]
    found = bounds_of(expr, "x")(cell)
    values = compile_expr(expr, "x")(inside)
    finite = values[np.isfinite(values)]
    room = 1e-7 * (1 + np.abs(finite))
    assert not (finite < np.asarray(found.low) - room).any()
    assert not (finite > np.asarray(found.high) + room).any()


def test_marks_tell_breaks_from_gaps():
    cells = Bounds(np.array([-0.5, 0.25, -2.0]), np.array([0.5, 0.75, -1.0]))
    floor = bounds_of(call("floor", x).expr, "x")(cells)
    assert list(np.asarray(floor.marks) & BROKEN) == [BROKEN, 0, BROKEN]
    restricted = bounds_of(only(compare(x, ">", 0)).expr, "x")(cells)
    assert list(np.asarray(restricted.marks) & (PARTIAL | EMPTY)) == [PARTIAL, 0, EMPTY]


def test_one_sided_poles():
    cells = Bounds(np.array([0.0, -1.0]), np.array([0.5, 1.0]))
    found = bounds_of((1 / x).expr, "x")(cells)
    assert list(found.low) == [2.0, -np.inf]
    assert list(found.high) == [np.inf, np.inf]


def test_sums_are_bounded_term_by_term():
    holds(over("sum", call("sin", k * x), k, 1, 7).expr, CELLS, INSIDE)
