"""Room for deep formulas: the recursion limit of the interpreter."""

from __future__ import annotations

import sys

# A line has at most 2,000 characters and 100 brackets inside each other; the deepest walk over such a line stays
# below this many Python calls, which need little of the C stack.
_LIMIT = 20_000


def allow_deep_recursion() -> None:
    """Raise the recursion limit; it stays raised, because other threads may be inside deep formulas."""
    if sys.getrecursionlimit() < _LIMIT:
        sys.setrecursionlimit(_LIMIT)
