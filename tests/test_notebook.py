"""The document of cells: every row of the table in §4 of the specification, and the public Python interface."""

import dataclasses
import math
import re
import time

import numpy as np
import pytest

import plotlang
from plotlang import Notebook
from plotlang.model.budget import Budget, Stopped


def curves(outcome):
    return [] if outcome.figure is None else [curve.reading for curve in outcome.figure.curves if curve.visible]


def colors(outcome):
    return {curve.label: curve.color for curve in outcome.figure.curves}


def messages(outcome):
    return [error.message for error in outcome.errors]


def notes(outcome):
    return " | ".join((*outcome.notes, *(outcome.figure.notes if outcome.figure is not None else ())))


def run(*cells):
    """A notebook that ran these cells under the names A, B, C …, and its last outcome."""
    notebook = Notebook()
    outcome = None
    for place, text in enumerate(cells):
        outcome = notebook.run(text, "ABCDEFGHIJ"[place])
    return notebook, outcome


# The public Python interface, word for word.


def test_the_public_interface():
    notebook = Notebook()
    outcome = notebook.run("y = tan(x)", cell_id="a")
    assert isinstance(outcome.errors, tuple)
    assert isinstance(outcome.notes, tuple)
    assert isinstance(outcome.values, tuple)
    assert outcome.figure.png().startswith(b"\x89PNG\r\n")
    assert "<svg" in outcome.figure.svg()
    assert "tan" in outcome.figure.description
    curve = outcome.figure.curves[0]
    assert isinstance(curve.paths, tuple)
    assert len(curve.paths) > 1
    for path in curve.paths:
        assert path.dtype == np.float64
        assert path.ndim == 2
        assert path.shape[1] == 2
        assert np.isfinite(path).all()
    assert (curve.kind, curve.reading, curve.visible) == ("explicit", "tan(x)", True)
    assert curve.label == "y = tan(x)"
    assert curve.color.startswith("#")
    assert len(curve.color) == 7
    assert curve.value(1) == pytest.approx(math.tan(1))


def test_the_public_interface_for_sliders_and_cells():
    notebook = Notebook()
    notebook.run("slider a -5..5 step 0.5\ny = a x", cell_id="a")
    parameter = notebook.parameters["a"]
    assert (parameter.value, parameter.low, parameter.high, parameter.step) == (1.0, -5.0, 5.0, 0.5)
    moved = notebook.move_slider("a", 3.0)
    assert notebook.parameters["a"].value == 3.0
    assert moved.figure.curves[0].value(2) == 6.0
    assert curves(notebook.at("a")) == ["a·x"]
    assert notebook.at("a").figure.curves[0].value(2) == 6.0
    deleted = notebook.delete("a")
    assert deleted.figure is None
    assert "a" not in notebook.parameters


def test_a_mistake_has_line_column_message_and_suggestion():
    error = Notebook().run("y = x\ny = 3 sine(x)").errors[0]
    assert (error.line, error.column, error.width) == (2, 7, 4)
    assert "sine" in error.message
    assert "sin" in error.why + error.suggestion
    assert "y = 3 sine(x)" in str(error)


def test_an_empty_notebook():
    notebook = Notebook()
    assert notebook.parameters == {}
    assert notebook.at("nowhere").errors
    assert notebook.delete("nowhere").errors == ()
    assert notebook.move_slider("a", 1.0).errors
    assert plotlang.__version__
    assert notebook.value("2 + 3") == 5


def test_values_are_frozen():
    outcome = Notebook().run("y = x")
    with pytest.raises(dataclasses.FrozenInstanceError):
        outcome.errors = ()


@pytest.mark.parametrize("value", [math.nan, math.inf, -math.inf])
def test_a_slider_needs_a_number(value):
    notebook = Notebook()
    notebook.run("slider a -5 5")
    assert notebook.move_slider("a", value).errors
    assert notebook.parameters["a"].value == 1


# The table of §4.


def test_a_new_cell_goes_on_with_the_figure():
    notebook, outcome = run("y = x", "y = x^2")
    assert curves(outcome) == ["x", "x^2"]
    assert curves(notebook.at("A")) == ["x"]


