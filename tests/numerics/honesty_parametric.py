"""How honest a drawn curve of a parameter is: the share of pixels it misses, and the share it paints without reason.

The truth is found without the sampler: very many points, with more between neighbours until they are less than a
pixel apart, except across breaks that each case names itself.  Both shares allow one pixel of tolerance.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from plotlang.numerics.compile import compile_many
from plotlang.numerics.view import View
from tests.numerics.formulas import Formula, both, call, compare, e, k, node, only, over, pi, rows, t
from tests.numerics.honesty import Breaks, at, cos, every, grown, nowhere, rasterised, sin, sqrt

Array = NDArray[np.float64]
Pixels = NDArray[np.bool_]

STEP = 0.6
"""Neighbouring points of the truth are at most this many pixels apart."""
MOST_POINTS = 6_000_000
SCATTERED = 1_500_000
TURN = 2 * np.pi


@dataclass(frozen=True)
class Case:
    """Two formulas of t, its range, and the places where the curve breaks; `near` are places to look at closely.

    `samples` is how many points the truth starts from.  In the range `tangle`, where the curve is too long to be
    followed, it is `SCATTERED` points at random.
    """

    name: str
    x: Formula | float
    y: Formula | float
    low: float = 0.0
    high: float = TURN
    window: tuple[float, float, float, float] = (-6.0, 6.0, -4.0, 4.0)
    breaks: Breaks = nowhere
    near: Breaks = nowhere
    samples: int = 20_000
    tangle: tuple[float, float] | None = None
    moves: bool = True
    log: bool = False
    y_log: bool = False

    def view(self, width: int = 600, height: int = 400) -> View:
        return View(*self.window, width, height, self.log, self.y_log)


def polar(name: str, r: Formula | float, low: float = 0.0, high: float = TURN, **more) -> Case:
    return Case(name, r * cos(t), r * sin(t), low, high, **more)


def windows(case: Case) -> list[View]:
    """The window of a case, and two that are chosen at random around points of its curve."""
    random = np.random.default_rng(sum(map(ord, case.name)))
    found = [case.view()]
    left, right, bottom, top = case.window
    values = compile_many((node(case.x), node(case.y)), "t")
    for width, height in ((600, 400), (1200, 800)) if case.moves else ():
        x, y = np.array(values(random.uniform(case.low, case.high, 1000)))
        seen = np.flatnonzero((x > left) & (x < right) & (y > bottom) & (y < top))
        if seen.size == 0:
            continue
        i, size, shift = seen[0], 10 ** random.uniform(-1.5, 0.4), random.uniform(-0.4, 0.4, 2)
        wide, high = (right - left) * size, (top - bottom) * size * 10 ** random.uniform(-0.3, 0.3)
        x, y = x[i] + wide * shift[0], y[i] + high * shift[1]
        found.append(View(x - wide / 2, x + wide / 2, y - high / 2, y + high / 2, width, height))
    return found


_HALVES = 0.5 ** np.arange(0, 46)


def truth(case: Case, view: View) -> Pixels:
    """The pixels that the curve passes through."""
    values = compile_many((node(case.x), node(case.y)), "t")
    breaks = np.sort(case.breaks(case.low, case.high))
    where = _start(case, breaks)
    places = _places(values, where, view)
    pixels = np.zeros((view.height, view.width), dtype=bool)
    _paint(pixels, places)
    one, two = (where[:-1], places[:, :-1]), (where[1:], places[:, 1:])
    joined = np.searchsorted(breaks, where[:-1], side="right") == np.searchsorted(breaks, where[1:], side="right")
    if case.tangle is not None:
        inner = np.random.default_rng(1).uniform(*case.tangle, SCATTERED)
        _paint(pixels, _places(values, inner, view))
        joined &= (where[1:] <= case.tangle[0]) | (where[:-1] >= case.tangle[1])
    one, two = _only(joined, one, two)
    for _ in range(60):
        one, two = _only(_long(one[1], two[1], view), one, two)
        if one[0].size == 0:
            return pixels
        assert one[0].size < MOST_POINTS, f"{case.name} can't be followed"
        middle = (one[0] + two[0]) / 2
        half = middle, _places(values, middle, view)
        _paint(pixels, half[1])
        one, two = _joined(one, half), _joined(half, two)
    _paint_chords(pixels, one[1], two[1])
    return pixels


def _start(case: Case, breaks: Array) -> Array:
    """Where to look first: evenly, ever closer to special places, and not at the breaks themselves."""
    special = np.concatenate([breaks, case.near(case.low, case.high)])
    close = (special[:, None] + (case.high - case.low) * np.concatenate([-_HALVES, _HALVES])).ravel()
    close = close[(close >= case.low) & (close <= case.high)]
    where = np.unique(np.concatenate([np.linspace(case.low, case.high, case.samples + 1), close]))
    if breaks.size:
        ends = np.concatenate([[-np.inf], breaks, [np.inf]])
        i = np.searchsorted(ends, where)
        away = np.minimum(where - ends[i - 1], ends[np.minimum(i, ends.size - 1)] - where)
        where = where[away > 4e-16 * max(abs(case.low), abs(case.high))]
    return where


def _places(values, where: Array, view: View) -> Array:
    x, y = values(where)
    with np.errstate(all="ignore"):
        column = np.log(x / view.low) / np.log(view.high / view.low) if view.log else None
        row = np.log(y / view.y_low) / np.log(view.y_high / view.y_low) if view.y_log else None
        column = (x - view.low) / (view.high - view.low) if column is None else column
        row = (y - view.y_low) / (view.y_high - view.y_low) if row is None else row
    places = np.stack([np.broadcast_to(column, where.shape) * view.width, row * view.height + 0.0 * where])
    return np.clip(places, -1e15, 1e15)


def _only(chosen, one, two):
    return (one[0][chosen], one[1][:, chosen]), (two[0][chosen], two[1][:, chosen])


def _joined(one, two):
    return np.concatenate([one[0], two[0]]), np.hstack([one[1], two[1]])


def _long(one: Array, two: Array, view: View) -> NDArray[np.bool_]:
    """Which chords are longer than `STEP` and may touch the view."""
    size = np.array([[view.width], [view.height]])
    low, high = np.minimum(one, two), np.maximum(one, two)
    return ((high - low > STEP).any(axis=0)) & ((high >= -1) & (low <= size + 1)).all(axis=0)


def _paint(pixels: Pixels, places: Array) -> None:
    places = places[:, ((places >= 0) & (places < [[pixels.shape[1]], [pixels.shape[0]]])).all(axis=0)]
    pixels[places[1].astype(int), places[0].astype(int)] = True


def _paint_chords(pixels: Pixels, one: Array, two: Array) -> None:
    """Chords that did not become short: a step so steep that no number lies between its ends."""
    for i in range(one.shape[1]):
        share = np.linspace(0.0, 1.0, 4000)
        _paint(pixels, one[:, i, None] + (two[:, i] - one[:, i])[:, None] * share)


def shares(case: Case, view: View, paths: Iterable[Array], dots: Array | None = None) -> tuple[float, float]:
    """The share of missed and of false pixels; `dots` count as painted but can't be false."""
    right, painted = truth(case, view), rasterised(tuple(_linear(path, view) for path in paths), _linear_view(view))
    marked = painted.copy()
    if dots is not None and len(dots):
        dots = _linear(dots, view)
        _paint(marked, ((dots - [view.low, view.y_low]) / _size(view) * [view.width, view.height]).T)
    missed = np.count_nonzero(right & ~grown(marked)) / max(1, np.count_nonzero(right))
    false = np.count_nonzero(painted & ~grown(right)) / max(1, np.count_nonzero(painted))
    return missed, false


