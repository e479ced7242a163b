"""The labels of a picture: which are drawn, and where; `placement` says how the places are chosen."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from plotlang.model.geometry import Dots, Label
from plotlang.render import style
from plotlang.render.ink import Words
from plotlang.render.items import dot_radius
from plotlang.render.placement import OVERLAPPED, placed
from plotlang.render.positions import Surroundings, Texts
from plotlang.render.rectangles import grown, overlap, sides
from plotlang.render.scene import zeros
from plotlang.render.words import fitted

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from plotlang.model.geometry import Array
    from plotlang.render.crowd import Crowd
    from plotlang.render.scene import Scene
    from plotlang.render.words import Measure, Typeset

_GAP: Final = 3.2  # CSS pixels between a dot and its label
_SEAM: Final = 3.0  # CSS pixels around a label that are kept clear
_SAME: Final = 1.5  # CSS pixels: places that are nearer are one


@dataclass(frozen=True, slots=True)
class Wish:
    """A label that belongs at (x, y), in CSS pixels, beside a dot of this radius or centred there."""

    x: float
    y: float
    text: Typeset
    color: str
    radius: float
    centred: bool
    optional: bool

    @property
    def extent(self) -> tuple[float, float]:
        """Width and height of the text in CSS pixels; at least as high as capital letters."""
        return self.text.width, self.text.depth + max(self.text.height - self.text.depth, self.capital)

    @property
    def capital(self) -> float:
        """The height of capital letters in CSS pixels."""
        return style.CAP_HEIGHT * self.text.size

    def centre(self) -> tuple[float, float]:
        """The middle of the rectangle of a centred label: capital letters stand around its place."""
        return self.x, self.y + (self.extent[1] - self.capital) / 2 - self.text.depth


def wishes(scene: Scene) -> list[Wish]:
    """The labels of a drawing whose places are visible, each once.

    Of optional labels at one place the longest stays: the coordinates of a point tell more than its x alone.
    """
    found: list[Wish] = []
    near = _SAME * scene.sizes.unit
    at: dict[tuple[int, int], list[int]] = {}  # the numbers of wishes, by their place in a grid
    for wish in _all(scene):
        column, row = round(wish.x / near), round(wish.y / near)
        around = (at.get((column + i, row + j), ()) for i in (0, -1, 1) for j in (0, -1, 1))
        same = next((n for numbers in around for n in numbers if _is_same(wish, found[n], near)), None)
        if same is None:
            at.setdefault((column, row), []).append(len(found))
            found.append(wish)
        elif _rank(wish) > _rank(found[same]):
            found[same] = wish
    return found


def _is_same(one: Wish, other: Wish, near: float) -> bool:
    alike = one.text.text == other.text.text or (one.optional and other.optional and one.centred == other.centred)
    return alike and abs(one.x - other.x) < near and abs(one.y - other.y) < near


def _rank(wish: Wish) -> tuple[bool, int]:
    return not wish.optional, len(wish.text.text)


def _all(scene: Scene) -> Iterator[Wish]:
    box, sizes = grown(sides(scene.place.box), 0.5), scene.sizes
    for item in scene.drawing.items:
        shown = [shape for shape in item.shapes if isinstance(shape, Label) and shape.text]
        if not shown:
            continue
        count = sum(len(shape.points) for shape in item.shapes if isinstance(shape, Dots))
        radius = dot_radius(item.look, sizes, count) if count else 0.0
        color = style.mixed(item.look.color, style.TEXT, 0.4)
        at = scene.place.pixels(np.array([(shape.x, shape.y) for shape in shown], float))
        inside = ((at >= box[:2]) & (at <= box[2:])).all(axis=1)  # not where a coordinate is no number
        for n in np.flatnonzero(inside):
            shape, (x, y) = shown[n], at[n].tolist()
            text = fitted(shape.text, sizes.label, scene.place.box.width - 2.0 * _SEAM * sizes.unit, scene.measure)
            if text.text:
                yield Wish(x, y, text, color, radius, shape.centred, shape.optional)


def rough(wanted: Sequence[Wish]) -> Array:
    """About where the labels will be, before their places are known: rectangles (4, n)."""
    found = []
    for wish in wanted:
        (width, height), (x, y) = wish.extent, wish.centre()
        left, bottom = (x - width / 2, y - height / 2) if wish.centred else (wish.x + wish.radius, wish.y + wish.radius)
        found.append((left, bottom, left + width, bottom + height))
    return np.array(found).reshape(-1, 4).T


@dataclass(frozen=True, slots=True, eq=False)
class Spot:
    """A label that is drawn: its rectangle (4,) in CSS pixels, and the width of the white seam of its letters."""

    wish: Wish
    rectangle: Array
    halo: float

    def words(self) -> Words:
        """The label as ink."""
        left, bottom = float(self.rectangle[0]), float(self.rectangle[1])
        text = self.wish.text
        return Words(left, bottom + text.depth, text.text, text.size, self.wish.color, halo=self.halo)

    def beside(self, wish: Wish, box: Array) -> Spot:
        """The spot of a label that took this one's place: on the same side of its dot, and inside the box (4,)."""
        old, size = self.wish, np.array(wish.extent)
        at, before = np.array((wish.x, wish.y)), np.array((old.x, old.y))
        low, high = self.rectangle[:2], self.rectangle[2:]
        right, left = low >= before, high <= before
        middle = at + (low + high) / 2 - before - size / 2
        corner = np.where(right, at + low - before, np.where(left, at + high - before - size, middle))
        corner = np.maximum(np.minimum(corner, box[2:] - size), box[:2])
        return Spot(wish, np.concatenate((corner, corner + size)), self.halo)


