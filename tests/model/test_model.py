"""The values of the model: history, session, figure, budget."""

import dataclasses

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plotlang.language.syntax import Binary, Name, Number, Span
from plotlang.model.budget import UNLIMITED, Budget, Stopped, cell_budget
from plotlang.model.drawing import Look
from plotlang.model.figure import Figure, Mark, Style
from plotlang.model.history import CellRecord, History
from plotlang.model.session import Definition, Session

KEYS = st.sampled_from("ABCD")


def mark(key, **fields):
    return Mark("explicit", key, (Name("x"),), **fields)


def test_a_record_goes_last_or_into_its_old_place():
    history = History().record(CellRecord("A", "1")).record(CellRecord("B", "2")).record(CellRecord("A", "3"))
    assert [(each.key, each.text) for each in history.records] == [("A", "3"), ("B", "2")]
    assert (history.place("B"), history.place("Z")) == (1, None)


def test_a_deleted_record_keeps_its_place_and_comes_back():
    history = History().record(CellRecord("A", "1")).record(CellRecord("B", "2")).delete(frozenset("A"))
    assert [each.deleted for each in history.records] == [True, False]
    back = history.record(CellRecord("A", "3"))
    assert [(each.key, each.deleted) for each in back.records] == [("A", False), ("B", False)]


def test_moves_belong_to_a_record_and_end_with_it():
    history = History().record(CellRecord("A", "1")).move("A", "a", 2.0).move("A", "b", 3.0).move("A", "a", 4.0)
    assert history.records[0].moves == {"a": 4.0, "b": 3.0}
    assert history.record(CellRecord("A", "1")).records[0].moves == {}
    assert history.move("Z", "a", 1.0) == history


@given(st.lists(st.tuples(KEYS, st.text("xy", max_size=2)), max_size=12))
def test_keys_stay_unique_and_in_order_of_first_run(runs):
    history = History()
    for key, text in runs:
        before = history
        history = history.record(CellRecord(key, text))
        assert len(before.records) <= len(history.records)
    assert [each.key for each in history.records] == list(dict.fromkeys(key for key, _ in runs))
    assert {each.key: each.text for each in history.records} == dict(runs)


def test_values_can_not_be_changed():
    for value in (
        History(),
        Session(),
        Figure("1"),
        mark("f"),
        CellRecord("A", ""),
        Definition("a", "number", Name("b")),
    ):
        field = dataclasses.fields(value)[0].name
        with pytest.raises(dataclasses.FrozenInstanceError):
            setattr(value, field, None)


def test_places_take_no_part_in_equality():
    assert Number(2.0, "2", span=Span(1, 2)) == Number(2.0, "2.0", span=Span(5, 8))
    assert Binary("+", Name("a"), Name("b"), span=Span(0, 3)) == Binary("+", Name("a"), Name("b"))
    assert Number(2.0) != Number(3.0)
    assert mark("f", record="A") == mark("f", record="B")
    assert Definition("a", "number", Name("b"), cell="1") == Definition("a", "number", Name("b"), cell="2")


def test_a_mark_of_the_same_key_takes_the_place_and_the_colour():
    figure = Figure("1").with_mark(mark("f")).with_mark(mark("g")).with_mark(mark("f", reading="new"))
    assert [(each.key, each.color) for each in figure.marks] == [("f", 0), ("g", 1)]
    assert figure.marks[0].reading == "new"


def test_colours_stay_reserved():
    figure = (
        Figure("1").with_mark(mark("f")).with_mark(mark("g")).without("f").with_mark(mark("h")).with_mark(mark("f"))
    )
    assert {each.key: each.color for each in figure.marks} == {"g": 1, "h": 2, "f": 0}


def test_a_preferred_colour_is_used_if_free():
    figure = Figure("1").with_mark(mark("f"), 3).with_mark(mark("g"), 3).with_mark(mark("h"))
    assert [each.color for each in figure.marks] == [3, 0, 1]


def test_the_style_of_a_replaced_mark_stays_where_the_new_one_says_nothing():
    figure = Figure("1").with_mark(mark("f", style=Style(color="#111111", width=3.0)))
    figure = figure.with_mark(mark("f", style=Style(color="#222222")))
    assert (figure.marks[0].style.color, figure.marks[0].style.width) == ("#222222", 3.0)


