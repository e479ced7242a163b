"""The polar grid: circles around the origin, rays every 30 degrees, and their angles."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from plotlang.render import style
from plotlang.render.ink import Stroke, Words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from plotlang.model.geometry import Array
    from plotlang.render.ink import Ink
    from plotlang.render.scene import Scene

_RAYS: Final = 12
_ANGLES: Final = ("0", "π/6", "π/3", "π/2", "2π/3", "5π/6", "π", "7π/6", "4π/3", "3π/2", "5π/3", "11π/6")
_TURN: Final = np.linspace(0.0, 2.0 * np.pi, 241)
_MOST_CIRCLES: Final = 40


def polar_grid(scene: Scene) -> Iterator[Ink]:
    """Circles through the ticks of x, and rays to the edges of the axes; nothing on logarithmic axes."""
    drawing, place = scene.drawing, scene.place
    if "log" in (drawing.x.scale, drawing.y.scale):
        return
    corners = [(x, y) for x in (drawing.x.low, drawing.x.high) for y in (drawing.y.low, drawing.y.high)]
    far = max(float(np.hypot(x, y)) for x, y in corners)
    radii = _radii(sorted({abs(tick.value) for tick in scene.x} - {0.0}), far)
    paths = [place.pixels(radius * np.column_stack([np.cos(_TURN), np.sin(_TURN)])) for radius in radii]
    directions = np.column_stack([np.cos(_angles()), np.sin(_angles())])
    paths += [place.pixels(np.array([(0.0, 0.0), far * direction])) for direction in directions]
    yield Stroke(tuple(paths), style.GRID, 1.0, clip=True)


def angle_labels(scene: Scene) -> Iterator[Words]:
    """The angle of each ray where it leaves the axes, just inside."""
    box, size = scene.place.box, 0.85 * scene.sizes.tick
    (x, y), *_ = scene.place.pixels(np.zeros((1, 2)))
    if not (box.left < x < box.right and box.bottom < y < box.top):
        return
    for angle, text in zip(_angles(), _ANGLES, strict=True):
        along, up = np.cos(angle), np.sin(angle)
        room = 1.1 * size
        reach = min(
            ((box.right - room if along > 0 else box.left + room) - x) / along if abs(along) > 1e-9 else np.inf,
            ((box.top - room if up > 0 else box.bottom + room) - y) / up if abs(up) > 1e-9 else np.inf,
        )
        base = y + reach * up - style.CAP_HEIGHT / 2 * size
        aside = 1.3 * size if abs(along) < 1e-9 else 0.0  # beside an axis, not on it
        above = 0.9 * size if abs(up) < 1e-9 else 0.0
        yield Words(
            float(x + reach * along + aside), float(base + above), text, size, style.QUIET, 0.5, halo=True
        )  # fmt: skip


def _angles() -> Array:
    return np.linspace(0.0, 2.0 * np.pi, _RAYS, endpoint=False)


def _radii(ticks: list[float], far: float) -> list[float]:
    """The distances of the ticks, going on to the farthest corner."""
    if not ticks:
        return []
    step = min(np.diff([0.0, *ticks])) if ticks else far
    count = int(far / step)
    return [step * (i + 1) for i in range(min(count, _MOST_CIRCLES))] if step > 0 else []
