"""What is drawn in the drawing benchmark: each kind of curve with its cases, windows, entrants and judge."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from plotlang.numerics.compile import compile_expr
from plotlang.numerics.explicit.curve import Curve
from plotlang.numerics.explicit.refining import refine
from plotlang.numerics.explicit.strokes import drawn
from plotlang.numerics.limits import UNLIMITED
from plotlang.numerics.parametric.curve import PlaneCurve
from plotlang.numerics.parametric.tracing import traced as traced_parametric
from plotlang.numerics.plane.tracing import Curves
from plotlang.numerics.plane.tracing import traced as traced_plane
from plotlang.numerics.view import BEYOND, View
from tests.numerics import honesty, honesty_parametric, honesty_plane
from tests.numerics.formulas import node

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

Shares = tuple[float, float]
Size = tuple[int, int]


@dataclass(frozen=True)
class Contest:
    """One case in one window: what plotlang draws, the peers, and the judge, who gives shares of pixels."""

    kind: str
    name: str
    size: Size
    draw: Callable[[], Any]
    peers: Callable[[], dict[str, Callable[[], Any]]]
    judged: Callable[[Any], Shares]


class Kind(NamedTuple):
    """A kind of curve: its cases, and the contests of a case for a seed, a number of moved windows and a size."""

    cases: Callable[[], Sequence[Any]]
    contests: Callable[[Any, int, int, Size], Iterator[Contest]]


def compared(right: np.ndarray, painted: np.ndarray) -> Shares:
    """The shares of missed and of false pixels, with one pixel of tolerance."""
    missed = np.count_nonzero(right & ~honesty.grown(painted)) / max(1, np.count_nonzero(right))
    false = np.count_nonzero(painted & ~honesty.grown(right)) / max(1, np.count_nonzero(painted))
    return missed, false


def near(paths: Sequence[np.ndarray], view: View) -> tuple[np.ndarray, ...]:
    """Paths cut to a few sizes of the window, as far as values are kept."""
    wide, high = BEYOND * (view.high - view.low), BEYOND * (view.y_high - view.y_low)
    low, most = (view.low - wide, view.y_low - high), (view.high + wide, view.y_high + high)
    return tuple(np.clip(path, low, most) for path in paths)


def moved(case: Any, seed: int, count: int, size: Size) -> Iterator[View]:
    """The window of an explicit case, and others: width over 3 decades, height over 2."""
    random = np.random.default_rng([seed, *map(ord, case.name)])
    yield replace(case.view(), width=size[0], height=size[1])
    for _ in range(count if case.moves and case.window == honesty.Case.window else 0):
        half, tall = 10 ** random.uniform(-1.5, 1.5), 10 ** random.uniform(-1, 1)
        centre, middle = random.uniform(-4, 4), random.uniform(-2, 2)
        yield View(centre - half, centre + half, middle - tall, middle + tall, *size)


def explicit(case: Any, seed: int, count: int, size: Size) -> Iterator[Contest]:
    curve = Curve(case.formula.expr, "x", UNLIMITED)
    for view in moved(case, seed, count, size):
        right: list[np.ndarray] = []

        def judged(found: Any, view: View = view, right: list[np.ndarray] = right) -> Shares:
            right[:] = right or [honesty.truth(case, view)]
            paths = found if isinstance(found, tuple) else found.paths
            return compared(right[0], honesty.rasterised(near(paths, view), view))

        def peers(view: View = view) -> dict[str, Callable[[], Any]]:
            from benchmarks.peers import point_samplers, sympy_plots

            function = compile_expr(case.formula.expr, "x")
            ends = (view.low, view.high)
            found = {
                "recipe": lambda: point_samplers.evenly(function, *ends, point_samplers.RECIPE),
                "10,000 points": lambda: point_samplers.evenly(function, *ends, point_samplers.MANY),
            }
            if expressible(sympy_plots, case.formula.expr):
                found["SymPy adaptive"] = lambda: sympy_plots.line(case.formula.expr, *ends)
            return found

        draw = lambda view=view: drawn(curve, view, refine(curve, view))  # noqa: E731
        yield Contest("explicit", case.name, size, draw, peers, judged)


def implicit(case: Any, seed: int, count: int, size: Size) -> Iterator[Contest]:
    curves = Curves.of(case.formula.expr)
    for view in case.windows(seed, count, *size):
        right: list[np.ndarray] = []

        def judged(found: Any, view: View = view, right: list[np.ndarray] = right) -> Shares:
            right[:] = right or [honesty_plane.truth(case, view)]
            if hasattr(found, "paths"):
                return honesty_plane.shares(case, view, found, right[0])
            rectangles, paths = found
            painted = honesty.rasterised(near(paths, view), view)
            _fill(painted, rectangles, view)
            return compared(right[0], painted)

        def peers(view: View = view) -> dict[str, Callable[[], Any]]:
            from benchmarks.peers import point_samplers, sympy_plots

            if view.log or view.y_log:
                return {}
            function = compile_expr(case.formula.expr, "x", "y")
            window = (view.low, view.high, view.y_low, view.y_high)
            found = {"contour 1000x1000": lambda: (np.empty((0, 4)), point_samplers.contour(function, *window))}
            if expressible(sympy_plots, case.formula.expr):
                found["SymPy plot_implicit"] = lambda: sympy_plots.implicit(case.formula.expr, *window)
            return found

        yield Contest("implicit", case.name, size, lambda view=view: traced_plane(curves, view), peers, judged)


def _fill(pixels: np.ndarray, rectangles: np.ndarray, view: View) -> None:
    """Paint the pixels whose middle lies in a rectangle, and at least one for each."""
    wide, high = (view.high - view.low) / view.width, (view.y_high - view.y_low) / view.height
    for left, right, bottom, top in rectangles:
        first, last = round((left - view.low) / wide), round((right - view.low) / wide)
        low, most = round((bottom - view.y_low) / high), round((top - view.y_low) / high)
        pixels[max(low, 0) : max(most, low + 1, 0), max(first, 0) : max(last, first + 1, 0)] = True


def parametric(case: Any, seed: int, count: int, size: Size) -> Iterator[Contest]:  # noqa: ARG001
    first, second = node(case.x), node(case.y)
    curve = PlaneCurve(first, second, "t", UNLIMITED)
    own, *others = honesty_parametric.windows(case)
    views = [
        replace(own, width=size[0], height=size[1]),
        *(view for view in others if (view.width, view.height) == size),
    ]
    for view in views:

        def judged(found: Any, view: View = view) -> Shares:
            if isinstance(found, tuple):
                return honesty_parametric.shares(case, view, near(found, view))
            dots = np.vstack([found.open_dots, found.filled_dots])
            return honesty_parametric.shares(case, view, found.paths, dots)

        def peers(view: View = view) -> dict[str, Callable[[], Any]]:
            from benchmarks.peers import point_samplers, sympy_plots

            if view.log or view.y_log:
                return {}
            functions = compile_expr(first, "t"), compile_expr(second, "t")
            many = point_samplers.MANY
            found = {"10,000 points": lambda: point_samplers.evenly_parametric(*functions, case.low, case.high, many)}
            if expressible(sympy_plots, first, second):
                found["SymPy adaptive"] = lambda: sympy_plots.parametric(first, second, case.low, case.high)
            return found

        draw = lambda view=view: traced_parametric(curve, case.low, case.high, view)  # noqa: E731
        yield Contest("parametric", case.name, size, draw, peers, judged)


def expressible(sympy_plots: Any, *formulas: Any) -> bool:
    try:
        return all(sympy_plots.expression(each) is not None for each in formulas)
    except (sympy_plots.NotExpressible, TypeError, ValueError, KeyError):
        return False


KINDS = {
    "explicit": Kind(lambda: honesty.CASES, explicit),
    "implicit": Kind(lambda: honesty_plane.CASES, implicit),
    "parametric": Kind(lambda: honesty_parametric.CASES, parametric),
}
