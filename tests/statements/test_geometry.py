"""Points, shapes, parametric and polar curves, fields, sequences: what is drawn."""

import math

import numpy as np
import pytest

from plotlang import Notebook
from plotlang.model.geometry import Arrows, Dots, Label, Polygons, Polyline


def drawn(cell):
    outcome = Notebook().run(cell)
    assert outcome.errors == ()
    return outcome.figure


def shapes(picture, kind):
    return [shape for item in picture.worked.drawing.items for shape in item.shapes if isinstance(shape, kind)]


def test_points_of_two_lists():
    picture = drawn("X = [1, 2, 3]\nY = [2, 5, 4]\npoints (X, Y) with red cross")
    (dots,) = shapes(picture, Dots)
    np.testing.assert_array_equal(dots.points, [(1, 2), (2, 5), (3, 4)])
    assert picture.curves == ()


def test_data_alone_fill_the_picture_and_curves_keep_their_range():
    low, high = drawn("points ([10, 30], [5, 6])").xrange
    assert low == pytest.approx(9)
    assert high == pytest.approx(31)
    assert drawn("points ([1, 3], [5, 6])\ny = x").xrange == (-5, 5)
    assert drawn("points ([1, 30], [5, 6])\ny = x").xrange[1] > 30


def test_a_point_outside_makes_the_picture_wider():
    picture = drawn("A = (9, 2)\ny = x")
    assert picture.xrange[0] == -5
    assert picture.xrange[1] > 9


@pytest.mark.parametrize(
    "cell", ["segment (0, 0) (2, 1)", "A = (0, 0)\nB = (2, 1)\nsegment A B", "segment((0, 0), (2, 1))"]
)
def test_segment(cell):
    (line,) = shapes(drawn(cell), Polyline)
    np.testing.assert_array_equal(line.paths[0], [(0, 0), (2, 1)])


def test_line_goes_from_edge_to_edge():
    picture = drawn("line (0, 0) (1, 1)")
    (path,) = picture.curves[0].paths
    assert path[:, 0].min() <= -5
    assert path[:, 0].max() >= 5
    np.testing.assert_allclose(path[:, 0], path[:, 1])


def test_vector():
    (arrow,) = shapes(drawn("vector (0, 0) (2, 1)"), Arrows)
    np.testing.assert_array_equal(arrow.end, [(2, 1)])


def test_polygon_is_filled_and_closed():
    picture = drawn("polygon (0, 0) (3, 0) (3, 4)")
    assert len(shapes(picture, Polygons)[0].outlines[0]) == 3
    border = shapes(picture, Polyline)[0].paths[0]
    np.testing.assert_array_equal(border[0], border[-1])
    across = (picture.xrange[1] - picture.xrange[0]) / (picture.yrange[1] - picture.yrange[0])
    assert across == pytest.approx(1.497, rel=0.02)


def test_circle_by_radius_and_by_point():
    for cell in ("circle (1, 0) 2", "circle (1, 0) (3, 0)", "r1 = 2\ncircle (1, 0) sqrt(4)"):
        (path,) = drawn(cell.replace("r1 = 2\n", "")).curves[0].paths
        np.testing.assert_allclose(np.hypot(path[:, 0] - 1, path[:, 1]), 2)


def test_text():
    (label,) = shapes(drawn('y = x\ntext (1, 2) "here"'), Label)
    assert (label.x, label.y, label.text) == (1, 2, "here")


def test_shapes_follow_sliders():
    notebook = Notebook()
    notebook.run("slider a 0 5 start 1\nA = (a, 0)\ncircle A 1", "A")
    notebook.move_slider("a", 3)
    (path,) = notebook.at("A").figure.curves[0].paths
    assert path[:, 0].max() == pytest.approx(4)


def test_parametric_curve_and_its_default_range():
    outcome = Notebook().run("(3cos t, 2sin t)")
    assert any("t runs from 0 to 2π" in note for note in outcome.notes)
    points = np.vstack(outcome.figure.curves[0].paths)
    np.testing.assert_allclose((points[:, 0] / 3) ** 2 + (points[:, 1] / 2) ** 2, 1, atol=0.01)


def test_other_letters_and_families():
    picture = drawn("(t, k t^2) for k in 1..3")
    assert len(picture.curves) == 3
    assert drawn("(s, s^3) for s in -1..1").curves[0].kind == "parametric"
    assert drawn("(k, k^2) for k in [1, 2, 3]").curves == ()


