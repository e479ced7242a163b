"""The widgets of one slider: what a page may say to them, and what they tell."""

from __future__ import annotations

import math

import pytest

from plotlang.model.session import MOST_SLIDER
from plotlang.widgets.controls import Controls
from tests.widgets.hands import close, definition, press, say, send, told

NONSENSE = [math.nan, math.inf, -math.inf, "2", "", None, True, False, [], [2.0], {}, {"value": 2}, 1e13, -(10**400)]


class Told:
    """Controls, and what they told of moves; None is a reset."""

    def __init__(self, **about):
        self.values = []
        self.controls = Controls(definition(**about), self.values.append, lambda: self.values.append(None))

    @property
    def shown(self):
        """Number and handle."""
        return self.controls.number.value, self.controls.handle.value


@pytest.fixture
def told_of():
    return Told()


def player_of(controls):
    """The buttons to play in the row under a picture."""
    return controls.row("picture").children[-1]


def parts(controls):
    return {name: getattr(controls, name) for name in ("handle", "number")}


def test_a_slider_has_range_step_and_value_of_its_definition():
    handle = Told(value=2.0, low=0.0, high=4.0, step=0.5).controls.handle
    assert (handle.value, handle.min, handle.max, handle.step) == (2.0, 0.0, 4.0, 0.5)
    assert handle.description == "a"


@pytest.mark.parametrize(("low", "high", "step"), [(-5, 5, 0.1), (0, 1, 0.01), (0, 2 * math.pi, 0.05), (1, 1e6, 5000)])
def test_without_a_step_the_step_is_round_with_100_to_250_positions(low, high, step):
    handle = Told(value=low, low=low, high=high).controls.handle
    assert handle.step == pytest.approx(step)
    assert 100 <= (high - low) / handle.step <= 250


@pytest.mark.parametrize("part", ["handle", "number"])
@pytest.mark.parametrize("value", [2, 2.5, -5.0, 0, -0.0])
def test_a_number_from_a_page_is_told_once(told_of, part, value):
    send(getattr(told_of.controls, part), value=value)
    assert told_of.values == [value]


def test_the_same_number_again_is_no_move(told_of):
    for _ in range(3):
        send(told_of.controls.handle, value=2.0)
    assert told_of.values == [2.0]


def test_rounding_errors_of_the_page_are_no_digits(told_of):
    send(told_of.controls.handle, value=0.1 + 0.2)
    send(told_of.controls.handle, value=-5 + 50 * 0.1 - 1e-15)
    assert told_of.values == [0.3, 0.0]


@pytest.mark.parametrize("value", NONSENSE, ids=repr)
@pytest.mark.parametrize("part", ["handle", "number"])
def test_what_is_no_number_of_reasonable_size_is_refused_and_the_page_gets_the_old_one(
    told_of, monkeypatch, part, value
):
    widget = getattr(told_of.controls, part)
    sent = told(monkeypatch, widget)
    send(widget, value=value)
    assert told_of.values == []
    assert told_of.shown == (1.0, 1.0)
    assert [(each.method, each.state) for each in sent] == [("update", {"value": 1.0})]


@pytest.mark.parametrize("part", ["handle", "number", "player"])
def test_nothing_but_the_value_is_taken_from_a_page(part):
    found = Told(motion=(-5.0, 5.0, 4.0))
    widget = player_of(found.controls) if part == "player" else getattr(found.controls, part)
    before = widget.get_state()
    others = {"min": -100.0, "max": math.nan, "step": 0, "description": "<b>x</b>", "disabled": True, "readout": True}
    send(widget, **others, _model_name="Evil", layout=None, interval=1, nothing=5)
    assert widget.get_state() == before
    send(widget, **others, value=2)
    assert widget.get_state() == {**before, "value": 2}


@pytest.mark.parametrize(
    "data", [None, 5, "update", [], {}, {"method": 5}, {"method": "update", "state": [["value", 2]]}]
)
@pytest.mark.parametrize("part", ["handle", "number", "back", "slot"])
def test_messages_of_the_wrong_shape_change_nothing(told_of, part, data):
    widget = getattr(told_of.controls, part)
    before = widget.get_state()
    say(widget, data)
    assert widget.get_state() == before
    assert told_of.values == []


def test_nonsense_in_buffers_changes_nothing(told_of):
    for path in (["value"], ["value", 0, "x"], [], "", [["value"]], 5):
        data = {"method": "update", "state": {"value": 2.0}, "buffer_paths": [path]}
        say(told_of.controls.handle, data, [b"\x00\xff"])
    assert told_of.shown == (1.0, 1.0)
    assert told_of.values == []


