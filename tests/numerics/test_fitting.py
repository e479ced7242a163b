from __future__ import annotations

import math

import numpy as np
import pytest
from scipy.optimize import curve_fit

from plotlang.language.diagnostics import LanguageError
from plotlang.language.syntax import Name, walk
from plotlang.numerics.fits.fitting import fit, standard_model
from plotlang.numerics.fits.separable import linear_letters
from plotlang.numerics.fits.spectrum import angular_frequencies
from tests.numerics.formulas import Formula, call, compare, e, k, over, pi, rows, t, x

A, B, C, D, K, L, M, S, W, P = (Formula(Name(name)) for name in "A B C D K L M S W P".split())
X = np.linspace(0.0, 10.0, 60)


def noise(size, count=60, seed=1):
    return np.random.default_rng(seed).normal(0.0, size, count)


def fitted(model, letters, target, **columns):
    return fit(model.expr, tuple(letters), columns or {"x": X}, np.asarray(target, dtype=float))


def rest(found, function, target, data=X):
    return float(np.sum((target - function(data, *found.values.values())) ** 2))


def test_a_parabola_without_a_linear_term():
    found = fitted(A * t**2 + C, "AC", [1.0, 2.1, 4.9, 10.2], t=np.arange(4.0))
    assert f"{found.values['A']:.7g}" == "1.016327"
    assert found.values["C"] == pytest.approx(0.99285714, abs=1e-8)
    assert found.count == 4
    assert found.determined
    assert found.converged


def test_newtons_law_of_cooling():
    found = fitted(A * e ** (-C * t) + 20, "AC", [90, 73.2, 60.4, 50.7, 43.3, 37.7, 33.4], t=np.arange(0, 35, 5.0))
    assert f"{found.values['A']:.6g}" == "70.0189"
    assert f"{found.values['C']:.6g}" == "0.0550115"
    assert found.r_squared > 0.99999


MODELS = {
    "logistic": (
        L / (1 + e ** (-K * (x - M))), "LKM", (8.0, 1.3, 4.0),
        lambda x, top, k, m: top / (1 + np.exp(-k * (x - m))),
    ),
    "logistic with a sum": (
        L / (1 + e ** (A + B * x)), "LAB", (8.0, 5.2, -1.3), lambda x, top, a, b: top / (1 + np.exp(a + b * x)),
    ),
    "sine": (
        A * call("sin", W * x + P) + D, "AWPD", (3.0, 4.3, 1.0, 2.0),
        lambda x, a, w, p, d: a * np.sin(w * x + p) + d,
    ),
    "slow sine": (
        A * call("sin", W * x + P) + D, "AWPD", (3.0, 0.45, 1.0, 2.0),
        lambda x, a, w, p, d: a * np.sin(w * x + p) + d,
    ),
    "period": (
        A * call("cos", 2 * pi * x / P) + D, "APD", (3.0, 1.7, 2.0),
        lambda x, a, p, d: a * np.cos(2 * np.pi * x / p) + d,
    ),
    "damped": (
        A * e ** (-C * x) * call("sin", W * x), "ACW", (3.0, 0.3, 4.0),
        lambda x, a, c, w: a * np.exp(-c * x) * np.sin(w * x),
    ),
    "power": (A * (x + 1) ** B, "AB", (2.0, 1.7), lambda x, a, b: a * (x + 1) ** b),
    "negative power": (A * (x + 1) ** B, "AB", (2.0, -0.7), lambda x, a, b: a * (x + 1) ** b),
    "rational": (A / (x + B), "AB", (3.0, 0.7), lambda x, a, b: a / (x + b)),
    "gauss": (
        A * e ** (-(((x - M) / S) ** 2)), "AMS", (4.0, 3.0, 0.4), lambda x, a, m, s: a * np.exp(-(((x - m) / s) ** 2)),
    ),
    "michaelis": (A * x / (K + x), "AK", (5.0, 2.0), lambda x, v, k: v * x / (k + x)),
    "two exponentials": (
        A * e ** (-B * x) + C * e ** (-D * x), "ABCD", (5.0, 0.2, 3.0, 2.0),
        lambda x, a, b, c, d: a * np.exp(-b * x) + c * np.exp(-d * x),
    ),
    "step": (
        A * call("tanh", B * (x - C)) + D, "ABCD", (2.0, 1.5, 6.0, 1.0),
        lambda x, a, b, c, d: a * np.tanh(b * (x - c)) + d,
    ),
    "gompertz": (
        A * e ** (-B * e ** (-C * x)), "ABC", (5.0, 4.0, 0.8), lambda x, a, b, c: a * np.exp(-b * np.exp(-c * x)),
    ),
    "shifted root": (A * call("sqrt", x + B) + C, "ABC", (2.0, 3.0, 1.0), lambda x, a, b, c: a * np.sqrt(x + b) + c),
    "base": (A * B**x, "AB", (3.0, 1.4), lambda x, a, b: a * b**x),
    "vertex": (A * (x - M) ** 2 + C, "AMC", (2.0, 3.5, 1.0), lambda x, a, m, c: a * (x - m) ** 2 + c),
}  # fmt: skip


