"""Formulas to geometry: strokes, dots at ends, windows, members of families, and notes on what can't be seen."""

import math

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from plotlang import Notebook
from plotlang.model.palette import LINES, PALETTES, look
from tests.marks.sketches import dots_of, drawing_of, paths_of, sketch

ABSOLUTE = """
##............................................##
.###........................................###
...##......................................##
....###..................................###
......##................................##
.......###............................###
.........##..........................##
..........###......................###
............##....................##
.............###................###
...............###............###
.................##..........##
..................###......###
....................##....##
.....................######
.......................##
"""
TANGENT = """
#..............#..............#..............#
#.............##.............##..............#
..............#..............#..............##
..............#..............#..............#
.............##.............##.............##
............##.............##.............##
...........##.............##.............##
........####............###............###
......###............####...........####
.....##.............##.............##
....##.............##.............##
...##.............##.............##
...#..............#..............#
..##..............#..............#
..#..............##.............##.............#
..#..............#..............#..............#
"""
CIRCLE = """


.................##############
...............###............###
.............###................###
............##....................##
............#......................#
............#......................#
............#......................#
............#......................#
............##....................##
.............###................###
...............###............###
.................##############


"""


@pytest.mark.parametrize(
    ("line", "x", "y", "drawn"),
    [
        ("y = |x| - 4", (-6, 6), (-4.2, 2), ABSOLUTE),
        ("y = tan(x)", (-5, 5), (-4, 4), TANGENT),
        ("x^2 + y^2 = 9", (-6, 6), (-4, 4), CIRCLE),
    ],
)
def test_sketches(line, x, y, drawn):
    assert f"\n{sketch(line, x=x, y=y)}\n" == drawn


def test_a_sketch_of_a_step():
    drawn = sketch("y = floor(x)", x=(0, 4.5), y=(-0.5, 4.5)).split("\n")
    assert [row.count("#") for row in drawn] == [0, 6, 0, 0, 11, 0, 0, 0, 12, 0, 0, 12, 0, 0, 11, 0]


def test_no_stroke_crosses_a_pole():
    for path in paths_of("y = 1/x", "yrange -4 4"):
        assert (path[:, 0] <= 0).all() or (path[:, 0] >= 0).all()
        assert (path[:, 1] < 0).all() or (path[:, 1] > 0).all()


@pytest.mark.parametrize(
    ("line", "strokes"),
    [("y = x", 1), ("y = 1/x", 2), ("y = tan(x)", 5), ("y = floor(x)", 10), ("y = sqrt(x)", 1), ("y = 1/(x^2-1)", 3),
     ("y = ln(x)", 1), ("y = sqrt(-1)", 0), ("x = y^2", 1), ("x = 3", 1), ("y = {x < 0: 1, else: 2}", 2)],
)  # fmt: skip
def test_the_pen_is_lifted_where_it_must_be(line, strokes):
    assert len(paths_of(line, "yrange -5 5")) == strokes


@pytest.mark.parametrize(
    ("line", "filled", "open_"),
    [
        ("y = x^2 on [0, 2)", [(0, 0)], [(2, 4)]),
        ("y = x^2 on (0, 2]", [(2, 4)], [(0, 0)]),
        ("y = x^2 on [-1, 1]", [(-1, 1), (1, 1)], []),
        ("y = x^2 for x in 0..2", [(0, 0), (2, 4)], []),
        ("y = 2x {x > 0}", [], [(0, 0)]),
        ("y = 2x {0 < x < 2}", [], [(0, 0), (2, 4)]),
        ("y = {x < 0: -1, else: 1}", [(0, 1)], [(0, -1)]),
        ("y = {x < 0: -x, 0 <= x < 2: x^2, else: 4}", [], []),
        ("y = x {x != 2}", [], [(2, 2)]),
        ("y = (x^2-1)/(x-1)", [], [(1, 2)]),
        ("y = x^2", [], []),
        ("y = 3 if x > 1 else 2", [(1, 2)], [(1, 3)]),
    ],
)
def test_ends_and_jumps_get_dots(line, filled, open_):
    assert dots_of(line, "range -5 5") == {"filled": filled, "open": open_}


