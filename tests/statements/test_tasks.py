"""Tasks of lessons: what a teacher writes, what a student does, and what a check says."""

from __future__ import annotations

import pytest

from plotlang import Notebook

LINE = 'task line "Draw the line through (0, 1) with slope 2."\nexpect curve y = 2x + 1'


def lesson(task, *cells):
    """The outcome of the last cell, each with an id of its own."""
    notebook = Notebook()
    notebook.run(task, cell_id="task")
    for number, cell in enumerate(cells):
        outcome = notebook.run(cell, cell_id=f"c{number}")
    return outcome


def feedback(task, *cells):
    """What the last cell, a check, says."""
    (found,) = [each for result in lesson(task, *cells).results for each in result.feedback]
    return found


def verdict(task, *cells):
    return feedback(task, *cells).verdict


@pytest.mark.parametrize(
    "work", ["y = 2x + 1", "y = 1 + x + x", "y - 2x = 1", "2y = 4x + 2", "f(x) = 2(x + 1/2)", "y = 5\ny = 2x + 1"]
)
def test_right_work_is_right_however_it_is_written(work):
    assert verdict(LINE, work, "check line") == "correct"


@pytest.mark.parametrize(
    ("work", "said"),
    [
        ("y = 2x + 3", "2 too high"),
        ("y = 3x + 1", "the slope is 3"),
        ("y = -2x + 1", "reflected in the y-axis"),
        ("y = 2x + 1 on [0, 1]", "domain"),
        ("(0, 1)", "no curve of yours yet"),
        ("y > 2x + 1", "a curve is wanted, not a shaded region"),
    ],
)
def test_wrong_work_is_told_what_is_different(work, said):
    found = feedback(LINE, work, "check line")
    assert (found.verdict, found.points, found.most) == ("wrong", 0, 1)
    assert said in found.message


def test_what_stood_there_before_the_task_and_its_target_are_not_the_students():
    task = "y = 2x + 1\n" + LINE + "\ntarget y = 2x + 1"
    assert "no curve of yours yet" in feedback(task, "check").message
    assert verdict(task, "y = 1 + 2x", "check") == "correct"


def test_the_function_in_place_of_its_derivative_is_told():
    task = 'let p(x) = x^3/3 - x\ntask d "Draw the derivative of p."\nexpect curve y = p\'(x)'
    assert verdict(task, "y = x^2 - 1", "check d") == "correct"
    assert "derivative" in feedback(task, "y = x^3/3 - x", "check d").message


def test_a_target_is_drawn_but_counts_as_no_curve():
    outcome = lesson('task m "Match it."\ntarget y = x^2', "y = x^2\ncheck m")
    assert [each.verdict for each in outcome.results[0].feedback] == ["correct"]
    assert len(outcome.figure.curves) == 1
    assert outcome.figure.objects == 2


def test_the_newest_curve_is_the_one_that_is_talked_about():
    assert "2 too high" in feedback(LINE, "y = x^2", "y = 2x + 3", "check line").message


def test_work_in_a_figure_of_its_own_counts():
    assert verdict(LINE, "new figure\ny = 2x + 1", "check line") == "correct"
    assert verdict(LINE, "y = 2x + 1", "new figure\ny = x^2\nfigure 1", "check line") == "correct"


