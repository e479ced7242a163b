"""Definitions: functions, numbers, lists, points and texts with a name."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from plotlang.language.diagnostics import LanguageError
from plotlang.language.mathtext import math_name, math_text
from plotlang.language.printer import print_expr
from plotlang.language.reading import coordinates_of
from plotlang.language.scope import CONSTANTS
from plotlang.language.syntax import Call, Expr, Name, Negate, Number, Point, Word, free_names, walk
from plotlang.model.figure import Mark
from plotlang.model.session import MOST_SLIDER, Definition, ValueKind
from plotlang.numerics.lists import has_sign
from plotlang.statements.curves import Formula
from plotlang.statements.formula import PRODUCTS, defined_function, is_level, kind_of_value, mentions
from plotlang.statements.formula_kinds import FormulaKind, no_tail, restricted, style_of

if TYPE_CHECKING:
    from plotlang.language.reading import Reading
    from plotlang.language.scope import Names
    from plotlang.statements.formula import Line


class Function(FormulaKind):
    """f(x) = …."""

    defines = True
    usage = ("f(x) = formula", "let f(x) = formula", "f(x) = formula on [a, b)", "g(u, v) = formula")
    summary = "Defines a function; a function of one value is also drawn, unless let stands in front."
    examples = ("f(x) = x^2 - 1", "let g(x) = sin(x)\ny = 2g(x)", "f(x) = sqrt(x) on [0, 4)")

    def claims(self, line: Line, names: Names) -> bool:
        found = defined_function(line.left)
        if line.relation != "=" or found is None or is_level(line, names):
            return False
        name = found[0].text
        if names.is_builtin(name) and any(mentions(side, "y", names) for side in (line.left, line.right)):
            return False
        return name not in ("x", "y") and (name != "r" or found[1][0].text != "θ") and names.role(name) != "coordinate"

    def read(self, line: Line, reading: Reading) -> Formula:
        found = defined_function(line.left)
        if found is None or line.right is None:
            raise LanguageError("this defines no function", line.left.span)
        name, letters = found
        check_free_name(name, reading.names)
        variables = tuple(each.text for each in letters)
        check_variables(letters, variables)
        body = reading.read(line.right, bound=variables)
        for each in ("x", "y"):
            if each in free_names(body) and each not in variables:
                raise LanguageError(
                    f"{each} is not among the values of {name.text}",
                    next(node.span for node in walk(body) if node == Name(each)),
                    suggestion=f"write {name.text}({', '.join((*variables, each))}) = …",
                )
        if has_sign(body):
            raise LanguageError("a function has one value", line.right.span, suggestion="y = ±… draws two curves")
        whole, domain = restricted(body, line, variables[0], reading)
        if len(variables) > 1 or (line.variable is not None and not domain):
            no_tail(line, f"a function of {len(variables)} values", style=False)
        reads = print_expr(body) + domain
        definition = Definition(name.text, "function", whole, variables, reading=reads)
        mark = None
        if not line.let and len(variables) == 1:
            mark = function_mark(name.text, style=style_of(line))
        return Formula(definition, mark, reading=reads)


def function_mark(name: str, **fields: object) -> Mark:
    """The mark that draws a function of the notebook by its name."""
    made = Mark(
        "explicit",
        name,
        (Call(name, (Name("x"),)),),
        name=name,
        reading=f"{name}(x)",
        formula=rf"{math_name(name)}\left(x\right)",
    )
    return replace(made, **fields)  # type: ignore[arg-type]


class Value(FormulaKind):
    """a = 2, L = [1, 2, 3], A = (1, 2), a = 2 in -5..5."""

    defines = True
    usage = ("a = number", "a = number in low..high [step s]", "L = [1, 2, 3]", "A = (2, 3)", 'T = "text"')
    summary = "Gives a name to a number, a list, a point or a text; with in … the number gets a slider."
    examples = ("a = 2\ny = a x", "a = 1 in -5..5 step 0.5\ny = x^2 + a", "L = [1, 2, 3]", "A = (2, 3)")

    def claims(self, line: Line, names: Names) -> bool:
        if line.relation != "=" or not isinstance(line.left, Word) or line.left.primes or line.right is None:
            return False
        name = line.left.text
        if name in ("x", "y", *PRODUCTS):
            return False
        return not mentions(line.right, "xy", names) or not mentions(line.right, "y", names)

    def read(self, line: Line, reading: Reading) -> Formula:
        if not isinstance(line.left, Word) or line.right is None:
            raise LanguageError("this defines no name", line.left.span)
        name = line.left.text
        check_free_name(line.left, reading.names)
        reading.defining = name
        body = reading.read(line.right)
        check_is_number(name, body, line, reading)
        if has_sign(body):
            shown = reading.slice(line.right.span)
            raise LanguageError(
                f"{shown} are two values",
                line.right.span,
                why=f"{name} can have only one",
                suggestion=f"{name} = [a, b] is a list; y = ±… draws two curves",
            )
        notes = ("r is a number here; the polar circle is written r(θ) = 2",) if name == "r" else ()
        kind: ValueKind = kind_of_value(line.right, reading.names)  # type: ignore[assignment]
        check_value(kind, body, line.right, reading)
        definition = Definition(name, kind, body)
        if line.slider is not None:
            definition = slider_definition(name, body, line, reading)
        mark = None
        if kind == "point" and not line.let:
            mark = point_mark(name, body, line)
        else:
            no_tail(line, f"the value {name}")
        return Formula(definition, mark, reading=print_expr(body), notes=notes)


def check_value(kind: ValueKind, body: Expr, raw: Expr, reading: Reading) -> None:
    """Raise `LanguageError` for what can't get a name: a table has one already, a point has two coordinates."""
    if kind == "table":
        shown = reading.slice(raw.span)
        raise LanguageError(f"{shown} is a table", raw.span, suggestion=f"give a name to a column, such as {shown}.t")
    if isinstance(body, Point) and len(body.items) != 2:
        raise LanguageError("a point has two coordinates", raw.span, suggestion="write (2, 3)")


