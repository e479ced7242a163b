import numpy as np
import pytest

from plotlang.model.margins import Box
from plotlang.render.corner import corner
from plotlang.render.crowd import MOST_DOTS, crowd
from plotlang.render.ink import Fill, Marks, Stroke
from plotlang.render.rectangles import area, common, grown, meeting, overlap, reaches, squared_distance

BOX = Box(40, 30, 480, 320)
WHOLE = np.array([40.0, 30.0, 520.0, 350.0])
NO_WORDS = np.empty((4, 0))


def of(*paths, box=BOX):
    return crowd([Stroke(tuple(np.array(path, float) for path in paths), "#000000", 2.0)], box, 1.0)


def dots(points, radius=4.0):
    return Marks(np.array(points, float), "circle", radius, "#000000", "#000000", 1.0)


@pytest.mark.parametrize("angle", np.linspace(0.0, np.pi, 13))
def test_a_line_is_as_long_as_it_is_wherever_it_runs(angle):
    middle, way = np.array([280.0, 190.0]), 120.0 * np.array([np.cos(angle), np.sin(angle)])
    few, many = of([middle - way, middle + way]), of(middle + np.linspace(-1, 1, 5000)[:, None] * way)
    assert few.length(WHOLE) == pytest.approx(240.0, rel=0.02)
    assert many.length(WHOLE) == pytest.approx(240.0, rel=0.02)


def test_only_what_lies_in_the_rectangle_is_counted():
    line = of([(60.0, 100.2), (500.0, 100.2)])
    assert line.length(np.array([[100.0, 90.0, 160.0, 110.0], [100.0, 120.0, 160.0, 140.0]]).T) == pytest.approx(
        [60, 0], abs=0.01
    )
    assert line.share(np.array([100.0, 90.0, 160.0, 110.0])) == pytest.approx(60 * 3.0 / (60 * 20), rel=1e-3)


def test_lines_from_far_outside_are_cut_at_the_box():
    assert of([(-1e7, 200.0), (1e7, 200.0)]).length(WHOLE) == pytest.approx(480.0, rel=0.01)
    assert of([(-1e7, 1e7), (1e7, 1e7)], [(300.0, -1e7), (300.0, -50.0)]).length(WHOLE) == 0.0


def test_the_pen_is_lifted_between_paths():
    assert of([(60, 40), (60, 50)], [(500, 340), (500, 330)]).length(WHOLE) == pytest.approx(20.0, abs=0.5)


def test_a_rectangle_is_never_more_than_covered():
    rng = np.random.default_rng(1)
    noise = of(rng.uniform((40, 30), (520, 350), (50_000, 2)))
    assert 0.9 < noise.share(np.array([200.0, 100.0, 260.0, 115.0])) <= 1.0 + 1e-9


def test_counts_change_little_when_a_line_moves_a_little():
    rectangle = np.array([200.3, 100.4, 260.9, 115.2])
    shares = [of([(190, 90 + d), (270, 120 + d)]).share(rectangle) for d in np.arange(-30.0, 30.0, 0.25)]
    assert max(shares) > 0.1
    assert np.abs(np.diff(shares)).max() < 0.01


def test_heads_of_arrows_count_and_areas_do_not():
    square = np.array([(100.0, 100.0), (200.0, 100.0), (200.0, 200.0), (100.0, 200.0)])
    assert crowd([Fill((square,), "#000000", 1.0)], BOX, 1.0).length(WHOLE) > 250
    assert crowd([Fill((square,), "#000000", 0.18)], BOX, 1.0).length(WHOLE) == 0.0


def test_of_very_many_dots_some_are_kept_and_all_count_as_lines():
    rng = np.random.default_rng(2)
    points = rng.uniform((40, 30), (520, 350), (5000, 2))
    few, many = crowd([dots(points[:9])], BOX, 1.0), crowd([dots(points)], BOX, 1.0)
    assert few.dots.shape == (3, 9)
    assert few.length(WHOLE) == 0.0
    assert 0 < many.dots.shape[1] <= MOST_DOTS
    assert many.share(WHOLE) > 0.3


def test_nothing_at_all():
    empty = crowd([], BOX, 1.0)
    assert empty.length(WHOLE) == 0.0
    assert empty.pull(np.array([[100.0], [100.0]]), 40.0).tolist() == [[0.0], [0.0]]
    assert crowd([dots(np.empty((0, 2)))], Box(0, 0, 1, 1), 1.6).dots.shape == (3, 0)


