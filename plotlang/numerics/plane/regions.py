"""Where a condition of x and y holds: outlines to shade, and borders to draw."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

import numpy as np
from numpy.typing import NDArray

from plotlang.numerics.compile import Points
from plotlang.numerics.explicit.snapped import snapped_operation
from plotlang.numerics.limits import UNLIMITED, Budget
from plotlang.numerics.plane.conditions import borders
from plotlang.numerics.plane.factors import LESS
from plotlang.numerics.plane.joining import cut
from plotlang.numerics.plane.raster import Raster
from plotlang.numerics.plane.shading import Inside, outlines
from plotlang.numerics.plane.surface import NAMES, Surface
from plotlang.numerics.plane.tracing import trace

if TYPE_CHECKING:
    from collections.abc import Iterator

    from plotlang.language.syntax import Expr
    from plotlang.numerics.plane.conditions import Border
    from plotlang.numerics.plane.shading import Outline
    from plotlang.numerics.realmath import Array
    from plotlang.numerics.view import View

Mask: TypeAlias = NDArray[np.bool_]
Paths: TypeAlias = "tuple[Array, ...]"

BESIDE = 0.02
"""How far beside a border (in pixels) it is looked whether the region lies on one side only."""
HALVINGS = 40
MOST_POINTS = 60_000
"""Outlines of more points are not searched for jumps."""
POLE = 1e3
"""A difference that grows by this factor towards a border has a pole there."""


def region(condition: Expr, view: View, budget: Budget = UNLIMITED) -> tuple[Paths, Paths, Paths]:
    """Where a condition of x and y holds: outlines (n, 2) to fill by the even-odd rule, solid and dashed borders.

    Borders are solid where they belong to the region and dashed where they do not; only their parts along the region
    are given.  Raises as `compile_expr` does.
    """
    raster, inside = Raster.of(view), Inside(condition, budget)
    solid: list[Array] = []
    dashed: list[Array] = []
    known = borders(condition)
    with np.errstate(all="ignore"):
        around = outlines(inside, raster)
        for border in known:
            (solid if border.solid else dashed).extend(_along(inside, border, raster))
        for path, taken in _jumps(inside, [Surface(each.difference, budget) for each in known], around, raster):
            (solid if taken else dashed).append(path)
    return tuple(each.points for each in around), tuple(solid), tuple(dashed)


def _along(inside: Inside, border: Border, raster: Raster) -> list[Array]:
    """The parts of the curve where both sides of a comparison are equal that have the region on one side only."""
    found = trace(border.difference, raster.view, inside.budget)
    met, unmet = Inside(border.met, inside.budget), Inside(border.unmet, inside.budget)
    lines, areas = len(found.paths) - found.painted, len(found.paths) - found.filled
    single = [*found.paths[:lines], *_specks(found.dots, raster)]
    kept = cut(single, lambda points, ends: _parts(inside, met, points, ends, raster))
    return kept + cut(found.paths[lines:areas], lambda points, _: met.at(*points.T) != unmet.at(*points.T))


def _parts(inside: Inside, met: Inside, points: Array, ends: NDArray[np.intp], raster: Raster) -> Mask:
    """Whether the region lies on one side only at points of paths, of which each ends before one of `ends`."""
    pixel = np.stack(raster.pixels(points), axis=1)
    scaled, step = points / pixel, np.empty_like(points)
    starts = np.append(0, ends[:-1])
    step[1:-1] = scaled[2:] - scaled[:-2]
    step[starts], step[ends - 1] = scaled[starts + 1] - scaled[starts], scaled[ends - 1] - scaled[ends - 2]
    length = np.hypot(step[:, 0], step[:, 1])
    aside = BESIDE * pixel * np.stack([-step[:, 1], step[:, 0]], axis=1) / np.where(length == 0, 1.0, length)[:, None]
    places = [points, points + aside, points - aside]
    one, two = (inside.at(*each.T) for each in places[1:])
    alone = np.logical_and.reduce([met.at(*each.T) != one for each in places])
    return np.asarray((one != two) | alone)


def _specks(dots: Array, raster: Raster) -> list[Array]:
    """Isolated points as strokes half a pixel long."""
    aside = np.stack([raster.pixels(dots)[0] / 4, np.zeros(len(dots))], axis=1)
    return list(np.stack([dots - aside, dots + aside], axis=1))


def _jumps(
    inside: Inside, differences: list[Surface], around: list[Outline], raster: Raster
) -> Iterator[tuple[Array, bool]]:
    """The parts of outlines on which no difference vanishes, and whether they belong to the region."""
    if not around or sum(len(each.points) for each in around) > MOST_POINTS:
        return
    points = np.concatenate([each.points for each in around])
    jump = ~np.concatenate([each.frame for each in around])
    inner, outer = (np.concatenate([getattr(each, name) for each in around]) for name in ("inner", "outer"))
    for each in differences:
        jump[jump] = ~_falling(each, raster, inner[jump], outer[jump])
    if not jump.any():
        return
    inner, outer = inner[jump], outer[jump]
    kind = jump.astype(np.int8)
    kind[jump] += _included(inside, differences, inner, outer)
    for path, kinds in _split(points, kind, np.cumsum([len(each.points) for each in around])[:-1]):
        if kinds and len(path) > 1:
            yield path, kinds == 2


def _falling(difference: Surface, raster: Raster, inner: Array, outer: Array) -> Mask:
    """Whether a difference falls to zero towards a border from both sides."""
    pixel = np.stack(raster.pixels(inner), axis=1)
    away = np.sign(outer - inner) * pixel / 2
    result = np.ones(len(inner), dtype=bool)
    far = np.maximum(*(np.abs(difference.at(*place.T)) for place in (inner - away, outer + away)))
    for place in (inner, outer):
        result &= np.abs(difference.at(*place.T)) <= LESS * far
    return result & (far > 0)


def _split(points: Array, kind: NDArray[np.int8], starts: NDArray[np.intp]) -> Iterator[tuple[Array, int]]:
    turned = np.append(False, np.diff(kind) != 0)
    turned[starts] = True
    cuts = np.flatnonzero(turned)
    for part, kinds in zip(np.split(points, cuts), np.split(kind, cuts), strict=True):
        yield part, int(kinds[0])


def _included(inside: Inside, differences: list[Surface], inner: Array, outer: Array) -> Mask:
    """Whether the condition holds exactly on a border between points inside and outside that are close together."""
    start = outer
    for _ in range(HALVINGS):
        middle = (inner + outer) / 2
        there = inside.at(middle[:, 0], middle[:, 1])[:, None]
        inner, outer = np.where(there, middle, inner), np.where(there, outer, middle)
    triple = np.stack([inner, (inner + outer) / 2, outer], axis=1)
    value = Points(inside.code, NAMES, inside.budget, snapped_operation)((triple[:, :, 0], triple[:, :, 1]))[0]
    held = np.broadcast_to(value, triple.shape[:2])[:, 1]
    pole = np.zeros(len(inner), dtype=bool)
    for each in differences:
        near, far = np.abs(each.at(outer[:, 0], outer[:, 1])), np.abs(each.at(start[:, 0], start[:, 1]))
        pole |= near > POLE * far
    return np.asarray((held != 0) & ~np.isnan(held) & ~pole)
