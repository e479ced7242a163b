"""Which names a line may use, and what each of them is."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Literal, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

Role: TypeAlias = Literal["coordinate", "constant", "value", "function", "table", "bound"]

CONSTANTS = {"pi": 3.141592653589793, "tau": 6.283185307179586, "e": 2.718281828459045, "inf": float("inf")}
LIST_FUNCTIONS = frozenset("length total mean median sd var min max sort unique join corr".split())
BINDERS = frozenset("sum prod integral max min mean limit".split())
GEOMETRY_FUNCTIONS = frozenset("distance midpoint".split())
CURVE_FUNCTIONS = {
    "roots": (1, 3), "extrema": (1, 3), "maxima": (1, 3), "minima": (1, 3), "inflections": (1, 3),
    "asymptotes": (1, 1), "intersect": (2, 4), "solve": (1, 3), "slope": (2, 2), "tangent": (2, 3), "normal": (2, 3),
    "secant": (3, 4), "area": (3, 4), "riemann": (4, 4),
}  # fmt: skip
"""Functions whose first value is a function, and how many values each takes."""
LIST_RESULTS = frozenset("roots extrema maxima minima inflections asymptotes intersect solve sort unique join".split())
"""Functions that give a list."""
DRAWN_AT = {"tangent": 3, "normal": 3, "secant": 4}
"""Functions that are lines: how many values they have with the last, the place on the line (x if left out)."""


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The built-in functions: how many values each takes, and every accepted spelling."""

    arity: Mapping[str, tuple[int, int]]
    spellings: Mapping[str, str]

    def canonical(self, word: str) -> str | None:
        """The canonical name of a built-in function, or None; capital letters are accepted."""
        if word in self.arity:
            return word
        if word in self.spellings:
            return self.spellings[word]
        if word.startswith("log_") and len(word) > len("log_"):
            return word
        lower = word.lower()
        if len(word) > 1 and lower in self.arity:
            return lower
        return self.spellings.get(lower) if len(word) > 1 else None


@dataclass(frozen=True, slots=True)
class Names:
    """The names that a line may use.

    `roles` says what each is, `arity` how many values each function of the notebook takes, `origins` in which cell
    it was defined (for messages).  `strict` forbids new letters (they would become sliders).
    `shapes` says which values are points or lists, `signatures` how functions were written, such as f(x).  `broken`
    names belong to a line of the same cell that is wrong.
    """

    vocabulary: Vocabulary
    roles: Mapping[str, Role] = field(default_factory=dict)
    arity: Mapping[str, int] = field(default_factory=dict)
    origins: Mapping[str, str] = field(default_factory=dict)
    shapes: Mapping[str, str] = field(default_factory=dict)
    signatures: Mapping[str, str] = field(default_factory=dict)
    strict: bool = False
    broken: frozenset[str] = frozenset()

    def role(self, word: str) -> Role | None:
        """What a word is, or None when it means nothing yet."""
        if word in self.roles:
            return self.roles[word]
        if word in CONSTANTS:
            return "constant"
        return "function" if self.vocabulary.canonical(word) else None

    def is_builtin(self, word: str) -> bool:
        """Whether a word is a built-in function and nothing of the notebook hides it."""
        return word not in self.roles and self.vocabulary.canonical(word) is not None

    def with_bound(self, names: Iterable[str]) -> Names:
        """The same names with bound variables added, which hide others of the same name."""
        roles = dict(self.roles)
        roles.update(dict.fromkeys(names, "bound"))
        return replace(self, roles=roles)

    def with_coordinates(self, *names: str) -> Names:
        """The same names with coordinates added."""
        roles = dict(self.roles)
        roles.update(dict.fromkeys(names, "coordinate"))
        return replace(self, roles=roles)

    def suggestions(self) -> list[str]:
        """Known words for suggestions: those of the notebook first."""
        return [
            *self.roles,
            *sorted(self.vocabulary.arity),
            *CONSTANTS,
            *sorted(BINDERS),
            *sorted(self.vocabulary.spellings),
        ]
