"""Frozen figures: sliders in saved pages, without a kernel and without a network."""

from __future__ import annotations

import pytest
from nbconvert import HTMLExporter
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output, writes

from plotlang.cli import main
from plotlang.kernel.messages import Message, cell_messages
from plotlang.notebook import Notebook

CURVE = ".plotlang-frozen svg [data-slot] path"
MOVED = (
    "() => [...document.querySelectorAll('.plotlang-frozen svg [data-slot] path')].map(each => each.getAttribute('d'))"
)


@pytest.fixture
def page(chromium):
    """A tab without a network that complains of nothing."""
    tab = chromium.new_page(viewport={"width": 900, "height": 900})
    complaints = []
    tab.on("console", lambda message: complaints.append(message.text) if message.type in ("error", "warning") else None)
    tab.on("pageerror", lambda problem: complaints.append(str(problem)))
    tab.on("dialog", lambda dialog: (complaints.append(dialog.message), dialog.dismiss()))
    tab.route("**/*", lambda route: route.abort() if route.request.url.startswith("http") else route.continue_())
    yield tab
    tab.close()
    assert complaints == []


def exported(page, tmp_path, *cells):
    path = tmp_path / "lesson.ipynb"
    path.write_text(writes(new_notebook(cells=list(cells))), encoding="utf-8")
    main(["export", str(path)])
    page.goto((tmp_path / "lesson.html").as_uri())


def test_the_keyboard_moves_the_curve(page, tmp_path):
    exported(
        page,
        tmp_path,
        new_markdown_cell("# Wave $y = ax$"),
        new_code_cell("a = 1 in 0..5 step 0.5\ny = a sin x\ny = 2"),
    )
    slider = page.get_by_role("slider", name="a")
    start = page.evaluate(MOVED)
    assert len(start) == 1
    slider.focus()
    assert page.evaluate("() => getComputedStyle(document.activeElement).outlineStyle") == "solid"
    for key, value in (("ArrowRight", "1.5"), ("End", "5"), ("Home", "0"), ("PageUp", None), ("ArrowLeft", None)):
        before = page.evaluate(MOVED)
        page.keyboard.press(key)
        assert page.evaluate(MOVED) != before
        if value is not None:
            assert slider.get_attribute("aria-valuetext") == value
            assert page.locator(".plotlang-frozen-value").inner_text() == value
    page.get_by_role("button", name="Reset").click()
    assert page.evaluate(MOVED) == start
    assert slider.get_attribute("aria-valuetext") == "1"


def test_the_mouse_moves_the_curve(page, tmp_path):
    exported(page, tmp_path, new_code_cell("a = 1 in 0..5\ny = a x^2"))
    start = page.evaluate(MOVED)
    box = page.get_by_role("slider", name="a").bounding_box()
    page.mouse.move(box["x"] + 0.2 * box["width"], box["y"] + box["height"] / 2)
    page.mouse.down()
    seen = []
    for share in (0.4, 0.6, 0.8):
        page.mouse.move(box["x"] + share * box["width"], box["y"] + box["height"] / 2)
        seen.append(page.evaluate(MOVED))
    page.mouse.up()
    assert all(each != start for each in seen)
    assert seen[0] != seen[1] != seen[2]
    assert 3.5 < float(page.get_by_role("slider").get_attribute("aria-valuetext")) < 4.5


def test_two_sliders_are_independent(page, tmp_path):
    exported(
        page, tmp_path, new_code_cell("a = 1 in 0..2 step 1\nb = 0 in 0..2 step 1\nP = (a, b)\nrange 0 3; yrange 0 3")
    )
    first, second = page.get_by_role("slider", name="a"), page.get_by_role("slider", name="b")
    seen = {}
    for a in range(3):
        for b in range(3):
            first.fill(str(a))
            second.fill(str(b))
            seen[a, b] = page.locator(CURVE).first.bounding_box()
    for a, b in seen:
        assert (seen[a, b]["x"] - seen[0, 0]["x"]) == pytest.approx(a * (seen[1, 0]["x"] - seen[0, 0]["x"]), abs=0.5)
        assert (seen[a, b]["y"] - seen[0, 0]["y"]) == pytest.approx(b * (seen[0, 1]["y"] - seen[0, 0]["y"]), abs=0.5)
    assert seen[1, 0]["x"] - seen[0, 0]["x"] > 50


