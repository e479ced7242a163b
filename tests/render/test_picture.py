from dataclasses import replace
from io import BytesIO
from itertools import product
from xml.etree import ElementTree as ET

import matplotlib as mpl
import numpy as np
import pytest
from PIL import Image

from plotlang.model.drawing import Axis, Look
from plotlang.model.geometry import Arrows, Asymptotes, Dots, Label, Polygons, Polyline
from plotlang.model.margins import axes_box
from plotlang.render.letters import letters
from plotlang.render.picture import render_pdf, render_png, render_svg, warm
from plotlang.render.words import cleaned, plain
from tests.render.drawings import LINE, WAVE, curve, item, picture

HOSTILE = [
    "",
    "$",
    "$x$ costs 5$",
    r"\frac{",
    "x^{" * 40,
    "\\" * 30,
    "\ud800",
    "a\x00\x1b[31mb\u202e",
    "x" * 100_000,
    "漢字 ⟨😀⟩",
    "\n\n\n",
    r"\left(",
    "^_{}",
    "%#&~",
]
NUMBERS = [np.nan, np.inf, -np.inf, 1e300, -1e308, 5e-324, 0.0]


def pixels(drawing):
    return np.asarray(Image.open(BytesIO(render_png(drawing))))


@pytest.mark.parametrize("size", [(600, 400, 2), (300, 200, 1), (1600, 900, 1), (601, 399, 3), (30, 20, 2)])
def test_a_png_has_exactly_the_size_asked_for(size):
    width, height, density = size
    image = Image.open(BytesIO(render_png(picture(LINE, WAVE, width=width, height=height, density=density, title="t"))))
    assert image.size == (width * density, height * density)
    assert image.mode == "RGB"


@pytest.mark.parametrize("render", [render_png, render_svg, render_pdf])
def test_the_same_drawing_gives_the_same_bytes(render):
    drawing = picture(LINE, WAVE, item(Dots(np.array([(1.0, 1.0)]))), title="twice", grid="fine")
    assert render(drawing) == render(drawing)


def test_a_curve_has_its_colour_at_its_place():
    drawing = picture(replace(LINE, look=Look("#ff0000")), density=1)
    box, seen = axes_box(drawing), pixels(drawing)
    x, y = box.left + box.width // 4, box.bottom + box.height // 4
    assert seen[drawing.height - 1 - y, x].tolist() == [255, 0, 0]
    assert seen[2, 2].tolist() == [255, 255, 255]


