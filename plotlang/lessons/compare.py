"""The verdict on a student's graph: equal to the wanted one, or on another domain, or rounded, or different."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from plotlang.language.syntax import Name
from plotlang.lessons.curves import Curve, compare_curves
from plotlang.lessons.functions import Pair, compare_functions
from plotlang.lessons.graphs import Graph, Window, solved
from plotlang.lessons.regions import relation
from plotlang.lessons.rewriting import substituted
from plotlang.lessons.verdicts import DIFFERENT, EQUAL, Verdict
from plotlang.numerics.program import identity, program

if TYPE_CHECKING:
    from plotlang.numerics.limits import Budget

BORDERS = {"solid": "the border should belong to it", "dashed": "the border should not belong to it"}


def compare(student: Graph, wanted: Graph, window: Window, budget: Budget) -> Verdict:
    """Whether two graphs are equal, however they are written.

    Curves that are functions are compared by values: at least 400 fixed places in the window and some outside, ends of
    the domain, jumps and holes.  Other curves are compared as sets of points, and so are regions.
    Raises `LanguageError` for a formula that can't be computed.
    """
    if (student.kind == "region") != (wanted.kind == "region"):
        return DIFFERENT
    if _is_same(student, wanted):
        return EQUAL
    with np.errstate(all="ignore"):
        if student.kind == "region":
            return _of_regions(student, wanted, window, budget)
        pair = as_functions(student, wanted, window, budget)
        if pair is not None:
            return compare_functions(pair)
        return compare_curves(Curve.of(student, budget), Curve.of(wanted, budget), window)


def _is_same(student: Graph, wanted: Graph) -> bool:
    """Whether two graphs are written by the same formulas."""
    keys = [identity(program(each.cores)) for each in (student, wanted)]
    return student.kind == wanted.kind and keys[0] is not None and keys[0] == keys[1]


def as_functions(student: Graph, wanted: Graph, window: Window, budget: Budget) -> Pair | None:
    """Both graphs as functions of x, or else both as functions of y; None if that can't be."""
    heights = [solved(each, window, budget) for each in (student, wanted)]
    if heights[0] is not None and heights[1] is not None:
        return Pair.of(heights[0], heights[1], window.left, window.right, budget)
    if is_upright(student) and is_upright(wanted):
        first, second = (substituted(each.cores[0], {"y": Name("x")}) for each in (student, wanted))
        return Pair.of(first, second, window.bottom, window.top, budget)
    return None


def is_upright(graph: Graph) -> bool:
    """Whether a graph is one function of y."""
    return graph.kind == "inverse" and len(graph.cores) == 1


def _of_regions(student: Graph, wanted: Graph, window: Window, budget: Budget) -> Verdict:
    found = relation(student, wanted, window, budget)
    if found == "same":
        return EQUAL
    return Verdict("other_domain", BORDERS[found]) if found in BORDERS else DIFFERENT
