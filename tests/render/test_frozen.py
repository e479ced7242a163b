import json
import re
from base64 import b64decode
from xml.etree import ElementTree as ET

import numpy as np
import pytest

from plotlang.model.margins import axes_box
from plotlang.render.compose import inks
from plotlang.render.frozen import Film, Frame, Track, fragment, image, script, standalone, styles
from plotlang.render.letters import measure
from plotlang.render.vector import fragments
from tests.render.drawings import LINE, curve, picture

HOSTILE = '</script><script>alert(1)</script><img src=x onerror="alert(2)">'
SVG = "{http://www.w3.org/2000/svg}"


def frame(drawing, description):
    return Frame(fragments(inks(drawing, measure), axes_box(drawing), drawing.height), description)


def wave(a, **other):
    x = np.linspace(-5, 5, 600)
    moving = curve(2, np.column_stack([x, a * np.sin(x)]), r"y=a\sin\left(x\right)")
    return picture(LINE, moving, **{"legend": "off"} | other)


def film(count=5, start=2, **other):
    values = np.linspace(-4, 4, count)
    frames = tuple(frame(wave(a, **other), f"a wave of height {a:g}") for a in values)
    drawing = wave(0)
    track = Track("a", tuple(f"{a:g}" for a in values), start)
    return Film((track,), frames, drawing.width, drawing.height, axes_box(drawing))


def data_of(html):
    return json.loads(re.search(r'<script type="application/json">(.*?)</script>', html)[1])


def still_of(html):
    return ET.fromstring(b64decode(re.search(r"data:image/svg\+xml;base64,([^\"]+)", html)[1]))


def test_only_the_curve_that_moves_is_in_the_frames():
    data = data_of(fragment(film()))
    assert len(data["parts"]) == 5
    assert [len(slots) for slots in data["frames"]] == [1] * 5
    assert len({json.dumps(each) for each in data["frames"]}) == 5


def test_the_picture_without_a_script_is_the_present_frame():
    html = fragment(film(start=1))
    data, still = data_of(html), still_of(html)
    (slot,) = [group for group in still.iter(f"{SVG}g") if "data-slot" in group.attrib]
    ((part,),) = data["frames"][1]
    assert [path.get("d") for path in slot] == [data["parts"][part][1]]
    assert 'alt="a wave of height -2"' in html
    assert "a = -2" in re.sub(r"<script.*?</script>", "", html)


def test_equal_frames_are_stored_once():
    values = Film((Track("a", ("1", "2", "3"), 0),), film(3).frames[:1] * 3, 600, 400, axes_box(wave(0)))
    data = data_of(fragment(values))
    assert data["parts"] == []
    assert data["frames"] == [[], [], []]
    assert data["words"] == ["a wave of height -4"]


def test_all_frames_can_be_put_together_again():
    whole = film(4, 0)
    html = fragment(whole)
    data, still = data_of(html), still_of(html)
    body = list(still)[2:]
    for n, each in enumerate(whole.frames):
        paths = []
        slots = iter(data["frames"][n])
        for node in body:
            if "data-slot" in node.attrib:
                paths += [data["parts"][part][1] for part in next(slots)]
            elif node.tag == f"{SVG}path":
                paths.append(node.get("d"))
        wanted = [piece.body for piece in each.fragments if isinstance(piece.body, str)]
        assert [path for path in paths if isinstance(path, str)] == wanted


def test_what_swaps_places_is_still_drawn_in_order():
    one, other = film(2).frames
    moving = next(piece for piece in one.fragments if piece not in other.fragments)
    swapped = Frame((moving, *(piece for piece in reversed(one.fragments) if piece is not moving)), "swapped")
    both = Film((Track("a", ("1", "2"), 0),), (one, swapped), 600, 400, axes_box(wave(0)))
    data = data_of(fragment(both))
    static = sum(1 for node in still_of(fragment(both)).iter() if node.tag in (f"{SVG}path", f"{SVG}use"))
    assert static > 0
    assert sum(len(slot) for slot in data["frames"][1]) == len(one.fragments) - 1


def test_a_hundred_and_one_positions_of_a_curve_take_less_than_a_hundred_kibibytes():
    assert len(standalone(film(101, 50))) < 100 * 1024


def test_two_sliders_make_a_grid_with_the_last_running_fastest():
    tracks = (Track("a", ("0", "1"), 1), Track("b", ("0", "1", "2"), 2))
    frames = tuple(frame(wave(a + b / 10), f"{a}{b}") for a in (0, 1) for b in (0, 1, 2))
    both = Film(tracks, frames, 600, 400, axes_box(wave(0)))
    assert both.present.description == "12"
    assert both.place == "a = 1, b = 2"
    with pytest.raises(ValueError, match="one frame"):
        Film(tracks, frames[:5], 600, 400, axes_box(wave(0)))


def test_hostile_words_stay_words():
    drawing = wave(1, title=HOSTILE, caption=HOSTILE)
    shots = (frame(drawing, HOSTILE), frame(wave(2, title=HOSTILE), HOSTILE))
    html = standalone(Film((Track("a", (HOSTILE, "2"), 0),), shots, 600, 400, axes_box(drawing), note=HOSTILE))
    assert html.count("<script") == 2
    assert html.count("</script>") == 2
    assert "<img src=x" not in html
    assert 'onerror="' not in html
    assert data_of(html)["words"] == [HOSTILE]


def test_the_page_needs_nothing_from_outside():
    html = standalone(film())
    assert not re.search(r"(?:src|href)=\"(?!data:image/svg\+xml;base64,|#)", html)
    still = ET.tostring(still_of(html)).decode()
    assert set(re.findall(r"href=\"(.)", still)) <= {"#"}
    assert "style=" not in html + still
    assert not re.search(r"\son\w+=\"", html)
    assert "http" not in script() + styles()
    assert "</script" not in script()


def test_a_picture_without_sliders_is_an_image():
    drawing = wave(1)
    alone = Film((), (frame(drawing, "a wave"),), 600, 400, axes_box(drawing))
    assert image(alone).startswith("<img src=")
    assert 'alt="a wave"' in image(alone)
    assert len([node for node in still_of(image(alone)).iter() if "data-slot" in node.attrib]) == 0
    assert len(image(alone)) < 25_000


def test_figures_on_one_page_have_their_own_names():
    names = {data_of(fragment(film(n)))["id"] for n in (3, 4, 5)}
    assert len(names) == 3
