"""Tables of values."""

from __future__ import annotations

import html
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pyparsing as pp

from plotlang.language.diagnostics import LanguageError
from plotlang.language.printer import print_expr
from plotlang.language.syntax import Call, Expr, Interval, ListOf, Name, Number, Text, Word
from plotlang.numerics.compile import compile_expr
from plotlang.statements.fragments import FORMULA, INTERVAL, NAME, word
from plotlang.statements.kind import Kind, Result, Statement
from plotlang.statements.values import lowering_of, shown

if TYPE_CHECKING:
    from plotlang.language.reading import Reading
    from plotlang.model.budget import Budget
    from plotlang.model.session import Definition, Session

MOST_ROWS = 500
_MOST_ROWS_SHOWN = 10
_MOST_COLUMNS = 12


@dataclass(frozen=True, slots=True)
class Table(Statement):
    """Values of formulas at the places of a range or list."""

    columns: tuple[tuple[str, Expr], ...] = ()
    variable: str = "x"
    source: Expr | None = None

    def apply(self, session: Session) -> Session:
        for _, expr in self.columns:
            session.reach((expr,))
        return session

    def report(self, session: Session, budget: Budget) -> tuple[Result, ...]:
        """The table as text and HTML."""
        lowering = lowering_of(session, budget)
        source = self.source if self.source is not None else ListOf(())
        places = lowering.lower(source if not isinstance(source, Interval) else ListOf((source,)))
        items = places.items if isinstance(places, ListOf) else (places,)
        if len(items) > MOST_ROWS:
            raise LanguageError(f"a table has at most {MOST_ROWS} rows", suggestion="choose a larger step")
        rows: list[list[float]] = []
        for item in items:
            bound = {self.variable: item}
            row = [float(compile_expr(item, budget=budget)())]
            row += [lowering.number(expr, bound) for _, expr in self.columns]
            rows.append(row)
        heads = [self.variable, *(text for text, _ in self.columns)]
        cells = [[shown(value) for value in row] for row in rows]
        numbers = tuple(value for row in rows for value in row)
        return (Result(as_text(heads, cells), html=as_html(heads, cells), name="table", numbers=numbers),)


def as_text(heads: list[str], cells: list[list[str]]) -> str:
    """The table in plain text, columns aligned to the right."""
    widths = [max(len(row[i]) for row in (heads, *cells)) for i in range(len(heads))]
    lines = [
        "  ".join(f"{value:>{width}}" for value, width in zip(row, widths, strict=True)) for row in (heads, *cells)
    ]
    return "\n".join([lines[0], "  ".join("─" * width for width in widths), *lines[1:]])


def as_html(heads: list[str], cells: list[list[str]]) -> str:
    """The table in HTML, every text escaped."""
    head = "".join(f'<th scope="col">{html.escape(each)}</th>' for each in heads)
    body = "".join("<tr>" + "".join(f"<td>{html.escape(each)}</td>" for each in row) + "</tr>" for row in cells)
    return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"


def shown_columns(definition: Definition) -> Result:
    """The first rows of a table of data, as text and HTML."""
    columns = definition.columns[:_MOST_COLUMNS]
    rows = len(columns[0][1]) if columns else 0
    several = rows > _MOST_ROWS_SHOWN + 1
    count = _MOST_ROWS_SHOWN if several else rows
    more = ["…"] if len(definition.columns) > len(columns) else []
    heads = [*(name for name, _ in columns), *more]
    cells = [[*(shown(values[i]) for _, values in columns), *more] for i in range(count)]
    cells += [["…"] * len(heads)] if several else []
    summary = definition.body.value if isinstance(definition.body, Text) else ""
    text = f"{definition.name}: {summary}"
    return Result(
        f"{text}\n{as_text(heads, cells)}",
        html=f"<div>{html.escape(text)}</div>{as_html(heads, cells)}",
        name=definition.name,
        numbers=tuple(value for _, values in columns for value in values[:count]),
    )


class TableCommand(Kind):
    """table."""

    words = ("table",)
    usage = ("table f, g for x in 0..5 step 1", "table x^2 for x in [1, 2, 5]", "table f")
    summary = "Prints a table of values, for x from −5 to 5 unless for says otherwise."
    examples = ("f(x) = x^2\ntable f, 2x + 1 for x in 0..3",)
    room = "values"

    def grammar(self) -> pp.ParserElement:
        """Formulas, the letter, and its places."""
        columns = pp.Group(pp.DelimitedList(FORMULA))("columns")
        places = pp.Suppress(pp.Keyword("in")) + INTERVAL("source")
        return word("table") + columns + pp.Optional(pp.Suppress(pp.Keyword("for")) + NAME("variable") + places)

    def build(self, parts: Any, reading: Reading) -> Statement:
        """The columns, each a function or a formula of the letter."""
        variable = parts["variable"].text if "variable" in parts else "x"
        columns = []
        for raw in parts["columns"]:
            if isinstance(raw, Word) and reading.names.arity.get(raw.text) == 1 and not raw.primes:
                expr: Expr = Call(raw.text, (Name(variable),))
            elif isinstance(raw, Word) and raw.text in "fghFGH" and reading.names.role(raw.text) is None:
                raise LanguageError(
                    f"{raw.text} is not defined", raw.span, suggestion=f"define it first: {raw.text}(x) = …"
                )
            else:
                expr = reading.read(raw, bound=(variable,))
            columns.append((print_expr(expr), expr))
        source = reading.read(parts["source"]) if "source" in parts else Interval(Number(-5.0), Number(5.0))
        return Table(tuple(columns), variable, source)


TABLE_KINDS: tuple[Kind, ...] = (TableCommand(),)
