"""Golden mistakes: examples/errors/NAME.plot is a cell (or several, split by # %%), NAME.txt what is said about it.

After reading the difference, `PLOTLANG_GOLDEN=write pytest tests/interpreter/test_errors.py` takes new texts over.
"""

import os
import re
from pathlib import Path

import pytest

from plotlang import Notebook
from plotlang.cli.blocks import blocks_of

ERRORS = Path(__file__).parents[2] / "examples" / "errors"
MISTAKES = sorted(ERRORS.glob("*.plot"))
# Words of programming that a student need not know; "Python" itself is the name of what was typed.
JARGON = re.compile(
    r"\b(None|True|False|exception|traceback|token|tokens|parse|parser|syntax|expression|operand|operator|integer|float|"
    r"string|tuple|object has|attribute|argument|arguments|parameter|callable|iterable|index|type|NaN|null|undefined "
    r"variable|invalid|unexpected|regex|literal|identifier|unicode)\b"
)
# The message alone says what to do, or the specification has no more to say.
OBVIOUS = frozenset({"lists-of-different-length", "list-too-long", "family-too-large", "same-letter-twice"})


def diagnostics(path):
    notebook = Notebook()
    return [error for block in blocks_of(path) for error in notebook.run(block.text).errors]


def named(path):
    return path.stem


def test_there_are_many_mistakes():
    assert len(MISTAKES) >= 45
    assert {path.stem for path in ERRORS.glob("*.txt")} == {path.stem for path in MISTAKES}


@pytest.mark.parametrize("path", MISTAKES, ids=named)
def test_what_is_said_about_a_mistake(path):
    said = "\n".join(map(str, diagnostics(path))) + "\n"
    golden = path.with_suffix(".txt")
    if os.environ.get("PLOTLANG_GOLDEN") == "write":
        golden.write_text(said, encoding="utf-8")
    assert said == golden.read_text(encoding="utf-8")


@pytest.mark.parametrize("path", MISTAKES, ids=named)
def test_a_mistake_is_told_with_place_and_remedy_in_plain_words(path):
    found = diagnostics(path)
    assert found
    for error in found:
        assert error.message
        assert error.line >= 1
        assert error.source
        shown = error.source[error.column - 1 : error.column - 1 + error.width]
        assert shown
        assert shown == shown.rstrip() or error.width == 1
        assert error.why or error.suggestion or error.fix or path.stem in OBVIOUS, error.message
        assert not JARGON.search(f"{error.message} {error.why} {error.suggestion}")
        assert error.message[0].islower() or error.message.startswith(("I ", "I'", error.source[error.column - 1]))
        assert not error.message.endswith(".")


@pytest.mark.parametrize("path", MISTAKES, ids=named)
def test_a_corrected_line_that_is_offered_is_right(path):
    notebook = Notebook()
    for block in blocks_of(path):
        for error in Notebook.run(notebook, block.text, "cell").errors:
            if not error.fix:
                continue
            lines = block.text.split("\n")
            assert lines[error.line - 1].strip() != error.fix
            lines[error.line - 1] = error.fix
            other = Notebook()
            for earlier in blocks_of(path):
                if earlier.line < block.line:
                    other.run(earlier.text)
            assert error.line not in [each.line for each in other.run("\n".join(lines)).errors], error.fix


@pytest.mark.parametrize(
    ("line", "try_instead"),
    [
        ("y = x2", "y = 2x"),
        ("y = x2", "y = x^2"),
        ("y = sin x (x+1)", "y = sin(x)*(x + 1)"),
        ("y = sin x (x+1)", "y = sin(x*(x + 1))"),
        ("y = 1/w(x+1)", "y = 1/(w*(x + 1))"),
        ("y = sin -x", "y = sin(-x)"),
        ("y == x^2", "y = x^2"),
        ("y^2 + 1", "x = y^2 + 1"),
        ("x + y", "x + y = 0"),
        ("range 10 -10", "range -10 10"),
        ("slider a 5 -5", "slider a −5 5"),
        ("title hello", 'title "hello"'),
        ("plot sin(x)", "y = sin(x)"),
        ("f(2) = 5", "(2, 5)"),
        ("y = (x+1)3", "y = 3(x + 1)"),
        ("sum(k^2)", "sum(k^2 for k in 1..10)"),
        ("sum(k^2, k, 1, 10)", "sum(k^2 for k in 1..10)"),
        ("y = 0,5x", "y = 0.5x"),
    ],
)
def test_what_is_suggested_works(line, try_instead):
    error = Notebook().run(line).errors[0]
    shown = f"{error.why} {error.suggestion} {error.fix}"
    assert try_instead.removeprefix("y = ") in shown
    assert Notebook().run(try_instead).errors == ()


SUGGESTS = re.compile(r"for example: (.*)$")


@pytest.mark.parametrize("path", MISTAKES, ids=named)
def test_an_example_that_is_given_works(path):
    for error in diagnostics(path):
        found = SUGGESTS.match(error.suggestion)
        if found and "…" not in found[1] and not found[1].startswith(("with ", "step ")):
            notebook = Notebook()
            notebook.run("f(x) = x\ny = 2x\nlet g(x) = x\nA = (1, 2)")
            for example in found[1].split(" or "):
                assert notebook.run(example).errors == (), example
