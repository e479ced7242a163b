"""Feedback as HTML: a neutral box with symbol, words and a small picture, for eyes and for screen readers."""

from __future__ import annotations

import base64
from html import escape
from typing import TYPE_CHECKING, Any

from plotlang.model.budget import cell_budget

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from plotlang.model.lesson import Feedback
    from plotlang.model.session import Session
    from plotlang.statements.kind import Result

WORDS = {"correct": ("✓", "correct"), "wrong": ("✗", "not yet"), "open": ("○", "open")}
BOX = (
    "border:1px solid var(--jp-border-color1,#999);border-left-width:6px;border-radius:4px;padding:8px 12px;"
    "margin:6px 0;max-width:576px;font-family:var(--jp-content-font-family,sans-serif)"
)
_CELL = "padding:2px 12px 2px 0;text-align:left"


def feedback_html(result: Result) -> str:
    """What a check or a progress line says, as HTML."""
    if result.name == "progress":
        return _progress(result.text.split("\n")[0], result.feedback, result.text.split("\n")[-1])
    return "\n".join(map(_box, result.feedback))


def feedback_data(results: Sequence[Result]) -> dict[str, Any]:
    """The checks and the progress of a cell for machines: what stands in the metadata of its output."""
    found: dict[str, list[dict[str, Any]]] = {}
    for result in results:
        rows = found.setdefault("progress" if result.name == "progress" else "checks", [])
        rows += [
            {"task": each.name, "verdict": each.verdict, "points": each.points, "of": each.most}
            for each in result.feedback
        ]
    return {"plotlang": found}


def _box(each: Feedback) -> str:
    symbol, word = WORDS[each.verdict]
    message = "" if each.verdict == "correct" else _sentence(each.message)
    points = "" if each.most == 1 else f" ({each.points:g} of {each.most:g} points)"
    picture = "" if each.sketch is None else _picture(each.sketch, each.message)
    return (
        f'<div role="group" aria-label="Check of {escape(each.name)}: {word}" style="{BOX}">'
        f'<strong><span aria-hidden="true">{symbol}</span> {escape(each.name)}: {word}</strong>{points}'
        f"{f'<div>{escape(message)}</div>' if message else ''}{picture}</div>"
    )


def _sentence(text: str) -> str:
    text = text[:1].upper() + text[1:]
    return text if text.endswith((".", "!", "?")) else f"{text}."


def _picture(session: Session, message: str) -> str:
    """Both graphs: the wanted one grey and broad, the other in its colour."""
    from plotlang.marks.layout import lay_out
    from plotlang.render.picture import render_png

    drawing = lay_out(session, session.current, cell_budget()).drawing
    body = base64.b64encode(render_png(drawing)).decode("ascii")
    alt = f"Your graph, and the wanted one in grey: {message}"
    size = f'width="{drawing.width}" height="{drawing.height}"'
    return (
        f'<img alt="{escape(alt)}" {size} style="display:block;margin-top:6px" src="data:image/png;base64,{body}">'
        "<small>grey: what is wanted</small>"
    )


def _progress(head: str, feedback: Iterable[Feedback], tail: str) -> str:
    rows = "".join(map(_row, feedback))
    return (
        f'<div role="group" aria-label="Progress" style="{BOX}"><strong>{escape(head)}</strong>'
        f"<table>{rows}</table><div>{escape(tail)}</div></div>"
    )


def _row(each: Feedback) -> str:
    symbol, word = WORDS[each.verdict]
    return (
        f'<tr><td style="{_CELL}"><span aria-hidden="true">{symbol}</span> {word}</td>'
        f'<th scope="row" style="{_CELL}">{escape(each.name)}</th>'
        f'<td style="{_CELL}">{each.points:g} of {each.most:g}</td></tr>'
    )