def check_is_number(name: str, body: Expr, line: Line, reading: Reading) -> None:
    """Raise `LanguageError` when the right side of ``name = …`` is a curve."""
    used = coordinates_of(body)
    span = line.left.span if line.right is None else line.right.span
    if name == "r" and (used or "t" in reading.new):
        raise LanguageError("polar curves are written with θ", span, suggestion="r = 2 sin(3θ)")
    if not used:
        return
    if name == "Y":
        shown = f"write y = {print_expr(body)}"
        raise LanguageError("Y is not the axis y", line.left.span, suggestion=shown, replacement="y")
    raise LanguageError(
        f"the right side contains {min(used)}, so this is a function of {min(used)}",
        line.left.span,
        suggestion=f"write {name}({min(used)}) = … or y = …",
    )


def slider_definition(name: str, body: Expr, line: Line, reading: Reading) -> Definition:
    """The definition of ``a = 2 in -5..5 step 0.1``."""
    if line.slider is None:
        raise LanguageError("a slider needs a range", line.left.span)
    low, high = (slider_number(reading.read(each)) for each in (line.slider.low, line.slider.high))
    step = None if line.slider.step is None else slider_number(reading.read(line.slider.step))
    start = slider_number(body)
    check_slider(name, low, high, step, line.slider)
    return Definition(name, "parameter", Number(start), low=min(low, start), high=max(high, start), step=step)


def slider_number(expr: Expr) -> float:
    """The number that a formula of plain numbers and constants gives."""
    from plotlang.model.budget import UNLIMITED
    from plotlang.model.session import Session
    from plotlang.statements.values import number_of

    if free_names(expr) - set(CONSTANTS):
        raise LanguageError("the ends of a slider are plain numbers", expr.span, suggestion="slider a -5 5")
    value = number_of(expr, Session(), UNLIMITED)
    if not abs(value) <= MOST_SLIDER:
        raise LanguageError("the ends of a slider are plain numbers", expr.span, suggestion="slider a -5 5")
    return value


