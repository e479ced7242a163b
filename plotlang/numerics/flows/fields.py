"""Slope fields and vector fields: short strokes and arrows on a grid that is even on the screen."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from plotlang.numerics.compile import compile_many
from plotlang.numerics.limits import UNLIMITED, Budget

if TYPE_CHECKING:
    from plotlang.language.syntax import Expr
    from plotlang.numerics.realmath import Array
    from plotlang.numerics.view import View

MOST = 40_000
"""Grid points at most; a closer grid becomes coarser."""
STROKE, ARROW = 0.62, 0.9
"""The length of strokes and of the longest arrows, in spacings."""
SHORTEST = 0.25
"""The shortest arrow, as a share of the longest."""
TYPICAL = 98.0
"""Vectors longer than so many percent of them all get the longest arrow, so that a pole does not shorten the others."""
BESIDE, STEEP = 1e-6, 1e3
"""A place without a slope is upright if the slope this many pixels beside it is steeper than this, in pixels."""


def slope_field(rhs: Expr, view: View, spacing: float, budget: Budget = UNLIMITED) -> Array:
    """Strokes with the slope y' = rhs(x, y), all as long on the screen, as ends of shape (n, 2, 2) in data units.

    Their middles lie on a grid with about `spacing` pixels between.  A stroke is upright where the slope is infinite;
    there is none where it is undefined.
    """
    middles = _grid(view, spacing)
    slope = _slopes(rhs, view, middles, budget)
    undefined = np.flatnonzero(np.isnan(slope))
    if undefined.size:
        slope[undefined] = _beside(rhs, view, middles[undefined], budget)
    upright = np.isinf(slope)
    moves = np.column_stack([np.where(upright, 0.0, 1.0), np.where(upright, 1.0, slope)])
    known = ~np.isnan(slope)
    moves, middles = STROKE * spacing / 2 * _unit(moves[known]), middles[known]
    return np.stack([_placed(view, middles - moves), _placed(view, middles + moves)], axis=1)


def vector_field(
    u: Expr, v: Expr, view: View, spacing: float, budget: Budget = UNLIMITED
) -> tuple[Array, Array, Array]:
    """Arrows of the field (u(x, y), v(x, y)): starts and ends of shape (n, 2) in data units, magnitudes (n,).

    Their middles lie on a grid with about `spacing` pixels between, their directions are those of the field in data
    units as the view shows them.  The longest have 0.9 of the spacing; lengths grow as the root of the magnitude, from
    a quarter of that on.  There is no arrow where the field is zero or undefined.
    """
    middles = _grid(view, spacing)
    places = _placed(view, middles)
    budget.check()
    field = np.column_stack(compile_many((u, v), "x", "y", budget=budget)(*places.T))
    with np.errstate(all="ignore"):
        magnitude = np.hypot(*field.T)
        kept = np.isfinite(magnitude) & (magnitude > 0)
        field, magnitude, places, middles = field[kept], magnitude[kept], places[kept], middles[kept]
        if magnitude.size == 0:
            return np.empty((0, 2)), np.empty((0, 2)), magnitude
        moves = _unit(_unit(field) * _scales(view, places))
        share = np.sqrt(np.minimum(magnitude / np.percentile(magnitude, TYPICAL), 1.0))
    moves *= ARROW * spacing / 2 * (SHORTEST + (1 - SHORTEST) * share[:, None])
    return _placed(view, middles - moves), _placed(view, middles + moves), magnitude


def _grid(view: View, spacing: float) -> Array:
    """Places in pixels from the lower left corner, shape (n, 2), evenly and with half a gap at the edges."""
    coarser = max(1.0, np.sqrt(view.width * view.height / (spacing * spacing) / MOST))
    across, up = (max(1, round(size / (spacing * coarser))) for size in (view.width, view.height))
    columns = (np.arange(across) + 0.5) * view.width / across
    rows = (np.arange(up) + 0.5) * view.height / up
    return np.stack(np.meshgrid(columns, rows), axis=-1).reshape(-1, 2)


def _placed(view: View, pixels: Array) -> Array:
    """Data units of places in pixels, both of shape (n, 2)."""
    share = pixels[:, 0] / view.width
    x = view.low * (view.high / view.low) ** share if view.log else view.low + share * (view.high - view.low)
    return np.column_stack([x, view.values(pixels[:, 1])])


def _scales(view: View, places: Array) -> Array:
    """Pixels for one unit of x and of y at places in data units, shape (n, 2)."""
    x, y = places.T
    across = view.width / (x * np.log(view.high / view.low) if view.log else view.high - view.low)
    up = view.height / (y * np.log(view.y_high / view.y_low) if view.y_log else view.y_high - view.y_low)
    return np.column_stack(np.broadcast_arrays(across, up, x)[:2])


def _slopes(rhs: Expr, view: View, pixels: Array, budget: Budget) -> Array:
    """The slopes at places in pixels, in pixels; an overflow is ±inf."""
    places = _placed(view, pixels)
    budget.check()
    slope = compile_many((rhs,), "x", "y", budget=budget)(*places.T)[0]
    scales = _scales(view, places)
    with np.errstate(all="ignore"):
        return np.asarray(slope * (scales[:, 1] / scales[:, 0]))


def _beside(rhs: Expr, view: View, pixels: Array, budget: Budget) -> Array:
    """Infinite where the slopes left and right, or above and below, are all steep; else NaN."""
    steep = []
    for move in ((BESIDE, 0.0), (0.0, BESIDE)):
        both = [np.abs(_slopes(rhs, view, pixels + side * np.array(move), budget)) for side in (-1.0, 1.0)]
        steep.append(np.isfinite(both).all(axis=0) & (np.minimum(*both) > STEEP))
    return np.where(steep[0] | steep[1], np.inf, np.nan)


def _unit(vectors: Array) -> Array:
    """The vectors, shape (n, 2), with length 1; large and small ones alike."""
    with np.errstate(all="ignore"):
        top = np.abs(vectors).max(axis=1, initial=0.0, keepdims=True)
        scaled = vectors / top
        return np.asarray(scaled / np.hypot(*scaled.T)[:, None])
