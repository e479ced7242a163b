"""What a comparison says."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

Kind: TypeAlias = Literal["equal", "other_domain", "close", "different"]


@dataclass(frozen=True, slots=True)
class Verdict:
    """How a student's graph and the wanted one are related; `reason` says where the domains differ, in words."""

    kind: Kind
    reason: str = ""

    def __bool__(self) -> bool:
        """Whether the graphs are equal."""
        return self.kind == "equal"


EQUAL = Verdict("equal")
CLOSE = Verdict("close", "a number is rounded")
DIFFERENT = Verdict("different")
