"""A notebook open in a browser tab: what a user does with it, and what the user sees."""

from __future__ import annotations

import json
import os
import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from nbformat.v4 import new_code_cell, new_notebook, writes

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tests.browser.server import Server

OPEN_SECONDS = 120.0
RUN_SECONDS = 60.0
SPEC = {"name": "plotlang", "display_name": "plotlang", "language": "plotlang"}

# What the page is asked. The application is there because the server was started with expose_app_in_browser.
READY = """path => {
    const panel = window.jupyterapp?.shell?.currentWidget;
    const kernel = panel?.sessionContext?.session?.kernel;
    return panel?.context?.path === path && panel.content.widgets.length > 0 && kernel?.status === 'idle';
}"""
COMMAND = "name => { void window.jupyterapp.commands.execute(name); }"
CELLS = """() => window.jupyterapp.shell.currentWidget.content.widgets.map(cell => ({
    id: cell.model.id,
    source: cell.model.sharedModel.getSource(),
    count: cell.model.executionCount,
    shown: [...cell.node.querySelectorAll('.jp-OutputArea-output')].map(output => ({
        text: output.innerText,
        html: output.innerHTML,
        image: output.querySelector('img')?.src ?? null,
    })),
    saved: cell.model.sharedModel.getOutputs ? cell.model.outputs.toJSON() : [],
}))"""
BUSY = """() => {
    const panel = window.jupyterapp.shell.currentWidget;
    return panel.sessionContext.session?.kernel?.status !== 'idle';
}"""
DIRTY = "() => window.jupyterapp.shell.currentWidget.context.model.dirty"
RESTART = "() => window.jupyterapp.shell.currentWidget.sessionContext.restartKernel()"
SHUTDOWN = "() => window.jupyterapp?.serviceManager.sessions.shutdownAll()"
ACTIVATE = "index => { window.jupyterapp.shell.currentWidget.content.activeCellIndex = index; }"


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell as it stands on the screen, and its outputs as the notebook would save them."""

    source: str
    count: int | None
    images: tuple[str, ...]
    texts: tuple[str, ...]
    html: str
    outputs: list[dict[str, Any]]

    @property
    def picture(self) -> str:
        """The one picture under the cell, as base64."""
        (found,) = self.images
        return found

    @property
    def description(self) -> str:
        """The words that go with the picture."""
        (found,) = [each["data"]["text/plain"] for each in self.outputs if "image/png" in each.get("data", {})]
        return "".join(found)

    @property
    def curves(self) -> int:
        """How many curves the description counts."""
        return len(re.findall(r"^\d+\. ", self.description, flags=re.MULTILINE))

    @property
    def errors(self) -> list[dict[str, Any]]:
        """The error outputs."""
        return [each for each in self.outputs if each["output_type"] == "error"]


class Sheet:
    """One notebook in one tab; cells are named by their place."""

    def __init__(self, page: Page, server: Server, view: str) -> None:
        self.page = page
        self.server = server
        self.complaints: list[str] = []  # what went wrong in the page, ours or not
        page.on("pageerror", lambda problem: self.complaints.append(str(problem)))
        self._view = view
        self._path = server.folder / "sheet.ipynb"

    def open(self, *sources: str) -> None:
        """Write a notebook with these cells, and open it as a user would, by its address."""
        cells = [new_code_cell(each) for each in sources]
        number = len(list(self.server.folder.glob("*.ipynb"))) + 1
        self._path = self.server.folder / f"sheet-{number}.ipynb"
        self._path.write_text(writes(new_notebook(cells=cells, metadata={"kernelspec": SPEC})))
        view = self._view.format(name=self._path.stem)
        self.page.goto(f"{self.server.address}/{view}/{self._path.name}?token={self.server.token}")
        self.wait_until_ready()

    def close(self) -> None:
        """End the kernel, and leave the page."""
        self.page.evaluate(SHUTDOWN)
        self.page.close()

    def restart(self) -> None:
        """Restart the kernel."""
        self.page.evaluate(RESTART)
        self.wait_until_ready()

    def reload(self) -> None:
        """Load the page again; the kernel lives on."""
        self.page.reload()
        self.wait_until_ready()

    def wait_until_ready(self) -> None:
        """Until the notebook is open and its kernel waits for work."""
        self.page.wait_for_function(READY, arg=self._path.name, timeout=1000 * OPEN_SECONDS)

    def cells(self) -> list[Cell]:
        """Everything that stands in the notebook now."""
        return [_cell(each) for each in self.page.evaluate(CELLS)]

    def command(self, name: str) -> None:
        """Start one of the application's own commands, which act on the active cell."""
        self.page.evaluate(COMMAND, name)

    def activate(self, index: int) -> None:
        """Make a cell the active one."""
        self.page.evaluate(ACTIVATE, index)

    def run(self, index: int) -> Cell:
        """Run a cell and wait for all that comes of it."""
        before = max((each.count or 0) for each in self.cells())
        self.activate(index)
        self.command("notebook:run-cell")
        self.wait_for(lambda cells: (cells[index].count or 0) > before)
        self.wait_until_idle()
        return self.cells()[index]

    def edit(self, index: int, text: str) -> None:
        """Replace the text of a cell by typing."""
        self.activate(index)
        self.page.locator(".jp-Notebook .jp-Cell").nth(index).locator(".cm-content").click()
        self.page.keyboard.press("Control+a")
        self.page.keyboard.insert_text(text)
        self.wait_for(lambda cells: cells[index].source == text)

    def delete(self, index: int) -> None:
        """Delete a cell."""
        before = len(self.cells())
        self.activate(index)
        self.command("notebook:delete-cell")
        self.wait_for(lambda cells: len(cells) == before - 1)

    def save(self) -> list[dict[str, Any]]:
        """Save, and give back the code cells of the file."""
        self.command("docmanager:save")
        self.page.wait_for_function(f"() => !({DIRTY})()", timeout=1000 * RUN_SECONDS)
        return json.loads(self._path.read_text())["cells"]

    def wait_until_idle(self) -> None:
        """Until the kernel has done all that it was asked."""
        self.page.wait_for_function(f"() => !({BUSY})()", timeout=1000 * RUN_SECONDS)

    def wait_for(self, wish: Any, seconds: float = RUN_SECONDS) -> list[Cell]:
        """Look at the cells again and again until the wish holds."""
        left = seconds
        while not wish(cells := self.cells()):
            if left <= 0:
                raise AssertionError(f"not within {seconds:g} s; the cells are {cells}")
            self.page.wait_for_timeout(50)
            left -= 0.05
        return cells

    def shot(self, name: str) -> None:
        """Keep a screenshot, if someone wants to look at them."""
        if folder := os.environ.get("PLOTLANG_SCREENSHOTS"):
            Path(folder).mkdir(parents=True, exist_ok=True)
            self.page.screenshot(path=Path(folder) / f"{name}.png")


def saved_picture(cell: dict[str, Any]) -> str:
    """The one picture of a cell in the file, as base64."""
    (found,) = [each["data"]["image/png"] for each in cell["outputs"] if "image/png" in each.get("data", {})]
    return "".join("".join(found).split())


def _cell(seen: dict[str, Any]) -> Cell:
    shown = seen["shown"]
    return Cell(
        source=seen["source"],
        count=seen["count"],
        images=tuple(each["image"].partition(",")[2] for each in shown if each["image"]),
        texts=tuple(each["text"] for each in shown),
        html="".join(each["html"] for each in shown),
        outputs=seen["saved"],
    )
