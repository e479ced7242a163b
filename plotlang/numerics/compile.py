"""Expressions as closures over float64 arrays; text is never run."""

from __future__ import annotations

from copy import copy
from typing import TYPE_CHECKING

import numpy as np

from plotlang.language.diagnostics import LanguageError
from plotlang.language.syntax import Binder, Expr, Name
from plotlang.numerics import pointwise
from plotlang.numerics.binders import bound_operation
from plotlang.numerics.limits import UNLIMITED, Budget
from plotlang.numerics.program import CONSTANTS, Program, Step, outer_names, program
from plotlang.numerics.shapes import is_place, number_at

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from plotlang.numerics.pointwise import Operation
    from plotlang.numerics.realmath import Array

OPEN = np.asarray(np.nan)
"""Stands for the value of a part that depends on numbers which are not given yet."""


class Points:
    """Expressions of some variables, ready to be computed at points.

    Parts without variables are computed once, here.  `operation_of` gives each node its meaning.  If there are numbers
    that the expressions leave open (see `shapes`), only what `given` returns can be computed.
    """

    def __init__(
        self,
        code: Program,
        variables: Sequence[str],
        budget: Budget = UNLIMITED,
        operation_of: Callable[[Expr], Operation] = pointwise.operation,
    ) -> None:
        self.results = code.results
        self.places: list[tuple[int, int]] = []
        self.start: list[Array | None] = [None] * len(code.steps)
        self.work: list[tuple[int, Operation, Step]] = []
        self.open: list[tuple[int, int]] = []
        self.fixed: list[tuple[int, Operation, Step]] = []
        order = {name: i for i, name in enumerate(variables)}
        with np.errstate(all="ignore"):
            for slot, step in enumerate(code.steps):
                self._place(slot, step, order, budget, operation_of)

    def _place(
        self, slot: int, step: Step, order: dict[str, int], budget: Budget, operation_of: Callable[[Expr], Operation]
    ) -> None:
        node = step.node
        if isinstance(node, Name):
            if node.id in order:
                self.places.append((slot, order[node.id]))
            elif node.id in CONSTANTS:
                self.start[slot] = np.asarray(CONSTANTS[node.id])
            elif is_place(node.id):
                self.open.append((slot, number_at(node.id)))
                self.start[slot] = OPEN
            else:
                raise LanguageError(f"I don't know {node.id}", node.span)
            return
        operation = _bound(node, budget, operation_of) if isinstance(node, Binder) else operation_of(node)
        known = [self.start[i] for i in step.inputs]
        if any(each is None for each in known):
            self.work.append((slot, operation, step))
        elif any(each is OPEN for each in known):
            self.fixed.append((slot, operation, step))
            self.start[slot] = OPEN
        else:
            self.start[slot] = np.asarray(operation(*known), dtype=np.float64)

    def given(self, numbers: Sequence[float]) -> Points:
        """The same with the numbers that were left open."""
        new = copy(self)
        new.start = start = self.start.copy()
        for slot, i in self.open:
            start[slot] = np.asarray(numbers[i])
        with np.errstate(all="ignore"):
            for slot, operation, step in self.fixed:
                start[slot] = np.asarray(operation(*[start[i] for i in step.inputs]), dtype=np.float64)
        return new

    def __call__(self, values: Sequence[Array]) -> list[Array]:
        """The values of all roots; not broadcast, numpy's warnings off."""
        slots = self.start.copy()
        for slot, i in self.places:
            slots[slot] = values[i]
        with np.errstate(all="ignore"):
            for slot, operation, step in self.work:
                slots[slot] = operation(*[slots[i] for i in step.inputs])
                for i in step.dead:
                    slots[i] = None
            return [np.asarray(slots[i], dtype=np.float64) for i in self.results]


def _bound(node: Binder, budget: Budget, operation_of: Callable[[Expr], Operation]) -> Operation:
    names = (node.variable, *outer_names(node))
    roots = [node.body] if node.condition is None else [node.body, node.condition]
    return bound_operation(node, Points(program(roots), names, budget, operation_of), budget)


def compile_expr(expr: Expr, *variables: str, budget: Budget = UNLIMITED) -> Callable[..., Array]:
    """A function of `variables`, given as numbers or float64 arrays that broadcast; the result has their shape.

    A value that does not exist is NaN, an overflow ±inf.  Raises `LanguageError` for a name that is neither a variable
    nor a constant, a wrong number of values, or a sum of too many terms.
    `budget` is asked between blocks of long sums.
    """
    many = compile_many((expr,), *variables, budget=budget)
    return lambda *values: many(*values)[0]


def compile_many(
    exprs: Sequence[Expr], *variables: str, budget: Budget = UNLIMITED
) -> Callable[..., tuple[Array, ...]]:
    """As `compile_expr`, for several expressions that share the work for common parts."""
    points = Points(program(exprs), variables, budget)

    def evaluate(*values: Array | float) -> tuple[Array, ...]:
        arrays = [np.asarray(value, dtype=np.float64) for value in values]
        shape = np.broadcast_shapes(*(each.shape for each in arrays))
        return tuple(_shaped(each, shape) for each in points(arrays))

    return evaluate


def _shaped(value: Array, shape: tuple[int, ...]) -> Array:
    return value if value.shape == shape else np.broadcast_to(value, shape).copy()
