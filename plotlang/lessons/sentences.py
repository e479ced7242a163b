"""The sentences of feedback about shifts and stretches."""

from __future__ import annotations

from dataclasses import dataclass

from plotlang.lessons.numbers import number

UPSIDE_DOWN = "upside down (check the sign in front)"


@dataclass(frozen=True, slots=True)
class Words:
    """Words for curves y = f(x), or with the axes exchanged (`turned`) for x = f(y)."""

    turned: bool = False

    @property
    def variable(self) -> str:
        """The name of the axis that the function goes along."""
        return "y" if self.turned else "x"

    @property
    def value(self) -> str:
        """The name of the axis of its values."""
        return "x" if self.turned else "y"

    def off(self, right: float, above: float) -> str:
        """Where a curve lies that is moved: "4 too far left", "1 too far left and 3 too low"."""
        if self.turned:
            right, above = above, right
        parts = []
        if right != 0:
            parts.append(f"{number(abs(right))} too far {'right' if right > 0 else 'left'}")
        if above != 0:
            parts.append(f"{number(abs(above))} too {'high' if above > 0 else 'low'}")
        return " and ".join(parts)

    def shifted(self, right: float, above: float) -> str:
        """A whole sentence about a shift."""
        return f"right shape, but {self.off(right, above)}"

    def across(self) -> str:
        """A curve reflected so that its values change their sign."""
        return f"reflected in the {self.variable}-axis"

    def along(self) -> str:
        """A curve reflected so that its variable changes its sign."""
        return f"reflected in the {self.value}-axis"

    def stretched(self, up: float) -> str:
        """A curve whose values are too large by a factor."""
        return f"stretched by {number(up)} in {self.value}-direction"

    def widened(self, wide: float) -> str:
        """A curve that is too wide by a factor."""
        return f"stretched by {number(wide)} in {self.variable}-direction"