@pytest.mark.parametrize(
    ("expectation", "right", "wrong"),
    [
        ("expect f(x) = x^2 - 1", "f(x) = (x - 1)(x + 1)", "f(x) = x^2"),
        ("expect f(x + pi) = f(x)", "f(x) = sin(2x)", "f(x) = sin(x)"),
        ("expect roots(f) = [-1, 3]", "f(x) = -(x + 1)(x - 3)", "f(x) = x(x - 3)"),
        ("expect maxima(f)[1] = (1, 3)", "f(x) = 3 - (x - 1)^2", "f(x) = 3 - x^2"),
        ("expect f(2) = 5", "f(x) = x + 3", "f(x) = x"),
        ("expect f'(0) > 0", "f(x) = sin x", "f(x) = cos x"),
        ("expect a = 2 within 0.1", "a = 1.95", "a = 1.8"),
        ("expect point (3, 2)", "(3, 2)", "(4, 0)"),
        ("expect point (3, 2) within 0.5", "P = (3.4, 2)", "P = (3.6, 2)"),
        ("expect passes (0, 1)", "y = cos x", "y = sin x"),
        ("expect passes (3, 4)", "x^2 + y^2 = 25", "x^2 + y^2 = 24"),
        ("expect region y > x and x^2 + y^2 <= 4", "x^2 + y^2 <= 4 and x < y", "y > x"),
        ("expect curve x^2 + y^2 = 9", "x^2/9 + y^2/9 = 1", "x^2 + y^2 = 3"),
        ("expect curve y = x^2 on [0, 2)", "y = x^2 {0 <= x < 2}", "y = x^2 {0 <= x <= 2}"),
        ("expect y = 2x", "y = x + x", "y = x"),
        ("expect x = 2", "2x = 4", "x = 3"),
        ("expect y > 2x", "y > x + x", "y < 2x"),
        ("expect uses sin", "y = sin x", "y = cos x"),
        ("expect not uses abs", "y = sqrt(x^2)", "y = abs x"),
    ],
)
def test_every_form_of_expect(expectation, right, wrong):
    task = f'task t "Do it."\n{expectation}'
    assert verdict(task, right, "check t") == "correct"
    assert verdict(task, wrong, "check t") == "wrong"
    own = feedback(f'{task} else "Look again."', wrong, "check t")
    assert own.message == "Look again."


def test_names_that_are_missing_yet_are_feedback_and_no_error():
    outcome = lesson('task t "Call it g."\nexpect g(0) = 1', "check t")
    assert outcome.errors == ()
    assert outcome.results[0].feedback[0].verdict == "wrong"
    assert "g" in outcome.results[0].feedback[0].message


def test_points_are_shared_among_what_is_expected():
    task = 'task t "Do it." points 4\nexpect f(0) = 1\nexpect f(1) = 2'
    assert feedback(task, "f(x) = 1 + x^3", "check t").points == 4
    assert feedback(task, "f(x) = 1 + 3x", "check t").points == 2
    assert feedback(task, "f(x) = 7", "check t").points == 0


def test_a_check_follows_a_slider():
    notebook = Notebook()
    notebook.run('task t "Move it."\nexpect a = 2', cell_id="t")
    notebook.run("slider a -5 5\ny = a x", cell_id="s")
    assert notebook.run("check t\nprogress", cell_id="c").results[0].feedback[0].verdict == "wrong"
    notebook.move_slider("a", 2)
    again = notebook.run("check t\nprogress", cell_id="c")
    assert again.results[0].feedback[0].verdict == "correct"
    assert "all done" in again.results[1].text


def test_hints_come_one_by_one():
    notebook = Notebook()
    notebook.run(LINE + '\nhint "First."\nhint "Second."', cell_id="t")
    said = [notebook.run("hint line", cell_id=f"h{n}").results[0].text for n in range(3)]
    assert ["First." in said[0], "Second." in said[1], "Second." in said[2]] == [True] * 3
    assert "Second." not in said[0]


def test_reveal_shows_the_answer_and_draws_nothing():
    outcome = lesson(LINE + "\nanswer y = 2x + 1", "reveal line")
    assert "y = 2x + 1" in outcome.results[0].text
    assert outcome.figures == ()


@pytest.mark.parametrize(
    ("question", "reply", "expected"),
    [
        ('question q "?" = 13', "13", "correct"),
        ('question q "?" = 13', "26/2", "correct"),
        ('question q "?" = 4.5', "9/2", "correct"),
        ('question q "?" = 13', "12", "wrong"),
        ('question q "?" "a" "b" = "b"', '"b"', "correct"),
        ('question q "?" choices "a" "b" = "b"', '"a"', "wrong"),
    ],
)
def test_questions(question, reply, expected):
    assert verdict(question, f"reply q {reply}") == expected


