"""Least squares for many starts at once: linear letters are solved for, the others follow Levenberg and Marquardt.

The residuals are those left after the best linear letters, the Jacobian is Kaufman's (BIT 15, 1975): the derivatives by
the other letters without their part in the span of the basis.  The damping is Nielsen's (report IMM-REP-1999-05).
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from plotlang.numerics.fits.separable import Separated
    from plotlang.numerics.limits import Budget
    from plotlang.numerics.realmath import Array

ROUNDING = 2.2e-16
NOTHING = 1e-17
"""A step that promises less than this share of the sum of squares ends the search."""
LEAST_DAMPING, MOST_DAMPING = 1e-13, 1e18


@dataclass(slots=True)
class Projected:
    """Starts and what belongs to them: `curved` (s, q), the best `linear` (s, p), `rest` (s, n), `cost` (s,).

    `frame` (s, n, r) spans the basis; `cost` is the sum of squares, inf where the model is undefined on a row.
    """

    curved: Array
    linear: Array
    rest: Array
    frame: Array
    cost: Array

    def __getitem__(self, rows: NDArray[np.intp] | NDArray[np.bool_]) -> Projected:
        return Projected(*(getattr(self, each.name)[rows] for each in fields(self)))

    def put(self, rows: NDArray[np.intp], other: Projected) -> None:
        """Replace some starts."""
        for each in fields(self):
            getattr(self, each.name)[rows] = getattr(other, each.name)


def least_norm(basis: Array, wanted: Array) -> tuple[Array, Array]:
    """Solve basis · z ≈ wanted, (s, n, p) and (s, n), by scaled QR and SVD: z and an orthonormal frame of the basis.

    Directions that the basis does not tell apart up to rounding get nothing.
    """
    starts, n, p = basis.shape
    if p == 0:
        return np.zeros((starts, 0)), np.zeros((starts, n, 0))
    top = np.abs(basis).max(axis=1, initial=0.0)
    scale = top * np.sqrt(np.square(basis / np.where(top > 0, top, 1.0)[:, None]).sum(axis=1))
    scale = np.where(scale > 0, scale, 1.0)
    q, r = np.linalg.qr(basis / scale[:, None])
    u, sizes, v = np.linalg.svd(r, full_matrices=False)
    real = sizes > ROUNDING * max(n, p) * sizes[:, :1]
    frame = (q @ u) * real[:, None]
    share = (frame.transpose(0, 2, 1) @ wanted[..., None])[..., 0]
    share = np.where(real, share / np.where(real, sizes, 1.0), 0.0)
    return (v.transpose(0, 2, 1) @ share[..., None])[..., 0] / scale, frame


def project(model: Separated, curved: Array, data: Sequence[Array], target: Array) -> Projected:
    """The best linear letters for each choice of the curved ones; target (n,) should be of size about 1."""
    with np.errstate(all="ignore"):
        offset, basis = model.parts(curved, data)
        wanted = target - offset
        good = np.isfinite(wanted).all(axis=1) & np.isfinite(basis).all(axis=(1, 2))
        wanted[~good], basis[~good] = 0.0, 0.0
        linear, frame = least_norm(basis, wanted)
        rest = wanted - (basis @ linear[..., None])[..., 0]
        cost = np.square(rest).sum(axis=1)
    return Projected(curved, linear, rest, frame, np.where(good & np.isfinite(cost), cost, np.inf))


def screened(model: Separated, curved: Array, data: Sequence[Array], target: Array, budget: Budget) -> Array:
    """The cost of each of many choices of the curved letters, shape (s,)."""
    block = max(1, 200_000 // max(1, target.size * (1 + len(model.linear))))
    costs = []
    for i in range(0, len(curved), block):
        budget.check()
        costs.append(project(model, curved[i : i + block], data, target).cost)
    return np.concatenate(costs)


def descend(
    model: Separated, curved: Array, data: Sequence[Array], target: Array, rounds: int, budget: Budget
) -> Projected:
    """Follow every start downhill for so many rounds; a step to where the model is undefined is not taken."""
    here = project(model, curved, data, target)
    damping, growth = np.full(len(curved), 1e-3), np.full(len(curved), 2.0)
    weight = np.zeros(curved.shape)
    done, floor = ~np.isfinite(here.cost), 16 * ROUNDING**2 * float(np.square(target).sum())
    for _ in range(rounds):
        rows = np.flatnonzero(~done)
        if rows.size == 0 or curved.shape[1] == 0:
            break
        budget.check()
        now = here[rows]
        jacobian = _jacobian(model, now, data)
        step, gain, weight[rows] = _step(jacobian, now.rest, damping[rows], weight[rows])
        there = project(model, now.curved + step, data, target)
        with np.errstate(all="ignore"):
            ratio = (now.cost - there.cost) / gain
        better = there.cost < now.cost
        here.put(rows[better], there[better])
        damping[rows], growth[rows] = _damped(damping[rows], growth[rows], ratio, better)
        least = np.maximum(floor, NOTHING * now.cost)
        done[rows] = (gain * (1 + damping[rows]) <= least) | (here.cost[rows] <= floor) | (damping[rows] > MOST_DAMPING)
    return here


def _jacobian(model: Separated, here: Projected, data: Sequence[Array]) -> Array:
    with np.errstate(all="ignore"):
        slopes = model.slopes(here.linear, here.curved, data)
        inside = here.frame @ (here.frame.transpose(0, 2, 1) @ slopes)
        return np.asarray(np.where(np.isfinite(inside), slopes - inside, 0.0))


def _step(jacobian: Array, rest: Array, damping: Array, weight: Array) -> tuple[Array, Array, Array]:
    """The damped step, the fall of the cost that it promises, and the scales (Moré 1978) of the letters."""
    top = np.abs(jacobian).max(axis=1, initial=0.0)
    with np.errstate(all="ignore"):
        size = top * np.sqrt(np.square(jacobian / np.where(top > 0, top, 1.0)[:, None]).sum(axis=1))
    weight = np.maximum(weight, np.where(np.isfinite(size), size, 0.0))
    scale = np.where(weight > 0, weight, 1.0)
    scaled = jacobian / scale[:, None]
    normal = scaled.transpose(0, 2, 1) @ scaled
    slope = (scaled.transpose(0, 2, 1) @ rest[..., None])[..., 0]
    normal += damping[:, None, None] * np.eye(jacobian.shape[2])
    step = np.linalg.solve(normal, slope[..., None])[..., 0]
    gain = (step * (damping[:, None] * step + slope)).sum(axis=1)
    return step / scale, gain, weight


def _damped(damping: Array, growth: Array, ratio: Array, better: NDArray[np.bool_]) -> tuple[Array, Array]:
    with np.errstate(all="ignore"):
        less = damping * np.maximum(1 / 3, 1 - np.clip(2 * ratio - 1, -1.0, 1.0) ** 3)
    return (
        np.maximum(np.where(better, less, damping * growth), LEAST_DAMPING),
        np.where(better, 2.0, np.minimum(growth * 2, 1e9)),
    )
