"""Graphs for tests, from lines as they are typed."""

from __future__ import annotations

from plotlang import Notebook
from plotlang.language.syntax import Binary, ListOf
from plotlang.lessons.graphs import Graph, Window
from plotlang.marks.kind import signs
from plotlang.model.budget import UNLIMITED
from plotlang.numerics.lowering import Lowering

WINDOW = Window(-6.0, 6.0, -6.0, 6.0)


def graph(text: str) -> Graph:
    """The graph that the last line of a cell draws."""
    notebook = Notebook()
    outcome = notebook.run(text)
    assert outcome.errors == (), outcome.errors
    session = notebook.session
    mark = session.figure.marks[-1]
    cores = []
    for sign in signs(mark):
        lowering = Lowering(session.definitions, session.settings, UNLIMITED, sign=sign, span=lambda: (-6.0, 6.0))
        parts = [lowering.lower(each) for each in mark.exprs]
        assert not any(isinstance(each, ListOf) for each in parts)
        cores.append(Binary("-", *parts) if mark.kind == "implicit" else parts[0])
    assert mark.kind in ("explicit", "inverse", "implicit", "region"), mark.kind
    return Graph(mark.kind, tuple(cores))
