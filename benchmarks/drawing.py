"""How much of a curve is drawn, how much is drawn that is not there, and how long that takes: plotlang and its peers.

    python -m benchmarks.drawing [--windows 6] [--kind explicit] [--cases tan "sin(1/x)"] [--quick] [--check]

to be run in the root of the repository, with the extra ``bench`` installed.  The cases are those of the tests
(`tests/numerics/honesty*.py`), each in its own window and in windows moved and stretched at random (with a seed), at
600x400 and 1200x800 pixels.  An answer is perfect if every pixel that the curve passes through is painted, and none
that it does not pass through, give or take one pixel.  False ink: at least 0.5 % of what was painted is wrong.

Times are CPU time: the best of three runs for all but SymPy; the formulas are compiled before, but for SymPy (which
compiles within microseconds, compared to its drawing).  Peers get the same windows at 600x400 as plotlang, the first
two of each case; the ratios compare medians over just those.  A peer that takes more than `LIMIT` seconds for a case
is stopped: not perfect, and `LIMIT` seconds.  With ``--check`` the exit status is 1 if a target is missed.
"""

from __future__ import annotations

import argparse
import signal
import statistics
import sys
import time
from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from benchmarks.contests import KINDS, Contest

if TYPE_CHECKING:
    from collections.abc import Callable

LIMIT = 20
RUNS = 3
FALSE_INK = 0.005
PEER_WINDOWS = 2
"""Windows of each case, at the small size, that peers get too."""
OURS = "plotlang"
SIZES = ((600, 400), (1200, 800))
PERFECT = {"explicit": 0.99, "implicit": 0.95, "parametric": 1.0}
BOTH_SIZES = {"explicit"}
"""Kinds that have to be perfect at 1200x800 too."""
MEDIAN = {"explicit": 2.0, "implicit": 6.0, "parametric": 3.0}
"""Most milliseconds at 600x400."""
WORST = {"explicit": 25.0, "implicit": 200.0}
FASTER = {("implicit", "SymPy plot_implicit"): 10.0, ("explicit", "SymPy adaptive"): 1.0}
"""How many times as fast as a peer plotlang has to be (medians)."""


class OutOfTimeError(BaseException):
    """Not an `Exception`, so that no peer swallows it."""


@dataclass
class Tally:
    """What one entrant did in one class: shares of missed and false pixels, and milliseconds, per window."""

    names: list[str] = field(default_factory=list)
    missed: list[float] = field(default_factory=list)
    false: list[float] = field(default_factory=list)
    times: list[float] = field(default_factory=list)

    def add(self, name: str, missed: float, false: float, milliseconds: float) -> None:
        self.names.append(name)
        self.missed.append(missed)
        self.false.append(false)
        self.times.append(milliseconds)

    @property
    def perfect(self) -> float:
        return sum(m == 0 and f == 0 for m, f in zip(self.missed, self.false, strict=True)) / len(self.names)

    @property
    def median(self) -> float:
        return statistics.median(self.times)

    @property
    def inked(self) -> int:
        return sum(share >= FALSE_INK for share in self.false)


def timed(draw: Callable[[], Any], runs: int) -> tuple[Any, float]:
    """What is drawn (None if that took too long or failed), and milliseconds of CPU time."""
    best = float("inf")
    drawn = None
    signal.signal(signal.SIGALRM, _stop)
    try:
        for _ in range(runs):
            signal.alarm(LIMIT)
            start = time.process_time()
            drawn = draw()
            best = min(best, time.process_time() - start)
            if best > 1:
                break
    except OutOfTimeError:
        return None, LIMIT * 1000.0
    except (ArithmeticError, AttributeError, LookupError, NotImplementedError, RecursionError, TypeError, ValueError):
        return None, (time.process_time() - start) * 1000
    finally:
        signal.alarm(0)
    return drawn, best * 1000


def _stop(*_: object) -> None:
    raise OutOfTimeError


Tallies = dict[tuple[str, tuple[int, int], str], Tally]


def held(contest: Contest, number: int, peer_windows: int, tallies: Tallies, beside: dict[Any, Tally]) -> None:
    """Let plotlang, and in the first windows of the case the peers, draw; judge and note."""
    with_peers = number < peer_windows and contest.size == SIZES[0]
    entrants = {OURS: contest.draw, **(contest.peers() if with_peers else {})}
    for name, draw in entrants.items():
        drawn, milliseconds = timed(draw, 1 if name.startswith("SymPy") else RUNS)
        missed, false = contest.judged(drawn) if drawn is not None else (1.0, 0.0)
        tallies[contest.kind, contest.size, name].add(contest.name, missed, false, milliseconds)
        if with_peers and name == OURS:
            ours = milliseconds
        elif with_peers:
            beside[contest.kind, name].times.append(ours)


