"""Formulas of tasks: kept as text, and read when they are needed, with the names known then."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING

from plotlang.language.diagnostics import LanguageError
from plotlang.language.reading import Reading
from plotlang.language.scope import CURVE_FUNCTIONS
from plotlang.language.source import moved
from plotlang.language.syntax import NOWHERE
from plotlang.statements.naming import names_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from plotlang.lessons.graphs import Kind
    from plotlang.model.session import Session
    from plotlang.statements.curves import Formula
    from plotlang.statements.formula import Line

TARGET = "#9a9a9a"
"""The colour of what is to be matched."""
GRAPHS: dict[str, Kind] = {
    "explicit": "explicit", "inverse": "inverse", "implicit": "implicit", "region": "region",
}  # fmt: skip
"""What kinds of marks can be compared, and as what."""


def read_formula(text: str, session: Session) -> Formula:
    """A formula line as a statement, with the names of a session and no new ones; raises `LanguageError`."""
    from plotlang.statements import FORMULA_KINDS

    line, names = line_of(text), replace(names_of(session), strict=True)
    kind = next(each for each in FORMULA_KINDS if each.claims(line, names))
    return kind.of_line(line, Reading(names, text))


def line_of(text: str) -> Line:
    """A formula line, parsed only; raises `LanguageError` where the text is none, with spans of this text."""
    from plotlang.statements import commands
    from plotlang.statements.parsing import parse_statement

    first = text.split(maxsplit=1)[0] if text.strip() else ""
    try:
        kind, parts = parse_statement(text)
    except LanguageError:
        if first not in commands():
            raise
        kind, parts = commands()[first], None
    if kind is not None:
        hint = f"with brackets it is a formula: {first}(f)" if first in CURVE_FUNCTIONS else "write a formula"
        raise LanguageError(f"{first} is a command here, not a formula", suggestion=hint)
    return parts  # type: ignore[no-any-return]


def check_comparable(text: str, session: Session) -> None:
    """Raise `LanguageError` for what can never be compared; names that are missing yet are no reason."""
    try:
        mark = read_formula(text, session).mark
    except LanguageError:
        return
    if mark is None or mark.kind not in GRAPHS:
        raise LanguageError(
            "this draws nothing that can be compared",
            why="curves y = f(x), equations and regions of x and y can",
            suggestion="write it as an equation of x and y, such as x^2 + y^2 = 9",
        )


@contextmanager
def inside(text: str, line: str) -> Iterator[None]:
    """Where a part of a line is looked at alone: mistakes get their place in the whole line."""
    try:
        yield
    except LanguageError as error:
        problem = moved(error.problem, line.find(text)) if error.problem.span != NOWHERE else error.problem
        raise LanguageError(
            problem.message, problem.span, why=problem.why, suggestion=problem.suggestion,
            replacement=problem.replacement,
        ) from None  # fmt: skip
