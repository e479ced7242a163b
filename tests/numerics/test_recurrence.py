from __future__ import annotations

import math

import numpy as np
import pytest

from plotlang.language.diagnostics import LanguageError
from plotlang.language.syntax import Name
from plotlang.numerics.flows.recurrence import terms
from tests.numerics.formulas import Formula, call

n = Formula(Name("n"))
u, v = Formula(Name("u_1")), Formula(Name("u_2"))


def sequence(first, start, step, last):
    return terms(first, start, step.expr, "n", ("u_1", "u_2")[: len(first)], last)


def test_a_geometric_sequence_with_a_limit():
    found = sequence((1.0,), 0, 0.5 * u + 3, 20)
    np.testing.assert_allclose(found, 6 - 5 * 0.5 ** np.arange(21.0), rtol=1e-14)


def test_fibonacci_by_binet():
    found = sequence((0.0, 1.0), 0, u + v, 70)
    root = math.sqrt(5)
    expected = np.rint(((1 + root) / 2) ** np.arange(71) / root)
    assert (found == expected)[:60].all()
    assert found[70] == 190392490709135


def test_the_number_of_a_term_counts_from_the_start():
    found = sequence((1.0,), 1, n * u, 18)
    assert found.tolist() == [float(math.factorial(k)) for k in range(1, 19)]
    assert sequence((0.0,), -3, n + 0 * u, 0).tolist() == [0.0, -2.0, -1.0, 0.0]


def test_the_names_stand_for_the_last_terms_the_nearest_first():
    assert sequence((1.0, 10.0), 0, u - v, 3).tolist() == [1.0, 10.0, 9.0, -1.0]


def test_newton_finds_the_square_root():
    assert sequence((1.0,), 0, (u + 2 / u) / 2, 6)[-1] == pytest.approx(math.sqrt(2), rel=1e-15)


def test_only_first_terms_and_none_at_all():
    assert sequence((4.0, 7.0), 5, u + v, 5).tolist() == [4.0]
    assert sequence((4.0,), 5, u, 4).size == 0


def test_overflow_is_infinite_and_undefined_stays_undefined():
    grown = sequence((2.0,), 0, u**2, 20)
    assert grown[9] == 2.0**512
    assert np.isposinf(grown[10:]).all()
    broken = sequence((2.0,), 0, call("sqrt", u - 1.5), 9)
    assert broken[1] == pytest.approx(math.sqrt(0.5))
    assert np.isnan(broken[2:]).all()


def test_too_many_terms_and_too_few_first_ones():
    with pytest.raises(LanguageError, match="10,000"):
        sequence((1.0,), 0, u, 10_000)
    assert sequence((1.0,), 1, u, 10_000).size == 10_000
    with pytest.raises(LanguageError, match="2 first terms"):
        terms((1.0,), 0, (u + v).expr, "n", ("u_1", "u_2"), 5)


def test_the_budget_is_asked():
    class Stop(Exception):
        pass

    class Spent:
        def check(self):
            raise Stop

    with pytest.raises(Stop):
        terms((1.0,), 0, u.expr, "n", ("u_1",), 500, Spent())
