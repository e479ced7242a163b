"""What a kind of statement must say about itself, and what every statement can do."""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, ClassVar

if TYPE_CHECKING:
    import pyparsing as pp

    from plotlang.language.reading import Reading
    from plotlang.language.scope import Role
    from plotlang.model.budget import Budget
    from plotlang.model.lesson import Feedback
    from plotlang.model.session import Session


@dataclass(frozen=True, slots=True)
class Declared:
    """A name that a line will define: all lines of a cell know it, whatever their order."""

    name: str
    role: Role
    arity: int = 0
    shape: str = "number"
    signature: str = ""


@dataclass(frozen=True, slots=True)
class Result:
    """Something a cell prints.

    `text` is plain; `latex` and `html` (may be empty) say the same nicer.  `name` is the word of the statement, or
    the formula whose value it is, and `numbers` are the bare values.  `feedback` is what a check says.
    """

    text: str
    latex: str = ""
    html: str = ""
    name: str = ""
    numbers: tuple[float, ...] = ()
    feedback: tuple[Feedback, ...] = ()


@dataclass(frozen=True, slots=True)
class Statement(ABC):
    """A line that was understood.  `apply` is all of its meaning; `report` is what it prints."""

    notes: tuple[str, ...] = field(default=(), kw_only=True)
    reading: str = field(default="", kw_only=True)

    @abstractmethod
    def apply(self, session: Session) -> Session:
        """The session after this line; raises `LanguageError` when the line can't take effect."""

    def remarks(self, session: Session) -> tuple[str, ...]:
        """Notes on how the line was understood, given the session behind it."""
        del session
        return self.notes

    def report(self, session: Session, budget: Budget) -> tuple[Result, ...]:
        """What the line prints, given the session at the end of its cell."""
        del session, budget
        return ()

    @property
    def keys(self) -> tuple[str, ...]:
        """The marks that the line draws."""
        return ()

    @property
    def handles(self) -> tuple[str, ...]:
        """The sliders that the line wants shown."""
        return ()

    @property
    def page(self) -> str:
        """Text for the pager (help), empty for most."""
        return ""


class Kind(ABC):
    """One kind of statement: how it is written, and how a line of it becomes a `Statement`.

    `words` are the command words that start it (none for formulas), `usage` its forms, `summary` one sentence,
    `examples` whole cells that work.
    """

    words: ClassVar[tuple[str, ...]] = ()
    usage: ClassVar[tuple[str, ...]] = ()
    summary: ClassVar[str] = ""
    examples: ClassVar[tuple[str, ...]] = ()
    room: ClassVar[str] = "commands"

    @abstractmethod
    def grammar(self) -> pp.ParserElement:
        """What stands on the line, in pyparsing; its tokens go to `build`."""

    @abstractmethod
    def build(self, parts: Any, reading: Reading) -> Statement:
        """The statement, from the tokens of the grammar, with the names known now."""

    def declares(self, parts: Any) -> tuple[Declared, ...]:
        """The names that the line will define."""
        del parts
        return ()
