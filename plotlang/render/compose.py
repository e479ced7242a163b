"""A drawing as ink: the order in which the parts of a picture lie on each other."""

from __future__ import annotations

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
    from plotlang.model.drawing import Drawing
    from plotlang.render.ink import Ink
    from plotlang.render.words import Measure


def inks(drawing: Drawing, measure: Measure) -> tuple[Ink, ...]:
    """All the ink of a picture, from the lowest to the highest; `measure` tells how large text is.

    The legend finds its place first, where it hides little of curves, dots and what labels will need; then the labels
    keep clear of it.
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
        shown, taken = legend(around, entries, seen, rough(wanted))
        written = (ink for ink in frame if isinstance(ink, Words) and drawing.frame == "origin")
        names = tuple(labels(wanted, np.hstack((taken, word_boxes(written, measure))), seen, around))
    return (*background(around), *curves, *frame, *dots, *names, *shown)


def paper(drawing: Drawing) -> Fill:
    """The white ground: pictures are opaque, also on a dark page."""
    width, height = drawing.width, drawing.height
    return Fill((np.array([(0.0, 0.0), (width, 0.0), (width, height), (0.0, height)]),), PAPER)
