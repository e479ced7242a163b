"""Pictures of a drag: what is drawn on the way is what stands there at rest."""

from __future__ import annotations

from dataclasses import fields

import numpy as np
import pytest

from plotlang import Notebook
from plotlang.model.budget import UNLIMITED, Budget, Stopped

WINDOW = "range -5 5\nyrange -4 4\n"
CELLS = (
    "y = a sin(x)",
    "f(x) = a x^2\ng(x) = f(x - a)\ny = f'(x)",
    "y = tan(a x)",
    "y = 1/(x - a)",
    "y = floor(a x)",
    "x = a y^2",
    "x^2 + y^2 = a^2",
    "y > a x and y < 3",
    "(a cos t, sin t) for t in 0..2pi",
    "r = a + cos θ",
    'A = (1, a)\nB = (a, 0)\nsegment A B\ntext A "here"',
    "polygon (0, 0) (a, 0) (0, a)",
    "circle (0, 0) a",
    "y = k a x for k in 1..4",
    "y = [1, 2, 3] x + a",
    "field (a y, -x)",
    "slopefield y' = a x - y",
    "y' = a x - y, y(0) = 1",
    "sequence u(0) = a, u(n) = 0.5u(n-1) + 1 for n in 0..5",
    "f(x) = x^3 - a x\nroots f\nextrema f",
    "f(x) = x^2/4\ntangent f at a",
    "f(x) = x^2/4\narea f from 0 to a",
    "riemann x^2/4 from 0 to 2 boxes (round(4 abs(a)) + 1) left",
    "y = {x < a: -1, else: x}",
    'y = sqrt(x - a) with dashed "root"',
    "contour x^2 - a y^2 levels 5",
    "X = [0, 1, 2, 3]\nY = [0, a, 2a, 4]\nY ~ m X + q",
    "y = x\ny = 2",
)  # fmt: skip


def opened(cell, before="slider a -5 5 start 1.5\n"):
    notebook = Notebook()
    outcome = notebook.run(before + cell, cell_id="c")
    assert outcome.errors == ()
    return notebook


def slider_of(notebook, name="a"):
    return notebook.session.definitions[name].slider


def dragged(notebook, *values):
    """The drawing after a drag over these values."""
    drag, slider = notebook.drag(), slider_of(notebook)
    for value in values:
        for display_id in drag.followers([slider]):
            drag.frame(display_id, {slider: value}, UNLIMITED)
    return drag


def drawing_of(drag, display_id="plotlang-c-1"):
    return drag.worked(display_id).drawing


def same(one, other):
    """Whether two values of a drawing are equal, arrays by their numbers."""
    if type(one) is not type(other):
        return False
    if isinstance(one, np.ndarray):
        return np.array_equal(one, other, equal_nan=True)
    if isinstance(one, tuple):
        return len(one) == len(other) and all(map(same, one, other))
    if hasattr(one, "__dataclass_fields__"):
        return all(same(getattr(one, each.name), getattr(other, each.name)) for each in fields(one))
    return one == other


@pytest.mark.parametrize("cell", CELLS)
def test_in_a_given_window_a_picture_on_the_way_is_the_picture_at_rest(cell):
    notebook = opened(WINDOW + cell)
    drag = dragged(notebook, -2.0, 0.5, 2.25)
    at_rest = notebook.move_slider("a", 2.25)
    if not at_rest.refreshed:  # nothing depends on the slider
        assert drag.followers([slider_of(notebook)]) == []
        return
    assert same(drawing_of(drag), at_rest.refreshed[0].worked.drawing)


def test_the_ranges_stay_on_the_way_and_fit_at_rest():
    notebook = opened("y = a x^2")
    before = notebook.run("show", cell_id="d").figure
    drag = dragged(notebook, 4.0)
    on_the_way = drawing_of(drag)
    assert (on_the_way.y.low, on_the_way.y.high) == before.yrange
    assert notebook.move_slider("a", 4.0).figure.yrange[1] > 2 * before.yrange[1]


def test_a_range_given_by_the_slider_moves_with_it():
    notebook = opened("range -a a\ny = x^2")
    drawing = drawing_of(dragged(notebook, 4.0))
    assert (drawing.x.low, drawing.x.high) == (-4.0, 4.0)
    assert drawing.y.high == notebook.at("c").figure.yrange[1]


