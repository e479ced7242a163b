"""The mouse of a page of Chromium by the DevTools protocol: moves are sent when they are due, none is waited for.

Playwright's own mouse waits for each move until the page has handled it, and so would come too late for the next.
"""

from __future__ import annotations

import json

import websocket


class Mouse:
    """Works on one page of a browser that was started with ``--remote-debugging-port``."""

    def __init__(self, page, port):
        session = page.context.new_cdp_session(page)
        target = session.send("Target.getTargetInfo")["targetInfo"]["targetId"]
        session.detach()
        self._socket = websocket.create_connection(
            f"ws://127.0.0.1:{port}/devtools/page/{target}", suppress_origin=True
        )
        self._count = 0

    def move(self, x, y, *, down):
        self._send("mouseMoved", x, y, buttons=int(down), button="left" if down else "none")

    def press(self, x, y):
        self._send("mousePressed", x, y, buttons=1, button="left", clickCount=1)

    def release(self, x, y):
        self._send("mouseReleased", x, y, buttons=0, button="left", clickCount=1)

    def wait(self):
        """Until the page has handled all of it."""
        while json.loads(self._socket.recv()).get("id") != self._count:
            pass

    def close(self):
        self._socket.close()

    def _send(self, kind, x, y, **rest):
        self._count += 1
        parameters = {"type": kind, "x": x, "y": y, **rest}
        self._socket.send(json.dumps({"id": self._count, "method": "Input.dispatchMouseEvent", "params": parameters}))