def test_cells_without_an_id_accumulate():
    notebook = Notebook()
    notebook.run("y = x")
    notebook.run("y = x^2")
    assert curves(notebook.run("y = x")) == ["x", "x^2"]


def test_a_cell_run_again_is_replaced_in_place():
    notebook, _ = run("y = x", "y = x^2", "y = x^3")
    outcome = notebook.run("y = sin(x)", "A")
    assert curves(outcome) == ["sin(x)"]
    assert curves(notebook.at("C")) == ["sin(x)", "x^2", "x^3"]


def test_old_definitions_and_directives_vanish():
    notebook, _ = run("a = 3\nrange 0 1\ny = x", "y = x^2")
    notebook.run("y = x", "A")
    assert "a" not in notebook.session.definitions
    assert notebook.at("B").figure.xrange == (-5, 5)


def test_running_a_cell_unchanged_changes_nothing():
    notebook, _ = run("y = x\nslider a -1 1", "y = a x^2", "(1, 2)")
    outcome = notebook.run("y = a x^2", "B")
    assert outcome.refreshed == ()
    assert not outcome.revalued
    assert curves(outcome) == ["x", "a·x^2"]
    assert notebook.at("C").figure.objects == 3


def test_later_pictures_are_refreshed():
    notebook, _ = run("y = x", "y = x^2", "y = x^3")
    outcome = notebook.run("y = sin(x)", "A")
    assert [picture.cell_id for picture in outcome.refreshed] == ["B", "C"]
    assert [curve.reading for curve in outcome.refreshed[1].curves] == ["sin(x)", "x^2", "x^3"]
    assert outcome.refreshed[0].display_id == notebook.at("B").figure.display_id


def test_earlier_pictures_and_other_figures_are_not_refreshed():
    notebook, _ = run("y = x", "new figure\ny = x^2", "y = x^3")
    assert notebook.run("y = 7x", "A").refreshed == ()
    outcome = notebook.run("new figure\ny = 5", "B")
    assert [picture.cell_id for picture in outcome.refreshed] == ["C"]


def test_at_most_twenty_of_the_newest_pictures_are_refreshed():
    notebook = Notebook()
    for place in range(30):
        notebook.run(f"y = x + {place}", f"cell{place}")
    outcome = notebook.run("y = sin(x)", "cell0")
    assert [picture.cell_id for picture in outcome.refreshed] == [f"cell{place}" for place in range(10, 30)]


def test_a_deleted_cell_takes_its_part_away():
    notebook, _ = run("y = x", "y = x^2", "y = x^3")
    outcome = notebook.run("y = x^4", "D", deleted=["B"])
    assert curves(outcome) == ["x", "x^3", "x^4"]
    assert [picture.cell_id for picture in outcome.refreshed] == ["C"]
    assert curves(notebook.at("C")) == ["x", "x^3"]


def test_a_deleted_cell_comes_back_in_its_place():
    notebook, _ = run("y = x", "y = x^2", "y = x^3")
    notebook.delete("A")
    assert curves(notebook.at("C")) == ["x^2", "x^3"]
    notebook.run("y = x", "A")
    assert curves(notebook.at("C")) == ["x", "x^2", "x^3"]


def test_a_cell_that_is_run_is_not_deleted():
    notebook, _ = run("y = x")
    assert curves(notebook.run("y = x^2", "A", deleted=["A"])) == ["x^2"]


def test_a_lost_name_is_told_with_the_cell_that_took_it_away():
    notebook, _ = run("a = 2", "f(x) = x^2", "y = f(x) + a\ny = x")
    outcome = notebook.run("y = 7", "B")
    assert outcome.errors == ()
    picture = next(each for each in outcome.refreshed if each.cell_id == "C")
    assert [curve.reading for curve in picture.curves] == ["7", "x"]
    told = " | ".join(picture.notes)
    assert "f(x) + a is not drawn" in told
    assert "[4]" in told
    back = notebook.run("f(x) = x^2", "B")
    picture = next(each for each in back.refreshed if each.cell_id == "C")
    assert [curve.reading for curve in picture.curves] == ["x^2", "f(x) + a", "x"]
    assert "not drawn" not in " | ".join(picture.notes)


