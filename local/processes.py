"""Background processes of the local stack, which outlive the command that starts them, and their ports."""

from __future__ import annotations

import contextlib
import fcntl
import json
import os
import socket
import subprocess
import time
import urllib.error
import urllib.request
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

import psutil

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

READY_TIMEOUT_S = 60
STOP_TIMEOUT_S = 10


class StackError(RuntimeError):
    """The stack cannot start; the message says why and what to do about it."""


@contextlib.contextmanager
def alone(folder: Path) -> Iterator[None]:
    """Lock a folder for this process, creating it if missing. The lock is released when the process ends."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def free_port() -> int:
    """Return a TCP port on 127.0.0.1 that is free at the moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def port_is_free(port: int) -> bool:
    """Whether a server could listen on 127.0.0.1:port."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
        return True


def port_holder(port: int) -> str | None:
    """Describe the process that listens on a port, if the system lets us see it."""
    try:
        listeners = [
            c
            for c in psutil.net_connections("tcp")
            if c.status == psutil.CONN_LISTEN and c.laddr and c.laddr.port == port
        ]
        for pid in (c.pid for c in listeners if c.pid):
            return f"process {pid} ({' '.join(psutil.Process(pid).cmdline())[:100]})"
    except psutil.Error:  # macOS shows other processes' sockets to root only
        pass
    return None


@dataclass(frozen=True)
class Record:
    """The record on disk of a running process."""

    pid: int
    created: float
    port: int


class Process:
    """A background process with a log, and a record on disk by which a later command finds and stops it.

    Parameters
    ----------
    name
        Base name of its files, `<name>.log` and `<name>.json`.
    directory
        Folder of those files.
    """

    def __init__(self, name: str, directory: Path) -> None:
        self.name = name
        self.log = directory / f"{name}.log"
        self._record = directory / f"{name}.json"
        self._child: subprocess.Popen[bytes] | None = None

    @property
    def record(self) -> Record | None:
        """The running process, or None. Its start time distinguishes it from another process with a reused pid."""
        try:
            record = Record(**json.loads(self._record.read_text()))
            process = psutil.Process(record.pid)
            alive = process.create_time() == record.created and _alive(process)
        except (OSError, ValueError, TypeError, psutil.Error):
            return None
        return record if alive else None

    def start(self, command: Sequence[str | Path], *, port: int, env: Mapping[str, str], cwd: Path) -> None:
        """Start the process in its own session: neither Ctrl-C nor the end of this command stops it."""
        with self.log.open("ab") as log:
            self._child = subprocess.Popen(
                command,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                # Its folder, by which `local.scratch` finds it when nobody is left to stop it.
                env={**os.environ, **env, "LOCAL_PROCESS": str(self.log)},
                cwd=cwd,
                start_new_session=True,
            )
        created = psutil.Process(self._child.pid).create_time()
        self._record.write_text(json.dumps(asdict(Record(self._child.pid, created, port))))

    def wait_until_ready(self, url: str) -> None:
        """Wait until a URL answers with a status below 500.

        Raises
        ------
        StackError
            The process ended or did not answer within 60 s; the message contains the end of its log.
        """
        deadline = time.monotonic() + READY_TIMEOUT_S
        while self.record is not None and time.monotonic() < deadline:
            try:
                with urllib.request.urlopen(url, timeout=5):
                    return
            except urllib.error.HTTPError as error:
                if error.code < 500:  # noqa: PLR2004
                    return
            except OSError:
                pass
            time.sleep(0.03)
        reason = "did not answer" if self.record else "ended"
        tail = "\n".join(self.log.read_text(errors="replace").splitlines()[-20:])
        message = f"The {self.name} process {reason} ({url}). The end of {self.log}:\n{tail}"
        raise StackError(message)

    def stop(self) -> None:
        """Terminate the process and its children; kill those that have not ended after 10 s."""
        record = self.record
        self._record.unlink(missing_ok=True)
        if record is None:
            return
        try:
            process = psutil.Process(record.pid)
            family = [process, *process.children(recursive=True)]
        except psutil.NoSuchProcess:
            return
        for member in family:
            _signal(member, "terminate")
        for member in _wait(family):
            _signal(member, "kill")
        _wait(family)
        if self._child is not None:
            self._child.wait()


def _wait(family: Sequence[psutil.Process]) -> list[psutil.Process]:
    """Wait until the processes have ended; return those still running after 10 s.

    A zombie counts as ended: its parent may take seconds to collect it.
    """
    deadline = time.monotonic() + STOP_TIMEOUT_S
    running = list(family)
    while (running := [process for process in running if _alive(process)]) and time.monotonic() < deadline:
        time.sleep(0.01)
    return running


def _alive(process: psutil.Process) -> bool:
    try:
        return process.is_running() and process.status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False


def _signal(process: psutil.Process, method: str) -> None:
    with contextlib.suppress(psutil.NoSuchProcess):
        getattr(process, method)()
