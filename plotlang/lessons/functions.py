"""Comparing two functions of x: values, domains, and single places such as ends, jumps and holes.

Two values are the same when they differ by no more than a millionth, or by what rounding can have done to them
(bounds over a cell of a few units in the last place; Moore, Interval Analysis, 1966).
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from plotlang.language.syntax import Binary, Call
from plotlang.lessons import places
from plotlang.lessons.numbers import number
from plotlang.lessons.roundings import is_rounded
from plotlang.lessons.verdicts import CLOSE, DIFFERENT, EQUAL, Verdict
from plotlang.numerics.bounds import BROKEN, EMPTY, PARTIAL
from plotlang.numerics.calculus.breaks import breaks
from plotlang.numerics.calculus.univariate import Univariate
from plotlang.numerics.compile import compile_many

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from plotlang.language.syntax import Expr
    from plotlang.numerics.calculus.breaks import Break
    from plotlang.numerics.limits import Budget
    from plotlang.numerics.realmath import Array

    Mask = NDArray[np.bool_]

TOLERANCE = 1e-6
"""Relative; the accuracy that the language promises."""
FEWEST = 8
"""Places with two values to compare that a verdict needs."""
ENOUGH = 60
MOST_PIECES = 200
PER_PIECE = 30
HUGE = 1e307
INFORMING = 1e-3
"""A value that rounding can move by more than this share says nothing."""
SAME_PLACE = 1e-7


@dataclass(frozen=True, slots=True, eq=False)
class Values:
    """Values y at places, what rounding may do to them, and where they surely exist or surely do not."""

    y: Array
    room: Array
    defined: Mask
    undefined: Mask


def values(f: Univariate, x: Array) -> Values:
    """The values of a function at places; all arrays in the shape of x."""
    with np.errstate(all="ignore"):
        y, around = f.at(x), f.rounding(x)
        marks = np.array(np.broadcast_to(np.asarray(around.marks), x.shape))
        if f.exact:
            beside = np.full((x == 0).sum(), 1e-12 * f.span)  # around 0, a few units in the last place are nothing
            marks[x == 0] |= np.asarray(f.values_over(-beside, beside).marks) if beside.size else marks[x == 0]
        room = np.where(np.isfinite(around.high - around.low), around.high - around.low, 0.0)
        usual = np.isfinite(y) & (np.abs(y) < HUGE)
        doubtful = (marks & (PARTIAL | BROKEN)) != 0
        room[usual & ~np.isfinite(around.high - around.low)] = np.inf
        empty = np.isnan(y) & ((marks & EMPTY) != 0) if f.exact else np.isnan(y)
        if empty.any():
            empty[empty] = ~_overflows(f, x[empty])
        return Values(y, room, usual & ~doubtful, np.asarray(empty))


def _overflows(f: Univariate, x: Array) -> Mask:
    """Where some part of a formula is too large or too small for a float, so that a missing value may exist."""
    parts = [step.node for step in f.code.steps if isinstance(step.node, Binary | Call)]
    result = np.zeros(x.shape, dtype=bool)
    if parts:
        known = compile_many(parts, f.variable, budget=f.budget)
        for here, beside in zip(known(x), known(x * 1.0001), strict=True):
            result |= np.isinf(here) | ((here == 0) & (beside == 0))
    return result


@dataclass(frozen=True, slots=True, eq=False)
class Pair:
    """The student's function and the wanted one, in a range of x."""

    student: Univariate
    wanted: Univariate
    low: float
    high: float
    budget: Budget

    @classmethod
    def of(cls, student: Expr, wanted: Expr, low: float, high: float, budget: Budget) -> Pair:
        """Two core formulas in x, compiled.  Raises `LanguageError` as `compile_expr` does."""
        first, second = (Univariate(core, "x", high - low, budget) for core in (student, wanted))
        return cls(first, second, low, high, budget)

    def agree(self, x: Array) -> tuple[int, bool, Array]:
        """How many places inform, whether all values agree, and where only one function is defined."""
        a, b = values(self.student, x), values(self.wanted, x)
        with np.errstate(all="ignore"):
            both = np.isfinite(a.y) & np.isfinite(b.y)
            size, gap = np.maximum(np.abs(a.y), np.abs(b.y)), np.abs(a.y - b.y)
            room = a.room + b.room
            same = gap <= TOLERANCE * size + room
            informs = both & a.defined & b.defined & (room <= INFORMING * np.maximum(size, gap) + 1e-300)
            informs |= both & (size == 0)
            jumpy = both & ~(a.defined & b.defined)
        lone = (a.defined & b.undefined) | (a.undefined & b.defined)
        return int(informs.sum()), bool((same | ~both | jumpy).all()), x[lone]

    def agree_in(self, groups: tuple[Array, ...]) -> tuple[int, bool, Array]:
        """As `agree`, for groups of places, up to the first one with different values."""
        count, lone = 0, [np.empty(0)]
        for x in groups:
            self.budget.check()
            more, same, single = self.agree(x)
            count += more
            lone.append(single)
            if not same:
                return count, False, single
        return count, True, np.concatenate(lone)

    def near(self) -> bool:
        """Whether values agree at some places of the range: a quick look before a full comparison."""
        count, same, _ = self.agree(places.spread(40, self.low, self.high))
        return same and count > 0


