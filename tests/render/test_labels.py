from dataclasses import replace
from itertools import combinations

import numpy as np
import pytest

from plotlang.model.drawing import Axis, Look
from plotlang.model.geometry import Dots, Label, Polyline
from plotlang.model.margins import axes_box
from plotlang.render import placement, style
from plotlang.render.compose import inks
from plotlang.render.ink import Fill, Marks, Words
from plotlang.render.letters import measure
from plotlang.render.rectangles import common, grown, sides, squared_distance
from tests.render.drawings import LINE, WAVE, curve, item, picture


def labels(drawing):
    """The words with a halo: all labels, and what stands beside axes through the origin."""
    return [ink for ink in inks(drawing, measure) if isinstance(ink, Words) and ink.halo and ink.text]


def texts(drawing):
    return [words.text for words in labels(drawing)]


def box(words):
    width, height, depth = measure(words.text, words.size, math=False)
    left, bottom = words.x - words.anchor * width, words.y - depth
    return np.array([left, bottom, left + width, bottom + height])


def legend_box(drawing):
    fills = [ink for ink in inks(drawing, measure) if isinstance(ink, Fill) and ink.color == style.PAPER]
    return [np.array([*fill.outlines[0].min(axis=0), *fill.outlines[0].max(axis=0)]) for fill in fills]


def dot_places(drawing):
    marks = [ink for ink in inks(drawing, measure) if isinstance(ink, Marks)]
    return [(x, y, ink.radius) for ink in marks for x, y in ink.points]


def pixel(drawing, x, y):
    area = axes_box(drawing)
    return (
        area.left + area.width * (x - drawing.x.low) / (drawing.x.high - drawing.x.low),
        area.bottom + area.height * (y - drawing.y.low) / (drawing.y.high - drawing.y.low),
    )


def found(*places, texts=None, **other):
    """Dots with their coordinates."""
    texts = texts or [f"({x:.4g}, {y:.4g})".replace("-", "−") for x, y in places]
    shapes = (Label(x, y, text, optional=True) for (x, y), text in zip(places, texts, strict=True))
    return item(Dots(np.array(places, float)), *shapes, in_legend=False, **other)


def point(name, x, y):
    return item(Dots(np.array([(x, y)], float)), Label(x, y, name), in_legend=False)


def graph(number, function, low=-5.0, high=5.0):
    x = np.linspace(low, high, 400)
    return curve(number, np.column_stack((x, function(x))), f"y={number}x")


def cubic(**other):
    root = 3**0.5
    return picture(
        graph(1, lambda x: x**3 - 3 * x, -3, 3),
        graph(2, lambda x: x, -3, 3),
        found((-root, 0), (0, 0), (root, 0), texts=["−1.732", "0", "1.732"]),
        found((-1, 2), (1, -2)),
        found((-2, -2), (0, 0), (2, 2)),
        x=Axis(-3, 3),
        y=Axis(-20, 20),
        **other,
    )


def circle():
    t = np.linspace(0, 2 * np.pi, 300)
    ring = curve(1, np.column_stack((2 * np.cos(t), 2 * np.sin(t))))
    points = [
        point(name, 2 * np.cos(n * np.pi / 6), 2 * np.sin(n * np.pi / 6)) for n, name in enumerate("ABCDPGHJKLMN")
    ]
    return picture(ring, *points, x=Axis(-5, 5), y=Axis(-3.3, 3.3))


def wave():
    places = [(np.pi / 2 * n, np.sin(np.pi / 2 * n).round()) for n in range(9)]
    return picture(graph(1, np.sin, 0, 4 * np.pi), found(*places), x=Axis(0, 4 * np.pi), y=Axis(-1.1, 1.1))


def cluster():
    near = ((1.0, 2.0), (1.2, 2.1), (1.1, 1.8), (1.3, 1.9), (1.0, 1.7))
    lines = curve(1, [near[0], near[1], near[2]])
    return picture(lines, *(point(name, *at) for name, at in zip("ABCDE", near, strict=True)))


