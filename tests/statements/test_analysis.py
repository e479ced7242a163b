"""What is found on curves: what it prints, what it marks, and how it follows the notebook."""

import math

import numpy as np
import pytest

from plotlang import Notebook
from plotlang.model.geometry import Dots


def printed(outcome, name):
    assert outcome.errors == ()
    return next(each for each in reversed(outcome.results) if each.name == name)


def dots(picture):
    """All dots of a picture that lie in it, as sorted pairs."""
    found = [shape.points for item in picture.worked.drawing.items for shape in item.shapes if isinstance(shape, Dots)]
    low, high = picture.xrange
    return sorted((round(float(x), 6), round(float(y), 6)) for each in found for x, y in each if low <= x <= high)


@pytest.mark.parametrize(
    ("cell", "name", "numbers"),
    [
        ("f(x) = x^3 - 3x\nroots f", "roots", (-math.sqrt(3), 0, math.sqrt(3))),
        ("f(x) = x^3 - 3x\nroots f on [0, 1]", "roots", (0,)),
        ("roots (x-1)^2", "roots", (1,)),
        ("roots |x| - 2", "roots", (-2, 2)),
        ("y = x^2 - 1\nroots", "roots", (-1, 1)),
        ("y = x\ny = x^2 - 1\nroots 2", "roots", (-1, 1)),
        ('height: y = x^2 - 1\ny = x\nroots "height"', "roots", (-1, 1)),
        ("height: y = x^2 - 1\ny = x\nroots height", "roots", (-1, 1)),
        ("f(x) = x^2 - 2x\nroots f'", "roots", (1,)),
        ("range 0 2pi\nroots 3sin(2x)", "roots", tuple(k * math.pi / 2 for k in range(5))),
        ("roots 1/x", "roots", ()),
        ("f(x) = x^2 - 1\nroots of f", "roots", (-1, 1)),
        ("f(x) = x^2\ntangent to f at x = 3", "tangent", (3, 9, 6, -9)),
        ("f(x) = x^2\narea under f on [0, 2]", "area", (8 / 3,)),
        ("extrema x^3 - 3x", "extrema", (-1, 2, 1, -2)),
        ("maxima x^3 - 3x", "maxima", (-1, 2)),
        ("minima x^3 - 3x", "minima", (1, -2)),
        ("inflections x^3 - 3x", "inflections", (0, 0)),
        ("asymptotes 1/x", "asymptotes", (0,)),
        ("asymptotes tan(x)", "asymptotes", (-1.5 * math.pi, -0.5 * math.pi, 0.5 * math.pi, 1.5 * math.pi)),
        ("intersect x^2 and x + 2", "intersect", (-1, 1, 2, 4)),
        ("y = x^2\ny = x + 2\nintersect", "intersect", (-1, 1, 2, 4)),
        ("f(x) = x^2\ng(x) = x + 2\nintersect f, g on [0, 5]", "intersect", (2, 4)),
        ("tangent x^2 at 3", "tangent", (3, 9, 6, -9)),
        ("f(x) = x^2\ntangent f at [1, 2]", "tangent", (1, 1, 2, -1, 2, 4, 4, -4)),
        ("normal x^2 at 1", "normal", (1, 1, -0.5, 1.5)),
        ("normal x^2 at 0", "normal", (0, 0)),
        ("secant x^2 from 0 to 2", "secant", (0, 2, 0, 4, 2, 0)),
        ("area x^2 from 0 to 2", "area", (8 / 3,)),
        ("area x^3 from -1 to 1", "area", (0.5,)),
        ("area between x and x^3", "area", (0.5,)),
        ("area between x + 2 and x^2", "area", (4.5,)),
        ("area x^2 - 1", "area", (4 / 3,)),
        ("riemann x^2 from 0 to 2 boxes 4 left", "riemann", (1.75,)),
        ("riemann x^2 from 0 to 2 boxes 4 right", "riemann", (3.75,)),
        ("riemann x^2 from 0 to 2 boxes 4 mid", "riemann", (2.625,)),
        ("riemann x^2 from 0 to 2 boxes 4 trap", "riemann", (2.75,)),
        ("solve x^2 = 2", "solve", (-math.sqrt(2), math.sqrt(2))),
        ("solve x^2 = 200", "solve", (-math.sqrt(200), math.sqrt(200))),
        ("solve cos(x) = x", "solve", (0.7390851332151607,)),
        ("solve 2t + 3 = 7", "solve", (2,)),
        ("solve 2x = 5000", "solve", (2500,)),
        ("solve x^2 = 2 for x from 0 to 5", "solve", (math.sqrt(2),)),
        ("solve sin(x) = 0 on [1, 7]", "solve", (math.pi, 2 * math.pi)),
        ("f(x) = x^2\nvalue f at 3", "value", (9,)),
        ("f(x) = x^2\nvalue f at [1, 2]", "value", (1, 4)),
    ],
)  # fmt: skip
def test_what_is_printed(cell, name, numbers):
    found = printed(Notebook().run(cell), name)
    np.testing.assert_allclose(found.numbers, numbers, atol=1e-9)


