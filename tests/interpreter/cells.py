"""Random cells of a notebook, and what stands under every cell as plain values that can be compared."""

from __future__ import annotations

from hypothesis import strategies as st

from plotlang import Notebook
from plotlang.interpreter.deep import allow_deep_recursion

allow_deep_recursion()  # before hypothesis looks at the limit

LINES = (
    st.sampled_from(
        """
    a = 1 | a = 2 | a = b + 1 | b = 3 | b = a | c = a b | slider a -5 5 | slider b 0 4 start 2 | a = 2 in 0..9 | y = a x
    f(x) = x^2 | f(x) = a x + b | let f(x) = 2x | f(u, v) = u v | g(x) = f(x) + 1 | y = f(x) | y = g(x) | y = x
    y = x^2
    y = m x | y = 2 | x = 2 | x^2 + y^2 = 4 | y > x | A = (1, a) | (1, 2) | L = [1, 2, 3] | L = [a, b] | y = L x
    y = k x for k in 1..3 | new figure | new figure "two" | figure 1 | figure "two" | clear | reset | undo | hide 1
    hide f | show | show f | remove 1 | remove last | style 1 red dashed | color 2 green | label 1 "one" | range -2 2
    range 0 a | yrange -3 3 | range auto | title "T" | forget a | forget f | cumulative off | cumulative on | names
    angle degrees | log base 10 | auto sliders off | a + 1 | f(2) | b | log(a) | y = log(x) | y = sine(x) | y = (x
    table f for x in 0..2 | palette bw | figures | a > b | y = sin(x) with dotted | area: y = x^2 | legend off
    """.replace("\n", "|").split("|")
    )
    .map(str.strip)
    .filter(bool)
)
CELLS = st.sampled_from("ABCDE")
TEXTS = st.lists(LINES, min_size=0, max_size=4).map("\n".join)
STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("run"), CELLS, TEXTS),
        st.tuples(st.just("run"), CELLS, TEXTS),
        st.tuples(st.just("again"), CELLS, st.just("")),
        st.tuples(st.just("delete"), CELLS, st.just("")),
        st.tuples(st.just("run without"), CELLS, TEXTS),
        st.tuples(st.just("move"), st.sampled_from("abm"), st.sampled_from(["-3", "0.5", "2", "20"])),
    ),
    min_size=1,
    max_size=10,
)


class Script:
    """A notebook, and beside it the plain list of what its cells say: text, and slider moves since they were run."""

    def __init__(self) -> None:
        self.notebook = Notebook()
        self.texts: dict[str, str] = {}
        self.order: list[str] = []
        self.gone: set[str] = set()
        self.moves: dict[str, dict[str, float]] = {}

    def step(self, kind: str, one: str, two: str):
        """One thing that a user does; gives the outcome."""
        match kind:
            case "run":
                return self.run(one, two)
            case "again":
                return self.run(one, self.texts[one]) if one in self.texts else None
            case "delete":
                self.gone.add(one)
                return self.notebook.delete(one)
            case "run without":
                lost = "A" if one != "A" else "B"
                self.gone.add(lost)
                return self.run(one, two, deleted=[lost])
        definition = self.notebook.session.definitions.get(one)
        if definition is not None and definition.kind == "parameter":
            self.moves.setdefault(definition.record, {})[one] = float(two)
        return self.notebook.move_slider(one, float(two))

    def run(self, cell, text, **more):
        if cell not in self.order:
            self.order.append(cell)
        self.gone.discard(cell)
        self.texts[cell] = text
        self.moves.pop(cell, None)
        return self.notebook.run(text, cell, **more)

    @property
    def cells(self) -> list[str]:
        """The cells that are there, in order."""
        return [cell for cell in self.order if cell not in self.gone]

    def fresh(self) -> Notebook:
        """A new notebook that runs all texts from top to bottom, sliders moved as they are now."""
        notebook = Notebook()
        for cell in self.cells:
            notebook.run(self.texts[cell], cell)
            for name, value in self.moves.get(cell, {}).items():
                notebook.move_slider(name, value)
        return notebook


def shown(notebook: Notebook, cell: str):
    """All that stands under a cell, without the numbers of cells in messages and without colours."""
    outcome = notebook.at(cell)
    return {
        "figures": [_picture(picture) for picture in outcome.figures],
        "current": None if outcome.figure is None else _picture(outcome.figure),
        "values": [each.split("#")[0] for value in outcome.values for each in value.splitlines()],
        "notes": outcome.notes,
        "errors": [(error.message, error.line, error.column) for error in outcome.errors],
        "page": outcome.page,
    }


def _picture(picture):
    return {
        "name": picture.name,
        "curves": [
            (each.kind, each.label, each.reading, each.visible, [path.tobytes() for path in each.paths])
            for each in picture.curves
        ],
        "x": picture.xrange,
        "y": picture.yrange,
        "objects": picture.objects,
        "notes": picture.notes,
        "words": picture.description,
    }


def colors(notebook: Notebook, cell: str):
    """The colours of the current figure under a cell."""
    outcome = notebook.at(cell)
    return [] if outcome.figure is None else [(each.label, each.color) for each in outcome.figure.curves]
