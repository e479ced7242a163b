"""Distances of words, suggestions, and the four parts of a message."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plotlang.language.diagnostics import Diagnostic, distance, nearest
from plotlang.language.scope import CONSTANTS
from plotlang.numerics.vocabulary import vocabulary
from plotlang.statements import commands

KNOWN = [*vocabulary().arity, *CONSTANTS]
WORDS = st.text("abcdef", max_size=7)


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        ("", "", 0),
        ("", "abc", 3),
        ("sin", "sin", 0),
        ("sine", "sin", 1),
        ("isn", "sin", 1),
        ("snie", "sine", 1),
        ("cos", "sin", 3),
        ("sqrt", "sqr", 1),
        ("ca", "abc", 3),
        ("kitten", "sitting", 3),
    ],
)
def test_distance(first, second, expected):
    assert distance(first, second) == expected


@given(WORDS, WORDS)
def test_distance_is_symmetric_and_zero_for_equal_words_only(first, second):
    assert distance(first, second) == distance(second, first)
    assert (distance(first, second) == 0) == (first == second)
    assert abs(len(first) - len(second)) <= distance(first, second) <= max(len(first), len(second))


@given(WORDS.filter(bool), st.integers(0, 6), st.sampled_from("xyz"))
def test_one_letter_more_is_one_step(word, place, letter):
    place = min(place, len(word))
    assert distance(word, word[:place] + letter + word[place:]) == 1


@pytest.mark.parametrize(
    ("word", "first"),
    [
        ("sine", "sin"),
        ("cosinus", "cos"),
        ("tanget", "tan"),
        ("sqr", "sqrt"),
        ("sqt", "sqrt"),
        ("flor", "floor"),
        ("arcsn", "arcsin"),
        ("expp", "exp"),
    ],
)
def test_the_nearest_function_comes_first(word, first):
    assert nearest(word, KNOWN)[0] == first


@pytest.mark.parametrize("word", ["banana", "qqqqq", "zz", "hello"])
def test_nothing_is_suggested_for_a_word_far_from_all(word):
    assert nearest(word, KNOWN) == ()


@pytest.mark.parametrize(
    ("word", "command"), [("rnage", "range"), ("titel", "title"), ("colr", "color"), ("figurs", "figure")]
)
def test_the_nearest_command(word, command):
    assert command in nearest(word, commands())


@given(st.text(max_size=30))
def test_at_most_two_known_words_are_suggested(word):
    found = nearest(word, KNOWN)
    assert len(found) <= 2
    assert set(found) <= set(KNOWN)


def test_names_of_the_notebook_come_first():
    assert nearest("speeed", ["x", "speed", "speech"])[0] == "speed"


FULL = Diagnostic(
    "I don't know sine", "did you mean sin?", "or define it", "y = 3 sin(x)", 2, 7, 4, "y = 3 sine(x)", "4"
)


def test_a_message_says_what_where_why_and_what_instead():
    assert str(FULL) == (
        "error: I don't know sine\n"
        "  ┌─ cell [4], line 2\n"
        "  │\n"
        "2 │ y = 3 sine(x)\n"
        "  │       ^^^^ did you mean sin?\n"
        "  └─ or define it\n"
        "  └─ try:  y = 3 sin(x)"
    )


def test_colours_do_not_change_the_words():
    assert re.sub(r"\x1b\[[0-9;]*m", "", FULL.text(color=True)) == str(FULL)


def test_a_message_without_a_place_is_short():
    assert str(Diagnostic("there is no slider q")) == "error: there is no slider q"


def test_line_numbers_of_any_width_are_aligned():
    shown = str(Diagnostic("bad", line=1234, column=1, source="y", cell="1")).splitlines()
    assert shown[1].index("┌") == shown[3].index("│") == shown[4].index("│") == 5
