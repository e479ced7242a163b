"""How curves are drawn from values alone: evenly spaced points that are joined, and contours of a grid of values.

Each takes a compiled function of numpy arrays and gives paths; no path crosses a value that is not a number.
"""

from __future__ import annotations

import contourpy
import numpy as np

RECIPE = 100  # points, as in the IPython Cookbook's plotting kernel: x = np.linspace(-5., 5., 100)
MANY = 10_000
GRID = 1000


def joined(x, y):
    """Points as paths that end where a value is missing."""
    points = np.column_stack([x, y])
    known = np.isfinite(points).all(axis=1)
    turns = np.flatnonzero(known[1:] != known[:-1]) + 1
    parts = np.split(points, turns)
    return tuple(part for part in parts if len(part) > 1 and np.isfinite(part).all())


def evenly(function, low, high, count):
    """The graph of a function through evenly spaced points."""
    x = np.linspace(low, high, count)
    return joined(x, function(x))


def evenly_parametric(first, second, low, high, count):
    """A curve of a parameter through evenly spaced points."""
    t = np.linspace(low, high, count)
    return joined(first(t), second(t))


def contour(function, low, high, y_low, y_high):
    """The lines where a function of two variables is 0, by marching squares."""
    x, y = np.linspace(low, high, GRID), np.linspace(y_low, y_high, GRID)
    heights = np.ma.masked_invalid(function(x[None, :], y[:, None]))
    return tuple(contourpy.contour_generator(x, y, heights).lines(0.0))
