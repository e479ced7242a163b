"""A cell's text → the statements that it falls into."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from plotlang.language.blocks import MOST_CHARACTERS_IN_A_LINE, block_at
from plotlang.language.diagnostics import LanguageError, Problem
from plotlang.language.source import CLOSING, CONTINUES, OPENING, Source, Token, scan
from plotlang.language.syntax import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

MOST_NESTING = 100
MOST_STATEMENTS = 500


def split(text: str, commands: frozenset[str]) -> Iterator[Source | Problem]:
    """The statements of a cell, each as a `Source`; a `Problem` (with spans of the cell) stands for a bad line.

    A statement ends at a newline or `;`, but goes on inside open brackets and after an operator or a backslash at
    the end of a line.  A line that starts like a statement never continues the line before.  A data block is one
    statement.
    """
    walk = _Walk(text, commands)
    for count, piece in enumerate(walk.pieces()):
        if count == MOST_STATEMENTS:
            message = f"this cell has more than {MOST_STATEMENTS:,} lines"
            yield Problem(message, piece_span(piece), suggestion="split it into several cells")
            return
        yield piece


def piece_span(piece: Source | Problem) -> Span:
    """Where a piece stands in the cell."""
    if isinstance(piece, Problem):
        return piece.span
    return Span(piece.offset, piece.offset + len(piece.text))


class _Walk:
    """Walks through the tokens of a cell, from one statement to the next; the rows of data blocks have none."""

    def __init__(self, text: str, commands: frozenset[str]) -> None:
        self.text, self.commands = text, commands
        self.ahead = scan(text)
        self.line: list[Token] = []
        self.place = 0

    def pieces(self) -> Iterator[Source | Problem]:
        """All statements; a line that is too long or nested too deeply gives a problem."""
        while True:
            while self.token.kind == "newline" or self._is(";"):
                self.place += 1
            if self.token.kind == "end":
                return
            start = self.token.span.start
            block = block_at(self.text, start, self._is_statement) if self.token.text == "data" else None
            if block is not None:
                yield Source(self.text[start : block.stop], start)
                self._go_on(block.stop)
                continue
            try:
                stop = self._statement_end(start)
            except LanguageError as error:
                self._skip_line()
                yield error.problem
                continue
            yield Source(self.text[start:stop], start)

    @property
    def token(self) -> Token:
        return self._token(self.place)

    def _token(self, place: int) -> Token:
        while len(self.line) <= place:
            self.line.append(next(self.ahead))
        return self.line[place]

    def _go_on(self, position: int) -> None:
        """Have the tokens from a place of the text next."""
        self.ahead, self.line, self.place = scan(self.text, position), [], 0

    def _is(self, text: str) -> bool:
        return self.token.text == text and self.token.kind == "operator"

    def _statement_end(self, start: int) -> int:
        """Where the statement ends that starts here; `place` is moved to the token behind it."""
        depth, last = 0, self.token
        first_line: int | None = None
        self._check_length(start)
        while self.token.kind != "end" and not (depth == 0 and self._is(";")):
            if self.token.kind == "newline":
                first_line = self.place if first_line is None else first_line
                if not self._continues(depth, last):
                    break
                self._check_length(self.token.span.end)
            else:
                depth, last = self._depth(depth), self.token
            self.place += 1
        if depth > 0 and first_line is not None:  # a forgotten bracket costs its own line, not those behind it
            self.place, last = first_line, self.line[first_line - 1]
        return last.span.end

    def _continues(self, depth: int, last: Token) -> bool:
        """Whether the statement goes on in the next line that is not empty."""
        if depth == 0 and not (last.text in CONTINUES and last.kind in ("operator", "word")):
            return False
        place = self.place
        while self._token(place).kind == "newline":
            place += 1
        behind = self._token(place)
        return behind.kind != "end" and not self._starts_statement(behind.span.start)

    def _depth(self, depth: int) -> int:
        """The number of open brackets behind the token."""
        if self.token.kind != "operator":
            return depth
        if self.token.text in OPENING:
            if depth == MOST_NESTING:
                raise LanguageError(f"more than {MOST_NESTING} brackets inside each other", self.token.span)
            return depth + 1
        return max(0, depth - 1) if self.token.text in CLOSING else depth

    def _check_length(self, start: int) -> None:
        """Raise `LanguageError` when the physical line from here is too long."""
        length = self._line_end(start) - start
        if length > MOST_CHARACTERS_IN_A_LINE:
            message = f"this line has {length:,} characters"
            raise LanguageError(message, Span(start, start + 1), why=f"at most {MOST_CHARACTERS_IN_A_LINE:,} are read")

    def _line_end(self, start: int) -> int:
        end = self.text.find("\n", start)
        return len(self.text) if end < 0 else end

    def _skip_line(self) -> None:
        while self.token.kind not in ("newline", "end"):
            self.place += 1

    def _starts_statement(self, start: int) -> bool:
        return self._is_statement(self.text[start : self._line_end(start)])

    def _is_statement(self, line: str) -> bool:
        if _DEFINES.match(line):
            return True
        first = _FIRST_WORD.match(line)
        return first is not None and first[1] in self.commands


_DEFINES = re.compile(r"[^\W\d]\w*\s*('*\s*\([\w\s,]*\))?\s*=(?!=)")
_FIRST_WORD = re.compile(r"([^\W\d]\w*)(?=\s|$)(?!\s*[-+*/^)\]},])")
