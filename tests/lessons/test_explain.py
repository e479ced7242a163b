"""What feedback says: the eight lessons, and one sentence for each kind of mistake."""

import random

import pytest

from plotlang.lessons.compare import compare
from plotlang.lessons.explain import explain
from plotlang.lessons.graphs import Graph, Window
from plotlang.lessons.moves import Move, moved
from plotlang.lessons.numbers import number, simple
from plotlang.model.budget import UNLIMITED
from tests.lessons.graphs import WINDOW, graph

MESSAGES = [
    ("y = 1/2x + 3", "y = -1/2x+3", "reflected in the y-axis"),
    ("y = -(x+2)^2+3", "y = -(x-2)^2+3", "right shape, but 4 too far left"),
    ("y = (x-2)^2+3", "y = -(x-2)^2+3", "upside down"),
    ("y = x^2", "y = x^2 on [0, 2)", "different domain"),
    ("y = x^2+1", "y = x^2-1", "2 too high"),
    ("y = x^3/2", "y = x^3/3", "stretched by 1.5 in y-direction"),
    ("y = 2x+3", "y = 2x+1", "right shape, but 2 too high"),
    ("x+2y=6", "y = -1/2x+3", "right"),
    ("x+2y=4", "y = -1/2x+3", "1 too low"),
    ("y = 3x+1", "y = 2x+1", "right y-intercept, but the slope is 3"),
    ("y = 2x+3", "y = 3x+2", "swapped"),
    ("y = -2x-1", "y = 2x+1", "reflected in the x-axis"),
    ("y = (x-1)^2-3", "y = (x-2)^2", "1 too far left and 3 too low"),
    ("y = -sin(x)", "y = sin(x)", "upside down"),
    ("y = sin(x)", "y = cos(x)", "π/2 too far"),
    ("y = cos(x)", "y = sin(x)", "π/2 too far left"),
    ("y = 3sin(x)", "y = sin(x)", "stretched by 3 in y-direction"),
    ("y = 6sin(2x)", "y = 3 sin(2x)", "stretched by 2 in y-direction"),
    ("y = sin(2x)", "y = sin(x)", "stretched by 0.5 in x-direction"),
    ("y = 3sin(x)", "y = 3sin(2x)", "stretched by 2 in x-direction"),
    ("y = sin(pi x/180)", "y = sin(x)", "degrees instead of radians"),
    ("y = sin(x)", "y = sin(pi x/180)", "radians instead of degrees"),
    ("y = e^(-x)", "y = e^x", "reflected in the y-axis"),
    ("y = -e^x", "y = e^x", "upside down"),
    ("y = 3x^2", "y = x^3", "derivative of the wanted"),
    ("y = x^3/3-x", "y = x^2-1", "derivative of this"),
    ("y = 1/(x-1)", "y = 1/x", "1 too far right"),
    ("y = sqrt(x+2)", "y = sqrt(x)", "2 too far left"),
    ("y = 1/x-3", "y = 1/x", "3 too low"),
    ("y = ln(x-2)", "y = ln(x)", "2 too far right"),
    ("y = floor(x)+1", "y = floor(x)", "1 too high"),
    ("y = abs(x-2)", "y = abs(x-1)", "1 too far right"),
    ("y = 2(x-1)^2+3", "y = (x-1)^2+3", "right vertex, but stretched by 2 in y-direction"),
    ("y = -(x+1)^2+3", "y = (x-2)^2+3", "upside down (check the sign in front) and"),
    ("x = 3", "x = 2", "1 too far right"),
    ("y = 2^x", "y = x^2", "a different"),
    ("y = 0.33x+1", "y = x/3+1", "rounded"),
    ("y = ln(x)", "y = e^x", "inverse"),
    ("(x-2)^2+y^2=4", "x^2+y^2=4", "2 too far right"),
    ("x^2+y^2=16", "x^2+y^2=4", "times as large"),
    ("y = sqrt(9-x^2)", "x^2+y^2=9", "a part is missing"),
    ("x = y^2", "y = x^2", "x and y are swapped"),
    ("y = -x^2", "y = x^2", "reflected in the x-axis"),
    ("(x+1)^2/4+(y-2)^2=1", "x^2/4+y^2=1", "1 too far left and 2 too high"),
    ("y < 2x", "y > 2x", "the other side"),
    ("y >= 2x", "y > 2x", "border should not belong"),
    ("y > 2x", "y >= 2x", "border should belong"),
    ("y > x", "y > x and x^2+y^2<=4", "too much"),
    ("y > x and x^2+y^2<=4", "y > x", "a part is missing"),
    ("y = x", "y > x", "region should be shaded"),
    ("y > x", "y = x", "not a shaded region"),
    ("x^2+y^2<4", "y > x", "a different region"),
    ("y = x^2+2 on [0,2)", "y = x^2 on [0,2)", "2 too high"),
    ("y = x^2+2", "y = x^2 on [0,2)", "and the domain is different too"),
    ("y = 2^(x-1/2)", "y = 2^x", "0.5 too far right"),
    ("y = x^2+1/3", "y = x^2", "1/3 too high"),
    ("y = x^2+sqrt(2)", "y = x^2", "√2 too high"),
    ("y = 2sin(x)+1", "y = sin(x)", "stretched by 2 in y-direction and 1 too high"),
    ("y = 2x-2", "y = 3x-3", "right zero"),
    ("y = 2x-2", "y = 3x+5", "different line"),
    ("y = 5", "y = 3", "2 too high"),
    ("y = ln(2x)+x", "y = ln(x)+x", "0.6931 too high"),
    ("y = ln(2x)", "y = ln(x)", "stretched by 0.5 in x"),
    ("y = -x^3+2x", "y = x^3-2x", "upside down"),
    ("y = x^2 {x>-50}", "y = x^2", "outside the picture"),
    ("y = x+1", "y = (x^2-1)/(x-1)", "point at x = 1"),
    ("y = x^2 on [0,2]", "y = x^2 on [0,2)", "point at x = 2 should not"),
    ("y = tan(x-1)+1", "y = tan(x)", "1 too far right and 1 too high"),
    ("y = sqrt(-x)", "y = sqrt(x)", "reflected in the y-axis"),
    ("y = x^4-x", "y = sin(x)+e^x", "a different curve"),
]


