"""A cell's text → its lines, parsed but not yet read: what a line means depends on the names known around it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from plotlang.language.diagnostics import LanguageError, Problem
from plotlang.language.reading import Reading
from plotlang.language.source import Source, moved
from plotlang.language.splitting import piece_span, split
from plotlang.language.syntax import Span
from plotlang.statements import FORMULA_KINDS, commands
from plotlang.statements.data import wanted_file
from plotlang.statements.parsing import parse_statement

if TYPE_CHECKING:
    from plotlang.language.scope import Names
    from plotlang.statements.formula import Line
    from plotlang.statements.kind import Declared, Kind, Statement

_LONGEST_REMEMBERED = 10_000


@dataclass(frozen=True, slots=True)
class RawLine:
    """One line of a cell: its source, and either its parts or what is wrong with its form.

    `kind` is None for formula lines, whose kind is decided when the names are known.
    """

    source: Source
    kind: Kind | None = None
    parts: Any = None
    problem: Problem | None = None

    def declares(self, names: Names) -> tuple[Declared, ...]:
        """The names that the line will define."""
        if self.problem is not None:
            return ()
        if self.kind is not None:
            return self.kind.declares(self.parts)
        try:
            return FORMULA_KINDS[0].names_of(self.parts, names)
        except LanguageError:
            return ()

    def read(self, names: Names) -> tuple[Statement, Reading]:
        """The statement that the line is, given the names; raises `LanguageError`."""
        if self.problem is not None:
            raise LanguageError(self.problem.message)
        reading = Reading(names, self.source.text)
        if self.kind is not None:
            return self.kind.build(self.parts, reading), reading
        line: Line = self.parts
        for kind in FORMULA_KINDS:
            if kind.claims(line, names):
                return kind.of_line(line, reading), reading
        raise LanguageError("I can't read this line")


def read_cell(text: str) -> list[RawLine]:
    """The lines of a cell; every bad one carries its problem (with spans of the cell's text)."""
    found = []
    for piece in split(text, frozenset(commands())):
        if isinstance(piece, Problem):
            span = piece_span(piece)
            found.append(RawLine(Source(text[span.start : span.end], span.start), problem=piece))
            continue
        line = parse_line(piece.text)
        problem = None if line.problem is None else moved(line.problem, piece.offset)
        found.append(RawLine(piece, line.kind, line.parts, problem))
    return found


def files_of(text: str) -> tuple[str, ...]:
    """The names of the files that a cell reads."""
    wanted = (wanted_file(line.kind, line.parts) for line in read_cell(text) if line.problem is None)
    return tuple(dict.fromkeys(name for name in wanted if name is not None))


def parse_line(text: str) -> RawLine:
    """One statement, parsed; its problem has spans of this text.  Short ones are remembered."""
    return _parsed_before(text) if len(text) <= _LONGEST_REMEMBERED else _parsed(text)


@lru_cache(maxsize=4096)
def _parsed_before(text: str) -> RawLine:
    return _parsed(text)


def _parsed(text: str) -> RawLine:
    source = Source(text)
    try:
        kind, parts = parse_statement(text)
    except LanguageError as error:
        return RawLine(source, problem=error.problem)
    except RecursionError:
        return RawLine(source, problem=Problem("this line is nested too deeply", Span(0, len(text))))
    return RawLine(source, kind, parts)
