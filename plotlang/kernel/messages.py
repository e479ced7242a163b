"""What a cell shows, as plain values: an outcome becomes the contents of Jupyter's messages here, and only here."""

from __future__ import annotations

import base64
import re
from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING, Any, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from plotlang.interpreter.drag import Frame
    from plotlang.interpreter.outcome import Outcome, Picture
    from plotlang.language.diagnostics import Diagnostic
    from plotlang.model.session import Definition
    from plotlang.statements.kind import Result

Content: TypeAlias = dict[str, Any]

MOST_ERRORS = 20
NOTE_STYLE = "border-left:3px solid #0072B2;padding:2px 8px;white-space:pre-wrap"
WORDS_STYLE = "white-space:pre-wrap"
_SURROGATES = re.compile("[\ud800-\udfff]")
_CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f]")


@dataclass(frozen=True, slots=True)
class Message:
    """One message on the way to the front ends: its type and its content."""

    type: str
    content: Content


@dataclass(frozen=True, slots=True)
class SliderRow:
    """A place among the messages of a cell where sliders are shown: what becomes of it is up to the widgets."""

    display_id: str
    definitions: tuple[Definition, ...]


@dataclass(frozen=True, slots=True)
class Failure:
    """What an error message and an error reply say: a name, one line, and the full texts."""

    name: str
    line: str
    texts: tuple[str, ...]


def cell_messages(outcome: Outcome, count: int | None) -> tuple[Message | SliderRow, ...]:
    """All that a cell shows: errors, notes, values, pictures; pictures are drawn here if they are not yet.

    With a count the values are the result of the cell, otherwise a display, which alone JupyterLab can refresh later.
    """
    found: list[Message | SliderRow] = []
    if outcome.errors:
        found.append(error_message(error_failure(outcome.errors)))
    of_pictures = {note for each in outcome.figures for note in each.notes}
    if notes := [note for note in outcome.notes if note not in of_pictures]:
        found.append(Message("display_data", {"data": _note_data(notes), "metadata": {}}))
    values, feedback = _parted(outcome.results)
    if values:
        found.append(values_message(values, outcome.values_id, count))
    for picture in outcome.figures:
        found += picture_messages(picture)
    if outcome.sliders:
        found.append(SliderRow(outcome.sliders_id, outcome.sliders))
    if feedback:
        found.append(Message("display_data", _feedback_content(feedback, outcome.values_id)))
    return tuple(found)


def error_failure(errors: Sequence[Diagnostic]) -> Failure:
    """Several mistakes as one failure: the first in the line, all of them in the texts."""
    more = f" (and {len(errors) - 1} more)" if len(errors) > 1 else ""
    texts = [each.text(color=True) for each in errors[:MOST_ERRORS]]
    if len(errors) > MOST_ERRORS:
        texts.append(f"… and {len(errors) - MOST_ERRORS} more mistakes")
    return Failure("PlotlangError", _one_line(errors[0].message) + more, (*(f"{t}\n" for t in texts[:-1]), texts[-1]))


def error_message(failure: Failure) -> Message:
    """The failure as an output."""
    return Message("error", {"ename": failure.name, "evalue": failure.line, "traceback": list(failure.texts)})


def values_message(results: Sequence[Result], display_id: str, count: int | None = None) -> Message:
    """All values of a cell in one output, so that they can be refreshed together."""
    content: Content = {"data": _value_data(results), "metadata": {}, "transient": {"display_id": display_id}}
    if count is None:
        return Message("display_data", content)
    return Message("execute_result", {"execution_count": count, **content})


def picture_messages(picture: Picture) -> list[Message | SliderRow]:
    """A picture, and under it its sliders, what it can't show, and its folded description."""
    shown: list[Message | SliderRow] = [Message("display_data", _picture_content(picture))]
    if picture.sliders and not picture.freezes:
        shown.append(SliderRow(picture.display_id, picture.sliders))
    words = _words_content(picture)
    return [*shown, Message("display_data", words)] if words["data"]["text/html"] else shown


def refresh_messages(picture: Picture) -> tuple[Message, ...]:
    """A picture and its words once more, in the place where they stand already."""
    contents = _picture_content(picture), _words_content(picture)
    return tuple(Message("update_display_data", each) for each in contents)


def frame_message(frame: Frame) -> Message:
    """A picture of a drag, in the place where the picture stands."""
    return Message("update_display_data", _content(frame.picture, frame.body))


