"""What came of a cell: errors, notes, values and pictures."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

from plotlang.language.diagnostics import LanguageError
from plotlang.marks.layout import Worked, lay_out
from plotlang.model.budget import UNLIMITED, Budget, cell_budget

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from plotlang.interpreter.freeze import Frozen
    from plotlang.language.diagnostics import Diagnostic
    from plotlang.marks.curve import DrawnCurve
    from plotlang.model.figure import View
    from plotlang.model.session import Definition, Session, Settings
    from plotlang.statements.kind import Result


class Picture:
    """A figure of a `session` as it stands under a cell.  It is worked out and drawn when asked for, and once."""

    def __init__(
        self, session: Session, name: str, cell_id: str, *, losses: tuple[str, ...] = (), all_notes: bool = False
    ) -> None:
        self.name, self.cell_id = name, cell_id
        self.losses = losses
        self.session, self._all_notes = session, all_notes
        self._ready: Worked | None = None
        self._bytes: dict[str, bytes | str] = {}
        self._budget = UNLIMITED
        self.freezing_share = 1.0

    def worked_out(self, budget: Budget) -> Picture:
        """This picture, worked out within a budget."""
        self._budget = budget
        self._ready = lay_out(self.session, self.name, budget)
        return self

    @property
    def worked(self) -> Worked:
        """The figure worked out to the last stroke."""
        if self._ready is None:
            self._ready = lay_out(self.session, self.name, cell_budget())
        return self._ready

    @property
    def display_id(self) -> str:
        """What this picture is called in the notebook: stable for a cell and a figure."""
        return f"plotlang-{self.cell_id}-{self.name}"

    @cached_property
    def sliders(self) -> tuple[Definition, ...]:
        """The parameters that the picture depends on."""
        return self.session.sliders_of(self.name)

    @cached_property
    def freezes(self) -> tuple[Definition, ...]:
        """The sliders that are to work without a kernel, none for a plain picture."""
        from plotlang.statements.freeze import frozen_sliders

        names = self.session.freezes.get(self.name)
        try:
            return () if names is None else frozen_sliders(self.session, self.name, names)
        except LanguageError:
            return ()

    @cached_property
    def frozen(self) -> Frozen | None:
        """The figure with sliders that need no kernel, None for a plain picture.  It may take longer than a cell.

        Raises `Stopped` when interrupted.
        """
        from plotlang.interpreter.freeze import FREEZE_SECONDS, freeze

        if not self.freezes:
            return None
        budget = replace(self._budget, deadline=self._budget.clock() + self.freezing_share * FREEZE_SECONDS)
        return freeze(self.session, self.name, self.freezes, budget)

    @property
    def curves(self) -> tuple[DrawnCurve, ...]:
        """All curves in the order of the legend, families member by member; hidden ones have no paths."""
        return self.worked.curves

    @property
    def objects(self) -> int:
        """How many objects are visible: curves, and points and the like."""
        figure = self.session.figures[self.name]
        others = sum(mark.visible and not mark.is_curve for mark in figure.marks)
        return others + sum(curve.visible for curve in self.curves)

    @property
    def is_empty(self) -> bool:
        """Whether nothing is left to be drawn."""
        return not self.session.figures[self.name].visible

    @property
    def notes(self) -> tuple[str, ...]:
        """What the picture can't show, and why: of what its cell drew, and of all if the cell chose another view."""
        about = ("", self.cell_id)
        notes = (note for note in self.worked.notes if self._all_notes or note.record in about)
        return (*self.losses, *(note.text for note in notes if not (note.key and note.record == self.cell_id)))

    @property
    def undrawn(self) -> dict[str, str]:
        """What keeps the objects of its own cell from being drawn, by the key of the mark."""
        return {note.key: note.text for note in self.worked.notes if note.key and note.record == self.cell_id}

    @property
    def settings(self) -> Settings:
        """The settings of the notebook at this cell."""
        return self.session.settings

    @property
    def view(self) -> View:
        """The view as it was asked for."""
        return self.session.figures[self.name].view

    @property
    def xrange(self) -> tuple[float, float]:
        """The ends of the x-axis."""
        return self.worked.drawing.x.low, self.worked.drawing.x.high

    @property
    def yrange(self) -> tuple[float, float]:
        """The ends of the y-axis."""
        return self.worked.drawing.y.low, self.worked.drawing.y.high

    @property
    def width(self) -> int:
        """Width in CSS pixels."""
        return self.worked.drawing.width

    @property
    def height(self) -> int:
        """Height in CSS pixels."""
        return self.worked.drawing.height

    @property
    def format(self) -> str:
        """The format to show it in: png or svg."""
        return self.session.settings.format

    def png(self) -> bytes:
        """The picture as PNG, at twice the resolution of the screen unless set otherwise."""
        from plotlang.render.picture import render_png

        return self._kept("png", render_png)  # type: ignore[return-value]

    def svg(self) -> str:
        """The picture as SVG."""
        from plotlang.render.picture import render_svg

        return self._kept("svg", render_svg)  # type: ignore[return-value]

    def pdf(self) -> bytes:
        """The picture as PDF."""
        from plotlang.render.picture import render_pdf

        return self._kept("pdf", render_pdf)  # type: ignore[return-value]

    def _kept(self, form: str, render: object) -> bytes | str:
        if form not in self._bytes:
            self._bytes[form] = render(self.worked.drawing)  # type: ignore[operator]
        return self._bytes[form]

    @cached_property
    def description(self) -> str:
        """The picture in words."""
        from plotlang.marks.describe import describe

        return describe(self.worked, self.session.figures[self.name])


@dataclass(frozen=True, slots=True, eq=False)
class Outcome:
    """What came of running a cell, moving a slider, or deleting a cell.

    `errors` are all mistakes of the cell; `figures` the pictures that appear under it; `figure` is the current
    figure, or None when it is empty; `refreshed` are pictures under later cells that changed, and `revalued` what
    later cells print now, by display id.  `sliders` are the parameters of the cell that none of its pictures shows.
    """

    errors: tuple[Diagnostic, ...] = ()
    notes: tuple[str, ...] = ()
    results: tuple[Result, ...] = ()
    figures: tuple[Picture, ...] = ()
    figure: Picture | None = None
    refreshed: tuple[Picture, ...] = ()
    revalued: Mapping[str, tuple[Result, ...]] | None = None
    sliders: tuple[Definition, ...] = ()
    cell_id: str = ""
    page: str = ""
    reading: str = ""

    @property
    def values(self) -> tuple[str, ...]:
        """What the cell printed, as plain text."""
        return tuple(result.text for result in self.results)

    @property
    def values_id(self) -> str:
        """The display id of what the cell printed."""
        return values_id(self.cell_id)

    @property
    def sliders_id(self) -> str:
        """The display id of the sliders that belong to no picture."""
        return sliders_id(self.cell_id)


def values_id(cell_id: str) -> str:
    """The display id of what a cell printed."""
    return f"plotlang-{cell_id}-values"


def sliders_id(cell_id: str) -> str:
    """The display id of the sliders of a cell that belong to no picture."""
    return f"plotlang-{cell_id}-sliders"


def share_freezing(pictures: Sequence[Picture]) -> None:
    """Let the pictures that are shown together share the time for freezing."""
    frozen = [each for each in pictures if each.freezes]
    for each in frozen:
        each.freezing_share = 1.0 / len(frozen)
