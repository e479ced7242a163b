"""Equations and regions of the plane: formula → strokes and shaded areas."""

from __future__ import annotations

from typing import TYPE_CHECKING

from plotlang.language.syntax import Binary
from plotlang.marks.curve import Sketch
from plotlang.model.geometry import Polygons, Polyline, Shape
from plotlang.numerics.contour import region, zero_set

if TYPE_CHECKING:
    from plotlang.language.syntax import Expr
    from plotlang.model.budget import Budget
    from plotlang.numerics.view import View


def sketch_implicit(left: Expr, right: Expr, view: View, budget: Budget) -> Sketch:
    """The curve where both sides are equal."""
    difference = Binary("-", left, right)
    return Sketch((Polyline(zero_set(difference, view, budget)),))


def sketch_region(condition: Expr, view: View, budget: Budget) -> tuple[Sketch, Sketch]:
    """The shaded area with its solid boundary, and the dashed boundary."""
    outlines, solid, dashed = region(condition, view, budget)
    shapes: tuple[Shape, ...] = (Polygons(outlines), Polyline(solid))
    return Sketch(shapes), Sketch((Polyline(dashed),))
