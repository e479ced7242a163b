"""Feedback as a front end gets it: below the picture, in words and as a box, with a copy for machines."""

from __future__ import annotations

import re

from plotlang import Notebook
from plotlang.kernel import messages

LINE = 'task line "Draw <it>." points 2\nexpect curve y = 2x + 1'


def shown(*cells):
    notebook = Notebook()
    for number, cell in enumerate(cells):
        outcome = notebook.run(cell, cell_id=f"c{number}")
    return messages.cell_messages(outcome, 5)


def test_feedback_stands_below_the_picture():
    found = shown(LINE, "1 + 1\ny = 2x + 3\ncheck line")
    kinds = ["image" if "image/png" in each.content["data"] else each.type for each in found]
    assert kinds[0] == "execute_result"
    assert kinds[-1] == "display_data"
    assert "image" in kinds[1:-1]
    feedback = found[-1].content
    assert feedback["data"]["text/plain"] == "✗ line: Right shape, but 2 too high"
    assert feedback["transient"] == {"display_id": "plotlang-c1-values-feedback"}


def test_the_box_says_it_in_words_and_its_picture_has_an_alternative_text():
    html = shown(LINE, "y = 2x + 3\ncheck line")[-1].content["data"]["text/html"]
    assert 'role="group" aria-label="Check of line: not yet"' in html
    assert "Right shape, but 2 too high." in html
    (alt,) = re.findall(r'<img alt="([^"]+)"', html)
    assert alt == "Your graph, and the wanted one in grey: right shape, but 2 too high"
    assert "data:image/png;base64," in html


def test_a_right_answer_has_no_picture():
    html = shown(LINE, "y = 2x + 1\ncheck line")[-1].content["data"]["text/html"]
    assert "<img" not in html
    assert "correct" in html
    assert "(2 of 2 points)" in html


def test_texts_of_teachers_are_no_html():
    task = 'task t "x"\nexpect f(0) = 1 else "<b>f(0) & more</b>"'
    html = shown(task, "check t")[-1].content["data"]["text/html"]
    assert "&lt;b&gt;f(0) &amp; more&lt;/b&gt;" in html


def test_machines_read_checks_and_progress_in_the_metadata():
    found = shown(LINE, "y = 2x + 1\ncheck line\nprogress")[-1].content
    row = {"task": "line", "verdict": "correct", "points": 2.0, "of": 2.0}
    assert found["metadata"] == {"plotlang": {"checks": [row], "progress": [row]}}
    assert "1 of 1 tasks done, 2 of 2 points" in found["data"]["text/html"]
    assert "all done" in found["data"]["text/plain"]


def test_feedback_of_an_earlier_cell_is_refreshed_in_its_place():
    notebook = Notebook()
    notebook.run("a = 1", cell_id="a")
    notebook.run('task t "x"\nexpect a = 2', cell_id="t")
    notebook.run("a\ncheck t", cell_id="c")
    outcome = notebook.run("a = 2", cell_id="a")
    ((name, results),) = outcome.revalued.items()
    values, feedback = messages.revalue_messages(results, name)
    assert values.content["data"]["text/plain"] == "a = 2"
    assert feedback.content["data"]["text/plain"] == "✓ t: Correct"
    assert (values.type, feedback.type) == ("update_display_data",) * 2
