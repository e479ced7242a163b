"""The grammar of expressions: text to syntax by operator precedence, knowing no names.

Side-by-side factors stay together as a `Run`, words as `Word` and round brackets as `Paren`; reading decides what
they mean.  The method is precedence climbing (Richards 1979; Norvell, "Parsing expressions by recursive descent",
1999).  `Expression` makes a parser of it that fits into the pyparsing grammars of the statements.
"""

from __future__ import annotations

from typing import Any

import pyparsing as pp

from plotlang.language.cursor import unexpected
from plotlang.language.diagnostics import LanguageError
from plotlang.language.operands import Operands
from plotlang.language.source import FRACTIONS, OPENING, Token, tokens
from plotlang.language.syntax import (
    Binary,
    Binder,
    Call,
    Compare,
    Expr,
    Index,
    ListOf,
    Logic,
    Member,
    Negate,
    Not,
    Number,
    Paren,
    Piecewise,
    PlusMinus,
    Run,
    Suffix,
    Word,
)

COMPARISONS = frozenset("< <= > >= == != ≈".split())
_BEHIND = frozenset("for with on in to step at from".split())
"""Words that stand behind a formula, never in its place."""
_ROOTS = {"√": 2, "∛": 3, "∜": 4}
_INDEXED = (Word, Paren, Index, Member, ListOf, Binder)
_BINARY = {"+": 1, "-": 1, "±": 1, "*": 2, "/": 2, "//": 2, "mod": 2, "%": 2}


class Reader(Operands):
    """Reads one expression from tokens."""

    def expression(self, *, equals: bool = False) -> Expr:
        """``A if C else B`` and everything tighter; `equals` allows ``=`` as a comparison."""
        self.start = self.place if not self.depth else self.start
        value = self.disjunction(equals)
        if self.at("if") and not self.tight:
            self.take()
            condition = self.disjunction(True)
            if not self.at("else"):
                hint = "write x^2 if x > 0 else 0, or x^2 {x > 0}"
                raise LanguageError("if needs an else", condition.span, suggestion=hint)
            self.take()
            other = self.expression(equals=equals)
            rows = ((condition, value), (None, other))
            return Piecewise(rows, span=value.span.to(other.span))
        return value

    def disjunction(self, equals: bool) -> Expr:
        return self._joined("or", equals)

    def _joined(self, word: str, equals: bool) -> Expr:
        operands = [self._conjunct(word, equals)]
        while self.at(word) and not self.ends_here(self.token):
            self.take()
            self.skip_lines()
            operands.append(self._conjunct(word, equals))
        if len(operands) == 1:
            return operands[0]
        span = operands[0].span.to(operands[-1].span)
        return Logic("or" if word == "or" else "and", tuple(operands), span=span)

    def _conjunct(self, word: str, equals: bool) -> Expr:
        return self._joined("and", equals) if word == "or" else self.negation(equals)

    def negation(self, equals: bool) -> Expr:
        if self.at("not"):
            start = self.take().span
            operand = self.negation(equals)
            return Not(operand, span=start.to(operand.span))
        return self.comparison(equals)

    def comparison(self, equals: bool) -> Expr:
        operands, operators = [self.binary(1)], []
        while not self.ends_here(self.token) and (self.at(*COMPARISONS) or (equals and self.at("="))):
            operator = self.take()
            self.skip_lines()
            operators.append("==" if operator.text == "=" else operator.text)
            operands.append(self.binary(1))
        if not operators:
            return operands[0]
        return Compare(tuple(operands), tuple(operators), span=operands[0].span.to(operands[-1].span))

    def binary(self, least: int) -> Expr:
        """Sums and products whose operators bind at least as tightly as `least`."""
        left = self.prefixed()
        while True:
            token = self.token
            level = _BINARY.get(token.text, 0) if token.kind in ("operator", "word") else 0
            if level < least or level == 0 or self.ends_here(token):
                return left
            self.take()
            self.skip_lines()
            operator = "mod" if token.text == "%" else token.text
            right = self.binary(level + 1)
            left = Binary(operator, left, right, span=left.span.to(right.span))

    def prefixed(self) -> Expr:
        signs: list[Token] = []
        while self.at("-", "+", "±") and not (signs and self.ends_here(self.token)):
            signs.append(self.take())
        value = self.run()
        for sign in reversed(signs):
            span = sign.span.to(value.span)
            if sign.text == "-":
                value = Negate(value, span=span)
            elif sign.text == "±":
                value = PlusMinus(value, span=span)
        return value

    def run(self) -> Expr:
        """Factors side by side."""
        factors, spaced = [self.factor()], [False]
        while self.begins_factor():
            spaced.append(self.token.spaced)
            factors.append(self.factor())
        if len(factors) == 1:
            return factors[0]
        return Run(tuple(factors), tuple(spaced), span=factors[0].span.to(factors[-1].span))

    def begins_factor(self) -> bool:
        token = self.token
        if self.ends_here(token):
            return False
        if token.kind == "word":
            return not self.is_reserved()
        if token.kind == "operator":
            if token.text == "|":
                return not (self.bars and self.bars[-1] == self.depth)
            return token.text in OPENING or token.text in _ROOTS or token.text in FRACTIONS
        return token.kind in ("number", "string")

    def factor(self) -> Expr:
        """An operand with what stands behind it, and its power."""
        token = self.token
        if token.kind == "operator" and token.text in _ROOTS:
            self.take()
            operand = self.factor()
            degree = _ROOTS[token.text]
            span = token.span.to(operand.span)
            if degree == 2:
                return Call("sqrt", (operand,), span=span)
            if degree == 3:
                return Call("cbrt", (operand,), span=span)
            return Call("root", (operand, Number(4.0, "4")), span=span)
        return self.power(self.postfixed(self.operand()))

    def power(self, base: Expr) -> Expr:
        if self.at("^") and not self.ends_here(self.token):
            self.take()
            exponent = self.exponent()
            return Binary("^", base, exponent, span=base.span.to(exponent.span))
        return base

    def exponent(self) -> Expr:
        signs: list[Token] = []
        while self.at("-", "+"):
            signs.append(self.take())
        value: Expr
        if self.at("{"):
            return self.group(signs)
        is_root = self.token.text in _ROOTS
        value = self.factor() if is_root else self.power(self.postfixed(self.called(self.operand())))
        for sign in reversed(signs):
            if sign.text == "-":
                value = Negate(value, span=sign.span.to(value.span))
        return value

    def group(self, signs: list[Token]) -> Expr:
        """Curly brackets behind ^ are round ones, as in TeX."""
        opened = self.take()
        self.depth += 1
        inside = self.expression()
        span = opened.span.to(self.expect("}", opened).span)
        self.depth -= 1
        value: Expr = Paren((inside,), span=span)
        negative = sum(sign.text == "-" for sign in signs) % 2
        return Negate(value, span=signs[0].span.to(span)) if negative else value

    def called(self, value: Expr) -> Expr:
        """A word of an exponent with the brackets directly behind it; whether they are a call, reading tells."""
        if not isinstance(value, Word) or not self.at("(") or self.token.spaced:
            return value
        behind = self.round_brackets()
        return Run((value, behind), (False, False), span=value.span.to(behind.span))

    def postfixed(self, value: Expr) -> Expr:
        while True:
            token = self.token
            if token.kind == "super" and not token.spaced:
                self.take()
                value = Binary("^", value, _superscript(token), span=value.span.to(token.span))
            elif self.at("!") or self.at("°"):
                self.take()
                operator = "!" if token.text == "!" else "°"
                value = Suffix(operator, value, span=value.span.to(token.span))  # type: ignore[arg-type]
            elif self.at("%") and self._is_percent(value):
                self.take()
                value = Suffix("%", value, span=value.span.to(token.span))
            elif self.at("[") and not token.spaced and isinstance(value, _INDEXED):
                value = self.indexed(value)
            elif self.at(".") and self._member_follows():
                self.take()
                name = self.take()
                value = Member(value, name.text, span=value.span.to(name.span))
            elif isinstance(value, Member) and self.at("'"):
                raise LanguageError("a prime belongs to a function", token.span)
            else:
                return value

    def _is_percent(self, value: Expr) -> bool:
        behind = self.line[self.place + 1]
        return isinstance(value, Number) and not self.token.spaced and behind.kind != "number"

    def _member_follows(self) -> bool:
        behind = self.line[self.place + 1]
        return not self.token.spaced and behind.kind == "word" and not behind.spaced

    def indexed(self, value: Expr) -> Expr:
        opened = self.take()
        self.depth += 1
        index = self.square_brackets() if self.at("[") else self.expression()
        closed = self.expect("]", opened)
        self.depth -= 1
        return Index(value, index, span=value.span.to(closed.span))


