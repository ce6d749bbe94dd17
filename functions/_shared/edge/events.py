"""Answers as a stream of server-sent events: what the work tells while it runs, then its result. Used by `FunctionApp`.

The stream opens when the work tells something for the first time. What goes wrong before that is an ordinary answer
with its own status; afterwards it is the event ``error``. A client that leaves changes nothing about the work.
"""

from __future__ import annotations

import asyncio
import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

from starlette.responses import Response
from typing_extensions import override

from functions._shared.domain.errors import DeadlineExceeded
from functions._shared.ports.request import PaidAnswer

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Callable, Mapping

    from starlette.types import Receive, Scope, Send

    from functions._shared.edge.route import Answer, AnyHandler, Call

    Problem = Callable[[Exception], bytes]

MEDIA_TYPE: Final = "text/event-stream"
QUIET_SECONDS: Final = 10.0
"""After this long without an event, a comment keeps proxies from closing the connection."""
_COMMENT: Final = b": still working\n\n"
_HEADERS: Final = {
    "cache-control": "no-store",
    "x-content-type-options": "nosniff",
    "x-accel-buffering": "no",  # nginx would collect the events
}


def is_wanted(headers: Mapping[str, str]) -> bool:
    """Whether the client asks for a stream of events."""
    accepted = (each.partition(";")[0].strip() for each in headers.get("accept", "").lower().split(","))
    return MEDIA_TYPE in accepted


async def answer(handler: AnyHandler, call: Call[Any], problem: Problem) -> Answer | EventStream:
    """Begin paid work; return its stream, or its answer if that is none of paid work, such as a task.

    Parameters
    ----------
    handler : coroutine function
        Does the work. It may use ``call.paid.tell``.
    call : Call
        The request.
    problem : callable
        Returns the problem document for an exception.
    """
    told: asyncio.Queue[bytes | None] = asyncio.Queue()

    def tell(event: str, data: Mapping[str, Any]) -> None:
        told.put_nowait(_frame(event, json.dumps(data, ensure_ascii=False).encode()))

    async def work() -> Answer:
        try:
            async with asyncio.timeout(call.deadline.remaining()) as limit:
                return await handler(replace(call, maybe_paid=replace(call.paid, tell=tell)))
        except TimeoutError as late:
            if limit.expired():
                raise DeadlineExceeded from late
            raise
        finally:
            told.put_nowait(None)

    task = asyncio.ensure_future(work())
    try:
        first = await told.get()
    except asyncio.CancelledError:
        await _cancel(task)
        raise
    if first is not None:
        return EventStream(_events(first, told, task, problem), task)
    result = await task
    if not isinstance(result, PaidAnswer):
        return result
    replayed = {"idempotency-replayed": "true"} if result.replayed else {}
    return EventStream(_events(None, told, task, problem), task, {**result.headers, **replayed})


async def _events(
    chunk: bytes | None, told: asyncio.Queue[bytes | None], task: asyncio.Future[Answer], problem: Problem
) -> AsyncGenerator[bytes]:
    while chunk is not None:
        yield chunk
        try:
            chunk = await asyncio.wait_for(told.get(), QUIET_SECONDS)
        except TimeoutError:
            chunk = _COMMENT
    try:
        result = await task
    except Exception as failure:  # noqa: BLE001 - the client always gets a well-formed end
        yield _frame("error", problem(failure))
    else:
        if isinstance(result, PaidAnswer):
            yield _frame("result", result.body)
        else:
            yield _frame("error", problem(TypeError("paid work has another answer")))


def _frame(event: str, data: bytes) -> bytes:
    """Build an event. A reader puts the lines of its data together again."""
    return b"event: %s\n%s\n" % (event.encode(), b"".join(b"data: %s\n" % line for line in data.split(b"\n")))


async def _cancel(task: asyncio.Future[Answer]) -> None:
    task.cancel()
    await asyncio.wait({task})


class EventStream(Response):
    """A response that sends events until the work is done.

    Parameters
    ----------
    events : async generator
        The events, framed.
    task : Future
        The work. It is done when the response is.
    headers : mapping, optional
        More headers.
    """

    def __init__(
        self, events: AsyncGenerator[bytes], task: asyncio.Future[Answer], headers: Mapping[str, str] | None = None
    ) -> None:
        super().__init__(headers={**_HEADERS, **(headers or {})}, media_type=MEDIA_TYPE)
        del self.headers["content-length"]
        self._events, self._task = events, task

    @override
    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        try:
            await send({"type": "http.response.start", "status": self.status_code, "headers": self.raw_headers})
            async for event in self._events:
                await send({"type": "http.response.body", "body": event, "more_body": True})
            await send({"type": "http.response.body", "body": b"", "more_body": False})
        except OSError:  # the client has left, and the work goes on
            await asyncio.wait({self._task})
        finally:
            await _cancel(self._task)
