"""Documents with cells, and the words of their expect blocks."""

import json

import pytest

from plotlang import Notebook
from plotlang.cli.blocks import blocks_of, markdown_blocks
from plotlang.cli.expectations import Scene, judge
from plotlang.cli.test import run_document

MARKDOWN = """# One

```plotlang fresh id=A
y = x
a = 2
```
text
```python
y = 3
```
```expect
curves == 1
```

## Two

```slider
a 3
```
````plotlang error delete=A
```
y = sine(x)
````
### Three
```plotlang
never closed"""


def test_markdown_falls_into_blocks():
    found = list(markdown_blocks(MARKDOWN))
    assert [block.kind for block in found] == [
        "heading", "plotlang", "expect", "heading", "slider", "plotlang", "plotlang",
    ]  # fmt: skip
    assert found[1].text == "y = x\na = 2"
    assert found[1].words == {"fresh": "", "id": "A"}
    assert found[5].words == {"error": "", "delete": "A"}
    assert found[5].text == "```\ny = sine(x)"
    lines = MARKDOWN.splitlines()
    for block in found:
        if block.kind != "heading":
            assert lines[block.line - 1] == block.text.split("\n")[0]


def test_a_notebook_falls_into_its_cells(tmp_path):
    cells = [
        {"cell_type": "code", "id": "one", "source": ["y = x\n", "y = 2"], "metadata": {}},
        {"cell_type": "markdown", "source": "```expect\ncurves == 2\n```\n```plotlang\ny = 7\n```", "metadata": {}},
        {"cell_type": "code", "id": "two", "source": "y = (", "metadata": {"tags": ["raises-exception"]}},
        {"cell_type": "raw", "source": "y = 9", "metadata": {}},
    ]
    path = tmp_path / "a.ipynb"
    path.write_text(json.dumps({"cells": cells}), encoding="utf-8")
    found = blocks_of(path)
    assert [(block.kind, block.text) for block in found] == [
        ("plotlang", "y = x\ny = 2"), ("expect", "curves == 2"), ("plotlang", "y = ("),
    ]  # fmt: skip
    assert found[0].words == {"id": "one"}
    assert "error" in found[2].words
    assert not run_document(found).failures


def test_a_script_is_one_cell_or_several(tmp_path):
    path = tmp_path / "a.plot"
    path.write_text("y = x\n# %% second\ny = 2\n#%%\n\n# %%\ny = 3", encoding="utf-8")
    found = blocks_of(path)
    assert [block.text.strip().splitlines()[-1] for block in found][:2] == ["y = x", "y = 2"]
    assert found[-1].text.endswith("y = 3")
    assert found[1].line == 2


@pytest.fixture(scope="module")
def scene():
    notebook = Notebook()
    notebook.run('slider a -5 5\nf(x) = x^2\ny = 1/2x with label "half"\ny > x\n(1, 2)\nhide 2', "A")
    return Scene(notebook, notebook.run("a + 1\nx^2 + y^2 = 4\ny = sine(x)\n2 > 1\n[1, 2]\nln(-1)\nrange 0 2pi", "B"))


HOLD = """
curves == 3 | objects == 4 | curve 1 at 3 == 9 | curve 1 at -0.5 == 0.25 | curve 2 at 1 == undefined | kind 2 == region
kind 3 == implicit | param a == 1 | slider a == -5 5 | value a + 1 == 2 | value a+1 == 2 | value [1, 2] == 1 2
value ln(-1) == undefined | value 2 > 1 == "true" | errors == 1 | error line == 3 | error contains "sine"
error contains "did you mean" | at A curves == 2 | at A objects == 3 | at A errors == 0 | at B curves == 3
at A note contains "read as 1/2 · x" | xrange == 0 2pi | at A xrange == -5 5
""".replace("\n", "|").split("|")
FAIL = """
curves == 2 | objects == 3 | curve 1 at 3 == 9.1 | curve 1 at 3 == undefined | curve 9 at 1 == 1 | kind 1 == region
kind 7 == region | param a == 2 | param q == 1 | slider a == -5 6 | slider q == 0 1 | value a + 1 == 3 | value q == 1
value [1, 2] == 1 | value [1, 2] == 1 2 3 | value 2 > 1 == "false" | errors == 2 | error line == 1
error contains "cosine"
note contains "sine" | at A curves == 3 | at Z curves == 1 | xrange == 0 6 | yrange == 0 1 | reads "x"
feedback contains "a"
check line == correct | curves = 1 | curves == x | banana | at A banana | curves == 1.5
""".replace("\n", "|").split("|")


