"""What a cell shows, as values: no sockets, no kernel."""

from __future__ import annotations

import base64
import json

import pytest

from plotlang.kernel import messages
from plotlang.kernel.messages import Message, cell_messages, error_failure
from plotlang.language.diagnostics import Diagnostic
from tests.kernel.standin import PNG, StandInPicture, outcome, result

BAD = Diagnostic("I don't know  the function\nsine", "did you mean sin?", line=2, column=3, width=4, source="y sine")


def kinds(found: tuple[Message, ...]) -> list[str]:
    return [each.type for each in found]


def test_nothing_said_is_nothing_shown():
    assert cell_messages(outcome(), 1) == ()


def test_order_is_errors_notes_values_figures():
    full = outcome(errors=(BAD,), notes=("n",), results=(result("1"), result("2")), figures=(StandInPicture("p"),))
    found = cell_messages(full, 7)
    assert kinds(found) == ["error", "display_data", "display_data", "execute_result", "display_data", "display_data"]
    texts = [each.content.get("data", {}).get("text/plain", "") for each in found]
    assert texts[1:4] == ["n", "1", "2"]
    assert found[3].content["execution_count"] == 7


def test_several_errors_are_one_message():
    failure = error_failure((BAD, BAD, BAD))
    (shown,) = cell_messages(outcome(errors=(BAD, BAD, BAD)), 1)
    assert failure.name == "PlotlangError"
    assert failure.line == "I don't know the function sine (and 2 more)"
    assert shown.content["traceback"] == list(failure.texts)
    assert len(failure.texts) == 3
    assert all("did you mean sin?" in each for each in failure.texts)


def test_error_reply_says_what_the_output_says():
    failure = error_failure((BAD,))
    shown, reply = messages.error_message(failure).content, messages.failed_reply(failure, 4)
    assert reply["status"] == "error"
    assert reply["execution_count"] == 4
    assert {name: reply[name] for name in shown} == shown


def test_notes_share_one_escaped_box():
    (shown,) = cell_messages(outcome(notes=("a < b", "<script>x</script>")), 1)
    assert shown.content["data"]["text/plain"] == "a < b\n<script>x</script>"
    assert "<script>" not in shown.content["data"]["text/html"]
    assert "a &lt; b" in shown.content["data"]["text/html"]


def test_results_keep_their_forms():
    (shown,) = cell_messages(outcome(results=(result("1/2", latex="$x$", html="<b>1</b>"),)), 1)
    assert shown.content["data"] == {"text/plain": "1/2", "text/latex": "$x$", "text/html": "<b>1</b>"}


def test_picture_carries_size_words_and_its_id():
    shown, words = cell_messages(outcome(figures=(StandInPicture("fig"),)), 1)
    assert base64.b64decode(shown.content["data"]["image/png"]) == PNG
    assert shown.content["data"]["text/plain"] == "One curve.\nIt rises <fast>."
    assert shown.content["metadata"]["image/png"] == {
        "width": 600,
        "height": 400,
        "alt": "One curve. It rises <fast>.",
    }
    assert shown.content["transient"] == {"display_id": "fig"}
    html = words.content["data"]["text/html"]
    assert html.startswith("<details>")
    assert "<fast>" not in html
    assert words.content["transient"]["display_id"] != "fig"


def test_svg_picture():
    shown, _ = cell_messages(outcome(figures=(StandInPicture("fig", format="svg"),)), 1)
    assert shown.content["data"]["image/svg+xml"].startswith("<svg")
    assert "image/svg+xml" in shown.content["metadata"]


def test_picture_without_words_has_no_description():
    assert len(cell_messages(outcome(figures=(StandInPicture("fig", description=""),)), 1)) == 1


def test_refresh_reaches_the_twenty_newest_only():
    pictures = [StandInPicture(str(n)) for n in range(25)]
    found = messages.refresh_messages(pictures)
    assert set(kinds(found)) == {"update_display_data"}
    drawn = [each.display_id for each in pictures if each.drawn]
    assert drawn == [str(n) for n in range(5, 25)]
    assert found[0].content["transient"] == {"display_id": "5"}


@pytest.mark.parametrize(
    ("problem", "words"),
    [(RecursionError(), "nested"), (MemoryError(), "memory"), (KeyError("secret"), "internal problem in plotlang")],
)
def test_internal_problems_use_no_python_words(problem, words):
    failure = messages.internal_failure(problem)
    told = failure.line + "".join(failure.texts)
    assert words in told
    for word in ("Traceback", "Error:", "secret", "File "):
        assert word not in told


def test_clean_replaces_what_no_message_can_carry():
    dirty = {"a\ud800": ["\udfff", ("x", 1, None, 2.5)]}
    assert messages.clean(dirty) == {"a\ufffd": ["\ufffd", ["x", 1, None, 2.5]]}
    json.dumps(messages.clean(dirty)).encode()


def test_control_characters_do_not_reach_a_terminal():
    (shown,) = cell_messages(outcome(notes=("a\x1b[31m\x00b",)), 1)
    assert shown.content["data"]["text/plain"] == "a\ufffd[31m\ufffdb"


def test_completion_has_types():
    match = outcome(text="sin", type="function")
    reply = messages.completion_reply(outcome(matches=(match,), start=2, end=4))
    assert reply["matches"] == ["sin"]
    assert (reply["cursor_start"], reply["cursor_end"]) == (2, 4)
    typed = [{"start": 2, "end": 4, "text": "sin", "type": "function"}]
    assert reply["metadata"] == {"_jupyter_types_experimental": typed}


def test_inspection_is_markdown_and_plain_text():
    reply = messages.inspection_reply("## sin\n\n**sine** of `x`, $2x$\n\n```plotlang\ny = sin x\n```")
    assert reply["found"]
    assert reply["data"]["text/plain"] == "sin\n\nsine of x, $2x$\n\ny = sin x\n"
    assert messages.inspection_reply(None) == {"status": "ok", "found": False, "data": {}, "metadata": {}}


def test_only_an_incomplete_cell_has_an_indent():
    assert messages.is_complete_reply("incomplete", "  ") == {"status": "incomplete", "indent": "  "}
    assert messages.is_complete_reply("complete", "") == {"status": "complete"}


def test_page_goes_to_the_pager():
    assert messages.ok_reply(1, "help")["payload"] == [{"source": "page", "data": {"text/plain": "help"}, "start": 0}]
    assert messages.ok_reply(1)["payload"] == []
