"""Sums, products, integrals and their like: one name runs over a range inside a formula.

Sums and products count in steps; an integral goes through all numbers of the range, and so do the greatest, least and
mean value unless a step is given.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

import numpy as np

from plotlang.language.diagnostics import LanguageError
from plotlang.language.syntax import Binder, Interval
from plotlang.numerics import quadrature
from plotlang.numerics import realmath as real
from plotlang.numerics.explicit import extremes
from plotlang.numerics.program import is_continuous, outer_names, range_parts
from plotlang.numerics.realmath import Array

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from plotlang.numerics.limits import Budget
    from plotlang.numerics.pointwise import Operation

MOST_TERMS = 200_000
BLOCK = 1 << 19
"""Numbers held at a time: terms × points."""

Inside: TypeAlias = Callable[[list[Array]], list[Array]]
Compute: TypeAlias = Callable[[Array, Array, Array, list[Array]], Array]
"""From low, high, step and the outer values, all of shape (n,)."""


def bound_operation(node: Binder, inside: Inside, budget: Budget) -> Operation:
    """The meaning of a binder as a function of low, high, perhaps step, and its outer names.

    `inside` computes the body, and the condition if there is one, from the bound name and the outer names.
    """
    if not isinstance(node.source, Interval):
        raise LanguageError(f"{node.kind} needs a range a..b", node.span)
    ends = len(range_parts(node))
    if is_continuous(node):
        operation = _OVER_ALL[node.kind](node, inside, budget)
    elif node.kind in _REDUCTIONS:
        operation = _reduction(node, inside, budget)
    else:
        raise LanguageError(f"a {node.kind} can't be computed here", node.span)
    return lambda *parts: _over_points(operation, ends, parts)


def _over_points(operation: Compute, ends: int, parts: tuple[Array, ...]) -> Array:
    """Flatten the points, compute, and give the result their shape."""
    shape = np.broadcast_shapes(*(each.shape for each in parts))
    flat = [np.broadcast_to(each, shape).reshape(-1) for each in parts]
    step = flat[2] if ends == 3 else np.ones_like(flat[0])
    return operation(flat[0], flat[1], step, flat[ends:]).reshape(shape)


@dataclass(frozen=True, slots=True)
class _Terms:
    """A block of terms: values (terms × points, 0-padded where `used` is false)."""

    values: Array
    used: NDArray[np.bool_]


def _reduction(node: Binder, inside: Inside, budget: Budget) -> Compute:
    reduce = _REDUCTIONS[node.kind]

    def compute(low: Array, high: Array, step: Array, outer: list[Array]) -> Array:
        counts = _counts(node, low, high, step)
        width = max(1, int(BLOCK // max(1.0, float(np.max(counts, initial=0.0)))))
        result = np.empty(low.shape)
        for i in range(0, low.size, width):
            here = slice(i, i + width)
            blocks = _blocks(inside, counts[here], low[here], step[here], [each[here] for each in outer], budget)
            result[here] = reduce(blocks, counts[here].size)
        return np.where(np.isnan(low + high + step), np.nan, result)

    return compute


def _counts(node: Binder, low: Array, high: Array, step: Array) -> Array:
    """How many terms there are at each point; both ends are included, with a little room for rounding."""
    counts = np.floor((high - low) / step + 1e-9) + 1.0
    counts = np.where(np.isnan(counts), 0.0, np.maximum(counts, 0.0))
    if np.max(counts, initial=0.0) > MOST_TERMS:
        raise LanguageError(
            f"this {node.kind} has more than {MOST_TERMS:,} terms".replace(",", " "),
            node.span,
            suggestion=f"let {node.variable} run over a shorter range",
        )
    return counts


def _blocks(
    inside: Inside, counts: Array, low: Array, step: Array, outer: list[Array], budget: Budget
) -> Iterator[_Terms]:
    most = int(np.max(counts, initial=0.0))
    height = max(1, BLOCK // max(1, counts.size))
    if counts.size and np.all(low == low[0]) and np.all(step == step[0]):
        low, step = low[:1], step[:1]
    for first in range(0, most, height):
        budget.check()
        index = np.arange(first, min(first + height, most), dtype=np.float64)[:, None]
        found = inside([low + index * step, *outer])
        shape = (index.size, counts.size)
        used = np.broadcast_to(index < counts, shape)
        if len(found) == 2:
            used = used & real.truth(found[1])
        yield _Terms(np.broadcast_to(found[0], shape), used)


def _sum(blocks: Iterator[_Terms], size: int) -> Array:
    total = np.zeros(size)
    for each in blocks:
        total = total + np.sum(each.values, axis=0, where=each.used)
    return total


def _product(blocks: Iterator[_Terms], size: int) -> Array:
    total = np.ones(size)
    for each in blocks:
        total = total * np.prod(each.values, axis=0, where=each.used)
    return total


def _mean(blocks: Iterator[_Terms], size: int) -> Array:
    total, count = np.zeros(size), np.zeros(size)
    for each in blocks:
        total = total + np.sum(each.values, axis=0, where=each.used)
        count = count + np.sum(each.used, axis=0)
    return real.divide(total, count)


def _largest(blocks: Iterator[_Terms], size: int) -> Array:
    best = np.full(size, -np.inf)
    found = np.zeros(size, dtype=bool)
    for each in blocks:
        best = np.maximum(best, np.max(each.values, axis=0, where=each.used, initial=-np.inf))
        found |= np.any(each.used, axis=0)
    return np.where(found, best, np.nan)


def _smallest(blocks: Iterator[_Terms], size: int) -> Array:
    return -_largest((_Terms(-each.values, each.used) for each in blocks), size)


_REDUCTIONS: dict[str, Callable[[Iterator[_Terms], int], Array]] = {
    "sum": _sum,
    "prod": _product,
    "mean": _mean,
    "max": _largest,
    "min": _smallest,
}


def _integral(node: Binder, inside: Inside, budget: Budget) -> Compute:
    body, fixed = _with_condition(inside, 0.0), not outer_names(node)

    def compute(low: Array, high: Array, _: Array, outer: list[Array]) -> Array:
        if fixed:
            return quadrature.cumulative(lambda t: body(t, []), low, high, budget)
        return quadrature.integrate(body, low, high, outer, budget)

    return compute


def _with_condition(inside: Inside, otherwise: float) -> quadrature.Body:
    """The body where the condition holds."""

    def body(t: Array, outer: list[Array]) -> Array:
        found = inside([t, *outer])
        value = found[0] if len(found) == 1 else np.where(real.truth(found[1]), found[0], otherwise)
        return np.broadcast_to(value, t.shape)

    return body


def _mean_value(node: Binder, inside: Inside, budget: Budget) -> Compute:
    """The integral over the length, and the value itself over no length."""
    total = _integral(node, inside, budget)
    single = _with_condition(inside, np.nan)

    def chosen(values: list[Array]) -> list[Array]:
        found = inside(values)
        return [real.truth(found[1]).astype(np.float64)] if len(found) == 2 else [np.ones(values[0].shape)]

    length = _integral(node, chosen, budget)

    def compute(low: Array, high: Array, step: Array, outer: list[Array]) -> Array:
        span = high - low if node.condition is None else length(low, high, step, outer)
        value = real.divide(total(low, high, step, outer), span)
        return np.where(low == high, single(low[None], outer)[0], np.where(np.isinf(span), np.nan, value))

    return compute


def _greatest(node: Binder, inside: Inside, budget: Budget) -> Compute:
    body, sign = _with_condition(inside, np.nan), 1.0 if node.kind == "max" else -1.0

    def compute(low: Array, high: Array, _: Array, outer: list[Array]) -> Array:
        return sign * extremes.greatest(lambda t, values: sign * body(t, values), low, high, outer, budget)

    return compute


_OVER_ALL: dict[str, Callable[[Binder, Inside, Budget], Compute]] = {
    "integral": _integral,
    "mean": _mean_value,
    "max": _greatest,
    "min": _greatest,
}
