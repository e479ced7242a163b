"""Notebooks run without a browser, in process: nbclient, on which papermill, Voilà and jupyter-book stand."""

from __future__ import annotations

import pytest
from nbclient.exceptions import CellExecutionError

from tests.notebooks.books import curves, executed, picture, pixels

RECIPE = (
    "y = sin(x)",
    "y = sin(x)\ny = cos(x)",
    "y=cos(x)*exp(-x**2)",
    "y = np.where(x > 0, np.sqrt(np.abs(x)), 0)",
    "y = (x > 0)*x % 2\ny = -(x < 0)*x",
)


@pytest.fixture(scope="module")
def recipe():
    """The cells of the recipe *Creating a simple kernel for Jupyter*, run."""
    return executed(*RECIPE)


def test_every_cell_of_the_recipe_gives_one_picture(recipe):
    for cell in recipe:
        shown = picture(cell)
        assert pixels(shown) == (1200, 800)
        size = shown.metadata["image/png"]
        assert (size["width"], size["height"]) == (600, 400)
        assert shown.data["text/plain"].startswith("x from −5 to 5")


def test_the_figure_builds_up_and_the_same_line_is_one_curve(recipe):
    assert [curves(each) for each in recipe] == [1, 2, 3, 4, 6]


def test_the_words_of_a_picture_are_there_for_readers_who_cannot_see_it(recipe):
    words = recipe[1].outputs[1].data["text/html"]
    assert words.startswith("<details>")
    assert "sin(x)" in words
    assert "cos(x)" in words


def test_values_are_results():
    value, after = executed("1 + 1", "pi/2")
    assert value.outputs[0].output_type == "execute_result"
    assert value.outputs[0].data["text/plain"].endswith("2")
    assert "1.5708" in after.outputs[0].data["text/plain"]


def test_an_error_stops_a_notebook():
    with pytest.raises(CellExecutionError, match="sine"):
        executed("y = sine(x)", "y = x")


def test_an_error_costs_only_its_own_line():
    first, second = executed("y = sine(x)\ny = x^2", "y = x", allow_errors=True)
    assert [each.output_type for each in first.outputs].count("error") == 1
    assert (curves(first), curves(second)) == (1, 2)


def test_silence_and_comments_show_nothing():
    empty, comment, drawn = executed("", "# nothing yet", "y = x")
    assert not empty.outputs
    assert not comment.outputs
    assert curves(drawn) == 1
