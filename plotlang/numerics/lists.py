"""Lists and points of core expressions: entry by entry, and reduced to one value."""

from __future__ import annotations

from dataclasses import fields, replace
from typing import TYPE_CHECKING, Any

import numpy as np

from plotlang.language.diagnostics import LanguageError
from plotlang.language.syntax import (
    Binary,
    Binder,
    Call,
    Expr,
    ListOf,
    Name,
    Node,
    Number,
    Piecewise,
    PlusMinus,
    Point,
    Restriction,
    Span,
    walk,
)

if TYPE_CHECKING:
    from collections.abc import Callable

MOST_ENTRIES = 10_000
_MOST_VALUES = 100


def check_length(length: int, span: Span) -> None:
    """Raise `LanguageError` when a list would be too long."""
    if length > MOST_ENTRIES:
        raise LanguageError(f"a list holds at most {MOST_ENTRIES:,} entries", span)


def count(low: float, high: float, step: float | None, span: Span) -> list[float]:
    """The numbers from low to high (included, with a little room for rounding) in steps."""
    step = 1.0 if step is None else step
    if not all(np.isfinite(each) for each in (low, high, step)):
        raise LanguageError("a list needs finite ends", span)
    if step == 0 or (high - low) / step < -1e-9:
        if step == 0:
            raise LanguageError("a step of 0 leads nowhere", span)
        return []
    if (high - low) / step > MOST_ENTRIES:
        check_length(MOST_ENTRIES + 1, span)
    number = int(np.floor((high - low) / step + 1e-9)) + 1
    return [low + i * step for i in range(number)]


def each(function: Callable[[Expr], Expr], value: Expr) -> Expr:
    """The function of every entry of a list and every coordinate of a point, or of the value itself."""
    if isinstance(value, ListOf):
        return ListOf(tuple(each(function, item) for item in value.items))
    if isinstance(value, Point):
        return Point(tuple(function(item) for item in value.items))
    return function(value)


def spread(function: Callable[..., Expr], values: tuple[Expr, ...], span: Span) -> Expr:
    """The function entry by entry over lists of one length (other values repeat), coordinate by coordinate."""
    lengths = {len(value.items) for value in values if isinstance(value, ListOf)}
    if len(lengths) > 1:
        shown = " and ".join(str(length) for length in sorted(lengths))
        hint = "give both lists the same number of entries"
        raise LanguageError(f"the lists have different lengths ({shown})", span, suggestion=hint)
    if lengths:
        rows = range(lengths.pop())
        picked = ([v.items[i] if isinstance(v, ListOf) else v for v in values] for i in rows)
        return ListOf(tuple(spread(function, tuple(row), span) for row in picked), span=span)
    if any(isinstance(value, Point) for value in values):
        return _coordinates(function, values, span)
    return function(*values)


def _coordinates(function: Callable[..., Expr], values: tuple[Expr, ...], span: Span) -> Expr:
    points = sum(isinstance(value, Point) for value in values)
    sample = function(*(Number(1.0) for _ in values))
    operator = sample.operator if isinstance(sample, Binary) else ""
    fits = (operator in ("+", "-") and points == 2) or (operator == "*" and points == 1)
    if not fits and not (operator == "/" and isinstance(values[0], Point) and points == 1):
        hint = "for example: A + (1, 1) or 2A"
        raise LanguageError("points can be added, subtracted and multiplied by a number", span, suggestion=hint)
    picked = ([v.items[i] if isinstance(v, Point) else v for v in values] for i in range(2))
    return Point(tuple(function(*row) for row in picked), span=span)


def pick(values: ListOf, index: float, span: Span) -> Expr:
    """One entry of a list, counted from 1."""
    place = round(index) if np.isfinite(index) else 0
    if place != index or not 1 <= place <= len(values.items):
        raise LanguageError(f"the list has {len(values.items)} entries and no entry {index:g}", span,
                            why="entries are counted from 1")  # fmt: skip
    return values.items[place - 1]


def reduce(function: str, arguments: tuple[Expr, ...], number: Callable[[Expr], float], span: Span) -> Expr:
    """A function of whole lists: total, mean, max and the like.

    Sums and products may depend on x; the others need plain numbers.  Raises `LanguageError` otherwise.
    """
    first = arguments[0]
    if function == "join":
        parts = [part.items if isinstance(part, ListOf) else (part,) for part in arguments]
        return ListOf(tuple(item for part in parts for item in part), span=span)
    if not isinstance(first, ListOf):
        raise LanguageError(f"{function} needs a list", span)
    items = first.items
    if function == "length":
        return Number(float(len(items)))
    if function in ("total", "prod", "mean", "min", "max") and len(arguments) == 1 and items:
        return _folded(function, items)
    values = np.array([number(item) for item in items])
    if function == "corr":
        return _correlation(arguments, values, number, span)
    if len(arguments) > 1:
        raise LanguageError(f"{function} takes one list", span)
    return _statistic(function, values, span)


