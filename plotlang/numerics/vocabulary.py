"""The built-in functions as the language sees them: names, spellings, numbers of values."""

from __future__ import annotations

from functools import cache

from plotlang.language.scope import CURVE_FUNCTIONS, GEOMETRY_FUNCTIONS, LIST_FUNCTIONS, Vocabulary
from plotlang.numerics.functions import FUNCTIONS

_ANY = 1_000


@cache
def vocabulary() -> Vocabulary:
    """Everything that can be called, from the one table of functions."""
    arity = {name: each.arity for name, each in FUNCTIONS.items()}
    for name in LIST_FUNCTIONS:
        arity.setdefault(name, (1, _ANY))
    arity.update(dict.fromkeys(GEOMETRY_FUNCTIONS, (2, 2)))
    arity.update(CURVE_FUNCTIONS)
    spellings = {alias: name for name, each in FUNCTIONS.items() for alias in each.aliases}
    return Vocabulary(arity, spellings)
