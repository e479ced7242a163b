"""Ink as compact pieces of SVG: whole tenths of CSS pixels, relative, thinned, and clipped to what is seen.

Paths lose at most 0.07 CSS pixels by thinning (Douglas and Peucker, "Algorithms for the reduction of the number of
points", 1973) and 0.07 by rounding.  Letters are given once each, and placed by reference.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, assert_never

import numpy as np

from plotlang.render.glyphs import spelled
from plotlang.render.ink import Fill, Marks, Stroke, Words
from plotlang.render.style import DASHES, channels
from plotlang.render.thinning import clipped, clipped_outline, thinned

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from numpy.typing import NDArray

    from plotlang.model.geometry import Array
    from plotlang.model.margins import Box
    from plotlang.render.glyphs import Glyph
    from plotlang.render.ink import Ink

UNITS: Final = 10  # of a path, in a CSS pixel
EM: Final = 1000  # units of a glyph, in the size of its font
_SEAM: Final = 2.0  # CSS pixels around the axes that clipped paths still reach


@dataclass(frozen=True, slots=True)
class Lettering:
    """A line of text: its start and the size of its font in units, its angle, its halo in units of a glyph, its glyphs.

    Each glyph comes with its distance from the start, in units of a glyph.
    """

    x: int
    y: int
    size: float
    angle: float
    halo: int
    glyphs: tuple[tuple[Glyph, int], ...]


@dataclass(frozen=True, slots=True)
class Fragment:
    """One piece of a picture: attributes of SVG, and the data of a path or a line of text.

    In attributes, ``@c`` stands for the name of the clipping rectangle.
    """

    look: str
    body: str | Lettering


def fragments(inks: Iterable[Ink], axes: Box, height: int) -> tuple[Fragment, ...]:
    """All ink of a picture of this height in CSS pixels, from the lowest to the highest."""
    return tuple(found for ink in inks for found in _of(ink, axes, height))


def _of(ink: Ink, axes: Box, height: int) -> Iterator[Fragment]:
    match ink:
        case Stroke():
            body = "".join(path_data(path, height) for path in _strokes(ink, axes))
        case Fill():
            outlines = [_outline(each, axes) if ink.clip else each for each in ink.outlines]
            body = "".join(path_data(each, height, closed=True) for each in map(_thin_outline, outlines) if len(each))
        case Marks():
            body = "".join(_mark(ink, x, y) for x, y in _whole(ink.points, height).tolist())
        case Words():
            if ink.text:
                yield Fragment(f'fill="{_color(ink.color)}"', _lettering(ink, height))
            return
        case _:
            assert_never(ink)
    if body:
        yield Fragment(_look(ink), body)


def _strokes(ink: Stroke, axes: Box) -> Iterator[Array]:
    """The paths of a stroke as they are drawn."""
    for path in ink.paths:
        if ink.snap:
            yield np.floor(path) + 0.5  # between two pixels a thin line would be a broad grey one
            continue
        for run in clipped(path, axes, _SEAM + ink.width) if ink.clip else [path]:
            yield thinned(run)


def _outline(outline: Array, axes: Box) -> Array:
    return clipped_outline(outline, axes, _SEAM)


def _thin_outline(outline: Array) -> Array:
    return thinned(np.vstack((outline, outline[:1])))[:-1] if len(outline) > 2 else outline[:0]


def _look(ink: Stroke | Fill | Marks) -> str:
    clip = ' clip-path="url(#@c)"' if not isinstance(ink, Marks) and ink.clip else ""
    if isinstance(ink, Fill):
        return f'fill="{_color(ink.color)}"{_share("fill", ink.opacity)}{clip}'
    width = short(ink.width * UNITS)
    line = f'stroke="{_color(ink.color)}" stroke-width="{width}"{_share("stroke", ink.opacity)}{clip}'
    if isinstance(ink, Marks):
        return line if ink.marker == "cross" else f'fill="{_color(ink.fill)}"{_share("fill", ink.opacity)} {line}'
    pattern = DASHES[ink.dash]
    if pattern:
        return f'{line} stroke-dasharray="{" ".join(short(part * ink.width * UNITS) for part in pattern)}"'
    return line if ink.snap else f'{line} stroke-linecap="round"'


def _color(color: str) -> str:
    return "#" + "".join(f"{round(255 * part):02x}" for part in channels(color))


def _share(of: str, opacity: float) -> str:
    return "" if opacity == 1.0 else f' {of}-opacity="{short(opacity)}"'


def short(number: float) -> str:
    """A number with two decimals at most."""
    text = f"{number:.2f}".rstrip("0").rstrip(".")
    return text if text not in ("", "-0") else "0"


def path_data(path: Array, height: int, *, closed: bool = False) -> str:
    """The path (n, 2), in CSS pixels from the lower left corner, as data of an SVG path."""
    whole = _whole(path, height)
    steps = np.diff(whole, axis=0)
    steps = steps[steps.any(axis=1)]
    first = numbers(whole[0].tolist())
    if not len(steps):
        return "" if closed else f"M{first}l0 0"
    return f"M{first}l{numbers(steps.ravel().tolist())}{'z' if closed else ''}"


def _whole(points: Array, height: int) -> NDArray[np.int64]:
    """Points in whole units from the upper left corner."""
    flipped = np.column_stack((points[:, 0], height - points[:, 1]))
    return np.rint(flipped * UNITS).astype(np.int64)


def numbers(values: Sequence[int]) -> str:
    """Whole numbers with blanks between them where they are needed."""
    text = " ".join(map(str, values))
    return text.replace(" -", "-")


def _mark(ink: Marks, x: int, y: int) -> str:
    radius = max(1, round(ink.radius * UNITS))
    if ink.marker == "circle":
        arc = f"a{radius} {radius} 0 1 0 "
        return f"M{numbers((x - radius, y))}{arc}{2 * radius} 0{arc}{-2 * radius} 0z"
    half = max(1, round(0.9 * ink.radius * UNITS))
    side = 2 * half
    if ink.marker == "square":
        return f"M{numbers((x - half, y - half))}h{side}v{side}h{-side}z"
    return f"M{numbers((x - half, y - half))}l{side} {side}m{-side} 0l{side} {-side}"


def _lettering(ink: Words, height: int) -> Lettering:
    glyphs, width = spelled(ink.text, math=ink.math)
    turn = np.deg2rad(ink.angle)
    back = ink.anchor * width * ink.size
    start = np.array([(ink.x - back * np.cos(turn), ink.y - back * np.sin(turn))])
    ((x, y),) = _whole(start, height).tolist()
    placed = tuple((glyph, round(along * EM)) for glyph, along in glyphs)
    return Lettering(x, y, round(ink.size * UNITS, 1), ink.angle, round(ink.halo * EM), placed)
