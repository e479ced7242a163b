"""Formulas of tasks: kept as text, and read when they are needed, with the names known then."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from plotlang.language.diagnostics import LanguageError
from plotlang.language.reading import Reading
from plotlang.statements.naming import names_of

if TYPE_CHECKING:
    from plotlang.model.session import Session
    from plotlang.statements.curves import Formula
    from plotlang.statements.formula import Line

TARGET = "#9a9a9a"
"""The colour of what is to be matched."""


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
