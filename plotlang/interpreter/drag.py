"""Sliders on their way: pictures in quick succession, before the notebook takes over where they come to rest."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from plotlang.marks.layout import redraw

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from plotlang.interpreter.outcome import Picture
    from plotlang.marks.layout import Worked
    from plotlang.model.budget import Budget
    from plotlang.model.session import Slider
    from plotlang.render.easel import Easel

MOST_EASELS = 8  # each keeps the pixels of what stands still


@dataclass(frozen=True, slots=True, eq=False)
class Frame:
    """One picture of a drag: which one it is, and its new look as PNG, or as SVG where the notebook asks for that."""

    picture: Picture
    body: bytes | str


class Easels:
    """The easels of the pictures that moved last."""

    def __init__(self) -> None:
        self._kept: dict[str, Easel] = {}

    def of(self, display_id: str) -> Easel:
        """The easel of a picture, a new one if it had none."""
        from plotlang.render.easel import Easel

        easel = self._kept.pop(display_id, None) or Easel()
        self._kept[display_id] = easel
        while len(self._kept) > MOST_EASELS:
            del self._kept[next(iter(self._kept))]
        return easel


class Drag:
    """The pictures of a notebook as they stand, to be drawn again while sliders move.

    Nothing here changes the notebook.  The window of a picture, and where its legend stands, stay as they are.
    """

    def __init__(self, pictures: Mapping[str, Picture], easels: Easels) -> None:
        """`pictures` by their display ids, in the order of their cells."""
        self._pictures, self._easels = pictures, easels
        self._sliders: dict[str, frozenset[Slider]] = {}
        self._last: dict[str, Worked] = {}

    def followers(self, moved: Iterable[Slider], hand: str = "") -> list[str]:
        """The display ids of the pictures that depend on one of these sliders.

        First the picture under the hand, else the first one of a cell that defines such a slider, then the others.
        """
        sliders = frozenset(moved)
        found = [each for each in self._pictures if not self._sliders_of(each).isdisjoint(sliders)]
        records = {record for record, _ in sliders}
        own = [each for each in found if self._pictures[each].cell_id in records]
        first = hand if hand in found else next(iter(own or found), "")
        return [first, *(each for each in found if each != first)] if first else []

    def frame(self, display_id: str, places: Mapping[Slider, float], budget: Budget) -> Frame | None:
        """A picture with sliders at these places; None if there is none of this id any more.

        Raises `Stopped` when interrupted.
        """
        picture = self._pictures.get(display_id)
        if picture is None:
            return None
        names = frozenset(name for _, name in places)
        held = self._last.get(display_id) or picture.worked
        worked = redraw(picture.session.placed(places), picture.name, budget, held, names)
        self._last[display_id] = worked
        if picture.format == "svg":
            from plotlang.render.picture import render_svg

            return Frame(picture, render_svg(worked.drawing))
        return Frame(picture, self._easels.of(display_id).png(worked.drawing))

    def _sliders_of(self, display_id: str) -> frozenset[Slider]:
        if display_id not in self._sliders:
            self._sliders[display_id] = frozenset(each.slider for each in self._pictures[display_id].sliders)
        return self._sliders[display_id]
