"""``plotlang reference``: prints the reference page."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import argparse


def act(options: argparse.Namespace) -> int:
    """Print the page in Markdown."""
    del options
    from plotlang.statements.reference import markdown

    print(markdown(), end="")
    return 0


def add_command(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add ``reference`` to the command line."""
    made = commands.add_parser("reference", help="print the reference of the language in Markdown")
    made.set_defaults(act=act)
