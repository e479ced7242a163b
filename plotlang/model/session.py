"""The session: everything said so far, as one value.  Formulas are kept, not numbers."""

from __future__ import annotations

import math
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Literal, TypeAlias

from plotlang.language.syntax import Number, free_names
from plotlang.model.figure import FIRST, Figure
from plotlang.model.lesson import Lesson

if TYPE_CHECKING:
    from collections.abc import Mapping

    from plotlang.language.diagnostics import Problem
    from plotlang.language.syntax import Expr

Slider: TypeAlias = tuple[str, str]
"""A slider by the key of the record that defines it, and its name."""

MOST_SLIDER = 1e12
"""The largest number that a slider holds."""

ValueKind = Literal["number", "list", "point", "text", "table", "parameter", "function"]


@dataclass(frozen=True, slots=True)
class Definition:
    """What a name stands for: a function of `parameters`, or a value when there are none (None).

    A parameter (a number with a slider) has `low`, `high` and perhaps `step`; its `body` is the present number, and
    `motion` says how it plays, if it does.
    `reading` is how the formula was understood, with its domain; `cell` is the label of the defining cell and `record`
    its key.
    """

    name: str
    kind: ValueKind
    body: Expr
    parameters: tuple[str, ...] | None = None
    low: float = -10.0
    high: float = 10.0
    step: float | None = None
    automatic: bool = False
    motion: Motion | None = None
    columns: tuple[tuple[str, tuple[float, ...]], ...] = ()
    reading: str = field(default="", compare=False)
    cell: str = field(default="", compare=False)
    record: str = field(default="", compare=False)

    @property
    def slider(self) -> Slider:
        """Which slider it is, if it is a parameter: names may be defined again in later cells."""
        return self.record, self.name

    @property
    def value(self) -> float:
        """The number that it is; NaN for what is given by a formula."""
        return self.body.value if isinstance(self.body, Number) else math.nan

    @property
    def grid(self) -> float:
        """The step of its slider: as given, or a round one that gives 100 to 250 positions."""
        return round_step((self.high - self.low) / 100) if self.step is None else self.step

    def snapped(self, value: float) -> float:
        """The position of its slider that a value means, which is the value but for rounding errors."""
        for end in (self.low, self.high):
            if abs(value - end) < 1e-6 * self.grid:
                return end
        nearest = self.low + round((value - self.low) / self.grid) * self.grid
        if abs(value - nearest) >= 1e-6 * self.grid:
            return value
        return round(nearest, 3 - math.floor(math.log10(self.grid)))


@dataclass(frozen=True, slots=True)
class Motion:
    """How a slider plays: from one place to another in so many seconds."""

    start: float
    stop: float
    seconds: float


@dataclass(frozen=True, slots=True)
class Parameter:
    """A number with a slider: its present value, its range, and its step (None: continuous)."""

    name: str
    value: float
    low: float
    high: float
    step: float | None


@dataclass(frozen=True, slots=True)
class Settings:
    """What holds for the whole notebook."""

    degrees: bool = False
    log_base_ten: bool = False
    palette: str = "default"
    cumulative: bool = True
    auto_sliders: bool = True
    format: Literal["png", "svg"] = "png"
    density: int = 2
    describe: bool = True


