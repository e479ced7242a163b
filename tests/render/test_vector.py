import itertools
import re
from dataclasses import replace

import numpy as np
import pytest
from matplotlib.path import Path

from plotlang.model.margins import axes_box
from plotlang.render.compose import inks
from plotlang.render.glyphs import outline, spelled
from plotlang.render.ink import Fill, Marks, Stroke, Words
from plotlang.render.letters import letters, measure
from plotlang.render.outlines import area
from plotlang.render.thinning import clipped, clipped_outline, thinned
from plotlang.render.vector import EM, UNITS, Lettering, fragments, path_data
from tests.render.drawings import LINE, WAVE, picture

BOX = axes_box(picture())


def points_of(data, height):
    """The runs of a path that has only M and l, in CSS pixels from the lower left corner."""
    runs = []
    for part in re.findall(r"M[^M]+", data):
        first, steps = re.fullmatch(r"M([-\d ]+)l([-\d ]+)z?", part).groups()
        numbers = [[int(each) for each in re.findall(r"-?\d+", text)] for text in (first, steps)]
        whole = np.cumsum(np.array([*numbers[0], *numbers[1]]).reshape(-1, 2), axis=0) / UNITS
        runs.append(np.column_stack((whole[:, 0], height - whole[:, 1])))
    return runs


def distance(points, path):
    """How far each of some points lies from a polygonal path."""
    start, along = path[:-1], np.diff(path, axis=0)
    away = points[:, None] - start
    length = np.maximum((along**2).sum(axis=1), 1e-30)
    share = np.clip((away * along).sum(axis=2) / length, 0, 1)
    return np.sqrt(((away - share[..., None] * along) ** 2).sum(axis=2)).min(axis=1)


CURVES = {
    "sine": lambda t: (60 + 500 * t, 200 + 150 * np.sin(20 * t)),
    "spiral": lambda t: (300 + 150 * t * np.cos(40 * t), 200 + 150 * t * np.sin(40 * t)),
    "back and forth": lambda t: (300 + 200 * np.cos(9 * t), 0 * t + 100.3),
    "noise": lambda t: (60 + 500 * t, 200 + 90 * np.sin(1e5 * t**2)),
    "one place": lambda t: (0 * t + 100, 0 * t + 100),
}


@pytest.mark.parametrize("name", CURVES)
def test_a_path_stays_within_a_seventh_of_a_pixel(name):
    path = np.column_stack(CURVES[name](np.linspace(0, 1, 1500)))
    (piece,) = fragments([Stroke((path,), "#000000", 2.0, clip=True)], BOX, 400)
    (run,) = points_of(piece.body, 400)
    assert distance(path, run).max() < 0.15
    assert distance(run, path).max() < 0.15


def test_thinning_leaves_out_what_lies_on_a_line():
    line = np.column_stack([np.linspace(0, 100, 500), np.linspace(0, 30, 500)])
    assert len(thinned(line)) == 2
    t = np.linspace(0, 2 * np.pi, 2000)
    circle = 100 * np.column_stack([np.cos(t), np.sin(t)])
    kept = thinned(circle, 0.07)
    assert 40 < len(kept) < 140
    assert distance(circle, kept).max() <= 0.07 + 1e-9


@pytest.mark.parametrize("seed", range(20))
def test_clipping_loses_nothing_inside_and_keeps_nothing_outside(seed):
    random = np.random.default_rng(seed)
    path = random.uniform(-600, 1200, (60, 2))
    runs = clipped(path, BOX, 2.0)
    low, high = (BOX.left - 2, BOX.bottom - 2), (BOX.right + 2, BOX.top + 2)
    for run in runs:
        assert len(run) >= 2
        assert (run >= np.array(low) - 1e-6).all()
        assert (run <= np.array(high) + 1e-6).all()
    dense = np.vstack([a + (b - a) * np.linspace(0, 1, 400)[:, None] for a, b in itertools.pairwise(path)])
    inside = dense[((dense > low) & (dense < high)).all(axis=1)]
    assert len(inside) > 100
    nearest = np.min([distance(inside, run) for run in runs], axis=0)
    assert nearest.max() < 1e-6


def test_far_away_strokes_vanish():
    path = np.array([(1e7, 1e7), (1e7, -1e7)])
    assert clipped(path, BOX, 2.0) == []
    assert fragments([Stroke((path,), "#000000", 2.0, clip=True)], BOX, 400) == ()


