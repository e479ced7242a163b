"""The notebook's side of the kernel: runs cells and answers questions, always in the engine's thread."""

from __future__ import annotations

from dataclasses import dataclass
from time import monotonic
from typing import TYPE_CHECKING

from plotlang.kernel import messages
from plotlang.model.budget import Budget

if TYPE_CHECKING:
    from collections.abc import Callable

    from plotlang.interpreter.outcome import Outcome
    from plotlang.notebook import Notebook, Picture

    from plotlang.kernel.messages import Failure, Message

SECONDS_PER_CELL = 5.0


@dataclass(frozen=True, slots=True)
class Request:
    """One cell to run."""

    code: str
    count: int
    silent: bool
    cell_id: str | None
    deleted: tuple[str, ...]
    more: Callable[[], bool]  # whether further cells wait


@dataclass(frozen=True, slots=True)
class Done:
    """What became of a cell."""

    messages: tuple[Message, ...] = ()
    failure: Failure | None = None
    page: str = ""
    answer: str = ""


class Cells:
    """The notebook of this kernel, opened at first use, and the pictures that wait for being refreshed."""

    def __init__(self) -> None:
        self._notebook: Notebook | None = None
        self._unrefreshed: dict[str, Picture] = {}

    @property
    def notebook(self) -> Notebook:
        """The one notebook."""
        if self._notebook is None:
            self._notebook = self.open_notebook()
        return self._notebook

    def open_notebook(self) -> Notebook:
        """A new notebook; its import waits for the first cell or the first free moment."""
        from plotlang.notebook import Notebook  # noqa: PLC0415 (heavy: nothing may come before the kernel's reply)

        return Notebook()

    def judge(self, code: str) -> tuple[str, str]:
        """Whether the text is complete, and the indentation of a next line."""
        from plotlang.assist.is_complete import is_complete  # noqa: PLC0415 (as above)

        return is_complete(code)

    def run(self, request: Request, stop: Callable[[], bool]) -> Done:
        """Run a cell; `stop` is asked now and then whether to give up.  Raises `Stopped` if so."""
        budget = Budget(deadline=monotonic() + SECONDS_PER_CELL, interrupted=stop)
        outcome = self.notebook.run(
            request.code, cell_id=request.cell_id, deleted=request.deleted, budget=budget, label=str(request.count)
        )
        failure = messages.error_failure(outcome.errors) if outcome.errors else None
        shown = () if request.silent else messages.cell_messages(outcome, request.count)
        shown += self._refresh(outcome, later=request.silent or (request.more() and failure is None))
        return Done(shown, failure, outcome.page, outcome.values[-1] if outcome.values else "")

    def _refresh(self, outcome: Outcome, *, later: bool) -> tuple[Message, ...]:
        """The pictures of other cells anew, or nothing while more cells wait: then the last one does it for all."""
        waiting = {**self._unrefreshed}
        for each in outcome.figures:
            waiting.pop(each.display_id, None)
        for each in outcome.refreshed:
            waiting.pop(each.display_id, None)
            waiting[each.display_id] = each
        shown = () if later else messages.refresh_messages(waiting.values())
        self._unrefreshed = waiting if later else {}
        return shown
