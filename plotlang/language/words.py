"""Words: which known names a run of letters falls into, and what to say when it falls into none."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from plotlang.language.diagnostics import FollowUp, LanguageError, nearest
from plotlang.language.source import GREEK

if TYPE_CHECKING:
    from plotlang.language.scope import Names
    from plotlang.language.syntax import Span

MOST_LETTERS = 40
FOREIGN = {
    "sen": "sin", "seno": "sin", "sinus": "sin", "cosinus": "cos", "cosin": "cos", "kosinus": "cos", "tg": "tan",
    "tang": "tan", "tangens": "tan", "ctg": "cot", "cotg": "cot", "ctan": "cot", "cotan": "cot", "arctg": "arctan",
    "arcsen": "arcsin", "wurzel": "sqrt", "racine": "sqrt", "raiz": "sqrt", "sqr": "sqrt", "rad": "sqrt",
    "root2": "sqrt", "betrag": "abs", "avg": "mean", "average": "mean", "mittelwert": "mean", "std": "sd",
    "stdev": "sd", "len": "length", "size": "length", "count": "length", "int": "floor",
    "sgn": "sign", "signum": "sign", "ceiling": "ceil", "fact": "factorial", "binom": "nCr", "choose": "nCr",
    "ncr": "nCr", "product": "prod", "somme": "sum", "summe": "sum", "pow": "x^2", "fmod": "mod", "infinity": "inf",
    "inverse": "1/x", "deg": "degrees", "arcus": "arctan", "exponential": "exp", "logarithm": "log", "sqroot": "sqrt",
    "scatter": "points", "point": "points", "regression": "fit", "triangle": "polygon", "rectangle": "polygon",
    "zeros": "roots", "zeroes": "roots", "nullstellen": "roots", "zero": "roots", "intersection": "intersect",
    "intersections": "intersect", "schnittpunkt": "intersect", "derivative": "f'(x)", "integrate": "integral",
    "squareroot": "sqrt", "cuberoot": "cbrt", "absolute_value": "abs", "modulus": "abs",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a word: a known name, a new letter, or digits behind a glued function."""

    text: str
    kind: str  # "name", "function", "new" or "number"


def is_letter(word: str) -> bool:
    """Whether a word is a single letter, or a letter with an index such as a_1."""
    return len(word) == 1 or (len(word) >= 3 and word[1] == "_" and "_" not in word[2:])


def pieces(word: str, names: Names, span: Span, *, called: bool = False) -> tuple[Piece, ...]:
    """What a word stands for: one name, a product of known names, or new letters; `LanguageError` otherwise."""
    role = names.role(word)
    if role is not None:
        return (Piece(word, "function" if role == "function" else "name"),)
    if is_letter(word):
        return (Piece(word, "new"),)
    found = glued(word, names)
    if found is not None:
        return found
    if len(word) == 2 and word.isalpha() and word[0] != word[1] and not clash(word, names):
        if names.role(word[0]) == "function":
            raise LanguageError(f"{word[0]} is a function", span, suggestion=f"write {word[0]}({word[1]})")
        letters = [{"π": "pi", "τ": "tau"}.get(each, each) for each in word]
        return tuple(Piece(each, "name" if names.role(each) else "new") for each in letters)
    raise unknown(word, names, span, called=called)


def clash(word: str, names: Names) -> str | None:
    """A known name that differs from the word only by case."""
    for each in names.roles:
        if each != word and each.lower() == word.lower():
            return each
    return None


def glued(word: str, names: Names) -> tuple[Piece, ...] | None:
    """The word as known names side by side, longest names first; None if it is not made of them."""
    return _Splitter(word, names).rest(0) if len(word) <= MOST_LETTERS else None


