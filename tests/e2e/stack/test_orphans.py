"""A command that is killed leaves no process of its stack behind."""

from __future__ import annotations

import subprocess
import sys
import time
from typing import TYPE_CHECKING

import psutil

from local.stack import ROOT

if TYPE_CHECKING:
    from pathlib import Path

# What tests, demo, soak, checks and benchmarks do: a stack in a scratch folder, and a model server.
COMMAND = """
import sys, time
from local.demo.model_server import model_server
from local.scratch import scratch
from local.stack import Stack
with scratch() as folder, model_server(folder), Stack(folder / "stack"):
    print(folder, flush=True)
    time.sleep(600)
"""


def test_nothing_outlives_make_that_is_killed(tmp_path: Path) -> None:
    """Only `make` gets SIGKILL: the command below it, Postgres, the API, the functions and the model server end with it, and their folder goes."""
    script, makefile = tmp_path / "command.py", tmp_path / "Makefile"
    script.write_text(COMMAND)
    makefile.write_text(f"run:\n\t@{sys.executable} {script}\n")
    with subprocess.Popen(
        ["make", "-f", str(makefile), "run"],
        cwd=ROOT,
        env={"PATH": "/usr/local/bin:/usr/bin:/bin", "PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        text=True,
    ) as make:
        assert make.stdout is not None
        folder = ROOT / make.stdout.readline().strip()
        before = running_from(folder)
        make.kill()
    assert {"postgres", "node"} <= {name for name, _ in before}
    assert any("functions_server" in command for _, command in before)
    assert any("aimock" in command for _, command in before)

    deadline = time.monotonic() + 60
    while (left := running_from(folder)) or folder.exists():
        assert time.monotonic() < deadline, left or folder
        time.sleep(0.1)


def running_from(folder: Path) -> set[tuple[str, str]]:
    """Return the name and command line of each process that names the folder."""
    found = set()
    for process in psutil.process_iter():
        try:
            command = " ".join(process.cmdline())
            if str(folder) in command or str(folder) in " ".join(process.environ().values()):
                found.add((process.name(), command))
        except (psutil.Error, OSError):
            continue
    return found
