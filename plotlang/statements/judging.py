"""Whether a student's work is what a task expects, and what to say if not."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from plotlang.language.diagnostics import LanguageError
from plotlang.language.reading import Reading
from plotlang.language.syntax import Binder, Call, Derivative, Expr, ListOf, Name, Number, Point, free_names, walk
from plotlang.lessons.compare import compare
from plotlang.lessons.explain import explain
from plotlang.lessons.graphs import Graph, Window, differences
from plotlang.marks.kinds import MARK_KINDS
from plotlang.marks.layout import lay_out, work_on
from plotlang.model.figure import Figure, Mark, Style
from plotlang.model.lesson import Expectation, Feedback, Question, Task
from plotlang.numerics.building import minus
from plotlang.numerics.compile import compile_expr
from plotlang.statements.formula import defined_function
from plotlang.statements.naming import names_of
from plotlang.statements.rereading import GRAPHS, TARGET, line_of, read_formula
from plotlang.statements.values import lowering_of, shown

if TYPE_CHECKING:
    from collections.abc import Callable

    from plotlang.model.budget import Budget
    from plotlang.model.session import Session

ROOM = 1e-6
"""How far numbers may be off, relative to the wanted one, where the task says nothing else."""
POINT_ROOM = 1e-3
"""How far a point may be off, as a part of the picture, where the task says nothing else."""
_FOUND = frozenset("found area riemann residuals".split())
"""Marks that commands make of curves: no work that is handed in."""


@dataclass(frozen=True, slots=True)
class Shortfall:
    """What is missing, in words; `mark` and `wanted` are the two graphs that show it, if there are any."""

    message: str
    mark: Mark | None = None
    wanted: Mark | None = None


class Work:
    """The work on a task in a session: all that its figure shows and that was not there before."""

    def __init__(self, task: Task, session: Session, budget: Budget) -> None:
        self.task, self.session, self.budget = task, session, budget
        self.figure = self._figure()
        self.own = self._own(self.figure)
        self.drawn = lay_out(session, self.figure.name, budget).drawing

    def _figure(self) -> Figure:
        here, there = self.session.figure, self.session.figures.get(self.task.figure)
        return here if there is None or self._own(here) else there

    def _own(self, figure: Figure) -> tuple[Mark, ...]:
        before = self.task.before if figure.name == self.task.figure else ()
        drawn = (mark for mark in figure.visible if not mark.target and mark.kind not in _FOUND)
        return tuple(mark for mark in drawn if mark not in before)

    @property
    def window(self) -> Window:
        """What the figure shows."""
        return Window(self.drawn.x.low, self.drawn.x.high, self.drawn.y.low, self.drawn.y.high)

    def graph(self, mark: Mark) -> Graph | None:
        """A mark as a graph that can be compared, None for what is no curve of x and y and no region."""
        kind = GRAPHS.get(mark.kind)
        if kind is None:
            return None
        members = MARK_KINDS[mark.kind].members(work_on(self.session, self.figure, self.budget), mark)
        cores = (minus(*each.cores) if mark.kind == "implicit" else each.cores[0] for each in members)
        return Graph(kind, tuple(cores))

    def graphs(self, *, regions: bool) -> list[tuple[Mark, Graph]]:
        """The student's graphs, the newest one first: regions or curves, the others only if there are none of these."""
        found = [(mark, graph) for mark in reversed(self.own) if (graph := self.graph(mark)) is not None]
        return [each for each in found if (each[1].kind == "region") == regions] or found

    def wanted(self, text: str) -> tuple[Mark, Graph]:
        """The graph that is expected; raises `LanguageError` if the line draws none."""
        mark = read_formula(text, self.session).mark
        graph = None if mark is None else self.graph(mark)
        if mark is None or graph is None:
            raise LanguageError(f"{text} draws no curve that can be compared")
        return mark, graph


def judged(name: str, session: Session, budget: Budget) -> Feedback:
    """What a check of a task says in a session; raises `LanguageError` if there is no such task."""
    task = session.lesson.tasks[name]
    if not task.expectations:
        return Feedback(name, "open", "this task has no expect line, so nothing can be checked", 0.0, task.points)
    work = Work(task, session, budget)
    missing = [found for each in task.expectations if (found := shortfall(each, work)) is not None]
    if not missing:
        return Feedback(name, "correct", "correct", task.points, task.points)
    share = 1 - len(missing) / len(task.expectations)
    first = missing[0]
    sketch = None if first.mark is None or first.wanted is None else _sketch(work, first.mark, first.wanted)
    return Feedback(name, "wrong", first.message, math.floor(100 * share * task.points) / 100, task.points, sketch)


