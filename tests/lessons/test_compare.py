"""Verdicts on pairs of graphs: equal however they are written, and different however much they look alike."""

import numpy as np
import pytest

from plotlang.language.syntax import Binary, Call, Name
from plotlang.lessons import places
from plotlang.lessons.compare import compare
from plotlang.lessons.graphs import Graph, Window
from plotlang.lessons.rewriting import substituted, with_arguments
from plotlang.model.budget import UNLIMITED
from plotlang.numerics.compile import compile_expr
from tests.lessons.graphs import WINDOW, graph

LINE = graph("y = x")
EQUAL = [
    ("y = 2x+1", "y = 1+2x"),
    ("y - 2x = 1", "y = 2x+1"),
    ("x + 2y = 6", "y = -1/2x + 3"),
    ("2y = 4x+2", "y - 2x = 1"),
    ("y = -x^2+4x-1", "y = -(x-2)^2+3"),
    ("x^2+y^2=9", "y = ±sqrt(9-x^2)"),
    ("5x^2+5y^2=45", "x^2+y^2=9"),
    ("(x^2+y^2)^2=81", "x^2+y^2=9"),
    ("x = 2", "x = 2"),
    ("2x = 4", "x = 2"),
    ("x*y = 1", "y = 1/x"),
    ("y^2 = x", "x = y^2"),
    ("y = abs(x)", "y = sqrt(x^2)"),
    ("y = sin(x)^2+cos(x)^2", "y = 1"),
    ("y = sin(x)^2+cos(x)^2-1", "y = 0"),
    ("y = sin(2x)", "y = 2sin(x)cos(x)"),
    ("y = tan(x)", "y = sin(x)/cos(x)"),
    ("y = e^x*e^x", "y = e^(2x)"),
    ("y = (e^x)^2", "y = e^(2x)"),
    ("y = e^x/e^x", "y = 1"),
    ("y = cosh(x)^2-sinh(x)^2", "y = 1"),
    ("y = ln(x^2)", "y = 2ln(abs(x))"),
    ("y = log(x,2)", "y = ln(x)/ln(2)"),
    ("y = x^2 on [0, 2)", "y = x^2 {0 <= x < 2}"),
    ("y = {x<0: -x, x>=0: x}", "y = abs(x)"),
    ("y = (x^2-1)/(x-1)", "y = (x+1)*(x-1)/(x-1)"),
    ("y = (x-1)(x+1)", "y = x^2-1"),
    ("y = (x+1)^5", "y = x^5+5x^4+10x^3+10x^2+5x+1"),
    ("y = 1/(x-0.1-0.2)", "y = 1/(x-0.3)"),
    ("y = cbrt(x)", "y = x^(1/3)"),
    ("y = 1e-20 x", "y = x/1e20"),
    ("y = 1e20 x^2", "y = x^2*1e20"),
    ("y = sqrt(x^2-2x+1)", "y = abs(x-1)"),
    ("y = integral(t^2 for t in 0..x)", "y = x^3/3"),
    ("y = 1/(x^2-1)", "y = 1/((x-1)(x+1))"),
    ("y = floor(x)", "y = -ceil(-x)"),
    ("y = arctan(x)+arctan(1/x)", "y = pi/2 sign(x) {x != 0}"),
    ("y > x and x^2+y^2<=4", "x^2+y^2<=4 and x<y"),
    ("y > 2x+1", "y-2x>1"),
    ("y < x^2", "x^2 > y"),
    ("x >= 0 and y >= 0 and x+y<=5", "x+y<=5 and x>=0 and y>=0"),
    ("abs(x) < 2", "-2<x<2"),
    ("y = cos(x)", "y = sin(x+pi/2)"),
    ("y = 3sin(2x)", "y = 6 sin(x) cos(x)"),
    ("y = sin(x)/x", "y = sin(x)*1/x"),
    ("y = max(x, -x)", "y = abs(x)"),
    ("y = (x+1)/(x+1)", "y = 1 {x != -1}"),
    ("y = 2^x", "y = e^(x ln 2)"),
    ("y = 1/(1+e^(-x))", "y = e^x/(e^x+1)"),
    ("y = tanh(x)", "y = (e^x-e^(-x))/(e^x+e^(-x))"),
    ("x^2/9+y^2/4=1", "4x^2+9y^2=36"),
    ("y = x", "x = y"),
    ("(y-x)*(y+x)=0", "y^2=x^2"),
    ("abs(y)=abs(x)", "y^2=x^2"),
    ("y = sin(1/x)", "y = -sin(-1/x)"),
    ("y = 0.5x", "y = x/2"),
    ("y = x^2 for x in 0..2", "y = x^2 {0<=x<=2}"),
    ("y = (x^3-x)/x", "y = x^2-1 {x != 0}"),
    ("y = -x/2 + 3", "y = -1/2x + 3"),
    ("y = (x+1)(x-3)", "y = x^2-2x-3"),
    ("y = 1e8+x-1e8", "y = x"),
    ("y = sin(x)+sin(3x)", "y = 2sin(2x)cos(x)"),
    ("y = abs(x^2-4)", "y = sqrt((x^2-4)^2)"),
    ("y = x^2 {x<0 or x>1}", "y = {x<0: x^2, x>1: x^2}"),
    ("y = not(x>1)", "y = {x<=1: 1, else: 0}"),
    ("y = sum(k x for k in 1..4)", "y = 10x"),
    ("not(y > x)", "y <= x"),
    ("y > x or y < -x", "y < -x or x < y"),
    ("xy > 1", "1 < x*y"),
    ("y = arcsin(sin(x)) on [-1, 1]", "y = x on [-1, 1]"),
    ("y = 10^x", "y = e^(x ln(10))"),
    ("y = 1/x + 1/(x-1)", "y = (2x-1)/(x(x-1))"),
]
DIFFERENT = [
    ("y = 2x+3", "y = 2x+1"),
    ("y = 1/2x + 3", "y = -1/2x+3"),
    ("y = sin(pi x)", "y = 0"),
    ("y = cos(2 pi x)", "y = 1"),
    ("y = x^2 + 1e-5", "y = x^2"),
    ("y = 1.00001x", "y = x"),
    ("y = x^2 + max(0, x-7)", "y = x^2"),
    ("y = {abs(x)<=20: x, else: 0}", "y = x"),
    ("y = x + 1e-9 x^3", "y = x"),
    ("y = 1/x", "y = -1/x"),
    ("y = 1/x", "y = 1/(x-0.001)"),
    ("y = tan(x)", "y = tan(x)+0.001"),
    ("y = x", "y = sqrt(x^2)"),
    ("y = e^x", "y = 1+x+x^2/2"),
    ("y = sin(x)", "y = x - x^3/6"),
    ("y = floor(x)", "y = x"),
    ("y = floor(x)", "y = round(x)"),
    ("y = 1e-20 x", "y = 0"),
    ("y = 1e-20 x", "y = 1.1e-20 x"),
    ("y = 1e20 x", "y = 1e20 x + 1e17"),
    ("x = 2", "x = 3"),
    ("x = 2", "y = 2"),
    ("x^2+y^2=9", "x^2+y^2=4"),
    ("y = 0.5x+1", "y = 0.6x+1"),
    ("y < 2x", "y > 2x"),
    ("y > x and x^2+y^2<4", "y>x"),
    ("y > x", "y>x and x^2+y^2<4"),
    ("x^2+y^2<9", "x^2+y^2<4"),
    ("y > x", "y = x"),
    ("y = x", "y > x"),
    ("y = sin(20x)", "y = sin(20.001x)"),
    ("y = sqrt(-1-x^2)", "y = x"),
    ("y = x^3/2", "y = x^3/3"),
    ("x^2+y^2=9", "x^2+y^2=9.01"),
    ("y - 2x = 1", "y = 2x+1.001"),
    ("y = abs(x)", "y = sqrt(x^2+1e-4)"),
    ("y = e^(x^2)", "y = e^(x^2)+1"),
    ("y = x^2", "y = x^4"),
    ("y = x^2 {x<0}", "y = x^2 {x>0}"),
    ("y = max(x,0.00001)", "y = max(x,0)"),
    ("xy = 1", "xy = -1"),
    ("xy = 0", "xy = 0.0001"),
    ("y = arctan(x)", "y = arctan(x)+pi"),
    ("y = frac(x)", "y = x"),
    ("y = mod(x,2)", "y = mod(x,3)"),
    ("y = integral(t^2 for t in 0..x)", "y = x^3/3+0.1"),
    ("y = 1/x^2", "y = 1/x^4"),
    ("y = x sin(1/x)", "y = x cos(1/x)"),
    ("y > x^2", "y > x^2+0.01"),
    ("y = x^2 {x<0 or x>1}", "y = x^3 {x<0 or x>1}"),
    ("y = {x<1: x, else: 2}", "y = {x<1: x, else: 2.5}"),
    ("y = {x<1.0001: 0, else: 1}", "y = {x<1: 0, else: 1}"),
    ("abs(x) < 2", "abs(x) < 2.001"),
    ("y^2 = x", "y^2 = x+0.001"),
]
OTHER_DOMAIN = [
    ("y = sqrt(9-x^2)", "x^2+y^2=9"),
    ("x^2+y^2=9", "y = sqrt(9-x^2)"),
    ("y = x", "y^2=x^2"),
    ("y = x^2", "y = x^2 on [0, 2)"),
    ("y = x^2 on [0,2]", "y = x^2 on [0, 2)"),
    ("y = x^2 on (0,2)", "y = x^2 on [0, 2)"),
    ("y = x^2 on [0,3)", "y = x^2 on [0, 2)"),
    ("y = x+1", "y = (x^2-1)/(x-1)"),
    ("y = (x^2-1)/(x-1)", "y = x+1"),
    ("y = (x^2-0.49)/(x-0.7)", "y = x+0.7"),
    ("y = sqrt(x)^2", "y = x"),
    ("y = ln(x^2)", "y = 2ln(x)"),
    ("y = sin(x)/x", "y = sinc(x/pi)"),
    ("y = x/x", "y = 1"),
    ("y = x {x > -100}", "y = x"),
    ("y = 1/(1/x)", "y = x"),
    ("y = {x<0: -1, x>=0: 1}", "y = {x<=0: -1, x>0: 1}"),
    ("y >= 2x", "y > 2x"),
    ("y > 2x", "y >= 2x"),
    ("y = 2x on [0,1]", "y = 2x on [0, 1.001]"),
    ("y = x^2 on [0.25,0.26]", "y = x^2"),
    ("y = e^(ln(x))", "y = x"),
]
CLOSE = [
    ("y = 0.33x", "y = x/3"),
    ("y = 3.14x", "y = pi x"),
    ("y = 1.41", "y = sqrt(2)"),
    ("y = 0.3333333x - 1", "y = x/3 - 1"),
    ("y = 2.72^x", "y = e^x"),
    ("y = x/3", "y = 0.333x"),
]


