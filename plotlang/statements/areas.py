"""Areas and sums of boxes: area, area between, riemann."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import pyparsing as pp

from plotlang.language.diagnostics import LanguageError
from plotlang.language.printer import print_expr
from plotlang.language.syntax import Expr, Number
from plotlang.marks.areas import area_ends
from plotlang.marks.work import Member
from plotlang.model.figure import Mark, Style
from plotlang.numerics.analysis import area_between, boxes
from plotlang.statements.curves import draw
from plotlang.statements.fragments import ARGUMENT, WITH, read_style, word
from plotlang.statements.kind import Kind, Result, Statement
from plotlang.statements.values import shown, shown_exact
from plotlang.statements.which import (
    CURVE,
    CURVES,
    ENDS,
    OF,
    WHERE,
    Which,
    asked_for,
    at_work,
    read_curve,
    read_curves,
    read_domain,
    resolved,
)

if TYPE_CHECKING:
    from plotlang.language.reading import Reading
    from plotlang.model.budget import Budget
    from plotlang.model.session import Session

RULES = ("left", "right", "mid", "trap")


@dataclass(frozen=True, slots=True)
class Shade(Statement):
    """An area is shaded, and its size printed (never negative)."""

    curves: tuple[Which, ...] = ()
    ends: tuple[Expr, Expr] | None = None
    style: Style = field(default_factory=Style)

    def mark(self, session: Session) -> Mark:
        """The mark of the area."""
        found = [resolved(each, session, of="area") for each in self.curves or (None,)]
        names = " and ".join(name for _, name in found)
        low, high = self.ends or (None, None)
        text = f" from {print_expr(low)} to {print_expr(high)}" if low is not None and high is not None else ""
        key = f"area {'between ' if len(found) > 1 else ''}{names}{text}"
        exprs = tuple(expr for expr, _ in found)
        return Mark("area", key, exprs, reading=key, start=low, stop=high, line=self.reading, style=self.style)

    def apply(self, session: Session) -> Session:
        return draw(self.mark(session), session)

    def report(self, session: Session, budget: Budget) -> tuple[Result, ...]:
        """The size of the area."""
        mark = asked_for(self.reading, session) or self.mark(session)
        work = at_work(session, mark.key, budget)
        cores = tuple(work.curve(expr) for expr in mark.exprs)
        ends = area_ends(work, Member(mark, cores))
        if ends is None:
            what = "the curves do not enclose an area here" if len(cores) > 1 else "the curve encloses no area here"
            raise LanguageError(what, suggestion=f"{mark.key} from 0 to 2")
        size = area_between(cores[0], cores[1] if len(cores) > 1 else None, *ends, budget)
        text, tex = shown_exact(size)
        where = "" if mark.start is not None else f" from {shown(ends[0])} to {shown(ends[1])}"
        return (Result(f"{mark.key}{where}: {text}", tex if "\\" in tex else "", name="area", numbers=(size,)),)


class AreaCommand(Kind):
    """area."""

    words = ("area",)
    usage = ("area f from 0 to 2", "area between f and g", "area between f and g from 0 to 2")
    summary = (
        "Shades the area between a curve and the x-axis, or between two curves, and prints its size; "
        "without from … to it lies between the outermost crossings. "
        "integral(…) counts parts below the axis as negative."
    )
    examples = (
        "f(x) = x^2\narea f from 0 to 2",
        "f(x) = x + 2\ng(x) = x^2\narea between f and g",
    )
    room = "values"

    def grammar(self) -> pp.ParserElement:
        """One curve, or two after between."""
        between = pp.Suppress(pp.Keyword("between")) + CURVES("curves")
        return word("area") + OF + pp.Optional(between | CURVE("curve")) + WHERE + WITH

    def build(self, parts: Any, reading: Reading) -> Statement:
        """The area."""
        curves: tuple[Which, ...] = ()
        if "curves" in parts:
            curves = read_curves(parts["curves"], reading)
            if len(curves) != 2:
                raise LanguageError("area between takes two curves", suggestion="area between f and g")
        elif "curve" in parts:
            curves = (read_curve(parts["curve"], reading),)
        return Shade(
            curves, read_domain(parts, reading), read_style(parts.get("style", ())), reading=reading.whole_line()
        )


@dataclass(frozen=True, slots=True)
class RiemannSum(Statement):
    """Boxes are drawn under a curve, and their sum printed."""

    curve: Which = None
    ends: tuple[Expr, Expr] = (Number(0.0), Number(1.0))
    count: Expr = field(default_factory=lambda: Number(8.0))
    rule: str = "left"
    style: Style = field(default_factory=Style)

    def mark(self, session: Session) -> Mark:
        """The mark of the boxes."""
        expr, title = resolved(self.curve, session, of="riemann")
        low, high = self.ends
        key = f"riemann {title} from {print_expr(low)} to {print_expr(high)} boxes {print_expr(self.count)} {self.rule}"
        return Mark(
            "riemann", key, (expr, self.count), reading=key, start=low, stop=high, detail=self.rule,
            line=self.reading, style=self.style,
        )  # fmt: skip

    def apply(self, session: Session) -> Session:
        return draw(self.mark(session), session)

    def report(self, session: Session, budget: Budget) -> tuple[Result, ...]:
        """The sum of the boxes, parts below the axis negative."""
        mark = asked_for(self.reading, session) or self.mark(session)
        work = at_work(session, mark.key, budget)
        low, high = (work.number(each) for each in self.ends)
        count = work.number(self.count)
        size = boxes(work.curve(mark.exprs[0]), low, high, count, self.rule, budget)
        shape = "trapezoids" if self.rule == "trap" else f"{self.rule} boxes"
        text = f"sum of {round(count)} {shape} from {shown(low)} to {shown(high)}: {shown_exact(size)[0]}"
        return (Result(text, name="riemann", numbers=(size,)),)


class RiemannCommand(Kind):
    """riemann."""

    words = ("riemann",)
    usage = ("riemann f from 0 to 2 boxes 8 left", "riemann f from 0 to 2 boxes n mid")
    summary = "Draws boxes under a curve (left, right, mid or trap) and prints their sum; the number may be a slider."
    examples = (
        "f(x) = x^2\nriemann f from 0 to 2 boxes 8 left",
        "slider n 1 40 step 1 start 6\nriemann sin(x) from 0 to pi boxes n trap",
    )
    room = "values"

    def grammar(self) -> pp.ParserElement:
        """The curve, the range, the number of boxes, and the rule."""
        boxes_ = pp.Optional(pp.Suppress(word("boxes", "box")) + ARGUMENT("count"))
        return (
            word("riemann")
            + OF
            + pp.Optional(CURVE("curve"))
            + ENDS
            + boxes_
            + pp.Optional(word(*RULES)("rule"))
            + WITH
        )

    def build(self, parts: Any, reading: Reading) -> Statement:
        """The boxes."""
        ends = reading.read(parts["start"]), reading.read(parts["stop"])
        count: Expr = reading.read(parts["count"]) if "count" in parts else Number(8.0)
        curve = read_curve(parts.get("curve"), reading)
        style = read_style(parts.get("style", ()))
        return RiemannSum(curve, ends, count, parts.get("rule", "left"), style, reading=reading.whole_line())


AREA_KINDS: tuple[Kind, ...] = (AreaCommand(), RiemannCommand())
