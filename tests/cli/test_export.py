"""Whole notebooks as pages."""

from __future__ import annotations

import json
import re
import sys
from base64 import b64encode
from hashlib import sha256
from html.parser import HTMLParser
from pathlib import Path

import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, writes

from plotlang.cli import main
from plotlang.cli.markdown import Place, depth_styles, formula_html, html_of

EXAMPLES = Path(__file__).parents[2] / "examples"
HOSTILE = "</script><script>alert(1)</script><img src=x onerror=alert(2)>\"'&"
PIXEL = b64encode(b"\x89PNG\r\n").decode()


class Page(HTMLParser):
    """The elements of a page with their attributes, and the texts of scripts and styles."""

    def __init__(self, text):
        super().__init__()
        self.elements, self.texts, self.open = [], [], ""
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.elements.append((tag, dict(attrs)))
        self.open = tag if tag in ("script", "style") else ""
        if self.open:
            self.texts.append((tag, dict(attrs), ""))

    def handle_data(self, data):
        if self.open:
            tag, attrs, text = self.texts[-1]
            self.texts[-1] = tag, attrs, text + data

    def handle_endtag(self, tag):
        self.open = ""

    def attributes(self, tag):
        return [attrs for name, attrs in self.elements if name == tag]


def export(tmp_path, *cells, name="lesson.ipynb"):
    path = tmp_path / name
    path.write_text(writes(new_notebook(cells=list(cells))), encoding="utf-8")
    status = main(["export", str(path), "-o", str(tmp_path / "page.html")])
    return status, (tmp_path / "page.html").read_text(encoding="utf-8")


def check_policy(text):
    """Nothing but what the policy allows is on the page."""
    page = Page(text)
    (policy,) = [each["content"] for each in page.attributes("meta") if "http-equiv" in each]
    assert policy.startswith("default-src 'none'; img-src data:;")
    assert "unsafe" not in policy
    programs = [text for tag, attrs, text in page.texts if tag == "script" and "type" not in attrs]
    styles = [text for tag, _, text in page.texts if tag == "style"]
    for found, directive in ((programs, "script-src"), (styles, "style-src")):
        assert len(found) <= 1
        for each in found:
            assert f"{directive} 'sha256-{b64encode(sha256(each.encode()).digest()).decode()}'" in policy
    for tag, attrs in page.elements:
        assert not [name for name in attrs if name.startswith("on") or name in ("style", "srcdoc")]
        if tag not in ("a", "use"):
            assert all((attrs.get(name) or "data:").startswith("data:") for name in ("src", "href", "data", "action"))
        if tag == "a":
            assert re.match(r"https?:|mailto:|#", attrs["href"])
    assert not page.attributes("iframe") + page.attributes("object") + page.attributes("link")
    return page


@pytest.mark.parametrize(
    "path", [*sorted(EXAMPLES.glob("*.ipynb")), EXAMPLES / "waves.plot"], ids=lambda path: path.name
)
def test_the_examples_become_pages(path, tmp_path, capsys):
    target = tmp_path / "page.html"
    assert main(["export", str(path), "-o", str(target)]) == 0
    assert capsys.readouterr().out == f"{target}\n"
    text = target.read_text(encoding="utf-8")
    page = check_policy(text)
    assert len(page.attributes("img")) >= (1 if path.suffix == ".plot" else 3)
    assert all(each["alt"] for each in page.attributes("img"))
    if path.suffix == ".ipynb":
        cells = [each for each in json.loads(path.read_text())["cells"] if each["cell_type"] == "code"]
        assert text.count('<section class="cell">') == len(cells)


def test_a_figure_that_depends_on_a_slider_is_frozen(tmp_path):
    status, text = export(tmp_path, new_code_cell("a = 1 in 0..5\ny = a sin x"), new_code_cell("new figure\ny = x"))
    assert status == 0
    page = check_policy(text)
    (data,) = [json.loads(text) for tag, attrs, text in page.texts if attrs.get("type") == "application/json"]
    assert [each["name"] for each in data["sliders"]] == ["a"]
    assert len(data["frames"]) == 101
    assert len(page.attributes("img")) == 2
    assert len(text) < 100 * 1024


def test_of_many_sliders_two_are_frozen_and_the_others_told(tmp_path):
    _, text = export(tmp_path, new_code_cell("y = a + b x + c x^2 + d x^3"))
    page = check_policy(text)
    (data,) = [json.loads(text) for tag, attrs, text in page.texts if attrs.get("type") == "application/json"]
    assert [each["name"] for each in data["sliders"]] == ["a", "b"]
    assert "This picture is for c = 1, d = 1." in text


def test_a_page_without_sliders_runs_no_script(tmp_path):
    _, text = export(tmp_path, new_code_cell("y = x"))
    check_policy(text)
    assert "<script" not in text
    assert "script-src 'none'" in text


