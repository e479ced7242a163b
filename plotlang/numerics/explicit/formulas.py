"""The evaluators of a formula of one variable, remembered by its shape."""

from __future__ import annotations

from functools import cached_property, lru_cache
from typing import TYPE_CHECKING

from plotlang.language.diagnostics import LanguageError
from plotlang.numerics.compile import Points
from plotlang.numerics.derivative import differentiate
from plotlang.numerics.explicit.barriers import barrier, may_break, passes_on
from plotlang.numerics.explicit.rounding import rounding_rules
from plotlang.numerics.explicit.snapped import snapped_operation
from plotlang.numerics.interval import Boxes
from plotlang.numerics.limits import UNLIMITED, Budget
from plotlang.numerics.program import program
from plotlang.numerics.shapes import expression, shaped

if TYPE_CHECKING:
    from plotlang.language.syntax import Expr
    from plotlang.numerics.explicit.rounding import Rule
    from plotlang.numerics.shapes import Shape

REMEMBERED = 256


class Formula:
    """Points, bounds, and bounds with the slope, each compiled when it is first asked for.

    Raises `LanguageError` as `compile_expr` does.
    """

    def __init__(self, expr: Expr, variable: str, budget: Budget = UNLIMITED) -> None:
        self.expr, self.variable, self.budget = expr, variable, budget
        self.code = program((expr,))
        self.points = Points(self.code, (variable,), budget)

    @cached_property
    def snapped(self) -> Points:
        """Values at triples just before, at, and just behind breaks, see `snapped`."""
        return Points(self.code, (self.variable,), self.budget, snapped_operation)

    @cached_property
    def marks(self) -> Boxes:
        """Bounds of the value."""
        return Boxes(self.code, (self.variable,), self.budget)

    @cached_property
    def slope(self) -> Expr | None:
        """The derivative, if there is one."""
        try:
            return differentiate(self.expr, self.variable)
        except LanguageError:
            return None

    @cached_property
    def boxes(self) -> Boxes:
        """Bounds of the value and, if there is a derivative, of the slope."""
        if self.slope is None:
            return self.marks
        return Boxes(program((self.expr, self.slope)), (self.variable,), self.budget)

    @cached_property
    def slopes(self) -> Boxes | None:
        """Bounds of the slope, and of the parts whose marks together are those of the value; None if there are none.

        Sums, products and smooth functions need not be bounded to know that they have no marks of their own.
        """
        steps = [step.node for step in self.code.steps]
        if self.slope is None or not all(passes_on(node) or may_break(node) for node in steps):
            return None
        roots = (self.slope, *(node for node in steps if may_break(node)))
        return Boxes(program(roots), (self.variable,), self.budget)

    @cached_property
    def barriers(self) -> Points | None:
        """What is zero where the value may break, as far as that is known."""
        found = [barrier(step.node) for step in self.code.steps if may_break(step.node)]
        roots = [each for each in found if each is not None]
        return Points(program(roots), (self.variable,), self.budget) if roots else None

    @cached_property
    def rounding(self) -> tuple[Rule, ...] | None:
        """What each step of `points` does to rounding errors, if that is known."""
        return rounding_rules(self.points)


def formula(expr: Expr, variable: str, budget: Budget) -> tuple[Formula, tuple[float, ...] | None]:
    """The evaluators of an expression, and the numbers that they leave open; None if they leave none open."""
    found = shaped(expr)
    if found is not None:
        try:
            return _of_shape(found.shape, variable), found.numbers
        except LanguageError:  # told about the expression itself, which knows its place in the text
            pass
    return Formula(expr, variable, budget), None


@lru_cache(REMEMBERED)
def _of_shape(shape: Shape, variable: str) -> Formula:
    return Formula(expression(shape), variable)
