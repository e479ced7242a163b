"""The models that are fitted most often, by their names."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, TypeAlias

from plotlang.language.syntax import Name
from plotlang.numerics.building import ONE, call, minus, negate, number, over, plus, power, times

if TYPE_CHECKING:
    from plotlang.language.syntax import Expr

Kind: TypeAlias = Literal["line", "quadratic", "cubic", "exp", "power", "sin", "logistic", "log"]


def standard_model(kind: Kind) -> tuple[Expr, tuple[str, ...]]:
    """The model of this name as an expression in x, and its letters in order.

    line ``a x + b``, quadratic ``a x^2 + b x + c``, cubic ``a x^3 + b x^2 + c x + d``, exp ``a e^(b x)``, power
    ``a x^b``, sin ``a sin(b x + c) + d``, logistic ``a/(1 + e^(-b(x - c)))``, log ``a + b ln(x)``.
    """
    a, b, c, d, x = (Name(name) for name in "abcdx")
    models: dict[Kind, tuple[Expr, int]] = {
        "line": (plus(times(a, x), b), 2),
        "quadratic": (plus(plus(times(a, power(x, number(2))), times(b, x)), c), 3),
        "cubic": (plus(plus(plus(times(a, power(x, number(3))), times(b, power(x, number(2)))), times(c, x)), d), 4),
        "exp": (times(a, power(Name("e"), times(b, x))), 2),
        "power": (times(a, power(x, b)), 2),
        "sin": (plus(times(a, call("sin", plus(times(b, x), c))), d), 4),
        "logistic": (over(a, plus(ONE, power(Name("e"), times(negate(b), minus(x, c))))), 3),
        "log": (plus(a, times(b, call("ln", x))), 2),
    }
    model, count = models[kind]
    return model, tuple("abcd"[:count])
