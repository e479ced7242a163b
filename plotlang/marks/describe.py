"""A picture in plain words, for those who can't see it and for saved files."""

from __future__ import annotations

from typing import TYPE_CHECKING

from plotlang.marks.curve import rounded

if TYPE_CHECKING:
    from plotlang.marks.curve import DrawnCurve
    from plotlang.marks.layout import Worked
    from plotlang.model.figure import Figure, Mark

_KINDS = {
    "explicit": "curve", "inverse": "curve x(y)", "implicit": "curve of an equation", "region": "region",
    "parametric": "parametric curve", "polar": "polar curve", "contour": "level lines", "field": "vector field",
    "slopefield": "slope field", "solution": "solution", "sequence": "sequence", "line": "straight line",
    "circle": "circle",
}  # fmt: skip
_MOST_CURVES = 20


def describe(worked: Worked, figure: Figure) -> str:
    """What is in the picture: its view, and each object with its kind and where it has values."""
    drawing = worked.drawing
    title = f"{drawing.title}. " if drawing.title else ""
    x, y = drawing.x, drawing.y
    ends = [rounded(each) for each in (x.low, x.high, y.low, y.high)]
    lines = [f"{title}x from {ends[0]} to {ends[1]}, y from {ends[2]} to {ends[3]}."]
    visible = [curve for curve in worked.curves if curve.visible]
    for number, curve in enumerate(visible[:_MOST_CURVES], 1):
        lines.append(f"{number}. {_curve(curve, (x.low, x.high))}.")
    if len(visible) > _MOST_CURVES:
        lines.append(f"… and {len(visible) - _MOST_CURVES} more.")
    lines += [f"{_other(mark)}." for mark in figure.visible if not mark.is_curve]
    return "\n".join(lines)


def _curve(curve: DrawnCurve, view: tuple[float, float]) -> str:
    kind = _KINDS.get(curve.kind, curve.kind)
    named = f"{curve.label}(x) = {curve.reading}" if curve.label.isidentifier() else curve.label
    text = f"{kind[0].upper()}{kind[1:]} {named}" if not named.startswith(kind) else f"{named[0].upper()}{named[1:]}"
    defined = curve.sketch.defined
    if defined is not None and not defined:
        return text + ", no values here"
    whole = defined is not None and len(defined) == 1 and defined[0][1] - defined[0][0] >= 0.999 * (view[1] - view[0])
    if defined is not None and not whole:
        parts = [f"{rounded(low)} to {rounded(high)}" for low, high in defined[:4]]
        text += ", with values from " + ", from ".join(parts) + (" and more" if len(defined) > 4 else "")
    return text


def _other(mark: Mark) -> str:
    """A point, a shape, a target, or what was found."""
    if mark.target:
        return f"Grey target {'y = ' if mark.kind == 'explicit' else ''}{mark.reading}"
    if mark.kind == "points":
        name = f"{mark.name} = " if mark.name else ""
        label = f', labelled "{mark.style.label}"' if mark.style.label else ""
        many = mark.reading.startswith("[") or mark.key.startswith("points ")
        return f"{'Points' if many else 'Point'} {name}{mark.reading}{label}"
    if mark.kind == "text":
        return f'Text "{mark.detail}"'
    text = mark.reading if mark.kind != "found" else f"{mark.reading}, marked"
    return f"{text[0].upper()}{text[1:]}"
