"""Formulas of tasks: kept as text, and read when they are needed, with the names known then."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from plotlang.language.diagnostics import LanguageError
from plotlang.language.reading import Reading
from plotlang.statements.naming import names_of

if TYPE_CHECKING:
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
    """A formula line, parsed only; raises `LanguageError` where the text is none."""
    from plotlang.statements.parsing import parse_statement

    kind, parts = parse_statement(text)
    if kind is not None:
        raise LanguageError(f"{text.split(maxsplit=1)[0]} is a command, not a formula")
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
            suggestion="for example: expect curve x^2 + y^2 = 9",
        )
