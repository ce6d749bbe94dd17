"""Processes that tests kill. They are forked from one that has imported everything, so that they start at once."""

from __future__ import annotations

import multiprocessing
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from multiprocessing.context import ForkServerContext

# What is forked from is shared by all tests of a process, so it imports what any of them starts.
PRELOADED = [
    "tests.functions.cleanup.process",
    "tests.functions.generate.consumer_process",
    "tests.functions.generate.server_process",
]


def context() -> ForkServerContext:
    """Return what starts a process."""
    made = multiprocessing.get_context("forkserver")
    made.set_forkserver_preload(PRELOADED)
    return made
