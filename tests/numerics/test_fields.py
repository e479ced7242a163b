from __future__ import annotations

import numpy as np
import pytest

from plotlang.numerics.flows.fields import slope_field, vector_field
from plotlang.numerics.view import View
from tests.numerics.formulas import Formula, call, node, x, y

VIEW = View(-10.0, 10.0, -4.0, 4.0, 1000, 600)
LOG = View(0.1, 1000.0, 0.01, 10.0, 800, 600, log=True, y_log=True)


def pixels(view, points):
    return np.column_stack([view.columns(points[:, 0]), view.rows(points[:, 1])])


def data(view, places):
    share = places[:, 0] / view.width
    across = view.low * (view.high / view.low) ** share if view.log else view.low + share * (view.high - view.low)
    return np.column_stack([across, view.values(places[:, 1])])


def field(u, v, view=VIEW, spacing=40.0):
    u, v = (each if isinstance(each, Formula) else Formula(node(each)) for each in (u, v))
    return vector_field(u.expr, v.expr, view, spacing)


@pytest.mark.parametrize("view", [VIEW, LOG])
def test_strokes_have_the_slope_and_one_length_on_the_screen(view):
    strokes = slope_field((x - y).expr, view, 30.0)
    start, end = pixels(view, strokes[:, 0]), pixels(view, strokes[:, 1])
    lengths = np.hypot(*(end - start).T)
    np.testing.assert_allclose(lengths, lengths[0], rtol=1e-9)
    assert 0.4 * 30 < lengths[0] < 30
    middle = (start + end) / 2
    assert len(strokes) == round(view.width / 30) * round(view.height / 30)
    step = 1e-4 * (end - start)
    near = [data(view, place) for place in (middle - step, middle, middle + step)]
    rise, run = (near[2] - near[0])[:, 1], (near[2] - near[0])[:, 0]
    wanted = near[1][:, 0] - near[1][:, 1]
    steep = np.abs(np.arctan2(rise, run) - np.arctan(wanted))
    assert np.minimum(steep, np.pi - steep).max() < 1e-5


def test_level_strokes():
    strokes = slope_field(node(0.0), VIEW, 30.0)
    assert (strokes[:, 0, 1] == strokes[:, 1, 1]).all()


def test_upright_strokes_where_the_slope_is_infinite():
    even = View(-10.5, 10.5, -4.5, 4.5, 630, 270)
    strokes = slope_field((-x / y).expr, even, 30.0)
    middles = strokes.mean(axis=1)
    upright = np.isclose(strokes[:, 0, 0], strokes[:, 1, 0], atol=1e-12)
    np.testing.assert_allclose(middles[upright, 1], 0.0, atol=1e-12)
    assert upright.sum() == 20
    assert len(strokes) == 21 * 9 - 1
    outward = np.sum(middles * (strokes[:, 1] - strokes[:, 0]), axis=1)
    np.testing.assert_allclose(outward, 0.0, atol=1e-9)


def test_no_strokes_where_the_slope_is_undefined():
    middles = slope_field(call("sqrt", x).expr, VIEW, 30.0).mean(axis=1)
    assert middles[:, 0].min() >= 0
    assert len(middles) == 17 * 20
    assert slope_field(call("sqrt", -1 - x**2).expr, VIEW, 30.0).shape == (0, 2, 2)


def test_arrows_of_a_rotation():
    start, end, magnitude = field(-y, x)
    middle = (start + end) / 2
    np.testing.assert_allclose(magnitude, np.hypot(*middle.T), rtol=1e-9)
    along = end - start
    turned = np.column_stack([-middle[:, 1], middle[:, 0]])
    across = along[:, 0] * turned[:, 1] - along[:, 1] * turned[:, 0]
    np.testing.assert_allclose(across / np.hypot(*along.T) / np.hypot(*turned.T), 0.0, atol=1e-9)
    assert (np.sum(along * turned, axis=1) > 0).all()


def test_lengths_grow_with_the_magnitude_and_stay_in_the_grid():
    start, end, magnitude = field(x, y)
    lengths = np.hypot(*(pixels(VIEW, end) - pixels(VIEW, start)).T)
    order = np.argsort(magnitude)
    assert (np.diff(lengths[order]) >= -1e-9).all()
    assert lengths.max() == pytest.approx(0.9 * 40)
    assert lengths.min() >= 0.2 * lengths.max()


def test_one_pole_does_not_shorten_the_others():
    cube = (x**2 + y**2) ** 1.5
    start, end, magnitude = field(x / cube, y / cube, View(-5, 5.001, -3, 3.001, 1000, 600))
    lengths = np.hypot(*(end - start).T)
    assert np.median(lengths) > 0.3 * lengths.max()
    assert magnitude.max() > 30 * np.median(magnitude)


def test_zero_and_undefined_vectors_have_no_arrow():
    assert len(field(0.0, 0.0)[0]) == 0
    assert len(field(call("sqrt", -1 - x**2), y)[0]) == 0
    start, end, _ = field(call("sqrt", x), 0.0)
    assert (start + end)[:, 0].min() > 0


def test_huge_and_tiny_vectors_keep_their_direction():
    for size in (1e-320, 1e-200, 1e200, 1e305):
        start, end, magnitude = field(Formula(node(size)), Formula(node(size)))
        along = end - start
        np.testing.assert_allclose(along[:, 0], along[:, 1], rtol=1e-3)
        assert (along[:, 0] > 0).all()
        assert np.isfinite(magnitude).all()


def test_logarithmic_axes_bend_the_grid_not_the_direction():
    start, end, _ = field(x, 2 * y, LOG)
    first, last = pixels(LOG, start), pixels(LOG, end)
    run, rise = (last - first).T
    per_decade = LOG.width / 4, LOG.height / 3
    np.testing.assert_allclose(rise / run, 2 * per_decade[1] / per_decade[0], rtol=1e-9)


def test_the_grid_is_bounded():
    assert len(slope_field(x.expr, View(0, 1, 0, 1, 100_000, 100_000), 1.0)) <= 45_000
