"""What pages do beyond the ordinary: run a cell again, talk to ipympl's canvas, or to plotlang's widget."""

from __future__ import annotations

import json

from benchmarks.peers.front_end import FrontEnd


class RunAgain(FrontEnd):
    """No slider: the cell is run again with another number in place of "(a)"."""

    needs_slider = False

    def __init__(self, argv, cells, environment):
        self.cell = cells[0]
        super().__init__(argv, [self.cell.replace("(a)", "(1)")], environment)

    def move(self, value):
        return self.send("execute_request", self._execution(self.cell.replace("(a)", f"({value})")))


class Driven(FrontEnd):
    """The page's side of plotlang: its widget beside the sliders says that it is there, and gets the pictures."""

    def opened(self, content):
        super().opened(content)
        if "box" in content["data"].get("state", {}):
            self.custom(content["comm_id"], {"event": "shown", "density": 1})


class Canvas(FrontEnd):
    """The page's side of ipympl: the canvas asks for each picture that it is told of, one at a time.

    As in `MPLCanvasModel` of ipympl 0.10 (`src/mpl_widget.ts`): the messages at the start, "refresh" after "resize",
    and "draw" after "draw" unless a picture is awaited.
    """

    canvas = None
    waiting = False
    mode = "full"

    def position(self, value):
        """The slider of mpl-interactions counts the steps of a linspace."""
        return round((value + 5) * 100)

    def opened(self, content):
        super().opened(content)
        if content["data"].get("state", {}).get("_model_name") == "MPLCanvasModel":
            self.canvas = content["comm_id"]
            for kind in ("refresh", "send_image_mode", "initialized"):
                self.custom(self.canvas, {"type": kind})

    def listen(self, until):
        message = super().listen(until)
        if message is not None and message["msg_type"] == "comm_msg" and message["content"]["comm_id"] == self.canvas:
            self._hear(message["content"]["data"])
        return message

    def is_patch(self, message):
        return self.mode == "diff"

    def _hear(self, data):
        if data["method"] == "update":
            self.mode = data["state"].get("_image_mode", self.mode)
        if data["method"] != "custom":
            return
        kind = json.loads(data["content"]["data"])["type"]
        if kind == "resize":
            self.custom(self.canvas, {"type": "refresh"})
        elif kind == "draw" and not self.waiting:
            self.waiting = True
            self.custom(self.canvas, {"type": "draw"})
        elif kind == "binary":
            self.waiting = False
