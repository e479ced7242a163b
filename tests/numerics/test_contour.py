from __future__ import annotations

import numpy as np
import pytest

from plotlang.language.syntax import Logic
from plotlang.numerics.contour import region, zero_set
from plotlang.numerics.sampling import View
from tests.numerics.formulas import both, call, compare, x, y

VIEW = View(-5, 5, -4, 4, 600, 480)


def test_a_circle_is_one_closed_path():
    (path,) = zero_set((x**2 + y**2 - 9).expr, VIEW)
    np.testing.assert_allclose(np.hypot(path[:, 0], path[:, 1]), 3, atol=1e-6)
    np.testing.assert_allclose(path[0], path[-1])


@pytest.mark.parametrize(
    ("formula", "count"),
    [
        (y - 1 / x, 2),
        (y - call("tan", x), 5),
        ((x - y) ** 2, 1),
        (x * y, 2),
        (x**2 + y**2 + 1, 0),
        (call("floor", x) - y - 0.5, 8),
    ],
)
def test_poles_and_jumps_leave_no_line(formula, count):
    assert len(zero_set(formula.expr, VIEW)) == count


def test_paths_reach_the_edges_of_the_window():
    (path,) = zero_set((y - x).expr, VIEW)
    assert path[:, 1].min() <= -4
    assert path[:, 1].max() >= 4


def test_region_borders():
    outlines, solid, dashed = region(both(compare(y, ">", x**2), compare(y, "<=", 3)).expr, VIEW)
    assert len(outlines) == 1
    (top,), (bottom,) = solid, dashed
    np.testing.assert_allclose(top[:, 1], 3, atol=1e-6)
    np.testing.assert_allclose(bottom[:, 1], bottom[:, 0] ** 2, atol=1e-6)
    assert abs(np.abs(top[:, 0]).max() - 3**0.5) < 0.1


def test_region_of_nothing_and_of_everything():
    assert region(compare(x**2, "<", -1).expr, VIEW) == ((), (), ())
    outlines, solid, dashed = region(Logic("or", (compare(x, "<", 0).expr, compare(x, ">=", 0).expr)), VIEW)
    assert len(outlines) >= 1
    assert not solid
    assert not dashed