@pytest.mark.parametrize("name", MODELS)
def test_noisy_data_as_scipy_from_the_truth(name):
    model, letters, truth, function = MODELS[name]
    target = function(X, *truth) * (1 + noise(0.003)) + noise(0.003, seed=2)
    found = fitted(model, letters, target)
    best, covariance = curve_fit(function, X, target, p0=truth, xtol=1e-14, ftol=1e-14)
    assert rest(found, function, target) <= rest_of(function, best, target) * (1 + 1e-9)
    assert found.converged
    assert found.determined
    if name != "two exponentials" or found.values["A"] > 4:
        assert list(found.values.values()) == pytest.approx(best.tolist(), rel=1e-4, abs=1e-5)
        assert list(found.errors.values()) == pytest.approx(np.sqrt(np.diag(covariance)).tolist(), rel=1e-3)


def rest_of(function, values, target):
    return float(np.sum((target - function(X, *values)) ** 2))


@pytest.mark.parametrize("name", MODELS)
def test_perfect_data_give_clean_numbers(name):
    model, letters, truth, function = MODELS[name]
    found = fitted(model, letters, function(X, *truth))
    pairs = list(found.values.values())
    if name == "two exponentials" and pairs[0] == 3.0:
        pairs = pairs[2:] + pairs[:2]
    assert pairs == list(truth)
    assert found.r_squared == 1.0
    assert found.rmse == 0.0


@pytest.mark.parametrize("frequency", [0.3, 1.1, 5.1, 11.0, 17.3])
def test_the_right_frequency_in_much_noise(frequency):
    target = 3 * np.sin(frequency * X + 1) + 2 + noise(0.8)
    found = fitted(A * call("sin", W * x + P) + D, "AWPD", target)
    assert found.values["W"] == pytest.approx(frequency, abs=0.15)
    assert found.values["A"] > 0
    assert abs(found.values["P"]) <= math.pi


def test_many_rows_of_a_fast_wave_in_any_order():
    times = np.random.default_rng(3).uniform(0, 100, 10_000)
    target = 3 * np.sin(200.3 * times + 1) + 2 + noise(0.3, 10_000)
    found = fitted(A * call("sin", W * x + P) + D, "AWPD", target, x=times)
    assert found.values["W"] == pytest.approx(200.3, abs=1e-3)
    assert found.rmse == pytest.approx(0.3, rel=0.03)
    assert found.count == 10_000


def test_two_peaks():
    place = np.linspace(0, 10, 200)
    target = 4 * np.exp(-(((place - 3) / 0.8) ** 2)) + 2 * np.exp(-(((place - 7) / 1.2) ** 2)) + noise(0.02, 200)
    model = A * e ** (-(((x - M) / S) ** 2)) + B * e ** (-(((x - C) / D) ** 2))
    found = fitted(model, "AMSBCD", target, x=place).values
    peaks = sorted([(found["M"], found["A"], found["S"]), (found["C"], found["B"], found["D"])])
    assert peaks[0] == pytest.approx((3, 4, 0.8), abs=0.02)
    assert peaks[1] == pytest.approx((7, 2, 1.2), abs=0.04)


def test_a_linear_model_is_solved_exactly():
    columns = {"x": X, "t": np.sin(X)}
    target = 3 * X - 0.5 * np.sin(X) + 2 + noise(0.2)
    found = fit((A * x + B * t + C).expr, ("A", "B", "C"), columns, target)
    basis = np.column_stack([X, np.sin(X), np.ones(60)])
    expected, sse = np.linalg.lstsq(basis, target, rcond=None)[:2]
    assert list(found.values.values()) == pytest.approx(expected.tolist(), rel=1e-12)
    assert found.rmse == pytest.approx(math.sqrt(sse[0] / 60))
    assert found.r_squared == pytest.approx(1 - sse[0] / np.sum((target - target.mean()) ** 2))
    covariance = np.linalg.inv(basis.T @ basis) * sse[0] / 57
    assert list(found.errors.values()) == pytest.approx(np.sqrt(np.diag(covariance)).tolist(), rel=1e-9)


@pytest.mark.parametrize(("across", "up"), [(1e-9, 1e12), (1e9, 1e-12), (1e-150, 1e150), (1.0, 1e300)])
def test_other_scales(across, up):
    target = up * (3 * np.exp(-0.5 * X) + 1) * (1 + noise(1e-3))
    plain = fitted(A * e ** (-C * x) + D, "ACD", target / up).values
    found = fitted(A * e ** (-C * x) + D, "ACD", target, x=X * across)
    assert found.values["A"] == pytest.approx(plain["A"] * up, rel=1e-6)
    assert found.values["C"] == pytest.approx(plain["C"] / across, rel=1e-6)
    assert found.values["D"] == pytest.approx(plain["D"] * up, rel=1e-6)


