"""The edge of the kernel: every request that comes in gets one answer, whatever it holds and whatever goes wrong."""

from __future__ import annotations

import inspect
import logging
from typing import TYPE_CHECKING, Any, TypeAlias

from plotlang.kernel.messages import Failure, clean
from plotlang.kernel.replies import failed_reply, internal_failure

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from jupyter_client.session import Session

    Handler: TypeAlias = Callable[[Any, Any, dict[str, Any]], Awaitable[None] | None]

log = logging.getLogger("plotlang")

FIELDS: dict[str, dict[str, type]] = {
    "execute_request": {"code": str},
    "complete_request": {"code": str, "cursor_pos": int},
    "inspect_request": {"code": str, "cursor_pos": int},
    "is_complete_request": {"code": str},
    "history_request": {"hist_access_type": str},
    "shutdown_request": {"restart": bool},
    "comm_open": {"comm_id": str, "target_name": str},
    "comm_msg": {"comm_id": str},
    "comm_close": {"comm_id": str},
}


def guarded(kind: str, handler: Handler, session: Session) -> Callable[..., Awaitable[None]]:
    """The handler of one type of request, made so that it never raises and never leaves a request unanswered."""

    async def answer(stream: Any, ident: Any, message: dict[str, Any]) -> None:
        try:
            failure = tidy(kind, message)
            if failure is None:
                result = handler(stream, ident, message)
                if inspect.isawaitable(result):
                    await result
        except Exception as problem:
            log.exception("a %s failed", kind)
            failure = internal_failure(problem)
        if failure is not None and kind.endswith("_request"):
            reply = kind.removesuffix("_request") + "_reply"
            session.send(stream, reply, failed_reply(failure), message, ident=ident)

    return answer


def refuse(_stream: Any, _ident: Any, message: dict[str, Any]) -> None:
    """Handler of requests that this kernel does not serve."""
    raise NotImplementedError(message["header"]["msg_type"])


def tidy(kind: str, message: dict[str, Any]) -> Failure | None:
    """Clean the texts of a request in place; the failure to answer with if it is not what its type asks for."""
    content, metadata = message.get("content"), message.get("metadata")
    message["metadata"] = metadata if isinstance(metadata, dict) else {}
    if not isinstance(content, dict):
        return _malformed("content")
    message["content"] = content = clean(content)
    for name, wanted in FIELDS.get(kind, {}).items():
        if not isinstance(content.get(name), wanted):
            return _malformed(name)
    return None


def _malformed(name: str) -> Failure:
    line = f"the request has no proper {name}"
    return Failure("PlotlangError", line, (line,))
