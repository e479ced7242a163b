"""The pages that users read are true: reference, README, examples."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from plotlang import Notebook
from plotlang.cli.blocks import blocks_of
from plotlang.cli.test import run_document
from plotlang.statements.reference import markdown

ROOT = Path(__file__).parents[2]
NOTEBOOKS = sorted((ROOT / "examples").glob("**/*.ipynb"))


def test_the_reference_page_is_what_the_source_says():
    page = (ROOT / "docs" / "reference.md").read_text(encoding="utf-8")
    assert page == markdown(), "write it again: plotlang reference > docs/reference.md"


def test_every_example_of_the_reference_runs():
    report = run_document(blocks_of(ROOT / "docs" / "reference.md"))
    assert report.count > 40
    assert report.failures == []


def test_the_guide_for_teachers_is_true():
    report = run_document(blocks_of(ROOT / "docs" / "write-a-lesson.md"))
    assert report.count >= 12
    assert report.failures == []


def test_the_lines_of_the_readme_draw():
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    lines = re.findall(r"^    (.*?) {2,}\S", text, re.MULTILINE)
    assert len(lines) >= 8
    notebook = Notebook()
    for line in lines:
        assert notebook.run(line).errors == (), line


def test_the_python_of_the_readme_does_what_it_says():
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    (code,) = re.findall(r"```python\n(.*?)```", text, re.DOTALL)
    names: dict[str, object] = {}
    exec(compile(code, "README.md", "exec"), names)
    notebook = names["notebook"]
    assert isinstance(notebook, Notebook)
    assert notebook.parameters["a"].value == 3.0


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_an_example_notebook_runs_and_its_saved_outputs_are_pictures_without_errors(path):
    document = json.loads(path.read_text(encoding="utf-8"))
    notebook = Notebook(seconds=60)
    pictures = 0
    for cell in document["cells"]:
        if cell["cell_type"] != "code":
            continue
        outcome = notebook.run("".join(cell["source"]), cell["id"])
        assert outcome.errors == (), cell["source"]
        kinds = [output["output_type"] for output in cell["outputs"]]
        assert "error" not in kinds
        saved = sum("image/png" in output.get("data", {}) for output in cell["outputs"])
        assert saved == len(outcome.figures), cell["source"]
        pictures += saved
    assert pictures >= 3


def test_there_are_examples_to_copy():
    assert len(NOTEBOOKS) >= 6
