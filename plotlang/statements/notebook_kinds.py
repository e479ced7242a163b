"""Names, and what holds for the whole notebook: names, forget, settings, describe."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import pyparsing as pp

from plotlang.language.diagnostics import LanguageError, nearest
from plotlang.language.printer import print_expr
from plotlang.language.syntax import Fitted, Number, Text, Word
from plotlang.model.palette import PALETTES
from plotlang.statements.fragments import NAME, word
from plotlang.statements.kind import Kind, Result, Statement

if TYPE_CHECKING:
    from plotlang.language.reading import Reading
    from plotlang.model.budget import Budget
    from plotlang.model.session import Definition, Session


@dataclass(frozen=True, slots=True)
class ChangeSetting(Statement):
    """One setting of the notebook gets another value."""

    changes: tuple[tuple[str, Any], ...] = ()

    def apply(self, session: Session) -> Session:
        return replace(session, settings=replace(session.settings, **dict(self.changes)))


class Setting(Kind):
    """settings."""

    words = ("angle", "log", "cumulative", "palette", "auto", "format", "hidpi")
    usage = (
        "angle degrees", "angle radians", "log base 10", "log base e", "cumulative off", "cumulative on",
        "palette default", "palette bw", "palette petroff", "palette tactile", "auto sliders off", "auto sliders on",
        "format svg", "format png", "hidpi on", "hidpi off",
    )  # fmt: skip
    summary = "Settings that hold for the whole notebook from here on."
    examples = (
        "angle degrees\nsin(30)",
        "log base 10\nlog(1000)",
        "palette bw\ny = x\ny = x^2",
        "cumulative off\ny = x",
    )
    room = "settings"

    def grammar(self) -> pp.ParserElement:
        """The setting and its value."""
        switch = word("on", "off")("value")
        return pp.MatchFirst(
            [
                pp.Keyword("angle")("name") + word("degrees", "radians", "degree", "radian")("value"),
                pp.Keyword("log")("name")
                + pp.Suppress(pp.Keyword("base"))
                + (pp.Keyword("10") | pp.Keyword("e"))("value"),
                pp.Keyword("auto")("name") + pp.Suppress(pp.Keyword("sliders")) + switch,
                pp.Keyword("palette")("name") + NAME("value"),
                pp.Keyword("format")("name") + word("png", "svg")("value"),
                word("cumulative", "hidpi")("name") + switch,
            ]
        )

    def build(self, parts: Any, reading: Reading) -> Statement:
        """The setting."""
        del reading
        name, value = parts["name"], parts["value"]
        match name:
            case "angle":
                change: tuple[str, Any] = ("degrees", value.startswith("degree"))
            case "log":
                change = ("log_base_ten", value == "10")
            case "auto":
                change = ("auto_sliders", value == "on")
            case "hidpi":
                change = ("density", 2 if value == "on" else 1)
            case "palette":
                change = ("palette", self.palette(value))
            case "format":
                change = ("format", value)
            case _:
                change = (name, value == "on")
        return ChangeSetting((change,))

    def palette(self, value: Word) -> str:
        """The name of a palette; raises `LanguageError` for one that does not exist."""
        if value.text in PALETTES:
            return value.text
        meant = nearest(value.text, PALETTES)
        hint = f"did you mean {meant[0]}?" if meant else "palettes are " + ", ".join(PALETTES)
        raise LanguageError(f"there is no palette {value.text}", value.span, suggestion=hint)


@dataclass(frozen=True, slots=True)
class ListNames(Statement):
    """The names are listed; nothing changes."""

    def apply(self, session: Session) -> Session:
        return session

    def report(self, session: Session, budget: Budget) -> tuple[Result, ...]:
        """One line a name, as it could be typed, and the cell it comes from."""
        from plotlang.statements.values import definition_result, shown

        if not session.definitions:
            return (Result("no names yet", name="names"),)
        rows = []
        for definition in session.definitions.values():
            if definition.kind == "parameter" and isinstance(definition.body, Number):
                step = "" if definition.step is None else f" step {shown(definition.step)}"
                line = (
                    f"{definition.name} = {shown(definition.body.value)} in {shown(definition.low)}"
                    f"..{shown(definition.high)}{step}"
                ).replace("−", "-")
            elif isinstance(definition.body, Fitted):
                value = definition_result(definition.name, session, budget).numbers[0]
                line = f"{definition.name} = {shown(value)}  # fitted".replace("−", "-")
            elif definition.kind == "table" and isinstance(definition.body, Text):
                line = f"{definition.reading or f'# data {definition.name}'}  # {definition.body.value}"
            elif definition.parameters is not None:
                line = f"{definition.name}({', '.join(definition.parameters)}) = {print_expr(definition.body)}"
            else:
                line, comment = f"{definition.name} = {print_expr(definition.body)}", ""
                try:
                    text = definition_result(definition.name, session, budget).text
                    comment = text.removeprefix(line).removeprefix(" = ")
                except LanguageError as error:
                    comment = error.problem.message
                line = f"{line}  # {comment}" if comment and comment != text_of(definition) else line
            rows.append((line, definition.cell))
        width = min(60, max(len(line) for line, _ in rows))
        text = "\n".join(f"{line:<{width}}  # cell [{cell}]" if cell else line for line, cell in rows)
        return (Result(text, name="names"),)


def text_of(definition: Definition) -> str:
    """The whole line of a definition that is its own value."""
    return f"{definition.name} = {print_expr(definition.body)}"


class NamesCommand(Kind):
    """names."""

    words = ("names",)
    usage = ("names",)
    summary = "Lists all names with their values, as lines that can be pasted, and where they come from."
    examples = ("a = 2\nf(x) = a x\nnames",)

    def grammar(self) -> pp.ParserElement:
        """The word alone."""
        return word("names")

    def build(self, parts: Any, reading: Reading) -> Statement:
        """The listing."""
        del parts, reading
        return ListNames()


@dataclass(frozen=True, slots=True)
class Forget(Statement):
    """Names lose their meaning from here on."""

    names: tuple[Word, ...] = ()

    def apply(self, session: Session) -> Session:
        for each in self.names:
            if each.text not in session.definitions:
                meant = nearest(each.text, session.definitions)
                hint = f"did you mean {meant[0]}?" if meant else ""
                raise LanguageError(f"{each.text} is not defined", each.span, suggestion=hint)
            session = session.forget(each.text)
        return session


class ForgetCommand(Kind):
    """forget."""

    words = ("forget",)
    usage = ("forget a", "forget a f")
    summary = "Takes the meaning away from names; curves drawn for them go with them."
    examples = ("a = 2\nforget a",)

    def grammar(self) -> pp.ParserElement:
        """Some names."""
        return word("forget") + pp.Group(pp.OneOrMore(NAME + pp.Suppress(pp.Optional(","))))("names")

    def build(self, parts: Any, reading: Reading) -> Statement:
        """The names."""
        del reading
        return Forget(tuple(each for each in parts["names"]))


@dataclass(frozen=True, slots=True)
class Describe(Statement):
    """The current figure is told in words; nothing changes."""

    def apply(self, session: Session) -> Session:
        return session

    def report(self, session: Session, budget: Budget) -> tuple[Result, ...]:
        """The description."""
        from plotlang.marks.describe import describe
        from plotlang.marks.layout import lay_out

        if not session.figure.visible:
            return (Result("this figure is empty", name="describe"),)
        return (Result(describe(lay_out(session, session.current, budget), session.figure), name="describe"),)


class DescribeCommand(Kind):
    """describe."""

    words = ("describe",)
    usage = ("describe", "describe off", "describe on")
    summary = "Tells the current figure in words; off leaves out the folded description under the pictures."
    examples = ("y = sin(x)\ndescribe",)

    def grammar(self) -> pp.ParserElement:
        """The word, alone or with on or off."""
        return word("describe") + pp.Optional(word("on", "off")("value"))

    def build(self, parts: Any, reading: Reading) -> Statement:
        """The description, or the setting."""
        del reading
        return ChangeSetting((("describe", parts["value"] == "on"),)) if "value" in parts else Describe()


NOTEBOOK_KINDS: tuple[Kind, ...] = (NamesCommand(), ForgetCommand(), Setting(), DescribeCommand())