def test_nothing_of_the_notebook_changes_on_the_way():
    notebook = opened("y = a x^2\na + 1")
    session, picture = notebook.session, notebook.at("c").figure.png()
    dragged(notebook, 4.0, -3.0)
    assert notebook.session is session
    assert notebook.at("c").figure.png() == picture


def test_only_what_depends_on_the_slider_follows():
    notebook = Notebook()
    notebook.run("slider a -5 5\ny = a x", cell_id="one")
    notebook.run('new figure "other"\ny = x^2', cell_id="two")
    notebook.run('slider b -5 5\nfigure "other"\ny = b x', cell_id="three")
    drag = notebook.drag()
    assert drag.followers([slider_of(notebook)]) == ["plotlang-one-1"]
    assert drag.followers([slider_of(notebook, "b")]) == ["plotlang-three-other"]


def test_the_picture_under_the_hand_comes_first_then_that_of_the_cell_that_defines_the_slider():
    notebook = Notebook()
    notebook.run("let k = 1\ny = x", cell_id="none")
    notebook.run("slider a -5 5\ny = a x", cell_id="one")
    notebook.run("y = a x^2", cell_id="two")
    notebook.run("y = a", cell_id="three")
    drag, slider = notebook.drag(), slider_of(notebook)
    every = ["plotlang-one-1", "plotlang-two-1", "plotlang-three-1"]
    assert drag.followers([slider]) == every
    assert drag.followers([slider], "plotlang-three-1") == [every[2], *every[:2]]
    assert drag.followers([slider], "plotlang-none-1") == every


def test_a_name_that_is_defined_again_has_two_sliders():
    notebook = Notebook()
    notebook.run("slider a -5 5\ny = a x", cell_id="one")
    first = slider_of(notebook)
    notebook.run("slider a 0 9 start 1\ny = a x^2", cell_id="two")
    second = slider_of(notebook)
    drag = notebook.drag()
    assert drag.followers([first]) == ["plotlang-one-1"]
    assert drag.followers([second]) == ["plotlang-two-1"]
    notebook.settle({first: 3.0})
    assert notebook.at("one").figure.curves[0].value(1) == 3.0
    assert notebook.parameters["a"].value == 1.0


def test_a_curve_that_loses_its_meaning_on_the_way_comes_back():
    notebook = opened(WINDOW + "y = sum(1/n for n in 1..a) + x", "slider a -5 5 start 3\n")
    drag, slider = notebook.drag(), slider_of(notebook)
    for value in (0.5, 2.0):
        drag.frame("plotlang-c-1", {slider: value}, UNLIMITED)
    assert len(drawing_of(drag).items) == 1


def test_values_follow_and_are_told_only_when_they_change():
    notebook = opened("f(x) = a x^2")
    notebook.run("f(2)", cell_id="value")
    notebook.run("1 + 1", cell_id="constant")
    drag, slider = notebook.drag(), slider_of(notebook)
    assert drag.printing() == ["plotlang-value-values", "plotlang-constant-values"]
    (found,) = drag.values("plotlang-value-values", {slider: 3.0}, UNLIMITED)
    assert found.numbers == (12.0,)
    assert drag.values("plotlang-value-values", {slider: 3.0}, UNLIMITED) == ()
    assert drag.values("plotlang-constant-values", {slider: 3.0}, UNLIMITED) == ()


def test_an_interrupt_on_the_way_leaves_no_trace():
    notebook = opened("y = a sin(x)")
    drag, slider = notebook.drag(), slider_of(notebook)
    drag.frame("plotlang-c-1", {slider: 2.0}, UNLIMITED)
    before = drawing_of(drag)
    with pytest.raises(Stopped):
        drag.frame("plotlang-c-1", {slider: 3.0}, Budget(interrupted=lambda: True))
    assert drawing_of(drag) is before
    frame = drag.frame("plotlang-c-1", {slider: 3.0}, UNLIMITED)
    assert frame.body.startswith(b"\x89PNG")


def test_a_reset_puts_the_slider_where_its_line_says_with_the_range_that_it_says():
    notebook = opened("y = a x")
    notebook.move_slider("a", 20.0)
    assert notebook.parameters["a"].high == 20.0
    outcome = notebook.reset_slider("a")
    assert (notebook.parameters["a"].value, notebook.parameters["a"].high) == (1.5, 5.0)
    assert outcome.figure.curves[0].value(2.0) == 3.0
    assert notebook.reset_slider("nothing").errors