class _Splitter:
    """Splits one word from left to right; what was tried at a place is remembered."""

    def __init__(self, word: str, names: Names) -> None:
        self.word, self.names = word, names
        self.known: dict[int, tuple[Piece, ...] | None] = {}

    def rest(self, start: int) -> tuple[Piece, ...] | None:
        """The pieces from a place to the end."""
        if start == len(self.word):
            return ()
        if start not in self.known:
            stops = range(len(self.word), start, -1)
            found = (self.pieces_from(start, stop) for stop in stops)
            self.known[start] = next((each for each in found if each is not None), None)
        return self.known[start]

    def pieces_from(self, start: int, stop: int) -> tuple[Piece, ...] | None:
        """The pieces when the first one ends at `stop`."""
        part = self.word[start:stop]
        part = GREEK.get(part, "pi" if part == "π" else part)
        role = self.names.role(part)
        if role is None or role == "table":
            return None
        if role == "function":
            return self.function(part, stop)
        tail = self.rest(stop)
        return None if tail is None else (Piece(part, "name"), *tail)

    def function(self, part: str, stop: int) -> tuple[Piece, ...] | None:
        """A function at the end of the word, or a built-in one before digits and one variable."""
        if stop == len(self.word):
            return (Piece(part, "function"),)
        behind = self.argument(stop) if self.names.is_builtin(part) and len(part) > 1 else None
        return None if behind is None else (Piece(part, "function"), *behind)

    def argument(self, start: int) -> tuple[Piece, ...] | None:
        """Digits and one variable, up to the end of the word."""
        tail = self.word[start:]
        letters = tail.lstrip("0123456789")
        digits = tail[: len(tail) - len(letters)]
        number = (Piece(digits, "number"),) if digits else ()
        if not letters:
            return number or None
        if len(letters) == 1 and self.names.role(letters) in ("coordinate", "value", "bound"):
            return (*number, Piece(letters, "name"))
        return None


def unknown(  # noqa: C901 - one case per situation
    word: str, names: Names, span: Span, *, called: bool = False
) -> LanguageError:
    """What to say about a word that means nothing."""
    if word in names.broken:
        return FollowUp(f"{word} is not defined", span)
    if len(word) > MOST_LETTERS:
        return LanguageError(f"I don't know {word[:MOST_LETTERS]}…", span, why=f"a word of {len(word)} letters")
    other = clash(word, names)
    if word in ("X", "Y") and names.role(word.lower()) == "coordinate":
        low = word.lower()
        return LanguageError(f"{word} is not the axis {low}", span, suggestion=f"write {low}", replacement=low)
    if other is not None:
        return LanguageError(
            f"{word} is not defined, but {other} is", span, suggestion=f"did you mean {other}?", replacement=other
        )
    head = word.rstrip("0123456789")
    if head != word and names.role(head) in ("coordinate", "value", "bound"):
        digits = word[len(head) :]
        return LanguageError(
            f"I don't know {word}", span,
            suggestion=f"write {digits}{head} for a product or {head}^{digits} for a power",
        )  # fmt: skip
    if word in FOREIGN:
        meant: tuple[str, ...] = (FOREIGN[word],)
    elif word.lower() in FOREIGN:
        meant = (FOREIGN[word.lower()],)
    else:
        spellings = names.vocabulary.spellings
        meant = tuple(dict.fromkeys(spellings.get(each, each) for each in nearest(word, names.suggestions())))
    message = f"I don't know the function {word}" if called else f"I don't know {word}"
    if not meant:
        hint = f"define it first: {word}(x) = …" if called else f"define it first: {word} = …"
        return LanguageError(message, span, suggestion=hint)
    shown = [f"{each} (cell [{names.origins[each]}])" if names.origins.get(each) else each for each in meant]
    safe = (
        len(word) > 3
        or word in FOREIGN
        or sorted(word) == sorted(meant[0])
        or meant[0].startswith(word)
        or word.startswith(meant[0])
    )
    known = meant[0] in names.roles or names.is_builtin(meant[0])
    only = meant[0] if len(meant) == 1 and known and safe else None
    return LanguageError(message, span, why=f"did you mean {' or '.join(shown)}?", replacement=only)