def _superscript(token: Token) -> Expr:
    text, sign = token.text.lstrip("+"), token.text.startswith("-")
    text = text.lstrip("-")
    if text.isdigit():
        value: Expr = Number(float(text), text, span=token.span)
    elif text in ("n", "x"):
        value = Word(text, span=token.span)
    else:
        raise LanguageError("I can't read this exponent", token.span, suggestion="write ^(…)")
    return Negate(value, span=token.span) if sign else value


class Expression(pp.Token):
    """A pyparsing element for one expression; its token is the syntax.

    `tight` ends it at a blank outside brackets (an argument of a command); `equals` allows ``=`` as a comparison;
    `interval` allows ``a..b``; the words in `stops` end it too.
    """

    def __init__(
        self, *, tight: bool = False, equals: bool = False, interval: bool = False, stops: tuple[str, ...] = ()
    ) -> None:
        super().__init__()
        self.tight, self.equals, self.interval, self.stops = tight, equals, interval, frozenset(stops)
        self.set_name("a formula")

    def _generateDefaultName(self) -> str:  # noqa: N802 - pyparsing's own name
        return "a formula"

    def parseImpl(self, instring: str, loc: int, do_actions: bool = True) -> tuple[int, Any]:  # noqa: N802
        """Read from `loc`; returns the place behind the expression, and the expression."""
        del do_actions
        line = tokens(instring)
        place = next(i for i, token in enumerate(line) if token.span.start >= loc)
        reader = Reader(line, place, tight=self.tight, stops=self.stops)
        ended = line[place].kind in ("end", "newline")
        if ended or (
            line[place].text in ("for", "with", "on", "in", "to", "step", "at", "from") and reader.is_reserved()
        ):
            raise pp.ParseException(instring, loc, "a formula is missing here", self)
        value = reader.interval() if self.interval else reader.expression(equals=self.equals)
        behind = reader.line[reader.place - 1].span.end
        return behind, value


def parse_expression(text: str) -> Expr:
    """The syntax of a text that is one expression; raises `LanguageError` otherwise."""
    reader = Reader(tokens(text))
    reader.skip_lines()
    reader.start = reader.place
    value = reader.expression(equals=True)
    reader.skip_lines()
    if reader.token.kind != "end":
        raise unexpected(reader.token)
    return value
