"""Sliders on their way when something comes between: resets, interrupts, faults, other sliders that play."""

from __future__ import annotations

import asyncio

import pytest

from tests.kernel.stage import played
from tests.kernel.test_dragging import CELL, PICTURE, at, same

TWO = CELL + "\nslider b -5 5\ny = b x"


def test_a_reset_puts_back_number_handle_and_picture():
    async def scene(stage):
        await stage.run(CELL)
        await stage.moved(3.0)
        await stage.rest()
        await stage.moved(None)
        await stage.rest()
        assert (stage.value(), stage.number()) == (1.0, 1.0)
        assert same(stage.refreshed()[-1], at(CELL))

    played(scene)


def test_a_position_after_a_reset_counts():
    async def scene(stage):
        await stage.run(CELL)
        await stage.moved(3.0, None, 2.0)
        await stage.rest()
        assert (stage.value(), stage.number()) == (2.0, 2.0)
        assert same(stage.refreshed()[-1], at(CELL, a=2.0))

    played(scene)


def test_a_reset_while_the_notebook_takes_over_is_not_lost():
    async def scene(stage):
        await stage.run(CELL)
        stage.cells.held = {"settle"}
        await stage.moved(3.0)
        await stage.reached()
        (answer,) = await stage.move(None)
        await asyncio.sleep(0.05)
        stage.cells.held = set()
        await answer
        await stage.rest()
        assert stage.cells.settled[-1] == {"a": None}
        assert (stage.value(), stage.number()) == (1.0, 1.0)

    played(scene)


def test_a_move_while_the_notebook_takes_over_counts():
    async def scene(stage):
        await stage.run(CELL)
        stage.cells.held = {"settle"}
        await stage.moved(3.0)
        await stage.reached()
        (answer,) = await stage.move(2.0)
        stage.cells.held = set()
        await answer
        assert same(stage.refreshed()[-1], at(CELL, a=2.0))
        await stage.rest()
        assert (stage.value(), stage.number()) == (2.0, 2.0)
        assert same(stage.refreshed()[-1], at(CELL, a=2.0))

    played(scene)


def test_a_reset_takes_effect_while_another_slider_plays():
    async def scene(stage):
        await stage.run(TWO)
        await stage.moved(3.0)
        await stage.moved(None)
        for n in range(2000):
            await stage.moved(0.001 * n, name="b")
            if stage.cells.settled and stage.cells.settled[0]["a"] is None:
                break
            await asyncio.sleep(0.01)
        assert stage.cells.settled[0]["a"] is None
        assert stage.value("a") == 1.0

    played(scene)


def test_a_picture_drawn_after_a_reset_shows_the_slider_where_it_went():
    async def scene(stage):
        await stage.run(TWO)
        stage.cells.held = {"settle"}
        await stage.moved(3.0)
        waiting = await stage.move(None, 2.0, name="a") + await stage.move(3.0, name="b")
        waiting += await stage.move(None)
        await stage.reached()
        stage.cells.held = set()
        await asyncio.gather(*waiting)
        await stage.until(lambda: any(places == {"b": 3.0} for _, places in stage.cells.drawn))
        await stage.rest()
        assert same(stage.refreshed()[-1], at(TWO, b=3.0))

    played(scene)


def test_an_interrupt_while_a_picture_is_drawn_answers_and_the_picture_is_drawn_again():
    async def scene(stage):
        await stage.run(CELL)
        before = stage.notebook.session
        stage.cells.held = {PICTURE}
        waiting = await stage.move(2.0, 3.0)
        await stage.reached()
        stage.cells.held = set()
        stage.engine.interrupt()
        await asyncio.wait_for(asyncio.gather(*waiting), 30)
        assert stage.notebook.session is before
        await stage.rest()
        assert stage.value() == 3.0
        assert same(stage.refreshed()[-1], at(CELL, a=3.0))

    played(scene)