def test_hostile_text_stays_text(tmp_path):
    quoted = HOSTILE.replace('"', "")
    cells = [
        new_markdown_cell(
            f"# {HOSTILE}\n\n{HOSTILE}\n\n[x](javascript:alert(1)) ![x](javascript:alert(1)) ${HOSTILE}$"
        ),
        new_code_cell(f'title "{quoted}"\ncaption "{quoted}"\ny = a x with label "{quoted}"\n# {HOSTILE}'),
        new_code_cell(HOSTILE),
        new_code_cell(f'A = (1, 2)\nnames\ntable x, x^2 for x in 0..2\ntext (0, 0) "{quoted}"'),
    ]
    status, text = export(tmp_path, *cells)
    assert status == 1
    page = check_policy(text)
    assert len([tag for tag, attrs, _ in page.texts if tag == "script" and "type" not in attrs]) == 1
    assert "<script>alert" not in text
    assert "<img src=x" not in text


def test_values_notes_errors_and_help_are_shown(tmp_path):
    cells = [new_code_cell("sqrt(2)/2; c x"), new_code_cell("y = sine(x)"), new_code_cell("help range")]
    status, text = export(tmp_path, *cells)
    assert status == 1
    check_policy(text)
    assert 'class="note">c is new' in text
    assert "did you mean sin or sinc?" in text
    assert 'class="value"><svg class="math' in text
    assert "range -10 10" in text


def test_markdown_is_set_and_formulas_are_drawn(tmp_path):
    text = html_of(
        "## A *b* `c`\n\n| x | y |\n|--:|---|\n| 1 | $x^2$ |\n\n$$\\frac{1}{2}$$\n\n~~no~~ <b>raw</b>", Place(tmp_path)
    )
    assert "<h2>A <em>b</em> <code>c</code></h2>" in text
    assert '<td class="right">1</td>' in text
    assert text.count('<svg class="math') == 2
    assert 'aria-label="x^2"' in text
    assert "&lt;b&gt;raw&lt;/b&gt;" in text
    assert "style=" not in text


def test_formulas_that_cannot_be_set_are_words():
    shown = formula_html(r"\begin{cases} x < 1 \\ \unknown{<b>} \end{cases}")
    assert "<svg" not in shown
    assert "&lt;" in shown
    assert "<b>" not in shown
    assert formula_html("x" * 5000).startswith('<span class="math">')


def test_formulas_stand_on_the_line():
    shown = formula_html("x_1") + formula_html(r"\frac{1}{2}")
    depths = [int(each) for each in re.findall(r'class="math d(\d+)"', shown)]
    assert depths[1] > depths[0] > 0
    assert depth_styles(shown).count("vertical-align:-") == 2


def test_pictures_are_packed_in_if_they_may_be(tmp_path):
    (tmp_path / "near.png").write_bytes(b"\x89PNG\r\n")
    (tmp_path.parent / "far.png").write_bytes(b"secret")
    attached = {"own.png": {"image/png": PIXEL}, "bad.png": {"text/html": PIXEL}, "odd.png": {"image/png": '"><b>'}}
    names = (
        "near.png",
        "../far.png",
        "https://x.org/a.png",
        "attachment:own.png",
        "attachment:bad.png",
        "attachment:odd.png",
    )
    for name, shown in zip(names, (True, False, False, True, False, False), strict=True):
        text = html_of(f"![words]({name})", Place(tmp_path, attached))
        assert (f'<img src="data:image/png;base64,{PIXEL}" alt="words">' in text) == shown
        assert shown or "<img" not in text
        assert "words" in text


def test_a_script_has_cells_and_the_page_lies_beside_it(tmp_path, capsys):
    path = tmp_path / "waves.plot"
    path.write_text("y = a sin x\n# %%\ny = 2\n", encoding="utf-8")
    assert main(["export", str(path), "--language", "de"]) == 0
    text = (tmp_path / "waves.html").read_text(encoding="utf-8")
    check_policy(text)
    assert text.count('<section class="cell">') == 2
    assert '<html lang="de">' in text
    assert "<title>waves</title>" in text


@pytest.mark.parametrize(
    ("name", "content"),
    [("no.ipynb", None), ("bad.ipynb", "{"), ("list.ipynb", "[]"), ("text.md", "# x"), ("x.ipynb", '{"a": 1}')],
)
def test_files_that_cannot_be_read(name, content, tmp_path, capsys):
    if content is not None:
        (tmp_path / name).write_text(content)
    assert main(["export", str(tmp_path / name)]) == 2
    found = capsys.readouterr().err
    assert found.startswith(f"{tmp_path / name}: can't be read: ")
    assert found.count("\n") == 1


def test_without_the_library_for_markdown_it_says_what_to_install(tmp_path, monkeypatch, capsys):
    monkeypatch.setitem(sys.modules, "mistune", None)
    path = tmp_path / "a.ipynb"
    path.write_text(writes(new_notebook(cells=[new_markdown_cell("# a")])))
    assert main(["export", str(path)]) == 2
    assert "pip install mistune" in capsys.readouterr().err


def test_feedback_is_a_box_below_the_picture(tmp_path):
    task = new_code_cell('task line "<b>Draw</b> it."\nexpect curve y = 2x + 1')
    status, text = export(tmp_path, task, new_code_cell("y = 2x + 3\ncheck line\nprogress"))
    assert status == 0
    check_policy(text)
    box = text.index('aria-label="Check of line: not yet"')
    assert text.index("<details>") < box < text.index('aria-label="Progress"')
    assert "Right shape, but 2 too high." in text
    assert "<b>Draw" not in text
