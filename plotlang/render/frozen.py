"""A figure drawn for all positions of its sliders, as HTML that needs neither a kernel nor a network.

What is the same in all frames stands once in an SVG picture, the frame of the present position with it; this picture
is all that is left where scripts are not run.  The other frames follow as data: the pieces that differ, each once.
"""

from __future__ import annotations

import json
from base64 import b64encode
from collections import Counter
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from functools import cache
from hashlib import sha256
from html import escape
from importlib.resources import files
from itertools import zip_longest
from math import prod
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from plotlang.render.glyphs import outline
from plotlang.render.style import PAPER
from plotlang.render.vector import EM, UNITS, Lettering, numbers, short

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from plotlang.model.margins import Box
    from plotlang.render.glyphs import Glyph
    from plotlang.render.vector import Fragment

_CLASS: Final = "plotlang-frozen"

Key: TypeAlias = "tuple[Fragment, int]"
"""A fragment, and how many equal ones came before it in its frame."""


@dataclass(frozen=True, slots=True)
class Track:
    """A slider: its name, what is written at each of its positions, and which of them is the present one."""

    name: str
    texts: tuple[str, ...]
    start: int


@dataclass(frozen=True, slots=True)
class Frame:
    """One picture: its fragments from the lowest to the highest, and itself in words."""

    fragments: tuple[Fragment, ...]
    description: str


@dataclass(frozen=True, slots=True, eq=False)
class Film:
    """All frames, one for each combination of positions; the last of the `tracks` runs fastest.

    `width` and `height` of the picture and its `axes` are in CSS pixels; `note` is written below, and if it is to be
    `told`, the picture in words.
    """

    tracks: tuple[Track, ...]
    frames: tuple[Frame, ...]
    width: int
    height: int
    axes: Box
    note: str = ""
    told: bool = True

    def __post_init__(self) -> None:
        if len(self.frames) != prod(len(track.texts) for track in self.tracks):
            raise ValueError("there is one frame for each combination of positions")

    @property
    def start(self) -> int:
        """Which frame is the present one."""
        place = 0
        for track in self.tracks:
            place = place * len(track.texts) + track.start
        return place

    @property
    def present(self) -> Frame:
        """The frame of the present position."""
        return self.frames[self.start]

    @property
    def place(self) -> str:
        """The present position in words, for example ``a = 1, b = 2``."""
        return ", ".join(f"{track.name} = {track.texts[track.start]}" for track in self.tracks)


@cache
def script() -> str:
    """The program that makes the sliders work: the same for all figures of a page."""
    return files("plotlang.render").joinpath("frozen.js").read_text(encoding="utf-8")


@cache
def styles() -> str:
    """The style sheet of the sliders."""
    return files("plotlang.render").joinpath("frozen.css").read_text(encoding="utf-8")


def fragment(film: Film) -> str:
    """The figure as HTML for a page that brings `styles` and `script`."""
    static, slots = _split([frame.fragments for frame in film.frames], film.start)
    glyphs = _numbered(glyph for frame in film.frames for each in frame.fragments for glyph in _glyphs(each))
    moving = [slot for slot in slots if any(slot)]
    looks = _numbered(each.look for slot in moving for pieces in slot for each in pieces)
    parts = _numbered(each for slot in moving for pieces in slot for each in pieces)
    told = _numbered(frame.description for frame in film.frames)
    data: dict[str, Any] = {
        "sliders": [{"name": each.name, "texts": each.texts, "start": each.start} for each in film.tracks],
        "looks": list(looks),
        "parts": [[looks[each.look], _numbers_of(each.body, glyphs)] for each in parts],
        "frames": [[[parts[each] for each in slot[n]] for slot in moving] for n in range(len(film.frames))],
        "words": list(told),
        "told": [told[frame.description] for frame in film.frames],
    }
    name = "p" + sha256(repr((data, static, list(glyphs))).encode()).hexdigest()[:10]
    data["id"] = name
    data["looks"] = [look.replace("@", name) for look in looks]
    still = _image(film, _still(film, static, slots, glyphs, name))
    note = f"<p>{_text(film.note)}</p>" if film.note else ""
    words = f'<div class="{_CLASS}-words">{escape(film.present.description)}</div>'
    folded = f"<details><summary>Description</summary>{words}</details>" if film.told else ""
    return (
        f'<div class="{_CLASS}">{still}<p class="{_CLASS}-place">{_text(film.place)}</p>{note}{folded}'
        f'<script type="application/json">{_data(data)}</script></div>'
    )


def image(film: Film) -> str:
    """The present frame alone, as an HTML image."""
    alone = replace(film, tracks=(), frames=(film.present,))
    glyphs = _numbered(glyph for each in film.present.fragments for glyph in _glyphs(each))
    return _image(alone, _still(alone, list(film.present.fragments), [], glyphs, "p"))


def _image(film: Film, svg: str) -> str:
    source = f"data:image/svg+xml;base64,{b64encode(svg.encode('ascii')).decode('ascii')}"
    size = f'width="{film.width}" height="{film.height}"'
    return f'<img src="{source}" {size} alt="{_text(film.present.description)}">'


