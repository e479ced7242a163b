"""What curves have: roots, extrema, inflections, asymptotes, intersections; solutions of equations."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import pyparsing as pp

from plotlang.language.diagnostics import LanguageError
from plotlang.language.printer import print_expr
from plotlang.language.syntax import Binary, Compare, Expr, FunctionOf, Name, Number, Word, free_names, rebuilt
from plotlang.marks.curve import rounded
from plotlang.model.figure import Mark, Style
from plotlang.numerics.analysis import coincide, flat, places
from plotlang.numerics.polynomials import real_zeros
from plotlang.statements.curves import draw
from plotlang.statements.formula import words_of
from plotlang.statements.fragments import FORMULA, NAME, WITH, read_style, word
from plotlang.statements.kind import Kind, Result, Statement
from plotlang.statements.values import exact, shown, shown_exact
from plotlang.statements.which import CURVES, OF, WHERE, Which, asked_for, at_work, read_curves, read_domain, resolved

if TYPE_CHECKING:
    from plotlang.language.reading import Reading
    from plotlang.marks.window import WindowChoice
    from plotlang.model.budget import Budget
    from plotlang.model.session import Session

MOST_LISTED = 24
FAR = 100.0
"""How many times as wide as the picture equations are searched for solutions."""
_ONE = {"roots": "root", "extrema": "extremum", "maxima": "maximum", "minima": "minimum",
        "inflections": "inflection", "intersect": "common point", "solve": "solution"}  # fmt: skip
_MANY = {"roots": "roots", "extrema": "extrema", "maxima": "maxima", "minima": "minima",
         "inflections": "inflections", "intersect": "common points", "solve": "solutions"}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Find(Statement):
    """Something is looked for on curves of the current figure: marked in the picture, and listed."""

    what: str = "roots"
    curves: tuple[Which, ...] = ()
    domain: tuple[Expr, Expr] | None = None
    style: Style = field(default_factory=Style)

    def mark(self, session: Session) -> Mark:
        """The mark of what is found; raises `LanguageError` when a curve is not clear."""
        found = [resolved(each, session, of=self.what) for each in self.curves or (None,)]
        title = " and ".join(name for _, name in found)
        low, high = self.domain or (None, None)
        on = f" on [{print_expr(low)}, {print_expr(high)}]" if low is not None and high is not None else ""
        key = f"{self.what} {title}{on}"
        exprs = tuple(expr for expr, _ in found)
        return Mark(
            "found", key, exprs, reading=key, start=low, stop=high, detail=self.what, line=self.reading,
            style=self.style,
        )  # fmt: skip

    def apply(self, session: Session) -> Session:
        return draw(self.mark(session), session)

    @property
    def keys(self) -> tuple[str, ...]:
        """Nothing: what can't be computed is said with the values."""
        return ()

    def report(self, session: Session, budget: Budget) -> tuple[Result, ...]:
        """What was found, with exact forms."""
        mark = asked_for(self.reading, session) or self.mark(session)
        work = at_work(session, mark.key, budget)
        cores = tuple(work.curve(expr) for expr in mark.exprs)
        low, high = ends_of(mark, work)
        title = mark.key.removeprefix(f"{self.what} ").split(" on [")[0]
        if self.what == "asymptotes":
            return (asymptote_result(title, cores[0], low, high, budget),)
        found, complete = places(self.what, cores, low, high, budget)
        if self.what == "intersect" and not found and coincide(cores[0], cores[1], low, high, budget):
            return (Result(f"{title} are the same curve here", name=self.what),)
        zero = flat(cores[0], low, high, budget) if self.what == "roots" and not found else ()
        if zero:
            return (Result(f"{title} is 0 {everywhere(zero)}", name=self.what),)
        return (found_result(self.what, title, found, (low, high), complete=complete),)


def everywhere(ranges: tuple[tuple[float, float], ...]) -> str:
    """The words for ranges of x."""
    return "for x " + ", ".join(f"from {rounded(low)} to {rounded(high)}" for low, high in ranges[:MOST_LISTED])


def ends_of(mark: Mark, work: WindowChoice) -> tuple[float, float]:
    """Where a mark was looked for: the interval of its line, else what the figure shows."""
    if mark.start is None or mark.stop is None:
        return work.x_span()
    low, high = work.number(mark.start), work.number(mark.stop)
    if not low < high:
        raise LanguageError(f"the interval goes from {shown(low)} to {shown(high)}", suggestion="on [0, 2]")
    return low, high


