"""A notebook in JupyterLab whose slider is dragged with the mouse, while each painted frame is noted."""

from __future__ import annotations

import time
from pathlib import Path

from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, writes

from benchmarks.peers.mouse import Mouse
from tests.browser.sheet import RUN_SECONDS, Sheet

WATCH = Path(__file__).with_name("watch.js").read_text()
STOP = "() => window.watched.stop()"
NUDGE = 2.0  # pixels away from the ends of the slider
CELL = 1  # a text stands above and below it, so that the page can be scrolled
TEXT = "\n\n".join(["A line of text."] * 12)


class LabPage(Sheet):
    """One notebook with one cell that shows a picture and its slider."""

    mouse = None

    def close(self):
        self.mouse.close()
        super().close()

    def open_with(self, source, kernel, port):
        """Write the notebook, open it, run the cell, and wait for picture and slider."""
        cells = [new_markdown_cell(TEXT), new_code_cell(source), new_markdown_cell(TEXT)]
        spec = {"name": kernel, "display_name": kernel}
        self._path = self.server.folder / f"{kernel}.ipynb"
        self._path.write_text(writes(new_notebook(cells=cells, metadata={"kernelspec": spec})))
        view = self._view.format(name=kernel)
        self.page.goto(f"{self.server.address}/{view}/{self._path.name}?token={self.server.token}")
        self.wait_until_ready()
        self.activate(CELL)
        self.command("notebook:run-cell")
        self.picture.wait_for(timeout=1000 * RUN_SECONDS)
        self.handle.wait_for(timeout=1000 * RUN_SECONDS)
        self.wait_until_idle()
        self.handle.scroll_into_view_if_needed()
        self.page.wait_for_timeout(1500)
        self.mouse = Mouse(self.page, port)

    @property
    def picture(self):
        return self.page.locator(".jp-Cell-outputArea img").first

    @property
    def handle(self):
        return self.page.locator(".noUi-handle").first

    def drag(self, count, rate, *, held, rest):
        """Drag the handle to the other end of its slider in `count` moves; rows of frames, and times of moves.

        The button stays down for `held` seconds after the last move; the watch ends `rest` seconds after it is let go.
        """
        box, way = self.handle.bounding_box(), self.page.locator(".noUi-base").first.bounding_box()
        begin, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
        left, right = way["x"] + NUDGE, way["x"] + way["width"] - NUDGE
        end = left if begin > (left + right) / 2 else right
        self.mouse.move(begin, y, down=False)
        self.page.evaluate(WATCH, CELL)
        self.mouse.press(begin, y)
        self.mouse.wait()
        start = time.perf_counter()
        for k in range(1, count + 1):
            time.sleep(max(0.0, start + k / rate - time.perf_counter()))
            self.mouse.move(begin + (end - begin) * k / count, y, down=True)
        self.mouse.wait()
        self.page.wait_for_timeout(1000 * held)
        released = self.page.evaluate("() => performance.now()")
        self.mouse.release(end, y)
        self.mouse.wait()
        self.page.wait_for_timeout(1000 * rest)
        return self.page.evaluate(STOP) | {"released": released}
