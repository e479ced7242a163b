"""Integrals of a formula over many ranges at once.

Gauss–Kronrod pairs of 7 and 15 nodes on panels that are halved where they have not settled, all panels of one level
together (Piessens et al., QUADPACK, 1983).  A substitution flattens the ends, so that ``1/sqrt(t)`` and ``ln t`` settle
fast there, and maps infinite ranges to finite ones.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from plotlang.numerics.limits import UNLIMITED, Budget
from plotlang.numerics.realmath import Array

Rows: TypeAlias = NDArray[np.intp]
Body: TypeAlias = Callable[[Array, list[Array]], Array]

_HALF_NODES = (
    0.991455371120812639206854697526329,
    0.949107912342758524526189684047851,
    0.864864423359769072789712788640926,
    0.741531185599394439863864773280788,
    0.586087235467691130294144691693230,
    0.405845151377397166906606412076961,
    0.207784955007898467600689403773245,
)
_HALF_KRONROD = (
    0.022935322010529224963732008058970,
    0.063092092629978553290700663189204,
    0.104790010322250183839876322541518,
    0.140653259715525918745189590510238,
    0.169004726639267902826583426598550,
    0.190350578064785409913256402421014,
    0.204432940075298892414161999234649,
)
_HALF_GAUSS = (
    0.129484966168869693270611432679082,
    0.279705391489276667901467771423780,
    0.381830050505118944950369775488975,
)
NODES = np.array([*(-n for n in _HALF_NODES), 0.0, *reversed(_HALF_NODES)])
KRONROD = np.array([*_HALF_KRONROD, 0.209482141084727828012999174891714, *reversed(_HALF_KRONROD)])
GAUSS = np.zeros(15)
GAUSS[1::2] = [*_HALF_GAUSS, 0.417959183673469387755102040816327, *reversed(_HALF_GAUSS)]

RELATIVE = 1e-11
LEVELS = 48
MOST_PANELS = 200_000
BATCH = 20_000
"""Integrals worked out at a time."""
TRUSTED = 1e-6
"""An integral whose error estimate stays above this share of its size is taken not to exist."""
LOCAL, MOST_UNSETTLED = 12, 64
"""From this level on, at most so many unsettled panels mean trouble at single places, ..."""
SLOWEST = 0.26
"""... and if what is unsettled has not shrunk to this share in six levels it never settles, as at ``1/t``."""
CROWDED = 17
"""From this level on an integral with more unsettled panels is given up."""
TINY = 1e-10
"""Panels narrower than this share of their place do not settle better than rounding lets them."""
_FIRST_CUT = 0.4377
"""Where the first panels meet: off the middle, so that an odd pole there is not averaged away."""


def integrate(body: Body, low: Array, high: Array, outer: list[Array], budget: Budget = UNLIMITED) -> Array:
    """∫ body(t) dt from low to high, for each entry of these arrays of shape (n,).

    `body(t, outer)` takes t of shape (15, panels) and the outer values of shape (panels,).  Ends may be ±inf.  NaN
    where an end or the body is undefined, or where the integral does not settle.  Good to about 1e-10 relative.
    """
    sign = np.where(high < low, -1.0, 1.0)
    ends = np.minimum(low, high), np.maximum(low, high)
    known = ~(np.isnan(low) | np.isnan(high))
    value = np.zeros(low.shape)
    rows = np.flatnonzero(known & (low != high))
    for i in range(0, rows.size, BATCH):
        some = rows[i : i + BATCH]
        value[some] = _adaptive(body, (ends[0][some], ends[1][some]), [each[some] for each in outer], budget)
    return np.where(known, sign * value, np.nan)


def _adaptive(body: Body, ends: tuple[Array, Array], outer: list[Array], budget: Budget) -> Array:
    count = ends[0].size
    total, missing, size = np.zeros(count), np.zeros(count), np.zeros(count)
    owner = np.repeat(np.arange(count), 2)
    left = np.tile([0.0, _FIRST_CUT], count)
    right = np.tile([_FIRST_CUT, 1.0], count)
    open_sizes: list[Array] = []
    for level in range(LEVELS):
        if owner.size == 0:
            break
        budget.check()
        value, error, weight = _panels(body, ends, outer, owner, left, right)
        if level == 0:
            size = _sums(owner, weight, count)
            short = np.isfinite(ends[0]) & (ends[1] - ends[0] <= TINY * np.abs(ends[0]))
            value = np.where(short[owner] & (error > TRUSTED * weight), np.nan, value)
        done = (error <= RELATIVE * size[owner]) | np.isnan(value)
        open_sizes.append(_sums(owner[~done], weight[~done], count))
        done |= _hopeless(owner, open_sizes)
        total += _sums(owner[done], value[done], count)
        missing += _sums(owner[done], error[done], count)
        middle = (left[~done] + right[~done]) / 2
        owner = np.concatenate([owner[~done], owner[~done]])
        left, right = np.concatenate([left[~done], middle]), np.concatenate([middle, right[~done]])
    return np.where(missing <= TRUSTED * np.maximum(np.abs(total), 1e-3 * size), total, np.nan)


def _sums(owner: Rows, values: Array, count: int) -> Array:
    """The total of the values of each owner."""
    return np.bincount(owner, values, count).astype(np.float64)


def _hopeless(owner: Rows, open_sizes: list[Array]) -> NDArray[np.bool_]:
    """Panels that are not halved any more; `open_sizes` tell what was unsettled on each level, per integral."""
    level, count = len(open_sizes) - 1, open_sizes[0].size
    if level == LEVELS - 1 or owner.size > MOST_PANELS:
        return np.ones(owner.shape, dtype=bool)
    if level < LOCAL:
        return np.zeros(owner.shape, dtype=bool)
    crowd = np.bincount(owner, minlength=count) > MOST_UNSETTLED
    stuck = open_sizes[level] > SLOWEST * open_sizes[level - 6]
    return np.asarray(np.where(crowd, level >= CROWDED, stuck)[owner])


def _panels(
    body: Body, ends: tuple[Array, Array], outer: list[Array], owner: Rows, left: Array, right: Array
) -> tuple[Array, Array, Array]:
    """Value, error estimate and integral of the absolute value on each panel."""
    half = (right - left) / 2
    u = (left + right) / 2 + half * NODES[:, None]
    t, weight = stretched(u, ends[0][owner], ends[1][owner])
    with np.errstate(all="ignore"):
        f = body(t, [each[owner] for each in outer]) * weight
        f = np.where(weight == 0, 0.0, f) * half
        value, rough = KRONROD @ f, GAUSS @ f
        size = KRONROD @ np.abs(f)
        spread = KRONROD @ np.abs(f - value / 2)
        gap = np.abs(value - rough)
        error = np.where(spread > 0, spread * np.minimum(1.0, (200 * gap / spread) ** 1.5), gap)
        tiny = t[-1] - t[0] <= TINY * np.abs(t[7])
        error = np.where(tiny & (gap <= TRUSTED * size), 0.0, error)
    return value, error, size


def stretched(u: Array, low: Array, high: Array) -> tuple[Array, Array]:
    """t(u) and dt/du for u from 0 to 1: flat at both ends, and reaching infinity where an end is infinite."""
    s, ds = u * u * (3 - 2 * u), 6 * u * (1 - u)
    if np.isfinite(low).all() and np.isfinite(high).all():
        return low + (high - low) * s, (high - low) * ds
    with np.errstate(all="ignore"):
        both = np.isinf(low) & np.isinf(high)
        v = 2 * s - 1
        everywhere = v / (1 - v * v), 2 * (1 + v * v) / (1 - v * v) ** 2
        up = low + s / (1 - s), 1 / (1 - s) ** 2
        down = high - (1 - s) / s, 1 / (s * s)
        plain = low + (high - low) * s, np.broadcast_to(high - low, s.shape)
        cases = [both, np.isinf(high), np.isinf(low)]
        t = np.select(cases, [everywhere[0], up[0], down[0]], plain[0])
        slope = np.select(cases, [everywhere[1], up[1], down[1]], plain[1])
    return t, slope * ds


def cumulative(body: Callable[[Array], Array], low: Array, high: Array, budget: Budget = UNLIMITED) -> Array:
    """As `integrate`, for a body without outer names: the gaps between neighbouring ends are integrated once each."""
    ends = np.unique(np.concatenate([low, high]))
    ends = ends[~np.isnan(ends)]
    if ends.size <= 2 or low.size < 4:
        return integrate(lambda t, _: body(t), low, high, [], budget)
    gaps = integrate(lambda t, _: body(t), ends[:-1], ends[1:], [], budget)
    broken = np.concatenate([[0], np.cumsum(np.isnan(gaps))])
    sums = np.concatenate([[0.0], np.cumsum(np.where(np.isnan(gaps), 0.0, gaps))])
    start, stop = (np.minimum(np.searchsorted(ends, each), ends.size - 1) for each in (low, high))
    value = np.where(broken[start] == broken[stop], sums[stop] - sums[start], np.nan)
    return np.where(np.isnan(low) | np.isnan(high), np.nan, value)
