"""The Pygments lexer."""

from __future__ import annotations

import pytest
from pygments.token import Comment, Error, Keyword, Name, Number, String

from plotlang.lexer import PlotlangLexer


def kinds(text: str) -> dict[str, object]:
    return {value: kind for kind, value in PlotlangLexer().get_tokens(text)}


def test_kinds():
    found = kinds('slider a -5 5  # move me\ny = a sin(x) with label "s"\nrange = 2')
    assert found["slider"] is Keyword
    assert found["# move me"] is Comment.Single
    assert found["sin"] is Name.Builtin
    assert found["with"] is Keyword.Reserved
    assert found['"s"'] is String
    assert found["5"] is Number
    assert found["range"] is Name.Variable


@pytest.mark.parametrize(
    "text", ["", "y = 2..3", "½x² ≤ √π; f'(x)", "(" * 500, "“a” \u202e\x00", "a ;; b", "\n\n", "# only", '"open']
)
def test_every_text_is_kept_and_no_error_shown(text):
    tokens = list(PlotlangLexer(stripnl=False, ensurenl=False).get_tokens(text))
    assert "".join(value for _, value in tokens) == text
    assert all(kind is not Error for kind, _ in tokens)


def test_the_lexer_knows_every_word_of_the_language():
    from plotlang import lexer
    from plotlang.numerics.vocabulary import vocabulary
    from plotlang.statements import commands
    from plotlang.statements.fragments import STYLE_WORDS

    assert set(commands()) <= set(lexer.COMMANDS)
    assert {*vocabulary().arity, *vocabulary().spellings} <= set(lexer.FUNCTIONS)
    assert set(STYLE_WORDS) - {"label"} <= set(lexer.STYLES)


def test_constants_behind_a_number_and_style_words_have_their_colours():
    from pygments.token import Name

    from plotlang.lexer import PlotlangLexer

    lines = "range -2pi 2pi\ny = 2sin(x) with red dashed\n"
    found = {text: kind for kind, text in PlotlangLexer().get_tokens(lines)}
    assert found["pi"] is Name.Constant
    assert found["sin"] is Name.Builtin
    assert found["dashed"] is Name.Attribute