@pytest.mark.parametrize("place", [(280.0, 190.0), (281.3, 190.7), (279.6, 188.2)])
def test_a_line_pulls_to_its_side(place):
    x, y = place
    through = of([(x - 200, y - 100), (x + 200, y + 100)]).pull(np.array([[x], [y]]), 40.0)
    assert np.abs(through).max() < 0.01
    ends = of([(x, y), (x + 200, y)]).pull(np.array([[x], [y]]), 40.0)
    assert ends[:, 0] == pytest.approx([3 / 8, 0.0], abs=0.02)


def test_a_circle_pulls_inwards():
    t = np.linspace(0.0, 2 * np.pi, 400)
    places = np.array([280.0, 190.0]) + 100.0 * np.column_stack((np.cos(t), np.sin(t)))
    pull = of(places).pull(places.T, 40.0)
    inwards = (np.array([[280.0], [190.0]]) - places.T) / 100.0
    assert ((pull * inwards).sum(axis=0) > 0.01).all()


def test_rectangles():
    one = np.array([0.0, 0.0, 4.0, 2.0])
    others = np.array([[2.0, 1.0, 6.0, 3.0], [4.0, 0.0, 5.0, 1.0], [1.0, 0.5, 2.0, 1.5]]).T
    assert area(one) == 8.0
    assert common(one[:, None], others).tolist() == [2.0, 0.0, 1.0]
    assert overlap(one[:, None], others).tolist() == [0.25, 0.0, 1.0]
    assert grown(one, 1.0).tolist() == [-1.0, -1.0, 5.0, 3.0]
    assert squared_distance(one, np.array([2.0, 7.0, -1.0]), np.array([1.0, 6.0, 1.0])).tolist() == [0.0, 25.0, 1.0]
    assert reaches(others[:, None]).T.tolist() == [[1.0, 0.0, 6.0, 3.0]]
    assert [list(found) for found in meeting(others[:, :, None], one[:, None])] == [[0, 2], [0, 0]]


SIZE = (120.0, 50.0)


def full(*keep):
    """Lines everywhere but in some rectangles."""
    x, y = np.meshgrid(np.arange(41.0, 520.0, 3.0), np.arange(31.0, 350.0, 3.0))
    points = np.column_stack((x.ravel(), y.ravel()))
    for left, bottom, right, top in keep:
        inside = (points[:, 0] > left) & (points[:, 0] < right) & (points[:, 1] > bottom) & (points[:, 1] < top)
        points = points[~inside]
    return of(*(np.array([point, point + 2.9]) for point in points))


def test_the_legend_prefers_the_upper_right_corner():
    assert corner(BOX, SIZE, of(), NO_WORDS, "auto", 1.0) == (520 - 9 - 120, 350 - 9 - 50)
    assert corner(BOX, SIZE, of(), NO_WORDS, "left", 1.0) == (49, 291)


@pytest.mark.parametrize("at", [(40, 30), (390, 30), (40, 290), (215, 290), (215, 30), (390, 160), (40, 160)])
def test_the_legend_finds_the_only_free_place_at_the_sides(at):
    left, bottom = corner(BOX, SIZE, full((at[0], at[1], at[0] + 130, at[1] + 60)), NO_WORDS, "auto", 1.0)
    assert abs(left - at[0] - 5) < 12
    assert abs(bottom - at[1] - 5) < 12


def test_the_legend_finds_the_gap_between_two_waves():
    x = np.linspace(0.0, 480.0, 500)
    waves = [np.column_stack((40 + x, 190 + 145 * f((x - 240) / 48))) for f in (np.sin, np.cos)]
    place = corner(BOX, SIZE, of(*waves), NO_WORDS, "auto", 1.0)
    hidden = of(*waves).length(np.array([*place, place[0] + 120, place[1] + 50]))
    assert hidden < 20.0


def test_a_few_pixels_of_one_curve_do_not_send_the_legend_away():
    places = {
        corner(BOX, SIZE, of([(300, 260 + d), (395, 295 + d), (395, 260)]), NO_WORDS, "auto", 1.0)
        for d in np.arange(-6.0, -1.0, 0.1)
    }
    assert places == {(391.0, 291.0)}


def test_dots_and_labels_are_not_hidden_either():
    corner_points = [(450 + 10 * n, 300) for n in range(5)]
    assert corner(BOX, SIZE, crowd([dots(corner_points)], BOX, 1.0), NO_WORDS, "auto", 1.0)[0] == 49
    words = np.array([[430.0, 300.0, 480.0, 314.0]]).T
    assert corner(BOX, SIZE, of(), words, "auto", 1.0)[0] == 49
