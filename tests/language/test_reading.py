"""How lines are read: the rules of §2 of the specification, as tables."""

import pytest

from plotlang.language.diagnostics import LanguageError
from plotlang.language.printer import print_expr
from plotlang.language.syntax import Binary, Call, Name, Negate, Number, Suffix, walk
from tests.language.trees import names, read, reading_of


def reads(text, **known):
    return print_expr(read(text, names(**known)))


def refused(text, **known):
    with pytest.raises(LanguageError) as caught:
        read(text, names(**known))
    return caught.value.problem


PRECEDENCE = [
    ("-x^2", "-x^2"),
    ("(-x)^2", "(-x)^2"),
    ("e^-x^2", "e^-x^2"),
    ("2^3x", "2^3·x"),
    ("2^3^2", "2^3^2"),
    ("x^2!", "x^(2!)"),
    ("x!^2", "(x!)^2"),
    ("2x!", "2·x!"),
    ("-x!", "-x!"),
    ("√2x", "sqrt(2)·x"),
    ("√x^2", "sqrt(x^2)"),
    ("√(x+1)", "sqrt(x + 1)"),
    ("∛x", "cbrt(x)"),
    ("∜x", "root(x, 4)"),
    ("√2√3", "sqrt(2)·sqrt(3)"),
    ("√√x", "sqrt(sqrt(x))"),
    ("sin x", "sin(x)"),
    ("sin 2x", "sin(2·x)"),
    ("ln x^2", "ln(x^2)"),
    ("sqrt x + 1", "sqrt(x) + 1"),
    ("x/2*a", "x/2·a"),
    ("x*a/2", "x·a/2"),
    ("x - 1 - 2", "x - 1 - 2"),
    ("x - (1 - 2)", "x - (1 - 2)"),
    ("x / 2 / a", "x/2/a"),
    ("x ± 1", "x ± 1"),
    ("±x", "±x"),
    ("+x", "x"),
    ("--x", "--x"),
    ("2*-x", "2·(-x)"),
    ("x % 2", "x mod 2"),
    ("x mod 2", "x mod 2"),
    ("7 // 2", "7//2"),
    ("5%", "5%"),
    ("20% x", "20%·x"),
    ("30°", "30°"),
    ("sin(30°)", "sin(30°)"),
    ("sin 30°", "sin(30°)"),
    ("0 < x < 2", "0 < x < 2"),
    ("(x>0)*x", "(x > 0)·x"),
    ("(x>0)x", "(x > 0)·x"),
    ("x > 0 and x < 2 or x = 5", "x > 0 and x < 2 or x == 5"),
    ("not x > 0 and x < 2", "not x > 0 and x < 2"),
    ("1 if x > 0 else 2", "{x > 0: 1, else: 2}"),
    ("1 if x > 0 else 2 if x < -1 else 3", "{x > 0: 1, else: {x < -1: 2, else: 3}}"),
    ("|x|", "|x|"),
    ("|x-1||x+2|", "|x - 1|·|x + 2|"),
    ("||x|-1|", "abs(|x| - 1)"),
    ("|x|+|y|", "|x| + |y|"),
    ("2|x|", "2·|x|"),
    ("|x|^2", "|x|^2"),
    ("x²", "x^2"),
    ("x⁻¹", "x^-1"),
    ("xⁿ", "x^n"),
    ("x¹⁰", "x^10"),
    ("½x", "1/2·x"),
    ("x^½", "x^(1/2)"),
    ("¾", "3/4"),
    ("{x < 0: -x, 0 <= x < 2: x^2, else: 4}", "{x < 0: -x, 0 <= x < 2: x^2, else: 4}"),
    ("{x < 0: -x, 4}", "{x < 0: -x, else: 4}"),
    ("2x {x > 0}", "2·x·{x > 0}"),
    ("{x > 0, x < 2}", "{x > 0 and x < 2}"),
    ("L[2]", "L[2]"),
    ("L[[1,3]]", "L[[1, 3]]"),
    ("2L[2]x", "2·L[2]·x"),
    ("A.x + A.y", "A.x + A.y"),
    ("[1, 2, 3]", "[1, 2, 3]"),
    ("[1..5]", "[1..5]"),
    ("[0, 0.5 .. 3]", "[0, 0.5 .. 3]"),
    ("[1..9 step 2]", "[1..9 step 2]"),
    ("[k^2 for k in 1..5 if k != 3]", "[k^2 for k in 1..5 if k != 3]"),
    ("sum(k^2 for k in 1..n)", "sum(k^2 for k in 1..n)"),
    ("Σ(k for k in 1..3)", "sum(k for k in 1..3)"),
    ("∏(k for k in 1..3)", "prod(k for k in 1..3)"),
    ("∫(t for t in 0..x)", "integral(t for t in 0..x)"),
    ("max(sin(t) for t in 0..1)", "max(sin(t) for t in 0..1)"),
    ("limit(sin(x)/x for x -> 0)", "limit(sin(x)/x for x -> 0)"),
    ("f'(x)", "f'(x)"),
    ("f''(2)", "f''(2)"),
    ("f′(x) + f″(x)", "f'(x) + f''(x)"),
    ("d/dx(x^2 sin x)", "d/dx(x^2·sin(x))"),
    ("d/dx x^2", "d/dx(x^2)"),
    ("-d/dx(x^2)", "-d/dx(x^2)"),
    ("2 d/dx(x^2)", "2·d/dx(x^2)"),
    ("x^2 + d/dx(x^2)", "x^2 + d/dx(x^2)"),
    ("(1, 2)", "(1, 2)"),
]