def test_an_interrupt_while_the_notebook_takes_over_changes_nothing_and_the_next_position_goes_on():
    async def scene(stage):
        await stage.run(TWO)
        before = stage.notebook.session
        stage.cells.held = {"settle"}
        await stage.moved(3.0)
        await stage.reached()
        stage.engine.interrupt()
        await stage.until(stage.dragging._resting.done)
        assert stage.notebook.session is before
        assert stage.number() == 3.0
        stage.cells.held = set()
        await stage.moved(2.0, name="b")
        assert same(stage.refreshed()[-1], at(TWO, a=3.0, b=2.0))
        await stage.rest()
        assert (stage.value("a"), stage.value("b")) == (3.0, 2.0)

    played(scene)


def test_after_an_interrupt_the_newest_position_is_the_one_that_counts():
    async def scene(stage):
        await stage.run(CELL)
        stage.cells.held = {"settle"}
        await stage.moved(2.0)
        await stage.reached()
        (answer,) = await stage.move(3.0)
        asyncio.get_running_loop().call_later(0.05, stage.engine.interrupt)
        assert not await stage.dragging.settle()  # as before a cell
        await answer
        stage.cells.held = set()
        assert (await stage.run("a", "d")).answer == "a = 3"

    played(scene)


def test_a_storm_of_interrupts_loses_no_position():
    async def scene(stage):
        await stage.run(CELL)
        for n in range(40):
            asyncio.get_running_loop().call_later(0.0007 * n, stage.engine.interrupt)
            await stage.moved(0.1 * n)
        await asyncio.sleep(0.1)  # the storm is over, however slow the machine is
        await stage.moved(2.5)
        assert stage.cells.drawn[-1] == (PICTURE, {"a": 2.5})
        await stage.rest()
        assert stage.value() == 2.5
        assert same(stage.refreshed()[-1], at(CELL, a=2.5))

    played(scene)


@pytest.mark.parametrize("fault", [ValueError("secret"), MemoryError(), RecursionError(), SystemExit(), KeyError("x")])
def test_a_picture_that_fails_does_not_stop_later_ones(fault):
    async def scene(stage):
        await stage.run(CELL)
        stage.cells.faults = {PICTURE: fault}
        await stage.moved(2.0)
        await stage.moved(3.0)
        assert same(stage.refreshed()[-1], at(CELL, a=3.0))
        await stage.rest()
        assert stage.value() == 3.0

    played(scene)


def test_if_the_notebook_cannot_take_over_number_handle_and_pictures_go_back():
    async def scene(stage):
        await stage.run(CELL, "c")
        await stage.run("y = a\na^2", "d")
        before = stage.notebook.session
        stage.cells.faults = {"settle": ValueError("secret")}
        await stage.moved(3.0)
        await stage.rest()
        await stage.until(lambda: len(stage.texts("plotlang-d-values")) == 2)
        assert stage.notebook.session is before
        assert (stage.number(), stage.handle()) == (1.0, 1.0)
        assert same(stage.refreshed()[-1], at(CELL))
        assert "1" in stage.texts("plotlang-d-values")[-1]
        await stage.moved(2.0)
        await stage.rest()
        assert stage.value() == 2.0
        assert "secret" not in str(stage.published)

    played(scene)


def test_a_picture_that_cannot_be_shown_at_rest_keeps_none_from_being_shown():
    async def scene(stage):
        await stage.run(CELL, "c")
        await stage.run("y = a", "d")
        send = stage.driver(PICTURE).comm.send
        stage.driver(PICTURE).comm.send = lambda data, **more: fail(data) or send(data, **more)
        await stage.moved(3.0)
        await stage.rest()
        assert stage.number() == 3.0
        assert ("plotlang-d-1", "settled") in [(name, data["content"]["event"]) for name, data, _ in stage.frames]

    def fail(data):
        if data["content"]["event"] == "settled":
            raise OSError

    played(scene, seen=True)


def test_after_the_limit_of_the_language_is_reached_the_notebook_goes_on():
    async def scene(stage):
        done = await stage.run("\n".join(f"slider a_{n}" for n in range(1000)))
        assert "at most 100 sliders" in done.failure.line
        done = await stage.run("\n".join(f"slider a_{n}" for n in range(100)) + "\ny = a_0 + a_99 x")
        assert done.failure is None
        await stage.moved(3.0, name="a_99")
        await stage.rest()
        assert stage.value("a_99") == 3.0

    played(scene)
