"""Zero sets of f(x, y) in a window, level lines, and regions of the plane."""

from __future__ import annotations

from typing import TYPE_CHECKING

from plotlang.numerics.limits import UNLIMITED, Budget
from plotlang.numerics.plane.factors import factors
from plotlang.numerics.plane.regions import region
from plotlang.numerics.plane.tracing import Traced, levels, trace

if TYPE_CHECKING:
    from plotlang.language.syntax import Expr
    from plotlang.numerics.realmath import Array
    from plotlang.numerics.view import View

__all__ = ["Traced", "factors", "levels", "region", "trace", "zero_set"]


def zero_set(expr: Expr, view: View, budget: Budget = UNLIMITED) -> tuple[Array, ...]:
    """Paths of shape (n, 2) along expr(x, y) = 0, as `trace` finds them."""
    return trace(expr, view, budget).paths
