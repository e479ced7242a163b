"""The bounds of sums, integrals and their like: term by term, or estimated from a few values in each cell."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, TypeAlias

import numpy as np
from numpy.typing import NDArray

from plotlang.numerics import bounds as b
from plotlang.numerics.bounds import BROKEN, EDGE, EMPTY, PARTIAL, Bounds, Marks, Rule
from plotlang.numerics.program import is_continuous, range_parts

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from plotlang.language.syntax import Binder
    from plotlang.numerics.pointwise import Operation
    from plotlang.numerics.realmath import Array

Mask: TypeAlias = NDArray[np.bool_]

_PROBES = np.array([0.0, 0.2763932, 0.5381966, 0.7854102, 1.0])
"""Where inside a cell a node without a rule is tried."""
_MOST_PROBED = 1 << 18
_MOST_TERMS = 2000


def probed(f: Operation) -> Rule:
    """Bounds of a function without a rule: an estimate from a few values in each cell, widened by a quarter."""

    def rule(*inputs: Bounds) -> Bounds:
        shape = _shape(inputs)
        tried = np.broadcast_to(f(*_places(inputs, len(shape))), (len(_PROBES), *shape))
        low, high = np.fmin.reduce(tried), np.fmax.reduce(tried)
        spread = np.where(np.isfinite(high - low), (high - low) / 4, 0.0)
        missing = np.isnan(tried)
        gone = np.asarray(missing.all(axis=0))
        marks: Marks = b.marked(np.asarray(missing.any(axis=0)) & ~gone, PARTIAL)
        for each in inputs:
            marks = marks | each.marks
        return b.emptied(Bounds(low - spread, high + spread, marks), gone)

    return rule


def _shape(inputs: Sequence[Bounds]) -> tuple[int, ...]:
    return np.broadcast_shapes(*(each.low.shape for each in inputs))


def _places(inputs: Sequence[Bounds], dimensions: int) -> list[Array]:
    """Places inside the cells, along a first axis."""
    share = _PROBES.reshape(-1, *(1,) * dimensions)
    return [_between(each, share) for each in inputs]


def _between(a: Bounds, share: Array) -> Array:
    if b.is_exact(a):
        return a.low
    return np.where(a.low == a.high, a.low, a.low * (1 - share) + a.high * share)


def binder_rule(node: Binder, inside: Callable[[Sequence[Bounds]], list[Bounds]], by_probing: Rule) -> Rule:
    """A sum over few known terms is bounded term by term; other binders are probed.

    `inside` bounds the body, and the condition if there is one, from the bound name and the outer names.
    """
    parts = range_parts(node)
    continuous = is_continuous(node)

    def rule(*inputs: Bounds) -> Bounds:
        outer = inputs[len(parts) :]
        if parts[0] is parts[1] and node.condition is None:
            return inside([inputs[0], *outer])[0]
        if continuous:
            return by_probing(*inputs)
        terms = _terms(inputs[: len(parts)])
        shape = _shape(outer)
        if terms is None or terms.size * math.prod(shape) > _MOST_PROBED:
            return _with_jumps(by_probing(*inputs), inputs[: len(parts)])
        along = terms.reshape(-1, *(1 for _ in shape))
        return _joined(node.kind, inside([b.exactly(along), *outer]), (terms.size, *shape))

    return rule


def _terms(ends: Sequence[Bounds]) -> Array | None:
    if not all(b.is_exact(each) for each in ends):
        return None
    low, high, step = (float(each.low) for each in (*ends, b.exactly(1.0))[:3])
    count = np.floor((high - low) / step + 1e-9) + 1
    return low + step * np.arange(count) if 1 <= count <= _MOST_TERMS else None


def _with_jumps(a: Bounds, ends: Sequence[Bounds]) -> Bounds:
    """An estimate of a sum, which jumps where the number of its terms changes."""
    low, high, step = (*_places(ends, len(_shape(ends))), np.ones(()))[:3]
    counts = np.maximum(np.floor((high - low) / step), -1.0)
    changes = np.asarray((np.atleast_1d(counts) != np.atleast_1d(counts)[:1]).any(axis=0))
    return Bounds(a.low, a.high, a.marks | b.marked(changes, BROKEN | EDGE))


def _joined(kind: str, found: list[Bounds], shape: tuple[int, ...]) -> Bounds:
    terms = _stack(found[0], shape)
    if len(found) == 1:
        return _JOINS[kind](terms)
    surely, perhaps = (np.broadcast_to(each, shape) for each in truth(found[1]))
    if kind == "mean":
        count = Bounds(surely.sum(axis=0) * 1.0, perhaps.sum(axis=0) * 1.0)
        return b.divide(_total(_left_out(terms, 0.0, surely, perhaps)), count)
    neutral = {"sum": 0.0, "prod": 1.0, "max": -np.inf, "min": np.inf}[kind]
    result = _JOINS[kind](_left_out(terms, neutral, surely, perhaps))
    if kind in ("sum", "prod"):
        return result
    maybe_none = np.asarray(~surely.any(axis=0))
    result = Bounds(result.low, result.high, result.marks | b.marked(maybe_none, PARTIAL))
    return b.emptied(result, np.asarray(~perhaps.any(axis=0)))


def _left_out(terms: Bounds, neutral: float, surely: Mask, perhaps: Mask) -> Bounds:
    """The terms, with a neutral value in place of those whose condition does not hold."""
    result = b.hull(terms, b.exactly(neutral), perhaps & ~surely, surely)
    return _stack(result, surely.shape)


def truth(a: Bounds) -> tuple[Mask, Mask]:
    """Surely true, and perhaps true, as booleans; what is undefined is not true."""
    marks = np.asarray(a.marks)
    nonzero = (a.low > 0) | (a.high < 0)
    surely = nonzero & ((marks & (PARTIAL | EMPTY)) == 0)
    perhaps = ((a.low != 0) | (a.high != 0)) & ((marks & EMPTY) == 0)
    return surely, perhaps


def _stack(terms: Bounds, shape: tuple[int, ...]) -> Bounds:
    """The bounds of all terms, along the first axis."""
    marks = terms.marks if isinstance(terms.marks, int) else np.broadcast_to(terms.marks, shape)
    return Bounds(np.broadcast_to(terms.low, shape), np.broadcast_to(terms.high, shape), marks)


def _gathered(terms: Bounds) -> Marks:
    return terms.marks if isinstance(terms.marks, int) else np.bitwise_or.reduce(terms.marks, axis=0)


def _total(terms: Bounds) -> Bounds:
    return b.whole(Bounds(terms.low.sum(axis=0), terms.high.sum(axis=0), _gathered(terms)))


def _mean(terms: Bounds) -> Bounds:
    return b.whole(Bounds(terms.low.mean(axis=0), terms.high.mean(axis=0), _gathered(terms)))


def _product(terms: Bounds) -> Bounds:
    marks = _gathered(terms)
    result = Bounds(terms.low[0], terms.high[0], marks)
    for low, high in zip(terms.low[1:], terms.high[1:], strict=True):
        result = b.multiply(result, Bounds(low, high))
    return Bounds(result.low, result.high, marks)


_JOINS: dict[str, Callable[[Bounds], Bounds]] = {
    "sum": _total,
    "mean": _mean,
    "prod": _product,
    "max": lambda terms: Bounds(terms.low.max(axis=0), terms.high.max(axis=0), _gathered(terms)),
    "min": lambda terms: Bounds(terms.low.min(axis=0), terms.high.min(axis=0), _gathered(terms)),
}
