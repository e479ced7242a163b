"""Which curve a command is about: a function's name, a label, a number of the legend, or a formula."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pyparsing as pp

from plotlang.language.diagnostics import LanguageError
from plotlang.language.grammar import Expression
from plotlang.language.printer import itself, print_expr
from plotlang.language.syntax import Expr, Logic, Run, Text, Word
from plotlang.marks.layout import work_on
from plotlang.numerics.lists import has_sign
from plotlang.statements.fragments import FORMULA, INTERVAL, STRING
from plotlang.statements.looks import find_mark

if TYPE_CHECKING:
    from plotlang.language.reading import Reading
    from plotlang.marks.window import WindowChoice
    from plotlang.model.budget import Budget
    from plotlang.model.figure import Figure, Mark
    from plotlang.model.session import Session

Which = int | Text | Expr | None

_NUMBER = pp.Regex(r"\d+(?=\s*(,|and\b|on\b|at\b|from\b|for\b|with\b|between\b|levels\b|boxes\b|#|;|$))")
CURVE = _NUMBER.set_parse_action(lambda parts: int(parts[0])) | STRING | FORMULA
OF = pp.Suppress(pp.Optional(pp.Keyword("of") | pp.Keyword("to") | pp.Keyword("under") | pp.Keyword("the")))
AT = pp.Suppress(pp.Keyword("at") + pp.Optional(pp.Regex(r"x\s*=(?!=)")))
CURVES = pp.Group(pp.DelimitedList(CURVE, delim=pp.Keyword("and") | ","))
_EDGE = (
    pp.Char("[(")("open")
    + pp.Group(FORMULA)("low")
    + pp.Suppress(",")
    + pp.Group(FORMULA)("high")
    + pp.Char("])")("close")
)
DOMAIN = pp.Optional(pp.Suppress(pp.Keyword("on")) + pp.Group(_EDGE | INTERVAL("range"))("domain"))
_STOP = Expression(stops=("boxes", "box", "left", "right", "mid", "trap"))
ENDS = pp.Suppress(pp.Keyword("from")) + FORMULA("start") + pp.Suppress(pp.Keyword("to")) + _STOP("stop")


WHERE = ENDS | DOMAIN


def read_curves(raw: Any, reading: Reading) -> tuple[Which, ...]:
    """The curves of a line; ``f and g`` comes as one condition from the grammar of formulas."""
    found: list[Which] = []
    for each in raw:
        if isinstance(each, Logic) and each.operator == "and":
            found += [read_curve(part, reading) for part in each.operands]
        elif isinstance(each, Run) and all(_names_function(part, reading) for part in each.factors):
            found += [read_curve(part, reading) for part in each.factors]
        else:
            found.append(read_curve(each, reading))
    return tuple(found)


def _names_function(raw: Expr, reading: Reading) -> bool:
    """Whether this is the name of a function of the notebook alone, as in ``intersect f g``."""
    return isinstance(raw, Word) and reading.names.arity.get(raw.text) == 1


def read_curve(raw: int | Expr | None, reading: Reading) -> Which:
    """One curve: a number of the legend, a label, or a formula in x (a function by its name)."""
    if raw is None or isinstance(raw, int | Text):
        return raw
    if isinstance(raw, Word) and not raw.primes and raw.text not in ("x", "y"):
        role = reading.names.role(raw.text)
        if role != "function":
            return Text(raw.text, span=raw.span)
    return reading.function_of(raw).body


def read_domain(parts: Any, reading: Reading) -> tuple[Expr, Expr] | None:
    """The ends of ``on [a, b]`` or ``from a to b``, if the line has them."""
    if "start" in parts:
        return reading.read(parts["start"]), reading.read(parts["stop"])
    if "domain" not in parts:
        return None
    edges = parts["domain"]
    from plotlang.statements.formula_kinds import check_ends
    from plotlang.statements.fragments import both_ends

    raw = both_ends(edges.range) if "range" in edges else (edges.low[0], edges.high[0])
    if raw is None:
        raise LanguageError("on needs an interval", edges.range.span, suggestion="on [0, 2] or on 0..2")
    low, high = reading.read(raw[0]), reading.read(raw[1])
    check_ends(low, high, raw[0])
    return low, high


def resolved(which: Which, session: Session, *, of: str) -> tuple[Expr, str]:
    """The formula in x of a curve of the current figure, and its name; raises `LanguageError` if it has none."""
    if which is not None and not isinstance(which, int | Text):
        return which, itself(which, "x") or print_expr(which)
    figure = session.figure
    if which is None:
        drawn = [mark for mark in figure.curves if mark.kind == "explicit" and not mark.places]
        mark = drawn[0] if len(drawn) == 1 else find_mark(figure, None, of=of)
    else:
        mark = _named(which, session, of)
    return formula_of(mark, of), mark.name or mark.reading


def _named(which: int | Text, session: Session, of: str) -> Mark:
    if isinstance(which, int):
        return find_mark(session.figure, which, of=of)
    known = session.definitions.get(which.value)
    try:
        return find_mark(session.figure, which, of=of)
    except LanguageError as error:
        if known is not None:
            what = {"parameter": "number", "table": "table of data"}.get(known.kind, known.kind)
            hint = f"a curve is a formula in x: {of} x^2 - 2"
            raise LanguageError(f"{which.value} is a {what}, not a curve", which.span, suggestion=hint) from None
        if which.value.isidentifier() and len(which.value) == 1:
            hint = f"define it first: {which.value}(x) = …"
            raise LanguageError(f"{which.value} is not defined", which.span, suggestion=hint) from None
        raise error from None


def formula_of(mark: Mark, of: str) -> Expr:
    """The formula in x of a mark; raises `LanguageError` when it is no single curve y(x)."""
    title = mark.name or mark.style.label or mark.key
    if mark.kind != "explicit":
        what = {"inverse": "a curve x(y)", "implicit": "the curve of an equation", "region": "a region",
                "polar": "a polar curve", "parametric": "a parametric curve", "points": "a point",
                "solution": "a solution of a differential equation"}.get(mark.kind, f"a {mark.kind}")  # fmt: skip
        raise LanguageError(
            f"{title} is {what}", why=f"{of} works on curves y = f(x)", suggestion=f"for example: {of} x^2 - 2"
        )
    if mark.family is not None or has_sign(mark.exprs[0]):
        raise LanguageError(f"{title} is more than one curve", suggestion=f"write the formula of one: {of} x^2 - 2")
    return mark.exprs[0]


def asked_for(line: str, session: Session) -> Mark | None:
    """The mark that a line of this cell drew; None if it is gone."""
    for name in (session.current, *sorted(session.touched - {session.current})):
        for mark in session.figures[name].marks if name in session.figures else ():
            if mark.line == line and mark.record == session.record:
                return mark
    return None


def figure_with(session: Session, key: str) -> Figure:
    """The figure that holds a mark: the current one, or another of this cell."""
    names = [session.current, *sorted(session.touched)]
    for name in names:
        if name in session.figures and any(mark.key == key for mark in session.figures[name].marks):
            return session.figures[name]
    return session.figure


def at_work(session: Session, key: str, budget: Budget) -> WindowChoice:
    """What lowers formulas in the figure that holds a mark."""
    return work_on(session, figure_with(session, key), budget)
