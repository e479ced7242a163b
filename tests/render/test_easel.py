"""Pictures in quick succession: each looks as it would alone, with legend and labels kept in their places."""

from dataclasses import replace
from io import BytesIO

import numpy as np
import pytest
from PIL import Image

from plotlang.model.drawing import Axis, Look
from plotlang.model.geometry import Arrows, Asymptotes, Dots, Label, Polygons, Polyline
from plotlang.model.margins import axes_box
from plotlang.render.compose import layers, setting
from plotlang.render.easel import Desk, Easel
from plotlang.render.letters import measure
from plotlang.render.picture import render_png
from tests.render.drawings import LINE, WAVE, curve, item, picture

ROUNDING = 1  # of a colour channel: the legend is laid on as a transparency
SQUARE = Polygons((np.array([(-2.0, -2.0), (2.0, -2.0), (2.0, 2.0), (-2.0, 2.0)]),))
DOTS = Dots(np.array([(1.0, 2.0), (-3.0, 0.5)]))
OPEN = Dots(np.array([(2.0, -1.0)]), filled=False)
ARROWS = Arrows(np.zeros((3, 2)), np.array([(1.0, 2.0), (3.0, -1.0), (-2.0, -2.0)]))
NAMED = item(Dots(np.array([(1.0, 2.0)])), Label(1.0, 2.0, "A"), in_legend=False)
PICTURES = {
    "curves": picture(LINE, WAVE),
    "one curve, no legend": picture(WAVE),
    "nothing": picture(),
    "areas and lines": picture(item(SQUARE, Polyline(SQUARE.outlines)), LINE),
    "dots": picture(item(DOTS), item(OPEN, number=2), WAVE),
    "arrows": picture(item(ARROWS), LINE),
    "asymptotes": picture(item(Asymptotes(x=(1.0,), y=(2.0,))), LINE),
    "dashes": picture(
        replace(WAVE, look=Look("#aa0000", "dashed", 3.0)), replace(LINE, look=Look("#00aa00", "dotted"))
    ),
    "faint": picture(replace(WAVE, look=Look("#aa0000", opacity=0.3)), LINE),
    "labels": picture(NAMED, WAVE, LINE),
    "text on lines": picture(item(Label(0.0, 0.0, "centre", centred=True), in_legend=False), WAVE, LINE),
    "boxed": picture(LINE, WAVE, frame="box"),
    "axes at the origin": picture(LINE, WAVE, frame="origin"),
    "no axes": picture(LINE, WAVE, frame="off"),
    "fine grid": picture(LINE, WAVE, grid="fine"),
    "no grid": picture(LINE, WAVE, grid="off"),
    "polar grid": picture(LINE, WAVE, grid="polar", equal=True),
    "log": picture(LINE, WAVE, x=Axis(0.1, 10.0, scale="log"), y=Axis(0.01, 100.0, scale="log")),
    "titles": picture(LINE, WAVE, x=Axis(-5.0, 5.0, "time"), y=Axis(-5.0, 5.0, "height"), title="A\nB", caption="C"),
    "legend left": picture(LINE, WAVE, legend="left"),
    "legend at the curves": picture(LINE, WAVE, legend="labels"),
    "no legend": picture(LINE, WAVE, legend="off"),
    "small": picture(LINE, WAVE, width=120, height=80, density=1),
    "dense": picture(LINE, WAVE, density=3),
}


def pixels(png):
    return np.asarray(Image.open(BytesIO(png))).astype(int)


def difference(one, other):
    return int(np.abs(pixels(one) - pixels(other)).max())


def moved(drawing, by):
    """The same drawing with everything a little higher."""

    def higher(shape):
        match shape:
            case Polyline(paths):
                return Polyline(tuple(np.add(path, (0.0, by)) for path in paths))
            case Dots(points, filled):
                return Dots(np.add(points, (0.0, by)), filled)
            case Polygons(outlines):
                return Polygons(tuple(np.add(path, (0.0, by)) for path in outlines))
            case Arrows(start, end):
                return Arrows(np.add(start, (0.0, by)), np.add(end, (0.0, by)))
            case Label():
                return replace(shape, y=shape.y + by)
        return shape

    items = tuple(replace(each, shapes=tuple(map(higher, each.shapes))) for each in drawing.items)
    return replace(drawing, items=items)


@pytest.mark.parametrize("name", PICTURES)
def test_the_first_picture_is_the_still_one(name):
    drawing = PICTURES[name]
    assert difference(Easel().png(drawing), render_png(drawing)) <= ROUNDING


@pytest.mark.parametrize("name", PICTURES)
def test_a_picture_that_comes_back_is_the_same(name):
    drawing, easel = PICTURES[name], Easel()
    first = easel.png(drawing)
    other = easel.png(moved(drawing, 0.3))
    if drawing.items:
        assert other != first
    assert easel.png(drawing) == first


@pytest.mark.parametrize(
    "name", [name for name, each in PICTURES.items() if each.legend == "off" or len(each.items) == 1]
)
def test_without_a_legend_each_picture_is_the_still_one(name):
    drawing, easel = PICTURES[name], Easel()
    easel.png(drawing)
    for by in (0.4, -0.7):
        assert difference(easel.png(moved(drawing, by)), render_png(moved(drawing, by))) <= ROUNDING


def test_axes_that_change_are_drawn_anew():
    easel = Easel()
    for high in (5.0, 6.0, 7.5, 5.0):
        drawing = picture(WAVE, x=Axis(-5.0, high), y=Axis(-high, 3.0), title="moving")
        assert difference(easel.png(drawing), render_png(drawing)) <= ROUNDING


def test_the_legend_stays_where_it_is_while_curves_move_under_it():
    flat = curve(1, [(-5.0, -4.0), (5.0, -4.0)])
    first = picture(flat, LINE, density=1)
    easel = Easel()
    box, before = axes_box(first), pixels(easel.png(first))
    still = pixels(render_png(first))
    assert np.abs(before - still).max() <= ROUNDING
    rows, columns = np.nonzero((np.abs(before - pixels(render_png(replace(first, legend="off")))) > 40).any(axis=2))
    covered = slice(rows.min(), rows.max() + 1), slice(columns.min(), columns.max() + 1)
    assert rows.size > 100  # the legend is there
    assert columns.max() < box.right
    through = moved(first, 8.0)  # the flat curve passes where the legend may stand
    after = pixels(easel.png(through))
    text = (before[covered] < 100).all(axis=2)
    assert (after[covered][text] < 140).all()


def test_a_label_stays_on_its_side_of_the_dot():
    first = layers(setting(picture(NAMED, WAVE), measure))
    (word,) = first.labels
    for by in (0.2, 0.5, 1.0, -1.0):
        around = setting(moved(picture(NAMED, WAVE), by), measure)
        (now,) = layers(around, first.places).labels
        up = by * around.place.box.height / 10.0
        assert (now.x, now.y) == pytest.approx((word.x, word.y + up))


def test_a_drag_begins_with_the_places_of_the_still_picture():
    drawing, easel = PICTURES["labels"], Easel()
    easel.begin(drawing)
    easel.png(moved(drawing, 1.0))
    assert difference(easel.png(drawing), render_png(drawing)) <= ROUNDING


def test_easels_share_a_desk():
    desk = Desk()
    one, other = Easel(desk), Easel(desk)
    wave, line = picture(WAVE), picture(LINE, width=300, height=200)
    for _ in range(2):
        assert one.png(wave) == render_png(wave)
        assert other.png(line) == render_png(line)
