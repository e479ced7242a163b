"""Graphs to be compared: core formulas, what they stand for, and the part of the plane that is looked at."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, TypeAlias

import numpy as np

from plotlang.language.syntax import Expr, Name, Negate, Number
from plotlang.lessons import places
from plotlang.lessons.rewriting import substituted
from plotlang.numerics.building import minus, number, over
from plotlang.numerics.compile import compile_many
from plotlang.numerics.program import program

if TYPE_CHECKING:
    from plotlang.numerics.limits import Budget

Kind: TypeAlias = Literal["explicit", "inverse", "implicit", "region"]

_SHARE = 0.7548776662466927
_LINEAR = 1e-10
FEWEST = 20


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


def differences(graph: Graph) -> tuple[Expr, ...]:
    """What vanishes along a curve: one formula in x and y for each branch."""
    if graph.kind == "implicit":
        return graph.cores
    axis = Name("y" if graph.kind == "explicit" else "x")
    return tuple(minus(axis, core) for core in graph.cores)


def _uses(core: Expr, name: str) -> bool:
    return any(isinstance(step.node, Name) and step.node.id == name for step in program((core,)).steps)


def solved(graph: Graph, window: Window, budget: Budget) -> Expr | None:
    """The height of a curve as one formula in x, if its equation is linear in y for every x; else None.

    The equation is tried out at some hundred points in the window and far around it.
    """
    if graph.kind == "explicit":
        return graph.cores[0] if len(graph.cores) == 1 else None
    if graph.kind == "region" or len(graph.cores) != 1 or not _uses(graph.cores[0], "y"):
        return None
    (core,) = differences(graph)
    at_zero, at_one = (substituted(core, {"y": Number(value)}) for value in (0.0, 1.0))
    slope = minus(at_one, at_zero)
    around = places.outside(window.left, window.right)
    x = np.concatenate([places.inside(window.left, window.right), *around])
    y = window.bottom + window.height * ((np.arange(len(x)) * _SHARE) % 1.0)
    known = compile_many((core, at_zero, slope), "x", "y", budget=budget)
    with np.errstate(all="ignore"):
        value, zero, rise = known(x, y)
        good = np.isfinite(value) & np.isfinite(zero) & np.isfinite(rise)
        room = _LINEAR * (np.abs(value) + np.abs(zero) + np.abs(rise * y))
        linear = np.abs(zero + rise * y - value) <= room
        size = np.abs(rise) > _LINEAR * (np.abs(zero) + np.abs(zero + rise))
        if good.sum() < FEWEST or not (linear & size)[good].all() or np.ptp(np.sign(rise[good])) != 0:
            return None
        best = float(rise[good][np.abs(zero[good]).argmin()])
        if (np.abs(rise - best) <= _LINEAR * (np.abs(zero) + abs(best)))[good].all():
            return over(Negate(at_zero), number(best))
    return over(Negate(at_zero), slope)
