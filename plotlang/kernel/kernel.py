"""The kernel: requests in, messages out; what a cell means is the notebook's business."""

from __future__ import annotations

import asyncio
import gc
import importlib
import json
import logging
import signal
import sys
import threading
from contextvars import copy_context
from functools import partial
from typing import TYPE_CHECKING, Any, cast

import comm
from ipykernel.kernelbase import Kernel
from jupyter_client.session import DELIM

from plotlang.kernel import messages, replies
from plotlang.kernel.cells import Cells, Done, Request
from plotlang.kernel.dragging import Dragging
from plotlang.kernel.edge import guarded, refuse
from plotlang.kernel.engine import Engine, Interrupted, Overtime
from plotlang.kernel.past import Past
from plotlang.model.budget import Stopped
from plotlang.version import __version__
from plotlang.widgets.comms import TARGETS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from jupyter_client.session import Session

    from plotlang.kernel.messages import Message, SliderRow
    from plotlang.notebook import Notebook

log = logging.getLogger("plotlang")

LOADED_EARLY = (  # while the user types
    "plotlang.notebook", "plotlang.render.picture", "plotlang.assist.complete", "plotlang.render.easel",
)  # fmt: skip
COMMS = ("comm_open", "comm_msg", "comm_close")
LEAVE = ("exit", "quit", "exit()", "quit()")  # what people type to end a console; notebooks ignore it
UNTIL_HEARD = 0.3  # seconds: a console that has just started may not hear yet when told that we are idle, and waits on
NOT_SERVED = ("debug_request", "create_subshell_request", "delete_subshell_request", "list_subshell_request")


