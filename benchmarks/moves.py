"""A slider that is moved: one step after the other, or 60 times a second; how soon the picture is there.

What comes is judged by its pixels: the last picture of a stream has to be the one that the last position gives when
the slider is put there in a single step.
"""

from __future__ import annotations

import math
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

RATE = 60.0  # events a second
SECONDS = 3.0
LEAD_IN = 3  # steps that do not count
SETTLED = 0.8  # seconds without a picture


@dataclass(frozen=True, slots=True)
class Stream:
    """Pictures a second, seconds from the last event to its picture, and whether that one stayed and is right."""

    frames: float
    lag: float
    is_right: bool


def positions(count: int, turn: int) -> list[float]:
    """A way from one end of the slider to the other, a little different in each turn so that nothing is met again."""
    return [round(-4.9 + 9.6 * k / (count - 1) + 0.01 * (turn % 10), 2) for k in range(count)]


def steps(front_end: Any, screen: Any, count: int, turn: int) -> list[float]:
    """Seconds from a move to its picture; each move waits for that and for the kernel."""
    found = [front_end.step(value) for value in positions(count + LEAD_IN, turn)][LEAD_IN:]
    front_end.rest()
    screen.put(front_end.taken())
    return found


def stream(front_end: Any, screen: Any, turn: int, *, held_back: bool) -> Stream:
    """Events at a steady rate.

    Held back as by ipywidgets: one position under way, and the newest one follows when the kernel reports that it is
    idle.  Else each event is sent when it happens.
    """
    values = positions(round(RATE * SECONDS), turn)
    _place(front_end, screen, values[0])
    begin = time.perf_counter() + 0.05
    due = [begin + k / RATE for k in range(len(values))]
    _send(front_end, values, due, held_back=held_back)
    front_end.rest(SETTLED)
    shots = front_end.taken()
    shown = screen.put(shots)
    _place(front_end, screen, values[0])  # from where the stream began: limits may stay as they are on the way
    wanted = _place(front_end, screen, values[-1])
    frames = len({each.png for each in shots if each.time <= due[-1] + 1 / RATE}) / SECONDS
    right = [any(np.array_equal(each, look) for look in wanted) for each in shown]
    if not right or not right[-1]:
        return Stream(frames, math.nan, is_right=False)
    first = max((i + 1 for i, each in enumerate(right) if not each), default=0)
    return Stream(frames, shots[first].time - due[-1], is_right=True)


def _send(front_end: Any, values: Sequence[float], due: Sequence[float], *, held_back: bool) -> None:
    """Move the slider through all values, and listen in between; ends when the last one is sent."""
    waiting, under_way, next_event = None, None, 0
    while next_event < len(values) or waiting is not None:
        if next_event < len(values) and time.perf_counter() >= due[next_event]:
            waiting = values[next_event]
            next_event += 1
        if waiting is not None and not (held_back and under_way in front_end.busy):
            under_way, waiting = front_end.move(waiting), None
        front_end.listen(due[next_event] if next_event < len(values) else time.perf_counter() + 0.1)


def _place(front_end: Any, screen: Any, value: float) -> list[np.ndarray]:
    """Go to a position in one step, and rest: its picture as it comes first, ..., and as it is in the end."""
    front_end.step(value)
    front_end.rest(SETTLED)
    return screen.put(front_end.taken())
