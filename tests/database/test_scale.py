"""The generated population: documented sizes, rows like those that the triggers write, and a ledger that balances."""

from __future__ import annotations

import json
import uuid
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import psycopg
import pytest
from psycopg.rows import dict_row

from bench.scale.load import ScaleError, load
from bench.scale.population import MOST_VERSIONS, Plan, Population, Sizes
from bench.scale.statements import STATEMENTS, Seen, comparison, measure, sizes
from functions._shared.domain.resume.content import ResumeContent
from local.stack import Stack
from tests.database.checks import broken_invariants

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    Row = dict[str, Any]

FACTOR = 0.005
PLANS = [Plan("free", 5, is_default=True), Plan("pro", 30, is_default=False), Plan("unlimited", -1, is_default=False)]


@pytest.fixture(scope="module")
def filled(scratch: Path) -> Iterator[str]:
    """URL of a separate database, so that no other test counts these rows."""
    stack = Stack(scratch / "scale")
    try:
        stack.start_database()
        load(stack.database_url, FACTOR)
        yield stack.database_url
    finally:
        stack.stop()


@pytest.fixture
def connection(filled: str) -> Iterator[psycopg.Connection[Row]]:
    with psycopg.connect(filled, row_factory=dict_row) as connection:
        yield connection
        connection.rollback()


def rows(connection: psycopg.Connection[Row], query: str) -> list[Row]:
    return connection.execute(query).fetchall()


def test_factor_one_is_the_size_that_is_promised() -> None:
    assert Sizes.of(1) == Sizes(
        users=10_000,
        resumes=30_000,
        versions=150_000,
        jobs=50_000,
        analyses=100_000,
        usage_events=200_000,
        ai_usage=500_000,
    )


@pytest.mark.parametrize("factor", [0, -1, 101, float("nan")])
def test_an_impossible_factor_is_refused(factor: float) -> None:
    with pytest.raises(ValueError, match="factor"):
        Sizes.of(factor)


@pytest.mark.parametrize(
    ("table", "count"),
    [
        ("auth.users", 50),
        ("public.profiles", 50),
        ("public.user_credits", 50),
        ("public.resumes", 150),
        ("public.resume_versions", 750),
        ("public.jobs", 250),
        ("public.analyses", 500),
        ("public.usage_events", 1000),
        ("public.ai_usage", 2500),
    ],
)
def test_table_sizes_follow_the_factor(connection: psycopg.Connection[Row], table: str, count: int) -> None:
    assert rows(connection, f"select count(*) from {table}") == [{"count": count}]


def test_the_invariants_hold(connection: psycopg.Connection[Row]) -> None:
    assert broken_invariants(connection) == {}
    # The checks had ledger rows to read.
    [books] = rows(
        connection,
        "select count(*) filter (where kind = 'usage') as spent, count(*) filter (where kind = 'grant') as given from public.credit_transactions",
    )
    assert books["spent"] > 100
    assert books["given"] > 50


def test_every_foreign_key_and_constraint_holds(connection: psycopg.Connection[Row]) -> None:
    """They were off during the load. Each is dropped and created again, which checks every row."""
    constraints = rows(
        connection,
        "select k.conrelid::regclass::text as table_name, quote_ident(k.conname) as name, pg_get_constraintdef(k.oid) as definition "
        "from pg_constraint as k where k.contype in ('f', 'c') and k.connamespace = 'public'::regnamespace and k.conparentid = 0 "
        "and k.conrelid <> 0",
    )
    assert len(constraints) > 100
    for constraint in constraints:
        connection.execute(
            f"alter table {constraint['table_name']} drop constraint {constraint['name']}, "
            f"add constraint {constraint['name']} {constraint['definition']}"
        )


def test_documents_have_the_documented_size_and_shape(connection: psycopg.Connection[Row]) -> None:
    documents = rows(connection, "select content, octet_length(content::text) as size from public.resumes")
    assert 4000 < sum(row["size"] for row in documents) / len(documents) < 6500
    for row in documents:
        ResumeContent.model_validate(row["content"])
    assert len({json.dumps(row["content"]["experience"]) for row in documents}) == len(documents)


def test_derived_columns_equal_the_triggers_results(connection: psycopg.Connection[Row]) -> None:
    """A loaded row does not change when the triggers process it."""
    for table, columns in (
        ("resumes", "title, content, status, extracted_text, search, is_draft"),
        ("jobs", "title, company, location, description, search"),
    ):
        names = columns.split(", ")
        [loaded] = rows(connection, f"select user_id, {columns} from public.{table} order by id limit 1")
        written = {name: loaded[name] for name in names if name not in {"extracted_text", "search", "is_draft"}}
        [stored] = connection.execute(
            f"insert into public.{table} (user_id, {', '.join(written)}) "
            f"select r.user_id, {', '.join(f'r.{name}' for name in written)} from public.{table} as r where r.user_id = %s "
            f"and r.title = %s order by id limit 1 returning {columns}",
            (loaded["user_id"], loaded["title"]),
        ).fetchall()
        assert stored == {name: loaded[name] for name in names}


