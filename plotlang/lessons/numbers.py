"""Numbers in feedback: found ones brought to the simple number they stand for, and written as a teacher would."""

from __future__ import annotations

import math
from fractions import Fraction

MOST_BELOW = 12
DECIMALS = 3
MINUS = "−"
_UNITS = (("π", math.pi), ("√2", math.sqrt(2)), ("√3", math.sqrt(3)), ("√5", math.sqrt(5)))


def simple(value: float, room: float) -> float | None:
    """The simplest number within `room` of a value: a decimal, a fraction, a multiple of π or of a small root.

    None if there is none: such a value is not told to students as exact.
    """
    if abs(value) <= room:
        return 0.0
    for digits in range(DECIMALS + 1):
        if abs(round(value, digits) - value) <= room:
            return round(value, digits)
    for unit in (1.0, *(each for _, each in _UNITS)):
        nearest = _fraction(value / unit)
        if abs(float(nearest) * unit - value) <= room and nearest != 0:
            return float(nearest) * unit
    return None


def _fraction(value: float) -> Fraction:
    return Fraction(value).limit_denominator(MOST_BELOW)


def number(value: float) -> str:
    """A number as text: −2, 1.5, 1/3, π/2, √2, else with four digits."""
    if not math.isfinite(value):
        return "undefined" if math.isnan(value) else ("∞" if value > 0 else f"{MINUS}∞")
    sign, size = (MINUS if value < 0 else ""), abs(value)
    room = 1e-9 * max(size, 1e-300)
    if size < 1e6 and abs(round(size, DECIMALS) - size) <= room:
        return sign + f"{round(size, DECIMALS):.{DECIMALS}f}".rstrip("0").rstrip(".") if size else "0"
    for name, unit in (("", 1.0), *_UNITS):
        nearest = _fraction(size / unit)
        if 0 < nearest.numerator < 100 and abs(float(nearest) * unit - size) <= room:
            return sign + _ratio(nearest, name)
    return sign + f"{size:.4g}"


def _ratio(value: Fraction, unit: str) -> str:
    top = unit if unit and value.numerator == 1 else f"{value.numerator}{unit}"
    return top if value.denominator == 1 else f"{top}/{value.denominator}"