def test_a_name_of_a_deleted_cell_is_told_too():
    notebook, _ = run("f(x) = x^2", "y = 2f(x)\ny = x")
    outcome = notebook.delete("A")
    picture = outcome.refreshed[0]
    assert [curve.reading for curve in picture.curves] == ["x"]
    assert "took it away" in " | ".join(picture.notes)
    assert "[1]" in " | ".join(picture.notes)


def test_a_number_set_in_a_later_cell_holds_from_there_on():
    notebook, outcome = run("a = 2\ny = a x", "a = 5")
    assert outcome.figure.curves[0].value(1) == 5
    assert len(outcome.figures) == 1
    assert notebook.at("A").figure.curves[0].value(1) == 2


def test_an_early_number_run_again_stops_at_the_later_one():
    notebook, _ = run("a = 2\ny = a x", "y = a x^2", "a = 5", "y = a x^3")
    outcome = notebook.run("a = 1\ny = a x", "A")
    assert [picture.cell_id for picture in outcome.refreshed] == ["B"]
    assert notebook.at("B").figure.curves[1].value(1) == 1
    assert notebook.at("C").figure.curves[0].value(1) == 5
    assert re.search(r"\ba is set again in (cell )?\[3\]", " | ".join(outcome.notes))


def test_a_number_that_is_set_once_has_no_such_note():
    notebook, _ = run("a = 2\ny = a x", "b = 3")
    assert "set again" not in " | ".join(notebook.run("a = 1\ny = a x", "A").notes)


def test_a_function_defined_again_is_replaced_in_its_colour():
    notebook, outcome = run("y = x\nf(x) = x^2\ny = f(x) + 1", "f(x) = x^3")
    assert curves(outcome) == ["x", "x^3", "f(x) + 1"]
    assert outcome.figure.curves[2].value(2) == 9
    assert notebook.at("A").figure.curves[2].value(2) == 5
    assert outcome.figure.curves[1].color == notebook.at("A").figure.curves[1].color


def test_a_moved_slider_updates_its_figure_and_later_ones():
    notebook, _ = run("slider a -5 5\ny = a x^2", "y = a + x", "new figure\ny = 7")
    outcome = notebook.move_slider("a", 3)
    assert [picture.cell_id for picture in outcome.refreshed] == ["A", "B"]
    assert notebook.at("A").figure.curves[0].value(2) == 12
    assert notebook.run("names", "D").values[0].startswith("a = 3 in -5..5")


def test_what_names_prints_can_be_pasted():
    notebook, _ = run("slider a -5 5 step 0.5\nf(x) = a x^2\nb = 3\nL = [1, 2]\nA = (1, b)\nlet g(u, v) = u - v")
    notebook.move_slider("a", -2.5)
    pasted = notebook.run("names", "B").values[0]
    other = Notebook()
    assert other.run(pasted).errors == ()
    assert other.parameters["a"] == notebook.parameters["a"]
    for formula in ("f(2)", "b", "g(5, 3)", "A.y"):
        assert other.value(formula) == notebook.value(formula)


def test_a_moved_slider_keeps_its_place_until_its_cell_is_run_again():
    notebook, _ = run("slider a -5 5", "y = a x")
    notebook.move_slider("a", 4)
    notebook.run("y = 2a x", "B")
    assert notebook.parameters["a"].value == 4
    notebook.run("slider a -5 5", "A")
    assert notebook.parameters["a"].value == 1


def test_a_value_outside_the_range_widens_it():
    notebook, _ = run("slider a -5 5")
    notebook.move_slider("a", 8)
    assert (notebook.parameters["a"].low, notebook.parameters["a"].high) == (-5, 8)


def test_the_same_line_in_two_cells_is_one_curve():
    _, outcome = run("y = x^2", "y = x**2", "y = x²", "y = x^2 # again")
    assert curves(outcome) == ["x^2"]


def test_a_mistake_costs_one_line():
    notebook, outcome = run("y = x\ny = sine(x)\na = 3\ny = ((\ny = a x")
    assert len(outcome.errors) == 2
    assert [error.line for error in outcome.errors] == [2, 4]
    assert curves(outcome) == ["x", "a·x"]
    assert notebook.value("a") == 3


