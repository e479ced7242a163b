"""The real kernel with the real notebook: what a front end sees."""

from __future__ import annotations

import base64
import struct
import time

import pytest

LATEST = 0.5  # seconds from an interrupt to idle


@pytest.fixture
def fresh(kernel):
    """The kernel, after everything was forgotten."""
    kernel.run("reset")
    return kernel


def picture(answer):
    (found,) = [each["content"] for each in answer.outputs if "image/png" in each["content"].get("data", {})]
    return found


def test_kernel_info(kernel):
    info = kernel.ask("kernel_info")
    language = info["language_info"]
    assert info["status"] == "ok"
    assert (language["name"], language["file_extension"]) == ("plotlang", ".plot")
    assert language["pygments_lexer"] == "plotlang"
    assert language["codemirror_mode"]["mime"] == "text/x-octave"
    assert info["supported_features"] == []


def test_a_picture_is_600_by_400_drawn_at_twice_the_density(fresh):
    shown = picture(fresh.run("y = sin(x)"))
    png = base64.b64decode(shown["data"]["image/png"])
    assert struct.unpack(">II", png[16:24]) == (1200, 800)
    size = shown["metadata"]["image/png"]
    assert (size["width"], size["height"]) == (600, 400)
    assert "sin" in size["alt"]
    assert shown["data"]["text/plain"]
    assert shown["transient"]["display_id"]


def test_the_description_follows_the_picture(fresh):
    answer = fresh.run("y = sin(x)")
    assert answer.kinds == ["display_data", "display_data"]
    assert answer.outputs[1]["content"]["data"]["text/html"].startswith("<details>")


def test_describe_off(fresh):
    assert fresh.run("describe off\ny = sin(x)").kinds == ["display_data"]


def test_svg(fresh):
    answer = fresh.run("format svg\ny = sin(x)")
    assert "<svg" in answer.outputs[0]["content"]["data"]["image/svg+xml"]


@pytest.mark.parametrize(
    "code",
    [
        "y = sin(x)",
        "y = sin(x)\ny = x\ny=x**2",
        "y=cos(x)*exp(-x**2)",
        "y = np.where(x>0, sqrt(abs(x)), 0)",
        "y = (x>0)*x % 2",
    ],
)
def test_cells_of_the_recipe(fresh, code):
    answer = fresh.run(code)
    assert answer.status == "ok"
    assert picture(answer)


def test_good_lines_are_drawn_beside_errors(fresh):
    answer = fresh.run("y = 3 sine(x)\ny = cos(x)\ny = x2")
    assert answer.status == "error"
    assert answer.reply["ename"] == "PlotlangError"
    assert "\n" not in answer.reply["evalue"]
    assert answer.kinds.count("error") == 1
    assert len(answer.outputs[0]["content"]["traceback"]) == 2
    assert picture(answer)


def test_editing_an_early_cell_refreshes_a_later_picture(fresh):
    fresh.run("y = sin(x)", cell_id="a")
    later = picture(fresh.run("y = cos(x)", cell_id="b"))
    again = fresh.run("y = sin(2x)", cell_id="a")
    refreshed = {
        each["content"]["transient"]["display_id"]: each["content"]
        for each in again.outputs
        if each["msg_type"] == "update_display_data"
    }
    assert later["transient"]["display_id"] in refreshed
    changed = refreshed[later["transient"]["display_id"]]
    assert changed["data"]["image/png"] != later["data"]["image/png"]


def test_deleting_a_cell_refreshes_later_pictures(fresh):
    fresh.run("y = sin(x)", cell_id="a")
    fresh.run("y = cos(x)", cell_id="b")
    answer = fresh.run("1 + 1", cell_id="c", deleted=("a",))
    assert "update_display_data" in answer.kinds


def test_values_under_later_cells_follow(fresh):
    fresh.run("a = 2", cell_id="a")
    shown = fresh.run("a + 1", cell_id="b").outputs[0]["content"]
    again = fresh.run("a = 5", cell_id="a")
    (content,) = [
        each["content"]
        for each in again.outputs
        if each["content"].get("transient", {}).get("display_id") == shown["transient"]["display_id"]
    ]
    assert "6" in content["data"]["text/plain"]


def test_the_same_cell_twice_gives_the_same_picture(fresh):
    first, second = (picture(fresh.run("y = sin(x)", cell_id="a")) for _ in range(2))
    assert first == second


def test_without_cell_ids_figures_build_up(fresh):
    first = picture(fresh.run("y = sin(x)"))
    second = picture(fresh.run("y = cos(x)"))
    assert first["data"]["image/png"] != second["data"]["image/png"]
    assert first["transient"] != second["transient"]


def test_help_is_shown_in_the_cell(kernel):
    assert "y = " in kernel.run("help").texts()[0]


def test_completion_and_inspection_know_the_notebook(fresh):
    fresh.run("speed = 3\nf(x) = speed x")
    assert "speed" in fresh.ask("complete", code="y = spe", cursor_pos=7)["matches"]
    found = fresh.ask("inspect", code="y = f(x)", cursor_pos=5)
    assert found["found"]
    assert set(found["data"]) == {"text/markdown", "text/plain"}
    assert not fresh.ask("inspect", code="y = qqq", cursor_pos=6)["found"]


@pytest.mark.parametrize(
    "code",
    [
        "",
        "\n\n",
        "# only a comment",
        "y = " + "x+" * 998 + "x",
        "y = " + "(" * 500 + "x" + ")" * 500,
        "y = x\x00",
        "\u202ey = x\u202c",
        "\n".join(f"y = x + {n}" for n in range(10_000)),
        "\ud800",
        "y = " + "sin(" * 90 + "x" + ")" * 90,
        "((((((((",
        ";" * 1000,
        "import os",
        "%matplotlib inline",
        'title "$x^{"\ny = x',
        'title "' + "x" * 1900 + '"\ny = x',
        "y = 9^9^9^9^9",
        "sum(k for k in 1..1e300)",
    ],
)
def test_strange_cells_are_answered_soon_and_leave_the_kernel_well(fresh, code):
    fresh.run("keep = 7")
    answer = fresh.run(code)
    assert answer.seconds < 20
    assert answer.status in {"ok", "error"}
    assert "internal problem" not in str(answer.reply)
    assert "7" in fresh.run("keep").texts()[0]


def test_interrupting_real_work_changes_nothing(fresh):
    fresh.run("keep = 7")
    work = "keep = 8\n" + "\n".join(f"y = sum(sin(k x + {n}) for k in 1..5000)" for n in range(40))
    answer = fresh.run_interrupted(work, after=0.4)
    if answer.status == "ok":
        pytest.skip("the work was done before the interrupt came")
    assert answer.seconds < LATEST
    assert "7" in fresh.run("keep").texts()[0]


def test_interrupt_while_idle(fresh):
    for _ in range(3):
        fresh.manager.interrupt_kernel()
        time.sleep(0.02)
    assert fresh.run("1 + 1").status == "ok"


def test_history(kernel):
    kernel.run("3 + 4")
    (entry,) = kernel.ask("history", hist_access_type="tail", output=False, raw=True, n=1)["history"]
    assert entry[2] == "3 + 4"


def test_shutdown():
    from tests.protocol.client import Client

    client = Client()
    try:
        request = client.send("shutdown_request", {"restart": False}, channel="control")
        assert client.reply(request, channel="control") == {"status": "ok", "restart": False}
        end = time.monotonic() + 5
        while client.manager.is_alive() and time.monotonic() < end:
            time.sleep(0.02)
        assert not client.manager.is_alive()
    finally:
        client.close()
