"""Curves y(x) as strokes that cross nothing the curve does not cross."""
