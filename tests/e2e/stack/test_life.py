"""Starting and stopping the stack: repeatedly, with ports in use, and after its services were killed."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import httpx
import psutil
import psycopg
import pytest

from local.processes import free_port

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

ROOT = Path(__file__).resolve().parents[3]
PARTS = ("postgres", "api", "functions")
if TYPE_CHECKING:
    Run = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture(scope="module")
def folder(scratch: Path) -> Iterator[Path]:
    folder = scratch / "life"
    folder.mkdir()
    yield folder
    subprocess.run(
        [sys.executable, "-m", "local", "down", "--folder", folder], check=True, cwd=ROOT, capture_output=True
    )


@pytest.fixture(scope="module")
def ports() -> dict[str, int]:
    return {name: free_port() for name in PARTS}


@pytest.fixture(scope="module")
def run(folder: Path, ports: dict[str, int]) -> Run:
    """`make up`, `make down` and so on, in our own folder and on our own ports."""

    def _run(command: str, **other: int) -> subprocess.CompletedProcess[str]:
        options = [f"--{name}-port={port}" for name, port in {**ports, **other}.items()]
        return subprocess.run(
            [sys.executable, "-m", "local", command, "--folder", folder, *options],
            check=False,
            capture_output=True,
            text=True,
            cwd=ROOT,
            stdin=subprocess.DEVNULL,
        )

    return _run


def env(folder: Path) -> dict[str, str]:
    return dict(line.split("=", 1) for line in (folder / "env").read_text().splitlines())


def processes(folder: Path) -> dict[str, int]:
    """Process ids of the services of a folder, found by command line or environment, not by our own records."""
    pids = {}
    for process in psutil.process_iter(["pid", "cmdline", "environ"]):
        line = " ".join(process.info["cmdline"] or [])
        if str(folder) in line and "postgres" in line:
            pids["postgres"] = process.info["pid"]
        elif str(folder) in (process.info["environ"] or {}).get("STORAGE_DIRECTORY", ""):
            pids["api"] = process.info["pid"]
    return pids


def listeners() -> dict[int, tuple[str, int | None]]:
    """Address and process of each TCP port in use."""
    connections = psutil.net_connections("tcp")
    return {c.laddr.port: (c.laddr.ip, c.pid) for c in connections if c.status == psutil.CONN_LISTEN and c.laddr}


def works(folder: Path) -> bool:
    values = env(folder)
    key = {"apikey": values["SUPABASE_PUBLISHABLE_KEY"]}
    settings = httpx.get(f"{values['SUPABASE_URL']}/auth/v1/settings", headers=key)
    functions = httpx.get(f"{values['SUPABASE_URL']}/functions/v1/docs")
    with psycopg.connect(values["DATABASE_URL"]) as connection:
        row = connection.execute("select count(*) from public.profiles").fetchone()
    return settings.status_code == 200 and functions.status_code == 200 and row is not None


@pytest.fixture
def up(run: Run) -> None:
    started = run("up")
    assert started.returncode == 0, started.stderr


@pytest.mark.usefixtures("up")
def test_up_writes_the_environment_and_works(folder: Path, ports: dict[str, int]) -> None:
    assert set(env(folder)) >= {"SUPABASE_URL", "SUPABASE_PUBLISHABLE_KEY", "SUPABASE_SECRET_KEY", "DATABASE_URL"}
    assert env(folder)["SUPABASE_URL"] == f"http://127.0.0.1:{ports['api']}"
    assert (folder / "env").stat().st_mode & 0o077 == 0
    assert works(folder)


@pytest.mark.usefixtures("up")
def test_a_second_up_changes_nothing(folder: Path, run: Run) -> None:
    before, keys = processes(folder), env(folder)
    again = run("up")
    assert again.returncode == 0, again.stderr
    assert processes(folder) == before
    assert set(before) == {"postgres", "api"}
    assert env(folder) == keys


@pytest.mark.usefixtures("up")
def test_up_on_other_ports_says_that_the_stack_is_running(run: Run, ports: dict[str, int]) -> None:
    again = run("up", api=free_port())
    assert again.returncode == 1
    assert "make down" in again.stderr
    assert f"API_PORT={ports['api']}" in again.stderr


@pytest.mark.usefixtures("up")
def test_it_listens_on_loopback_only(ports: dict[str, int]) -> None:
    listening = listeners()
    assert {listening[port][0] for port in ports.values()} == {"127.0.0.1"}


@pytest.mark.usefixtures("up")
@pytest.mark.parametrize(
    "killed", [PARTS, *(pytest.param((part,), marks=pytest.mark.long) for part in PARTS)], ids=["all", *PARTS]
)
def test_after_kill_9_it_starts_again_with_its_data(
    folder: Path, run: Run, ports: dict[str, int], killed: tuple[str, ...]
) -> None:
    with psycopg.connect(env(folder)["DATABASE_URL"]) as connection:
        connection.execute("create table if not exists public.kept as select 1 as one")
    listening = listeners()
    for name in killed:
        pid = listening[ports[name]][1]
        assert pid is not None
        os.kill(pid, signal.SIGKILL)
        psutil.wait_procs([psutil.Process(pid)] if psutil.pid_exists(pid) else [], timeout=10)
    again = run("up")
    assert again.returncode == 0, again.stderr
    assert works(folder)
    with psycopg.connect(env(folder)["DATABASE_URL"]) as connection:
        assert connection.execute("select one from public.kept").fetchone() == (1,)


@pytest.mark.long
@pytest.mark.usefixtures("up")
def test_a_pid_file_whose_number_belongs_to_another_process_is_ignored(folder: Path, run: Run) -> None:
    assert run("down").returncode == 0
    pid_file = folder / "stack" / "postgres" / "data" / "postmaster.pid"
    pid_file.write_text(f"{os.getpid()}\n{pid_file.parent}\n1\n5432\n\n127.0.0.1\n\nready\n")
    for part in ("api", "functions"):
        record = f'{{"pid": {os.getpid()}, "created": 1.0, "port": 1}}'
        (folder / "stack" / f"{part}.json").write_text(record)
    again = run("up")
    assert again.returncode == 0, again.stderr
    assert works(folder)
    assert psutil.Process().is_running()


@pytest.mark.parametrize(
    ("part", "variable"),
    [
        ("api", "API_PORT"),
        pytest.param("postgres", "DB_PORT", marks=pytest.mark.long),
        pytest.param("functions", "FUNCTIONS_PORT", marks=pytest.mark.long),
    ],
)
def test_a_port_in_use_is_named_with_its_holder_and_an_alternative(
    run: Run, folder: Path, part: str, variable: str
) -> None:
    assert run("down").returncode == 0
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        refused = run("up", **{part: port})
        assert refused.returncode == 1
        assert f"Port {port}" in refused.stderr
        assert f"process {os.getpid()}" in refused.stderr
        assert re.search(rf"make up {variable}=\d+", refused.stderr)
        assert "Traceback" not in refused.stderr
        assert processes(folder) == {}


def test_after_a_refused_start_it_starts_and_down_stops_everything(run: Run, folder: Path) -> None:
    assert run("up").returncode == 0
    assert works(folder)
    first, second = run("down"), run("down")
    assert first.stdout.strip() == "Stopped postgres, api, functions."
    assert second.stdout.strip() == "The stack was not running."
    assert processes(folder) == {}


@pytest.mark.long
def test_the_stack_starts_after_an_interrupted_first_start(run: Run, folder: Path) -> None:
    assert run("down").returncode == 0
    (folder / "stack" / "postgres" / "made").unlink()
    assert run("up").returncode == 0
    assert works(folder)


HANDLER = """
async def app(scope, receive, send):
    await send({"type": "http.response.start", "status": 200, "headers": []})
    await send({"type": "http.response.body", "body": b"%s"})
