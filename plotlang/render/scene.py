"""What the surroundings of the curves are worked out from."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

import numpy as np

from plotlang.render.projection import limits
from plotlang.render.ticks import Room, Tick, ticks

if TYPE_CHECKING:
    from plotlang.model.drawing import Axis, Drawing
    from plotlang.render.projection import Projection
    from plotlang.render.style import Sizes
    from plotlang.render.words import Measure

_ROOM_X: Final = 40.0  # CSS pixels from tick to tick, at least
_ROOM_Y: Final = 32.0


@dataclass(frozen=True, slots=True)
class Scene:
    """A drawing with its sizes and its ticks."""

    drawing: Drawing
    place: Projection
    sizes: Sizes
    measure: Measure
    x: tuple[Tick, ...]
    y: tuple[Tick, ...]


def scene(drawing: Drawing, place: Projection, sizes: Sizes, measure: Measure) -> Scene:
    """The scene with its ticks; under equal scaling both axes get the same steps."""

    def of_label(label: str) -> float:
        return measure(label, sizes.tick, math=False)[0] + 16.0 * sizes.unit

    rooms = (
        Room(place.box.width, _ROOM_X * sizes.unit, of_label),
        Room(place.box.height, _ROOM_Y * sizes.unit, lambda _label: 1.5 * sizes.tick),
    )
    axes = (drawing.x, drawing.y)
    found = [ticks(axis, limits(axis), room) for axis, room in zip(axes, rooms, strict=True)]
    if drawing.equal and all(axis.scale == "linear" and not axis.pi and not axis.step for axis in axes):
        step = max((t[1].value - t[0].value for t in found if len(t) > 1), default=None)
        axes = (replace(drawing.x, step=step), replace(drawing.y, step=step))
        found = [ticks(axis, limits(axis), room) for axis, room in zip(axes, rooms, strict=True)]
    return Scene(drawing, place, sizes, measure, found[0], found[1])


def tick_places(scene: Scene) -> tuple[list[float], list[float]]:
    """The places of the ticks of x and of y, in CSS pixels."""
    across = scene.place.across(np.array([tick.value for tick in scene.x]))
    return across.tolist(), scene.place.up(np.array([tick.value for tick in scene.y])).tolist()


def zeros(scene: Scene) -> tuple[list[float], list[float]]:
    """Where the zero lines stand, x and y; none outside of the view or on a log scale."""
    return _zero(scene.drawing.x), _zero(scene.drawing.y)


def _zero(axis: Axis) -> list[float]:
    low, high = limits(axis)
    return [0.0] if axis.scale == "linear" and low <= 0.0 <= high else []