def found_result(
    what: str, title: str, found: tuple[tuple[float, float], ...], ends: tuple[float, float], *, complete: bool = True
) -> Result:
    """The places as text and typeset; bare numbers one after the other."""
    flat = what in ("roots", "solve")
    of = f" of {title}" if title else ""
    if not found:
        text = f"{title} has no {_MANY[what]}" if title and what != "intersect" else f"no {_MANY[what]}"
        if what == "intersect":
            text = f"{title} have no {_MANY[what]}"
        return Result(f"{text} for x from {rounded(ends[0])} to {rounded(ends[1])}", name=what)
    listed = found[:MOST_LISTED]
    texts = [shown_exact(x)[0] if flat else point_text(x, y) for x, y in listed]
    tex = [shown_exact(x)[1] if flat else point_tex(x, y) for x, y in listed]
    more = f", … ({len(found)} in all)" if len(found) > len(listed) else ""
    more += "" if complete else "; there are too many to list them all"
    word_ = _ONE[what] if len(found) == 1 else _MANY[what]
    sign = "; " if any("=" in each for each in texts) and flat else ", "
    typeset = r",\quad ".join(tex) if any("\\" in each for each in tex) and not more else ""
    numbers = tuple(x for x, _ in found) if flat else tuple(each for place in found for each in place)
    return Result(f"{word_}{of}: {sign.join(texts)}{more}", typeset, name=what, numbers=numbers)


def point_text(x: float, y: float) -> str:
    """A point with six digits, and exact where there is an exact form."""
    plain = f"({shown(x)}, {shown(y)})"
    exact = f"({_exact(x, 0)}, {_exact(y, 0)})"
    return plain if exact == plain else f"{plain} = {exact}"


def point_tex(x: float, y: float) -> str:
    """A point in TeX, exact where there is an exact form."""
    return rf"\left({_exact(x, 1)}, {_exact(y, 1)}\right)"


def exact_text(value: float) -> str:
    """A number in its exact form if it has one, else with six digits."""
    return _exact(value, 0)


def _exact(value: float, form: int) -> str:
    found = exact(value)
    return found[form] if found is not None else shown_exact(value)[form]


def asymptote_result(title: str, core: Expr, low: float, high: float, budget: Budget) -> Result:
    """The lines that a curve runs to; its numbers are the places of the vertical ones."""
    from plotlang.numerics.calculus.asymptotes import asymptotes

    found = asymptotes(core, "x", low, high, budget)
    lines = [f"x = {exact_text(x)}" for x in found.vertical[:MOST_LISTED]]
    if len(found.vertical) > MOST_LISTED:
        lines.append(f"… ({len(found.vertical)} vertical ones)")
    lines += [f"y = {exact_text(y)}" for y in found.horizontal]
    lines += [f"y = {line_text(slope, intercept)}" for slope, intercept in found.oblique]
    if not found.complete:
        lines.append("… (more than can be listed)")
    if not lines:
        return Result(f"{title} has no asymptotes", name="asymptotes")
    return Result(f"asymptotes of {title}: {', '.join(lines)}", name="asymptotes", numbers=found.vertical)


def line_text(slope: float, intercept: float) -> str:
    """The formula m x + b of a straight line, as it is written."""
    if slope == 0:
        return shown(intercept)
    head = {1.0: "x", -1.0: "−x"}.get(slope, f"{shown(slope)}x")
    if intercept == 0:
        return head
    return f"{head} {'+' if intercept > 0 else '−'} {shown(abs(intercept))}"


class FindCommand(Kind):
    """roots, extrema, maxima, minima, inflections, asymptotes."""

    words = ("roots", "extrema", "maxima", "minima", "inflections", "asymptotes")
    usage = ("roots f", "roots f on [0, 4]", "extrema x^3 - 3x", "maxima 2", "inflections f", "asymptotes f")
    summary = (
        "Finds and marks zeros, turning points, inflections or asymptotes of a curve in the picture; "
        "the curve is named, or is a number of the legend or a formula; one alone needs no name."
    )
    examples = (
        "f(x) = x^3 - 3x\nroots f\nextrema f\ninflections f",
        "y = 1/(x - 1)\nasymptotes",
        "range 0 2pi\ny = sin(2x)\nmaxima 1",
        "f(x) = x^2 - 2\nroots(f)",
    )
    room = "values"

    def grammar(self) -> pp.ParserElement:
        """Which curve, and perhaps where."""
        return word(*self.words)("word") + OF + pp.Optional(CURVES("curves")) + WHERE + WITH

    def build(self, parts: Any, reading: Reading) -> Statement:
        """What to look for."""
        curves = read_curves(parts.get("curves", ()), reading)
        if len(curves) > 1:
            raise LanguageError(f"{parts['word']} takes one curve", suggestion=f"{parts['word']} f")
        style = read_style(parts.get("style", ()))
        text = reading.whole_line()
        return Find(parts["word"], curves, read_domain(parts, reading), style, reading=text)


class IntersectCommand(Kind):
    """intersect."""

    words = ("intersect",)
    usage = ("intersect f and g", "intersect 1 and 2", "intersect f and x + 1 on [0, 4]", "intersect")
    summary = "Finds and marks the points that two curves have in common."
    examples = ("f(x) = x^2\ng(x) = x + 2\nintersect f and g", "y = x^2\ny = cos(x)\nintersect")
    room = "values"

    def grammar(self) -> pp.ParserElement:
        """Two curves, and perhaps where."""
        return word("intersect") + OF + pp.Optional(CURVES("curves")) + WHERE + WITH

    def build(self, parts: Any, reading: Reading) -> Statement:
        """The two curves; without any, the two of the figure."""
        curves = read_curves(parts.get("curves", ()), reading) or (1, 2)
        if len(curves) != 2:
            raise LanguageError("intersect takes two curves", suggestion="intersect f and g")
        style = read_style(parts.get("style", ()))
        return Find("intersect", curves, read_domain(parts, reading), style, reading=reading.whole_line())