def test_lines_are_as_wide_as_asked_in_pixels():
    flat = replace(curve(1, [(-5, 2.3), (5, 2.3)]), look=Look("#ff0000", width=6.0))
    drawing = picture(flat, frame="off", density=2)
    box, seen = axes_box(drawing), pixels(drawing).astype(int)
    column = 255 - seen[:, 2 * (box.left + box.width // 2), 1]
    assert column.sum() / 255 == pytest.approx(6.0 * 96 / 72 * 2, abs=0.2)


def test_an_open_dot_is_white_inside():
    dot = item(Polyline((np.array([(-5.0, 0.0), (5.0, 0.0)]),)), Dots(np.array([(2.5, 0.0)]), filled=False))
    drawing = picture(dot, frame="off")
    box, seen = axes_box(drawing), pixels(drawing)
    x, y = 2 * (box.left + 0.75 * box.width), 2 * (drawing.height - box.bottom - 0.5 * box.height)
    assert seen[int(y), int(x)].tolist() == [255, 255, 255]


def test_a_hole_in_an_area_stays_white():
    square = np.array([(-4.0, -4.0), (4.0, -4.0), (4.0, 4.0), (-4.0, 4.0)])
    drawing = picture(item(Polygons((square, square / 2))), frame="off", density=1)
    box, seen = axes_box(drawing), pixels(drawing)
    row = seen[drawing.height - box.bottom - box.height // 2]
    assert row[box.left + box.width // 2].tolist() == [255, 255, 255]
    assert row[box.left + box.width // 5].tolist() != [255, 255, 255]


def test_svg_is_well_formed_and_has_no_date():
    text = render_svg(picture(LINE, WAVE, title="<&>"))
    root = ET.fromstring(text)
    assert (root.attrib["width"], root.attrib["height"]) == ("450pt", "300pt")
    assert "<dc:date>" not in text


def test_pdf_is_one_page_of_the_size():
    file = render_pdf(picture(LINE, WAVE))
    assert file.startswith(b"%PDF")
    assert b"/MediaBox [ 0 0 450 300 ]" in file
    assert b"CreationDate" not in file


@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.parametrize("frame", ["lines", "origin"])
def test_hostile_text_is_drawn_somehow(text, frame):
    thing = item(Label(1.0, 1.0, text), Polyline((np.array([(0.0, 0.0), (1.0, 1.0)]),)), formula=text)
    axis = Axis(-5, 5, label=text)
    drawing = picture(thing, replace(LINE, label=text), x=axis, y=axis, title=text, caption=text, frame=frame)
    assert render_png(drawing)
    assert render_png(replace(drawing, legend="labels"))
    assert ET.fromstring(render_svg(drawing)) is not None
    assert render_pdf(drawing)


@pytest.mark.parametrize("scale", ["linear", "log"])
def test_strange_numbers_are_drawn_somehow(scale):
    points = np.array([*product(NUMBERS, NUMBERS)])
    shapes = (
        Polyline((points, points[:1], points[:0], points[3:5], np.empty((0,)))),
        Dots(points),
        Dots(points[:0], filled=False),
        Polygons((points, points[:2], points[:0])),
        Arrows(points, points[::-1]),
        Asymptotes(tuple(NUMBERS), tuple(NUMBERS)),
        *(Label(x, y, "A") for x, y in points),
    )
    axis = Axis(1e-3, 10, scale=scale)
    for legend in ("on", "labels"):
        drawing = picture(item(*shapes), item(), x=axis, y=axis, legend=legend)
        assert render_png(drawing)
        assert render_svg(drawing)
        assert render_pdf(drawing)


@pytest.mark.parametrize("scale", ["linear", "log"])
@pytest.mark.parametrize("ends", [(0, 0), (1, -1), (np.nan, 1), (-np.inf, np.inf), (-1e308, 1e308), (0, 5e-324)])
@pytest.mark.parametrize("frame", ["lines", "origin", "box"])
def test_strange_limits_are_drawn_somehow(ends, frame, scale):
    axis = Axis(*ends, scale=scale)
    assert render_png(picture(LINE, WAVE, x=axis, y=axis, frame=frame, grid="fine", density=1))


def test_very_long_paths_and_nothing_at_all():
    t = np.linspace(-5, 5, 100_000)
    assert render_png(picture(curve(1, np.column_stack((t, np.sin(1e4 * t))))))
    assert render_png(picture())


def test_the_settings_of_matplotlib_stay_and_do_not_matter():
    drawing = picture(LINE, WAVE, title="t")
    before, expected = dict(mpl.rcParams), render_png(drawing)
    with mpl.rc_context({"path.simplify": False, "mathtext.fontset": "cm", "font.size": 30, "lines.linewidth": 9}):
        assert render_png(drawing) == expected
    assert dict(mpl.rcParams) == before


def test_text_made_safe():
    assert cleaned("a\x00b\ud800c\n d\u202e") == "abc  d"
    assert len(cleaned("x" * 1000)) == 200
    assert plain(r"y=\frac{1}{2}\,\sin\left(x\right)\leq \pi") == "y=(1)/(2) sin(x)≤ π"


def test_what_is_warm_is_drawn_the_same():
    expected = render_png(picture(LINE, WAVE))
    letters.cache_clear()
    warm()
    assert render_png(picture(LINE, WAVE)) == expected