class PlotlangKernel(Kernel):
    """Jupyter's view of a plotlang notebook."""

    implementation = "plotlang"
    implementation_version = __version__
    banner = f"plotlang {__version__}"
    language_info = replies.LANGUAGE
    open_cells = Cells

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self.engine = Engine()
        self.past = Past()
        self.cells = self.open_cells()
        self.dragging = Dragging(self.engine, self.cells, self._publish)
        self._executes = 0
        self._stop_next = False
        self._warm = False
        self.comm_manager = comm.get_comm_manager()
        for kind in COMMS:
            self.shell_handlers[kind] = getattr(self.comm_manager, kind)
        self.shell_handlers["comm_msg"] = self._comm_msg
        for name, opener in TARGETS.items():
            self.comm_manager.register_target(name, opener)
        self.control_handlers.update(dict.fromkeys(NOT_SERVED, refuse))
        for handlers in (self.shell_handlers, self.control_handlers):
            handlers.update({kind: guarded(kind, each, self._session) for kind, each in handlers.items()})

    # the process

    def start(self) -> None:
        """Begin to serve; from now on an interrupt stops the running cell, and nothing else."""
        super().start()
        if threading.current_thread() is threading.main_thread():
            signal.signal(signal.SIGINT, self._interrupt)

    def _interrupt(self, *_: object) -> None:
        """Stop the running cell, or the one whose request is just being read; when idle, nothing."""
        self._stop_next = self._executes > 0 and not self.engine.busy
        self.engine.interrupt()

    def pre_handler_hook(self) -> None:
        """Leave the interrupt handler as it is: the base would let an interrupt tear through the event loop."""

    def post_handler_hook(self) -> None:
        """Nothing to undo."""

    def set_parent(self, ident: Any, parent: Any, channel: str = "shell") -> None:
        """Tell everything that may publish by itself which request it belongs to."""
        super().set_parent(ident, parent, channel)
        if channel == "shell":
            for each in (sys.stdout, sys.stderr, sys.displayhook):
                if hasattr(each, "set_parent"):
                    each.set_parent(parent)

    async def shell_main(self, subshell_id: str | None, msg: Any) -> None:
        """Count the cells that are under way or waiting, then go on as the base does.

        Messages of widgets don't wait for cells, and have their own busy and idle: a front end sends the next position
        of a slider only when the last one is done with.
        """
        kind = _type_of(msg)
        if kind in COMMS:
            await asyncio.create_task(self.dispatch_shell(msg), context=copy_context())
            return
        execute = kind == "execute_request"
        self._executes += execute
        try:
            await super().shell_main(subshell_id, msg)
        finally:
            self._executes -= execute
            self._stop_next = self._stop_next and self._executes > 0

    @property
    def _session(self) -> Session:
        return cast("Session", self.session)  # the base allows for none, which no running kernel has

    # requests

    @property
    def kernel_info(self) -> dict[str, Any]:
        """Who we are; the base would load a debugger to find out."""
        return replies.kernel_info()

    async def kernel_info_request(self, stream: Any, ident: Any, parent: Any) -> None:
        """Answer, and only then load what the first cell will need."""
        await super().kernel_info_request(stream, ident, parent)
        self._load_early()

    async def do_execute(  # noqa: PLR0913 (the signature is ipykernel's)
        self,
        code: str,
        silent: bool,
        store_history: bool = True,
        user_expressions: dict[str, str] | None = None,  # noqa: ARG002
        allow_stdin: bool = False,  # noqa: ARG002
        *,
        cell_meta: dict[str, Any] | None = None,
        cell_id: str | None = None,
    ) -> dict[str, Any]:
        """Run a cell and show what it has to show."""
        parent, count = self.get_parent("shell"), self.execution_count
        if code.strip() in LEAVE:
            await asyncio.sleep(UNTIL_HEARD)
            return replies.ok_reply(count, leave=True)
        request = Request(code, count, silent, _text_or_none(cell_id), _deleted(cell_meta), self._more_wait)
        await self.dragging.settle()
        done = await self._finish(request)
        self._load_early()
        self.dragging.show_places(done.sliders)
        if not silent:
            self._publish(done.messages, parent)
            if not store_history:
                self.execution_count -= 1
            elif code.strip():
                self.past.add(count, code, done.answer)
        return replies.failed_reply(done.failure, count) if done.failure else replies.ok_reply(count, done.page)

    async def do_complete(self, code: str, cursor_pos: int) -> dict[str, Any]:
        """What can stand at the cursor."""
        return replies.completion_reply(await self._ask(lambda book: book.complete(code, cursor_pos)))

    async def do_inspect(
        self,
        code: str,
        cursor_pos: int,
        detail_level: int = 0,  # noqa: ARG002
        omit_sections: Iterable[str] = (),  # noqa: ARG002
    ) -> dict[str, Any]:
        """What stands at the cursor."""
        return replies.inspection_reply(await self._ask(lambda book: book.inspect(code, cursor_pos)))

    async def do_is_complete(self, code: str) -> dict[str, Any]:
        """Whether Enter should run the cell."""
        return replies.is_complete_reply(*await self.engine.run(lambda _: self.cells.judge(code)))

    async def do_history(  # noqa: PLR0913, PLR0917 (as above)
        self,
        hist_access_type: str,
        output: bool = False,
        raw: bool = True,  # noqa: ARG002
        session: int | None = None,
        start: int | None = None,
        stop: int | None = None,
        n: int | None = None,
        pattern: str | None = None,
        unique: bool = False,
    ) -> dict[str, Any]:
        """Earlier cells of this session."""
        match hist_access_type:
            case "tail":
                found = self.past.tail(n or 0, output=output)
            case "range":
                found = self.past.between(session or 0, start or 0, stop, output=output)
            case _:
                found = self.past.search(pattern or "*", n, unique=unique, output=output)
        return replies.history_reply(found)

    async def do_shutdown(self, restart: bool) -> dict[str, Any]:
        """Nothing has to be saved: the cells are in the notebook."""
        return replies.shutdown_reply(restart=restart)

    # the work

    def _load_early(self) -> None:
        if not self._warm:
            self._warm = True
            self.engine.add_chores(partial(importlib.import_module, name) for name in LOADED_EARLY)
            self.engine.add_chores([_warm_up, partial(importlib.import_module, "plotlang.widgets.sliders"), _tidy_up])

    async def _ask(self, question: Callable[[Notebook], Any]) -> Any:
        return await self.engine.run(lambda _: question(self.cells.notebook))

    async def _finish(self, request: Request) -> Done:
        """Run a cell; whatever happens becomes something that can be told."""
        try:
            if not self._stop_next:
                return await self.engine.run(partial(self.cells.run, request))
            self._stop_next, failure = False, replies.INTERRUPTED
        except Interrupted:
            failure = replies.INTERRUPTED
        except (Overtime, Stopped):  # the notebook itself says which line is slow; this is for what it can't stop
            failure = replies.TOO_SLOW
        except Exception as problem:
            log.exception("a cell failed")
            failure = replies.internal_failure(problem)
        return Done((messages.error_message(failure),), failure)

    def _more_wait(self) -> bool:
        return self._executes > 1

    async def _comm_msg(self, stream: Any, ident: Any, message: dict[str, Any]) -> None:
        """Let a widget take a message, and draw what it moved before the answer goes out."""
        self.comm_manager.comm_msg(stream, ident, message)
        await self.dragging.follow()

    def _row(self, row: SliderRow) -> Message:
        """Sliders as a message; the first ones bring the widgets with them."""
        if self.dragging.sliders is None:
            from plotlang.widgets.sliders import Sliders

            self.dragging.sliders = Sliders(self.dragging)
        return messages.slider_message(row, self.dragging.sliders.view(row.display_id, row.definitions))

    def _publish(self, found: Iterable[Message | SliderRow], parent: Any = None) -> None:
        parent = self.get_parent("shell") if parent is None else parent
        for found_one in found:
            each = self._row(found_one) if isinstance(found_one, messages.SliderRow) else found_one
            content = messages.clean(each.content)
            self._session.send(self.iopub_socket, each.type, content, parent=parent, ident=self._topic(each.type))


def _warm_up() -> None:
    """Have what the first picture needs ready, fonts and typesetting included."""
    from plotlang.render.picture import warm

    warm()


def _tidy_up() -> None:
    """Look for garbage from now on, but not among what was loaded: that would make pictures of a drag late."""
    gc.collect()
    gc.freeze()
    gc.enable()


def _type_of(msg: Any) -> str:
    """The type of a message that has just come in, told from its header; empty if there is no telling."""
    frames = [bytes(frame.buffer) for frame in msg[:8]]
    try:
        return str(json.loads(frames[frames.index(DELIM) + 2])["msg_type"])
    except (ValueError, IndexError, KeyError, TypeError):
        return ""


def _deleted(cell_meta: dict[str, Any] | None) -> tuple[str, ...]:
    listed = (cell_meta or {}).get("deletedCells")
    return tuple(each for each in listed if isinstance(each, str)) if isinstance(listed, list) else ()


def _text_or_none(value: object) -> str | None:
    return messages.clean(value) if isinstance(value, str) else None
