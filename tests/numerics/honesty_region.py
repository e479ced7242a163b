"""How honest a drawn region is.

Its shading is compared with the truth at many places of each pixel, its border with the pixels in which the truth
changes; one pixel of tolerance, as in `honesty`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from plotlang.language.syntax import Compare, Expr, Logic, Not
from plotlang.numerics.view import View
from tests.numerics.formulas import Formula, call, compare, node, x, y
from tests.numerics.honesty import Array, Pixels, grown
from tests.numerics.honesty_plane import Where, painted, sampled

Paths = tuple[Array, ...]


@dataclass(frozen=True)
class RegionCase:
    """A condition, and its meaning in plain numpy.  `border` tells whether its border can be told from the truth."""

    name: str
    condition: Expr
    holds: Where
    border: bool = True
    window: tuple[float, float, float, float] = (-6.0, 6.0, -4.0, 4.0)
    moves: bool = True

    def windows(self, seed: int, count: int, width: int = 600, height: int = 400) -> Iterator[View]:
        """The default window, and others moved and stretched at random."""
        random = np.random.default_rng([seed, *map(ord, self.name)])
        low, high, y_low, y_high = self.window
        yield View(*self.window, width, height)
        for _ in range(count if self.moves else 0):
            half, tall = (10 ** random.uniform(-0.7, 0.5) * size / 2 for size in (high - low, y_high - y_low))
            centre, middle = random.uniform(low, high) / 2, random.uniform(y_low, y_high) / 2
            yield View(centre - half, centre + half, middle - tall, middle + tall, width, height)


def filled(outlines: Paths, view: View) -> Pixels:
    """The pixels whose centres lie inside outlines by the even-odd rule, shape (height, width)."""
    crossings = np.zeros((view.height, view.width + 1), dtype=np.int64)
    for outline in outlines:
        column = (outline[:, 0] - view.low) / (view.high - view.low) * view.width
        row = (outline[:, 1] - view.y_low) / (view.y_high - view.y_low) * view.height
        first, last = np.ceil(np.minimum(row[1:], row[:-1]) - 0.5), np.ceil(np.maximum(row[1:], row[:-1]) - 0.5)
        first, last = (np.clip(each, 0, view.height).astype(int) for each in (first, last))
        side = np.repeat(np.arange(first.size), last - first)
        line = np.arange(side.size) - np.repeat(np.cumsum(last - first) - (last - first), last - first) + first[side]
        share = (line + 0.5 - row[:-1][side]) / (row[1:] - row[:-1])[side]
        where = np.ceil(column[:-1][side] + share * np.diff(column)[side] - 0.5)
        np.add.at(crossings, (line, np.clip(where, 0, view.width).astype(int)), 1)
    return np.cumsum(crossings, axis=1)[:, :-1] % 2 == 1


@dataclass(frozen=True)
class _Ink:
    paths: Paths
    dots: Array


def shares(case: RegionCase, view: View, found: tuple[Paths, Paths, Paths]) -> dict[str, float]:
    """The shares of missed and false pixels of the shading and of the border."""
    outlines, solid, dashed = found
    some, every = sampled(case.holds, view)
    shaded, ink = filled(outlines, view), painted(_Ink((*solid, *dashed), np.empty((0, 2))), view)
    deep, mixed = every & ~grown(some & ~every), some & ~every
    return {
        "shading missed": _share(deep & ~shaded, every),
        "shading false": _share(shaded & ~grown(some), shaded),
        "border missed": _share(mixed & ~grown(ink), mixed) if case.border else 0.0,
        "border false": _share(ink & ~grown(mixed), ink) if case.border else 0.0,
    }


def _share(part: Pixels, whole: Pixels) -> float:
    return np.count_nonzero(part) / max(1, np.count_nonzero(whole))


def every(*conditions: Formula) -> Expr:
    return Logic("and", tuple(each.expr for each in conditions))


def some(*conditions: Formula) -> Expr:
    return Logic("or", tuple(each.expr for each in conditions))


def sin(u: Formula) -> Formula:
    return call("sin", u)


def chain(*parts: Formula | float | str) -> Expr:
    return Compare(tuple(node(each) for each in parts[::2]), tuple(map(str, parts[1::2])))  # type: ignore[arg-type]


r2 = x**2 + y**2

REGIONS = [
    RegionCase("disc", compare(r2, "<=", 9).expr, lambda x, y: x * x + y * y <= 9),
    RegionCase("segment of a parabola", every(compare(y, ">", x**2), compare(y, "<=", 3)),
               lambda x, y: (y > x * x) & (y <= 3)),
    RegionCase("ring", chain(1, "<", r2, "<=", 4), lambda x, y: (x * x + y * y > 1) & (x * x + y * y <= 4)),
    RegionCase("outside", Not(compare(r2, "<", 4).expr), lambda x, y: x * x + y * y >= 4),
    RegionCase("two discs", some(compare((x - 1) ** 2 + y**2, "<", 4), compare((x + 1) ** 2 + y**2, "<", 4)),
               lambda x, y: ((x - 1) ** 2 + y * y < 4) | ((x + 1) ** 2 + y * y < 4)),
    RegionCase("everything", some(compare(x, "<", 0), compare(x, ">=", 0)), lambda x, y: (x == x) & (y == y)),
    RegionCase("nothing", compare(r2, "<", -1).expr, lambda x, y: (x != x) & (y == y)),
    RegionCase("waves", compare(sin(x * y), ">", 0).expr, lambda x, y: np.sin(x * y) > 0),
    RegionCase("fast waves", compare(sin(12 * x * y), ">", 0).expr, lambda x, y: np.sin(12 * x * y) > 0),
    RegionCase("above tan", compare(y, ">", call("tan", x)).expr, lambda x, y: y > np.tan(x)),
    RegionCase("tan", compare(call("tan", x), ">=", 1).expr, lambda x, y: (np.tan(x) >= 1) & (y == y)),
    RegionCase("below a reciprocal", compare(1 / x, ">", y).expr, lambda x, y: 1 / x > y),
    RegionCase("floor", compare(call("floor", x), ">=", call("floor", y)).expr,
               lambda x, y: np.floor(x) >= np.floor(y), window=(-6.1, 6.2, -4.1, 4.2)),
    RegionCase("stripes", compare(x % 2, "<", 1).expr, lambda x, y: (np.mod(x, 2) < 1) & (y == y)),
    RegionCase("rounded", compare(call("floor", r2), "<", 3).expr, lambda x, y: np.floor(x * x + y * y) < 3),
    RegionCase("cross", compare(call("abs", x) * call("abs", y), "<", 1).expr, lambda x, y: np.abs(x * y) < 1),
    RegionCase("thin", compare(call("abs", y - x), "<", 0.001).expr, lambda x, y: np.abs(y - x) < 0.001),
    RegionCase("where a root exists", compare(call("sqrt", x - y**2), ">=", 0).expr,
               lambda x, y: x - y * y >= 0),
    RegionCase("logarithm", compare(call("ln", x), "<", y).expr, lambda x, y: np.log(x) < y, moves=False),
    RegionCase("half plane", compare(y, ">", x).expr, lambda x, y: y > x),
]  # fmt: skip
