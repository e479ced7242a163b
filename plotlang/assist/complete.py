"""Completion: what could be typed at a place of a cell."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from plotlang.language.scope import CONSTANTS
from plotlang.language.source import GREEK, canonical_word
from plotlang.model.palette import PALETTES
from plotlang.numerics.functions import FUNCTIONS
from plotlang.numerics.otherfunctions import OTHER_FUNCTIONS
from plotlang.statements import commands
from plotlang.statements.data import columns_in
from plotlang.statements.fragments import STYLE_WORDS
from plotlang.statements.reference import documented

if TYPE_CHECKING:
    from collections.abc import Iterable

    from plotlang.model.session import Session


WITH_FORMULAS = frozenset("table range xrange yrange ticks expect target answer".split())
"""Commands behind which formulas stand."""


@dataclass(frozen=True, slots=True)
class Match:
    """One word that fits, and what it is: function, parameter, value, command, constant, keyword or style."""

    text: str
    type: str


@dataclass(frozen=True, slots=True)
class Completion:
    """The words that fit in the place of the characters `start` to `end`."""

    matches: tuple[Match, ...]
    start: int
    end: int


def complete(text: str, cursor: int, session: Session) -> Completion:
    """What could be typed at `cursor` (in characters), best first; names of the notebook come first."""
    before = text[:cursor]
    slash = re.search(r"\\(\w*)$", before)
    if slash is not None:
        found = [Match(letter, "constant") for name, letter in GREEK_NAMES.items() if name.startswith(slash[1])]
        return Completion(tuple(found), slash.start(), cursor)
    member = re.search(r"([^\W\d]\w*)\.(\w*)$", before)
    inside = _members(text, canonical_word(member[1]), session) if member is not None else ()
    if member is not None and inside:
        fitting = tuple(Match(each, "value") for each in inside if _fits(each, member[2]))
        return Completion(fitting, member.start(2), cursor)
    word = re.search(r"[^\W\d]\w*$", before)
    typed = word[0] if word else ""
    line = re.split(r"[\n;]", before)[-1]
    found = [each for each in _candidates(line[: len(line) - len(typed)], session) if _fits(each.text, typed)]
    first: dict[str, Match] = {}
    for each in found:
        first.setdefault(each.text, each)
    return Completion(tuple(first.values()), cursor - len(typed), cursor)


GREEK_NAMES = {"pi": "π", "tau": "τ", "infinity": "∞", **GREEK}


def _fits(word: str, typed: str) -> bool:
    return word.startswith(typed) or (len(typed) > 1 and word.lower().startswith(typed.lower()))


def _candidates(line: str, session: Session) -> list[Match]:
    """The words for this context: `line` is what stands on the line before the word."""
    head = line.split()
    if re.search(r"\bwith\b[^\"]*$", line) or (head and head[0] in ("style", "color")):
        styles = [Match(each, "style") for each in STYLE_WORDS]
        return (_names(session) + styles) if len(head) == 1 and head[0] in ("style", "color") else styles
    if head and head[0] in commands():
        found = _behind_command(head[0], session)
        return found + (_formula_words(session) if head[0] in WITH_FORMULAS else [])
    if not line.strip():
        return [*_names(session), *_commands(), *_formula_words(session)]
    keywords = [
        Match(each, "keyword") for each in ("for", "in", "on", "with", "if", "else", "and", "or", "not", "step")
    ]
    return [*_names(session), *_formula_words(session), *keywords]


def _names(session: Session) -> list[Match]:
    kinds = {"function": "function", "parameter": "parameter"}
    return [Match(each.name, kinds.get(each.kind, "value")) for each in session.definitions.values()]


def _members(text: str, name: str, session: Session) -> tuple[str, ...]:
    """What can stand behind the point of a name: the columns of a table, the coordinates of a point."""
    written = columns_in(text, name)
    if written:
        return written
    definition = session.definitions.get(name)
    if definition is None or definition.kind not in ("table", "point"):
        return ()
    return tuple(column for column, _ in definition.columns) or ("x", "y")


def _commands() -> list[Match]:
    return [Match(word, "command") for kind in documented() for word in kind.words]


def _formula_words(session: Session) -> list[Match]:
    found = [Match(name, "function") for name in (*FUNCTIONS, *OTHER_FUNCTIONS)]
    constants = [Match(name, "constant") for name in CONSTANTS]
    return [*_names(session), *found, *constants]


def _work(word: str, session: Session) -> Iterable[str]:
    """The tasks or questions that a command of a lesson may be about."""
    return session.lesson.questions if word == "reply" else session.lesson.tasks


def _behind_command(word: str, session: Session) -> list[Match]:
    """The words of the command's own forms, and what it is about."""
    kind = commands()[word]
    forms = [re.sub(r'"[^"]*"', "", usage) for usage in kind.usage if usage.startswith(word)]
    words = {each for form in forms for each in re.findall(r"[A-Za-z]{2,}", form)[1:]}
    found = [Match(each, "keyword") for each in sorted(words)]
    if word == "palette":
        return [Match(each, "style") for each in PALETTES]
    if word in ("help", "examples"):
        return [*_commands(), *(Match(name, "function") for name in (*FUNCTIONS, *OTHER_FUNCTIONS))]
    if word in ("check", "hint", "reveal", "reply"):
        return [Match(each, "value") for each in _work(word, session)]
    if word in ("hide", "show", "remove", "forget", "label", "slider", "style"):
        found = _names(session) + found
    return found
