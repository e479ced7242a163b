"""Data units to CSS pixels, for both scales, with strokes broken where a coordinate is no number."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from math import isfinite
from typing import TYPE_CHECKING, Final

import numpy as np

if TYPE_CHECKING:
    from plotlang.model.drawing import Axis
    from plotlang.model.geometry import Array
    from plotlang.model.margins import Box

_FAR: Final = 1e7  # CSS pixels: far outside every picture, near enough for the renderers' arithmetic


def limits(axis: Axis) -> tuple[float, float]:
    """The ends of an axis, ``low < high`` and finite whatever was asked for; positive on a log scale."""
    low, high = axis.low, axis.high
    if not (isfinite(low) and isfinite(high) and low < high and isfinite(high - low)):
        low, high = (0.1, 10.0) if axis.scale == "log" else (-1.0, 1.0)
    if axis.scale == "log" and low <= 0.0:
        low, high = (high * 1e-4, high) if high > 1e-300 else (0.1, 10.0)
    return low, high


@dataclass(frozen=True)
class Projection:
    """Where the values of two axes lie in a box."""

    x: Axis
    y: Axis
    box: Box

    @cached_property
    def _ends(self) -> tuple[tuple[float, float], tuple[float, float]]:
        return _scaled_ends(self.x), _scaled_ends(self.y)

    def across(self, x: Array) -> Array:
        """The x-coordinates in CSS pixels; NaN where there is none."""
        return _place(x, self.x, self._ends[0], self.box.left, self.box.width)

    def up(self, y: Array) -> Array:
        """The y-coordinates in CSS pixels; NaN where there is none."""
        return _place(y, self.y, self._ends[1], self.box.bottom, self.box.height)

    def pixels(self, points: Array) -> Array:
        """Points of shape (n, 2) in CSS pixels, same shape; malformed input gives no points."""
        points = np.asarray(points, dtype=float)
        if points.ndim != 2 or points.shape[1:] != (2,):
            return np.empty((0, 2))
        return np.column_stack((self.across(points[:, 0]), self.up(points[:, 1])))

    def runs(self, path: Array) -> list[Array]:
        """The unbroken pieces of a path in CSS pixels, at least two points each; a lone point is doubled."""
        pixels = self.pixels(path)
        finite = np.isfinite(pixels).all(axis=1)
        if finite.all():
            pieces = [pixels]
        else:
            cuts = np.flatnonzero(np.diff(finite)) + 1
            pieces = [piece for piece in np.split(pixels, cuts) if len(piece) and np.isfinite(piece[0]).all()]
        return [piece if len(piece) > 1 else np.vstack((piece, piece + 0.01)) for piece in pieces if len(piece)]

    def inside(self, points: Array, seam: float = 0.5) -> Array:
        """Those points, given in CSS pixels, that lie in the box or at most `seam` pixels beside it."""
        x, y, box = points[:, 0], points[:, 1], self.box
        level = (x >= box.left - seam) & (x <= box.right + seam)
        return points[level & (y >= box.bottom - seam) & (y <= box.top + seam)]

    def seen(self, run: Array) -> Array:
        """Where the segments of a path in CSS pixels begin and end inside the box (Liang and Barsky), shape (m, 2)."""
        start, along = run[:-1], np.diff(run, axis=0)
        low = np.array([self.box.left, self.box.bottom]) - start
        high = np.array([self.box.right, self.box.top]) - start
        steps = np.where(along == 0.0, 1e-12, along)
        first = np.maximum(0.0, np.minimum(low / steps, high / steps).max(axis=1))
        last = np.minimum(1.0, np.maximum(low / steps, high / steps).min(axis=1))
        kept = first <= last
        ends = (start[kept] + share[kept, None] * along[kept] for share in (first, last))
        return np.vstack(tuple(ends))


def _scaled_ends(axis: Axis) -> tuple[float, float]:
    low, high = limits(axis)
    return (float(np.log10(low)), float(np.log10(high))) if axis.scale == "log" else (low, high)


def _place(values: Array, axis: Axis, ends: tuple[float, float], start: float, length: float) -> Array:
    with np.errstate(all="ignore"):
        scaled = np.log10(values) if axis.scale == "log" else values
        places = start + (scaled - ends[0]) / (ends[1] - ends[0]) * length
        kept: Array = np.where(np.isfinite(places), np.clip(places, -_FAR, _FAR), np.nan)
    return kept
