"""How objects look and whether they are seen: style, color, label, hide, show, remove, undo."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

import pyparsing as pp

from plotlang.language.diagnostics import LanguageError, nearest
from plotlang.language.syntax import Text, Word
from plotlang.model.figure import Figure, Mark, Style
from plotlang.statements.fragments import COUNT, STRING, STYLE, WHICH, read_style, word
from plotlang.statements.kind import Kind, Statement

if TYPE_CHECKING:
    from plotlang.language.reading import Reading
    from plotlang.model.session import Session

Which = int | Word | Text | None


def find_mark(figure: Figure, which: Which, *, of: str) -> Mark:
    """The object that a name, a label or a legend number means; the only curve when nothing is said.

    Raises `LanguageError` when there is none, or more than one that could be meant.
    """
    curves = figure.curves
    if which is None:
        if len(curves) == 1:
            return curves[0]
        some = f"this figure has {len(curves)}" if curves else "this figure has none"
        hint = f"write its name or number, for example {of} 1" if curves else "draw one first: y = sin(x)"
        raise LanguageError("which curve?", why=some, suggestion=hint)
    if isinstance(which, int):
        if 1 <= which <= len(curves):
            return curves[which - 1]
        raise LanguageError(f"there is no curve {which}", why=f"this figure has {len(curves)}")
    text = which.text if isinstance(which, Word) else which.value
    for mark in reversed(figure.marks):
        if text in (mark.name, mark.style.label, mark.key, mark.reading):
            return mark
    known = [name for mark in figure.marks for name in (mark.name, mark.style.label) if name]
    meant = nearest(text, known)
    hint = f"did you mean {meant[0]}?" if meant else "names and numbers stand in the legend"
    raise LanguageError(f"this figure has no {text}", which.span, suggestion=hint)


@dataclass(frozen=True, slots=True)
class Restyle(Statement):
    """One object gets another style."""

    which: Which = None
    style: Style = field(default_factory=Style)

    def apply(self, session: Session) -> Session:
        figure = session.figure
        mark = find_mark(figure, self.which, of="style")
        return session.with_figure(figure.changed(mark.key, {"style": self.style.over(mark.style)}), touch=True)


class StyleCommand(Kind):
    """style."""

    words = ("style",)
    usage = ("style f red dashed thick", "style 2 width 3 faint", "style red")
    summary = "Changes the looks of a curve, named or by its number in the legend."
    examples = ("f(x) = sin(x)\nstyle f red dashed thick", "y = x\ny = x^2\nstyle 2 green dotted")

    def grammar(self) -> pp.ParserElement:
        """Pieces: the first may say which curve."""
        return (
            word("style") + pp.Optional(pp.Regex(r"\d+(?=\s)").set_parse_action(lambda t: int(t[0]))("number")) + STYLE
        )

    def build(self, parts: Any, reading: Reading) -> Statement:
        """The style for one curve."""
        pieces = list(parts["style"])
        which: Which = parts.get("number")
        if which is None and isinstance(pieces[0], Word) and not _is_style(pieces[0], reading):
            which = pieces.pop(0)
        if not pieces:
            raise LanguageError("style needs words", suggestion="for example: style f red dashed")
        return Restyle(which, read_style(pieces))


def _is_style(piece: Word, reading: Reading) -> bool:
    from plotlang.statements.fragments import STYLE_WORDS

    return piece.text in STYLE_WORDS and piece.text not in reading.names.roles


class Color(Kind):
    """color."""

    words = ("color", "colour")
    usage = ("color f green", 'color 2 "#0a7"')
    summary = "Gives a curve another colour."
    examples = ("y = x\ny = x^2\ncolor 2 green",)

    def grammar(self) -> pp.ParserElement:
        """Which curve, and the colour."""
        return word("color", "colour") + WHICH("which") + pp.Optional(STYLE)

    def build(self, parts: Any, reading: Reading) -> Statement:
        """The colour for one curve."""
        del reading
        pieces, which = list(parts.get("style", [])), parts["which"]
        if not pieces:
            pieces, which = [which], None
        if len(pieces) == 1 and isinstance(pieces[0], Text):
            pieces = [Word("color"), pieces[0]]
        style = read_style(pieces)
        if style.color is None:
            raise LanguageError("this is no colour", suggestion='a colour word or "#0a7"')
        return Restyle(which, Style(color=style.color))


class Label(Kind):
    """label."""

    words = ("label",)
    usage = ('label f "height"', 'label 2 "room"')
    summary = "Names a curve in the legend."
    examples = ('y = 20\nlabel 1 "room"',)

    def grammar(self) -> pp.ParserElement:
        """Which curve, and the text."""
        return word("label") + pp.Optional(WHICH("which") + pp.FollowedBy(STRING)) + STRING("text")

    def build(self, parts: Any, reading: Reading) -> Statement:
        """The label for one curve."""
        del reading
        return Restyle(parts.get("which"), Style(label=parts["text"].value))


@dataclass(frozen=True, slots=True)
class Visibility(Statement):
    """Objects are hidden, shown again, or removed."""

    how: str = "hide"
    which: tuple[Any, ...] = ()

    def apply(self, session: Session) -> Session:
        figure = session.figure
        if not self.which:
            return self.everything(session)
        for each in self.which:
            if self.how == "show" and (drawn := self.drawn(each, session)) is not None:
                session = drawn
            else:
                mark = find_mark(session.figure, each, of=self.how)
                figure = session.figure
                changed = figure.without(mark.key) if self.how == "remove" else figure.changed(
                    mark.key, {"visible": self.how == "show"}
                )  # fmt: skip
                session = session.with_figure(changed, touch=True)
        return session

    def everything(self, session: Session) -> Session:
        figure = session.figure
        if self.how == "remove":
            marks: tuple[Mark, ...] = ()
        elif self.how == "show":
            if not figure.marks:
                raise LanguageError("this figure is empty", suggestion="draw something first: y = sin(x)")
            marks = tuple(replace(mark, visible=True) for mark in figure.marks)
        else:
            marks = tuple(replace(mark, visible=False) for mark in figure.marks)
        return session.with_figure(replace(figure, marks=marks), touch=True)

    def drawn(self, which: Any, session: Session) -> Session | None:
        """A function or point of the notebook that is not in this figure yet, drawn."""
        from plotlang.statements.curves import draw
        from plotlang.statements.define import function_mark

        if not isinstance(which, Word) or any(mark.name == which.text for mark in session.figure.marks):
            return None
        definition = session.definitions.get(which.text)
        if definition is None:
            return None
        if definition.parameters is not None and len(definition.parameters) == 1:
            return draw(function_mark(which.text), session)
        return None


class Hide(Kind):
    """hide, show, remove."""

    words = ("hide", "show", "remove")
    usage = ("hide f", "hide 2", "hide", "show f", "show", "remove 2", "remove last")
    summary = "Hides curves, shows them again (or a function that was not drawn), or takes them out of the figure."
    examples = ("f(x) = x^2\ny = x\nhide f", "let p(x) = x^3\nshow p", "y = x\ny = x^2\nremove last")

    def grammar(self) -> pp.ParserElement:
        """Which ones, separated by blanks or commas."""
        more = pp.Group(pp.ZeroOrMore(pp.Suppress(pp.Optional(",")) + WHICH))
        return word(*self.words)("how") + more("which")

    def build(self, parts: Any, reading: Reading) -> Statement:
        """The objects by name or number."""
        del reading
        which = tuple(parts.get("which", ()))
        if parts["how"] == "remove":
            if not which:
                raise LanguageError("remove what?", suggestion="remove last, remove 2, remove f; clear removes all")
            if len(which) == 1 and isinstance(which[0], Word) and which[0].text == "last":
                return Undo(1)
        if len(which) == 1 and isinstance(which[0], Word) and which[0].text == "all":
            which = ()
        if parts["how"] == "show" and which and isinstance(which[0], Word) and which[0].text == "asymptotes":
            from plotlang.statements.view import ChangeView

            return ChangeView((("asymptotes", True),))
        return Visibility(parts["how"], which)


@dataclass(frozen=True, slots=True)
class Undo(Statement):
    """The newest objects are taken out of the figure."""

    count: int = 1

    def apply(self, session: Session) -> Session:
        figure = session.figure
        if not figure.marks:
            raise LanguageError("there is nothing to take back", why="this figure is empty")
        kept = figure.marks[: max(0, len(figure.marks) - self.count)]
        return session.with_figure(replace(figure, marks=kept), touch=True)


class UndoCommand(Kind):
    """undo."""

    words = ("undo",)
    usage = ("undo", "undo 2")
    summary = "Takes the newest object (or several) out of the current figure."
    examples = ("y = x\ny = x^2\nundo",)

    def grammar(self) -> pp.ParserElement:
        """How many."""
        return word("undo") + pp.Optional(COUNT("count"))

    def build(self, parts: Any, reading: Reading) -> Statement:
        """The number of objects."""
        del reading
        return Undo(max(1, parts.get("count", 1)))


LOOK_KINDS: tuple[Kind, ...] = (StyleCommand(), Color(), Label(), Hide(), UndoCommand())