def test_years_are_far_from_zero():
    years = np.arange(2000.0, 2021.0)
    model, letters = standard_model("cubic")
    found = fit(model, letters, {"x": years}, (years - 2010) ** 3)
    assert list(found.values.values()) == [1.0, -6030.0, 12120300.0, -8120601000.0]
    grown = fit(*standard_model("exp"), {"x": years}, 5 * np.exp(0.03 * (years - 2000)))
    assert grown.values["b"] == pytest.approx(0.03, rel=1e-9)


def test_an_outlier_is_taken_as_it_is():
    target = 2 * X + 1
    target[30] = 1e6
    found = fitted(A * x + B, "AB", target)
    assert list(found.values.values()) == pytest.approx(np.polyfit(X, target, 1).tolist(), rel=1e-9)


def test_rows_with_gaps_are_left_out():
    columns = {"x": np.array([0.0, 1.0, math.nan, 3.0, math.inf, 5.0])}
    found = fit((A * x + B).expr, ("A", "B"), columns, np.array([1.0, 3.0, 5.0, 7.0, 9.0, math.nan]))
    assert found.count == 3
    assert found.values == {"A": 2.0, "B": 1.0}


def test_rows_without_a_value_of_the_model_are_left_out():
    found = fitted(A * call("ln", x) + B, "AB", np.where(X > 0, 2 * np.log(np.maximum(X, 1e-9)) + 1, 7.0))
    assert found.count == 59
    assert found.values == {"A": 2.0, "B": 1.0}


def test_all_rows_are_used_if_some_letters_allow_it():
    found = fitted(call("ln", A * x + B), "AB", np.log(3 * X + 2))
    assert found.count == 60
    assert found.values == {"A": 3.0, "B": 2.0}
    circle = fitted(B + call("sqrt", A**2 - (x - C) ** 2), "ABC", 1 + np.sqrt(36 - (X - 5) ** 2))
    assert circle.count == 60
    assert circle.values == {"A": 6.0, "B": 1.0, "C": 5.0}


def test_a_pole_between_two_rows():
    found = fitted(A / (x - B) + C, "ABC", 1 / (X - 4.03) + 2)
    assert found.values == {"A": 1.0, "B": 4.03, "C": 2.0}


def test_pieces_that_meet_at_a_letter():
    target = np.where(X < 4.3, X, 4.3 - 2 * (X - 4.3)) + noise(0.02)
    model = rows((compare(x, "<", M), A * x + B), (None, A * M + B + C * (x - M)))
    found = fitted(model, "ABCM", target)
    assert found.values["M"] == pytest.approx(4.3, abs=0.03)
    assert found.values["C"] == pytest.approx(-2, abs=0.03)


def test_letters_that_the_data_do_not_determine():
    found = fitted(A * x + B + C, "ABC", 3 * X + 4)
    assert found.values == {"A": 3.0, "B": 2.0, "C": 2.0}
    assert found.loose == ("B", "C")
    assert not found.determined
    assert math.isnan(found.errors["B"])
    few = fitted(A * x**2 + B * x + C, "ABC", [1.0, 4.0], x=np.array([1.0, 2.0]))
    expected = np.linalg.pinv(np.array([[1.0, 1, 1], [4, 2, 1]])) @ [1.0, 4.0]
    assert list(few.values.values()) == pytest.approx(expected.tolist(), rel=1e-12)
    assert few.loose == ("A", "B", "C")
    assert fitted(A * B * x, "AB", 3 * X).loose == ("A", "B")
    assert fitted(A * x, "AB", 3 * X).loose == ("B",)
    flat = fitted(A * call("sin", W * x + P) + D, "AWPD", np.full(60, 7.0))
    assert flat.values["D"] == 7.0
    assert flat.loose == ("A", "W", "P")
    same = fitted(A * x + B, "AB", X, x=np.full(60, 2.0))
    assert same.loose == ("A", "B")


def test_without_rows_to_spare_there_are_no_errors():
    found = fitted(A * x + B, "AB", [1.0, 4.0], x=np.array([1.0, 2.0]))
    assert found.values == {"A": 3.0, "B": -2.0}
    assert found.determined
    assert math.isnan(found.errors["A"])


def test_constant_data():
    assert fitted(A * x + B, "AB", np.full(60, 0.1)).r_squared == 1.0
    assert math.isnan(fitted(A * x + 1, "A", np.full(60, 3.1)).r_squared)
    assert fitted(A * x + 0.3, "A", np.full(60, 0.3)).values == {"A": 0.0}


