"""Sequences: sequence u(0) = 1, u(n) = 0.5u(n-1) + 3 for n in 0..20."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

import pyparsing as pp

from plotlang.language.diagnostics import LanguageError
from plotlang.language.mathtext import math_name, math_text
from plotlang.language.printer import print_expr
from plotlang.language.syntax import (
    Binary,
    Call,
    Expr,
    Interval,
    ListOf,
    Name,
    Negate,
    Number,
    Paren,
    Recurrence,
    Run,
    Word,
    rebuilt,
)
from plotlang.model.figure import Mark
from plotlang.model.session import Definition
from plotlang.statements.curves import Formula
from plotlang.statements.define import check_free_name
from plotlang.statements.fragments import FORMULA, INTERVAL, NAME, WITH, read_style, word
from plotlang.statements.kind import Declared, Kind, Result, Statement
from plotlang.statements.values import lowering_of, shown

if TYPE_CHECKING:
    from plotlang.language.reading import Reading
    from plotlang.model.budget import Budget
    from plotlang.model.session import Session

MOST_SHOWN = 30
MOST_BACK = 10


class Terms(Formula):
    """A sequence: defined, drawn as dots, and its terms printed."""

    __slots__ = ()

    def report(self, session: Session, budget: Budget) -> tuple[Result, ...]:
        """The terms that are drawn."""
        if self.definition is None or self.mark is None:
            return ()
        values = lowering_of(session, budget).lower(self.mark.exprs[1])
        numbers = (
            tuple(each.value for each in values.items if isinstance(each, Number)) if isinstance(values, ListOf) else ()
        )
        texts = [shown(each) for each in numbers]
        if len(texts) > MOST_SHOWN:
            texts = [*texts[: MOST_SHOWN - 1], "…", texts[-1]]
        name = self.definition.name
        return (Result(f"{name}: {', '.join(texts)}", name=name, numbers=numbers),)


class SequenceCommand(Kind):
    """sequence."""

    words = ("sequence",)
    usage = (
        "sequence u(0) = 1, u(n) = 0.5u(n-1) + 3 for n in 0..20",
        "sequence F(1) = 1, F(2) = 1, F(n) = F(n-1) + F(n-2) for n in 1..12",
        "sequence u(n) = 1/n for n in 1..20",
        "sequence u(0) = 1, u(n+1) = 2u(n)",
    )
    summary = "Defines a sequence by its first terms and a rule, draws its terms as dots, and prints them."
    examples = (
        "sequence u(0) = 1, u(n) = 0.5u(n-1) + 3 for n in 0..10",
        "sequence F(1) = 1, F(2) = 1, F(n) = F(n-1) + F(n-2) for n in 1..12\nF(12)/F(11)",
    )

    def grammar(self) -> pp.ParserElement:
        """Equations, and the range of the numbers."""
        one = pp.Group(FORMULA("left") + pp.Suppress("=") + FORMULA("right"))
        numbers = pp.Suppress(pp.Keyword("for")) + NAME("variable") + pp.Suppress(pp.Keyword("in")) + INTERVAL("source")
        return word("sequence") + pp.Group(pp.DelimitedList(one))("equations") + pp.Optional(numbers) + WITH

    def declares(self, parts: Any) -> tuple[Declared, ...]:
        """The sequence, as a function of one value."""
        found = _head(_parted(list(parts["equations"]))[1].left)
        if found is None:
            return ()
        name, inside = found
        letter = (_counter(inside) or ("n", 0))[0]
        return (Declared(name.text, "function", 1, signature=f"{name.text}({letter})"),)

    def build(self, parts: Any, reading: Reading) -> Statement:
        """The definition and its dots."""
        firsts, rule = _parted(list(parts["equations"]))
        name, letter, shift = self.head(rule.left, reading)
        starts = self.starts(firsts, name, reading)
        step, depth = _steps(reading.read(rule.right, bound=(letter,)), name, letter, shift)
        if len(starts) < depth:
            raise LanguageError(
                f"this rule needs {depth} first term{'s' if depth > 1 else ''}", rule.right.span,
                suggestion=f"sequence {', '.join(f'{name}({i}) = 1' for i in range(depth))}, …",
            )  # fmt: skip
        numbers = self.numbers(parts, letter, reading, min(starts, default=None))
        start = min(starts) if starts else _whole(numbers.low)
        if start is None:
            raise LanguageError("the first number of a term is a whole number", numbers.low.span)
        previous = tuple(_previous(name, letter, back) for back in range(1, max(depth, len(starts)) + 1))
        first = tuple(starts[each] for each in sorted(starts))
        rule_of = partial(Recurrence, variable=letter, previous=previous, start=start, first=first, step=step)
        said = [f"{name}({each}) = {print_expr(starts[each])}" for each in sorted(starts)]
        text = ", ".join([*said, f"{name}({letter}) = {print_expr(step)}"])
        places = ListOf((numbers,))
        mark = Mark(
            "sequence", name, (places, rule_of(places)), variable=letter, name=name, reading=text,
            formula=rf"{math_name(name)}\left({math_name(letter)}\right) = {math_text(step)}",
            style=read_style(parts.get("style", ())),
        )  # fmt: skip
        definition = Definition(name, "function", rule_of(Name(letter)), (letter,), reading=print_expr(step))
        return Terms(definition, mark, reading=text)

    def head(self, left: Expr, reading: Reading) -> tuple[str, str, int]:
        """The name of the sequence, the letter that counts its terms, and how far ahead its rule is written."""
        name, inside = _head(left) or (None, None)
        counted = None if inside is None else _counter(inside)
        if name is None or counted is None:
            hint = "u(0) = 1, u(n) = 0.5u(n-1) + 3"
            raise LanguageError("a sequence needs a rule for its terms", left.span, suggestion=hint)
        check_free_name(name, reading.names)
        letter, shift = counted
        if reading.names.role(letter) in ("coordinate", "constant", "function"):
            message = f"{letter} can't count the terms"
            raise LanguageError(message, left.span, suggestion=f"{name.text}(n) = …")
        return name.text, letter, shift

    def starts(self, equations: list[Any], name: str, reading: Reading) -> dict[int, Expr]:
        """The first terms by their numbers, which follow each other."""
        found: dict[int, Expr] = {}
        for each in equations:
            head = _head(each.left)
            number = None if head is None else _whole(head[1])
            if head is None or number is None or head[0].text != name:
                raise LanguageError("this is no first term", each.left.span, suggestion=f"{name}(0) = 1")
            found[number] = reading.read(each.right)
        if found and sorted(found) != list(range(min(found), min(found) + len(found))):
            raise LanguageError("the first terms follow each other", suggestion=f"{name}(0) = 1, {name}(1) = 1, …")
        return found

    def numbers(self, parts: Any, letter: str, reading: Reading, first: int | None) -> Interval:
        """The numbers of the terms to draw."""
        if "source" not in parts:
            start = 0 if first is None else first
            return Interval(Number(float(start)), Number(float(start + 20)))
        if parts["variable"].text != letter:
            raise LanguageError(f"the terms are counted by {letter}", parts["variable"].span, replacement=letter)
        source = reading.read(parts["source"])
        if not isinstance(source, Interval):
            raise LanguageError(
                "a sequence needs a range of numbers", parts["source"].span, suggestion="for n in 0..20"
            )
        return source


def _head(left: Expr) -> tuple[Word, Expr] | None:
    """The name and what stands in the brackets of ``u(0)`` or ``u(n)``."""
    match left:
        case Run(factors=(Word(primes=0) as name, Paren(items=(inside,), variable=None))):
            return name, inside
    return None


def _whole(expr: Expr) -> int | None:
    match expr:
        case Number(value=value) if value == int(value):
            return int(value)
        case Negate(operand=Number(value=value)) if value == int(value):
            return -int(value)
    return None


def _previous(name: str, letter: str, back: int) -> str:
    """What an earlier term is called inside the rule."""
    return f"{name}({letter}-{back})"


def _parted(equations: list[Any]) -> tuple[list[Any], Any]:
    """The first terms, and the rule: the equation whose left side has a letter in its brackets."""
    for place, each in enumerate(equations):
        head = _head(each.left)
        if head is not None and _counter(head[1]) is not None:
            return [*equations[:place], *equations[place + 1 :]], each
    return equations[:-1], equations[-1]


def _counter(inside: Expr) -> tuple[str, int] | None:
    """The letter of ``n`` or ``n+1`` as typed, and how far it is ahead."""
    match inside:
        case Word(text=text, primes=0):
            return text, 0
        case Binary(operator="+", left=Word(text=text, primes=0), right=Number(value=ahead)) if ahead == int(ahead):
            return text, int(ahead)
    return None


def _steps(rule: Expr, name: str, letter: str, shift: int) -> tuple[Expr, int]:
    """The rule with earlier terms as names, and how far back it reaches.

    A rule for the term n + `shift` is read as one for the term n.
    """
    deepest = 0

    def change(node: Expr) -> Expr | None:
        nonlocal deepest
        if shift and isinstance(node, Name) and node.id == letter:
            return Binary("-", node, Number(float(shift)), span=node.span)
        if not (isinstance(node, Call) and node.function == name):
            return None
        ahead = _ahead(node.arguments[0], letter) if len(node.arguments) == 1 else None
        if ahead is not None and 1 <= shift - ahead <= MOST_BACK:
            deepest = max(deepest, shift - ahead)
            return Name(_previous(name, letter, shift - ahead), span=node.span)
        raise LanguageError(
            "a rule is made of earlier terms", node.span, suggestion=f"for example: {name}({letter} - 1)"
        )

    return rebuilt(rule, change), deepest


def _ahead(expr: Expr, letter: str) -> int | None:
    """How far ``n``, ``n + 1`` or ``n - 1`` is ahead of n; None for anything else."""
    match expr:
        case Name(id=counted) if counted == letter:
            return 0
        case Binary(operator="+" | "-" as sign, left=Name(id=counted), right=Number(value=by)):
            if counted == letter and by == int(by):
                return int(by) if sign == "+" else -int(by)
    return None


SEQUENCE_KINDS: tuple[Kind, ...] = (SequenceCommand(),)
