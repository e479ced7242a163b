"""Laws of the printer: what is printed reads back, and every formula can be typeset."""

import pytest
from hypothesis import HealthCheck, assume, given, settings
from matplotlib.mathtext import MathTextParser

from plotlang.language.diagnostics import LanguageError
from plotlang.language.mathtext import math_name, math_text
from plotlang.language.printer import print_expr
from plotlang.language.syntax import Binary, Index, ListOf, Name, Negate, Number, Piecewise, Suffix
from tests.language.trees import expressions, read, sensible_texts, texts

SETTINGS = settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
MATHTEXT = MathTextParser("agg")


@SETTINGS
@given(expressions())
def test_a_printed_expression_reads_back(expr):
    assert read(print_expr(expr)) == expr


@SETTINGS
@given(expressions())
def test_a_printed_expression_reads_back_with_stars(expr):
    assert read(print_expr(expr, "*")) == expr


@SETTINGS
@given(texts)
def test_what_a_text_means_can_be_printed_and_read(text):
    try:
        expr = read(text)
    except LanguageError:
        assume(False)
    assert read(print_expr(expr)) == expr


@SETTINGS
@given(sensible_texts)
def test_what_a_usual_text_means_can_be_printed_and_read(text):
    try:
        expr = read(text)
    except LanguageError:
        assume(False)
    assert read(print_expr(expr)) == expr


@settings(parent=SETTINGS, max_examples=200)
@given(expressions())
def test_every_expression_can_be_typeset(expr):
    MATHTEXT.parse(f"${math_text(expr)}$")


@settings(parent=SETTINGS, max_examples=100)
@given(sensible_texts)
def test_every_usual_text_can_be_typeset(text):
    try:
        expr = read(text)
    except LanguageError:
        assume(False)
    MATHTEXT.parse(f"${math_text(expr)}$")


X, TWO = Name("x"), Number(2.0)


@pytest.mark.parametrize(
    ("expr", "text"),
    [
        (Binary("*", Binary("/", Number(1.0), TWO), X), "1/2·x"),
        (Binary("/", Number(1.0), Binary("*", TWO, X)), "1/(2·x)"),
        (Negate(Binary("^", X, TWO)), "-x^2"),
        (Binary("^", Negate(X), TWO), "(-x)^2"),
        (Binary("^", X, Negate(TWO)), "x^-2"),
        (Binary("^", Binary("^", X, TWO), TWO), "(x^2)^2"),
        (Binary("^", X, Binary("^", TWO, TWO)), "x^2^2"),
        (Binary("-", X, Binary("-", X, TWO)), "x - (x - 2)"),
        (Binary("-", Binary("-", X, X), TWO), "x - x - 2"),
        (Binary("/", Binary("/", X, TWO), TWO), "x/2/2"),
        (Binary("/", X, Binary("/", X, TWO)), "x/(x/2)"),
        (Suffix("!", Suffix("!", X)), "(x!)!"),
        (Suffix("!", Negate(X)), "(-x)!"),
        (Piecewise(((None, X),)), "{else: x}"),
    ],
)
def test_brackets_stand_where_they_are_needed(expr, text):
    assert print_expr(expr) == text
    assert read(text) == expr


def test_an_entry_of_a_written_list_keeps_its_meaning():
    entry = Index(ListOf((Number(4.0), Number(5.0))), TWO)
    assert read(print_expr(entry)) == entry


@pytest.mark.parametrize("value", [0.1, 1e-300, 1e300, 123456.789, 2**53, 1e15, 1e16, 5e-324, 0.30000000000000004])
def test_numbers_keep_every_digit(value):
    assert read(print_expr(Number(float(value)))) == Number(float(value))


@pytest.mark.parametrize(
    ("text", "mathtext"),
    [
        ("x/2", r"\frac{x}{2}"),
        ("x^10", "x^{10}"),
        ("sqrt(x)", r"\sqrt{x}"),
        ("pi", r"\pi"),
        ("a_1", r"a_{\mathrm{1}}"),
        ("speed", r"\mathrm{speed}"),
        ("|x|", r"\left|x\right|"),
    ],
)
def test_formulas_look_as_on_the_board(text, mathtext):
    assert math_text(read(text)) == mathtext


@pytest.mark.parametrize("name", ["x", "θ", "ω_0", "a_1", "speed", "x1", "v_max", "a_b_c", "Ω", "alpha1", "pi", "inf"])
def test_every_name_can_be_typeset(name):
    MATHTEXT.parse(f"${math_name(name)}$")
