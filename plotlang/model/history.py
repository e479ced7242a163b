"""What each cell said, in the order of first run."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from plotlang.language.diagnostics import Problem


@dataclass(frozen=True, slots=True)
class CellRecord:
    """One cell: its text as it was last run, and the slider positions moved since.

    `files` are the texts of the files that it reads as they were then, by name, or what kept them from being read.
    `key` identifies the cell, `label` is its number in messages.  A deleted cell keeps its place without effect:
    front ends report cells as deleted that come back.
    """

    key: str
    text: str
    label: str = ""
    moves: Mapping[str, float] = field(default_factory=dict)
    files: Mapping[str, str | Problem] = field(default_factory=dict)
    deleted: bool = False


@dataclass(frozen=True, slots=True)
class History:
    """All records; `lost` tells for names that vanished from a cell, in which cell they stood."""

    records: tuple[CellRecord, ...] = ()
    lost: Mapping[str, str] = field(default_factory=dict)

    def place(self, key: str) -> int | None:
        """Where the record of a cell stands, None if there is none."""
        return next((i for i, each in enumerate(self.records) if each.key == key), None)

    def record(self, record: CellRecord) -> History:
        """The history with a cell run: in its old place, or last."""
        place = self.place(record.key)
        if place is None:
            return replace(self, records=(*self.records, record))
        return replace(self, records=(*self.records[:place], record, *self.records[place + 1 :]))

    def delete(self, keys: frozenset[str]) -> History:
        """The history with cells deleted."""
        records = tuple(replace(each, deleted=True) if each.key in keys else each for each in self.records)
        return replace(self, records=records)

    def move(self, key: str, name: str, value: float | None) -> History:
        """The history with a slider moved, noted at the cell that declares it; None forgets that it was moved."""
        records = tuple(_moved(each, name, value) if each.key == key else each for each in self.records)
        return replace(self, records=records)


def _moved(record: CellRecord, name: str, value: float | None) -> CellRecord:
    others = {each: place for each, place in record.moves.items() if each != name}
    return replace(record, moves=others if value is None else {**others, name: value})
