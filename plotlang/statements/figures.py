"""Figures: new figure, figure "n", figures, clear, reset, cumulative."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import pyparsing as pp

from plotlang.language.diagnostics import LanguageError
from plotlang.model.figure import Figure
from plotlang.model.session import Session
from plotlang.statements.fragments import COUNT, NAME, STRING, word
from plotlang.statements.kind import Kind, Result, Statement

if TYPE_CHECKING:
    from plotlang.language.reading import Reading
    from plotlang.model.budget import Budget

MOST_FIGURES = 200


@dataclass(frozen=True, slots=True)
class GoToFigure(Statement):
    """Another figure becomes the current one; a fresh one empty."""

    name: str | None = None
    fresh: bool = False

    def apply(self, session: Session) -> Session:
        figures = dict(session.figures)
        name = self.name or next_name(session)
        if name not in figures and len(figures) >= MOST_FIGURES:
            raise LanguageError(f"a notebook holds at most {MOST_FIGURES} figures")
        if self.fresh or name not in figures:
            figures[name] = Figure(name)
        touched = session.touched if self.fresh else session.touched | {name}
        return replace(session, figures=figures, current=name, touched=touched)


def next_name(session: Session) -> str:
    """The first number that no figure has as its name; the empty first figure is used up first."""
    if not session.figure.marks and session.current.isdigit() and not session.touched:
        return session.current
    number = 1
    while str(number) in session.figures:
        number += 1
    return str(number)


class NewFigure(Kind):
    """new figure."""

    words = ("new",)
    usage = ("new figure", 'new figure "name"')
    summary = "Starts an empty figure; names and sliders stay, curves and view start fresh."
    examples = ('y = x\nnew figure "waves"\ny = sin(x)',)

    def grammar(self) -> pp.ParserElement:
        """The word figure and perhaps a name."""
        return word("new") + word("figure") + pp.Optional(STRING("name") | COUNT("number") | NAME("word"))

    def build(self, parts: Any, reading: Reading) -> Statement:
        """The new figure."""
        del reading
        return GoToFigure(_name(parts), fresh=True)


def _name(parts: Any) -> str | None:
    if "name" in parts:
        text = parts["name"]
        if not text.value.strip() or len(text.value) > 80:
            raise LanguageError("a figure's name has 1 to 80 characters", text.span)
        return str(text.value)
    if "word" in parts:
        return str(parts["word"].text)
    return str(parts["number"]) if "number" in parts else None


class FigureCommand(Kind):
    """figure."""

    words = ("figure",)
    usage = ('figure "name"', "figure 1")
    summary = "Goes back to a figure, or starts it."
    examples = ('y = x\nnew figure "waves"\ny = sin(x)\nfigure 1\ny = x^2',)

    def grammar(self) -> pp.ParserElement:
        """Its name or number."""
        return word("figure") + (STRING("name") | COUNT("number") | NAME("word"))

    def build(self, parts: Any, reading: Reading) -> Statement:
        """The figure to go to."""
        del reading
        return GoToFigure(_name(parts))


@dataclass(frozen=True, slots=True)
class ListFigures(Statement):
    """The figures are listed; nothing changes."""

    def apply(self, session: Session) -> Session:
        return session

    def report(self, session: Session, budget: Budget) -> tuple[Result, ...]:
        """One line a figure."""
        del budget
        lines = []
        for name, figure in session.figures.items():
            here = "  ← current" if name == session.current else ""
            objects = len(figure.visible)
            lines.append(f'figure "{name}": {objects} object{"" if objects == 1 else "s"}{here}')
        return (Result("\n".join(lines), name="figures"),)


class Figures(Kind):
    """figures."""

    words = ("figures",)
    usage = ("figures",)
    summary = "Lists the figures of the notebook."
    examples = ("y = x\nfigures",)

    def grammar(self) -> pp.ParserElement:
        """The word alone."""
        return word("figures")

    def build(self, parts: Any, reading: Reading) -> Statement:
        """The listing."""
        del parts, reading
        return ListFigures()


@dataclass(frozen=True, slots=True)
class Clear(Statement):
    """The current figure is empty from here on."""

    def apply(self, session: Session) -> Session:
        return session.with_figure(Figure(session.current))


@dataclass(frozen=True, slots=True)
class Reset(Statement):
    """Everything is forgotten from here on."""

    def apply(self, session: Session) -> Session:
        return Session(cell=session.cell, record=session.record)


class ClearCommand(Kind):
    """clear, reset."""

    words = ("clear", "reset")
    usage = ("clear", "reset")
    summary = "clear empties the current figure from here on; reset forgets everything from here on."
    examples = ("y = x\nclear\ny = x^2", "a = 2\nreset\ny = x")

    def grammar(self) -> pp.ParserElement:
        """The word alone."""
        return word("clear", "reset")("word")

    def build(self, parts: Any, reading: Reading) -> Statement:
        """Which of the two."""
        del reading
        return Clear() if parts["word"] == "clear" else Reset()


FIGURE_KINDS: tuple[Kind, ...] = (NewFigure(), FigureCommand(), Figures(), ClearCommand())