def check_slider(name: str, low: float, high: float, step: float | None, at: Expr, step_at: Expr | None = None) -> None:
    """Raise `LanguageError` when the range or the step of a slider makes no sense."""
    from plotlang.statements.values import shown

    if low >= high:
        raise LanguageError(
            f"the slider of {name} goes from {shown(low)} to {shown(high)}",
            at.span,
            suggestion=f"did you mean slider {name} {shown(high)} {shown(low)}?"
            if low > high
            else f"for example: slider {name} {shown(low)} {shown(low + 10)}",
        )
    if step is not None and not 0 < step <= high - low:
        where = at.span if step_at is None else step_at.span
        message = f"the step of the slider {name} does not fit its range"
        raise LanguageError(message, where, suggestion="for example: step 0.5")


def point_mark(name: str, body: Expr, line: Line) -> Mark:
    """The dot of a point with a name."""
    return Mark(
        "points",
        name,
        (Name(name),),
        name=name,
        reading=print_expr(body),
        formula=f"{math_name(name)} = {math_text(body)}",
        style=style_of(line),
    )


def check_free_name(name: Word, names: Names) -> None:
    """Raise `LanguageError` for names that can't be defined."""
    text = name.text
    if text in CONSTANTS and text not in names.roles:
        shown = f" ({CONSTANTS[text]:.6g})" if text != "inf" else ""
        raise LanguageError(f"{text} is a constant{shown}", name.span, suggestion="choose another letter")
    if names.is_builtin(text) or (text not in names.roles and text in ("sum", "prod", "integral", "limit")):
        raise LanguageError(f"{text} is a built-in function", name.span, suggestion="choose another name")
    if text == "θ":
        raise LanguageError("θ is the angle of polar curves", name.span, suggestion="choose another letter")


def check_variables(letters: tuple[Word, ...], variables: tuple[str, ...]) -> None:
    """Raise `LanguageError` when the letters in the brackets are no plain, different names."""
    for each in letters:
        if each.text in CONSTANTS:
            raise LanguageError(f"{each.text} is a constant", each.span, suggestion="choose another letter")
    if len(set(variables)) != len(variables):
        raise LanguageError("the same letter stands twice in the brackets", letters[0].span.to(letters[-1].span))


def is_start(left: Expr) -> bool:
    """Whether the left side is ``y(0)`` or ``y'(0)`` with a plain number."""
    from plotlang.language.syntax import Paren, Run

    match left:
        case Run(factors=(Word(text="y"), Paren(items=(Number(),), variable=None))):
            return True
    return False


class NotAFunction(FormulaKind):
    """f(2) = 5, which defines nothing."""

    summary = ""

    def claims(self, line: Line, names: Names) -> bool:
        from plotlang.language.syntax import Paren, Run

        if line.relation != "=" or line.right is None or mentions(line.right, "xy", names):
            return False
        if is_start(line.left):
            return True
        match line.left:
            case Run(factors=(Word(text=name), Paren(items=(inside,)) as behind)):
                called = behind.span.start == line.left.factors[0].span.end
                number = isinstance(inside, Number) or (
                    isinstance(inside, Negate) and isinstance(inside.operand, Number)
                )
                known = names.role(name)
                return called and number and (known is None or (known == "function" and not names.is_builtin(name)))
        return False

    def read(self, line: Line, reading: Reading) -> Formula:
        from plotlang.language.syntax import Paren, Run

        left = line.left
        if is_start(left):
            whole = reading.whole_line()
            raise LanguageError(
                "a starting value stands behind its equation", left.span, suggestion=f"y' = x - y, {whole}"
            )
        if isinstance(left, Run) and isinstance(left.factors[0], Word) and isinstance(left.factors[1], Paren):
            name, inside = left.factors[0].text, reading.slice(left.factors[1].items[0].span)
            value = reading.slice(line.right.span) if line.right is not None else ""
            raise LanguageError(
                f"{name}({inside}) = … does not define a function",
                left.span,
                suggestion=f"write {name}(x) = … or, to mark a point, ({inside}, {value})",
            )
        raise LanguageError("this does not define a function", left.span)
