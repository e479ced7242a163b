"""The grammar of expressions: text to syntax by operator precedence, knowing no names.

Side-by-side factors stay together as a `Run`, words as `Word` and round brackets as `Paren`; reading decides what
they mean.  The method is precedence climbing (Richards 1979; Norvell, "Parsing expressions by recursive descent",
1999).  `Expression` makes a parser of it that fits into the pyparsing grammars of the statements.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pyparsing as pp

from plotlang.language.diagnostics import LanguageError
from plotlang.language.source import CLOSING, FRACTIONS, OPENING, RESERVED, Token, tokens
from plotlang.language.syntax import (
    Binary,
    Binder,
    Call,
    Compare,
    Expr,
    Index,
    Interval,
    ListOf,
    Logic,
    Member,
    Negate,
    Not,
    Number,
    Paren,
    Piecewise,
    PlusMinus,
    Restriction,
    Run,
    Span,
    Suffix,
    Text,
    Word,
)

COMPARISONS = frozenset("< <= > >= == != ≈".split())
_ROOTS = {"√": 2, "∛": 3, "∜": 4}
_INDEXED = (Word, Paren, Index, Member, ListOf, Binder)
_BINARY = {"+": 1, "-": 1, "±": 1, "*": 2, "/": 2, "//": 2, "mod": 2, "%": 2}
_MISSING = {
    "(": "a value is missing before this bracket",
    ")": "a value is missing before this bracket",
}


class Reader:
    """Reads one expression from tokens; `place` is the index of the next token."""

    def __init__(self, line: tuple[Token, ...], place: int = 0, *, tight: bool = False) -> None:
        self.line, self.place = line, place
        self.start = place
        self.tight = tight  # a blank outside brackets ends the expression
        self.depth = 0
        self.bars: list[int] = []

    # The next token, and steps over it.

    @property
    def token(self) -> Token:
        while self.depth and self.line[self.place].kind == "newline":
            self.place += 1
        return self.line[self.place]

    def at(self, *texts: str) -> bool:
        """Whether the next token is one of these operators or words."""
        token = self.token
        return token.text in texts and token.kind in ("operator", "word")

    def take(self) -> Token:
        """The next token, stepping over it (and over line ends behind an operator)."""
        token = self.token
        if token.kind != "end":
            self.place += 1
        return token

    def expect(self, text: str, opened: Token) -> Token:
        """Step over the closing partner of an opening bracket."""
        if self.at(text):
            return self.take()
        token = self.token
        if token.kind in ("end", "newline") or (token.kind == "operator" and token.text in CLOSING):
            raise LanguageError("an opening bracket is never closed", opened.span, suggestion=f"add {text} behind it")
        if token.text == ",":
            raise LanguageError("a comma does not fit here", token.span, suggestion="a decimal number has a point: 0.5")
        raise LanguageError(f"I expected {text} before this", token.span)

    def skip_lines(self) -> None:
        """Step over line ends: the statement goes on."""
        while self.line[self.place].kind == "newline":
            self.place += 1

    def ends_here(self, token: Token) -> bool:
        """Whether a blank ends a tight expression before this token."""
        return self.tight and self.depth == 0 and token.spaced and self.place > self.start

    # Levels, from loose to tight.

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

    def is_reserved(self) -> bool:
        """Whether the next word has a meaning of its own inside lines; ``step(`` is the function."""
        token, behind = self.token, self.line[self.place + 1]
        return token.text in RESERVED and not (token.text == "step" and behind.text == "(" and not behind.spaced)

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

    # Operands.

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
            case "word", _ if not self.is_reserved():
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
    `interval` allows ``a..b``.
    """

    def __init__(self, *, tight: bool = False, equals: bool = False, interval: bool = False) -> None:
        super().__init__()
        self.tight, self.equals, self.interval = tight, equals, interval
        self.set_name("a formula")

    def _generateDefaultName(self) -> str:  # noqa: N802 - pyparsing's own name
        return "a formula"

    def parseImpl(self, instring: str, loc: int, do_actions: bool = True) -> tuple[int, Any]:  # noqa: N802
        """Read from `loc`; returns the place behind the expression, and the expression."""
        del do_actions
        line = tokens(instring)
        place = next(i for i, token in enumerate(line) if token.span.start >= loc)
        reader = Reader(line, place, tight=self.tight)
        ended = line[place].kind in ("end", "newline")
        if ended or (line[place].text in ("for", "with", "on", "in", "to", "step") and reader.is_reserved()):
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


def unexpected(token: Token) -> LanguageError:
    """What to say about a token that nothing takes."""
    if token.kind == "operator" and token.text in CLOSING:
        return LanguageError(
            "a closing bracket has no partner", token.span, suggestion="delete it or add an opening one"
        )
    if token.text == ",":
        return LanguageError("a comma does not fit here", token.span, suggestion="a decimal number has a point: 0.5")
    if token.text == "=":
        return LanguageError("more than one = in a line", token.span, suggestion="write one equation a line")
    if token.kind == "word" and token.text in RESERVED:
        return LanguageError(f"the word {token.text} does not fit here", token.span)
    return LanguageError(f"I can't read the line from here on: {token.text}", Span(token.span.start, token.span.end))