def message(student, wanted, window=WINDOW, **more):
    return explain(graph(student), graph(wanted), window, UNLIMITED, **more).message


@pytest.mark.parametrize(("student", "wanted", "words"), MESSAGES)
def test_the_message_names_the_mistake(student, wanted, words):
    assert words in message(student, wanted)


@pytest.mark.parametrize(
    ("student", "wanted", "window", "words"),
    [
        ("y = 1/2x + 3", "y = -1/2x + 3", Window(-6, 6, -2, 8), "reflected in the y-axis"),
        ("x + 2y = 6", "y = -1/2x + 3", Window(-6, 6, -2, 8), "right"),
        ("y = -(x+2)^2 + 3", "y = -(x-2)^2 + 3", Window(-4, 6, -6, 6), "right shape, but 4 too far left"),
        ("y = (x-2)^2 + 3", "y = -(x-2)^2 + 3", Window(-4, 6, -6, 6), "upside down"),
        ("y = -x^2 + 4x - 1", "y = -(x-2)^2 + 3", Window(-4, 6, -6, 6), "right"),
        ("y = x^2", "y = x^2 on [0, 2)", Window(-1, 4, -1, 16), "different domain"),
        ("y = x^2 {0 <= x < 2}", "y = x^2 on [0, 2)", Window(-1, 4, -1, 16), "right"),
        ("x^2 + y^2 <= 4 and x < y", "y > x and x^2 + y^2 <= 4", Window(-3, 3, -3, 3), "right"),
        ("y = x^2 + 1", "y = x^2 - 1", Window(-3, 3, -2, 9), "2 too high"),
        ("y = x^3/2", "y = x^3/3", Window(0, 3, 0, 9), "stretched by 1.5"),
        ("y = 2x + 3", "y = 2x + 1", Window(-5, 5, -9, 11), "2 too high"),
    ],
)
def test_the_lessons(student, wanted, window, words):
    found = message(student, wanted, window)
    assert found == words if words == "right" else words in found