def settled_content(picture: Picture) -> Content:
    """What goes with a picture that comes through its sliders, where the page has forgotten its display id."""
    content = _picture_content(picture)
    (size,) = content["metadata"].values()
    return {
        "words": content["data"]["text/plain"],
        "size": {"width": size["width"], "height": size["height"]},
        "alt": size["alt"],
        "html": _words_content(picture)["data"]["text/html"],
    }


def slider_message(row: SliderRow, data: Content) -> Message:
    """The sliders, with the data that the widgets gave for them."""
    return Message("display_data", {"data": data, "metadata": {}, "transient": {"display_id": f"{row.display_id}-row"}})


def revalue_messages(results: Sequence[Result], display_id: str) -> tuple[Message, ...]:
    """The values and the feedback of another cell once more, in the places where they stand already."""
    values, feedback = _parted(results)
    found = [values_message(values, display_id).content] if values else []
    if feedback:
        found.append(_feedback_content(feedback, display_id))
    return tuple(Message("update_display_data", each) for each in found)


def clean(value: Any) -> Any:
    """The same content without lone surrogates, which no message can carry."""
    match value:
        case str():
            return value if value.isascii() else _SURROGATES.sub("\ufffd", value)
        case dict():
            return {clean(key): clean(each) for key, each in value.items()}
        case list() | tuple():
            return [clean(each) for each in value]
    return value


def _note_data(notes: Iterable[str]) -> Content:
    text = _plain("\n".join(notes))
    return {"text/plain": text, "text/html": f'<div style="{NOTE_STYLE}">{escape(text)}</div>'}


def _parted(results: Sequence[Result]) -> tuple[list[Result], list[Result]]:
    """Plain values, and the feedback of checks, which stands below the pictures."""
    return [each for each in results if not each.feedback], [each for each in results if each.feedback]


def _feedback_content(results: Sequence[Result], values_id: str) -> Content:
    from plotlang.interpreter.feedback import feedback_data, feedback_html

    text = _plain("\n".join(each.text for each in results))
    data = {"text/plain": text, "text/html": "\n".join(map(feedback_html, results))}
    return {"data": data, "metadata": feedback_data(results), "transient": {"display_id": f"{values_id}-feedback"}}


def _value_data(results: Sequence[Result]) -> Content:
    text = _plain("\n".join(each.text for each in results))
    if not any(each.latex or each.html for each in results):
        return {"text/plain": text}
    if len(results) == 1 and results[0].latex and not results[0].html:
        return {"text/plain": text, "text/latex": _typeset(results[0].latex)}
    return {"text/plain": text, "text/html": "\n".join(map(_value_html, results))}


def _value_html(result: Result) -> str:
    if result.html:
        return result.html
    if result.latex:
        return f'<div style="margin:6px 0">{escape(_typeset(result.latex))}</div>'
    return f'<div style="{WORDS_STYLE}">{escape(_plain(result.text))}</div>'


def _typeset(latex: str) -> str:
    return rf"$\displaystyle {latex}$"


def _picture_content(picture: Picture) -> Content:
    transient = {"display_id": picture.display_id}
    if picture.is_empty:
        return {"data": {"text/plain": "nothing is left in this picture"}, "metadata": {}, "transient": transient}
    content = _content(picture, picture.svg() if picture.format == "svg" else picture.png())
    if picture.frozen is not None:
        content["data"] |= {"text/html": picture.frozen.html, "text/plain": _plain(picture.frozen.text)}
    return content


def _content(picture: Picture, body: bytes | str) -> Content:
    transient = {"display_id": picture.display_id}
    words = _plain(picture.description)
    mime = "image/svg+xml" if isinstance(body, str) else "image/png"
    body = body if isinstance(body, str) else base64.b64encode(body).decode("ascii")
    size = {"width": picture.width, "height": picture.height, "alt": " ".join(words.split())}
    return {"data": {mime: body, "text/plain": words}, "metadata": {mime: size}, "transient": transient}


def _words_content(picture: Picture) -> Content:
    """Notes and description of a picture; the HTML is empty if there is nothing to say."""
    data: Content = _note_data(picture.notes) if picture.notes else {"text/html": ""}
    if picture.settings.describe and not (picture.is_empty or picture.freezes):
        words = escape(_plain(picture.description))
        data["text/html"] += (
            f'<details><summary>Description</summary><div style="{WORDS_STYLE}">{words}</div></details>'
        )
    return {"data": data, "metadata": {}, "transient": {"display_id": f"{picture.display_id}-words"}}


def _plain(text: str) -> str:
    return _CONTROLS.sub("\ufffd", text)


def _one_line(text: str) -> str:
    return " ".join(_plain(text).split())
