"""The notebook: the one object with state.  The kernel, scripts and tests all use it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from plotlang.interpreter.deep import allow_deep_recursion
from plotlang.interpreter.drag import Drag, Easels, Printed
from plotlang.interpreter.outcome import Outcome, Picture, share_freezing, sliders_id, values_id
from plotlang.interpreter.read import files_of
from plotlang.interpreter.run import (
    Fold,
    loose_sliders,
    losses,
    names_lost,
    outcome_of,
    picture_of,
    reports,
    set_again,
    told,
)
from plotlang.model.budget import SECONDS, Budget, Stopped, cell_budget
from plotlang.model.history import CellRecord, History
from plotlang.model.session import MOST_SLIDER, Parameter, Session

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from plotlang.assist.complete import Completion
    from plotlang.interpreter.fold import Said
    from plotlang.language.diagnostics import Problem
    from plotlang.model.session import Definition, Slider
    from plotlang.statements.kind import Result

MOST_REFRESHED = 20  # pictures of other cells, after one cell was run
MOST_MOVED = 100  # the same after a slider came to rest


class Notebook:
    """Runs cells of plotlang and keeps what they said.

    >>> notebook = Notebook()
    >>> notebook.run("y = x^2").figure.curves[0].value(3)
    9.0
    """

    def __init__(self, *, folder: Path | str | None = None, seconds: float = SECONDS) -> None:
        """`folder` holds the files that cells may read (None: the current folder), `seconds` limits one cell."""
        allow_deep_recursion()
        self._history = History()
        self._fold = Fold()
        self._under: dict[str, _Under] = {}
        self._pictures: dict[str, Picture] = {}
        self._easels = Easels()
        self._folder = Path() if folder is None else Path(folder)
        self._seconds = seconds
        self._count = 0

    # What stands here now.

    @property
    def session(self) -> Session:
        """The state after the last cell."""
        said = self._fold.all(self._history)
        return said[-1].after if said else Session()

    @property
    def parameters(self) -> dict[str, Parameter]:
        """The numbers that have a slider, with value, low, high and step."""
        return self.session.parameters()

    def value(self, formula: str) -> float:
        """The number that a formula gives in the present state; NaN where it is undefined.

        Raises `LanguageError` when the formula is no number or can't be read.
        """
        from plotlang.language.grammar import parse_expression
        from plotlang.language.reading import Reading
        from plotlang.statements.naming import names_of
        from plotlang.statements.values import number_of

        session = self.session
        names = replace(names_of(session), strict=True)
        expr = Reading(names, formula).read(parse_expression(formula))
        return number_of(expr, session, cell_budget(self._seconds))

    # What can be done.

    def run(
        self,
        text: str,
        cell_id: str | None = None,
        *,
        deleted: Sequence[str] = (),
        label: str = "",
        budget: Budget | None = None,
    ) -> Outcome:
        """Run a cell: in its old place if a cell of this id was run before, otherwise last.

        `deleted` are ids of cells that are gone; `label` is the cell's number in messages.  Never raises for what the
        text says; raises `Stopped` when the budget was interrupted, and then nothing has changed.  Files that the cell
        reads are read now, and their text is kept until it is run again.
        """
        count = self._count + 1
        key = cell_id if cell_id is not None else f"run-{count}"
        gone = frozenset(deleted) - {key}
        history = self._history.delete(gone) if gone else self._history
        files = self._read(files_of(text))
        history = history.record(CellRecord(key, text, label or str(count), files=files))
        outcome = self._take_over(history, key, gone | {key}, budget or cell_budget(self._seconds))
        self._count = count
        return outcome

    def delete(self, cell_id: str) -> Outcome:
        """Take away what a cell said; running it again brings it back in its place."""
        gone = frozenset({cell_id})
        return self._take_over(self._history.delete(gone), None, gone, cell_budget(self._seconds))

    def move_slider(self, name: str, value: float) -> Outcome:
        """Move a slider; a value outside its range widens the range.  An unknown slider gives an error."""
        definition = self.session.definitions.get(name)
        if definition is None or definition.kind != "parameter":
            return Outcome(errors=(told(f"there is no slider {name}"),))
        if not abs(value) <= MOST_SLIDER:
            return Outcome(errors=(told(f"the slider {name} needs a number, at most {MOST_SLIDER:g}"),))
        return self.settle({definition.slider: float(value)})

    def reset_slider(self, name: str) -> Outcome:
        """Put a slider back to where its line says; an unknown slider gives an error."""
        definition = self.session.definitions.get(name)
        if definition is None or definition.kind != "parameter":
            return Outcome(errors=(told(f"there is no slider {name}"),))
        return self.settle({definition.slider: None})

    def settle(self, places: Mapping[Slider, float | None], budget: Budget | None = None) -> Outcome:
        """Take over where sliders came to rest, finite numbers; None puts one back to where its line says.

        All pictures that depend on them are refreshed.  Raises `Stopped` as `run` does.
        """
        history = self._history
        for (record, name), value in places.items():
            history = history.move(record, name, value)
        return self._take_over(history, None, frozenset(), budget or cell_budget(self._seconds), MOST_MOVED)

    @property
    def sliders(self) -> dict[str, tuple[Definition, ...]]:
        """The parameters that are shown under every cell, by display id: with its pictures, and alone."""
        found = {display_id: picture.sliders for display_id, picture in self._pictures.items()}
        for cell, under in self._under.items():
            if under.loose:
                found[sliders_id(cell)] = under.loose
        return found

    def drag(self) -> Drag:
        """Quick pictures for sliders on their way; the notebook does not change until they `settle`."""
        printed = {
            values_id(cell): Printed(under.said, under.texts) for cell, under in self._under.items() if under.results
        }
        return Drag(self._pictures, printed, self._easels)

    def at(self, cell_id: str) -> Outcome:
        """The state at a cell: its messages, and the figure that is the current one there."""
        place = self._history.place(cell_id)
        if place is None:
            return Outcome(errors=(told(f"there is no cell {cell_id}"),), cell_id=cell_id)
        return outcome_of(self._fold.all(self._history)[place], cell_budget(self._seconds))

    def complete(self, text: str, cursor: int) -> Completion:
        """What could be typed at a place of a cell's text."""
        from plotlang.assist.complete import complete

        return complete(text, cursor, self.session)

    def inspect(self, text: str, cursor: int) -> str | None:
        """What is known about the word at a place of a cell's text, in Markdown."""
        from plotlang.assist.inspect import inspect

        return inspect(text, cursor, self.session)

    # How it is done.

    def _read(self, names: tuple[str, ...]) -> Mapping[str, str | Problem]:
        """The texts of files, or what keeps them from being read."""
        if not names:
            return {}
        from plotlang.files import texts_of

        return texts_of(self._folder, names)

    def _take_over(
        self, history: History, key: str | None, changed: frozenset[str], budget: Budget, most: int = MOST_REFRESHED
    ) -> Outcome:
        """Work out the new history, compare what stands under every cell, and take it all over at the very end."""
        before, fold = self._fold.all(self._history), self._fold.copy()
        every = fold.all(history, budget)
        history = replace(history, lost=names_lost(before, every, changed, history.lost))
        own = Outcome()
        if key is not None:
            place = history.place(key) or 0
            own = outcome_of(every[place], budget)
            own = replace(own, notes=(*own.notes, *set_again(every, place)))
        under = {said.record.key: self._now_under(said, own, key, budget) for said in every if not said.record.deleted}
        revalued = {
            values_id(cell): now.results
            for cell, now in under.items()
            if cell != key and cell in self._under and now.texts != self._under[cell].texts
        }
        stale = self._stale(every, under, key, history.lost)
        refreshed = tuple(picture.worked_out(budget) for picture in stale[-most:])
        share_freezing((*own.figures, *refreshed))
        figure = own.figure if key is not None else _current(every)
        if budget.interrupted():
            raise Stopped("interrupted")
        pictures = self._moving(every, under, (*own.figures, *stale))
        self._history, self._fold, self._under, self._pictures = history, fold, under, pictures
        return replace(own, refreshed=refreshed, revalued=revalued, figure=figure)

    def _now_under(self, said: Said, own: Outcome, key: str | None, budget: Budget) -> _Under:
        """What stands under a cell now: the pictures it shows or once showed, and what it prints."""
        cell = said.record.key
        old = self._under.get(cell)
        names = list(said.shown)
        if cell != key and old is not None:
            names += [name for name in old.snapshots if name not in names and name in said.after.figures]
        if cell == key:
            results: tuple[Result, ...] = own.results
        elif old is not None and old.said is said:
            return old
        else:
            results = reports(said, budget)[0] if old is not None and old.results else ()
        return _Under(said, {name: said.after.snapshot(name) for name in names}, results)

    def _stale(
        self, every: list[Said], under: Mapping[str, _Under], key: str | None, lost: Mapping[str, str]
    ) -> list[Picture]:
        """The pictures under other cells that changed."""
        found = []
        for said in every:
            cell = said.record.key
            if cell == key or cell not in under or cell not in self._under:
                continue
            old = self._under[cell]
            if old is under[cell]:
                continue
            notes = losses(said, lost)
            for name, snapshot in under[cell].snapshots.items():
                if name in old.snapshots and (old.snapshots[name] != snapshot or notes != losses(old.said, lost)):
                    found.append(picture_of(said, name, notes))
        return found

    def _moving(self, every: list[Said], under: Mapping[str, _Under], fresh: Sequence[Picture]) -> dict[str, Picture]:
        """All pictures that stand under cells and depend on sliders, in the order of the cells."""
        new = {picture.display_id: picture for picture in fresh}
        moving = (
            picture_of(said, name)
            for said in every
            if said.record.key in under
            for name in under[said.record.key].moving
        )
        known = (new.get(each.display_id) or self._pictures.get(each.display_id) or each for each in moving)
        return {picture.display_id: picture for picture in known}


class _Under:
    """What stands under a cell: a snapshot of every picture, what is printed, and sliders.

    `moving` are the pictures that depend on sliders, `loose` the sliders of the cell that no picture shows.
    """

    def __init__(self, said: Said, snapshots: dict[str, tuple[object, ...]], results: tuple[Result, ...]) -> None:
        self.said, self.snapshots, self.results = said, snapshots, results
        pictured = {name: said.after.sliders_of(name) for name in snapshots}
        self.moving = tuple(name for name, sliders in pictured.items() if sliders)
        self.loose = loose_sliders(said, [each for sliders in pictured.values() for each in sliders])

    @property
    def texts(self) -> tuple[str, ...]:
        """What is printed, as plain text."""
        return tuple(result.text for result in self.results)


def _current(every: list[Said]) -> Picture | None:
    """The current figure after the last cell, None while it is empty."""
    if not every or not every[-1].after.figure.visible:
        return None
    return picture_of(every[-1], every[-1].after.current)
