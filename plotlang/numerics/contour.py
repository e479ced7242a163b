"""Zero sets of f(x, y) in a window, and regions of the plane.

Sign changes on a grid are joined to paths by contourpy's marching squares; every crossing is then bisected along its
grid edge and kept only if |f| falls there, so that poles and jumps leave no line.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

import contourpy
import numpy as np

from plotlang.language.syntax import Binary, Call, Compare, Expr, Logic, Negate, Not
from plotlang.numerics.building import minus, plain
from plotlang.numerics.compile import compile_expr
from plotlang.numerics.limits import UNLIMITED, Budget
from plotlang.numerics.program import fraction
from plotlang.numerics.realmath import Array

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from plotlang.numerics.view import View

Plane: TypeAlias = Callable[..., Array]

STEP = 2.0
"""Grid width in pixels."""
MARGIN = 2
"""Grid cells beyond the edges of the window."""
HALVINGS = 40
FALLS = 0.02
"""A crossing counts if |f| falls there to this share of its values at the ends of the grid edge."""


@dataclass(frozen=True, slots=True)
class Grid:
    """Places x (columns) and y (rows) a little beyond a window, off the round numbers where formulas vanish."""

    x: Array
    y: Array

    @classmethod
    def of(cls, view: View, step: float = STEP) -> Grid:
        """The grid of a window, `step` pixels wide; even in the logarithm on logarithmic axes."""
        return cls(
            _places(view.low, view.high, view.width, step, log=view.log),
            _places(view.y_low, view.y_high, view.height, step, log=view.y_log),
        )

    def values(self, f: Plane) -> Array:
        """F on the grid, shape (rows, columns)."""
        return f(self.x[None, :], self.y[:, None])


def _places(low: float, high: float, pixels: int, step: float, *, log: bool) -> Array:
    count = int(np.ceil(pixels / step))
    share = (np.arange(-MARGIN, count + MARGIN + 1) + 0.0718) * step / pixels
    if log:
        return np.asarray(low * (high / low) ** share)
    return np.asarray(low + share * (high - low))


def zero_set(expr: Expr, view: View, budget: Budget = UNLIMITED) -> tuple[Array, ...]:
    """Paths of shape (n, 2) along expr(x, y) = 0.

    Products are taken apart and even powers, roots and sizes undressed, so that lines where f only touches 0 are found
    for these; other touching lines are not.  Raises as `compile_expr` does.
    """
    whole = compile_expr(expr, "x", "y", budget=budget)
    grid = Grid.of(view)
    parts = list(factors(expr))
    paths: list[Array] = []
    for part in parts:
        budget.check()
        f = compile_expr(part, "x", "y", budget=budget)
        found = _crossings(f, grid)
        paths += [piece for path in found for piece in (_defined_parts(whole, path) if len(parts) > 1 else (path,))]
    return tuple(paths)


def factors(expr: Expr) -> Iterator[Expr]:
    """Expressions that together vanish where `expr` does."""
    rest = [expr]
    while rest:
        part = rest.pop()
        match part:
            case Binary() if (inner := _undressed(part)) is not None:
                rest += inner
            case Call(function="abs" | "sqrt" | "square" | "cbrt", arguments=(inner,)) | Negate(operand=inner):
                rest.append(inner)
            case _ if plain(part) is None:
                yield part
            case _:
                pass


def _undressed(node: Binary) -> list[Expr] | None:
    """The factors of a product, quotient or positive power, the other side of ± 0; None for anything else."""
    left, right = node.left, node.right
    match node.operator:
        case "*":
            return [right, left]
        case "/":
            return [left]
        case "^" if (fraction(right) or (0, 1))[0] > 0:
            return [left]
        case "+" | "-" if plain(right) == 0 or plain(left) == 0:
            return [left if plain(right) == 0 else right]
    return None


def _crossings(f: Plane, grid: Grid) -> list[Array]:
    values = grid.values(f)
    finite = np.where(np.isfinite(values), values, np.nan)
    if not ((finite > 0).any() and (finite <= 0).any()):
        return []
    signs = np.sign(finite) + (finite == 0)
    lines = contourpy.contour_generator(
        np.arange(grid.x.size), np.arange(grid.y.size), np.ma.masked_invalid(signs), corner_mask=True
    ).lines(0.0)
    paths: list[Array] = []
    for line in lines:
        paths += _polished(f, grid, np.asarray(line), signs)
    return paths


def _polished(f: Plane, grid: Grid, line: Array, signs: Array) -> list[Array]:
    """A line in grid units, its vertices moved to the zero on their grid edges; cut where there is none."""
    corner = np.floor(line).astype(np.intp)
    along_x = (line[:, 0] != corner[:, 0]).astype(np.intp)
    along_y = (line[:, 1] != corner[:, 1]).astype(np.intp) * (1 - along_x)
    i, j = np.minimum(corner[:, 0] + along_x, grid.x.size - 1), np.minimum(corner[:, 1] + along_y, grid.y.size - 1)
    a = np.column_stack([grid.x[corner[:, 0]], grid.y[corner[:, 1]]])
    b = np.column_stack([grid.x[i], grid.y[j]])
    at_a, at_b = np.abs(f(a[:, 0], a[:, 1])), np.abs(f(b[:, 0], b[:, 1]))
    sign = signs[corner[:, 1], corner[:, 0]]
    proper = sign * signs[j, i] < 0
    for _ in range(HALVINGS):
        middle = (a + b) / 2
        same = np.sign(f(middle[:, 0], middle[:, 1])) * sign > 0
        a, b = np.where(same[:, None], middle, a), np.where(same[:, None], b, middle)
    middle = (a + b) / 2
    rest = np.abs(f(middle[:, 0], middle[:, 1]))
    good = proper & (rest <= FALLS * np.fmax(at_a, at_b))
    return _pieces(middle, good)


def _pieces(path: Array, good: NDArray[np.bool_]) -> list[Array]:
    """The parts of a path whose points are good, where there are at least two in a row."""
    if good.all():
        return [path]
    turns = np.flatnonzero(np.diff(good)) + 1
    parts, kept = np.split(path, turns), np.split(good, turns)
    return [part for part, keep in zip(parts, kept, strict=True) if keep[0] and len(part) > 1]


def _defined_parts(whole: Plane, path: Array) -> list[Array]:
    return _pieces(path, ~np.isnan(whole(path[:, 0], path[:, 1])))


def region(
    condition: Expr, view: View, budget: Budget = UNLIMITED
) -> tuple[tuple[Array, ...], tuple[Array, ...], tuple[Array, ...]]:
    """Where a condition of x and y holds: outlines (n, 2) to fill by the even-odd rule, solid and dashed borders.

    Borders are solid for ``<= >= ==`` and dashed for ``< > !=``; only their parts along the region are given.
    """
    inside = compile_expr(condition, "x", "y", budget=budget)
    solid: list[Array] = []
    dashed: list[Array] = []
    for operator, difference in _inequalities(condition):
        border = zero_set(difference, view, budget)
        parts = [part for path in border for part in _along(inside, path, view)]
        (solid if operator in ("<=", ">=", "==") else dashed).extend(parts)
    return _outlines(condition, inside, view, budget), tuple(solid), tuple(dashed)


def _inequalities(condition: Expr) -> Iterator[tuple[str, Expr]]:
    """Each comparison inside a condition with the difference of its two sides; negation turns < into >=."""
    rest: list[tuple[Expr, bool]] = [(condition, False)]
    turned = {"<": ">=", "<=": ">", ">": "<=", ">=": "<", "==": "!=", "!=": "=="}
    while rest:
        part, negated = rest.pop()
        match part:
            case Compare(operands=operands, operators=operators):
                for i, each in enumerate(operators):
                    yield turned.get(each, each) if negated else each, minus(operands[i], operands[i + 1])
            case Not(operand=inner):
                rest.append((inner, not negated))
            case Logic(operands=parts):
                rest += [(each, negated) for each in reversed(parts)]
            case _:
                pass


def _along(inside: Plane, path: Array, view: View) -> list[Array]:
    """The parts of a path that have the region on one side only (looked at 1 pixel away)."""
    pixel = np.array([(view.high - view.low) / view.width, (view.y_high - view.y_low) / view.height])
    if view.log or view.y_log:
        pixel = np.column_stack([view.pixel(path[:, 0]), np.full(len(path), pixel[1])])
    steps = np.gradient(path / pixel, axis=0)
    length = np.hypot(steps[:, 0], steps[:, 1])
    normal = np.column_stack([-steps[:, 1], steps[:, 0]]) / np.where(length == 0, 1.0, length)[:, None] * pixel
    one, two = path + normal, path - normal
    good = (inside(one[:, 0], one[:, 1]) != 0) != (inside(two[:, 0], two[:, 1]) != 0)
    return _pieces(path, good)


def _outlines(condition: Expr, inside: Plane, view: View, budget: Budget) -> tuple[Array, ...]:
    """Outlines around the grid points inside, put between the grid points by the heights of the condition."""
    grid = Grid.of(view)
    truth = grid.values(inside) != 0
    if not truth.any():
        return ()
    height = grid.values(_depth(condition, budget))
    size = np.abs(np.where(np.isfinite(height), height, 1.0))
    height = np.where(truth, np.maximum(size, 1e-300), -np.maximum(size, 1e-300))
    filled = contourpy.contour_generator(grid.x, grid.y, height, fill_type="OuterCode").filled(0.0, np.inf)
    outlines: list[Array] = []
    for points, codes in zip(filled[0], filled[1], strict=True):
        outlines += np.split(np.asarray(points), np.flatnonzero(np.asarray(codes) == 1)[1:])
    return tuple(outlines)


def _depth(condition: Expr, budget: Budget) -> Plane:
    """How far inside a condition a place is: positive inside, the least of conditions joined by ``and``."""
    match condition:
        case Compare(operands=operands, operators=operators):
            parts = [_side(operands[i], each, operands[i + 1], budget) for i, each in enumerate(operators)]
            return lambda x, y: np.minimum.reduce([part(x, y) for part in parts])
        case Not(operand=inner):
            below = _depth(inner, budget)
            return lambda x, y: -below(x, y)
        case Logic(operator=operator, operands=conditions):
            joined = [_depth(each, budget) for each in conditions]
            choose = np.minimum if operator == "and" else np.maximum
            return lambda x, y: choose.reduce([part(x, y) for part in joined])
        case _:
            inside = compile_expr(condition, "x", "y", budget=budget)
            return lambda x, y: np.where(inside(x, y) != 0, 1.0, -1.0)


def _side(left: Expr, operator: str, right: Expr, budget: Budget) -> Plane:
    ordered = (right, left) if operator in ("<", "<=") else (left, right)
    f = compile_expr(minus(*ordered), "x", "y", budget=budget)
    if operator in ("==", "≈"):
        return lambda x, y: -np.abs(f(x, y))
    return (lambda x, y: np.abs(f(x, y))) if operator == "!=" else f
