"""Reading: syntax as typed + the known names → the expression that is meant, and notes on how it was read.

Side-by-side runs are resolved here: words into names, `name(` into calls or products, functions without brackets,
and the rules of the slash.  Where two readings are equally natural the line is refused and both are offered.
"""

from __future__ import annotations

from itertools import pairwise

from plotlang.language.diagnostics import LanguageError
from plotlang.language.factors import product
from plotlang.language.slash import Slash, negated_first
from plotlang.language.syntax import (
    Binary,
    Binder,
    Call,
    Compare,
    Expr,
    FunctionOf,
    Index,
    Interval,
    ListOf,
    Logic,
    Member,
    Name,
    Negate,
    Not,
    Number,
    Paren,
    Piecewise,
    PlusMinus,
    Point,
    Restriction,
    Run,
    Span,
    Suffix,
    Text,
    Word,
    free_names,
)


class Reading(Slash):
    """Reads the expressions of one statement; collects its notes and new letters on the way."""

    def read(self, raw: Expr, *, bound: tuple[str, ...] = (), coordinates: tuple[str, ...] = ()) -> Expr:
        """The expression that is meant, with `bound` variables and further coordinates known."""
        outside = self.names
        if coordinates:
            self.names = self.names.with_coordinates(*coordinates)
        if bound:
            self.names = self.names.with_bound(bound)
        try:
            return self.expr(raw)
        finally:
            self.names = outside

    def expr(self, raw: Expr) -> Expr:  # noqa: C901, PLR0912 - one row per node
        match raw:
            case Number() | Text() | Name():
                return raw
            case Run() | Word() | Paren():
                return self.run(raw)
            case Negate(operand=Run() as operand):
                return negated_first(self.run(operand), raw.span)
            case Negate(operand=operand):
                return Negate(self.expr(operand), span=raw.span)
            case PlusMinus(operand=operand):
                return PlusMinus(self.expr(operand), span=raw.span)
            case Binary(operator="/"):
                return self.slash(raw)
            case Binary(operator="^") | Suffix() | Index() | Member():
                return self.run(raw)
            case Binary(operator=operator, left=left, right=right):
                return Binary(operator, self.expr(left), self.expr(right), span=raw.span)
            case Call(function=function, arguments=arguments):
                return Call(function, tuple(self.expr(each) for each in arguments), span=raw.span)
            case Compare(operands=operands, operators=operators):
                return Compare(tuple(self.expr(each) for each in operands), operators, span=raw.span)
            case Not(operand=operand):
                return Not(self.expr(operand), span=raw.span)
            case Logic(operator=operator, operands=operands):
                return Logic(operator, tuple(self.expr(each) for each in operands), span=raw.span)
            case Piecewise(rows=rows):
                read = tuple((None if c is None else self.expr(c), self.expr(v)) for c, v in rows)
                return Piecewise(read, span=raw.span)
            case Restriction(condition=condition):
                return Restriction(self.expr(condition), span=raw.span)
            case ListOf(items=items):
                return ListOf(tuple(self.expr(each) for each in items), span=raw.span)
            case Interval(low=low, high=high, step=step, second=second):
                ends = self.expr(low), self.expr(high)
                others = (None if each is None else self.expr(each) for each in (step, second))
                return Interval(*ends, *others, span=raw.span)
            case Binder(kind=kind, body=body, variable=variable, source=source, condition=condition):
                return self.binder(kind, body, variable, source, condition, raw.span)
            case FunctionOf(variable=variable, body=body):
                return FunctionOf(variable, self.expr(body), span=raw.span)
            case Point(items=items):
                return Point(tuple(self.expr(each) for each in items), span=raw.span)
            case _:
                raise LanguageError("this does not fit here", raw.span)

    def binder(self, kind: str, body: Expr, variable: str, source: Expr, condition: Expr | None, span: Span) -> Expr:
        """A sum, product, … or list over a bound variable."""
        read_source = self.expr(source)
        outside, self.names = self.names, self.names.with_bound((variable,))
        try:
            inside = self.expr(body)
            chosen = None if condition is None else self.expr(condition)
        finally:
            self.names = outside
        return Binder(kind, inside, variable, read_source, chosen, span=span)

    def run(self, raw: Expr) -> Expr:
        factors = raw.factors if isinstance(raw, Run) else (raw,)
        value = product(self.values(self.atoms(factors)))
        if isinstance(raw, Run) and _power_then_letter(raw):
            self.reading_note(raw, value)
        return value


def _power_then_letter(raw: Run) -> bool:
    """Whether a letter follows directly behind a power of e or of a number, as in e^2x."""
    for place, (first, second) in enumerate(pairwise(raw.factors), 1):
        match first:
            case Binary(operator="^", left=Word(text="e") | Number(), right=Number()):
                if isinstance(second, Word) and not raw.spaced[place]:
                    return True
    return False


def coordinates_of(expr: Expr) -> frozenset[str]:
    """Which of x and y an expression uses freely."""
    return free_names(expr) & {"x", "y"}
