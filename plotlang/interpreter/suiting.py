"""One window for many positions of sliders."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Sequence

Ends: TypeAlias = tuple[float, float]
"""The low and the high end of an axis."""


def equal_units(x: Ends, y: Ends, ratio: float, *, given: bool) -> tuple[Ends, Ends]:
    """Both ranges such that the height is `ratio` times the width: one is widened, y if x is given."""
    if given or (x[1] - x[0]) * ratio > y[1] - y[0]:
        return x, _around(y, (x[1] - x[0]) * ratio)
    return _around(x, (y[1] - y[0]) / ratio), y


def _around(ends: Ends, size: float) -> Ends:
    middle = (ends[0] + ends[1]) / 2
    return middle - size / 2, middle + size / 2


def suiting(ranges: Sequence[Ends], reach: float, *, log: bool) -> Ends:
    """One range for several, of which the first is the present one.

    It is their union, cut where it goes beyond the present range by more than `reach` times its size: so one position
    with enormous values does not make all other pictures flat.  If the present range is smaller than all others, as
    that of a constant may be, the next one counts.
    """
    first = ranges[0]
    if all(each == first for each in ranges):
        return first
    if log:
        low, high = suiting([(math.log10(low), math.log10(high)) for low, high in ranges], reach, log=False)
        return 10.0**low, 10.0**high
    sizes = sorted(high - low for low, high in ranges)
    reach *= max(first[1] - first[0], sizes[1])
    low = max(min(low for low, _ in ranges), first[0] - reach)
    high = min(max(high for _, high in ranges), first[1] + reach)
    return low, high
