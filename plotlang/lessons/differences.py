"""Feedback on functions: the simplest change that turns the wanted curve into the student's.

Each change is looked for in the values, brought to a simple number, and confirmed by a full comparison.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from plotlang.language.syntax import Call
from plotlang.lessons import places
from plotlang.lessons.finding import DIFFERENT, Finding
from plotlang.lessons.functions import Pair, compare_functions
from plotlang.lessons.lines import of_lines
from plotlang.lessons.moves import ANGLES, Move, in_degrees, in_radians, moved
from plotlang.lessons.numbers import simple
from plotlang.lessons.related import is_derivative, is_inverse
from plotlang.lessons.sentences import UPSIDE_DOWN, Words
from plotlang.lessons.shifts import pairs_of_values, shifts, stretch
from plotlang.numerics.calculus.univariate import Univariate
from plotlang.numerics.polynomials import coefficients

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from plotlang.language.syntax import Expr

ROOM = 1e-7
"""A number found is taken for a simple one this near to it, as a share of the range."""
WIDTHS = tuple(
    sorted({p / q for p in range(1, 11) for q in range(1, 11) if p != q} | {20.0, 0.05, 100.0, 0.01, np.pi, 1 / np.pi,
            np.pi / 2, 2 / np.pi, 2 * np.pi, 0.5 / np.pi})
)  # fmt: skip


@dataclass(frozen=True, eq=False)
class Case:
    """A wrong function, and words for it."""

    pair: Pair
    words: Words

    def against(self, core: Expr) -> Pair:
        """The student's function beside another one."""
        return replace(self.pair, wanted=Univariate(core, "x", self.pair.high - self.pair.low, self.pair.budget))

    def confirms(self, core: Expr) -> str | None:
        """Empty words if the student's function is this one, words about its domain if only that differs, else None."""
        self.pair.budget.check()
        pair = self.against(core)
        if not pair.near():
            return None
        verdict = compare_functions(pair)
        if verdict.kind == "equal":
            return ""
        return ", and the domain is different too" if verdict.kind == "other_domain" else None

    def is_moved(self, move: Move) -> str | None:
        """As `confirms`, for the wanted function moved."""
        return self.confirms(moved(self.pair.wanted.expr, move))

    @cached_property
    def sideways(self) -> list[tuple[float, float]]:
        """Candidates for shifts along the axis alone."""
        return shifts(self.pair, lifted=False)

    def nice(self, value: float, share: float | None = None) -> float | None:
        """The simple number that a length found along the x-axis stands for (or a factor, with its own share)."""
        return simple(value, ROOM * (self.pair.high - self.pair.low) if share is None else share)


def of_functions(pair: Pair, words: Words, parent: Expr | None) -> Finding:
    """What is wrong with the student's function, the first of these that is true.

    1. It is the function whose derivative is wanted (`parent`).
    2. Both are straight lines: see `lines`.
    3. Angles in degrees instead of radians, or the other way round.
    4. Upside down.  5. Too high or low.  6. Too far left or right.  7. Reflected in the y-axis.
    8. Upside down and at another height.  9. Moved both ways.  10. Upside down and moved sideways.
    11. The right vertex (extreme point) with another opening.  12. Stretched in y-direction, then in x-direction.
    13. The derivative of what is wanted, or what this is the derivative of.
    14. Stretched in y-direction and moved up or down.  15. Moved by a number that is not simple.  16. The inverse.
    Else a different curve.
    A parabola reflected in the y-axis is also one that is moved: moves come first.  A wave upside down is also one
    that is moved: this is told as upside down.
    """
    case = Case(pair, words)
    if parent is not None and case.confirms(parent) is not None:
        return Finding("derivative", "this is the function itself; its derivative is wanted")
    found = of_lines(pair, words)
    if found is not None and found.message:
        return found
    steps: tuple[Callable[[Case], Finding | None], ...] = (
        _angle, _upside_down, _lifted, _aside, _mirrored, _turned_and_lifted, _moved, _turned_and_moved,
        _opened, _stretched, _widened, _derived, _stretched_and_lifted, _odd_shift, _inverse,
    )  # fmt: skip
    return next((each for each in (step(case) for step in steps) if each is not None), DIFFERENT)


def _angle(case: Case) -> Finding | None:
    core = case.pair.wanted.expr
    if not any(isinstance(step.node, Call) and step.node.function in ANGLES for step in case.pair.wanted.code.steps):
        return None
    if case.confirms(in_degrees(core)) is not None:
        return Finding("angle", "the angle is in degrees instead of radians")
    if case.confirms(in_radians(core)) is not None:
        return Finding("angle", "the angle is in radians instead of degrees")
    return None


def _upside_down(case: Case) -> Finding | None:
    rest = case.is_moved(Move(up=-1.0))
    return None if rest is None else Finding("upside_down", f"{UPSIDE_DOWN}: {case.words.across()}{rest}")


def _height(case: Case, up: float, *, exact: bool = False) -> float | None:
    """How much higher the student's curve lies than `up` times the wanted one, where this is the same everywhere."""
    _, a, b = pairs_of_values(case.pair)
    if not len(a):
        return None
    gap = a - up * b
    middle = float(np.median(gap))
    room = 1e-9 * float(np.median(np.abs(a)) + np.median(np.abs(b))) + 1e-9 * abs(middle)
    if np.median(np.abs(gap - middle)) > 1e3 * room:
        return None
    return middle if exact else simple(middle, room)


def _lifted(case: Case) -> Finding | None:
    above = _height(case, 1.0)
    if not above:
        return None
    rest = case.is_moved(Move(above=above))
    return None if rest is None else Finding("shifted", case.words.shifted(0.0, above) + rest)


