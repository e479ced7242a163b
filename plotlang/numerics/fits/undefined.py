"""Why a formula has no value: the innermost part that is to blame."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from plotlang.language.diagnostics import LanguageError
from plotlang.language.printer import print_expr
from plotlang.numerics.compile import compile_many
from plotlang.numerics.program import program

if TYPE_CHECKING:
    from collections.abc import Mapping

    from plotlang.language.syntax import Expr
    from plotlang.numerics.realmath import Array


def undefined_on(model: Expr, letters: Mapping[str, float], data: Mapping[str, Array]) -> LanguageError:
    """The error for a model without any value on the rows of data, each of shape (n,)."""
    steps = program((model,)).steps
    found = compile_many([step.node for step in steps], *letters, *data)(*letters.values(), *data.values())
    for step, values in zip(steps, found, strict=True):
        if not np.isfinite(values).any() and all(np.isfinite(found[i]).any() for i in step.inputs):
            reason = "is too large" if np.isinf(values).any() else "has no value"
            return LanguageError(
                "the model has no value on these data",
                why=f"{print_expr(step.node)} {reason} in any row",
                suggestion="leave out the rows where it has none, or shift or scale the data",
            )
    return LanguageError("the model has no value on these data", why="there is no row where all its parts have values")
