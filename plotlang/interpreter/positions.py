"""At which positions of its sliders a figure is frozen."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from plotlang.model.session import Definition

MOST_POSITIONS: Final = 101
MOST_FRAMES: Final = {1: MOST_POSITIONS, 2: 441, 3: 512}
_TOO_MANY: Final = 10_000
_SMALLEST: Final = 1e-300


def positions(slider: Definition, most: int = MOST_POSITIONS) -> tuple[float, ...]:
    """So many positions of a slider in order, its ends among them; one more where its present value stands between.

    They are its own steps if these are few enough, else every n-th of them; without a step they are round numbers.
    """
    low, high, value = slider.low, slider.high, slider.value
    if not _SMALLEST < high - low < math.inf:
        return (value,)
    smallest = 10.0 ** math.floor(math.log10((high - low) / most)) if slider.step is None else slider.step
    origin = 0.0 if slider.step is None else low
    found = [low, high]
    for times in _round_numbers():
        grid = _grid(low, high, times * smallest, origin)
        if len(grid) <= most:
            found = grid
            break
    return _with(found, value, MOST_POSITIONS + 1 if most == MOST_POSITIONS else most)


def _round_numbers() -> Iterator[int]:
    """1, 2, 5, 10, 20, 50 and so on."""
    for power in range(15):
        yield from (10**power, 2 * 10**power, 5 * 10**power)


def _grid(low: float, high: float, step: float, origin: float) -> list[float]:
    """What lies whole steps from the origin between two ends, and these."""
    if not (high - low) / step < _TOO_MANY:
        return [math.nan] * _TOO_MANY
    start, stop = math.ceil((low - origin) / step - 1e-6), math.floor((high - origin) / step + 1e-6)
    digits = min(300, max(0, 3 - math.floor(math.log10(step))))
    inner = [round(origin + n * step, digits) for n in range(start, stop + 1)]
    near = 1e-6 * step
    return [low, *(each for each in inner if low + near < each < high - near), high]


def _with(grid: list[float], value: float, most: int) -> tuple[float, ...]:
    """The positions with the present value among them; it takes the place of a near one if they are too many."""
    nearest = min(range(len(grid)), key=lambda n: abs(grid[n] - value))
    if abs(grid[nearest] - value) <= 1e-9 * (grid[-1] - grid[0]):
        grid[nearest] = value
    elif len(grid) < most or len(grid) < 3:
        grid.append(value)
    else:
        grid[min(max(nearest, 1), len(grid) - 2)] = value
    return tuple(sorted(set(grid)))


def places(sliders: Sequence[Definition]) -> tuple[tuple[float, ...], ...]:
    """The positions of each of several sliders, such that all combinations are not too many."""
    room, found = MOST_FRAMES[len(sliders)], {}
    own = {each.slider: positions(each) for each in sliders}
    waiting = sorted(sliders, key=lambda each: len(own[each.slider]))
    while waiting:
        each = waiting.pop(0)
        share = int((room + 0.5) ** (1 / (len(waiting) + 1)))
        found[each.slider] = positions(each, max(3, min(MOST_POSITIONS, share)))
        room //= len(found[each.slider])
    return tuple(found[each.slider] for each in sliders)


def refinements(sizes: Sequence[int], starts: Sequence[int]) -> Iterator[tuple[tuple[int, ...], ...]]:
    """Ever finer selections of positions, each within the next: the present one alone, …, all of them."""
    yield tuple((start,) for start in starts)
    strides = [2 ** max(0, math.ceil(math.log2(max(size / 3, 1)))) for size in sizes]
    while True:
        yield tuple(
            tuple(sorted({0, size - 1, *range(start % stride, size, stride)}))
            for size, start, stride in zip(sizes, starts, strides, strict=True)
        )
        widest = max(range(len(strides)), key=strides.__getitem__)
        if strides[widest] == 1:
            return
        strides[widest] //= 2
