"""Text taken apart into the glyphs that it shares with other texts."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, TypeAlias

import numpy as np
from matplotlib.path import Path

from plotlang.render.letters import letters

if TYPE_CHECKING:
    from plotlang.model.geometry import Array

Glyph: TypeAlias = tuple[str, bool]
"""A letter, or a whole line that is not made of single letters; and whether it is mathtext."""

_TAKES = {Path.LINETO: 1, Path.CURVE3: 2, Path.CURVE4: 3}
_COMMANDS = {Path.LINETO: "l", Path.CURVE3: "q", Path.CURVE4: "c"}


@lru_cache(2048)
def spelled(text: str, *, math: bool) -> tuple[tuple[tuple[Glyph, float], ...], float]:
    """The glyphs of a line of text with their distances from its start, and its width, at font size 1.

    Mathtext, and text whose letters change each other, is one glyph.
    """
    whole = letters(text, math=math)
    found = () if math else _letter_by_letter(text, np.asarray(whole.path.vertices))
    return found or (((text, math), 0.0),), whole.width


def _letter_by_letter(text: str, vertices: Array) -> tuple[tuple[Glyph, float], ...]:
    """The letters and where they stand; nothing when the line is not just its letters side by side."""
    found, place = [], 0
    for letter in text:
        if letter.isspace():
            continue
        alone = np.asarray(letters(letter, math=False).path.vertices)
        block = vertices[place : place + len(alone)]
        if len(block) < len(alone):
            return ()
        away = block[0] - alone[0]
        if abs(away[1]) > 1e-3 or np.abs(block - alone - away).max() > 1e-3:
            return ()
        found.append(((letter, False), float(away[0])))
        place += len(alone)
    return tuple(found) if place == len(vertices) else ()


def outline(glyph: Glyph, em: int) -> str:
    """The data of an SVG path, y downwards, in whole units of which `em` are the size of the font."""
    path = letters(glyph[0], math=glyph[1]).path
    if path.codes is None:
        return ""
    whole = np.rint(np.asarray(path.vertices) * (em, -em)).astype(np.int64)
    codes = np.asarray(path.codes).tolist()
    data: list[str] = []
    at, n, last = np.zeros(2, np.int64), 0, ""
    while n < len(codes):
        code, count = codes[n], _TAKES.get(codes[n], 1)
        if code == Path.CLOSEPOLY:
            data.append("z")
            last = "z"
        elif code == Path.MOVETO:
            data.append(f"M{_joined(whole[n].tolist())}")
            at, last = whole[n], "M"
        else:
            command = _COMMANDS[code]
            steps = _joined((whole[n : n + count] - at).ravel().tolist())
            data.append((command if command != last else "" if steps.startswith("-") else " ") + steps)
            at, last = whole[n + count - 1], command
        n += count
    return "".join(data)


def _joined(values: list[int]) -> str:
    return " ".join(map(str, values)).replace(" -", "-")