def _size(view: View) -> list[float]:
    linear = _linear_view(view)
    return [linear.high - linear.low, linear.y_high - linear.y_low]


def _linear_view(view: View) -> View:
    """The same window with plain axes over its pixels."""
    if not (view.log or view.y_log):
        return view
    return View(0.0, 1.0, 0.0, 1.0, view.width, view.height)


def _linear(path: Array, view: View) -> Array:
    """Points of a path in the units of `_linear_view`."""
    if not (view.log or view.y_log):
        return path
    share = np.empty_like(path)
    share[:, 0] = np.log(path[:, 0] / view.low) / np.log(view.high / view.low) if view.log else 0
    share[:, 1] = np.log(path[:, 1] / view.y_low) / np.log(view.y_high / view.y_low) if view.y_log else 0
    if not view.log:
        share[:, 0] = (path[:, 0] - view.low) / (view.high - view.low)
    if not view.y_log:
        share[:, 1] = (path[:, 1] - view.y_low) / (view.y_high - view.y_low)
    return share


def tan(u: Formula) -> Formula:
    return call("tan", u)


def _cornu(f) -> Formula:
    return 3 * over("integral", f(k**2), k, 0, t)


_POLES = every(np.pi, np.pi / 2)

CASES = [
    Case("circle", 3 * cos(t), 3 * sin(t)),
    Case("circle, many laps", 3 * cos(t), 3 * sin(t), 0, 500.0),
    Case("ellipse off the window", 9 * cos(t) + 4, 5 * sin(t) - 1),
    Case("line", 2 * t - 1, t, -9, 9),
    Case("long line", 1e9 * t, 7e8 * t, -1, 1),
    Case("upright line", t * 0 + 1, t, -9, 9),
    Case("parabola", t**2 - 3, t, -3, 3),
    Case("graph of a sine", t, 3 * sin(t), -6, 6),
    Case("cycloid", t - sin(t) - 5, 1 - cos(t), 0, 11.0),
    Case("astroid", 4 * cos(t) ** 3, 4 * sin(t) ** 3),
    Case("semicubical cusp", t**2, t**3, -2, 2, near=at(0)),
    Case("deltoid", 2 * cos(t) + cos(2 * t), 2 * sin(t) - sin(2 * t)),
    Case("Lissajous 3:4", 5 * sin(3 * t), 3 * sin(4 * t)),
    Case("Lissajous 99:100", 5 * sin(99 * t), 3.5 * sin(100 * t), samples=200_000),
    Case("band", 5 * cos(t), 3 * sin(1000 * t), samples=400_000),
    Case("very fast band", 5 * cos(t), 3 * sin(1e6 * t), tangle=(0, TURN), moves=False),
    Case("filled disc", 4 * t * cos(500 * t), 3 * t * sin(500 * t), 0, 1, samples=400_000),
    Case("fast epicycle", 3 * cos(t) + cos(800 * t), 2 * sin(t) + sin(800 * t), samples=400_000),
    Case("epicycloid 1:7.3", 3 * cos(t) - 0.8 * cos(7.3 * t), 3 * sin(t) - 0.8 * sin(7.3 * t), 0, 60.0),
    Case("butterfly", sin(t) * (e ** cos(t) - 2 * cos(4 * t)), cos(t) * (e ** cos(t) - 2 * cos(4 * t)), 0, 40.0),
    Case("hypotrochoid", 2.1 * cos(t) + 1.5 * cos(2.1 * t / 0.9), 2.1 * sin(t) - 1.5 * sin(2.1 * t / 0.9), 0, 60.0),
    Case("hyperbola", tan(t), 1 / cos(t), breaks=_POLES),
    Case("folium", 6 * t / (1 + t**3), 6 * t**2 / (1 + t**3), -30, 60, breaks=at(-1), near=at(0)),
    Case("stairs", t, call("floor", t), -5, 5, breaks=every(1.0)),
    Case("stairs both ways", call("floor", 3 * t) / 3, call("floor", 2 * t) / 2, -3, 3, breaks=every(1 / 6)),
    Case("many stairs", t, call("floor", 40 * t) / 40, -3, 3, breaks=every(1 / 40)),
    Case("sawtooth on a circle", (2 + t % 1) * cos(t), (2 + t % 1) * sin(t), breaks=every(1.0)),
    Case("square roots", sqrt(t - 1), sqrt(4 - t), -5, 9, near=at(1, 4)),
    Case("root of a root", call("root", t, 8), t, -1, 3, near=at(0)),
    Case("half circle", t, sqrt(9 - t**2), -5, 5, near=at(-3, 3)),
    Case("restricted", 3 * cos(t) * only(compare(sin(3 * t), ">", 0)), 3 * sin(t), breaks=every(np.pi / 3)),
    Case("piecewise", rows((compare(t, "<", 1), t), (None, 3 - t)), t**2 / 2, -3, 3, breaks=at(1)),
    Case("abs cusps", 3 * call("abs", cos(2 * t)) * cos(t), 3 * call("abs", cos(2 * t)) * sin(t)),
    Case("zigzag", t, call("abs", call("abs", 3 * t) - 2), -5, 5),
    Case("steep step", t, 3 * call("tanh", 1e8 * (t - 0.123)), -3, 3, near=at(0.123)),
    Case("steep both", t + call("arctan", 1e7 * t), call("arctan", 1e9 * t), -3, 3, near=at(0)),
    Case("hole", t, 3 * sin(t) / t, -6, 6, near=at(0)),
    Case("turns without end", 3 * sin(1 / t), 3 * cos(1 / t), 0, 1, breaks=at(0), tangle=(0, 0.01)),
    Case("topologist's curve", t, 3 * sin(1 / t), -3, 3, breaks=at(0), tangle=(-0.004, 0.004)),
    Case("exponential spiral", e ** (t / 8) * cos(t), e ** (t / 8) * sin(t), -40, 20),
    Case("logarithm", t, call("ln", t), 0, 5, breaks=at(0)),
    Case("two logarithms", call("ln", t), call("ln", 2 - t), -1, 3, breaks=at(0, 2)),
    Case("square over a pole", 1 / t, 1 / t**2, -5, 5, breaks=at(0), samples=100_000),
    Case("spike", t, 3 / (1 + 1e8 * (t - 0.31) ** 2), -3, 3, near=at(0.31)),
    Case("tiny", 1e-9 * cos(t), 1e-9 * sin(3 * t), window=(-2e-9, 2e-9, -1.5e-9, 1.5e-9)),
    Case("huge", 1e9 * cos(t), 1e9 * sin(3 * t), window=(-2e9, 2e9, -1.5e9, 1.5e9)),
    Case("flat", cos(t), 1e-6 * sin(2 * t), window=(-2, 2, -2e-6, 2e-6)),
    Case("far away", cos(t) + 1e6, sin(t) - 1e6, window=(1e6 - 2, 1e6 + 2, -1e6 - 1.5, -1e6 + 1.5)),
    Case("Cornu spiral", _cornu(cos), _cornu(sin), -6, 6, samples=4_000, moves=False),
    Case("Fourier sum", t, over("sum", sin((2 * k - 1) * t) / (2 * k - 1), k, 1, 20), -6, 6),
    Case("digamma", t, call("digamma", t), -3.5, 5, breaks=every(1.0)),
    Case("logarithmic axes", 10**t, 100 ** sin(t), -2, 3, (0.1, 500, 0.01, 100), log=True, y_log=True, moves=False),
    Case("log axis", 3 + 3 * cos(t), 3 * sin(t), window=(0.01, 9, -4, 4), log=True, moves=False, near=at(TURN / 2)),
    polar("limaçon", 1.5 + 3 * cos(t)),
    polar("rose", 3.5 * cos(5 * t / 3), 0, 12 * np.pi),
    polar("rose of 400 petals", 3.8 * sin(200 * t), samples=400_000),
    polar("cardioid", 2 - 2 * cos(t)),
    polar("spiral of Archimedes", t / 8, 0, 60.0),
    polar("hyperbolic spiral", 3 / t, 0.0, 200.0, breaks=at(0)),
    polar("lituus", 3 / sqrt(t), 0.0, 200.0, breaks=at(0)),
    polar("polar tan", tan(t), breaks=_POLES),
    polar("polar line", 2 / cos(t), breaks=_POLES),
    polar("polar parabola", 1 / (1 - cos(t)), breaks=every(TURN)),
    polar("polar hyperbola", 1 / (1 + 2 * cos(t)), breaks=lambda low, high: np.array([TURN / 3, 2 * TURN / 3])),
    polar("conchoid", 1 / sin(t) + 2, -np.pi, np.pi, breaks=every(np.pi)),
    polar("lemniscate", 3 * sqrt(cos(2 * t)), near=every(np.pi / 2, np.pi / 4)),
    polar("gear", 3 + call("sign", sin(20 * t)) / 3, breaks=every(np.pi / 20)),
    polar("wave around a circle", 3 + 0.2 * sin(60 * t), samples=60_000),
    Case("both conditions", t * only(both(compare(t, ">", -2), compare(t, "<=", 3))), sin(pi * t), -5, 5),
]  # fmt: skip
