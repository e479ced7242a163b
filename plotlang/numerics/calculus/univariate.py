"""A function of one variable as the analysis sees it: values, bounds, rounding errors, and its derivatives.

Bounds over a very narrow cell, widened after every operation, bound the rounding error of a value (Moore, Interval
Analysis, 1966): where they hold 0, a computed value can't be told from 0.
"""

from __future__ import annotations

from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING, cast

import numpy as np

from plotlang.language.diagnostics import LanguageError
from plotlang.language.syntax import (
    Binary,
    Binder,
    Call,
    Compare,
    Logic,
    Name,
    Negate,
    Not,
    Piecewise,
    Restriction,
    Suffix,
)
from plotlang.numerics.boundrules import RULES
from plotlang.numerics.bounds import BROKEN, EMPTY, PARTIAL, Bounds
from plotlang.numerics.building import call, times
from plotlang.numerics.compile import Points
from plotlang.numerics.derivative import differentiate
from plotlang.numerics.explicit.snapped import snapped_operation
from plotlang.numerics.interval import Boxes
from plotlang.numerics.program import CONSTANTS, is_continuous, program, range_parts

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from plotlang.language.syntax import Expr
    from plotlang.numerics.limits import Budget
    from plotlang.numerics.program import Program
    from plotlang.numerics.realmath import Array

    Mask = NDArray[np.bool_]

STEPS = frozenset(("floor", "ceil", "trunc", "round", "sign", "step", "heaviside"))
EPSILON = float(np.finfo(np.float64).eps)
SMALLEST = 1e-290
"""Values below this may have lost digits to underflow."""
MOST_STEPS = 600
"""A derivative of more steps than this is done without."""
INNER = np.array([0.0, 0.137, 0.38, 0.61, 0.83, 1.0])
"""Where in a cell a few values are taken."""
ESTIMATED = 1e-9
"""What an integral or a long sum may be wrong by, relative to its values nearby."""


class _Wide(Points):
    """Values as long doubles, whose exponents reach further."""

    def __call__(self, values: Sequence[Array]) -> list[Array]:
        slots = self.start.copy()
        for slot, i in self.places:
            slots[slot] = values[i]
        with np.errstate(all="ignore"):
            for slot, operation, step in self.work:
                slots[slot] = operation(*[slots[i] for i in step.inputs])
        return [np.asarray(slots[i]) for i in self.results]


class _Rounded(Boxes):
    """Bounds that are widened by the rounding error of each operation."""

    def __call__(self, cells: Sequence[Bounds]) -> list[Bounds]:
        slots = self.start.copy()
        for slot, i in self.places:
            slots[slot] = cells[i]
        with np.errstate(all="ignore"):
            for slot, rule, step in self.work:
                found = rule(*[slots[i] for i in step.inputs])
                slots[slot] = found if _gives_whole_numbers(step.node) else _widened(found)
        return [each for each in (slots[i] for i in self.results) if each is not None]


def _widened(a: Bounds) -> Bounds:
    return Bounds(a.low - 2 * EPSILON * np.abs(a.low), a.high + 2 * EPSILON * np.abs(a.high), a.marks)


def _gives_whole_numbers(node: Expr) -> bool:
    """Whether a step makes no rounding error."""
    return isinstance(node, Compare | Logic | Not | Restriction) or (isinstance(node, Call) and node.function in STEPS)


