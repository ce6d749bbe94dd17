"""Runs a blocking call in a thread that can be abandoned. Called by `GeminiLegacyBackend`."""

from __future__ import annotations

import asyncio
import contextlib
import threading
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

R = TypeVar("R")


async def in_thread(call: Callable[[], R]) -> R:
    """Run a blocking call in its own thread and wait for the result.

    The event loop's thread pool does not work here: closing the loop joins its threads, and this call may block for as
    long as the server keeps sending single bytes, because that never triggers a socket timeout. This thread is a
    daemon; if the waiting task is cancelled, the thread is abandoned and its result dropped.

    Parameters
    ----------
    call : callable
        The blocking call.

    Returns
    -------
    object
        The result of ``call``. Exceptions of ``call`` propagate.
    """
    loop = asyncio.get_running_loop()
    future: asyncio.Future[R] = loop.create_future()

    def settle(result: R | None, error: BaseException | None) -> None:
        if future.done():
            return
        if error is not None:
            future.set_exception(error)
        else:
            future.set_result(result)  # type: ignore[arg-type]

    def run() -> None:
        result: R | None = None
        error: BaseException | None = None
        try:
            result = call()
        except BaseException as raised:  # noqa: BLE001 - passed on to the waiting task
            error = raised
        # If the loop is already closed, nothing is waiting.
        with contextlib.suppress(RuntimeError):
            loop.call_soon_threadsafe(settle, result, error)

    threading.Thread(target=run, daemon=True).start()
    return await future
