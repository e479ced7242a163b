"""Text in rows and columns → its cells: separators, comments, quotes."""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

from plotlang.language.blocks import lines_of
from plotlang.language.diagnostics import LanguageError
from plotlang.language.syntax import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

MOST_COLUMNS = 50
MOST_ROWS = 10_000
MOST_LINES = 50_000
_SAMPLE = 20
_OPEN = "a text in quotes is never closed"
_SEPARATORS = ("\t", ";", ",")
_BLANKS = dict.fromkeys((*range(0x2000, 0x200B), 0xA0, 0x202F, 0x205F, 0x3000, 0xFEFF), " ")
_CODE = re.compile(r'(?:[^"#]|"[^"]*+"?+)*+')
_QUOTED = re.compile(r'"[^"]*+"?+')


@dataclass(frozen=True, slots=True)
class Row:
    """The cells of one row, without blanks around them, and where the row stands in the text."""

    cells: tuple[str, ...]
    span: Span


@dataclass(frozen=True, slots=True)
class Layout:
    """How a text is written: `width` is the longest line allowed, in characters.

    With `by_line`, as in a cell, a text in quotes ends on its line, and a ``#`` outside quotes starts a comment
    anywhere; in a file only at the beginning of a line.
    """

    width: int
    by_line: bool


def separator_of(lines: list[str]) -> str:
    """What stands between the cells: the tab, semicolon or comma that most lines have, otherwise blanks."""
    bare = [_QUOTED.sub("", line) for line in lines]
    counts = {each: sum(each in line for line in bare) for each in _SEPARATORS}
    best = max(_SEPARATORS, key=lambda each: counts[each])
    return best if counts[best] and 2 * counts[best] >= len(lines) else " "


def rows_of(text: str, span: Span, layout: Layout) -> tuple[str, list[Row]]:
    """The separator and all rows, blank lines and comments left out.

    At most `MOST_ROWS` rows and a row of names.  Raises `LanguageError` at a line that is too long, a row with too
    many cells, too many rows, and a text whose quotes are never closed.
    """
    separator = separator_of([line for _, line in islice(_lines(text, span, layout), _SAMPLE)])
    source = _Source(_lines(text, span, layout), separator)
    found: list[Row] = []
    try:
        for cells in csv.reader(source, delimiter=separator, skipinitialspace=True):
            where = source.taken()
            if len(cells) > MOST_COLUMNS:
                why = f"this row has {len(cells):,}"
                raise LanguageError(f"a table has at most {MOST_COLUMNS} columns", where, why=why)
            if len(found) > MOST_ROWS:
                raise LanguageError(f"a table has at most {MOST_ROWS:,} rows", where)
            found.append(Row(tuple(each.strip() for each in cells), where))
    except csv.Error:
        raise LanguageError(_OPEN, source.taken()) from None
    return separator, found


class _Source:
    """Lines for the reader of the standard library, and from where to where those of the latest row reach."""

    def __init__(self, lines: Iterator[tuple[int, str]], separator: str) -> None:
        self.lines, self.separator = lines, separator
        self.first, self.last = -1, 0

    def __iter__(self) -> _Source:
        return self

    def __next__(self) -> str:
        place, line = next(self.lines)
        self.first = place if self.first < 0 else self.first
        self.last = place + len(line)
        return line.expandtabs(1).strip() if self.separator == " " else line

    def taken(self) -> Span:
        """Where the lines stand that were read since the last call."""
        span = Span(max(0, self.first), self.last)
        self.first = -1
        return span


def _lines(text: str, span: Span, layout: Layout) -> Iterator[tuple[int, str]]:
    """The lines that hold something and are no comments, blanks of all kinds made plain; where each begins."""
    for number, (place, line) in enumerate(lines_of(text, span.start, span.end), 1):
        if number > MOST_LINES:
            why = f"more than {MOST_LINES:,} lines stand here"
            raise LanguageError(f"a table has at most {MOST_ROWS:,} rows", Span(place, place + len(line)), why=why)
        if not line or line.isspace():
            continue
        if len(line) > layout.width:
            message = f"this row has {len(line):,} characters"
            raise LanguageError(message, Span(place, place + len(line)), why=f"at most {layout.width:,} are read")
        plain = line.translate(_BLANKS).lstrip(" ")
        begin = place + len(line) - len(plain)
        if layout.by_line:
            code = _CODE.match(plain)
            plain = code[0] if code is not None else plain
            if plain.count('"') % 2:
                raise LanguageError(_OPEN, Span(place, place + len(line)), suggestion='write a second " at its end')
        plain = plain.rstrip(" ")
        if plain and not plain.startswith("#"):
            yield begin, plain
