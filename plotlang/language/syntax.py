"""The expression nodes: what a formula is, as values.

Three stages share these nodes.  The parser yields them with `Word`, `Paren` and `Run` still inside, because it
does not know which names exist.  Reading (`plotlang.language.reading`) turns those three into names, calls and
products.  Lowering (`plotlang.numerics.lowering`) replaces the notebook's functions, parameters and lists, so that
what is left is built from the core nodes only and can be computed.

Core nodes: `Number`, `Name` (coordinates and bound variables), `Negate`, `Binary` (``+ - * / // mod ^``), `Call`
(built-in functions), `Compare`, `Not`, `Logic`, `Piecewise`, `Restriction`, `Binder`.
"""

from __future__ import annotations

from dataclasses import dataclass, field, fields, replace
from functools import cache
from typing import TYPE_CHECKING, Literal, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


@dataclass(frozen=True, slots=True)
class Span:
    """Characters ``start`` (included) to ``end`` (excluded) of the text of a cell."""

    start: int
    end: int

    def to(self, other: Span) -> Span:
        """The range from the start of this span to the end of the other."""
        return Span(self.start, other.end)


NOWHERE = Span(0, 0)


@dataclass(frozen=True, slots=True)
class Node:
    """What every node has: the place it was read from, which takes no part in equality."""

    span: Span = field(default=NOWHERE, compare=False, kw_only=True)


@dataclass(frozen=True, slots=True)
class Number(Node):
    """A plain number; `text` is how it was typed."""

    value: float
    text: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class Name(Node):
    """A coordinate, constant, parameter, function or bound variable, in its canonical spelling."""

    id: str


@dataclass(frozen=True, slots=True)
class Text(Node):
    """A string in double quotes."""

    value: str


@dataclass(frozen=True, slots=True)
class Negate(Node):
    """A minus sign in front."""

    operand: Expr


@dataclass(frozen=True, slots=True)
class PlusMinus(Node):
    """A plus-minus sign in front: two values."""

    operand: Expr


@dataclass(frozen=True, slots=True)
class Suffix(Node):
    """A factorial, a degree sign or a percent sign behind an operand."""

    operator: Literal["!", "°", "%"]
    operand: Expr


@dataclass(frozen=True, slots=True)
class Binary(Node):
    """An operator between two operands: ``+ - ± * / // mod ^``."""

    operator: str
    left: Expr
    right: Expr


@dataclass(frozen=True, slots=True)
class Call(Node):
    """A function of values: built in, or defined in the notebook."""

    function: str
    arguments: tuple[Expr, ...]


@dataclass(frozen=True, slots=True)
class Derivative(Node):
    """``f'(x)``: the derivative of a function of the notebook (or a built-in one), at a value."""

    function: str
    order: int
    argument: Expr


@dataclass(frozen=True, slots=True)
class Differential(Node):
    """``d/dx(…)``: the derivative of an expression with respect to a variable."""

    variable: str
    operand: Expr
    order: int = 1


@dataclass(frozen=True, slots=True)
class Compare(Node):
    """A chain of comparisons; operators are ``< <= > >= == != ≈``."""

    operands: tuple[Expr, ...]
    operators: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Not(Node):
    """A negated condition."""

    operand: Expr


@dataclass(frozen=True, slots=True)
class Logic(Node):
    """Conditions joined by ``and`` or ``or``."""

    operator: Literal["and", "or"]
    operands: tuple[Expr, ...]


@dataclass(frozen=True, slots=True)
class Piecewise(Node):
    """Rows of (condition, value); the first true row wins; a condition None is always true."""

    rows: tuple[tuple[Expr | None, Expr], ...]


@dataclass(frozen=True, slots=True)
class Restriction(Node):
    """``{condition}``: 1 where the condition holds, undefined elsewhere."""

    condition: Expr


@dataclass(frozen=True, slots=True)
class ListOf(Node):
    """A list written out."""

    items: tuple[Expr, ...]


@dataclass(frozen=True, slots=True)
class Interval(Node):
    """``a..b``, or ``a, b .. c`` with the second entry given, or with a step."""

    low: Expr
    high: Expr
    step: Expr | None = None
    second: Expr | None = None


@dataclass(frozen=True, slots=True)
class Binder(Node):
    """``sum(body for k in a..b if condition)`` and its like.

    `kind` is list, sum, prod, integral, max, min, mean or limit; `source` is an `Interval`, a list, or for a limit the
    place that is approached.
    """

    kind: str
    body: Expr
    variable: str
    source: Expr
    condition: Expr | None = None


@dataclass(frozen=True, slots=True)
class FunctionOf(Node):
    """A function itself, as an argument of ``roots(f)`` and its like: its value at `variable` is `body`."""

    variable: str
    body: Expr


@dataclass(frozen=True, slots=True)
class Fitted(Node):
    """A letter of a model that least squares find: `target` ~ `model`, both formulas.

    `columns` are the data in the model, by the names that stand for them there; `letters` are all that is found.
    """

    letter: str
    target: Expr
    model: Expr
    columns: tuple[tuple[str, Expr], ...]
    letters: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Recurrence(Node):
    """The term number `index` of a sequence: `first` are its terms from the number `start` on.

    In `step`, the formula of all further terms, `variable` is the number of the term and `previous` are the names of
    the terms before it, the newest first.
    """

    index: Expr
    variable: str
    previous: tuple[str, ...]
    start: int
    first: tuple[Expr, ...]
    step: Expr


