"""Curves: y = …, x = …, a formula alone, an equation of x and y, a region."""

from __future__ import annotations

from typing import TYPE_CHECKING

from plotlang.language.diagnostics import LanguageError
from plotlang.language.mathtext import math_text
from plotlang.language.printer import print_expr
from plotlang.language.reading import coordinates_of
from plotlang.language.syntax import Binder, ListOf, Paren, Point, Word
from plotlang.model.figure import Mark
from plotlang.statements.curves import Formula
from plotlang.statements.formula import canonical, defined_function, is_condition, is_curve_letter, mentions
from plotlang.statements.formula_kinds import FormulaKind, curve_mark, family_of, has_condition, no_tail, style_of

if TYPE_CHECKING:
    from plotlang.language.reading import Reading
    from plotlang.language.scope import Names
    from plotlang.language.syntax import Expr
    from plotlang.statements.formula import Line


def _axis_function(line: Line, axis: str) -> Word | None:
    """The letter of ``y(x)`` or ``x(y)`` on the left."""
    found = defined_function(line.left)
    if found is not None and found[0].text == axis and len(found[1]) == 1:
        return found[1][0]
    return None


class Curve(FormulaKind):
    """y = …."""

    usage = ("y = formula", "y = formula on [a, b)", "y = formula {condition}", "y = formula for k in 1..5")
    summary = "Draws a curve y(x); the same line twice is one curve."
    examples = (
        "y = sin(x)",
        "y = 2x {x > 0}",
        "y = x^2 on [0, 2)",
        "y = k x for k in 1..4",
        "y = [1, 2, 3] x",
        "y = {x < 0: -x, 0 <= x < 2: x^2, else: 4}",
        "y = ±sqrt(4 - x^2)",
    )

    def claims(self, line: Line, names: Names) -> bool:
        if line.relation != "=" or line.right is None:
            return False
        if _axis_function(line, "y") is not None:
            return True
        return is_curve_letter(line.left, "y") and not mentions(line.right, "y", names)

    def read(self, line: Line, reading: Reading) -> Formula:
        if line.right is None:
            raise LanguageError("the right side of = is missing", line.left.span)
        if line.further:
            no_tail(line, "a curve", style=False)
        mark = curve_mark("explicit", line.right, line, reading, left="y", variable="x")
        return Formula(None, mark, reading=mark.reading)


class Inverse(FormulaKind):
    """x = …."""

    usage = ("x = formula in y", "x = number")
    summary = "Draws a curve x(y), or a vertical line."
    examples = ("x = y^2", "x = 3")

    def claims(self, line: Line, names: Names) -> bool:
        if line.relation != "=" or line.right is None:
            return False
        if _axis_function(line, "x") is not None:
            return True
        return is_curve_letter(line.left, "x") and not mentions(line.right, "x", names)

    def read(self, line: Line, reading: Reading) -> Formula:
        if line.right is None:
            raise LanguageError("the right side of = is missing", line.left.span)
        if line.further:
            if line.further[0][1] is not None and _axis_function(line, "x") is not None:
                hint = "(cos t, sin t) for t in 0..2pi"
                raise LanguageError("a point that moves is written as one pair", line.left.span, suggestion=hint)
            no_tail(line, "a curve", style=False)
        mark = curve_mark("inverse", line.right, line, reading, left="x", variable="y")
        return Formula(None, mark, reading=mark.reading)


class Dots(FormulaKind):
    """(2, 3)."""

    usage = ("(2, 3)", "[(0, 0), (1, 2)]", "(k, k^2) for k in [1, 2, 3]")
    summary = "Marks a point, or several."
    examples = ("(2, 3)", '(1, 2) with red label "here"', "[(0, 0), (1, 1), (2, 4)]")

    def claims(self, line: Line, names: Names) -> bool:  # noqa: ARG002
        if line.relation:
            return False
        return _is_point(line.left) or (
            isinstance(line.left, ListOf) and bool(line.left.items) and all(_is_point(each) for each in line.left.items)
        )

    def read(self, line: Line, reading: Reading) -> Formula:
        if line.domain is not None:
            no_tail(line, "a point", style=False)
        raw = line.left
        if line.variable is not None and line.source is not None:
            raw = Binder("list", raw, line.variable.text, line.source, span=raw.span)
        value = reading.read(raw)
        points = value.items if isinstance(value, ListOf) else (value,)
        for each in points:
            if isinstance(each, Point) and len(each.items) != 2:
                raise LanguageError("a point has two coordinates", each.span, suggestion="write (2, 3)")
            used = coordinates_of(each)
            if used:
                raise LanguageError(f"{min(used)} has no value here", each.span, why="a point is made of numbers")
        text = print_expr(value)
        mark = Mark("points", text, (value,), reading=text, formula=math_text(value), style=style_of(line))
        return Formula(None, mark, reading=text)


def _is_point(expr: Expr) -> bool:
    return isinstance(expr, Paren) and len(expr.items) > 1 and expr.variable is None


