"""The consumer of `generate` in a process that can be killed. It is forked from one that has imported everything."""

from __future__ import annotations

import asyncio
import json
import os
from typing import TYPE_CHECKING

from functions._shared.adapters.gemini import backend  # noqa: F401
from functions._shared.adapters.supabase import ledger  # noqa: F401
from functions._shared.ports.request import Deadline
from functions.generate import tasks
from tests.fakes import killable

if TYPE_CHECKING:
    from collections.abc import Mapping
    from multiprocessing.connection import Connection
    from multiprocessing.context import ForkServerProcess

SECONDS = 150


def _serve(environ: Mapping[str, str], messages: Connection) -> None:
    """Take ids of tasks until the other end closes; answer each with whether its message must come again."""
    os.environ.update(environ)

    async def serve() -> None:
        while True:
            try:
                task_id = await asyncio.to_thread(messages.recv)
            except EOFError:
                return
            record = {"messageId": task_id, "body": json.dumps({"task_id": task_id})}
            answer = await tasks.consume({"Records": [record]}, Deadline.after(SECONDS))
            messages.send(bool(answer["batchItemFailures"]))

    asyncio.run(serve())


def start(environ: Mapping[str, str]) -> tuple[ForkServerProcess, Connection]:
    """Start a consumer; return it and the connection that delivers messages to it."""
    context = killable.context()
    ours, theirs = context.Pipe()
    process = context.Process(target=_serve, args=(dict(environ), theirs), daemon=True)
    process.start()
    theirs.close()
    return process, ours
