"""Solutions of y' = f(x): one integral after the other, as fast as the formula allows and never across a pole."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from plotlang.numerics.compile import compile_expr
from plotlang.numerics.flows.marching import March, Piece
from plotlang.numerics.quadrature import cumulative, integrate

if TYPE_CHECKING:
    from collections.abc import Callable

    from plotlang.language.syntax import Expr
    from plotlang.numerics.limits import Budget
    from plotlang.numerics.realmath import Array

PER_PIXEL = 4
MOST_PLACES = 40_000
LOOKS, SAMPLES, NOISE = 8, 64, 0.3
"""Gaps that are looked at, samples in each, and the share of turns among them that makes a formula noise."""


def add_up(slope: Expr, going: March, end: float, pixel: float, budget: Budget) -> None:
    """Follow y' = slope(x) from where the solution is towards `end`, as far as the integral exists.

    The budget is for this work, not for the values of the piece that are asked for afterwards.
    """
    count = int(min(MOST_PLACES, max(2.0, PER_PIXEL * abs(end - going.x) / pixel)))
    nodes = np.linspace(going.x, end, count + 1)
    body = compile_expr(slope, "x", budget=budget)
    nodes = nodes[: int(np.argmax(np.append(np.isinf(body(nodes)), True)))]
    if nodes.size < 2 or _noisy(body, nodes):
        return
    later, first = compile_expr(slope, "x"), float(going.state[0])
    with np.errstate(all="ignore"):
        heights = first + cumulative(body, np.full(nodes.shape, nodes[0]), nodes, budget)
    known = int(np.argmin(np.append(np.isfinite(heights), False)))
    if known < 2:
        return
    nodes, heights = nodes[:known], heights[:known]
    backwards = nodes[-1] < nodes[0]
    order = slice(None, None, -1 if backwards else 1)

    def value(x: Array) -> Array:
        near = np.searchsorted(nodes[order], x).clip(0, known - 1)
        from_x, from_y = nodes[order][near], heights[order][near]
        with np.errstate(all="ignore"):
            return np.asarray(from_y + integrate(lambda t, _: later(t), from_x, np.asarray(x), []))

    going.pieces.append(Piece(float(nodes[0]), float(nodes[-1]), value, nodes, heights))
    going.x, going.state = float(nodes[-1]), heights[-1:].copy()


def _noisy(body: Callable[[Array], Array], nodes: Array) -> bool:
    """Whether the formula goes up and down too often between neighbouring nodes to be integrated."""
    at = np.linspace(0, nodes.size - 2, LOOKS).astype(np.intp)
    share = np.sort(np.arange(1, SAMPLES + 1) * 0.6180339887498949 % 1.0)
    values = body(nodes[at, None] + (nodes[at + 1] - nodes[at])[:, None] * share)
    with np.errstate(all="ignore"):
        steps = np.diff(values, axis=1)
        return bool((steps[:, 1:] * steps[:, :-1] < 0).mean(axis=1).max() > NOISE)
