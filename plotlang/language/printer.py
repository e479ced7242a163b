"""Syntax back to text, and to mathtext for legends."""

from __future__ import annotations

import re
from typing import Literal, assert_never

from plotlang.language.syntax import (
    Binary,
    Binder,
    Call,
    Compare,
    Derivative,
    Differential,
    Expr,
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
    Suffix,
    Text,
    Word,
)

# How tightly each kind of expression holds together; an operand that holds less tightly gets brackets.
_IF, _OR, _AND, _NOT, _COMPARE, _SUM, _PRODUCT, _SIGN, _POWER, _ATOM = range(10)
_LEVELS = {"+": _SUM, "-": _SUM, "±": _SUM, "*": _PRODUCT, "/": _PRODUCT, "//": _PRODUCT, "mod": _PRODUCT}
Times = Literal["·", " · ", "*"]


def number_text(value: float) -> str:
    """A number as it is written in a formula, shortest form that gives the same number."""
    if value == int(value) and abs(value) < 1e15:
        return str(int(value))
    return repr(value)


def print_expr(expr: Expr, times: Times = "·") -> str:
    """The expression as text that reads back to the same expression; products are written with `times`."""
    return _Printer(times).show(expr, _IF)


def _level(expr: Expr) -> int:  # noqa: C901 - one row per node
    match expr:
        case Binary(operator="^"):
            return _POWER
        case Binary(operator=operator):
            return _LEVELS[operator]
        case Differential():
            return _PRODUCT
        case Negate() | PlusMinus():
            return _SIGN
        case Number(value=value) if value < 0:
            return _SIGN
        case Compare():
            return _COMPARE
        case Not():
            return _NOT
        case Logic(operator=operator):
            return _OR if operator == "or" else _AND
        case Suffix():
            return _POWER
        case _:
            return _ATOM


