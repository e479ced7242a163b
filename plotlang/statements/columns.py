"""Cells of text → columns of numbers with names."""

from __future__ import annotations

import math
import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from plotlang.language.blocks import MOST_CHARACTERS_IN_A_LINE
from plotlang.language.diagnostics import LanguageError
from plotlang.language.source import canonical_word
from plotlang.statements.separated import MOST_ROWS, Layout, Row, rows_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from plotlang.language.syntax import Span

BLOCK = Layout(width=MOST_CHARACTERS_IN_A_LINE, by_line=True)
FILE = Layout(width=100_000, by_line=False)
_MISSING = frozenset(("", "na", "n/a", "#n/a", "nan", "null", "none"))
_NUMBER = re.compile(r"[+-]?(?:\d+(?:[.,]\d*)?|[.,]\d+)(?:[eE][+-]?\d+)?", re.ASCII)
_ENDLESS = re.compile(r"[+-]?(?:inf(?:inity)?|∞)", re.IGNORECASE)
_MINUS = dict.fromkeys(map(ord, "−–‐‑"), "-")
_NOT_IN_A_NAME = re.compile(r"[^A-Za-zΑ-ΡΣ-Ωα-ωϕϑϵµ0-9₀-₉]+")
_LONGEST_NAME = 40
_DECIMAL_COMMAS = "with decimal commas, write ; between the values"


@dataclass(frozen=True, slots=True)
class Columns:
    """A table: its columns by name, all of one length (undefined places are `math.nan`), and what to say about it."""

    rows: int
    columns: tuple[tuple[str, tuple[float, ...]], ...]
    notes: tuple[str, ...] = ()

    @property
    def summary(self) -> str:
        """How large it is, and what its columns are called."""
        rows = f"{self.rows:,} row{'' if self.rows == 1 else 's'}"
        return f"{rows}, column{'' if len(self.columns) == 1 else 's'} {', '.join(name for name, _ in self.columns)}"


@lru_cache(maxsize=16)
def columns_of(text: str, span: Span, layout: Layout) -> Columns:
    """The table that stands between two places of a text.

    The first row holds names unless there is a number in it.  Raises `LanguageError` (its span is of the text) for rows
    of different lengths and for words among numbers.
    """
    separator, rows = rows_of(text, span, layout)
    if not rows:
        raise LanguageError("this table is empty", suggestion="write names such as t, h and then rows such as 0, 1.5")
    reader = _Reader(separator)
    named = reader.is_heading(rows[0])
    names, rows = (rows[0].cells, rows[1:]) if named else (_plain_names(len(rows[0].cells)), rows)
    rows = [row for row in rows if len(row.cells) == 1 or any(row.cells)]
    if not rows:
        raise LanguageError("this table has names but no rows", suggestion="write rows such as 0, 1.5 below the names")
    if len(rows) > MOST_ROWS:
        raise LanguageError(f"a table has at most {MOST_ROWS:,} rows", rows[MOST_ROWS].span)
    reader.check_lengths(names, rows, named=named)
    return reader.table(names, rows, named=named)


def _plain_names(count: int) -> tuple[str, ...]:
    return ("x", "y") if count == 2 else tuple(f"c{place}" for place in range(1, count + 1))


def _counted(number: int, what: str) -> str:
    return f"{number} {what}{'' if number == 1 else 's'}"


