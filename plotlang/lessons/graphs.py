"""Graphs to be compared: core formulas, what they stand for, and the part of the plane that is looked at."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, TypeAlias

import numpy as np

from plotlang.language.syntax import Binary, Binder, Call, Expr, Name, Negate, Number, free_names, rebuilt
from plotlang.numerics.building import minus, over
from plotlang.numerics.compile import compile_many

if TYPE_CHECKING:
    from collections.abc import Mapping

    from plotlang.numerics.limits import Budget

Kind: TypeAlias = Literal["explicit", "inverse", "implicit", "region"]

_SHARE = 0.6180339887498949
_LINEAR = 1e-10


@dataclass(frozen=True, slots=True)
class Window:
    """The part of the plane that a lesson's figure shows; left < right and bottom < top."""

    left: float
    right: float
    bottom: float
    top: float

    @property
    def width(self) -> float:
        """The length of the range of x."""
        return self.right - self.left

    @property
    def height(self) -> float:
        """The length of the range of y."""
        return self.top - self.bottom

    def swapped(self) -> Window:
        """With the axes exchanged."""
        return Window(self.bottom, self.top, self.left, self.right)

    def grown(self, factor: float) -> Window:
        """The window with the same middle, so many times as wide and as high."""
        x, y = (self.left + self.right) / 2, (self.bottom + self.top) / 2
        a, b = factor * self.width / 2, factor * self.height / 2
        return Window(x - a, x + a, y - b, y + b)


@dataclass(frozen=True, slots=True)
class Graph:
    """A curve or a region as core formulas.

    explicit: heights in x, one for each branch (two for ±).  inverse: values of x, in y.  implicit: differences in x
    and y that vanish along the curve.  region: one condition in x and y.  Branches are put together.
    """

    kind: Kind
    cores: tuple[Expr, ...]


def substituted(expr: Expr, values: Mapping[str, Expr]) -> Expr:
    """A core formula with other formulas in place of its variables; bound names of sums and integrals stay."""

    def change(part: Expr) -> Expr | None:
        if isinstance(part, Name):
            return values.get(part.id)
        if isinstance(part, Binder) and part.variable in values:
            rest = {name: value for name, value in values.items() if name != part.variable}
            inside = substituted(part.body, rest)
            test = None if part.condition is None else substituted(part.condition, rest)
            return Binder(part.kind, inside, part.variable, substituted(part.source, values), test)
        return None

    return rebuilt(expr, change)


def with_arguments(expr: Expr, functions: frozenset[str], factor: Expr) -> Expr:
    """A core formula with the arguments of some built-in functions multiplied by a factor."""

    def change(part: Expr) -> Expr | None:
        if isinstance(part, Call) and part.function in functions:
            inner = tuple(with_arguments(each, functions, factor) for each in part.arguments)
            return Call(part.function, tuple(Binary("*", each, factor) for each in inner))
        return None

    return rebuilt(expr, change)


def differences(graph: Graph) -> tuple[Expr, ...]:
    """What vanishes along a curve: one formula in x and y for each branch."""
    if graph.kind == "implicit":
        return graph.cores
    axis = Name("y" if graph.kind == "explicit" else "x")
    return tuple(minus(axis, core) for core in graph.cores)


def solved(graph: Graph, budget: Budget) -> Expr | None:
    """The height of a curve as one formula in x, if its equation is linear in y for every x; else None.

    The equation is tried out at some hundred places in a wide range.
    """
    if graph.kind == "explicit":
        return graph.cores[0] if len(graph.cores) == 1 else None
    if graph.kind == "region" or len(graph.cores) != 1 or "y" not in free_names(graph.cores[0]):
        return None
    (core,) = differences(graph)
    at_zero, at_one = (substituted(core, {"y": Number(value)}) for value in (0.0, 1.0))
    slope = minus(at_one, at_zero)
    golden = (np.arange(1, 200) * _SHARE) % 1.0
    x = np.concatenate([20 * golden - 10, 200 * golden - 100, np.arange(-10.0, 11.0)])
    y = 14 * ((np.arange(len(x)) * 0.7548776662466927) % 1.0) - 7
    known = compile_many((core, at_zero, slope), "x", "y", budget=budget)
    with np.errstate(all="ignore"):
        value, zero, rise = known(x, y)
        good = np.isfinite(value) & np.isfinite(zero) & np.isfinite(rise)
        room = _LINEAR * (np.abs(value) + np.abs(zero) + np.abs(rise * y))
        linear = np.abs(zero + rise * y - value) <= room
        size = np.abs(rise) > _LINEAR * (np.abs(zero) + np.abs(zero + rise))
    if good.sum() < 20 or not (linear & size)[good].all() or np.ptp(np.sign(rise[good])) != 0:
        return None
    return over(Negate(at_zero), slope)
