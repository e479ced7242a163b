"""Sequences in which every term follows from the terms before."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from plotlang.language.diagnostics import LanguageError
from plotlang.numerics.compile import Points
from plotlang.numerics.limits import UNLIMITED, Budget
from plotlang.numerics.program import program

if TYPE_CHECKING:
    from collections.abc import Sequence

    from plotlang.language.syntax import Expr
    from plotlang.numerics.realmath import Array

MOST_TERMS = 10_000
BLOCK = 100
"""Terms between two questions to the budget."""


def terms(  # noqa: PLR0913, PLR0917 - a sequence, and how far
    first: Sequence[float],
    start: int,
    step: Expr,
    variable: str,
    previous: Sequence[str],
    last: int,
    budget: Budget = UNLIMITED,
) -> Array:
    """The terms u(start), …, u(last) of a sequence, shape (last − start + 1,).

    `first` are the first terms; each other one is `step`, a core expression in the number n of the term, called
    `variable`, and in the terms before it, called `previous`: u(n−1), u(n−2) and so on.  What overflows is ±inf, what
    is undefined NaN.  Raises `LanguageError` for more than 10,000 terms, and for fewer first terms than are needed.
    """
    count = last - start + 1
    if count > MOST_TERMS:
        raise LanguageError(
            f"a sequence has at most {MOST_TERMS:,} terms here", why=f"n = {start} to {last} would be {count:,}"
        )
    depth = len(previous)
    if depth > len(first):
        raise LanguageError(
            f"this sequence needs {depth} first terms but has {len(first)}", why=f"the step uses {depth} terms before"
        )
    values = np.full(max(count, 0), np.nan)
    known = min(len(first), values.size)
    values[:known] = first[:known]
    compute = Points(program((step,)), (variable, *previous), budget)
    for i in range(known, values.size):
        if i % BLOCK == 0:
            budget.check()
        values[i] = compute([np.float64(start + i), *values[i - depth : i][::-1]])[0]  # type: ignore[list-item]
    return values