def test_a_wrong_line_is_as_if_absent():
    notebook, _ = run("a = 2\nf(x) = a x")
    outcome = notebook.run("a = sine\nf(x) = = 2\ny = a + f(1)", "B")
    assert len(outcome.errors) == 2
    assert outcome.figure.curves[-1].value(0) == 4


def test_follow_up_mistakes_are_not_told():
    for text in (
        "g(x) = sine(x)\ny = g(x)\ny = 2g(x) + 1",
        "b = sine(2)\ny = b x\nc = b + 1\ny = c x",
        "f(x) = g(x)\ng(x) = f(x)",
        "A = (1, sine(2))\ny = A.x",
        "slider a 5 -5\ny = a x",
        "speed = sine(2)\ny = speed x",
    ):
        assert len(Notebook().run(text).errors) == 1, text


def test_order_inside_a_cell_does_not_matter():
    _, one = run("y = a f(x)\nf(x) = x^2 + b\na = 3\nb = a - 1")
    _, two = run("b = a - 1\na = 3\nf(x) = x^2 + b\ny = a f(x)")
    assert one.errors == two.errors == ()
    for outcome in (one, two):
        values = {curve.reading: curve.value(2) for curve in outcome.figure.curves}
        assert values == {"a·f(x)": 18.0, "x^2 + b": 6.0}


def test_a_slider_may_stand_behind_its_use():
    notebook, outcome = run("y = a x\nslider a -2 2")
    assert outcome.errors == ()
    assert notebook.parameters["a"].high == 2
    assert "a is new" not in notes(outcome)


def test_a_cell_with_definitions_only_prints_them():
    _, outcome = run("a = 2\nlet f(x) = a x\nL = [1, 2]")
    assert outcome.figures == ()
    assert outcome.values == ("a = 2", "f(x) = a·x", "L = [1, 2]")


def test_definitions_are_not_printed_beside_a_picture():
    _, outcome = run("a = 2\ny = a x")
    assert outcome.values == ()
    assert len(outcome.figures) == 1


@pytest.mark.parametrize("text", ["b = 7", "names", "2 + 3", "# words", "", "range -5 5 # what it is", "help range"])
def test_no_picture_when_nothing_changed(text):
    notebook, _ = run("y = x")
    notebook.run("range -5 5", "view")
    assert notebook.run(text, "B").figures == ()


@pytest.mark.parametrize(
    "text",
    ["show", "hide 1", "style 1 red", "remove 1\ny = 3", "range 0 1", 'title "a"', "a = 3", "legend on", "y = 3"],
)
def test_a_picture_when_something_changed(text):
    notebook, _ = run("a = 2\ny = a x\ny = x")
    assert len(notebook.run(text, "B").figures) == 1


@pytest.mark.parametrize("text", ["range -2 2", 'title "a"', "new figure", "clear", "reset", "grid off", "hide"])
def test_no_picture_of_nothing(text):
    outcome = Notebook().run(text)
    assert outcome.figures == ()
    assert outcome.figure is None


def test_values_of_later_cells_are_told_again():
    notebook, _ = run("a = 2", "a + 1", "3 + 4")
    outcome = notebook.run("a = 5", "A")
    assert list(outcome.revalued) == [notebook.at("B").values_id]
    assert [result.text for result in outcome.revalued[notebook.at("B").values_id]] == ["a + 1 = 6"]
    assert notebook.at("B").values == ("a + 1 = 6",)


def test_a_slider_changes_printed_values_too():
    notebook, _ = run("slider a -5 5", "a^2")
    outcome = notebook.move_slider("a", 3)
    assert [each.text for each in outcome.revalued[notebook.at("B").values_id]] == ["a^2 = 9"]


# Figures.


