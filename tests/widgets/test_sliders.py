"""The sliders of a notebook: which widgets there are, under which picture, and how they keep in step."""

from __future__ import annotations

import pytest

from plotlang.widgets.sliders import MOST_SHOWN, VIEW, Sliders
from tests.widgets.hands import Hand, close, definition, press, say, send, told

PNG = b"\x89PNG\r\n\x1a\n"


@pytest.fixture
def hand():
    return Hand()


@pytest.fixture
def sliders(hand):
    return Sliders(hand)


def box(shown):
    """The widget that the data of a message shows."""
    from ipywidgets.widgets.widget import _instances

    return _instances[shown[VIEW]["model_id"]]


def rows(shown):
    """The rows of controls, without the driver and other words."""
    return [each for each in box(shown).children if each._model_name == "HBoxModel"]


def handle(row):
    return row.children[0].children[0]


def models():
    from ipywidgets.widgets.widget import _instances

    return set(_instances)


def letters(count):
    return [definition(f"a_{n}", record="c") for n in range(count)]


def hear(sliders, display_id, content, buffers=()):
    say(sliders._boxes[display_id].driver, {"method": "custom", "content": content}, buffers)


def test_under_a_picture_stands_a_row_for_each_slider_in_order_and_the_driver(sliders):
    shown = sliders.view("p", [definition("a"), definition("b", value=2.0)])
    assert [handle(each).description for each in rows(shown)] == ["a", "b"]
    assert box(shown).children[-1]._model_name == "AnyModel"
    assert box(shown).children[-1].box == box(shown).model_id


def test_where_there_are_no_widgets_sliders_are_words(sliders):
    shown = sliders.view("p", [definition("a"), definition("b", value=-2.5, low=-1e6, high=0.125)])
    assert shown["text/plain"] == "a = 1   slider from −5 to 5\nb = −2.5   slider from −1e+06 to 0.125"


def test_two_pictures_share_the_widgets_of_a_slider(sliders):
    first, second = sliders.view("p", [definition()]), sliders.view("q", [definition()])
    ((one,), (other,)) = rows(first), rows(second)
    assert one.children == other.children
    assert first[VIEW]["model_id"] != second[VIEW]["model_id"]


def test_a_name_of_two_cells_has_two_sliders(sliders, hand):
    first, second = (rows(sliders.view(each, [definition(record=each)]))[0] for each in ("p", "q"))
    send(handle(first), value=2.0)
    send(handle(second), value=3.0)
    assert hand.moves == [(("p", "a"), 2.0), (("q", "a"), 3.0)]


def test_moves_and_resets_name_their_slider(sliders, hand):
    first, second = rows(sliders.view("p", [definition("a"), definition("b")]))
    send(handle(second), value=3.0)
    press(first.children[2])
    send(first.children[1], value=9.0)
    assert hand.moves == [(("c", "b"), 3.0), (("c", "a"), None), (("c", "a"), 9.0)]


def test_the_same_picture_again_makes_no_new_widgets(sliders):
    first = sliders.view("p", letters(3))
    before = models()
    assert sliders.view("p", letters(3)) == first
    assert models() == before


@pytest.mark.parametrize("count", [MOST_SHOWN, MOST_SHOWN + 1, 100])
def test_only_so_many_sliders_are_shown_and_the_others_are_counted(sliders, count):
    shown = sliders.view("p", letters(count))
    assert len(rows(shown)) == MOST_SHOWN
    words = [each.value for each in box(shown).children if each._model_name == "HTMLModel"]
    more = count - MOST_SHOWN
    assert [each.startswith(f"… and {more} more slider") for each in words] == [True] * (more > 0)
    assert len(shown["text/plain"].splitlines()) == count


def test_updates_of_many_sliders_make_no_new_widgets_and_leave_the_rows_alone(sliders, monkeypatch):
    shown = sliders.view("p", letters(40))
    before, sent = models(), told(monkeypatch, box(shown))
    for value in (1.5, 2.5):
        sliders.update({"p": [definition(each.name, value=value) for each in letters(40)]})
    assert models() == before
    assert sent == []


