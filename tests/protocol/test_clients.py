"""Front ends without a browser: nbclient and the console."""

from __future__ import annotations

import sys

import pexpect
import pytest
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError
from nbformat.v4 import new_code_cell, new_notebook

from plotlang.cli.install import prepare


@pytest.fixture
def installed(tmp_path, monkeypatch):
    """The kernelspec, where Jupyter finds it."""
    prepare(tmp_path / "kernels" / "plotlang")
    monkeypatch.setenv("JUPYTER_PATH", str(tmp_path))


def executed(*cells: str, **options):
    notebook = new_notebook(cells=[new_code_cell(each) for each in cells])
    client = NotebookClient(notebook, kernel_name="plotlang", timeout=60, **options)
    client.execute()
    return notebook


def test_nbclient_saves_pictures_that_build_up(installed):
    first, second, value = executed("y = sin(x)", "y = cos(x)", "1 + 1").cells
    assert first.outputs[0].data["image/png"] != second.outputs[0].data["image/png"]
    assert second.outputs[0].metadata["image/png"]["width"] == 600
    assert value.outputs[0].output_type == "execute_result"


def test_nbclient_stops_at_an_error_unless_told_otherwise(installed):
    with pytest.raises(CellExecutionError, match="sine"):
        executed("y = sine(x)", "y = x")
    assert executed("y = sine(x)", "y = x", allow_errors=True).cells[1].outputs[0].data["image/png"]


def test_the_notebook_says_its_language(installed):
    assert executed("y = x").metadata.language_info.name == "plotlang"


def test_console(installed, tmp_path):
    seen = tmp_path / "seen.png"
    command = [sys.executable, "-m", "jupyter_console", "--kernel", "plotlang", "--simple-prompt"]
    shell = "--ZMQTerminalInteractiveShell"
    command += [f"{shell}.image_handler=tempfile", f"{shell}.tempfile_image_handler=['cp', '{{file}}', '{seen}']"]
    console = pexpect.spawn(command[0], command[1:], encoding="utf-8", timeout=30)
    console.expect(r"In \[1\]")
    console.sendline("1 + 1")
    console.expect(r"Out\[1\]: ?1 \+ 1 = 2")
    console.sendline("y = sine(x)")
    console.expect("did you mean sin")
    console.sendline("y = sin(x)")
    console.expect(r"In \[4\]")
    assert seen.read_bytes().startswith(b"\x89PNG")
    console.sendeof()
    console.close(force=True)
