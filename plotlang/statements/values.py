"""Values as they are printed: six digits, an exact form where there is one, and typeset."""

from __future__ import annotations

import math
import re
from typing import TYPE_CHECKING

from plotlang.language.mathtext import math_name, math_text
from plotlang.language.printer import print_expr
from plotlang.language.scope import CONSTANTS
from plotlang.language.syntax import Compare, Expr, ListOf, Logic, Name, Not, Point, Text, free_names
from plotlang.model.budget import UNLIMITED
from plotlang.model.session import Session
from plotlang.numerics.compile import compile_expr
from plotlang.numerics.functions import FUNCTIONS
from plotlang.numerics.lists import has_sign
from plotlang.numerics.lowering import Lowering
from plotlang.statements.kind import Result

if TYPE_CHECKING:
    from plotlang.model.budget import Budget

_DENOMINATORS = (
    2,
    3,
    4,
    5,
    6,
    7,
    8,
    9,
    10,
    11,
    12,
    13,
    14,
    15,
    16,
    18,
    20,
    24,
    25,
    30,
    32,
    36,
    40,
    45,
    48,
    60,
    64,
    100,
)
_MOST_SHOWN = 30
_TYPESET = re.compile(r"\\(frac|sqrt|pi|int|sum|prod|infty)|\^")


def lowering_of(session: Session, budget: Budget, sign: int = 1) -> Lowering:
    """What lowers the expressions of a session."""

    def span() -> tuple[float, float]:
        from plotlang.marks.layout import work_on

        return work_on(session, session.figure, budget).x_span()

    return Lowering(session.definitions, session.settings, budget, sign=sign, span=span)


def number_of(expr: Expr, session: Session, budget: Budget) -> float:
    """The value of an expression without variables; raises `LanguageError` if it is no number."""
    return lowering_of(session, budget).number(expr)


def constant(expr: Expr) -> float | None:
    """The value of a formula of plain numbers and constants, None for any other."""
    if free_names(expr) - set(CONSTANTS) - set(FUNCTIONS):
        return None
    return number_of(expr, Session(), UNLIMITED)


def shown(value: float) -> str:
    """A number with six digits."""
    if math.isnan(value):
        return "undefined"
    if math.isinf(value):
        return "∞" if value > 0 else "−∞"
    if value == int(value) and abs(value) < 1e12:
        return str(int(value)).replace("-", "−")
    text = f"{value:.6g}"
    if "e" in text:
        mantissa, exponent = text.split("e")
        text = f"{mantissa}·10^{int(exponent)}"
    return text.replace("-", "−")


def exact(value: float) -> tuple[str, str] | None:
    """An exact form of a number, as text and as TeX: a fraction, a root, or a multiple of π or e (within 1e-9)."""
    if not math.isfinite(value) or value == 0 or abs(value) > 1e6 or abs(value) < 1e-6:
        return None
    if _near_whole(value):
        return None
    found = _fraction(value, "", "")
    if found is None or len(f"{abs(value):.9g}") <= 6:
        found = None if len(f"{abs(value):.9g}") <= 6 else found
    if found is None and len(f"{abs(value):.12g}") > 8:
        found = _fraction(value / math.pi, "π", r"\pi") or _root(value) or _fraction(value / math.e, "e", "e")
    return found


def _near_whole(value: float) -> bool:
    return abs(value - round(value)) <= 1e-9 * max(1.0, abs(value))


def _fraction(value: float, unit: str, tex: str) -> tuple[str, str] | None:
    """Value as p/q of a unit, for small q."""
    for below in (1, *_DENOMINATORS):
        above = value * below
        if round(above) != 0 and abs(above - round(above)) <= 1e-9 * max(1.0, abs(above)) and abs(above) < 1000:
            return _ratio(round(above), below, unit, tex)
    return None


def _ratio(above: int, below: int, unit: str, tex: str) -> tuple[str, str]:
    sign, size = ("−" if above < 0 else ""), abs(above)
    top = unit if unit and size == 1 else f"{size}{unit}"
    top_tex = tex if tex and size == 1 else f"{size}{tex}"
    minus = "-" if above < 0 else ""
    if below == 1:
        return f"{sign}{top}", f"{minus}{top_tex}"
    return f"{sign}{top}/{below}", rf"{minus}\frac{{{top_tex}}}{{{below}}}"


def _root(value: float) -> tuple[str, str] | None:
    """Value as p√n/q for small whole numbers."""
    square = value * value
    for below in (1, 2, 3, 4, 5, 6, 8, 10):
        whole = square * below * below
        if abs(whole - round(whole)) <= 1e-9 * max(1.0, whole) and 0 < round(whole) < 10_000:
            factor, inside = _square_free(round(whole))
            if inside == 1:
                return None
            sign, minus = ("−", "-") if value < 0 else ("", "")
            front = "" if factor == 1 else str(factor)
            top, top_tex = f"{front}√{inside}", rf"{front}\sqrt{{{inside}}}"
            if below == 1:
                return sign + top, minus + top_tex
            return f"{sign}{top}/{below}", rf"{minus}\frac{{{top_tex}}}{{{below}}}"
    return None


