"""Bounds of an expression over cells: what values it can take, and whether it may jump or be undefined there."""

from __future__ import annotations

from copy import copy
from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

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
    Piecewise,
    Restriction,
    Suffix,
)
from plotlang.numerics import boundrules as rules
from plotlang.numerics import bounds as b
from plotlang.numerics import powerbounds as powers
from plotlang.numerics.bounds import BROKEN, EDGE, EMPTY, PARTIAL, Bounds, Rule
from plotlang.numerics.compile import Points
from plotlang.numerics.limits import UNLIMITED, Budget
from plotlang.numerics.pointwise import Operation, operation
from plotlang.numerics.program import CONSTANTS, Program, Step, fraction, outer_names, program, range_parts
from plotlang.numerics.shapes import is_place, number_at
from plotlang.numerics.termbounds import binder_rule, probed, truth

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from plotlang.numerics.realmath import Array

Mask: TypeAlias = NDArray[np.bool_]

OPEN = b.exactly(np.nan)
"""Stands for the bounds of a part that depends on numbers which are not given yet."""


class Boxes:
    """Expressions of some variables, ready to be bounded over cells (vectorised).

    If there are numbers that the expressions leave open (see `shapes`), only what `given` returns can be computed.
    """

    def __init__(self, code: Program, variables: Sequence[str], budget: Budget = UNLIMITED) -> None:
        self.results = code.results
        self.places: list[tuple[int, int]] = []
        self.start: list[Bounds | None] = [None] * len(code.steps)
        self.work: list[tuple[int, Rule, Step]] = []
        self.open: list[tuple[int, int]] = []
        self.fixed: list[tuple[int, Operation, Step]] = []
        order = {name: i for i, name in enumerate(variables)}
        with np.errstate(all="ignore"):
            for slot, step in enumerate(code.steps):
                self._place(slot, step, order, budget)

    def _place(self, slot: int, step: Step, order: dict[str, int], budget: Budget) -> None:
        node = step.node
        if isinstance(node, Name):
            if node.id in order:
                self.places.append((slot, order[node.id]))
            elif is_place(node.id):
                self.open.append((slot, number_at(node.id)))
                self.start[slot] = OPEN
            else:
                self.start[slot] = b.exactly(CONSTANTS[node.id])
            return
        known = [self.start[i] for i in step.inputs]
        if any(each is None for each in known):
            self.work.append((slot, _rule(node, step, budget), step))
        elif any(each is OPEN for each in known):
            self.fixed.append((slot, _point_meaning(node, budget), step))
            self.start[slot] = OPEN
        else:
            values = [each.low for each in known if each is not None]
            self.start[slot] = _exact(_point_meaning(node, budget), values)

    def given(self, numbers: Sequence[float]) -> Boxes:
        """The same with the numbers that were left open."""
        new = copy(self)
        new.start = start = self.start.copy()
        for slot, i in self.open:
            start[slot] = b.exactly(numbers[i])
        with np.errstate(all="ignore"):
            for slot, meaning, step in self.fixed:
                start[slot] = _exact(meaning, [start[i].low for i in step.inputs])  # type: ignore[union-attr]
        return new

    def __call__(self, cells: Sequence[Bounds]) -> list[Bounds]:
        """The bounds of all roots over the cells; numpy's warnings are off."""
        slots = self.start.copy()
        for slot, i in self.places:
            slots[slot] = cells[i]
        with np.errstate(all="ignore"):
            for slot, rule, step in self.work:
                slots[slot] = rule(*[slots[i] for i in step.inputs])
                for i in step.dead:
                    slots[i] = None
        return [each for each in (slots[i] for i in self.results) if each is not None]


def _point_meaning(node: Expr, budget: Budget) -> Operation:
    if isinstance(node, Binder):
        names = (*(f"\0{i}" for i in range(len(range_parts(node)))), *outer_names(node))
        points = Points(program((_with_open_ends(node),)), names, budget)
        return lambda *values: points(values)[0]
    return operation(node)


def _with_open_ends(node: Binder) -> Binder:
    """The binder with names for its ends, so that they can be given as values."""
    parts = [Name(f"\0{i}") for i in range(len(range_parts(node)))]
    source = Interval(parts[0], parts[1], parts[2] if len(parts) == 3 else None)
    return Binder(node.kind, node.body, node.variable, source, node.condition, span=node.span)


def _exact(meaning: Operation, values: Sequence[Array]) -> Bounds:
    value = np.asarray(meaning(*values), dtype=np.float64)
    return Bounds(value, value, np.asarray(EMPTY, dtype=np.uint8) if np.isnan(value) else 0)


def _rule(node: Expr, step: Step, budget: Budget) -> Rule:
    match node:
        case Binary():
            return _binary(node, step)
        case Call(function=function) if function in rules.RULES:
            return rules.RULES[function]
        case Binder():
            return _bound(node, budget)
        case _ if type(node) in _RULES:
            return _RULES[type(node)](node)
        case _:
            return probed(_point_meaning(node, budget))


def _bound(node: Binder, budget: Budget) -> Rule:
    roots = [node.body] if node.condition is None else [node.body, node.condition]
    inside = Boxes(program(roots), (node.variable, *outer_names(node)), budget)
    return binder_rule(node, inside, probed(_point_meaning(node, budget)))