class _Printer:
    def __init__(self, times: str) -> None:
        self.times = times

    def show(self, expr: Expr, least: int) -> str:
        text = self.plain(expr)
        return f"({text})" if _level(expr) < least else text

    def many(self, items: tuple[Expr, ...]) -> str:
        return ", ".join(self.show(each, _IF) for each in items)

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
                return sign + self.show(operand, _PRODUCT if isinstance(operand, Differential) else _SIGN)
            case Suffix(operator=operator, operand=operand):
                return self.show(operand, _ATOM) + operator
            case Binary():
                return self.binary(expr)
            case Call(function="abs", arguments=(inside,)) if "|" not in (text := self.show(inside, _IF)):
                return f"|{text}|"
            case Call(function=function, arguments=arguments):
                return f"{function}({self.many(arguments)})"
            case Derivative(function=function, order=order, argument=argument):
                return f"{function}{chr(39) * order}({self.show(argument, _IF)})"
            case Differential(variable=variable, operand=operand):
                return f"d/d{variable}({self.show(operand, _IF)})"
            case Compare(operands=operands, operators=operators):
                rest = (f" {o} {self.show(e, _SUM)}" for o, e in zip(operators, operands[1:], strict=True))
                return self.show(operands[0], _SUM) + "".join(rest)
            case Not(operand=operand):
                return "not " + self.show(operand, _NOT)
            case Logic(operator=operator, operands=operands):
                least = _AND if operator == "or" else _NOT
                return f" {operator} ".join(self.show(each, least) for each in operands)
            case Piecewise(rows=rows):
                return "{" + ", ".join(self.row(c, v) for c, v in rows) + "}"
            case Restriction(condition=condition):
                return "{" + self.show(condition, _IF) + "}"
            case ListOf(items=items):
                return f"[{self.many(items)}]"
            case Interval():
                return self.interval(expr)
            case Binder():
                return self.binder(expr)
            case Point(items=items):
                return f"({self.many(items)})"
            case Index(operand=operand, index=index):
                return f"{self.show(operand, _ATOM)}[{self.show(index, _IF)}]"
            case Member(operand=operand, name=name):
                return f"{self.show(operand, _ATOM)}.{name}"
            case Word(text=text, primes=primes):
                return text + "'" * primes
            case Paren(items=items):
                return f"({self.many(items)})"
            case Run(factors=factors):
                return " ".join(self.show(each, _POWER) for each in factors)
            case _:
                assert_never(expr)

    def binary(self, expr: Binary) -> str:
        if expr.operator == "^":
            exponent = expr.right
            inner = exponent.operand if isinstance(exponent, Negate) else exponent
            tight = (_level(inner) == _ATOM and not isinstance(inner, Piecewise | Restriction)) or (
                isinstance(inner, Binary) and inner.operator == "^"
            )
            text = (
                self.show(exponent, _IF) if tight and not isinstance(inner, Negate) else f"({self.show(exponent, _IF)})"
            )
            if isinstance(exponent, Number) and exponent.value < 0:
                text = f"({self.show(exponent, _IF)})"
            return f"{self.show(expr.left, _ATOM)}^{text}"
        level = _LEVELS[expr.operator]
        sign = self.times if expr.operator == "*" else expr.operator
        if level == _SUM or expr.operator == "mod":
            sign = f" {sign} "
        left = self.show(expr.left, _SUM if level == _SUM else _PRODUCT)
        behind_times = expr.operator == "*" and isinstance(expr.right, Differential)
        right = self.show(expr.right, _PRODUCT if behind_times or level == _SUM else _POWER)
        return f"{left}{sign}{right}"

    def row(self, condition: Expr | None, value: Expr) -> str:
        shown = self.show(value, _IF)
        return f"else: {shown}" if condition is None else f"{self.show(condition, _OR)}: {shown}"

    def interval(self, expr: Interval) -> str:
        low, high = self.show(expr.low, _SUM), self.show(expr.high, _SUM)
        if expr.second is not None:
            return f"{low}, {self.show(expr.second, _SUM)} .. {high}"
        step = f" step {self.show(expr.step, _SUM)}" if expr.step is not None else ""
        return f"{low}..{high}{step}"

    def binder(self, expr: Binder) -> str:
        body, source = self.show(expr.body, _IF), self.show(expr.source, _SUM)
        link = "->" if expr.kind == "limit" else "in"
        condition = f" if {self.show(expr.condition, _OR)}" if expr.condition is not None else ""
        inside = f"{body} for {expr.variable} {link} {source}{condition}"
        return f"[{inside}]" if expr.kind == "list" else f"{expr.kind}({inside})"


_MATH_NAMES = {"pi": r"\pi", "tau": r"\tau", "inf": r"\infty", "e": "e"}
_LETTERS = {
    "α": "alpha", "β": "beta", "γ": "gamma", "δ": "delta", "ε": "varepsilon", "ζ": "zeta", "η": "eta", "θ": "theta",
    "ι": "iota", "κ": "kappa", "λ": "lambda", "μ": "mu", "ν": "nu", "ξ": "xi", "ρ": "rho", "σ": "sigma",
    "φ": "varphi", "χ": "chi", "ψ": "psi", "ω": "omega", "Γ": "Gamma", "Δ": "Delta", "Θ": "Theta", "Λ": "Lambda",
    "Ξ": "Xi", "Σ": "Sigma", "Φ": "Phi", "Ψ": "Psi", "Ω": "Omega",
}  # fmt: skip
_KNOWN_FUNCTIONS = frozenset(
    "sin cos tan sec csc cot sinh cosh tanh coth arcsin arccos arctan exp ln log lg max min gcd".split()
)
_RELATIONS = {"<": "<", "<=": r"\leq", ">": ">", ">=": r"\geq", "==": "=", "!=": r"\neq", "≈": r"\approx"}


