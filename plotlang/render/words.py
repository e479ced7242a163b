"""User text made safe to draw, and mathtext as plain text where it can't be typeset."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import Final, Protocol

MAX_CHARACTERS: Final = 200
_SYMBOLS: Final = {
    "cdot": "·", "times": "×", "pi": "π", "leq": "≤", "le": "≤", "geq": "≥", "ge": "≥", "neq": "≠", "ne": "≠",
    "infty": "∞", "sqrt": "√", "pm": "±", "to": "→", "in": "∈", "alpha": "α", "beta": "β", "gamma": "γ", "delta": "δ",
    "epsilon": "ε", "varepsilon": "ε", "theta": "θ", "lambda": "λ", "mu": "μ", "rho": "ρ", "sigma": "σ", "tau": "τ",
    "varphi": "φ", "phi": "φ", "psi": "ψ", "omega": "ω", "Delta": "Δ", "Omega": "Ω", "Sigma": "Σ",
    "left": "", "right": "", "mathrm": "", "operatorname": "", "text": "", "frac": "", "dfrac": "", "quad": " ",
}  # fmt: skip


def cleaned(text: str, limit: int = MAX_CHARACTERS) -> str:
    """One line without control characters and surrogates, cut to `limit` characters."""
    if len(text) <= limit and text.isprintable():
        return text.strip()
    line = "".join(" " if char.isspace() else char for char in text[: 4 * limit] if _drawable(char)).strip()
    return line if len(line) <= limit else line[: limit - 1] + "…"


def _drawable(char: str) -> bool:
    return char.isspace() or unicodedata.category(char) not in ("Cc", "Cf", "Cs", "Cn", "Co")


def plain(formula: str) -> str:
    """Mathtext as readable plain text: commands become symbols or their own names, braces go."""
    text = formula[: 4 * MAX_CHARACTERS]
    text = re.sub(r"\\(begin|end)\{[^{}]*\}", "", text)
    text = re.sub(r"\\d?frac\{([^{}]*)\}\{([^{}]*)\}", r"(\1)/(\2)", text)
    text = re.sub(r"\\([A-Za-z]+)", lambda found: _SYMBOLS.get(found[1], found[1]), text)
    text = re.sub(r"\\[,;:! ]", " ", text)
    return cleaned(re.sub(r"[{}\\$]", "", text))


class Measure(Protocol):
    """How large a line of text is at a font size: width, height, and depth below the base line, in CSS pixels.

    Raises an exception of any class for mathtext that can't be typeset.
    """

    def __call__(self, text: str, size: float, *, math: bool) -> tuple[float, float, float]:
        """The measures of the text."""
        ...


@dataclass(frozen=True, slots=True)
class Typeset:
    """A line of text ready to be drawn, and its size in CSS pixels."""

    text: str
    size: float
    math: bool
    width: float
    height: float
    depth: float


def typeset(formula: str, label: str | None, size: float, measure: Measure) -> Typeset:
    """The user's label as it stands, else the formula as mathtext, else the formula as plain text."""
    if label is None and formula and len(formula) <= MAX_CHARACTERS:
        try:
            return _typeset(formula.replace("'", r"\prime "), size, measure, math=True)
        except Exception:  # noqa: BLE001, S110  matplotlib's parser fails in many ways
            pass
    return line(plain(formula) if label is None else cleaned(label), size, measure)


def line(text: str, size: float, measure: Measure) -> Typeset:
    """Plain text, already cleaned."""
    return _typeset(text, size, measure, math=False)


def _typeset(text: str, size: float, measure: Measure, *, math: bool) -> Typeset:
    width, height, depth = measure(text, size, math=math) if text else (0.0, 0.0, 0.0)
    return Typeset(text, size, math, width, height, depth)


def fitted(text: str, size: float, width: float, measure: Measure) -> Typeset:
    """Plain text that is at most `width` CSS pixels wide: made up to a quarter smaller, then cut."""
    text = cleaned(text)
    found = line(text, size, measure)
    if found.width <= width:
        return found
    size *= max(0.75, width / found.width)
    found = line(text, size, measure)
    while found.width > width * 1.001 and len(text) > 1:
        text = text[: min(len(text) - 1, int(len(text) * width / found.width))].rstrip("… ")
        found = line(text + "…", size, measure)
    return found