def test_an_update_shows_what_the_notebook_says_but_not_for_sliders_on_their_way(sliders, hand):
    first, second = rows(sliders.view("p", [definition("a"), definition("b")]))
    send(handle(first), value=3.0)
    sliders.update({"p": [definition("a", value=-1.0), definition("b", value=2.0, high=9.0)]}, {("c", "a")})
    assert (handle(first).value, handle(second).value, handle(second).max) == (3.0, 2.0, 9.0)
    assert hand.values == [3.0]


def test_a_slider_that_vanishes_and_comes_back_is_the_same_model(sliders):
    shown = sliders.view("p", [definition("a"), definition("b")])
    first, second = rows(shown)
    sliders.update({"p": [definition("b")]})
    assert rows(shown) == [second]
    sliders.update({"p": [definition("a", value=4.0), definition("b")]})
    assert rows(shown) == [first, second]
    assert handle(first).value == 4.0


def test_a_number_on_its_way_is_written_wherever_it_stands(sliders):
    (row,) = rows(sliders.view("p", [definition()]))
    sliders.write(("c", "a"), 2.5)
    sliders.write(("c", "nobody"), 2.5)
    assert row.children[1].value == 2.5


@pytest.mark.parametrize("part", [0, 1, 2])
def test_widgets_that_a_page_closed_are_made_anew_in_the_same_box(sliders, hand, part):
    shown = sliders.view("p", [definition()])
    (old,) = rows(shown)
    send(handle(old), value=2.0)
    close(old.children[part])
    sliders.update({"p": [definition(value=2.0)]})
    assert sliders.view("p", [definition(value=2.0)])[VIEW] == shown[VIEW]
    (new,) = rows(shown)
    assert new is not old
    assert handle(new).value == 2.0
    send(handle(new), value=3.0)
    assert hand.values == [2.0, 3.0]


def test_a_box_that_a_page_closed_is_made_anew_with_the_same_controls(sliders):
    first = sliders.view("p", [definition()])
    old = rows(first)
    close(box(first))
    second = sliders.view("p", [definition()])
    assert second[VIEW] != first[VIEW]
    assert rows(second) == old


def test_a_driver_that_a_page_closed_is_made_anew(sliders):
    first = sliders.view("p", [definition()])
    hear(sliders, "p", {"event": "shown"})
    close(box(first).children[-1])
    sliders.view("p", [definition()])
    assert sliders.driver("p") is None
    hear(sliders, "p", {"event": "shown"})
    assert sliders.driver("p") is not None


def test_there_is_a_driver_while_a_page_shows_it(sliders, hand):
    sliders.view("p", [definition()])
    assert sliders.driver("p") is None
    for event in ("shown", "shown", "gone"):
        hear(sliders, "p", {"event": event, "density": 2})
    assert sliders.driver("p") is not None
    for _ in range(3):
        hear(sliders, "p", {"event": "gone"})
    assert sliders.driver("p") is None
    hear(sliders, "p", {"event": "shown"})
    assert sliders.driver("p") is not None
    assert sliders.driver("q") is None
    assert [event for _, event in hand.events] == ["shown", "shown", "gone", "gone", "gone", "gone", "shown"]


@pytest.mark.parametrize(
    "content", [None, [], "shown", 5, {}, {"event": None}, {"event": ["shown"]}, {"event": {}}, {"event": "Shown"}]
)
def test_a_driver_does_not_hear_nonsense(sliders, hand, content):
    sliders.view("p", [definition()])
    hear(sliders, "p", content, [b"\x00" * 1000, memoryview(b"x")])
    assert hand.events == []
    assert sliders.driver("p") is None


def test_a_driver_sends_pictures_as_bytes(sliders, monkeypatch):
    shown = sliders.view("p", [definition()])
    hear(sliders, "p", {"event": "shown"})
    sent = told(monkeypatch, box(shown).children[-1])
    sliders.driver("p").show(PNG)
    sliders.driver("p").settle(PNG, {"words": "one curve"})
    assert [(each.method, each.content, each.buffers) for each in sent] == [
        ("custom", {"event": "frame"}, [PNG]),
        ("custom", {"event": "settled", "words": "one curve"}, [PNG]),
    ]
