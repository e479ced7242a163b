"""How fast a picture follows a slider: plotlang beside its peers, in one run, over ZMQ.

    python -m benchmarks.sliders [--rounds 10] [--steps 10] [--quick] [--check]

to be run in the root of the repository, with the extra ``bench`` installed.  Every entrant shows five curves at 600x400
with grid, title and legend; all kernels run at once and take turns.  A slider move is the message that the ipywidgets
front end sends; the recipe, which has no sliders, runs its cell again.  The picture is there when the first message
with a PNG has arrived.  *Steps*: the next move comes when the picture is there and the kernel idle.  *Streams*: 60
moves a second for 3 seconds, held back as by ipywidgets (one under way, later ones merged), and all sent when they
happen.  Lag is the time from the last move to its picture, which is compared with that of a single step.  CPU is what
the kernel spends on a step, coming to rest included: the figure to look at on a busy machine.

With ``--check`` the exit status is 1 if a goal is missed.
"""

from __future__ import annotations

import argparse
import json
import statistics
import sys
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from benchmarks.moves import LEAD_IN, Stream, steps, stream
from benchmarks.peers import slider_cells
from benchmarks.peers.front_end import ROOT, FrontEnd
from benchmarks.peers.pages import Canvas, Driven, RunAgain
from benchmarks.peers.screen import Screen

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

FILE = ("-f", "{connection_file}")
SMALL, LARGE = "plotlang, density 1", "plotlang, density 2"
SMALL_LIMITS, LARGE_LIMITS, TEN = f"{SMALL}, limits", f"{LARGE}, limits", "plotlang, ten figures"
PAGE = f"{LARGE}, page"
INTERACT, CANVAS, RECIPE = "interact + inline", "mpl-interactions + ipympl", "recipe, run again"
FASTER = {
    (SMALL, INTERACT): 15.0,
    (SMALL, CANVAS): 7.0,
    (LARGE, INTERACT): 8.0,
    (SMALL_LIMITS, INTERACT): 15.0,
    (SMALL_LIMITS, CANVAS): 7.0,
    (LARGE_LIMITS, INTERACT): 8.0,
    (PAGE, INTERACT): 8.0,
    (TEN, SMALL): 1 / 1.2,  # the first of ten pictures comes as soon as the only one, give or take
}
STREAMED = (SMALL, LARGE, SMALL_LIMITS, LARGE_LIMITS, PAGE)
STREAM_ROUNDS = 3
FRAMES, LAG = 55.0, 0.025


@dataclass(slots=True)
class Entrant:
    """A kernel with its cells, and what has been measured so far."""

    front_end: Any
    screen: Screen = field(default_factory=Screen)
    seconds: list[float] = field(default_factory=list)
    work: list[float] = field(default_factory=list)  # CPU seconds a step
    held_back: list[Stream] = field(default_factory=list)
    all_sent: list[Stream] = field(default_factory=list)

    @property
    def step(self) -> float:
        return statistics.median(self.seconds)


def entrants() -> dict[str, Callable[[], FrontEnd]]:
    """How each kernel is started."""
    spec = json.loads((ROOT / "kernelspec" / "kernel.json").read_text())
    plain = [sys.executable, "-m", "ipykernel_launcher", *FILE]
    recipe = [sys.executable, str(ROOT / "benchmarks/peers/recipe_kernel.py"), *FILE]
    own = [sys.executable, *spec["argv"][1:]]

    def plotlang(*cells: str) -> Callable[[], FrontEnd]:
        return lambda: FrontEnd(own, cells, spec["env"])

    return {
        INTERACT: lambda: FrontEnd(plain, [slider_cells.INTERACT], {}),
        f"{INTERACT}, uncropped": lambda: FrontEnd(plain, [slider_cells.UNCROPPED], {}),
        CANVAS: lambda: Canvas(plain, [slider_cells.MPL_INTERACTIONS], {}),
        RECIPE: lambda: RunAgain(recipe, [slider_cells.RECIPE], {}),
        SMALL: plotlang(slider_cells.SMALL),
        SMALL_LIMITS: plotlang(slider_cells.SMALL + slider_cells.LIMITS),
        LARGE: plotlang(slider_cells.LARGE),
        LARGE_LIMITS: plotlang(slider_cells.LARGE + slider_cells.LIMITS),
        PAGE: lambda: Driven(own, [slider_cells.LARGE], spec["env"]),
        TEN: plotlang(*slider_cells.TEN),
    }


