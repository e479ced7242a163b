"""``plotlang export``: a notebook as one HTML page whose sliders work without a kernel."""

from __future__ import annotations

import json
import re
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from plotlang.cli.blocks import blocks_of

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator, Mapping

    from plotlang.notebook import Notebook

_MISSING = "plotlang: Markdown needs mistune, which comes with JupyterLab; try:  pip install mistune"


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a document: `kind` is code or markdown; `attachments` are pictures by name and type."""

    kind: str
    text: str
    id: str = ""
    attachments: Mapping[str, Mapping[str, str]] = field(default_factory=dict)


def act(options: argparse.Namespace) -> int:
    """Run the file cell by cell and write its page; 1 if any cell has an error."""
    from plotlang.cli.markdown import MissingLibrary

    path = Path(options.file)
    target = Path(options.output) if options.output else path.with_suffix(".html")
    try:
        parts = parts_of(path)
    except (OSError, ValueError) as error:
        print(f"{options.file}: can't be read: {error}", file=sys.stderr)
        return 2
    try:
        text, wrong = exported(parts, path, options.language)
    except MissingLibrary:
        print(_MISSING, file=sys.stderr)
        return 2
    try:
        target.write_text(text, encoding="utf-8")
    except OSError as error:
        print(f"{target}: can't be written: {error.strerror}", file=sys.stderr)
        return 2
    print(target)
    return 1 if wrong else 0


def parts_of(path: Path) -> list[Part]:
    """The cells of a notebook or of a .plot file; raises `OSError` or `ValueError`."""
    if path.suffix == ".ipynb":
        document = json.loads(path.read_text(encoding="utf-8"))
        if not isinstance(document, dict) or not isinstance(document.get("cells"), list):
            raise ValueError("this is no notebook")
        return list(_cells(document["cells"]))
    if path.suffix == ".plot":
        return [Part("code", block.text.strip("\n")) for block in blocks_of(path)]
    raise ValueError("it is neither a notebook (.ipynb) nor a .plot file")


def _cells(cells: list[Any]) -> Iterator[Part]:
    for number, cell in enumerate(cells, 1):
        kind, source = cell.get("cell_type"), cell.get("source", "")
        text = source if isinstance(source, str) else "".join(source)
        if kind in ("code", "markdown") and text.strip():
            yield Part(kind, text, str(cell.get("id", f"cell-{number}")), cell.get("attachments") or {})


def exported(parts: list[Part], path: Path, language: str = "") -> tuple[str, bool]:
    """The page of a document, and whether a cell of it has an error.  Raises `MissingLibrary`."""
    from plotlang.cli.markdown import Place, html_of
    from plotlang.cli.page import page
    from plotlang.notebook import Notebook

    notebook = Notebook(folder=path.parent, seconds=60.0)
    found, wrong = [], False
    for number, part in enumerate(parts, 1):
        if len(parts) > 1 and sys.stderr.isatty():
            print(f"\rcell {number} of {len(parts)}", end="", file=sys.stderr, flush=True)
        if part.kind == "markdown":
            found.append(html_of(part.text, Place(path.parent, part.attachments)))
        else:
            shown, failed = _run(part, notebook)
            found.append(shown)
            wrong = wrong or failed
    if len(parts) > 1 and sys.stderr.isatty():
        print(file=sys.stderr)
    return page(_title(parts, path), "".join(found), language), wrong


def _run(part: Part, notebook: Notebook) -> tuple[str, bool]:
    from plotlang.cli.page import cell

    outcome = notebook.run(part.text, part.id or None)
    for error in outcome.errors:
        print(error.text(color=sys.stderr.isatty()), file=sys.stderr)
    return cell(part.text, outcome), bool(outcome.errors)


def _title(parts: list[Part], path: Path) -> str:
    """The first heading, or the name of the file."""
    text = "\n".join(part.text for part in parts if part.kind == "markdown")
    heading = re.search(r"^#{1,6}[ \t]+(.+?)[ \t#]*$", text, re.MULTILINE)
    return re.sub(r"[*_`$]", "", heading[1]) if heading else path.stem


def add_command(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add ``export`` to the command line."""
    made = commands.add_parser("export", help="write a notebook as one HTML page whose sliders work anywhere")
    made.add_argument("file", metavar="FILE", help="a .ipynb or .plot file")
    made.add_argument("-o", "--output", metavar="PAGE", help="the page to write (default: beside the file)")
    made.add_argument("--language", metavar="CODE", default="", help="the language of the text, for example en or de")
    made.set_defaults(act=act)