def shortfall(expectation: Expectation, work: Work) -> Shortfall | None:
    """What keeps the work from being what is expected; None if nothing does."""
    try:
        with np.errstate(all="ignore"):
            found = _FORMS[expectation.form](expectation, work)
    except LanguageError as error:
        found = Shortfall(f"this can't be checked yet: {error.problem.message}")
    if found is not None and expectation.otherwise:
        return replace(found, message=expectation.otherwise)
    return found


def _curve(expectation: Expectation, work: Work) -> Shortfall | None:
    wanted_mark, wanted = work.wanted(expectation.text)
    return _compared(work, wanted_mark, wanted, work.graphs(regions=wanted.kind == "region"))


def _compared(work: Work, wanted_mark: Mark, wanted: Graph, own: list[tuple[Mark, Graph]]) -> Shortfall | None:
    """The newest of the student's graphs is explained, unless one of them is right."""
    if not own:
        what = "region" if wanted.kind == "region" else "curve"
        return Shortfall(f"there is no {what} of yours yet: draw it in a cell below the task")
    if any(compare(graph, wanted, work.window, work.budget) for _, graph in own):
        return None
    mark, graph = own[0]
    found = explain(graph, wanted, work.window, work.budget, parent=_parent(wanted_mark, work))
    return Shortfall(found.message, mark, wanted_mark)


def _parent(mark: Mark, work: Work) -> Expr | None:
    """The function whose derivative is wanted, where the task is written as one: p for y = p'(x)."""
    match mark.exprs[0]:
        case Derivative(function=str(name), order=1, argument=argument):
            return lowering_of(work.session, work.budget).lower(Call(name, (argument,)))
    return None


def _condition(expectation: Expectation, work: Work) -> Shortfall | None:
    line = line_of(expectation.text)
    names = replace(names_of(work.session), strict=True)
    reading = Reading(names, expectation.text)
    left = reading.read(line.left)
    if line.relation != "=" or line.right is None:
        return None if _value(left, work) else Shortfall(f"it does not hold that {expectation.text}")
    right = reading.read(line.right)
    if "x" in free_names(left) | free_names(right):
        return _functions(expectation, work, left, right, named=defined_function(line.left) is not None)
    mine, theirs = _numbers(left, work), _numbers(right, work)
    if len(mine) == len(theirs) and all(map(_near, mine, theirs, [expectation.within] * len(mine))):
        return None
    is_ = f"is {', '.join(map(shown, mine))}" if mine else "has no values"
    return Shortfall(f"it does not hold that {expectation.text}: the left side {is_}")


def _functions(expectation: Expectation, work: Work, left: Expr, right: Expr, *, named: bool) -> Shortfall | None:
    """Both sides are functions of x; one that was to be found is explained."""
    lowering = lowering_of(work.session, work.budget)
    mine, wanted = (Graph("explicit", (lowering.lower(each),)) for each in (left, right))
    if compare(mine, wanted, work.window, work.budget):
        return None
    if not named:
        return Shortfall(f"it does not hold for every x that {expectation.text}")
    marks = (Mark("explicit", "yours", (left,)), Mark("explicit", "wanted", (right,)))
    return Shortfall(explain(mine, wanted, work.window, work.budget).message, *marks)


def _value(expr: Expr, work: Work) -> bool:
    return bool(_numbers(expr, work)[0] == 1)


def _numbers(expr: Expr, work: Work) -> list[float]:
    """The bare numbers of a value, a list or a point."""
    return _flat(lowering_of(work.session, work.budget).lower(expr), work)


def _flat(value: Expr, work: Work) -> list[float]:
    if isinstance(value, ListOf | Point):
        return [number for each in value.items for number in _flat(each, work)]
    return [float(compile_expr(value, budget=work.budget)())]


def _near(value: float, wanted: float, within: float | None) -> bool:
    room = ROOM * max(1.0, abs(wanted)) if within is None else within * (1 + 1e-9)
    return abs(value - wanted) <= room


def _point(expectation: Expectation, work: Work) -> Shortfall | None:
    x, y = _place(expectation, work)
    own = [dot for mark in work.own if mark.kind == "points" for dot in _dots(mark, work)]
    if any(_meets(dot, (x, y), expectation.within, work.window) for dot in own):
        return None
    if not own:
        return Shortfall("there is no point of yours yet: write it with brackets, such as (1, 2)")
    return Shortfall(f"({shown(own[-1][0])}, {shown(own[-1][1])}) is not the point that is asked for")


def _place(expectation: Expectation, work: Work) -> tuple[float, float]:
    names = replace(names_of(work.session), strict=True)
    numbers = _numbers(Reading(names, expectation.text).read(line_of(expectation.text).left), work)
    if len(numbers) != 2:
        raise LanguageError(f"{expectation.text} is no point")
    return numbers[0], numbers[1]


