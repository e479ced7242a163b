"""A real kernel on a notebook that misbehaves: whatever it does, every request is answered and the kernel lives."""

from __future__ import annotations

import time

import pytest

LATEST = 0.5  # seconds from an interrupt to idle
WIDGETS = {"version": "1.0.0"}  # of the control protocol of widgets, as front ends send it


def count(client) -> int:
    return int(client.run("n", store_history=False).texts()[0])


@pytest.mark.parametrize("code", ["raise memory", "raise recursion", "raise exit", "raise stop", "raise x", "recurse"])
def test_no_fault_kills_the_kernel_or_shows_a_traceback(standin, code):
    before = count(standin)
    answer = standin.run(f"value 1\n{code}")
    assert answer.status == "error"
    assert answer.kinds == ["error"]
    shown = str(answer.reply) + str(answer.outputs)
    for word in ("Traceback (most recent", "secret", "standin.py"):
        assert word not in shown
    assert count(standin) == before + 1


@pytest.mark.parametrize("code", ["wait 8", "spin 8", "block 1.5"])
@pytest.mark.parametrize("after", [0.02, 0.3])
def test_interrupt_is_idle_in_time_and_changes_nothing(standin, code, after):
    count(standin)
    before = count(standin)
    answer = standin.run_interrupted(code, after)
    assert answer.status == "error"
    assert answer.reply["ename"] == "Interrupted"
    assert answer.seconds < LATEST
    assert count(standin) == before + 1


@pytest.mark.parametrize("code", ["draw_badly x"])
def test_a_picture_that_cannot_be_drawn_changes_nothing(standin, code):
    before = count(standin)
    assert standin.run(code).kinds == ["error"]
    assert count(standin) == before + 1


def test_a_picture_of_another_cell_that_cannot_be_drawn_is_left_alone(standin):
    answer = standin.run("refresh_badly x\nrefresh p\nvalue 1")
    assert answer.status == "ok"
    assert answer.kinds == ["execute_result", "update_display_data", "update_display_data"]


def test_interrupt_while_drawing_changes_nothing(standin):
    count(standin)
    before = count(standin)
    assert standin.run_interrupted("draw_slowly x").seconds < LATEST
    assert count(standin) == before + 1


def test_interrupt_while_idle_does_nothing(standin):
    before = count(standin)
    for _ in range(5):
        standin.manager.interrupt_kernel()
        time.sleep(0.02)
    assert count(standin) == before + 1
    assert standin.run("value 1").status == "ok"


def test_interrupt_storm(standin):
    before = count(standin)
    took_effect = 0
    for n in range(30):
        answer = standin.run_interrupted("wait 0.02", after=0.001 * n)
        took_effect += answer.status == "ok"
    assert count(standin) == before + took_effect + 1
    assert standin.manager.is_alive()


def test_interrupt_at_the_first_sign_of_life(standin):
    """The kernel has just told that it is busy; the cell may not even have reached the engine."""
    for _ in range(10):
        request = standin.send_cell("wait 8")
        while standin.channels.get_iopub_msg(timeout=5)["parent_header"].get("msg_id") != request:
            pass
        start = time.monotonic()
        standin.manager.interrupt_kernel()
        assert standin.reply(request)["ename"] == "Interrupted"
        assert time.monotonic() - start < LATEST


def test_interrupt_request_on_the_control_channel(standin):
    request = standin.send_cell("wait 8")
    time.sleep(0.2)
    control = standin.send("interrupt_request", {}, channel="control")
    assert standin.reply(control, channel="control")["status"] == "ok"
    assert standin.answer(request).reply["ename"] == "Interrupted"


def test_after_an_error_waiting_cells_are_dropped_if_asked(standin):
    first = standin.send_cell("wait 0.2\nerror a", stop_on_error=True)
    second = standin.send_cell("value 1", stop_on_error=True)
    assert standin.answer(first).status == "error"
    assert standin.answer(second).status == "aborted"
    assert standin.run("value 1").status == "ok"


def test_silent_shows_nothing_but_takes_effect(standin):
    before = count(standin)
    answer = standin.run("value 1\ndraw\nerror a", silent=True, store_history=False)
    assert answer.messages[0]["content"] == {"execution_state": "busy"}
    assert answer.outputs == []
    assert count(standin) == before + 2


def test_pages_go_to_the_pager(standin):
    (page,) = standin.run("page hello").reply["payload"]
    assert page == {"source": "page", "data": {"text/plain": "hello"}, "start": 0}