FIGURES = {
    "cubic": cubic(),
    "cubic in a box": cubic(frame="box"),
    "cubic at the origin": cubic(frame="origin"),
    "large cubic": cubic(width=1600, height=900),
    "small cubic": cubic(width=300, height=200),
    "circle": circle(),
    "wave": wave(),
    "cluster": cluster(),
    "log": picture(found((0.1, 1), (1, 10), (10, 100)), x=Axis(0.1, 10, scale="log"), y=Axis(1, 100, scale="log")),
}


@pytest.mark.parametrize("name", FIGURES)
def test_no_label_lies_on_another_or_on_a_dot_or_under_the_legend(name):
    drawing = FIGURES[name]
    boxes = [box(words) for words in labels(drawing)]
    assert len(boxes) >= 3
    assert not [pair for pair in combinations(boxes, 2) if common(*pair) > 0.0]
    assert not [one for one in boxes for other in legend_box(drawing) if common(one, other) > 0.0]


@pytest.mark.parametrize("name", [name for name in FIGURES if "origin" not in name])
def test_labels_hide_no_dots_and_stay_inside_the_axes(name):
    drawing = FIGURES[name]
    inside = sides(axes_box(drawing))
    for words in labels(drawing):
        left, bottom, right, top = box(words)
        assert inside[0] <= left < right <= inside[2]
        assert inside[1] <= bottom < top <= inside[3]
        for x, y, radius in dot_places(drawing):
            assert squared_distance(box(words), x, y) > radius**2


@pytest.mark.parametrize("name", FIGURES)
def test_nothing_is_lost_where_there_is_room_for_all(name):
    drawing = FIGURES[name]
    wanted = {shape.text for thing in drawing.items for shape in thing.shapes if isinstance(shape, Label)}
    assert wanted - set(texts(drawing)) <= {"0"}


@pytest.mark.parametrize("name", FIGURES)
def test_the_same_drawing_has_its_labels_at_the_same_places(name):
    assert labels(FIGURES[name]) == labels(replace(FIGURES[name]))


def test_a_label_stands_to_the_upper_right_of_its_dot_where_it_is_free():
    drawing = picture(point("A", 1.0, 1.5))
    (words,), (x, y) = labels(drawing), pixel(drawing, 1.0, 1.5)
    assert 4.4 < words.x - x < 9.0
    assert 4.4 < words.y - y < 9.0


def test_names_on_a_circle_stand_outside():
    drawing = circle()
    middle, edge = np.array(pixel(drawing, 0, 0)), np.array(pixel(drawing, 2, 0))
    for words in labels(drawing):
        left, bottom, right, top = box(words)
        assert np.hypot(*(np.array([(left + right) / 2, (bottom + top) / 2]) - middle)) > edge[0] - middle[0]


def test_corners_of_a_triangle_have_their_names_outside():
    corners = np.array([(-2.0, -1.0), (3.0, -1.0), (0.5, 2.5)])
    middle = corners.mean(axis=0)
    edges = item(Polyline((np.vstack((corners, corners[:1])),)))
    drawing = picture(edges, *(point(name, *at) for name, at in zip("ABC", corners, strict=True)))
    for words, at in zip(labels(drawing), corners, strict=True):
        left, bottom, right, top = box(words)
        outwards = np.array(pixel(drawing, *at)) - np.array(pixel(drawing, *middle))
        away = np.array([(left + right) / 2, (bottom + top) / 2]) - np.array(pixel(drawing, *at))
        assert away @ outwards > 0.0