def verdict(student, wanted, window=WINDOW):
    return compare(graph(student), graph(wanted), window, UNLIMITED)


@pytest.mark.parametrize(("student", "wanted"), EQUAL)
def test_the_same_graph_written_in_another_way_is_equal(student, wanted):
    assert verdict(student, wanted)
    assert verdict(wanted, student)


@pytest.mark.parametrize(("student", "wanted"), DIFFERENT)
def test_graphs_that_differ_somewhere_are_different(student, wanted):
    assert verdict(student, wanted).kind == "different"
    assert verdict(wanted, student).kind == "different"


@pytest.mark.parametrize(("student", "wanted"), OTHER_DOMAIN)
def test_the_right_formula_on_another_domain_is_told_apart(student, wanted):
    found = verdict(student, wanted)
    assert found.kind == "other_domain"
    assert found.reason
    assert verdict(wanted, student).kind == "other_domain"


@pytest.mark.parametrize(("student", "wanted"), CLOSE)
def test_a_rounded_number_is_close_but_not_equal(student, wanted):
    assert verdict(student, wanted).kind == "close"
    assert not verdict(student, wanted)


@pytest.mark.parametrize(
    "window",
    [Window(0, 6.28, -1, 1), Window(1000, 1001, -3, 3), Window(-1e-3, 1e-3, 0, 1e6), Window(0, 100, 0, 20)],
)
@pytest.mark.parametrize(
    ("student", "wanted"),
    [
        ("y = (x+1)^2", "y = x^2+2x+1"),
        ("y = sin(2x)", "y = 2sin(x)cos(x)"),
        ("x + 2y = 6", "y = 3 - x/2"),
        ("y = 1/x + 1/(x-1)", "y = (2x-1)/(x(x-1))"),
    ],
)
def test_equality_does_not_depend_on_the_window(student, wanted, window):
    assert verdict(student, wanted, window)
    assert not verdict(student, wanted + " + 0.5", window)


