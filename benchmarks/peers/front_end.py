"""A front end without a screen: runs cells in a real kernel, moves a slider, and notes when pictures come."""

from __future__ import annotations

import base64
import os
import time
from dataclasses import dataclass
from pathlib import Path

import psutil
import zmq
from jupyter_client.kernelspec import KernelSpec
from jupyter_client.manager import KernelManager

ROOT = Path(__file__).parents[2]
PATIENCE = 60.0  # seconds until something is taken for broken
SIGNATURE = b"\x89PNG\r\n\x1a\n"
SLIDERS = ("FloatSliderModel", "IntSliderModel")


@dataclass(frozen=True)
class Shot:
    """A picture: when it came, and its PNG; `patch` if it is laid over the one before."""

    time: float
    png: bytes
    patch: bool = False


class FrontEnd:
    """One kernel and what a notebook page does with it; moves go to the slider with the description "a"."""

    needs_slider = True

    def __init__(self, argv, cells, environment):
        self.argv = argv
        self.context = zmq.Context()
        self.context.setsockopt(zmq.RECONNECT_IVL, 2)
        self.manager = KernelManager(context=self.context)
        self.manager._kernel_spec = KernelSpec(argv=argv, env=environment, language="", display_name="")
        self.manager.start_kernel(env={**os.environ, "PYTHONPATH": str(ROOT)})
        self.client = self.manager.client(context=self.context)
        self.client.start_channels(stdin=False, hb=False)
        self.client.wait_for_ready(timeout=PATIENCE)
        self.sliders, self.slider = set(), None
        self.busy = set()  # requests that have no "idle" yet
        self.sent = 0
        self.shots = []
        for cell in cells:
            self.send("execute_request", self._execution(cell))
            self.rest()
        if self.needs_slider and self.slider is None:
            raise SystemExit(f"no slider for a came from {argv}")

    def close(self):
        self.client.stop_channels()
        self.manager.shutdown_kernel(now=True)
        self.context.destroy(linger=0)

    def move(self, value):
        """Send a position as ipywidgets does; the id of the message."""
        state = {"method": "update", "state": {"value": self.position(value)}, "buffer_paths": []}
        return self.send("comm_msg", {"comm_id": self.slider, "data": state})

    def position(self, value):
        """What the slider calls this value."""
        return value

    def send(self, kind, content):
        message = self.client.session.msg(kind, content)
        if kind == "execute_request":
            message["metadata"] = {"cellId": f"cell-{self.sent}"}
        self.client.shell_channel.send(message)
        self.sent += 1
        self.busy.add(message["header"]["msg_id"])
        return message["header"]["msg_id"]

    def custom(self, comm, content):
        """Send one of a widget's own messages."""
        return self.send("comm_msg", {"comm_id": comm, "data": {"method": "custom", "content": content}})

    def listen(self, until):
        """Take in one message of the kernel, if one comes before this time."""
        socket = self.client.iopub_channel.socket
        if not socket.poll(max(0, 1000 * (until - time.perf_counter()))):
            return None
        now = time.perf_counter()
        _, message = self.client.session.recv(socket, mode=0)
        parent = message["parent_header"].get("msg_id", "")
        if message["msg_type"] == "status" and message["content"]["execution_state"] == "idle":
            self.busy.discard(parent)
        elif message["msg_type"] == "error":
            raise SystemExit("\n".join(message["content"]["traceback"]))
        elif message["msg_type"] == "comm_open":
            self.opened(message["content"])
        elif message["msg_type"] == "comm_msg" and message["content"]["data"].get("method") == "update":
            self.named(message["content"]["comm_id"], message["content"]["data"]["state"])
        if png := self.picture(message):
            self.shots.append(Shot(now, png, self.is_patch(message)))
        while self.client.shell_channel.socket.poll(0):
            self.client.session.recv(self.client.shell_channel.socket, mode=0)
        return message

    def opened(self, content):
        """A widget is there."""
        state = content["data"].get("state", {})
        if state.get("_model_name") in SLIDERS:
            self.sliders.add(content["comm_id"])
            self.named(content["comm_id"], state)

    def named(self, comm, state):
        """A widget has these properties now."""
        if comm in self.sliders and state.get("description") == "a":
            self.slider = comm

    def picture(self, message):
        """The PNG in a message."""
        if message["msg_type"] in ("display_data", "update_display_data"):
            text = message["content"]["data"].get("image/png")
            return base64.b64decode(text) if text else None
        if message["msg_type"] == "comm_msg":
            return next((bytes(each) for each in message["buffers"] if bytes(each[:8]) == SIGNATURE), None)
        return None

    def is_patch(self, message):
        """Whether the PNG of this message is only what changed."""
        return False

    def work(self):
        """CPU seconds of the kernel so far."""
        return sum(psutil.Process(self.manager.provisioner.pid).cpu_times()[:2])

    def taken(self):
        """The pictures that came since this was called last."""
        found = list(self.shots)
        self.shots.clear()
        return found

    def rest(self, quiet=0.25):
        """Wait until all is done and nothing has come for a while."""
        end = time.perf_counter() + PATIENCE
        while self.listen(time.perf_counter() + quiet) is not None or self.busy:
            if time.perf_counter() > end:
                raise SystemExit(f"the kernel does not come to rest: {self.argv}")

    def step(self, value):
        """Move, and wait for the first picture and for the kernel: seconds from the move to the picture."""
        before = len(self.shots)
        begin = time.perf_counter()
        self.move(value)
        while len(self.shots) == before or self.busy:
            if self.listen(begin + PATIENCE) is None:
                raise SystemExit(f"no picture for {value}: {self.argv}")
        return self.shots[before].time - begin

    def _execution(self, code):
        content = {"code": code, "silent": False, "store_history": True, "user_expressions": {}}
        return content | {"allow_stdin": False, "stop_on_error": True}
