"""`generate` behind uvicorn in a process that can be killed. It is forked from one that has imported everything."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import uvicorn

from functions._shared.adapters.gemini import backend  # noqa: F401
from functions._shared.adapters.supabase import ledger  # noqa: F401
from functions.generate.handler import app
from tests.fakes import killable

if TYPE_CHECKING:
    from collections.abc import Mapping
    from multiprocessing.context import ForkServerProcess


def _serve(environ: Mapping[str, str], port: int) -> None:
    os.environ.update(environ)
    uvicorn.run(app, host="127.0.0.1", port=port, lifespan="off", log_level="critical")


def start(environ: Mapping[str, str], port: int) -> ForkServerProcess:
    """Start a server on a port of the loopback interface."""
    process = killable.context().Process(target=_serve, args=(dict(environ), port), daemon=True)
    process.start()
    return process
