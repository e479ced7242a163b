"""All kinds of marks, by name: the one list."""

from __future__ import annotations

from typing import TYPE_CHECKING

from plotlang.marks.areas import Area, Residuals, Riemann
from plotlang.marks.explicit import Explicit, Inverse
from plotlang.marks.fields import Field, SlopeField, Solution
from plotlang.marks.found import Found
from plotlang.marks.parametric import Parametric, Polar
from plotlang.marks.plane import Contour, Implicit, Region
from plotlang.marks.points import Points, Sequence
from plotlang.marks.shapes import Circle, Line, Polygon, Segment, Vector, Words

if TYPE_CHECKING:
    from plotlang.marks.kind import MarkKind

MARK_KINDS: dict[str, MarkKind] = {
    "explicit": Explicit(), "inverse": Inverse(), "implicit": Implicit(), "region": Region(), "contour": Contour(),
    "parametric": Parametric(), "polar": Polar(), "points": Points(), "sequence": Sequence(), "segment": Segment(),
    "line": Line(), "vector": Vector(), "polygon": Polygon(), "circle": Circle(), "text": Words(), "field": Field(),
    "slopefield": SlopeField(), "solution": Solution(), "found": Found(), "area": Area(), "riemann": Riemann(),
    "residuals": Residuals(),
}  # fmt: skip
