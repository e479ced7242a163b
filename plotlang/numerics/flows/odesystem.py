"""The right side of a differential equation as a function of place and state."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from plotlang.language.diagnostics import LanguageError
from plotlang.numerics.compile import Points
from plotlang.numerics.derivative import differentiate
from plotlang.numerics.program import program

if TYPE_CHECKING:
    from collections.abc import Sequence

    from plotlang.language.syntax import Expr
    from plotlang.numerics.limits import Budget
    from plotlang.numerics.realmath import Array

HUGE = 1e100


class System:
    """The right side of y' = f(x, y) or y'' = f(x, y, y'), and its derivatives by the state."""

    def __init__(self, rhs: Expr, names: Sequence[str], budget: Budget) -> None:
        self.budget, self.order = budget, len(names) - 1
        self._points = Points(program((rhs,)), names, budget)
        try:
            slopes = [differentiate(rhs, name) for name in names[1:]]
        except LanguageError:
            slopes = []
        self._slopes = Points(program(slopes), names, budget) if slopes else None

    def __call__(self, x: float, state: Array) -> Array:
        """The derivatives of the state (y,) or (y, y')."""
        value = float(self._points((np.float64(x), *state))[0])  # type: ignore[arg-type]
        return np.array([value]) if self.order == 1 else np.array([state[1], value])

    def jacobian(self, x: float, state: Array) -> Array:
        """The derivatives of the right side by the state, shape (order, order); 0 where there are none."""
        if self._slopes is None:
            step = 1e-7 * np.maximum(np.abs(state), 1e-3)
            here = self(x, state)
            last = [
                (self(x, state + move)[-1] - here[-1]) / size for move, size in zip(np.diag(step), step, strict=True)
            ]
        else:
            last = [float(each) for each in self._slopes((np.float64(x), *state))]  # type: ignore[arg-type]
        rows = np.array([last]) if self.order == 1 else np.array([[0.0, 1.0], last])
        return np.where(np.abs(rows) < HUGE, rows, 0.0)

    def rates(self, x: float, state: Array) -> Array:
        """How fast neighbours of a solution leave it: the eigenvalues of the Jacobian."""
        return np.asarray(np.linalg.eigvals(self.jacobian(x, state)))
