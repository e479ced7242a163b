"""What Jupyter is told, as plain values: outcomes and answers become the contents of messages here, and only here."""

from __future__ import annotations

import base64
import re
from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING, Any, TypeAlias

from plotlang.version import __version__

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from plotlang.assist.complete import Completion
    from plotlang.interpreter.outcome import Outcome, Result
    from plotlang.notebook import Picture

    from plotlang.language.diagnostics import Diagnostic

Content: TypeAlias = dict[str, Any]

PROTOCOL = "5.3"
MOST_REFRESHED = 20

LANGUAGE: Content = {
    "name": "plotlang",
    "version": __version__,
    "mimetype": "text/x-plotlang",
    "file_extension": ".plot",
    "pygments_lexer": "plotlang",
    "codemirror_mode": {"name": "plotlang", "mime": "text/x-octave"},
}
NOTE_STYLE = "border-left:3px solid #0072B2;padding:2px 8px;white-space:pre-wrap"
_SURROGATES = re.compile("[\ud800-\udfff]")
_CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f]")
_MARKUP = re.compile(r"^```\w*\n?|[*`]{1,3}|^#+ ", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Message:
    """One message on the way to the front ends: its type and its content."""

    type: str
    content: Content


@dataclass(frozen=True, slots=True)
class Failure:
    """What an error message and an error reply say: a name, one line, and the full texts."""

    name: str
    line: str
    texts: tuple[str, ...]


INTERRUPTED = Failure(
    "Interrupted", "stopped; nothing was changed by this cell", ("stopped; nothing was changed by this cell",)
)
TOO_SLOW = Failure(
    "PlotlangError",
    "this cell takes too long; nothing was changed by it",
    ("error: this cell takes too long; nothing was changed by it",),
)


def clean(value: Any) -> Any:
    """The same content without lone surrogates, which no message can carry."""
    match value:
        case str():
            return _SURROGATES.sub("\ufffd", value)
        case dict():
            return {clean(key): clean(each) for key, each in value.items()}
        case list() | tuple():
            return [clean(each) for each in value]
    return value


def cell_messages(outcome: Outcome, count: int) -> tuple[Message, ...]:
    """All that a cell shows: errors, notes, values, pictures; pictures are drawn here if they are not yet."""
    found: list[Message] = []
    if outcome.errors:
        found.append(error_message(error_failure(outcome.errors)))
    if outcome.notes:
        found.append(note_message(outcome.notes))
    *earlier, last = outcome.results or (None,)
    found += [result_message(each) for each in earlier if each is not None]
    if last is not None:
        found.append(result_message(last, count))
    for picture in outcome.figures:
        found += picture_messages(picture)
    return tuple(found)


def error_failure(errors: Sequence[Diagnostic]) -> Failure:
    """Several mistakes as one failure: the first in the line, all of them in the texts."""
    more = f" (and {len(errors) - 1} more)" if len(errors) > 1 else ""
    texts = [each.text(color=True) for each in errors]
    return Failure("PlotlangError", _one_line(errors[0].message) + more, (*(f"{t}\n" for t in texts[:-1]), texts[-1]))


def internal_failure(problem: BaseException) -> Failure:
    """Something that no line of the user should be able to cause, said without technical words."""
    match problem:
        case RecursionError():
            line = "this cell is nested too deeply"
        case MemoryError():
            line = "this cell needs more memory than there is"
        case _:
            line = "internal problem in plotlang: this is a fault of plotlang, not of your cell"
    text = f"\x1b[31m\x1b[1merror:\x1b[0m {line}\n  └─ nothing was changed by this cell"
    return Failure("PlotlangError", line, (text,))


def error_message(failure: Failure) -> Message:
    """The failure as an output."""
    return Message("error", {"ename": failure.name, "evalue": failure.line, "traceback": list(failure.texts)})


def note_message(notes: Iterable[str]) -> Message:
    """All notes of a cell in one small box."""
    text = _plain("\n".join(notes))
    box = f'<div style="{NOTE_STYLE}">{escape(text)}</div>'
    return Message("display_data", {"data": {"text/plain": text, "text/html": box}, "metadata": {}})


def result_message(result: Result, count: int | None = None) -> Message:
    """A value; with a count it is the result of the cell, otherwise a display."""
    data = {"text/plain": _plain(result.text)}
    if result.latex:
        data["text/latex"] = result.latex
    if result.html:
        data["text/html"] = result.html
    if count is None:
        return Message("display_data", {"data": data, "metadata": {}})
    return Message("execute_result", {"execution_count": count, "data": data, "metadata": {}})


def picture_messages(picture: Picture, *, refresh: bool = False) -> list[Message]:
    """A picture and its folded description, shown anew or in the place where they stand already."""
    kind = "update_display_data" if refresh else "display_data"
    found = [Message(kind, _picture_content(picture))]
    if picture.description:
        words = escape(_plain(picture.description))
        html = f'<details><summary>Description</summary><div style="white-space:pre-wrap">{words}</div></details>'
        transient = {"display_id": f"{picture.display_id}-description"}
        found.append(Message(kind, {"data": {"text/html": html}, "metadata": {}, "transient": transient}))
    return found


def refresh_messages(pictures: Iterable[Picture]) -> tuple[Message, ...]:
    """The pictures of other cells in their new state: the newest ones, in their order."""
    newest = tuple(pictures)[-MOST_REFRESHED:]
    return tuple(message for each in newest for message in picture_messages(each, refresh=True))


def _picture_content(picture: Picture) -> Content:
    words = _plain(picture.description)
    if picture.format == "svg":
        mime, body = "image/svg+xml", picture.svg()
    else:
        mime, body = "image/png", base64.b64encode(picture.png()).decode("ascii")
    size = {"width": picture.width, "height": picture.height, "alt": " ".join(words.split())}
    return {
        "data": {mime: body, "text/plain": words},
        "metadata": {mime: size},
        "transient": {"display_id": picture.display_id},
    }


def ok_reply(count: int, page: str = "") -> Content:
    """The answer to a cell that went well; `page` is text for the pager."""
    payload = [{"source": "page", "data": {"text/plain": page}, "start": 0}] if page else []
    return {"status": "ok", "execution_count": count, "payload": payload, "user_expressions": {}}


def failed_reply(failure: Failure, count: int | None = None) -> Content:
    """The answer to a request that failed; a cell's answer also has its count."""
    fields = {"status": "error", "ename": failure.name, "evalue": failure.line, "traceback": list(failure.texts)}
    return fields if count is None else {**fields, "execution_count": count, "payload": [], "user_expressions": {}}


def completion_reply(completion: Completion) -> Content:
    """The words that fit, with their kinds for the front ends that show them."""
    start, end = completion.start, completion.end
    typed = [{"start": start, "end": end, "text": each.text, "type": each.type} for each in completion.matches]
    return {
        "status": "ok",
        "matches": [each.text for each in completion.matches],
        "cursor_start": start,
        "cursor_end": end,
        "metadata": {"_jupyter_types_experimental": typed},
    }


def inspection_reply(markdown: str | None) -> Content:
    """The explanation of a word, as Markdown and as plain text."""
    found = bool(markdown)
    data = {"text/markdown": markdown, "text/plain": _MARKUP.sub("", markdown or "")} if found else {}
    return {"status": "ok", "found": found, "data": data, "metadata": {}}


def is_complete_reply(status: str, indent: str) -> Content:
    """Whether a cell is whole; the indentation of the next line only if it is not."""
    return {"status": status, "indent": indent} if status == "incomplete" else {"status": status}


def history_reply(entries: Iterable[tuple[int, int, object]]) -> Content:
    """Earlier cells as (session, line, text) or (session, line, (text, answer))."""
    return {"status": "ok", "history": list(entries)}


def shutdown_reply(*, restart: bool) -> Content:
    """The last answer."""
    return {"status": "ok", "restart": restart}


def kernel_info() -> Content:
    """Who we are; no debugger and no subshells are announced, for we serve none."""
    return {
        "protocol_version": PROTOCOL,
        "implementation": "plotlang",
        "implementation_version": __version__,
        "language_info": LANGUAGE,
        "banner": f"plotlang {__version__}: type y = a sin(x)",
        "help_links": [],
        "supported_features": [],
    }


def _plain(text: str) -> str:
    return _CONTROLS.sub("\ufffd", text)


def _one_line(text: str) -> str:
    return " ".join(_plain(text).split())
