from dataclasses import replace

import numpy as np
import pytest

from plotlang.model.drawing import Axis, Look
from plotlang.model.geometry import Arrows, Asymptotes, Dots, Label, Polygons, Polyline
from plotlang.model.margins import axes_box
from plotlang.render import style
from plotlang.render.compose import inks
from plotlang.render.ink import Fill, Marks, Stroke, Words
from plotlang.render.outlines import area, oriented
from tests.render.drawings import LINE, WAVE, curve, item, picture


def measure(text, size, *, math):
    """A typeface of which all letters are equally wide; it can't typeset what holds an exclamation mark."""
    if math and "!" in text:
        raise ValueError(text)
    return 0.6 * size * len(text), size, 0.2 * size


def ink(drawing, kind):
    return [found for found in inks(drawing, measure) if isinstance(found, kind)]


def texts(drawing):
    return [words.text for words in ink(drawing, Words)]


def test_a_curve_is_drawn_where_its_values_are():
    drawing = picture(LINE)
    (stroke,) = [s for s in ink(drawing, Stroke) if s.clip]
    box = axes_box(drawing)
    assert stroke.paths[0].tolist() == [[box.left, box.bottom], [box.right, box.top]]
    assert stroke.color == LINE.look.color
    assert stroke.width == pytest.approx(2.0 * 96 / 72)


def test_units_are_equally_long_if_the_limits_have_the_ratio_of_the_axes():
    box = axes_box(picture())
    square = item(Polyline((np.array([(0.0, 0.0), (1.0, 0.0), (1.0, 1.0)]),)))
    drawing = picture(square, x=Axis(-box.width, box.width), y=Axis(-box.height, box.height), equal=True)
    (stroke,) = [s for s in ink(drawing, Stroke) if s.clip]
    along, up = np.abs(np.diff(stroke.paths[0], axis=0)).max(axis=0)
    assert along == pytest.approx(up)


def test_equal_axes_have_equal_steps():
    drawing = picture(x=Axis(-12, 12), y=Axis(-8, 8), equal=True)
    labels = texts(drawing)
    assert labels.count("−2") == 2
    assert labels.count("−1") == 0


def test_the_pen_is_lifted_at_what_is_no_number():
    broken = curve(1, [(-5, 0), (-1, 1), (0, np.nan), (1, 1), (2, np.inf), (3, 3)])
    (stroke,) = [s for s in ink(picture(broken), Stroke) if s.clip]
    assert [len(path) for path in stroke.paths] == [2, 2, 2]


def test_an_open_dot_is_a_coloured_ring_that_lies_on_the_line():
    hole = replace(LINE, shapes=(*LINE.shapes, Dots(np.array([(1.0, 1.0), (99.0, 0.0)]), filled=False)))
    found = list(inks(picture(hole), measure))
    (marks,) = [ink for ink in found if isinstance(ink, Marks)]
    assert (marks.fill, marks.color) == (style.PAPER, LINE.look.color)
    assert len(marks.points) == 1
    line = next(n for n, ink in enumerate(found) if isinstance(ink, Stroke) and ink.clip)
    assert found.index(marks) > line


def test_areas_lie_under_lines_and_are_pale():
    square = np.array([(0.0, 0.0), (2.0, 0.0), (2.0, 2.0), (0.0, 2.0)])
    found = [ink for ink in inks(picture(LINE, item(Polygons((square,)))), measure) if getattr(ink, "clip", False)]
    assert isinstance(found[0], Fill)
    assert found[0].opacity == style.FILL_OPACITY


def test_holes_turn_the_other_way():
    square = np.array([(0.0, 0.0), (9.0, 0.0), (9.0, 9.0), (0.0, 9.0)])
    outer, hole, island = oriented([square, square / 3 + 2, square / 9 + 3])
    assert area(outer) > 0 > area(hole)
    assert area(island) > 0


def test_arrows_asymptotes_and_labels():
    thing = item(
        Arrows(np.array([(0.0, 0.0), (1.0, 1.0)]), np.array([(2.0, 0.0), (1.0, 1.0)])),
        Asymptotes(x=(1.0, np.nan), y=(2.0,)),
        Label(1.0, 1.0, "A\x07"),
    )
    drawing = picture(thing)
    arrows, asymptotes = [s for s in ink(drawing, Stroke) if s.clip]
    assert len(arrows.paths) == 1
    assert len(asymptotes.paths) == 2
    assert asymptotes.dash == "dashed"
    assert "A" in texts(drawing)


def test_a_log_scale_breaks_the_line_at_zero():
    drawing = picture(curve(1, [(-1, 1), (0, 1), (1, 1), (10, 10)]), x=Axis(0.1, 100, scale="log"), y=Axis(-5, 5))
    (stroke,) = [s for s in ink(drawing, Stroke) if s.clip]
    assert [len(path) for path in stroke.paths] == [2]
    box = axes_box(drawing)
    assert stroke.paths[0][0][0] == pytest.approx(box.left + box.width / 3)


