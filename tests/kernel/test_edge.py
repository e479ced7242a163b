"""Every request gets one answer."""

from __future__ import annotations

import asyncio

import pytest

from plotlang.kernel.edge import guarded, refuse, tidy


class Line:
    """Remembers what is sent."""

    def __init__(self):
        self.sent = []

    def send(self, stream, kind, content, parent, ident):
        self.sent.append((kind, content))


def ask(kind, handler, message):
    line = Line()
    asyncio.run(guarded(kind, handler, line)("stream", [b"id"], {"header": {"msg_type": kind}, **message}))
    return line.sent


def test_a_good_request_is_left_to_its_handler():
    seen = []
    message = {"content": {"code": "y = \ud800"}, "metadata": None}
    assert ask("execute_request", lambda *each: seen.append(each[2]), message) == []
    assert seen[0]["content"] == {"code": "y = \ufffd"}
    assert seen[0]["metadata"] == {}


def test_a_failing_handler_is_answered_for():
    def handler(*_):
        raise KeyError("secret")

    ((kind, content),) = ask("complete_request", handler, {"content": {"code": "", "cursor_pos": 0}})
    assert (kind, content["status"]) == ("complete_reply", "error")
    assert "secret" not in str(content)


def test_what_is_not_served_is_answered():
    ((kind, content),) = ask("create_subshell_request", refuse, {"content": {}})
    assert (kind, content["status"]) == ("create_subshell_reply", "error")


def test_a_failing_comm_has_no_answer():
    assert ask("comm_msg", lambda *_: 1 / 0, {"content": {"comm_id": "a"}}) == []


@pytest.mark.parametrize(
    ("kind", "content"),
    [
        ("execute_request", {}),
        ("execute_request", {"code": 5}),
        ("execute_request", None),
        ("complete_request", {"code": "y"}),
        ("inspect_request", {"code": "y", "cursor_pos": "2"}),
        ("shutdown_request", {}),
        ("comm_open", {"comm_id": "a"}),
    ],
)
def test_malformed_requests_are_named(kind, content):
    assert tidy(kind, {"content": content}).name == "PlotlangError"
