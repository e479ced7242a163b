"""Every cell of the specification runs, and what its expect blocks say holds."""

from pathlib import Path

import pytest

from plotlang.cli.blocks import blocks_of
from plotlang.cli.test import run_document

DOCUMENT = Path(__file__).parents[2] / "docs" / "language.md"


@pytest.fixture(scope="module")
def report():
    return run_document(blocks_of(DOCUMENT))


def test_the_document_has_many_assertions(report):
    assert report.count >= 60
    assert len([block for block in blocks_of(DOCUMENT) if block.kind == "plotlang"]) >= 20


def test_all_of_them_hold(report):
    wrong = [f"line {line}: {said}\n    but {instead}" for line, _, said, instead in report.failures]
    assert not wrong, "\n".join(wrong)
