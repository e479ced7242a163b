"""Frequencies that stand out in data."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from plotlang.numerics.realmath import Array

BINS, MOST_BINS = 8, 1 << 17
"""Bins of time per row, before as many empty ones; the most altogether."""
PEAKS = 6
SLOW = np.array([0.12, 0.25, 0.4, 0.55, 0.75, 0.9, 1.1, 1.3, 1.6, 2.0])
"""Turns over the whole range that no peak of a spectrum tells apart."""
TREND = 2
"""The degree of the polynomial that is taken off before a second look."""


def angular_frequencies(x: Array, y: Array) -> Array:
    """Angular frequencies ω (radians per unit of x, positive) of waves in y, the strongest first, then slow ones.

    The rows may come in any order and with uneven gaps: they are put into fine bins of time, then transformed with as
    many empty bins behind (after Press & Rybicki, Astrophys. J. 338, 1989).  Up to the mean rate of two rows per turn.
    """
    low, span = float(x.min()), float(np.ptp(x))
    if not span > 0 or x.size < 3:
        return np.array([1.0])
    share = (x - low) / span
    found = [_peaks(share, y - y.mean()), _peaks(share, _without_trend(share, y)), SLOW]
    return np.asarray(2 * np.pi * np.concatenate(found) / span)


def _without_trend(share: Array, y: Array) -> Array:
    basis = np.vander(share, TREND + 1)
    return np.asarray(y - basis @ np.linalg.lstsq(basis, y, rcond=None)[0])


def _peaks(share: Array, y: Array) -> Array:
    """The strongest frequencies in turns over the whole range."""
    count = min(MOST_BINS, 1 << int(np.ceil(np.log2(BINS * share.size))))
    places = np.minimum((share * count).astype(np.intp), count - 1)
    power = np.abs(np.fft.rfft(np.bincount(places, y, count), 8 * count))
    last = int(min(power.size - 1, 8 * (share.size / 2 + 1)))
    inside = power[1:last]
    tops = 1 + np.flatnonzero((inside >= power[: last - 1]) & (inside >= power[2 : last + 1]))
    best = tops[np.argsort(-power[tops], kind="stable")[:PEAKS]]
    return np.asarray(best / 8)
