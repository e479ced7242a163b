"""``plotlang test``: runs the cells of documents and checks what their ``expect`` blocks say."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from plotlang.cli.blocks import Block, blocks_of
from plotlang.cli.expectations import Scene, judge

if TYPE_CHECKING:
    import argparse

    from plotlang.interpreter.outcome import Outcome
    from plotlang.notebook import Notebook


@dataclass(slots=True)
class Report:
    """How many assertions ran, and those that failed: (line, block's first line, what was said, what is the case)."""

    count: int = 0
    failures: list[tuple[int, int, str, str]] = field(default_factory=list)

    def check(self, line: int, block: int, said: str, instead: str) -> None:
        """Count one assertion; it failed if `instead` says something."""
        self.count += 1
        if instead:
            self.failures.append((line, block, said, instead))


def run_document(blocks: list[Block], folder: Path | None = None) -> Report:
    """Run all blocks in order; `folder` is where the files are that cells may read (None: the current one).

    A block marked fresh starts a new notebook; in a document without such marks every heading does.
    """
    return _Runner(blocks, folder).run()


class _Runner:
    def __init__(self, blocks: list[Block], folder: Path | None) -> None:
        self.blocks, self.folder = blocks, folder
        self.by_heading = not any("fresh" in block.words for block in blocks)
        self.report = Report()
        self.cell_line = 0
        self.start()

    def start(self) -> None:
        from plotlang.interpreter.outcome import Outcome
        from plotlang.notebook import Notebook

        self.notebook: Notebook = Notebook(folder=self.folder)
        self.outcome: Outcome = Outcome()

    def run(self) -> Report:
        for block in self.blocks:
            match block.kind:
                case "heading":
                    if self.by_heading:
                        self.start()
                case "plotlang":
                    self.cell(block)
                case "slider":
                    self.sliders(block)
                case "expect":
                    self.expect(block)
        return self.report

    def cell(self, block: Block) -> None:
        if "fresh" in block.words:
            self.start()
        deleted = [block.words["delete"]] if "delete" in block.words else []
        self.cell_line = block.line
        self.outcome = self.notebook.run(block.text, block.words.get("id"), deleted=deleted)
        errors = [str(error) for error in self.outcome.errors]
        if "error" in block.words:
            instead = "" if errors else "it has none"
            self.report.check(block.line, block.line, "this cell has an error", instead)
        else:
            self.report.check(block.line, block.line, "this cell has no error", "\n".join(errors))

    def sliders(self, block: Block) -> None:
        for place, line in enumerate(block.text.splitlines()):
            name, _, value = line.strip().partition(" ")
            if not name:
                continue
            self.outcome = self.notebook.move_slider(name, self.notebook.value(value))
            instead = "\n".join(error.message for error in self.outcome.errors)
            self.report.check(block.line + place, self.cell_line, f"the slider {name} moves", instead)

    def expect(self, block: Block) -> None:
        scene = Scene(self.notebook, self.outcome)
        for place, line in enumerate(block.text.splitlines()):
            said = line.split("  #")[0].strip()
            if said:
                self.report.check(block.line + place, self.cell_line, said, judge(scene, said))


def act(options: argparse.Namespace) -> int:
    """Test every file; prints what fails; 1 if anything does."""
    total, failed = 0, 0
    for name in options.files:
        path = Path(name)
        try:
            blocks = blocks_of(path)
        except (OSError, ValueError) as error:
            print(f"{name}: can't be read: {error}")
            return 2
        report = run_document(blocks, path.parent)
        for line, _, said, instead in report.failures:
            shown = instead.replace("\n", "\n    ")
            print(f"{name}:{line}: {said}\n    but {shown}")
        total += report.count
        failed += len(report.failures)
    if options.count:
        print(f"{total} assertions ran")
    print(f"{total - failed} passed, {failed} failed")
    return 1 if failed else 0


def add_command(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add ``test`` to the command line."""
    made = commands.add_parser("test", help="run the cells of documents and check their expect blocks")
    made.add_argument("files", nargs="+", metavar="FILE", help="a .md or .ipynb file")
    made.add_argument("--count", action="store_true", help="print how many assertions ran")
    made.set_defaults(act=act)
