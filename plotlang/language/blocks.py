"""Data blocks: where they begin and end in a cell.  The lines between are rows of a table and no formulas."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from plotlang.language.syntax import Span

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

MOST_CHARACTERS_IN_A_LINE = 2_000
_LINE = re.compile(r"([^\n\r\u2028\u2029]*)(\r\n|[\n\r\u2028\u2029]|\Z)")
_HEAD = re.compile(r"\s*data\s+(\w+)\s*(#.*)?")
_ODD_HEAD = re.compile(r"\s*data\b(?!\s*[=(:*/^+-])(?!.*\bfrom\b).*")
_MARK = r"""(?<![^\n\r\u2028\u2029]) (?:
        (?P<end>[^\S\n\r\u2028\u2029]* end) [^\S\n\r\u2028\u2029]* (?=[\n\r\u2028\u2029#;]|\Z)
      | (?P<data>[^\S\n\r\u2028\u2029]* data\b (?! \s*[=(:*/^+-] | [^\n]*\bfrom\b ) [^\n\r\u2028\u2029]*)
    )"""
_FORMULA_SIGN = re.compile(r'(?:[^"#=<>~]|"[^"]*+"?+)*+[=<>~]')


@dataclass(frozen=True, slots=True)
class Block:
    """A data block; its spans are of the text it was found in.

    `name` covers the word behind ``data``; it is None when the first line has another form.  `closed` tells whether
    there is an ``end``.
    """

    name: Span | None
    head: Span
    rows: Span
    stop: int
    closed: bool


def lines_of(text: str, start: int, stop: int) -> Iterator[tuple[int, str]]:
    """The lines between two places, without their ends, and where each begins."""
    place = start
    while place < stop:
        match = _LINE.match(text, place, stop)
        if match is None:
            return
        yield place, match[1]
        place = match.end()


def block_at(text: str, start: int, is_statement: Callable[[str], bool]) -> Block | None:
    """The block that begins at this place of a cell, None if none does.

    A block ends at a line ``end``.  If there is none before the next block, it ends in front of the first line that
    has the form of a statement.
    """
    first = _LINE.match(text, start)
    head = first[1] if first is not None else ""
    if first is None or not head.lstrip().startswith("data"):
        return None
    plain = _HEAD.fullmatch(head)
    if plain is None and _ODD_HEAD.fullmatch(head) is None:
        return None
    name = Span(start + plain.start(1), start + plain.end(1)) if plain is not None else None
    span = Span(start, start + len(head.rstrip()))
    marks = re.compile(_MARK, re.VERBOSE)
    mark = marks.search(text, first.end())
    while mark is not None and mark["end"] is None and plain is not None and not _HEAD.fullmatch(mark["data"]):
        mark = marks.search(text, mark.end())
    if mark is not None and mark["end"] is not None:
        return Block(name, span, Span(first.end(), mark.start()), mark.end("end"), closed=True)
    if plain is None:
        return None
    limit = len(text) if mark is None else mark.start()
    found = (begin for begin, line in lines_of(text, first.end(), limit) if _may_be_formula(line, is_statement))
    stop = start + len(text[start : next(found, limit)].rstrip())
    return Block(name, span, Span(min(first.end(), stop), stop), stop, closed=False)


def _may_be_formula(line: str, is_statement: Callable[[str], bool]) -> bool:
    """Whether a line is a statement rather than a row of a table."""
    if len(line) > MOST_CHARACTERS_IN_A_LINE:
        return False
    return is_statement(line.lstrip()) or _FORMULA_SIGN.match(line) is not None


def blocks_in(text: str) -> Iterator[Block]:
    """The data blocks that begin at the beginning of a line of a cell."""
    place = 0
    while place < len(text):
        block = block_at(text, place, lambda _: False)
        if block is not None:
            yield block
        line = _LINE.match(text, place if block is None else block.stop)
        place = len(text) if line is None else line.end()


def outside_blocks(text: str) -> tuple[str, bool]:
    """A cell without its data blocks, and whether the last of them still waits for its ``end``."""
    kept, place, waits = [], 0, False
    for block in blocks_in(text):
        kept.append(text[place : block.head.start])
        place, waits = block.stop, not block.closed
    return "".join((*kept, text[place:])), waits