def _square_free(whole: int) -> tuple[int, int]:
    factor, inside = 1, whole
    for each in range(math.isqrt(whole), 1, -1):
        if inside % (each * each) == 0:
            factor, inside = factor * each, inside // (each * each)
    return factor, inside


def shown_exact(value: float) -> tuple[str, str]:
    """A number as text and TeX, with its exact form: 0.333333 = 1/3 as text, 1/3 ≈ 0.333333 in TeX."""
    text = shown(value)
    tex = text.replace("−", "-").replace("∞", r"\infty").replace("undefined", r"\mathrm{undefined}")
    if "·10^" in tex:
        mantissa, power = tex.split("·10^")
        tex = rf"{mantissa} \cdot 10^{{{power}}}"
    form = exact(value)
    if form is None:
        return text, tex
    near = "=" if abs(float(f"{value:.6g}") - value) < 1e-12 * abs(value) else r"\approx"
    return f"{text} = {form[0]}", f"{form[1]} {near} {tex}"


def value_result(expr: Expr, text: str, session: Session, budget: Budget, *, condition: bool = False) -> Result:
    """What a formula without x prints; `text` is the formula as typed."""
    definition = session.definitions.get(expr.id) if isinstance(expr, Name) else None
    if definition is not None and definition.kind == "table":
        return definition_result(definition.name, session, budget)
    signs = (1, -1) if has_sign(expr) else (1,)
    values = [lowering_of(session, budget, sign).lower(expr) for sign in signs]
    said = [
        said_value(value, budget, condition=condition or isinstance(expr, Compare | Logic | Not)) for value in values
    ]
    words = " and ".join(each[0] for each in said)
    tex = r"\quad ".join(each[1] for each in said)
    numbers = tuple(number for each in said for number in each[2])
    plain = text.strip()
    same = plain.replace("-", "−") == words
    line = words if same else f"{plain} = {words}"
    if condition or isinstance(expr, Compare | Logic | Not):
        line, typeset = f"{plain} is {words}", ""
    else:
        link = r"\colon\ " if has_sign(expr) else " = "
        whole = math_text(expr)
        typeset = tex if same or tex.startswith((f"{whole} =", rf"{whole} \approx")) else f"{whole}{link}{tex}"
    if not _TYPESET.search(typeset):
        typeset = ""  # plain numbers need no typesetting, and a saved page may have none
    return Result(line, typeset, name=plain, numbers=numbers)


def said_value(value: Expr, budget: Budget, *, condition: bool = False) -> tuple[str, str, tuple[float, ...]]:
    """A lowered value as text, as TeX, and as bare numbers."""
    match value:
        case Text(value=words):
            return f'"{words}"', "", ()
        case ListOf(items=items):
            parts = [said_value(each, budget, condition=condition) for each in items]
            texts = [each[0].split(" = ")[0] for each in parts]
            numbers = tuple(number for each in parts for number in each[2])
            if len(texts) > _MOST_SHOWN:
                texts = [*texts[: _MOST_SHOWN - 1], "…", texts[-1]]
            inside = ", ".join(texts)
            return f"[{inside}]", _tex_list(inside), numbers
        case Point(items=items):
            numbers = tuple(float(compile_expr(each, budget=budget)()) for each in items)
            inside = ", ".join(shown(each) for each in numbers)
            return f"({inside})", _tex_list(inside).replace("[", "(").replace("]", ")"), numbers
    number = float(compile_expr(value, budget=budget)())
    if condition:
        return ("undefined" if math.isnan(number) else "true" if number else "false"), "", (number,)
    text, tex = shown_exact(number)
    return text, tex, (number,)


def _tex_list(inside: str) -> str:
    tex = inside.replace("−", "-").replace("∞", r"\infty").replace("undefined", r"\mathrm{undefined}")
    return f"[{tex}]".replace("…", r"\ldots").replace("·10^", r"\cdot 10^")


def definition_result(name: str, session: Session, budget: Budget) -> Result:
    """What a name stands for, and its value."""
    definition = session.definitions[name]
    if definition.kind == "table":
        from plotlang.statements.table import shown_columns

        return shown_columns(definition)
    body, typeset = print_expr(definition.body), math_text(definition.body)
    if definition.parameters is not None:
        inside = ", ".join(definition.parameters)
        letters = ", ".join(math_name(each) for each in definition.parameters)
        return Result(f"{name}({inside}) = {body}", rf"{math_name(name)}\left({letters}\right) = {typeset}", name=name)
    text, tex, numbers = said_value(lowering_of(session, budget).lower(definition.body), budget)
    if text.split(" = ")[0].replace("−", "-") == body:
        body, typeset = "", ""
    link = f" = {body}" if body else ""
    tex_link = f" = {typeset}" if typeset else ""
    if definition.kind == "parameter":
        text += f" (slider from {shown(definition.low)} to {shown(definition.high)})"
        return Result(f"{name} = {text}", name=name, numbers=numbers)
    return Result(
        f"{name}{link} = {text}", f"{math_name(name)}{tex_link} = {tex}" if tex else "", name=name, numbers=numbers
    )
