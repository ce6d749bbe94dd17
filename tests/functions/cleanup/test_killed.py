"""A run killed at every third request it makes, to the database and to S3: nothing is lost, the next one finishes."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from itertools import count
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import httpx
import pytest

from functions.cleanup.archive import Manifest, unpack, unseal
from tests.fakes.bucket import Bucket, new_bucket
from tests.fakes.fuse import Fuse, FusedGateway
from tests.functions.cleanup import process
from tests.functions.cleanup.conftest import archive_keys

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from uuid import UUID

    import psycopg

    from local.stack import Stack
    from tests.fakes.gateway import Gateway

    Connect = Callable[[], psycopg.Connection[dict[str, Any]]]

DANGEROUS = ["retention", "partitions", "accounts"]
EVERY_FIFTH = 5


@dataclass
class World:
    """What is past its time, and where it is."""

    stack: Stack
    bucket: Bucket
    connection: psycopg.Connection[dict[str, Any]]
    user_id: UUID
    rows: set[str] = field(default_factory=set)
    accounts: set[str] = field(default_factory=set)
    _objects: dict[str, bytes] = field(default_factory=dict)
    _proven: dict[str, set[str]] = field(default_factory=dict)

    def age(self, month: int) -> None:
        """Add something of everything that a run has to deal with."""
        self._insert(
            "insert into public.analyses (user_id, analysis_type, status, results, created_at, completed_at) "
            "select %s, 'ats_score', 'completed', '{}', now() - interval '91 days', now() from generate_series(1, 3) returning id"
        )
        self._insert(
            "with s as (insert into public.interview_sessions (user_id, session_type, created_at) "
            "values (%s, 'chat', now() - interval '3 years') returning id, user_id), t as (insert into public.interview_turns "
            "(session_id, user_id, speaker, message, turn_number) select id, user_id, 'user', 'hello', 1 from s returning id) "
            "select id from s union all select id from t"
        )
        self.connection.execute("update public.interview_sessions set status = 'completed' where status = 'active'")
        first = f"{1990 + month // 12}-{month % 12 + 1:02}-01"
        self.connection.execute("select private.create_month_partitions('ai_usage', %s::date, 1)", (first,))
        self._insert(
            "insert into public.ai_usage (user_id, feature, provider, model, created_at) "
            f"select %s, 'summary', 'offline', 'rules-1', '{first} 12:00+00' from generate_series(1, 60) returning id"
        )
        self.accounts.add(self._gone())

    def _insert(self, statement: str) -> None:
        self.rows |= {str(row["id"]) for row in self.connection.execute(statement, (self.user_id,))}

    def _gone(self) -> str:
        key = {"apikey": self.stack.publishable_key}
        body = {"email": f"gone-{uuid4().hex[:10]}@example.com", "password": "correct horse battery"}
        user = httpx.post(f"{self.stack.url}/auth/v1/signup", headers=key, json=body).json()
        user_id: str = user["user"]["id"]
        httpx.post(
            f"{self.stack.url}/storage/v1/object/resumes/{user_id}/{uuid4()}.pdf",
            headers={**key, "authorization": f"Bearer {user['access_token']}", "content-type": "application/pdf"},
            content=b"%PDF-1.4 mine",
        ).raise_for_status()
        self.connection.execute(
            "update public.profiles set deleted_at = now() - interval '31 days' where id = %s", (user_id,)
        )
        return user_id

    def in_database(self) -> set[str]:
        """Which of the rows are in the database."""
        tables = ("analyses", "interview_sessions", "interview_turns", "ai_usage")
        query = " union all ".join(f"select id::text from public.{table} where user_id = %(user)s" for table in tables)
        return {row["id"] for row in self.connection.execute(query, {"user": self.user_id})}

    def in_archive(self) -> set[str]:
        """Which of them are in an archived object that is what its manifest says."""
        self._objects |= self.bucket.objects(self._objects)
        for key in self._objects.keys() - self._proven.keys():
            if key.startswith("archive/") and key.endswith(".json"):
                manifest = Manifest.model_validate_json(self._objects[key])
                if manifest.object_key in self._objects:
                    stored = unpack(manifest, self._objects[manifest.object_key])
                    lines, _ = unseal(stored, manifest.table, archive_keys(self.connection))
                    self._proven[key] = set(_ids(lines))
        return set().union(*self._proven.values())

    def nothing_is_lost(self) -> None:
        """Assert that every row is somewhere, and that no file outlives its user."""
        assert self.rows <= self.in_database() | self.in_archive()
        left = {str(row["id"]) for row in self.connection.execute("select id from auth.users")}
        files = {
            row["owner"]
            for row in self.connection.execute("select split_part(name, '/', 1) as owner from storage.objects")
        }
        assert not (self.accounts - left) & files

    def everything_is_done(self) -> None:
        """Assert that nothing past its time is left, and all of it is in the archive."""
        assert self.rows & self.in_database() == set()
        assert self.rows <= self.in_archive()
        left = {str(row["id"]) for row in self.connection.execute("select id from auth.users")}
        assert not self.accounts & left
        assert {f"erasures/{user_id}.json" for user_id in self.accounts} <= self._objects.keys()
        assert self.connection.execute("select from private.erasures where finished_at is null").fetchall() == []
        assert self.connection.execute("select * from public.partitions_expired()").fetchall() == []
        assert self.connection.execute("select * from private.partition_archives").fetchall() == []


def _ids(lines: list[dict[str, Any]]) -> Iterator[str]:
    for line in lines:
        yield str(line["row"]["id"])
        for rows in line["children"].values():
            yield from (str(row["id"]) for row in rows)


@pytest.fixture
def bucket() -> Iterator[Bucket]:
    with new_bucket() as made:
        yield made


def killed_at_each(
    task: str, environ: dict[str, str], world: World, fuse: Fuse, gateways: tuple[Gateway, ...], places: Iterator[int]
) -> int:
    """Run a task that is killed at its first request, then at its fourth, until one lives; return how many requests."""
    for at in count(1, 3):
        place = next(places)
        # Killed runs leave work behind; with a little more of everything now and then, no kind of it runs out.
        if place % EVERY_FIFTH == 1:
            world.age(place)
        # Its request is done, and its answer seen or not.
        fuse.at, fuse.seen, fuse.burnt, fuse.victim = at, 0, False, None
        fuse.moment = "during" if at % 2 else "after"
        fuse.victim = process.start(environ, [task])
        fuse.victim.join(120)
        for gateway in gateways:
            gateway.settle()
        world.nothing_is_lost()
        if not fuse.burnt:
            assert fuse.victim.exitcode == 0
            return at - 1
    raise AssertionError


def test_a_run_killed_at_its_requests_loses_nothing_and_the_next_one_finishes(
    stack: Stack, bucket: Bucket, connect: Connect, new_user: Callable[..., UUID]
) -> None:
    connection = connect()
    world, fuse = World(stack, bucket, connection, new_user()), Fuse()
    with FusedGateway(stack.url, fuse=fuse) as api, FusedGateway(bucket.url, fuse=fuse) as s3:
        environ = {**stack.env(), **bucket.variables(s3.url), "SUPABASE_URL": api.url, "RESUMEBASE_ARCHIVE_FOLDER": ""}
        # Whoever travelled in time before on this stack has dropped the months of today.
        process.start(environ, ["partitions_ahead"]).join(120)
        places = count(1)
        # One task after the other: to be killed at its last request, a run makes all requests before it.
        requests = {task: killed_at_each(task, environ, world, fuse, (api, s3), places) for task in DANGEROUS}
        fuse.victim = None
        last = process.start(environ, DANGEROUS)
        last.join(120)
        assert last.exitcode == 0
        assert any(seen.startswith("PUT ") for seen in s3.seen)
        assert any(seen.endswith("/partition_drop") for seen in api.seen)
        assert any(seen.endswith("/account_erasure_step") for seen in api.seen)
    assert min(requests.values()) > 5, f"there were hardly any requests to be killed at: {requests}"
    world.everything_is_done()
    breaches = {
        name: json.dumps(row)
        for name in ("ledger", "usage", "orphans", "partitions")
        if (row := connection.execute(f"select count(*) as n from private.check_{name}").fetchone()) != {"n": 0}
    }
    assert breaches == {}
