"""A curve of a picture, worked out: what is drawn, and its value anywhere."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from plotlang.model.drawing import Look
    from plotlang.model.figure import Style
    from plotlang.model.geometry import Array, Shape


@dataclass(frozen=True, slots=True, eq=False)
class Sketch:
    """One member of a mark, worked out for a window.

    `defined` are the ranges of the variable with values, None where that means nothing; `evaluate` gives the value at
    a place.  `complete` is False when the work was cut short by its limits.  `style` changes the look of the mark for
    these shapes, `shade` makes its colour lighter (1 is full).  `notes` say what the picture can't.
    """

    shapes: tuple[Shape, ...] = ()
    defined: tuple[tuple[float, float], ...] | None = None
    evaluate: Callable[[float], float] | None = None
    complete: bool = True
    style: Style | None = None
    shade: float = 1.0
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class DrawnCurve:
    """One curve of a figure, as users of the Python interface see it.

    `paths` is exactly what is drawn: arrays of shape (n, 2) in data units, the pen lifted between them.
    """

    kind: str
    label: str
    reading: str
    color: str
    visible: bool
    paths: tuple[Array, ...]
    look: Look
    sketch: Sketch

    def value(self, x: float) -> float:
        """The value of the curve at x; NaN where it is undefined or has no single value."""
        if self.sketch.evaluate is None:
            return float("nan")
        return self.sketch.evaluate(float(x))


def rounded(value: float) -> str:
    """A number of the window in words: four digits, a real minus sign."""
    return f"{value:.4g}".replace("-", "−")
