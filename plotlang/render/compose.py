"""A drawing as ink: the order in which the parts of a picture lie on each other."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

import numpy as np

from plotlang.model.margins import axes_box
from plotlang.render.axes import background, foreground
from plotlang.render.crowd import crowd
from plotlang.render.ink import Fill, Words
from plotlang.render.items import drawn
from plotlang.render.labels import followed, rough, spots, wishes, word_boxes
from plotlang.render.legend import legend, listed
from plotlang.render.projection import Projection
from plotlang.render.scene import scene
from plotlang.render.style import PAPER, sizes

if TYPE_CHECKING:
    from collections.abc import Sequence

    from plotlang.model.drawing import Drawing
    from plotlang.model.geometry import Array
    from plotlang.render.crowd import Crowd
    from plotlang.render.ink import Ink
    from plotlang.render.labels import Spot, Wish
    from plotlang.render.scene import Scene
    from plotlang.render.words import Measure

_NOWHERE: Final = np.empty((4, 0))


@dataclass(frozen=True, slots=True, eq=False)
class Places:
    """Where what can move stands: the rectangle (4, n) of the legend, n = 0 without one, and the labels wished for."""

    legend: Array
    wanted: tuple[Wish, ...] = ()
    labels: tuple[Spot, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class Layers:
    """The ink of a picture from the lowest to the highest, and the place that each part has."""

    ground: tuple[Ink, ...]
    curves: tuple[Ink, ...]
    frame: tuple[Ink, ...]
    dots: tuple[Ink, ...]
    labels: tuple[Ink, ...]
    legend: tuple[Ink, ...]
    places: Places

    @property
    def all(self) -> tuple[Ink, ...]:
        """All layers on each other."""
        return (*self.ground, *self.curves, *self.frame, *self.dots, *self.labels, *self.legend)


def setting(drawing: Drawing, measure: Measure) -> Scene:
    """What the surroundings of the curves are worked out from."""
    return scene(drawing, Projection(drawing.x, drawing.y, axes_box(drawing)), sizes(drawing), measure)


def layers(around: Scene, kept: Places | None = None, *, surroundings: bool = True, box: bool = True) -> Layers:
    """The ink of a picture.

    The legend finds its place first, where it hides little of curves, dots and what labels will need, unless its place
    is `kept`; then the labels keep clear of it, or stay on the sides of their dots where they were kept.  What stands
    still can be left out: the `surroundings` of the curves, and the `box` of a legend whose place is kept.
    """
    drawing = around.drawing
    curves, dots = drawn(drawing.items, around.place, around.sizes)
    wanted, entries = wishes(around), listed(drawing)
    taken = _NOWHERE if kept is None else kept.legend
    old = None if kept is None else followed(wanted, kept.wanted, kept.labels, around)
    ends = drawing.legend == "labels"
    seen: Crowd | None = None
    if (wanted and old is None) or (entries and not taken.size and not ends):
        seen = crowd([*curves, *dots], around.place.box, around.sizes.unit)
    shown: tuple[Ink, ...] = ()
    if box or ends or not taken.size:
        at = (float(taken[0, 0]), float(taken[1, 0])) if taken.size else None
        shown, taken = legend(around, entries, seen, rough(wanted), at)
    if old is None:
        old = _spots(wanted, taken, seen, around) if seen is not None else []
    return Layers(
        tuple(background(around)) if surroundings else (),
        tuple(curves),
        tuple(foreground(around)) if surroundings else (),
        tuple(dots),
        tuple(spot.words() for spot in old),
        shown,
        Places(taken, tuple(wanted), tuple(old)),
    )


def _spots(wanted: Sequence[Wish], taken: Array, seen: Crowd, around: Scene) -> list[Spot]:
    written = foreground(around) if around.drawing.frame == "origin" else ()
    words = (ink for ink in written if isinstance(ink, Words))
    return spots(wanted, np.hstack((taken, word_boxes(words, around.measure))), seen, around)


def inks(drawing: Drawing, measure: Measure, legend_at: tuple[float, float] | None = None) -> tuple[Ink, ...]:
    """All the ink of a picture, from the lowest to the highest; `measure` tells how large text is."""
    around = setting(drawing, measure)
    kept = None if legend_at is None else Places(np.array([(*legend_at, *legend_at)]).T)
    return layers(around, kept).all


def legend_place(drawing: Drawing, others: Sequence[Drawing], measure: Measure) -> tuple[float, float] | None:
    """Where the lower left corner of a legend is to stand that suits several pictures with the same axes.

    None if the picture has no legend, or one beside the axes.
    """
    around, entries = setting(drawing, measure), listed(drawing)
    if not entries:
        return None
    curves, dots = drawn([item for each in (drawing, *others) for item in each.items], around.place, around.sizes)
    wanted = [wish for each in (drawing, *others) for wish in wishes(replace(around, drawing=each))]
    _, taken = legend(around, entries, crowd([*curves, *dots], around.place.box, around.sizes.unit), rough(wanted))
    return (float(taken[0, 0]), float(taken[1, 0])) if taken.size else None


def paper(drawing: Drawing) -> Fill:
    """The white ground: pictures are opaque, also on a dark page."""
    width, height = drawing.width, drawing.height
    return Fill((np.array([(0.0, 0.0), (width, 0.0), (width, height), (0.0, height)]),), PAPER)
