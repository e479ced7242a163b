"""help, examples, version: what there is, from the one list of kinds."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pyparsing as pp

from plotlang.language.diagnostics import LanguageError, nearest
from plotlang.language.source import canonical_word
from plotlang.statements.fragments import word
from plotlang.statements.kind import Kind, Result, Statement

if TYPE_CHECKING:
    from plotlang.language.reading import Reading
    from plotlang.model.budget import Budget
    from plotlang.model.session import Session


@dataclass(frozen=True, slots=True)
class Tell(Statement):
    """Text is printed; nothing changes."""

    text: str = ""

    def apply(self, session: Session) -> Session:
        return session

    def report(self, session: Session, budget: Budget) -> tuple[Result, ...]:
        """The text."""
        del session, budget
        return (Result(self.text, name="help"),)


class Help(Kind):
    """help, examples, version."""

    words = ("help", "examples", "version")
    usage = ("help", "help range", "help sin", "examples", "version")
    summary = "Explains a command or a function, or lists all of them."
    examples = ("help range", "help sin", "version")

    def grammar(self) -> pp.ParserElement:
        """The word to explain, if any."""
        return word(*self.words)("word") + pp.Optional(pp.Regex(r"\S+(?: \S+)*")("about"))

    def build(self, parts: Any, reading: Reading) -> Statement:
        """The text, made now."""
        from plotlang.statements.reference import examples_text, function_text, kind_text, overview
        from plotlang.version import __version__

        if parts["word"] == "version":
            return Tell(f"plotlang {__version__}")
        if parts["word"] == "examples":
            return Tell(examples_text())
        about = parts.get("about", "").strip()
        if not about:
            return Tell(overview())
        found = kind_text(about) or function_text(canonical_word(about))
        if found is None and about in reading.names.roles:
            found = f"{about} is a name of this notebook; names lists them all"
        if found is None:
            from plotlang.statements.reference import topics

            meant = nearest(about, topics())
            hint = f"did you mean help {meant[0]}?" if meant else "help alone lists everything"
            raise LanguageError(f"there is no help for {about}", suggestion=hint)
        return Tell(found)
