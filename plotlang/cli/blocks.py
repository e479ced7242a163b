"""Documents with cells in them: the fenced blocks of a Markdown file, the cells of a notebook, a .plot file."""

from __future__ import annotations

import itertools
import json
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_FENCE = re.compile(r"^(```+)[ \t]*(\w+)?[ \t]*(.*?)[ \t]*$")
_CELL_MARK = re.compile(r"^#[ \t]*%%", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Block:
    """One block of a document: `kind` is plotlang, expect, slider or heading; `line` counts from 1.

    `words` are those behind the kind: fresh and error, and id and delete with their values.
    """

    kind: str
    text: str
    line: int
    words: dict[str, str] = field(default_factory=dict)


def blocks_of(path: Path) -> list[Block]:
    """All blocks of a file, by its ending."""
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".ipynb":
        return list(_notebook_blocks(json.loads(text)))
    if path.suffix == ".plot":
        return list(_script_blocks(text))
    return list(markdown_blocks(text))


def markdown_blocks(text: str, first: int = 1) -> Iterator[Block]:
    """The plotlang, expect and slider blocks of Markdown text, and its headings of the first two levels."""
    lines = text.splitlines()
    place = 0
    while place < len(lines):
        opening = _FENCE.match(lines[place])
        if opening is None:
            if re.match(r"##? ", lines[place]):
                yield Block("heading", lines[place].lstrip("# "), first + place)
            place += 1
            continue
        start = place + 1
        place = start
        while place < len(lines) and lines[place].strip() != opening[1]:
            place += 1
        if opening[2] in ("plotlang", "expect", "slider"):
            yield Block(opening[2], "\n".join(lines[start:place]), first + start, _words(opening[3]))
        place += 1


def _words(text: str) -> dict[str, str]:
    pairs = (word.partition("=") for word in text.split())
    return {name: value for name, _, value in pairs}


def _notebook_blocks(document: dict[str, object]) -> Iterator[Block]:
    cells = document.get("cells", [])
    for number, cell in enumerate(cells if isinstance(cells, list) else [], 1):
        source = cell.get("source", "")
        text = source if isinstance(source, str) else "".join(source)
        if cell.get("cell_type") == "code":
            words = {"id": str(cell.get("id", f"cell-{number}"))}
            if "raises-exception" in cell.get("metadata", {}).get("tags", []):
                words["error"] = ""
            yield Block("plotlang", text, number, words)
        elif cell.get("cell_type") == "markdown":
            for block in markdown_blocks(text):
                if block.kind in ("expect", "slider"):
                    yield Block(block.kind, block.text, number)


def _script_blocks(text: str) -> Iterator[Block]:
    """A script is one cell, or several that start at lines ``# %%``."""
    starts = [0, *(match.start() for match in _CELL_MARK.finditer(text)), len(text)]
    for start, stop in itertools.pairwise(starts):
        if text[start:stop].strip():
            yield Block("plotlang", text[start:stop], text.count("\n", 0, start) + 1)
