"""What requests are answered with, as plain values: the contents of Jupyter's replies."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from plotlang.kernel.messages import Failure
from plotlang.version import __version__

if TYPE_CHECKING:
    from collections.abc import Iterable

    from plotlang.assist.complete import Completion
    from plotlang.kernel.messages import Content

PROTOCOL = "5.3"
LANGUAGE: Content = {
    "name": "plotlang",
    "version": __version__,
    "mimetype": "text/x-plotlang",
    "file_extension": ".plot",
    "pygments_lexer": "plotlang",
    "codemirror_mode": {"name": "plotlang", "mime": "text/x-octave"},
}
_MARKUP = re.compile(r"^```\w*\n?|[*`]{1,3}|^#+ ", re.MULTILINE)


def _failure(line: str) -> Failure:
    text = f"\x1b[31m\x1b[1merror:\x1b[0m {line}\n  └─ nothing was changed by this cell"
    return Failure("PlotlangError", line, (text,))


TOO_SLOW = _failure("this cell takes too long")
_STOPPED = "stopped; nothing was changed by this cell"
INTERRUPTED = Failure("Interrupted", _STOPPED, (_STOPPED,))


def internal_failure(problem: BaseException) -> Failure:
    """Something that no line of the user should be able to cause, said without technical words."""
    match problem:
        case RecursionError():
            return _failure("this cell is nested too deeply")
        case MemoryError():
            return _failure("this cell needs more memory than there is")
    return _failure("internal problem in plotlang: this is a fault of plotlang, not of your cell")


def ok_reply(count: int, page: str = "", *, leave: bool = False) -> Content:
    """The answer to a cell that went well; `page` is text for the pager, `leave` asks a console to end."""
    payload: list[Content] = [{"source": "page", "data": {"text/plain": page}, "start": 0}] if page else []
    if leave:
        payload.append({"source": "ask_exit", "keepkernel": False})
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
