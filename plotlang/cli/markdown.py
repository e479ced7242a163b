"""Markdown → HTML that loads nothing: formulas as pictures, raw HTML as text, pictures from the notebook's folder."""

from __future__ import annotations

import re
from base64 import b64encode
from dataclasses import dataclass, field
from html import escape
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import unquote

from plotlang.language.diagnostics import LanguageError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

_IMAGES: Final = {
    ".png": "image/png", ".jpg": "image/jpeg", ".jpeg": "image/jpeg", ".gif": "image/gif", ".webp": "image/webp",
    ".svg": "image/svg+xml",
}  # fmt: skip
_LARGEST: Final = 10_000_000  # bytes
_BASE64: Final = re.compile(r"[A-Za-z0-9+/=\s]*")
_DEPTHS: Final = 20  # steps of the font size in which formulas are lowered


@dataclass(frozen=True, slots=True)
class Place:
    """Where Markdown stands: the folder of its notebook, and the pictures attached to its cell, by name and type."""

    folder: Path
    attachments: Mapping[str, Mapping[str, str]] = field(default_factory=dict)


class MissingLibrary(Exception):
    """The library for Markdown is not installed."""


def html_of(text: str, place: Place) -> str:
    """The text as HTML; raises `MissingLibrary`."""
    try:
        import mistune
    except ImportError:
        raise MissingLibrary from None

    class Renderer(mistune.HTMLRenderer):
        """Our own pictures and code."""

        def image(self, text: str, url: str, title: str | None = None) -> str:
            return _image(place, text, url, title)

        def block_code(self, code: str, info: str | None = None) -> str:
            return _code(code, info)

    renderer = Renderer(escape=True)
    markdown = mistune.create_markdown(renderer=renderer, plugins=["table", "strikethrough", "math"])
    of_plugins: dict[str, Callable[..., str]] = {
        "table_cell": lambda _, text, align=None, head=False: _cell(text, align, head=head),
        "inline_math": lambda _, text: formula_html(text),
        "block_math": lambda _, text: f'<p class="display">{formula_html(text, display=True)}</p>\n',
    }
    for name, render in of_plugins.items():
        renderer.register(name, render)
    found: Any = markdown(text)
    return str(found)


def formula_html(tex: str, *, display: bool = False) -> str:
    """A formula as a picture in the text, or as plain text where it can't be set; on `display` fractions are large."""
    from plotlang.render.formula import formula
    from plotlang.render.words import plain

    text = tex.strip()
    typed = re.sub(r"\\(displaystyle|limits)\b", "", text)
    found = formula(re.sub(r"\\frac\b", r"\\dfrac", typed) if display else typed)
    if found is None:
        return f'<span class="math">{escape(plain(text) or text)}</span>'
    return (
        f'<svg class="math d{round(found.depth * _DEPTHS)}" role="img" aria-label="{escape(text)}"'
        f' width="{found.width:.3f}em" height="{found.height:.3f}em" viewBox="{found.box}">'
        f'<path d="{found.path}"/></svg>'
    )


def depth_styles(html: str) -> str:
    """The style sheet that puts the formulas of a page on the lines of its text."""
    depths = sorted({int(found) for found in re.findall(r'<svg class="math d(\d+)"', html)})
    return "".join(f".d{depth}{{vertical-align:{-depth / _DEPTHS:g}em}}\n" for depth in depths)


def code_html(code: str) -> str:
    """A cell's text with its colours."""
    from pygments import highlight
    from pygments.formatters import HtmlFormatter

    from plotlang.lexer import PlotlangLexer

    shown = highlight(code, PlotlangLexer(stripnl=False), HtmlFormatter(nowrap=True, classprefix="t-"))
    return f"<pre><code>{shown.rstrip()}</code></pre>\n"


def _code(code: str, info: str | None) -> str:
    if info is not None and info.split()[:1] == ["plotlang"]:
        return code_html(code)
    return f"<pre><code>{escape(code)}</code></pre>\n"


def _cell(text: str, align: str | None, *, head: bool) -> str:
    name = "th" if head else "td"
    kind = f' class="{align}"' if align in ("left", "right", "center") else ""
    return f"<{name}{kind}>{text}</{name}>\n"


def _image(place: Place, text: str, url: str, title: str | None) -> str:
    source = _source(place, unquote(url))
    words = escape(re.sub(r"<[^>]*>", "", text))
    if source is not None:
        hint = f' title="{escape(title)}"' if title else ""
        return f'<img src="{source}" alt="{words}"{hint}>'
    if re.match(r"https?://", url):
        return f'<a href="{escape(url)}">{words or escape(url)}</a>'
    return f"<em>{words or escape(url)}</em>"


def _source(place: Place, url: str) -> str | None:
    """A picture as a data URL, None if there is none or it must not be read."""
    if url.startswith("attachment:"):
        kinds = place.attachments.get(url.removeprefix("attachment:"), {})
        for kind, data in kinds.items():
            if kind in _IMAGES.values() and _BASE64.fullmatch(str(data)):
                return f"data:{kind};base64,{''.join(data.split())}"
        return None
    if re.match(r"[a-z][a-z0-9+.-]*:", url, re.IGNORECASE):
        return None
    from plotlang.files import readable

    try:
        path = readable(place.folder, url.removeprefix("./"), tuple(_IMAGES))
        content = path.read_bytes() if path.stat().st_size <= _LARGEST else None
    except (LanguageError, OSError, ValueError):
        return None
    return None if content is None else f"data:{_IMAGES[path.suffix.lower()]};base64,{b64encode(content).decode()}"
