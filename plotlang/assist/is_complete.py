"""Whether a cell can be run as it stands, or a console should wait for more lines."""

from __future__ import annotations

from plotlang.language.blocks import outside_blocks
from plotlang.language.diagnostics import LanguageError
from plotlang.language.source import CLOSING, CONTINUES, OPENING, tokens


def is_complete(text: str) -> tuple[str, str]:
    """The status complete, incomplete or invalid, and the indent for the next line.

    An open bracket, an operator or backslash at the end, and a data block without its end wait for more.
    """
    text, waits = outside_blocks(text)
    if waits:
        return "incomplete", ""
    try:
        line = [token for token in tokens(text) if token.kind not in ("newline", "end")]
    except LanguageError:
        return "invalid", ""
    if not line:
        return "complete", ""
    depth = sum((token.text in OPENING) - (token.text in CLOSING) for token in line if token.kind == "operator")
    if depth > 0:
        return ("complete", "") if text.endswith("\n\n") else ("incomplete", "  ")
    last_line = text.rstrip().rsplit("\n", 1)[-1].split("#")[0].rstrip()
    waits = line[-1].text in CONTINUES and line[-1].kind in ("operator", "word")
    return ("incomplete", "  ") if waits or last_line.endswith("\\") else ("complete", "")
