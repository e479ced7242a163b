"""Whether two functions differ only because numbers in them are rounded."""

from __future__ import annotations

import math
from decimal import Decimal
from typing import TYPE_CHECKING

import numpy as np

from plotlang.language.syntax import Expr, Number
from plotlang.lessons.rewriting import rewritten
from plotlang.numerics.compile import compile_expr

if TYPE_CHECKING:
    from plotlang.numerics.calculus.univariate import Univariate
    from plotlang.numerics.realmath import Array

MOST_NUMBERS = 8
MOST_SHARE = 0.02
"""A number rounded by more than this share of itself is another number."""
SLACK = 1.05


def is_rounded(student: Univariate, wanted: Univariate, x: Array) -> bool:
    """Whether the values differ by no more than changing the last written digit of decimal numbers by a half can do.

    To first order: the changes that each number makes are added.  Domains have to be the same at the places x.
    """
    with np.errstate(all="ignore"):
        a, b = student.at(x), wanted.at(x)
        if (np.isfinite(a) != np.isfinite(b)).any() or np.isfinite(a).sum() < MOST_NUMBERS:
            return False
        reach = _reach(student, x, a) + _reach(wanted, x, b)
        good = np.isfinite(a) & np.isfinite(reach)
        gap, size = np.abs(a - b)[good], np.abs(a)[good]
        return bool((gap > 1e-6 * size).any() and (gap <= SLACK * reach[good] + 1e-12 * size).all())


def _reach(f: Univariate, x: Array, y: Array) -> Array:
    """By how much values may be off for rounded numbers in the formula."""
    numbers = {float(step.node.value) for step in f.code.steps if isinstance(step.node, Number)}
    total = np.zeros(x.shape)
    for value in sorted(each for each in numbers if math.isfinite(each) and each != round(each))[:MOST_NUMBERS]:
        half = min(0.5 * 10.0 ** int(Decimal(repr(value)).as_tuple().exponent), MOST_SHARE * abs(value))
        for change in (-half, half):
            moved = compile_expr(_replaced(f.expr, value, value + change), f.variable, budget=f.budget)(x)
            total += np.nan_to_num(np.abs(moved - y), nan=0.0, posinf=0.0) / 2
    return total


def _replaced(expr: Expr, value: float, new: float) -> Expr:
    """The formula with one number changed wherever it stands."""
    return rewritten(expr, lambda part: Number(new) if isinstance(part, Number) and part.value == value else part)
