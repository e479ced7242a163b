"""``plotlang lab``: JupyterLab on a copy of the examples, so that playing with them spoils nothing."""

from __future__ import annotations

import importlib.util
import shutil
import subprocess
import sys
import sysconfig
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import argparse


def add_command(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Declare the command."""
    lab = commands.add_parser("lab", help="open JupyterLab on a copy of the examples")
    lab.add_argument("folder", nargs="?", default="plotlang-examples", help="where the copy goes (%(default)s)")
    lab.add_argument("--no-browser", action="store_true", help="only print the address")
    lab.set_defaults(act=run_lab)


def run_lab(options: argparse.Namespace) -> int:
    """Copy what is not there yet, then run JupyterLab; returns its exit status."""
    if importlib.util.find_spec("jupyterlab") is None:
        print('plotlang: JupyterLab is not installed here; try:  pip install "plotlang[lab]"', file=sys.stderr)
        return 1
    folder = Path(options.folder)
    try:
        copy_examples(folder)
    except OSError as problem:
        print(f"plotlang: cannot write the examples: {problem.strerror}: {problem.filename}", file=sys.stderr)
        return 1
    print(f"The examples are in {folder.resolve()}")
    command = [sys.executable, "-m", "jupyterlab", *(["--no-browser"] if options.no_browser else [])]
    with subprocess.Popen(command, cwd=folder) as server:  # noqa: S603 (our own interpreter)
        while True:
            try:
                return server.wait()
            except KeyboardInterrupt:  # JupyterLab got it too, and asks by itself
                continue


def copy_examples(folder: Path) -> None:
    """Copy each example that is not in the folder yet; what someone has changed there stays."""
    folder.mkdir(parents=True, exist_ok=True)
    source = examples_folder()
    if source is None:
        return
    for path in sorted(source.rglob("*")):
        target = folder / path.relative_to(source)
        if path.is_file() and ".ipynb_checkpoints" not in path.parts and not target.exists():
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, target)


def examples_folder() -> Path | None:
    """Where the examples lie that came with plotlang: in a checkout, or in the environment."""
    beside = Path(__file__).parents[2] / "examples"
    installed = Path(sysconfig.get_path("data")) / "share" / "plotlang" / "examples"
    return next((each for each in (beside, installed) if each.is_dir()), None)
