"""Fixtures of all tests: a real Postgres with our migrations and, on request, the whole stack in front of it.

Each pytest process, and so each worker of pytest-xdist, has its own cluster on free ports in a temporary folder.
`as_user`, `as_anon` and `as_service` use the API's roles; only `connect` is a superuser.
"""

from __future__ import annotations

import functools
import gc
import json
import os
import ssl
import sys
import uuid
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import psycopg
import pytest
from psycopg.pq import TransactionStatus
from psycopg.rows import dict_row

from local.scratch import scratch as new_scratch
from local.stack import Stack

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from contextlib import AbstractContextManager
    from datetime import datetime
    from pathlib import Path

    Row = dict[str, Any]
    Cursor = psycopg.Cursor[Row]
    Connect = Callable[[], psycopg.Connection[Row]]


# Without bytecode on disk, each process that a test starts would compile every library again, for seconds.
sys.dont_write_bytecode = False
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)

# A copy of the migrated and seeded database, from which tests take copies of their own.
PRISTINE = "pristine"


@pytest.fixture(scope="session")
def anyio_backend() -> str:
    """The event loop of async tests, which need no marker (`anyio_mode = auto`)."""
    return "asyncio"


@pytest.fixture(scope="session", autouse=True)
def _one_ssl_context() -> Iterator[None]:
    """Every HTTP client reads the certificates of all authorities, in 25 ms. Those of tests call no vendor: one context will do."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(ssl, "create_default_context", functools.cache(ssl.create_default_context))
        yield


@pytest.fixture(scope="module", autouse=True)
def _settled_heap() -> Iterator[None]:
    """What a module leaves in memory is not looked through by each later collection: thousands of tests leave a lot."""
    yield
    gc.freeze()


@pytest.fixture(scope="session")
def scratch() -> Iterator[Path]:
    """A temporary folder inside the repository, for stacks."""
    with new_scratch() as folder:
        yield folder


@pytest.fixture(scope="session")
def _cluster(scratch: Path) -> Iterator[Stack]:
    # The offline model: tests call no vendor, even if the developer's shell has keys.
    stack = Stack(scratch / "shared", env={"RESUMEBASE_AI_PROVIDER": "offline"})
    try:
        stack.start_database()
        with psycopg.connect(stack.database_url, autocommit=True) as connection:
            connection.execute(f"create database {PRISTINE} template postgres")
        yield stack
    finally:
        stack.stop()


@pytest.fixture(scope="session")
def stack(_cluster: Stack) -> Stack:
    """The whole stack: Postgres, the Supabase API at `stack.url`, and the functions behind it."""
    _cluster.start()
    return _cluster


@pytest.fixture(scope="session")
def database(_cluster: Stack) -> str:
    """URL (superuser) of a migrated and seeded database: the same cluster as `stack`, without its API."""
    return _cluster.database_url


class Connections:
    """Superuser connections to a database, which go from test to test: a new one costs 10 ms, and knows no function yet."""

    def __init__(self, database: str) -> None:
        self._database = database
        self._idle: list[psycopg.Connection[Row]] = []

    def take(self) -> psycopg.Connection[Row]:
        """Return a connection as if it were new."""
        if self._idle:
            return self._idle.pop()
        return psycopg.connect(self._database, autocommit=True, row_factory=dict_row)

    def give(self, connection: psycopg.Connection[Row]) -> None:
        """Take back a connection, without what a test set in its session."""
        if connection.closed or connection.info.transaction_status is TransactionStatus.ACTIVE:
            connection.close()
            return
        try:
            # It also lets psycopg forget its prepared statements.
            connection.execute("rollback")
            connection.autocommit, connection.row_factory = True, dict_row
            connection.execute(
                "reset session authorization; reset all; discard temp; unlisten *; select pg_advisory_unlock_all()"
            )
        except psycopg.Error:  # its server or its process ended
            connection.close()
        else:
            self._idle.append(connection)

    def close(self) -> None:
        """Close all that are not in use."""
        while self._idle:
            self._idle.pop().close()


@pytest.fixture(scope="module")
def _connections(database: str) -> Iterator[Connections]:
    opened = Connections(database)
    yield opened
    opened.close()


@pytest.fixture
def connect(_connections: Connections) -> Iterator[Connect]:
    """Factory of superuser connections in autocommit mode with rows as dicts, for the length of the test."""
    taken: list[psycopg.Connection[Row]] = []

    def _connect() -> psycopg.Connection[Row]:
        taken.append(_connections.take())
        return taken[-1]

    yield _connect
    for connection in taken:
        _connections.give(connection)


@pytest.fixture
def as_role(_connections: Connections) -> Callable[..., AbstractContextManager[Cursor]]:
    """`with as_role(role, claims) as cursor:`: one transaction in an API role, committed at the end.

    It sets the same variables as PostgREST, so policies and `auth.uid()` work as in production.
    """

    @contextmanager
    def _as_role(role: str, claims: dict[str, Any], *, commit: bool = True) -> Iterator[Cursor]:
        connection = _connections.take()
        try:
            with connection.transaction(force_rollback=not commit), connection.cursor() as cursor:
                cursor.execute(
                    "select set_config('request.jwt.claims', %s, true), set_config('request.jwt.claim.sub', %s, true), "
                    "set_config('request.jwt.claim.role', %s, true), set_config('role', %s, true)",
                    (json.dumps(claims), str(claims.get("sub", "")), role, role),
                )
                yield cursor
        finally:
            _connections.give(connection)

    return _as_role


@pytest.fixture
def as_user(
    as_role: Callable[..., AbstractContextManager[Cursor]],
) -> Callable[..., AbstractContextManager[Cursor]]:
    """`with as_user(user_id, **claims) as cursor:`: the rights of a signed-in client. `commit=False` rolls back."""

    def _as_user(user_id: uuid.UUID | str, *, commit: bool = True, **claims: Any) -> AbstractContextManager[Cursor]:
        token = {"sub": str(user_id), "role": "authenticated", "aud": "authenticated", **claims}
        return as_role("authenticated", token, commit=commit)

    return _as_user


@pytest.fixture
def as_anon(
    as_role: Callable[..., AbstractContextManager[Cursor]],
) -> Callable[..., AbstractContextManager[Cursor]]:
    """`with as_anon() as cursor:`: the rights of a client with the publishable key."""

    def _as_anon(*, commit: bool = True) -> AbstractContextManager[Cursor]:
        return as_role("anon", {"role": "anon"}, commit=commit)

    return _as_anon


@pytest.fixture
def as_service(
    as_role: Callable[..., AbstractContextManager[Cursor]],
) -> Callable[..., AbstractContextManager[Cursor]]:
    """`with as_service() as cursor:`: the rights of a function with the secret key."""

    def _as_service(*, commit: bool = True) -> AbstractContextManager[Cursor]:
        return as_role("service_role", {"role": "service_role"}, commit=commit)

    return _as_service


@pytest.fixture
def new_user(connect: Connect) -> Callable[..., uuid.UUID]:
    """Factory of users: inserts into `auth.users`, whose trigger creates the other rows; returns the id.

    `email=None` creates a user without an address; other keywords become metadata of the sign-up.
    """
    connection = connect()

    def _new_user(email: str | None = "", *, confirmed: bool = True, **metadata: Any) -> uuid.UUID:
        user_id = uuid.uuid4()
        address = f"user-{user_id.hex[:12]}@example.com" if email == "" else email
        connection.execute(
            "insert into auth.users (id, aud, role, email, email_confirmed_at, raw_app_meta_data, raw_user_meta_data, "
            "created_at, updated_at) values (%s, 'authenticated', 'authenticated', %s, case when %s then now() end, "
            "%s, %s, now(), now())",
            (
                user_id,
                address,
                confirmed and address is not None,
                json.dumps({"provider": "email", "providers": ["email"]}),
                json.dumps(metadata),
            ),
        )
        return user_id

    return _new_user


class Clock:
    """Controls `private.now()`, the database's clock for business rules.

    The clock continues to run after it is set, so that consecutive events have an order.
    """

    def __init__(self, connection: psycopg.Connection[Row]) -> None:
        self._connection = connection

    def now(self) -> datetime:
        """The time of `private.now()`."""
        row = self._connection.execute("select private.now() as now").fetchone()
        assert row is not None
        now: datetime = row["now"]
        return now

    def set(self, moment: datetime | str) -> None:
        """Set the clock to a time with a time zone."""
        self._connection.execute("update private.test_clock set ahead = %s::timestamptz - clock_timestamp()", (moment,))

    def advance(self, interval: str) -> None:
        """Move the clock by a Postgres interval such as `"1 month"` or `"-3 hours"`."""
        self._connection.execute(
            "update private.test_clock set ahead = (clock_timestamp() + ahead + %s::interval) - clock_timestamp()",
            (interval,),
        )


def movable_clock(connection: psycopg.Connection[Row]) -> Clock:
    """Replace `private.now()` of a database by one that tests can set."""
    connection.execute(
        """
        create table if not exists private.test_clock (ahead interval not null);
        truncate private.test_clock;
        insert into private.test_clock values ('0');
        create or replace function private.now() returns timestamptz
        language sql volatile security definer set search_path = ''
        as $$ select pg_catalog.clock_timestamp() + ahead from private.test_clock $$;
        """
    )
    return Clock(connection)


@pytest.fixture
def clock(connect: Connect) -> Iterator[Clock]:
    """A clock that all connections of the database share; reset after the test."""
    connection = connect()
    row = connection.execute("select pg_get_functiondef('private.now()'::regprocedure) as original").fetchone()
    assert row is not None
    yield movable_clock(connection)
    connection.execute(row["original"])
    connection.execute("drop table private.test_clock")
