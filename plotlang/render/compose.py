"""A drawing as ink: the order in which the parts of a picture lie on each other."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from plotlang.model.margins import axes_box
from plotlang.render.axes import background, foreground
from plotlang.render.ink import Fill
from plotlang.render.items import drawn
from plotlang.render.legend import legend
from plotlang.render.projection import Projection
from plotlang.render.scene import scene
from plotlang.render.style import PAPER, sizes

if TYPE_CHECKING:
    from plotlang.model.drawing import Drawing
    from plotlang.render.ink import Ink
    from plotlang.render.words import Measure


def inks(drawing: Drawing, measure: Measure) -> tuple[Ink, ...]:
    """All the ink of a picture, from the lowest to the highest; `measure` tells how large text is."""
    place = Projection(drawing.x, drawing.y, axes_box(drawing))
    around = scene(drawing, place, sizes(drawing), measure)
    curves = drawn(drawing.items, place, around.sizes)
    return (*background(around), *curves, *foreground(around), *legend(around, curves))


def paper(drawing: Drawing) -> Fill:
    """The white ground: pictures are opaque, also on a dark page."""
    width, height = drawing.width, drawing.height
    return Fill((np.array([(0.0, 0.0), (width, 0.0), (width, height), (0.0, height)]),), PAPER)