@dataclass(frozen=True, slots=True)
class Solve(Statement):
    """The solutions of an equation of one letter are listed; nothing is drawn."""

    equation: FunctionOf = field(default_factory=lambda: FunctionOf("x", Number(0.0)))
    letter: str = "x"
    domain: tuple[Expr, Expr] | None = None

    def apply(self, session: Session) -> Session:
        return session

    def report(self, session: Session, budget: Budget) -> tuple[Result, ...]:
        """All solutions in the interval; without one, in the picture and as far as can be told beyond it."""
        from plotlang.marks.layout import work_on
        from plotlang.numerics.curvefunctions import core_of

        work = work_on(session, session.figure, budget)
        core = core_of(work.lowering(), self.equation, {})
        if self.domain is not None:
            low, high = (work.number(each) for each in self.domain)
            if not low < high:
                raise LanguageError(f"the interval goes from {shown(low)} to {shown(high)}", suggestion="on [0, 2]")
            found, complete = places("solve", (core,), low, high, budget)
        else:
            found, complete, (low, high) = self.far_and_wide(core, work, budget)
        zero = () if found else flat(core, low, high, budget) or flat(core, *work.x_span(), budget)
        if zero:
            return (Result(f"this holds {everywhere(zero).replace(' x ', f' {self.letter} ')}", name="solve"),)
        result = found_result("solve", "", found, (low, high), complete=complete)
        if found:
            text = result.text.partition(": ")[2]
            result = Result(f"{self.letter} = {text}", result.latex, name="solve", numbers=result.numbers)
        return (result,)

    def far_and_wide(
        self, core: Expr, work: WindowChoice, budget: Budget
    ) -> tuple[tuple[tuple[float, float], ...], bool, tuple[float, float]]:
        """Solutions far and wide, or only those in the picture where there are very many."""
        low, high = work.x_span()
        reach = FAR * (high - low)
        wide = low - reach, high + reach
        found, complete = places("solve", (core,), *wide, budget)
        if complete and not found:
            found = tuple((x, 0.0) for x in real_zeros(core, "x") or ())
        if complete and len(found) <= MOST_LISTED:
            return found, True, wide
        found, complete = places("solve", (core,), low, high, budget)
        return found, complete, (low, high)


class SolveCommand(Kind):
    """solve."""

    words = ("solve",)
    usage = ("solve x^2 = 2", "solve cos(x) = x on [0, 4]", "solve 2t + 3 = 7")
    summary = "Solves an equation of one letter, on an interval if one is given."
    examples = ("solve x^2 = 2", "solve cos(x) = x on [0, 2]", "a = 3\nsolve a t + 1 = 7")
    room = "values"

    def grammar(self) -> pp.ParserElement:
        """Both sides, and perhaps where."""
        letter = pp.Optional(pp.Suppress(pp.Keyword("for")) + NAME("letter") + ~pp.Keyword("in"))
        return word("solve") + FORMULA("left") + pp.Optional(pp.Suppress("=") + FORMULA("right")) + letter + WHERE

    def build(self, parts: Any, reading: Reading) -> Statement:
        """The difference of both sides as a function of the one letter without a value."""
        left, right = parts["left"], parts.get("right")
        if right is None and isinstance(left, Compare) and left.operators == ("==",):
            left, right = left.operands
        sides = [left] if right is None else [left, right]
        letter = parts["letter"].text if "letter" in parts else _unknown(sides, reading)
        if letter != "x":
            sides = [rebuilt(side, lambda node: _renamed(node, letter)) for side in sides]
        functions = [reading.function_of(side) for side in sides]
        body: Expr = functions[0].body
        if len(functions) > 1:
            body = Binary("-", functions[0].body, functions[1].body)
        if letter == "x" and "x" not in free_names(body):
            raise LanguageError("there is no letter to solve for", left.span, suggestion="solve x^2 = 2")
        text = reading.whole_line()
        return Solve(FunctionOf("x", body), letter, read_domain(parts, reading), reading=text)


def _unknown(sides: list[Expr], reading: Reading) -> str:
    """The letter that an equation is solved for: x, or the only letter without a value."""
    words = [text for side in sides for text in words_of(side)]
    if "x" in words:
        return "x"
    free = sorted({text for text in words if reading.names.role(text) is None and len(text) == 1})
    if "y" in words:
        free = ["y", *free]
    return free[0] if len(free) == 1 else "x"


def _renamed(node: Expr, letter: str) -> Expr | None:
    if isinstance(node, Word) and node.text == letter and not node.primes:
        return Name("x", span=node.span)
    return None


ANALYSIS_KINDS: tuple[Kind, ...] = (FindCommand(), IntersectCommand(), SolveCommand())
