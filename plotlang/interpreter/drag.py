"""Sliders on their way: pictures in quick succession, before the notebook takes over where they come to rest."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, NamedTuple

from plotlang.interpreter.run import reports
from plotlang.marks.layout import redraw

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from plotlang.interpreter.fold import Said
    from plotlang.interpreter.outcome import Picture
    from plotlang.marks.layout import Worked
    from plotlang.model.budget import Budget
    from plotlang.model.session import Slider
    from plotlang.render.easel import Desk, Easel
    from plotlang.statements.kind import Result

SLOW = 0.01  # seconds; what takes longer to print waits until the slider rests
MOST_EASELS = 8  # each keeps the pixels of what stands still


@dataclass(frozen=True, slots=True, eq=False)
class Frame:
    """One picture of a drag: which one it is, and its new look as PNG, or as SVG where the notebook asks for that."""

    picture: Picture
    body: bytes | str


class Printed(NamedTuple):
    """A cell, and what it prints as plain text."""

    said: Said
    texts: tuple[str, ...]


class Easels:
    """The easels of the pictures that moved last."""

    def __init__(self) -> None:
        self._kept: dict[str, Easel] = {}
        self._desk: Desk | None = None

    def of(self, display_id: str) -> Easel:
        """The easel of a picture, a new one if it had none."""
        from plotlang.render.easel import Desk, Easel

        self._desk = self._desk or Desk()
        easel = self._kept.pop(display_id, None) or Easel(self._desk)
        self._kept[display_id] = easel
        while len(self._kept) > MOST_EASELS:
            del self._kept[next(iter(self._kept))]
        return easel


class Drag:
    """The pictures of a notebook as they stand, to be drawn again while sliders move.

    Nothing here changes the notebook.  The window of a picture, and where its legend stands, stay as they are.
    """

    def __init__(self, pictures: Mapping[str, Picture], printed: Mapping[str, Printed], easels: Easels) -> None:
        """`pictures`, and the cells with `printed` values, by their display ids, in the order of their cells."""
        self._pictures, self._printed, self._easels = pictures, printed, easels
        self._texts = {display_id: each.texts for display_id, each in printed.items()}
        self._slow: set[str] = set()
        self._sliders: dict[str, frozenset[Slider]] = {}
        self._last: dict[str, Worked] = {}
        self._moved: set[str] = set()

    def followers(self, moved: Iterable[Slider], hand: str = "") -> list[str]:
        """The display ids of the pictures that depend on one of these sliders.

        Frozen pictures have their own sliders.  First the picture under the hand, else the first one of a cell that
        defines such a slider, then the others.
        """
        sliders = frozenset(moved)
        moving = [name for name, picture in self._pictures.items() if not picture.freezes]
        found = [each for each in moving if not self._sliders_of(each).isdisjoint(sliders)]
        records = {record for record, _ in sliders}
        own = [each for each in found if self._pictures[each].cell_id in records]
        first = hand if hand in found else next(iter(own or found), "")
        return [first, *(each for each in found if each != first)] if first else []

    def printing(self) -> list[str]:
        """The display ids of printed values that may depend on sliders and are worked out quickly."""
        return [each for each in self._printed if each not in self._slow]

    def values(self, display_id: str, places: Mapping[Slider, float], budget: Budget) -> tuple[Result, ...]:
        """What a cell prints with sliders at these places; nothing if that is what it printed last.

        Raises `Stopped` when interrupted.
        """
        said, start = self._printed[display_id].said, budget.clock()
        results, _ = reports(replace(said, after=said.after.placed(places)), budget)
        if budget.clock() - start > SLOW:
            self._slow.add(display_id)
        texts = tuple(each.text for each in results)
        if texts == self._texts[display_id]:
            return ()
        self._texts[display_id] = texts
        return results

    def frame(self, display_id: str, places: Mapping[Slider, float], budget: Budget) -> Frame | None:
        """A picture with sliders at these places; None if there is none of this id any more.

        Raises `Stopped` when interrupted.
        """
        picture = self._pictures.get(display_id)
        if picture is None:
            return None
        self._moved.update(name for _, name in places)  # one that went back since has to be drawn there
        held, easel = self.worked(display_id), self._easels.of(display_id)
        if display_id not in self._last:
            easel.begin(held.drawing)
        worked = redraw(picture.session.placed(places), picture.name, budget, held, frozenset(self._moved))
        self._last[display_id] = worked
        if picture.format == "svg":
            from plotlang.render.picture import render_svg

            return Frame(picture, render_svg(worked.drawing))
        return Frame(picture, easel.png(worked.drawing))

    def worked(self, display_id: str) -> Worked:
        """A picture as it was drawn last."""
        return self._last.get(display_id) or self._pictures[display_id].worked

    def _sliders_of(self, display_id: str) -> frozenset[Slider]:
        if display_id not in self._sliders:
            self._sliders[display_id] = frozenset(each.slider for each in self._pictures[display_id].sliders)
        return self._sliders[display_id]
