"""Sliders over the wire: what a front end sees when a user moves them."""

from __future__ import annotations

import time

import pytest

from plotlang import Notebook
from tests.protocol.client import Client
from tests.protocol.sliding import VIEW, Page, drawn, handle, model, opened, pixels, png_of, same

CELL = "slider a -5 5\nrange -5 5\nyrange -4 4\nlegend off\ny = a sin(x)"
SLOW = "new figure\n" + "\n".join(f"y = sum(sin(k x + {n}) for k in 1..2000)" for n in range(4))


@pytest.fixture
def page():
    """A page with a kernel of its own: which models are open must not depend on the test before."""
    client = Client()
    yield Page(client)
    client.close()


def update_of(heard, method, model_id):
    """The states that were sent for a model."""
    datas = (each["content"]["data"] for each in heard if each["msg_type"] == "comm_msg")
    ids = (each["content"]["comm_id"] for each in heard if each["msg_type"] == "comm_msg")
    return [
        data["state"] for data, name in zip(datas, ids, strict=True) if (data["method"], name) == (method, model_id)
    ]


def test_models_are_opened_before_the_row_that_shows_them(page):
    answer = page.run(CELL)
    kinds = ["row" if VIEW in each["content"].get("data", {}) else each["msg_type"] for each in answer.outputs]
    assert kinds[0] == "display_data"  # the picture
    assert kinds.index("row") > max(n for n, kind in enumerate(kinds) if kind == "comm_open")
    row = answer.outputs[kinds.index("row")]["content"]["data"]
    assert row[VIEW]["model_id"] == model(answer, "VBox")
    assert row["text/plain"] == "a = 1   slider from −5 to 5"
    known = set()
    for name, state in opened(answer).items():
        used = {each.removeprefix("IPY_MODEL_") for each in str(state).split("'") if each.startswith("IPY_MODEL_")}
        assert used <= known
        known.add(name)


def test_one_model_for_a_slider_under_two_pictures(page):
    first = page.run(CELL, "c")
    second = page.run("y = a x", "d")
    assert handle(first)
    assert "FloatSliderModel" not in [each["_model_name"] for each in opened(second).values()]
    assert model(second, "VBox") != model(first, "VBox")


def test_a_move_gives_the_picture_of_its_position(page):
    slider = handle(page.run(CELL))
    for value in (3.0, -2.5, 0.0):
        page.move(slider, value)
        assert same(page.frames()[-1], drawn(CELL, a=value))


def test_the_picture_at_rest_is_that_of_a_new_notebook_with_the_line_that_names_prints(page):
    slider = handle(page.run("slider a -5 5", "s"))
    page.run("y = a x^2", "c")
    page.move(slider, 4.0)
    page.rest()
    (line,) = page.run("names", "n").texts()
    again = Notebook()
    again.run(line.split("#")[0], cell_id="s")
    again.run("y = a x^2", cell_id="c")
    assert again.parameters["a"].value == 4.0
    assert same(page.frames()[-1], pixels(again.at("c").figure.png()))


def test_a_typed_number_beyond_the_end_widens_the_slider(page):
    answer = page.run(CELL)
    slider, number = handle(answer), model(answer, "FloatText")
    page.move(number, 8.0)
    page.rest()
    assert same(page.frames()[-1], drawn(CELL, a=8.0))
    assert page.listen(lambda: any(each["msg_type"] == "comm_close" for each in page.heard))
    wider = {"_model_name": "FloatSliderModel", "max": 8.0, "value": 8.0}
    opened_since = [each["content"]["data"]["state"] for each in page.heard if each["msg_type"] == "comm_open"]
    assert any(wider.items() <= state.items() for state in opened_since)
    assert slider in [each["content"]["comm_id"] for each in page.heard if each["msg_type"] == "comm_close"]


def test_the_round_arrow_puts_back(page):
    answer = page.run(CELL)
    page.move(handle(answer), 3.0)
    page.rest()
    page.idle(page.custom(model(answer, "Button"), {"event": "click"}))
    page.rest(times=2)
    assert same(page.frames()[-1], drawn(CELL))
    assert page.run("a", "d").texts() == ["a = 1"]


def test_figures_that_do_not_depend_on_the_slider_are_left_alone(page):
    slider = handle(page.run(CELL, "c"))
    page.run('new figure "other"\ny = x^2\n1 + 1', "other")
    page.move(slider, 3.0)
    page.rest()
    told = {each["content"]["transient"]["display_id"] for each in page.heard if "transient" in each["content"]}
    updates = [each for each in page.heard if each["msg_type"] == "update_display_data"]
    assert {each["content"]["transient"]["display_id"] for each in updates} == {"plotlang-c-1", "plotlang-c-1-words"}
    assert "plotlang-other-other" in told


def test_ten_cells_follow_one_slider(page):
    cells = {"c": CELL} | {f"c{n}": f"y = a x + {n}" for n in range(9)}
    answers = [page.run(code, cell_id) for cell_id, code in cells.items()]
    page.move(handle(answers[0]), 2.5)
    notebook = Notebook()
    for cell_id, code in cells.items():
        notebook.run(code, cell_id=cell_id)
    notebook.move_slider("a", 2.5)
    for cell_id in cells:
        page.rest(f"plotlang-{cell_id}-1")
        assert same(page.frames(f"plotlang-{cell_id}-1")[-1], pixels(notebook.at(cell_id).figure.png()))


