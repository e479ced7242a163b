"""Factors of a run: words split into names, powers and suffixes put aside, so that each is one of a few kinds."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TypeAlias

from plotlang.language.diagnostics import FollowUp, LanguageError
from plotlang.language.printer import print_expr
from plotlang.language.scope import BINDERS, Names
from plotlang.language.syntax import (
    Binary,
    Binder,
    Call,
    Expr,
    Index,
    ListOf,
    Member,
    Name,
    Negate,
    Number,
    Paren,
    Piecewise,
    Restriction,
    Run,
    Span,
    Suffix,
    Word,
)
from plotlang.language.words import Piece, is_letter, pieces, unknown

MOST_NEW_LETTERS = 4
Wrap: TypeAlias = Callable[[Expr], Expr]


def same(value: Expr) -> Expr:
    """Nothing around a value."""
    return value


@dataclass(frozen=True, slots=True)
class Atom:
    """A factor of a run once its words are known.

    `kind` is value, function, paren, brace or list; `wrap` puts back the powers and suffixes that stood behind it.
    """

    kind: str
    expr: Expr
    span: Span
    wrap: Wrap = same
    name: str = ""
    primes: int = 0
    power: Expr | None = None
    glued: bool = False
    letter: bool = False


class Factors(ABC):
    """Takes the factors of one statement apart; collects its notes and new letters on the way."""

    def __init__(self, names: Names, text: str) -> None:
        self.names, self.text = names, text
        self.notes: dict[str, None] = {}
        self.new: dict[str, Span] = {}
        self.called = False
        self.defining = ""

    @abstractmethod
    def expr(self, raw: Expr) -> Expr:
        """The expression that is meant by any syntax."""

    @abstractmethod
    def values(self, atoms: list[Atom]) -> list[Expr]:
        """The factors of a product, functions applied to what follows them."""

    @abstractmethod
    def looks_called(self, name: str, behind: Paren) -> bool:
        """Whether brackets behind a new letter look like the values of a function."""

    @abstractmethod
    def no_function(self, name: str, span: Span) -> LanguageError:
        """What to say about a letter that looks like a function and is none."""

    def note(self, text: str) -> None:
        """Say something about how the line was understood, once."""
        self.notes.setdefault(text)

    def slice(self, span: Span) -> str:
        """The text as it was typed."""
        return " ".join(self.text[span.start : span.end].split())

    def whole_line(self) -> str:
        """The line as it was typed, without its comment."""
        return self.slice(Span(0, len(self.text.split("#")[0])))

    def atoms(self, factors: tuple[Expr, ...]) -> list[Atom]:
        found: list[Atom] = []
        for place, factor in enumerate(factors):
            self.called = place + 1 < len(factors) and _begins_bracket(factors[place + 1])
            found.extend(self.atom(factor, same))
        return found

    def atom(self, raw: Expr, wrap: Wrap) -> list[Atom]:  # noqa: C901, PLR0912 - one row per node
        """A factor as atoms; what stands behind its head is wrapped around the last of them."""
        match raw:
            case Word():
                return self.word(raw, wrap)
            case Paren():
                return [Atom("paren", raw, raw.span, wrap)]
            case Binary(operator="^", left=left, right=right):
                return self.power(raw, left, right, wrap)
            case Suffix(operator=operator, operand=operand):
                return self.atom(operand, lambda e: wrap(Suffix(operator, e, span=raw.span)))
            case Index(operand=operand, index=index):
                return self.index(raw, operand, index, wrap)
            case Member(operand=operand, name=name):
                if isinstance(operand, Word) and self.names.role(operand.text) in ("table", "value", None):
                    table = Name(operand.text, span=operand.span)
                    if self.names.role(operand.text) is None:
                        raise unknown(operand.text, self.names, operand.span)
                    return [Atom("value", wrap(Member(table, name, span=raw.span)), raw.span, letter=True)]
                return self.atom(operand, lambda e: wrap(Member(e, name, span=raw.span)))
            case Restriction() | Piecewise():
                return [Atom("brace", wrap(self.expr(raw)), raw.span)]
            case ListOf() | Binder():
                return [Atom("list", wrap(self.expr(raw)), raw.span)]
            case Number() | Binary(operator="/", left=Number(), right=Number()):
                return [Atom("number", wrap(raw), raw.span)]
            case Call(function="abs"):
                return [Atom("bars", wrap(self.expr(raw)), raw.span)]
            case _:
                return [Atom("value", wrap(self.expr(raw)), raw.span)]

    def index(self, raw: Expr, operand: Expr, index: Expr, wrap: Wrap) -> list[Atom]:
        where = self.expr(index)
        if isinstance(operand, Word) and self.names.role(operand.text) in ("coordinate", "bound"):
            name = Name(operand.text, span=operand.span)
            return [
                Atom("value", name, operand.span, letter=True),
                Atom("list", wrap(ListOf((where,), span=index.span)), index.span),
            ]
        return self.atom(operand, lambda e: wrap(Index(e, where, span=raw.span)))

    def power(self, raw: Expr, base: Expr, exponent: Expr, wrap: Wrap) -> list[Atom]:
        """A factor with a power; the power of a function belongs to its value."""
        head = base
        if isinstance(head, Word) and self.ends_in_function(head):
            *before, last = self.word(head, same)
            above = self.expr(exponent)
            return [*before, replace(last, power=above, wrap=wrap, span=raw.span)]
        final = _last_factor(exponent)
        open_end = isinstance(final, Run) or (isinstance(final, Word) and self.ends_in_function(final))
        split = self.product_behind(exponent) if open_end else None
        if split is not None:
            letter, behind = split
            return [*self.power(raw, base, letter, same), *self.atom(behind, wrap)]
        dangling = self.dangling(exponent) if open_end else None
        if dangling is not None:
            function, around = dangling
            below = self.single(base)
            return [replace(function, wrap=lambda e: wrap(Binary("^", below, around(e), span=raw.span)), span=raw.span)]
        above = self.expr(exponent)
        inner = exponent.operand if isinstance(exponent, Negate) else exponent
        if isinstance(inner, Word) and len(self.split(inner)) > 1 and self.names.role(inner.text) is None:
            self.note(f"the exponent {self.slice(exponent.span)} is read as {print_expr(above, ' · ')}")
        return self.atom(base, lambda e: wrap(Binary("^", e, above, span=raw.span)))

    def product_behind(self, exponent: Expr) -> tuple[Expr, Expr] | None:
        """Of ``e^x(x+1)``, where x is no function: the exponent, and the brackets that are a factor; else None."""
        match exponent:
            case Run(factors=(Word() as letter, Paren() as behind)) if not self.ends_in_function(letter):
                self.called = False
                if (
                    self.names.role(letter.text) is None
                    and is_letter(letter.text)
                    and self.looks_called(letter.text, behind)
                ):
                    raise self.no_function(letter.text, letter.span)
                return letter, behind
            case Negate(operand=operand):
                inner = self.product_behind(operand)
                return None if inner is None else (Negate(inner[0], span=exponent.span), inner[1])
            case Binary(operator="^", left=left, right=right):
                above = self.product_behind(right)
                return None if above is None else (Binary("^", left, above[0], span=exponent.span), above[1])
        return None

    def dangling(self, exponent: Expr) -> tuple[Atom, Wrap] | None:
        """A function at the end of an exponent, whose value stands behind it, and what is around it; else None."""
        match exponent:
            case Word() if self.ends_in_function(exponent):
                atoms = self.word(exponent, same)
                return (atoms[0], same) if len(atoms) == 1 else None
            case Negate(operand=operand):
                inner = self.dangling(operand)
                return None if inner is None else (inner[0], lambda e: Negate(inner[1](e), span=exponent.span))
            case Binary(operator="^", left=left, right=right):
                above = self.dangling(right)
                if above is None:
                    return None
                below = self.single(left)
                return above[0], lambda e: Binary("^", below, above[1](e), span=exponent.span)
        return None

    def single(self, raw: Expr) -> Expr:
        """One factor alone, as a value."""
        return product(self.values(self.atom(raw, same)))

    def ends_in_function(self, word: Word) -> bool:
        return self.split(word)[-1].kind == "function"

    def split(self, word: Word) -> tuple[Piece, ...]:
        names = self.names
        if word.text in BINDERS and word.text not in names.roles:
            return (Piece(word.text, "function"),)
        if word.text == "γ" and self.called and names.role("γ") is None:
            return (Piece("gamma", "function"),)
        if word.primes and names.role(word.text) is None and not is_letter(word.text):
            raise unknown(word.text, names, word.span, called=True)
        return pieces(word.text, names, word.span, called=self.called)

    def word(self, raw: Word, wrap: Wrap) -> list[Atom]:  # noqa: C901 - one row per kind of piece
        if raw.text in BINDERS and raw.text not in self.names.roles:
            return [Atom("function", raw, raw.span, wrap, raw.text, raw.primes)]
        parts = self.split(raw)
        found = []
        for place, part in enumerate(parts):
            last = place == len(parts) - 1
            around, primes = (wrap, raw.primes) if last else (same, 0)
            glued = len(parts) > 1
            if part.kind == "function":
                name = self.names.vocabulary.canonical(part.text) or part.text
                if part.text in self.names.roles:
                    name = part.text
                found.append(Atom("function", raw, raw.span, around, name, primes, glued=glued))
            elif part.kind == "number":
                found.append(Atom("number", around(Number(float(part.text), part.text, span=raw.span)), raw.span))
            elif part.kind == "new":
                found.append(self.new_letter(part, raw, around, primes))
            else:
                if primes:
                    raise LanguageError(
                        f"{part.text} is not a function, so it has no derivative",
                        raw.span,
                        suggestion="d/dx(…) differentiates a formula",
                    )
                value = Name(part.text, span=raw.span)
                found.append(Atom("value", around(value), raw.span, name=part.text, letter=True, wrap=around))
        if len(parts) > 1 and (len(raw.text) > 2 or any(each.kind == "function" for each in parts)):
            found[0] = replace(found[0], glued=True)
        return found

    def new_letter(self, part: Piece, raw: Word, wrap: Wrap, primes: int) -> Atom:
        """A letter that means nothing yet; whether it becomes a slider is decided by what follows."""
        return Atom("new", raw, raw.span, wrap, part.text, primes, letter=True)

    def introduce(self, letter: str, span: Span) -> None:
        """A new letter becomes a slider, unless the line forbids it."""
        names = self.names
        if letter in self.new:
            return
        if letter in names.broken:
            raise FollowUp(f"{letter} is not defined", span)
        other = unknown(letter, names, span)
        own = self.defining.lower() == letter.lower() != self.defining
        if own:
            pass  # A = (a, a^2) means another letter than A
        elif other.problem.message.endswith(" is") or "is not the axis" in other.problem.message:
            raise other
        if letter == "θ":
            raise LanguageError("θ has no value here", span, suggestion="polar curves: r = 1 + cos θ")
        if names.strict:
            raise LanguageError(f"{letter} is not defined", span, suggestion=f"define it first: {letter} = 1")
        if len(self.new) == MOST_NEW_LETTERS:
            raise LanguageError(
                f"more than {MOST_NEW_LETTERS} new letters in one line", span,
                suggestion=f"define some of them first: {letter} = 1",
            )  # fmt: skip
        self.new[letter] = span


def product(factors: list[Expr]) -> Expr:
    """Factors multiplied, from left to right."""
    value = factors[0]
    for each in factors[1:]:
        value = Binary("*", value, each, span=value.span.to(each.span))
    return value


def _last_factor(exponent: Expr) -> Expr:
    """What stands last in an exponent, powers of powers included."""
    while True:
        match exponent:
            case Negate(operand=behind) | Binary(operator="^", right=behind):
                exponent = behind
            case _:
                return exponent


def _begins_bracket(raw: Expr) -> bool:
    while isinstance(raw, Binary | Suffix | Index | Member):
        raw = raw.left if isinstance(raw, Binary) else raw.operand
    return isinstance(raw, Paren)
