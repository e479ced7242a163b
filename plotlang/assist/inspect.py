"""Inspection: what is known about a word, in Markdown."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from plotlang.language.diagnostics import LanguageError
from plotlang.language.mathtext import math_name, math_text
from plotlang.language.printer import print_expr
from plotlang.language.scope import CONSTANTS
from plotlang.language.source import canonical_word
from plotlang.model.budget import cell_budget
from plotlang.numerics.functions import FUNCTIONS, canonical
from plotlang.numerics.otherfunctions import OTHER_FUNCTIONS
from plotlang.statements import commands
from plotlang.statements.reference import documented, title_of
from plotlang.statements.values import definition_result, shown

if TYPE_CHECKING:
    from plotlang.model.session import Definition, Session
    from plotlang.statements.kind import Kind


def inspect(text: str, cursor: int, session: Session) -> str | None:
    """What is known about the word at `cursor` (or just before it); None when there is nothing to say."""
    word = word_at(text, cursor)
    if not word:
        return None
    name = canonical_word(word)
    if name in session.definitions:
        return _definition(session.definitions[name], session)
    kind = commands().get(word)
    if kind is not None and kind in documented():
        return _kind(kind)
    if name in OTHER_FUNCTIONS:
        other = OTHER_FUNCTIONS[name]
        return f"**{name}** — built-in function\n\n{other.summary}\n\n    {other.example}"
    function = canonical(name)
    if function is not None:
        each = FUNCTIONS[function]
        also = f"\n\nAlso written: {', '.join(f'`{alias}`' for alias in each.aliases)}" if each.aliases else ""
        return f"**{function}** — built-in function\n\n{each.summary}\n\n    {each.example}{also}"
    if name in CONSTANTS:
        return f"**{word}** — constant, {shown(CONSTANTS[name])}"
    return None


def word_at(text: str, cursor: int) -> str:
    """The word that the cursor touches, or the function in front of the bracket that it stands in."""
    for match in re.finditer(r"[^\W\d]\w*", text):
        if match.start() <= cursor <= match.end():
            return match[0]
    depth = 0
    for place in range(min(cursor, len(text)) - 1, -1, -1):
        if text[place] == "\n":
            return ""
        depth += {")": 1, "(": -1}.get(text[place], 0)
        if depth < 0:
            called = re.search(r"[^\W\d]\w*$", text[:place])
            return called[0] if called else ""
    return ""


def _definition(definition: Definition, session: Session) -> str:
    body, name = math_text(definition.body), math_name(definition.name)
    where = f"\n\nDefined in cell [{definition.cell}]." if definition.cell else ""
    if definition.parameters is not None:
        letters = ", ".join(definition.parameters)
        plain = f"    {definition.name}({letters}) = {print_expr(definition.body)}"
        typeset = rf"${name}({', '.join(math_name(each) for each in definition.parameters)}) = {body}$"
        return f"**{definition.name}** — function of this notebook\n\n{typeset}\n\n{plain}{where}"
    what = "number with a slider" if definition.kind == "parameter" else definition.kind
    try:
        value = definition_result(definition.name, session, cell_budget()).text
    except LanguageError as error:
        value = error.problem.message
    return f"**{definition.name}** — {what} of this notebook\n\n    {value}{where}"


def _kind(kind: Kind) -> str:
    forms = "\n".join(f"    {each}" for each in kind.usage)
    example = "\n".join(f"    {line}" for line in kind.examples[0].splitlines()) if kind.examples else ""
    return f"**{title_of(kind)}** — command\n\n{kind.summary}\n\n{forms}" + (
        f"\n\nExample:\n\n{example}" if example else ""
    )