def test_versions_lead_up_to_their_resume(connection: psycopg.Connection[Row]) -> None:
    [odd] = rows(
        connection,
        "select count(*) from public.resumes as r inner join lateral (select max(v.version_number) as newest, count(*) as kept, "
        "max(v.created_at) as at from public.resume_versions as v where v.resume_id = r.id) as v on true "
        f"where v.newest <> r.version or v.kept not between 1 and {MOST_VERSIONS} or v.at > r.updated_at + interval '1 second'",
    )
    assert odd == {"count": 0}
    [last] = rows(
        connection,
        "select count(*) from public.resumes as r inner join public.resume_versions as v on v.resume_id = r.id "
        "and v.version_number = r.version where v.content <> r.content",
    )
    assert last == {"count": 0}


def test_nothing_is_in_the_future_or_before_its_user(connection: psycopg.Connection[Row]) -> None:
    for table in ("resumes", "jobs", "analyses", "usage_events", "credit_transactions", "ai_usage"):
        assert rows(
            connection,
            f"select count(*) from public.{table} as t inner join public.profiles as p on p.id = t.user_id "
            "where t.created_at > now() or t.created_at < p.created_at",
        ) == [{"count": 0}], table


def test_model_calls_are_in_existing_monthly_partitions(connection: psycopg.Connection[Row]) -> None:
    assert rows(connection, "select count(*) from private.ai_usage_default") == [{"count": 0}]


def test_a_second_population_is_refused_and_changes_nothing(filled: str, connection: psycopg.Connection[Row]) -> None:
    before = rows(connection, "select count(*), max(created_at) from public.credit_transactions")
    connection.rollback()
    with pytest.raises(ScaleError, match="already"):
        load(filled, FACTOR, seed=2)
    assert rows(connection, "select count(*), max(created_at) from public.credit_transactions") == before


def test_a_database_without_the_schema_is_refused(filled: str) -> None:
    with psycopg.connect(filled, autocommit=True) as connection:
        connection.execute("create database bare")
    with pytest.raises(ScaleError, match="not ready"):
        load(filled.rsplit("/", 1)[0] + "/bare", FACTOR)


def test_a_disk_without_room_is_refused_before_anything_is_written(
    filled: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("shutil.disk_usage", lambda _: SimpleNamespace(free=1_000_000_000))
    said: list[str] = []
    with pytest.raises(ScaleError, match="not enough room"):
        load(filled, 10, report=said.append)
    assert said == ["needs up to 20.5 GB of disk, of 1.0 GB that are free"]


def test_the_most_frequent_statements_are_measured_and_read_by_index(filled: str) -> None:
    seen = measure(filled)
    assert list(seen) == [statement.name for statement in STATEMENTS]
    assert all(one.microseconds > 0 for one in seen.values())
    assert any(path.startswith("resume_versions_resume_id_") for path in seen["list versions"].paths)
    # What a function runs inside counts, too.
    assert any("usage_events" in path for path in seen["commit"].paths)
    assert comparison([1, 10], [seen, seen])[1]
    assert "bytes for each user" in sizes(filled)[0]


def test_a_changed_plan_and_a_slower_statement_are_told() -> None:
    first = {statement.name: Seen(100, {"an_idx"}) for statement in STATEMENTS}
    changed = {**first, "reserve": Seen(100, {"all of usage_events"})}
    slower = {**first, "commit": Seen(201, {"an_idx"})}
    assert comparison([1, 10], [first, first])[1]
    for other, word in ((changed, "CHANGED: all of usage_events, an_idx"), (slower, "SLOWER")):
        lines, holds = comparison([1, 10], [first, other])
        assert not holds
        assert word in "\n".join(lines)


def test_the_same_seed_gives_the_same_people() -> None:
    one, again, other = (Population(Sizes.of(0.002), seed, PLANS) for seed in (1, 1, 2))
    for part in ("users", "resumes", "postings", "jobs"):
        assert list(getattr(one, part)()) == list(getattr(again, part)())
        assert list(getattr(one, part)()) != list(getattr(other, part)())


def test_counts_are_realistically_uneven() -> None:
    population = Population(Sizes.of(0.1), 1, PLANS)
    resumes = [member.resumes for member in population.members]
    assert sum(resumes) == 3000
    assert max(resumes) > 3 * sum(resumes) / len(resumes)
    versions = population.versions()
    assert sum(versions) == 15_000
    assert min(versions) == 1
    assert max(versions) <= MOST_VERSIONS
    assert all(member.plan != "free" for member in population.members if member.resumes > 5)
    assert len({member.id for member in population.members}) == 1000
    assert all(isinstance(member.id, uuid.UUID) for member in population.members)
