"""Models fitted to data: Y ~ a X + b, fit line X Y, residuals."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import pyparsing as pp

from plotlang.language.diagnostics import LanguageError
from plotlang.language.mathtext import math_text
from plotlang.language.printer import print_expr
from plotlang.language.syntax import Binary, Expr, Fitted, Member, Name, Word, free_names, rebuilt, walk
from plotlang.language.words import is_letter, pieces
from plotlang.model.figure import Mark, Style
from plotlang.model.session import Definition
from plotlang.numerics.curvefunctions import fit_of
from plotlang.statements.curves import check_circle, draw
from plotlang.statements.formula import words_of
from plotlang.statements.formula_kinds import FormulaKind, no_tail, style_of
from plotlang.statements.fragments import ARGUMENT, WITH, read_style, word
from plotlang.statements.kind import Declared, Kind, Result, Statement
from plotlang.statements.values import lowering_of, shown

if TYPE_CHECKING:
    from plotlang.language.reading import Reading
    from plotlang.language.scope import Names
    from plotlang.model.budget import Budget
    from plotlang.model.session import Session
    from plotlang.numerics.fits.fitting import Fit
    from plotlang.statements.curves import Formula
    from plotlang.statements.formula import Line

_ALSO = {"linear": "line", "exponential": "exp", "parabola": "quadratic", "sine": "sin", "logarithm": "log"}
FREE = "fitted"
"""The shape of the letters of a model, in the names of its cell."""
AUTOMATIC = "automatic"
"""The shape of numbers that plotlang made sliders of."""
_STANDARD = {
    "line": ("m*x + b", "m b"), "quadratic": ("a*x^2 + b*x + c", "a b c"),
    "cubic": ("a*x^3 + b*x^2 + c*x + d", "a b c d"),
    "exp": ("a*e^(b*x)", "a b"), "power": ("a*x^b", "a b"), "log": ("a*ln(x) + b", "a b"),
    "sin": ("a*sin(b*x + c) + d", "a b c d"), "logistic": ("L/(1 + e^(-k*(x - m)))", "L k m"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class FitModel(Statement):
    """The letters of a model become the numbers that fit data best; the model is drawn, and the numbers printed."""

    target: Expr = field(default_factory=lambda: Name("Y"))
    model: Expr = field(default_factory=lambda: Name("x"))
    columns: tuple[tuple[str, Expr], ...] = ()
    letters: tuple[str, ...] = ()
    others: tuple[str, ...] = ()
    style: Style = field(default_factory=Style)
    text: str = ""
    always: bool = False

    def free(self, session: Session) -> tuple[str, ...]:
        """The letters to be found: those without a value, and those that an earlier fit found together with them.

        Letters that are numbers only because plotlang made sliders of them have no value of the user's; a standard
        model finds all of its letters.
        """
        known = session.definitions
        found = {each for each in self.letters if self.always or each not in known or known[each].automatic}
        grown = True
        while grown:
            more = {
                each
                for each in self.others
                if each not in found and each in known and isinstance(known[each].body, Fitted)
                and free_names(known[each].body) & found
            }  # fmt: skip
            found |= more
            grown = bool(more)
        return tuple(each for each in (*self.letters, *self.others) if each in found)

    def apply(self, session: Session) -> Session:
        free = self.free(session)
        if not free:
            raise LanguageError(
                "there is nothing to fit", why=self.why_not(session),
                suggestion=f"as in {print_expr(self.target)} ~ a {print_expr(self.columns[0][1])} + b",
            )  # fmt: skip
        for letter in free:
            value = Fitted(letter, self.target, self.model, self.columns, free)
            definition = Definition(letter, "number", value, reading=f"fitted: {self.text}")
            check_circle(definition, session)
            session = session.define(definition)
        if len(self.columns) != 1:
            return session
        return draw(self.mark(free), session)

    def why_not(self, session: Session) -> str:
        """Why no letter is to be found."""
        fixed = [each for each in self.others if each in session.definitions]
        if not fixed:
            return "the model has no letter without a value"
        names, have = " and ".join(fixed), "has a value" if len(fixed) == 1 else "have values"
        return f"{names} {have} already; to fit again: forget {' '.join(fixed)}"

    @property
    def keys(self) -> tuple[str, ...]:
        """The curve of the model, over its one column of data."""
        return (self.text,) if len(self.columns) == 1 else ()

    def mark(self, free: tuple[str, ...]) -> Mark:
        """The curve of the model; it keeps its own fit when the letters get other values later."""

        def own(node: Expr) -> Expr | None:
            if isinstance(node, Name) and node.id in free:
                return Fitted(node.id, self.target, self.model, self.columns, free)
            return None

        text = print_expr(self.model)
        formula = f"y = {math_text(self.model)}"
        exprs = (rebuilt(self.model, own),)
        return Mark("explicit", self.text, exprs, reading=text, formula=formula, detail="fit", style=self.style)

    def report(self, session: Session, budget: Budget) -> tuple[Result, ...]:
        """The letters, R², RMSE and the number of rows."""
        drawn = [mark.exprs[0] for figure in session.figures.values() for mark in figure.marks if mark.key == self.text]
        bodies = [session.definitions[name].body for name in self.letters if name in session.definitions]
        nodes = (node for expr in (*drawn, *bodies) for node in walk(expr))
        found = next((node for node in nodes if isinstance(node, Fitted) and node.model == self.model), None)
        if found is None:
            return ()
        fit = fit_of(lowering_of(session, budget), found, {})
        return (fit_result(found.letters, fit),)


def fit_result(letters: tuple[str, ...], fit: Fit) -> Result:
    """What a fit gave, as text and typeset."""
    values = [f"{letter} = {shown(fit.values[letter])}" for letter in letters]
    quality = [f"R² = {shown(fit.r_squared)}", f"RMSE = {shown(fit.rmse)}", f"n = {fit.count}"]
    text = ", ".join(values) + "\n" + ", ".join(quality)
    if not fit.determined:
        text += "\nthe data do not determine all letters; other values fit as well"
    elif not fit.converged:
        text += "\nthe search did not settle; start values near the right ones help: write them as sliders first"
    return Result(text, name="fit", numbers=tuple(fit.values[letter] for letter in letters))


def free_letters(raw: Expr, names: Names) -> tuple[str, ...]:
    """The letters of a formula as typed that have no value yet."""
    found: dict[str, None] = {}
    tables = {node.operand.text for node in walk(raw) if isinstance(node, Member) and isinstance(node.operand, Word)}
    for text in words_of(raw):
        if text in tables:
            continue
        if names.shapes.get(text) == AUTOMATIC:
            found[text] = None
            continue
        if names.role(text) is None and not is_letter(text):
            try:
                parts = pieces(text, names, raw.span)
            except LanguageError:
                continue
            found.update(dict.fromkeys(part.text for part in parts if part.kind == "new"))
        elif names.role(text) is None and text not in ("x", "y"):
            found[text] = None
    return tuple(found)


def declared_letters(line: Line, names: Names) -> tuple[Declared, ...]:
    """The letters of the model of a line ``Y ~ …`` that get their values from the fit."""
    letters = () if line.right is None else free_letters(line.right, names)
    return tuple(Declared(each, "value", shape=FREE) for each in letters)


class Regression(FormulaKind):
    """Y ~ a X + b."""

    usage = ("Y ~ a X + b", "d.h ~ a d.t^2 + c", "d.T ~ A e^(-c d.t) + 20")
    summary = (
        "Fits a model to data by least squares: letters without a value are found, letters with a value stay fixed; "
        "prints them with R², the root of the mean square error and the number of rows, and draws the model."
    )
    examples = (
        "X = [0, 1, 2, 3]\nY = [1, 2.9, 5.1, 7]\npoints (X, Y)\nY ~ m X + b",
        "data d\nt, T\n0, 90\n5, 73.2\n10, 60.4\n15, 50.7\nend\npoints (d.t, d.T)\nd.T ~ A e^(-c d.t) + 20",
    )

    def claims(self, line: Line, names: Names) -> bool:  # noqa: ARG002
        return line.relation == "~"

    def read(self, line: Line, reading: Reading) -> Formula:
        if line.right is None:
            raise LanguageError("the model behind ~ is missing", line.left.span, suggestion="Y ~ a X + b")
        if line.domain is not None or line.variable is not None or line.further:
            no_tail(line, "a fit", style=False)
        target = reading.read(line.left)
        right = reading.read(line.right)
        model, columns = with_columns(right, reading)
        if not columns:
            raise LanguageError(
                "the model has no data in it",
                line.right.span,
                suggestion="put a list into it, as in Y ~ a X + b",
            )
        if "x" in free_names(right) or "y" in free_names(right):
            raise LanguageError(
                "x is no data", line.right.span, why="a model is made of lists",
                suggestion=f"write {print_expr(columns[0][1])} in its place",
            )  # fmt: skip
        letters = tuple(
            dict.fromkeys(
                node.id for node in walk(model) if isinstance(node, Name) and reading.names.shapes.get(node.id) == FREE
            )
        )
        shapes = reading.names.shapes
        others = tuple(
            dict.fromkeys(node.id for node in walk(model) if isinstance(node, Name) and shapes.get(node.id) == "number")
        )
        text = f"{print_expr(target)} ~ {print_expr(right)}"
        return FitModel(target, model, columns, letters, others, style_of(line), text, reading=text)  # type: ignore[return-value]


def with_columns(expr: Expr, reading: Reading) -> tuple[Expr, tuple[tuple[str, Expr], ...]]:
    """The model with x (and further names) for its lists of data, and these lists."""
    columns: dict[Expr, str] = {}

    def change(node: Expr) -> Expr | None:
        named = isinstance(node, Name) and reading.names.shapes.get(node.id) == "list"
        column = isinstance(node, Member) and isinstance(node.operand, Name)
        if not (named or (column and reading.names.role(node.operand.id) == "table")):  # type: ignore[union-attr]
            return None
        return Name(columns.setdefault(node, "x" if not columns else f"x·{len(columns) + 1}"), span=node.span)

    model = rebuilt(expr, change)
    return model, tuple((name, data) for data, name in columns.items())


class FitCommand(Kind):
    """fit."""

    words = ("fit",)
    usage = tuple(f"fit {kind} X Y" for kind in ("line", "quadratic", "exp", "power", "sin", "logistic"))
    summary = (
        "Fits a standard model to data: line m x + b, quadratic, cubic, exp a e^(b x), power a x^b, log, "
        "sin a sin(b x + c) + d, logistic L/(1 + e^(−k (x − m))); its letters are numbers afterwards."
    )
    examples = ("X = [1, 2, 3, 4]\nY = [2.1, 3.9, 6.2, 7.8]\npoints (X, Y)\nfit line X Y",)

    def grammar(self) -> pp.ParserElement:
        """The model and two lists."""
        lists = ARGUMENT("across") + pp.Suppress(pp.Optional(",")) + ARGUMENT("up")
        return word("fit") + word(*_STANDARD, *_ALSO)("model") + lists + WITH

    def declares(self, parts: Any) -> tuple[Declared, ...]:
        """The letters of the model."""
        return tuple(
            Declared(each, "value", shape=FREE)
            for each in _STANDARD[_ALSO.get(parts["model"], parts["model"])][1].split()
        )

    def build(self, parts: Any, reading: Reading) -> Statement:
        """The fit of the model."""
        from plotlang.language.grammar import parse_expression

        formula, letters = _STANDARD[_ALSO.get(parts["model"], parts["model"])]
        across, up = reading.read(parts["across"]), reading.read(parts["up"])
        model = reading.read(parse_expression(formula))
        text = f"fit {parts['model']} {print_expr(across)} {print_expr(up)}"
        style = read_style(parts.get("style", ()))
        return FitModel(up, model, (("x", across),), tuple(letters.split()), (), style, text, always=True, reading=text)


@dataclass(frozen=True, slots=True)
class DrawResiduals(Statement):
    """What the newest fit leaves over is drawn over its data."""

    style: Style = field(default_factory=Style)

    def apply(self, session: Session) -> Session:
        fits = [each.body for each in session.definitions.values() if isinstance(each.body, Fitted)]
        if not fits:
            raise LanguageError("there is no fit yet", suggestion="fit something first, as in Y ~ a X + b")
        fit = fits[-1]
        if len(fit.columns) != 1:
            raise LanguageError("residuals are drawn for models of one list of data")
        (name, data), *_ = fit.columns
        model = rebuilt(fit.model, lambda node: data if node == Name(name) else None)
        left = Binary("-", fit.target, model)
        key = f"residuals {print_expr(left)}"
        return draw(Mark("residuals", key, (data, left), reading="residuals", style=self.style), session)


class ResidualsCommand(Kind):
    """residuals."""

    words = ("residuals",)
    usage = ("residuals", "residuals with red")
    summary = "Draws what the newest fit leaves over: data minus model."
    examples = ("X = [1, 2, 3, 4]\nY = [2.1, 3.9, 6.2, 7.8]\nY ~ m X + b\nnew figure\nresiduals",)

    def grammar(self) -> pp.ParserElement:
        """The word alone."""
        return word("residuals") + WITH

    def build(self, parts: Any, reading: Reading) -> Statement:
        """The residuals."""
        del reading
        return DrawResiduals(read_style(parts.get("style", ())))


FIT_KINDS: tuple[Kind, ...] = (FitCommand(), ResidualsCommand())
