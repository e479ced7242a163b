"""A drawing as the bytes of a file: PNG, SVG or PDF.  The same drawing always gives the same bytes."""

from __future__ import annotations

from contextlib import contextmanager
from io import BytesIO, StringIO
from threading import RLock
from typing import TYPE_CHECKING, Any, Final, cast

import matplotlib as mpl

from plotlang.model.drawing import Axis, Drawing
from plotlang.model.margins import axes_box
from plotlang.render.agg import Agg
from plotlang.render.compose import inks, paper
from plotlang.render.letters import letters, measure
from plotlang.render.paint import Page
from plotlang.render.png import encoded

if TYPE_CHECKING:
    from collections.abc import Iterator

    from matplotlib.backend_bases import RendererBase


_POINTS_PER_PX: Final = 72 / 96
DPI: Final = 96
ALONE: Final = RLock()
"""Held while anything is painted: typesetting and the settings of matplotlib are global."""
_SETTINGS: Final[Any] = {  # what a user's own matplotlibrc must not change
    "path.sketch": None,
    "svg.hashsalt": "plotlang",
    "svg.id": None,
    "pdf.compression": 6,
    "pdf.inheritcolor": False,
}


def render_png(drawing: Drawing) -> bytes:
    """The picture as PNG, exactly ``width·density`` × ``height·density`` pixels."""
    density = drawing.density
    renderer = Agg(drawing.width * density, drawing.height * density, DPI * density)
    with ALONE:
        _paint(drawing, renderer, density)
    return encoded(renderer.buffer_rgba())


def render_svg(drawing: Drawing) -> str:
    """The picture as SVG text, its letters as outlines; ``width`` × ``height`` CSS pixels."""
    from matplotlib.backends import backend_svg

    page, svg = StringIO(), cast("Any", backend_svg)
    with _settings():
        width, height = drawing.width * _POINTS_PER_PX, drawing.height * _POINTS_PER_PX
        renderer = svg.RendererSVG(width, height, page, metadata={"Date": None, "Creator": "plotlang"})
        _paint(drawing, renderer, _POINTS_PER_PX)
        renderer.finalize()
    return page.getvalue()


def render_pdf(drawing: Drawing) -> bytes:
    """The picture as a PDF of one page, 96 CSS pixels to the inch."""
    from matplotlib.backends import backend_pdf

    page, pdf = BytesIO(), cast("Any", backend_pdf)
    with _settings():
        width, height = drawing.width / DPI, drawing.height / DPI
        file = pdf.PdfFile(page, metadata={"CreationDate": None, "Creator": "plotlang", "Producer": None})
        file.newPage(width, height)
        renderer = pdf.RendererPdf(file, DPI, height, width)
        _paint(drawing, renderer, _POINTS_PER_PX)
        renderer.finalize()
        file.finalize()
        file.close()
    return page.getvalue()


def warm() -> None:
    """Draw once for nothing: what is loaded and built for the first picture is there before it is asked for."""
    with _settings():
        for formula in (r"y=\sin\left(x\right)", r"\frac{x^{2}}{2}"):
            letters(formula, math=True)
    axis = Axis(-1.0, 1.0)
    render_png(Drawing((), axis, axis, width=60, height=40, density=1))


@contextmanager
def _settings() -> Iterator[None]:
    """Our own settings of matplotlib for a while; one thread at a time, for they are global."""
    with ALONE, mpl.rc_context(_SETTINGS):
        yield


def _paint(drawing: Drawing, renderer: RendererBase | Agg, unit: float) -> None:
    """Draw on a page of which one CSS pixel is `unit`."""
    Page(renderer, unit).put([paper(drawing), *inks(drawing, measure)], axes_box(drawing))
