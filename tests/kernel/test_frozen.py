from plotlang.kernel.messages import Message, SliderRow, cell_messages, refresh_messages
from plotlang.notebook import Notebook


def shown(notebook, text, key):
    return cell_messages(notebook.run(text, key), None)


def test_a_frozen_figure_is_one_display_with_its_own_sliders():
    messages = shown(Notebook(), "a = 1 in 0..2 step 1\ny = a x\nfreeze a", "one")
    (message,) = [each for each in messages if isinstance(each, Message) and "image/png" in each.content["data"]]
    data = message.content["data"]
    assert data["text/html"].count('class="plotlang-frozen"') == 1
    assert data["text/plain"].startswith("A figure with a slider that needs no kernel: a from 0 to 2, 3 positions")
    assert message.content["transient"] == {"display_id": "plotlang-one-1"}
    assert not [each for each in messages if isinstance(each, SliderRow)]


def test_a_plain_figure_has_no_html():
    messages = shown(Notebook(), "a = 1 in 0..2 step 1\ny = a x", "one")
    (message,) = [each for each in messages if isinstance(each, Message) and "image/png" in each.content["data"]]
    assert "text/html" not in message.content["data"]
    assert [each for each in messages if isinstance(each, SliderRow)]


def test_a_frozen_figure_is_refreshed_in_its_place():
    notebook = Notebook()
    shown(notebook, "a = 1 in 0..2 step 1\ny = a x", "one")
    before = shown(notebook, "freeze a", "two")
    outcome = notebook.run("a = 2 in 0..2 step 1\ny = a x", "one")
    (picture,) = [each for each in outcome.refreshed if each.cell_id == "two"]
    update = refresh_messages(picture)[0]
    assert update.type == "update_display_data"
    assert update.content["transient"] == {"display_id": "plotlang-two-1"}
    assert "now a = 2" in update.content["data"]["text/plain"]
    assert any("now a = 1" in each.content["data"].get("text/plain", "") for each in before)


def test_the_sliders_of_other_pictures_leave_a_frozen_one_alone():
    notebook = Notebook()
    notebook.run("a = 1 in 0..2 step 1\ny = a x", "one")
    notebook.run("freeze a", "two")
    assert notebook.drag().followers([notebook.session.definitions["a"].slider]) == ["plotlang-one-1"]
