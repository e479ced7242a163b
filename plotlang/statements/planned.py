"""Command words that are kept for what can't be done yet: refused clearly, never misread."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pyparsing as pp

from plotlang.language.diagnostics import LanguageError
from plotlang.statements.kind import Kind, Statement

if TYPE_CHECKING:
    from plotlang.language.reading import Reading

PLANNED_WORDS = tuple("cobweb trace save export load listen fix beside seal test".split())


class Planned(Kind):
    """Commands that are not there yet."""

    words = PLANNED_WORDS

    def grammar(self) -> pp.ParserElement:
        """The word, and anything behind it."""
        return pp.Regex(r"[^\W\d]\w*")("word") + pp.Suppress(pp.Regex(r"(?s).*"))

    def build(self, parts: Any, reading: Reading) -> Statement:
        """Always raises `LanguageError`."""
        del reading
        raise LanguageError(f"{parts['word']} is not there yet", suggestion="help lists what there is")
