"""Tokens, and the statements a cell falls into."""

import time

import pytest

from plotlang.language.diagnostics import LanguageError, Problem
from plotlang.language.source import locate, tokens
from plotlang.language.splitting import MOST_STATEMENTS, split
from plotlang.language.syntax import Span
from plotlang.statements import commands

COMMANDS = frozenset(commands())


def kinds(text):
    return [(token.kind, token.text) for token in tokens(text) if token.kind not in ("end", "newline")]


def words(text):
    return [token.text for token in tokens(text) if token.kind not in ("end", "newline")]


def statements(text):
    """The statements, without the comment at their end; problems as they are."""
    return [_bare(piece.text) if not isinstance(piece, Problem) else piece for piece in split(text, COMMANDS)]


def _bare(text):
    return text.strip() if '"' in text or "\n" in text else text.split("#")[0].strip()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2", ["2"]),
        ("2.5", ["2.5"]),
        (".5", [".5"]),
        ("1e-3", ["1e-3"]),
        ("1e3", ["1e3"]),
        ("1E+3", ["1E+3"]),
        ("2.", ["2."]),
        ("1..3", ["1", "..", "3"]),
        ("1.5..3", ["1.5", "..", "3"]),
        ("1...3", ["1", "..", "3"]),
        ("1…3", ["1", "..", "3"]),
        ("2x", ["2", "x"]),
        ("2e^x", ["2", "e", "^", "x"]),
        ("2e", ["2", "e"]),
        ("2ex", ["2", "ex"]),
        ("x1", ["x1"]),
        ("v_max", ["v_max"]),
        ("a_1", ["a_1"]),
        ("x − 1", ["x", "-", "1"]),
        ("x – 1", ["x", "-", "1"]),
        ("x·y", ["x", "*", "y"]),
        ("x × y ⋅ z", ["x", "*", "y", "*", "z"]),
        ("x ÷ 2", ["x", "/", "2"]),
        ("x ≤ 2 ≥ 1 ≠ 0", ["x", "<=", "2", ">=", "1", "!=", "0"]),
        ("x ∈ L ∧ a ∨ ¬b", ["x", "in", "L", "and", "a", "or", "not", "b"]),
        ("a & b", ["a", "and", "b"]),
        ("x**2", ["x", "^", "2"]),
        ("∞", ["inf"]),
        ("π τ", ["pi", "tau"]),
        ("pi", ["pi"]),
        ("theta θ ϑ", ["θ", "θ", "θ"]),
        ("alpha beta Omega", ["α", "β", "Ω"]),
        ("omega_0", ["ω_0"]),
        ("Σ ∏ ∫", ["sum", "prod", "integral"]),
        ("a₁", ["a_1"]),
        ("x₁₂", ["x_12"]),
        ("np.sin", ["sin"]),
        ("numpy.exp", ["exp"]),
        ("math.sqrt", ["sqrt"]),
        ("x\u00a0+\u20091", ["x", "+", "1"]),
        ("x\u200f+\u200e1", ["x", "+", "1"]),
        ("\ufeffy = x", ["y", "=", "x"]),
        ("“here”", ["here"]),
        ('"a # b; c"', ["a # b; c"]),
        ("f′ f″", ["f", "'", "f", "''"]),
        ("x # + 1", ["x"]),
    ],
)
def test_tokens_are_in_canonical_spelling(text, expected):
    assert words(text) == expected


def test_superscripts_stand_apart_from_their_base():
    assert kinds("x²") == [("word", "x"), ("super", "2")]
    assert kinds("x⁻¹²") == [("word", "x"), ("super", "-12")]


def test_a_subscript_ends_its_letter():
    assert words("a₁x") == ["a_1", "x"]
    assert words("a₁b₂") == ["a_1", "b_2"]


@pytest.mark.parametrize("text", ["x  +\t sin(2y) ≤ 3½", 'θ = "q"', "a₁ + a₂²", "1e-3..7"])
def test_spans_cover_what_was_typed(text):
    for token in tokens(text):
        assert 0 <= token.span.start <= token.span.end <= len(text)
    together = "".join(text[token.span.start : token.span.end] for token in tokens(text))
    assert together == text.replace(" ", "").replace("\t", "")


