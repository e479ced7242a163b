"""Sums and products over a few known whole numbers, written out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from plotlang.language.syntax import Expr, Interval
from plotlang.numerics.building import number
from plotlang.numerics.lists import substitute
from plotlang.numerics.program import fraction

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from plotlang.language.syntax import Binder

MOST_TERMS = 400


def terms_of(node: Binder) -> list[Expr] | None:
    """The body for each number of the range; None unless both ends are whole numbers with few between."""
    source = node.source
    if not isinstance(source, Interval) or source.step is not None or node.condition is not None:
        return None
    ends = fraction(source.low), fraction(source.high)
    if ends[0] is None or ends[1] is None or (ends[0][1], ends[1][1]) != (1, 1):
        return None
    first, last = ends[0][0], ends[1][0]
    if not first <= last < first + MOST_TERMS:
        return None
    return [substitute(node.body, node.variable, number(float(i))) for i in range(first, last + 1)]


def tree(operation: Callable[[Expr, Expr], Expr], parts: Sequence[Expr]) -> Expr:
    """The parts joined two by two, so that the result is not deep."""
    if len(parts) == 1:
        return parts[0]
    middle = len(parts) // 2
    return operation(tree(operation, parts[:middle]), tree(operation, parts[middle:]))