def test_sixty_positions_a_second_do_not_pile_up_and_the_last_is_drawn(page):
    slider, requests = handle(page.run(CELL)), []
    for n in range(120):
        requests.append(page.update(slider, value=0.03 * n))
        page.listen(lambda: False, patience=1 / 60)
    page.idle(*requests)
    assert len(page.frames()) <= len(requests)
    assert same(page.frames()[-1], drawn(CELL, a=0.03 * 119))
    page.rest()
    assert page.run("a", "d").texts() == ["a = 3.57"]


def test_a_driver_on_a_page_gets_the_frames_as_bytes(page):
    answer = page.run(CELL)
    slider, driver = handle(answer), model(answer, "Any")
    page.idle(page.custom(driver, {"event": "shown", "density": 2}), page.custom(driver, {"event": "hold"}))
    page.move(slider, 3.0)
    sent = [each for each in page.heard if each["msg_type"] == "comm_msg" and each["content"]["comm_id"] == driver]
    assert sent[-1]["content"]["data"] == {"method": "custom", "content": {"event": "frame"}}
    assert (pixels(bytes(sent[-1]["buffers"][0])) == drawn(CELL, a=3.0)).all()
    assert page.frames() == []
    page.idle(page.custom(driver, {"event": "release"}))
    page.rest()
    assert len(page.frames()) == 1
    assert same(page.frames()[0], drawn(CELL, a=3.0))


def test_a_cell_right_after_a_move_sees_the_new_position(page):
    slider = handle(page.run(CELL))
    for value in (3, -2, 0.5):
        page.update(slider, value=value)
        text = page.run("a", "d").texts()[-1]
        assert text == f"a = {value}".replace("-", "−")


def test_every_message_has_its_own_busy_and_idle(page):
    slider = handle(page.run(CELL))
    requests = [page.update(slider, value=0.1 * n) for n in range(30)]
    page.idle(*requests)
    assert [page.states(each) for each in requests] == [["busy", "idle"]] * 30


def test_messages_that_come_while_a_long_cell_runs_are_heard_and_answered(page):
    slider = handle(page.run(CELL))
    cell = page.client.send_cell(SLOW, metadata={"cellId": "slow"})
    assert page.listen(lambda: "busy" in page.states(cell))
    requests = [page.update(slider, value=0.5 * n) for n in range(5)]
    answer = page.ended(cell)
    page.idle(*requests)
    assert [page.states(each) for each in (cell, *requests)] == [["busy", "idle"]] * 6
    parents = [each["parent_header"].get("msg_id") for each in page.heard]
    assert parents.index(requests[-1]) < max(n for n, each in enumerate(parents) if each == cell)
    assert answer.reply["execution_count"] > 0
    assert page.run("a", "d").texts() == ["a = 2"]
    page.move(slider, 3.0)
    assert same(page.frames()[-1], drawn(CELL, a=3.0))


def test_an_interrupt_during_a_drag_stops_nothing_but_the_picture_of_a_moment(page):
    slider, requests = handle(page.run(CELL)), []
    for n in range(40):
        requests.append(page.update(slider, value=0.1 * n))
        if n % 4 == 1:
            page.client.manager.interrupt_kernel()
        time.sleep(0.005)
    page.idle(*requests)
    page.move(slider, 2.5)
    assert same(page.frames()[-1], drawn(CELL, a=2.5))
    page.rest()
    assert page.run("a", "d").texts() == ["a = 2.5"]
    assert page.well()


def test_after_a_reload_a_page_gets_all_models_with_their_present_values(page):
    answer = page.run(CELL)
    slider, number = handle(answer), model(answer, "FloatText")
    page.move(slider, 3.0)
    page.rest()
    control = {"comm_id": "control", "target_name": "jupyter.widget.control", "data": {}}
    page.idle(page.say("comm_open", control, metadata={"version": "1.0.0"}))
    page.idle(page.say("comm_msg", {"comm_id": "control", "data": {"method": "request_states"}}))
    (told,) = [
        each["content"]["data"]["states"]
        for each in page.heard
        if each["msg_type"] == "comm_msg" and each["content"]["comm_id"] == "control"
    ]
    assert opened(answer).keys() <= told.keys()
    assert (told[slider]["state"]["value"], told[number]["state"]["value"]) == (3.0, 3.0)


def test_comm_info_lists_all_models(page):
    answer = page.run(CELL)
    request = page.client.send("comm_info_request", {"target_name": "jupyter.widget"})
    assert opened(answer).keys() <= page.client.reply(request)["comms"].keys()


def test_pictures_as_svg_follow_too(page):
    slider = handle(page.run("format svg\n" + CELL))
    page.move(slider, 3.0)
    (frame,) = [each for each in page.heard if each["msg_type"] == "update_display_data"]
    assert frame["content"]["data"]["image/svg+xml"].lstrip().startswith("<")


def test_a_picture_keeps_its_words_and_size_on_the_way(page):
    answer = page.run(CELL)
    shown = answer.outputs[0]["content"]
    page.move(handle(answer), 3.0)
    moved = page.frames()[-1]["content"]
    assert png_of(page.frames()[-1]).startswith(b"\x89PNG")
    assert moved["metadata"]["image/png"].keys() == shown["metadata"]["image/png"].keys()
    assert moved["transient"] == shown["transient"]
