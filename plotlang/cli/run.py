"""``plotlang run``: draws every figure of a file without a notebook."""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from plotlang.cli.blocks import Block, blocks_of

if TYPE_CHECKING:
    import argparse

    from plotlang.interpreter.outcome import Outcome, Picture


def act(options: argparse.Namespace) -> int:
    """Run the file cell by cell and write its figures as they are at the end; 1 if any cell has an error."""
    path = Path(options.file)
    try:
        blocks = [block for block in blocks_of(path) if block.kind == "plotlang"]
    except (OSError, ValueError) as error:
        print(f"{options.file}: can't be read: {error}", file=sys.stderr)
        return 2
    return run_blocks(blocks, path, Path(options.output), options.format)


def run_blocks(blocks: list[Block], path: Path, folder: Path, form: str) -> int:
    """Run cells, print what they say, and write the last picture of every figure."""
    from plotlang.notebook import Notebook

    notebook = Notebook(folder=path.parent, seconds=60.0)
    pictures: dict[str, Picture] = {}
    wrong = False
    for number, block in enumerate(blocks, 1):
        if len(blocks) > 1 and sys.stderr.isatty():
            print(f"\rcell {number} of {len(blocks)}", end="", file=sys.stderr, flush=True)
        outcome = notebook.run(block.text, block.words.get("id"))
        tell(outcome)
        wrong = wrong or bool(outcome.errors)
        pictures.update({picture.name: picture for picture in outcome.figures})
    if len(blocks) > 1 and sys.stderr.isatty():
        print(file=sys.stderr)
    write(pictures, path, folder, form)
    return 1 if wrong else 0


def tell(outcome: Outcome) -> None:
    """Print what a cell says: values to the output, notes and mistakes to the error output."""
    for text in outcome.values:
        print(text)
    for note in outcome.notes:
        print(f"note: {note}", file=sys.stderr)
    for error in outcome.errors:
        print(error.text(color=sys.stderr.isatty()), file=sys.stderr)


def write(pictures: dict[str, Picture], path: Path, folder: Path, form: str) -> None:
    """Write pictures as NAME-FIGURE.FORMAT and print their paths."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, picture in pictures.items():
        safe = re.sub(r"[^\w-]+", "-", name).strip("-") or "figure"
        target = folder / f"{path.stem}-{safe}.{form}"
        target.write_bytes(
            picture.svg().encode() if form == "svg" else picture.pdf() if form == "pdf" else picture.png()
        )
        print(target)


def add_command(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add ``run`` to the command line."""
    made = commands.add_parser("run", help="draw every figure of a .plot or .ipynb file")
    made.add_argument("file", metavar="FILE", help="a .plot, .ipynb or .md file")
    made.add_argument("-o", "--output", default=".", metavar="DIR", help="where to write the pictures (default: here)")
    made.add_argument("--format", choices=("png", "svg", "pdf"), default="png")
    made.set_defaults(act=act)
