"""The history of a session."""

from __future__ import annotations

from plotlang.kernel.past import Past

PAST = Past([(1, "y = x", ""), (2, "1+1", "2"), (4, "2+2", "4"), (5, "1+1", "2")])


def test_tail():
    assert PAST.tail(2) == [(1, 4, "2+2"), (1, 5, "1+1")]
    assert PAST.tail(0) == []
    assert PAST.tail(1, output=True) == [(1, 5, ("1+1", "2"))]


def test_range_is_half_open_and_knows_one_session():
    assert PAST.between(1, 2, 4) == [(1, 2, "1+1")]
    assert PAST.between(0, 4, None) == [(1, 4, "2+2"), (1, 5, "1+1")]
    assert PAST.between(-3, 0, None) == []


def test_search():
    assert [line for _, line, _ in PAST.search("*+*", None, unique=False)] == [2, 4, 5]
    assert [line for _, line, _ in PAST.search("*+*", 2, unique=False)] == [4, 5]
    assert PAST.search("1+1", None, unique=True) == [(1, 5, "1+1")]
    assert PAST.search("z", None, unique=False) == []