@dataclass(frozen=True, slots=True)
class Session:
    """Definitions, figures and settings, and which figure is the current one.

    `touched` are the figures that the present cell drew in or asked to show; `freezes` those that it shows with
    sliders that need no kernel: the names of the sliders, none for all that the figure depends on; `log_explained`
    tells whether a note has said which logarithm log is; `files` are the texts of the files that the present cell
    reads, or why they can't be.  `lesson` are the tasks so far, and `checked` is for each of them the session in which
    it was checked last.
    """

    definitions: Mapping[str, Definition] = field(default_factory=dict)
    figures: Mapping[str, Figure] = field(default_factory=lambda: {FIRST: Figure(FIRST)})
    current: str = FIRST
    settings: Settings = field(default_factory=Settings)
    colors: Mapping[str, int] = field(default_factory=dict)
    touched: frozenset[str] = frozenset()
    freezes: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    log_explained: bool = False
    files: Mapping[str, str | Problem] = field(default_factory=dict, compare=False)
    lesson: Lesson = field(default_factory=Lesson, compare=False)
    checked: Mapping[str, Session] = field(default_factory=dict, compare=False)
    cell: str = field(default="", compare=False)
    record: str = field(default="", compare=False)

    @property
    def figure(self) -> Figure:
        """The current figure."""
        return self.figures[self.current]

    def define(self, definition: Definition) -> Session:
        """The session with a name defined (again)."""
        definition = replace(definition, cell=self.cell, record=self.record)
        definitions = dict(self.definitions)
        definitions.pop(definition.name, None)
        definitions[definition.name] = definition
        return replace(self, definitions=definitions)

    def forget(self, name: str) -> Session:
        """The session without a name; curves drawn for it go with it."""
        definitions = {key: each for key, each in self.definitions.items() if key != name}
        figures = {key: each.without(name) for key, each in self.figures.items()}
        return replace(self, definitions=definitions, figures=figures)

    def with_figure(self, figure: Figure, *, touch: bool = False) -> Session:
        """The session with one figure replaced."""
        touched = self.touched | {figure.name} if touch else self.touched
        return replace(self, figures={**self.figures, figure.name: figure}, touched=touched)

    def parameters(self) -> dict[str, Parameter]:
        """The numbers that have a slider."""
        return {
            each.name: Parameter(each.name, each.value, each.low, each.high, each.step)
            for each in self.definitions.values()
            if each.kind == "parameter"
        }

    def reach(self, exprs: tuple[Expr, ...]) -> dict[str, Definition]:
        """All definitions that formulas depend on, directly or through others."""
        found: dict[str, Definition] = {}
        waiting = [name for expr in exprs for name in free_names(expr)]
        while waiting:
            name = waiting.pop()
            if name in found or name not in self.definitions:
                continue
            definition = found[name] = self.definitions[name]
            waiting.extend(self.reach_once(definition.body, definition.parameters))
        return found

    def reach_once(self, body: Expr, parameters: tuple[str, ...] | None) -> frozenset[str]:
        """The names that one definition uses directly, its own letters left out."""
        return free_names(body) - frozenset(parameters or ())

    def placed(self, places: Mapping[Slider, float]) -> Session:
        """The session with sliders at other places; a place beyond the range of its slider widens the range."""
        definitions = dict(self.definitions)
        for (record, name), value in places.items():
            old = definitions.get(name)
            if old is not None and old.kind == "parameter" and old.record == record:
                low, high = min(old.low, value), max(old.high, value)
                definitions[name] = replace(old, body=Number(value), low=low, high=high)
        checked = {name: each.placed(places) for name, each in self.checked.items()}
        return replace(self, definitions=definitions, checked=checked)

    def after_check(self, name: str) -> Session:
        """The session in which the work on a task, or the reply to a question, was last looked at here."""
        return replace(self, checked={**self.checked, name: replace(self, checked={})})

    def sliders_of(self, name: str) -> tuple[Definition, ...]:
        """The parameters that the picture of a figure depends on, in the order of their definitions."""
        reached = self.reach(self.figures[name].formulas())
        return tuple(each for each in self.definitions.values() if each.kind == "parameter" and each.name in reached)

    def snapshot(self, name: str) -> tuple[object, ...]:
        """All that the picture of a figure depends on, as a value that can be compared."""
        figure = self.figures[name]
        return (
            replace(figure, marks=figure.visible, colors=()),
            self.reach(figure.formulas()),
            self.settings,
            tuple(mark.key for mark in figure.curves),
        )


def round_step(most: float) -> float:
    """The largest of the numbers 1, 2, 5 times a power of ten that is at most this positive one."""
    power = math.floor(math.log10(max(most, 1e-300)))
    steps = [float(f"{digit}e{power}") for digit in (1, 2, 5)]
    return max((step for step in steps if step <= most * (1 + 1e-9)), default=steps[0])
