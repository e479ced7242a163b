"""Random expressions as reading yields them, random texts, and reading with a fixed set of names."""

from __future__ import annotations

from hypothesis import strategies as st

from plotlang.language.grammar import parse_expression
from plotlang.language.reading import Reading
from plotlang.language.scope import Names
from plotlang.language.syntax import (
    Binary,
    Binder,
    Call,
    Compare,
    Derivative,
    Differential,
    Expr,
    Index,
    Interval,
    ListOf,
    Logic,
    Member,
    Name,
    Negate,
    Not,
    Number,
    Piecewise,
    PlusMinus,
    Point,
    Restriction,
    Suffix,
    Text,
)
from plotlang.numerics.vocabulary import vocabulary

ROLES = {
    "x": "coordinate", "y": "coordinate", "a": "value", "b": "value", "n": "value", "a_1": "value", "ω": "value",
    "speed": "value", "L": "value", "A": "value", "f": "function", "g": "function", "power2": "function",
}  # fmt: skip
ARITY = {"f": 1, "g": 2, "power2": 1}


def names(**more: str) -> Names:
    """The names of these tests, and more of them."""
    return Names(vocabulary(), {**ROLES, **more}, ARITY, shapes={"L": "list", "A": "point"})


def reading_of(text: str, known: Names | None = None) -> tuple[Expr, Reading]:
    """The expression that a text means, and the reading with its notes and new letters."""
    reading = Reading(known or names(), text)
    return reading.read(parse_expression(text)), reading


def read(text: str, known: Names | None = None) -> Expr:
    """The expression that a text means."""
    return reading_of(text, known)[0]


LETTERS = ("x", "y", "a", "b", "n", "a_1", "ω", "speed", "L", "A", "pi", "e", "tau")
BOUND = ("k", "j")
ONE = ("sin", "cos", "ln", "sqrt", "cbrt", "exp", "abs", "floor", "arctan", "log10", "sign", "f", "power2")
TWO = ("atan2", "hypot", "g", "max", "min", "log", "round", "root", "nCr")

numbers = st.one_of(
    st.integers(0, 12).map(lambda n: Number(float(n))),
    st.sampled_from([0.5, 2.25, 1e-7, 1e21, 123456789.125, 1e300]).map(Number),
)


@st.composite
def expressions(draw, *, depth=3, bound=(), lists=True):
    """Expressions as reading yields them, for the names of `ROLES`."""

    def one():
        return draw(expressions(depth=depth - 1, bound=bound, lists=lists))

    if depth == 0 or draw(st.integers(0, 4)) == 0:
        letter = st.sampled_from((*LETTERS, *bound, *bound)).map(Name)
        return draw(st.one_of(numbers, letter))
    groups = [_arithmetic, _arithmetic, _choice, _collection] if lists else [_arithmetic, _arithmetic, _choice]
    return draw(st.sampled_from(groups))(draw, one, depth, bound)


def _arithmetic(draw, one, depth, bound):  # noqa: C901 - one case per node
    kind = draw(st.sampled_from("minus both suffix percent binary binary binary power call two prime d".split()))
    match kind:
        case "minus":
            return Negate(one())
        case "both":
            return PlusMinus(one())
        case "suffix":
            return Suffix(draw(st.sampled_from(["!", "°"])), one())
        case "percent":
            return Suffix("%", draw(numbers))
        case "binary":
            return Binary(draw(st.sampled_from(["+", "-", "±", "*", "*", "/", "/", "//", "mod"])), one(), one())
        case "power":
            return Binary("^", one(), one())
        case "call":
            return Call(draw(st.sampled_from(ONE)), (one(),))
        case "two":
            return Call(draw(st.sampled_from(TWO)), (one(), one()))
        case "prime":
            return Derivative(draw(st.sampled_from(["f", "sin"])), draw(st.integers(1, 3)), one())
    return Differential(draw(st.sampled_from(["x", "a", "ω"])), one())