def test_without_history_the_count_stays(standin):
    first = standin.run("value 1").reply["execution_count"]
    assert standin.run("value 1", store_history=False).reply["execution_count"] == first + 1
    assert standin.run("value 1").reply["execution_count"] == first + 1


def test_cell_ids_and_deleted_cells_arrive(standin):
    assert standin.run("id", cell_id="a", deleted=("b", "c")).texts() == ["a b,c"]
    assert standin.run("id").texts() == ["None "]


@pytest.mark.parametrize(
    "metadata", [{"cellId": 5, "deletedCells": 7}, {"cellId": ["a"], "deletedCells": [1, None]}, {"cellId": None}]
)
def test_strange_metadata_is_no_metadata(standin, metadata):
    assert standin.answer(standin.send_cell("id", metadata=metadata)).texts() == ["None "]


def test_lone_surrogates(standin):
    answer = standin.run("value a\ud800b")
    assert answer.texts() == ["a\ufffdb"]
    assert standin.run("error \udfff").status == "error"
    assert standin.ask("complete", code="\ud800", cursor_pos=1)["status"] == "ok"
    assert standin.ask("is_complete", code="\ud800")["status"] == "complete"


@pytest.mark.parametrize("kind", ["execute", "complete", "inspect", "is_complete", "history"])
def test_malformed_requests_are_answered(standin, kind):
    assert standin.ask(kind)["status"] == "error"


def test_what_is_not_served_is_refused(standin):
    request = standin.send("create_subshell_request", {}, channel="control")
    assert standin.reply(request, channel="control")["status"] == "error"


def test_prints_of_libraries_stay_out_of_the_cell(standin):
    assert standin.run("print hello").outputs == []


def test_refreshes_are_merged_while_cells_wait(standin):
    gate = standin.send_cell("wait 0.3")
    requests = [standin.send_cell(f"refresh {name}") for name in ("p", "q", "p")]
    standin.answer(gate)
    answers = [standin.answer(each) for each in requests]
    assert [each.kinds for each in answers[:2]] == [[], []]
    shown = [each["content"]["transient"]["display_id"] for each in answers[2].outputs]
    assert shown == ["q", "q-words", "p", "p-words"]


def test_refreshes_are_not_lost_by_an_error(standin):
    gate = standin.send_cell("wait 0.2")
    first = standin.send_cell("refresh p")
    second = standin.send_cell("error a", stop_on_error=True)
    third = standin.send_cell("value 1")
    standin.answer(gate)
    assert standin.answer(first).kinds == []
    assert standin.answer(second).kinds == ["error", "update_display_data", "update_display_data"]
    assert standin.answer(third).status == "aborted"


def test_outputs_have_the_right_parent(standin):
    requests = [standin.send_cell(f"value {n}") for n in range(10)]
    assert [standin.answer(each).texts() for each in requests] == [[str(n)] for n in range(10)]


def test_unknown_comms_are_survived(standin):
    for kind, content in [
        ("comm_msg", {"comm_id": "nobody", "data": {}}),
        ("comm_close", {"comm_id": "nobody", "data": {}}),
        ("comm_open", {"comm_id": "x", "target_name": "no such target", "data": {}}),
        ("comm_open", {"comm_id": 7}),
        ("comm_msg", None),
    ]:
        standin.published(standin.send(kind, content))
    assert standin.run("value 1").texts() == ["1"]


def test_widget_control_comm_answers(standin):
    opened = {"comm_id": "control", "target_name": "jupyter.widget.control", "data": {}}
    standin.published(standin.send("comm_open", opened, metadata=WIDGETS))
    assert "control" in standin.ask("comm_info", target_name="jupyter.widget.control")["comms"]
    asked = {"comm_id": "control", "data": {"method": "request_states"}}
    told = standin.published(standin.send("comm_msg", asked))
    answers = [each["content"]["data"]["method"] for each in told if each["msg_type"] == "comm_msg"]
    assert answers == ["update_states"]


def test_comms_are_handled_while_a_cell_runs(standin):
    request = standin.send_cell("wait 0.6")
    time.sleep(0.1)
    opened = {"comm_id": "during", "target_name": "jupyter.widget.control", "data": {}}
    standin.send("comm_open", opened, metadata=WIDGETS)
    assert standin.answer(request).status == "ok"
    assert "during" in standin.ask("comm_info")["comms"]
