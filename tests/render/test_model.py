import ast
from dataclasses import replace
from inspect import getsource
from itertools import combinations

import pytest

from plotlang.model import margins, palette
from plotlang.model.drawing import Axis, Drawing
from plotlang.model.margins import axes_box, axes_pixels
from plotlang.model.palette import COLORS, PALETTES, look
from plotlang.render.style import channels, mixed

EMPTY = Drawing((), Axis(-1, 1), Axis(-1, 1))


def luminance(color):
    parts = [c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in channels(color)]
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]


def contrast(color):
    return 1.05 / (luminance(color) + 0.05)


def test_the_first_four_colours_are_readable_on_white():
    assert all(contrast(color) >= 3.0 for color in PALETTES["default"][:4])


@pytest.mark.parametrize("name", sorted(set(COLORS) - {"white"}))
def test_named_colours_are_readable_on_white(name):
    assert contrast(COLORS[name]) >= 2.2


@pytest.mark.parametrize("name", PALETTES)
def test_the_first_curves_look_different(name):
    looks = [look(n, name) for n in range(12 if name == "tactile" else 8)]
    assert len(set(looks)) == len(looks)


def test_line_styles_change_from_the_eighth_curve_or_from_the_second_in_black_and_white():
    assert [look(n).line for n in (0, 6, 7)] == ["solid", "solid", "dashed"]
    assert [look(n, "bw").line for n in range(4)] == ["solid", "dashed", "dashdot", "dotted"]
    assert look(0, "no such palette") == look(0)


def test_petroff_colours_are_apart():
    pairs = combinations(map(channels, PALETTES["petroff"]), 2)
    assert min(sum((a - b) ** 2 for a, b in zip(*pair, strict=True)) for pair in pairs) > 0.05


@pytest.mark.parametrize("module", [margins, palette])
def test_the_model_imports_no_pictures(module):
    nodes = ast.walk(ast.parse(getsource(module)))
    assert not [n for n in nodes if isinstance(n, ast.Import | ast.ImportFrom) and "matplotlib" in ast.unparse(n)]


@pytest.mark.parametrize("frame", ["lines", "box", "origin", "off"])
@pytest.mark.parametrize("size", [(20, 10), (300, 200), (600, 400), (1600, 900)])
def test_the_axes_lie_in_the_picture(frame, size):
    box = axes_box(replace(EMPTY, frame=frame, width=size[0], height=size[1], title="a\nb\nc\nd", caption="c"))
    assert 0 <= box.left < box.right <= size[0]
    assert 0 <= box.bottom < box.top <= size[1]


def test_margins_depend_on_titles_and_not_on_limits():
    other = replace(EMPTY, x=Axis(-1e9, 1e9), y=Axis(0, 1e-9))
    assert axes_pixels(other) == axes_pixels(EMPTY)
    assert axes_pixels(replace(EMPTY, title="t"))[1] < axes_pixels(EMPTY)[1]
    assert axes_pixels(replace(EMPTY, y=Axis(-1, 1, label="y")))[0] < axes_pixels(EMPTY)[0]
    assert axes_pixels(replace(EMPTY, title=" \n")) == axes_pixels(EMPTY)


def test_mixed_colours():
    assert mixed("#000000", "#ffffff", 0.5) == "#808080"
    assert channels("no colour") == (0.0, 0.0, 0.0)
    assert channels("#0a7") == channels("#00aa77")
