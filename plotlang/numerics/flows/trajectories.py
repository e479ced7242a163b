"""Solutions of differential equations of the first and second order through a starting value."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from plotlang.language.syntax import Name
from plotlang.numerics.flows.antiderivative import add_up
from plotlang.numerics.flows.marching import March, Piece, Scale, march
from plotlang.numerics.flows.odesystem import System
from plotlang.numerics.flows.tracing import traced
from plotlang.numerics.limits import UNLIMITED, Budget
from plotlang.numerics.program import program
from plotlang.numerics.view import View

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from plotlang.language.syntax import Expr
    from plotlang.numerics.realmath import Array

LOW_SHARE, HIGH_SHARE = 2.0, 98.0
GENEROUS = 1.6
"""If all values span at most this many times the middle 96 %, all are shown."""
FAR_OUT = 50.0
"""Values further from the middle half than so many times its range do not count."""
SAMPLES = 600


@dataclass(frozen=True, slots=True, eq=False)
class Trajectory:
    """A solution, worked out for a view.

    `paths` are arrays of shape (n, 2) of (x, y), the pen is lifted between them.  `value` gives the solution at a
    place, NaN outside the range where it was followed.  `stopped` says why it ends before the edges of the view, as in
    "ends at x = 1, where it grows without bound".  `complete` is False if the work was cut short by its limits or is
    only as good as the picture needs.
    """

    paths: tuple[Array, ...]
    value: Callable[[float], float]
    complete: bool = True
    stopped: tuple[str, ...] = ()


def solve_first_order(rhs: Expr, x0: float, y0: float, view: View, budget: Budget = UNLIMITED) -> Trajectory:
    """The solution of y' = rhs(x, y) through (x0, y0), to both edges of the view.

    It never crosses a place where it grows without bound or the right side is undefined.  Values are good to about
    1e-8 of their size, unless the solution itself magnifies errors.  Raises what `budget` raises.
    """
    return _trajectory(rhs, ("x", "y"), (x0, y0), view, budget)


def solve_second_order(  # noqa: PLR0913, PLR0917 - an equation, three starting values, where and how long
    rhs: Expr, slope: str, x0: float, y0: float, slope0: float, view: View, budget: Budget = UNLIMITED
) -> Trajectory:
    """The solution of y'' = rhs(x, y, y') through (x0, y0) with y'(x0) = slope0; `slope` is the name of y' in rhs.

    As `solve_first_order` in all else.
    """
    return _trajectory(rhs, ("x", "y", slope), (x0, y0, slope0), view, budget)


def heights_of(
    rhs: Expr, slope: str, start: Sequence[float], x: tuple[float, float], budget: Budget = UNLIMITED
) -> tuple[float, float] | None:
    """The least and greatest value to show of a solution for x from low to high; None if there is none.

    `start` is (x0, y0) for y' = rhs, (x0, y0, slope0) for y'' = rhs.  Steep ends are cut off: these are the 2 % and
    98 % quantiles of the values, unless all values lie close enough together.
    """
    low, high = x
    names = ("x", "y", slope)[: len(start)]
    with np.errstate(all="ignore"):
        rise = System(rhs, names, budget)(start[0], np.array(start[1:]))[0] * (high - low)
        size = max(abs(start[1]), abs(rise) if np.isfinite(rise) else 0.0) or high - low
    if not np.isfinite([*start, size]).all():
        return None
    view = View(low, high, start[1] - size, start[1] + size, SAMPLES, SAMPLES)
    pieces = _pieces(rhs, names, tuple(start), view, budget)[0]
    values = _values(pieces, np.linspace(low, high, SAMPLES + 1))
    values = _usual(values[np.isfinite(values)])
    if values.size == 0:
        return None
    bottom, top = (float(each) for each in np.percentile(values, [LOW_SHARE, HIGH_SHARE]))
    least, greatest = float(values.min()), float(values.max())
    return (least, greatest) if greatest - least <= GENEROUS * (top - bottom) else (bottom, top)


def _trajectory(rhs: Expr, names: tuple[str, ...], start: tuple[float, ...], view: View, budget: Budget) -> Trajectory:
    pieces, marches = _pieces(rhs, names, start, view, budget)
    reasons = tuple(dict.fromkeys(each.reason for each in marches if each.reason))

    def value(x: float) -> float:
        return float(_values(pieces, np.array([x], dtype=np.float64))[0])

    return Trajectory(tuple(traced(pieces, view, budget)), value, all(each.complete for each in marches), reasons)


def _pieces(
    rhs: Expr, names: tuple[str, ...], start: tuple[float, ...], view: View, budget: Budget
) -> tuple[list[Piece], list[March]]:
    """The pieces of a solution from left to right, and its directions."""
    if not np.isfinite(start).all():
        return [], []
    system = System(rhs, names, budget)
    left, right = March(start[0], np.array(start[1:])), March(start[0], np.array(start[1:]))
    marches = [(left, view.low)] if start[0] > view.low else []
    if start[0] < view.high:
        marches.append((right, view.high))
    for going, end in marches:
        scale = _scale(view, abs(end - going.x))
        if len(names) == 2 and not _uses(rhs, "y"):
            add_up(rhs, going, end, scale.pixel, budget)
        march(system, going, end, scale)
    backwards = [
        Piece(each.end, each.start, each.value, each.nodes[::-1], each.heights[::-1]) for each in reversed(left.pieces)
    ]
    return backwards + right.pieces, [going for going, _ in marches]


def _uses(rhs: Expr, name: str) -> bool:
    return any(isinstance(step.node, Name) and step.node.id == name for step in program((rhs,)).steps)


def _scale(view: View, distance: float) -> Scale:
    middle, height, width = (view.y_low + view.y_high) / 2, view.y_high - view.y_low, view.high - view.low
    return Scale(middle, height, max(width, distance), width / view.width, height / view.height)


def _values(pieces: Sequence[Piece], x: Array) -> Array:
    """The solution at places, shape (n,); NaN outside its pieces, which go from left to right."""
    values = np.full(x.shape, np.nan)
    if pieces:
        ends = np.array([piece.end for piece in pieces])
        which = np.searchsorted(ends, x)
        for k in np.unique(which[(x >= pieces[0].start) & (x <= ends[-1])]):
            inside = (which == k) & (x >= pieces[k].start)
            values[inside] = pieces[k].value(x[inside])
    return values


def _usual(values: Array) -> Array:
    """Values, without those very far from the middle half of them."""
    if values.size == 0:
        return values
    low, high = np.percentile(values, [25, 75])
    room = FAR_OUT * (high - low)
    return values[(values >= low - room) & (values <= high + room)] if room > 0 else values
