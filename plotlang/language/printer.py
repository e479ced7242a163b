"""Syntax back to text."""

from __future__ import annotations

from typing import Literal, assert_never

from plotlang.language.scope import DRAWN_AT
from plotlang.language.syntax import (
    Binary,
    Binder,
    Call,
    Compare,
    Derivative,
    Differential,
    Expr,
    Fitted,
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
    Recurrence,
    Restriction,
    Run,
    Suffix,
    Text,
    Word,
)

# How tightly each kind of expression holds together; an operand that holds less tightly gets brackets.
IF, OR, AND, NOT, COMPARE, SUM, PRODUCT, SIGN, POWER, ATOM = range(10)
_LEVELS = {"+": SUM, "-": SUM, "±": SUM, "*": PRODUCT, "/": PRODUCT, "//": PRODUCT, "mod": PRODUCT}
Times = Literal["·", " · ", "*"]


def number_text(value: float) -> str:
    """A number as it is written in a formula, shortest form that gives the same number."""
    if value == int(value) and abs(value) < 1e15:
        return str(int(value))
    return repr(value)


def print_expr(expr: Expr, times: Times = "·") -> str:
    """The expression as text that reads back to the same expression; products are written with `times`."""
    return Printer(times).show(expr, IF)


def itself(body: Expr, variable: str) -> str:
    """The name of a function, with its primes, when this is just its value at the variable; else empty."""
    match body:
        case Call(function=name, arguments=(Name(id=letter),)) if letter == variable:
            return name
        case Derivative(function=name, order=order, argument=Name(id=letter)) if letter == variable:
            return name + "'" * order
    return ""


def level_of(expr: Expr) -> int:  # noqa: C901 - one row per node
    """How tightly an expression holds together."""
    match expr:
        case Binary(operator="^"):
            return POWER
        case Binary(operator=operator):
            return _LEVELS[operator]
        case Differential():
            return PRODUCT
        case Negate() | PlusMinus():
            return SIGN
        case Number(value=value) if value < 0:
            return SIGN
        case Compare():
            return COMPARE
        case Not():
            return NOT
        case Logic(operator=operator):
            return OR if operator == "or" else AND
        case Suffix():
            return POWER
        case _:
            return ATOM


