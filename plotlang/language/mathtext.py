"""Syntax to mathtext, the part of TeX that matplotlib sets: formulas of legends and values."""

from __future__ import annotations

import re

from plotlang.language.printer import (
    AND,
    ATOM,
    IF,
    NOT,
    OR,
    POWER,
    PRODUCT,
    SUM,
    Printer,
    itself,
    level_of,
    number_text,
)
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
    Logic,
    Name,
    Negate,
    Not,
    Number,
    Piecewise,
    PlusMinus,
    Restriction,
    Suffix,
    Text,
    Word,
)

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
    term = re.fullmatch(r"(\w+)\((\w+)-(\d+)\)", name)
    if term is not None:
        return rf"{math_name(term[1])}\left({math_name(term[2])} - {term[3]}\right)"
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
    return _Typesetter().show(expr, IF)


class _Typesetter(Printer):
    """The same walk with mathtext at the leaves: fractions, powers and roots as on the board."""

    def __init__(self) -> None:
        super().__init__("")

    def show(self, expr: Expr, least: int) -> str:
        text = self.plain(expr)
        is_fraction = isinstance(expr, Binary) and expr.operator == "/"
        if level_of(expr) >= least or (is_fraction and least < ATOM):
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
                return "-" + self.show(operand, PRODUCT)
            case PlusMinus(operand=operand):
                return r"\pm " + self.show(operand, PRODUCT)
            case Suffix(operator="°", operand=operand):
                return _base(self.show(operand, ATOM)) + r"^{\circ}"
            case Suffix(operator="%", operand=operand):
                return self.show(operand, ATOM) + r"\%"
            case Call(function="abs", arguments=(inside,)):
                return rf"\left|{self.show(inside, IF)}\right|"
            case Call(function="sqrt", arguments=(inside,)):
                return rf"\sqrt{{{self.show(inside, IF)}}}"
            case Call(function="cbrt", arguments=(inside,)):
                return rf"\sqrt[3]{{{self.show(inside, IF)}}}"
            case Call(function="root", arguments=(inside, Number(value=n))):
                return rf"\sqrt[{number_text(n)}]{{{self.show(inside, IF)}}}"
            case Call(function="floor", arguments=(inside,)):
                return rf"\lfloor {self.show(inside, IF)}\rfloor"
            case Call(function="ceil", arguments=(inside,)):
                return rf"\lceil {self.show(inside, IF)}\rceil"
            case Call(function=function, arguments=arguments):
                if DRAWN_AT.get(function) == len(arguments) and arguments[-1] == Name("x"):
                    arguments = arguments[:-1]
                return rf"{_math_function(function)}\left({self.many(arguments)}\right)"
            case Derivative(function=function, order=order, argument=argument):
                return rf"{math_name(function)}{chr(39) * order}\left({self.show(argument, IF)}\right)"
            case Differential(variable=variable, operand=operand):
                return rf"\frac{{d}}{{d{math_name(variable)}}}\left({self.show(operand, IF)}\right)"
            case Compare(operands=operands, operators=operators):
                rest = (f" {_RELATIONS[o]} {self.show(e, SUM)}" for o, e in zip(operators, operands[1:], strict=True))
                return self.show(operands[0], SUM) + "".join(rest)
            case Not(operand=operand):
                return r"\mathrm{not}\ " + self.show(operand, NOT)
            case Logic(operator=operator, operands=operands):
                least = AND if operator == "or" else NOT
                return rf"\ \mathrm{{{operator}}}\ ".join(self.show(each, least) for each in operands)
            case Piecewise(rows=((condition, value),)) if condition is not None:
                return rf"{self.show(value, IF)},\ {self.show(condition, OR)}"
            case Piecewise(rows=rows):
                return r"\{" + ",\\ ".join(self.row(c, v) for c, v in rows) + r"\}"
            case Restriction(condition=condition):
                return r"\ \{" + self.show(condition, IF) + r"\}"
            case FunctionOf(variable=variable, body=body):
                name = itself(body, variable)
                return math_name(name.rstrip("'")) + name[len(name.rstrip("'")) :] if name else self.show(body, IF)
            case Fitted(letter=letter):
                return math_name(letter)
            case Index(operand=operand, index=index):
                return f"{self.show(operand, ATOM)}_{{{self.show(index, IF)}}}"
            case Binder(kind="sum" | "prod" | "integral", source=Interval(step=None)):
                return self.big(expr)
            case _:
                return super().plain(expr)

    def row(self, condition: Expr | None, value: Expr) -> str:
        shown = self.show(value, IF)
        return rf"\mathrm{{else}}{{:}}\ {shown}" if condition is None else rf"{self.show(condition, OR)}{{:}}\ {shown}"

    def big(self, expr: Binder) -> str:
        """A sum, product or integral sign with its ends."""
        source = expr.source
        if not isinstance(source, Interval):
            return super().plain(expr)
        low, high = self.show(source.low, IF), self.show(source.high, IF)
        body, variable = self.show(expr.body, PRODUCT), math_name(expr.variable)
        if expr.kind == "integral":
            return rf"\int_{{{low}}}^{{{high}}} {body}\, d{variable}"
        sign = r"\sum" if expr.kind == "sum" else r"\prod"
        return rf"{sign}_{{{variable}={low}}}^{{{high}}} {body}"

    def interval(self, expr: Interval) -> str:
        return super().interval(expr).replace("..", r"\ldots ")

    def binder(self, expr: Binder) -> str:
        body, source = self.show(expr.body, IF), self.show(expr.source, SUM)
        link = r"\to" if expr.kind == "limit" else r"\in"
        inside = rf"{body}\ \mathrm{{for}}\ {math_name(expr.variable)} {link} {source}"
        return f"[{inside}]" if expr.kind == "list" else rf"{_math_function(expr.kind)}\left({inside}\right)"

    def binary(self, expr: Binary) -> str:
        left, right = expr.left, expr.right
        match expr.operator:
            case "^":
                if isinstance(left, Call) and left.function in _KNOWN_FUNCTIONS and isinstance(right, Number):
                    inside = self.many(left.arguments)
                    return rf"{_math_function(left.function)}^{{{self.show(right, IF)}}}\left({inside}\right)"
                base = _base(self.show(left, ATOM))
                return rf"{base}^{{{self.show(right, IF)}}}"
            case "/":
                return rf"\frac{{{self.show(left, IF)}}}{{{self.show(right, IF)}}}"
            case "*":
                shown_left, shown_right = self.show(left, PRODUCT), self.show(right, POWER)
                sign = r" \cdot " if shown_right[:1].isdigit() else r"\,"
                return f"{shown_left}{sign}{shown_right}"
            case "mod":
                return rf"{self.show(left, PRODUCT)}\ \mathrm{{mod}}\ {self.show(right, POWER)}"
            case "//":
                return rf"\lfloor {self.show(left, PRODUCT)} / {self.show(right, POWER)}\rfloor"
            case "±":
                return rf"{self.show(left, SUM)} \pm {self.show(right, PRODUCT)}"
            case operator:
                return f"{self.show(left, SUM)} {operator} {self.show(right, PRODUCT)}"


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
