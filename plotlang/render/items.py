"""The shapes of an object as ink, in layers: areas lie under lines, lines under dots; `labels` come last."""

from __future__ import annotations

from math import sqrt
from typing import TYPE_CHECKING, Final, assert_never

import numpy as np

from plotlang.model.geometry import Arrows, Asymptotes, Dots, Label, Polygons, Polyline
from plotlang.render import style
from plotlang.render.ink import Fill, Marks, Stroke
from plotlang.render.outlines import oriented

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from plotlang.model.drawing import Drawn, Look
    from plotlang.model.geometry import Array, Shape
    from plotlang.render.ink import Ink
    from plotlang.render.projection import Projection
    from plotlang.render.style import Sizes

_MANY: Final = 150  # dots, from which on they are drawn smaller
_AREA, _LINE, _DOT = range(3)


def drawn(items: Sequence[Drawn], place: Projection, sizes: Sizes) -> tuple[list[Ink], list[Ink]]:
    """The ink of all objects but their labels: areas with the lines on them, and dots."""
    inks = [found for item in items for shape in item.shapes for found in _ink(shape, item.look, place, sizes)]
    ordered = sorted(inks, key=lambda found: found[0])
    return [ink for layer, ink in ordered if layer != _DOT], [ink for layer, ink in ordered if layer == _DOT]


def _ink(shape: Shape, look: Look, place: Projection, sizes: Sizes) -> Iterator[tuple[int, Ink]]:
    match shape:
        case Polyline():
            paths = tuple(run for path in shape.paths for run in place.runs(path))
            yield _LINE, Stroke(paths, look.color, sizes.points(look.width), look.line, look.opacity, clip=True)
        case Dots():
            yield _DOT, _marks(shape, look, place, sizes)
        case Polygons():
            outlines = (run for outline in shape.outlines for run in place.runs(outline) if len(run) > 2)
            fill = style.FILL_OPACITY * look.opacity
            yield _AREA, Fill(tuple(oriented(list(outlines))), look.color, fill, clip=True)
        case Arrows():
            yield from ((_LINE, ink) for ink in _arrows(shape, look, place, sizes))
        case Asymptotes():
            yield _LINE, _asymptotes(shape, look, place, sizes)
        case Label():
            return
        case _:
            assert_never(shape)


def dot_radius(look: Look, sizes: Sizes, count: int = 1) -> float:
    """The radius of a dot in CSS pixels; smaller where there are very many."""
    grown = sizes.dot * sqrt(min(max(look.width / 2.0, 0.5), 4.0))
    return grown if count <= _MANY else grown * max(0.4, sqrt(sqrt(_MANY / count)))


def _marks(shape: Dots, look: Look, place: Projection, sizes: Sizes) -> Marks:
    pixels = place.pixels(shape.points)
    pixels = place.inside(pixels[np.isfinite(pixels).all(axis=1)])
    radius = dot_radius(look, sizes, len(pixels))
    filled = shape.filled and look.filled
    edge = 2.0 * sizes.unit if not filled or look.marker == "cross" else 1.0
    fill = look.color if filled else style.PAPER
    return Marks(pixels, look.marker, radius, look.color, fill, edge, look.opacity)


def _asymptotes(shape: Asymptotes, look: Look, place: Projection, sizes: Sizes) -> Stroke:
    box = place.box
    paths = [
        np.array([(x, box.bottom), (x, box.top)]) for x in place.across(np.array(shape.x, float)) if np.isfinite(x)
    ]
    paths += [np.array([(box.left, y), (box.right, y)]) for y in place.up(np.array(shape.y, float)) if np.isfinite(y)]
    color = style.mixed(look.color, "#8a8f96", 0.5)
    return Stroke(tuple(paths), color, 1.3 * sizes.unit, "dashed", look.opacity, clip=True)


def _arrows(shape: Arrows, look: Look, place: Projection, sizes: Sizes) -> Iterator[Ink]:
    """Shafts and heads of all arrows together; an arrow shorter than its head is all head."""
    start, end = place.pixels(shape.start), place.pixels(shape.end)
    n = min(len(start), len(end))
    with np.errstate(all="ignore"):
        along = end[:n] - start[:n]
        length = np.hypot(along[:, 0], along[:, 1])
        kept = np.isfinite(length) & (length > 0.1)
    start, end, along, length = start[:n][kept], end[:n][kept], along[kept], length[kept]
    width = sizes.points(look.width)
    head = np.minimum((6.0 * sizes.unit + 2.2 * width), 0.6 * length)[:, None]
    ahead = along / length[:, None]
    neck = end - 0.85 * head * ahead
    shafts = tuple(np.stack((start, neck), axis=1))
    yield Stroke(shafts, look.color, width, look.line, look.opacity, clip=True)
    yield Fill(tuple(_heads(end, ahead, head)), look.color, look.opacity, clip=True)


def _heads(tip: Array, ahead: Array, size: Array) -> Array:
    """Triangles of shape (n, 3, 2): tips, unit directions of shape (n, 2), lengths of shape (n, 1) in CSS pixels."""
    aside = ahead[:, ::-1] * np.array([-1.0, 1.0])
    base = tip - size * ahead
    return np.stack((tip, base + 0.38 * size * aside, base - 0.38 * size * aside), axis=1)