def test_a_handle_stays_on_its_slider(told_of):
    send(told_of.controls.handle, value=99.0)
    assert told_of.values == [5.0]
    assert told_of.controls.handle.value == 5.0


@pytest.mark.parametrize("value", [20.0, -7.5, MOST_SLIDER])
def test_a_typed_number_may_lie_outside_of_the_range(told_of, value):
    send(told_of.controls.number, value=value)
    assert told_of.values == [value]


def test_the_round_arrow_puts_back(told_of):
    press(told_of.controls.back)
    assert told_of.values == [None]


@pytest.mark.parametrize("content", [None, [], {}, {"event": "reset"}, {"event": ["click"]}, "click"])
def test_the_round_arrow_hears_nothing_but_clicks(told_of, content):
    say(told_of.controls.back, {"method": "custom", "content": content})
    assert told_of.values == []


def test_an_update_is_shown_and_is_no_move(told_of):
    told_of.controls.update(definition(value=30.0, low=20.0, high=40.0, step=1.0))
    first = told_of.controls.handle
    assert (first.min, first.max, first.step, *told_of.shown) == (20.0, 40.0, 1.0, 30.0, 30.0)
    told_of.controls.update(definition(value=31.0, low=20.0, high=40.0, step=1.0))
    assert told_of.controls.handle is first
    assert told_of.shown == (31.0, 31.0)
    told_of.controls.update(definition(value=-30.0, low=-40.0, high=-20.0))
    handle = told_of.controls.handle
    assert told_of.controls.slot.children == (handle,)
    assert (handle.min, handle.max, *told_of.shown) == (-40.0, -20.0, -30.0, -30.0)
    assert told_of.values == []


def test_a_position_on_its_way_is_written_as_a_number_and_is_no_move(told_of):
    told_of.controls.show(3.0)
    assert told_of.shown == (3.0, 1.0)
    assert told_of.values == []


def test_play_goes_from_one_place_to_the_other_in_so_many_seconds():
    found = Told(value=0.0, motion=(-2.0, 3.0, 4.0))
    player = player_of(found.controls)
    assert player.max * player.interval == pytest.approx(4000, rel=0.02)
    for step in range(1, player.max + 1):
        send(player, value=step)
    assert found.values[-1] == 3.0
    assert found.values == sorted(found.values)
    assert found.controls.handle.value == 3.0
    send(player, value=0)
    assert found.values[-1] == -2.0


def test_play_keeps_to_the_steps_of_its_slider():
    found = Told(value=1.0, low=1.0, high=10.0, step=1.0, motion=(1.0, 10.0, 4.0))
    player = player_of(found.controls)
    for step in range(1, player.max + 1):
        send(player, value=step)
    assert found.values == [float(each) for each in range(2, 11)]


def test_every_picture_has_its_own_buttons_for_the_same_slider():
    controls = Told(motion=(-2.0, 3.0, 4.0)).controls
    first, second = controls.row("one").children, controls.row("two").children
    assert first[:3] == second[:3]
    assert first[3] is not second[3]
    assert controls.row("one").children == first


def test_play_backwards():
    found = Told(motion=(5.0, -5.0, 4.0))
    send(player_of(found.controls), value=player_of(found.controls).max)
    assert found.values == [-5.0]


@pytest.mark.parametrize("value", [*NONSENSE, -3, 10**9], ids=repr)
def test_a_player_stays_between_its_ends(value):
    found = Told(motion=(-2.0, 3.0, 4.0))
    send(player_of(found.controls), value=value)
    assert all(-2.0 <= each <= 3.0 for each in found.values)


def test_a_slider_gets_and_loses_buttons_to_play(told_of):
    row = told_of.controls.row("picture")
    assert len(row.children) == 3
    told_of.controls.update(definition(motion=(-1.0, 1.0, 2.0)))
    player = player_of(told_of.controls)
    assert row.children[-1] is player
    told_of.controls.update(definition())
    assert player not in row.children
    send(player, value=10)  # by a page that still shows them
    assert told_of.values == []


@pytest.mark.parametrize("part", ["handle", "number", "back", "slot"])
def test_controls_are_open_until_a_page_closes_one_of_them(part):
    controls = Told(motion=(-1.0, 1.0, 2.0)).controls
    assert controls.is_open
    close(getattr(controls, part))
    assert not controls.is_open
    controls.update(definition(value=2.0))  # tells nobody, and does no harm
    assert controls.handle.value == 2.0
