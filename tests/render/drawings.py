"""Drawings to try the renderers on."""

import numpy as np

from plotlang.model.drawing import Axis, Drawing, Drawn
from plotlang.model.geometry import Polyline
from plotlang.model.palette import look


def curve(number, path, formula="y=x", label=None, **other):
    return Drawn("curve", number, formula, label, True, look(number - 1), (Polyline((np.array(path, float),)),))


def item(*shapes, formula="y=x", label=None, number=1, in_legend=True):
    return Drawn("thing", number, formula, label, in_legend, look(0), shapes)


def picture(*items, low=-5.0, high=5.0, **other):
    return Drawing(items, other.pop("x", Axis(low, high)), other.pop("y", Axis(low, high)), **other)


LINE = curve(1, [(-5, -5), (5, 5)])
WAVE = curve(2, [(x, np.sin(x)) for x in np.linspace(-5, 5, 300)], r"y=\sin\left(x\right)")