def test_a_curve_is_never_a_region():
    assert verdict("y > x", "y = x").kind == "different"
    assert verdict("y = x", "y >= x").kind == "different"


def test_every_comparison_is_the_same_in_every_run():
    assert verdict("y = x^2", "y = x^2 on [0, 2)") == verdict("y = x^2", "y = x^2 on [0, 2)")
    assert (places.inside(-6, 6) == places.inside(-6, 6)).all()


def test_there_are_400_places_in_any_range_and_some_far_outside():
    for low, high in ((-6, 6), (0, 1e-9), (1e6, 1e6 + 1), (-1e5, 1e5)):
        inside = places.inside(low, high)
        assert len(inside) >= 400
        assert ((inside >= low) & (inside <= high)).all()
        rings = places.outside(low, high)
        assert all(((ring < low) | (ring > high)).all() for ring in rings)
        assert max(np.abs(ring).max() for ring in rings) > 900 * max(abs(low), abs(high))


class Stop(Exception):
    """Time is up."""


class Ended:
    def check(self):
        raise Stop


@pytest.mark.parametrize("pair", [("y = x^2", "y = x*x"), ("x^2+y^2=9", "2x^2+2y^2=18")])
def test_a_comparison_stops_when_its_time_is_up(pair):
    student, wanted = (graph(each) for each in pair)
    with pytest.raises(Stop):
        compare(student, wanted, WINDOW, Ended())


def test_shared_parts_stay_shared_when_formulas_are_changed():
    core = Name("x")
    for _ in range(200):
        core = Call("max", (core, core))
    moved = substituted(core, {"x": Binary("+", Name("x"), Name("x"))})
    value, found = compile_expr(moved, "x")(np.array(1.5)), compare(Graph("explicit", (core,)), LINE, WINDOW, UNLIMITED)
    assert value == 3.0
    assert found.kind == "equal"


def test_bound_names_are_not_replaced():
    core = graph("y = sum(x k for k in 1..3)").cores[0]
    swapped = substituted(core, {"x": Name("y"), "k": Name("x")})
    assert compile_expr(swapped, "x", "y")(np.array(100.0), np.array(2.0)) == 12.0


def test_arguments_of_angles_are_scaled_everywhere():
    core = with_arguments(graph("y = sin(x)+cos(2x)").cores[0], frozenset(("sin", "cos")), Name("pi"))
    assert compile_expr(core, "x")(np.array(0.5)) == pytest.approx(1 - 1)