@pytest.mark.parametrize(("text", "meaning"), PRECEDENCE)
def test_precedence_and_forms(text, meaning):
    assert reads(text) == meaning


def test_minus_belongs_to_the_whole_power():
    x, two = Name("x"), Number(2.0)
    assert read("-x^2") == Negate(Binary("^", x, two))
    assert read("e^-x^2") == Binary("^", Name("e"), Negate(Binary("^", x, two)))
    assert read("2^-x") == Binary("^", two, Negate(x))
    assert read("-2x") == Binary("*", Negate(two), x)
    assert read("x!^2") == Binary("^", Suffix("!", x), two)


WORDS = [
    ("ab", "a·b"),
    ("ax", "a·x"),
    ("xe^x", "x·e^x"),
    ("2πx", "2·pi·x"),
    ("2pix", "2·pi·x"),
    ("xln(x)", "x·ln(x)"),
    ("xsin(x)", "x·sin(x)"),
    ("sinx", "sin(x)"),
    ("sin2x", "sin(2·x)"),
    ("cosx", "cos(x)"),
    ("xsinx", "x·sin(x)"),
    ("xy", "x·y"),
    ("mx", "m·x"),
    ("ab^x", "a·b^x"),
    ("uv", "u·v"),
    ("4ac", "4·a·c"),
    ("x(x+1)", "x·(x + 1)"),
    ("2(x+1)", "2·(x + 1)"),
    ("(x+1)(x-1)", "(x + 1)·(x - 1)"),
    ("a(x-2)", "a·(x - 2)"),
    ("c(x-h)^2 + k", "c·(x - h)^2 + k"),
    ("f(x)", "f(x)"),
    ("f(x)g(x, 1)", "f(x)·g(x, 1)"),
    ("2f(x)", "2·f(x)"),
    ("x f(x)", "x·f(x)"),
    ("af(x)", "a·f(x)"),
    ("pi(x)", "pi·x"),
    ("pi x", "pi·x"),
    ("speed x", "speed·x"),
    ("a₁x + b", "a_1·x + b"),
    ("theta", "θ"),
    ("ωx", "ω·x"),
    ("ω x", "ω·x"),
    ("Sin(x)", "sin(x)"),
    ("ABS(x)", "|x|"),
    ("np.sin(x)", "sin(x)"),
    ("math.exp(x)", "exp(x)"),
    ("asin(x)", "arcsin(x)"),
    ("arctan2(1, 2)", "atan2(1, 2)"),
    ("power(x, 2)", "power(x, 2)"),
    ("maximum(x, 2)", "max(x, 2)"),
    ("log2(x)", "log2(x)"),
    ("log_2(x)", "log(x, 2)"),
    ("nCr(5, 2)", "nCr(5, 2)"),
]


