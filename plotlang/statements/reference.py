"""The one source of help: texts made from the list of kinds and the table of functions."""

from __future__ import annotations

from textwrap import wrap
from typing import TYPE_CHECKING

from plotlang.language.words import is_letter
from plotlang.numerics.functions import FUNCTIONS, canonical
from plotlang.numerics.otherfunctions import OTHER_FUNCTIONS

if TYPE_CHECKING:
    from plotlang.statements.kind import Kind

WIDTH = 78
_ROOMS = {
    "formulas": "Formulas", "sliders": "Sliders", "values": "Values", "commands": "Commands", "settings": "Settings",
    "lessons": "Lessons",
}  # fmt: skip


def documented() -> tuple[Kind, ...]:
    """The kinds that users should know, in the order of the list."""
    from plotlang.statements import KINDS

    return tuple(kind for kind in KINDS if kind.summary)


def title_of(kind: Kind) -> str:
    """What a kind is called: its first form, or its command words."""
    return ", ".join(kind.words) if kind.words else kind.usage[0]


def kind_text(word: str) -> str | None:
    """Help on a command word, or on a kind of formula by its form."""
    for kind in documented():
        if word in kind.words or word in kind.usage:
            return _text(kind)
    return None


def _text(kind: Kind) -> str:
    forms = "\n".join(f"    {each}" for each in kind.usage)
    example = "\n".join(f"    {line}" for line in kind.examples[0].splitlines()) if kind.examples else ""
    return f"{title_of(kind)}\n{kind.summary}\n\n{forms}" + (f"\n\nexample:\n{example}" if example else "")


def function_text(word: str) -> str | None:
    """Help on a built-in function."""
    other = OTHER_FUNCTIONS.get(word)
    if other is not None:
        return f"{other.name}\n{other.summary}\n\nexample:\n    {other.example}"
    name = canonical(word)
    if name is None:
        return None
    function = FUNCTIONS[name]
    also = f"\nalso written: {', '.join(function.aliases)}" if function.aliases else ""
    return f"{name}\n{function.summary}\n\nexample:\n    {function.example}{also}"


def overview() -> str:
    """All forms by room, and the names of all functions."""
    lines = ["A line is a formula or a short command.", "help and a word says more, for example: help range", ""]
    for room, title in _ROOMS.items():
        kinds = [kind for kind in documented() if kind.room == room]
        if not kinds:
            continue
        lines.append(title)
        for kind in kinds:
            lines += [
                f"    {kind.usage[0]}",
                *wrap(kind.summary, WIDTH, initial_indent=" " * 8, subsequent_indent=" " * 8),
            ]
        lines.append("")
    names = " ".join(sorted(name for name in {*FUNCTIONS, *OTHER_FUNCTIONS} if not is_letter(name)))
    return "\n".join([*lines, "Functions", *_indented(names, 4)])


def _indented(text: str, blanks: int) -> list[str]:
    return wrap(text, WIDTH, initial_indent=" " * blanks, subsequent_indent=" " * blanks)


def examples_text() -> str:
    """One example of every kind, ready to be pasted."""
    blocks = [f"# {title_of(kind)}\n{kind.examples[0]}" for kind in documented() if kind.examples]
    return "\n\n".join(blocks)


def topics() -> list[str]:
    """Everything that help knows."""
    return [*(word for kind in documented() for word in kind.words), *FUNCTIONS, *OTHER_FUNCTIONS]


def markdown() -> str:
    """The reference page: every kind with its forms and examples, and every function."""
    lines = [
        "# Reference",
        "",
        "Made by `plotlang reference` from the same source as `help` and completion. The tests run every example.",
        "",
    ]
    for room, title in _ROOMS.items():
        lines += [f"## {title}", ""]
        for kind in documented():
            if kind.room == room:
                lines += _section(kind)
    lines += ["## Functions", "", "| function | meaning | example | also written |", "|---|---|---|---|"]
    for function in FUNCTIONS.values():
        also = ", ".join(f"`{each}`" for each in function.aliases)
        lines.append(f"| `{function.name}` | {function.summary} | `{function.example}` | {also} |")
    lines += ["", "### Of lists, points and curves", "", "| function | meaning | example |", "|---|---|---|"]
    lines += [f"| `{each.name}` | {each.summary} | `{each.example}` |" for each in OTHER_FUNCTIONS.values()]
    return "\n".join(lines) + "\n"


def _section(kind: Kind) -> list[str]:
    forms = [f"    {each}" for each in kind.usage]
    examples = [line for example in kind.examples for line in ("```plotlang fresh", *example.splitlines(), "```", "")]
    return [f"### {title_of(kind)}", "", kind.summary, "", *forms, "", *examples]