def test_a_clipped_outline_has_the_area_that_is_inside():
    square = np.array([(-1000.0, -1000.0), (300.0, -1000.0), (300.0, 1000.0), (-1000.0, 1000.0)])
    found = clipped_outline(square, BOX, 0.0)
    assert area(found) == pytest.approx((300 - BOX.left) * BOX.height)
    assert len(clipped_outline(square - 5000, BOX, 0.0)) == 0
    triangle = np.array([(-1e7, 200.0), (1e7, 200.0), (1e7, 1e7)])
    assert np.abs(clipped_outline(triangle, BOX, 2.0)).max() < 700


def test_numbers_need_no_blank_before_a_minus():
    path = np.array([(1.0, 399.0), (2.5, 399.5), (2.0, 398.0), (2.0, 398.0)])
    assert path_data(path, 400) == "M10 10l15-5-5 15"


def test_a_lone_point_is_a_stroke_of_no_length():
    assert path_data(np.array([(1.0, 1.0), (1.01, 1.01)]), 400) == "M10 3990l0 0"


def test_colours_come_out_as_colours_only():
    hostile = '"><script>alert(1)</script>'
    box = (np.array([(100.0, 100.0), (200.0, 100.0), (150.0, 200.0)]),)
    shown = [Fill(box, hostile), Stroke(box, hostile, 1.0), Words(100, 100, "a", 12, hostile)]
    shown.append(Marks(box[0], "circle", 4.0, hostile, hostile, 1.0))
    assert all("script" not in each.look and "<" not in each.look for each in fragments(shown, BOX, 400))


def bounds(data):
    """The rectangle around the points that a path of glyphs visits, in units."""
    at, found = np.zeros(2), []
    for command, numbers in re.findall(r"([MlqczZ])([-\d ]*)", data):
        values = np.array([int(each) for each in re.findall(r"-?\d+", numbers)], float).reshape(-1, 2)
        size = {"M": 1, "l": 1, "q": 2, "c": 3}.get(command, 1)
        for group in values.reshape(-1, size, 2):
            at = group[-1] if command == "M" else at + group[-1]
            found.append(at)
    return np.min(found, axis=0), np.max(found, axis=0)


@pytest.mark.parametrize(("text", "math"), [("3.14", False), ("AVA", False), (r"\frac{x^{2}}{2}", True), ("漢", False)])
def test_glyphs_lie_where_the_letters_of_the_line_lie(text, math):
    glyphs, width = spelled(text, math=math)
    whole = letters(text, math=math)
    assert width == whole.width
    ends = whole.path.vertices[whole.path.codes != Path.CLOSEPOLY]
    edges = [np.array(bounds(outline(glyph, EM))) + np.array((along * EM, 0)) for glyph, along in glyphs]
    low, high = np.min([e[0] for e in edges], axis=0), np.max([e[1] for e in edges], axis=0)
    assert low[0] >= 1000 * ends[:, 0].min() - 2
    assert high[0] <= 1000 * ends[:, 0].max() + 2
    assert high[0] - low[0] > 900 * (ends[:, 0].max() - ends[:, 0].min()) - 40


def test_texts_share_their_letters():
    one, other = (spelled(text, math=False)[0] for text in ("1.25", "5.12"))
    assert {glyph for glyph, _ in one} == {glyph for glyph, _ in other}
    assert spelled(" 1 2 ", math=False)[0][0][1] > 0.2


def test_words_stand_at_their_anchor():
    (piece,) = fragments([Words(300.0, 100.0, "axis", 20.0, "#000000", 0.5, angle=90.0)], BOX, 400)
    assert isinstance(piece.body, Lettering)
    width = measure("axis", 20.0, math=False)[0]
    assert piece.body.x == 3000
    assert piece.body.y == pytest.approx(10 * (400 - 100 + width / 2), abs=1)


def test_a_whole_picture_is_small():
    drawing = picture(LINE, WAVE, title="two")
    found = fragments(inks(drawing, measure), axes_box(drawing), drawing.height)
    assert sum(len(each.body) for each in found if isinstance(each.body, str)) < 4000
    moved = replace(drawing, title="three")
    again = fragments(inks(moved, measure), axes_box(moved), moved.height)
    assert len(set(found) - set(again)) == 1