class _Reader:
    """Reads the cells of one table; with a comma between them, no comma stands in numbers."""

    def __init__(self, separator: str) -> None:
        self.separator = separator
        self.notes: list[str] = []
        self.overflows = 0

    def is_heading(self, row: Row) -> bool:
        """Whether a row holds names: some words, and no number."""
        values = [self.number(cell) for cell in row.cells]
        self.overflows = 0
        return None in values and all(value is None or math.isnan(value) for value in values)

    def check_lengths(self, names: Sequence[str], rows: list[Row], *, named: bool) -> None:
        """Raise `LanguageError` at the first row that is longer or shorter than the first one."""
        for number, row in enumerate(rows, 1):
            if len(row.cells) == len(names):
                continue
            hint = "write NA where a value is missing" if len(row.cells) < len(names) else ""
            if self.separator == "," and any(re.search(r"\d\s+\d", cell) for cell in row.cells):
                hint = _DECIMAL_COMMAS
            message = f"row {number} has {_counted(len(row.cells), 'value')}"
            why = f"{'the row of names' if named else 'row 1'} has {len(names)}"
            raise LanguageError(message, row.span, why=why, suggestion=hint)

    def number(self, cell: str) -> float | None:
        """The number that a cell holds, NaN if it is left empty, None if it is something else."""
        try:
            value = float(cell)
        except ValueError:
            pass
        else:
            if "_" not in cell and math.isfinite(value) and cell.isascii():
                return value
        text = cell.translate(_MINUS)
        if text.lower() in _MISSING:
            return math.nan
        if _NUMBER.fullmatch(text) and ("," not in text or self.separator in "\t;"):
            value = float(text.replace(",", "."))
        elif _ENDLESS.fullmatch(text):
            value = math.inf
        else:
            return None
        if math.isfinite(value):
            return value
        self.overflows += 1
        return math.nan

    def table(self, heads: Sequence[str], rows: list[Row], *, named: bool) -> Columns:
        """The columns that hold numbers; those of nothing but words are left out."""
        kept: dict[int, tuple[float, ...]] = {}
        for place, head in enumerate(heads):
            cells = [row.cells[place] for row in rows]
            values = [self.number(cell) for cell in cells]
            bad = [i for i, value in enumerate(values) if value is None]
            if not bad and (head or any(cells)):
                kept[place] = tuple(math.nan if value is None or math.isnan(value) else value for value in values)
            elif bad and not all(value is None or math.isnan(value) for value in values):
                raise self.no_number(cells[bad[0]], bad[0] + 1, rows[bad[0]].span)
            elif bad:
                column = f"{_seen(head) or place + 1} holds no numbers ({_seen(cells[bad[0]])})"
                self.notes.append(f"the column {column} and is left out")
        if not kept:
            raise LanguageError("there are no numbers in this table", rows[0].span)
        names = self.names({place: heads[place] for place in kept}) if named else {i: heads[i] for i in kept}
        if self.overflows:
            self.notes.append(f"{_counted(self.overflows, 'value')} too large for a number: left undefined")
        return Columns(len(rows), tuple((names[place], values) for place, values in kept.items()), tuple(self.notes))

    def no_number(self, cell: str, row: int, span: Span) -> LanguageError:
        """What to say about a word among numbers."""
        hint = "write NA where a value is missing"
        if re.search({",": r"\d\s+\d", " ": r"\d,\d"}.get(self.separator, r"(?!)"), cell):
            hint = _DECIMAL_COMMAS
        elif re.fullmatch(r"[\d.,\s]+", cell):
            hint = "write a number without separators between its thousands"
        elif re.search(r"[a-z(^*/]", cell) and re.search(r"\d", cell):
            hint = "a table holds plain numbers; a list holds formulas: X = [sqrt(2), 2pi]"
        return LanguageError(f"row {row}: {_seen(cell)} is not a number", span, suggestion=hint)

    def names(self, heads: dict[int, str]) -> dict[int, str]:
        """Names that can stand behind the point of ``d.t``, all different; every change gives a note."""
        found: dict[int, str] = {}
        for place, head in heads.items():
            plain = name = _name(head) or f"c{place + 1}"
            count = 1
            while name in found.values():
                count += 1
                name = f"{plain}_{count}"
            if head and name != canonical_word(head):
                which = f"the {_nth(count)} column {_seen(head)}" if count > 1 else f"the column {_seen(head)}"
                self.notes.append(f"{which} is called {name} here")
            found[place] = name
        return found


def _name(head: str) -> str:
    """A name from what stands above a column: letters without accents, digits, ``_``; empty if nothing is left."""
    plain = "".join(each for each in unicodedata.normalize("NFD", head[:1000]) if not unicodedata.combining(each))
    name = _NOT_IN_A_NAME.sub("_", plain).strip("_")[:_LONGEST_NAME]
    return canonical_word(name if not name[:1].isdigit() else f"c{name}") if name else ""


def _nth(count: int) -> str:
    return {2: "second", 3: "third"}.get(count, f"{count}th")


def _seen(text: str) -> str:
    """A text as it can be shown in one line."""
    shown = "".join(each if each.isprintable() else "\ufffd" for each in text[:31])
    return shown if len(text) <= 30 else f"{shown[:29]}…"