def test_of_coordinates_at_one_place_the_longest_stay_and_equal_labels_are_drawn_once():
    root, crossing = found((0, 0), texts=["0"]), found((0, 0), texts=["(0, 0)"])
    assert texts(picture(root, crossing, root)) == ["(0, 0)"]
    assert texts(picture(crossing, root)) == ["(0, 0)"]
    assert texts(picture(point("A", 1, 1), point("A", 1, 1))) == ["A"]
    assert sorted(texts(picture(point("A", 1, 1), point("B", 1, 1), found((1, 1))))) == ["(1, 1)", "A", "B"]
    assert sorted(texts(picture(root, found((1, 0), texts=["0"])))) == ["0", "0"]


def test_places_nearer_than_a_pixel_are_one_wherever_they_lie():
    for shift in np.linspace(0.0, 0.1, 23):
        drawing = picture(found((shift, 0), texts=["long 0"]), found((shift + 0.01, 0.01), texts=["0"]))
        assert texts(drawing) == ["long 0"]


@pytest.mark.parametrize("at", [(9, 0), (0, -5.1), (np.nan, 0), (0, np.inf)])
def test_no_label_where_its_place_is_not_seen(at):
    assert texts(picture(item(Label(*at, "A")))) == []


def test_names_are_never_left_out_and_coordinates_are_where_there_is_no_room():
    rng = np.random.default_rng(3)
    places = rng.uniform(-0.3, 0.3, (60, 2))
    names = [point(f"P{n}", *at) for n, at in enumerate(places[:30])]
    drawing = picture(*names, found(*places[30:]))
    shown = texts(drawing)
    assert {f"P{n}" for n in range(30)} <= set(shown)
    assert len(shown) < 60
    boxes = {words.text: box(words) for words in labels(drawing)}
    for text, one in boxes.items():
        others = [other for name, other in boxes.items() if name != text]
        assert text.startswith("P") or max(common(one, other) for other in others) < 0.06 * 14.5 * 60


def test_coordinates_are_left_out_where_all_is_full_of_lines():
    scribble = curve(1, np.random.default_rng(4).uniform(-5, 5, (4000, 2)))
    assert texts(picture(scribble, found((1, 1)), point("A", 2, 2))) == ["A"]


def test_very_many_labels():
    rng = np.random.default_rng(5)
    places = rng.uniform(-5, 5, (700, 2))
    drawing = picture(*(point(f"P{n}", *at) for n, at in enumerate(places)), found(*places[:300] / 2))
    assert sum(text.startswith("P") for text in texts(drawing)) == 700


@pytest.mark.parametrize("spread", [5.0, 0.5, 0.0])
def test_labels_move_a_bounded_number_of_times(monkeypatch, spread):
    moves = []
    move = placement._Descent._move
    monkeypatch.setattr(placement._Descent, "_move", lambda self, n, to: (moves.append(n), move(self, n, to)))
    rng = np.random.default_rng(6)
    places = rng.uniform(-spread, spread, (100, 2)) + 0.03 * np.arange(100)[:, None]
    labels(picture(found(*places)))
    assert len(moves) <= 4 * 100


def test_a_long_name_is_cut_to_the_axes():
    drawing = picture(point("a long name " * 15, 4.9, 4.9), width=300, height=200)
    (words,) = labels(drawing)
    left, _, right, top = box(words)
    inside = sides(axes_box(drawing))
    assert words.text.endswith("…")
    assert inside[0] <= left < right <= inside[2]
    assert top <= inside[3]


@pytest.mark.parametrize("size", [(20, 10), (60, 40)])
def test_tiny_pictures_have_their_labels_somewhere(size):
    assert labels(picture(point("A", 0, 0), found((1, 1)), width=size[0], height=size[1]))


def test_centred_labels_stay_where_they_are():
    drawing = picture(item(Label(1.0, 1.0, "here", centred=True)), LINE)
    (words,) = labels(drawing)
    width = measure("here", words.size, math=False)[0]
    x, y = pixel(drawing, 1.0, 1.0)
    assert words.x + width / 2 == pytest.approx(x)
    assert words.y + style.CAP_HEIGHT / 2 * words.size == pytest.approx(y)


