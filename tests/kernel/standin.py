"""A stand-in for the notebook whose cells are orders: it can do on demand what a real notebook never should."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from types import SimpleNamespace

from plotlang.kernel.cells import Cells
from plotlang.language.diagnostics import Diagnostic
from plotlang.model.budget import UNLIMITED, Budget

PNG = b"\x89PNG\r\n\x1a\n"


@dataclass
class StandInPicture:
    display_id: str
    description: str = "One curve.\nIt rises <fast>."
    format: str = "png"
    width: int = 600
    height: int = 400
    notes: tuple[str, ...] = ()
    is_empty: bool = False
    sliders: tuple[object, ...] = ()
    freezes: tuple[object, ...] = ()
    frozen: None = None
    settings: SimpleNamespace = field(default_factory=lambda: SimpleNamespace(describe=True))
    drawn: list[str] = field(default_factory=list)

    def png(self) -> bytes:
        self.drawn.append("png")
        return PNG

    def svg(self) -> str:
        return "<svg xmlns='http://www.w3.org/2000/svg'/>"


class SlowPicture(StandInPicture):
    def png(self) -> bytes:
        end = time.monotonic() + 5
        while time.monotonic() < end:
            sum(range(1000))
        return PNG


def result(text: str, latex: str = "", html: str = "") -> SimpleNamespace:
    return SimpleNamespace(text=text, latex=latex, html=html, feedback=())


def outcome(**parts: object) -> SimpleNamespace:
    empty = {"errors": (), "notes": (), "results": (), "figures": (), "refreshed": (), "page": ""}
    empty |= {"revalued": {}, "values_id": "values", "sliders": (), "sliders_id": "sliders"}
    made = SimpleNamespace(**{**empty, **parts})
    made.values = tuple(each.text for each in made.results)
    return made


class StandInNotebook:
    """Each line of a cell is an order; `n` counts the cells that took effect."""

    def __init__(self) -> None:
        self.n = 0
        self.sliders: dict[str, tuple[object, ...]] = {}

    def run(
        self,
        text: str,
        cell_id: str | None = None,
        deleted: tuple[str, ...] = (),
        budget: Budget = UNLIMITED,
        label: str = "",
    ) -> SimpleNamespace:
        parts: dict[str, tuple[object, ...]] = {}
        for line in text.splitlines():
            order, _, rest = line.partition(" ")
            for name, value in getattr(self, f"do_{order}")(rest, budget, cell_id, deleted).items():
                parts[name] = value if name == "page" else (*parts.get(name, ()), value)
        made = outcome(**parts)
        self.n += 1
        return made

    def do_wait(self, rest, budget, *_):
        """Work that looks at its budget."""
        end = time.monotonic() + float(rest)
        while time.monotonic() < end:
            budget.check()
            time.sleep(0.002)
        return {}

    def do_spin(self, rest, *_):
        """Work that looks at nothing."""
        end = time.monotonic() + float(rest)
        while time.monotonic() < end:
            sum(range(1000))
        return {}

    def do_block(self, rest, *_):
        """A long call into C."""
        time.sleep(float(rest))
        return {}

    def do_raise(self, rest, *_):
        raise {"recursion": RecursionError, "memory": MemoryError, "exit": SystemExit, "stop": StopIteration}.get(
            rest, KeyError
        )("secret")

    def do_recurse(self, *_):
        return self.do_recurse()

    def do_error(self, rest, *_):
        return {"errors": Diagnostic(f"bad {rest}", why="so", line=1, column=1, source="x y")}

    def do_note(self, rest, *_):
        return {"notes": rest}

    def do_value(self, rest, *_):
        return {"results": result(rest)}

    def do_n(self, *_):
        return {"results": result(str(self.n))}

    def do_id(self, _rest, _budget, cell_id, deleted):
        return {"results": result(f"{cell_id} {','.join(deleted)}")}

    def do_draw(self, rest, *_):
        return {"figures": StandInPicture(rest or "one")}

    def do_refresh(self, rest, *_):
        return {"refreshed": StandInPicture(rest)}

    def do_draw_badly(self, *_):
        """A picture that can't be drawn: its faults show only when the messages are made."""
        return {"figures": StandInPicture("bad", description=None)}

    def do_refresh_badly(self, *_):
        return {"refreshed": StandInPicture("bad", description=None)}

    def do_draw_slowly(self, *_):
        return {"figures": SlowPicture("slow")}

    def do_page(self, rest, *_):
        return {"page": rest}

    def do_print(self, rest, *_):
        print(rest)  # noqa: T201
        return {}

    def complete(self, text, cursor):
        return SimpleNamespace(matches=(SimpleNamespace(text="sin", type="function"),), start=0, end=cursor)

    def inspect(self, text, cursor):
        return "**sin** `sin(x)`" if text.startswith("sin") else None


class StandInCells(Cells):
    def open_notebook(self):
        return StandInNotebook()

    def judge(self, code):
        return ("incomplete", "  ") if code.endswith("(") else ("complete", "")