@pytest.mark.parametrize(("text", "meaning"), WORDS)
def test_words_and_side_by_side(text, meaning):
    known = {"θ": "coordinate"} if "theta" in text else {}
    known |= {"c": "value"} if "c" in text else {}
    assert reads(text, **known) == meaning


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("sine", "sin"),
        ("sine(x)", "sin"),
        ("speeed x", "speed"),
        ("cosinus(x)", "cos"),
        ("sqr(x)", "sqrt"),
        ("wurzel(x)", "sqrt"),
        ("cotangens(x)", "cot"),
        ("avg(L)", "mean"),
        ("x2", "2x"),
        ("x2", "x^2"),
        ("a3", "3a"),
        ("x 2", "2x"),
        ("(x+1)3", "3(x + 1)"),
        ("f x", "f(x)"),
        ("f 2x", "f("),
        ("q(x)", "q(x) = "),
        ("q(2)", "q*("),
        ("q(x,y)", "q("),
        ("h(x-2)", "h*("),
        ("2 3", "*"),
        ("C x", "c"),
        ("X + 1", "x"),
        ("sin -x", "sin(-x)"),
        ("sin", "sin(x)"),
        ("f", "f(x)"),
    ],
)
def test_what_is_refused_comes_with_a_remedy(text, word):
    problem = refused(text, c="value")
    assert word in " ".join((problem.why, problem.suggestion, problem.replacement or ""))


@pytest.mark.parametrize("text", ["sine", "abc", "xyz", "foo", "banana2 x", "sine(x)", "hello world"])
def test_long_new_words_are_never_products(text):
    assert refused(text)


@pytest.mark.parametrize(
    ("text", "meaning"),
    [
        ("sin 2x cos x", "sin(2·x)·cos(x)"),
        ("sin x cos x", "sin(x)·cos(x)"),
        ("sin^2 x", "sin(x)^2"),
        ("sin² x", "sin(x)^2"),
        ("sin²x", "sin(x)^2"),
        ("sin^2(x)", "sin(x)^2"),
        ("sin(x)^2", "sin(x)^2"),
        ("sin²x + cos²x", "sin(x)^2 + cos(x)^2"),
        ("sin^-1 x", "arcsin(x)"),
        ("cos⁻¹(x)", "arccos(x)"),
        ("tan^-1 x", "arctan(x)"),
        ("sin^n x", "sin(x)^n"),
        ("sin^-2 x", "sin(x)^-2"),
        ("sin x^2", "sin(x^2)"),
        ("sin 2 x", "sin(2·x)"),
        ("sin pi x", "sin(pi·x)"),
        ("sin x + 1", "sin(x) + 1"),
        ("sin x/2", "sin(x)/2"),
        ("sin x*2", "sin(x)·2"),
        ("sin ln x", "sin(ln(x))"),
        ("ln sin x", "ln(sin(x))"),
        ("2sin x", "2·sin(x)"),
        ("2sin 2x cos x + xln(x) - |x-1||x+2|", "2·sin(2·x)·cos(x) + x·ln(x) - |x - 1|·|x + 2|"),
        ("x sin x", "x·sin(x)"),
        ("x^2 sin x", "x^2·sin(x)"),
        ("a sin b x", "a·sin(b·x)"),
        ("ln|x|", "ln(|x|)"),
        ("sqrt|x|", "sqrt(|x|)"),
        ("sin(x) x", "sin(x)·x"),
        ("sin(x)(x+1)", "sin(x)·(x + 1)"),
        ("e^x^sin(x)", "e^x^sin(x)"),
        ("2^sin(x)", "2^sin(x)"),
        ("2^sin x", "2^sin(x)"),
    ],
)
def test_functions_without_brackets(text, meaning):
    assert reads(text) == meaning


@pytest.mark.parametrize(
    ("text", "meaning"),
    [
        ("1/2x", "1/2·x"),
        ("1/2 x", "1/2·x"),
        ("3/4(x-2)", "3/4·(x - 2)"),
        ("sin(pi/4 x)", "sin(pi/4·x)"),
        ("π/2x", "pi/2·x"),
        ("1/2x + 3", "1/2·x + 3"),
        ("x^2 - 1/2x", "x^2 - 1/2·x"),
        ("-1/2x", "-1/2·x"),
        ("2*1/2x", "2·1/2·x"),
        ("-3/4(x-2)", "-3/4·(x - 2)"),
        ("2 - 1/2x", "2 - 1/2·x"),
        ("-pi/4 x", "-pi/4·x"),
        ("2*-1/2x", "2·(-1)/2·x"),
        ("1/ab", "1/(a·b)"),
        ("1/2", "1/2"),
        ("x/2", "x/2"),
        ("a/2x", "a/(2·x)"),
        ("x/2a", "x/(2·a)"),
        ("x/ab", "x/(a·b)"),
        ("1/x^2", "1/x^2"),
        ("1/ax^2", "1/(a·x^2)"),
        ("(-b+sqrt(b^2-4a))/2a", "(-b + sqrt(b^2 - 4·a))/(2·a)"),
        ("1/a sin(a x)", "1/a·sin(a·x)"),
        ("x/2 cos x", "x/2·cos(x)"),
        ("1/sin x", "1/sin(x)"),
        ("1/sin(x)", "1/sin(x)"),
        ("1/f(x)", "1/f(x)"),
        ("1/(x+1)", "1/(x + 1)"),
        ("1/2π*x", None),
        ("x^1/2", "x^1/2"),
        ("1/sqrt(x)", "1/sqrt(x)"),
        ("1/√x", "1/sqrt(x)"),
        ("1/x{x>0}", "1/x·{x > 0}"),
        ("1/|x|", "1/|x|"),
    ],
)
def test_the_slash(text, meaning):
    if meaning is None:
        assert "two ways" in refused(text).message
    else:
        assert reads(text) == meaning


