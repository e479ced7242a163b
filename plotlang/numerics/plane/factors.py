"""Equations taken apart: the factors of a product, and what stands inside even powers, roots and sizes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from plotlang.language.syntax import Binary, Call, Expr, Negate
from plotlang.numerics.building import plain
from plotlang.numerics.program import fraction

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from plotlang.numerics.plane.raster import Raster
    from plotlang.numerics.plane.surface import Surface
    from plotlang.numerics.realmath import Array

NEAR, FAR = 1e-4, 0.5
"""Distances (in pixels) from a curve at which heights are compared."""
LESS = 0.5
"""The share of the far height that the near height is at most, where a curve is a zero set."""


DIRECTIONS = ((1.0, 0.31), (-0.29, 1.0), (-1.0, -0.37), (0.41, -1.0))


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


def vanishing(whole: Surface, raster: Raster, points: Array) -> NDArray[np.bool_]:
    """Whether a height falls to zero towards points (n, 2) of the zero set of one of its factors, from some side."""
    pixel_x, pixel_y = raster.pixels(points)
    result = np.zeros(len(points), dtype=bool)
    for right, up in DIRECTIONS:
        rest = np.flatnonzero(~result)
        (x, y), dx, dy = points[rest].T, right * pixel_x[rest], up * pixel_y[rest]
        near, far = (np.abs(whole.at(x + share * dx, y + share * dy)) for share in (NEAR, FAR))
        result[rest] = (near <= LESS * far) | (near == 0)
    return result
