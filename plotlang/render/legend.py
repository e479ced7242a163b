"""The legend: a box in the corner that hides least of the curves, or words at the ends of the curves."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from plotlang.model.geometry import Arrows, Dots, Polygons, Polyline
from plotlang.render import style
from plotlang.render.corner import corner
from plotlang.render.endings import endings
from plotlang.render.ink import Fill, Marks, Stroke, Words
from plotlang.render.items import dot_radius
from plotlang.render.words import Typeset, line, typeset

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from plotlang.model.drawing import Drawing, Drawn
    from plotlang.model.geometry import Array
    from plotlang.render.crowd import Crowd
    from plotlang.render.ink import Ink
    from plotlang.render.scene import Scene
    from plotlang.render.words import Measure

_MOST: Final = 12
_SAMPLE = 28.0  # CSS pixels, the length of the line that shows the look
_GAP = 8.0
_INSET = 10.0


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the legend; `item` is None for the line that counts the others."""

    item: Drawn | None
    number: Typeset
    text: Typeset

    @property
    def height(self) -> float:
        """The height of the row in CSS pixels."""
        return max(1.55 * self.text.size, self.text.height + 0.5 * self.text.size)


def listed(drawing: Drawing) -> list[Drawn]:
    """The objects that the legend lists; none if the drawing has no legend.

    A single object is listed only if the user gave it a label.
    """
    found = [item for item in drawing.items if item.in_legend]
    alone = len(found) < 2 and not any(item.label for item in found)
    return [] if drawing.legend == "off" or (drawing.legend == "auto" and alone) else found


def shown(item: Drawn) -> tuple[object, ...]:
    """All that the legend's row of an object depends on."""
    lined, area = (any(isinstance(shape, kind) for shape in item.shapes) for kind in ((Polyline, Arrows), Polygons))
    dots = [shape.filled for shape in item.shapes if isinstance(shape, Dots)]
    return item.number, item.formula, item.label, item.look, area, lined, bool(lined or area) or tuple(dots[:1])


def legend(
    scene: Scene, entries: Sequence[Drawn], crowd: Crowd | None, words: Array, at: tuple[float, float] | None = None
) -> tuple[tuple[Ink, ...], Array]:
    """The legend with these entries, and its rectangle (4, n), none if it lies beside the axes.

    `crowd` and the rectangles `words` (4, k) are not to be hidden, unless its lower left corner is to be `at` a place:
    then no crowd is needed.
    """
    nowhere = np.empty((4, 0))
    if not entries:
        return (), nowhere
    if scene.drawing.legend == "labels":
        return tuple(endings(scene, entries)), nowhere
    rows, unit = _fitting_rows(scene, entries)
    width, height = _extent(rows, unit)
    left, bottom = at or (0.0, 0.0)
    if at is None and crowd is not None:
        left, bottom = corner(scene.place.box, (width, height), crowd, words, scene.drawing.legend, unit)
    inks = (*_box(left, bottom, width, height), *_rows(rows, (left, bottom + height), unit, scene))
    return inks, np.array([(left, bottom, left + width, bottom + height)]).T


def _fitting_rows(scene: Scene, listed: Sequence[Drawn]) -> tuple[list[Row], float]:
    """Rows, and the size of a legend unit in CSS pixels: made smaller if the legend is large for the axes."""
    box, unit = scene.place.box, scene.sizes.unit
    size = scene.sizes.legend * (0.88 if len(listed) > 6 else 1.0)
    most = max(2, min(_MOST, int(0.9 * box.height / (1.45 * size))))
    rows = _chosen(listed, most, size, scene.measure)
    width, height = _extent(rows, unit)
    share = min(1.0, max(0.65, min(0.55 * box.width / width, 0.9 * box.height / height)))
    return (rows, unit) if share == 1.0 else (_chosen(listed, most, size * share, scene.measure), unit * share)


def _chosen(listed: Sequence[Drawn], most: int, size: float, measure: Measure) -> list[Row]:
    kept = listed if len(listed) <= most else listed[: most - 1]
    rows = [_row(item, size, measure) for item in kept]
    if len(kept) < len(listed):
        empty = line("", size, measure)
        rows.append(Row(None, empty, line(f"… and {len(listed) - len(kept)} more", 0.85 * size, measure)))
    return rows