@given(*[st.builds(Style, color=st.sampled_from([None, "#111111", "#222222"]), width=st.sampled_from([None, 1.0, 2.0]),
                   line=st.sampled_from([None, "dashed"]), faint=st.booleans()) for _ in range(3)])  # fmt: skip
def test_styles_over_each_other_are_associative(one, two, three):
    assert one.over(two).over(three) == one.over(two.over(three))
    assert one.over(Style()) == one
    assert Style().over(one) == one


def test_a_style_changes_a_look_only_where_it_says_so():
    look = Look("#123456", "solid", 2.0)
    assert Style().on(look) == look
    assert Style(color="#000000", faint=True).on(look) == dataclasses.replace(look, color="#000000", opacity=0.3)


def test_hidden_marks_keep_their_number():
    figure = Figure("1").with_mark(mark("f")).with_mark(mark("g")).changed("f", {"visible": False})
    assert [each.key for each in figure.curves] == ["f", "g"]
    assert [each.key for each in figure.visible] == ["g"]


def test_points_are_no_curves():
    figure = Figure("1").with_mark(Mark("points", "A", (Name("A"),))).with_mark(mark("f"))
    assert [each.key for each in figure.curves] == ["f"]
    assert figure.marks[1].color == 0


def number(name, body):
    return Definition(name, "number", body)


def test_reach_follows_definitions():
    session = Session().define(number("a", Name("b"))).define(number("b", Name("c"))).define(number("q", Number(1.0)))
    session = session.define(Definition("f", "function", Binary("+", Name("x"), Name("a")), ("x",)))
    assert set(session.reach((Name("f"),))) == {"f", "a", "b"}
    assert set(session.reach((Name("c"),))) == set()


def test_a_snapshot_changes_only_with_what_the_picture_needs():
    session = Session().define(number("a", Number(1.0))).define(number("b", Number(1.0)))
    curve = Mark("explicit", "k", (Binary("*", Name("a"), Name("x")),))
    session = session.with_figure(session.figure.with_mark(curve))
    before = session.snapshot("1")
    assert session.define(number("b", Number(2.0))).snapshot("1") == before
    assert session.define(number("a", Number(2.0))).snapshot("1") != before
    hidden = session.with_figure(session.figure.with_mark(mark("h", visible=False)))
    assert hidden.figure.marks != session.figure.marks


def test_forgetting_takes_the_marks_of_all_figures():
    session = Session().define(Definition("f", "function", Name("x"), ("x",)))
    session = session.with_figure(session.figure.with_mark(mark("f", name="f"))).with_figure(
        Figure("2").with_mark(mark("f", name="f")).with_mark(mark("g"))
    )
    after = session.forget("f")
    assert "f" not in after.definitions
    assert [len(figure.marks) for figure in after.figures.values()] == [0, 1]


def test_definitions_stand_in_the_order_of_their_last_definition():
    session = (
        Session().define(number("a", Number(1.0))).define(number("b", Number(1.0))).define(number("a", Number(2.0)))
    )
    assert list(session.definitions) == ["b", "a"]


def test_a_budget_stops_at_its_deadline_and_when_asked():
    now = [0.0]
    budget = Budget(deadline=1.0, clock=lambda: now[0])
    budget.check()
    now[0] = 1.5
    with pytest.raises(Stopped) as caught:
        budget.check()
    assert caught.value.reason == "time"
    with pytest.raises(Stopped) as caught:
        Budget(interrupted=lambda: True).check()
    assert caught.value.reason == "interrupted"
    UNLIMITED.check()
    cell_budget(5).check()
    with pytest.raises(Stopped):
        cell_budget(-1).check()


def test_an_interrupt_goes_before_the_deadline():
    with pytest.raises(Stopped) as caught:
        Budget(deadline=-1.0, interrupted=lambda: True, clock=lambda: 0.0).check()
    assert caught.value.reason == "interrupted"


def test_time_beside_the_work_does_not_count():
    now = [0.0]
    budget = Budget(deadline=5.0, clock=lambda: now[0])

    def load():
        now[0] += 3.0

    later = budget.beside(load)
    assert later.deadline == 8.0
    now[0] = 7.0
    later.check()
