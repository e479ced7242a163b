"""Work on the marks of one figure: lowering, limits on time, and notes on what could not be done."""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from plotlang.language.diagnostics import LanguageError
from plotlang.language.syntax import FunctionOf
from plotlang.model.budget import Stopped
from plotlang.numerics.curvefunctions import core_of
from plotlang.numerics.lowering import Lowering

if TYPE_CHECKING:
    from collections.abc import Callable

    from plotlang.language.syntax import Expr
    from plotlang.model.budget import Budget
    from plotlang.model.figure import Figure, Mark
    from plotlang.model.session import Session

T = TypeVar("T")
PART = 0.4  # of the time left, for one mark: a slow one leaves some to the others


@dataclass(frozen=True, slots=True)
class Note:
    """What a picture can't show; `record` is the cell that drew the curve it is about (empty: the whole picture).

    `key` is the mark's when it is not drawn at all.
    """

    text: str
    record: str = ""
    key: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class Member:
    """One curve of a mark, in core formulas: several for a family, a list or ±."""

    mark: Mark
    cores: tuple[Expr, ...]


class Work(ABC):
    """A figure of a session, its formulas lowered when they are asked for.

    `brisk` work is for a picture of which another one follows at once: what a reader has no time for is left out.
    """

    def __init__(self, session: Session, figure: Figure, budget: Budget, *, brisk: bool = False) -> None:
        self.brisk = brisk
        self.session, self.figure, self.budget = session, figure, budget
        self.notes: list[Note] = []
        self.failed: set[str] = set()
        self.lowerings: dict[int, Lowering] = {}

    def lowering(self, sign: int = 1) -> Lowering:
        """What lowers the formulas of the figure; `sign` chooses one side of ±."""
        if sign not in self.lowerings:
            session = self.session
            self.lowerings[sign] = Lowering(
                session.definitions, session.settings, self.budget, sign=sign, span=self.x_span
            )
        return self.lowerings[sign]

    @abstractmethod
    def x_span(self) -> tuple[float, float]:
        """The range of x that the figure shows."""

    def number(self, expr: Expr) -> float:
        """The value of a formula without variables; raises `LanguageError` if it is no number."""
        return self.lowering().number(expr)

    def curve(self, expr: Expr) -> Expr:
        """The core formula in x of one curve; raises `LanguageError` for a family, a point, or further letters."""
        return core_of(self.lowering(), FunctionOf("x", expr, span=expr.span), {})

    def attempt(self, mark: Mark, work: Callable[..., T], *arguments: object) -> T | None:
        """The result of the work, or None and a note when the mark has lost its meaning or takes too long."""
        if mark.key in self.failed:
            return None
        whole = self.budget
        self.limit(whole.share(PART))
        try:
            return work(*arguments)
        except LanguageError as error:
            self.failed.add(mark.key)
            problem = error.problem
            reason = problem.message + (f"; {problem.why}" if problem.why else "")
            self.notes.append(Note(f"{self.title(mark)} is not drawn: {reason}", mark.record, mark.key))
            return None
        except Stopped as stopped:
            if stopped.reason != "time":
                raise
            self.failed.add(mark.key)
            self.notes.append(Note(f"{self.title(mark)} is not drawn: it takes too long", mark.record, mark.key))
            return None
        finally:
            self.limit(whole)

    def limit(self, budget: Budget) -> None:
        """Work with this budget from now on."""
        self.budget = budget
        for each in self.lowerings.values():
            each.budget = budget

    def title(self, mark: Mark) -> str:
        """What a mark is called in messages."""
        return mark.style.label or mark.reading or mark.key
