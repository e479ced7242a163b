"""What the process loads, and when."""

from __future__ import annotations

import subprocess
import sys

import pytest

HEAVY = ("numpy", "matplotlib", "scipy", "pyparsing", "ipywidgets", "plotlang.notebook")


def loaded_by(statement: str) -> set[str]:
    code = f"import sys; {statement}; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return set(done.stdout.split())


@pytest.mark.parametrize(
    "statement",
    ["import plotlang.kernel.app", "import plotlang.lexer", "from plotlang.cli import main"],
)
def test_nothing_heavy_is_loaded_at_the_start(statement):
    assert loaded_by(statement).isdisjoint(HEAVY)


def test_the_lexer_loads_neither_jupyter_nor_ipython():
    assert loaded_by("import plotlang.lexer").isdisjoint({"ipykernel", "IPython", "zmq"})
