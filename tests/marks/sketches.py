"""Curves as 48×16 characters, so that geometry can be reviewed in a diff."""

from __future__ import annotations

from itertools import pairwise

import numpy as np

from plotlang import Notebook
from plotlang.marks.layout import lay_out
from plotlang.model.budget import UNLIMITED
from plotlang.model.geometry import Dots

WIDTH, HEIGHT = 48, 16


def drawing_of(*lines: str):
    """The figure of a cell, worked out."""
    notebook = Notebook()
    outcome = notebook.run("\n".join(lines))
    assert outcome.errors == ()
    session = notebook.session
    return lay_out(session, session.current, UNLIMITED)


def paths_of(*lines: str):
    """The paths of all curves."""
    return [path for curve in drawing_of(*lines).curves for path in curve.paths]


def dots_of(*lines: str):
    """Open and filled dots as sorted lists of rounded places."""
    found = {True: [], False: []}
    for item in drawing_of(*lines).drawing.items:
        for shape in item.shapes:
            if isinstance(shape, Dots):
                found[shape.filled] += [(round(float(x), 6) + 0.0, round(float(y), 6) + 0.0) for x, y in shape.points]
    return {"filled": sorted(found[True]), "open": sorted(found[False])}


def sketch(*lines: str, x=(-5.0, 5.0), y=(-5.0, 5.0)) -> str:
    """The strokes on a grid of characters: # where a stroke passes."""
    cells = np.zeros((HEIGHT, WIDTH), dtype=bool)
    for path in paths_of(*lines, f"range {x[0]} {x[1]}", f"yrange {y[0]} {y[1]}", "axes free"):
        for (x0, y0), (x1, y1) in pairwise(path):
            across = np.linspace(x0, x1, 200)
            up = np.linspace(y0, y1, 200)
            column = np.floor((across - x[0]) / (x[1] - x[0]) * WIDTH).astype(int)
            row = np.floor((y[1] - up) / (y[1] - y[0]) * HEIGHT).astype(int)
            fits = (column >= 0) & (column < WIDTH) & (row >= 0) & (row < HEIGHT)
            cells[row[fits], column[fits]] = True
    return "\n".join("".join("#" if cell else "." for cell in row).rstrip(".") for row in cells)
