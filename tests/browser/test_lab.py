"""JupyterLab: the figure builds up from cell to cell, and the pictures under the cells stay true."""

from __future__ import annotations

import base64
import struct

from tests.browser.sheet import saved_picture

BUILDING = ("y = sin(x)", "y = cos(x)", "y = x/2")


def run_all(sheet):
    for index in range(len(sheet.cells())):
        sheet.run(index)
    return sheet.cells()


def test_a_figure_builds_up_and_stays_true(lab):
    lab.open(*BUILDING)
    first, second, third = run_all(lab)
    lab.shot("lab-1-three-cells")
    assert [each.curves for each in (first, second, third)] == [1, 2, 3]
    assert len({first.picture, second.picture, third.picture}) == 3

    lab.edit(0, "y = 3sin(x)")
    assert lab.run(0).picture != first.picture
    cells = lab.wait_for(lambda cells: cells[2].picture != third.picture and cells[1].picture != second.picture)
    lab.shot("lab-2-first-cell-edited")
    assert [each.curves for each in cells] == [1, 2, 3]
    assert all("3·sin(x)" in each.description for each in cells)
    assert cells[2].count == third.count  # refreshed, not run

    lab.delete(1)
    first, third = lab.cells()
    assert lab.run(0).picture == first.picture
    first, third = lab.wait_for(lambda cells: cells[1].curves == 2)
    lab.shot("lab-3-second-cell-deleted")
    assert "cos" not in third.description

    saved = lab.save()
    assert [saved_picture(each) for each in saved] == [first.picture, third.picture]


def test_a_deleted_cell_that_comes_back_counts_again(lab):
    lab.open(*BUILDING)
    run_all(lab)
    lab.delete(1)
    lab.run(0)
    lab.wait_for(lambda cells: cells[1].curves == 2)
    lab.command("notebook:undo-cell-action")
    lab.wait_for(lambda cells: len(cells) == 3)
    lab.run(1)
    cells = lab.wait_for(lambda cells: cells[2].curves == 3)
    assert [each.curves for each in cells] == [1, 2, 3]


def test_a_picture_is_as_large_on_the_screen_as_it_says(lab):
    lab.open("y = tan(x)")
    cell = lab.run(0)
    png = base64.b64decode(cell.picture)
    assert struct.unpack(">II", png[16:24]) == (1200, 800)
    box = lab.page.locator(".jp-OutputArea-output img").bounding_box()
    assert (box["width"], box["height"]) == (600, 400)


def test_a_new_slider_is_announced_and_the_description_is_folded(lab):
    lab.open("y = a sin(x)\ny = 1/2x")
    cell = lab.run(0)
    lab.shot("lab-4-note")
    assert "slider" in cell.html
    folded = lab.page.locator(".jp-OutputArea-output details")
    assert not folded.evaluate("each => each.open")
    folded.locator("summary").click()
    assert "Curve" in folded.inner_text()
    lab.shot("lab-5-description-open")


def test_an_error_is_shown_and_the_good_lines_are_drawn(lab):
    lab.open("y = sin(x)\ny = sine(x)\ny = (x + 1\ny = x^2", "1 + 1\npi/2\ny = cos(x)")
    cell = lab.run(0)
    lab.run(1)
    lab.shot("lab-6-error")
    assert cell.curves == 2
    assert "did you mean sin" in "".join(cell.texts)
    assert "Traceback" not in "".join(cell.texts)
    assert len(cell.errors) == 1


def test_an_error_does_not_lose_the_cells_that_follow_it(lab):
    lab.open("y = sin(x)", "y = foo(x)", "y = cos(x)")
    lab.run(0)
    assert lab.run(1).errors
    assert lab.run(2).curves == 2


def test_restart_and_run_all_gives_what_stands_there(lab):
    lab.open(*BUILDING)
    run_all(lab)
    lab.edit(0, "y = sin(2x)")
    lab.run(0)
    before = lab.wait_for(lambda cells: "sin(2" in cells[2].description)
    lab.restart()
    lab.command("notebook:run-all-cells")
    lab.wait_for(lambda cells: [each.count for each in cells] == [1, 2, 3])
    lab.wait_until_idle()
    after = lab.cells()
    assert [each.picture for each in after] == [each.picture for each in before]


def test_after_a_reload_the_state_is_still_there(lab):
    lab.open(*BUILDING)
    pictures = [each.picture for each in run_all(lab)]
    lab.save()
    lab.reload()
    lab.wait_for(lambda cells: [each.images for each in cells] == [(each,) for each in pictures])
    lab.edit(0, "y = sin(3x)")
    lab.run(0)
    third = lab.run(2)
    assert third.curves == 3
    assert "sin(3" in third.description


def test_completion_offers_functions(lab):
    lab.open("y = ta")
    lab.activate(0)
    lab.page.locator(".jp-Notebook .cm-content").click()
    lab.page.keyboard.press("End")
    lab.page.keyboard.press("Tab")
    offered = lab.page.locator(".jp-Completer-match")
    offered.first.wait_for(timeout=30_000)
    lab.shot("lab-7-completion")
    assert {"tan", "tanh", "tau"} <= set(offered.all_inner_texts())


def test_inspection_explains_a_function(lab):
    lab.open("y = tan(x)")
    lab.activate(0)
    lab.page.locator(".jp-Notebook .cm-content").click()
    lab.page.keyboard.press("Home")
    for _ in range(5):
        lab.page.keyboard.press("ArrowRight")
    lab.page.keyboard.press("Shift+Tab")
    told = lab.page.locator(".jp-Tooltip", has_text="tangent of an angle")
    told.wait_for(timeout=30_000)
    lab.shot("lab-8-inspection")
    assert "y = tan(x)" in told.inner_text()


def test_cells_are_coloured(lab):
    lab.open("y = sin(x) + 2  # a wave")
    lab.page.locator(".jp-Notebook .cm-line span").first.wait_for(timeout=30_000)
    coloured = lab.page.locator(".jp-Notebook .cm-line span").all_inner_texts()
    assert "# a wave" in coloured
