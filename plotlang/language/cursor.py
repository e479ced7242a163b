"""A place in the tokens of a line, and steps from it."""

from __future__ import annotations

from plotlang.language.diagnostics import LanguageError
from plotlang.language.source import CLOSING, RESERVED, Token
from plotlang.language.syntax import (
    Span,
)


class Cursor:
    """The tokens of a line and the place of the next one.

    `tight` ends an expression at a blank outside brackets; so do the words in `stops`.
    """

    def __init__(
        self, line: tuple[Token, ...], place: int = 0, *, tight: bool = False, stops: frozenset[str] = frozenset()
    ) -> None:
        self.stops = stops
        self.line, self.place = line, place
        self.start = place
        self.tight = tight  # a blank outside brackets ends the expression
        self.depth = 0
        self.bars: list[int] = []

    @property
    def token(self) -> Token:
        while self.depth and self.line[self.place].kind == "newline":
            self.place += 1
        return self.line[self.place]

    def at(self, *texts: str) -> bool:
        """Whether the next token is one of these operators or words."""
        token = self.token
        return token.text in texts and token.kind in ("operator", "word")

    def take(self) -> Token:
        """The next token, stepping over it (and over line ends behind an operator)."""
        token = self.token
        if token.kind != "end":
            self.place += 1
        return token

    def expect(self, text: str, opened: Token) -> Token:
        """Step over the closing partner of an opening bracket."""
        if self.at(text):
            return self.take()
        token = self.token
        if token.kind in ("end", "newline") or (token.kind == "operator" and token.text in CLOSING):
            raise LanguageError("an opening bracket is never closed", opened.span, suggestion=f"add {text} behind it")
        if token.text == ",":
            raise LanguageError("a comma does not fit here", token.span, suggestion="a decimal number has a point: 0.5")
        raise LanguageError(f"I expected {text} before this", token.span)

    def skip_lines(self) -> None:
        """Step over line ends: the statement goes on."""
        while self.line[self.place].kind == "newline":
            self.place += 1

    def ends_here(self, token: Token) -> bool:
        """Whether a blank ends a tight expression before this token."""
        return self.tight and self.depth == 0 and token.spaced and self.place > self.start

    def calls_mod(self) -> bool:
        """Whether the next word is the function in ``mod(7, 3)``, where a value is expected."""
        behind = self.line[self.place + 1]
        return self.token.text == "mod" and behind.text == "(" and not behind.spaced

    def is_reserved(self) -> bool:
        """Whether the next word has a meaning of its own inside lines; ``step(`` is the function."""
        token, behind = self.token, self.line[self.place + 1]
        return token.text in RESERVED | self.stops and not (
            token.text == "step" and behind.text == "(" and not behind.spaced
        )


def unexpected(token: Token) -> LanguageError:
    """What to say about a token that nothing takes."""
    if token.kind == "operator" and token.text in CLOSING:
        return LanguageError(
            "a closing bracket has no partner", token.span, suggestion="delete it or add an opening one"
        )
    if token.text == ",":
        return LanguageError("a comma does not fit here", token.span, suggestion="a decimal number has a point: 0.5")
    if token.text == "=":
        return LanguageError("more than one = in a line", token.span, suggestion="write one equation a line")
    if token.kind == "word" and token.text in RESERVED:
        return LanguageError(f"the word {token.text} does not fit here", token.span)
    return LanguageError(f"I can't read the line from here on: {token.text}", Span(token.span.start, token.span.end))
