"""Matplotlib's Agg rasteriser without the layers above it, whose import takes longer than a picture.

Only what `paint` uses is here: strokes, fills and markers.  The pen answers what the rasteriser asks of matplotlib's
`GraphicsContextBase`, which has the same names and meanings.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
from matplotlib.backends import _backend_agg
from matplotlib.path import Path

if TYPE_CHECKING:
    from matplotlib.transforms import Affine2D, Bbox
    from numpy.typing import NDArray

    Color = tuple[float, float, float, float]


MOST_VERTICES = 10_000


class Pen:
    """How a stroke or fill is drawn: colour, width and dashes in points, ends, clipping."""

    def __init__(self) -> None:
        self._alpha, self._forced_alpha, self._antialiased = 1.0, False, 1
        self._rgb: Color = (0.0, 0.0, 0.0, 1.0)
        self._linewidth = 1.0
        self._capstyle, self._joinstyle = "butt", "round"
        self._dashes: tuple[float, list[float] | None] = (0.0, None)
        self._cliprect: Bbox | None = None
        self._snap: bool | None = None

    def set_foreground(self, color: Color, *, isRGBA: bool = True) -> None:  # noqa: N803 - matplotlib's own name
        """The colour, each part from 0 to 1."""
        del isRGBA
        self._rgb = color

    def set_linewidth(self, width: float) -> None:
        """The width in points."""
        self._linewidth = float(width)

    def set_dashes(self, offset: float, dashes: list[float] | None) -> None:
        """Lengths of strokes and gaps in points, or None for a solid line."""
        self._dashes = (offset, dashes)

    def set_capstyle(self, style: str) -> None:
        """How ends look: butt or round."""
        self._capstyle = style

    def set_joinstyle(self, style: str) -> None:
        """How corners look."""
        self._joinstyle = style

    def set_clip_rectangle(self, rectangle: Bbox | None) -> None:
        """Nothing is drawn outside."""
        self._cliprect = rectangle

    def set_snap(self, snap: bool | None) -> None:
        """Whether lines are moved to whole pixels; None leaves it to the rasteriser."""
        self._snap = snap

    def restore(self) -> None:
        """Nothing to give back."""

    def get_dashes(self) -> tuple[float, list[float] | None]:
        """Offset and lengths of the dashes."""
        return self._dashes

    def get_snap(self) -> bool | None:
        """Whether lines are moved to whole pixels."""
        return self._snap

    def get_clip_path(self) -> tuple[None, None]:
        """There is no clipping but the rectangle."""
        return None, None

    def get_hatch_path(self, density: float = 6.0) -> None:
        """There is no hatching."""
        del density

    def get_hatch_color(self) -> Color:
        """The colour of the hatching that there is not."""
        return self._rgb

    def get_hatch_linewidth(self) -> float:
        """The width of the hatching that there is not."""
        return 1.0

    def get_sketch_params(self) -> None:
        """Lines are straight."""


class Agg:
    """A raster of `width` × `height` pixels at `dpi` pixels an inch, painted from the lower left corner."""

    def __init__(self, width: int, height: int, dpi: float) -> None:
        module: Any = _backend_agg  # compiled, without types
        self.raster = module.RendererAgg(width, height, dpi)

    def new_gc(self) -> Pen:
        """A fresh pen."""
        return Pen()

    def draw_path(self, gc: Pen, path: Path, transform: Affine2D, rgbFace: Color | None = None) -> None:  # noqa: N803
        """Stroke a path, and fill it when a colour is given."""
        vertices = np.asarray(path.vertices)
        if rgbFace is not None or len(vertices) <= MOST_VERTICES:
            self.raster.draw_path(gc, path, transform, rgbFace)
            return
        for start in range(0, len(vertices), MOST_VERTICES):  # Agg has room for so many at a time
            stop = start + MOST_VERTICES + 1
            codes: Any = None if path.codes is None else np.array(np.asarray(path.codes)[start:stop])
            if codes is not None:
                codes[0] = Path.MOVETO
            self.raster.draw_path(gc, Path(vertices[start:stop], codes), transform, None)

    def draw_markers(
        self,
        gc: Pen,
        marker: Path,
        grow: Affine2D,
        path: Path,
        transform: Affine2D,
        rgbFace: Color | None = None,  # noqa: N803
    ) -> None:
        """Put a marker at every vertex of a path."""
        self.raster.draw_markers(gc, marker, grow, path, transform, rgbFace)

    def buffer_rgba(self) -> NDArray[np.uint8]:
        """The pixels, shape (height, width, 4)."""
        return np.asarray(memoryview(self.raster))
