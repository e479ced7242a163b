"""What is wrong with a student's graph, in one sentence."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from plotlang.lessons.compare import as_functions, compare
from plotlang.lessons.differences import of_functions
from plotlang.lessons.finding import EQUAL, Finding
from plotlang.lessons.graphs import solved
from plotlang.lessons.planefindings import of_curves, of_regions
from plotlang.lessons.sentences import Words

if TYPE_CHECKING:
    from plotlang.language.syntax import Expr
    from plotlang.lessons.graphs import Graph, Window
    from plotlang.lessons.verdicts import Verdict
    from plotlang.numerics.limits import Budget


def explain(student: Graph, wanted: Graph, window: Window, budget: Budget, *, parent: Expr | None = None) -> Finding:
    """The most useful thing that can be said about a student's graph, and is surely true.

    `parent` is the function whose derivative is wanted, if that is the task: a core formula in x.
    In this order: equal; the right formula on a different domain; a rounded number; a region for a curve or a curve
    for a region; then what `differences.of_functions` lists for functions, `planefindings.of_curves` for other curves
    and `planefindings.of_regions` for regions.  Every shift, reflection or stretch that is told has been confirmed by
    `compare`: the wanted graph so changed equals the student's.
    Raises `LanguageError` for a formula that can't be computed.
    """
    verdict = compare(student, wanted, window, budget)
    if verdict.kind != "different":
        return _of_verdict(verdict)
    with np.errstate(all="ignore"):
        return _of_different(student, wanted, window, budget, parent)


def _of_different(student: Graph, wanted: Graph, window: Window, budget: Budget, parent: Expr | None) -> Finding:
    if student.kind == "region" or wanted.kind == "region":
        return _with_regions(student, wanted, window, budget)
    pair = as_functions(student, wanted, window, budget)
    if pair is None:
        return of_curves(student, wanted, window, budget)
    return of_functions(
        pair, Words(turned=solved(student, window, budget) is None or solved(wanted, window, budget) is None), parent
    )


def _of_verdict(verdict: Verdict) -> Finding:
    if verdict.kind == "equal":
        return EQUAL
    if verdict.kind == "close":
        return Finding("rounded", "almost right, but a number is rounded: use the exact value")
    return Finding("domain", "right formula, different domain" + (f": {verdict.reason}" if verdict.reason else ""))


def _with_regions(student: Graph, wanted: Graph, window: Window, budget: Budget) -> Finding:
    if student.kind != "region":
        return Finding("other_kind", "a region should be shaded: use <, ≤, > or ≥")
    if wanted.kind != "region":
        return Finding("other_kind", "a curve is wanted, not a shaded region: use =")
    return of_regions(student, wanted, window, budget)
