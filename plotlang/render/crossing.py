"""Axes that cross at the origin, with arrow heads and with their labels beside them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from plotlang.render import style
from plotlang.render.ink import Fill, Stroke, Words
from plotlang.render.scene import tick_places, zeros
from plotlang.render.words import fitted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from plotlang.model.geometry import Array
    from plotlang.render.ink import Ink
    from plotlang.render.scene import Scene


def crossing(scene: Scene) -> Iterator[Ink]:
    """Two axes with arrow heads through the origin, or along the side that is nearest to it."""
    box, sizes = scene.place.box, scene.sizes
    x0, y0 = _origin(scene)
    out = 9.0 * sizes.unit
    ends = ((box.right + out, y0), (x0, box.top + out))
    paths = (np.array([(box.left, y0), ends[0]]), np.array([(x0, box.bottom), ends[1]]))
    yield Stroke(paths, style.AXIS, 1.4 * sizes.unit, snap=True)
    heads = [_head(end, turned, sizes.unit) for end, turned in zip(ends, (False, True), strict=True)]
    yield Fill(tuple(heads), style.AXIS)


def crossing_labels(scene: Scene) -> Iterator[Words]:
    """What is written beside the axes; labels under an arrow head or at the other axis are left out."""
    x0, y0 = _origin(scene)
    box, unit, size = scene.place.box, scene.sizes.unit, scene.sizes.tick
    across, up = tick_places(scene)
    below = y0 - 22.0 * unit > 0
    base = y0 - 5.0 * unit - style.CAP_HEIGHT * size if below else y0 + 6.0 * unit
    for x, tick in zip(across, scene.x, strict=True):
        if tick.label and abs(x - x0) > 6.0 * unit and x < box.right - 4.0 * unit:
            half = scene.measure(tick.label, size, math=False)[0] / 2
            yield Words(max(x, half + 1.0), base, tick.label, size, style.TEXT, 0.5, halo=style.HALO)
    widest = max((scene.measure(t.label, size, math=False)[0] for t in scene.y if t.label), default=0.0)
    left = x0 - 7.0 * unit - widest > 0
    x, anchor = (x0 - 6.0 * unit, 1.0) if left else (x0 + 6.0 * unit, 0.0)
    for y, tick in zip(up, scene.y, strict=True):
        if tick.label and abs(y - y0) > 6.0 * unit and y < box.top - 4.0 * unit:
            yield Words(x, y - style.CAP_HEIGHT / 2 * size, tick.label, size, style.TEXT, anchor, halo=style.HALO)
    if left and below and all(zeros(scene)):
        yield Words(x, base, "0", size, style.TEXT, anchor, halo=style.HALO)
    yield from _titles(scene, x0, y0)


def _titles(scene: Scene, x0: float, y0: float) -> Iterator[Words]:
    box, sizes = scene.place.box, scene.sizes
    found = fitted(scene.drawing.x.label, sizes.label, box.width / 2, scene.measure)
    up = 8.0 * sizes.unit if y0 + 30.0 * sizes.unit < box.top else -20.0 * sizes.unit
    yield Words(box.right + 6.0 * sizes.unit, y0 + up, found.text, found.size, style.TEXT, 1.0, halo=style.HALO)
    found = fitted(scene.drawing.y.label, sizes.label, box.width / 2, scene.measure)
    side = x0 + found.width + 14.0 * sizes.unit < scene.drawing.width
    x, anchor = (x0 + 10.0 * sizes.unit, 0.0) if side else (x0 - 10.0 * sizes.unit, 1.0)
    yield Words(x, box.top - 4.0 * sizes.unit, found.text, found.size, style.TEXT, anchor, halo=style.HALO)


def _origin(scene: Scene) -> tuple[float, float]:
    """Where the axes cross, in CSS pixels, inside the box."""
    box, zero = scene.place.box, np.zeros(1)
    x, y = float(scene.place.across(zero)[0]), float(scene.place.up(zero)[0])
    x = min(max(x, box.left), box.right) if np.isfinite(x) else box.left
    y = min(max(y, box.bottom), box.top) if np.isfinite(y) else box.bottom
    return x, y


def _head(tip: tuple[float, float], turned: bool, unit: float) -> Array:
    """An arrow head with its tip there, pointing to the right, or turned upwards."""
    shape = np.array([(0.0, 0.0), (-10.0, 4.0), (-7.5, 0.0), (-10.0, -4.0)]) * unit
    return np.array(tip) + (shape[:, ::-1] if turned else shape) + (np.array([0.0, 2.0]) if turned else (2.0, 0.0))
