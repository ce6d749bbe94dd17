"""Runs a blocking call so that nothing has to wait for it once its caller has given up."""

from __future__ import annotations

import asyncio
import contextlib
import threading
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

R = TypeVar("R")


async def in_thread(call: Callable[[], R]) -> R:
    """Run a blocking call in a thread of its own and wait for it.

    The event loop's thread pool will not do: its threads are joined when the loop closes, and this call may block
    for as long as the other side trickles bytes, which no socket time-out ends. The thread here is a daemon; when
    the waiting task is cancelled it is left behind and its outcome dropped.

    Parameters
    ----------
    call : callable
        What to run.

    Returns
    -------
    object
        What ``call`` returned; what it raised is raised.
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
        except BaseException as raised:  # noqa: BLE001 - handed over, whatever it is
            error = raised
        # The loop may be closed by now; then nobody waits.
        with contextlib.suppress(RuntimeError):
            loop.call_soon_threadsafe(settle, result, error)

    threading.Thread(target=run, daemon=True).start()
    return await future