def test_a_model_without_columns():
    assert fit(A.expr, ("A",), {}, np.array([1.0, 2.0, 6.0])).values == {"A": 3.0}


def test_nothing_to_fit():
    with pytest.raises(LanguageError, match="no data"):
        fitted(A * x, "A", [math.nan, 1.0], x=np.array([1.0, math.nan]))
    with pytest.raises(LanguageError, match="no value") as error:
        fitted(A * call("ln", x) + B, "AB", [1.0, 2.0], x=np.array([-1.0, -2.0]))
    assert error.value.problem.why == "ln(x) has no value in any row"
    with pytest.raises(LanguageError, match="don't know"):
        fitted(A * x + B, "A", X)


def test_costly_models_are_fitted_too():
    place = X[1:13]
    model = A * over("integral", e ** (-B * t * t), t, 0, x)
    gauss = np.array([np.trapezoid(np.exp(-0.7 * np.linspace(0, s, 4001) ** 2), dx=s / 4000) for s in place])
    found = fitted(model, "AB", 2 * gauss, x=place)
    assert found.values == pytest.approx({"A": 2.0, "B": 0.7}, rel=1e-5)


def test_functions_without_a_derivative():
    found = fitted(A * call("max", x, B), "AB", 2 * np.maximum(X, 4.25))
    assert found.values == pytest.approx({"A": 2.0, "B": 4.25}, rel=1e-9)
    steps = fitted(A * call("floor", x) + B, "AB", 2 * np.floor(X) + 1)
    assert steps.values == {"A": 2.0, "B": 1.0}


def test_the_result_is_the_same_every_time():
    target = 3 * np.sin(2 * X + 1) * np.exp(-0.2 * X) + noise(0.3)
    model = A * e ** (-C * x) * call("sin", W * x + P) + D
    first, second = (fitted(model, "ACWPD", target) for _ in range(2))
    assert first == second


def test_the_budget_is_asked():
    class Stop(Exception):
        pass

    class Spent:
        def check(self):
            raise Stop

    with pytest.raises(Stop):
        fit((A * e ** (B * x)).expr, ("A", "B"), {"x": X}, X, Spent())


STANDARD = {
    "line": ((2.0, -1.0), lambda x, a, b: a * x + b),
    "quadratic": ((2.0, -1.0, 3.0), lambda x, a, b, c: a * x**2 + b * x + c),
    "cubic": ((2.0, -1.0, 3.0, 0.5), lambda x, a, b, c, d: a * x**3 + b * x**2 + c * x + d),
    "exp": ((2.0, -0.3), lambda x, a, b: a * np.exp(b * x)),
    "power": ((2.0, 1.5), lambda x, a, b: a * x**b),
    "sin": ((2.0, 1.5, 0.5, 4.0), lambda x, a, b, c, d: a * np.sin(b * x + c) + d),
    "logistic": ((2.0, 1.5, 6.0), lambda x, a, b, c: a / (1 + np.exp(-b * (x - c)))),
    "log": ((2.0, -1.5), lambda x, a, b: a + b * np.log(x)),
}


@pytest.mark.parametrize("kind", STANDARD)
def test_standard_models(kind):
    truth, function = STANDARD[kind]
    model, letters = standard_model(kind)
    names = {node.id for node in walk(model) if isinstance(node, Name)} - {"e"}
    assert names == {"x", *letters}
    place = X[1:]
    assert tuple(fit(model, letters, {"x": place}, function(place, *truth)).values.values()) == truth


@pytest.mark.parametrize(
    ("model", "linear"),
    [
        (A * x**2 + B * x + C, "ABC"),
        (A * e ** (-B * x) + C, "AC"),
        (A * (x - M) ** 2 + C, "AC"),
        (A * (x - M), "A"),
        (A * B * x, "A"),
        (A / B + C / 2, "AC"),
        (B * (A + C), "AC"),
        (A * call("floor", x) + call("floor", B), "A"),
        (A + over("sum", B * x**k, k, 0, 3), "AB"),
        (over("sum", x**k, k, 0, A) + B, "B"),
        (rows((compare(x, "<", A), B), (None, C)), "BC"),
        (Formula((A / 2).expr) ** 1, ""),
    ],
)
def test_which_letters_are_linear(model, linear):
    names = {node.id for node in walk(model.expr) if isinstance(node, Name)}
    letters = tuple(each for each in "ABCM" if each in names)
    assert "".join(linear_letters(model.expr, letters)) == linear


def test_frequencies_of_uneven_data():
    times = np.sort(np.random.default_rng(5).uniform(0, 30, 120))
    found = angular_frequencies(times, 5 * times + np.sin(6.1 * times))
    assert np.abs(found - 6.1).min() < 0.05
    assert np.isfinite(angular_frequencies(np.ones(5), np.ones(5))).all()
