"""Sliders on their way: what is drawn, in which order, and when the notebook takes over."""

from __future__ import annotations

import asyncio
import io

import numpy as np
import pytest
from PIL import Image

from plotlang import Notebook
from plotlang.kernel.dragging import QUIET
from tests.kernel.stage import played

CELL = "slider a -5 5\nrange -5 5\nyrange -4 4\nlegend off\ny = a sin(x)"
PICTURE = "plotlang-c-1"


def pixels(png):
    return np.asarray(Image.open(io.BytesIO(png)).convert("RGB")).astype(int)


def at(code, **places):
    """The pixels of the picture of a cell with its sliders at places."""
    notebook = Notebook()
    notebook.run(code, cell_id="c")
    for name, value in places.items():
        notebook.move_slider(name, value)
    return pixels(notebook.at("c").figure.png())


def same(png, wanted):
    return np.array_equal(pixels(png), wanted)


def test_the_picture_on_the_way_is_the_one_of_its_position():
    async def scene(stage):
        await stage.run(CELL)
        await stage.moved(3.0)
        assert same(stage.refreshed()[-1], at(CELL, a=3.0))
        assert stage.value() == 1.0

    played(scene)


def test_positions_that_arrive_while_a_picture_is_drawn_are_merged_and_the_last_is_drawn():
    async def scene(stage):
        await stage.run(CELL)
        stage.cells.held = {PICTURE}
        waiting = await stage.move(*(0.1 * n for n in range(1, 21)))
        stage.cells.held = set()
        await asyncio.gather(*waiting)
        assert stage.cells.drawn == [(PICTURE, {"a": 0.1}), (PICTURE, {"a": 2.0})]
        assert len(stage.refreshed()) == 2
        assert same(stage.refreshed()[-1], at(CELL, a=2.0))
        assert stage.number() == 2.0
        await stage.rest()
        assert stage.value() == 2.0

    played(scene)


def test_no_answer_comes_before_the_picture_of_its_position_or_a_newer_one():
    async def scene(stage):
        await stage.run(CELL)
        stage.cells.held = {PICTURE}
        first, second = await stage.move(2.0, 3.0)
        await stage.reached()
        assert not first.done()
        stage.cells.held = set()
        await first
        assert len(stage.refreshed()) >= 1
        await second
        assert stage.cells.drawn[-1] == (PICTURE, {"a": 3.0})

    played(scene)


def test_the_answer_waits_for_the_picture_under_the_hand_only():
    async def scene(stage):
        await stage.run(CELL, "c")
        await stage.run("y = a", "d")
        await stage.run("y = a x", "e")
        stage.tell("plotlang-d-1", "hold")
        stage.cells.held = {PICTURE, "plotlang-e-1"}
        await stage.moved(2.0)
        assert [each for each, _ in stage.cells.drawn] == ["plotlang-d-1"]
        stage.cells.held = set()
        await stage.until(lambda: len(stage.cells.drawn) == 3)
        assert [each for each, _ in stage.cells.drawn[1:]] == [PICTURE, "plotlang-e-1"]

    played(scene)


def test_without_a_hand_the_picture_of_the_cell_that_defines_the_slider_is_first():
    async def scene(stage):
        await stage.run("let k = 1\ny = x", "b")
        await stage.run(CELL, "c")
        await stage.run("y = a", "d")
        await stage.moved(2.0)
        assert stage.cells.drawn[0] == (PICTURE, {"a": 2.0})
        await stage.rest()
        assert {each for each, _ in stage.cells.drawn} == {PICTURE, "plotlang-d-1"}

    played(scene)


def test_where_a_page_shows_the_sliders_frames_go_to_it_and_the_file_gets_the_last():
    async def scene(stage):
        await stage.run(CELL)
        await stage.moved(2.0, 3.0)
        assert stage.refreshed() == []
        await stage.rest()
        events = [(name, data["content"]["event"]) for name, data, _ in stage.frames]
        assert events[-1] == (PICTURE, "settled")
        assert set(events[:-1]) == {(PICTURE, "frame")}
        for png in (stage.frames[-1][2][0], stage.frames[-2][2][0], *stage.refreshed()):
            assert same(png, at(CELL, a=3.0))
        assert len(stage.refreshed()) == 1

    played(scene, seen=True)


