"""Pieces of grammar that several kinds of statements share."""

from __future__ import annotations

from typing import Any

import pyparsing as pp

from plotlang.language.diagnostics import LanguageError, nearest
from plotlang.language.grammar import Expression
from plotlang.language.source import canonical_word
from plotlang.language.syntax import Expr, Interval, ListOf, Span, Text, Word
from plotlang.model.figure import Style
from plotlang.model.palette import COLORS

FORMULA = Expression()
ARGUMENT = Expression(tight=True)
INTERVAL = Expression(interval=True)
TIGHT_INTERVAL = Expression(tight=True, interval=True)


def word(*texts: str) -> pp.ParserElement:
    """One of these words, standing alone."""
    return pp.MatchFirst([pp.Keyword(each) for each in texts])


def _name(string: str, location: int, parts: pp.ParseResults) -> Word:
    del string
    return Word(canonical_word(parts[0]), span=Span(location, location + len(parts[0])))


def _string(string: str, location: int, parts: pp.ParseResults) -> Text:
    del string
    return Text(parts[0][1:-1], span=Span(location, location + len(parts[0])))


NAME = pp.Regex(r"[^\W\d][\w₀-₉]*").set_parse_action(_name).set_name("a name")
STRING = pp.Regex(r'"[^"\n]*"|“[^”"\n]*[”"]').set_parse_action(_string).set_name("a text in quotes")
COUNT = pp.Regex(r"\d+").set_parse_action(lambda parts: int(parts[0])).set_name("a whole number")
NUMBER = pp.Regex(r"\d+(\.\d+)?|\.\d+").set_parse_action(lambda parts: float(parts[0])).set_name("a number")
WHICH = (pp.Regex(r"\d+(?![\w.])").set_parse_action(lambda parts: int(parts[0])) | NAME | STRING).set_name(
    "a name, a label or a number of the legend"
)
NOTHING = pp.Empty()

_LINES = ("solid", "dashed", "dotted", "dashdot")
_MARKERS = ("circle", "square", "cross")
_FILLS = {"filled": True, "open": False}
STYLE_WORDS = (*COLORS, *_LINES, "thin", "thick", "width", *_MARKERS, *_FILLS, "faint", "label", "nolabel", "color")

_STYLE_PIECE = STRING | pp.Regex(r"#[0-9a-fA-F]{6}\b|#[0-9a-fA-F]{3}\b") | NAME | NUMBER
STYLE = pp.Group(pp.OneOrMore(_STYLE_PIECE))("style")
WITH = pp.Optional(pp.Suppress(pp.Keyword("with")) + STYLE)


def read_style(pieces: Any) -> Style:
    """A style from its words; raises `LanguageError` at a word that is none."""
    chosen: dict[str, Any] = {}
    waiting = list(pieces)
    while waiting:
        piece = waiting.pop(0)
        if isinstance(piece, Text):
            chosen["label"] = piece.value
        elif isinstance(piece, str):
            chosen["color"] = _hex(piece)
        elif isinstance(piece, Word):
            _style_word(piece, waiting, chosen)
        else:
            raise LanguageError("a style is made of words", suggestion="for example: with red dashed width 3")
    return Style(**chosen)


def _style_word(piece: Word, waiting: list[Any], chosen: dict[str, Any]) -> None:
    text = piece.text.lower()
    if text in COLORS:
        chosen["color"] = COLORS[text]
    elif text in _LINES:
        chosen["line"] = text
    elif text in _MARKERS:
        chosen["marker"] = text
    elif text in _FILLS:
        chosen["filled"] = _FILLS[text]
    elif text in ("thin", "thick"):
        chosen["width"] = 1.0 if text == "thin" else 3.5
    elif text in ("faint", "nolabel"):
        chosen[text] = True
    elif text in ("width", "label", "color"):
        chosen[text] = _style_value(piece, waiting)
    else:
        meant = nearest(piece.text, STYLE_WORDS)
        only = meant[0] if len(meant) == 1 else None
        hint = f"did you mean {' or '.join(meant)}?" if meant else "colours and words such as dashed, thick, faint"
        raise LanguageError(f"{piece.text} is no style", piece.span, why=hint, replacement=only)


def _style_value(piece: Word, waiting: list[Any]) -> Any:
    value = waiting.pop(0) if waiting else None
    match piece.text, value:
        case "width", float():
            return min(20.0, value)
        case "label", Text(value=text):
            return text
        case "color", Text(value=text):
            return _hex(text)
        case "color", Word(text=text) if text in COLORS:
            return COLORS[text]
        case "color", str():
            return _hex(value)
    form = {"width": "width 3", "label": 'label "height"', "color": 'color "#0a7"'}[piece.text]
    raise LanguageError(f"{piece.text} needs a value", piece.span, suggestion=f"for example: with {form}")


def _hex(text: str) -> str:
    digits = text.removeprefix("#").lower()
    if text.lower() in COLORS:
        return COLORS[text.lower()]
    if len(digits) in (3, 6) and all(each in "0123456789abcdef" for each in digits):
        return "#" + ("".join(each * 2 for each in digits) if len(digits) == 3 else digits)
    raise LanguageError(f'"{text}" is no colour', suggestion='write a colour word or "#0a7"')


def both_ends(value: Expr) -> tuple[Expr, Expr] | None:
    """Low and high end of ``a..b`` or ``[a, b]``."""
    match value:
        case Interval(low=low, high=high) | ListOf(items=(Interval(low=low, high=high),)):
            return low, high
        case ListOf(items=(low, high)):
            return low, high
    return None
