"""Honest curves: a formula of one variable as strokes that cross nothing the curve does not cross.

The method is Tupper's (SIGGRAPH 2001) with bounds of the slope: see `refining` for the cutting into understood pieces,
`cuts` for poles, jumps and holes, `strokes` for the pen.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from plotlang.numerics.explicit.curve import Curve
from plotlang.numerics.explicit.refining import refine
from plotlang.numerics.explicit.strokes import drawn
from plotlang.numerics.limits import UNLIMITED, Budget
from plotlang.numerics.view import Sampled, View

if TYPE_CHECKING:
    from plotlang.language.syntax import Expr

__all__ = ["Sampled", "View", "sample"]


def sample(expr: Expr, variable: str, view: View, budget: Budget = UNLIMITED) -> Sampled:
    """The curve value = expr(variable) in a view; errors are below one pixel.

    Values far outside the view are cut to a few of its heights.  Raises `LanguageError` as `compile_expr` does, and
    whatever `budget` raises.
    """
    curve = Curve(expr, variable, budget)
    return drawn(curve, view, refine(curve, view))
