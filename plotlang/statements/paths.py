"""Curves of a parameter: (cos t, sin t) for t in 0..2pi, r = 1 + cos θ."""

from __future__ import annotations

from typing import TYPE_CHECKING

from plotlang.language.diagnostics import LanguageError
from plotlang.language.mathtext import math_text
from plotlang.language.printer import print_expr
from plotlang.language.reading import coordinates_of
from plotlang.language.syntax import Binary, Call, Expr, Interval, Number, Paren, PlusMinus, Point, Word
from plotlang.model.figure import Mark
from plotlang.statements.curves import Formula
from plotlang.statements.formula import canonical, defined_function, mentions, words_of
from plotlang.statements.formula_kinds import FormulaKind, check_ends, family_of, no_tail, style_of

if TYPE_CHECKING:
    from plotlang.language.reading import Reading
    from plotlang.language.scope import Names
    from plotlang.statements.formula import Line


class ParametricCurve(FormulaKind):
    """(cos t, sin t) for t in 0..2pi."""

    usage = ("(formula in t, formula in t) for t in 0..2pi", "(formula in t, formula in t)")
    summary = "Draws the curve of a point that moves; without for, t runs from 0 to 2π."
    examples = (
        "(cos t, sin t) for t in 0..2pi",
        "(sin 2t, sin 3t)",
        "(t, k t^2) for k in 1..3",
        "a = 2\n(a cos u, sin u) for u in 0..pi with red thick",
    )

    def claims(self, line: Line, names: Names) -> bool:
        if line.relation or not (isinstance(line.left, Paren) and len(line.left.items) == 2):
            return False
        return self.parameter(line, names) is not None

    def parameter(self, line: Line, names: Names) -> str | None:
        """The letter that moves the point; None when the line is a plain point or a list of points."""
        letter = canonical(line.variable.text) if line.variable is not None else ""
        free_t = names.role("t") is None and "t" in set(words_of(line.left))
        if letter == "t" or not free_t:
            moves = isinstance(line.source, Interval) and line.source.step is None and line.source.second is None
            return letter if letter and moves else None
        return "t"

    def read(self, line: Line, reading: Reading) -> Formula:
        letter = self.parameter(line, reading.names)
        if letter is None or not isinstance(line.left, Paren):
            raise LanguageError("this is no curve", line.left.span)
        if line.further:
            no_tail(line, "a curve", style=False)
        own = line.variable is not None and canonical(line.variable.text) == letter
        if own and line.variable is not None:
            check_letter(letter, line.variable, reading)
        bound = {letter} | ({canonical(line.variable.text)} if line.variable is not None else set())
        x, y = (reading.read(each, bound=tuple(bound)) for each in line.left.items)
        for each in (x, y):
            used = coordinates_of(each) - bound
            if used:
                raise LanguageError(
                    f"{min(used)} has no value here", each.span, suggestion=f"the curve is made of {letter} alone"
                )
        start, stop, said = ends_of(line, letter, reading)
        family = None if own else family_of(line, letter, reading)
        notes = () if start is not None else (f"{letter} runs from 0 to 2π; for {letter} in 0..1 chooses other ends",)
        tail = f" for {family[0]} in {print_expr(family[1])}" if family else ""
        text = f"{print_expr(Point((x, y)))}{said}{tail}"
        mark = Mark(
            "parametric", text, (x, y), variable=letter, reading=text,
            formula=math_text(Point((x, y))), start=start, stop=stop, family=family, style=style_of(line),
        )  # fmt: skip
        return Formula(None, mark, reading=text, notes=notes)


class PolarCurve(FormulaKind):
    """r = 1 + cos θ."""

    usage = ("r = formula in θ", "r(θ) = formula", "r = formula in θ for θ in 0..4pi", "r^2 = formula in θ")
    summary = "Draws a polar curve; θ (or theta) runs from 0 to 2π unless for says otherwise."
    examples = ("r = 1 + cos θ", "r(θ) = 2", "r = theta/4 for theta in 0..6pi", "r^2 = 4cos(2θ)")

    def claims(self, line: Line, names: Names) -> bool:
        if line.relation != "=" or line.right is None:
            return False
        found = defined_function(line.left)
        if found is not None:
            return found[0].text == "r" and len(found[1]) == 1 and canonical(found[1][0].text) == "θ"
        if not mentions(line.right, "θ", names.with_coordinates("θ")):
            return False
        match line.left:
            case Word(text="r", primes=0):
                return True
            case Binary(operator="^", left=Word(text="r"), right=Number(value=2.0)):
                return names.role("r") is None
        return False

    def read(self, line: Line, reading: Reading) -> Formula:
        if line.right is None:
            raise LanguageError("the right side of = is missing", line.left.span)
        if line.further:
            no_tail(line, "a polar curve", style=False)
        letter = canonical(line.variable.text) if line.variable is not None else ""
        bound = (letter,) if letter not in ("", "θ") else ()
        radius = reading.read(line.right, bound=bound, coordinates=("θ",))
        used = coordinates_of(radius)
        if used:
            raise LanguageError(f"{min(used)} has no value here", radius.span, suggestion="r = … is made of θ alone")
        squared = isinstance(line.left, Binary)
        whole: Expr = PlusMinus(Call("sqrt", (radius,))) if squared else radius
        start, stop, said = ends_of(line, "θ", reading)
        family = family_of(line, "θ", reading)
        tail = f" for {family[0]} in {print_expr(family[1])}" if family else ""
        left, left_math = ("r^2", "r^{2}") if squared else ("r", "r")
        text = f"{print_expr(radius)}{said}{tail}"
        mark = Mark(
            "polar", f"{left} = {text}", (whole,), variable="θ", reading=text,
            formula=f"{left_math} = {math_text(radius)}", start=start, stop=stop, family=family, style=style_of(line),
        )  # fmt: skip
        return Formula(None, mark, reading=text)


def check_letter(letter: str, at: Word, reading: Reading) -> None:
    """Raise `LanguageError` for a letter that can't be the parameter of a curve."""
    if reading.names.role(letter) in ("constant", "function", "coordinate"):
        raise LanguageError(f"{letter} can't be the parameter of a curve", at.span, suggestion="for t in 0..2pi")


def ends_of(line: Line, letter: str, reading: Reading) -> tuple[Expr | None, Expr | None, str]:
    """Where the parameter starts and stops, and the words for it; None where the line leaves it open."""
    raw: tuple[Expr, Expr] | None = None
    if line.domain is not None:
        raw = line.domain[1], line.domain[2]
    elif line.variable is not None and canonical(line.variable.text) == letter and isinstance(line.source, Interval):
        raw = line.source.low, line.source.high
    if raw is None:
        return None, None, ""
    low, high = reading.read(raw[0]), reading.read(raw[1])
    check_ends(low, high, raw[0])
    return low, high, f" for {letter} in {print_expr(low)}..{print_expr(high)}"
