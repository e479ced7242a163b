"""What was typed before in this session, for the history of consoles."""

from __future__ import annotations

from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from typing import TypeAlias

Entry: TypeAlias = tuple[int, int, object]

SESSION = 1  # a kernel remembers its own session only


@dataclass(slots=True)
class Past:
    """The cells run so far, as (line, text, answer)."""

    cells: list[tuple[int, str, str]] = field(default_factory=list)

    def add(self, line: int, text: str, answer: str) -> None:
        """Remember a cell and its last value."""
        self.cells.append((line, text, answer))

    def tail(self, n: int, *, output: bool = False) -> list[Entry]:
        """The last `n` cells."""
        return _entries(self.cells[-n:] if n > 0 else [], output=output)

    def between(self, session: int, start: int, stop: int | None, *, output: bool = False) -> list[Entry]:
        """The cells with line numbers from `start` up to, not including, `stop`; session 0 is this one."""
        if session not in (0, SESSION):
            return []
        end = float("inf") if stop is None else stop
        return _entries([each for each in self.cells if start <= each[0] < end], output=output)

    def search(self, pattern: str, n: int | None, *, unique: bool, output: bool = False) -> list[Entry]:
        """The last `n` cells (None: all) whose text matches a shell pattern."""
        found = [each for each in self.cells if fnmatchcase(each[1], pattern)]
        if unique:
            found = sorted({each[1]: each for each in found}.values())
        return _entries(found if n is None else found[-n:] if n > 0 else [], output=output)


def _entries(cells: list[tuple[int, str, str]], *, output: bool) -> list[Entry]:
    return [(SESSION, line, (text, answer) if output else text) for line, text, answer in cells]
