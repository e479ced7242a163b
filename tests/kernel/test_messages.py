"""What a cell shows, as values: no sockets, no kernel."""

from __future__ import annotations

import base64
import json

import pytest

from plotlang.kernel import messages, replies
from plotlang.kernel.cells import Stale
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
    assert kinds(found) == ["error", "display_data", "execute_result", "display_data", "display_data"]
    texts = [each.content.get("data", {}).get("text/plain", "") for each in found]
    assert texts[1:3] == ["n", "1\n2"]
    assert found[2].content["execution_count"] == 7


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
    shown, reply = messages.error_message(failure).content, replies.failed_reply(failure, 4)
    assert reply["status"] == "error"
    assert reply["execution_count"] == 4
    assert {name: reply[name] for name in shown} == shown


def test_notes_share_one_escaped_box():
    (shown,) = cell_messages(outcome(notes=("a < b", "<script>x</script>")), 1)
    assert shown.content["data"]["text/plain"] == "a < b\n<script>x</script>"
    assert "<script>" not in shown.content["data"]["text/html"]
    assert "a &lt; b" in shown.content["data"]["text/html"]


def test_values_are_one_output_with_an_id():
    (shown,) = cell_messages(outcome(results=(result("1"), result("2"))), None)
    assert shown.type == "display_data"
    assert shown.content["data"] == {"text/plain": "1\n2"}
    assert shown.content["transient"] == {"display_id": "values"}
    (again,) = messages.revalue_messages((result("3"),), "values")
    assert again.type == "update_display_data"
    assert again.content["transient"] == shown.content["transient"]


def test_one_formula_is_typeset():
    (shown,) = cell_messages(outcome(results=(result("1/2", latex=r"\frac{1}{2}"),)), 1)
    assert shown.content["data"] == {"text/plain": "1/2", "text/latex": r"$\displaystyle \frac{1}{2}$"}


def test_several_values_keep_their_forms():
    several = (result("a < b"), result("1/2", latex="x < 2"), result("t", html="<table></table>"))
    (shown,) = cell_messages(outcome(results=several), 1)
    assert shown.content["data"]["text/plain"] == "a < b\n1/2\nt"
    plain, typeset, table = shown.content["data"]["text/html"].split("\n")
    assert "a &lt; b" in plain
    assert r"$\displaystyle x &lt; 2$" in typeset
    assert table == "<table></table>"


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


def test_without_description_there_is_only_the_picture():
    silent = StandInPicture("fig", settings=outcome(describe=False))
    (shown,) = cell_messages(outcome(figures=(silent,)), 1)
    assert shown.content["data"]["text/plain"] == "One curve.\nIt rises <fast>."


def test_what_a_picture_cannot_show_stands_under_it_and_only_there():
    picture = StandInPicture("fig", notes=("f is <gone>",))
    found = cell_messages(outcome(notes=("f is <gone>", "other"), figures=(picture,)), 1)
    assert [each.content["data"].get("text/plain") for each in found] == ["other", picture.description, "f is <gone>"]
    assert "f is &lt;gone&gt;" in found[2].content["data"]["text/html"]


def test_refresh_reaches_the_same_places():
    picture = StandInPicture("fig")
    first, again = messages.picture_messages(picture), messages.refresh_messages(picture)
    assert set(kinds(again)) == {"update_display_data"}
    assert [each.content for each in first] == [each.content for each in again]


def test_refresh_takes_notes_away_too():
    words = messages.refresh_messages(StandInPicture("fig", settings=outcome(describe=False)))[1]
    assert words.content["data"] == {"text/html": ""}


def test_an_empty_picture_is_words():
    shown, words = messages.refresh_messages(StandInPicture("fig", is_empty=True))
    assert list(shown.content["data"]) == ["text/plain"]
    assert words.content["data"] == {"text/html": ""}


def test_only_the_newest_twenty_are_refreshed():
    pictures = [StandInPicture(str(n)) for n in range(25)]
    Stale({each.display_id: each for each in pictures}).messages()
    assert [each.display_id for each in pictures if each.drawn] == [str(n) for n in range(5, 25)]


def test_what_waits_for_refresh_is_merged():
    old, new, other = StandInPicture("p"), StandInPicture("p"), StandInPicture("q")
    first = Stale().joined(outcome(refreshed=(old, other), revalued={"v": (result("1"),)}))
    second = first.joined(outcome(refreshed=(new,), revalued={"v": (result("2"),)}))
    assert list(second.pictures.values()) == [other, new]
    assert second.pictures["p"] is new
    assert second.values["v"][0].text == "2"
    assert second.joined(outcome(figures=(StandInPicture("p"),), values_id="v")) == Stale({"q": other})


@pytest.mark.parametrize(
    ("problem", "words"),
    [(RecursionError(), "nested"), (MemoryError(), "memory"), (KeyError("secret"), "internal problem in plotlang")],
)
def test_internal_problems_use_no_python_words(problem, words):
    failure = replies.internal_failure(problem)
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
    reply = replies.completion_reply(outcome(matches=(match,), start=2, end=4))
    assert reply["matches"] == ["sin"]
    assert (reply["cursor_start"], reply["cursor_end"]) == (2, 4)
    typed = [{"start": 2, "end": 4, "text": "sin", "type": "function"}]
    assert reply["metadata"] == {"_jupyter_types_experimental": typed}


def test_inspection_is_markdown_and_plain_text():
    reply = replies.inspection_reply("## sin\n\n**sine** of `x`, $2x$\n\n```plotlang\ny = sin x\n```")
    assert reply["found"]
    assert reply["data"]["text/plain"] == "sin\n\nsine of x, $2x$\n\ny = sin x\n"
    assert replies.inspection_reply(None) == {"status": "ok", "found": False, "data": {}, "metadata": {}}


def test_only_an_incomplete_cell_has_an_indent():
    assert replies.is_complete_reply("incomplete", "  ") == {"status": "incomplete", "indent": "  "}
    assert replies.is_complete_reply("complete", "") == {"status": "complete"}


def test_page_goes_to_the_pager():
    assert replies.ok_reply(1, "help")["payload"] == [{"source": "page", "data": {"text/plain": "help"}, "start": 0}]
    assert replies.ok_reply(1)["payload"] == []
