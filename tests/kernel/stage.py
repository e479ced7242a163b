"""Sliders on their way without sockets: the real engine, notebook and widgets, and cells that can be held up."""

from __future__ import annotations

import asyncio
import base64
import threading
import time

from plotlang.kernel.cells import Cells, Request
from plotlang.kernel.dragging import Dragging
from plotlang.kernel.engine import Engine
from plotlang.kernel.messages import SliderRow
from plotlang.model.budget import Stopped
from plotlang.widgets.sliders import VIEW, Sliders
from tests.widgets.hands import say

PATIENCE = 60.0


class HeldCells(Cells):
    """Notes what is drawn and settled; what is in `held` (display ids, "settle") waits until it is let go.

    What is in `faults` fails once.
    """

    def __init__(self):
        super().__init__()
        self.drawn, self.settled, self.held, self.faults = [], [], set(), {}
        self.reached = threading.Event()

    def frame(self, display_id, places, stop):
        self.wait(display_id, stop)
        self.drawn.append((display_id, {name: value for (_, name), value in places.items()}))
        return super().frame(display_id, places, stop)

    def settle(self, places, stop):
        self.wait("settle", stop)
        rest = super().settle(places, stop)
        self.settled.append({name: value for (_, name), value in places.items()})
        return rest

    def wait(self, what, stop):
        while what in self.held:
            self.reached.set()
            if stop():
                raise Stopped("interrupted")
            time.sleep(0.002)
        if what in self.faults:
            raise self.faults.pop(what)


class Stage:
    """A notebook whose sliders are moved; to be made in an event loop."""

    def __init__(self, *, seen=False):
        """With `seen`, a page shows the sliders, and frames go to it."""
        self.cells, self.engine, self.published, self.frames = HeldCells(), Engine(), [], []
        self.dragging = Dragging(self.engine, self.cells, self.published.extend)
        self.dragging.sliders = self.sliders = Sliders(self.dragging)
        self.seen = seen

    async def run(self, code, cell_id="c"):
        """Run a cell as the kernel does."""
        await self.dragging.settle()
        request = Request(code, 1, False, cell_id, (), lambda: False)
        done = await self.engine.run(lambda stop: self.cells.run(request, stop))
        self.dragging.show_places(done.sliders)
        for row in done.messages:
            if isinstance(row, SliderRow):
                self.show(row)
        return done

    def show(self, row):
        shown = self.sliders.view(row.display_id, row.definitions)
        self.driver(row.display_id).comm.send = lambda data, metadata=None, buffers=None: self.frames.append(
            (row.display_id, data, buffers)
        )
        if self.seen:
            self.tell(row.display_id, "shown")
        return shown[VIEW]

    def driver(self, display_id):
        """The driver of a picture, whether a page shows it or not."""
        return self.sliders._boxes[display_id].driver

    def tell(self, display_id, event):
        """Let a page tell an event of a picture."""
        say(self.driver(display_id), {"method": "custom", "content": {"event": event}})

    @property
    def notebook(self):
        return self.cells.notebook

    def value(self, name="a"):
        """Where the notebook has a slider."""
        return self.notebook.parameters[name].value

    def number(self, name="a"):
        """What stands beside the slider."""
        return self.sliders._controls[self.slider(name)].number.value

    def handle(self, name="a"):
        """Where the slider itself stands."""
        return self.sliders._controls[self.slider(name)].handle.value

    def slider(self, name="a"):
        return self.notebook.session.definitions[name].slider

    async def move(self, *values, name="a"):
        """Positions as their messages come in, one right after the other; the tasks that answer them."""
        found = []
        for value in values:
            self.dragging.moved(self.slider(name), value)
            found.append(asyncio.create_task(self.dragging.follow()))
            await asyncio.sleep(0)
        return found

    async def moved(self, *values, name="a"):
        """Positions, all answered."""
        await asyncio.wait_for(asyncio.gather(*await self.move(*values, name=name)), PATIENCE)

    async def until(self, holds):
        """Wait until something holds."""
        end = asyncio.get_running_loop().time() + PATIENCE
        while not holds():
            assert asyncio.get_running_loop().time() < end, "it never came to pass"
            await asyncio.sleep(0.002)

    async def reached(self):
        """Wait until something that is held up was begun."""
        await self.until(self.cells.reached.is_set)
        self.cells.reached.clear()

    async def rest(self):
        """Wait until nothing is on its way any more."""
        await self.until(lambda: not (self.dragging._places or self.dragging._back))
        await self.until(lambda: self.dragging._resting is None or self.dragging._resting.done())

    def refreshed(self, display_id="plotlang-c-1"):
        """The pictures that were sent for a display id, as PNG."""
        contents = (each.content for each in self.published if each.type == "update_display_data")
        found = [each["data"] for each in contents if each["transient"]["display_id"] == display_id]
        return [base64.b64decode(each["image/png"]) for each in found if "image/png" in each]

    def texts(self, display_id):
        """What was printed anew for a display id."""
        contents = (each.content for each in self.published if each.type == "update_display_data")
        return [each["data"]["text/plain"] for each in contents if each["transient"]["display_id"] == display_id]


def played(scene, **options):
    """Play a scene on a new stage."""

    async def play():
        stage = Stage(**options)
        await asyncio.wait_for(scene(stage), 4 * PATIENCE)

    asyncio.run(play())