def test_figures_keep_their_curves_and_view_and_share_names():
    notebook, _ = run("a = 2\nrange 0 1\ny = a x", 'new figure "waves"\ny = sin(a x)', "figure 1\ny = x^2")
    assert notebook.at("B").figure.xrange == (-5, 5)
    assert curves(notebook.at("B")) == ["sin(a·x)"]
    assert curves(notebook.at("C")) == ["a·x", "x^2"]
    assert notebook.at("C").figure.xrange == (0, 1)
    assert curves(notebook.run('figure "waves"', "D")) == ["sin(a·x)"]


def test_a_cell_may_show_several_figures():
    _, outcome = run("y = x\nnew figure\ny = x^2\nnew figure\ny = x^3")
    assert [[curve.reading for curve in each.curves] for each in outcome.figures] == [["x"], ["x^2"], ["x^3"]]
    assert len({each.display_id for each in outcome.figures}) == 3


def test_cumulative_off_makes_every_cell_a_figure():
    notebook, _ = run("y = 7", "cumulative off", "y = x\ny = 2x", "y = x^2")
    assert curves(notebook.at("C")) == ["x", "2·x"]
    assert curves(notebook.at("D")) == ["x^2"]
    outcome = notebook.run("y = 5", "C")
    assert curves(outcome) == ["5"]
    assert outcome.refreshed == ()


def test_clear_reset_undo_and_remove():
    assert curves(run("a = 2\ny = a x\nrange 0 1\nclear\ny = a")[1]) == ["a"]
    assert run("a = 2\ny = a x\nrange 0 1", "clear\ny = a")[1].figure.xrange == (-5, 5)
    notebook, outcome = run("a = 2\ny = a x", "reset\ny = x")
    assert curves(outcome) == ["x"]
    assert "a" not in notebook.session.definitions
    assert curves(notebook.at("A")) == ["a·x"]
    assert curves(run("y = 1\ny = 2\ny = 3", "undo")[1]) == ["1", "2"]
    assert curves(run("y = 1\ny = 2\ny = 3", "undo 2")[1]) == ["1"]
    assert curves(run("y = 1\ny = 2\ny = 3", "remove 2")[1]) == ["1", "3"]
    assert curves(run("y = 1\ny = 2\ny = 3", "remove last")[1]) == ["1", "2"]
    assert curves(run("f(x) = x\ny = 2", "remove f")[1]) == ["2"]


def test_forget_takes_the_name_and_its_curve():
    notebook, outcome = run("a = 2\nf(x) = a x\ny = x", "forget f")
    assert curves(outcome) == ["x"]
    assert notebook.run("f(2)", "C").errors
    assert notebook.value("a") == 2


def test_hidden_curves_come_back_in_their_colour():
    notebook, outcome = run("y = 1\nf(x) = 2\ny = 3", "hide f", "show f")
    assert curves(notebook.at("B")) == ["1", "3"]
    assert curves(outcome) == ["1", "2", "3"]
    assert colors(notebook.at("A")) == colors(notebook.at("B")) == colors(outcome)


def test_a_curve_keeps_its_colour():
    notebook, _ = run("y = 1\ny = 2\ny = 3", "remove 1", "y = 4", "y = 1")
    first = colors(notebook.at("A"))
    last = colors(notebook.at("D"))
    assert last["y = 2"] == first["y = 2"]
    assert last["y = 1"] == first["y = 1"]
    assert len(set(last.values())) == 4


def test_a_function_keeps_its_colour_in_another_figure():
    notebook, outcome = run("y = 1\nf(x) = x", "new figure\nshow f")
    assert outcome.figure.curves[0].color == notebook.at("A").figure.curves[1].color


def test_an_edited_cell_leaves_the_other_colours_alone():
    notebook, _ = run("y = 1", "y = 2", "y = 3")
    before = colors(notebook.at("C"))
    notebook.run("y = sin(x)", "A")
    after = colors(notebook.at("C"))
    assert after["y = 3"] == before["y = 3"]
    assert after["y = 2"] == before["y = 2"]


# Interrupts and budgets.


def state(notebook, *cells):
    found = []
    for cell in cells:
        outcome = notebook.at(cell)
        paths = [] if outcome.figure is None else [path for curve in outcome.figure.curves for path in curve.paths]
        found.append(
            (curves(outcome), outcome.values, outcome.notes, messages(outcome), [path.tobytes() for path in paths])
        )
    return found


