"""Feedback on straight lines: slope and y-intercept, for a shifted line can't be told from one moved sideways."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from plotlang.lessons import places
from plotlang.lessons.finding import Finding
from plotlang.lessons.numbers import number, simple

if TYPE_CHECKING:
    from plotlang.lessons.functions import Pair
    from plotlang.lessons.sentences import Words
    from plotlang.numerics.calculus.univariate import Univariate

FEWEST = 8
STRAIGHT = 1e-9
ROOM = 1e-9


def line(f: Univariate, low: float, high: float) -> tuple[float, float] | None:
    """Slope and intercept of a function that is a straight line where it is defined in a range; else None."""
    x = places.spread(80, low, high)
    y = f.at(x)
    good = np.isfinite(y) & (np.abs(y) < 1e100)
    x, y = x[good], y[good]
    if len(x) < FEWEST:
        return None
    left, right = int(x.argmin()), int(x.argmax())
    slope = (y[right] - y[left]) / (x[right] - x[left])
    intercept = y[left] - slope * x[left]
    size = np.abs(y).max() + abs(slope) * np.abs(x).max()
    if (np.abs(slope * x + intercept - y) > STRAIGHT * size).any():
        return None
    return _tidy(float(slope)), _tidy(float(intercept), ROOM * float(size))


def _tidy(value: float, room: float = 1e-12) -> float:
    found = simple(value, max(room, ROOM * abs(value)))
    return value if found is None else found


def of_lines(pair: Pair, words: Words) -> Finding | None:
    """What is wrong with a line if a line is wanted.

    In this order: too high or too low; reflected in the y-axis; in the x-axis; slope and intercept swapped; right
    intercept; slope with the wrong sign; right zero; else a different line.
    """
    mine, theirs = (line(each, pair.low, pair.high) for each in (pair.student, pair.wanted))
    if mine is None or theirs is None:
        return None
    (slope, start), (wanted_slope, wanted_start) = mine, theirs
    if slope == wanted_slope:
        return Finding("shifted", words.shifted(0.0, start - wanted_start)) if start != wanted_start else None
    return Finding("line", "") if words.turned else _sloped(slope, start, wanted_slope, wanted_start)


def _sloped(slope: float, start: float, wanted_slope: float, wanted_start: float) -> Finding:
    if slope == -wanted_slope and start == wanted_start:
        return Finding("reflected", "reflected in the y-axis")
    if slope == -wanted_slope and start == -wanted_start:
        return Finding("reflected", "reflected in the x-axis")
    if slope == wanted_start and start == wanted_slope:
        return Finding("line", "slope and y-intercept are swapped")
    if start == wanted_start:
        return Finding("line", f"right y-intercept, but the slope is {number(slope)}")
    if slope == -wanted_slope:
        return Finding("line", "the slope has the wrong sign, and the y-intercept is not right")
    if slope * wanted_start == start * wanted_slope and slope != 0 != wanted_slope:
        return Finding("line", f"right zero, but the slope is {number(slope)}")
    return Finding("line", f"a different line: its slope is {number(slope)} and its y-intercept {number(start)}")