def test_progress_counts_and_keeps_what_was_done_when_a_later_task_uses_the_same_name():
    notebook = Notebook()
    notebook.run('task a1 "Do it."\nexpect f(0) = 1', cell_id="1")
    notebook.run("f(x) = x + 1\ncheck a1", cell_id="2")
    notebook.run('new figure\ntask a2 "Do it."\nexpect f(0) = 5\nquestion q "?" = 2', cell_id="3")
    notebook.run("f(x) = x + 4\ncheck a2", cell_id="4")
    (said,) = notebook.run("progress", cell_id="5").results
    assert said.text.splitlines() == [
        "1 of 3 tasks done, 1 of 3 points", "✓ a1   1 of 1", "✗ a2   0 of 1", "○ q   0 of 1", "next: a2",
    ]  # fmt: skip
    assert [each.verdict for each in said.feedback] == ["correct", "wrong", "open"]


def test_two_hundred_tasks_are_fine():
    notebook = Notebook()
    cells = "\n".join(f'task t{n} "Do it."\nexpect f(0) = {n}' for n in range(200))
    assert notebook.run(cells, cell_id="t").errors == ()
    assert notebook.run("f(x) = 7\ncheck t7\nprogress", cell_id="c").results[1].text.startswith("1 of 200")


@pytest.mark.parametrize(
    ("cells", "said", "hint"),
    [
        (["check"], "there is no task to check", "run the cell with the task first"),
        (['task t "Do it."\nexpect curve r = 1 + cos θ'], "nothing that can be compared", "x^2 + y^2 = 9"),
        ([LINE, "check lime"], "there is no task lime", "did you mean line?"),
        ([LINE, LINE], "there is a task or question line already", "choose another name"),
        (["expect y = 2"], "expect belongs to a task", "above the expect line"),
        (['hint "Go."'], "hint belongs to a task", "above the hint line"),
        (["answer y = 2"], "answer belongs to a task", ""),
        (['task t "Do it."\nexpect curve roots f'], "roots is a command here, not a formula", "roots(f)"),
        (['task t "Do it."\nexpect uses 2x'], "uses needs one name", "expect uses sin"),
        (['task t "Do it."\nexpect f(2) = 1 within -1'], "within needs a positive number", "within 0.01"),
        (['question q "?" "a" "b" = "c"'], "the answer c is none of the choices", "a or b"),
        (["reply q 2"], "there is no question q", "question asks one"),
        (["target 5"], "a target is a curve y = f(x)", "target y = x^2"),
    ],
)
def test_mistakes_are_told(cells, said, hint):
    notebook = Notebook()
    for number, cell in enumerate(cells):
        outcome = notebook.run(cell, cell_id=str(number))
    (error,) = outcome.errors
    assert said in error.message
    assert hint in error.suggestion


def test_a_task_without_expect_is_open():
    assert verdict('task t "Think."', "check t") == "open"


def test_a_deleted_task_is_told_at_its_check():
    notebook = Notebook()
    notebook.run(LINE, cell_id="t")
    notebook.run("y = 2x + 1", cell_id="w")
    notebook.delete("t")
    (error,) = notebook.run("check line", cell_id="c").errors
    assert "there is no task to check" in error.message


def test_a_task_can_be_run_again():
    notebook = Notebook()
    for _ in range(2):
        assert notebook.run(LINE, cell_id="t").errors == ()


def test_the_picture_of_a_wrong_check_shows_both_graphs():
    sketch = feedback(LINE, "y = 2x + 3", "check line").sketch
    assert [mark.target for mark in sketch.figure.marks] == [True, False]
    assert feedback(LINE, "y = 2x + 1", "check line").sketch is None


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("check ", {"line", "match"}),
        ("hint l", {"line"}),
        ("reveal ma", {"match"}),
        ("reply ", {"zeros"}),
        ("expect cu", {"curve"}),
        ("expect curve y = si", {"sin", "sinh", "sign"}),
    ],
)
def test_completion_knows_tasks_questions_and_forms(typed, words):
    notebook = Notebook()
    notebook.run('task line "x"\ntask match "x"\nquestion zeros "?" = 2')
    found = {each.text for each in notebook.complete(typed, len(typed)).matches}
    assert words <= found
    assert typed.split()[0] == "expect" or found == words