class Equation(FormulaKind):
    """An equation of x and y."""

    usage = ("formula = formula",)
    summary = "Draws the curve of any equation in x and y."
    examples = ("x^2 + y^2 = 9", "x y = 1", "y^2 = x^3 - x", "a = 2\nx^2/a^2 + y^2 = 1")

    def claims(self, line: Line, names: Names) -> bool:
        if line.relation != "=":
            return False
        return mentions(line.left, "xy", names) or mentions(line.right, "xy", names)

    def read(self, line: Line, reading: Reading) -> Formula:
        if line.right is None:
            raise LanguageError("the right side of = is missing", line.left.span)
        if line.domain is not None or line.further:
            no_tail(line, "an equation", style=False)
        bound = () if line.variable is None else (canonical(line.variable.text),)
        left, right = reading.read(line.left, bound=bound), reading.read(line.right, bound=bound)
        family = family_of(line, "", reading)
        for side in (left, right):
            if has_condition(side):
                raise LanguageError(
                    "a condition does not fit into an equation",
                    side.span,
                    suggestion="a region is written x^2 + y^2 < 9",
                )
        tail = f" for {family[0]} in {print_expr(family[1])}" if family else ""
        text = f"{print_expr(left)} = {print_expr(right)}{tail}"
        mark = Mark(
            "implicit",
            text,
            (left, right),
            reading=text,
            formula=f"{math_text(left)} = {math_text(right)}",
            family=family,
            style=style_of(line),
        )
        return Formula(None, mark, reading=text)


class Region(FormulaKind):
    """An inequality of x and y."""

    usage = ("formula < formula", "condition and condition")
    summary = "Shades where a condition on x and y holds; the boundary is dashed for < and solid for <=."
    examples = ("y > x^2", "x^2 + y^2 <= 4 and y > x", "0 < x < 2")

    def claims(self, line: Line, names: Names) -> bool:
        return not line.relation and is_condition(line.left) and mentions(line.left, "xy", names)

    def read(self, line: Line, reading: Reading) -> Formula:
        if line.domain is not None or line.variable is not None or line.further:
            no_tail(line, "a region", style=False)
        condition = reading.read(line.left)
        text = print_expr(condition)
        if "==" in text and isinstance(line.left, Paren) is False and " and " not in text and " or " not in text:
            raise LanguageError(
                "a curve is written with one =", line.left.span, suggestion=f"write {text.replace('==', '=')}"
            )
        mark = Mark("region", text, (condition,), reading=text, formula=math_text(condition), style=style_of(line))
        return Formula(None, mark, reading=text)


class Expression(FormulaKind):
    """A formula alone."""

    usage = ("formula in x", "formula without x", "condition")
    summary = "A formula in x is drawn; one without x prints its value; a condition prints true or false."
    examples = ("x^2 - 1", "2 + 3/4", "f(x) = x^2\nf(3)", "sqrt(2) < 1.5")

    def claims(self, line: Line, names: Names) -> bool:  # noqa: ARG002
        return not line.relation or line.relation == "="

    def read(self, line: Line, reading: Reading) -> Formula:
        if line.relation == "=" and line.right is not None:
            return self.equality(line, reading)
        if line.further:
            no_tail(line, "a value", style=False)
        letter = line.variable.text if line.variable is not None else ""
        trial = reading.read(line.left, bound=(letter,) if letter not in ("", "x", "y") else ())
        used = coordinates_of(trial)
        if used == {"x", "y"}:
            text = reading.slice(line.left.span)
            raise LanguageError(
                "a number for every point (x, y), so no single curve",
                line.left.span,
                suggestion=f"write {text} = 0 for a curve",
            )
        if used == {"y"}:
            raise LanguageError(
                "a formula in y alone", line.left.span, suggestion=f"write x = {reading.slice(line.left.span)}"
            )
        if used == {"x"}:
            mark = curve_mark("explicit", line.left, line, reading, left="y", variable="x")
            return Formula(None, mark, reading=mark.reading)
        self.no_lone_t(reading)
        no_tail(line, "a value")
        text = print_expr(trial)
        return Formula(None, None, trial, reading.slice(line.left.span), has_condition(trial), reading=text)

    def equality(self, line: Line, reading: Reading) -> Formula:
        from plotlang.language.syntax import Compare

        if line.right is None:
            raise LanguageError("the right side of = is missing", line.left.span)
        left, right = reading.read(line.left), reading.read(line.right)
        self.no_lone_t(reading)
        whole = Compare((left, right), ("==",), span=line.left.span.to(line.right.span))
        shown = reading.slice(line.left.span.to(line.right.span))
        return Formula(None, None, whole, shown, is_condition=True, reading=print_expr(whole))

    def no_lone_t(self, reading: Reading) -> None:
        """The letter t is the parameter of curves and becomes no slider by itself."""
        if "t" in reading.new:
            raise LanguageError(
                "t is not defined", reading.new["t"], suggestion="parametric: (cos t, sin t) for t in 0..2pi"
            )
