"""Fields over the plane: contour, field, slopefield, differential equations."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pyparsing as pp

from plotlang.language.diagnostics import LanguageError
from plotlang.language.grammar import Expression
from plotlang.language.mathtext import math_text
from plotlang.language.printer import print_expr
from plotlang.language.reading import coordinates_of
from plotlang.language.syntax import (
    Binary,
    Call,
    Expr,
    Interval,
    ListOf,
    Name,
    Number,
    Paren,
    Run,
    Word,
    rebuilt,
    walk,
)
from plotlang.model.figure import Mark
from plotlang.statements.curves import Formula
from plotlang.statements.define import is_start
from plotlang.statements.formula import is_derivative_side
from plotlang.statements.formula_kinds import FormulaKind, has_condition, no_tail, style_of
from plotlang.statements.fragments import FORMULA, INTERVAL, WITH, read_style, word
from plotlang.statements.kind import Kind, Statement

if TYPE_CHECKING:
    from plotlang.language.reading import Reading
    from plotlang.language.scope import Names
    from plotlang.statements.formula import Line

SLOPE = "y'"


class ContourCommand(Kind):
    """contour."""

    words = ("contour",)
    usage = ("contour x^2 - y^2", "contour x y levels 10", "contour h(x, y) levels [0, 1, 4]")
    summary = "Draws level lines of a formula in x and y: about so many round heights, or the given ones."
    examples = (
        "contour x^2 - y^2 levels 10",
        "contour sin(x) + cos(y) levels [-1, 0, 1]",
        "h(x, y) = x^2 + 2y^2\ncontour h",
    )

    def grammar(self) -> pp.ParserElement:
        """The formula, and perhaps the heights."""
        formula = Expression(stops=("levels", "level"))
        return (
            word("contour")
            + formula("formula")
            + pp.Optional(word("levels", "level")("how") + INTERVAL("levels"))
            + WITH
        )

    def build(self, parts: Any, reading: Reading) -> Statement:
        """The mark."""
        value = plane_formula(parts["formula"], reading)
        levels: Expr = Number(8.0)
        if "levels" in parts:
            levels = reading.read(parts["levels"])
            alone = parts["how"] == "level" and not isinstance(levels, ListOf)
            levels = ListOf((levels,)) if alone or isinstance(levels, Interval) else levels
        text = f"contour {print_expr(value)}"
        key = f"{text} levels {print_expr(levels)}"
        style = read_style(parts.get("style", ()))
        mark = Mark("contour", key, (value, levels), reading=text, formula=math_text(value), style=style)
        return Formula(None, mark, reading=text)


def plane_formula(raw: Expr, reading: Reading) -> Expr:
    """A formula in x and y, or a function of two values by its name."""
    if isinstance(raw, Word) and not raw.primes and reading.names.arity.get(raw.text) == 2:
        return Call(raw.text, (Name("x"), Name("y")), span=raw.span)
    value = reading.read(raw)
    if has_condition(value):
        raise LanguageError("a condition has no level lines", raw.span, suggestion="a region is written x < y")
    return value


class FieldCommand(Kind):
    """field."""

    words = ("field",)
    usage = ("field (y, -x)", "field (formula, formula) with red")
    summary = "Draws the arrows of a vector field."
    examples = ("field (y, -x)", "k = 0.5\nfield (y, -sin(x) - k y)")

    def grammar(self) -> pp.ParserElement:
        """Two formulas in brackets."""
        return word("field") + FORMULA("formula") + WITH

    def build(self, parts: Any, reading: Reading) -> Statement:
        """The mark."""
        raw = parts["formula"]
        if not (isinstance(raw, Paren) and len(raw.items) == 2 and raw.variable is None):
            raise LanguageError("a field has two formulas in brackets", raw.span, suggestion="field (y, -x)")
        along, up = (reading.read(each) for each in raw.items)
        text = f"({print_expr(along)}, {print_expr(up)})"
        mark = Mark(
            "field", f"field {text}", (along, up), reading=text,
            formula=rf"\left({math_text(along)}, {math_text(up)}\right)", style=read_style(parts.get("style", ())),
        )  # fmt: skip
        return Formula(None, mark, reading=text)


class SlopeFieldCommand(Kind):
    """slopefield."""

    words = ("slopefield",)
    usage = ("slopefield y' = x - y", "slopefield x - y")
    summary = "Draws short strokes with the slope that a differential equation asks for."
    examples = ("slopefield y' = x - y\ny' = x - y, y(0) = 1",)

    def grammar(self) -> pp.ParserElement:
        """The right side, with or without y' = in front."""
        return word("slopefield") + FORMULA("left") + pp.Optional(pp.Suppress("=") + FORMULA("right")) + WITH

    def build(self, parts: Any, reading: Reading) -> Statement:
        """The mark."""
        right = parts.get("right", parts["left"])
        if "right" in parts and not is_derivative_side(parts["left"]):
            raise LanguageError("a slope field is written y' = …", parts["left"].span, suggestion="slopefield y' = x")
        return Formula(None, slope_mark(reading.read(right), read_style(parts.get("style", ()))))


def slope_mark(value: Expr, style: Any) -> Mark:
    """The mark of the slope field of y' = value."""
    text = f"y' = {print_expr(value)}"
    return Mark("slopefield", text, (value,), reading=text, formula=f"y' = {math_text(value)}", style=style)


