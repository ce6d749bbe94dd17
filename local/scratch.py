"""Folders for one run: tests, demo, checks and benchmarks put their stacks there, and leave nothing behind."""

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

# Below the repository: as root, Postgres runs as another user, who must be able to reach its data.
PARENT = Path(__file__).resolve().parent.parent / ".local" / "scratch"


@contextmanager
def scratch() -> Iterator[Path]:
    """Give a folder of this process, gone afterwards.

    Folders whose process was killed are cleared first, with the stacks that still run from them.
    """
    PARENT.mkdir(parents=True, exist_ok=True)
    for old in PARENT.iterdir():
        if not psutil.pid_exists(int(old.name.split("-")[0])):
            _clear(old)
    folder = Path(tempfile.mkdtemp(prefix=f"{os.getpid()}-", dir=PARENT))
    try:
        yield folder
    finally:
        _clear(folder)


def _clear(folder: Path) -> None:
    for keys in folder.rglob("keys.json"):
        Stack(keys.parent).stop()
    shutil.rmtree(folder, ignore_errors=True)