def _condition(draw, one, depth=2):
    kind = draw(st.sampled_from("compare compare chain not and or".split())) if depth else "compare"
    signs = st.sampled_from(["<", "<=", ">", ">=", "==", "!=", "≈"])
    match kind:
        case "compare":
            return Compare((one(), one()), (draw(signs),))
        case "chain":
            return Compare((one(), one(), one()), (draw(signs), draw(signs)))
        case "not":
            return Not(_condition(draw, one, depth - 1))
    return Logic(kind, tuple(_condition(draw, one, depth - 1) for _ in range(draw(st.integers(2, 3)))))


def _choice(draw, one, depth, bound):
    kind = draw(st.sampled_from("condition restriction rows rows".split()))
    if kind == "condition":
        return _condition(draw, one)
    if kind == "restriction":
        return Restriction(_condition(draw, one))
    rows = [(_condition(draw, one), one()) for _ in range(draw(st.integers(1, 2)))]
    if draw(st.booleans()):
        rows.append((None, one()))
    return Piecewise(tuple(rows))


def _span(draw, one):
    return Interval(one(), one(), one() if draw(st.booleans()) else None)


def _collection(draw, one, depth, bound):  # noqa: C901 - one case per node
    def entries():
        return ListOf(tuple(one() for _ in range(draw(st.integers(0, 3)))))

    kind = draw(st.sampled_from("list range second binder binder limit point index member".split()))
    if kind in ("binder", "limit"):
        letter = draw(st.sampled_from(BOUND))
        body = draw(expressions(depth=depth - 1, bound=(*bound, letter), lists=False))
        if kind == "limit":
            return Binder("limit", body, letter, one())
        word = draw(st.sampled_from(["sum", "prod", "max", "min", "mean", "list", "integral"]))
        within = draw(expressions(depth=0, bound=(letter,)))
        condition = Compare((within, one()), ("<",)) if draw(st.booleans()) else None
        return Binder(word, body, letter, _span(draw, one) if draw(st.booleans()) else entries(), condition)
    match kind:
        case "list":
            return entries()
        case "range":
            return ListOf((_span(draw, one),))
        case "second":
            return ListOf((Interval(one(), one(), None, one()),))
        case "point":
            return Point((one(), one()))
        case "index":
            return Index(Name("L"), one())
    return Member(Name("A"), draw(st.sampled_from(["x", "y"])))


PIECES = (
    "x y a b n f g L A ω θ sin cos ln log sqrt abs pi e speed xe sinx sin2x mx 2 3 0.5 .5 1e3 12 ( ) ( ) [ ] { } | | "
    "+ - * / // ^ ** ! ° % ± √ ∛ ½ ² ⁻¹ · − ≤ < > = == != and or not if else for in k 1..3 .. , : f(x) f'(x) sin(x) "
    "(x+1) (1,2) [1,2,3] L[2] A.x sum(k for k in 1..3) {x>0} d/dx if π ' step mod"
).split()

texts = st.lists(st.tuples(st.sampled_from(PIECES), st.sampled_from(["", "", " "])), min_size=1, max_size=9).map(
    lambda pairs: "".join(piece + blank for piece, blank in pairs)
)
sensible_texts = st.builds(
    lambda head, pairs: head + "".join(sign + piece for sign, piece in pairs),
    st.sampled_from(["x", "2x", "-x", "sin x", "sin 2x", "1/2", "x/2", "|x|", "a", "√2", "e^x", "2x^2", "f(x)"]),
    st.lists(
        st.tuples(
            st.sampled_from(["+", " - ", "*", "/", " ", "^", "^-", " mod ", "·", "//", ""]),
            st.sampled_from(["x", "2", "a", "cos x", "(x+1)", "|x-1|", "b", "sin x", "pi", "e^x", "x²", "f(x)", "3!",
                             "√x", "30°", "ab", "{x>0}", "L[2]", "sin²x", "cos^-1 x"]),
        ),
        min_size=1, max_size=4,
    ),
)  # fmt: skip
__all__ = ["Text", "expressions", "names", "read", "reading_of", "sensible_texts", "texts"]
