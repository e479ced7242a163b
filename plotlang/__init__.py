"""plotlang: draw mathematics in a notebook.

The public Python interface is `Notebook`; everything else may change.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from plotlang.version import __version__

if TYPE_CHECKING:
    from plotlang.notebook import Notebook

__all__ = ["Notebook", "__version__"]


def __getattr__(name: str) -> Any:
    """Import the notebook when it is first asked for: the kernel answers before that."""
    if name == "Notebook":
        from plotlang.notebook import Notebook

        return Notebook
    raise AttributeError(f"module 'plotlang' has no attribute {name!r}")
