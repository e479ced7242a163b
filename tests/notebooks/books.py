"""Notebooks as values: made from cells, run without a browser, and what stands in them afterwards."""

from __future__ import annotations

import base64
import re
import struct
from typing import TYPE_CHECKING, Any

import nbformat
from nbclient import NotebookClient
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

if TYPE_CHECKING:
    from pathlib import Path

SPEC = {"name": "plotlang", "display_name": "plotlang", "language": "plotlang"}
SECONDS = 120


def book(*sources: str) -> nbformat.NotebookNode:
    """A notebook with a heading and these cells."""
    cells = [new_markdown_cell("# Waves"), *map(new_code_cell, sources)]
    return new_notebook(cells=cells, metadata={"kernelspec": SPEC})


def executed(*sources: str, **options: Any) -> list[nbformat.NotebookNode]:
    """The code cells, after they were run one after the other."""
    found = book(*sources)
    NotebookClient(found, timeout=SECONDS, **options).execute()
    return code_cells(found)


def written(path: Path, *sources: str) -> Path:
    """The notebook as a file."""
    nbformat.write(book(*sources), path)
    return path


def code_cells(found: nbformat.NotebookNode) -> list[nbformat.NotebookNode]:
    return [each for each in found.cells if each.cell_type == "code"]


def picture(cell: nbformat.NotebookNode) -> nbformat.NotebookNode:
    """The one picture of a cell."""
    (found,) = [each for each in cell.outputs if "image/png" in each.get("data", {})]
    return found


def curves(cell: nbformat.NotebookNode) -> int:
    """How many curves the words of the one picture count."""
    return len(re.findall(r"^\d+\. ", picture(cell).data["text/plain"], flags=re.MULTILINE))


def pixels(shown: nbformat.NotebookNode) -> tuple[int, int]:
    """Width and height of the PNG itself."""
    png = base64.b64decode(shown.data["image/png"])
    assert png.startswith(b"\x89PNG\r\n\x1a\n")
    return struct.unpack(">II", png[16:24])
