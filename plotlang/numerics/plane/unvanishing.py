"""The numbers that are too small for a float, kept apart from zero: exp(-1000) is not 0 here."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from plotlang.language.syntax import Binary, Call, Expr
from plotlang.numerics.pointwise import Operation, operation

if TYPE_CHECKING:
    from plotlang.numerics.realmath import Array

LEAST = 1e-300
"""What a vanished number counts as."""
POSITIVE = frozenset(("exp", "sech", "normalpdf", "normalcdf"))
ODD = frozenset(("csch", "square", "arctan", "sinh", "tanh", "expm1", "log1p", "degrees", "radians"))


def unvanishing_operation(node: Expr) -> Operation:
    """As `pointwise.operation`; a product, quotient or power of what is not zero is not zero."""
    plain = operation(node)
    match node:
        case Binary(operator="*" | "/" as operator):
            return lambda a, b: _kept(plain(a, b), (a != 0) & ((b != 0) | (operator == "/")), np.sign(a) * np.sign(b))
        case Binary(operator="^"):
            return lambda a, b: _kept(plain(a, b), a != 0, np.ones(()))
        case Call(function=function) if function in POSITIVE:
            return lambda *values: _kept(plain(*values), ~np.isnan(values[0]), np.ones(()))
        case Call(function=function) if function in ODD:
            return lambda a: _kept(plain(a), a != 0, np.sign(a))
        case _:
            return plain


def _kept(value: Array, there: Array, sign: Array) -> Array:
    return np.where((value == 0) & there, sign * LEAST, value)
