"""The shape of a formula: its steps with the numbers taken out.

While a slider moves, only numbers change, so all that follows from the shape alone (the order of work, the derivative,
the rules of the bounds) can be remembered.  Numbers that decide how a formula is understood stay in the shape: 0, 1 and
−1, which vanish from sums and products, and whole numbers in exponents, which decide about roots of negative values.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from plotlang.language.syntax import (
    Binary,
    Call,
    Compare,
    Expr,
    Logic,
    Name,
    Negate,
    Not,
    Number,
    Piecewise,
    Restriction,
    Suffix,
)

if TYPE_CHECKING:
    from collections.abc import Callable

Step: TypeAlias = tuple[object, ...]
Shape: TypeAlias = tuple[Step, ...]
"""Steps in an order in which inputs come first; a step is a kind of node, what is its own, and its inputs."""

MOST_STEPS = 300
DEEPEST = 100
PLACE = "\1"
"""What the names that stand for numbers begin with."""


class Shaped(NamedTuple):
    """A formula in two parts; `numbers[i]` is the number that the name `place(i)` stands for."""

    shape: Shape
    numbers: tuple[float, ...]


def place(i: int) -> str:
    """The name that stands for a number in a shape."""
    return f"{PLACE}{i}"


def is_place(name: str) -> bool:
    """Whether a name stands for a number of a shape."""
    return name.startswith(PLACE)


def number_at(name: str) -> int:
    """The i of `place(i)`."""
    return int(name.removeprefix(PLACE))


def shaped(expr: Expr) -> Shaped | None:
    """The shape of a core expression; None for one with sums and the like, and for a very large one."""
    shaper = _Shaper()
    try:
        shaper.visit(expr, DEEPEST, exact=False)
    except _Shapeless:
        return None
    return Shaped(tuple(shaper.steps), tuple(shaper.places))


class _Shapeless(Exception):
    """An expression whose shape is not worked out."""


class _Shaper:
    """Numbers the parts of an expression; the last step is the whole."""

    def __init__(self) -> None:
        self.steps: dict[Step, int] = {}
        self.seen: dict[int, int] = {}
        self.places: dict[float, int] = {}

    def visit(self, node: Expr, room: int, *, exact: bool) -> int:
        """The number of the step; whole numbers stay where they are in an `exact` part."""
        if isinstance(node, Name):
            return self.number_of((Name, node.id))
        if isinstance(node, Number):
            return self.number_of(self.taken_out(node.value, exact=exact))
        known = ~id(node) if exact else id(node)
        if known in self.seen:
            return self.seen[known]
        if room == 0 or len(self.steps) > MOST_STEPS:
            raise _Shapeless
        if isinstance(node, Binary):
            left = self.visit(node.left, room - 1, exact=exact)
            right = self.visit(node.right, room - 1, exact=exact or node.operator == "^")
            step: Step = (Binary, node.operator, left, right)
        else:
            own, parts = _taken_apart(node)
            exact = exact or own in _POWERS
            step = (type(node), own, *[self.visit(part, room - 1, exact=exact) for part in parts])
        self.seen[known] = slot = self.number_of(step)
        return slot

    def number_of(self, step: Step) -> int:
        return self.steps.setdefault(step, len(self.steps))

    def taken_out(self, value: float, *, exact: bool) -> Step:
        if not math.isfinite(value) or (float(value).is_integer() and (exact or abs(value) <= 1)):
            return (Number, value, math.copysign(1.0, value))
        return (Number, self.places.setdefault(value, len(self.places)))


_POWERS = frozenset(("power", "root"))


def _taken_apart(node: Expr) -> tuple[object, tuple[Expr, ...]]:
    """What is a node's own, and its parts."""
    match node:
        case Negate(operand=operand) | Not(operand=operand) | Restriction(condition=operand):
            return None, (operand,)
        case Call(function=function, arguments=arguments):
            return function, arguments
        case Suffix(operator=operator, operand=operand):
            return operator, (operand,)
        case Compare(operators=operators, operands=operands):
            return operators, operands
        case Logic(operator=operator, operands=operands):
            return operator, operands
        case Piecewise(rows=rows):
            parts = tuple(part for row in rows for part in row if part is not None)
            return tuple(condition is not None for condition, _ in rows), parts
    raise _Shapeless


def expression(shape: Shape) -> Expr:
    """An expression of this shape: equal parts are one, names stand for the numbers taken out."""
    found: list[Expr] = []
    for kind, own, *rest in shape:
        if kind is Number:
            found.append(Number(own) if rest else Name(place(own)))  # type: ignore[arg-type]
        else:
            found.append(_PUT_TOGETHER[kind](own, [found[i] for i in rest]))  # type: ignore[index, call-overload]
    return found[-1]


def _rows(conditional: tuple[bool, ...], parts: list[Expr]) -> Expr:
    rest = iter(parts)
    return Piecewise(tuple((next(rest) if has else None, next(rest)) for has in conditional))


_PUT_TOGETHER: dict[type[Expr], Callable[..., Expr]] = {
    Name: lambda name, _: Name(name),
    Negate: lambda _, parts: Negate(*parts),
    Not: lambda _, parts: Not(*parts),
    Restriction: lambda _, parts: Restriction(*parts),
    Binary: lambda operator, parts: Binary(operator, *parts),
    Call: lambda function, parts: Call(function, tuple(parts)),
    Suffix: lambda operator, parts: Suffix(operator, *parts),
    Compare: lambda operators, parts: Compare(tuple(parts), operators),
    Logic: lambda operator, parts: Logic(operator, tuple(parts)),
    Piecewise: _rows,
}