def test_lines_keep_farther_from_centred_numbers_than_from_texts():
    halos = {
        w.text: w.halo
        for w in labels(picture(item(*(Label(0, y, t, centred=True) for y, t in ((0, "a"), (2, "−2.5"))))))
    }
    assert halos["−2.5"] > halos["a"] > labels(picture(point("A", 1, 1)))[0].halo > 0.0


def test_a_name_wins_over_the_same_text_that_may_be_left_out():
    scribble = curve(1, np.random.default_rng(4).uniform(-5, 5, (4000, 2)))
    assert texts(picture(scribble, found((1, 1), texts=["A"]), point("A", 1, 1))) == ["A"]


def test_texts_keep_one_base_line():
    drawing = picture(item(*(Label(x, 1.0, text, centred=True) for x, text in ((-2.0, "one"), (2.0, "gypsy (q)")))))
    assert np.ptp([words.y for words in labels(drawing)]) < 1e-9


def test_numbers_of_level_lines_give_way_to_texts_to_each_other_and_to_the_legend():
    levels = item(*(Label(x, 1.0, f"{x:.2f}", centred=True, optional=True) for x in np.arange(-4, 4, 0.25)))
    said = item(Label(0.0, 1.0, "said", centred=True), Label(0.2, 1.0, "again", centred=True))
    drawing = picture(levels, said, LINE, WAVE)
    shown = labels(drawing)
    assert {"said", "again", "-4.00"} <= {words.text for words in shown}
    boxes = [box(words) for words in shown if words.text not in ("said", "again")]
    assert 4 <= len(boxes) < 20
    assert not [pair for pair in combinations(boxes, 2) if common(*pair) > 0.0]
    said_boxes = [box(words) for words in shown if words.text in ("said", "again")]
    assert not [one for one in boxes for other in said_boxes if common(one, other) > 0.0]


def test_numbers_of_level_lines_under_the_legend_are_left_out():
    corners = [(3.9, y) for y in (4.3, 0.0, -4.3)]
    levels = item(*(Label(x, y, f"{y}", centred=True, optional=True) for x, y in corners), in_legend=False)
    drawing = picture(levels, LINE, WAVE, legend="right", frame="off")
    (under,) = legend_box(drawing)
    assert len(texts(drawing)) == 2
    assert not [words for words in labels(drawing) if common(box(words), under) > 0.0]


def test_labels_beside_dots_keep_clear_of_centred_ones():
    drawing = picture(point("A", 1.0, 1.0), item(Label(1.3, 1.3, "a text here", centred=True)))
    boxes = [box(words) for words in labels(drawing)]
    assert len(boxes) == 2
    assert common(*boxes) == 0.0


def test_labels_keep_clear_of_the_numbers_beside_axes_through_the_origin():
    drawing = picture(*(point(f"P{n}", n, -0.2) for n in range(-4, 5)), frame="origin")
    boxes = [grown(box(words), -0.5) for words in labels(drawing)]
    assert len(boxes) > 20
    assert not [pair for pair in combinations(boxes, 2) if common(*pair) > 0.0]


def test_dots_lie_over_the_frame_and_labels_over_dots():
    shown = list(inks(picture(LINE, point("A", 5.0, 0.0)), measure))
    kinds = [ink for ink in shown if isinstance(ink, Marks) or (isinstance(ink, Words) and ink.halo)]
    assert [type(ink) for ink in shown[-2:]] == [Marks, Words]
    assert shown[-2:] == kinds


def test_large_dots_push_their_labels_away():
    big = replace(point("A", 1.0, 1.0), look=Look("#000000", width=8.0))
    drawing = picture(big)
    ((x, y, radius),), (words,) = dot_places(drawing), labels(drawing)
    assert radius > 8.0
    assert squared_distance(box(words), x, y) > (radius + 1.0) ** 2
