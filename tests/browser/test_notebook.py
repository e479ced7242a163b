"""Notebook 7: the same kernel, the other front end."""

from __future__ import annotations

from tests.browser.sheet import saved_picture


def test_a_cell_draws(notebook):
    notebook.open("y = sin(x)\ny = x^2 with dashed", "y = cos(x)")
    first, second = notebook.run(0), notebook.run(1)
    notebook.shot("notebook-1-two-cells")
    assert (first.curves, second.curves) == (2, 3)
    notebook.edit(0, "y = 2sin(x)")
    notebook.run(0)
    cells = notebook.wait_for(lambda cells: cells[1].picture != second.picture)
    assert [saved_picture(each) for each in notebook.save()] == [each.picture for each in cells]
