"""How much a cell may cost, as a value that flows in."""

from __future__ import annotations

from dataclasses import dataclass, replace
from time import monotonic
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable


class Stopped(Exception):
    """The work was stopped from outside, or its time is up; `reason` says which."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def _never() -> bool:
    return False


@dataclass(frozen=True, slots=True)
class Budget:
    """A deadline (in seconds of `clock`) and a question to ask now and then: should we stop?."""

    deadline: float = float("inf")
    interrupted: Callable[[], bool] = _never
    clock: Callable[[], float] = monotonic

    def check(self) -> None:
        """Raise `Stopped` when the time is up or the user asked to stop; cheap enough for every outer loop."""
        if self.interrupted():
            raise Stopped("interrupted")
        if self.clock() > self.deadline:
            raise Stopped("time")

    def beside(self, work: Callable[[], object]) -> Budget:
        """The budget after some work that does not count, such as loading a library for the first time."""
        start = self.clock()
        work()
        return replace(self, deadline=self.deadline + self.clock() - start)

    def share(self, part: float) -> Budget:
        """A budget that ends when this part of the time left is used up."""
        now = self.clock()
        return self if self.deadline == float("inf") else replace(self, deadline=now + part * (self.deadline - now))


UNLIMITED = Budget()
SECONDS = 5.0


def cell_budget(seconds: float = SECONDS) -> Budget:
    """The budget of one cell, starting now."""
    return Budget(deadline=monotonic() + seconds)
