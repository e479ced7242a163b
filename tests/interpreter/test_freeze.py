import itertools
import re
from math import inf, isfinite, pi

import numpy as np
import pytest

from plotlang.interpreter.freeze import freeze
from plotlang.interpreter.positions import MOST_FRAMES, places, positions, refinements
from plotlang.interpreter.suiting import suiting
from plotlang.language.syntax import Number
from plotlang.model.budget import UNLIMITED, Budget, Stopped
from plotlang.model.session import Definition
from plotlang.notebook import Notebook


def slider(low, high, step=None, value=None, name="a"):
    value = low if value is None else value
    return Definition(name, "parameter", Number(value), low=low, high=high, step=step, record=name)


def frozen(text, *names, budget=UNLIMITED):
    session = Notebook()
    outcome = session.run(text)
    assert not outcome.errors
    session = session.session
    wanted = [each for each in session.sliders_of(session.current) if not names or each.name in names]
    return freeze(session, session.current, wanted, budget)


@pytest.mark.parametrize(
    ("given", "count", "some"),
    [
        ((-2, 2, 0.1, 1.5), 41, (-2, -1.9, 1.5, 2)),
        ((-10, 10, None, 1), 101, (-10, -9.8, 1, 10)),
        ((0, 10, 0.01, 5), 101, (0, 0.1, 5, 10)),
        ((0, 10, 0.01, 1.234), 102, (1.2, 1.234, 1.3)),
        ((0, 2 * pi, None, 1), 64, (0, 0.1, 6.2, 2 * pi)),
        ((1, 10, 1, 3), 10, (1, 3, 10)),
        ((0, 1, 0.3, 0.5), 6, (0.3, 0.5, 0.6, 0.9, 1)),
    ],
)
def test_positions_are_round_and_hold_the_ends_and_the_present_value(given, count, some):
    found = positions(slider(*given))
    assert len(found) == count
    assert found[0] == given[0]
    assert found[-1] == given[1]
    assert set(some) <= set(found)
    assert given[3] in found


@pytest.mark.parametrize("ends", [(0, 1e300), (-1e-300, 1e-300), (1e15, 1e15 + 2), (5, 5), (-inf, inf), (0, 5e-324)])
@pytest.mark.parametrize("step", [None, 1.0, 1e-9])
def test_odd_sliders_have_positions_too(ends, step):
    found = positions(slider(*ends, step=step, value=ends[0] if isfinite(ends[0]) else 0.0))
    assert 1 <= len(found) <= 102
    assert list(found) == sorted(set(found))


def test_several_sliders_share_the_room():
    two = places([slider(-10, 10, value=1.23), slider(0, 1, value=0.5, name="b")])
    assert [len(each) for each in two] == [21, 21]
    assert 1.23 in two[0]
    few = places([slider(1, 3, step=1, value=2), slider(0, 10, value=5, name="b")])
    assert len(few[0]) == 3
    assert len(few[1]) == 101
    three = places([slider(0, 7, value=1, name=name) for name in "abc"])
    assert np.prod([len(each) for each in three]) <= MOST_FRAMES[3]


def test_refinements_lie_within_each_other():
    steps = list(refinements((101, 7), (55, 3)))
    assert steps[0] == ((55,), (3,))
    assert steps[-1] == (tuple(range(101)), tuple(range(7)))
    for coarse, fine in itertools.pairwise(steps):
        assert all(set(one) <= set(other) for one, other in zip(coarse, fine, strict=True))


def test_the_window_suits_all_positions():
    assert suiting([(0, 1), (-3, 1), (0, 4)], 12, log=False) == (-3, 4)
    low, high = suiting([(0, 1), (0, 3), (0, 1e20)], 12, log=False)
    assert (low, high) == (0, 37)
    assert suiting([(1, 10), (0.1, 100)], 12, log=True) == pytest.approx((0.1, 100))
    film = frozen("a = 1 in 0..5\ny = a sin x").film
    assert "y from −5.5 to 5.5" in film.present.description
    assert len({each.description for each in film.frames}) == 1


def test_frames_differ_where_the_curve_does():
    film = frozen("a = 1 in 0..5 step 1\ny = a x\ny = 2 with dashed").film
    assert [each.texts for each in film.tracks] == [("0", "1", "2", "3", "4", "5")]
    common = set.intersection(*(set(each.fragments) for each in film.frames))
    assert all(len(set(each.fragments) - common) == 1 for each in film.frames)


def test_everything_that_moves_moves():
    text = (
        'a = 1 in 0..2 step 1\nf(x) = x^2 - a\nP = (a, 1)\ntext (a, 2) "here"\nroots f\ny > x + a\narea f from 0 to a'
    )
    first, _, last = frozen(text).film.frames
    assert len(set(first.fragments) - set(last.fragments)) >= 6