def test_the_function_for_its_derivative_is_named():
    parent = graph("y = x^3/3 - x").cores[0]
    assert "the function itself" in message("y = x^3/3 - x", "y = x^2 - 1", parent=parent)
    assert "2 too high" in message("y = x^2 + 1", "y = x^2 - 1", parent=parent)


@pytest.mark.parametrize("text", ["y = x^2", "y = 1/x", "y = e^x", "y = sqrt(x)", "y = tan(x)", "y = x^3-2x"])
@pytest.mark.parametrize(("right", "above"), [(1, 0), (-2.5, 0), (0, 3), (0, -1 / 3), (2, 1), (-1, -1.5)])
def test_a_shift_is_found_and_told_as_it_is(text, right, above):
    wanted = graph(text)
    student = Graph("explicit", (moved(wanted.cores[0], Move(right=right, above=above)),))
    found = explain(student, wanted, WINDOW, UNLIMITED).message
    assert "right shape, but" in found
    if right:
        assert f"{number(abs(right))} too far {'right' if right > 0 else 'left'}" in found
    if above:
        assert f"{number(abs(above))} too {'high' if above > 0 else 'low'}" in found


FORMULAS = [
    "y = 2x+1", "y = 0", "y = 1/x", "y = tan(20x)", "y = sin(1/x)", "y = e^(x^2)", "y = ln(x)", "y = sqrt(-1-x^2)",
    "y = x^2 on [0,2)", "y = floor(x)", "y = gamma(x)", "y = 1e300 x", "y = integral(e^(-t^2) for t in 0..x)",
    "y = x {x=2}", "x = 2", "x = y^2", "x^2+y^2=9", "x^2+y^2=-1", "x^2+y^2=0", "sin(x)=sin(y)", "x^2=4",
    "y = ±sqrt(x)", "y > tan(x)", "x > 5 and x < 4", "y >= x^2", "floor(x)=floor(y)",
]  # fmt: skip


@pytest.mark.parametrize("seed", range(40))
def test_any_two_graphs_get_one_sentence(seed):
    chosen = random.Random(seed)
    first, second = chosen.choice(FORMULAS), chosen.choice(FORMULAS)
    window = chosen.choice([WINDOW, Window(1e5, 1e5 + 1, -3, 3), Window(-1e-3, 1e-3, 0, 1e6)])
    found = explain(graph(first), graph(second), window, UNLIMITED)
    assert found.message
    assert "\n" not in found.message
    assert (found.kind == "equal") == bool(compare(graph(first), graph(second), window, UNLIMITED))


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (2, "2"), (-1.5, "−1.5"), (1 / 3, "1/3"), (-2 / 7, "−2/7"), (3.141592653589793 / 2, "π/2"), (2**0.5, "√2"),
        (0.6931471805599453, "0.6931"), (0, "0"), (1e9, "1e+09"), (float("nan"), "undefined"),
        (3 * 2**0.5 / 2, "3√2/2"),
    ],
)  # fmt: skip
def test_numbers_are_written_as_a_teacher_would(value, text):
    assert number(value) == text


def test_a_number_is_simple_only_if_it_is_near_to_one():
    assert simple(0.33333333, 1e-7) == 1 / 3
    assert simple(2.00000001, 1e-7) == 2
    assert simple(0.6931471805599453, 1e-7) is None
    assert simple(1e-12, 1e-7) == 0
