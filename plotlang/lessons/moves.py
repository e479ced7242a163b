"""What can be done to a graph: shifts, reflections, stretches, as formulas.

A student's curve that equals the wanted one moved by (h, k) is drawn h too far right and k too high.
"""

from __future__ import annotations

from dataclasses import dataclass

from plotlang.language.syntax import Binary, Expr, Name, Negate, Number
from plotlang.lessons.graphs import Graph
from plotlang.lessons.rewriting import substituted, with_arguments
from plotlang.numerics.building import number, over, plus, times

ANGLES = frozenset(("sin", "cos", "tan", "sec", "csc", "cot"))
X, Y = Name("x"), Name("y")


@dataclass(frozen=True, slots=True)
class Move:
    """The curve y = up · f((x − right) / wide) + above; `up` and `wide` are not 0."""

    right: float = 0.0
    above: float = 0.0
    wide: float = 1.0
    up: float = 1.0


def moved(core: Expr, move: Move) -> Expr:
    """The moved height, a core formula in x."""
    inner: Expr = X if move.right == 0 else Binary("-", X, number(move.right))
    if move.wide == -1:
        inner = Negate(inner)
    elif move.wide != 1:
        inner = over(inner, number(move.wide))
    found = substituted(core, {"x": inner}) if inner is not X else core
    return plus(times(number(move.up), found), number(move.above))


def moved_in_plane(graph: Graph, move: Move) -> Graph:
    """The same for a graph of x and y: its points (x, y) go to (right + wide · x, above + up · y)."""
    across = over(Binary("-", X, number(move.right)), number(move.wide))
    along = over(Binary("-", Y, number(move.above)), number(move.up))
    return Graph(graph.kind, tuple(substituted(core, {"x": across, "y": along}) for core in graph.cores))


def transposed(graph: Graph) -> Graph:
    """A graph of x and y with the axes exchanged: reflected in the line y = x."""
    return Graph(graph.kind, tuple(substituted(core, {"x": Y, "y": X}) for core in graph.cores))


def in_degrees(core: Expr) -> Expr:
    """The formula with every angle taken in degrees."""
    return with_arguments(core, ANGLES, Binary("/", Name("pi"), Number(180.0)))


def in_radians(core: Expr) -> Expr:
    """The formula with degrees put where it has radians, the other way round."""
    return with_arguments(core, ANGLES, Binary("/", Number(180.0), Name("pi")))
