"""Every cell of the specification runs, and what its expect blocks say holds; what is still to come is listed."""

import re
from pathlib import Path

import pytest

from plotlang.cli.blocks import blocks_of
from plotlang.cli.test import run_document

DOCUMENT = Path(__file__).parents[2] / "docs" / "language.md"

# Assertions that may fail, by section and by what they say.  One that holds turns the test red: take it off the list.
TO_COME = {
    "9": {
        "this cell has no error",
        "check line == wrong",
        'feedback contains "2 too high"',
        "check line == correct",
    },
}
# Cells of a section to come that work already.
WORKS = {"9": {"y = 2x + 3", "y - 2x = 1"}}


def sections():
    """The number of the section that each line of the document belongs to, from line 1."""
    here, found = "", [""]
    fenced = False
    for line in DOCUMENT.read_text(encoding="utf-8").splitlines():
        fenced ^= line.startswith("```")
        heading = re.match(r"#+ (\d+(?:\.\d+)?)\.? ", line)
        if heading and not fenced:
            here = heading[1]
        found.append(here)
    return found


@pytest.fixture(scope="module")
def report():
    return run_document(blocks_of(DOCUMENT))


def test_the_document_has_many_assertions(report):
    assert report.count >= 60
    assert len([block for block in blocks_of(DOCUMENT) if block.kind == "plotlang"]) >= 20


def test_what_should_hold_holds(report):
    where = sections()
    wrong = [
        f"line {line} (section {where[line]}): {said}\n    but {instead}"
        for line, _, said, instead in report.failures
        if said not in TO_COME.get(where[line], set())
    ]
    assert not wrong, "\n".join(wrong)


def test_what_is_listed_as_to_come_does_not_hold_yet(report):
    where = sections()
    failed = {(where[line], said) for line, _, said, _ in report.failures}
    listed = {(section, said) for section, all_said in TO_COME.items() for said in all_said}
    assert listed <= failed, f"these hold now, take them off the list: {sorted(listed - failed)}"


def test_only_cells_to_come_have_errors(report):
    where = sections()
    texts = {block.line: block.text for block in blocks_of(DOCUMENT)}
    for line, _, said, instead in report.failures:
        if said == "this cell has no error":
            assert texts[line] not in WORKS.get(where[line], set())
            assert "not there yet" in instead
            assert instead.count("error:") == instead.count("not there yet")


def test_every_section_of_the_list_exists():
    assert set(TO_COME) <= set(sections())