def test_a_negative_fraction_is_one_number_times_x():
    assert read("-1/2x") in (
        Binary("*", Binary("/", Negate(Number(1.0)), Number(2.0)), Name("x")),
        Binary("*", Negate(Binary("/", Number(1.0), Number(2.0))), Name("x")),
        Negate(Binary("*", Binary("/", Number(1.0), Number(2.0)), Name("x"))),
    )


@pytest.mark.parametrize(
    ("text", "one", "other"),
    [
        ("1/a(x+1)", "1/(a*(x + 1))", "1/a*(x + 1)"),
        ("1/(x+1)(x-1)", "1/((x + 1)*(x - 1))", "1/(x + 1)*(x - 1)"),
        ("1/2π", "1/2*pi", "1/(2*pi)"),
        ("1/2pi", "1/2*pi", "1/(2*pi)"),
        ("sin x (x+1)", "sin(x)*(x + 1)", "sin(x*(x + 1))"),
        ("sin x(x+1)", "sin(x)*(x + 1)", "sin(x*(x + 1))"),
        ("sin 2x(x+1)", "sin(2*x)*(x + 1)", "sin(2*x*(x + 1))"),
        ("x/a(x+1)", "x/(a*(x + 1))", "x/a*(x + 1)"),
        ("1/ab(x+1)", "1/(a*b*(x + 1))", "1/(a*b)*(x + 1)"),
    ],
)
def test_what_can_be_read_two_ways_is_asked(text, one, other):
    problem = refused(text)
    assert "two ways" in problem.message
    assert one in problem.suggestion
    assert other in problem.suggestion
    assert text[problem.span.start] in "(πp"
    assert read(one) != read(other)


@pytest.mark.parametrize(
    ("text", "note"),
    [
        ("1/2x + 3", "1/2x is read as 1/2 · x"),
        ("3/4(x-2)", "3/4(x-2) is read as 3/4 · (x - 2)"),
        ("x/2 cos x", "x/2 cos x is read as x/2 · cos(x)"),
        ("1/ab", "1/ab is read as 1/(a · b)"),
        ("x/2a", "x/2a is read as x/(2 · a)"),
        ("x^1/2", "x^1/2 is read as (x^1)/2"),
        ("e^2x", "e^2x is read as e^2 · x"),
        ("2^3x", "2^3x is read as 2^3 · x"),
        ("sin^-1 x", "arcsin"),
        ("log(x)", "natural"),
        ("sinx", "sinx is read as sin(x)"),
        ("sin2x", "sin2x is read as sin(2 · x)"),
        ("xln(x)", "is read as x · ln(x)"),
    ],
)
def test_a_note_shows_how_a_line_was_read(text, note):
    assert note in " | ".join(reading_of(text)[1].notes)


@pytest.mark.parametrize(
    "text",
    ["x", "2x", "x^2 + 1", "sin(x)", "sin x", "2 sin(x) cos(x)", "x/2", "1/x", "1/(2x)", "(x+1)(x-1)", "ln(x)",
     "lg(x)", "e^x", "e^(2x)", "x^(1/2)", "(1/2)x", "f(x)", "1/2", "|x|", "a x + b", "sin²x", "log(x, 2)"],
)  # fmt: skip
def test_plain_lines_have_no_notes(text):
    assert list(reading_of(text)[1].notes) == []


@pytest.mark.parametrize(
    ("text", "letters"),
    [
        ("m x + c", ["m", "c"]),
        ("c(x-h)^2 + k", ["c", "h", "k"]),
        ("mx", ["m"]),
        ("x", []),
        ("a x", []),
        ("p_1 x", ["p_1"]),
        ("sum(k for k in 1..m)", ["m"]),
        ("[k for k in 1..3]", []),
        ("d/dx(c x^2)", ["c"]),
        ("λx", ["λ"]),
    ],
)
def test_new_letters_are_collected(text, letters):
    assert list(reading_of(text)[1].new) == letters