@pytest.mark.parametrize(
    ("lines", "y"),
    [
        (("y = x",), (-5.5, 5.5)),
        (("y = x^2", "range 0 2"), (-0.2, 4.2)),
        (("y = sin(x)",), (-1.1, 1.1)),
        (("y = x", "yrange -1 2"), (-1, 2)),
        (("y = x", "range y -1 2"), (-1, 2)),
        (("y = x", "yrange -1 2", "yrange auto"), (-5.5, 5.5)),
        (("y = x", "yrange -1 2", "range auto"), (-5.5, 5.5)),
    ],
)
def test_the_height_of_the_window(lines, y):
    drawing = drawing_of(*lines).drawing
    assert (drawing.y.low, drawing.y.high) == pytest.approx(y, rel=1e-3)


@pytest.mark.parametrize(
    "line", ["y = 1/x", "y = tan(x)", "y = 1/(x-1)^2", "y = ln(x)", "y = 1/x^3", "y = e^x", "y = x!"]
)
def test_poles_do_not_rule_the_window(line):
    drawing = drawing_of(line).drawing
    assert drawing.y.high - drawing.y.low < 500


@pytest.mark.parametrize(
    "line", ["y = 0", "y = 3", "y = -2", "y = 1e-9", "y = 1e12", "y = sqrt(-1)", "(2, 7)", "y = 1e300"]
)
def test_a_constant_has_a_window_that_shows_it(line):
    drawing = drawing_of(line).drawing
    assert drawing.y.low < drawing.y.high
    for curve in drawing_of(line).curves:
        for path in curve.paths:
            assert (path[:, 1] > drawing.y.low).all()
            assert (path[:, 1] < drawing.y.high).all()


@pytest.mark.parametrize(
    ("line", "x"),
    [("range -10 10", (-10, 10)), ("range -10..10", (-10, 10)), ("range [-10, 10]", (-10, 10)),
     ("range -1 to 1", (-1, 1)),
     ("xrange 0 1", (0, 1)), ("range -2pi 2pi", (-2 * math.pi, 2 * math.pi)), ("range 0 pi/2", (0, math.pi / 2)),
     ("range 0 (1+2)", (0, 3)), ("range 1, 5", (1, 5)), ("range x 0 2", (0, 2)), ("zoom 2", (-2.5, 2.5)),
     ("zoom out", (-10, 10)), ("zoom 2\nzoom 2", (-1.25, 1.25)), ("zoom 2\nzoom fit", (-5, 5)),
     ("range 0 10\nzoom 2", (2.5, 7.5)), ("zoom 2\nrange 0 10", (0, 10)), ("range -1 -0.5", (-1, -0.5))],
)  # fmt: skip
def test_the_width_of_the_window(line, x):
    drawing = drawing_of("y = x", *line.split("\n")).drawing
    assert (drawing.x.low, drawing.x.high) == pytest.approx(x)


def test_a_range_may_follow_a_slider():
    notebook = Notebook()
    notebook.run("slider a 1 9 start 2\nrange 0 a\ny = x", "A")
    assert notebook.at("A").figure.xrange == (0, 2)
    notebook.move_slider("a", 5)
    assert notebook.at("A").figure.xrange == (0, 5)


def test_a_range_of_names_that_runs_backwards_is_told():
    outcome = Notebook().run("a = 5\nrange a 1\ny = x")
    assert "5" in " ".join((*outcome.notes, *(map(str, outcome.errors))))


@pytest.mark.parametrize(
    "lines", [("x^2 + y^2 = 9",), ("y > x^2",), ("y = x", "axes equal"), ("y = x", "aspect equal")]
)
def test_units_are_equally_long_where_it_matters(lines):
    from plotlang.model.margins import axes_pixels

    drawing = drawing_of(*lines).drawing
    across, up = axes_pixels(drawing)
    assert (drawing.x.high - drawing.x.low) / across == pytest.approx((drawing.y.high - drawing.y.low) / up)


def test_units_are_free_when_a_height_is_given():
    drawing = drawing_of("x^2 + y^2 = 9", "yrange -3 7").drawing
    assert (drawing.y.low, drawing.y.high) == (-3, 7)
    assert (drawing.x.low, drawing.x.high) == (-5, 5)