def math_name(name: str) -> str:
    """A name in mathtext: Greek letters, an index, long words upright."""
    head, _, index = name.partition("_")
    if name in _MATH_NAMES:
        return _MATH_NAMES[name]
    shown = "\\" + _LETTERS[head] if head in _LETTERS else head
    if len(head) > 1 and head not in _LETTERS:
        letters, digits = re.match(r"(\D*)(\d*)$", head).groups() if re.match(r"(\D*)(\d*)$", head) else (head, "")  # type: ignore[union-attr]
        shown = (letters if len(letters) == 1 else rf"\mathrm{{{letters}}}") + (f"_{{{digits}}}" if digits else "")
    if index:
        shown += rf"_{{\mathrm{{{index.replace('_', ',')}}}}}"
    return shown


def math_text(expr: Expr) -> str:
    """The expression in mathtext (the part of TeX that matplotlib sets), without dollar signs."""
    return _Typesetter().show(expr, _IF)


class _Typesetter(_Printer):
    """The same walk with mathtext at the leaves: fractions, powers and roots as on the board."""

    def __init__(self) -> None:
        super().__init__("")

    def show(self, expr: Expr, least: int) -> str:
        text = self.plain(expr)
        is_fraction = isinstance(expr, Binary) and expr.operator == "/"
        if _level(expr) >= least or (is_fraction and least < _ATOM):
            return text
        return rf"\left({text}\right)"

    def plain(self, expr: Expr) -> str:  # noqa: C901, PLR0912, PLR0915 - one row per node
        match expr:
            case Number(value=value, text=text):
                return _math_number(text or number_text(value))
            case Name(id=name) | Word(text=name):
                return math_name(name)
            case Text(value=value):
                return rf"\mathrm{{{re.sub(r'[^A-Za-z0-9 ]', '', value)}}}"
            case Negate(operand=operand):
                return "-" + self.show(operand, _PRODUCT)
            case PlusMinus(operand=operand):
                return r"\pm " + self.show(operand, _PRODUCT)
            case Suffix(operator="°", operand=operand):
                return _base(self.show(operand, _ATOM)) + r"^{\circ}"
            case Suffix(operator="%", operand=operand):
                return self.show(operand, _ATOM) + r"\%"
            case Call(function="abs", arguments=(inside,)):
                return rf"\left|{self.show(inside, _IF)}\right|"
            case Call(function="sqrt", arguments=(inside,)):
                return rf"\sqrt{{{self.show(inside, _IF)}}}"
            case Call(function="cbrt", arguments=(inside,)):
                return rf"\sqrt[3]{{{self.show(inside, _IF)}}}"
            case Call(function="root", arguments=(inside, Number(value=n))):
                return rf"\sqrt[{number_text(n)}]{{{self.show(inside, _IF)}}}"
            case Call(function="floor", arguments=(inside,)):
                return rf"\lfloor {self.show(inside, _IF)}\rfloor"
            case Call(function="ceil", arguments=(inside,)):
                return rf"\lceil {self.show(inside, _IF)}\rceil"
            case Call(function=function, arguments=arguments):
                return rf"{_math_function(function)}\left({self.many(arguments)}\right)"
            case Derivative(function=function, order=order, argument=argument):
                return rf"{math_name(function)}{chr(39) * order}\left({self.show(argument, _IF)}\right)"
            case Differential(variable=variable, operand=operand):
                return rf"\frac{{d}}{{d{math_name(variable)}}}\left({self.show(operand, _IF)}\right)"
            case Compare(operands=operands, operators=operators):
                rest = (f" {_RELATIONS[o]} {self.show(e, _SUM)}" for o, e in zip(operators, operands[1:], strict=True))
                return self.show(operands[0], _SUM) + "".join(rest)
            case Not(operand=operand):
                return r"\mathrm{not}\ " + self.show(operand, _NOT)
            case Logic(operator=operator, operands=operands):
                least = _AND if operator == "or" else _NOT
                return rf"\ \mathrm{{{operator}}}\ ".join(self.show(each, least) for each in operands)
            case Piecewise(rows=((condition, value),)) if condition is not None:
                return rf"{self.show(value, _IF)},\ {self.show(condition, _OR)}"
            case Piecewise(rows=rows):
                return r"\{" + ",\\ ".join(self.row(c, v) for c, v in rows) + r"\}"
            case Restriction(condition=condition):
                return r"\ \{" + self.show(condition, _IF) + r"\}"
            case Index(operand=operand, index=index):
                return f"{self.show(operand, _ATOM)}_{{{self.show(index, _IF)}}}"
            case Binder(kind="sum" | "prod" | "integral", source=Interval(step=None)):
                return self.big(expr)
            case _:
                return super().plain(expr)

    def row(self, condition: Expr | None, value: Expr) -> str:
        shown = self.show(value, _IF)
        return rf"\mathrm{{else}}{{:}}\ {shown}" if condition is None else rf"{self.show(condition, _OR)}{{:}}\ {shown}"

    def big(self, expr: Binder) -> str:
        """A sum, product or integral sign with its ends."""
        source = expr.source
        if not isinstance(source, Interval):
            return super().plain(expr)
        low, high = self.show(source.low, _IF), self.show(source.high, _IF)
        body, variable = self.show(expr.body, _PRODUCT), math_name(expr.variable)
        if expr.kind == "integral":
            return rf"\int_{{{low}}}^{{{high}}} {body}\, d{variable}"
        sign = r"\sum" if expr.kind == "sum" else r"\prod"
        return rf"{sign}_{{{variable}={low}}}^{{{high}}} {body}"

    def interval(self, expr: Interval) -> str:
        return super().interval(expr).replace("..", r"\ldots ")

    def binder(self, expr: Binder) -> str:
        body, source = self.show(expr.body, _IF), self.show(expr.source, _SUM)
        link = r"\to" if expr.kind == "limit" else r"\in"
        inside = rf"{body}\ \mathrm{{for}}\ {math_name(expr.variable)} {link} {source}"
        return f"[{inside}]" if expr.kind == "list" else rf"{_math_function(expr.kind)}\left({inside}\right)"

    def binary(self, expr: Binary) -> str:
        left, right = expr.left, expr.right
        match expr.operator:
            case "^":
                if isinstance(left, Call) and left.function in _KNOWN_FUNCTIONS and isinstance(right, Number):
                    inside = self.many(left.arguments)
                    return rf"{_math_function(left.function)}^{{{self.show(right, _IF)}}}\left({inside}\right)"
                base = _base(self.show(left, _ATOM))
                return rf"{base}^{{{self.show(right, _IF)}}}"
            case "/":
                return rf"\frac{{{self.show(left, _IF)}}}{{{self.show(right, _IF)}}}"
            case "*":
                shown_left, shown_right = self.show(left, _PRODUCT), self.show(right, _POWER)
                sign = r" \cdot " if _needs_dot(left, right, shown_right) else r"\,"
                return f"{shown_left}{sign}{shown_right}"
            case "mod":
                return rf"{self.show(left, _PRODUCT)}\ \mathrm{{mod}}\ {self.show(right, _POWER)}"
            case "//":
                return rf"\lfloor {self.show(left, _PRODUCT)} / {self.show(right, _POWER)}\rfloor"
            case "±":
                return rf"{self.show(left, _SUM)} \pm {self.show(right, _PRODUCT)}"
            case operator:
                return f"{self.show(left, _SUM)} {operator} {self.show(right, _PRODUCT)}"


def _needs_dot(left: Expr, right: Expr, shown: str) -> bool:
    """Whether a product would be misread without its dot: before a number, or between long names."""
    del left
    return shown[:1].isdigit() or (isinstance(right, Binary) and right.operator == "/" and False)


def _base(shown: str) -> str:
    """What a power stands on; mathtext refuses a second power without braces."""
    return f"{{{shown}}}" if "^" in shown else shown


def _math_number(text: str) -> str:
    mantissa, _, exponent = text.lower().partition("e")
    return rf"{mantissa} \cdot 10^{{{int(exponent)}}}" if exponent else mantissa


def _math_function(name: str) -> str:
    if name in _KNOWN_FUNCTIONS:
        return "\\" + name
    return math_name(name)
