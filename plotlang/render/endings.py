"""Words at the right ends of the curves instead of a legend."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

import numpy as np

from plotlang.model.geometry import Dots, Polygons, Polyline
from plotlang.render import style
from plotlang.render.ink import Stroke, Words
from plotlang.render.words import typeset

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from plotlang.model.drawing import Drawn
    from plotlang.model.geometry import Array
    from plotlang.render.ink import Ink
    from plotlang.render.scene import Scene
    from plotlang.render.words import Typeset

_MOST: Final = 24


@dataclass(frozen=True, slots=True)
class Ending:
    """A curve's last visible place (x, y), and the height its words are moved to, in CSS pixels."""

    item: Drawn
    text: Typeset
    x: float
    y: float
    height: float


def endings(scene: Scene, listed: Sequence[Drawn]) -> Iterator[Ink]:
    """The formulas or labels in the margin on the right, none over another, each joined to its curve."""
    box, unit = scene.place.box, scene.sizes.unit
    found = [ending for item in listed[:_MOST] if (ending := _ending(item, scene))]
    start = box.right + 12.0 * unit
    for ending in apart(found, (box.bottom, box.top)):
        text = ending.text
        joint = np.array([(ending.x + 1.0, ending.y), (start - 3.0 * unit, ending.height)])
        if ending.x < box.right - 6.0 or abs(ending.y - ending.height) > 4.0:
            yield Stroke((joint,), style.mixed(ending.item.look.color, style.PAPER, 0.4), unit, "dotted")
        color = style.mixed(ending.item.look.color, style.TEXT, 0.2)
        down = 0.33 * text.size if text.height < 1.35 * text.size else text.height / 2 - text.depth
        yield Words(start, ending.height - down, text.text, text.size, color, math=text.math)


def _ending(item: Drawn, scene: Scene) -> Ending | None:
    """Where the words of an object belong; None if nothing of it is visible."""
    seen = [scene.place.inside(pixels, 1.0) for pixels in _pixels(item, scene)]
    seen = [pixels for pixels in seen if len(pixels)]
    if not seen:
        return None
    points = np.vstack(seen)
    x, y = (float(coordinate) for coordinate in points[np.argmax(points[:, 0])])
    text = typeset(item.formula, item.label, scene.sizes.legend, scene.measure)
    room = scene.drawing.width - scene.place.box.right - 16.0 * scene.sizes.unit
    if text.width > room:
        size = text.size * max(0.6, room / text.width)
        text = typeset(item.formula, item.label, size, scene.measure)
    return Ending(item, text, x, y, y)


def _pixels(item: Drawn, scene: Scene) -> Iterator[Array]:
    for shape in item.shapes:
        match shape:
            case Polyline(paths=paths) | Polygons(outlines=paths):
                for path in paths:
                    yield from map(scene.place.seen, scene.place.runs(path))
            case Dots():
                yield scene.place.pixels(shape.points)
            case _:
                pass


def apart(endings: Sequence[Ending], ends: tuple[float, float]) -> list[Ending]:
    """The same, from low to high, moved as little as keeps their words apart and between the ends if they fit."""
    placed = sorted(endings, key=lambda ending: ending.y)
    floor = ends[0]
    for n, ending in enumerate(placed):
        half = max(1.3 * ending.text.size, ending.text.height + 4.0) / 2
        height = max(ending.height, floor + half)
        placed[n], floor = replace(ending, height=height), height + half
    roof = ends[1] + 4.0
    for n in reversed(range(len(placed))):
        half = max(1.3 * placed[n].text.size, placed[n].text.height + 4.0) / 2
        height = min(placed[n].height, roof - half)
        placed[n], roof = replace(placed[n], height=height), height - half
    return placed