@pytest.mark.parametrize("line", [line.strip() for line in HOLD if line.strip()])
def test_what_holds_is_accepted(scene, line):
    assert judge(scene, line) == ""


@pytest.mark.parametrize("line", [line.strip() for line in FAIL if line.strip()])
def test_what_does_not_hold_is_refused_with_what_is_the_case(scene, line):
    assert judge(scene, line)


def test_the_last_line_tells_how_it_was_read():
    notebook = Notebook()
    scene = Scene(notebook, notebook.run("y = 2\ny = 1/2x"))
    assert judge(scene, 'reads "1/2·x"') == ""
    assert judge(scene, 'reads "2"')


@pytest.mark.parametrize(
    ("wanted", "holds"),
    [("0.33", True), ("0.333333", True), ("0.3333333333", True), ("1/3", True), ("0.34", False), ("0.3", True),
     ("0.4", False), ("0.333334", False), ("0.332", False), ("-0.333", False)],
)  # fmt: skip
def test_a_number_is_compared_as_far_as_it_is_written_but_to_a_millionth_at_least(wanted, holds):
    notebook = Notebook()
    scene = Scene(notebook, notebook.run("1/3"))
    rough = wanted in ("0.33", "0.3")
    assert (judge(scene, f"value 1/3 == {wanted}") == "") is (holds and not rough)


def run_text(text):
    return run_document(list(markdown_blocks(text)))


def test_a_document_without_fresh_starts_at_every_heading():
    text = "# a\n```plotlang\na = 2\n```\n# b\n```plotlang\nauto sliders off\ny = a x\n```"
    assert [said for _, _, said, _ in run_text(text).failures] == ["this cell has no error"]
    assert not run_text(text.replace("# b\n", "")).failures


def test_fresh_starts_a_new_notebook():
    text = "```plotlang fresh\ny = x\n```\n# h\n```plotlang\ny = 2\n```\n```expect\ncurves == 2\n```\n"
    assert not run_text(text).failures
    assert not run_text(text + "```plotlang fresh\ny = 3\n```\n```expect\ncurves == 1\n```").failures


def test_an_error_must_be_announced_and_an_announced_one_must_come():
    assert len(run_text("```plotlang\ny = (\n```").failures) == 1
    assert not run_text("```plotlang error\ny = (\n```").failures
    assert len(run_text("```plotlang error\ny = x\n```").failures) == 1


def test_sliders_move_and_cells_are_deleted():
    report = run_text(
        "```plotlang fresh id=A\nslider a -5 5\ny = a x\n```\n```slider\na 3\na 2pi\n```\n"
        "```expect\nparam a == 2pi\ncurve 1 at 1 == 2pi\nslider a == -5 2pi\n```\n"
        "```plotlang delete=A\ny = 7\n```\n```expect\ncurves == 1\nparam a == 1\n```\n```slider\nq 3\n```"
    )
    assert [said for _, _, said, _ in report.failures] == ["param a == 1", "the slider q moves"]
    assert report.count == 10


def test_failures_know_their_lines():
    text = "```plotlang fresh\ny = x\n```\n```expect\ncurves == 1\n\ncurves == 2\n```"
    ((line, cell, said, instead),) = run_text(text).failures
    assert (line, cell, said) == (7, 2, "curves == 2")
    assert "1" in instead


def test_the_command_line_counts_and_says_what_fails(tmp_path, capsys):
    from plotlang.cli import main

    path = tmp_path / "a.md"
    path.write_text("```plotlang\ny = x\n```\n```expect\ncurves == 1\ncurves == 3\n```", encoding="utf-8")
    assert main(["test", "--count", str(path)]) == 1
    shown = capsys.readouterr().out
    assert f"{path}:6: curves == 3" in shown
    assert "3 assertions ran" in shown
    assert "2 passed, 1 failed" in shown
    path.write_text("```plotlang\ny = x\n```\n", encoding="utf-8")
    assert main(["test", str(path)]) == 0
    assert main(["test", str(tmp_path / "none.md")]) == 2


def test_the_command_line_draws_a_script(tmp_path, capsys):
    from plotlang.cli import main

    path = tmp_path / "a.plot"
    path.write_text("y = x\nnew figure\ny = x^2\n", encoding="utf-8")
    assert main(["run", str(path), "-o", str(tmp_path / "out"), "--format", "svg"]) == 0
    found = sorted((tmp_path / "out").iterdir())
    assert len(found) == 2
    assert all("<svg" in each.read_text(encoding="utf-8") for each in found)
    path.write_text("y = sine(x)\n", encoding="utf-8")
    assert main(["run", str(path), "-o", str(tmp_path / "bad")]) == 1
    assert "sine" in "".join(capsys.readouterr())
