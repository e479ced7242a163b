"""The formula line: how it is written, and which kind of statement it is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pyparsing as pp

from plotlang.language.diagnostics import LanguageError
from plotlang.language.scope import CONSTANTS, LIST_RESULTS
from plotlang.language.source import GREEK
from plotlang.language.syntax import (
    Binary,
    Binder,
    Compare,
    Expr,
    Interval,
    ListOf,
    Logic,
    Member,
    Negate,
    Not,
    Paren,
    Run,
    Text,
    Word,
    walk,
)
from plotlang.statements.fragments import FORMULA, NAME, WITH
from plotlang.statements.kind import Declared, Kind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from plotlang.language.scope import Names

_SIDE = FORMULA.copy()
_EDGE = (
    pp.Char("[(")("open")
    + pp.Group(FORMULA)("low")
    + pp.Suppress(",")
    + pp.Group(FORMULA)("high")
    + pp.Char("])")("close")
)
_LABEL = pp.Optional(NAME("label") + pp.Suppress(pp.Regex(r":(?!=)")))


def _equations() -> pp.ParserElement:
    relation = pp.Regex(r"=(?!=)|~")
    one = pp.Group(FORMULA("left") + pp.Optional(relation("relation") + FORMULA("right")))
    return pp.DelimitedList(one)


@dataclass(frozen=True, slots=True)
class Line:
    """The parts of a formula line as typed."""

    left: Expr
    relation: str = ""
    right: Expr | None = None
    further: tuple[tuple[Expr, Expr | None], ...] = ()
    label: str = ""
    let: bool = False
    domain: tuple[str, Expr, Expr, str] | None = None
    variable: Word | None = None
    source: Expr | None = None
    slider: Interval | None = None
    style: tuple[Any, ...] = ()

    def formulas(self) -> Iterator[Expr]:
        """Both sides, and those of further equations."""
        yield self.left
        if self.right is not None:
            yield self.right
        for left, right in self.further:
            yield left
            if right is not None:
                yield right


class FormulaGrammar(Kind):
    """What all formula lines have in common: the one grammar."""

    def grammar(self) -> pp.ParserElement:
        """Label, `let`, one or more equations, domain, slider range, style."""
        from plotlang.statements.fragments import INTERVAL

        domain = pp.Suppress(pp.Keyword("on")) + pp.Group(_EDGE | INTERVAL("range"))("domain")
        family = pp.Suppress(pp.Keyword("for")) + pp.Group(
            NAME("variable") + pp.Suppress(pp.Keyword("in")) + INTERVAL("source")
        )("family")
        slider = pp.Suppress(pp.Keyword("in")) + INTERVAL("slider")
        let = pp.Optional(pp.Keyword("let")("let"))
        return _LABEL + let + pp.Group(_equations())("equations") + pp.ZeroOrMore(domain | family | slider) + WITH

    def line(self, parts: pp.ParseResults) -> Line:
        """The tokens as a value."""
        equations = [(each.left, each.get("relation", ""), each.get("right")) for each in parts.equations]
        domain = None
        if "domain" in parts:
            edges = parts.domain
            if "range" in edges:
                domain = ("[", edges.range.low, edges.range.high, "]") if isinstance(edges.range, Interval) else None
                if domain is None:
                    raise LanguageError("on needs an interval", edges.range.span, suggestion="on [0, 2) or on 0..2")
            else:
                domain = (edges.open, edges.low[0], edges.high[0], edges.close)
        first = equations[0]
        family = parts.family if "family" in parts else None
        slider = parts.slider if "slider" in parts else None
        return Line(
            first[0], first[1], first[2], tuple((left, right) for left, _, right in equations[1:]),
            parts.label.text if "label" in parts else "", "let" in parts, domain,
            family.variable if family is not None else None, family.source if family is not None else None,
            slider, tuple(parts["style"]) if "style" in parts else (),
        )  # fmt: skip


def defined_function(left: Expr) -> tuple[Word, tuple[Word, ...]] | None:
    """The name and the letters of ``f(x, y)`` on the left, when that is what it is."""
    match left:
        case Run(factors=(Word() as name, Paren(items=items, variable=None) as behind)) if (
            items
            and behind.span.start == name.span.end
            and all(isinstance(each, Word) and not each.primes for each in items)
        ):
            return name, items  # type: ignore[return-value]
    return None


def words_of(expr: Expr) -> Iterator[str]:
    """All words of a formula as typed, bound letters included."""
    for node in walk(expr):
        if isinstance(node, Word):
            yield node.text


def mentions(expr: Expr | None, coordinates: str, names: Names) -> bool:
    """Whether a formula as typed uses one of these coordinates, alone or glued to other letters."""
    from plotlang.language.words import pieces

    if expr is None:
        return False
    for word in words_of(expr):
        if word in coordinates:
            return True
        if names.role(word) is None and len(word) > 1:
            try:
                found = pieces(word, names, expr.span)
            except LanguageError:
                continue
            if any(each.text in coordinates for each in found):
                return True
    return False


def is_condition(expr: Expr) -> bool:
    """Whether a formula as typed is true or false rather than a number."""
    match expr:
        case Compare() | Logic() | Not():
            return True
        case Paren(items=(inside,)):
            return is_condition(inside)
    return False


def kind_of_value(expr: Expr, names: Names) -> str:  # noqa: C901 - one row per node
    """What a formula as typed gives, as far as its form tells: number, point, list or text."""
    match expr:
        case ListOf() | Binder(kind="list"):
            return "list"
        case Text():
            return "text"
        case Paren(items=items) if len(items) > 1:
            return "point"
        case Paren(items=(inside,)) | Negate(operand=inside):
            return kind_of_value(inside, names)
        case Word(text=text):
            return names.shapes.get(text, "number")
        case Run(factors=(Word(text="midpoint"), Paren())):
            return "point"
        case Run(factors=(Word(text=text), Paren())) if text in LIST_RESULTS and names.is_builtin(text):
            return "list"
        case Member(operand=Word(text=text)) if names.role(text) == "table":
            return "list"
        case Run(factors=factors):
            return _joined(tuple(kind_of_value(each, names) for each in factors))
        case Binary(operator=operator, left=left, right=right) if operator in ("+", "-", "*", "/"):
            return _joined((kind_of_value(left, names), kind_of_value(right, names)))
    return "number"


def _joined(kinds: tuple[str, ...]) -> str:
    """What an operation gives: a list if there is one in it, else a point if there is one."""
    return next((each for each in ("list", "point") if each in kinds), "number")


PRODUCTS = ("xy", "yx")
"""Words on the left of = that are products of the coordinates, not names."""
_FLAT = "constant of x and y"
"""The shape of a function of two values that a line of this cell makes constant."""


def is_level(line: Line, names: Names) -> bool:
    """Whether the line is ``f(x, y) = 1`` for a function of two values that is there already: a level line of it."""
    found = defined_function(line.left)
    if found is None or not _is_flat(line, names):
        return False
    return names.arity.get(found[0].text) == 2 and names.shapes.get(found[0].text) != _FLAT


def _is_flat(line: Line, names: Names) -> bool:
    """Whether the line is ``f(x, y) = …`` with neither x nor y on the right."""
    found = defined_function(line.left)
    if found is None or [each.text for each in found[1]] != ["x", "y"]:
        return False
    return line.right is not None and not mentions(line.right, "xy", names)


def declared(line: Line, names: Names) -> tuple[Declared, ...]:
    """The names that a formula line will define."""
    if line.relation != "=" or line.right is None:
        return ()
    function = defined_function(line.left)
    if function is not None:
        name, letters = function
        if is_level(line, names):
            return ()
        if name.text in ("y", "x", "r") or name.text in CONSTANTS or names.is_builtin(name.text):
            return ()
        signature = f"{name.text}({', '.join(each.text for each in letters)})"
        shape = _FLAT if _is_flat(line, names) else "number"
        return (Declared(name.text, "function", len(letters), shape, signature),)
    return _declared_value(line, names)


def _declared_value(line: Line, names: Names) -> tuple[Declared, ...]:
    if line.right is None:
        return ()
    match line.left:
        case Word(text=text, primes=0):
            if text in ("x", "y", *PRODUCTS) or text in CONSTANTS or names.is_builtin(text):
                return ()
            if text == "r" and mentions(line.right, "θ", names.with_coordinates("θ")):
                return ()
            if mentions(line.right, "xy", names) and line.slider is None:
                return ()
            return (Declared(text, "value", shape=kind_of_value(line.right, names)),)
    return ()


def canonical(text: str) -> str:
    """A variable's canonical spelling."""
    return GREEK.get(text, text)


def is_curve_letter(expr: Expr, letter: str) -> bool:
    """Whether the left side is just this coordinate."""
    return isinstance(expr, Word) and expr.text == letter and not expr.primes


def is_derivative_side(expr: Expr) -> bool:
    """Whether the left side is ``y'``, ``y''`` or ``dy/dx``."""
    match expr:
        case Word(text="y", primes=primes) if primes:
            return True
        case Binary(operator="/", left=Word(text="dy"), right=Word(text="dx")):
            return True
    return False
