"""Draws the pictures of one figure in quick succession."""

from __future__ import annotations

from typing import TYPE_CHECKING

from plotlang.render.picture import render_png

if TYPE_CHECKING:
    from plotlang.model.drawing import Drawing


class Easel:
    """Draws the pictures of one figure in quick succession; what stands still is kept."""

    def png(self, drawing: Drawing) -> bytes:
        """The picture."""
        return render_png(drawing)
