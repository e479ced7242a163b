"""Polynomials among the core expressions: their coefficients, and all their real zeros."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from plotlang.language.syntax import Binary, Expr, Name, Negate, Number
from plotlang.numerics.program import CONSTANTS, fraction, program

if TYPE_CHECKING:
    from plotlang.numerics.realmath import Array

HIGHEST = 12
"""The highest degree that is taken; zeros of higher ones are too sensitive to be counted."""
REAL = 1e-6
"""A zero counts as real if its imaginary part is below this share of its size."""


def coefficients(core: Expr, variable: str) -> Array | None:
    """The coefficients of a polynomial, the constant first; None for anything else."""
    code = program((core,))
    found: list[Array | None] = []
    for step in code.steps:
        parts = [found[i] for i in step.inputs]
        found.append(None if any(each is None for each in parts) else _step(step.node, parts, variable))  # type: ignore[arg-type]
    return found[code.results[0]]


def _step(node: Expr, parts: list[Array], variable: str) -> Array | None:
    result: Array | None = None
    match node:
        case Number(value=value):
            result = np.array([value])
        case Name(id=name):
            result = np.array([0.0, 1.0]) if name == variable else np.array([CONSTANTS.get(name, np.nan)])
        case Negate():
            result = -parts[0]
        case Binary(operator="+" | "-" as operator):
            result = np.zeros(max(map(len, parts)))
            result[: len(parts[0])] += parts[0]
            result[: len(parts[1])] += parts[1] if operator == "+" else -parts[1]
        case Binary(operator="*") if len(parts[0]) + len(parts[1]) <= HIGHEST + 2:
            result = np.convolve(parts[0], parts[1])
        case Binary(operator="/") if len(parts[1]) == 1 and parts[1][0] != 0:
            result = parts[0] / parts[1][0]
        case Binary(operator="^", right=right):
            result = _power(parts[0], fraction(right))
    return result if result is not None and np.isfinite(result).all() else None


def _power(base: Array, exponent: tuple[int, int] | None) -> Array | None:
    if exponent is None or exponent[1] != 1 or not 0 <= exponent[0] * max(1, len(base) - 1) <= HIGHEST:
        return None
    result = np.array([1.0])
    for _ in range(exponent[0]):
        result = np.convolve(result, base)
    return result


def real_zeros(core: Expr, variable: str) -> tuple[float, ...] | None:
    """All real zeros of a polynomial in order, multiple ones once; None for anything else, and for a constant.

    They are eigenvalues of the companion matrix, good to about a millionth for double zeros.
    """
    with np.errstate(all="ignore"):
        found = coefficients(core, variable)
        if found is None:
            return None
        found = np.trim_zeros(found, "b")
        if len(found) < 2:
            return None
        try:
            zeros = np.roots(found[::-1])
        except np.linalg.LinAlgError:
            return None
    size = np.abs(zeros).max(initial=0.0)
    real = np.sort(zeros.real[np.abs(zeros.imag) <= REAL * max(size, 1e-300)])
    return tuple(float(x) for i, x in enumerate(real) if i == 0 or x - real[i - 1] > REAL * size)