@pytest.mark.parametrize(("frame", "labelled"), [("lines", True), ("box", True), ("origin", True), ("off", False)])
def test_frames(frame, labelled):
    drawing = picture(LINE, frame=frame)
    assert ("−2" in texts(drawing)) == labelled
    assert texts(drawing).count("0") == {"lines": 2, "box": 2, "origin": 1, "off": 0}[frame]
    assert len([fill for fill in ink(drawing, Fill) if fill.color == style.AXIS]) == (frame == "origin")


def test_zero_lines_only_where_zero_is_in_view():
    def crossing(drawing):
        return next(s for s in ink(drawing, Stroke) if s.color == style.AXIS).paths

    assert len(crossing(picture())) == 2
    assert len(crossing(picture(x=Axis(1, 2)))) == 1


def test_the_grid():
    colors = {grid: [s.color for s in ink(picture(grid=grid), Stroke)] for grid in ("on", "off", "fine")}
    assert style.GRID in colors["on"]
    assert style.GRID not in colors["off"]
    assert style.FINE_GRID in colors["fine"]


def test_the_legend_is_shown_from_two_entries_on():
    assert LINE.formula not in texts(picture(LINE))
    assert LINE.formula in texts(picture(LINE, legend="on"))
    assert {LINE.formula, WAVE.formula} <= set(texts(picture(LINE, WAVE)))
    assert LINE.formula not in texts(picture(LINE, WAVE, legend="off"))
    assert LINE.formula not in texts(picture(LINE, replace(WAVE, in_legend=False)))


def test_formulas_are_typeset_and_labels_are_plain():
    drawing = picture(LINE, replace(WAVE, label="costs $5"))
    found = {words.text: words.math for words in ink(drawing, Words)}
    assert found[LINE.formula] is True
    assert found["costs $5"] is False


def test_what_cannot_be_typeset_is_plain():
    drawing = picture(LINE, replace(WAVE, formula=r"y=\frac{1}{x}\cdot n!"))
    assert "y=(1)/(x)· n!" in texts(drawing)


def test_a_long_legend_counts_the_rest():
    drawing = picture(*(curve(n, [(-5, n), (5, n)], f"y={n}") for n in range(1, 31)))
    assert "… and 19 more" in texts(drawing)


def test_numbers_stand_before_formulas_only_if_there_are_any():
    assert "7" in texts(picture(replace(LINE, number=7), WAVE))
    assert not {"-1"} & set(texts(picture(replace(LINE, number=-1), WAVE, frame="off")))


def test_the_legend_takes_the_emptiest_corner():
    busy = curve(1, [(x, y) for x in np.linspace(0.5, 5, 40) for y in (1.0, 5.0)])
    drawing = picture(busy, curve(2, [(0.5, -1), (5, -5)], "y=b"), frame="off")
    words = next(words for words in ink(drawing, Words) if words.text == "y=b")
    assert words.x < drawing.width / 2


@pytest.mark.parametrize(("mode", "left"), [("left", True), ("right", False)])
def test_the_side_of_the_legend_can_be_chosen(mode, left):
    drawing = picture(LINE, WAVE, legend=mode)
    words = next(words for words in ink(drawing, Words) if words.text == WAVE.formula)
    assert (words.x < drawing.width / 2) == left


def test_labels_at_the_ends_of_curves_stand_apart():
    flat = [curve(n, [(-5, 1 + n / 100), (5, 1 + n / 100)], f"y={n}") for n in range(1, 9)]
    drawing = picture(*flat, LINE, legend="labels")
    found = [words for words in ink(drawing, Words) if words.math]
    heights = sorted(words.y for words in found)
    assert len(found) == 9
    assert min(np.diff(heights)) >= found[0].size
    assert all(words.x > axes_box(drawing).right for words in found)


def test_no_label_for_what_cannot_be_seen():
    drawing = picture(LINE, curve(2, [(-5, 50), (5, 50)], "y=50"), legend="labels")
    assert "y=50" not in texts(drawing)


def test_a_long_title_is_cut():
    (title,) = ink(picture(title="long " * 50, frame="off"), Words)
    assert title.text.endswith("…")
    assert measure(title.text, title.size, math=False)[0] <= 600


def test_widths_and_looks():
    bold = replace(LINE, look=Look("#ff0000", "dotted", 4.0, opacity=0.3))
    (stroke,) = [s for s in ink(picture(bold), Stroke) if s.clip]
    assert (stroke.dash, stroke.opacity, stroke.color) == ("dotted", 0.3, "#ff0000")
    assert stroke.width == pytest.approx(4.0 * 96 / 72)
