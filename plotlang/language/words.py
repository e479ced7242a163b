"""Words: which known names a run of letters falls into, and what to say when it falls into none."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from plotlang.language.diagnostics import FollowUp, LanguageError, nearest
from plotlang.language.source import GREEK
from plotlang.language.syntax import Span

if TYPE_CHECKING:
    from plotlang.language.scope import Names

FOREIGN = {
    "sen": "sin", "seno": "sin", "sinus": "sin", "cosinus": "cos", "cosin": "cos", "kosinus": "cos", "tg": "tan",
    "tang": "tan", "tangens": "tan", "ctg": "cot", "cotg": "cot", "ctan": "cot", "cotan": "cot", "arctg": "arctan",
    "arcsen": "arcsin", "wurzel": "sqrt", "racine": "sqrt", "raiz": "sqrt", "sqr": "sqrt", "rad": "sqrt",
    "root2": "sqrt", "betrag": "abs", "avg": "mean", "average": "mean", "mittelwert": "mean", "std": "sd",
    "stdev": "sd", "len": "length", "size": "length", "count": "length", "int": "floor", "integrate": "integral",
    "sgn": "sign", "signum": "sign", "ceiling": "ceil", "fact": "factorial", "binom": "nCr", "choose": "nCr",
    "ncr": "nCr", "product": "prod", "somme": "sum", "summe": "sum", "pow": "x^2", "fmod": "mod", "infinity": "inf",
    "inverse": "1/x", "deg": "degrees", "arcus": "arctan", "exponential": "exp", "logarithm": "log", "sqroot": "sqrt",
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
        return tuple(Piece(each, "name" if names.role(each) else "new") for each in word)
    raise unknown(word, names, span, called=called)


def clash(word: str, names: Names) -> str | None:
    """A known name that differs from the word only by case."""
    for each in names.roles:
        if each != word and each.lower() == word.lower():
            return each
    return None


def glued(word: str, names: Names) -> tuple[Piece, ...] | None:
    """The word as known names side by side, longest names first; None if it is not made of them."""

    @lru_cache(maxsize=None)
    def rest(start: int) -> tuple[Piece, ...] | None:
        if start == len(word):
            return ()
        for stop in range(len(word), start, -1):
            part = word[start:stop]
            part = GREEK.get(part, "pi" if part == "π" else part)
            role = names.role(part)
            if role is None or role == "table":
                continue
            if role == "function":
                behind = argument(stop) if names.is_builtin(part) and len(part) > 1 else None
                if stop == len(word):
                    return (Piece(part, "function"),)
                if behind is not None:
                    return (Piece(part, "function"), *behind)
                continue
            tail = rest(stop)
            if tail is not None:
                return (Piece(part, "name"), *tail)
        return None

    def argument(start: int) -> tuple[Piece, ...] | None:
        stop = start
        while stop < len(word) and word[stop].isdigit():
            stop += 1
        digits = (Piece(word[start:stop], "number"),) if stop > start else ()
        if stop == len(word):
            return digits or None
        if stop + 1 == len(word) and names.role(word[stop]) in ("coordinate", "value", "bound"):
            return (*digits, Piece(word[stop], "name"))
        return None

    return rest(0) if len(word) <= 40 else None


def unknown(word: str, names: Names, span: Span, *, called: bool = False) -> LanguageError:
    """What to say about a word that means nothing."""
    if word in names.broken:
        return FollowUp(f"{word} is not defined", span)
    if word in names.planned:
        return LanguageError(f"{word} is not there yet", span, suggestion="help lists what there is")
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
        meant = nearest(word, names.suggestions())
    message = f"I don't know the function {word}" if called else f"I don't know {word}"
    if not meant:
        hint = f"define it first: {word}(x) = …" if called else f"define it first: {word} = …"
        return LanguageError(message, span, suggestion=hint)
    shown = [f"{each} (cell [{names.origins[each]}])" if names.origins.get(each) else each for each in meant]
    only = meant[0] if len(meant) == 1 and (meant[0] in names.roles or names.is_builtin(meant[0])) else None
    return LanguageError(message, span, why=f"did you mean {' or '.join(shown)}?", replacement=only)
