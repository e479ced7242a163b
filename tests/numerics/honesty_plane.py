"""How honest a drawn implicit curve is: the share of pixels it misses, and the share it paints without reason.

The truth is found without the tracer, from closed forms that each case gives in plain numpy: functions that change
their sign exactly at the curve (without poles, jumps and double zeros), segments, points and areas.  Both shares allow
one pixel of tolerance, as in `honesty`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Protocol

import numpy as np
import scipy.special
from numpy.typing import NDArray

from plotlang.numerics.view import View
from tests.numerics.formulas import Formula, call, compare, k, only, over, pi, t, x, y
from tests.numerics.honesty import Array, Pixels, grown, rasterised

Height = Callable[[Array, Array], Array]
Where = Callable[[Array, Array], NDArray[np.bool_]]
Lines = Callable[[View], list[Array]]

SHARES = np.array([0.0, 0.2361, 0.4721, 0.6180, 0.8541])
"""Where in a pixel signs are compared, besides at its upper edges."""
BAND = 100
"""Rows of pixels worked on at a time."""


class Drawn(Protocol):
    """What is measured: paths of shape (n, 2) and isolated dots (n, 2)."""

    @property
    def paths(self) -> tuple[Array, ...]: ...
    @property
    def dots(self) -> Array: ...


def no_lines(view: View) -> list[Array]:
    return []


@dataclass(frozen=True)
class Case:
    """An equation formula = 0, and its curve: `lines`, `points`, an `area`, and where one of `signs` changes sign."""

    name: str
    formula: Formula
    signs: tuple[Height, ...] = ()
    where: Where | None = None
    lines: Lines = no_lines
    points: tuple[tuple[float, float], ...] = ()
    area: Where | None = None
    window: tuple[float, float, float, float] = (-6.0, 6.0, -4.0, 4.0)
    moves: bool = True
    log: tuple[bool, bool] = (False, False)

    def view(self, width: int = 600, height: int = 400) -> View:
        return View(*self.window, width, height, *self.log)

    def windows(self, seed: int, count: int, width: int = 600, height: int = 400) -> Iterator[View]:
        """The default window, and others moved and stretched at random."""
        random = np.random.default_rng([seed, *map(ord, self.name)])
        yield self.view(width, height)
        for _ in range(count if self.moves else 0):
            low, high, y_low, y_high = self.window
            scale, stretch = 10 ** random.uniform(-1.2, 0.7), 10 ** random.uniform(-0.3, 0.3)
            half, tall = (high - low) / 2 * scale, (y_high - y_low) / 2 * scale * stretch
            centre = (low + high) / 2 + random.uniform(-0.3, 0.3) * (high - low)
            middle = (y_low + y_high) / 2 + random.uniform(-0.3, 0.3) * (y_high - y_low)
            yield View(centre - half, centre + half, middle - tall, middle + tall, width, height, *self.log)


def _places(view: View, pixels: Array, *, vertical: bool) -> Array:
    if vertical:
        return view.values(pixels)
    if view.log:
        return np.asarray(view.low * (view.high / view.low) ** (pixels / view.width))
    return np.asarray(view.low + pixels / view.width * (view.high - view.low))


def on_pixels(paths: tuple[Array, ...], view: View) -> tuple[Array, ...]:
    """Paths in pixels from the lower left corner of a view."""
    with np.errstate(all="ignore"):
        return tuple(
            np.column_stack([view.columns(path[:, 0]), _rows(view, path[:, 1])]) for path in paths if len(path)
        )


def _rows(view: View, values: Array) -> Array:
    if view.y_log:
        return np.asarray(np.log(values / view.y_low) / np.log(view.y_high / view.y_low) * view.height)
    return np.asarray((values - view.y_low) / (view.y_high - view.y_low) * view.height)


def painted(drawn: Drawn, view: View) -> Pixels:
    """The pixels that strokes and dots touch, shape (height, width)."""
    plain = View(0.0, view.width, 0.0, view.height, view.width, view.height)
    single = tuple(drawn.dots[:, None, :]) if len(drawn.dots) else ()
    near = (each for each in on_pixels((*drawn.paths, *single), view))
    return rasterised(tuple(np.clip(each, -9 * view.width, 9 * view.width) for each in near), plain)


def truth(case: Case, view: View) -> Pixels:
    """The pixels that the curve passes through."""
    inside: Where = case.where or (lambda x, y: np.asarray(True))
    pixels = painted(_Known(tuple(case.lines(view)), np.array(case.points).reshape(-1, 2)), view)
    for height in case.signs:
        below = sampled(lambda x, y, height=height: (height(x, y) < 0) & inside(x, y), view)[0]
        above = sampled(lambda x, y, height=height: (height(x, y) >= 0) & inside(x, y), view)[0]
        pixels |= below & above
    return pixels if case.area is None else pixels | sampled(case.area, view)[0]


def sampled(holds: Where, view: View) -> tuple[Pixels, Pixels]:
    """The pixels in which a condition holds somewhere, and those in which it holds everywhere, edges included."""
    parts = []
    for start in range(0, view.height, BAND):
        stop = min(start + BAND, view.height)
        u = (np.arange(view.width + 1)[:, None] + SHARES).ravel()[: view.width * SHARES.size + 1]
        v = (np.arange(start, stop + 1)[:, None] + SHARES).ravel()[: (stop - start) * SHARES.size + 1]
        xs, ys = _places(view, u, vertical=False)[None, :], _places(view, v, vertical=True)[:, None]
        with np.errstate(all="ignore"):
            value = np.broadcast_to(holds(xs, ys), (v.size, u.size))
        parts.append((_any(value), ~_any(~value)))
    return np.concatenate([some for some, _ in parts]), np.concatenate([every for _, every in parts])


@dataclass(frozen=True)
class _Known:
    paths: tuple[Array, ...]
    dots: Array


def _any(samples: NDArray[np.bool_]) -> Pixels:
    """Whether any sample of each pixel holds, its edges included."""
    for _ in range(2):
        n = SHARES.size
        rows = samples[:-1].reshape(-1, n, samples.shape[1]).any(axis=1) | samples[n::n]
        samples = rows.T
    return samples


def shares(case: Case, view: View, drawn: Drawn, right: Pixels | None = None) -> tuple[float, float]:
    """The share of missed and of false pixels."""
    right, ink = truth(case, view) if right is None else right, painted(drawn, view)
    missed = np.count_nonzero(right & ~grown(ink)) / max(1, np.count_nonzero(right))
    false = np.count_nonzero(ink & ~grown(right)) / max(1, np.count_nonzero(ink))
    return missed, false


def sin(u: Formula) -> Formula:
    return call("sin", u)


def cos(u: Formula) -> Formula:
    return call("cos", u)


def absolute(u: Formula) -> Formula:
    return call("abs", u)


def floor(u: Formula) -> Formula:
    return call("floor", u)


def steps(view: View) -> list[Array]:
    """The treads of y = floor(x)."""
    first, last = max(np.floor(view.low), view.y_low - 2), min(view.high, view.y_high + 2)
    return [np.array([[n, n], [n + 1.0, n]]) for n in np.arange(np.floor(first), last + 1)]


def teeth(slope: float) -> Lines:
    """The pieces of y = frac(slope x)."""
    return lambda view: [
        np.array([[n / slope, 0.0], [(n + 1 - 1e-9) / slope, 1.0 - 1e-9]])
        for n in np.arange(np.floor(view.low * slope), np.ceil(view.high * slope))
    ]


def pole(order: int) -> Lines:
    """The curve y = 0.0001/(x − 1)^order."""

    def branches(view: View) -> list[Array]:
        away = np.logspace(-8.0, 3.0, 400_000)
        return [np.column_stack([1 + side, 1e-4 / side**order]) for side in (away, -away)]

    return branches


def oscillation(view: View) -> list[Array]:
    """The curve y = 3 sin(1/x)."""
    turn = np.arange(0.01, 2e3, 0.02)
    middle = np.array([[0.0, -3.0], [0.0, 3.0]])
    return [middle, *(np.column_stack([1 / side, 3 * np.sin(side)]) for side in (turn, -turn))]


def spiral(view: View) -> list[Array]:
    """The spiral r = θ for θ from 0 to π."""
    turn = np.linspace(0.0, np.pi, 200_000)
    return [np.column_stack([turn * np.cos(turn), turn * np.sin(turn)])]


def partial_sum(xs: Array, ys: Array) -> Array:
    return ys - sum(np.sin((2 * n - 1) * xs) / (2 * n - 1) for n in range(1, 7))


def fresnel(xs: Array, ys: Array) -> Array:
    scale = np.sqrt(np.pi / 2)
    return ys - scale * scipy.special.fresnel(xs / scale)[1]


r2 = x**2 + y**2

CASES = [
    Case("circle", r2 - 9, (lambda x, y: x * x + y * y - 9,)),
    Case("rotated ellipse", x**2 + x * y + y**2 - 4, (lambda x, y: x * x + x * y + y * y - 4,)),
    Case("hyperbola xy = 1", x * y - 1, (lambda x, y: x * y - 1,)),
    Case("folium of Descartes", x**3 + y**3 - 3 * x * y, (lambda x, y: x**3 + y**3 - 3 * x * y,)),
    Case("lemniscate", r2**2 - 8 * (x**2 - y**2), (lambda x, y: (x * x + y * y) ** 2 - 8 * (x * x - y * y),)),
    Case("hidden crossing", x**2 + x * y - 2 * y**2, (lambda x, y: x - y, lambda x, y: x + 2 * y)),
    Case("square of a line", (x - y) ** 2, (lambda x, y: x - y,)),
    Case("hidden double line", x**2 - 2 * x * y + y**2, (lambda x, y: x - y,)),
    Case("hidden double circle", r2**2 - 8 * r2 + 16, (lambda x, y: x * x + y * y - 4,)),
    Case("triple line", x**3 - 3 * x**2 * y + 3 * x * y**2 - y**3, (lambda x, y: x - y,)),
    Case("point", r2, points=((0.0, 0.0),)),
    Case("hidden point", r2 - 2 * x + 1, points=((1.0, 0.0),)),
    Case("point with corners", absolute(x - y) + absolute(x + y - 2), points=((1.0, 1.0),)),
    Case("point and curve", y**2 - x**3 + x**2, (lambda x, y: y**2 - x**3 + x**2,), lambda x, y: x > 0.5,
         points=((0.0, 0.0),)),
    Case("nothing", r2 + 1),
    Case("almost a double line", x**2 - 2 * x * y + y**2 + 1e-6),
    Case("almost a point", r2 - 2 * x + 1.000001),
    Case("cusp", y**2 - x**3, (lambda x, y: y * y - x**3,)),
    Case("astroid", call("cbrt", x) ** 2 + call("cbrt", y) ** 2 - 2,
         (lambda x, y: np.cbrt(x) ** 2 + np.cbrt(y) ** 2 - 2,)),
    Case("tan", y - call("tan", x), (lambda x, y: y * np.cos(x) - np.sin(x),)),
    Case("reciprocal", 1 / x - y, (lambda x, y: x * y - 1,)),
    Case("tan of a product", call("tan", x * y) - 1, (lambda x, y: np.sin(x * y) - np.cos(x * y),)),
    Case("x^y = y^x", x**y - y**x, (lambda x, y: x - y, lambda x, y: np.log(x) / x - np.log(y) / y),
         lambda x, y: (x > 0) & (y > 0) & ((x >= y) | (x <= y)), window=(0.1, 8.0, 0.1, 6.0)),
    Case("heart", (r2 - 1) ** 3 - x**2 * y**3, (lambda x, y: (x * x + y * y - 1) ** 3 - x * x * y**3,),
         window=(-2.0, 2.0, -1.5, 1.5)),
    Case("diamond", absolute(x) + absolute(y) - 2, (lambda x, y: np.abs(x) + np.abs(y) - 2,)),
    Case("square", call("max", absolute(x), absolute(y)) - 2, (lambda x, y: np.maximum(np.abs(x), np.abs(y)) - 2,)),
    Case("stairs", floor(x) - y, lines=steps),
    Case("ring", floor(r2) - 4, area=lambda x, y: np.floor(x * x + y * y) == 4),
    Case("strip", floor(x / 100), area=lambda x, y: (x >= 0) & (x < 100) & (y == y)),
    Case("half plane", absolute(x) + x, area=lambda x, y: (x <= 0) & (y == y)),
    Case("waves", sin(x) + sin(y) - 0.5, (lambda x, y: np.sin(x) + np.sin(y) - 0.5,)),
    Case("woven", sin(x + y) - cos(x * y), (lambda x, y: np.sin(x + y) - np.cos(x * y),)),
    Case("elliptic curve", y**2 - x**3 + x, (lambda x, y: y * y - x**3 + x,)),
    Case("devil's curve", y**2 * (y**2 - 4) - x**2 * (x**2 - 5),
         (lambda x, y: y * y * (y * y - 4) - x * x * (x * x - 5),)),
    Case("Cassini ovals", ((x - 2) ** 2 + y**2) * ((x + 2) ** 2 + y**2) - 15,
         (lambda x, y: ((x - 2) ** 2 + y * y) * ((x + 2) ** 2 + y * y) - 15,)),
    Case("nested circles", r2**2 - 5 * r2 + 4, (lambda x, y: x * x + y * y - 1, lambda x, y: x * x + y * y - 4)),
    Case("two foci", call("sqrt", r2) + call("sqrt", (x - 2) ** 2 + y**2) - 3,
         (lambda x, y: np.hypot(x, y) + np.hypot(x - 2, y) - 3,)),
    Case("degenerate ellipse", x**2 + 1e6 * y**2 - 1, lines=lambda view: [np.array([[-1.0, 0.0], [1.0, 0.0]])],
         moves=False),
    Case("tiny loop", (x - 1) ** 2 + (y - 1) ** 2 - 1e-6, points=((1.0, 1.0),), moves=False),
    Case("tiny scale", r2 - 1e-16, (lambda x, y: x * x + y * y - 1e-16,), window=(-2e-8, 2e-8, -2e-8, 2e-8)),
    Case("huge scale", r2 - 1e18, (lambda x, y: x * x + y * y - 1e18,), window=(-2e9, 2e9, -2e9, 2e9)),
    Case("far away", (x - 1e6) ** 2 + (y - 1e6) ** 2 - 4, (lambda x, y: (x - 1e6) ** 2 + (y - 1e6) ** 2 - 4,),
         window=(1e6 - 4, 1e6 + 4, 1e6 - 3, 1e6 + 3)),
    Case("flat heights", 1e-12 * (x**2 - y), (lambda x, y: x * x - y,)),
    Case("transcendental", call("exp", sin(x) + cos(y)) - sin(call("exp", x + y)),
         (lambda x, y: np.exp(np.sin(x) + np.cos(y)) - np.sin(np.exp(x + y)),)),
    Case("rings", sin(r2), (lambda x, y: np.sin(x * x + y * y),), points=((0.0, 0.0),),
         window=(-12.0, 12.0, -8.0, 8.0)),
    Case("fine rings", sin(r2), (lambda x, y: np.sin(x * x + y * y),), window=(-90.0, 90.0, -60.0, 60.0), moves=False),
    Case("dense hyperbolas", sin(40 * x * y), (lambda x, y: np.sin(40 * x * y),)),
    Case("dense poles", call("tan", 30 * x * y) - 1, (lambda x, y: np.sin(30 * x * y) - np.cos(30 * x * y),)),
    Case("rings of poles", call("tan", r2) - 1, (lambda x, y: np.sin(x * x + y * y) - np.cos(x * x + y * y),)),
    Case("on the pixels", sin(50 * pi * x), (lambda x, y: np.sin(50 * np.pi * x) + 0 * y,)),
    Case("lattice", cos(pi * x) * cos(pi * y), (lambda x, y: np.cos(np.pi * x) + 0 * y,
                                               lambda x, y: np.cos(np.pi * y) + 0 * x)),
    Case("sawtooth", y - call("frac", 3 * x), lines=teeth(3.0)),
    Case("fine sawtooth", y - call("frac", 40 * x), lines=teeth(40.0), moves=False),
    Case("logarithm", y - call("ln", x), (lambda x, y: x - np.exp(y),)),
    Case("ln of a distance", call("ln", r2), (lambda x, y: x * x + y * y - 1,)),
    Case("square root", y - call("sqrt", x), (lambda x, y: y * np.abs(y) - x,), lambda x, y: y >= 0),
    Case("thin pole", y - 1e-4 / (x - 1), lines=pole(1)),
    Case("double pole", y - 1e-4 / (x - 1) ** 2, lines=pole(2)),
    Case("steep step", y - call("arctan", 1e6 * (x - 1)), (lambda x, y: y - np.arctan(1e6 * (x - 1)),)),
    Case("removable", (x**2 - y**2) / (x - y), (lambda x, y: x + y,)),
    Case("round a pole", 1 / r2 - 1, (lambda x, y: x * x + y * y - 1,)),
    Case("difference of tangents", call("tan", x) - call("tan", y), (lambda x, y: np.sin(x - y),)),
    Case("spiral", call("atan2", y, x) - call("hypot", x, y), lines=spiral),
    Case("half circle", (r2 - 9) * only(compare(x, ">", 0)), (lambda x, y: x * x + y * y - 9,), lambda x, y: x > 0),
    Case("oscillating", y - 3 * sin(1 / x), lines=oscillation),
    Case("gamma", y - call("gamma", x), (lambda x, y: y * scipy.special.rgamma(x) - 1,), moves=False),
    Case("Fourier sum", y - over("sum", sin((2 * k - 1) * x) / (2 * k - 1), k, 1, 6), (partial_sum,)),
    Case("integral", y - over("integral", cos(t**2), t, 0, x), (fresnel,), window=(-4.0, 4.0, -2.0, 2.0)),
    Case("underflow", call("exp", -(x**2)), window=(-200.0, 200.0, -4.0, 4.0), moves=False),
    Case("log axes", x * y - 1, (lambda x, y: x * y - 1,), window=(0.01, 100.0, 0.01, 100.0),
         log=(True, True), moves=False),
    Case("circle on log axes", r2 - 100, (lambda x, y: x * x + y * y - 100,), window=(0.01, 100.0, 0.01, 100.0),
         log=(True, True), moves=False),
    Case("one log axis", y - call("lg", x), (lambda x, y: y - np.log10(x),), window=(1e-3, 1e3, -4.0, 4.0),
         log=(True, False), moves=False),
    Case("not a number", call("sqrt", -1 - r2)),
    Case("everywhere", x - x, area=lambda x, y: (x == x) & (y == y)),
]  # fmt: skip