def _row(item: Drawn, size: float, measure: Measure) -> Row:
    number = line(str(item.number) if item.number > 0 else "", 0.82 * size, measure)
    text = typeset(item.formula, item.label, size, measure)
    return Row(item, number, text if text.math else replace_size(text, 0.92 * size, measure))


def replace_size(text: Typeset, size: float, measure: Measure) -> Typeset:
    """Plain letters look larger than mathtext: the same line at another font size."""
    return line(text.text, size, measure)


def _extent(rows: Sequence[Row], unit: float) -> tuple[float, float]:
    """Width and height of the box in CSS pixels."""
    width = 2 * _INSET * unit + _SAMPLE * unit + _GAP * unit + _numbers(rows, unit)
    return width + max(row.text.width for row in rows), sum(row.height for row in rows) + 0.8 * _INSET * unit


def _numbers(rows: Sequence[Row], unit: float) -> float:
    """The width of the column of numbers, with the gap after it."""
    widest = max(row.number.width for row in rows)
    return widest + 6.0 * unit if widest else 0.0


def _box(left: float, bottom: float, width: float, height: float) -> Iterator[Ink]:
    corners = np.array(
        [(left, bottom), (left + width, bottom), (left + width, bottom + height), (left, bottom + height)]
    )
    yield Fill((corners,), style.PAPER, 0.85)
    yield Stroke((np.vstack((corners, corners[:1])),), style.FRAME, 1.0, snap=True)


def _rows(rows: Sequence[Row], at: tuple[float, float], unit: float, scene: Scene) -> Iterator[Ink]:
    """The rows from the upper left corner of the box downwards."""
    left, top = at[0] + _INSET * unit, at[1] - 0.4 * _INSET * unit
    numbers = _numbers(rows, unit)
    for row in rows:
        middle = top - row.height / 2
        top -= row.height
        start = left + (_SAMPLE + _GAP) * unit
        if row.item:
            yield from _sample(row.item, (left, middle), unit, scene)
            base = middle - style.CAP_HEIGHT / 2 * row.number.size
            yield Words(start, base, row.number.text, row.number.size, style.QUIET)
        yield words(row.text, start + numbers, middle)


def words(text: Typeset, x: float, middle: float, color: str = style.TEXT) -> Words:
    """A typeset line that starts at x, its letters centred on a height; a tall formula as a whole."""
    flat = not text.math or text.height < 1.35 * text.size
    down = (0.33 if text.math else style.CAP_HEIGHT / 2) * text.size if flat else text.height / 2 - text.depth
    return Words(x, middle - down, text.text, text.size, color, math=text.math)


def _sample(item: Drawn, at: tuple[float, float], unit: float, scene: Scene) -> Iterator[Ink]:
    """How the object looks: a patch of its area, a piece of its line, one of its dots."""
    look, (x, y) = item.look, at
    ends = np.array([(x, y), (x + _SAMPLE * unit, y)])
    area = any(isinstance(shape, Polygons) for shape in item.shapes)
    lined = any(isinstance(shape, (Polyline, Arrows)) for shape in item.shapes)
    if area:
        half = np.array([0.0, 5.5 * unit])
        patch = np.vstack((ends - half, ends[::-1] + half))
        yield Fill((patch,), look.color, style.FILL_OPACITY * look.opacity)
    dots = [shape for shape in item.shapes if isinstance(shape, Dots)]
    if lined or not (dots or area):
        yield Stroke((ends,), look.color, scene.sizes.points(look.width), look.line, look.opacity)
    elif dots:
        filled = dots[0].filled and look.filled
        fill = look.color if filled else style.PAPER
        edge = 1.0 if filled and look.marker != "cross" else 2.0 * unit
        radius = min(dot_radius(look, scene.sizes), 7.0 * unit)
        yield Marks(ends.mean(axis=0)[None, :], look.marker, radius, look.color, fill, edge, look.opacity)