def spots(wanted: Sequence[Wish], taken: Array, crowd: Crowd, scene: Scene) -> list[Spot]:
    """The labels that are drawn, and where; `taken` (4, k) are rectangles to keep clear of."""
    seam = _SEAM * scene.sizes.unit
    found = [*_centred(wanted, taken, scene, seam)]
    fixed = np.hstack([taken, *(spot.rectangle[:, None] for spot in found)])
    beside = sorted((wish for wish in wanted if not wish.centred), key=lambda wish: wish.optional)
    if not beside:
        return found
    texts = Texts(
        np.array([(wish.x, wish.y) for wish in beside]).T,
        np.array([wish.extent for wish in beside]).T,
        np.array([wish.radius + _GAP * scene.sizes.unit for wish in beside]),
        np.array([wish.optional for wish in beside]),
    )
    around = Surroundings(scene.place.box, scene.sizes.unit, seam, crowd, fixed, _zero_lines(scene))
    rectangles, kept = placed(texts, around)
    places = zip(beside, rectangles.T, kept, strict=True)
    return found + [Spot(wish, rectangle, style.HALO) for wish, rectangle, shown in places if shown]


def followed(wanted: Sequence[Wish], before: Sequence[Wish], kept: Sequence[Spot], scene: Scene) -> list[Spot] | None:
    """The same labels a moment later, each on the side of its dot where it was; None if they are not the same ones."""
    kinds = [[(wish.centred, wish.optional, wish.color) for wish in each] for each in (wanted, before)]
    if kinds[0] != kinds[1]:
        return None
    box = grown(sides(scene.place.box), -_SEAM * scene.sizes.unit)
    now = {id(old): new for old, new in zip(before, wanted, strict=True)}
    return [spot.beside(now[id(spot.wish)], box) for spot in kept]


def _centred(wanted: Iterable[Wish], taken: Array, scene: Scene, seam: float) -> Iterator[Spot]:
    """The centred labels, texts first; optional ones that lie on an earlier one are left out."""
    box = grown(sides(scene.place.box), -seam)
    low, high = box[:2], box[2:]
    for wish in sorted((wish for wish in wanted if wish.centred), key=lambda wish: wish.optional):
        half = np.array(wish.extent) / 2
        middle = np.clip(wish.centre(), low + half, np.maximum(high - half, low + half))
        rectangle = np.concatenate((middle - half, middle + half))
        if wish.optional and (overlap(rectangle[:, None], grown(taken, seam)) > OVERLAPPED).any():
            continue
        taken = np.column_stack((taken, rectangle))
        number = any(char.isdigit() for char in wish.text.text)
        yield Spot(wish, rectangle, style.NUMBER_HALO if number else style.TEXT_HALO)


def _zero_lines(scene: Scene) -> tuple[list[float], list[float]]:
    """The zero lines in CSS pixels; none where no axes are drawn."""
    if scene.drawing.frame == "off":
        return [], []
    x, y = (np.array(values) for values in zeros(scene))
    return scene.place.across(x).tolist(), scene.place.up(y).tolist()


def word_boxes(words: Iterable[Words], measure: Measure) -> Array:
    """The rectangles of level words, (4, n)."""
    found = []
    for word in words:
        width, height, depth = measure(word.text, word.size, math=word.math) if word.text else (0.0, 0.0, 0.0)
        left, bottom = word.x - word.anchor * width, word.y - depth
        found.append((left, bottom, left + width, bottom + height))
    return np.array(found).reshape(-1, 4).T