def test_a_letter_with_a_value_is_a_point():
    picture = drawn("t = 2\n(t, t^2)")
    assert picture.curves == ()
    np.testing.assert_array_equal(shapes(picture, Dots)[0].points, [(2, 4)])


@pytest.mark.parametrize("cell", ["r = 2 + cos θ", "r(θ) = 2 + cos(theta)", "r = 2 + cos theta for theta in 0..2pi"])
def test_polar_curve(cell):
    curve = drawn(cell).curves[0]
    assert curve.kind == "polar"
    assert curve.value(0) == 3
    points = np.vstack(curve.paths)
    angle = np.arctan2(points[:, 1], points[:, 0])
    np.testing.assert_allclose(np.hypot(points[:, 0], points[:, 1]), 2 + np.cos(angle), atol=0.02)


def test_polar_circle_and_the_number_r():
    assert drawn("r(θ) = 2").curves[0].kind == "polar"
    outcome = Notebook().run("r = 2")
    assert outcome.figure is None
    assert any("polar circle" in note for note in outcome.notes)


def test_polar_in_degrees():
    picture = drawn("angle degrees\nr = 2 + sin(θ)")
    points = np.vstack(picture.curves[0].paths)
    assert points[:, 1].max() == pytest.approx(3, abs=0.01)
    assert picture.curves[0].value(90) == pytest.approx(3)
    assert picture.xrange == (-5, 5)


def test_lemniscate():
    picture = drawn("r^2 = 4cos(2θ)")
    points = np.vstack([path for curve in picture.curves for path in curve.paths])
    assert points[:, 0].min() == pytest.approx(-2, abs=0.01)
    assert points[:, 0].max() == pytest.approx(2, abs=0.01)


def test_a_large_curve_is_seen_whole():
    picture = drawn("(8cos t, 8sin t) for t in 0..2pi")
    assert picture.yrange[0] < -8
    assert picture.yrange[1] > 8


def test_contour_lines_and_their_numbers():
    picture = drawn("contour x^2 + y^2 levels [1, 4, 9]")
    assert picture.curves[0].kind == "contour"
    sizes = {round(float(np.hypot(*point)), 3) for path in picture.curves[0].paths for point in path}
    assert sizes == {1.0, 2.0, 3.0}
    assert {label.text for label in shapes(picture, Label)} == {"1", "4", "9"}
    assert len(drawn("h(x, y) = x y\ncontour h levels 10").curves[0].paths) >= 8


def test_a_level_of_a_function_of_two_values():
    picture = drawn("f(u, v) = u^2 + v^2\nf(x, y) - 4 = 0")
    assert picture.curves[0].kind == "implicit"


@pytest.mark.parametrize("cell", ["field (y, -x)", "k = 2\nfield (k, x y)"])
def test_field(cell):
    (arrows,) = shapes(drawn(cell), Arrows)
    assert len(arrows.start) > 100


@pytest.mark.parametrize("cell", ["slopefield y' = x - y", "slopefield x - y", "y' = x - y", "dy/dx = x - y"])
def test_slope_field(cell):
    picture = drawn(cell)
    assert picture.curves[0].kind == "slopefield"
    assert len(picture.curves[0].paths) > 100


@pytest.mark.parametrize(
    ("cell", "place", "value"),
    [
        ("y' = x - y, y(0) = 1", 2, 1 + 2 * math.exp(-2)),
        ("y' = x - y, y(0) = 1", -2, -3 + 2 * math.exp(2)),
        ("dy/dx = y, y(1) = 2", 0, 2 / math.e),
        ("y'' = -y, y(0) = 0, y'(0) = 1", 1, math.sin(1)),
        ("y'' = -y' , y(0) = 1, y'(0) = -1", 2, math.exp(-2)),
        ("k = 0.5\ny' = k y, y(0) = 1", 2, math.e),
    ],
)
def test_solutions(cell, place, value):
    curve = drawn(cell).curves[0]
    assert curve.kind == "solution"
    assert curve.value(place) == pytest.approx(value, rel=1e-6)


def test_solutions_from_several_starts():
    picture = drawn("y' = -y, y(0) = [1, 2, 3]")
    assert [curve.value(0) for curve in picture.curves] == pytest.approx([1, 2, 3])


