"""What is wrong with a line, as a value: what, where, why, and what to write instead."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from plotlang.language.syntax import NOWHERE, Span

if TYPE_CHECKING:
    from collections.abc import Iterable


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One mistake in one cell.

    `message` says what is wrong, `why` (may be empty) stands beside the caret, `suggestion` (may be empty) is what to
    write instead, `fix` a whole corrected line when there is exactly one safe one.  `line` and `column` count from 1;
    `source` is the text of that line, `width` the number of characters underlined.
    """

    message: str
    why: str = ""
    suggestion: str = ""
    fix: str = ""
    line: int = 0
    column: int = 0
    width: int = 1
    source: str = ""
    cell: str = ""

    def __str__(self) -> str:
        return self.text()

    def text(self, *, color: bool = False) -> str:
        """The message as it is shown, in several lines; with ANSI colours on request."""
        red, blue, bold, end = ("\x1b[31m", "\x1b[34m", "\x1b[1m", "\x1b[0m") if color else ("", "", "", "")
        lines = [f"{red}{bold}error:{end}{bold} {self.message}{end}"]
        gutter = " " * len(str(self.line))
        if self.source:
            where = f"cell [{self.cell}], line {self.line}" if self.cell else f"line {self.line}"
            start, stop = self.column - 1, self.column - 1 + self.width
            shown = self.source
            if color:
                shown = f"{shown[:start]}\x1b[4;31m{shown[start:stop]}{end}{shown[stop:]}"
            lines += [
                f"{gutter} {blue}┌─{end} {where}",
                f"{gutter} {blue}│{end}",
                f"{blue}{self.line} │{end} {shown}",
                f"{gutter} {blue}│{end} {' ' * start}{red}{'^' * self.width}{f' {self.why}' if self.why else ''}{end}",
            ]
        elif self.why:
            lines.append(f"{gutter} {blue}│{end} {self.why}")
        remedies = [self.suggestion] if self.suggestion else []
        if self.fix:
            remedies.append(f"try:  {self.fix}")
        lines += [f"{gutter} {blue}└─{end} {each}" for each in remedies]
        return "\n".join(lines)


@dataclass(frozen=True, slots=True)
class Problem:
    """A mistake whose place is still a span of the cell's text; `locate` turns it into a diagnostic."""

    message: str
    span: Span = NOWHERE
    why: str = ""
    suggestion: str = ""
    replacement: str | None = None


class LanguageError(Exception):
    """The one exception of the language: something a user wrote can't be understood or done.

    It carries what is wrong as a `Problem`; it is raised anywhere below and caught once, by the interpreter.
    """

    def __init__(
        self,
        message: str,
        span: Span = NOWHERE,
        *,
        why: str = "",
        suggestion: str = "",
        replacement: str | None = None,
    ) -> None:
        super().__init__(message)
        self.problem = Problem(message, span, why, suggestion, replacement)


class FollowUp(LanguageError):
    """A mistake that only follows from another one in the same cell, and is not reported."""


def distance(first: str, second: str) -> int:
    """Edit distance with transposition of neighbours (optimal string alignment; Damerau 1964)."""
    previous: list[int] = []
    row = list(range(len(second) + 1))
    for i, a in enumerate(first, 1):
        before, previous, row = previous, row, [i]
        for j, b in enumerate(second, 1):
            best = min(previous[j] + 1, row[j - 1] + 1, previous[j - 1] + (a != b))
            if i > 1 and j > 1 and a == second[j - 2] and first[i - 2] == b:
                best = min(best, before[j - 2] + 1)
            row.append(best)
    return row[-1]


def nearest(word: str, known: Iterable[str], most: int = 2) -> tuple[str, ...]:
    """The known words that `word` was probably meant to be, best first."""
    return _nearest(word, tuple(known), most)


@lru_cache(maxsize=512)
def _nearest(word: str, known: tuple[str, ...], most: int) -> tuple[str, ...]:
    folded = word.lower()
    found = []
    for order, each in enumerate(known):
        other = each.lower()
        if other == folded:
            score = 0.0
        elif len(each) > 2 and (other.startswith(folded) or folded.startswith(other)) and len(word) > 2:
            score = 0.5 - len(each) / 1000
        elif (gap := distance(folded, other)) <= max(1, len(word) // 3) and gap < len(other):
            score = float(gap)
        else:
            continue
        found.append((score, order, each))
    unique = dict.fromkeys(each for _, _, each in sorted(found))
    return tuple(unique)[:most]
