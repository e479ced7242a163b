"""Operands: numbers, words, and everything in brackets."""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import replace

from plotlang.language.cursor import Cursor
from plotlang.language.diagnostics import LanguageError
from plotlang.language.source import CLOSING, FRACTIONS, OPENING, RESERVED, Token
from plotlang.language.syntax import (
    Binary,
    Binder,
    Call,
    Compare,
    Expr,
    Interval,
    ListOf,
    Logic,
    Not,
    Number,
    Paren,
    Piecewise,
    Restriction,
    Span,
    Text,
    Word,
)


class Operands(Cursor, ABC):
    """Reads operands; what stands inside brackets is an expression again."""

    @abstractmethod
    def expression(self, *, equals: bool = False) -> Expr:
        """An expression; `equals` allows ``=`` as a comparison."""

    @abstractmethod
    def disjunction(self, equals: bool) -> Expr:
        """Conditions joined by or, and everything tighter."""

    @abstractmethod
    def binary(self, least: int) -> Expr:
        """Sums and products whose operators bind at least as tightly as `least`."""

    def operand(self) -> Expr:  # noqa: C901 - one case per token
        token = self.token
        if self.ends_here(token):
            raise self.missing(token)
        match token.kind, token.text:
            case "number", text:
                self.take()
                return self.mixed(Number(float(text), text, span=token.span))
            case "string", text:
                self.take()
                return Text(text, span=token.span)
            case "word", _ if not self.is_reserved() or self.calls_mod():
                return self.word()
            case "operator", "(":
                return self.round_brackets()
            case "operator", "[":
                return self.square_brackets()
            case "operator", "{":
                return self.braces()
            case "operator", "|":
                return self.absolute()
            case "operator", text if text in FRACTIONS:
                self.take()
                above, below = FRACTIONS[text]
                one, other = Number(float(above), str(above)), Number(float(below), str(below))
                return Binary("/", one, other, span=token.span)
        raise self.missing(token)

    def mixed(self, whole: Number) -> Expr:
        """The number, with the fraction character that may stand directly behind it: 2½ is 5/2."""
        token = self.token
        if token.text not in FRACTIONS or token.spaced:
            return whole
        self.take()
        above, below = FRACTIONS[token.text]
        top = Number(whole.value * below + above)
        return Binary("/", top, Number(float(below), str(below)), span=whole.span.to(token.span))

    def word(self) -> Word:
        token = self.take()
        primes, end = 0, token.span
        while self.line[self.place].text in ("'", "''") and self.line[self.place].kind == "operator":
            tick = self.take()
            primes, end = primes + len(tick.text), tick.span
        return Word(token.text, primes, span=token.span.to(end))

    def missing(self, token: Token) -> LanguageError:  # noqa: C901 - one case per situation
        """What to say where a value should stand."""
        before = self.line[self.place - 1] if self.place else None
        if token.kind == "operator" and token.text in CLOSING:
            if self.depth == 0:
                return LanguageError(
                    "a closing bracket has no partner", token.span, suggestion="delete it or add an opening one"
                )
            if before is not None and before.text in OPENING:
                return LanguageError("there is nothing inside these brackets", before.span.to(token.span))
        if before is not None and before.text in OPENING and token.kind in ("end", "newline"):
            return LanguageError(
                "an opening bracket is never closed", before.span, suggestion=f"add {OPENING[before.text]} behind it"
            )
        if before is None and token.text in ("=", "~"):
            return LanguageError(
                f"the left side of {token.text} is missing", token.span, suggestion="for example: y = x^2"
            )
        if before is not None and before.kind in ("operator", "word") and before.text not in OPENING:
            if before.text in ("'", "''"):
                return LanguageError("something is missing here", token.span)
            hint = "write a number or a formula behind it"
            return LanguageError(f"something is missing after {before.text}", before.span, suggestion=hint)
        if token.kind in ("end", "newline"):
            return LanguageError("a formula is missing here", token.span)
        if token.text in ("*", "/", "^", "//"):
            return LanguageError(f"something is missing before {token.text}", token.span)
        if token.kind == "word":
            return LanguageError(f"the word {token.text} does not fit here", token.span)
        return LanguageError(f"{token.text} does not fit here", token.span)

    def round_brackets(self) -> Expr:
        opened = self.take()
        self.depth += 1
        if self.at(")"):
            closed = self.take()
            self.depth -= 1
            return Paren((), span=opened.span.to(closed.span))
        items = [self.expression(equals=True)]
        variable = source = condition = None
        arrow = False
        if self.at("for"):
            variable, source, condition, arrow = self.comprehension()
        while self.at(","):
            self.take()
            items.append(self.expression(equals=True))
        closed = self.expect(")", opened)
        self.depth -= 1
        return Paren(tuple(items), variable, source, condition, arrow, span=opened.span.to(closed.span))

    def comprehension(self) -> tuple[str, Expr, Expr | None, bool]:
        """``for k in a..b if condition``, or ``for x -> 0``."""
        self.take()
        name = self.take()
        if name.kind != "word" or name.text in RESERVED:
            raise LanguageError("after for comes a letter", name.span, suggestion="for k in 1..10")
        if self.at("->"):
            self.take()
            return name.text, self.binary(1), None, True
        if not self.at("in"):
            raise LanguageError(
                f"after for {name.text} comes in", self.token.span, suggestion=f"for {name.text} in 1..10"
            )
        self.take()
        source = self.interval()
        condition = None
        if self.at("if"):
            self.take()
            condition = self.disjunction(True)
        return name.text, source, condition, False

    def interval(self) -> Expr:
        """``a..b``, ``a..b step s``, ``[a, b]`` as a list, or any expression."""
        low = self.binary(1)
        if not self.at(".."):
            return low
        self.take()
        high = self.binary(1)
        step = None
        if self.at("step") and not self.tight:
            self.take()
            step = self.binary(1)
        return Interval(low, high, step, span=low.span.to((step or high).span))

    def square_brackets(self) -> Expr:
        """A list: its entries, a range of numbers, or a formula for every value of a letter."""
        opened = self.take()
        self.depth += 1
        items = [] if self.at("]") else [self.expression(equals=True)]
        value: Expr | None = None
        if self.at("for"):
            variable, source, condition, _ = self.comprehension()
            value = Binder("list", items[0], variable, source, condition)
        while self.at(","):
            self.take()
            items.append(self.expression(equals=True))
        if self.at("..") and 1 <= len(items) <= 2:
            value = self.range_of(items)
        closed = self.expect("]", opened)
        self.depth -= 1
        span = opened.span.to(closed.span)
        if isinstance(value, Binder):
            return replace(value, span=span)
        return ListOf(tuple(items) if value is None else (value,), span=span)

    def range_of(self, items: list[Expr]) -> Interval:
        """``.. high step s`` behind the first entry, or the first two."""
        self.take()
        high, step = self.binary(1), None
        if self.at("step"):
            self.take()
            step = self.binary(1)
        return Interval(items[0], high, step, items[1] if len(items) == 2 else None)

    def braces(self) -> Expr:
        """Rows ``condition: value``, or conditions alone: a restriction."""
        opened = self.take()
        self.depth += 1
        rows: list[tuple[Expr | None, Expr]] = []
        alone: list[Expr] = []
        while True:
            self.row(rows, alone)
            if not self.at(","):
                break
            self.take()
        span = opened.span.to(self.expect("}", opened).span)
        self.depth -= 1
        if rows:
            return _piecewise(rows, alone, span)
        for each in alone:
            check_condition(each)
        return Restriction(alone[0] if len(alone) == 1 else Logic("and", tuple(alone), span=span), span=span)

    def row(self, rows: list[tuple[Expr | None, Expr]], conditions: list[Expr]) -> None:
        if self.at("else"):
            self.take()
            if self.at(":"):
                self.take()
            rows.append((None, self.expression(equals=True)))
            return
        first = self.expression(equals=True)
        if self.at(":"):
            self.take()
            rows.append((first, self.expression(equals=True)))
        else:
            conditions.append(first)

    def absolute(self) -> Expr:
        opened = self.take()
        self.bars.append(self.depth)
        inside = self.expression()
        if not self.at("|"):
            raise LanguageError("an opening bar | is never closed", opened.span, suggestion="add | behind it")
        closed = self.take()
        self.bars.pop()
        return Call("abs", (inside,), span=opened.span.to(closed.span))


def _piecewise(rows: list[tuple[Expr | None, Expr]], alone: list[Expr], span: Span) -> Piecewise:
    """The rows of curly brackets, checked; a value alone at the end holds everywhere else."""
    if len(alone) > 1:
        raise LanguageError("this row has no condition", alone[0].span, suggestion="write condition: value")
    for place, (condition, value) in enumerate(rows):
        if condition is not None:
            check_condition(condition)
        elif place < len(rows) - 1:
            raise LanguageError("else comes last", value.span, suggestion="write it as the last row")
    return Piecewise((*rows, *((None, value) for value in alone)), span=span)


def check_condition(expr: Expr) -> None:
    """Raise `LanguageError` unless an expression as typed is true or false rather than a number."""
    match expr:
        case Compare() | Logic() | Not():
            return None
        case Paren(items=(inside,)):
            return check_condition(inside)
    hint = "write round brackets for a group; curly ones hold a condition such as {x > 0}"
    raise LanguageError("this is no condition", expr.span, suggestion=hint)