class DifferentialEquation(FormulaKind):
    """y' = x - y, y(0) = 1."""

    usage = (
        "y' = formula, y(0) = 1",
        "y'' = formula, y(0) = 0, y'(0) = 1",
        "y' = formula",
        "dy/dx = formula, y(0) = [1, 2, 3]",
    )
    summary = "Draws the solution of a differential equation through a start; without a start, its slope field."
    examples = (
        "y' = x - y, y(0) = 1",
        "y'' = -y, y(0) = 0, y'(0) = 1",
        "y' = y(1 - y), y(0) = [0.1, 0.5, 1.5]",
        "y'' = -sin(y) - 0.2y', y(0) = 2, y'(0) = 0",
    )

    def claims(self, line: Line, names: Names) -> bool:  # noqa: ARG002
        return line.relation == "=" and any(_is_slope(node) for node in walk(line.left)) and not is_start(line.left)

    def read(self, line: Line, reading: Reading) -> Formula:
        if line.right is None:
            raise LanguageError("the right side of = is missing", line.left.span)
        if _other_letter(line.left):
            raise LanguageError("solutions are drawn over x", line.left.span, suggestion="write dy/dx = … or y' = …")
        if not is_derivative_side(line.left):
            order = max(node.primes for node in walk(line.left) if isinstance(node, Word) and node.text == "y")
            shape = "y" + "'" * max(1, order)
            raise LanguageError(
                f"{shape} stands alone on the left",
                line.left.span,
                suggestion=f"solve the equation for it: {shape} = …",
            )
        if line.domain is not None or line.variable is not None:
            no_tail(line, "a differential equation", style=False)
        order = line.left.primes if isinstance(line.left, Word) else 1
        if order > 2:
            raise LanguageError("equations of first and second order can be solved", line.left.span)
        right = self.right_side(line.right, order, reading)
        starts = self.starts(line, order, reading)
        left = "y" + "'" * order
        if not starts:
            if order == 2:
                hint = f"{reading.slice(line.left.span.to(line.right.span))}, y(0) = 0, y'(0) = 1"
                raise LanguageError("y'' needs two starting values", line.left.span, suggestion=f"for example: {hint}")
            mark = slope_mark(right, style_of(line))
            return Formula(None, mark, reading=mark.reading)
        said = ", ".join(
            f"y{mark}({print_expr(starts[0])}) = {print_expr(value)}"
            for mark, value in zip(("", "'"), starts[1:], strict=False)
        )
        text = f"{left} = {print_expr(right)}, {said}"
        first = rf"y\left({math_text(starts[0])}\right) = {math_text(starts[1])}"
        mark = Mark(
            "solution", text, (right,), reading=text, places=(starts,),
            formula=f"{left} = {math_text(right)},\\ {first}", style=style_of(line),
        )  # fmt: skip
        return Formula(None, mark, reading=text)

    def right_side(self, raw: Expr, order: int, reading: Reading) -> Expr:
        """The right side, where y' is a name in equations of second order."""

        def change(node: Expr) -> Expr | None:
            if isinstance(node, Word) and node.text == "y" and node.primes:
                if node.primes >= order:
                    shape = "y" + "'" * node.primes
                    message = f"{shape} stands on both sides"
                    raise LanguageError(
                        message, node.span, suggestion=f"solve the equation for {'y' + chr(39) * order}"
                    )
                return Name(SLOPE, span=node.span)
            return None

        value = reading.read(rebuilt(raw, change))
        if "t" in reading.new:
            raise LanguageError("t is not defined", reading.new["t"], suggestion="in y' = … use x")
        return value

    def starts(self, line: Line, order: int, reading: Reading) -> tuple[Expr, ...]:
        """The place, the value there, and for the second order the slope there; empty without a start."""
        found: dict[int, tuple[Expr, Expr]] = {}
        for left, right in line.further:
            primes, place = _start(left)
            if right is None or place is None or primes >= order:
                last = ", y'(0) = 1" if order == 2 else ""
                raise LanguageError("this is no starting value", left.span, suggestion=f"it is written y(0) = 1{last}")
            check_once(primes, found, left)
            found[primes] = reading.read(place), reading.read(right)
        if not found:
            return ()
        if 0 not in found or (order == 2 and 1 not in found):
            missing = "y(0) = 0" if 0 not in found else "y'(0) = 1"
            raise LanguageError("a starting value is missing", line.left.span, suggestion=f"add {missing}")
        place, value = found[0]
        if order == 2 and found[1][0] != place:
            hint = f"y({print_expr(place)}) and y'({print_expr(place)})"
            raise LanguageError(
                "both starting values belong to the same place", line.further[-1][0].span, suggestion=hint
            )
        for each in (place, value, *((found[1][1],) if order == 2 else ())):
            if coordinates_of(each):
                raise LanguageError("a starting value is a number", each.span, suggestion="as in y(0) = 1")
        return (place, value) if order == 1 else (place, value, found[1][1])


def check_once(primes: int, found: dict[int, tuple[Expr, Expr]], left: Expr) -> None:
    """Raise `LanguageError` when a starting value was given before."""
    if primes in found:
        hint = "write one line for each solution, or y(0) = [1, 2] for several values at one place"
        raise LanguageError("this value is given twice", left.span, suggestion=hint)


def _other_letter(left: Expr) -> bool:
    """Whether the left side is ``dy/dt`` or the like."""
    match left:
        case Binary(operator="/", left=Word(text="dy"), right=Word(text=text)):
            return text != "dx" and len(text) == 2 and text.startswith("d")
    return False


def _is_slope(node: Expr) -> bool:
    if _other_letter(node):
        return True
    return (isinstance(node, Word) and node.text == "y" and node.primes > 0) or is_derivative_side(node)


def _start(left: Expr) -> tuple[int, Expr | None]:
    """How many primes ``y(0)`` or ``y'(0)`` has, and the place."""
    match left:
        case Run(factors=(Word(text="y", primes=primes), Paren(items=(place,), variable=None))):
            return primes, place
    return 0, None


FIELD_KINDS: tuple[Kind, ...] = (ContourCommand(), FieldCommand(), SlopeFieldCommand())