def test_a_circle_is_round():
    points = np.vstack(paths_of("x^2 + y^2 = 9"))
    assert np.hypot(points[:, 0], points[:, 1]) == pytest.approx(3, abs=1e-6)


def test_both_sides_of_an_equation_are_on_the_curve():
    points = np.vstack(paths_of("y^2 = x^3 - x"))
    x, y = points.T
    assert np.abs(y**2 - x**3 + x).max() < 1e-4 * (1 + np.abs(x**3).max())


@pytest.mark.parametrize(
    ("line", "members"),
    [("y = [1, 2, 3] x", 3), ("y = k x for k in 1..4", 4), ("y = k x for k in [1, 5]", 2), ("y = ±x", 2),
     ("y = x + [1..50]", 50), ("y = k x for k in 0..1 step 0.25", 5), ("y = x", 1), ("x = k for k in 1..3", 3)],
)  # fmt: skip
def test_members_of_a_family(line, members):
    assert len(drawing_of(line).curves) == members


def test_members_have_the_values_of_their_letters():
    curves = drawing_of("y = k x^2 for k in 1..4").curves
    assert [curve.value(2) for curve in curves] == [4, 8, 12, 16]
    assert len({curve.color for curve in curves}) == 4
    assert sum(item.in_legend for item in drawing_of("y = k x^2 for k in 1..4").drawing.items) == 1


def test_plus_minus_gives_the_upper_and_the_lower_half():
    curves = drawing_of("y = ±sqrt(4 - x^2)").curves
    assert [curve.value(0) for curve in curves] == [2, -2]


@pytest.mark.parametrize(
    ("line", "x", "value"),
    [("y = 2x + 1", 3, 7), ("y = sqrt(x)", -1, math.nan), ("y = 1/x", 0, math.nan), ("x = y^2", 3, 9),
     ("y = x^2 on [0, 2)", 2, math.nan), ("y = x^2 on [0, 2]", 2, 4), ("y = floor(x)", 1.5, 1),
     ("y = sum(x^k for k in 0..3)", 2, 15), ("y = sum(x^k for k in 0..3)", -2, -5),
     ("y = integral(t for t in 0..x)", 4, 8), ("y = x^(1/3)", -8, -2), ("y = x!", 5, 120), ("y = (x>0)*x % 2", 3, 1),
     ("y = cos(x)*exp(-x**2)", 1, 0.198766), ("y = np.where(x>0, sqrt(abs(x)), 0)", 4, 2), ("y = d/dx(x^3)", 2, 12)],
)  # fmt: skip
def test_the_value_of_a_curve(line, x, value):
    assert drawing_of(line).curves[0].value(x) == pytest.approx(value, abs=1e-6, nan_ok=True)


@pytest.mark.parametrize(
    "line",
    ["y = sum(x^k/k! for k in 0..5)", "y = prod(x - k for k in 1..3)", "y = integral(e^(-t^2) for t in -inf..x)",
     "y = sum(k x for k in 1..3)", "y = sum((-1)^k x^(2k+1)/(2k+1)! for k in 0..4)", "y = x^3", "y = [1,2] x^3",
     "y = x^n for n in 1..3", "y = integral(sin(t) for t in 0..x)", "y = max(x, 2)", "y = mean([x, 2])"],
)  # fmt: skip
def test_a_curve_that_has_values_everywhere_is_drawn_everywhere(line):
    worked = drawing_of(line)
    for curve in worked.curves:
        points = np.vstack(curve.paths)
        assert points[:, 0].min() == pytest.approx(-5, abs=0.05) or abs(curve.value(-5)) > worked.drawing.y.high
        assert points[:, 0].max() == pytest.approx(5, abs=0.05)
    assert not [note for note in worked.notes if "no values" in note.text]


FORMULAS = st.sampled_from(
    ["x", "x^2", "sin(x)", "1/x", "tan(x)", "sqrt(x)", "ln(x)", "floor(x)", "|x|", "x^3 - 3x", "e^x", "sin(1/x)",
     "{x > 1}",
     "x!", "cbrt(x)", "sign(x)", "1/(x^2 - 1)", "x^x", "arcsin(x)", "x mod 2"]
)  # fmt: skip


