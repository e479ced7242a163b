"""What the formula kinds share: restrictions, families, labels and styles at the end of a line."""

from __future__ import annotations

from abc import abstractmethod
from dataclasses import replace
from typing import TYPE_CHECKING, Any, ClassVar

from plotlang.language.diagnostics import LanguageError
from plotlang.language.mathtext import math_name, math_text
from plotlang.language.printer import print_expr
from plotlang.language.syntax import Compare, Expr, Interval, Logic, Name, Piecewise, free_names
from plotlang.model.figure import Mark, Style
from plotlang.statements.formula import FormulaGrammar, Line, canonical, declared
from plotlang.statements.fragments import read_style

if TYPE_CHECKING:
    from plotlang.language.reading import Reading
    from plotlang.language.scope import Names
    from plotlang.statements.curves import Formula
    from plotlang.statements.kind import Declared


class FormulaKind(FormulaGrammar):
    """A kind of formula line: `claims` says whether a line is of this kind, `read` gives its statement."""

    room = "formulas"
    defines: ClassVar[bool] = False

    @abstractmethod
    def claims(self, line: Line, names: Names) -> bool:
        """Whether the line, as typed, is of this kind; asked in the order of the list of kinds."""

    @abstractmethod
    def read(self, line: Line, reading: Reading) -> Formula:
        """The statement."""

    def build(self, parts: Any, reading: Reading) -> Formula:
        """The statement, from the tokens of the grammar."""
        return self.of_line(self.line(parts), reading)

    def of_line(self, line: Line, reading: Reading) -> Formula:
        """The statement of a line; raises `LanguageError` when let stands before what is no definition."""
        if line.let and not self.defines:
            raise LanguageError("let belongs to a definition", line.left.span, suggestion="let f(x) = … is not drawn")
        return self.read(line, reading)

    def names_of(self, line: Line, names: Names) -> tuple[Declared, ...]:
        """The names that a line of any formula kind will define."""
        from plotlang.statements.fits import declared_letters

        return declared_letters(line, names) if line.relation == "~" else declared(line, names)


def no_tail(line: Line, what: str, *, style: bool = True) -> None:
    """Raise `LanguageError` when the line goes on with a domain, a family or a style that it can't have."""
    if line.domain is not None or line.variable is not None:
        spot = line.domain[1].span if line.domain is not None else line.variable.span  # type: ignore[union-attr]
        raise LanguageError(f"{what} has no domain", spot)
    if line.style and style:
        raise LanguageError(f"{what} is not drawn, so it has no style", line.left.span)
    if line.further:
        raise LanguageError(
            "a comma does not fit here",
            line.further[0][0].span,
            suggestion="write one formula a line",
        )


def style_of(line: Line) -> Style:
    """The style words of a line, and its label in front."""
    style = read_style(line.style)
    return replace(style, label=line.label) if line.label and style.label is None else style


def restricted(expr: Expr, line: Line, variable: str, reading: Reading) -> tuple[Expr, str]:
    """The formula limited to the domain of the line, and the words for that domain."""
    if line.domain is not None:
        opening, raw_low, raw_high, closing = line.domain
        low, high = reading.read(raw_low), reading.read(raw_high)
        check_ends(low, high, raw_low)
        operators = ("<=" if opening == "[" else "<", "<=" if closing == "]" else "<")
        text = f" on {opening}{print_expr(low)}, {print_expr(high)}{closing}"
        return limit(expr, low, high, operators, variable), text
    if line.variable is not None and canonical(line.variable.text) == variable and isinstance(line.source, Interval):
        low, high = reading.read(line.source.low), reading.read(line.source.high)
        check_ends(low, high, line.source)
        return limit(
            expr, low, high, ("<=", "<="), variable
        ), f" for {variable} in {print_expr(low)}..{print_expr(high)}"
    return expr, ""


def check_ends(low: Expr, high: Expr, at: Expr) -> None:
    """Raise `LanguageError` when an interval of plain numbers runs backwards."""
    from plotlang.statements.values import constant

    start, stop = constant(low), constant(high)
    if start is not None and stop is not None and start > stop:
        first, last = print_expr(low), print_expr(high)
        message = f"the interval goes from {first} down to {last}"
        raise LanguageError(message, at.span, suggestion=f"did you mean on [{last}, {first}]?")


def limit(expr: Expr, low: Expr, high: Expr, operators: tuple[str, str], variable: str) -> Expr:
    """The formula where the variable lies between two ends, undefined elsewhere; infinite ends don't limit."""
    operands: list[Expr] = [low, Name(variable), high]
    chosen = list(operators)
    if _infinite(high):
        operands, chosen = operands[:2], chosen[:1]
    if _infinite(low):
        operands, chosen = operands[1:], chosen[1:]
    if not chosen:
        return expr
    return Piecewise(((Compare(tuple(operands), tuple(chosen)), expr),), span=expr.span)


def _infinite(expr: Expr) -> bool:
    return "inf" in free_names(expr)


def family_of(line: Line, variable: str, reading: Reading) -> tuple[str, Expr] | None:
    """The letter and the values of ``for k in 1..5``, when the line is a family."""
    if line.variable is None or line.source is None or canonical(line.variable.text) == variable:
        return None
    letter = canonical(line.variable.text)
    if reading.names.role(letter) in ("coordinate", "constant", "function"):
        raise LanguageError(
            f"{letter} can't count the members of a family", line.variable.span, suggestion="for k in 1..5"
        )
    return letter, reading.read(line.source)


def curve_mark(kind: str, raw: Expr, line: Line, reading: Reading, *, left: str, variable: str) -> Mark:
    """The mark of ``y = …`` or ``x = …``."""
    letter = canonical(line.variable.text) if line.variable is not None else ""
    bound = (letter,) if letter and letter != variable else ()
    expr = reading.read(raw, bound=bound)
    check_coordinates(expr, variable, reading)
    whole, domain = restricted(expr, line, variable, reading)
    family = family_of(line, variable, reading)
    tail = f" for {family[0]} in {print_expr(family[1])}" if family else ""
    text = print_expr(expr) + domain + tail
    return Mark(
        kind=kind, key=f"{left} = {text}", exprs=(whole,), variable=variable, reading=text,
        formula=f"{left} = {math_text(whole)}{_math_family(family)}", family=family, style=style_of(line),
    )  # fmt: skip


def _math_family(family: tuple[str, Expr] | None) -> str:
    if family is None:
        return ""
    return rf",\ {math_name(family[0])} = {math_text(family[1])}"


def check_coordinates(expr: Expr, variable: str, reading: Reading) -> None:
    """Raise `LanguageError` where a curve of x uses t or θ without a value."""
    for letter in reading.new:
        if letter == "t" and variable not in free_names(expr):
            raise LanguageError(
                "t is not defined",
                reading.new[letter],
                suggestion=f"in y = … use {variable}; parametric: (cos t, sin t) for t in 0..2pi",
            )


def has_condition(expr: Expr) -> bool:
    """Whether a read formula is true or false."""
    return isinstance(expr, Compare | Logic)
