"""Poles and ends of the domain that can be told from the formula: where a denominator or a radicand vanishes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from plotlang.language.syntax import Binary, Call, Name, Negate, Number
from plotlang.numerics.building import ONE, call, minus, plus, square
from plotlang.numerics.program import fraction

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from plotlang.language.syntax import Expr
    from plotlang.numerics.compile import Points
    from plotlang.numerics.realmath import Array

_ITSELF = frozenset("sqrt ln lg log10 log2 log".split())
_SINE = frozenset("cot csc".split())
_COSINE = frozenset("tan sec".split())
_ONE = frozenset("arcsin arccos arctanh arcsec arccsc".split())
ROUNDS = 8
CLOSE = 2e-16
"""A place is found when it moves by less than this share of itself."""


_SMOOTH = frozenset(
    "sin cos arctan sinh cosh tanh sech arcsinh exp expm1 cbrt square abs erf min max clip hypot degrees "
    "radians".split()
)
_BROKEN = frozenset("tan sec csc cot arcsin arccos arcsec arccsc ln lg log10 log2 log1p log sqrt arctanh".split())


def passes_on(node: Expr) -> bool:
    """Whether the marks of a node's bounds are those of its inputs, and none of its own."""
    match node:
        case Number() | Name() | Negate() | Binary(operator="+" | "-" | "*"):
            return True
        case Binary(operator="^", right=right):
            return (fraction(right) or (-1, 1))[0] >= 0 and (fraction(right) or (1, 2))[1] % 2 == 1
        case Call(function=function):
            return function in _SMOOTH
    return False


def may_break(node: Expr) -> bool:
    """Whether the marks of a node's bounds are those of its inputs, and perhaps some of its own."""
    match node:
        case Binary(operator="/" | "^"):
            return not passes_on(node)
        case Call(function=function):
            return function in _BROKEN
    return False


def barrier(node: Expr) -> Expr | None:
    """What is zero where a node breaks; None if that is not known."""
    match node:
        case Binary(operator="/", right=right):
            return right
        case Binary(operator="^", left=left):
            return left
        case Call(function=function, arguments=(first, *_)):
            if function in _ITSELF:
                return first
            if function == "log1p":
                return plus(ONE, first)
            if function in _SINE or function in _COSINE:
                return call("sin" if function in _SINE else "cos", first)
            return minus(ONE, square(first)) if function in _ONE else None
    return None


def crossings(barriers: Points, left: Array, right: Array) -> tuple[NDArray[np.intp], Array]:
    """The numbers of the cells in which a barrier changes its sign or is zero at an end, and where (secant method)."""
    count = left.size
    ends = _rows(barriers, np.concatenate((left, right)))
    with np.errstate(all="ignore"):
        across = ends[:, :count] * ends[:, count:] <= 0
        hit = np.flatnonzero(across.any(axis=0))
        if hit.size == 0:
            return hit, left[:0]
        which, numbers = across[:, hit].argmax(axis=0), np.arange(hit.size)
        low, high = left[hit], right[hit]
        before, place, old, new = low, high, ends[which, hit], ends[which, hit + count]
        for _ in range(ROUNDS):
            step = new * (place - before) / (new - old)
            before, old, place = place, new, np.minimum(np.maximum(place - step, low), high)
            moved = np.abs(place - before)
            if (moved <= CLOSE * np.abs(place)).all():
                break
            new = _rows(barriers, place)[which, numbers]
        lost = np.isnan(place)
        return (hit[~lost], place[~lost]) if lost.any() else (hit, place)


def _rows(barriers: Points, x: Array) -> Array:
    """The values of all barriers, a row for each."""
    found = barriers((x,))
    return (
        found[0][None] if len(found) == 1 and found[0].ndim else np.stack([np.broadcast_to(y, x.shape) for y in found])
    )
