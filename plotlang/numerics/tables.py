"""Tables of data: their columns as lists of plain numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from plotlang.language.diagnostics import LanguageError, nearest
from plotlang.language.syntax import ListOf, Number, Span

if TYPE_CHECKING:
    from plotlang.model.session import Definition

_MOST_SHOWN = 10


def column(table: Definition, name: str, span: Span) -> ListOf:
    """A column of a table, NaN where it is undefined; raises `LanguageError` when there is none of this name."""
    columns = dict(table.columns)
    if name in columns:
        return ListOf(tuple(Number(value) for value in columns[name]), span=span)
    meant = nearest(name, columns)
    example = f"{table.name}.{meant[0] if meant else next(iter(columns), 'x')}"
    more = ", …" if len(columns) > _MOST_SHOWN else ""
    raise LanguageError(
        f"{table.name} has no column {name}",
        span,
        why=f"its columns are {', '.join(list(columns)[:_MOST_SHOWN])}{more}",
        suggestion=f"did you mean {example}?" if meant else f"for example: {example}",
    )


def no_number(table: Definition, span: Span) -> LanguageError:
    """What to say about a table where a number or a list is needed."""
    first = next((name for name, _ in table.columns), "x")
    hint = f"write {table.name}.{first} for its column {first}"
    return LanguageError(f"{table.name} is a table", span, suggestion=hint)