_PLAIN: dict[str, Callable[[np.ndarray[Any, Any]], Any]] = {
    "total": np.sum, "prod": np.prod, "mean": np.mean, "min": np.min, "max": np.max,
}  # fmt: skip


def _folded(function: str, items: tuple[Expr, ...]) -> Expr:
    if all(isinstance(item, Number) for item in items):
        values = np.array([item.value for item in items if isinstance(item, Number)])
        with np.errstate(all="ignore"):
            return Number(float(_PLAIN[function](values)))
    if function in ("min", "max"):
        while len(items) > 1:
            groups = (items[i : i + _MOST_VALUES] for i in range(0, len(items), _MOST_VALUES))
            items = tuple(Call(function, group) if len(group) > 1 else group[0] for group in groups)
        return items[0]
    whole = items[0]
    for item in items[1:]:
        whole = Binary("*" if function == "prod" else "+", whole, item)
    return Binary("/", whole, Number(float(len(items)))) if function == "mean" else whole


def _statistic(function: str, values: np.ndarray[Any, Any], span: Span) -> Expr:
    if function in ("sort", "unique"):
        chosen = np.unique(values) if function == "unique" else np.sort(values)
        return ListOf(tuple(Number(float(value)) for value in chosen), span=span)
    if function in ("total", "prod"):
        return Number(0.0 if function == "total" else 1.0)
    if not len(values):
        raise LanguageError(f"{function} of an empty list has no value", span)
    with np.errstate(all="ignore"):
        match function:
            case "median":
                return Number(float(np.median(values)))
            case "sd" | "var":
                spread_ = float(np.var(values, ddof=1)) if len(values) > 1 else float("nan")
                return Number(spread_ if function == "var" else spread_**0.5)
    raise LanguageError(f"{function} does not work on a list", span)


def _correlation(
    arguments: tuple[Expr, ...], values: np.ndarray[Any, Any], number: Callable[[Expr], float], span: Span
) -> Expr:
    other = arguments[1] if len(arguments) == 2 else None
    if not isinstance(other, ListOf) or len(other.items) != len(values) or len(values) < 2:
        raise LanguageError("corr needs two lists of the same length", span, suggestion="corr(X, Y)")
    with np.errstate(all="ignore"):
        return Number(float(np.corrcoef(values, [number(item) for item in other.items])[0, 1]))


def geometry(function: str, arguments: tuple[Expr, ...], span: Span) -> Expr:
    """Distance or midpoint of two points."""
    first, second = arguments
    if not (isinstance(first, Point) and isinstance(second, Point)):
        raise LanguageError(f"{function} needs two points", span, suggestion=f"{function}(A, B)")
    pairs = list(zip(first.items, second.items, strict=True))
    if function == "midpoint":
        return Point(tuple(Binary("/", Binary("+", a, b), Number(2.0)) for a, b in pairs), span=span)
    return Call("hypot", tuple(Binary("-", a, b) for a, b in pairs), span=span)


def substitute(expr: Expr, variable: str, value: Expr) -> Expr:
    """The expression with a name replaced, shared parts staying shared."""
    memory: dict[int, Expr] = {}

    def replaced(node: Any) -> Any:
        if isinstance(node, tuple):
            return tuple(replaced(item) for item in node)
        if not isinstance(node, Node):
            return node
        found = memory.get(id(node))
        if found is None:
            found = memory[id(node)] = _substituted(node, variable, value, replaced)
        return found

    result: Expr = replaced(expr)
    return result


def _substituted(node: Any, variable: str, value: Expr, replaced: Callable[[Any], Any]) -> Any:
    if isinstance(node, Name):
        return value if node.id == variable else node
    if isinstance(node, Binder) and node.variable == variable:
        return replace(node, source=replaced(node.source))
    changes = {}
    for each_field in fields(node):
        old = getattr(node, each_field.name)
        if isinstance(old, Node | tuple):
            new = replaced(old)
            if new is not old:
                changes[each_field.name] = new
    return replace(node, **changes) if changes else node


def has_sign(expr: Expr) -> bool:
    """Whether a formula contains ±."""
    return any(
        isinstance(node, PlusMinus) or (isinstance(node, Binary) and node.operator == "±") for node in walk(expr)
    )


__all__ = ["Piecewise", "Restriction", "check_length", "count", "each", "geometry", "has_sign", "pick", "reduce",
           "spread", "substitute"]  # fmt: skip
