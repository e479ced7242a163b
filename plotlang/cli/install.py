"""``plotlang install`` and ``plotlang uninstall``: put the kernel where Jupyter looks, or take it away again."""

from __future__ import annotations

import json
import shutil
import sys
import sysconfig
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import argparse

NAME = "plotlang"


def add_commands(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Declare both commands."""
    install = commands.add_parser("install", help="make the kernel known to Jupyter")
    where = install.add_mutually_exclusive_group()
    where.add_argument("--user", action="store_true", help="for you, in every environment (the default)")
    where.add_argument("--prefix", metavar="PATH", help="below this folder, in share/jupyter/kernels")
    where.add_argument("--sys-prefix", action="store_true", help="in the environment of this Python")
    install.set_defaults(act=run_install)
    uninstall = commands.add_parser("uninstall", help="make Jupyter forget the kernel")
    uninstall.set_defaults(act=run_uninstall)


def run_install(options: argparse.Namespace) -> int:
    """Install the kernelspec with this very interpreter in it; returns the exit status."""
    from jupyter_client.kernelspec import KernelSpecManager

    prefix = sys.prefix if options.sys_prefix else options.prefix
    try:
        with TemporaryDirectory() as folder:
            copy = prepare(Path(folder) / NAME)
            place = KernelSpecManager().install_kernel_spec(
                str(copy), kernel_name=NAME, user=prefix is None, prefix=prefix
            )
    except OSError as problem:
        print(f"plotlang: cannot install the kernel: {problem.strerror}: {problem.filename}", file=sys.stderr)
        return 1
    print(f"The plotlang kernel is now in {place}")
    return 0


def run_uninstall(options: argparse.Namespace) -> int:  # noqa: ARG001 (all commands take them)
    """Remove the kernelspec wherever Jupyter finds it first; returns the exit status."""
    from jupyter_client.kernelspec import KernelSpecManager, NoSuchKernel

    try:
        place = KernelSpecManager(ensure_native_kernel=False).remove_kernel_spec(NAME)
    except NoSuchKernel:
        print("plotlang: Jupyter knows no plotlang kernel", file=sys.stderr)
        return 1
    except OSError as problem:
        print(f"plotlang: cannot remove the kernel: {problem.strerror}: {problem.filename}", file=sys.stderr)
        return 1
    print(f"The plotlang kernel was removed from {place}")
    return 0


def prepare(folder: Path) -> Path:
    """A copy of the kernelspec in which the interpreter is this one, by its full path."""
    shutil.copytree(kernelspec_folder(), folder)
    path = folder / "kernel.json"
    spec = json.loads(path.read_text(encoding="utf-8"))
    spec["argv"][0] = sys.executable
    path.write_text(json.dumps(spec, indent=2) + "\n", encoding="utf-8")
    return folder


def kernelspec_folder() -> Path:
    """Where the files lie that came with plotlang: in a checkout, or in the environment."""
    beside = Path(__file__).parents[2] / "kernelspec"
    installed = Path(sysconfig.get_path("data")) / "share" / "jupyter" / "kernels" / NAME
    for each in (beside, installed, Path(sys.prefix) / "share" / "jupyter" / "kernels" / NAME):
        if (each / "kernel.json").is_file():
            return each
    raise FileNotFoundError(2, "the files of the kernel are missing, please install plotlang again", str(installed))