def test_a_range_that_depends_on_the_slider_moves_the_axes():
    still = frozen("a = 2 in 1..4 step 1\nrange -3 3\ny = a x").film.frames
    moving = frozen("a = 2 in 1..4 step 1\nrange -a a\ny = x").film.frames
    assert len({each.description.split(",")[0] for each in still}) == 1
    assert [each.description.split(",")[0] for each in moving] == [f"x from −{a} to {a}" for a in (1, 2, 3, 4)]


def test_poles_do_not_make_the_other_pictures_flat():
    film = frozen("a = 1 in -10..10 step 1\ny = e^(a x)").film
    high = float(film.present.description.split(" to ")[2].split()[0].rstrip(".").replace("−", "-"))
    assert high < 5000


def test_units_stay_equal():
    film = frozen("a = 1 in 0.5..8 step 0.5\n(a cos t, a sin t) for t in 0..2pi").film
    low, high, bottom, top = (
        float(each) for each in re.findall(r"\d+(?:\.\d+)?", film.present.description.split("\n")[0])[:4]
    )
    assert low == high
    assert bottom == top >= 8
    assert top / high == pytest.approx(film.axes.height / film.axes.width, rel=1e-3)


def test_without_time_there_are_fewer_positions_and_a_note():
    clock = itertools.count(step=0.5)
    short = Budget(deadline=20.0, clock=lambda: float(next(clock)))
    found = frozen("a = 1 in -9..9 step 0.5\ny = a x + 0.125", budget=short)
    assert 1 <= len(found.film.frames) < found.wanted == 37
    assert f"Only {len(found.film.frames)} of 37 positions" in found.text
    assert found.film.tracks[0].texts[found.film.tracks[0].start] == "1"


def test_an_interrupt_stops_it():
    asked = itertools.count()
    with pytest.raises(Stopped):
        frozen("a = 1 in 0..5\ny = a x + 0.375", budget=Budget(interrupted=lambda: next(asked) > 40))


def test_what_was_drawn_once_is_not_drawn_again(monkeypatch):
    text = "a = 1 in 0..5\ny = a x + 0.0625"
    first = frozen(text)
    monkeypatch.setattr("plotlang.interpreter.freeze.redraw", lambda *_: pytest.fail("drawn again"))
    assert frozen(text).html == first.html


def test_sliders_that_are_not_frozen_are_told():
    found = frozen("a = 1 in 0..2 step 1\nb = 3 in 0..5\ny = a x + b", "a")
    assert found.film.note == "This picture is for b = 3."
    assert found.text.startswith("A figure with a slider that needs no kernel: a from 0 to 2, 3 positions; now a = 1.")


@pytest.mark.parametrize(
    ("cell", "message", "hint"),
    [
        ("y = a x\nfreeze q", "q is not defined", "freeze a"),
        ("amp = 2 in 0..5\ny = amp x\nfreeze amb", "amb is not defined", "did you mean amp?"),
        ("y = x\nfreeze", "this figure depends on no slider", "slider"),
        ("y = a x\nb = 2\nfreeze b", "b is a value without a slider", "freeze a"),
        ("y = a x\nslider b\nfreeze b", "the figure does not depend on b", "freeze a"),
        ("y = a x\nf(x) = 2x\nfreeze f", "f is a function", "freeze a"),
        ("clear\nfreeze a", "this figure is empty", "draw something"),
        ("y = a x + b x^2 + c x^3 + d\nfreeze", "at most 3 sliders are frozen at a time", "freeze a b"),
    ],
)
def test_errors_say_what_to_write(cell, message, hint):
    outcome = Notebook().run(cell)
    (error,) = outcome.errors
    assert error.message == message
    assert hint in error.suggestion
    assert all(not picture.freezes for picture in outcome.figures)


def test_the_figure_is_frozen_as_it_stands_at_the_end_of_its_cell():
    notebook = Notebook()
    (picture,) = notebook.run("freeze a\ny = a x\ny = a^2").figures
    assert [each.name for each in picture.freezes] == ["a"]
    assert len(picture.frozen.film.frames) == 101
    (later,) = notebook.run("y = 3").figures
    assert later.freezes == ()
    assert later.frozen is None


def test_a_frozen_picture_follows_earlier_cells():
    notebook = Notebook()
    notebook.run("a = 1 in 0..2 step 1\ny = a x", "one")
    notebook.run("freeze a", "two")
    (refreshed,) = [
        each for each in notebook.run("a = 1 in 0..3 step 1\ny = a x", "one").refreshed if each.cell_id == "two"
    ]
    assert refreshed.frozen.film.tracks[0].texts == ("0", "1", "2", "3")