def measure(field_: Mapping[str, Entrant], rounds: int, count: int, *, streams: bool) -> None:
    """Let all take turns; streams that are not held back come once, since slow kernels work on them for long."""
    for turn in range(rounds):
        for name, each in field_.items():
            progress(f"round {turn + 1}: {name}")
            before = each.front_end.work()
            each.seconds += steps(each.front_end, each.screen, count, 2 * turn)
            each.work.append((each.front_end.work() - before) / (count + LEAD_IN))
            if not streams or name == TEN or turn >= STREAM_ROUNDS:
                continue
            each.held_back.append(stream(each.front_end, each.screen, 2 * turn + 1, held_back=True))
            if name in STREAMED or (turn == 0 and name in (INTERACT, CANVAS)):
                each.all_sent.append(stream(each.front_end, each.screen, 2 * turn + 1, held_back=False))
    progress("")


def progress(text: str) -> None:
    """Show what goes on, on a terminal only."""
    if sys.stderr.isatty():
        print(f"{text:60}", end="\r", file=sys.stderr)


def table(field_: Mapping[str, Entrant]) -> None:
    """Print one line for each entrant."""
    streams = "".join(f"   {kind:>9}{'lag ms':>8}" for kind in ("held back", "all sent"))
    print(f"{'':29}{'step ms':>8}{'p90':>7}{'slower':>8}{'cpu ms':>8}{streams}")
    best = field_[SMALL].step if SMALL in field_ else next(iter(field_.values())).step
    for name, each in field_.items():
        most = statistics.quantiles(each.seconds, n=10)[-1]
        row = f"{name:29}{1000 * each.step:8.1f}{1000 * most:7.1f}{each.step / best:7.1f}x"
        row += f"{1000 * statistics.median(each.work):8.1f}"
        for runs in (each.held_back, each.all_sent):
            row += f"   {frames(runs):7.1f}/s{1000 * lag(runs):8.0f}" if runs else f"   {'':17}"
        print(row)


def frames(runs: list[Stream]) -> float:
    return statistics.median(each.frames for each in runs)


def lag(runs: list[Stream]) -> float:
    return statistics.median(each.lag for each in runs)


def misses(field_: Mapping[str, Entrant]) -> list[str]:
    """The goals that plotlang does not reach."""
    found = []
    for (name, other), wanted in FASTER.items():
        if name in field_ and other in field_:
            ratio = field_[other].step / field_[name].step
            if ratio < wanted:
                found.append(f"{name}: {ratio:.2f} times as fast as {other}, not {wanted:.2f}")
    for name in filter(field_.__contains__, STREAMED):
        for kind, runs in (("held back", field_[name].held_back), ("all sent", field_[name].all_sent)):
            if not all(each.is_right for each in runs):
                found.append(f"{name}, {kind}: the last picture is not that of the last position")
            elif runs and (frames(runs) < FRAMES or lag(runs) > LAG):
                found.append(f"{name}, {kind}: {frames(runs):.1f} frames/s, lag {1000 * lag(runs):.0f} ms")
    return found


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=10, help="turns of each kernel (%(default)s)")
    parser.add_argument("--steps", type=int, default=10, help="single steps in each turn (%(default)s)")
    parser.add_argument("--quick", action="store_true", help="one round, and no streams")
    parser.add_argument("--only", nargs="+", metavar="TEXT", help="only entrants with one of these texts in their name")
    parser.add_argument("--check", action="store_true", help="fail if a goal is missed")
    options = parser.parse_args()
    field_: dict[str, Entrant] = {}
    try:
        for name, start in entrants().items():
            if not options.only or any(text in name for text in options.only):
                progress(f"starting {name}")
                field_[name] = Entrant(start())
        measure(field_, 1 if options.quick else options.rounds, options.steps, streams=not options.quick)
    finally:
        for each in field_.values():
            each.front_end.close()
    table(field_)
    missed = misses(field_)
    print("goals:", "all reached" if not missed else "".join(f"\n  {each}" for each in missed))
    return int(bool(missed) and options.check)


if __name__ == "__main__":
    sys.exit(main())
