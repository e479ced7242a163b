"""Models whose letters partly stand only as factors of whole terms: which these are, and the model taken apart.

In ``A e^(-c t) + d`` the letters A and d are linear: for each c the best A and d follow from one linear system, so only
c has to be searched (variable projection; Golub & Pereyra, SIAM J. Numer. Anal. 10, 1973).
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING

import numpy as np

from plotlang.language.diagnostics import LanguageError
from plotlang.language.syntax import Binary, Binder, Name, Negate, Number, Piecewise, Suffix
from plotlang.numerics.compile import compile_many
from plotlang.numerics.derivative import differentiate
from plotlang.numerics.program import program, range_parts

if TYPE_CHECKING:
    from collections.abc import Sequence

    from plotlang.language.syntax import Expr
    from plotlang.numerics.limits import Budget
    from plotlang.numerics.realmath import Array

MOST_TRIED = 12
"""Up to so many letters all selections are tried for the largest one."""
STEP = 6e-6
"""The step of a difference quotient, as a share of the letter: the cube root of the rounding unit."""


@dataclass(frozen=True, slots=True)
class Usage:
    """How a part of a model uses the letters: all it uses, those it is not linear in, pairs it multiplies."""

    used: frozenset[str] = frozenset()
    bent: frozenset[str] = frozenset()
    met: frozenset[tuple[str, str]] = frozenset()

    def __or__(self, other: Usage) -> Usage:
        return Usage(self.used | other.used, self.bent | other.bent, self.met | other.met)

    def bending(self) -> Usage:
        """The same letters, inside something that is not linear."""
        return Usage(self.used, self.used, self.met)


_NONE = Usage()


def linear_letters(model: Expr, letters: Sequence[str]) -> tuple[str, ...]:
    """The most letters that a model is linear in together, in the order given."""
    usage = _usage_of(model, frozenset(letters))
    straight = [letter for letter in letters if letter not in usage.bent]
    clashes = {pair for pair in usage.met if pair[0] in straight and pair[1] in straight}
    involved = [letter for letter in straight if any(letter in pair for pair in clashes)]
    for size in range(len(involved), -1, -1) if len(involved) <= MOST_TRIED else ():
        for some in combinations(involved, size):
            if not any(a in some and b in some for a, b in clashes):
                return tuple(letter for letter in straight if letter in some or letter not in involved)
    return _greedy(straight, clashes)


def _greedy(straight: list[str], clashes: set[tuple[str, str]]) -> tuple[str, ...]:
    chosen: list[str] = []
    for letter in straight:
        if not any((letter, other) in clashes or (other, letter) in clashes for other in chosen):
            chosen.append(letter)
    return tuple(chosen)


def _usage_of(expr: Expr, letters: frozenset[str]) -> Usage:
    code = program((expr,))
    found: list[Usage] = []
    for step in code.steps:
        found.append(_usage(step.node, [found[i] for i in step.inputs], letters))
    return found[code.results[0]]


def _usage(node: Expr, parts: list[Usage], letters: frozenset[str]) -> Usage:
    everything = _NONE
    for each in parts:
        everything |= each
    match node:
        case Name(id=name):
            return Usage(frozenset({name}) & letters)
        case Negate() | Binary(operator="+" | "-") | Suffix(operator="°" | "%"):
            return everything
        case Binary(operator="*"):
            return _product(everything, parts[0], parts[1])
        case Binary(operator="/"):
            return parts[0] | parts[1].bending() | _product(_NONE, parts[0], parts[1])
        case Piecewise():
            return _choice(node, parts)
        case Binder(kind="sum" | "integral" | "mean") if not _ruled(node, parts, letters).used:
            return everything | _usage_of(node.body, letters - {node.variable})
    return everything.bending()


def _product(everything: Usage, a: Usage, b: Usage) -> Usage:
    shared = a.used & b.used
    pairs = {(first, second) for first in a.used for second in b.used if first != second}
    return everything | Usage(bent=shared, met=frozenset(pairs))


def _choice(node: Piecewise, parts: list[Usage]) -> Usage:
    rest = iter(parts)
    result = _NONE
    for condition, _ in node.rows:
        if condition is not None:
            result |= next(rest).bending()
        result |= next(rest)
    return result


def _ruled(node: Binder, parts: list[Usage], letters: frozenset[str]) -> Usage:
    """How the range and the condition of a sum use the letters."""
    result = _NONE if node.condition is None else _usage_of(node.condition, letters - {node.variable})
    for each in parts[: len(range_parts(node))]:
        result |= each
    return result


class Separated:
    """A model as ``offset + basis · linear letters``, where offset and basis depend on the other (curved) letters.

    Many choices of the letters are worked out at once: `curved` values have shape (s, q), `linear` ones (s, p), results
    one row per choice.  Entries that are undefined are NaN.
    """

    def __init__(self, model: Expr, letters: Sequence[str], columns: Sequence[str], budget: Budget) -> None:
        self.linear = linear_letters(model, letters)
        self.curved = tuple(letter for letter in letters if letter not in self.linear)
        self.columns = tuple(columns)
        names = (*self.linear, *self.curved, *self.columns)
        slopes = [differentiate(model, letter) for letter in self.linear]
        exact = [_derivative(model, letter) for letter in self.curved]
        self._taken = compile_many((model, *slopes), *names, budget=budget)
        self._model = compile_many((model,), *names, budget=budget)
        self._rough = [k for k, each in enumerate(exact) if each is None]
        self._slopes = compile_many([each or Number(0.0) for each in exact], *names, budget=budget)

    def parts(self, curved: Array, data: Sequence[Array]) -> tuple[Array, Array]:
        """Offset of shape (s, n) and basis of shape (s, n, p), for columns of data of shape (n,)."""
        zeros = np.zeros((curved.shape[0], len(self.linear)))
        offset, *basis = self._taken(*self._values(zeros, curved), *data)
        stacked = np.stack(basis, axis=-1) if basis else np.empty((*offset.shape, 0))
        return offset, stacked

    def values(self, linear: Array, curved: Array, data: Sequence[Array]) -> Array:
        """The model, shape (s, n)."""
        return self._model(*self._values(linear, curved), *data)[0]

    def slopes(self, linear: Array, curved: Array, data: Sequence[Array]) -> Array:
        """The derivatives by the curved letters, shape (s, n, q); 0 where there is none."""
        if not self.curved:
            return np.empty((curved.shape[0], data[0].size, 0))
        found = np.stack(self._slopes(*self._values(linear, curved), *data), axis=-1)
        for k in self._rough:
            found[..., k] = self._quotient(linear, curved, data, k)
        return np.where(np.isfinite(found), found, 0.0)

    def _quotient(self, linear: Array, curved: Array, data: Sequence[Array], k: int) -> Array:
        step = STEP * np.maximum(np.abs(curved[:, k]), 1e-3)
        up, down = curved.copy(), curved.copy()
        up[:, k] += step
        down[:, k] -= step
        rise = self.values(linear, up, data) - self.values(linear, down, data)
        return np.asarray(rise / (up[:, k] - down[:, k])[:, None])

    @staticmethod
    def _values(linear: Array, curved: Array) -> list[Array]:
        return [each[:, None] for each in (*linear.T, *curved.T)]


def _derivative(model: Expr, letter: str) -> Expr | None:
    try:
        return differentiate(model, letter)
    except LanguageError:
        return None
