"""What stands around the curves: grid, axes, tick labels, frame and titles."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from plotlang.model.margins import text_lines
from plotlang.render import style
from plotlang.render.crossing import crossing, crossing_labels
from plotlang.render.ink import Stroke, Words
from plotlang.render.polar import angle_labels, polar_grid
from plotlang.render.projection import limits
from plotlang.render.scene import tick_places, zeros
from plotlang.render.ticks import fine
from plotlang.render.words import fitted

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from plotlang.render.ink import Ink
    from plotlang.render.scene import Scene


def background(scene: Scene) -> Iterator[Ink]:
    """Everything under the curves."""
    frame, grid = scene.drawing.frame, scene.drawing.grid
    if frame == "off":
        return
    if grid == "fine":
        minor = fine(scene.drawing.x, limits(scene.drawing.x), scene.x)
        yield _lines(scene, minor, fine(scene.drawing.y, limits(scene.drawing.y), scene.y), style.FINE_GRID, 1.0)
    if grid == "polar":
        yield from polar_grid(scene)
    elif grid != "off":
        yield _lines(scene, [t.value for t in scene.x], [t.value for t in scene.y], style.GRID, 1.0)
    if frame == "origin":
        yield from crossing(scene)
    else:
        color, width = (style.AXIS, 1.3) if frame == "lines" else (style.mixed(style.AXIS, style.PAPER, 0.55), 1.0)
        yield _lines(scene, *zeros(scene), color, width * scene.sizes.unit)


def foreground(scene: Scene) -> Iterator[Ink]:
    """The frame with its tick labels, and the titles."""
    if scene.drawing.frame == "origin":
        yield from crossing_labels(scene)
    if scene.drawing.frame in ("lines", "box"):
        yield from _frame(scene)
        yield from _edge_labels(scene)
        yield from _axis_titles(scene)
    if scene.drawing.grid == "polar" and scene.drawing.frame != "off":
        yield from angle_labels(scene)
    yield from _titles(scene)


def _lines(scene: Scene, x: Iterable[float], y: Iterable[float], color: str, width: float) -> Stroke:
    """Upright lines at each x and level lines at each y, across the axes."""
    box = scene.place.box
    across, up = scene.place.across(np.array([*x])), scene.place.up(np.array([*y]))
    paths = [np.array([(place, box.bottom), (place, box.top)]) for place in across]
    paths += [np.array([(box.left, place), (box.right, place)]) for place in up]
    return Stroke(tuple(paths), color, width, snap=True)


def _frame(scene: Scene) -> Iterator[Ink]:
    box, unit = scene.place.box, scene.sizes.unit
    boxed = scene.drawing.frame == "box"
    outline = np.array([(box.left, box.bottom), (box.right, box.bottom), (box.right, box.top), (box.left, box.top)])
    outline = np.vstack((outline, outline[:1]))
    yield Stroke((outline,), style.AXIS if boxed else style.FRAME, (1.2 if boxed else 1.0) * unit, snap=True)
    if boxed or scene.drawing.grid == "off":
        sides = ((box.bottom, 1), (box.top, -1)) if boxed else ((box.bottom, -1),)
        across, up = tick_places(scene)
        paths = [np.array([(x, y), (x, y + 5 * unit * inward)]) for y, inward in sides for x in across]
        sides = ((box.left, 1), (box.right, -1)) if boxed else ((box.left, -1),)
        paths += [np.array([(x, y), (x + 5 * unit * inward, y)]) for x, inward in sides for y in up]
        yield Stroke(tuple(paths), style.AXIS if boxed else style.FRAME, 1.1 * unit, snap=True)


def _edge_labels(scene: Scene) -> Iterator[Words]:
    """Tick labels below and to the left of the axes, smaller where they would leave the picture."""
    box, sizes = scene.place.box, scene.sizes
    across, up = tick_places(scene)
    base = box.bottom - 7.0 * sizes.unit - style.CAP_HEIGHT * sizes.tick
    for x, tick in zip(across, scene.x, strict=True):
        half = scene.measure(tick.label, sizes.tick, math=False)[0] / 2 if tick.label else 0.0
        kept = min(x, scene.drawing.width - half - 1.0)
        yield Words(kept, base, tick.label, sizes.tick, style.TEXT, 0.5)
    room = box.left - 8.0 * sizes.unit - (20.0 * sizes.unit if scene.drawing.y.label else 0.0)
    widest = max((scene.measure(t.label, sizes.tick, math=False)[0] for t in scene.y if t.label), default=0.0)
    size = sizes.tick * min(1.0, max(0.6, room / max(widest, 1.0)))
    for y, tick in zip(up, scene.y, strict=True):
        base = y - style.CAP_HEIGHT / 2 * size
        yield Words(box.left - 6.0 * sizes.unit, base, tick.label, size, style.TEXT, 1.0)


def _axis_titles(scene: Scene) -> Iterator[Words]:
    box, sizes, drawing = scene.place.box, scene.sizes, scene.drawing
    below = 20.0 * sizes.unit * len(text_lines(drawing.caption))
    found = fitted(drawing.x.label, sizes.label, box.width, scene.measure)
    yield Words(box.left + box.width / 2, below + 11.0 * sizes.unit, found.text, found.size, style.TEXT, 0.5)
    found = fitted(drawing.y.label, sizes.label, box.height, scene.measure)
    middle = box.bottom + box.height / 2
    yield Words(18.0 * sizes.unit, middle, found.text, found.size, style.TEXT, 0.5, angle=90.0)


def _titles(scene: Scene) -> Iterator[Words]:
    """The title above and the caption below, each line centred over the axes."""
    drawing, sizes, box = scene.drawing, scene.sizes, scene.place.box
    middle, room = box.left + box.width / 2, drawing.width - 12.0
    lines = text_lines(drawing.title)
    for n, text in enumerate(lines):
        found = fitted(text, sizes.title, room, scene.measure)
        y = box.top + (9.0 + 14.0 * (drawing.frame == "origin") + 25.0 * (len(lines) - 1 - n)) * sizes.unit
        yield _centred(found.text, found.size, found.width, (middle, y), scene)
    lines = text_lines(drawing.caption)
    for n, text in enumerate(lines):
        found = fitted(text, sizes.caption, room, scene.measure)
        y = (7.0 + 20.0 * (len(lines) - 1 - n)) * sizes.unit
        words = _centred(found.text, found.size, found.width, (middle, y), scene)
        yield replace(words, color=style.QUIET)


def _centred(text: str, size: float, width: float, at: tuple[float, float], scene: Scene) -> Words:
    """Words centred at a place, but not beyond the sides of the picture."""
    x = min(max(at[0], width / 2 + 4.0), max(scene.drawing.width - width / 2 - 4.0, width / 2))
    return Words(x, at[1], text, size, style.TEXT, 0.5)