@pytest.mark.parametrize(
    ("text", "place", "word"),
    [
        ("y = x\x00", 5, "U+0000"),
        ("y = x\x07 + 1", 5, "U+0007"),
        ("y = $x$", 4, "$"),
        ("y = x?", 5, "?"),
        ("y = x @ 2", 6, "@"),
        ('title "abc', 6, "never closed"),
        ("y = \\alpha x", 4, "backslash"),
        ("y = 日x", 4, "日"),
        ("y = 😀", 4, "😀"),
    ],
)
def test_a_strange_character_is_named_where_it_stands(text, place, word):
    with pytest.raises(LanguageError) as caught:
        tokens(text)
    assert caught.value.problem.span.start == place
    assert word in caught.value.problem.message


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", []),
        ("\n\n  \n", []),
        ("# only words", []),
        ("  # one\n\t# two\n", []),
        ("y = x", ["y = x"]),
        ("y = x\ny = 2", ["y = x", "y = 2"]),
        ("y = x; y = 2", ["y = x", "y = 2"]),
        ("y = x;; ;y = 2;", ["y = x", "y = 2"]),
        ("y = x\r\ny = 2\r\n", ["y = x", "y = 2"]),
        ("   y = x\n\n\n   y = 2", ["y = x", "y = 2"]),
        ("y = (x +\n 1)", ["y = (x +\n 1)"]),
        ("y = x +\n1", ["y = x +\n1"]),
        ("y = x *\n\n 2", ["y = x *\n\n 2"]),
        ("L = [1,\n2,\n3]", ["L = [1,\n2,\n3]"]),
        ("y > x and\ny < 2", ["y > x and\ny < 2"]),
        ("y > x or\ny < 2", ["y > x or\ny < 2"]),
        ("y = x with\nred", ["y = x with\nred"]),
        ("y = {x < 0: 1,\n else: 2}", ["y = {x < 0: 1,\n else: 2}"]),
        ("y = x + # more\n1", ["y = x + # more\n1"]),
        ("y = x +\ny = 2", ["y = x +", "y = 2"]),
        ("y = (x\ny = 2", ["y = (x", "y = 2"]),
        ("y = (x\nf(x) = 2", ["y = (x", "f(x) = 2"]),
        ("y = (x\nrange -2 2", ["y = (x", "range -2 2"]),
        ("y = (x\na = 3", ["y = (x", "a = 3"]),
        ('f(x) = [1,\ntitle "a"', ["f(x) = [1,", 'title "a"']),
        ('title "a;b"; y = x', ['title "a;b"', "y = x"]),
        ('title "a # b"; y = x', ['title "a # b"', "y = x"]),
        ("L = [1; 2]", ["L = [1; 2]"]),
        ("y = x # a; b", ["y = x"]),
        ("data d\nt, h\n0, 1\nend\ny = x", ["data d\nt, h\n0, 1\nend", "y = x"]),
    ],
)  # fmt: skip
def test_a_cell_falls_into_statements(text, expected):
    assert statements(text) == expected


@pytest.mark.parametrize("text", ["y = x \\\n+ 1", "y = x + \\\n1", "y = x \\  \r\n + 1"])
def test_a_backslash_at_the_end_continues_the_line(text):
    found = statements(text)
    assert len(found) == 1
    assert not isinstance(found[0], Problem)
    assert words(found[0])[:3] == ["y", "=", "x"]
    assert words(found[0])[-2:] == ["+", "1"]


@pytest.mark.parametrize("following", ["x^2 + y^2 = 9", "sin(x)", "(1, 2)", "y > x", "2 + 3"])
def test_a_forgotten_bracket_costs_only_its_line(following):
    from plotlang import Notebook

    alone, after = Notebook().run(following), Notebook().run(f"y = (x + 1\n{following}")
    assert [error.line for error in after.errors] == [1]
    assert after.values == alone.values
    count = [0 if each.figure is None else each.figure.objects for each in (alone, after)]
    assert count[0] == count[1]


def test_statements_know_where_they_stand():
    text = "y = x;  a = 2\n\n  range -1 1"
    for piece in split(text, COMMANDS):
        assert text[piece.offset : piece.offset + len(piece.text)] == piece.text
    starts = [piece.offset + len(piece.text) - len(piece.text.lstrip()) for piece in split(text, COMMANDS)]
    assert starts == [0, 8, 17]


def test_too_long_a_line_is_refused_alone():
    found = statements("y = " + "x + " * 600 + "1\ny = x")
    assert isinstance(found[0], Problem)
    assert "2,4" in found[0].message
    assert found[1:] == ["y = x"]


def test_a_line_of_two_thousand_characters_is_read():
    line = "y = x" + " + x" * 498
    assert 1990 <= len(line) <= 2000
    assert statements(line + "\ny = 2") == [line, "y = 2"]


def test_too_many_brackets_are_refused_alone():
    found = statements("y = " + "(" * 500 + "x" + ")" * 500 + "\ny = x")
    assert isinstance(found[0], Problem)
    assert "100 brackets" in found[0].message
    assert found[-1] == "y = x"


def test_too_many_lines_end_with_one_problem():
    found = statements("y = x\n" * 10_000)
    assert isinstance(found[-1], Problem)
    assert f"{MOST_STATEMENTS:,} lines" in found[-1].message
    assert sum(isinstance(each, Problem) for each in found) == 1


@pytest.mark.parametrize("open_line", ["(x +\n", "L = [1,\n", "x +\n"])
def test_lines_that_go_on_for_ever_are_fast(open_line):
    began = time.perf_counter()
    statements(open_line + "2 +\n" * 5_000)
    assert time.perf_counter() - began < 2


def test_a_place_in_a_cell_becomes_line_and_column():
    text = "a = 2\n\ty = x\x00 + 1\n"
    found = locate(Problem("bad", Span(12, 13)), text, "4")
    assert (found.line, found.column, found.width, found.cell) == (2, 7, 1, "4")
    assert found.source == " y = x\ufffd + 1"
    shown = str(found).splitlines()
    assert shown[1].strip() == "┌─ cell [4], line 2"
    assert shown[4].index("^") == shown[3].index("\ufffd")


def test_a_long_line_is_cut_around_the_mistake():
    text = "y = " + "x + " * 100 + "sine(x)"
    place = text.index("sine")
    found = locate(Problem("bad", Span(place, place + 4), replacement="sin"), text)
    assert len(found.source) <= 111
    assert found.source[found.column - 1 : found.column - 1 + found.width] == "sine"