class Univariate:
    """A core expression of one variable; `span` is the length of the range that is looked at.

    `exact` tells whether its bounds are proved.  Where they are estimates (integrals, long sums, functions without
    bounds), the analysis goes by values alone.
    """

    def __init__(self, expr: Expr, variable: str, span: float, budget: Budget) -> None:
        self.expr, self.variable, self.span, self.budget = expr, variable, span, budget
        self.code = program((expr,))
        self.exact = _is_bounded(self.code)
        self._points = Points(self.code, (variable,), budget)
        self._binders = any(isinstance(step.node, Binder) for step in self.code.steps)

    @cached_property
    def slope(self) -> Univariate | None:
        """The derivative; None where there is no formula for it, or none of a bearable length."""
        try:
            found = differentiate(_with_signs(self.expr), self.variable)
        except LanguageError:
            return None
        result = Univariate(found, self.variable, self.span, self.budget)
        return result if len(result.code.steps) <= MOST_STEPS else None

    @cached_property
    def _boxes(self) -> Boxes:
        roots = [self.expr]
        slope = self.slope
        bend = slope.slope if slope is not None and slope.exact else None
        roots += [each.expr for each in (slope, bend) if each is not None and each.exact]
        return Boxes(program(roots), (self.variable,), self.budget)

    @cached_property
    def _own_boxes(self) -> Boxes:
        return Boxes(self.code, (self.variable,), self.budget)

    @cached_property
    def _rounded(self) -> _Rounded:
        return _Rounded(self.code, (self.variable,), self.budget)

    @cached_property
    def _wide(self) -> _Wide:
        return _Wide(self.code, (self.variable,), self.budget)

    @cached_property
    def _snapped(self) -> Points:
        return Points(self.code, (self.variable,), self.budget, snapped_operation)

    def at(self, x: Array) -> Array:
        """Values in the shape of x; one that is too small for a float is the smallest float with its sign, not 0."""
        if x.size == 0:
            return np.zeros(x.shape)
        x = np.asarray(x, dtype=np.float64)
        y = np.array(np.broadcast_to(self._points((x,))[0], x.shape))
        small = np.abs(y) < SMALLEST
        if small.any() and not self._binders:
            try:
                wide = self._wide((cast("Array", x[small].astype(np.longdouble)),))[0]
            except TypeError:  # functions of scipy have no long doubles
                return y
            size = np.where(np.abs(wide) < np.longdouble(5e-324), 5e-324, np.abs(wide).astype(np.float64))
            y[small] = np.where((wide == 0) | np.isnan(wide), y[small], np.copysign(size, np.sign(wide)))
        return y

    def inside(self, left: Array, place: Array, right: Array) -> Array:
        """Values at places in breaks, which are known to lie between two neighbouring floats; NaN for none."""
        if place.size == 0:
            return place
        x = np.stack([left, place, right], axis=-1)
        value = np.broadcast_to(self._snapped((x,))[0], x.shape)[:, 1]
        return np.asarray(np.where(np.isfinite(value), value, np.nan))

    def over(self, left: Array, right: Array) -> tuple[Bounds, Bounds | None, Bounds | None]:
        """Bounds of the value, and of the first and second derivative if they are known, over cells."""
        value, *slopes = (_spread(each, left.shape) for each in self._boxes((Bounds(left, right),)))
        return value, slopes[0] if slopes else None, slopes[1] if len(slopes) > 1 else None

    def values_over(self, left: Array, right: Array) -> Bounds:
        """Bounds of the value over cells."""
        return _spread(self._own_boxes((Bounds(left, right),))[0], left.shape)

    def rounding(self, x: Array, *, sharp: bool = False) -> Bounds:
        """Bounds of what the values at x may be for rounding, also for that of x, unless it is `sharp`."""
        if x.size == 0:
            return Bounds(x, x)
        if self.exact:
            room = 0.0 if sharp else 2 * EPSILON * np.abs(x)
            return _spread(self._rounded((Bounds(x - room, x + room),))[0], x.shape)
        y = self.at(x)
        near = [np.abs(self.at(x + shift * self.span)) for shift in (-0.11, -0.013, 0.017, 0.12)]
        with np.errstate(all="ignore"):
            room = ESTIMATED * np.fmax.reduce([np.abs(y), *near])
        return Bounds(y - room, y + room, np.zeros(x.shape, dtype=np.uint8))

    def near_zero(self, x: Array, *, sharp: bool = False) -> Mask:
        """Where the value is defined and can't be told from 0 (near x, or at `sharp` places), and f does not jump."""
        y = self.at(x)
        result = y == 0
        maybe = ~result & np.isfinite(y) & (np.abs(y) > SMALLEST)
        if maybe.any():
            found = self.rounding(x[maybe], sharp=sharp)
            result[maybe] = (found.low <= 0) & (found.high >= 0) & ((np.asarray(found.marks) & BROKEN) == 0)
        return np.asarray(result)


def is_clean(a: Bounds) -> Mask:
    """Where bounds tell that a function is continuous and defined."""
    return np.asarray((np.asarray(a.marks) & (BROKEN | PARTIAL | EMPTY)) == 0)


def _spread(a: Bounds, shape: tuple[int, ...]) -> Bounds:
    marks = np.broadcast_to(np.asarray(a.marks, dtype=np.uint8), shape)
    return Bounds(np.broadcast_to(a.low, shape), np.broadcast_to(a.high, shape), marks)


def _is_bounded(code: Program) -> bool:
    """Whether every step has proved bounds."""
    varies: list[bool] = []
    for step in code.steps:
        node = step.node
        varies.append((isinstance(node, Name) and node.id not in CONSTANTS) or any(varies[i] for i in step.inputs))
        if isinstance(node, Call) and node.function not in RULES and varies[-1]:
            return False
        if isinstance(node, Binder) and varies[-1]:
            parts = range_parts(node)
            single = parts[0] is parts[1] and node.condition is None
            ends = any(varies[i] for i in step.inputs[: len(parts)])
            if not single and (is_continuous(node) or ends or not _is_bounded(program((node.body,)))):
                return False
    return True


def _with_signs(expr: Expr) -> Expr:
    """The expression with |u| written as u·sign u, whose derivatives stay short and exact."""
    if not any(isinstance(step.node, Call) and step.node.function == "abs" for step in program((expr,)).steps):
        return expr
    code = program((expr,))
    found: list[Expr] = []
    for step in code.steps:
        new = _with_parts(step.node, [found[i] for i in step.inputs])
        if isinstance(new, Call) and new.function == "abs":
            new = times(new.arguments[0], call("sign", new.arguments[0]))
        found.append(new)
    return found[code.results[0]]


def _with_parts(node: Expr, parts: list[Expr]) -> Expr:
    """The node with other parts; sums and integrals stay as they are."""
    match node:
        case Negate() | Suffix():
            return replace(node, operand=parts[0])
        case Binary():
            return replace(node, left=parts[0], right=parts[1])
        case Call():
            return replace(node, arguments=tuple(parts))
        case Piecewise(rows=rows):
            rest = iter(parts)
            return replace(node, rows=tuple((None if test is None else next(rest), next(rest)) for test, _ in rows))
    return node