class Printer:
    """Walks through an expression; an operand that holds less tightly than its place asks gets brackets."""

    def __init__(self, times: str) -> None:
        self.times = times

    def show(self, expr: Expr, least: int) -> str:
        text = self.plain(expr)
        return f"({text})" if level_of(expr) < least else text

    def many(self, items: tuple[Expr, ...]) -> str:
        return ", ".join(self.show(each, IF) for each in items)

    def plain(self, expr: Expr) -> str:  # noqa: C901, PLR0912, PLR0915 - one row per node
        match expr:
            case Number(value=value, text=text):
                return text or number_text(value)
            case Name(id=name):
                return name
            case Text(value=value):
                return f'"{value}"'
            case Negate(operand=operand) | PlusMinus(operand=operand):
                sign = "-" if isinstance(expr, Negate) else "±"
                return sign + self.show(operand, PRODUCT if isinstance(operand, Differential) else SIGN)
            case Suffix(operator=operator, operand=operand):
                return self.show(operand, ATOM) + operator
            case Binary():
                return self.binary(expr)
            case Call(function="abs", arguments=(inside,)) if "|" not in (text := self.show(inside, IF)):
                return f"|{text}|"
            case Call(function=function, arguments=arguments):
                if DRAWN_AT.get(function) == len(arguments) and arguments[-1] == Name("x"):
                    arguments = arguments[:-1]
                return f"{function}({self.many(arguments)})"
            case FunctionOf(variable=variable, body=body):
                return itself(body, variable) or self.show(body, IF)
            case Fitted(letter=letter):
                return letter
            case Recurrence(index=index):
                return f"the term {self.show(index, IF)}"
            case Derivative(function=function, order=order, argument=argument):
                return f"{function}{chr(39) * order}({self.show(argument, IF)})"
            case Differential(variable=variable, operand=operand):
                return f"d/d{variable}({self.show(operand, IF)})"
            case Compare(operands=operands, operators=operators):
                rest = (f" {o} {self.show(e, SUM)}" for o, e in zip(operators, operands[1:], strict=True))
                return self.show(operands[0], SUM) + "".join(rest)
            case Not(operand=operand):
                return "not " + self.show(operand, NOT)
            case Logic(operator=operator, operands=operands):
                least = AND if operator == "or" else NOT
                return f" {operator} ".join(self.show(each, least) for each in operands)
            case Piecewise(rows=rows):
                return "{" + ", ".join(self.row(c, v) for c, v in rows) + "}"
            case Restriction(condition=condition):
                return "{" + self.show(condition, IF) + "}"
            case ListOf(items=items):
                return f"[{self.many(items)}]"
            case Interval():
                return self.interval(expr)
            case Binder():
                return self.binder(expr)
            case Point(items=items):
                return f"({self.many(items)})"
            case Index(operand=operand, index=index):
                entry = self.show(index, IF)
                if entry.startswith("[") and not isinstance(index, ListOf | Binder):
                    entry = f"({entry})"
                return f"{self.show(operand, ATOM)}[{entry}]"
            case Member(operand=operand, name=name):
                return f"{self.show(operand, ATOM)}.{name}"
            case Word(text=text, primes=primes):
                return text + "'" * primes
            case Paren(items=items):
                return f"({self.many(items)})"
            case Run(factors=factors):
                return " ".join(self.show(each, POWER) for each in factors)
            case _:
                assert_never(expr)

    def binary(self, expr: Binary) -> str:
        if expr.operator == "^":
            exponent = expr.right
            inner = exponent.operand if isinstance(exponent, Negate) else exponent
            tight = (level_of(inner) == ATOM and not isinstance(inner, Piecewise | Restriction)) or (
                isinstance(inner, Binary) and inner.operator == "^"
            )
            text = (
                self.show(exponent, IF) if tight and not isinstance(inner, Negate) else f"({self.show(exponent, IF)})"
            )
            if isinstance(exponent, Number) and exponent.value < 0:
                text = f"({self.show(exponent, IF)})"
            return f"{self.show(expr.left, ATOM)}^{text}"
        level = _LEVELS[expr.operator]
        sign = self.times if expr.operator == "*" else expr.operator
        if level == SUM or expr.operator == "mod":
            sign = f" {sign} "
        left = self.show(expr.left, SUM if level == SUM else PRODUCT)
        behind_times = expr.operator == "*" and isinstance(expr.right, Differential)
        right = self.show(expr.right, PRODUCT if behind_times or level == SUM else POWER)
        return f"{left}{sign}{right}"

    def row(self, condition: Expr | None, value: Expr) -> str:
        shown = self.show(value, IF)
        return f"else: {shown}" if condition is None else f"{self.show(condition, OR)}: {shown}"

    def interval(self, expr: Interval) -> str:
        low, high = self.show(expr.low, SUM), self.show(expr.high, SUM)
        if expr.second is not None:
            return f"{low}, {self.show(expr.second, SUM)} .. {high}"
        step = f" step {self.show(expr.step, SUM)}" if expr.step is not None else ""
        return f"{low}..{high}{step}"

    def binder(self, expr: Binder) -> str:
        body, source = self.show(expr.body, IF), self.show(expr.source, SUM)
        link = "->" if expr.kind == "limit" else "in"
        condition = f" if {self.show(expr.condition, OR)}" if expr.condition is not None else ""
        inside = f"{body} for {expr.variable} {link} {source}{condition}"
        return f"[{inside}]" if expr.kind == "list" else f"{expr.kind}({inside})"
