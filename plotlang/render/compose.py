"""A drawing as ink: the order in which the parts of a picture lie on each other."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from plotlang.model.margins import axes_box
from plotlang.render.axes import background, foreground
from plotlang.render.crowd import crowd
from plotlang.render.ink import Fill, Words
from plotlang.render.items import drawn
from plotlang.render.labels import labels, rough, wishes, word_boxes
from plotlang.render.legend import legend, listed
from plotlang.render.projection import Projection
from plotlang.render.scene import scene
from plotlang.render.style import PAPER, sizes

if TYPE_CHECKING:
    from collections.abc import Sequence

    from plotlang.model.drawing import Drawing
    from plotlang.render.ink import Ink
    from plotlang.render.words import Measure


def inks(drawing: Drawing, measure: Measure, legend_at: tuple[float, float] | None = None) -> tuple[Ink, ...]:
    """All the ink of a picture, from the lowest to the highest; `measure` tells how large text is.

    The legend finds its place first, where it hides little of curves, dots and what labels will need, unless its place
    is given; then the labels keep clear of it.
    """
    place = Projection(drawing.x, drawing.y, axes_box(drawing))
    around = scene(drawing, place, sizes(drawing), measure)
    curves, dots = drawn(drawing.items, place, around.sizes)
    frame = tuple(foreground(around))
    wanted, entries = wishes(around), listed(drawing)
    names: tuple[Ink, ...] = ()
    shown: tuple[Ink, ...] = ()
    if wanted or entries:
        seen = crowd([*curves, *dots], place.box, around.sizes.unit)
        shown, taken = legend(around, entries, seen, rough(wanted), legend_at)
        written = (ink for ink in frame if isinstance(ink, Words) and drawing.frame == "origin")
        names = tuple(labels(wanted, np.hstack((taken, word_boxes(written, measure))), seen, around))
    return (*background(around), *curves, *frame, *dots, *names, *shown)


def legend_place(drawing: Drawing, others: Sequence[Drawing], measure: Measure) -> tuple[float, float] | None:
    """Where the lower left corner of a legend is to stand that suits several pictures with the same axes.

    None if the picture has no legend, or one beside the axes.
    """
    place = Projection(drawing.x, drawing.y, axes_box(drawing))
    around = scene(drawing, place, sizes(drawing), measure)
    entries = listed(drawing)
    if not entries:
        return None
    curves, dots = drawn([item for each in (drawing, *others) for item in each.items], place, around.sizes)
    wanted = [wish for each in (drawing, *others) for wish in wishes(replace(around, drawing=each))]
    _, taken = legend(around, entries, crowd([*curves, *dots], place.box, around.sizes.unit), rough(wanted))
    return (float(taken[0, 0]), float(taken[1, 0])) if taken.size else None


def paper(drawing: Drawing) -> Fill:
    """The white ground: pictures are opaque, also on a dark page."""
    width, height = drawing.width, drawing.height
    return Fill((np.array([(0.0, 0.0), (width, 0.0), (width, height), (0.0, height)]),), PAPER)
