"""A front end with sliders: it finds the models of a cell, moves them, and keeps all that is published."""

from __future__ import annotations

import base64
import io
import time
from queue import Empty

import numpy as np
from PIL import Image

from plotlang import Notebook

VIEW = "application/vnd.jupyter.widget-view+json"
PATIENCE = 60.0
PYTHONIC = ("Traceback (most recent", ".py", "Error:", "site-packages", "object at 0x", "<class", "NoneType")


def pixels(png):
    return np.asarray(Image.open(io.BytesIO(png)).convert("RGB")).astype(int)


def drawn(code, **places):
    """The pixels that a notebook shows for one cell with its sliders at places."""
    notebook = Notebook()
    notebook.run(code, cell_id="c")
    for name, value in places.items():
        notebook.move_slider(name, value)
    return pixels(notebook.at("c").figure.png())


def png_of(message):
    return base64.b64decode(message["content"]["data"]["image/png"])


def same(message, wanted):
    """Whether a picture has these pixels."""
    return np.array_equal(pixels(png_of(message)), wanted)


def opened(answer):
    """The states of the models that a cell opened, by their ids."""
    return {
        each["content"]["comm_id"]: each["content"]["data"]["state"]
        for each in answer.messages
        if each["msg_type"] == "comm_open"
    }


def model(answer, kind, description=None):
    """The id of the one model of a kind that a cell opened."""
    (found,) = [
        name
        for name, state in opened(answer).items()
        if state["_model_name"] == f"{kind}Model" and description in (None, state.get("description"))
    ]
    return found


def handle(answer, name="a"):
    return model(answer, "FloatSlider", name)


class Page:
    """What a front end says about sliders to a kernel, and all that it hears from it."""

    def __init__(self, client):
        self.client, self.heard = client, []

    def run(self, code, cell_id="c"):
        """Run a cell and go on to hear; what is published for it is kept with the rest."""
        request = self.client.send_cell(code, metadata={"cellId": cell_id})
        return self.ended(request)

    def ended(self, request):
        """The answer to a cell, from what was heard until it was done."""
        from tests.protocol.client import Answer

        self.idle(request)
        return Answer(self.client.reply(request, timeout=PATIENCE), self.of(request))

    def say(self, kind, content, buffers=(), metadata=None):
        """Send a message of a page; its id."""
        message = self.client.channels.session.msg(kind, content, metadata=metadata)
        message["buffers"] = list(buffers)
        self.client.channels.shell_channel.send(message)
        return message["header"]["msg_id"]

    def update(self, model, **state):
        """Send new state of a model; the id of the message."""
        data = {"method": "update", "state": state, "buffer_paths": []}
        return self.say("comm_msg", {"comm_id": model, "data": data})

    def custom(self, model, content, buffers=()):
        return self.say("comm_msg", {"comm_id": model, "data": {"method": "custom", "content": content}}, buffers)

    def move(self, model, value):
        """Move a slider and wait until the kernel is done with the message, as a page does."""
        request = self.update(model, value=value)
        self.idle(request)
        return request

    def listen(self, enough, patience=PATIENCE):
        """Hear until it is enough."""
        end = time.monotonic() + patience
        while not enough() and time.monotonic() < end:
            try:
                self.heard.append(self.client.channels.get_iopub_msg(timeout=0.02))
            except Empty:
                continue
        return enough()

    def of(self, request):
        return [each for each in self.heard if each["parent_header"].get("msg_id") == request]

    def states(self, request):
        """Busy and idle as they were told for a message."""
        return [each["content"]["execution_state"] for each in self.of(request) if each["msg_type"] == "status"]

    def idle(self, *requests):
        """Hear until the kernel is done with messages."""
        assert self.listen(lambda: all("idle" in self.states(each) for each in requests)), "no idle"

    def frames(self, display_id="plotlang-c-1"):
        """The pictures that took the place of one that stood there."""
        return [
            each
            for each in self.heard
            if each["msg_type"] == "update_display_data"
            and each["content"]["transient"]["display_id"] == display_id
            and "image/png" in each["content"]["data"]
        ]

    def settled(self, display_id="plotlang-c-1"):
        """How often a picture came to rest: only then the words under it are told again."""
        told = (each["content"] for each in self.heard if each["msg_type"] == "update_display_data")
        return sum(each["transient"]["display_id"] == f"{display_id}-words" for each in told)

    def rest(self, display_id="plotlang-c-1", times=1):
        """Hear until a picture has come to rest."""
        assert self.listen(lambda: self.settled(display_id) >= times), "it never came to rest"

    def well(self):
        """Whether the kernel answers, and nothing that it told looks like Python."""
        answer = self.run("1 + 1", "well")
        shown = [each["content"] for each in self.heard if each["msg_type"] not in ("status", "execute_input")]
        words = str([each for each in shown if "data" not in each or "state" not in each["data"]])
        assert answer.texts() == ["1 + 1 = 2"]
        return not any(each in words for each in PYTHONIC)
