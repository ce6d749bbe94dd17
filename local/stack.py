"""The local stack: Postgres, the Supabase API and the functions, on 127.0.0.1.

`make up` runs it in the background, `make dev` in the foreground with reload; tests run their own on free ports. One
folder holds all state. After a stack was killed, the next start needs no manual clean-up.
"""

from __future__ import annotations

import base64
import json
import os
import secrets
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Self

import psycopg

from functions._shared.domain.providers import MODELS, OFFLINE
from local import cluster, migrate
from local.postgres import Postgres
from local.processes import Process, StackError, alone, free_port, port_holder, port_is_free

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from types import TracebackType

ROOT = Path(__file__).resolve().parent.parent
# The Makefile variable that sets each service's port.
PORT_VARIABLES = {"postgres": "DB_PORT", "api": "API_PORT", "functions": "FUNCTIONS_PORT"}


class Stack:
    """A local stack in one folder.

    Parameters
    ----------
    directory
        Holds the database, stored objects, keys, logs and process records.
    postgres_port, api_port, functions_port
        TCP ports on 127.0.0.1; 0 chooses a free one.
    env
        Variables for the functions, in addition to those of this process; these win.
    throwaway
        For tests: the data is not durable, and migrations take the fast path.
    reload
        Restart the functions when their source changes.
    code
        The tree whose functions run: another one for a rehearsal, see `deploy/rehearse.py`.
    """

    def __init__(
        self,
        directory: Path,
        *,
        postgres_port: int = 0,
        api_port: int = 0,
        functions_port: int = 0,
        env: Mapping[str, str] | None = None,
        throwaway: bool = True,
        reload: bool = False,
        code: Path = ROOT,
    ) -> None:
        self.directory = directory.resolve()
        self.directory.mkdir(parents=True, exist_ok=True)
        self.throwaway = throwaway
        self.reload = reload
        self.code = code
        self._extra = dict(env or {})
        keys = self._keys()
        self.publishable_key = keys["publishable_key"]
        self.secret_key = keys["secret_key"]
        self.jwt_secret = keys["jwt_secret"]
        self.cleanup_secret = keys["cleanup_secret"]
        self._shared_secrets = {
            "AUTH_HOOK_SECRET": keys["auth_hook_secret"],
            "DATABASE_WEBHOOK_SECRET": keys["database_webhook_secret"],
            "PROVIDER_KEYS_SECRET": keys["provider_keys_secret"],
        }
        self._api = Process("api", self.directory)
        self._functions = Process("functions", self.directory)
        ports = {"postgres": postgres_port, "api": api_port, "functions": functions_port}
        self._ports = {name: port or free_port() for name, port in ports.items()}
        self._postgres = Postgres(
            self.directory / "postgres",
            port=self._ports["postgres"],
            password=keys["postgres_password"],
            throwaway=throwaway,
        )

    # Addresses and keys for clients

    @property
    def database_url(self) -> str:
        """Connection string of the superuser `postgres`."""
        return self._postgres.url

    @property
    def postgres(self) -> Postgres:
        """The server of the database, for who stops or kills it."""
        return self._postgres

    @property
    def url(self) -> str:
        """Base URL of the Supabase API."""
        return f"http://127.0.0.1:{self._ports['api']}"

    @property
    def functions_url(self) -> str:
        """Base URL of the functions server behind the API; clients use `url`."""
        return f"http://127.0.0.1:{self._ports['functions']}"

    def env(self) -> dict[str, str]:
        """Return the variables for clients and functions, which `.local/env` lists, too."""
        return {
            "SUPABASE_URL": self.url,
            "SUPABASE_PUBLISHABLE_KEY": self.publishable_key,
            "SUPABASE_SECRET_KEY": self.secret_key,
            "SUPABASE_JWT_SECRET": self.jwt_secret,
            "DATABASE_URL": self.database_url,
            "CLEANUP_SECRET": self.cleanup_secret,
            **self._shared_secrets,
            "RESUMEBASE_ARCHIVE_FOLDER": str(self.directory / "archive"),
            "RESUMEBASE_MAIL_FROM": "hello@resumebase.example",
            "RESUMEBASE_MAIL_FOLDER": str(self.directory / "mails"),
            "RESUMEBASE_FUNCTIONS_URL": self.url,
        }

    # Start and stop

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    def running_ports(self) -> dict[str, int]:
        """Return the port of each service that runs from this folder, whichever command started it."""
        records = {"api": self._api.record, "functions": self._functions.record}
        ports = {name: record.port for name, record in records.items() if record}
        return ports if (port := self._postgres.running_port) is None else {"postgres": port, **ports}

    def pids(self) -> dict[str, int]:
        """Return the process of the API and of the functions, if they are running."""
        records = {"api": self._api.record, "functions": self._functions.record}
        return {name: record.pid for name, record in records.items() if record}

    def start(self, *, api: bool = True) -> None:
        """Start the services that are not running; apply migrations and seeds.

        Parameters
        ----------
        api
            Whether to start the Supabase API and the functions, too.

        Raises
        ------
        StackError
            Another program uses a port, or a service did not start.
        """
        with alone(self.directory):
            self._require_ports(self._ports if api else ["postgres"])
            try:
                self._start_database()
                if api:
                    self._start_functions()
                    self._start_api()
            except BaseException:
                self._stop()
                raise

    def start_database(self) -> None:
        """Start only Postgres, with Supabase's schemas, our migrations and seeds."""
        self.start(api=False)

    def stop(self) -> None:
        """Stop every service that runs from this folder."""
        with alone(self.directory):
            self._stop()

    def _stop(self) -> None:
        self._api.stop()
        self._functions.stop()
        self._postgres.stop(mode="immediate" if self.throwaway else "fast")

    # Services

    def _start_database(self) -> None:
        if self._postgres.running_port != self._ports["postgres"]:
            self._postgres.stop()
            if self._postgres.exists:
                self._postgres.start()
            elif self.throwaway:
                cluster.make_from_template(self._postgres)
            else:
                cluster.make(self._postgres)
        self.migrate()

    def migrate(self) -> None:
        """Apply pending migrations and seeds to the running database; tell the API to reload the schema."""
        apply = migrate.apply_directly if self.throwaway else migrate.apply_with_cli
        apply(self.database_url)
        migrate.apply_seeds(self.database_url)
        with psycopg.connect(self.database_url, autocommit=True) as connection:
            # The local auth service has no second factor.
            connection.execute(
                "update public.global_config set value = '{\"assurance\": \"aal1\"}' where key = 'admin'"
            )
            connection.execute("notify pgrst, 'reload schema'")

    def _start_functions(self) -> None:
        command = [sys.executable, "-m", "local.functions_server", str(self._ports["functions"])]
        if self.reload:
            command.append("--reload")
        env = {**self.env(), **self._payments(), **self._writer(), **self._extra}
        self._start_process(self._functions, command, env, f"{self.functions_url}/functions/v1/")

    def _payments(self) -> dict[str, str]:
        """Return the variables that start the local payment providers and point the functions to them.

        If this process has the keys of a developer's own test account, the functions use that account instead.
        """
        if {"RAZORPAY_KEY_ID", "STRIPE_SECRET_KEY"} & os.environ.keys():
            return {}
        from local.providers.server import Providers

        return {
            **Providers(f"{self.functions_url}/providers").env(),
            "LOCAL_FUNCTIONS_URL": self.functions_url,
            "LOCAL_PROVIDERS_MEMORY": str(self.directory / "providers.json"),
        }

    def _writer(self) -> dict[str, str]:
        """Name the free rule-based writer if this process has no key of a model provider."""
        known = {**os.environ, **self._extra}
        names = ("RESUMEBASE_AI_PROVIDER", *(f"{defaults.prefix}_API_KEY" for defaults in MODELS.values()))
        return {} if any(known.get(name) for name in names) else {"RESUMEBASE_AI_PROVIDER": OFFLINE}

    def _start_api(self) -> None:
        command = ["node", str(ROOT / "local" / "supabase.mjs"), "serve"]
        self._start_process(self._api, command, self._api_env(), f"{self.url}/auth/v1/.well-known/jwks.json")

    def _start_process(self, process: Process, command: list[str], env: dict[str, str], ready_url: str) -> None:
        port = self._ports[process.name]
        if process.record is not None and process.record.port == port:
            return
        process.stop()
        process.start(command, port=port, env=env, cwd=self.code if process is self._functions else ROOT)
        process.wait_until_ready(ready_url)

    def _api_env(self) -> dict[str, str]:
        return {
            **self.env(),
            "PORT": str(self._ports["api"]),
            "FUNCTIONS_URL": self.functions_url,
            "STORAGE_DIRECTORY": str(self.directory / "storage"),
        }

    def _require_ports(self, services: Iterable[str]) -> None:
        """Refuse to start anything while another program uses the port of a service."""
        running = self.running_ports()
        for service in services:
            port = self._ports[service]
            if running.get(service) == port or port_is_free(port):
                continue
            holder = port_holder(port) or "another program"
            message = (
                f"Port {port}, which the local stack needs for {service}, is in use by {holder}.\n"
                f"Stop that program, or choose another port: make up {PORT_VARIABLES[service]}={free_port()}"
            )
            raise StackError(message)

    def _keys(self) -> dict[str, str]:
        """Return this stack's keys, created once at random: every user of this machine can reach its ports."""
        path = self.directory / "keys.json"
        keys: dict[str, str] = json.loads(path.read_text()) if path.exists() else {}
        new_keys = {
            "postgres_password": secrets.token_hex(16),
            "publishable_key": f"sb_publishable_{secrets.token_urlsafe(24)}",
            "secret_key": f"sb_secret_{secrets.token_urlsafe(24)}",
            "jwt_secret": secrets.token_hex(32),
            "cleanup_secret": secrets.token_urlsafe(32),
            # In the format of Supabase's dashboard.
            "auth_hook_secret": f"v1,whsec_{base64.b64encode(secrets.token_bytes(32)).decode()}",
            "database_webhook_secret": secrets.token_urlsafe(32),
            "provider_keys_secret": secrets.token_urlsafe(32),
        }
        if keys.keys() != new_keys.keys():
            # A stack of an earlier version keeps its keys and gets the missing ones.
            keys = {**new_keys, **keys}
            with tempfile.NamedTemporaryFile("w", dir=self.directory, delete=False) as file:  # mode 0600
                json.dump(keys, file)
            Path(file.name).replace(path)
        return keys
