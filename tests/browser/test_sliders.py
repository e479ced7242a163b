"""Sliders in the browser, moved as a user moves them: by mouse, by keys, by typing; and what is left in the file."""

from __future__ import annotations

import base64
import io

import numpy as np
import pytest
from nbconvert import HTMLExporter
from PIL import Image

from plotlang import Notebook
from tests.browser.sheet import saved_picture

WAVE = "slider a -5 5\nrange -5 5\nyrange -6 6\nlegend off\ny = a sin(x)\nplay a from -3 to 3 in 2 s"
LINE = "new figure\nlegend off\ny = a x"
STILL = "new figure\ny = x^2"
CODES = (WAVE, LINE, STILL)
HANDLE = ".noUi-handle"

AXIS = 50  # pixels at the left of a picture, where the numbers of the y axis stand
SCREEN, TALL = {"width": 1300, "height": 900}, {"width": 1300, "height": 2000}

# Looks at every painted frame: the pictures under one cell, the numbers at its y axis, where the page and its cells
# stood, and whether any cell ever had no picture.
WATCH = """([index, axis]) => {
    const panel = window.jupyterapp.shell.currentWidget.content;
    const seen = window.seenByTest = {pictures: new Set(), axes: new Set(), missing: 0, places: new Set(), on: true};
    const canvas = Object.assign(document.createElement('canvas'), {width: axis, height: 400});
    const pen = canvas.getContext('2d', {willReadFrequently: true});
    const look = () => {
        const cells = panel.widgets.filter(each => each.node.isConnected);
        const pictures = cells.map(each => each.node.querySelector('.jp-OutputArea-output img'));
        if (!pictures.every(each => each?.complete && each.naturalWidth)) seen.missing += 1;
        const boxes = [...cells.map(each => each.node), ...pictures].map(each => each?.getBoundingClientRect().top);
        seen.places.add([window.scrollY, panel.outerNode.scrollTop, ...boxes.map(Math.round)].join(' '));
        const picture = pictures[cells.indexOf(panel.widgets[index])];
        if (picture && !seen.pictures.has(picture.src)) {
            seen.pictures.add(picture.src);
            pen.fillStyle = 'white';
            pen.fillRect(0, 0, axis, 400);
            pen.drawImage(picture, 0, 0, 600, 400);
            seen.axes.add(canvas.toDataURL());
        }
        if (seen.on) requestAnimationFrame(look);
    };
    look();
}"""
SEEN = """() => {
    const {pictures, axes, missing, places} = window.seenByTest;
    return {pictures: pictures.size, axes: axes.size, missing, places: [...places]};
}"""
SHUT_DOWN = "() => window.jupyterapp.serviceManager.sessions.shutdownAll()"


def pixels(png):
    return np.asarray(Image.open(io.BytesIO(base64.b64decode(png))).convert("RGB")).astype(int)


def wanted(index, a, codes=CODES):
    """The pixels under a cell with the slider at a place, as a new notebook draws them."""
    notebook = Notebook()
    for number, code in enumerate(codes):
        notebook.run(code, cell_id=str(number))
    notebook.move_slider("a", a)
    return pixels(base64.b64encode(notebook.at(str(index)).figure.png()))


def saved(cell):
    """The pixels of the picture of a cell that the notebook would save."""
    (found,) = [each["data"]["image/png"] for each in cell.outputs if "image/png" in each.get("data", {})]
    return pixels("".join(found))


def position(sheet, row=0):
    return float(sheet.page.locator(".widget-text input[type=number]").nth(row).input_value())


def rests(sheet, index=0):
    """Wait until the picture of a cell is the one of the slider's position, in the notebook's document too."""
    for _ in range(300):
        picture, place = saved(sheet.cells()[index]), position(sheet)
        if np.array_equal(picture, wanted(index, place)):
            return place
        sheet.page.wait_for_timeout(100)
    raise AssertionError(f"the saved picture of cell {index} is not the one for {place}")