def test_the_picture_is_told_and_its_words_follow(page, tmp_path):
    exported(page, tmp_path, new_code_cell("a = 2 in 1..4 step 1\nrange -a a\ny = x"))
    picture = page.get_by_role("img", name="x from −2 to 2")
    assert picture.count() == 1
    page.get_by_role("slider").press("End")
    assert page.get_by_role("img", name="x from −4 to 4").count() == 1
    assert "x from −4 to 4" in page.locator(".plotlang-frozen-words").text_content()


def test_hostile_words_do_nothing(page, tmp_path):
    hostile = "</script><script>alert(1)</script><img src=x onerror=alert(2)>"
    exported(
        page,
        tmp_path,
        new_markdown_cell(f"# x\n\n{hostile}"),
        new_code_cell(f'title "{hostile}"\ny = a x with label "{hostile}"'),
    )
    page.get_by_role("slider").press("End")
    assert page.locator("script").count() == 2
    assert page.locator("img").count() == 0


def test_without_scripts_the_present_picture_is_there(chromium, tmp_path):
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    exported(page, tmp_path, new_code_cell("a = 1 in 0..5\ny = a x^2"))
    image = page.locator(".plotlang-frozen img")
    assert image.bounding_box()["width"] == 600
    assert page.get_by_text("a = 1", exact=True).is_visible()
    assert page.get_by_role("slider").count() == 0
    context.close()


@pytest.fixture
def saved():
    """A notebook with a frozen figure in it, twice."""
    outcome = Notebook().run("a = 1 in 0..5 step 1\ny = a x^2\nfreeze a")
    bundles = [each.content["data"] for each in cell_messages(outcome, None) if isinstance(each, Message)]
    (data,) = [each for each in bundles if "plotlang-frozen" in each.get("text/html", "")]
    outputs = [new_output("display_data", data=data), new_output("display_data", data=data)]
    return new_notebook(cells=[new_code_cell("freeze a", outputs=outputs)])


def test_a_page_of_nbconvert_moves_too(chromium, tmp_path, saved):
    text, _ = HTMLExporter().from_notebook_node(saved)
    (tmp_path / "page.html").write_text(text, encoding="utf-8")
    page = chromium.new_page()
    page.route("http*://**/*", lambda route: route.abort())
    page.goto((tmp_path / "page.html").as_uri())
    sliders = page.get_by_role("slider")
    assert sliders.count() == 2
    start = page.evaluate(MOVED)
    sliders.first.press("End")
    after = page.evaluate(MOVED)
    assert after[0] != start[0]
    assert after[1] == start[1]
    page.close()


def test_a_notebook_that_is_not_trusted_shows_the_present_picture(lab, saved):
    lab.open("1 + 1")
    page, server = lab.page, lab.server
    (server.folder / "foreign.ipynb").write_text(writes(saved), encoding="utf-8")
    page.goto(f"{server.address}/lab/workspaces/foreign/tree/foreign.ipynb?token={server.token}")
    image = page.locator(".plotlang-frozen img").first
    image.wait_for()
    assert image.evaluate("each => each.naturalWidth") == 600
    assert "curve" in image.get_attribute("alt").lower()
    assert page.locator(".plotlang-frozen").get_by_role("slider").count() == 0
    assert page.locator(".plotlang-frozen").get_by_text("a = 1", exact=True).count() == 2


def test_a_frozen_figure_moves_in_jupyterlab(lab):
    lab.open("a = 1 in 0..5 step 1\ny = a x^2\nfreeze a")
    lab.run(0)
    slider = lab.page.locator(".plotlang-frozen").get_by_role("slider", name="a")
    start = lab.page.evaluate(MOVED)
    slider.press("End")
    assert lab.page.evaluate(MOVED) != start
    assert slider.get_attribute("aria-valuetext") == "5"
