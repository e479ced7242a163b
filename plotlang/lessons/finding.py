"""What feedback says, as a value."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

Kind: TypeAlias = Literal[
    "equal", "domain", "rounded", "line", "shifted", "reflected", "upside_down", "stretched", "derivative", "angle",
    "part", "other_kind", "different",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Finding:
    """What is wrong with a student's graph: one message, in words without a capital letter or a full stop."""

    kind: Kind
    message: str


EQUAL = Finding("equal", "right")
DIFFERENT = Finding("different", "a different curve")
