"""The text of a cell: its tokens, and places in it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING

from plotlang.language.diagnostics import Diagnostic, LanguageError, Problem
from plotlang.language.syntax import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

RESERVED = frozenset("for in on at from to with as if else and or not mod step within between".split())

SUPERSCRIPTS = dict(zip("⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻ⁿˣ", "0123456789+-nx", strict=True))
SUBSCRIPTS = dict(zip("₀₁₂₃₄₅₆₇₈₉", "0123456789", strict=True))
GREEK = dict(
    pair.split(":")
    for pair in (
        "alpha:α beta:β gamma:γ delta:δ epsilon:ε zeta:ζ eta:η theta:θ iota:ι kappa:κ lambda:λ mu:μ nu:ν xi:ξ "
        "rho:ρ sigma:σ phi:φ chi:χ psi:ψ omega:ω Gamma:Γ Delta:Δ Theta:Θ Lambda:Λ Xi:Ξ Sigma:Σ Phi:Φ Psi:Ψ Omega:Ω"
    ).split()
)
SPELLINGS = {"π": "pi", "τ": "tau", "∞": "inf", "Π": "prod", "ϕ": "φ", "ϑ": "θ", "ϵ": "ε", "µ": "μ"}
SYMBOLS = {
    **dict.fromkeys("−–—", "-"),
    **dict.fromkeys("·×⋅∙", "*"),
    "÷": "/", "≤": "<=", "≥": ">=", "≠": "!=", "…": "..", "**": "^", "&": "and", "∧": "and", "∨": "or", "¬": "not",
    "∈": "in", "′": "'", "″": "''", "’": "'", "→": "->",
}  # fmt: skip
FRACTIONS = {"½": (1, 2), "¼": (1, 4), "¾": (3, 4), "⅓": (1, 3), "⅔": (2, 3), "⅛": (1, 8)}

_LETTER = "A-Za-zΑ-ΡΣ-Ωα-ωϕϑϵµ"
_TOKEN = re.compile(
    rf"""
    (?P<blank>[ \t\u00a0\u2000-\u200f\u202f\u205f\u2060\u3000\ufeff]+ | \\[ \t]*\r?\n)
  | (?P<comment>\#[^\n\r]*)
  | (?P<newline>\r\n|\n|\r|\u2028|\u2029)
  | (?P<number>(?:\d+(?:\.(?!\.)\d*)?|\.\d+)(?:[eE][+\-−]?\d+)?)
  | (?P<word>(?:(?:np|numpy|math)\.(?=[A-Za-z]))?(?:[{_LETTER}][{_LETTER}0-9_]*[₀-₉]*|[∞ΠΣ∑∏∫]))
  | (?P<string>"[^"\n]*"|“[^”"\n]*[”"])
  | (?P<super>[⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻ⁿˣ]+)
  | (?P<operator>\*\*|<=|>=|==|!=|//|->|\.\.\.?|[-+*/^=<>~!%°'()\[\]{{}}|,:;.±≈√∛∜−–—·×⋅∙÷≤≥≠…&∧∨¬∈′″’→½¼¾⅓⅔⅛])
    """,
    re.VERBOSE,
)

OPENING = {"(": ")", "[": "]", "{": "}"}
CLOSING = frozenset(OPENING.values())
CONTINUES = frozenset("+ - * / ^ = < <= > >= == != ~ ≈ ± // , and or with not if else mod ->".split())


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of a line; `text` is in canonical spelling, `spaced` tells of a blank in front."""

    kind: str
    text: str
    span: Span
    spaced: bool = False


@dataclass(frozen=True, slots=True)
class Source:
    """The text of one statement; `offset` is where it starts in the text of its cell."""

    text: str
    offset: int = field(default=0, compare=False)


def canonical_word(text: str) -> str:
    """A word in the spelling that the rest of the language uses: `theta` is θ, `π` is pi, `a₁` is a_1."""
    if "." in text:
        text = text.split(".", 1)[1]
    text = SPELLINGS.get(text, text)
    match text:
        case "Σ" | "∑":
            return "sum"
        case "∏":
            return "prod"
        case "∫":
            return "integral"
    head, under, tail = text.partition("_")
    if under and head in GREEK:
        return f"{GREEK[head]}_{tail}"
    if any(each in SUBSCRIPTS for each in text):
        digits = "".join(SUBSCRIPTS.get(each, "") for each in text)
        return "".join(each for each in text if each not in SUBSCRIPTS) + "_" + digits
    return GREEK.get(text, text)


@lru_cache(maxsize=4096)
def tokens(text: str) -> tuple[Token, ...]:
    """The tokens of a text, newlines among them and an `end` last; raises `LanguageError` at a strange character."""
    found = tuple(scan(text))
    bad = next((token for token in found if token.kind == "bad"), None)
    if bad is not None:
        raise _strange(text, bad.span.start)
    return found


def scan(text: str, position: int = 0) -> Iterator[Token]:
    """The tokens of a text from a place on; a character that no token starts with is one of kind `bad`."""
    spaced = False
    while position < len(text):
        match = _TOKEN.match(text, position)
        if match is None:
            yield Token("bad", text[position], Span(position, position + 1), spaced)
            position, spaced = position + 1, False
            continue
        kind, raw, span = match.lastgroup or "", match.group(), Span(position, match.end())
        position = match.end()
        if kind not in ("blank", "comment"):
            yield Token(kind, _canonical(kind, raw), span, spaced)
        spaced = kind in ("blank", "comment", "newline")
    yield Token("end", "", Span(len(text), len(text)), spaced)


def _canonical(kind: str, raw: str) -> str:
    if kind == "word":
        return canonical_word(raw)
    if kind == "operator":
        return SYMBOLS.get(raw, ".." if raw == "..." else raw)
    if kind == "number":
        return raw.replace("−", "-")
    if kind == "super":
        return "".join(SUPERSCRIPTS[each] for each in raw)
    if kind == "string":
        return raw[1:-1]
    return raw


def _strange(text: str, position: int) -> LanguageError:
    character, span = text[position], Span(position, position + 1)
    if character in '"“':
        return LanguageError("this text is never closed", span, suggestion='write a second " at its end')
    if character == "\\":
        return _backslash(text, position)
    if not character.isprintable():
        return LanguageError(
            f"there is an invisible character here (U+{ord(character):04X})", span, suggestion="delete it"
        )
    hints = {"$": "write the formula without $", "@": "", "?": "write help and a word, for example help range",
             "`": "", "‖": "write |x|", "€": 'units belong in labels: xlabel "…"', "'": ""}  # fmt: skip
    return LanguageError(f"I don't know the character {character}", span, suggestion=hints.get(character, ""))


_TEX = {
    "frac": "write a fraction with a slash: (a + b)/c", "cdot": "write *", "times": "write *", "left": "leave it out",
    "right": "leave it out", "leq": "write <=", "geq": "write >=", "le": "write <=", "ge": "write >=",
    "neq": "write !=",
    "infty": "write inf", "int": "write integral(t^2 for t in 0..1)", "sqrt": "write sqrt(x)", "pm": "write ±",
}  # fmt: skip
_TEX_NAMES = frozenset(
    "pi tau sin cos tan sec csc cot arcsin arccos arctan sinh cosh tanh exp ln log lg max min".split()
)


def _backslash(text: str, position: int) -> LanguageError:
    """What to say about a backslash and the word behind it."""
    name = re.match(r"\\([A-Za-z]*)", text[position:])
    word = name[1] if name else ""
    span = Span(position, position + 1 + len(word))
    known = word in GREEK or word in _TEX_NAMES
    hint = f"write {word}" if known else _TEX.get(word, "leave it out")
    message = "a backslash is no part of a formula"
    return LanguageError(message, span, suggestion=hint, replacement=word if known else None)


def moved(problem: Problem, offset: int) -> Problem:
    """The problem with its span moved by an offset."""
    span = Span(problem.span.start + offset, problem.span.end + offset)
    return Problem(problem.message, span, problem.why, problem.suggestion, problem.replacement)


def locate(problem: Problem, text: str, cell: str = "") -> Diagnostic:
    """The problem (spans of `text`) as a diagnostic with line, column and the line's text."""
    start = min(problem.span.start, len(text))
    if not text[start:].strip():
        start = max(0, len(text[:start].rstrip()) - (start < len(text)))
    first = text.rfind("\n", 0, start) + 1
    last = text.find("\n", first)
    last = len(text) if last < 0 else last
    source = text[first:last].rstrip("\r")
    column = start - first
    width = max(1, min(problem.span.end, first + len(source)) - start)
    fix = ""
    if problem.replacement is not None:
        fix = (source[:column] + problem.replacement + source[column + max(0, problem.span.end - start) :]).strip()
    window = max(0, column - 60) if len(source) > 110 else 0
    shown = source[window : window + 110]
    if window:
        shown = "…" + shown[1:]
    if window + 110 < len(source):
        shown = shown[:-1] + "…"
        fix = fix if len(fix) <= 200 else ""
    return Diagnostic(
        problem.message, problem.why, problem.suggestion, fix,
        text.count("\n", 0, start) + 1, column - window + 1, min(width, max(1, len(shown) - column + window)),
        _visible(shown), cell,
    )  # fmt: skip


def _visible(text: str) -> str:
    """The text with control and direction characters replaced, one for one, so that it shows what is there."""
    return "".join(each if each.isprintable() else " " if each == "\t" else "\ufffd" for each in text)