_SUFFIXES: dict[str, Rule] = {
    "!": rules.RULES["factorial"],
    "°": rules.RULES["radians"],
    "%": lambda a: b.multiply(a, b.exactly(0.01)),
}

_BINARY: dict[str, Rule] = {
    "+": b.add,
    "-": b.subtract,
    "*": b.multiply,
    "/": b.divide,
    "//": rules.floor_divide,
    "mod": rules.modulo,
    "^": powers.real_power,
}


def _binary(node: Binary, step: Step) -> Rule:
    left, right = step.inputs
    if node.operator == "*" and left == right:
        return lambda a, _: b.square(a)
    if node.operator == "/" and isinstance(node.right, Call) and _is_size(node.right, node.left):
        return lambda a, _: _sign(a)
    if node.operator == "^":
        exact = fraction(node.right)
        if exact is not None:
            return lambda base, _: powers.rational_power(base, *exact)
    return _BINARY[node.operator]


def _is_size(call: Call, of: Expr) -> bool:
    return call.function == "abs" and call.arguments[0] is of


def _sign(a: Bounds) -> Bounds:
    """u/|u|."""
    low, high = np.sign(a.low), np.sign(a.high)
    around = (a.low <= 0) & (a.high >= 0)
    return Bounds(low, high, a.marks | b.marked(around, PARTIAL | BROKEN))


def _condition(surely: Mask, perhaps: Mask) -> Bounds:
    return Bounds(surely.astype(np.float64), perhaps.astype(np.float64), b.marked(surely != perhaps, BROKEN | EDGE))


def _negation(a: Bounds) -> Bounds:
    surely, perhaps = truth(a)
    return _condition(~perhaps, ~surely)


def _all(parts: tuple[Mask, ...]) -> Mask:
    return np.asarray(np.logical_and.reduce(np.broadcast_arrays(*parts)))


def _any(parts: tuple[Mask, ...]) -> Mask:
    return np.asarray(np.logical_or.reduce(np.broadcast_arrays(*parts)))


def _conjunction(*conditions: Bounds) -> Bounds:
    surely, perhaps = zip(*map(truth, conditions), strict=True)
    return _condition(_all(surely), _all(perhaps))


def _disjunction(*conditions: Bounds) -> Bounds:
    surely, perhaps = zip(*map(truth, conditions), strict=True)
    return _condition(_any(surely), _any(perhaps))


def _related(a: Bounds, operator: str, c: Bounds) -> Bounds:
    if operator in (">", ">="):
        return _related(c, "<" if operator == ">" else "<=", a)
    marks = np.asarray(a.marks) | np.asarray(c.marks)
    if operator == "<":
        surely, perhaps = a.high < c.low, a.low < c.high
    elif operator == "<=":
        surely, perhaps = a.high <= c.low, a.low <= c.high
    else:
        same = (a.low == a.high) & (c.low == c.high) & (a.low == c.low)
        apart = (a.high < c.low) | (c.high < a.low)
        surely, perhaps = (~same & apart, ~same) if operator == "!=" else (same, ~apart)
    return _condition(surely & ((marks & (PARTIAL | EMPTY)) == 0), perhaps & ((marks & EMPTY) == 0))


def _chain(operands: tuple[Bounds, ...], operators: tuple[str, ...]) -> Bounds:
    links = [_related(operands[i], each, operands[i + 1]) for i, each in enumerate(operators)]
    return links[0] if len(links) == 1 else _conjunction(*links)


def _restriction(a: Bounds) -> Bounds:
    surely, perhaps = truth(a)
    one = np.ones(np.shape(surely))
    return b.emptied(Bounds(one, one, b.marked(surely != perhaps, PARTIAL | EDGE)), ~perhaps)


def _piecewise(conditional: tuple[bool, ...], parts: tuple[Bounds, ...]) -> Bounds:
    nothing = np.asarray(np.nan)
    result = Bounds(nothing, nothing, np.asarray(EMPTY, dtype=np.uint8))
    rest = iter(parts)
    rows = [(next(rest) if has else None, next(rest)) for has in conditional]
    for condition, value in reversed(rows):
        if condition is None:
            result = value
        else:
            surely, perhaps = truth(condition)
            result = b.hull(value, result, perhaps & ~surely, surely)
    return result


def _chained(node: Compare) -> Rule:
    return lambda *operands: _chain(operands, node.operators)


def _chosen(node: Piecewise) -> Rule:
    conditional = tuple(condition is not None for condition, _ in node.rows)
    return lambda *parts: _piecewise(conditional, parts)


_RULES: dict[type[Expr], Callable[[Any], Rule]] = {
    Negate: lambda _: b.negative,
    Suffix: lambda node: _SUFFIXES[node.operator],
    Compare: _chained,
    Not: lambda _: _negation,
    Logic: lambda node: _conjunction if node.operator == "and" else _disjunction,
    Piecewise: _chosen,
    Restriction: lambda _: _restriction,
}


def bounds_of(expr: Expr, *variables: str, budget: Budget = UNLIMITED) -> Callable[..., Bounds]:
    """A function that takes one `Bounds` per variable and gives the bounds of the expression there."""
    boxes = Boxes(program((expr,)), variables, budget)
    return lambda *cells: boxes(cells)[0]