@pytest.mark.parametrize(
    ("formula", "value"),
    [
        ("length(roots(x^3 - 3x))", 3),
        ("roots(x^3 - 3x)[3]", math.sqrt(3)),
        ("roots(x^3 - 3x, 1, 2)[1]", math.sqrt(3)),
        ("maxima(x^3 - 3x)[1].y", 2),
        ("minima(x^3 - 3x)[1].x", 1),
        ("length(extrema(sin(x)))", 4),
        ("inflections(x^3)[1].x", 0),
        ("intersect(x^2, x + 2)[2].y", 4),
        ("solve(x^2 = 9)[2]", 3),
        ("slope(x^3, 2)", 12),
        ("tangent(x^2, 3, 0)", -9),
        ("normal(x^2, 1, 0)", 1.5),
        ("secant(x^2, 0, 2, 5)", 10),
        ("area(x^2, 0, 2)", 8 / 3),
        ("area(x, x^2, 0, 1)", 1 / 6),
        ("riemann(x^2, 0, 2, 4)", 1.75),
        ("limit(sin(x)/x for x -> 0)", 1),
        ("limit((1 + 1/n)^n for n -> inf)", math.e),
        ("limit(e^(-x) for x -> ∞)", 0),
        ("integral(e^(-t^2) for t in -inf..inf)", math.sqrt(math.pi)),
        ("asymptotes(1/(x - 2))[1]", 2),
    ],
)
def test_the_same_words_are_functions(formula, value):
    assert Notebook().value(formula) == pytest.approx(value, abs=1e-8)


def test_names_of_functions_are_enough():
    notebook = Notebook()
    notebook.run("f(x) = x^2 - 4\nlet g(t) = 3t")
    assert notebook.value("length(roots(f))") == 2
    assert notebook.value("intersect(f, g)[1].x") == pytest.approx(-1)
    assert notebook.value("slope(f, 3)") == pytest.approx(6)
    assert notebook.value("length(roots(f'))") == 1


def test_what_is_found_is_marked_and_gets_exact_forms():
    outcome = Notebook().run("f(x) = x^3 - 3x\nroots f\nextrema f")
    assert "1.73205 = √3" in printed(outcome, "roots").text
    assert dots(outcome.figure) == [(-1.732051, 0), (-1, 2), (0, 0), (1, -2), (1.732051, 0)]


def test_the_range_decides_what_is_found():
    notebook = Notebook()
    notebook.run("range 0 10\nf(x) = sin(x)")
    assert len(printed(notebook.run("roots f"), "roots").numbers) == 4
    notebook.run("range 0 20")
    assert len(printed(notebook.run("roots f"), "roots").numbers) == 7


def test_what_lies_outside_is_told():
    notes = Notebook().run("range -1 1\nf(x) = (x + 5)(x - 3)(x - 4) x\nroots f").notes
    assert any("3 zeros lie outside the picture" in note for note in notes)
    notes = Notebook().run("y = (x + 7)(x - 8)").notes
    assert any("2 zeros lie outside the picture" in note for note in notes)
    assert not Notebook().run("y = sin(x)\nroots").notes


def test_zeros_outside_come_and_go_with_a_slider_so_that_no_note_tells_of_them():
    assert not any("outside" in note for note in Notebook().run("slider a -9 9 start 7\ny = (x + a)(x - 8)").notes)


def test_a_place_may_be_a_slider_and_the_line_follows():
    notebook = Notebook()
    notebook.run("slider a -3 3 start 1\nf(x) = x^2\ntangent f at a", "A")
    assert notebook.at("A").figure.curves[1].value(0) == pytest.approx(-1)
    notebook.move_slider("a", 2)
    assert notebook.at("A").figure.curves[1].value(0) == pytest.approx(-4)
    assert printed(notebook.at("A"), "tangent").numbers == pytest.approx((2, 4, 4, -4))


