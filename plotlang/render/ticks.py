"""Where ticks stand and what is written at them; pure, so that it can be tested as text."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from math import ceil, floor, inf, isfinite, log10, pi
from typing import TYPE_CHECKING, Final

from plotlang.render.numerals import decade_labels, decimal_labels, pi_labels, places, powered, signed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from plotlang.model.drawing import Axis

MAX_TICKS: Final = 60
_PI_STEPS: Final = tuple(Fraction(1, n) for n in (48, 24, 12, 6, 4, 3, 2)) + tuple(
    Fraction(digit * 10**power) for power in range(9) for digit in (1, 2, 5)
)


@dataclass(frozen=True, slots=True)
class Tick:
    """A place on an axis in data units, and its label; "" for a line without a label."""

    value: float
    label: str


@dataclass(frozen=True, slots=True)
class Room:
    """The room for ticks along an axis, in CSS pixels.

    `pixels` is the length of the axis, `least` the distance of ticks, `of_label(label)` the room that a label takes.
    """

    pixels: float
    least: float
    of_label: Callable[[str], float]

    def fits(self, ticks: Sequence[Tick], span: float) -> bool:
        """Whether labels of equally spaced ticks stand apart, on an axis of `span` data units."""
        if len(ticks) < 2:
            return True
        gap = abs(ticks[1].value - ticks[0].value) / span * self.pixels
        return gap >= max(self.least, *(self.of_label(tick.label) for tick in ticks))


def ticks(axis: Axis, ends: tuple[float, float], room: Room) -> tuple[Tick, ...]:
    """The major ticks of an axis that shows `ends` (low < high), from low to high."""
    if axis.scale == "log":
        found = _decades(ends, room)
        return found if len(found) > 1 else _decimal(ends, room)
    if axis.step is not None and isfinite(axis.step) and axis.step > 0 and _count(ends, axis.step) <= MAX_TICKS:
        return _thinned(_asked(axis, ends, axis.step), ends, room)
    found = _pi(ends, room) if axis.pi else ()
    return found if len(found) > 2 else _decimal(ends, room)


def fine(axis: Axis, ends: tuple[float, float], major: Sequence[Tick]) -> tuple[float, ...]:
    """The places of the fine grid between the major ticks, in data units."""
    if axis.scale == "log":
        low, high = (floor(log10(end)) for end in ends)
        values = (digit * 10.0**power for power in range(max(low, -307), min(high, 307) + 1) for digit in range(2, 10))
        return tuple(value for value in values if ends[0] <= value <= ends[1])[:400]
    if len(major) < 2:
        return ()
    step = major[1].value - major[0].value
    parts = 4 if axis.pi or _mantissa(step) == 2 else 5
    first, last = floor((ends[0] - major[0].value) / step * parts), ceil((ends[1] - major[0].value) / step * parts)
    between = ((n, major[0].value + n * step / parts) for n in range(first, last + 1))
    return tuple(value for n, value in between if n % parts and ends[0] <= value <= ends[1])


def _decimal(ends: tuple[float, float], room: Room) -> tuple[Tick, ...]:
    span = ends[1] - ends[0]
    for step in _nice_steps(span, room):
        found = _multiples(ends, step, decimal_labels(ends, step))
        if room.fits(found, span):
            return found
    return ()


def _nice_steps(span: float, room: Room) -> Iterator[float]:
    """Steps 1, 2, 5 · 10ⁿ, growing, from the first that leaves `least` pixels between ticks."""
    wanted = span * max(room.least / max(room.pixels, 1.0), 1.0 / MAX_TICKS)
    power = floor(log10(wanted)) if wanted > 0.0 else -308
    for exponent in range(power, power + 4):
        for digit in (1, 2, 5):
            step = float(f"{digit}e{exponent}")
            if step >= wanted * (1 - 1e-9) and step < inf:
                yield step


def _mantissa(step: float) -> int:
    return int(f"{step:.0e}"[0])


def _count(ends: tuple[float, float], step: float) -> float:
    return (ends[1] - ends[0]) / step


def _multiples(ends: tuple[float, float], step: float, label: Callable[[int], str]) -> tuple[Tick, ...]:
    """Ticks at the multiples of a step; none where the numbers are too coarse to tell them apart."""
    if step < 1e-14 * max(abs(ends[0]), abs(ends[1])):
        return ()
    slack = 1e-9 * step
    first, last = ceil((ends[0] - slack) / step), floor((ends[1] + slack) / step)
    return tuple(Tick(n * step, label(n)) for n in range(first, min(last, first + 2 * MAX_TICKS) + 1))


def _pi(ends: tuple[float, float], room: Room) -> tuple[Tick, ...]:
    span = ends[1] - ends[0]
    for part in _PI_STEPS:
        if not span / MAX_TICKS <= float(part) * pi <= span:
            continue
        found = _multiples(ends, float(part) * pi, pi_labels(part))
        if room.fits(found, span):
            return found
    return ()


def _asked(axis: Axis, ends: tuple[float, float], step: float) -> tuple[Tick, ...]:
    """Ticks at the multiples of the step the user asked for."""
    part = Fraction(step / pi).limit_denominator(96)
    if axis.pi and part and abs(float(part) * pi - step) < 1e-9 * step:
        return _multiples(ends, step, pi_labels(part))
    if places(step) <= 4:
        return _multiples(ends, step, decimal_labels(ends, step))
    return _multiples(ends, step, lambda n: signed(f"{n * step:.4g}"))


def _thinned(found: tuple[Tick, ...], ends: tuple[float, float], room: Room) -> tuple[Tick, ...]:
    """The same ticks, with labels at every n-th of them only, such that labels stand apart and are short."""
    if len(found) < 2:
        return found
    gap = (found[1].value - found[0].value) / (ends[1] - ends[0]) * room.pixels
    zero = next((n for n, tick in enumerate(found) if tick.label == "0"), 0)
    choices = [(n, [t for i, t in enumerate(found) if (i - zero) % n == 0]) for n in (1, 2, 4, 5, 8, 10, 20, 50)]
    apart = [(n, kept) for n, kept in choices if n * gap >= max((room.of_label(t.label) for t in kept), default=0.0)]
    if not apart:
        return tuple(Tick(tick.value, "") for tick in found)
    near = [(max(len(t.label) for t in kept), n) for n, kept in apart if n <= 2.5 * apart[0][0] and len(kept) > 2]
    every = min(near)[1] if apart[0][0] > 1 and near else apart[0][0]
    return tuple(Tick(t.value, "" if (n - zero) % every else t.label) for n, t in enumerate(found))


def _decades(ends: tuple[float, float], room: Room) -> tuple[Tick, ...]:
    """Powers of ten, every k-th where they are many, with 2 and 5 between them where they are few."""
    low, high = log10(ends[0]), log10(ends[1])
    if high - low < 1e-6:
        return ()
    per_decade = room.pixels / (high - low)
    wanted = max(room.least, room.of_label(f"10{powered('-12')}")) / per_decade
    every = next((n for n in (1, 2, 3, 5, 10, 20, 50, 100) if n >= wanted), 100)
    digits = (1, 2, 5) if high - low < 2.2 and per_decade * 0.3 >= room.least * 0.8 else (1,)
    powers = [power for power in range(floor(low), ceil(high) + 1) if power % every == 0]
    slack = 1e-9 * (high - low)
    label = decade_labels(ceil(low - slack), floor(high + slack))
    marked = ((digit, power) for power in powers for digit in digits)
    return tuple(
        Tick(float(f"{digit}e{power}"), label(digit, power))
        for digit, power in marked
        if low - slack <= power + log10(digit) <= high + slack
    )