"""


@contextmanager
def developing(folder: Path, ports: dict[str, int], **env: str) -> Iterator[subprocess.Popen[str]]:
    """A running `make dev`."""
    options = [f"--{name}-port={port}" for name, port in ports.items()]
    command = [sys.executable, "-u", "-m", "local", "dev", "--folder", str(folder), *options]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True, env={**os.environ, **env}) as dev:
        try:
            assert dev.stdout is not None
            assert any("Press Ctrl-C" in line for line in dev.stdout)
            yield dev
        finally:
            dev.kill()


def test_dev_reloads_functions_and_runs_until_ctrl_c(run: Run, folder: Path, ports: dict[str, int]) -> None:
    assert run("down").returncode == 0
    handler = folder / "reloaded_functions" / "hello" / "handler.py"
    handler.parent.mkdir(parents=True)
    handler.write_text(HANDLER % "before")
    with developing(folder, ports, FUNCTIONS_DIRECTORY=str(folder / "reloaded_functions")) as dev:
        url = f"http://127.0.0.1:{ports['api']}/functions/v1/hello"
        assert httpx.get(url).text == "before"
        handler.write_text(HANDLER % "after")
        deadline = time.monotonic() + 60
        while httpx.get(url).text != "after":
            assert time.monotonic() < deadline, "the functions did not reload"
            time.sleep(0.1)
        dev.send_signal(signal.SIGINT)
        assert dev.wait(timeout=60) == 0
    assert processes(folder) == {}
    assert run("down").stdout.strip() == "The stack was not running."


@pytest.mark.long
def test_dev_replaces_a_stack_that_a_killed_dev_left(run: Run, folder: Path, ports: dict[str, int]) -> None:
    assert run("down").returncode == 0
    for sign in (signal.SIGKILL, signal.SIGTERM):
        with developing(folder, ports) as dev:
            assert works(folder)
            dev.send_signal(sign)
            dev.wait(timeout=60)
    assert processes(folder) == {}
