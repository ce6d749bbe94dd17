"""Temporary folders for the stacks of tests, demo, checks and benchmarks."""

from __future__ import annotations

import os
import shutil
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import psutil

from local.stack import Stack

if TYPE_CHECKING:
    from collections.abc import Iterator

# Inside the repository: unlike /tmp, it has room for the data of a stack.
PARENT = Path(__file__).resolve().parent.parent / ".local" / "scratch"


@contextmanager
def scratch() -> Iterator[Path]:
    """Provide a folder for this process and remove it afterwards.

    First remove the folders of processes that were killed, and stop the stacks that still run from them.
    """
    PARENT.mkdir(parents=True, exist_ok=True)
    for old in PARENT.iterdir():
        if not psutil.pid_exists(int(old.name.split("-")[0])):
            _clear(old)
    folder = Path(tempfile.mkdtemp(prefix=f"{os.getpid()}-", dir=PARENT))
    folder.chmod(0o711)  # for root, Postgres runs as another user, who must reach its data
    try:
        yield folder
    finally:
        _clear(folder)


def _clear(folder: Path) -> None:
    for keys in folder.rglob("keys.json"):
        Stack(keys.parent).stop()
    shutil.rmtree(folder, ignore_errors=True)
