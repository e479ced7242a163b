"""Numbers that move: slider, play."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import pyparsing as pp

from plotlang.language.diagnostics import LanguageError, nearest
from plotlang.language.syntax import NOWHERE, Interval, Number, Span, Word
from plotlang.model.session import Definition, Motion, Session
from plotlang.statements.define import check_free_name, check_slider, slider_number
from plotlang.statements.fragments import ARGUMENT, NAME, TIGHT_INTERVAL, both_ends, word
from plotlang.statements.kind import Declared, Kind, Result, Statement

if TYPE_CHECKING:
    from plotlang.language.reading import Reading
    from plotlang.model.budget import Budget

MOST_SLIDERS = 100
MOST_SECONDS = 60.0
SECONDS = 4.0


@dataclass(frozen=True, slots=True)
class MakeSlider(Statement):
    """A number gets a slider; without a start it keeps the value it has, or is 1."""

    name: str = ""
    low: float | None = None
    high: float | None = None
    step: float | None = None
    start: float | None = None

    def apply(self, session: Session) -> Session:
        old = session.definitions.get(self.name)
        if sum(each.kind == "parameter" for each in session.definitions.values()) >= MOST_SLIDERS:
            raise LanguageError(f"a notebook holds at most {MOST_SLIDERS} sliders")
        value, low, high = self.start, self.low, self.high
        if old is not None and old.parameters is not None:
            raise LanguageError(f"{self.name} is a function", suggestion="a slider belongs to a number")
        if old is not None and isinstance(old.body, Number):
            value = old.body.value if value is None else value
        if low is None or high is None:
            low, high = (old.low, old.high) if old is not None and old.kind == "parameter" else (-10.0, 10.0)
        if value is None:
            value = 1.0 if low <= 1 <= high else (low + high) / 2
        low, high = (min(low, value), max(high, value)) if self.start is not None else (low, high)
        value = min(high, max(low, value))
        return session.define(Definition(self.name, "parameter", Number(value), low=low, high=high, step=self.step))

    def report(self, session: Session, budget: Budget) -> tuple[Result, ...]:
        """The number and its range."""
        from plotlang.statements.values import definition_result

        return (definition_result(self.name, session, budget),) if self.name in session.definitions else ()


class Slider(Kind):
    """slider."""

    words = ("slider",)
    usage = ("slider a", "slider a -5 5", "slider a -5..5 step 0.5 start 1")
    summary = "Gives a number a slider: its range, its step and where it starts."
    examples = ("slider a -5 5\ny = a x^2", "slider n 1..10 step 1 start 3\ny = x^n")
    room = "sliders"

    def grammar(self) -> pp.ParserElement:
        """Name, range, step, start."""
        ends = TIGHT_INTERVAL("low") + pp.Optional(pp.Suppress(pp.Optional(pp.Keyword("to"))) + ARGUMENT("high"))
        step = pp.Suppress(pp.Keyword("step")) + ARGUMENT("step")
        start = pp.Suppress(pp.Keyword("start")) + ARGUMENT("start")
        numbers = pp.Optional(~word("step", "start") + ends)
        return word("slider") + NAME("name") + numbers + pp.ZeroOrMore(step | start)

    def declares(self, parts: Any) -> tuple[Declared, ...]:
        """The name of the slider."""
        return (Declared(parts["name"].text, "value"),)

    def build(self, parts: Any, reading: Reading) -> Statement:
        """The slider, its numbers worked out."""
        name: Word = parts["name"]
        check_free_name(name, reading.names)
        if name.text in ("x", "y"):
            raise LanguageError(f"{name.text} is a coordinate", name.span, suggestion="choose another letter")
        step = slider_number(reading.read(parts["step"])) if "step" in parts else None
        start = slider_number(reading.read(parts["start"])) if "start" in parts else None
        low = high = None
        if "low" in parts:
            ends = (parts["low"], parts["high"]) if "high" in parts else both_ends(parts["low"])
            if ends is None:
                raise LanguageError("a slider has two ends", parts["low"].span, suggestion=f"slider {name.text} -5 5")
            if isinstance(parts["low"], Interval) and parts["low"].step is not None:
                step = slider_number(reading.read(parts["low"].step))
            low, high = (slider_number(reading.read(each)) for each in ends)
            check_slider(name.text, low, high, step, parts["low"], parts.get("step"))
        return MakeSlider(name.text, low, high, step, start)


@dataclass(frozen=True, slots=True)
class PlaySlider(Statement):
    """The slider of a number gets buttons to run by itself."""

    name: str = ""
    start: float | None = None
    stop: float | None = None
    seconds: float = SECONDS
    span: Span = NOWHERE

    def apply(self, session: Session) -> Session:
        slider = moving(self.name, self.span, session)
        start = slider.low if self.start is None else self.start
        stop = slider.high if self.stop is None else self.stop
        low, high = min(start, stop, slider.low), max(start, stop, slider.high)
        played = replace(slider, motion=Motion(start, stop, self.seconds), low=low, high=high)
        return replace(session, definitions={**session.definitions, self.name: played})

    @property
    def handles(self) -> tuple[str, ...]:
        return (self.name,)


class Play(Kind):
    """play."""

    words = ("play",)
    usage = ("play a", "play a from -2 to 2", "play a from -2 to 2 in 4")
    summary = "Gives a slider buttons to run by itself, from one place to another in so many seconds (4)."
    examples = ("slider a -2 2\ny = a x^2\nplay a", "y = sin(x - t)\nslider t 0 2pi\nplay t in 6")
    room = "sliders"

    def grammar(self) -> pp.ParserElement:
        """Name, places, seconds."""
        places = pp.Suppress(pp.Keyword("from")) + ARGUMENT("start") + pp.Suppress(pp.Keyword("to")) + ARGUMENT("stop")
        seconds = pp.Suppress(pp.Keyword("in")) + ARGUMENT("seconds") + pp.Suppress(pp.Optional(word("seconds", "s")))
        return word("play") + NAME("name") + pp.Optional(places) + pp.Optional(seconds)

    def build(self, parts: Any, reading: Reading) -> Statement:
        """The name and the numbers."""
        start, stop, seconds = (
            slider_number(reading.read(parts[each])) if each in parts else None for each in ("start", "stop", "seconds")
        )
        if start is not None and start == stop:
            raise LanguageError("there is no way between these places", parts["start"].span, suggestion="from 0 to 1")
        if seconds is not None and not 0.1 <= seconds <= MOST_SECONDS:
            hint = f"{parts['name'].text} can play in 0.1 to {MOST_SECONDS:g} seconds"
            raise LanguageError("this is no good number of seconds", parts["seconds"].span, suggestion=hint)
        name: Word = parts["name"]
        return PlaySlider(name.text, start, stop, SECONDS if seconds is None else seconds, name.span)


def moving(name: str, span: Span, session: Session) -> Definition:
    """The parameter of this name; raises `LanguageError` when there is none."""
    found = session.definitions.get(name)
    if found is not None and found.kind == "parameter":
        return found
    if found is not None:
        raise LanguageError(f"{name} has no slider", span, suggestion=f"slider {name}")
    sliders = [each.name for each in session.definitions.values() if each.kind == "parameter"]
    meant = nearest(name, sliders)
    hint = f"did you mean {meant[0]}?" if meant else f"slider {name} -5 5"
    raise LanguageError(f"{name} is not defined", span, suggestion=hint)


SLIDER_KINDS: tuple[Kind, ...] = (Slider(), Play())
