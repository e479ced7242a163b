from __future__ import annotations

import numpy as np
import pytest

from plotlang.numerics.plane.regions import region
from plotlang.numerics.plane.tracing import levels, trace
from plotlang.numerics.view import View
from tests.numerics.formulas import call, x, y
from tests.numerics.honesty import grown
from tests.numerics.honesty_plane import CASES, painted, sampled, shares
from tests.numerics.honesty_region import REGIONS
from tests.numerics.honesty_region import shares as region_shares

ALLOWED = 0.005
SEED = 20


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_curves_are_honest(case):
    (default, *moved) = case.windows(SEED, 1, 360, 240)
    for view in (default, *moved):
        missed, false = shares(case, view, trace(case.formula.expr, view))
        assert missed < ALLOWED, view
        assert false < ALLOWED, view


@pytest.mark.parametrize("case", REGIONS, ids=lambda case: case.name)
def test_regions_are_honest(case):
    for view in case.windows(SEED, 1, 360, 240):
        found = region_shares(case, view, region(case.condition, view))
        assert max(found.values()) < ALLOWED, (view, found)


def test_level_lines_are_honest():
    view, values = View(-6, 6, -4, 4, 360, 240), (-3.0, -1.0, 0.0, 0.5, 2.0)
    found = levels((x**2 * call("sin", y) + y - x).expr, values, view)
    for value, traced in zip(values, found, strict=True):
        below = sampled(lambda x, y, value=value: x * x * np.sin(y) + y - x < value, view)[0]
        above = sampled(lambda x, y, value=value: x * x * np.sin(y) + y - x >= value, view)[0]
        right, ink = below & above, painted(traced, view)
        assert np.count_nonzero(right & ~grown(ink)) < ALLOWED * np.count_nonzero(right)
        assert np.count_nonzero(ink & ~grown(right)) < ALLOWED * np.count_nonzero(ink)


def test_a_third_of_the_cases_would_fail_for_a_curve_that_is_not_theirs():
    view = View(-6, 6, -4, 4, 360, 240)
    circle = trace((x**2 + y**2 - 9).expr, view)
    others = [case for case in CASES if case.window == (-6.0, 6.0, -4.0, 4.0) and case.name != "circle"][:12]
    for case in others:
        missed, false = shares(case, view, circle)
        assert max(missed, false) > 0.1
