"""The one thread in which cells are worked out, so that the event loop stays free to answer and to be interrupted."""

from __future__ import annotations

import asyncio
import ctypes
import logging
import sys
import threading
from collections import deque
from dataclasses import dataclass, field
from queue import Empty, SimpleQueue
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from types import FrameType

T = TypeVar("T")

KICK_AFTER = 0.15  # seconds in which the work may notice the stop flag by itself
ABANDON_AFTER = 0.35  # seconds after which the answer is given, even if a long C call still holds the thread
LIMIT = 30.0  # seconds after which work is stopped that does not keep to its own, much shorter limit
STACK_BYTES = 128 * 2**20  # of address space, for formulas within formulas; memory is taken only when used

log = logging.getLogger("plotlang")


class Interrupted(Exception):
    """The work was stopped by the user before it was done."""


class Overtime(Exception):
    """The work was stopped because it did not end."""


class Halt(BaseException):
    """Raised inside work that does not look at its stop flag; not an `Exception`, so that no one swallows it."""


@dataclass(eq=False, slots=True)
class Job:
    """One piece of work, and the future that waits for it in an event loop."""

    work: Callable[[Callable[[], bool]], Any]
    loop: asyncio.AbstractEventLoop
    future: asyncio.Future[Any]
    stopped: bool = False
    running: bool = False
    kicked: bool = False
    reason: Exception | None = None
    lock: threading.Lock = field(default_factory=threading.Lock)

    def asked_to_stop(self) -> bool:
        """Whether the work should end as soon as it can."""
        return self.stopped

    def settle(self, result: Any, error: BaseException | None) -> None:
        """Hand the result to the waiting future; called in the event loop.  Who was stopped failed for that reason."""
        if self.future.done():
            return
        if error is None:
            self.future.set_result(result)
        else:
            self.future.set_exception(self.reason or error)


class Engine:
    """A daemon thread that takes jobs in order and does its chores (imports) while nothing waits."""

    def __init__(self, limit: float = LIMIT) -> None:
        self.limit = limit
        self._queue: SimpleQueue[Job | None] = SimpleQueue()
        self._chores: deque[Callable[[], object]] = deque()
        self._jobs: set[Job] = set()
        self._thread: threading.Thread | None = None

    @property
    def busy(self) -> bool:
        """Whether a job is running or waiting."""
        return bool(self._jobs)

    async def run(self, work: Callable[[Callable[[], bool]], T]) -> T:
        """Do the work in the thread; `work` is given a question to ask now and then, whether it should stop.

        Raises `Interrupted` after `interrupt`, `Overtime` when the work could not be stopped by its own limits, else
        whatever the work raises (wrapped, if it is no `Exception`).
        """
        loop = asyncio.get_running_loop()
        job = Job(work, loop, loop.create_future())
        self._jobs.add(job)
        self._start()
        self._queue.put(job)
        alarm = loop.call_later(self.limit, self._stop, job, Overtime())
        try:
            result: T = await job.future
        finally:
            alarm.cancel()
            self._jobs.discard(job)
        return result

    def add_chores(self, chores: Iterable[Callable[[], object]]) -> None:
        """Have these done, one after the other, whenever no job waits."""
        self._chores.extend(chores)
        self._start()
        self._queue.put(None)

    def interrupt(self) -> None:
        """Stop every job that is running or waiting; safe to call from a signal handler of the main thread."""
        for job in tuple(self._jobs):
            if not job.stopped:
                job.stopped = True
                job.loop.call_soon_threadsafe(self._stop, job, Interrupted())

    def _stop(self, job: Job, reason: Exception) -> None:
        """Stop a job, at first kindly; in the end the answer is given whatever the thread does."""
        job.stopped, job.reason = True, reason
        job.loop.call_later(KICK_AFTER, self._kick, job)
        job.loop.call_later(ABANDON_AFTER, job.settle, None, reason)

    def _kick(self, job: Job) -> None:
        """Raise `Halt` inside the job; not amid an import, which would leave half a module behind."""
        with job.lock:
            if not job.running or job.kicked or self._thread is None:
                return
            if not _importing(sys._current_frames().get(self._thread.ident or 0)):  # noqa: SLF001 (the only way)
                job.kicked = True
                _raise_in(self._thread.ident, Halt)
                return
        job.loop.call_later(0.02, self._kick, job)

    def _start(self) -> None:
        if self._thread is None:
            before = threading.stack_size(STACK_BYTES)
            self._thread = threading.Thread(target=self._work, name="plotlang-engine", daemon=True)
            self._thread.start()
            threading.stack_size(before)

    def _work(self) -> None:
        while True:
            job = self._next()
            if job is not None:
                result, error = _perform(job)
                _deliver(job, result, error)
                del job, result, error

    def _next(self) -> Job | None:
        try:
            return self._queue.get_nowait()
        except Empty:
            pass
        if not self._chores:
            return self._queue.get()
        try:
            self._chores.popleft()()
        except Exception:
            log.exception("a chore failed")
        return None


def _perform(job: Job) -> tuple[Any, BaseException | None]:
    """Do the work; a `Halt` that comes after its end is too late and forgotten."""
    result, error, ended = None, None, False
    try:
        try:
            result = _start_work(job)
            ended = True
        except BaseException as problem:  # noqa: BLE001 (whatever it was, someone waits for the answer)
            error = problem
        _close(job)
    except Halt as late:
        error = None if ended else error or late
        _close(job)
    return result, _presentable(error)


def _start_work(job: Job) -> Any:
    job.running = True
    if job.stopped:
        raise Interrupted
    return job.work(job.asked_to_stop)


def _close(job: Job) -> None:
    """Mark the end of the work: from here on no `Halt` arrives, and one that is under way is taken back."""
    with job.lock:
        job.running = False
        if job.kicked:
            _raise_in(threading.get_ident(), None)


def _presentable(error: BaseException | None) -> BaseException | None:
    """The error as one that a future can carry without harm to the event loop."""
    if isinstance(error, Halt):
        return Interrupted()
    if error is None or (isinstance(error, Exception) and not isinstance(error, StopIteration)):
        return error
    wrapped = RuntimeError(f"{type(error).__name__}: {error}")
    wrapped.__cause__ = error
    return wrapped


def _deliver(job: Job, result: Any, error: BaseException | None) -> None:
    try:
        job.loop.call_soon_threadsafe(job.settle, result, error)
    except RuntimeError:  # the event loop is closed: nobody waits any more
        log.debug("an answer came after the end")


def _importing(frame: FrameType | None) -> bool:
    while frame is not None:
        if frame.f_code.co_filename.startswith("<frozen importlib"):
            return True
        frame = frame.f_back
    return False


def _raise_in(thread: int | None, kind: type[BaseException] | None) -> None:
    """Raise an exception in a thread, at its next Python instruction; None takes back one that is still to come."""
    raised = None if kind is None else ctypes.py_object(kind)
    ctypes.pythonapi.PyThreadState_SetAsyncExc(ctypes.c_ulong(thread or 0), raised)
