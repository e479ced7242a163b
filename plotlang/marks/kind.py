"""What is common to all kinds of marks: members, extent, sketch."""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

import numpy as np

from plotlang.language.diagnostics import LanguageError
from plotlang.language.syntax import Expr, ListOf, Number, Point, Text
from plotlang.marks.work import Member
from plotlang.numerics.compile import compile_expr
from plotlang.numerics.lists import has_sign

if TYPE_CHECKING:
    from plotlang.marks.curve import Sketch
    from plotlang.marks.work import Work
    from plotlang.model.figure import Mark
    from plotlang.model.geometry import Array
    from plotlang.numerics.view import View

MOST_MEMBERS = 50


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle of the plane, in data units."""

    left: float
    right: float
    bottom: float
    top: float

    def joined(self, other: Box) -> Box:
        """The rectangle around both."""
        return Box(
            min(self.left, other.left), max(self.right, other.right),
            min(self.bottom, other.bottom), max(self.top, other.top),
        )  # fmt: skip

    @classmethod
    def around(cls, points: Array) -> Box | None:
        """The rectangle around the finite ones of points (n, 2); None if there are none."""
        points = points[np.isfinite(points).all(axis=1)]
        if not len(points):
            return None
        (left, bottom), (right, top) = points.min(axis=0), points.max(axis=0)
        return cls(float(left), float(right), float(bottom), float(top))


class MarkKind(ABC):
    """One kind of mark.  `equal` asks for units of the same length on both axes, so that a circle is round.

    `everywhere` says that it is drawn across the whole window, whatever that is.
    """

    equal: ClassVar[bool] = False
    everywhere: ClassVar[bool] = True

    def prepare(self) -> None:  # noqa: B027 - most kinds have nothing to load
        """Load what takes long to load, before time is counted."""

    def members(self, work: Work, mark: Mark) -> tuple[Member, ...]:
        """The core formulas of a mark: one member, or several for a family, a list or ±."""
        found = [
            member
            for value in _family(work, mark)
            for sign in signs(mark)
            for member in _split(mark, self.lowered(work, mark, sign, value))
        ]
        if len(found) > MOST_MEMBERS:
            raise LanguageError(f"this is a family of {len(found)} curves; at most {MOST_MEMBERS} are drawn")
        return tuple(found)

    def lowered(self, work: Work, mark: Mark, sign: int, bound: dict[str, Expr]) -> list[Expr]:
        """The core formulas, lists still in one piece."""
        return [work.lowering(sign).lower(expr, bound) for expr in mark.exprs]

    def box(self, work: Work, member: Member) -> Box | None:
        """What part of the plane the mark takes up by itself; None for one that goes on for ever."""
        del work, member
        return None

    def heights(self, work: Work, member: Member, x: tuple[float, float], *, log: bool) -> tuple[float, float] | None:
        """The range of y to show, for this range of x; None if it has none of its own."""
        del x, log
        box = self.box(work, member)
        if box is None:
            return (-5.0, 5.0) if self.everywhere else None
        return box.bottom, box.top

    @abstractmethod
    def sketches(self, work: Work, member: Member, window: View) -> tuple[Sketch, ...]:
        """What is drawn in a window."""


def signs(mark: Mark) -> tuple[int, ...]:
    """Both sides of ± if there is one."""
    return (1, -1) if any(has_sign(expr) for expr in mark.exprs) else (1,)


def _family(work: Work, mark: Mark) -> list[dict[str, Expr]]:
    if mark.family is None:
        return [{}]
    letter, source = mark.family
    values = work.lowering().lower(source)
    if not isinstance(values, ListOf):
        raise LanguageError("a family needs a range or a list", suggestion="for k in 1..5")
    return [{letter: value} for value in values.items]


def _split(mark: Mark, cores: list[Expr]) -> list[Member]:
    lengths = {len(core.items) for core in cores if isinstance(core, ListOf)}
    if len(lengths) > 1:
        raise different_lengths(lengths)
    if not lengths:
        rows = [tuple(cores)]
    else:
        count = range(lengths.pop())
        rows = [tuple(core.items[i] if isinstance(core, ListOf) else core for core in cores) for i in count]
    if not rows:
        raise LanguageError("the list is empty, so there is nothing to draw")
    for row in rows:
        if any(isinstance(core, Text) for core in row):
            raise LanguageError("a curve needs a formula, not a text")
        if any(isinstance(core, Point) for core in row):
            raise LanguageError("a curve needs a number, not a point")
    return [Member(mark, row) for row in rows]


def different_lengths(lengths: set[int]) -> LanguageError:
    """What to say about lists that don't go together."""
    shown = " and ".join(str(length) for length in sorted(lengths))
    hint = "give both lists the same number of entries"
    return LanguageError(f"the lists have different lengths ({shown})", suggestion=hint)


def coordinates(work: Work, core: Expr) -> Array:
    """The places (n, 2) of a point, a list of points, or a point whose coordinates are lists.

    Raises `LanguageError` for anything else.
    """
    rows: list[tuple[Expr, Expr]] = []
    for item in core.items if isinstance(core, ListOf) else (core,):
        if not isinstance(item, Point) or len(item.items) != 2:
            raise LanguageError("a point has two coordinates", suggestion="write (2, 3)")
        rows += _pairs(item)
    numbers = [[value_of(each, work) for each in row] for row in rows]
    return np.array(numbers, dtype=float).reshape(-1, 2)


def value_of(core: Expr, work: Work) -> float:
    """The number that a core expression without variables is."""
    return core.value if isinstance(core, Number) else float(compile_expr(core, budget=work.budget)())


def _pairs(point: Point) -> list[tuple[Expr, Expr]]:
    columns = [each.items if isinstance(each, ListOf) else None for each in point.items]
    if any(isinstance(each, Point | Text) for each in (*point.items, *(columns[0] or ()), *(columns[1] or ()))):
        raise LanguageError("a point has two coordinates", suggestion="write (2, 3)")
    counts = {len(each) for each in columns if each is not None}
    if not counts:
        return [(point.items[0], point.items[1])]
    if len(counts) > 1:
        raise different_lengths(counts)
    n = counts.pop()
    x, y = ([value] * n if each is None else list(each) for each, value in zip(columns, point.items, strict=True))
    return list(zip(x, y, strict=True))
