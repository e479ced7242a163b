"""Figures as they were asked for: marks, view and decorations, all as formulas."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Literal

from plotlang.model.drawing import Frame, Look, Scale

if TYPE_CHECKING:
    from plotlang.language.syntax import Expr

FIRST = "1"
MOST_OBJECTS = 100
NO_CURVES = frozenset("points text segment vector polygon found area riemann residuals".split())
"""Kinds of marks without a number in the legend."""


@dataclass(frozen=True, slots=True)
class Style:
    """What a user said about the looks of an object; None leaves it to the palette."""

    color: str | None = None
    line: Literal["solid", "dashed", "dotted", "dashdot"] | None = None
    width: float | None = None
    marker: Literal["circle", "square", "cross"] | None = None
    filled: bool | None = None
    faint: bool = False
    label: str | None = None
    nolabel: bool = False

    def over(self, other: Style) -> Style:
        """This style, with what it leaves open taken from the other."""
        chosen = {
            name: getattr(self, name) if getattr(self, name) is not None else getattr(other, name)
            for name in ("color", "line", "width", "marker", "filled", "label")
        }
        return Style(**chosen, faint=self.faint or other.faint, nolabel=self.nolabel or other.nolabel)

    def on(self, look: Look) -> Look:
        """The look with this style applied."""
        return Look(
            color=self.color or look.color,
            line=self.line or look.line,
            width=look.width if self.width is None else self.width,
            marker=self.marker or look.marker,
            filled=look.filled if self.filled is None else self.filled,
            opacity=0.3 if self.faint else look.opacity,
        )


@dataclass(frozen=True, slots=True)
class Mark:
    """One object of a figure, as formulas.

    `kind` says which class of `plotlang.marks.kinds` draws it, and `detail` what that class leaves open (the rule of
    Riemann boxes, what is looked for).  `key` is its identity in the figure: the name of a function or point, or the
    formula itself, so that the same line twice is one object.  `exprs` are its formulas: for explicit, inverse, polar
    and condition marks one, for equations both sides, for parametric curves the coordinates.  `start` and `stop` are
    the ends of the variable, `places` are places on the curve: starting values, where a tangent touches.  `line` is
    the text of the line that asked for it, where that line prints something about it.  A `target` is to be matched by
    another curve, and does not count as one.
    """

    kind: str
    key: str
    exprs: tuple[Expr, ...]
    variable: str = "x"
    name: str = ""
    reading: str = ""
    formula: str = ""
    start: Expr | None = None
    stop: Expr | None = None
    detail: str = ""
    line: str = ""
    family: tuple[str, Expr] | None = None
    style: Style = field(default_factory=Style)
    visible: bool = True
    color: int = 0
    places: tuple[tuple[Expr, ...], ...] = ()
    target: bool = False
    record: str = field(default="", compare=False)

    @property
    def is_curve(self) -> bool:
        """Whether the object counts as a curve and has a number in the legend."""
        return self.kind not in NO_CURVES and not self.target

    def formulas(self) -> tuple[Expr, ...]:
        """All formulas that the object is made of."""
        ends = tuple(each for each in (self.start, self.stop) if each is not None)
        family = () if self.family is None else (self.family[1],)
        return (*self.exprs, *ends, *family, *(each for place in self.places for each in place))


@dataclass(frozen=True, slots=True)
class View:
    """What part of the plane is shown, and how its axes look; None means automatic.

    `focus` is the key of the mark that the automatic height suits, empty for all of them.
    """

    x: tuple[Expr, Expr] | None = None
    y: tuple[Expr, Expr] | None = None
    zoom: float = 1.0
    focus: str = ""
    equal: bool | None = None
    frame: Frame = "lines"
    grid: Literal["on", "off", "fine", "polar"] = "on"
    x_scale: Scale = "linear"
    y_scale: Scale = "linear"
    x_step: Expr | None = None
    y_step: Expr | None = None
    x_label: str = ""
    y_label: str = ""
    title: str = ""
    caption: str = ""
    legend: Literal["auto", "off", "on", "left", "right", "labels"] = "auto"
    width: int | None = None
    height: int | None = None
    asymptotes: bool = False


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure: its marks in the order of their lines, its view, and the colours already given away."""

    name: str
    marks: tuple[Mark, ...] = ()
    view: View = field(default_factory=View)
    colors: tuple[tuple[str, int], ...] = ()

    @property
    def visible(self) -> tuple[Mark, ...]:
        """The marks that are drawn."""
        return tuple(mark for mark in self.marks if mark.visible)

    @property
    def curves(self) -> tuple[Mark, ...]:
        """All curves, hidden ones included: their places are the numbers of the legend."""
        return tuple(mark for mark in self.marks if mark.is_curve)

    def formulas(self) -> tuple[Expr, ...]:
        """All formulas that the picture is made of: those of the visible marks, ranges and ticks."""
        view = self.view
        ends = (*(view.x or ()), *(view.y or ()))
        steps = tuple(each for each in (view.x_step, view.y_step) if each is not None)
        return (*(expr for mark in self.visible for expr in mark.formulas()), *ends, *steps)

    def with_mark(self, mark: Mark, preferred: int | None = None) -> Figure:
        """The figure with a mark added, or put in the place of the one with the same key.

        The mark keeps the colour it ever had here; a new one gets `preferred` or else the first free colour.
        """
        colors = dict(self.colors)
        taken = set(colors.values())
        if mark.is_curve and mark.key not in colors:
            free = next(i for i in range(len(taken) + 1) if i not in taken)
            colors[mark.key] = preferred if preferred is not None and preferred not in taken else free
        mark = replace(mark, color=colors.get(mark.key, 0))
        old = [i for i, each in enumerate(self.marks) if each.key == mark.key]
        if old:
            mark = replace(mark, style=mark.style.over(self.marks[old[0]].style))
            marks = (*self.marks[: old[0]], mark, *self.marks[old[0] + 1 :])
        else:
            marks = (*self.marks, mark)
        return replace(self, marks=marks, colors=tuple(colors.items()))

    def without(self, key: str) -> Figure:
        """The figure without one mark; its colour stays reserved."""
        return replace(self, marks=tuple(mark for mark in self.marks if mark.key != key))

    def changed(self, key: str, change: dict[str, object]) -> Figure:
        """The figure with fields of one mark replaced."""
        return replace(
            self,
            marks=tuple(replace(mark, **change) if mark.key == key else mark for mark in self.marks),  # type: ignore[arg-type]
        )