def test_a_solution_that_blows_up_stops_there():
    curve = drawn("range -2 2\nyrange -5 5\ny' = y^2, y(0) = 1").curves[0]
    assert np.vstack(curve.paths)[:, 0].max() < 1
    assert math.isnan(curve.value(1.5))


def test_sequence_is_printed_drawn_and_a_function():
    outcome = Notebook().run("sequence u(0) = 1, u(n) = 0.5u(n-1) + 3 for n in 0..10\nu(3)")
    assert outcome.errors == ()
    found = {each.name: each.numbers for each in outcome.results}
    assert found["u"][:4] == (1, 3.5, 4.75, 5.375)
    assert found["u(3)"] == (5.375,)
    (dots,) = shapes(outcome.figure, Dots)
    assert len(dots.points) == 11


def test_fibonacci():
    notebook = Notebook()
    notebook.run("sequence F(1) = 1, F(2) = 1, F(n) = F(n-1) + F(n-2) for n in 1..12")
    assert notebook.value("F(12)") == 144
    assert notebook.value("F(30)") == 832040


def test_a_rule_for_the_next_term_comes_first_or_last():
    notebook = Notebook()
    notebook.run("sequence a(n+1) = 2a(n), a(0) = 3\nsequence u(1) = 1, u(n+1) = u(n) + n for n in 1..6")
    assert notebook.value("a(4)") == 48
    assert [notebook.value(f"u({n})") for n in range(1, 6)] == [1, 2, 4, 7, 11]
    notebook.run("sequence F(0) = 0, F(1) = 1, F(n+2) = F(n+1) + F(n)")
    assert notebook.value("F(10)") == 55


def test_what_people_write_otherwise():
    assert drawn("xy = 1").curves[0].kind == "implicit"
    assert drawn("sin(x) = cos(y)").curves[0].kind == "implicit"
    assert shapes(drawn("A = (0, 0)\nB = (1, 0)\nC = (0, 1)\npolygon ABC"), Polygons)
    assert shapes(drawn("vector (2, 1)"), Arrows)[0].start.tolist() == [[0, 0]]
    for line, part in (
        ("y(0) = 1", "stands behind its equation"),
        ("y'' + y = 0, y(0) = 0, y'(0) = 1", "y'' stands alone on the left"),
        ("x(t) = cos t, y(t) = sin t", "written as one pair"),
    ):
        assert part in Notebook().run(line).errors[0].message


def test_sequence_without_recursion_and_with_a_slider():
    notebook = Notebook()
    outcome = notebook.run("q = 2 in 0..3\nsequence g(n) = q^n for n in 0..4", "A")
    assert next(each.numbers for each in outcome.results if each.name == "g") == (1, 2, 4, 8, 16)
    notebook.move_slider("q", 3)
    assert notebook.at("A").results[-1].numbers == (1, 3, 9, 27, 81)


@pytest.mark.parametrize(
    ("line", "part"),
    [
        ("solve x^2 > 4", "this is a condition"),
        ("y' = x - y, y(0) = 1, y(1) = 2", "given twice"),
        ("y' = -0.5t, y(0) = 3", "t is not defined"),
        ("dy/dt = -y, y(0) = 1", "drawn over x"),
        ("r = 2sin(3t)", "polar curves are written with θ"),
        ("integral(f, 0, 2)", "needs to know its variable"),
    ],
)
def test_what_would_be_misread_is_refused(line, part):
    assert part in Notebook().run(line).errors[0].message


def test_the_same_said_in_other_words():
    for line in ("circle center (0, 0) radius 2", "circle (0, 0), 2"):
        assert drawn(line).curves[0].kind == "circle"
    assert drawn("line through (0, 0) and (1, 1)").curves[0].kind == "line"
    outcome = Notebook().run("f(x) = x^2\ng(x) = x\nintersect f g")
    assert [each.numbers for each in outcome.results if each.name == "intersect"] == [(0, 0, 1, 1)]


def test_a_point_of_a_letter_that_looks_like_its_name():
    picture = drawn("A = (a, a^2)")
    np.testing.assert_array_equal(shapes(picture, Dots)[0].points, [(1, 1)])


def test_a_long_curve_is_no_line():
    picture = drawn("(e^t, t) for t in -10..10")
    assert picture.xrange[1] > 20_000
    assert picture.yrange[1] < 20
