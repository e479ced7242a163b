"""The closed set of drawable shapes, in data units."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Array: TypeAlias = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Polyline:
    """Connected strokes: each path an array of shape (n, 2); the pen is lifted between paths."""

    paths: tuple[Array, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Dots:
    """Places marked by a dot, shape (n, 2); an open dot is drawn with a hole."""

    points: Array
    filled: bool = True


@dataclass(frozen=True, slots=True, eq=False)
class Polygons:
    """Shaded areas: outlines of shape (n, 2), filled by the even-odd rule together."""

    outlines: tuple[Array, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Arrows:
    """Arrows from `start` to `end`, both of shape (n, 2)."""

    start: Array
    end: Array


@dataclass(frozen=True, slots=True, eq=False)
class Asymptotes:
    """Lines across the whole view: vertical at each `x`, horizontal at each `y`."""

    x: tuple[float, ...] = ()
    y: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class Label:
    """Text beside a place, or centred on it; an optional one may be left out where there is no room for it."""

    x: float
    y: float
    text: str
    centred: bool = False
    optional: bool = False


Shape: TypeAlias = Polyline | Dots | Polygons | Arrows | Asymptotes | Label
