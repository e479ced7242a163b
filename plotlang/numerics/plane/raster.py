"""The grid of pixel-wide cells that curves of the plane are found on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from plotlang.numerics.bounds import Bounds

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from plotlang.numerics.realmath import Array
    from plotlang.numerics.view import View

BLOCK = 8
"""Cells along one side of a block, the largest unit that is looked at."""
SHIFT = (0.0718, 0.0417)
"""The grid lies off the pixel edges by these shares of a pixel, as formulas like to vanish on round numbers; they
differ so that diagonals miss the corners too."""


@dataclass(frozen=True, slots=True)
class Raster:
    """Cells (j, i) in rows and columns of one pixel, a few beyond every edge of the view.

    Their corners are the grid places with whole u and v, counted from the lower left one.
    """

    view: View
    columns: int
    rows: int

    @classmethod
    def of(cls, view: View) -> Raster:
        """The raster of a view, whole blocks with at least one pixel to spare on every side."""
        return cls(view, *(BLOCK * -(-(pixels + 2) // BLOCK) for pixels in (view.width, view.height)))

    def x(self, u: NDArray[Any]) -> Array:
        """Places in x of grid places u (0 to `columns`)."""
        view = self.view
        share = (u + (SHIFT[0] - (self.columns - view.width) // 2)) / view.width
        return _between(view.low, view.high, share, log=view.log)

    def y(self, v: NDArray[Any]) -> Array:
        """Places in y of grid places v (0 to `rows`)."""
        view = self.view
        share = (v + (SHIFT[1] - (self.rows - view.height) // 2)) / view.height
        return _between(view.y_low, view.y_high, share, log=view.y_log)

    def pixels(self, points: Array) -> tuple[Array, Array]:
        """The width and the height of a pixel in units of x and y, at points (n, 2)."""
        view = self.view
        if view.y_log:
            return view.pixel(points[:, 0]), np.abs(points[:, 1]) * (np.log(view.y_high / view.y_low) / view.height)
        return view.pixel(points[:, 0]), np.full(len(points), (view.y_high - view.y_low) / view.height)

    def boxes(self, i: NDArray[np.intp], j: NDArray[np.intp], size: int) -> tuple[Bounds, Bounds]:
        """Cells of `size` pixels whose lowest corner is (size·i, size·j), as bounds of x and y."""
        x, y = self.x(np.arange(0, self.columns + 1, size)), self.y(np.arange(0, self.rows + 1, size))
        return Bounds(x[i], x[i + 1]), Bounds(y[j], y[j + 1])

    def parts(self, i: NDArray[np.intp], j: NDArray[np.intp], size: int) -> tuple[Array, Array]:
        """The edges of the pixels of such cells in x and in y, each of shape (n, size + 1)."""
        x, y = self.x(np.arange(self.columns + 1)), self.y(np.arange(self.rows + 1))
        step = np.arange(size + 1)
        return x[size * i[:, None] + step], y[size * j[:, None] + step]


def _between(low: float, high: float, share: Array, *, log: bool) -> Array:
    if log:
        return np.asarray(low * (high / low) ** share)
    return np.asarray(low + share * (high - low))
