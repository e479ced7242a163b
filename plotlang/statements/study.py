"""study f: everything that is usually asked about a curve, in one report."""

from __future__ import annotations

import html
import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pyparsing as pp

from plotlang.model.figure import Mark
from plotlang.statements.analysis import MOST_LISTED, exact_text, line_text, point_text
from plotlang.statements.curves import draw
from plotlang.statements.fragments import word
from plotlang.statements.kind import Kind, Result, Statement
from plotlang.statements.values import shown
from plotlang.statements.which import CURVE, Which, asked_for, at_work, read_curve, resolved

if TYPE_CHECKING:
    from plotlang.language.reading import Reading
    from plotlang.model.budget import Budget
    from plotlang.model.session import Session
    from plotlang.numerics.calculus.pieces import Piece
    from plotlang.numerics.calculus.study import Study

MARKED = ("roots", "extrema", "inflections")
_TRENDS = {"rising": "rises", "falling": "falls", "constant": "is constant"}
_BENDS = {"up": "opens upwards", "down": "opens downwards", "straight": "is straight"}


@dataclass(frozen=True, slots=True)
class StudyCurve(Statement):
    """The report on a curve; its zeros, extrema and inflections are marked."""

    curve: Which = None

    def apply(self, session: Session) -> Session:
        expr, title = resolved(self.curve, session, of="study")
        for what in MARKED:
            key = f"{what} {title}"
            session = draw(Mark("found", key, (expr,), reading=key, detail=what, line=self.reading), session)
        return session

    def report(self, session: Session, budget: Budget) -> tuple[Result, ...]:
        """The report, as text and as a table."""
        from plotlang.numerics.calculus.study import study

        mark = asked_for(self.reading, session)
        expr = mark.exprs[0] if mark is not None else resolved(self.curve, session, of="study")[0]
        work = at_work(session, "" if mark is None else mark.key, budget)
        low, high = work.x_span()
        rows = report_rows(study(work.curve(expr), "x", low, high, budget))
        title = f"{mark.key.partition(' ')[2] if mark else 'the curve'} for x from {shown(low)} to {shown(high)}"
        width = max(len(name) for name, _ in rows)
        text = "\n".join([title, *(f"{name:<{width}}  {said}" for name, said in rows)])
        body = "".join(
            f'<tr><th scope="row">{html.escape(name)}</th><td style="text-align:left">{html.escape(said)}</td></tr>'
            for name, said in rows
        )
        table = f"<table><caption>{html.escape(title)}</caption><tbody>{body}</tbody></table>"
        return (Result(text, html=table, name="study"),)


def report_rows(found: Study) -> list[tuple[str, str]]:
    """The rows of a report: what is asked, and the answer."""
    rows = [
        ("domain", _pieces(found.domain) or "no values here"),
        ("values", _values(found)),
        ("at x = 0", "no value" if found.intercept is None else f"y = {exact_text(found.intercept)}"),
        ("zeros", _listed([exact_text(x) for x in found.zeros.places]) or "none"),
        ("symmetry", {"even": "even: f(−x) = f(x)", "odd": "odd: f(−x) = −f(x)"}.get(found.symmetry or "", "none")),
        ("period", "none" if found.period is None else exact_text(found.period)),
        ("extrema", _listed([f"{each.kind} {point_text(each.x, each.y)}" for each in found.extrema]) or "none"),
        ("monotony", _runs([(a, b, _TRENDS[trend]) for a, b, trend in found.trends])),
        ("inflections", _listed([point_text(x, y) for x, y in found.inflections]) or "none"),
        ("curvature", _runs([(a, b, _BENDS[bend]) for a, b, bend in found.bends])),
        ("asymptotes", _listed(_lines(found)) or "none"),
    ]
    if found.holes:
        rows.append(("holes", _listed([point_text(x, y) for x, y in found.holes])))
    if found.jumps:
        rows.append(("jumps", _listed([f"x = {exact_text(each.place)}" for each in found.jumps])))
    ends = [
        f"→ {exact_text(limit)} for x → {place}"
        for limit, place in zip(found.ends, ("−∞", "∞"), strict=True)
        if not math.isnan(limit)
    ]
    rows.append(("far out", ", ".join(ends) or "no limits"))
    return rows


def _values(found: Study) -> str:
    """The range of values; beside a pole there may be gaps in it, so nothing is said."""
    if found.values is None or found.asymptotes.vertical:
        return "—"
    return _interval(*found.values)


def _lines(found: Study) -> list[str]:
    lines = found.asymptotes
    return [
        *(f"x = {exact_text(x)}" for x in lines.vertical),
        *(f"y = {exact_text(y)}" for y in lines.horizontal),
        *(f"y = {line_text(slope, intercept)}" for slope, intercept in lines.oblique),
    ]


def _listed(texts: list[str]) -> str:
    more = f", … ({len(texts)} in all)" if len(texts) > MOST_LISTED else ""
    return ", ".join(texts[:MOST_LISTED]) + more


def _interval(low: float, high: float) -> str:
    return f"from {exact_text(low)} to {exact_text(high)}" if low != high else exact_text(low)


def _pieces(pieces: tuple[Piece, ...]) -> str:
    texts = []
    for each in pieces:
        if each.low == each.high:
            texts.append(f"{{{exact_text(each.low)}}}")
        else:
            opening, closing = "[" if each.has_low else "(", "]" if each.has_high else ")"
            texts.append(f"{opening}{exact_text(each.low)}, {exact_text(each.high)}{closing}")
    return _listed(texts)


def _runs(runs: list[tuple[float, float, str]]) -> str:
    return _listed([f"{said} from {exact_text(low)} to {exact_text(high)}" for low, high, said in runs]) or "—"


class StudyCommand(Kind):
    """study."""

    words = ("study",)
    usage = ("study f", "study 1", "study x^3 - 3x")
    summary = (
        "Reports on a curve: domain, zeros, symmetry, period, extrema, monotony, inflections, asymptotes, holes, jumps "
        "and what happens far out; marks what it finds."
    )
    examples = ("f(x) = x^3 - 3x\nstudy f", "study (x^2 - 1)/(x - 2)")
    room = "values"

    def grammar(self) -> pp.ParserElement:
        """Which curve."""
        return word("study") + pp.Optional(CURVE("curve"))

    def build(self, parts: Any, reading: Reading) -> Statement:
        """The report."""
        return StudyCurve(read_curve(parts.get("curve"), reading), reading=reading.whole_line())


STUDY_KINDS: tuple[Kind, ...] = (StudyCommand(),)