def compare_functions(pair: Pair) -> Verdict:
    """The verdict on two functions; a function undefined everywhere is different from all."""
    here = places.inside(pair.low, pair.high)
    count, same, lone = pair.agree_in((here, *places.outside(pair.low, pair.high)))
    if not same:
        return CLOSE if is_rounded(pair.student, pair.wanted, here) else DIFFERENT
    mine, theirs = (breaks(f, pair.low, pair.high, pair.budget)[0] for f in (pair.student, pair.wanted))
    more, same, further = pair.agree(_between(pair, (*mine, *theirs), PER_PIECE if count < ENOUGH else 3))
    count, lone = count + more, np.concatenate([lone, further])
    if not same or count < FEWEST:
        return DIFFERENT
    single = _single_places(pair, mine, theirs)
    if lone.size:
        return Verdict("other_domain", _ends_in_words(pair, theirs, lone))
    return Verdict("other_domain", single) if single else EQUAL


def _between(pair: Pair, found: tuple[Break, ...], count: int) -> Array:
    """So many places in each piece between the breaks of both functions, and the low end of the range."""
    edges = np.unique([pair.low, *(each.place for each in found[:MOST_PIECES]), pair.high])
    apart = np.diff(edges) > SAME_PLACE * (pair.high - pair.low)
    ends = zip(edges[:-1][apart], edges[1:][apart], strict=True)
    return np.concatenate([edges[:1], *(places.spread(count, float(a), float(b)) for a, b in ends)])


def _single_places(pair: Pair, mine: tuple[Break, ...], theirs: tuple[Break, ...]) -> str:
    """Where the functions differ in one place only, in words; empty if nowhere."""
    for place in sorted({each.place for each in (*mine, *theirs)}, key=abs):
        a, b = _value_at(pair.student, mine, place, pair), _value_at(pair.wanted, theirs, place, pair)
        if math.isinf(a) or math.isinf(b):
            continue
        if math.isnan(a) != math.isnan(b):
            return _belongs(place, wanted=math.isnan(a))
        if abs(a - b) > 10 * TOLERANCE * max(abs(a), abs(b), 1e-9):
            return f"at x = {number(place)} the value is {number(a)}"
    return ""


def _belongs(place: float, *, wanted: bool) -> str:
    return f"the point at x = {number(place)} " + ("should belong to it" if wanted else "should not belong to it")


def _value_at(f: Univariate, found: tuple[Break, ...], place: float, pair: Pair) -> float:
    """The value at a break of one of the functions; NaN for none, inf for one that can't be told."""
    near = SAME_PLACE * (pair.high - pair.low)
    own = min(found, key=lambda each: abs(each.place - place), default=None)
    if own is not None and abs(own.place - place) <= near:
        return own.value
    known = values(f, np.array([place]))
    if not (known.defined[0] or known.undefined[0]) or not f.exact:
        return math.inf
    return float(known.y[0])


def _ends_in_words(pair: Pair, theirs: tuple[Break, ...], lone: Array) -> str:
    """What is too much or missing, by one place where only one function is defined."""
    in_view = lone[(lone >= pair.low) & (lone <= pair.high)]
    if not in_view.size:
        missing = np.isfinite(pair.wanted.at(lone))
        return "outside the picture a part is " + ("missing" if missing.any() else "too much")
    missing = np.isfinite(pair.wanted.at(in_view))
    ends = [number(each.place) for each in theirs if each.is_end]
    if missing.all():
        return "a part is missing"
    if missing.any():
        return "a part is missing, and another is too much"
    if len(ends) == 1:
        return f"it should end at x = {ends[0]}"
    return f"it should be drawn from x = {ends[0]} to x = {ends[1]} only" if len(ends) == 2 else "a part is too much"