def test_values_follow_too():
    async def scene(stage):
        await stage.run("slider a -5 5\na^2 + 1", "c")
        await stage.moved(3.0)
        await stage.until(lambda: any("10" in each for each in stage.texts("plotlang-c-values")))
        assert stage.value() == 1.0
        await stage.rest()
        assert "10" in stage.texts("plotlang-c-values")[-1]

    played(scene)


def test_it_settles_when_the_hand_lets_go_and_not_while_it_holds():
    async def scene(stage):
        await stage.run(CELL)
        stage.tell(PICTURE, "hold")
        await stage.moved(2.0)
        await asyncio.sleep(3 * QUIET)
        await stage.moved(3.0)
        await asyncio.sleep(3 * QUIET)
        assert stage.cells.settled == []
        stage.tell(PICTURE, "gone")  # the page has made the row anew; the hand is where it was
        await asyncio.sleep(3 * QUIET)
        assert stage.cells.settled == []
        stage.tell(PICTURE, "release")
        await stage.rest()
        assert stage.cells.settled == [{"a": 3.0}]

    played(scene)


def test_a_page_that_was_loaded_again_holds_nothing():
    async def scene(stage):
        await stage.run(CELL)
        stage.tell(PICTURE, "hold")
        await stage.moved(2.0)
        stage.tell(PICTURE, "shown")
        await stage.rest()
        assert stage.value() == 2.0

    played(scene)


def test_at_rest_the_range_fits_and_the_picture_is_what_a_new_notebook_shows():
    async def scene(stage):
        code = "slider a -5 5\ny = a x^2"
        await stage.run(code)
        await stage.moved(4.0)
        await stage.rest()
        assert same(stage.refreshed()[-1], at(code, a=4.0))
        assert same(stage.refreshed()[-1], at(code.replace("slider a -5 5", "slider a -5 5 start 4")))

    played(scene)


def test_a_cell_sees_positions_that_are_on_their_way():
    async def scene(stage):
        await stage.run(CELL)
        waiting = await stage.move(2.0, 3.0)
        done = await stage.run("a", "d")
        assert done.answer == "a = 3"
        assert stage.cells.settled == [{"a": 3.0}]
        await asyncio.gather(*waiting)

    played(scene)


def test_running_the_cell_of_a_slider_puts_it_back_to_what_the_text_says():
    async def scene(stage):
        await stage.run(CELL)
        await stage.moved(3.0)
        await stage.run(CELL)
        assert (stage.value(), stage.number()) == (1.0, 1.0)

    played(scene)


def test_two_sliders_settle_together():
    async def scene(stage):
        await stage.run(CELL + "\nslider b -5 5\ny = b")
        await stage.moved(2.0)
        await stage.moved(3.0, name="b")
        await stage.rest()
        assert (stage.value("a"), stage.value("b")) == (2.0, 3.0)

    played(scene)


def test_a_slider_that_is_gone_can_still_be_moved_by_a_page_that_shows_it():
    async def scene(stage):
        await stage.run("slider a -5 5", "c")
        await stage.run("y = a x", "d")
        gone = stage.slider()
        await stage.run("a = 2", "c")
        stage.dragging.moved(gone, 4.0)
        await stage.dragging.follow()
        await stage.rest()
        assert stage.notebook.value("a") == 2.0
        assert (await stage.run("a", "e")).answer == "a = 2"

    played(scene)


@pytest.mark.parametrize("value", [7.5, -1e12, 1e12, -1e-300, -0.0])
def test_any_number_can_be_typed(value):
    async def scene(stage):
        await stage.run(CELL)
        await stage.moved(value)
        await stage.rest()
        low, high = stage.notebook.parameters["a"].low, stage.notebook.parameters["a"].high
        assert stage.value() == value
        assert (low, high) == (min(value, -5.0), max(value, 5.0))

    played(scene)