@dataclass(frozen=True, slots=True)
class Point(Node):
    """Coordinates in brackets."""

    items: tuple[Expr, ...]


@dataclass(frozen=True, slots=True)
class Index(Node):
    """``L[2]``: entries of a list, counted from 1."""

    operand: Expr
    index: Expr


@dataclass(frozen=True, slots=True)
class Member(Node):
    """``A.x``, or a column of a data table."""

    operand: Expr
    name: str


@dataclass(frozen=True, slots=True)
class Word(Node):
    """A run of letters and digits as typed; reading decides what it means (not in a read expression)."""

    text: str
    primes: int = 0


@dataclass(frozen=True, slots=True)
class Paren(Node):
    """Round brackets as typed, with everything inside (not in a read expression)."""

    items: tuple[Expr, ...]
    variable: str | None = None
    source: Expr | None = None
    condition: Expr | None = None
    arrow: bool = False


@dataclass(frozen=True, slots=True)
class Run(Node):
    """Factors standing side by side (not in a read expression); `spaced[i]` tells of a blank before factor i."""

    factors: tuple[Expr, ...]
    spaced: tuple[bool, ...] = ()


Expr: TypeAlias = (
    Number
    | Name
    | Text
    | Negate
    | PlusMinus
    | Suffix
    | Binary
    | Call
    | Derivative
    | Differential
    | Compare
    | Not
    | Logic
    | Piecewise
    | Restriction
    | ListOf
    | Interval
    | Binder
    | FunctionOf
    | Fitted
    | Recurrence
    | Point
    | Index
    | Member
    | Word
    | Paren
    | Run
)


def children(expr: Expr) -> Iterator[Expr]:
    """The direct parts of an expression, in the order they are written."""
    found: list[Expr] = []
    for name in _parts(type(expr)):  # type: ignore[arg-type]
        value = getattr(expr, name)
        if isinstance(value, Node):
            found.append(value)  # type: ignore[arg-type]
        elif isinstance(value, tuple):
            _gather(value, found)
    return iter(found)


@cache
def _parts(kind: type[Node]) -> tuple[str, ...]:
    """The fields of a kind of node that may hold other nodes."""
    return tuple(each.name for each in fields(kind) if "Expr" in str(each.type))


def _gather(items: tuple[object, ...], found: list[Expr]) -> None:
    for item in items:
        if isinstance(item, Node):
            found.append(item)  # type: ignore[arg-type]
        elif isinstance(item, tuple):
            _gather(item, found)


def walk(expr: Expr) -> Iterator[Expr]:
    """The expression and all its parts, parents first."""
    stack = [expr]
    while stack:
        node = stack.pop()
        yield node
        stack.extend(reversed([*children(node)]))


def rebuilt(expr: Expr, change: Callable[[Expr], Expr | None]) -> Expr:
    """The expression with every part replaced that `change` gives something else for, from the outside in."""
    new = change(expr)
    if new is not None:
        return new
    changes = {}
    for each in fields(expr):
        old = getattr(expr, each.name)
        if isinstance(old, Node | tuple):
            value = _rebuilt(old, change)
            if value is not old:
                changes[each.name] = value
    return replace(expr, **changes) if changes else expr  # type: ignore[arg-type]


def _rebuilt(part: object, change: Callable[[Expr], Expr | None]) -> object:
    if isinstance(part, Node):
        return rebuilt(part, change)  # type: ignore[arg-type]
    if isinstance(part, tuple):
        items = tuple(_rebuilt(item, change) for item in part)
        return items if any(new is not old for new, old in zip(items, part, strict=True)) else part
    return part


def free_names(expr: Expr, bound: frozenset[str] = frozenset()) -> frozenset[str]:
    """Names of values and functions that an expression uses and does not bind itself."""
    match expr:
        case Name(id=name):
            return frozenset() if name in bound else frozenset({name})
        case Binder(body=body, variable=variable, source=source, condition=condition):
            inner = bound | {variable}
            inside = free_names(body, inner)
            if condition is not None:
                inside |= free_names(condition, inner)
            return inside | free_names(source, bound)
        case FunctionOf(variable=variable, body=body):
            return free_names(body, bound | {variable})
        case Fitted(target=target, model=model, columns=columns, letters=letters):
            inner = bound | set(letters) | {name for name, _ in columns}
            return free_names(target, bound).union(
                free_names(model, inner), *(free_names(data, bound) for _, data in columns)
            )
        case Recurrence(index=index, variable=variable, previous=previous, first=first, step=step):
            inner = bound | {variable, *previous}
            return free_names(index, bound).union(free_names(step, inner), *(free_names(each, bound) for each in first))
        case Call(function=function) | Derivative(function=function):
            own = frozenset({function})
        case _:
            own = frozenset()
    return own.union(*(free_names(part, bound) for part in children(expr)))
