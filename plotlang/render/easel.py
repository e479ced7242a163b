"""The pictures of one figure in quick succession: what stands still is painted once, and kept as pixels.

The idea is matplotlib's blitting, one level lower: what lies under the curves is kept as a raster, and the legend,
which lies over them, as a transparency.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from math import ceil, floor
from typing import TYPE_CHECKING, Any

import numpy as np

from plotlang.model.margins import axes_box
from plotlang.render.agg import Agg
from plotlang.render.compose import Places, layers, paper, setting
from plotlang.render.ink import Fill, Words
from plotlang.render.legend import listed, shown
from plotlang.render.letters import measure
from plotlang.render.paint import Page
from plotlang.render.picture import ALONE, DPI
from plotlang.render.png import encoded, room

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray

    from plotlang.model.drawing import Drawing
    from plotlang.model.geometry import Array
    from plotlang.model.margins import Box
    from plotlang.render.compose import Layers
    from plotlang.render.ink import Ink
    from plotlang.render.scene import Scene

    Pixels = NDArray[np.uint8]

_SEAM = 2  # device pixels around a legend that its border may touch
_BLACK, _WHITE = "#000000", "#ffffff"


class Sheet:
    """Room for pictures of one size, in device pixels: what is painted on, and what is encoded."""

    def __init__(self, width: int, height: int, density: int) -> None:
        self.size = width, height, density
        self._renderer = Agg(width * density, height * density, DPI * density)
        self._page = Page(self._renderer, density)
        self.pixels: Pixels = self._renderer.buffer_rgba()
        self._rows = room(*self.pixels.shape[:2])

    def put(self, inks: Iterable[Ink], box: Box) -> None:
        """Paint; what is to be clipped is clipped to the axes."""
        self._page.put(inks, box)

    def png(self) -> bytes:
        """What is painted, as PNG."""
        return encoded(self.pixels, self._rows)


class Desk:
    """Has a sheet ready; easels may share it, one after the other."""

    def __init__(self) -> None:
        self._sheet: Sheet | None = None

    def sheet(self, drawing: Drawing) -> Sheet:
        """A sheet of the size of a drawing."""
        size = drawing.width, drawing.height, drawing.density
        if self._sheet is None or self._sheet.size != size:
            self._sheet = Sheet(*size)
        return self._sheet


@dataclass(frozen=True, slots=True, eq=False)
class _Surroundings:
    """What stands still around the curves: `under` them as pixels, `over` them as ink."""

    key: tuple[Any, ...]
    scene: Scene
    under: Pixels
    over: tuple[Ink, ...]


@dataclass(frozen=True, slots=True, eq=False)
class _Overlay:
    """A part of the picture that lies over the rest: its `ink` on black, and how much it lets through, from 0 to 255.

    `window` are the rows and columns where it lies.
    """

    key: tuple[Any, ...]
    window: tuple[slice, slice]
    ink: NDArray[np.uint16]
    through: NDArray[np.uint16]

    def lay_on(self, pixels: Pixels) -> None:
        """Put it on a picture."""
        below = pixels[(*self.window, slice(3))]
        light = below * self.through + np.uint16(128)
        below[...] = self.ink + ((light + (light >> 8)) >> 8)  # divided by 255, rounded


class Easel:
    """Draws the pictures of one figure; `png` gives what `render_png` would, with legend and labels kept in place.

    Legend and labels keep the places that they had in the first picture, as long as they are the same ones: a legend
    that jumps while a curve moves would be in the way.
    """

    def __init__(self, desk: Desk | None = None) -> None:
        self._desk = desk or Desk()
        self._places: Places | None = None
        self._still: _Surroundings | None = None
        self._legend: _Overlay | None = None

    def begin(self, drawing: Drawing) -> None:
        """Have legend and labels stand where they stand in a still picture of this drawing."""
        with ALONE:
            self._places = self._still = self._legend = None
            self._worked_out(drawing, self._desk.sheet(drawing), axes_box(drawing))

    def png(self, drawing: Drawing) -> bytes:
        """The picture as PNG, exactly ``width·density`` × ``height·density`` pixels."""
        with ALONE:
            sheet, box = self._desk.sheet(drawing), axes_box(drawing)
            still, found = self._worked_out(drawing, sheet, box)
            np.copyto(sheet.pixels, still.under)
            sheet.put((*found.curves, *still.over, *found.dots, *found.labels), box)
            if self._legend is None:
                sheet.put(found.legend, box)
            else:
                self._legend.lay_on(sheet.pixels)
            return sheet.png()

    def _worked_out(self, drawing: Drawing, sheet: Sheet, box: Box) -> tuple[_Surroundings, Layers]:
        """What stands still, and what moves; both the legend and the surroundings only if they are not there yet."""
        named = _of_legend(drawing)
        if self._legend is None or self._legend.key != named:
            self._legend, self._places = None, None
        key = _of_axes(drawing)
        known = self._still if self._still is not None and self._still.key == key else None
        around = setting(drawing, measure) if known is None else replace(known.scene, drawing=drawing)
        found = layers(around, self._places, surroundings=known is None, box=self._legend is None)
        self._places = found.places
        if found.legend and found.places.legend.size:
            self._legend = _overlay(named, found.legend, found.places.legend, sheet, box)
        if known is None:
            known = self._still = _surroundings(key, around, found, sheet, box)
        return known, found


def _surroundings(key: tuple[Any, ...], around: Scene, found: Layers, sheet: Sheet, box: Box) -> _Surroundings:
    outside = [ink for ink in found.frame if isinstance(ink, Words) and _is_outside(ink, box)]
    over = tuple(ink for ink in found.frame if ink not in outside)
    sheet.put((paper(around.drawing), *found.ground, *outside), box)
    return _Surroundings(key, around, sheet.pixels.copy(), over)


def _overlay(key: tuple[Any, ...], inks: Sequence[Ink], rectangle: Array, sheet: Sheet, box: Box) -> _Overlay:
    """Ink as a transparency, found out by painting it on black and on white."""
    (left, bottom, right, top), density = (rectangle[:, 0] * sheet.size[2]).tolist(), sheet.size[2]
    height = sheet.size[1] * density
    rows = slice(max(0, floor(height - top) - _SEAM), ceil(height - bottom) + _SEAM)
    columns = slice(max(0, floor(left) - _SEAM), ceil(right) + _SEAM)
    width = sheet.size[0]
    corners = np.array([(0.0, 0.0), (width, 0.0), (width, sheet.size[1]), (0.0, sheet.size[1])])
    found = []
    for color in (_BLACK, _WHITE):
        sheet.put((Fill((corners,), color), *inks), box)
        found.append(sheet.pixels[rows, columns, :3].astype(np.int16))
    black, white = found
    through = np.clip(white - black, 0, 255)
    return _Overlay(key, (rows, columns), black.astype(np.uint16), through.astype(np.uint16))


def _is_outside(ink: Words, box: Box) -> bool:
    """Whether words stand clear of the axes, so that no curve reaches them."""
    width, height, depth = measure(ink.text, ink.size, math=ink.math) if ink.text else (0.0, 0.0, 0.0)
    if ink.angle:
        return ink.x < box.left
    left, bottom = ink.x - ink.anchor * width, ink.y - depth
    return left + width < box.left or left > box.right or bottom + height < box.bottom or bottom > box.top


def _of_size(drawing: Drawing) -> tuple[Any, ...]:
    return drawing.width, drawing.height, drawing.density


def _of_axes(drawing: Drawing) -> tuple[Any, ...]:
    """All that the surroundings of the curves depend on."""
    texts = drawing.title, drawing.caption, drawing.legend == "labels"
    return *_of_size(drawing), drawing.x, drawing.y, drawing.equal, drawing.frame, drawing.grid, *texts


def _of_legend(drawing: Drawing) -> tuple[Any, ...]:
    """All that the legend depends on, but its place."""
    entries = tuple(map(shown, listed(drawing)))
    lines = drawing.title.count("\n"), drawing.caption.count("\n")
    margins = drawing.frame, bool(drawing.title), bool(drawing.caption), bool(drawing.x.label), bool(drawing.y.label)
    return _of_size(drawing), drawing.legend, entries, lines, margins
