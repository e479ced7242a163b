"""Tables of data: a block of rows in a cell, or a file beside the notebook."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pyparsing as pp

from plotlang.language.blocks import Block, block_at, blocks_in
from plotlang.language.diagnostics import LanguageError, Problem
from plotlang.language.source import canonical_word, tokens
from plotlang.language.syntax import NOWHERE, Span, Text, Word
from plotlang.model.session import Definition, Session
from plotlang.statements.define import check_free_name
from plotlang.statements.fragments import NAME, STRING
from plotlang.statements.kind import Declared, Kind, Result, Statement

if TYPE_CHECKING:
    from plotlang.language.reading import Reading
    from plotlang.model.budget import Budget
    from plotlang.statements.columns import Columns

_FORM = "data d, then names such as t, h, then rows of numbers, then end"
_COORDINATES = ("x", "y")
_PREFIXES = ("np", "numpy", "math")


@dataclass(frozen=True, slots=True)
class DefineTable(Statement):
    """A name stands for a table: the rows between two places of `text`, or what the session holds for a file."""

    name: str = ""
    text: str = ""
    rows: Span = NOWHERE
    file: Text | None = None

    def apply(self, session: Session) -> Session:
        table = self.table(session)
        reading = f'data {self.name} from "{self.file.value}"' if self.file is not None else ""
        body = Text(table.summary)
        return session.define(Definition(self.name, "table", body, columns=table.columns, reading=reading))

    def report(self, session: Session, budget: Budget) -> tuple[Result, ...]:
        """How large the table is; a picture of the cell does not say it."""
        del budget
        return (Result(f"{self.name}: {self.table(session).summary}", name=self.name),)

    def remarks(self, session: Session) -> tuple[str, ...]:
        """What was left out or called by another name."""
        return tuple(f"{self.name}: {note}" for note in self.table(session).notes)

    def table(self, session: Session) -> Columns:
        """The columns; raises `LanguageError` where they can't be read."""
        from plotlang.statements.columns import BLOCK, FILE, columns_of

        if self.file is None:
            return columns_of(self.text, self.rows, BLOCK)
        found = session.files.get(self.file.value)
        if found is None:
            raise LanguageError(f"{self.file.value} was not read", self.file.span)
        if isinstance(found, Problem):
            raise LanguageError(found.message, self.file.span, why=found.why, suggestion=found.suggestion)
        try:
            return columns_of(found, Span(0, len(found)), FILE)
        except LanguageError as error:
            raise _in_file(error.problem, self.file, found) from None


def _in_file(problem: Problem, file: Text, text: str) -> LanguageError:
    """A problem of a file's text, told at the name of the file: a notebook has no other place to show it."""
    number = text.count("\n", 0, problem.span.start) + 1
    where = f"line {number} of the file" if problem.span != NOWHERE else ""
    why = "; ".join(each for each in (where, problem.why) if each)
    return LanguageError(f"{file.value}: {problem.message}", file.span, why=why, suggestion=problem.suggestion)


@dataclass(frozen=True, slots=True)
class Rows:
    """A data block as a parsed line: where its parts stand, and its name."""

    block: Block
    name: Word | None


def rows_in(text: str) -> Rows | None:
    """The data block that a statement is, None if it is another one."""
    block = block_at(text, len(text) - len(text.lstrip()), lambda _: False)
    if block is None or block.name is None:
        return None if block is None else Rows(block, None)
    return Rows(block, Word(canonical_word(text[block.name.start : block.name.end]), span=block.name))


def columns_in(text: str, name: str) -> tuple[str, ...]:
    """The names of the columns of a table that is written in a cell; none while the table can't be read."""
    from plotlang.statements.columns import BLOCK, columns_of

    for block in blocks_in(text):
        if block.name is not None and canonical_word(text[block.name.start : block.name.end]) == name:
            with suppress(LanguageError):
                return tuple(column for column, _ in columns_of(text, block.rows, BLOCK).columns)
    return ()


def wanted_file(kind: Kind | None, parts: Any) -> str | None:
    """The name of the file that a parsed line reads, if it reads one."""
    file = None if not isinstance(kind, Data) or isinstance(parts, Rows) else parts.get("file")
    return file.value if isinstance(file, Text) else None


def _bare(string: str, location: int, parts: pp.ParseResults) -> Word:
    del string
    return Word(parts[0], span=Span(location, location + len(parts[0])))


_BARE = pp.Regex(r'[^\s"“#][^\s"”]*').set_parse_action(_bare).set_name("a name of a file in quotes")


class Data(Kind):
    """data."""

    words = ("data", "end")
    usage = ("data d … end", 'data d from "file.csv"')
    summary = (
        "A table of numbers: a row of names, then rows of values between commas, semicolons, tabs or blanks; NA or "
        "nothing is an undefined value. Its column t is the list d.t, and d alone shows it. Without names the columns "
        "are x, y, or c1, c2 and so on. A csv, tsv or txt file stands in the notebook's folder or below."
    )
    examples = (
        "data d\nt, h\n0, 1.0\n1, 2.1\n2, 4.9\nend\nmean(d.h)",
        "data d\nx; y\n0; 1,5\n1; NA\n2; 3,25\nend\nd\nd.x^2",
    )
    room = "values"

    def grammar(self) -> pp.ParserElement:
        """The form with a file, and a lonely end; a block is no formula and is read by itself."""
        named = pp.Keyword("data") + NAME("name") + pp.Suppress(pp.Keyword("from")) + (STRING | _BARE)("file")
        return named | pp.Keyword("end")("end")

    def declares(self, parts: Any) -> tuple[Declared, ...]:
        """The name of the table."""
        name = parts.name if isinstance(parts, Rows) else parts.get("name")
        return () if name is None or name.text in _COORDINATES else (Declared(name.text, "table", shape="table"),)

    def build(self, parts: Any, reading: Reading) -> Statement:
        """The table, still as text; its name is checked."""
        if isinstance(parts, Rows):
            return _from_block(parts, reading)
        if "name" not in parts:
            raise LanguageError("there is no data block to end here", suggestion=_FORM)
        _check_name(parts["name"], reading)
        file = parts["file"]
        if isinstance(file, Word):
            quoted = f'"{file.text}"'
            message = "the name of a file stands in quotes"
            raise LanguageError(message, file.span, suggestion=f"write {quoted}", replacement=quoted)
        return DefineTable(parts["name"].text, file=file)


def _from_block(parts: Rows, reading: Reading) -> DefineTable:
    """The table of a block; raises `LanguageError` for a bad name and a missing end."""
    block = parts.block
    if parts.name is None:
        raise LanguageError("the first line of a table is data and one name", block.head, suggestion=_FORM)
    _check_name(parts.name, reading)
    if not block.closed:
        hint = "write end below its last row"
        raise LanguageError(f"data {parts.name.text} is never closed", block.head, suggestion=hint)
    return DefineTable(parts.name.text, reading.text, block.rows)


def _check_name(name: Word, reading: Reading) -> None:
    """Raise `LanguageError` for words that can't be the name of a table."""
    check_free_name(name, reading.names)
    if name.text in _COORDINATES:
        raise LanguageError(f"{name.text} is a coordinate", name.span, suggestion="choose another letter")
    if name.text in _PREFIXES or [token.kind for token in tokens(name.text)] != ["word", "end"]:
        raise LanguageError(f"{name.text} can't be a name", name.span, suggestion="choose another name")


DATA_KINDS: tuple[Kind, ...] = (Data(),)
