"""A whole notebook as one HTML page that loads nothing and runs no script but ours."""

from __future__ import annotations

import re
from base64 import b64encode
from functools import cache
from hashlib import sha256
from html import escape
from importlib.resources import files
from time import monotonic
from typing import TYPE_CHECKING

from plotlang.cli.markdown import code_html, depth_styles, formula_html
from plotlang.model.budget import Budget

if TYPE_CHECKING:
    from plotlang.interpreter.outcome import Outcome, Picture
    from plotlang.statements.kind import Result

_SLIDERS_AT_ONCE = 3
_SLIDERS_OF_MANY = 2


def page(title: str, body: str, language: str = "") -> str:
    """The page with this body; its policy allows the one script and the one style sheet by their hashes."""
    from plotlang.render.frozen import script, styles

    moving = 'class="plotlang-frozen"' in body
    style = _styles() + depth_styles(body) + (styles() if moving else "")
    program = f"<script>{script()}</script>\n" if moving else ""
    policy = "; ".join(
        (
            "default-src 'none'",
            "img-src data:",
            f"style-src '{digest(style)}'",
            f"script-src '{digest(script())}'" if moving else "script-src 'none'",
            "base-uri 'none'",
            "form-action 'none'",
        )
    )
    spoken = f' lang="{escape(language)}"' if language else ""
    return (
        f'<!DOCTYPE html>\n<html{spoken}>\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f'<meta name="generator" content="plotlang">\n<title>{escape(title)}</title>\n<style>{style}</style>\n</head>\n'
        f"<body>\n<main>\n{body}</main>\n{program}</body>\n</html>\n"
    )


def digest(text: str) -> str:
    """The hash by which a policy knows a script or a style sheet."""
    return "sha256-" + b64encode(sha256(text.encode()).digest()).decode("ascii")


def cell(code: str, outcome: Outcome) -> str:
    """A code cell, and what comes of it in the order in which a notebook shows it."""
    of_pictures = {note for each in outcome.figures for note in each.notes}
    parts = [
        f'<section class="cell">\n{code_html(code)}',
        *(f'<pre class="error">{escape(error.text())}</pre>\n' for error in outcome.errors),
        *(_note(note) for note in outcome.notes if note not in of_pictures),
        *(_value(each) for each in outcome.results if not each.feedback),
        f'<pre class="page">{escape(outcome.page)}</pre>\n' if outcome.page else "",
        *(_picture(each) for each in outcome.figures),
        *(_feedback(each) for each in outcome.results if each.feedback),
        "</section>\n",
    ]
    return "".join(parts)


@cache
def _styles() -> str:
    return files("plotlang.cli").joinpath("page.css").read_text(encoding="utf-8")


def _note(note: str) -> str:
    return f'<p class="note">{escape(note)}</p>\n'


def _feedback(result: Result) -> str:
    from plotlang.interpreter.feedback import feedback_html

    return f'<div class="feedback">{_without_styles(feedback_html(result))}</div>\n'


def _without_styles(html: str) -> str:
    """HTML of ours as the policy of the page wants it; quotes of the user's are escaped in it."""
    return re.sub(r' style="[^"]*"', "", html)


def _value(result: Result) -> str:
    if result.html:
        return f'<div class="value">{_without_styles(result.html)}</div>\n'
    if result.latex:
        return f'<p class="value">{formula_html(result.latex, display=True)}</p>\n'
    return f'<pre class="value">{escape(result.text)}</pre>\n'


def _picture(picture: Picture) -> str:
    """A picture, with sliders that work if it depends on any."""
    from plotlang.interpreter.freeze import FREEZE_SECONDS, film_of, freeze
    from plotlang.render.frozen import fragment, image

    notes = "".join(map(_note, picture.notes))
    if picture.is_empty:
        return notes
    if picture.sliders:
        wanted = picture.freezes or picture.sliders
        wanted = wanted if len(wanted) <= _SLIDERS_AT_ONCE else wanted[:_SLIDERS_OF_MANY]
        budget = Budget(deadline=monotonic() + FREEZE_SECONDS)
        return fragment(freeze(picture.session, picture.name, wanted, budget).film) + notes
    words = f'<div class="words">{escape(picture.description)}</div>'
    told = f"<details><summary>Description</summary>{words}</details>\n" if picture.settings.describe else ""
    return f"{image(film_of(picture.worked, picture.description))}\n{notes}{told}"