def test_boxes_follow_a_slider():
    notebook = Notebook()
    notebook.run("slider n 1 60 step 1 start 4\nriemann x^2 from 0 to 2 boxes n left", "A")
    notebook.move_slider("n", 40)
    assert printed(notebook.at("A"), "riemann").numbers == pytest.approx((2.5675,))


def test_an_earlier_function_that_changes_changes_what_later_cells_found():
    notebook = Notebook()
    notebook.run("f(x) = x^2 - 1", "A")
    notebook.run("roots f", "B")
    outcome = notebook.run("f(x) = x^2 - 4", "A")
    assert [each.numbers for each in outcome.revalued["plotlang-B-values"]] == [(-2, 2)]


def test_a_second_curve_does_not_make_an_earlier_line_unclear():
    outcome = Notebook().run("y = x - 1\nroots\ny = x^2")
    assert printed(outcome, "roots").numbers == (1,)


def test_a_tangent_is_a_curve_and_touches():
    outcome = Notebook().run("f(x) = sin(x)\ntangent f at 0")
    tangent = outcome.figure.curves[1]
    assert [tangent.value(x) for x in (-2, 0, 2)] == pytest.approx([-2, 0, 2])
    assert (0, 0) in dots(outcome.figure)


def test_an_upright_normal_is_drawn():
    outcome = Notebook().run("f(x) = x^2\nnormal f at 0")
    (path,) = outcome.figure.curves[1].paths
    np.testing.assert_allclose(path[:, 0], 0)


def test_equal_curves_are_told():
    outcome = Notebook().run("f(x) = (x + 1)^2\ng(x) = x^2 + 2x + 1\nintersect f and g")
    assert "the same curve" in printed(outcome, "intersect").text


def test_a_function_drawn_with_its_tangents_as_a_family():
    outcome = Notebook().run("f(x) = x^2\ny = tangent(f, k) for k in [-1, 0, 1]")
    assert [curve.value(0) for curve in outcome.figure.curves[1:]] == pytest.approx([-1, 0, -1])


DATA = "X = [1, 2, 3, 4]\nY = [3, 6, 12, 24]\npoints X Y\n"


def test_two_models_are_compared_each_with_its_own_letters():
    outcome = Notebook().run(DATA + "fit exp X Y\nfit power X Y")
    exponential, power = outcome.figure.curves
    assert [exponential.value(x) for x in (1, 4)] == pytest.approx([3, 24])
    assert power.value(2) == pytest.approx(1.3971018885183697 * 2**2.0374863038366033)
    fits = [each.numbers for each in outcome.results if each.name == "fit"]
    assert fits[0] == pytest.approx((1.5, math.log(2)))
    assert fits[1] == pytest.approx((1.3971018885183697, 2.0374863038366033))


def test_letters_that_became_sliders_by_themselves_are_fitted():
    notebook = Notebook()
    notebook.run(DATA)
    notebook.run("y = m x + q")
    assert printed(notebook.run("Y ~ m X + q"), "fit").numbers == pytest.approx((6.9, -6))
    assert notebook.value("m") == pytest.approx(6.9)


def test_a_letter_with_a_value_stays():
    notebook = Notebook()
    notebook.run(DATA + "q = 0\nY ~ m X + q")
    assert notebook.value("m") == pytest.approx(150 / 30 + 0.0, abs=0.2)
    assert "to fit again: forget" in Notebook().run(DATA + "m = 1\nY ~ m X").errors[0].why


def test_a_forgotten_letter_is_fitted_again_with_those_found_beside_it():
    notebook = Notebook()
    notebook.run(DATA + "Y ~ m X")
    notebook.run("Y ~ m X + q")
    notebook.run("forget m")
    assert printed(notebook.run("Y ~ m X + q"), "fit").numbers == pytest.approx((6.9, -6))


def test_a_model_is_shown_over_its_data():
    low, high = Notebook().run("U = [10, 20, 30]\nV = [1, 2, 3]\nV ~ m U + b").figure.xrange
    assert low < 10
    assert high > 30
    assert low > 5


def test_a_line_that_can_not_touch_leaves_nothing_behind():
    outcome = Notebook().run("f(x) = |x|\ntangent f at 0")
    assert outcome.errors
    assert [curve.label for curve in outcome.figure.curves] == ["f"]


def test_several_tangents_are_drawn():
    outcome = Notebook().run("tangent x^2 at [1, 2, 3]")
    assert [curve.value(0) for curve in outcome.figure.curves] == pytest.approx([-1, -4, -9])
    assert {(1, 1), (2, 4), (3, 9)} <= set(dots(outcome.figure))
