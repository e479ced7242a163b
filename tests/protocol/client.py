"""A real kernel process and a front end that matches every message to its request."""

from __future__ import annotations

import json
import os
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from jupyter_client.jsonutil import json_default
from jupyter_client.kernelspec import KernelSpec
from jupyter_client.manager import KernelManager

ROOT = Path(__file__).parents[2]
TIMEOUT = 20.0


@dataclass
class Answer:
    """A reply, and everything that was published on behalf of its request until the kernel was idle again."""

    reply: dict[str, Any]
    messages: list[dict[str, Any]] = field(default_factory=list)
    seconds: float = 0.0

    @property
    def outputs(self) -> list[dict[str, Any]]:
        return [each for each in self.messages if each["msg_type"] not in ("status", "execute_input")]

    @property
    def kinds(self) -> list[str]:
        return [each["msg_type"] for each in self.outputs]

    @property
    def status(self) -> str:
        return self.reply["status"]

    def texts(self) -> list[str]:
        """The plain texts of all values and displays."""
        return [each["content"]["data"].get("text/plain", "") for each in self.outputs if "data" in each["content"]]


class Client:
    """One kernel; `module` is what Python is asked to run."""

    def __init__(self, module: str = "plotlang.kernel") -> None:
        spec = json.loads((ROOT / "kernelspec" / "kernel.json").read_text())
        argv = [module if each == "plotlang.kernel" else each for each in spec["argv"]]
        self.manager = KernelManager()
        self.manager._kernel_spec = KernelSpec(**{**spec, "argv": [sys.executable, *argv[1:]]})
        environment = {**os.environ, "PYTHONPATH": str(ROOT)}
        self.manager.start_kernel(env=environment)
        self.channels = self.manager.client()
        self.channels.session.pack = lambda each: json.dumps(each, default=json_default).encode()
        self.channels.start_channels()
        self.channels.wait_for_ready(timeout=60)

    def close(self) -> None:
        self.channels.stop_channels()
        self.manager.shutdown_kernel(now=True)
        self.manager.cleanup_resources()
        self.manager.context.destroy()

    def send(self, kind: str, content: Any, *, channel: str = "shell", metadata: dict[str, Any] | None = None) -> str:
        """Send a request and return its id."""
        message = self.channels.session.msg(kind, content, metadata=metadata)
        getattr(self.channels, f"{channel}_channel").send(message)
        return message["header"]["msg_id"]

    def send_cell(self, code: str, *, metadata: dict[str, Any] | None = None, **options: Any) -> str:
        content = {"code": code, "silent": False, "store_history": True, "stop_on_error": False, **options}
        return self.send("execute_request", content, metadata=metadata)

    def reply(self, request: str, *, channel: str = "shell", timeout: float = TIMEOUT) -> dict[str, Any]:
        """The reply to a request; replies to others are dropped."""
        end = time.monotonic() + timeout
        while True:
            message = getattr(self.channels, f"{channel}_channel").get_msg(timeout=max(0.001, end - time.monotonic()))
            if message["parent_header"].get("msg_id") == request:
                return message["content"]

    def published(self, request: str, timeout: float = TIMEOUT) -> list[dict[str, Any]]:
        """What was published for a request, up to and including the idle status."""
        end, found = time.monotonic() + timeout, []
        while True:
            message = self.channels.get_iopub_msg(timeout=max(0.001, end - time.monotonic()))
            if message["parent_header"].get("msg_id") == request:
                found.append(message)
                if message["content"].get("execution_state") == "idle":
                    return found

    def answer(self, request: str) -> Answer:
        reply = self.reply(request)
        return Answer(reply, self.published(request))

    def run(self, code: str, *, cell_id: str | None = None, deleted: tuple[str, ...] = (), **options: Any) -> Answer:
        """Run a cell as JupyterLab does (with a cell id) or as nbclient does (without)."""
        metadata = {"cellId": cell_id, "deletedCells": list(deleted)} if cell_id else {}
        start = time.monotonic()
        answer = self.answer(self.send_cell(code, metadata=metadata, **options))
        answer.seconds = time.monotonic() - start
        return answer

    def ask(self, kind: str, **content: Any) -> dict[str, Any]:
        return self.reply(self.send(f"{kind}_request", content))

    def run_interrupted(self, code: str, after: float = 0.3, **options: Any) -> Answer:
        """Run a cell and interrupt it; the answer's seconds count from the interrupt to the idle status."""
        request = self.send_cell(code, **options)
        time.sleep(after)
        start = time.monotonic()
        self.manager.interrupt_kernel()
        answer = self.answer(request)
        answer.seconds = time.monotonic() - start
        return answer
