"""Solutions of differential equations followed step by step in one direction, until they end.

An explicit method of order 8 (Dormand & Prince, with the dense output of Hairer, Nørsett & Wanner, Solving Ordinary
Differential Equations I, 1993) goes as far as it can; stiff stretches are left to the implicit method Radau IIA (Hairer
& Wanner, volume II), jumps and fast oscillations that would take too many steps to a rough method of order 3.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable

    from plotlang.numerics.flows.odesystem import System
    from plotlang.numerics.realmath import Array

Method: TypeAlias = Literal["exact", "stiff", "loose", "rough"]

RELATIVE: dict[Method, float] = {"exact": 1e-10, "stiff": 1e-7, "loose": 1e-5, "rough": 1e-4}
ABSOLUTE: dict[Method, float] = {"exact": 1e-12, "stiff": 1e-8, "loose": 1e-5, "rough": 1e-4}
"""Errors allowed in a step, as a share of the value and of the height of the view."""
MOST_STEPS: dict[Method, int] = {"exact": 2500, "stiff": 1500, "loose": 3000, "rough": 2500}
LONGEST = 1 / 40
"""The longest step, as a share of the width of the view."""
FAR, FAR_STEPS = 50.0, 200
"""Solutions further outside the view than this many of its heights are followed for so many steps."""
HOPELESS = 2200
"""With more steps to come than these the exact method is not gone on with."""
STIFF, STIFF_STEPS = 0.8, 300
"""Steps this long, times the rate at which neighbours come together, are held short by stability only."""
WATCH, PATIENCE = 50, 3
"""Steps between two looks at how things go, and looks without any progress before it counts as stuck."""
POLE = 1e-4
"""A solution whose value doubles within this share of a pixel, far outside the view, has a pole."""
NODES = 7
"""Places on a step that is not small."""
STEEP = 1e4
"""Slopes above this many pixels a pixel, where the steps became too short, grow without bound."""


GROWS = 5.0
"""The same is taken for granted if the right side grows by this factor on the way in, twice."""
TINY = 1e-9
"""Steps shorter than this share of a pixel are looked at closer."""
NEVER = 20_000
"""With more steps to come than these no method is gone on with."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a solution from x = `start` to `end`, its value as a function of x, and values known already.

    `nodes` and `heights`, shape (n,), go from the start to the end; they are close enough together to draw it if the
    whole piece is smaller than a pixel.
    """

    start: float
    end: float
    value: Callable[[Array], Array]
    nodes: Array
    heights: Array


@dataclass(frozen=True, slots=True)
class Scale:
    """What the picture shows: middle and height of the view, its width, the width of a pixel and its height."""

    middle: float
    height: float
    width: float
    pixel: float
    row: float


@dataclass(slots=True)
class March:
    """One direction of a solution: the pieces so far and where it is now, why it ended, whether that was honest."""

    x: float
    state: Array
    pieces: list[Piece] = field(default_factory=list)
    reason: str = ""
    complete: bool = True


def march(system: System, going: March, end: float, scale: Scale) -> None:
    """Follow a solution from where it is to `end`, or until it ends before."""
    method: Method | None = "exact"
    while method is not None and going.x != end:
        if not np.isfinite(system(going.x, going.state)).all():
            going.reason = f"ends at x = {_short(going.x, scale)}, where its slope is undefined"
            return
        method = _Run(system, going, end, scale, method).go()


def load() -> None:
    """Load the solvers, which takes longer than most solutions."""
    import scipy.integrate  # noqa: F401


class _Run:
    """A stretch with one method."""

    def __init__(self, system: System, going: March, end: float, scale: Scale, method: Method) -> None:
        from scipy import integrate

        self.system, self.going, self.end, self.scale, self.method = system, going, end, scale, method
        self.usual, self.far, self.idle = np.inf, 0, 0
        rate = max(1 / scale.width, float(np.abs(system.rates(going.x, going.state)).max()))
        self.allowed = ABSOLUTE[method] * scale.height * np.array([1.0, rate])[: system.order]
        longest = 2 * scale.pixel if method == "rough" else scale.width * LONGEST
        first = min(abs(end - going.x), longest, 0.01 * scale.pixel)
        kinds: dict[Method, Any] = {"exact": integrate.DOP853, "loose": integrate.DOP853, "rough": integrate.RK23}
        more = {"jac": system.jacobian} if method == "stiff" else {}
        with np.errstate(all="ignore"):
            self.solver = kinds.get(method, integrate.Radau)(
                system, going.x, going.state, end, max_step=longest, first_step=first,
                rtol=RELATIVE[method], atol=self.allowed, **more,
            )  # fmt: skip

    def go(self) -> Method | None:
        """Step on; gives the method to go on with, None at the end."""
        for count in range(1, MOST_STEPS[self.method] + 1):
            self.system.budget.check()
            if not self._step():
                return self._stuck()
            if self.solver.status == "finished":
                self.going.x = self.end
                return None
            if self._over():
                return None
            if count % WATCH == 0:
                method = self._stuck() if self._idle() else self._better_method(count)
                if method != self.method:
                    return method
        return self._loosened() if self.method == "exact" else self._given_up()

    def _over(self) -> bool:
        """Whether the solution ends here, or has been far outside the view for long."""
        if abs(self.solver.step_size) < TINY * self.scale.pixel and self._ended():
            return True
        self.far += self._is_far()
        return self.far > FAR_STEPS or (self.far > 0 and self._at_pole())

    def _step(self) -> bool:
        solver, going = self.solver, self.going
        with np.errstate(all="ignore"):
            try:
                solver.step()
            except ValueError:  # the linear equations of the implicit method are not finite
                return False
            if solver.status == "failed" or not np.isfinite(solver.y).all():
                return False
            dense = solver.dense_output()
            scale, x, state = self.scale, float(solver.t), np.array(solver.y)
            size = abs(x - going.x) / scale.pixel + abs(state[0] - going.state[0]) / scale.row
            nodes = np.array([going.x, x]) if size < 1 else np.linspace(going.x, x, NODES)
            heights = np.array([going.state[0], state[0]]) if size < 1 else dense(nodes)[0]
        going.pieces.append(Piece(going.x, x, lambda x: np.asarray(dense(x)[0]), nodes, heights))
        going.x, going.state = x, state
        return True

    def _idle(self) -> bool:
        """Whether the last steps, for some looks, did not get anywhere that could be seen."""
        last = self.going.pieces[-WATCH:]
        moved = sum(abs(float(piece.heights[-1] - piece.heights[0])) for piece in last)
        still = abs(last[-1].end - last[0].start) < 1e-3 * self.scale.pixel and moved < self.scale.row
        self.idle = self.idle + 1 if still else 0
        return self.idle >= PATIENCE

    def _is_far(self) -> bool:
        return bool(abs(self.going.state[0] - self.scale.middle) > FAR * self.scale.height)

    def _at_pole(self) -> bool:
        """Whether the value doubles within almost no distance, far outside the view."""
        going = self.going
        slopes = self.system(going.x, going.state)
        room = going.state[0] / slopes[0] if slopes[0] else np.inf
        if not (abs(room) < POLE * self.scale.pixel and room * (self.end - going.x) > 0):
            return False
        going.reason = f"ends at x = {self._place(float(room))}, where it grows without bound"
        return True

    def _better_method(self, count: int) -> Method | None:
        """The method to go on with: another one if this one would take too long, None if all would."""
        last = self.going.pieces[-WATCH:]
        step, before = abs(last[-1].end - last[0].start) / WATCH, self.usual
        rest = abs(self.end - self.going.x) / step
        self.usual = step
        if self.method not in ("exact", "loose") or rest < STIFF_STEPS or self._is_far():
            return self.method
        rates = self.system.rates(self.going.x, self.going.state).real
        if (rates * np.sign(self.end - self.going.x)).min() * step < -STIFF:
            return "stiff"
        if rest + count < HOPELESS or count < PATIENCE * WATCH or step < 0.1 * before:
            return self.method
        if self._slides():
            return "rough"
        return self._given_up() if rest > NEVER or self.method == "loose" else self._loosened()

    def _slides(self) -> bool:
        """Whether the right side jumps here so that it leads back to the place from both sides (Filippov 1988)."""
        going, forward = self.going, np.sign(self.end - self.going.x)
        move = np.zeros(going.state.size)
        move[-1] = self.allowed[-1] / ABSOLUTE[self.method]
        sides = [
            [self.system(going.x, going.state + side * share * move)[-1] * forward for share in (1e-5, 1e-4, 1e-3)]
            for side in (-1.0, 1.0)
        ]
        return bool(min(sides[0]) > 0 > max(sides[1]))

    def _loosened(self) -> Method:
        self.going.complete = False
        return "loose"

    def _given_up(self) -> Method | None:
        self.going.complete = False
        self.going.reason = f"could not be followed beyond x = {self._place()}"
        return None

    def _stuck(self) -> Method | None:
        """The steps became too short: the end of the solution, or a jump of the slope to go on behind."""
        slope = abs(float(self.system(self.going.x, self.going.state)[0]))
        if self._is_far():
            self._says("where it grows without bound")
        elif slope * self.scale.pixel / self.scale.row > STEEP:
            self._says("where its slope grows without bound")
        elif not self._ended():
            return self._given_up() if self.method == "rough" else "rough"
        return None

    def _ended(self) -> bool:
        """Whether the right side is undefined or grows without bound right beside the place."""
        sizes = self._sizes_beside()
        if (sizes[:, :-1] > GROWS * sizes[:, 1:]).all(axis=1).any():
            self._says("where its slope grows without bound")
        elif not np.isfinite(sizes).all():
            self._says("where its slope is undefined")
        return bool(self.going.reason)

    def _sizes_beside(self) -> Array:
        """The size of the right side nearby, shape (directions, 3), three distances in each direction."""
        going = self.going
        ahead = np.sign(self.end - going.x) * self.scale.pixel * np.array([1e-9, 1e-6, 1e-3])
        found = [[self.system(going.x + move, going.state)[-1] for move in ahead]]
        for k in range(going.state.size):
            for side in (-self.allowed[k], self.allowed[k]):
                moved = [going.state + np.eye(going.state.size)[k] * side * share for share in (1.0, 1e2, 1e4)]
                found.append([self.system(going.x, state)[-1] for state in moved])
        return np.abs(found)

    def _says(self, what: str) -> None:
        self.going.reason = f"ends at x = {self._place()}, {what}"

    def _place(self, ahead: float = 0.0) -> str:
        return _short(self.going.x + ahead, self.scale)


def _short(x: float, scale: Scale) -> str:
    """A place in words, to a twentieth of a pixel."""
    rounded = round(x, int(np.floor(-np.log10(scale.pixel / 20))))
    return f"{rounded + 0.0:.8g}".replace("-", "−")