@pytest.mark.parametrize("text", ["y = sin(x)", "a = 7", "", "y = x\nsine(2)", "reset", "new figure\ny = 2"])
def test_an_interrupt_changes_nothing(text):
    notebook, _ = run("slider a -5 5\ny = a x", "y = x^2", "a + 1")
    before = state(notebook, "A", "B", "C")
    for cell in ("A", "B", "Z"):
        with pytest.raises(Stopped):
            notebook.run(text, cell, budget=Budget(interrupted=lambda: True))
    assert state(notebook, "A", "B", "C") == before
    assert notebook.at("Z").errors
    assert notebook.run("a + 2", "D").errors == ()


@pytest.mark.parametrize("after", [1, 2, 5, 20, 100, 400])
def test_an_interrupt_at_any_time_changes_nothing(after):
    notebook, _ = run("slider a -5 5\ny = a x", "y = sin(x^2)", "x^2 + y^2 = a")
    before = state(notebook, "A", "B", "C")
    calls = iter(range(after))
    stop = Budget(interrupted=lambda: next(calls, None) is None)
    try:
        notebook.run("a = 2\ny = tan(a x)\ny = sin(1/x)\nx y = a", "A", budget=stop)
    except Stopped:
        assert state(notebook, "A", "B", "C") == before
    else:
        assert curves(notebook.at("A")) == ["tan(a·x)", "sin(1/x)", "x·y = a"]


def test_a_cell_that_takes_too_long_says_which_line():
    notebook = Notebook(seconds=0.5)
    began = time.perf_counter()
    outcome = notebook.run("y = x\ny = sum(sum(sum(sin(i j k x) for i in 1..50) for j in 1..50) for k in 1..50)", "A")
    assert time.perf_counter() - began < 5
    assert "x" in curves(outcome)
    assert "sum" in notes(outcome) + " ".join(map(str, outcome.errors))


def test_a_slow_curve_does_not_take_the_others_along():
    notebook = Notebook(seconds=1)
    notebook.run("y = " + "sum(" * 4 + "sin(i j k m x)" + "".join(f" for {c} in 1..60)" for c in "ijkm"), "A")
    assert "x" in curves(notebook.run("y = x", "B"))


# Bad input.


