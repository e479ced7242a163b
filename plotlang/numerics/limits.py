"""What numerics asks of a limit on time: a question to put in every outer loop."""

from __future__ import annotations

from typing import Protocol


class Budget(Protocol):
    """Anything with a `check` that raises when the work has to stop."""

    def check(self) -> None:
        """Raise if the time is up or the user asked to stop; else do nothing."""


class Unlimited:
    """A budget that never ends."""

    def check(self) -> None:
        """Let the work go on."""


UNLIMITED = Unlimited()
