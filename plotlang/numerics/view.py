"""The window that a curve is worked out for, and what comes out."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from plotlang.numerics.realmath import Array

BEYOND = 3.0
"""How far outside the view values are kept, in heights of the view."""


@lru_cache(8)
def _edges(low: float, high: float, width: int, *, log: bool) -> Array:
    edges = np.geomspace(low, high, width + 1) if log else np.linspace(low, high, width + 1)
    edges.flags.writeable = False
    return edges


@dataclass(frozen=True, slots=True)
class View:
    """A window on a curve: the range of its variable, the range of its value, and its size in pixels.

    `low` < `high` are ends of the variable, `width` is counted along it; `y_low` < `y_high` and `height` belong to the
    value.  On a logarithmic axis both ends are positive.
    """

    low: float
    high: float
    y_low: float
    y_high: float
    width: int
    height: int
    log: bool = False
    y_log: bool = False

    def edges(self) -> Array:
        """The ends of the pixel columns, shape (width + 1,); not to be written to."""
        return _edges(self.low, self.high, self.width, log=self.log)

    def rows(self, values: Array) -> Array:
        """Heights above the lower edge of the view in pixels, kept within a few heights of it; NaN stays NaN."""
        with np.errstate(all="ignore"):
            if self.y_log:
                shown = np.log(np.maximum(values, 1e-300) / self.y_low) / np.log(self.y_high / self.y_low)
            else:
                shown = (values - self.y_low) / (self.y_high - self.y_low)
            return np.asarray(np.minimum(np.maximum(shown, -BEYOND), 1 + BEYOND) * self.height)

    @property
    def below(self) -> float:
        """Values under this one are well out of view: half a height of it under its lower edge."""
        return float(self.values(np.asarray(-0.5 * self.height)))

    @property
    def above(self) -> float:
        """Values over this one are well out of view."""
        return float(self.values(np.asarray(1.5 * self.height)))

    def flat(self, low: Array, high: Array) -> NDArray[np.bool_]:
        """Whether values from low to high lie within one pixel."""
        if self.y_log:
            return np.asarray(self.rows(high) - self.rows(low) <= 1.0)
        return np.asarray(high - low <= (self.y_high - self.y_low) / self.height)

    def values(self, rows: Array) -> Array:
        """The values at heights in pixels: the inverse of `rows`."""
        shown = rows / self.height
        if self.y_log:
            return np.asarray(self.y_low * (self.y_high / self.y_low) ** shown)
        return np.asarray(self.y_low + shown * (self.y_high - self.y_low))

    def pixel(self, x: Array) -> Array:
        """The width of one pixel in units of the variable, at x."""
        if self.log:
            return np.asarray(np.abs(x) * (np.log(self.high / self.low) / self.width))
        return np.full(np.shape(x), (self.high - self.low) / self.width)

    def columns(self, x: Array) -> Array:
        """Places in pixels from the low end."""
        if self.log:
            return np.asarray(np.log(x / self.low) / np.log(self.high / self.low) * self.width)
        return (x - self.low) / (self.high - self.low) * self.width


@dataclass(frozen=True, slots=True, eq=False)
class Sampled:
    """A curve worked out for a view.

    `paths` are arrays of shape (n, 2) of (variable, value), the pen is lifted between them; dots have shape (n, 2).
    `poles` are places of the variable; `defined` are the ranges in the view where the curve has values.  `complete` is
    False if the work was cut short by its limits, so that some columns are only sampled.
    """

    paths: tuple[Array, ...]
    open_dots: Array
    filled_dots: Array
    poles: tuple[float, ...]
    defined: tuple[tuple[float, float], ...]
    complete: bool = True
