"""How a picture follows the mouse in JupyterLab: plotlang beside ``ipywidgets.interact``, in one run.

    python -m benchmarks.dragging [--rounds 3] [--drags 50] [--quick] [--check]

to be run in the root of the repository, with the extras ``bench`` and ``test`` installed, and Chromium.  The handle of
the slider is dragged from end to end, 60 moves a second for 3 seconds.  In each animation frame it is noted which
picture stands under the cell, whether it is whole, and where things are.  The lag is the time from the last move of the
mouse to the last new picture while the button is still down.  At the end plotlang's slider is dragged many times more.

With ``--check`` the exit status is 1 if a goal is missed.
"""

from __future__ import annotations

import argparse
import shutil
import socket
import statistics
import sys
import tempfile
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

from playwright.sync_api import sync_playwright

from benchmarks.peers import slider_cells
from benchmarks.peers.lab_page import LabPage
from tests.browser.conftest import BROWSERS, FLAGS
from tests.browser.server import Server

RATE, SECONDS = 60.0, 3.0
SHORT = 0.75  # seconds of one of many drags
SHOWN = {"plotlang": (slider_cells.LARGE, "plotlang"), "interact": (slider_cells.INTERACT, "python3")}
FEW = 5  # first and last drags that are compared
WAIT_LONG = 3.0  # seconds with the button down, in which the last picture comes
FASTER, LESS_LAG, AS_BEFORE = 2.0, 0.5, 0.8
SLACK = 0.5  # pixels by which nothing has moved


@dataclass(frozen=True, slots=True)
class Drag:
    """One drag: mouse moves and new pictures a second, ms from the last move to the last new picture.

    Of the frames: how many a second, how many without a whole picture, and in how many the page scrolled or the output
    changed its height, while the button was down and afterwards.
    """

    moves: float
    pictures: float
    lag: float
    frames: float
    empty: int
    jumps: int
    jumps_after: int


def judged(watched: dict[str, Any]) -> Drag:
    """What the rows of a drag come to; pictures count while the button is down, faults until the end."""
    rows, moves = watched["rows"], watched["moves"]
    seconds = (moves[-1] - moves[0]) / 1000
    new = [row[0] for before, row in pairwise(rows) if row[1] != before[1]]
    led = [each for each in new if each <= watched["released"]]
    jumps = [row[0] for before, row in pairwise(rows) if _moved(before, row)]
    during = [row for row in rows if moves[0] <= row[0] <= moves[-1]]
    return Drag(
        moves=len(moves) / seconds,
        pictures=sum(moves[0] <= each <= moves[-1] for each in led) / seconds,
        lag=max(0.0, led[-1] - moves[-1]) if led else float("nan"),
        frames=len(during) / seconds,
        empty=sum(not row[2] for row in rows),
        jumps=sum(each <= watched["released"] for each in jumps),
        jumps_after=sum(each > watched["released"] for each in jumps),
    )


def _moved(before: list[float], row: list[float]) -> bool:
    return abs(row[3] - before[3]) > SLACK or abs(row[4] - before[4]) > SLACK


def measure(pages: dict[str, LabPage], rounds: int) -> dict[str, list[Drag]]:
    """Drag in turns."""
    found: dict[str, list[Drag]] = {name: [] for name in pages}
    for _ in range(rounds):
        for name, page in pages.items():
            page.page.bring_to_front()
            found[name].append(judged(page.drag(round(RATE * SECONDS), RATE, held=WAIT_LONG, rest=1.0)))
    return found


def many(page: LabPage, count: int) -> list[Drag]:
    """Drag to and fro."""
    page.page.bring_to_front()
    return [judged(page.drag(round(RATE * SHORT), RATE, held=0.1, rest=0.5)) for _ in range(count)]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def middle(drags: list[Drag], name: str) -> float:
    return statistics.median(getattr(each, name) for each in drags)


def total(drags: list[Drag], name: str) -> int:
    return sum(getattr(each, name) for each in drags)


def table(found: dict[str, list[Drag]]) -> None:
    print(f"{'':22}{'moves/s':>8}{'frames/s':>9}{'pictures/s':>11}{'lag ms':>8}{'empty':>7}{'jumps':>7}{'after':>7}")
    for name, drags in found.items():
        values = [middle(drags, each) for each in ("moves", "frames", "pictures", "lag")]
        print(f"{name:22}{values[0]:8.1f}{values[1]:9.1f}{values[2]:11.1f}{values[3]:8.0f}", end="")
        print(f"{total(drags, 'empty'):7}{total(drags, 'jumps'):7}{total(drags, 'jumps_after'):7}")


def misses(found: dict[str, list[Drag]], drags: list[Drag]) -> list[str]:
    """The goals that plotlang does not reach."""
    own, other = found["plotlang"], found["interact"]
    first, last = middle(drags[:FEW], "pictures"), middle(drags[-FEW:], "pictures")
    faster = middle(own, "pictures") / middle(other, "pictures")
    less = middle(own, "lag") / middle(other, "lag")
    tests = {
        f"{faster:.1f} times the pictures of interact, not {FASTER}": faster < FASTER,
        f"{less:.2f} of its lag, not {LESS_LAG}": less > LESS_LAG,
        f"{total(own + drags, 'empty')} frames without a picture": total(own + drags, "empty") > 0,
        f"{total(own + drags, 'jumps')} jumps": total(own + drags, "jumps") > 0,
        f"{total(own + drags, 'jumps_after')} jumps after the drag": total(own + drags, "jumps_after") > 0,
        f"{first:.1f} pictures/s at first, {last:.1f} at last": last < AS_BEFORE * first,
    }
    return [text for text, missed in tests.items() if missed]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=3, help="drags of 3 s for each (%(default)s)")
    parser.add_argument("--drags", type=int, default=50, help="short drags after them (%(default)s)")
    parser.add_argument("--quick", action="store_true", help="one round, ten short drags")
    parser.add_argument("--check", action="store_true", help="fail if a goal is missed")
    options = parser.parse_args()
    browser = next(filter(None, map(shutil.which, BROWSERS)), None)
    if browser is None:
        raise SystemExit("Chromium is needed")
    with tempfile.TemporaryDirectory() as home, sync_playwright() as playwright:
        server = Server("jupyterlab", "LabApp", Path(home))
        try:
            port = free_port()
            flags = [*FLAGS, f"--remote-debugging-port={port}"]
            chromium = playwright.chromium.launch(executable_path=browser, args=flags)
            pages = {}
            for name, (source, kernel) in SHOWN.items():
                page = chromium.new_page(viewport={"width": 1300, "height": 900})
                pages[name] = LabPage(page, server, "lab/workspaces/{name}/tree")
                pages[name].open_with(source, kernel, port)
            found = measure(pages, 1 if options.quick else options.rounds)
            drags = many(pages["plotlang"], 10 if options.quick else options.drags)
            for page in pages.values():
                page.close()
            chromium.close()
        finally:
            server.stop()
    table(found | {f"plotlang, first {FEW}": drags[:FEW], f"plotlang, last {FEW} of {len(drags)}": drags[-FEW:]})
    missed = misses(found, drags)
    print("goals:", "all reached" if not missed else "".join(f"\n  {each}" for each in missed))
    return int(bool(missed) and options.check)


if __name__ == "__main__":
    sys.exit(main())
