"""Lines of the language that are recognised but can't be done yet: refused clearly, never misread."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pyparsing as pp

from plotlang.language.diagnostics import LanguageError
from plotlang.statements.formula import defined_function, is_derivative_side, mentions
from plotlang.statements.formula_kinds import FormulaKind
from plotlang.statements.kind import Kind, Statement

if TYPE_CHECKING:
    from plotlang.language.reading import Reading
    from plotlang.language.scope import Names
    from plotlang.statements.curves import Formula
    from plotlang.statements.formula import Line

# Words at the start of a line, and words of formulas, that are kept for what comes.
PLANNED_WORDS = (
    "roots extrema maxima minima inflections asymptotes intersect tangent normal secant area riemann solve study value "
    "points segment line vector polygon circle text field slopefield contour sequence cobweb data residuals fit "
    "play trace freeze save export load listen fix beside lesson task expect hint answer target check reveal progress "
    "question reply seal test legendre"
).split()
PLANNED_WORDS.remove("legendre")
PLANNED_FUNCTIONS = frozenset("roots extrema maxima minima inflections asymptotes intersect slope residuals".split())


class Planned(Kind):
    """Commands that are not there yet."""

    words = tuple(PLANNED_WORDS)

    def grammar(self) -> pp.ParserElement:
        """The word, and anything behind it."""
        return pp.Regex(r"[^\W\d]\w*")("word") + pp.Suppress(pp.Regex(r"(?s).*"))

    def build(self, parts: Any, reading: Reading) -> Statement:
        """Always raises `LanguageError`."""
        del reading
        raise LanguageError(f"{parts['word']} is not there yet", suggestion="help lists what there is")


class PlannedFormula(FormulaKind):
    """Formulas that are not there yet: differential equations, polar curves, regression."""

    def claims(self, line: Line, names: Names) -> bool:
        return self.what(line, names) != ""

    def what(self, line: Line, names: Names) -> str:
        """What kind of line it is, empty if it is none of these."""
        if line.relation == "~":
            return "fitting a model to data"
        if line.relation != "=":
            return ""
        if is_derivative_side(line.left):
            return "a differential equation"
        found = defined_function(line.left)
        if found is not None and found[0].text == "r" and found[1][0].text == "θ":
            return "a polar curve"
        from plotlang.language.syntax import Word

        polar = isinstance(line.left, Word) and line.left.text == "r"
        if polar and mentions(line.right, "θ", names.with_coordinates("θ")):
            return "a polar curve"
        return ""

    def read(self, line: Line, reading: Reading) -> Formula:
        """Always raises `LanguageError`."""
        raise LanguageError(
            f"{self.what(line, reading.names)} is not there yet", line.left.span, suggestion="help lists what there is"
        )
