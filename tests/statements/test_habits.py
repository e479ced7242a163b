"""Lines as they are written in school books and in other programs: they work, or a remedy is told."""

import pytest

from plotlang import Notebook

HABITS = [
    ("f(x) := x^2", "f(x) = x^2"),
    ("y := 2x", "y = 2x"),
    ("f: x -> x^2", "f(x) = x^2"),
    ("f(x) -> x^2", "f(x) = x^2"),
    ("y = x^2 for -2<x<2", "{"),
    ("y = x^2 for x > 0", "{x > 0}"),
    ("y = x^2 when x > 0", "{x > 0}"),
    ("y = x^2 where x > 0", "{x > 0}"),
    ("y = x^2 from 0 to 2", "on [0, 2]"),
    ("y = x^2, -2<x<2", "{"),
    ("A(1,2)", "A = (1, 2)"),
    ("A(1|2)", "A = (1, 2)"),
    ("A = (1|2)", "(1, 2)"),
    ("y = x^2 with red on [0,2]", "on [0, 2] with red"),
    ("plot sin(x)", "y = sin(x)"),
    ("y = 0,5x", "0.5"),
    ("title hello", '"hello"'),
    ("y = lim(x)", "limit"),
    ("2 + 2 =", "2 + 2"),
    ("y = sqrt{x}", "sqrt(x)"),
    ("Range -2 2", "range -2 2"),
]


@pytest.mark.parametrize(("line", "remedy"), HABITS)
def test_a_habit_works_or_is_told_how_to_be_written(line, remedy):
    errors = Notebook().run(line).errors
    for error in errors:
        shown = f"{error.message} {error.why} {error.suggestion} {error.fix}".replace(" ", "")
        assert remedy.replace(" ", "") in shown, str(error)


# What is in the name of the line, and the value that the curve must have at 3.
USUAL = [
    ("y = 2x^2-3x+1", 10),
    ("y=x²−2·x+½", 3.5),
    ("y = 3(x-1)(x+2)", 30),
    ("y = (x-1)/(x+1)", 0.5),
    ("y = sqrt(25-x^2)", 4),
    ("y = √(x+1)", 2),
    ("y = |x-5|+1", 3),
    ("y = 2^x", 8),
    ("y = 2^(x-1)", 4),
    ("y = x^2/3", 3),
    ("y = 1/3x^2", 3),
    ("y = -1/3x^2", -3),
    ("y = -2/3x + 1", -1),
    ("y = 4 - 1/2(x-1)^2", 2),
    ("y = x/3 + 1/3x", 2),
    ("y = 6/2x", 9),
    ("y = 6/(2x)", 1),
    ("y = 12/x/2", 2),
    ("y = -x^2", -9),
    ("y = (-x)^2", 9),
    ("y = 10 - -x", 13),
    ("y = sin^2 x + cos^2 x", 1),
    ("y = sin²x + cos²x", 1),
    ("y = ln e^x", 3),
    ("y = lg 10^x", 3),
    ("y = log_2(x+5)", 3),
    ("y = log(x, 3)", 1),
    ("y = x!", 6),
    ("y = {x < 0: -x, else: x^2}", 9),
    ("y = x^2 if x > 0 else 0", 9),
    ("y = (x>2)*5", 5),
    ("y = x % 2", 1),
    ("y = x mod 2", 1),
    ("y = 7 // x", 2),
    ("y = 50% x", 1.5),
    ("y = sum(k^2 for k in 1..x)", 14),
    ("y = sum(x^k for k in 0..2)", 13),
    ("y = integral(2t for t in 0..x)", 9),
    ("y = d/dx(x^3)", 27),
    ("y = -d/dx(x^2)", -6),
    ("y = 2 d/dx x^2", 12),
    ("x^2 + 2x", 15),
    ("f(t) = t^2 + 1", 10),
    ("y = min(x, 2) + max(x, 5)", 7),
    ("y = [4,5,6][2]", 5),
    ("y = 2½x", 7.5),
]


@pytest.mark.parametrize(("line", "value"), USUAL)
def test_usual_lines_mean_what_they_mean_on_the_board(line, value):
    outcome = Notebook().run(line)
    assert outcome.errors == ()
    assert outcome.figure.curves[0].value(3) == pytest.approx(value)


def test_numpy_lines_of_the_recipe_work():
    outcome = Notebook().run(
        "y = sin(x)\ny=cos(x)*exp(-x**2)\ny = np.where(x>0, sqrt(abs(x)), 0)\ny = (x>0)*x % 2\n"
        "y = np.sin(x)/x\ny = numpy.abs(x)\ny = math.pi*x\ny = np.maximum(x, 0)\ny = np.power(x, 2)"
    )
    assert outcome.errors == ()
    assert len(outcome.figure.curves) == 9
    assert (outcome.figure.width, outcome.figure.height) == (600, 400)
    assert outcome.figure.xrange == (-5, 5)


def test_a_function_limited_on_purpose_has_no_note_on_its_gaps():
    assert Notebook().run("f(x) = x^2 on [0, 2]").notes == ()
    assert Notebook().run("f(x) = {x < 0: 1}\ny = x {x > 0}").notes == ()


def test_a_name_defined_twice_in_a_cell_is_told_at_the_second_or_the_last_counts():
    notebook = Notebook()
    outcome = notebook.run("P(x) = x^2\nP = 3")
    for error in outcome.errors:
        assert error.line == 2
        assert "twice" in error.message
    if not outcome.errors:
        assert notebook.value("P") == 3