@settings(max_examples=80, deadline=None, suppress_health_check=list(HealthCheck))
@given(FORMULAS, FORMULAS, st.sampled_from(["+", "*", "-"]), st.integers(-20, 20), st.integers(1, 30))
def test_what_is_drawn_lies_on_the_curve_and_in_the_window(one, two, sign, low, width):
    worked = drawing_of(f"y = ({one}) {sign} ({two})", f"range {low} {low + width}")
    curve = worked.curves[0]
    window = worked.drawing.y
    room = 1e-6 * (window.high - window.low)
    for path in curve.paths:
        assert (np.diff(path[:, 0]) >= -1e-12).all()
        assert path[:, 0].min() >= low - 1e-9
        assert path[:, 0].max() <= low + width + 1e-9
        for x, y in path[:: max(1, len(path) // 20)]:
            value = curve.value(x)
            if math.isfinite(value) and window.low < y < window.high:
                assert abs(value - y) <= max(room, 1e-6 * abs(value)) or _at_a_jump(curve, x, y)


def _at_a_jump(curve, x, y):
    """Whether the stroke ends here: its last point is the limit from one side."""
    steps = (-1e-7, 1e-7, -1e-14, 1e-14)  # closer, too, where the curve is upright
    near = [curve.value(x + step * max(1.0, abs(x))) for step in steps]
    return any(math.isfinite(each) and abs(each - y) < 1e-3 * max(1.0, abs(y)) for each in near)


@pytest.mark.parametrize(
    ("line", "note"),
    [("y = sqrt(x)", "sqrt(x) has no values for x from −5 to 0"), ("y = ln(x - 7)", "has no values for x from −5 to 5"),
     ("y = arcsin(x)", "from 1 to 5"), ("x = sqrt(y)", "for y from")],
)  # fmt: skip
def test_what_has_no_values_is_told(line, note):
    assert note in " | ".join(each.text for each in drawing_of(line).notes)


@pytest.mark.parametrize(
    "line", ["y = x", "y = 2x {x > 0}", "y = x^2 on [0, 1]", "y = 1/x", "y = tan(x)", "y = floor(x)"]
)
def test_there_is_no_note_where_nothing_is_missing(line):
    assert drawing_of(line).notes == ()


def test_degrees_change_the_window_and_the_ticks():
    drawing = drawing_of("angle degrees", "y = sin(x)").drawing
    assert (drawing.x.low, drawing.x.high) == (-360, 360)
    assert drawing.x.step == 90
    assert drawing_of("angle degrees", "y = sin(x)").curves[0].value(30) == pytest.approx(0.5)


@pytest.mark.parametrize(
    ("lines", "step", "pi"),
    [(("range -2pi 2pi",), None, True), (("ticks x pi/4",), math.pi / 4, True), (("ticks x 0.5",), 0.5, False),
     (("range -6 6",), None, False), (("range -2pi 2pi", "ticks x 1"), 1.0, False)],
)  # fmt: skip
def test_ticks(lines, step, pi):
    drawing = drawing_of("y = sin(x)", *lines).drawing
    assert drawing.x.step == (pytest.approx(step) if step else None)
    assert drawing.x.pi is pi


def test_the_look_of_curves_repeats_late():
    for palette in PALETTES:
        looks = [look(place, palette) for place in range(len(PALETTES[palette]) * len(LINES))]
        assert len(set(looks)) == len(looks)
    assert look(0, "no such palette") == look(0)
    assert look(7).line != look(0).line
    assert [look(place).line for place in range(7)] == ["solid"] * 7


def test_a_style_reaches_the_drawing():
    item = drawing_of('y = x with red dashed thick label "height"').drawing.items[0]
    assert (item.look.color, item.look.line, item.look.width) == ("#d62728", "dashed", 3.5)
    assert item.label == "height"
    assert not drawing_of("y = x with nolabel").drawing.items[0].in_legend


def test_points_and_their_names():
    assert dots_of("(2, 3)") == {"filled": [(2, 3)], "open": []}
    assert dots_of("a = 4", "A = (a, a + 1)")["filled"] == [(4, 5)]
    assert dots_of("[(0, 0), (1, 2)]")["filled"] == [(0, 0), (1, 2)]
    assert dots_of("(1, 2) with open")["open"] == [(1, 2)]
    assert dots_of("(sqrt(-1), 2)") == {"filled": [], "open": []}