def test_more_than_four_new_letters_are_refused():
    assert list(reading_of("c + d + h + k")[1].new) == ["c", "d", "h", "k"]
    assert "new letters" in refused("c + d + h + k + m").message


def test_a_bound_letter_hides_a_name_and_nothing_else():
    known = read("sum(a x for a in 1..3) + a")
    assert [node.id for node in walk(known) if isinstance(node, Name)].count("a") == 2
    assert list(reading_of("sum(c for c in 1..3) + c")[1].new) == ["c"]


def test_strict_names_allow_no_new_letter():
    from dataclasses import replace

    from plotlang.language.grammar import parse_expression
    from plotlang.language.reading import Reading

    with pytest.raises(LanguageError, match="m is not defined"):
        Reading(replace(names(), strict=True), "m x").read(parse_expression("m x"))


@pytest.mark.parametrize(
    ("text", "under"),
    [
        ("3 sine(x) + 1", "sine"),
        ("x + x2", "x2"),
        ("(x + 1", "("),
        ("x + 1)", ")"),
        ("[1, 2", "["),
        ("{x > 0", "{"),
        ("|x + 1", "|"),
        ("x + * 2", "+"),
        ("x +", "+"),
        ("2 * / 3", "*"),
        ("f(1, 2)", "f(1, 2)"),
        ("()", "()"),
        ("x + q(x)", "q"),
        ("x mod", "mod"),
        ("sin x (x+1)", "(x+1)"),
        ("sum(k for k in 1..3", "("),
        ("[k for 3 in 1..3]", "3"),
        ("(1 if x > 0)", "x > 0"),
    ],
)
def test_a_mistake_is_underlined(text, under):
    span = refused(text).span
    assert text[span.start : span.end] == under


@pytest.mark.parametrize(
    ("text", "number"), [("sin(x, 2)", "1 value but got 2"), ("f(1, 2)", "1 value but got 2"),
                         ("g(x)", "2 values but got 1"), ("atan2(x)", "2 values but got 1"),
                         ("clip(x)", "3 values but got 1")]
)  # fmt: skip
def test_the_number_of_values_must_fit(text, number):
    assert number in refused(text).message


@pytest.mark.parametrize("text", ["2½", "2½x", "3 ½"])
def test_a_mixed_number_is_never_a_product(text):
    try:
        expr = read(text)
    except LanguageError:
        return
    first = expr.left if isinstance(expr, Binary) and expr.right == Name("x") else expr
    assert not (isinstance(first, Binary) and first.operator == "*"), print_expr(expr)


def test_a_glued_function_takes_no_constant():
    assert refused("sine")
    assert refused("lne")
    assert read("sinx") == Call("sin", (Name("x"),))


def test_known_words_win_over_their_letters():
    assert reads("ab", ab="value") == "ab"
    assert reads("sin2x", sin2x="value") == "sin2x"
    assert reads("speed") == "speed"


def test_a_function_is_no_factor():
    assert "f(x)" in refused("fx").suggestion
    assert refused("af")


@pytest.mark.parametrize("text", ["2sinx", "a sinx", "1 + 3cosx"])
def test_a_note_on_glued_letters_is_an_equation_that_holds(text):
    expr, reading = reading_of(text)
    for note in reading.notes:
        said, _, meant = note.partition(" is read as ")
        assert read(said) == read(meant)
    assert expr


def test_how_a_glued_exponent_was_read_is_told():
    assert list(reading_of("e^ax")[1].notes)


@pytest.mark.parametrize("text", ["2{x+1}", "{x}", "x {2}", "{x+1: 2}", "{2, x > 0}", "{sin(x)}"])
def test_curly_brackets_hold_conditions(text):
    assert "condition" in str(refused(text))


@pytest.mark.parametrize(("text", "meaning"), [("x^{2}", "x^2"), ("e^{-x}", "e^(-x)"), ("x^{a+1}", "x^(a + 1)")])
def test_curly_brackets_behind_a_power_are_never_a_condition(text, meaning):
    try:
        expr = read(text)
    except LanguageError:
        return
    assert expr == read(meaning)


@pytest.mark.parametrize("text", ["sin xcos x", "x sin xcos x", "xln x", "2xsin 2x"])
def test_every_note_on_a_reading_is_true(text):
    for note in reading_of(text)[1].notes:
        said, _, meant = note.partition(" is read as ")
        assert read(said) == read(meant)