def _dots(mark: Mark, work: Work) -> list[tuple[float, float]]:
    numbers = _numbers(mark.exprs[0], work)
    half = len(numbers) // 2
    value = lowering_of(work.session, work.budget).lower(mark.exprs[0])
    if isinstance(value, Point) and any(isinstance(each, ListOf) for each in value.items):
        return list(zip(numbers[:half], numbers[half:], strict=True))
    return list(zip(numbers[::2], numbers[1::2], strict=True))


def _meets(dot: tuple[float, float], place: tuple[float, float], within: float | None, window: Window) -> bool:
    rooms = (POINT_ROOM * window.width, POINT_ROOM * window.height) if within is None else (within, within)
    return all(abs(a - b) <= room for a, b, room in zip(dot, place, rooms, strict=True))


def _passes(expectation: Expectation, work: Work) -> Shortfall | None:
    place = _place(expectation, work)
    own = [each for each in work.graphs(regions=False) if each[1].kind != "region"]
    if not own:
        return Shortfall("there is no curve of yours yet: draw it in a cell below the task")
    if any(_runs_through(graph, place, expectation.within, work) for _, graph in own):
        return None
    return Shortfall(f"the curve does not run through ({shown(place[0])}, {shown(place[1])})")


def _runs_through(graph: Graph, place: tuple[float, float], within: float | None, work: Work) -> bool:
    """Whether a curve comes near a point: the difference of both sides vanishes there or changes its sign around it."""
    rooms = (work.window.width * ROOM, work.window.height * ROOM) if within is None else (within, within)
    x = place[0] + rooms[0] * np.array([0, 1, -1, 0, 0, 1, 1, -1, -1.0])
    y = place[1] + rooms[1] * np.array([0, 0, 0, 1, -1, 1, -1, 1, -1.0])
    for core in differences(graph):
        values = compile_expr(core, "x", "y", budget=work.budget)(x, y) + 0 * x
        if values[0] == 0 or (values.min() <= 0 <= values.max()):
            return True
    return False


def _uses(expectation: Expectation, work: Work) -> Shortfall | None:
    return None if _is_used(expectation.text, work) else Shortfall(f"use {expectation.text}")


def _uses_not(expectation: Expectation, work: Work) -> Shortfall | None:
    return Shortfall(f"write it without {expectation.text}") if _is_used(expectation.text, work) else None


def _is_used(word: str, work: Work) -> bool:
    """Whether the student's own formulas hold a name, a function or a kind of sum."""
    defined = [each.body for each in work.session.definitions.values() if each.name in {m.name for m in work.own}]
    formulas = [*(expr for mark in work.own for expr in mark.formulas()), *defined]
    return any(word in _words(node) for expr in formulas for node in walk(expr))


def _words(node: Expr) -> tuple[str, ...]:
    match node:
        case Call(function=function):
            return (str(function).split("'")[0],)
        case Name(id=name):
            return (name, name.rstrip("'"))
        case Binder(kind=kind):
            return (kind,)
    return ()


_FORMS: dict[str, Callable[[Expectation, Work], Shortfall | None]] = {
    "curve": _curve, "region": _curve, "condition": _condition, "point": _point, "passes": _passes,
    "uses": _uses, "not uses": _uses_not,
}  # fmt: skip


def _sketch(work: Work, mark: Mark, wanted: Mark) -> Session | None:
    """A session whose one figure shows the wanted graph, grey, and the student's, as its picture shows them."""
    view = replace(work.figure.view, width=300, height=200, legend="off", title="", caption="", x_label="", y_label="")
    window = work.window
    x, y = (Number(window.left), Number(window.right)), (Number(window.bottom), Number(window.top))
    grey = replace(wanted, key="wanted", name="", style=Style(color=TARGET, width=4.0), target=True)
    own = replace(mark, key="yours", name="", style=replace(mark.style, label=None))
    figure = Figure("sketch", (grey, own), replace(view, x=x, y=y))
    return replace(work.session, figures={"sketch": figure}, current="sketch", checked={})


def answered(question: Question, reply: str, session: Session, budget: Budget) -> Feedback:
    """What a reply to a question is worth."""
    if question.choices:
        right = _plain(reply) == _plain(question.answer)
    else:
        mine, wanted = (_number(each, session, budget) for each in (reply, question.answer))
        right = _near(mine, wanted, None) or (mine == wanted)
    if right:
        return Feedback(question.name, "correct", "correct", question.points, question.points)
    return Feedback(question.name, "wrong", "that is not the answer", 0.0, question.points)


def _plain(text: str) -> str:
    return " ".join(text.strip().strip('"“”').casefold().split())


def _number(text: str, session: Session, budget: Budget) -> float:
    names = replace(names_of(session), strict=True)
    return lowering_of(session, budget).number(Reading(names, text).read(line_of(text).left))