def drag(sheet, row=0, reach=90, steps=24):
    """Drag a handle to the right, and back a little, holding the button for the whole way."""
    handle = sheet.page.locator(HANDLE).nth(row)
    box = handle.bounding_box()
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    mouse = sheet.page.mouse
    mouse.move(x, y)
    mouse.down()
    for step in range(1, steps + 1):
        mouse.move(x + reach * step / steps, y)
        sheet.page.wait_for_timeout(40)
    mouse.move(x + reach * 0.8, y)


@pytest.fixture
def opened(lab):
    lab.open(*CODES)
    for index in range(3):
        lab.run(index)
    lab.page.locator(HANDLE).first.wait_for()
    return lab


def test_the_mouse_and_what_is_saved(opened):
    page = opened.page
    before = opened.cells()
    page.set_viewport_size(SCREEN)
    page.locator(HANDLE).nth(1).scroll_into_view_if_needed()
    page.wait_for_timeout(500)
    page.evaluate(WATCH, [1, AXIS])
    drag(opened, row=1)
    seen = page.evaluate(SEEN)
    opened.shot("sliders-1-on-the-way")
    page.mouse.up()
    first = rests(opened, 1)
    later = page.evaluate(SEEN)
    page.evaluate("() => { window.seenByTest.on = false; }")
    assert seen["pictures"] >= 3, seen
    assert seen["axes"] == 1  # the range of y waits for the release
    assert later["axes"] > 1
    assert seen["missing"] == later["missing"] == 0
    assert len(seen["places"]) == 1, seen["places"]  # nothing on the page jumped
    assert first > 1
    rests(opened, 0)
    after = opened.cells()
    assert [each.count for each in after] == [each.count for each in before]
    assert after[2].outputs == before[2].outputs
    assert not opened.complaints

    page.set_viewport_size(TALL)
    opened.save()
    opened.reload()
    page.locator(HANDLE).first.wait_for()
    page.wait_for_function(f"() => document.querySelector('.widget-text input[type=number]').value === '{first:g}'")
    drag(opened, reach=-60)
    page.mouse.up()
    page.wait_for_function(f"() => document.querySelector('.widget-text input[type=number]').value !== '{first:g}'")
    second = rests(opened)
    rests(opened, 1)
    pictures = [saved_picture(each) for each in opened.save()]
    assert np.array_equal(pixels(pictures[0]), wanted(0, second))
    assert np.array_equal(pixels(pictures[1]), wanted(1, second))

    page.evaluate(SHUT_DOWN)
    opened.reload()
    opened.shot("sliders-2-another-kernel")
    assert [each.images for each in opened.cells()] == [(each,) for each in pictures]
    html, _ = HTMLExporter().from_filename(str(opened._path))
    html = "".join(html.split())
    assert all(each in html for each in pictures)


def test_keys_typing_the_way_back_and_play(opened):
    page = opened.page
    page.locator(HANDLE).first.focus()
    for _ in range(3):
        page.keyboard.press("ArrowRight")
    page.wait_for_function("() => document.querySelector('.widget-text input[type=number]').value === '1.3'")
    page.keyboard.press("ArrowLeft")
    page.wait_for_function("() => document.querySelector('.widget-text input[type=number]').value === '1.2'")
    assert rests(opened) == 1.2
    number = page.locator(".widget-text input[type=number]").first
    number.fill("8")
    number.press("Enter")
    assert rests(opened) == 8
    page.wait_for_function("() => document.querySelector('.noUi-handle').getAttribute('aria-valuemax') === '8.0'")
    page.locator("button:has(.fa-undo)").first.click()
    page.wait_for_function("() => document.querySelector('.widget-text input[type=number]').value === '1'")
    assert rests(opened) == 1
    page.locator("button:has(.fa-play)").first.click()
    page.wait_for_function("() => document.querySelector('.widget-text input[type=number]').value === '3'")
    assert rests(opened) == 3
    rests(opened, 1)


def test_notebook_7(notebook):
    notebook.open(*CODES)
    for index in range(3):
        notebook.run(index)
    notebook.page.locator(HANDLE).first.wait_for()
    drag(notebook)
    notebook.page.mouse.up()
    assert rests(notebook) > 1
    notebook.shot("sliders-3-notebook")
