"""Plain geometry: points, segment, line, vector, polygon, circle, text."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pyparsing as pp

from plotlang.language.diagnostics import LanguageError
from plotlang.language.mathtext import math_text
from plotlang.language.printer import print_expr
from plotlang.language.reading import coordinates_of
from plotlang.language.syntax import Expr, ListOf, Number, Paren, Point, Word
from plotlang.model.figure import Mark
from plotlang.statements.curves import Formula
from plotlang.statements.formula import kind_of_value
from plotlang.statements.fragments import ARGUMENT, STRING, WITH, read_style, word
from plotlang.statements.kind import Kind, Statement

if TYPE_CHECKING:
    from plotlang.language.reading import Reading

_BETWEEN = pp.Suppress(pp.Optional(word("center", "centre", "radius", "through", "from", "to", "and", "of")))
_ARGUMENTS = pp.Group(pp.OneOrMore(_BETWEEN + ARGUMENT + pp.Suppress(pp.Optional(","))))("arguments")


def read_arguments(raw: list[Expr], reading: Reading) -> tuple[Expr, ...]:
    """The arguments of a geometry command; those of one pair of brackets count as they stand inside."""
    if len(raw) == 1 and _is_point(raw[0]) and kind_of_value(raw[0].items[0], reading.names) in ("point", "list"):  # type: ignore[union-attr]
        raw = list(raw[0].items)  # type: ignore[union-attr]
    raw = [part for each in raw for part in _letters(each, reading)]
    found = tuple(reading.read(each) for each in raw)
    for each in found:
        used = coordinates_of(each)
        if used:
            raise LanguageError(f"{min(used)} has no value here", each.span, why="a point is made of numbers")
    return found


def _is_point(raw: Expr) -> bool:
    return isinstance(raw, Paren) and len(raw.items) > 1


class PointsCommand(Kind):
    """points."""

    words = ("points",)
    usage = ("points (X, Y)", "points X Y", "points L", 'points (X, Y) with red cross label "data"')
    summary = "Draws a dot for every pair of two lists, or for every point of a list."
    examples = ("X = [1, 2, 3, 4]\nY = [2, 3, 5, 4]\npoints (X, Y)", "L = [(0, 0), (1, 2)]\npoints L with square")

    def grammar(self) -> pp.ParserElement:
        """Two lists, or one list of points."""
        return word("points") + _ARGUMENTS + WITH

    def build(self, parts: Any, reading: Reading) -> Statement:
        """The mark."""
        raw = list(parts["arguments"])
        values = tuple(reading.read(each) for each in raw)
        if len(values) > 1 and all(_is_point(each) for each in raw):
            value: Expr = ListOf(values)
        elif len(values) > 2:
            raise LanguageError("points needs two lists", raw[2].span, suggestion="points (X, Y)")
        else:
            value = values[0] if len(values) == 1 else Point(values)
        text = print_expr(value)
        style = read_style(parts.get("style", ()))
        mark = Mark("points", f"points {text}", (value,), reading=text, formula=math_text(value), style=style)
        return Formula(None, mark, reading=f"points {text}")


def _letters(raw: Expr, reading: Reading) -> list[Expr]:
    """The points of ``ABC``, written side by side; anything else as it is."""
    shapes = reading.names.shapes
    unknown = isinstance(raw, Word) and reading.names.role(raw.text) is None and not raw.primes
    if isinstance(raw, Word) and unknown and all(shapes.get(letter) == "point" for letter in raw.text):
        return [Word(letter, span=raw.span) for letter in raw.text]
    return [raw]


class Shape(Kind):
    """segment, line, vector, polygon, circle."""

    words = ("segment", "line", "vector", "polygon", "circle")
    usage = ("segment A B", "line A B", "vector A B", "vector (2, 1)", "polygon A B C", "circle A 2", "circle A B")
    summary = "Draws straight lines, areas and circles through points; circle takes a radius or a point on it."
    examples = (
        "A = (1, 1)\nB = (4, 2)\nsegment A B",
        "A = (0, 0)\nline A (1, 2)",
        "vector (0, 0) (2, 1) with red",
        "polygon (0, 0) (3, 0) (3, 4)",
        "circle (1, 0) 2",
    )

    def grammar(self) -> pp.ParserElement:
        """The word and its points."""
        return word(*self.words)("word") + _ARGUMENTS + WITH

    def build(self, parts: Any, reading: Reading) -> Statement:
        """The mark."""
        kind = parts["word"]
        values = read_arguments(list(parts["arguments"]), reading)
        if kind == "vector" and len(values) == 1:
            values = (Point((Number(0.0), Number(0.0))), *values)
        if kind == "circle" and len(values) != 2:
            raise LanguageError("a circle needs its centre and its radius", suggestion="circle (0, 0) 2")
        text = " ".join(print_expr(each) for each in values)
        names = r"\ ".join(math_text(each) for each in values)
        mark = Mark(
            kind, f"{kind} {text}", values, reading=f"{kind} {text}", formula=rf"\mathrm{{{kind}}}\ {names}",
            style=read_style(parts.get("style", ())),
        )  # fmt: skip
        return Formula(None, mark, reading=f"{kind} {text}")


class TextCommand(Kind):
    """text."""

    words = ("text",)
    usage = ('text (1, 2) "here"', 'text A "start" with red')
    summary = "Writes words at a point."
    examples = ('y = x^2\ntext (0, 1) "vertex below"',)

    def grammar(self) -> pp.ParserElement:
        """A point and the words, in either order."""
        words = STRING("words")
        place = pp.Suppress(pp.Optional(pp.Keyword("at"))) + ARGUMENT("place")
        return word("text") + (words + place | place + pp.Suppress(pp.Optional(",")) + words) + WITH

    def build(self, parts: Any, reading: Reading) -> Statement:
        """The mark."""
        (place,) = read_arguments([Paren((parts["place"],))], reading)
        words = parts["words"].value
        key = f'text {print_expr(place)} "{words}"'
        style = read_style(parts.get("style", ()))
        return Formula(None, Mark("text", key, (place,), reading=key, detail=words, style=style), reading=key)


GEOMETRY_KINDS: tuple[Kind, ...] = (PointsCommand(), Shape(), TextCommand())
