"""Ink put on a page by one of matplotlib's renderers; the same for pixels, SVG and PDF."""

from __future__ import annotations

from math import cos, radians, sin
from typing import TYPE_CHECKING, Any, Final, assert_never

import numpy as np
from matplotlib.path import Path
from matplotlib.transforms import Affine2D, Bbox

from plotlang.render.ink import Fill, Marks, Stroke, Words
from plotlang.render.letters import letters
from plotlang.render.style import DASHES, PAPER, channels

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from matplotlib.backend_bases import RendererBase

    from plotlang.model.geometry import Array
    from plotlang.model.margins import Box
    from plotlang.render.agg import Agg
    from plotlang.render.ink import Ink

_POINTS_PER_PX: Final = 72 / 96
_SIMPLIFIED: Final = 128  # points, from which on paths are simplified
_COARSE: Final = 1 / 9  # device pixels by which that may move them
_MARKERS: Final = {
    "circle": Path.unit_circle(),
    "square": Path([(-0.9, -0.9), (0.9, -0.9), (0.9, 0.9), (-0.9, 0.9), (-0.9, -0.9)], closed=True),
    "cross": Path([(-0.9, -0.9), (0.9, 0.9), (-0.9, 0.9), (0.9, -0.9)], [1, 2, 1, 2]),
}


class Page:
    """A renderer and its unit: `unit` of its lengths are one CSS pixel.  Widths of lines it takes in points."""

    def __init__(self, renderer: RendererBase | Agg, unit: float) -> None:
        self.renderer: Any = renderer  # Agg, or one of matplotlib's renderers, which draw alike
        self.unit = unit
        self.transform = Affine2D().scale(unit)

    def put(self, inks: Iterable[Ink], axes: Box) -> None:
        """Draw in the given order; what is to be clipped is clipped to `axes`."""
        corners = Bbox.from_bounds(*(self.unit * side for side in (axes.left, axes.bottom, axes.width, axes.height)))
        for ink in inks:
            match ink:
                case Stroke():
                    self._stroke(ink, corners)
                case Fill():
                    self._fill(ink, corners)
                case Marks():
                    self._marks(ink)
                case Words():
                    self._words(ink)
                case _:
                    assert_never(ink)

    def _stroke(self, ink: Stroke, axes: Bbox) -> None:
        if not ink.paths:
            return
        gc = self._context(ink.color, ink.opacity, ink.width, axes if ink.clip else None)
        pattern = DASHES[ink.dash]
        if pattern:
            gc.set_dashes(0.0, [part * ink.width * _POINTS_PER_PX for part in pattern])
        gc.set_capstyle("butt" if pattern or ink.snap else "round")
        gc.set_snap(ink.snap)
        self.renderer.draw_path(gc, compound(ink.paths), self.transform, None)
        gc.restore()

    def _fill(self, ink: Fill, axes: Bbox) -> None:
        if not ink.outlines:
            return
        gc = self._context(ink.color, ink.opacity, 0.0, axes if ink.clip else None)
        gc.set_snap(False)
        color = (*channels(ink.color), ink.opacity)
        self.renderer.draw_path(gc, compound(ink.outlines, close=True), self.transform, color)
        gc.restore()

    def _marks(self, ink: Marks) -> None:
        if not len(ink.points):
            return
        gc = self._context(ink.color, ink.opacity, ink.width, None)
        grow = Affine2D().scale(ink.radius * self.unit)
        fill = None if ink.marker == "cross" else (*channels(ink.fill), ink.opacity)
        gc.set_snap(False)
        self.renderer.draw_markers(gc, _MARKERS[ink.marker], grow, Path(ink.points), self.transform, fill)
        gc.restore()

    def _words(self, ink: Words) -> None:
        if not ink.text:
            return
        shown = letters(ink.text, math=ink.math)
        place = _placed(ink, -ink.anchor * shown.width, self.unit)
        gc = self._context(PAPER, 1.0, ink.halo * ink.size, None)
        gc.set_snap(False)
        if ink.halo:
            self.renderer.draw_path(gc, shown.path, place, None)
            gc.set_linewidth(0.0)
        self.renderer.draw_path(gc, shown.path, place, (*channels(ink.color), 1.0))
        gc.restore()

    def _context(self, color: str, opacity: float, width: float, clip: Bbox | None) -> Any:
        gc = self.renderer.new_gc()
        gc.set_foreground((*channels(color), opacity), isRGBA=True)
        gc.set_linewidth(width * _POINTS_PER_PX)
        gc.set_joinstyle("round")
        if clip is not None:
            gc.set_clip_rectangle(clip)
        return gc


def _placed(ink: Words, start: float, unit: float) -> Affine2D:
    """From letters at font size 1 to the page: they begin at `start` along the line, and are turned about its place."""
    turn = radians(ink.angle)
    right, up = unit * ink.size * cos(turn), unit * ink.size * sin(turn)
    x, y = unit * ink.x + start * right, unit * ink.y + start * up
    return Affine2D.from_values(right, up, -up, right, x, y)


def compound(paths: Sequence[Array], *, close: bool = False) -> Path:
    """Several polygonal paths as one; unclosed ones can be simplified by the renderer."""
    if close:
        paths = [np.vstack((path, path[:1])) for path in paths]
    codes = np.full(sum(map(len, paths)), Path.LINETO, np.uint8)
    starts = np.cumsum([0, *map(len, paths)])
    codes[starts[:-1]] = Path.MOVETO
    if close:
        codes[starts[1:] - 1] = Path.CLOSEPOLY
    path = Path(np.concatenate(paths), codes)
    path.should_simplify = not close and len(codes) >= _SIMPLIFIED  # whatever the user's own settings say
    path.simplify_threshold = _COARSE
    return path
