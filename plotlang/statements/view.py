"""What part of the plane is shown, and what stands around it: range, zoom, axes, ticks, titles, legend, size."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, ClassVar

import pyparsing as pp

from plotlang.language.diagnostics import LanguageError, nearest
from plotlang.language.printer import print_expr
from plotlang.statements.fragments import ARGUMENT, COUNT, NAME, NUMBER, STRING, TIGHT_INTERVAL, both_ends, word
from plotlang.statements.kind import Kind, Statement
from plotlang.statements.values import constant

if TYPE_CHECKING:
    from plotlang.language.reading import Reading
    from plotlang.language.syntax import Expr, Word
    from plotlang.model.session import Session

MOST_TEXT = 200


@dataclass(frozen=True, slots=True)
class ChangeView(Statement):
    """Fields of the view of the current figure get new values; the default view is the start for `reset` ones."""

    changes: tuple[tuple[str, Any], ...] = ()

    def apply(self, session: Session) -> Session:
        figure = session.figure
        return session.with_figure(replace(figure, view=replace(figure.view, **dict(self.changes))))


class Range(Kind):
    """range."""

    words = ("range", "xrange", "yrange")
    usage = (
        "range -10 10",
        "range -2pi..2pi",
        "range [-10, 10]",
        "range y -2 2",
        "range auto",
        "xrange 0 5",
        "yrange auto",
    )
    summary = "Chooses the part of the plane that is shown."
    examples = ("range -2pi 2pi\ny = sin(x)", "range 0..10\ny = sqrt(x)", "y = tan(x)\nyrange -5 5")

    def grammar(self) -> pp.ParserElement:
        """The axis, and either auto or the two ends."""
        axis = pp.Optional(pp.Regex(r"[xy](?=\s)")("axis"))
        ends = TIGHT_INTERVAL("low") + pp.Optional(pp.Suppress(pp.Optional(pp.Keyword("to") | ",")) + ARGUMENT("high"))
        return word(*self.words)("word") + axis + (word("auto", "fit")("auto") | ends)

    def build(self, parts: Any, reading: Reading) -> Statement:
        """The new ends of one axis."""
        axis = {"xrange": "x", "yrange": "y"}.get(parts["word"], parts.get("axis", "x"))
        if "auto" in parts:
            both = parts["word"] == "range" and "axis" not in parts
            names = ("x", "y") if both else (axis,)
            return ChangeView(tuple((each, None) for each in names))
        low, high = self.ends(parts, reading)
        start, stop = constant(low), constant(high)
        if start is not None and stop is not None:
            check_order(axis, (low, high), (start, stop))
        changes: list[tuple[str, Any]] = [(axis, (low, high))]
        if axis == "x":
            changes.append(("zoom", 1.0))
        return ChangeView(tuple(changes))

    def ends(self, parts: Any, reading: Reading) -> tuple[Expr, Expr]:
        """Both ends, read."""
        first = parts["low"]
        pair = both_ends(first)
        if pair is None:
            if "high" not in parts:
                raise LanguageError(
                    "a range has two ends", first.span, suggestion=f"for example: {parts['word']} -10 10"
                )
            pair = (first, parts["high"])
        elif "high" in parts:
            raise LanguageError(
                "a range has two ends", parts["high"].span, suggestion=f"for example: {parts['word']} -10 10"
            )
        return reading.read(pair[0]), reading.read(pair[1])


def check_order(axis: str, exprs: tuple[Expr, Expr], ends: tuple[float, float]) -> None:
    """Raise `LanguageError` when a range runs backwards or is empty."""
    low, high = (print_expr(each) for each in exprs)
    command = "range" if axis == "x" else "yrange"
    if ends[0] > ends[1]:
        raise LanguageError(
            f"range goes from {low} down to {high}",
            exprs[0].span,
            suggestion=f"did you mean {command} {high.replace(' ', '')} {low.replace(' ', '')}?",
        )
    if ends[0] == ends[1]:
        raise LanguageError(
            f"range goes from {low} to {high}, which is empty",
            exprs[0].span,
            suggestion=f"for example: {command} -10 10",
        )


class Zoom(Kind):
    """zoom."""

    words = ("zoom",)
    usage = ("zoom 2", "zoom out", "zoom in", "zoom fit", "zoom f")
    summary = (
        "Shows a smaller or larger part of the plane around the middle; zoom f makes the height suit one curve, "
        "zoom fit goes back to automatic ranges."
    )
    examples = ("y = x^2\nzoom 2", "y = x^2\nzoom out", "f(x) = sin(x)\ny = e^x\nzoom f")

    def grammar(self) -> pp.ParserElement:
        """A word or a factor."""
        return word("zoom") + (word("in", "out", "fit")("how") | NUMBER("factor") | NAME("curve"))

    def build(self, parts: Any, reading: Reading) -> Statement:
        """The zoom statement."""
        del reading
        if "curve" in parts:
            return ZoomOn(parts["curve"])
        if parts.get("how") == "fit":
            return ChangeView((("x", None), ("y", None), ("zoom", 1.0), ("focus", "")))
        factor = {"in": 2.0, "out": 0.5}.get(parts.get("how", ""), parts.get("factor", 2.0))
        if not 1e-6 <= factor <= 1e6:
            raise LanguageError("zoom needs a factor such as 2 or 0.5")
        return ZoomBy(factor)


@dataclass(frozen=True, slots=True)
class ZoomBy(Statement):
    """The view shrinks around its middle by a factor."""

    factor: float = 2.0

    def apply(self, session: Session) -> Session:
        figure = session.figure
        zoom = min(1e9, max(1e-9, figure.view.zoom * self.factor))
        return session.with_figure(replace(figure, view=replace(figure.view, zoom=zoom)))


@dataclass(frozen=True, slots=True)
class ZoomOn(Statement):
    """The height of the view suits one object."""

    which: Word | None = None

    def apply(self, session: Session) -> Session:
        from plotlang.statements.looks import find_mark

        figure = session.figure
        mark = find_mark(figure, self.which, of="zoom")
        return session.with_figure(replace(figure, view=replace(figure.view, y=None, focus=mark.key)))


class Axes(Kind):
    """axes."""

    words = ("axes", "aspect")
    usage = (
        "axes equal",
        "axes free",
        "axes origin",
        "axes box",
        "axes off",
        "axes on",
        "axes log x",
        "axes log y",
        "axes polar",
    )
    summary = (
        "Chooses equal or free units, where the axes stand, logarithmic axes, a polar grid; words can be combined."
    )
    examples = (
        "x^2 + y^2 = 9\naxes origin equal",
        "y = 2^x\naxes log y",
        "y = x^2\naxes off",
        "r = 2 sin(3θ)\naxes polar",
    )
    _WORDS = ("equal", "free", "origin", "box", "off", "on", "lines", "log", "linear", "polar")

    def grammar(self) -> pp.ParserElement:
        """Some words."""
        return word("axes", "aspect") + pp.Group(pp.OneOrMore(NAME))("words")

    def build(self, parts: Any, reading: Reading) -> Statement:
        """The changes that the words ask for."""
        del reading
        waiting: list[Word] = list(parts["words"])
        changes: dict[str, Any] = {}
        while waiting:
            each = waiting.pop(0)
            match each.text:
                case "equal" | "free":
                    changes["equal"] = each.text == "equal"
                case "origin" | "box" | "off":
                    changes["frame"] = each.text
                case "on" | "lines":
                    changes["frame"] = "lines"
                case "log" | "linear":
                    self.scales(each, waiting, changes)
                case "polar":
                    changes |= {"grid": "polar", "equal": True}
                case _:
                    meant = nearest(each.text, self._WORDS)
                    hint = f"did you mean {meant[0]}?" if meant else "words are: " + ", ".join(self._WORDS)
                    raise LanguageError(f"{each.text} is no word of axes", each.span, suggestion=hint)
        return ChangeView(tuple(changes.items()))

    def scales(self, each: Word, waiting: list[Word], changes: dict[str, Any]) -> None:
        """The axes named behind log or linear; both if none is named."""
        named = []
        while waiting and waiting[0].text in ("x", "y", "xy"):
            named.append(waiting.pop(0).text)
        for axis in "".join(named) or "xy":
            changes[f"{axis}_scale"] = each.text


class Ticks(Kind):
    """ticks."""

    words = ("ticks",)
    usage = ("ticks x pi/2", "ticks y 0.5", "ticks x auto", "ticks 1")
    summary = "Sets the distance of the numbers on an axis; a distance with pi writes them as multiples of π."
    examples = ("range -2pi 2pi\ny = sin(x)\nticks x pi/2",)

    def grammar(self) -> pp.ParserElement:
        """The axis and the distance."""
        axis = pp.Optional(pp.Regex(r"[xy](?=\s)")("axis"))
        return word("ticks") + axis + (word("auto")("auto") | ARGUMENT("step"))

    def build(self, parts: Any, reading: Reading) -> Statement:
        """The distance for one axis, or both."""
        axes = (parts["axis"],) if "axis" in parts else ("x", "y")
        step = None if "auto" in parts else reading.read(parts["step"])
        if step is not None and (value := constant(step)) is not None and not value > 0:
            raise LanguageError(
                "the distance of ticks is a positive number", step.span, suggestion="for example: ticks x pi/2"
            )
        return ChangeView(tuple((f"{axis}_step", step) for axis in axes))


class Grid(Kind):
    """grid."""

    words = ("grid",)
    usage = ("grid off", "grid on", "grid fine", "grid polar")
    summary = "Shows or hides the grid lines, or circles and rays."
    examples = ("y = x^2\ngrid fine", "r = 1 + cos θ\ngrid polar")

    def grammar(self) -> pp.ParserElement:
        """One word."""
        return word("grid") + word("on", "off", "fine", "polar")("how")

    def build(self, parts: Any, reading: Reading) -> Statement:
        """The grid."""
        del reading
        return ChangeView((("grid", parts["how"]),))


class Words(Kind):
    """title and labels."""

    words = ("title", "caption", "xlabel", "ylabel")
    usage = ('title "text"', 'caption "text"', 'xlabel "text"', 'ylabel "text"')
    summary = "Writes a text above or below the picture, or beside an axis."
    examples = ('y = sin(x)\ntitle "A wave"\nxlabel "t in s"\nylabel "height in m"',)
    _FIELDS: ClassVar[dict[str, str]] = {
        "title": "title",
        "caption": "caption",
        "xlabel": "x_label",
        "ylabel": "y_label",
    }

    def grammar(self) -> pp.ParserElement:
        """The text in quotes."""
        return word(*self.words)("word") + STRING("text")

    def build(self, parts: Any, reading: Reading) -> Statement:
        """The text."""
        del reading
        text = parts["text"]
        if len(text.value) > MOST_TEXT:
            raise LanguageError(f"this text has {len(text.value)} characters; at most {MOST_TEXT} fit", text.span)
        return ChangeView(((self._FIELDS[parts["word"]], text.value),))


class Legend(Kind):
    """legend."""

    words = ("legend",)
    usage = ("legend off", "legend on", "legend left", "legend right", "legend labels", "legend auto")
    summary = "Says where the legend stands; labels writes each name at the end of its curve."
    examples = ("y = sin(x)\ny = cos(x)\nlegend labels", "y = x^2\nlegend on")

    def grammar(self) -> pp.ParserElement:
        """One word."""
        return word("legend") + word("off", "on", "left", "right", "labels", "auto")("how")

    def build(self, parts: Any, reading: Reading) -> Statement:
        """The place of the legend."""
        del reading
        return ChangeView((("legend", parts["how"]),))


class Size(Kind):
    """size."""

    words = ("size",)
    usage = ("size 800 600",)
    summary = "Sets width and height of the picture in pixels (600 × 400 unless said)."
    examples = ("y = x^2\nsize 400 300",)

    def grammar(self) -> pp.ParserElement:
        """Two whole numbers."""
        return word("size") + COUNT("width") + pp.Suppress(pp.Optional(pp.one_of("x × ,"))) + COUNT("height")

    def build(self, parts: Any, reading: Reading) -> Statement:
        """The size; raises `LanguageError` when it is out of bounds."""
        del reading
        width, height = parts["width"], parts["height"]
        if not (100 <= width <= 2000 and 80 <= height <= 2000):
            raise LanguageError("a picture is 100 to 2000 pixels wide and 80 to 2000 high", suggestion="size 800 600")
        return ChangeView((("width", width), ("height", height)))


VIEW_KINDS: tuple[Kind, ...] = (Range(), Zoom(), Axes(), Ticks(), Grid(), Words(), Legend(), Size())
