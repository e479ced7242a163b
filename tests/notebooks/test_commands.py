"""Jupyter's own commands, each as a process of its own."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import nbformat

from tests.notebooks.books import SECONDS, code_cells, curves, picture, pixels, written

CELLS = ("y = sin(x)", "range -2pi 2pi\ny = cos(x)", "1 + 1")


def jupyter(*words: object) -> subprocess.CompletedProcess[str]:
    """One of Jupyter's commands, from the environment of the tests."""
    command = Path(sys.executable).with_name("jupyter")
    done = subprocess.run([command, *map(str, words)], capture_output=True, text=True, timeout=SECONDS, check=False)
    assert done.returncode == 0, done.stderr
    return done


def test_kernelspec_list_names_the_kernel():
    listed = jupyter("kernelspec", "list").stdout
    assert f"{sys.prefix}/share/jupyter/kernels/plotlang" in listed


def test_execute(tmp_path):
    path = written(tmp_path / "waves.ipynb", *CELLS)
    jupyter("execute", "--inplace", path)
    found = nbformat.read(path, as_version=4)
    first, second, value = code_cells(found)
    assert (curves(first), curves(second)) == (1, 2)
    assert pixels(picture(second)) == (1200, 800)
    assert "2" in value.outputs[0].data["text/plain"]
    assert found.metadata.language_info.name == "plotlang"
    assert found.metadata.language_info.file_extension == ".plot"


def test_nbconvert_to_a_page_with_pictures(tmp_path):
    path = written(tmp_path / "waves.ipynb", *CELLS)
    jupyter("execute", "--inplace", path)
    jupyter("nbconvert", "--to", "html", path)
    page = path.with_suffix(".html").read_text()
    assert page.count('src="data:image/png;base64,') == 2
    assert "<summary>Description</summary>" in page
    assert '<span class="nb">sin</span>' in page


def test_nbconvert_to_a_script(tmp_path):
    path = written(tmp_path / "waves.ipynb", *CELLS)
    jupyter("execute", "--inplace", path)
    jupyter("nbconvert", "--to", "script", path)
    assert "y = sin(x)" in path.with_suffix(".plot").read_text()


def test_nbconvert_to_markdown(tmp_path):
    path = written(tmp_path / "waves.ipynb", *CELLS)
    jupyter("nbconvert", "--to", "markdown", "--execute", path)
    text = path.with_suffix(".md").read_text()
    assert text.count("![png]") == 2
    assert len(list((tmp_path / "waves_files").glob("*.png"))) == 2
