"""An expression as a list of steps: the order of work that all evaluators share.

An expression is a graph with shared parts.  A program visits each part once (equal parts too: they are recognised by
operator and inputs, which is value numbering), without recursion, so neither sharing nor depth costs anything.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from plotlang.language.syntax import (
    Binary,
    Binder,
    Call,
    Compare,
    Expr,
    Interval,
    Logic,
    Name,
    Negate,
    Not,
    Number,
    Piecewise,
    Restriction,
    Suffix,
    children,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

CONSTANTS: dict[str, float] = {
    "pi": math.pi,
    "π": math.pi,
    "tau": math.tau,
    "τ": math.tau,
    "e": math.e,
    "inf": math.inf,
    "∞": math.inf,
}

Key: TypeAlias = tuple[object, ...]


@dataclass(frozen=True, slots=True)
class Step:
    """One node, the slots that its inputs are in, and the slots that nobody reads after it."""

    node: Expr
    inputs: tuple[int, ...]
    dead: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Program:
    """Steps in an order in which inputs come first; step i fills slot i.  `results` are the slots of the roots."""

    steps: tuple[Step, ...]
    results: tuple[int, ...]


def inputs_of(node: Expr) -> tuple[Expr, ...]:
    """The parts whose values a node needs; for a binder its range and the outer names used inside."""
    if isinstance(node, Binder):
        return (*range_parts(node), *(Name(each) for each in outer_names(node)))
    return tuple(children(node))


def range_parts(node: Binder) -> tuple[Expr, ...]:
    """Low end, high end and, if there is one, the step of a binder's range."""
    source = node.source
    if not isinstance(source, Interval):
        return tuple(children(source))
    if source.second is not None:
        return (source.low, source.high, Binary("-", source.second, source.low))
    return (source.low, source.high) if source.step is None else (source.low, source.high, source.step)


def is_continuous(node: Binder) -> bool:
    """Whether a binder's name goes through all numbers of its range, not in steps."""
    return node.kind == "integral" or (node.kind in ("max", "min", "mean") and len(range_parts(node)) == 2)


def outer_names(node: Binder) -> tuple[str, ...]:
    """Names used in a binder's body or condition that come from outside, sorted; constants are left out."""
    inside = [node.body] if node.condition is None else [node.body, node.condition]
    names: set[str] = set()
    seen: set[int] = set()
    kept: list[Expr] = []
    while inside:
        part = inside.pop()
        if id(part) in seen:
            continue
        seen.add(id(part))
        kept.append(part)
        if isinstance(part, Name):
            names.add(part.id)
        else:
            inside.extend(inputs_of(part))
    return tuple(sorted(names - {node.variable} - CONSTANTS.keys()))


def _key(node: Expr, inputs: tuple[int, ...]) -> Key:
    match node:
        case Number(value=value):
            own: Key = (value, math.copysign(1.0, value))
        case Name(id=name) | Call(function=name):
            own = (name,)
        case Binary(operator=operator) | Suffix(operator=operator) | Logic(operator=operator):
            own = (operator,)
        case Compare(operators=operators):
            own = (operators,)
        case Piecewise(rows=rows):
            own = tuple(condition is None for condition, _ in rows)
        case Negate() | Not() | Restriction():
            own = ()
        case _:
            own = (id(node),)
    return (type(node), own, inputs)


def program(roots: Sequence[Expr]) -> Program:
    """The steps that compute all `roots` together."""
    slot_of: dict[int, int] = {}
    parts_of: dict[int, tuple[Expr, ...]] = {}
    numbered: dict[Key, int] = {}
    nodes: list[tuple[Expr, tuple[int, ...]]] = []
    stack = list(reversed(roots))
    while stack:
        node = stack[-1]
        if id(node) in slot_of:
            stack.pop()
            continue
        if id(node) not in parts_of:
            parts_of[id(node)] = inputs_of(node)
            stack.extend(part for part in reversed(parts_of[id(node)]) if id(part) not in slot_of)
            continue
        stack.pop()
        inputs = tuple(slot_of[id(part)] for part in parts_of[id(node)])
        slot = numbered.setdefault(_key(node, inputs), len(nodes))
        if slot == len(nodes):
            nodes.append((node, inputs))
        slot_of[id(node)] = slot
    return _with_deaths(nodes, tuple(slot_of[id(root)] for root in roots))


def _with_deaths(nodes: list[tuple[Expr, tuple[int, ...]]], results: tuple[int, ...]) -> Program:
    last = {slot: i for i, (_, inputs) in enumerate(nodes) for slot in inputs}
    dead: list[list[int]] = [[] for _ in nodes]
    for slot, i in last.items():
        if slot not in results:
            dead[i].append(slot)
    return Program(
        tuple(Step(node, inputs, tuple(dead[i])) for i, (node, inputs) in enumerate(nodes)),
        results,
    )


def identity(code: Program) -> Key | None:
    """A value that equal programs have in common, cheap to compare; None for one with sums and the like."""
    if any(isinstance(step.node, Binder) for step in code.steps):
        return None
    return (tuple(_key(step.node, step.inputs) for step in code.steps), code.results)


def fraction(expr: Expr) -> tuple[int, int] | None:
    """Numerator and denominator (lowest terms, positive) of a whole number or a quotient of whole numbers."""
    sign = 1
    while isinstance(expr, Negate):
        sign, expr = -sign, expr.operand
    if isinstance(expr, Number) and abs(expr.value) < 2**31 and expr.value == math.floor(expr.value):
        return sign * int(expr.value), 1
    if isinstance(expr, Binary) and expr.operator == "/":
        above, below = _whole(expr.left), _whole(expr.right)
        if above is not None and below:
            shared = math.gcd(above, below) * (1 if below > 0 else -1)
            return sign * above // shared, below // shared
    return None


def _whole(expr: Expr) -> int | None:
    sign = 1
    while isinstance(expr, Negate):
        sign, expr = -sign, expr.operand
    if isinstance(expr, Number) and math.isfinite(expr.value) and expr.value == math.floor(expr.value):
        return sign * int(expr.value)
    return None
