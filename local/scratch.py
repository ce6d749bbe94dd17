"""Temporary folders for the stacks of tests, demo, checks and benchmarks."""

from __future__ import annotations

import ctypes
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Final

import psutil

from local.stack import ROOT, Stack

if TYPE_CHECKING:
    from collections.abc import Iterator

# Inside the repository: unlike /tmp, it has room for the data of a stack.
PARENT: Final = ROOT / ".local" / "scratch"

# Its standard input closes when the owner of the folder ends, however that happens. Without a farewell, it clears the
# folder.
_GUARD: Final = "import sys; sys.stdin.read() or __import__('local.scratch').scratch.clear(sys.argv[1])"
_PR_SET_PDEATHSIG: Final = 1  # prctl(2) of Linux


@contextmanager
def scratch() -> Iterator[Path]:
    """Provide a folder for this process and remove it afterwards, with whatever still runs from it.

    If this process is killed, a guard does so within seconds; if the guard is killed too, the next call does.
    """
    PARENT.mkdir(parents=True, exist_ok=True)
    for old in PARENT.iterdir():
        if not psutil.pid_exists(int(old.name.split("-")[0])):
            clear(old)
    folder = Path(tempfile.mkdtemp(prefix=f"{os.getpid()}-", dir=PARENT))
    folder.chmod(0o711)  # for root, Postgres runs as another user, who must reach its data
    _end_with_make()
    command = [sys.executable, "-c", _GUARD, str(folder)]
    guard = subprocess.Popen(command, stdin=subprocess.PIPE, cwd=ROOT, start_new_session=True)
    try:
        yield folder
    finally:
        clear(folder)
        guard.communicate(b"cleared")


def clear(folder: Path | str) -> None:
    """Stop the stacks of a folder and every other process that names the folder, and remove it."""
    folder = Path(folder)
    for keys in folder.rglob("keys.json"):
        Stack(keys.parent).stop()
    for process in psutil.process_iter():
        if process.pid != os.getpid() and _names(process, folder):
            with suppress(psutil.Error):
                process.kill()
    shutil.rmtree(folder, ignore_errors=True)


def _names(process: psutil.Process, folder: Path) -> bool:
    """Whether a process was started with the folder in its arguments or variables. The guard itself does not count."""
    try:
        arguments = process.cmdline()
        return _GUARD not in arguments and any(
            str(folder) in value for value in (*arguments, *process.environ().values())
        )
    except (psutil.Error, OSError):  # gone, or another user's
        return False


def _end_with_make() -> None:
    """Let this process end when `make` is killed: otherwise the command would go on without anyone to stop it."""
    parent = psutil.Process().parent()
    if sys.platform == "linux" and parent is not None and parent.name() in {"make", "gmake"}:
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)