LINE = "y = x" + " + x" * 498
BAD = {
    "nothing": "",
    "blanks": " \n\t\n  ",
    "comments": "# one\n  # two\n" * 50,
    "only semicolons": ";;;;\n;;",
    "a long line": LINE,
    "too long a line": "y = x" + " + x" * 5000,
    "one long word": "y = " + "a" * 1990,
    "one long number": "y = " + "9" * 1990,
    "a long title": 'title "' + "a" * 1900 + '"',
    "500 nested brackets": "y = " + "(" * 500 + "x" + ")" * 500,
    "99 nested brackets": "y = " + "(" * 99 + "x" + ")" * 99,
    "500 open brackets": "(" * 500,
    "500 closing brackets": ")" * 500,
    "500 square brackets": "[" * 500 + "]" * 500,
    "500 bars": "|" * 500,
    "500 minus signs": "y = " + "-" * 500 + "x",
    "500 roots": "y = " + "√" * 500 + "x",
    "500 factorials": "y = x" + "!" * 500,
    "500 primes": "y = f" + "'" * 500 + "(x)",
    "500 powers": "y = x" + "^x" * 500,
    "500 slashes": "y = x" + "/x" * 500,
    "500 conditions": "y = " + "1 if x > 0 else " * 120 + "2",
    "nested functions": "y = " + "sin(" * 99 + "x" + ")" * 99,
    "NUL": "y = x\x00",
    "NUL bytes": "\x00" * 200,
    "control characters": "".join(map(chr, range(32))) + "\x7f",
    "right to left": "y = \u202ex + 1\u202c\u200f",
    "right to left word": "y = שלום x",
    "lone surrogate": "y = \ud800x",
    "private use": "y = \ue000\uffff",
    "emoji": "y = 😀x + 👍",
    "combining": "y = x\u0301\u0301",
    "10,000 lines": "y = x\n" * 10_000,
    "10,000 different lines": "\n".join(f"y = x + {n}" for n in range(10_000)),
    "10,000 wrong lines": "y = sine(x)\n" * 10_000,
    "10,000 numbers": "\n".join(f"a_{n} = {n}" for n in range(10_000)),
    "10,000 comments": "# word\n" * 10_000,
    "10,000 open lines": "y = (x +\n" * 10_000,
    "a chain of 300 definitions": "\n".join(f"a_{n} = a_{n + 1} + 1" for n in range(300)) + "\na_300 = 1",
    "doubling": "\n".join(f"f_{n + 1}(x) = f_{n}(x) f_{n}(x + 1)" for n in range(1, 40)) + "\nf_1(x) = x",
    "a huge list": "L = [1..10000000]",
    "a huge sum": "sum(k for k in 1..100000000)",
    "a huge product": "prod(sum(j for j in 1..k) for k in 1..100000)",
    "a huge power": "9^9^9^9^9",
    "a huge factorial": "(10^9)!",
    "a huge gcd": "gcd(10^300, 3)",
    "an endless range": "[1..inf]",
    "a tiny step": "[0..1 step 1e-300]",
    "a nested list": "y = [[1,2],[3,4]] x",
    "a wild curve": "y = sin(1/x) tan(1000x) floor(x^9)",
    "a wild equation": "sin(x^2 + y^2) tan(x y) = cos(x^y)",
    "a wild region": "sin(10x) > cos(10y) or tan(x y) > 1",
    "fifty wild curves": "y = tan(k x) sin(1/x) for k in 1..50",
    "a range of nothing": "range 0 1e-300\ny = x",
    "a huge range": "range -1e300 1e300\ny = x",
    "a far range": "range 1e15 1e15+1\ny = x",
    "python": "import os; os.system('true')",
    "attributes": "y = x.__class__.__mro__",
    "html": 'title "<script>alert(1)</script>"\ny = x',
    "tex": 'title "\\\\frac{1}{$"\ny = x with label "$\\\\undefined{$"',
}


@pytest.mark.parametrize("name", BAD)
def test_bad_input_gets_an_answer_and_the_state_is_kept(name):
    notebook, _ = run("a = 2\ny = a x")
    before = state(notebook, "A")
    began = time.perf_counter()
    outcome = notebook.run(BAD[name], "B")
    seconds = time.perf_counter() - began
    assert seconds < 10
    for error in outcome.errors:
        assert error.message
        assert str(error)
    assert state(notebook, "A") == before
    again = notebook.run("new figure\ny = a x + 1", "C")
    assert again.errors == ()
    assert curves(again) == ["a·x + 1"]
    print(f"{name}: {seconds:.2f} s, {len(outcome.errors)} errors")  # noqa: T201


@pytest.mark.parametrize(
    "name",
    ["too long a line", "500 nested brackets", "500 open brackets", "NUL", "NUL bytes", "right to left word", "emoji",
     "a huge list", "a huge sum", "an endless range", "python", "attributes", "10,000 wrong lines"],
)  # fmt: skip
def test_bad_input_that_is_wrong_is_told(name):
    assert Notebook().run(BAD[name]).errors


@pytest.mark.parametrize("name", ["nothing", "blanks", "comments", "only semicolons", "10,000 comments"])
def test_a_cell_without_statements_says_nothing(name):
    outcome = Notebook().run(BAD[name])
    assert (outcome.errors, outcome.notes, outcome.values, outcome.figures) == ((), (), (), ())


def test_the_same_mistake_is_not_told_ten_thousand_times():
    shown = "\n".join(map(str, Notebook().run("y = sine(x)\n" * 10_000).errors))
    assert len(shown) < 200_000


@pytest.mark.parametrize("name", ["99 nested brackets", "500 minus signs", "500 roots", "500 powers", "500 slashes",
                                  "a long line", "nested functions"])  # fmt: skip
def test_what_is_merely_long_is_drawn(name):
    outcome = Notebook(seconds=60).run(BAD[name])
    assert outcome.errors == ()
    assert len(outcome.figure.curves) == 1
    assert outcome.figure.png()
    assert outcome.figure.description