def table(tallies: Tallies, beside: dict[Any, Tally]) -> None:
    print(f"{'':36}{'windows':>8}{'perfect':>9}{'median ms':>11}{'worst ms':>10}{'false ink':>11}{'times as slow':>15}")
    for (kind, (width, height), name), tally in sorted(tallies.items(), key=_order):
        print(
            f"{f'{kind} {width}x{height}':21}{name:19}{len(tally.names):4}{tally.perfect:9.1%}{tally.median:11.2f}"
            f"{max(tally.times):10.1f}{tally.inked:11}",
            end="",
        )
        print(f"{tally.median / beside[kind, name].median:15.2f}" if name != OURS else "")


def progress(text: str) -> None:
    """Show what goes on, on a terminal only."""
    if sys.stderr.isatty():
        print(f"{text:60}", end="\r", file=sys.stderr)


def _order(item: tuple[tuple[str, tuple[int, int], str], Tally]) -> tuple[int, int, bool, str]:
    (kind, size, name), _ = item
    return list(PERFECT).index(kind), size[0], name != OURS, name


def faults(tallies: Tallies) -> None:
    """Print the windows in which plotlang was not perfect, the worst first."""
    for (kind, (width, _), name), tally in sorted(tallies.items(), key=_order):
        rows = sorted(zip(tally.missed, tally.false, tally.names, strict=True), key=lambda row: -max(row[:2]))
        for missed, false, case in rows if name == OURS else ():
            if missed or false:
                print(f"  {kind} {width}: {case}: {missed:.3%} missed, {false:.3%} false")


def misses(tallies: Tallies, beside: dict[Any, Tally]) -> list[str]:
    """The targets that plotlang does not reach."""
    found = []
    for (kind, size, name), tally in sorted(tallies.items(), key=_order):
        if name == OURS:
            reasons = _weak_points(kind, tally, small=size == SIZES[0])
        else:
            ratio = tally.median / beside[kind, name].median
            reasons = [f"only {ratio:.1f} times as fast as {name}"] if ratio < FASTER.get((kind, name), 0.0) else []
        found += [f"{kind} {size[0]}x{size[1]}: {reason}" for reason in reasons]
    return found


def _weak_points(kind: str, tally: Tally, *, small: bool) -> list[str]:
    slowest = max(tally.times)
    tests = {
        f"{tally.perfect:.1%} perfect, not {PERFECT[kind]:.0%}": tally.perfect < PERFECT[kind]
        and (small or kind in BOTH_SIZES),
        f"false ink in {tally.inked} windows": tally.inked > 0,
        f"median {tally.median:.2f} ms, not {MEDIAN[kind]}": small and tally.median > MEDIAN[kind],
        f"worst {slowest:.1f} ms, not {WORST.get(kind)}": small and slowest > WORST.get(kind, slowest),
    }
    return [reason for reason, missed in tests.items() if missed]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--windows", type=int, default=6, help="moved windows of each case (%(default)s)")
    parser.add_argument("--kind", choices=list(KINDS), action="append", help="only this kind (may be repeated)")
    parser.add_argument("--cases", nargs="+", metavar="NAME", help="only these cases")
    parser.add_argument("--seed", type=int, default=0, help="for the choice of windows (%(default)s)")
    parser.add_argument(
        "--quick", action="store_true", help="one moved window of each case, for peers none, and every fifth case"
    )
    parser.add_argument("--alone", action="store_true", help="without peers")
    parser.add_argument("--check", action="store_true", help="fail if a target is missed")
    options = parser.parse_args()
    tallies: Tallies = defaultdict(Tally)
    beside: dict[Any, Tally] = defaultdict(Tally)
    count = 1 if options.quick else options.windows
    for kind in options.kind or KINDS:
        for i, case in enumerate(KINDS[kind].cases()):
            if options.cases and case.name not in options.cases:
                continue
            alone = options.alone or (options.quick and not options.cases and i % 5 > 0)
            peer_windows = 0 if alone else 1 if options.quick else PEER_WINDOWS
            progress(f"{kind}: {case.name}")
            for size in SIZES:
                for number, contest in enumerate(KINDS[kind].contests(case, options.seed, count, size)):
                    held(contest, number, peer_windows, tallies, beside)
    progress("")
    table(tallies, beside)
    faults(tallies)
    missed = misses(tallies, beside)
    print("targets:", "; ".join(missed) if missed else "all reached")
    return int(bool(missed) and options.check)


if __name__ == "__main__":
    sys.exit(main())
