"""Laws of the document: what stands under a cell is what a fresh notebook would show, however it came about."""

import pytest
from hypothesis import HealthCheck, given, settings

from plotlang import Notebook
from plotlang.model.budget import Budget, Stopped
from tests.interpreter.cells import STEPS, TEXTS, Script, colors, shown

SETTINGS = settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))


def played(steps):
    script = Script()
    for kind, one, two in steps:
        script.step(kind, one, two)
    return script


@SETTINGS
@given(STEPS)
def test_what_stands_under_a_cell_is_what_run_all_gives(steps):
    script = played(steps)
    fresh = script.fresh()
    for cell in script.cells:
        assert shown(script.notebook, cell) == shown(fresh, cell)


@SETTINGS
@given(STEPS)
def test_running_a_cell_twice_is_running_it_once(steps):
    script = played(steps)
    for cell in script.cells:
        script.run(cell, script.texts[cell])
    before = {cell: (shown(script.notebook, cell), colors(script.notebook, cell)) for cell in script.cells}
    for cell in script.cells:
        outcome = script.run(cell, script.texts[cell])
        assert outcome.refreshed == ()
        for results in (outcome.revalued or {}).values():
            assert any("# cell [" in result.text for result in results)  # names tells the cell's new number
    assert {cell: (shown(script.notebook, cell), colors(script.notebook, cell)) for cell in script.cells} == before


@SETTINGS
@given(STEPS)
def test_every_picture_that_changed_is_refreshed(steps):
    script = Script()
    for kind, one, two in steps:
        before = {cell: shown(script.notebook, cell) for cell in script.cells}
        outcome = script.step(kind, one, two)
        if outcome is None:
            continue
        told = {picture.cell_id for picture in outcome.refreshed}
        for cell in script.cells:
            if (cell == one and kind.startswith("run")) or cell not in before or (kind == "again" and cell == one):
                continue
            now = shown(script.notebook, cell)
            old = {each["name"]: each["curves"] for each in before[cell]["figures"]}
            new = {each["name"]: each["curves"] for each in now["figures"]}
            if any(name in new and old[name] != new[name] for name in old):
                assert cell in told
        for picture in outcome.refreshed:
            assert picture.cell_id in before


@SETTINGS
@given(STEPS, TEXTS)
def test_an_interrupt_changes_nothing(steps, text):
    script = played(steps)
    before = {cell: shown(script.notebook, cell) for cell in script.cells}
    for cell in "AZ":
        with pytest.raises(Stopped):
            script.notebook.run(text, cell, budget=Budget(interrupted=lambda: True))
    assert {cell: shown(script.notebook, cell) for cell in script.cells} == before
    assert script.notebook.at("Z").errors


@SETTINGS
@given(TEXTS)
def test_a_wrong_line_is_as_if_it_were_not_there(text):
    whole = Notebook().run(text, "A")
    wrong = {error.line for error in whole.errors}
    kept = [line for number, line in enumerate(text.split("\n"), 1) if number not in wrong]
    other = Notebook()
    other.run("\n".join(kept), "A")
    first = Notebook()
    first.run(text, "A")
    if not other.at("A").errors and "is new" not in " ".join(other.at("A").notes):  # no name of a wrong line is used
        one, two = shown(first, "A"), shown(other, "A")
        for key in ("current", "values"):
            assert one[key] == two[key]


@SETTINGS
@given(TEXTS)
def test_a_cell_gives_the_same_at_once_and_later(text):
    notebook = Notebook()
    outcome = notebook.run(text, "A")
    again = notebook.at("A")
    assert outcome.values == again.values
    assert outcome.notes == again.notes
    assert outcome.errors == again.errors
    assert [each.display_id for each in outcome.figures] == [each.display_id for each in again.figures]


@SETTINGS
@given(TEXTS, TEXTS)
def test_one_cell_or_two_without_errors_draw_the_same(one, two):
    together, apart = Notebook(), Notebook()
    apart.run(one, "A")
    second = apart.run(two, "B")
    first_errors = apart.at("A").errors
    words = one + two
    if first_errors or second.errors or "=" in one.replace("y =", "") or "cumulative" in words or "slider" in one:
        return
    whole = together.run(one + "\n" + two, "A")
    if whole.errors:
        return
    assert (whole.figure is None) == (second.figure is None)
    if whole.figure is not None:
        assert [each.reading for each in whole.figure.curves] == [each.reading for each in second.figure.curves]
