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

WAVE = "slider a -5 5\nrange -5 5\nyrange -6 6\nlegend off\ny = a sin(x)"
LINE = "new figure\nlegend off\ny = a x"
STILL = "new figure\ny = x^2"
CODES = (WAVE, LINE, STILL)
HANDLE = ".noUi-handle"

# Looks at every painted frame: the pictures that were there, where they stood, and whether one was ever missing.
WATCH = """() => {
    const seen = window.seenByTest = {pictures: new Set(), missing: 0, frames: 0, places: new Set(), on: true};
    const look = () => {
        const picture = document.querySelector('.jp-Cell .jp-OutputArea-output img');
        if (!picture || !picture.complete || !picture.naturalWidth) seen.missing += 1;
        else {
            const box = picture.getBoundingClientRect();
            seen.pictures.add(picture.src);
            seen.places.add([box.x, box.y, box.width, box.height].map(Math.round).join(' '));
        }
        seen.frames += 1;
        if (seen.on) requestAnimationFrame(look);
    };
    look();
}"""
SEEN = """() => {
    const seen = window.seenByTest;
    seen.on = false;
    return {pictures: seen.pictures.size, missing: seen.missing, frames: seen.frames, places: [...seen.places]};
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


def test_the_mouse(opened):
    before = opened.cells()
    opened.page.evaluate(WATCH)
    drag(opened)
    opened.shot("sliders-1-on-the-way")
    seen = opened.page.evaluate(SEEN)
    assert seen["pictures"] >= 3, seen
    assert seen["missing"] == 0
    assert len(seen["places"]) == 1  # neither the page nor the picture jumped
    opened.page.mouse.up()
    place = rests(opened)
    assert place > 1
    rests(opened, 1)
    after = opened.cells()
    assert [each.count for each in after] == [each.count for each in before]
    assert after[2].outputs == before[2].outputs
    assert not opened.complaints


def test_keys_typing_and_the_way_back(opened):
    page = opened.page
    page.locator(HANDLE).first.focus()
    for _ in range(3):
        page.keyboard.press("ArrowRight")
    by_keys = rests(opened)
    assert by_keys > 1
    number = page.locator(".widget-text input[type=number]").first
    number.fill("8")
    number.press("Enter")
    assert rests(opened) == 8
    page.wait_for_function("() => document.querySelector('.noUi-handle').getAttribute('aria-valuemax') === '8.0'")
    page.locator("button:has(.fa-undo)").first.click()
    page.wait_for_function("() => document.querySelector('.widget-text input[type=number]').value === '1'")
    assert rests(opened) == 1


def test_reload_save_and_open_again(opened, tmp_path):
    page = opened.page
    drag(opened)
    page.mouse.up()
    first = rests(opened)
    opened.save()
    opened.reload()
    page.locator(HANDLE).first.wait_for()
    page.wait_for_function(f"() => document.querySelector('.widget-text input[type=number]').value === '{first:g}'")
    drag(opened, reach=-60)
    page.mouse.up()
    page.wait_for_function(f"() => document.querySelector('.widget-text input[type=number]').value !== '{first:g}'")
    second = rests(opened)
    rests(opened, 1)
    files = opened.save()
    assert np.array_equal(pixels(saved_picture(files[0])), wanted(0, second))
    assert np.array_equal(pixels(saved_picture(files[1])), wanted(1, second))
    page.evaluate(SHUT_DOWN)
    (path,) = opened.server.folder.glob(opened._path.name)
    html, _ = HTMLExporter().from_filename(str(path))
    assert saved_picture(files[0])[:3000] in "".join(html.split())


def test_play(lab):
    lab.open(WAVE + "\nplay a from -3 to 3 in 2 s", LINE)
    lab.run(0)
    lab.run(1)  # two pictures show the buttons
    lab.page.locator("button:has(.fa-play)").first.click()
    lab.page.wait_for_function("() => document.querySelector('.widget-text input[type=number]').value === '3'")
    assert rests_alone(lab) == 3


def rests_alone(sheet):
    for _ in range(300):
        picture, place = saved(sheet.cells()[0]), position(sheet)
        if np.array_equal(picture, wanted(0, place, (WAVE,))):
            return place
        sheet.page.wait_for_timeout(100)
    raise AssertionError(f"the saved picture is not the one for {place}")


def test_notebook_7(notebook):
    notebook.open(*CODES)
    for index in range(3):
        notebook.run(index)
    notebook.page.locator(HANDLE).first.wait_for()
    drag(notebook)
    notebook.page.mouse.up()
    assert rests(notebook) > 1
    notebook.shot("sliders-2-notebook")
