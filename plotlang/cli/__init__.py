"""The command line: ``plotlang COMMAND``."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from plotlang.cli import export, install, lab, reference, run, test
from plotlang.version import __version__

if TYPE_CHECKING:
    from collections.abc import Sequence


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; returns the exit status."""
    options = parser().parse_args(argv)
    status: int = options.act(options)
    return status


def parser() -> argparse.ArgumentParser:
    """All commands; each sets `act` to the function that does it."""
    made = argparse.ArgumentParser(prog="plotlang", description="Formulas to pictures, in Jupyter and without.")
    made.add_argument("--version", action="version", version=f"plotlang {__version__}")
    commands = made.add_subparsers(metavar="COMMAND", required=True)
    run.add_command(commands)
    export.add_command(commands)
    test.add_command(commands)
    reference.add_command(commands)
    install.add_commands(commands)
    lab.add_command(commands)
    return made
