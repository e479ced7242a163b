"""Lines that touch or cut a curve: tangent, normal, secant; the value of a curve at a place."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np
import pyparsing as pp

from plotlang.language.diagnostics import LanguageError
from plotlang.language.mathtext import math_text
from plotlang.language.printer import print_expr
from plotlang.language.reading import coordinates_of
from plotlang.language.syntax import Binary, Call, Expr, FunctionOf, ListOf, Name, Number, Point, walk
from plotlang.model.figure import Mark, Style
from plotlang.numerics.analysis import slope
from plotlang.numerics.compile import compile_expr
from plotlang.numerics.lists import substitute
from plotlang.statements.analysis import line_text, point_text
from plotlang.statements.curves import draw
from plotlang.statements.fragments import FORMULA, WITH, read_style, word
from plotlang.statements.kind import Kind, Result, Statement
from plotlang.statements.values import shown, shown_exact
from plotlang.statements.which import AT, CURVE, ENDS, OF, Which, asked_for, at_work, read_curve, resolved

if TYPE_CHECKING:
    from plotlang.language.reading import Reading
    from plotlang.model.budget import Budget
    from plotlang.model.session import Session


@dataclass(frozen=True, slots=True)
class Touch(Statement):
    """A tangent, a normal or a secant is drawn, and its equation printed."""

    what: str = "tangent"
    curve: Which = None
    places: tuple[Expr, ...] = ()
    style: Style = field(default_factory=Style)

    def mark(self, session: Session) -> Mark:
        """The line, as a curve of x; a normal as the line through two points, since it may stand upright."""
        expr, title = resolved(self.curve, session, of=self.what)
        shown_places = [print_expr(each) for each in self.places]
        at = f"from {shown_places[0]} to {shown_places[1]}" if self.what == "secant" else f"at {shown_places[0]}"
        key = f"{self.what} {title} {at}"
        function = FunctionOf("x", expr)
        where = r"\ \mathrm{to}\ ".join(math_text(each) for each in self.places)
        formula = rf"\mathrm{{{self.what}\ {at.split(maxsplit=1)[0]}}}\ {where}"
        if self.what == "normal":
            place = self.places[0]
            foot = _value(function, place)
            steep = Call("slope", (function, place))
            ends = (
                Point((place, foot)),
                Point((Binary("-", place, steep), Binary("+", foot, Number(1.0)))),
            )
            return Mark("line", key, ends, reading=key, formula=formula, line=self.reading, style=self.style)
        line = Call(self.what, (function, *self.places, Name("x")))
        places = tuple((each,) for each in self.places)
        return Mark(
            "explicit", key, (line,), reading=key, formula=formula, line=self.reading, style=self.style, places=places
        )

    def apply(self, session: Session) -> Session:
        return draw(self.mark(session), session)

    def report(self, session: Session, budget: Budget) -> tuple[Result, ...]:
        """The equation; its numbers are place, height, slope and intercept (for a secant both places first)."""
        mark = asked_for(self.reading, session) or self.mark(session)
        work = at_work(session, mark.key, budget)
        curve = next(node.body for expr in mark.exprs for node in walk(expr) if isinstance(node, FunctionOf))
        core = work.curve(curve)
        lists = [work.lowering().lower(each) for each in self.places]
        rows = zip(*(each.items for each in lists if isinstance(each, ListOf)), strict=False) if any(
            isinstance(each, ListOf) for each in lists
        ) else [tuple(lists)]  # fmt: skip
        found = []
        for row in rows:
            ends = [work.lowering().number_of(each) for each in row]
            found.append(self.line(core, ends, budget))
        numbers = tuple(number for _, row_numbers in found for number in row_numbers)
        return (Result("\n".join(text for text, _ in found), name=self.what, numbers=numbers),)

    def line(self, core: Expr, ends: list[float], budget: Budget) -> tuple[str, tuple[float, ...]]:
        """What is said about one line, and its numbers."""
        height = compile_expr(core, "x", budget=budget)
        feet = [float(height(np.asarray(place))) for place in ends]
        where = " to ".join(shown(place) for place in ends)
        head = f"{self.what} {'from' if len(ends) > 1 else 'at'} {where}"
        if not np.isfinite(feet).all():
            place = shown(ends[int(np.argmin(np.isfinite(feet)))])
            raise LanguageError(f"the curve has no value at {place}", suggestion="choose a place where it has one")
        if self.what == "secant":
            if ends[0] == ends[1]:
                raise LanguageError("a secant needs two different places", suggestion="tangent f at 1")
            steep = (feet[1] - feet[0]) / (ends[1] - ends[0])
        else:
            steep = float(compile_expr(slope(core, Number(ends[0])), budget=budget)())
            if not np.isfinite(steep):
                raise LanguageError(
                    f"the curve has no slope at {shown(ends[0])}", why="it is upright, bent or broken there"
                )
        if self.what == "normal":
            if steep == 0:
                return f"{head}: x = {shown(ends[0])}", (ends[0], feet[0])
            steep = -1.0 / steep
        intercept = _tidy(feet[0] - steep * ends[0], feet[0], steep * ends[0])
        touched = ", ".join(point_text(x, y) for x, y in zip(ends, feet, strict=True))
        text = f"{head}: y = {line_text(_tidy(steep, 1.0, 1.0), intercept)} through {touched}"
        return text, (*ends, *feet, steep, intercept) if self.what == "secant" else (ends[0], feet[0], steep, intercept)


def _tidy(value: float, *sizes: float) -> float:
    """The value, 0 when it is only rounding, and whole when it is whole but for rounding."""
    room = 4e-15 * max(map(abs, sizes))
    nearest = round(value) if np.isfinite(value) and abs(value) < 1e15 else value
    return float(nearest) if abs(value - nearest) <= room else value


def _value(function: FunctionOf, place: Expr) -> Expr:
    """The value of a function at a place, as a formula."""
    return substitute(function.body, "x", place)


class TouchCommand(Kind):
    """tangent, normal, secant."""

    words = ("tangent", "normal", "secant")
    usage = ("tangent f at 1", "tangent 2 at a", "normal f at 1", "secant f from 1 to 2", "y = tangent(f, 1)")
    summary = (
        "Draws a line that touches a curve, stands upright on it, or cuts it at two places, and prints its equation."
    )
    examples = (
        "f(x) = x^2\ntangent f at 1",
        "a = 1 in -3..3\nf(x) = sin(x)\ntangent f at a\nnormal f at a",
        "f(x) = x^2\nsecant f from 0 to 2",
    )
    room = "values"

    def grammar(self) -> pp.ParserElement:
        """Which curve, and where."""
        at = AT + FORMULA("at")
        return word(*self.words)("word") + OF + pp.Optional(CURVE("curve")) + (at | ENDS) + WITH

    def build(self, parts: Any, reading: Reading) -> Statement:
        """The line."""
        what = parts["word"]
        raw = [parts["at"]] if "at" in parts else [parts["start"], parts["stop"]]
        if (what == "secant") != (len(raw) == 2):
            form = "secant f from 1 to 2" if what == "secant" else f"{what} f at 1"
            raise LanguageError(f"this is not how a {what} is written", raw[0].span, suggestion=form)
        places = tuple(reading.read(each) for each in raw)
        for each in places:
            if coordinates_of(each):
                raise LanguageError("the place is a number", each.span, suggestion=f"{what} f at 1")
        curve = read_curve(parts.get("curve"), reading)
        style = read_style(parts.get("style", ()))
        return Touch(what, curve, places, style, reading=reading.whole_line())


@dataclass(frozen=True, slots=True)
class ValueAt(Statement):
    """The value of a curve at a place is printed."""

    curve: Which = None
    place: Expr = field(default_factory=lambda: Number(0.0))

    def apply(self, session: Session) -> Session:
        resolved(self.curve, session, of="value")
        return session

    def report(self, session: Session, budget: Budget) -> tuple[Result, ...]:
        """The value, with its exact form."""
        expr, title = resolved(self.curve, session, of="value")
        work = at_work(session, "", budget)
        core = work.curve(expr)
        place = work.lowering().lower(self.place)
        items = place.items if isinstance(place, ListOf) else (place,)
        numbers = [work.lowering().number_of(substitute(core, "x", each)) for each in items]
        places = [work.lowering().number_of(each) for each in items]
        texts = [f"{title} at {shown(x)}: {shown_exact(y)[0]}" for x, y in zip(places, numbers, strict=True)]
        return (Result("\n".join(texts), name="value", numbers=tuple(numbers)),)


class ValueCommand(Kind):
    """value."""

    words = ("value",)
    usage = ("value f at 2", "value 1 at pi/2")
    summary = "Prints the value of a curve at a place."
    examples = ("f(x) = x^2\nvalue f at 3",)
    room = "values"

    def grammar(self) -> pp.ParserElement:
        """Which curve, and where."""
        return word("value") + OF + pp.Optional(CURVE("curve")) + pp.Optional(AT + FORMULA("at"))

    def build(self, parts: Any, reading: Reading) -> Statement:
        """The value."""
        if "at" not in parts:
            raise LanguageError("value needs a place", suggestion="value f at 2, or just f(2)")
        curve = read_curve(parts.get("curve"), reading)
        return ValueAt(curve, reading.read(parts["at"]), reading=reading.whole_line())


TOUCH_KINDS: tuple[Kind, ...] = (TouchCommand(), ValueCommand())