def standalone(film: Film) -> str:
    """The figure as HTML that brings everything along."""
    return f"<style>{styles()}</style>{fragment(film)}<script>{script()}</script>"


def _text(text: str) -> str:
    return escape(" ".join(text.split()))


def _data(data: dict[str, Any]) -> str:
    """JSON that no parser of HTML takes for anything else."""
    text = json.dumps(data, separators=(",", ":"))
    return text.replace("&", "\\u0026").replace("<", "\\u003c").replace(">", "\\u003e")


def _split(
    frames: Sequence[tuple[Fragment, ...]], start: int
) -> tuple[list[Fragment], list[list[tuple[Fragment, ...]]]]:
    """What is in all frames, in order, and what each frame has before, between and after those.

    The slots, one more than there are common fragments, hold for each frame a tuple of fragments.
    """
    keyed = [_keyed(frame) for frame in frames]
    common = keyed[start]
    for keys in keyed:
        present = set(keys)
        common = [key for key in common if key in present]
        kept = set(common)
        same = [key for key in keys if key in kept]
        if same != common:
            blocks = SequenceMatcher(None, common, same, autojunk=False).get_matching_blocks()
            common = [key for block in blocks for key in common[block.a : block.a + block.size]]
    slots: list[list[tuple[Fragment, ...]]] = [[] for _ in range(len(common) + 1)]
    for keys in keyed:
        for slot, pieces in zip(slots, _between(keys, common), strict=True):
            slot.append(pieces)
    return [each for each, _ in common], slots


def _keyed(frame: Iterable[Fragment]) -> list[Key]:
    seen: Counter[Fragment] = Counter()
    found = []
    for each in frame:
        found.append((each, seen[each]))
        seen[each] += 1
    return found


def _between(keys: list[Key], common: list[Key]) -> list[tuple[Fragment, ...]]:
    found, place = [], 0
    for key in common:
        stop = keys.index(key, place)
        found.append(tuple(each for each, _ in keys[place:stop]))
        place = stop + 1
    found.append(tuple(each for each, _ in keys[place:]))
    return found


def _numbered(values: Iterable[Any]) -> dict[Any, int]:
    return {value: n for n, value in enumerate(dict.fromkeys(values))}


def _glyphs(piece: Fragment) -> list[Glyph]:
    return [glyph for glyph, _ in piece.body.glyphs] if isinstance(piece.body, Lettering) else []


def _numbers_of(body: str | Lettering, glyphs: dict[Glyph, int]) -> Any:
    """The data of a path, or a line of text as numbers: place, size, angle, halo, glyphs with their distances."""
    if isinstance(body, str):
        return body
    scale = round(body.size / EM, 5)
    placed = [number for glyph, along in body.glyphs for number in (glyphs[glyph], along)]
    return [body.x, body.y, scale, -body.angle, body.halo, *placed]


def _still(
    film: Film,
    static: list[Fragment],
    slots: list[list[tuple[Fragment, ...]]],
    glyphs: dict[Glyph, int],
    name: str,
) -> str:
    """The present frame as an SVG picture; what differs from frame to frame stands in groups marked as slots."""

    def drawn(pieces: Iterable[Fragment]) -> str:
        return "".join(_drawn(each, glyphs, name) for each in pieces)

    box, width, height = film.axes, film.width * UNITS, film.height * UNITS
    places = ((box.left, film.height - box.top), (box.width, box.height))
    (x, y), (across, up) = ((a * UNITS, b * UNITS) for a, b in places)
    defined = "".join(f'<path id="{name}-{n}" d="{outline(glyph, EM)}"/>' for glyph, n in glyphs.items())
    body = []
    for slot, common in zip_longest(slots, static):
        body.append(f'<g data-slot="">{drawn(slot[film.start])}</g>' if slot and any(slot) else "")
        body.append(drawn([common]) if common else "")
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{film.width}"'
        f' height="{film.height}" fill="none" stroke-linejoin="round"><defs>{defined}'
        f'<clipPath id="{name}c"><path d="M{numbers((x, y))}h{across}v{up}h{-across}z"/></clipPath></defs>'
        f'<path fill="{PAPER}" d="M0 0h{width}v{height}h{-width}z"/>{"".join(body)}</svg>'
    )


def _drawn(piece: Fragment, glyphs: dict[Glyph, int], name: str) -> str:
    """A piece as SVG; `frozen.js` does the same for the other frames."""
    look = piece.look.replace("@", name)
    if isinstance(piece.body, str):
        return f'<path {look} d="{piece.body}"/>'
    text = piece.body
    used = "".join(
        f'<use href="#{name}-{glyphs[glyph]}"' + (f' x="{along}"' if along else "") + "/>"
        for glyph, along in text.glyphs
    )
    turn = f"rotate({short(-text.angle)})" if text.angle else ""
    halo = f'<g fill="{PAPER}" stroke="{PAPER}" stroke-width="{text.halo}">{used}</g>' if text.halo else ""
    place = f"translate({text.x} {text.y}){turn}scale({round(text.size / EM, 5)})"
    return f'<g {look} transform="{place}">{halo}{used}</g>'
