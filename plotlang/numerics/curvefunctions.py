"""Lowering of functions of functions, such as ``roots(f)`` and ``tangent(f, 2)``; limits, fitted letters, terms."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

from plotlang.language.diagnostics import LanguageError
from plotlang.language.scope import CONSTANTS
from plotlang.language.syntax import (
    Binder,
    Call,
    Expr,
    Fitted,
    FunctionOf,
    ListOf,
    Name,
    Number,
    Point,
    Recurrence,
    Text,
    free_names,
)
from plotlang.numerics import analysis
from plotlang.numerics.lists import each, spread
from plotlang.numerics.program import identity, program

if TYPE_CHECKING:
    from collections.abc import Mapping

    from plotlang.numerics.fits.fitting import Fit
    from plotlang.numerics.limits import Budget
    from plotlang.numerics.lowering import Lowering

MOST_TERMS = 10_000


def curve_function(lowering: Lowering, expr: Call, env: Mapping[str, Expr]) -> Expr:
    """The value of a function whose first arguments are functions; a list or a core expression."""
    functions = [core_of(lowering, each_, env) for each_ in expr.arguments if isinstance(each_, FunctionOf)]
    rest = tuple(lowering.lower(each_, env) for each_ in expr.arguments[len(functions) :])
    name = expr.function
    if name == "slope":
        return spread(lambda place: analysis.slope(functions[0], place), rest, expr.span)
    if name in ("tangent", "normal", "secant"):
        return spread(lambda *at: analysis.line(name, functions[0], at[:-1], at[-1]), rest, expr.span)
    for core in functions:
        only_x(core, expr)
    if name in ("area", "riemann"):
        return Number(_measured(lowering, name, functions, [lowering.number_of(value) for value in rest]))
    low, high = (lowering.number_of(value) for value in rest) if rest else lowering.span()
    check_range(low, high, expr)
    if name == "asymptotes":
        return ListOf(tuple(Number(x) for x in analysis.vertical(functions[0], low, high, lowering.budget)))
    found, _ = analysis.places(name, tuple(functions), low, high, lowering.budget)
    if name in ("roots", "solve"):
        return ListOf(tuple(Number(x) for x, _ in found), span=expr.span)
    return ListOf(tuple(Point((Number(x), Number(y))) for x, y in found), span=expr.span)


def core_of(lowering: Lowering, function: FunctionOf, env: Mapping[str, Expr]) -> Expr:
    """The core expression in x of a function that is an argument; raises `LanguageError` for lists and points."""
    inner = {name: value for name, value in env.items() if name != function.variable}
    core = lowering.lower(function.body, {**inner, function.variable: Name("x")})
    if isinstance(core, ListOf):
        hint = "write the formula of one"
        raise LanguageError("one curve is needed here, not a family", function.span, suggestion=hint)
    if isinstance(core, Point | Text):
        hint = "a formula in x, or the name of a function"
        raise LanguageError("a curve is needed here", function.span, suggestion=hint)
    return core


def only_x(core: Expr, expr: Expr) -> None:
    """Raise `LanguageError` when a core expression depends on more than x."""
    others = free_names(core) - {"x"} - set(CONSTANTS) - _calls(core)
    if others:
        raise LanguageError(f"{min(others)} has no value here", expr.span)


def _calls(core: Expr) -> frozenset[str]:
    from plotlang.numerics.functions import FUNCTIONS

    return free_names(core) & set(FUNCTIONS)


def check_range(low: float, high: float, expr: Expr) -> None:
    """Raise `LanguageError` when these are no ends of a range."""
    if not (np.isfinite(low) and np.isfinite(high) and low < high):
        raise LanguageError("the range needs a lower and an upper end", expr.span, suggestion="on [0, 2]")


def _measured(lowering: Lowering, name: str, functions: list[Expr], rest: list[float]) -> float:
    if name == "area":
        second = functions[1] if len(functions) > 1 else None
        return analysis.area_between(functions[0], second, rest[0], rest[1], lowering.budget)
    return analysis.boxes(functions[0], rest[0], rest[1], rest[2], "left", lowering.budget)


def limit_of(lowering: Lowering, expr: Binder, env: Mapping[str, Expr]) -> Expr:
    """The limit of a formula at a place, as a number."""
    inner: dict[str, Expr] = {**env, expr.variable: Name("x")}
    core = lowering.lower(expr.body, inner)
    place = lowering.lower(expr.source, env)
    if isinstance(core, ListOf | Point | Text) or isinstance(place, ListOf | Point | Text):
        raise LanguageError("limit works on numbers", expr.span)
    only_x(core, expr)
    return Number(analysis.limit(core, "x", lowering.number_of(place), 0, lowering.budget), span=expr.span)


# Fitted letters: all letters of a model come from one fit, which is remembered by its values.


def fitted(lowering: Lowering, expr: Fitted, env: Mapping[str, Expr]) -> Expr:
    """The value that least squares give a letter of a model."""
    return Number(fit_of(lowering, expr, env).values[expr.letter], span=expr.span)


def fit_of(lowering: Lowering, expr: Fitted, env: Mapping[str, Expr]) -> Fit:
    """The fit of a model to data."""
    inner: dict[str, Expr] = {name: Name(name) for name in (*expr.letters, *(name for name, _ in expr.columns))}
    core = lowering.lower(expr.model, {**env, **inner})
    if isinstance(core, ListOf | Point | Text):
        raise LanguageError("the model does not give one number for every entry", expr.model.span)
    target = _numbers(lowering, expr.target, env)
    columns = tuple((name, _numbers(lowering, data, env)) for name, data in expr.columns)
    for name, values in columns:
        if len(values) != len(target):
            lengths = f"{len(target)} and {len(values)}"
            raise LanguageError(f"the lists have different lengths ({lengths})", expr.target.span)
        del name
    return _fit(core, expr.letters, columns, target, lowering.budget)


def _numbers(lowering: Lowering, expr: Expr, env: Mapping[str, Expr]) -> tuple[float, ...]:
    value = lowering.lower(expr, env)
    if not isinstance(value, ListOf):
        raise LanguageError("a fit needs a list of data", expr.span, suggestion="for example: d.h ~ a d.t + b")
    return tuple(lowering.number_of(item) for item in value.items)


@lru_cache(maxsize=64)
def _remembered(*key: object) -> list[Fit]:
    """Room for the fit of these values, empty at first."""
    del key
    return []


def _fit(
    core: Expr,
    letters: tuple[str, ...],
    columns: tuple[tuple[str, tuple[float, ...]], ...],
    target: tuple[float, ...],
    budget: Budget,
) -> Fit:
    from plotlang.numerics.fits.fitting import fit

    key = identity(program((core,)))
    kept = [] if key is None else _remembered(key, letters, columns, target)
    if not kept:
        arrays = {name: np.array(values) for name, values in columns}
        kept.append(fit(core, letters, arrays, np.array(target), budget))
    return kept[0]


# Sequences.


def term(lowering: Lowering, expr: Recurrence, env: Mapping[str, Expr]) -> Expr:
    """Terms of a sequence by their numbers."""
    index = lowering.lower(expr.index, env)
    places = [lowering.number_of(item) for item in (index.items if isinstance(index, ListOf) else (index,))]
    for place in places:
        if place != round(place) or not expr.start <= place <= expr.start + MOST_TERMS:
            raise LanguageError(
                f"the sequence has no term number {place:g}", expr.index.span,
                why=f"its terms are counted from {expr.start}",
            )  # fmt: skip
    values = terms_of(lowering, expr, int(max(places, default=expr.start)), env)
    numbers = {float(place): Number(values[int(place) - expr.start]) for place in places}
    return each(lambda item: numbers[lowering.number_of(item)], index)


def terms_of(lowering: Lowering, expr: Recurrence, last: int, env: Mapping[str, Expr]) -> tuple[float, ...]:
    """The terms of a sequence up to the number `last`."""
    from plotlang.numerics.flows.recurrence import terms

    inner: dict[str, Expr] = {name: Name(name) for name in (expr.variable, *expr.previous)}
    outer = {name: value for name, value in env.items() if name not in inner}
    step = lowering.lower(expr.step, {**outer, **inner})
    first = tuple(lowering.number_of(lowering.lower(value, outer)) for value in expr.first)
    if last < expr.start + len(first):
        return first[: last - expr.start + 1]
    found = terms(first, expr.start, step, expr.variable, expr.previous, last, lowering.budget)
    return tuple(float(value) for value in found)
