"""The value exactly at a break, whose place is known only up to neighbouring floats.

Points come in threes (a little before, at, and a little behind a break) along the last axis.  A comparison or a
rounding that changes within a triple is decided as if its operands met exactly there: at the break of ``x^2 < 2`` both
sides count as equal.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from plotlang.language.syntax import Binary, Call, Compare, Expr
from plotlang.numerics import realmath as real
from plotlang.numerics.pointwise import RELATIONS, Operation, operation

if TYPE_CHECKING:
    from collections.abc import Callable

    from plotlang.numerics.realmath import Array

_ROOM = 16 * np.finfo(np.float64).eps


def snapped_operation(node: Expr) -> Operation:
    """As `pointwise.operation`, for triples."""
    match node:
        case Compare(operators=operators):
            return lambda *operands: _chain(operands, operators)
        case Call(function=function) if function in _SNAPPED:
            return _SNAPPED[function]
        case Binary(operator="//"):
            return lambda a, b: np.floor(_to_whole(real.divide(a, b)))
        case Binary(operator="mod"):
            return _modulo
        case _:
            return operation(node)


def _meet(difference: Array, scale: Array) -> Array:
    """Whether a difference passes through 0 within each triple."""
    if difference.ndim == 0:
        return np.asarray(np.abs(difference) <= _ROOM * scale)
    least, most = difference.min(axis=-1, keepdims=True), difference.max(axis=-1, keepdims=True)
    return np.asarray((least <= 0) & (most >= 0) | (np.abs(difference) <= _ROOM * scale).any(axis=-1, keepdims=True))


def _to_zero(a: Array) -> Array:
    return np.where(_meet(a, np.zeros_like(a)), 0.0, a)


def _to_whole(a: Array) -> Array:
    near = np.rint(a[..., 1:2] if a.ndim else a)
    return np.where(_meet(a - near, np.abs(a)), near, a)


def _chain(operands: tuple[Array, ...], operators: tuple[str, ...]) -> Array:
    result: Array = np.ones((), dtype=np.float64)
    for i, each in enumerate(operators):
        a, b = operands[i], operands[i + 1]
        if each == "≈":
            result = np.logical_and(result, RELATIONS[each](a, b))
            continue
        meet = _meet(np.asarray(a - b), np.abs(a) + np.abs(b))
        result = np.logical_and(result, np.where(meet, each in ("<=", ">=", "=="), RELATIONS[each](a, b)))
    return np.asarray(result, dtype=np.float64)


def _modulo(a: Array, b: Array) -> Array:
    quotient = real.divide(a, b)
    whole = _to_whole(quotient)
    return np.where(whole == np.rint(whole), 0.0, real.modulo(a, b))


def _round(a: Array, digits: Array | None = None) -> Array:
    scale = np.asarray(1.0) if digits is None else np.power(10.0, np.rint(digits))
    return real.divide(np.rint(_to_whole(2 * a * scale) / 2), scale)


def _of(f: Callable[..., Array], snap: Callable[[Array], Array]) -> Operation:
    return lambda a, *more: f(snap(a), *more)


_SNAPPED: dict[str, Operation] = {
    "floor": _of(np.floor, _to_whole),
    "ceil": _of(np.ceil, _to_whole),
    "trunc": _of(np.trunc, _to_whole),
    "frac": _of(real.frac, _to_whole),
    "sign": _of(np.sign, _to_zero),
    "step": _of(real.step, _to_zero),
    "heaviside": _of(real.heaviside, _to_zero),
    "mod": _modulo,
    "round": _round,
}
