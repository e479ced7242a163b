"""A picture in plain words, for those who can't see it and for saved files."""

from __future__ import annotations

from typing import TYPE_CHECKING

from plotlang.marks.curve import rounded

if TYPE_CHECKING:
    from plotlang.marks.curve import DrawnCurve
    from plotlang.marks.layout import Worked
    from plotlang.model.figure import Figure

_KINDS = {"explicit": "curve", "inverse": "curve x(y)", "implicit": "curve of an equation", "region": "region"}


def describe(worked: Worked, figure: Figure) -> str:
    """What is in the picture: its view, and each object with its kind and where it has values."""
    drawing = worked.drawing
    title = f"{drawing.title}. " if drawing.title else ""
    x, y = drawing.x, drawing.y
    ends = [rounded(each) for each in (x.low, x.high, y.low, y.high)]
    lines = [f"{title}x from {ends[0]} to {ends[1]}, y from {ends[2]} to {ends[3]}."]
    visible = [curve for curve in worked.curves if curve.visible]
    for number, curve in enumerate(visible[:20], 1):
        lines.append(f"{number}. {_curve(curve, (x.low, x.high))}.")
    if len(visible) > 20:
        lines.append(f"… and {len(visible) - 20} more.")
    for mark in figure.visible:
        if not mark.is_curve:
            name = f"{mark.name} = " if mark.name else ""
            lines.append(f"Point {name}{mark.reading}.")
    return "\n".join(lines)


def _curve(curve: DrawnCurve, view: tuple[float, float]) -> str:
    kind = _KINDS.get(curve.kind, curve.kind)
    named = f"{curve.label}(x) = {curve.reading}" if curve.label.isidentifier() else curve.label
    text = f"{kind[0].upper()}{kind[1:]} {named}"
    defined = curve.sketch.defined
    if defined is not None and not defined:
        return text + ", no values here"
    whole = defined is not None and len(defined) == 1 and defined[0][1] - defined[0][0] >= 0.999 * (view[1] - view[0])
    if defined is not None and not whole:
        parts = [f"{rounded(low)} to {rounded(high)}" for low, high in defined[:4]]
        text += ", with values from " + ", from ".join(parts) + (" and more" if len(defined) > 4 else "")
    return text
