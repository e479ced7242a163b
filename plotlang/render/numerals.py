"""Numbers as they are written at ticks, in plain Unicode."""

from __future__ import annotations

from math import floor, log10
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable
    from fractions import Fraction

MINUS: Final = "\N{MINUS SIGN}"
_SUPERSCRIPTS: Final = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")


def decimal_labels(ends: tuple[float, float], step: float) -> Callable[[int], str]:
    """What is written at the n-th multiple of the step: plain decimals, or with a power of ten if far from 1."""
    decimals, exponent = places(step), floor(log10(max(abs(ends[0]), abs(ends[1]))))
    digits = exponent + decimals + 1
    if (exponent < 6 and decimals <= 4) or (digits > 4 and abs(exponent) < 9 and decimals <= 9):
        return lambda n: signed(_trimmed(f"{n * step:.{max(decimals, 0)}f}"))
    return lambda n: _times_power(n * step, decimals)


def pi_labels(part: Fraction) -> Callable[[int], str]:
    """What is written at the n-th multiple of a fraction of π."""
    return lambda n: times_pi(part * n)


def times_pi(part: Fraction) -> str:
    """A fraction of π in one line: "−3π/2", "π", "0"."""
    if not part:
        return "0"
    over = f"/{part.denominator}" if part.denominator > 1 else ""
    factor = "" if abs(part.numerator) == 1 else str(abs(part.numerator))
    return f"{MINUS if part < 0 else ''}{factor}π{over}"


def decade_labels(lowest: int, highest: int) -> Callable[[int, int], str]:
    """What is written at digit · 10ᵖᵒʷᵉʳ on an axis with these powers: decimals, or powers of ten on a long axis."""
    if lowest > -4 and highest < 5:
        return lambda digit, power: f"{digit * 10.0**power:.{max(0, -power)}f}"
    return _power


def _power(digit: int, power: int) -> str:
    if power in (0, 1):
        return str(digit * 10**power)
    return f"{digit}·10{powered(str(power))}" if digit > 1 else f"10{powered(str(power))}"


def signed(number: str) -> str:
    """A number with a real minus sign; never "−0"."""
    if number.startswith("-"):
        return MINUS + number[1:] if number.strip("-0") else number[1:]
    return number


def powered(text: str) -> str:
    """Digits as superscripts: "-12" becomes "⁻¹²"."""
    return text.translate(_SUPERSCRIPTS)


def places(step: float) -> int:
    """Decimals needed to write a step; negative for multiples of ten."""
    digits, exponent = f"{step:.9e}".split("e")
    return len(digits.rstrip("0").rstrip(".")[2:]) - int(exponent)


def _times_power(value: float, decimals: int) -> str:
    """A value known to so many decimals, as a factor and a power of ten: "−2.5·10⁷", "10⁷", "0"."""
    if not value:
        return "0"
    exponent = floor(log10(abs(value)) + 1e-12)
    factor = _trimmed(f"{value / 10.0**exponent:.{min(max(exponent + decimals, 0), 12)}f}")
    factor = {"1": "", "-1": "-"}.get(factor, f"{factor}·")
    return signed(f"{factor}10{powered(str(exponent))}")


def _trimmed(decimals: str) -> str:
    return decimals.rstrip("0").rstrip(".") if "." in decimals else decimals