def _turned_and_lifted(case: Case) -> Finding | None:
    above = _height(case, -1.0)
    if not above or case.is_moved(Move(above=above, up=-1.0)) is None:
        return None
    return Finding("upside_down", UPSIDE_DOWN)


def _confirmed_shifts(case: Case, *, lifted: bool, up: float = 1.0) -> Iterable[tuple[Move, str]]:
    """Shifts by simple numbers that are true, the smallest first."""
    for right, above in shifts(case.pair, lifted=True, up=up) if lifted else case.sideways:
        h, k = case.nice(right), simple(above, 1e-7 * (1 + abs(above)))
        if not h or k is None:
            continue
        move = Move(right=h, above=k, up=up)
        rest = case.is_moved(move)
        if rest is not None:
            yield move, rest


def _aside(case: Case) -> Finding | None:
    for move, rest in _confirmed_shifts(case, lifted=False):
        return Finding("shifted", case.words.shifted(move.right, 0.0) + rest)
    return None


def _moved(case: Case) -> Finding | None:
    for move, rest in _confirmed_shifts(case, lifted=True):
        return Finding("shifted", case.words.shifted(move.right, move.above) + rest)
    return None


def _turned_and_moved(case: Case) -> Finding | None:
    for move, _ in _confirmed_shifts(case, lifted=True, up=-1.0):
        return Finding("upside_down", f"{UPSIDE_DOWN} and {case.words.off(move.right, 0.0)}")
    return None


def _mirrored(case: Case) -> Finding | None:
    rest = case.is_moved(Move(wide=-1.0))
    if rest is not None:
        return Finding("reflected", case.words.along() + rest)
    rest = case.is_moved(Move(wide=-1.0, up=-1.0))
    return None if rest is None else Finding("reflected", "reflected in the origin" + rest)


def _opened(case: Case) -> Finding | None:
    """A parabola with the right vertex."""
    found = [coefficients(each.expr, "x") for each in (case.pair.student, case.pair.wanted)]
    fits = [np.trim_zeros(each, "b") for each in found if each is not None]
    if [len(fit) for fit in fits] != [3, 3]:
        return None
    (_, slope, bend), (start, wanted_slope, wanted_bend) = fits
    vertex = -wanted_slope / (2 * wanted_bend)
    height, factor = start + wanted_slope * vertex / 2, float(bend / wanted_bend)
    up = simple(factor, 1e-8 * abs(factor))
    if up is None or abs(slope + 2 * bend * vertex) > 1e-8 * np.abs(fits[0]).max() or abs(height) < 1e-9:
        return None
    if case.is_moved(Move(up=up, above=float(height * (1 - up)))) is None:
        return None
    turned = f"{UPSIDE_DOWN} and " if up < 0 else ""
    return Finding("stretched", f"right vertex, but {turned}{case.words.stretched(abs(up))}")


def _stretched(case: Case) -> Finding | None:
    found = stretch(case.pair, lifted=False)
    up = None if found is None else simple(found[0], 1e-8 * abs(found[0]))
    if not up:
        return None
    rest = case.is_moved(Move(up=up))
    if rest is None:
        return None
    turned = f"{UPSIDE_DOWN} and " if up < 0 else ""
    return Finding("stretched", turned + case.words.stretched(abs(up)) + rest)


def _widened(case: Case) -> Finding | None:
    """Stretched in x-direction by one of many simple factors, all tried at once."""
    pair = case.pair
    x = places.spread(40, pair.low, pair.high)
    factors = np.array(WIDTHS)
    with np.errstate(all="ignore"):
        theirs = pair.wanted.at((x[None, :] / factors[:, None]).ravel()).reshape(len(factors), -1)
        mine = pair.student.at(x)
        gap = np.abs(theirs - mine) / (np.abs(theirs) + np.abs(mine) + 1e-300)
        good = np.isfinite(gap)
        fits = (np.where(good, gap, 0.0) <= 1e-5).mean(axis=1) * (good.sum(axis=1) >= 8)
    for i in np.argsort(-fits, kind="stable")[:4]:
        rest = case.is_moved(Move(wide=WIDTHS[i])) if fits[i] > 0.9 else None
        if rest is not None:
            return Finding("stretched", case.words.widened(WIDTHS[i]) + rest)
    return None


def _derived(case: Case) -> Finding | None:
    if is_derivative(case.pair.student, case.pair.wanted, case.pair.low, case.pair.high):
        return Finding("derivative", "this is the derivative of the wanted curve")
    if is_derivative(case.pair.wanted, case.pair.student, case.pair.low, case.pair.high):
        return Finding("derivative", "the derivative of this curve is wanted")
    return None


def _stretched_and_lifted(case: Case) -> Finding | None:
    found = stretch(case.pair, lifted=True)
    if found is None:
        return None
    up, above = simple(found[0], 1e-7 * abs(found[0])), simple(found[1], 1e-7 * (1 + abs(found[1])))
    if not up or up < 0 or not above or case.is_moved(Move(up=up, above=above)) is None:
        return None
    return Finding("stretched", f"{case.words.stretched(up)} and {case.words.off(0.0, above)}")


def _odd_shift(case: Case) -> Finding | None:
    above = _height(case, 1.0, exact=True)
    if above and case.is_moved(Move(above=above)) is not None:
        return Finding("shifted", case.words.shifted(0.0, above))
    for right, _ in case.sideways:
        if abs(right) > 1e-6 * (case.pair.high - case.pair.low) and case.is_moved(Move(right=right)) is not None:
            return Finding("shifted", case.words.shifted(right, 0.0))
    return None


def _inverse(case: Case) -> Finding | None:
    if is_inverse(case.pair.student, case.pair.wanted, case.pair.low, case.pair.high):
        return Finding("reflected", "reflected in the line y = x: this is the inverse function")
    return None
