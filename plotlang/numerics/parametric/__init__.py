"""Curves of a parameter in the plane, drawn honestly: `trace_parametric` works one out, `extent` finds its window."""

from plotlang.numerics.parametric.curve import PlaneCurve
from plotlang.numerics.parametric.tracing import TracedParametric, extent, trace_parametric, traced

__all__ = ["PlaneCurve", "TracedParametric", "extent", "trace_parametric", "traced"]
