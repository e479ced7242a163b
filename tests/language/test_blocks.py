"""Data blocks among the other lines of a cell, and whether a cell waits for more."""

import time

import pytest

from plotlang.assist.is_complete import is_complete
from plotlang.language.blocks import block_at, blocks_in, outside_blocks
from plotlang.language.diagnostics import Problem
from plotlang.language.splitting import split
from plotlang.statements import commands

COMMANDS = frozenset(commands())


def pieces(text):
    found = list(split(text, COMMANDS))
    for each in found:
        if not isinstance(each, Problem):
            assert text[each.offset : each.offset + len(each.text)] == each.text
    return [each if isinstance(each, Problem) else each.text.split("#")[0].strip() for each in found]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("data d\nt, h\n0, 1\nend\ny = x", ["data d\nt, h\n0, 1\nend", "y = x"]),
        ("a = 2\n  data d\n  1\n  end\nb = 3", ["a = 2", "data d\n  1\n  end", "b = 3"]),
        ("a = 2; data d\n1\nend; b = 3", ["a = 2", "data d\n1\nend", "b = 3"]),
        ("data d\n1\nend # done\ny = x", ["data d\n1\nend", "y = x"]),
        ("data a\n1\nend\ndata b\n2\nend", ["data a\n1\nend", "data b\n2\nend"]),
        ("data d\n1, (\n2, [\n3, +\nend\ny = x", ["data d\n1, (\n2, [\n3, +\nend", "y = x"]),
        ("data d\n`?$@\\\nend\ny = x", ["data d\n`?$@\\\nend", "y = x"]),
        ("data d\r\n1, 2\r\nend\r\ny = x\r\n", ["data d\r\n1, 2\r\nend", "y = x"]),
        ("data d\r1, 2\rend\ry = x", ["data d\r1, 2\rend", "y = x"]),
        ("data d\ny = 3\nend\na = 2", ["data d\ny = 3\nend", "a = 2"]),
        ("data d\narea 3\nline 4\nend", ["data d\narea 3\nline 4\nend"]),
        ("data d\nend", ["data d\nend"]),
        ("data two names\n1\nend\ny = x", ["data two names\n1\nend", "y = x"]),
        ('data d from "f.csv"\ny = x\nend', ['data d from "f.csv"', "y = x", "end"]),
        ("data two names\ny = x", ["data two names", "y = x"]),
        ("f(x) = (x\ndata d\n1\nend", ["f(x) = (x", "data d\n1\nend"]),
        ("mydata d\n1", ["mydata d", "1"]),
    ],
)
def test_a_block_is_one_statement(text, expected):
    assert pieces(text) == expected


@pytest.mark.parametrize(
    ("rows", "statements"),
    [
        ("t, h\n1, 2\n3, 4", ["y = x^2", "range 0 5"]),
        ("t h\n1 2", ["f(x) = 2x"]),
        ("1, 2\n# about\n\n3, 4", ["points (d.t, d.h)"]),
        ("1; 2", ["x^2 + y^2 = 4", "y = x"]),
        ("1 2", ["y > x"]),
        ("-1 2\nNA 3", ['title "words"']),
        ("1, 2", ["data e\n3, 4\nend"]),
        ("1, 2", ['data e from "f.csv"']),
        ("", ["y = x"]),
    ],
)
def test_a_block_that_is_never_closed_ends_before_the_next_statement(rows, statements):
    head = f"data d\n{rows}".rstrip()
    assert pieces("\n".join([head, *statements])) == [head.split("#")[0].strip(), *statements]


@pytest.mark.parametrize("row", ["1, 2", "a b", "t, h", "-3", "+4 5", ".5", '"range" 3', "x y", "name, label", "3 = 4"])
def test_a_closed_block_holds_any_line(row):
    text = f"data d\n{row}\nend\na = 2"
    assert pieces(text) == [f"data d\n{row}\nend", "a = 2"]


def test_the_parts_of_a_block():
    text = "a = 2\n data delta # here\n1, 2\n3, 4\n  end\n"
    block = block_at(text, 6, lambda _: False)
    assert text[block.name.start : block.name.end] == "delta"
    assert text[block.head.start : block.head.end] == " data delta # here"
    assert text[block.rows.start : block.rows.end] == "1, 2\n3, 4\n"
    assert text[block.stop :] == "\n"
    assert block.closed
    assert list(blocks_in(text)) == [block]
    assert block_at(text, 0, lambda _: False) is None


def test_what_stands_outside_the_blocks():
    assert outside_blocks("a = 2\ndata d\n1, (\nend\ny = (") == ("a = 2\n\ny = (", False)
    assert outside_blocks("a = 2\ndata d\n1, (") == ("a = 2\n", True)
    assert outside_blocks("") == ("", False)


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("data d", "incomplete"),
        ("data d\n", "incomplete"),
        ("data d\nt, h\n1, 2", "incomplete"),
        ("data d\nt, h\n1, 2\nend", "complete"),
        ("data d\n1, (\nend", "complete"),
        ("data d\n1,\nend\n", "complete"),
        ('data d\n1, "\nend', "complete"),
        ("data d\n1\nend\ny = (", "incomplete"),
        ("data d\n1\nend\ny = x +", "incomplete"),
        ("data d\n1\nend\ndata e\n2", "incomplete"),
        ("data d\n1\ndata e\n2\nend", "complete"),
        ("y = x\ndata d # rows", "incomplete"),
        ('data d from "f.csv"', "complete"),
        ("y = data", "complete"),
        ("y = x", "complete"),
    ],
)
def test_an_unfinished_block_waits_for_more(text, status):
    assert is_complete(text)[0] == status


@pytest.mark.parametrize(
    "text",
    [
        "data d\n" * 3_000,
        "data d e\n" * 3_000,
        "data d\n" + "1, 2\n" * 100_000,
        "data d\n" + "1, 2\n" * 100_000 + "end",
        "data d\n" + '"' * 200_000,
        "data d\n" + " " * 200_000 + "\nend",
        "data d\na" + " " * 200_000,
        "data" + " " * 200_000,
        "data d\n" + "=" * 200_000 + "\nend",
    ],
    ids=lambda text: repr(text[:20]),
)
def test_the_work_grows_no_faster_than_the_text(text):
    used = []
    for part in (text[: len(text) // 4], text):
        start = time.process_time()
        list(split(part, COMMANDS))
        is_complete(part)
        used.append(time.process_time() - start)
    assert used[1] < 12 * used[0] + 0.5
