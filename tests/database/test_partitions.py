"""Monthly partitions: private, created ahead, filled from the default partition, dropped after their period."""

from __future__ import annotations

import json
import threading
import time
import uuid
from typing import TYPE_CHECKING, Any

import psycopg
import pytest

from tests.database.rows import insert, refused

if TYPE_CHECKING:
    from tests.database.rows import AsRole, Clock, Connect, NewUser

PARTITIONED = ("ai_usage", "audit_logs", "system_events")


def partitions(connect: Connect, table: str) -> list[str]:
    """The partitions of a table in public, except the default one."""
    rows = connect().execute(
        "select c.oid::regclass::text as name from pg_inherits as i join pg_class as c on c.oid = i.inhrelid "
        "where i.inhparent = format('public.%%I', %s::text)::regclass and c.relname !~ '_default$' order by c.relname",
        (table,),
    )
    return [row["name"] for row in rows]


@pytest.mark.parametrize("table", PARTITIONED)
def test_partitions_are_private_and_reach_ahead(connect: Connect, table: str) -> None:
    names = partitions(connect, table)
    assert all(name.startswith(f"private.{table}_") for name in names)
    ahead = connect().execute("select to_char(now() + interval '5 months', 'YYYY_MM') as month").fetchone()["month"]
    assert f"private.{table}_{ahead}" in names


@pytest.mark.parametrize("table", PARTITIONED)
def test_clients_cannot_read_partitions_directly(
    connect: Connect, new_user: NewUser, as_user: AsRole, as_anon: AsRole, table: str
) -> None:
    user_id = new_user()
    for name in [*partitions(connect, table), f"private.{table}_default"]:
        with pytest.raises(psycopg.errors.InsufficientPrivilege), as_user(user_id) as cursor:
            cursor.execute(f"select * from {name}")
        with pytest.raises(psycopg.errors.InsufficientPrivilege), as_anon() as cursor:
            cursor.execute(f"select * from {name}")


def test_making_them_ahead_again_makes_none(as_service: AsRole, new_user: NewUser, as_user: AsRole) -> None:
    with as_service() as cursor:
        cursor.execute("select public.partitions_ahead(9)")
        assert cursor.execute("select public.partitions_ahead(9) as n").fetchone()["n"] == 0
    with pytest.raises(psycopg.errors.InsufficientPrivilege), as_user(new_user()) as cursor:
        cursor.execute("select public.partitions_ahead(9)")


def test_rows_without_a_partition_are_moved_once_it_exists(connect: Connect, as_service: AsRole, clock: Clock) -> None:
    marker = uuid.uuid4()
    clock.advance("5 years")
    for table in ("audit_logs", "system_events"):
        column = "action" if table == "audit_logs" else "event_type"
        connect().execute(
            f"insert into public.{table} ({column}, user_id, created_at) values ('early', %s, private.now())", (marker,)
        )
    where = "select tableoid::regclass::text as place from public.{} where user_id = %s"
    for table in ("audit_logs", "system_events"):
        assert connect().execute(where.format(table), (marker,)).fetchone()["place"] == f"private.{table}_default"
    with as_service() as cursor:
        assert cursor.execute("select public.partitions_ahead(1) as n").fetchone()["n"] == len(PARTITIONED)
    for table in ("audit_logs", "system_events"):
        place = connect().execute(where.format(table), (marker,)).fetchone()["place"]
        assert place == f"private.{table}_{clock.now():%Y_%m}"
    # The move leaves the log protected against changes.
    with refused("append_only"):
        connect().execute("update public.audit_logs set action = 'x' where user_id = %s", (marker,))


def archive(cursor: Any, partition: str, limit: int = 7) -> list[dict[str, Any]]:
    """Page through a month as the clean-up does, and close it; returns the rows."""
    rows: list[dict[str, Any]] = []
    while True:
        page = cursor.execute("select public.partition_page(%s, %s) as page", (partition, limit)).fetchone()["page"]
        if not page["rows"]:
            break
        rows += page["rows"]
        places = (json.dumps(page["from"]), json.dumps(page["to"]))
        note = "select public.partition_note(%s, %s, %s, %s) as noted"
        assert cursor.execute(note, (partition, *places, len(page["rows"]))).fetchone()["noted"]
        # A concurrent run that notes the same page comes too late.
        assert not cursor.execute(note, (partition, *places, len(page["rows"]))).fetchone()["noted"]
    assert cursor.execute("select public.partition_close(%s) as done", (partition,)).fetchone()["done"]
    return rows


def test_a_month_is_read_page_by_page_and_late_rows_are_detected(
    connect: Connect, as_service: AsRole, clock: Clock
) -> None:
    month, marker = f"{clock.now():%Y_%m}", uuid.uuid4()
    connect().execute(
        "insert into public.audit_logs (action, user_id, created_at) select 'x', %s, now() from generate_series(1, 50)",
        (marker,),
    )
    before = connect().execute(f"select count(*) as n from private.audit_logs_{month}").fetchone()
    clock.advance("13 months 2 days")
    with as_service(commit=False) as cursor:
        rows = archive(cursor, f"audit_logs_{month}")
        assert len({row["id"] for row in rows}) == len(rows) == before["n"]
    with as_service() as cursor:
        archive(cursor, f"audit_logs_{month}")
    late = "insert into public.audit_logs (action, user_id, created_at) values ('late', %s, %s::timestamptz)"
    connect().execute(late, (marker, f"{month.replace('_', '-')}-02"))
    with as_service() as cursor:
        assert not cursor.execute("select public.partition_close(%s) as d", (f"audit_logs_{month}",)).fetchone()["d"]
    with refused("archive_first", 409), as_service() as cursor:
        cursor.execute("select public.partition_drop(%s)", (f"audit_logs_{month}",))


def test_a_month_is_dropped_only_after_its_retention_period(
    connect: Connect, as_service: AsRole, new_user: NewUser, as_user: AsRole, clock: Clock
) -> None:
    owner = new_user()
    insert(as_user, owner, "resumes")
    month = f"{clock.now():%Y_%m}"
    with refused("partition_not_expired", 409), as_service() as cursor:
        cursor.execute("select public.partition_drop(%s)", (f"audit_logs_{month}",))
    for name in ("audit_logs_default", "retention_policies", "audit_logs_2001_01; drop table x"):
        with refused("partition_not_expired", 409), as_service() as cursor:
            cursor.execute("select public.partition_drop(%s)", (name,))
    clock.advance("13 months 2 days")
    with as_service() as cursor:
        expired = [row["partition"] for row in cursor.execute("select * from public.partitions_expired()")]
        assert f"audit_logs_{month}" in expired
        assert f"system_events_{month}" in expired
        assert f"ai_usage_{month}" in expired
        assert f"audit_logs_{clock.now():%Y_%m}" not in expired
    with refused("archive_first", 409), as_service() as cursor:
        cursor.execute("select public.partition_drop(%s)", (f"audit_logs_{month}",))
    with as_service() as cursor:
        archive(cursor, f"audit_logs_{month}")
        cursor.execute("select public.partition_drop(%s)", (f"audit_logs_{month}",))
        # Rows that need no archive are dropped directly.
        cursor.execute("select public.partition_drop(%s)", (f"system_events_{month}",))
    assert connect().execute("select from public.audit_logs where user_id = %s", (owner,)).fetchall() == []
    # Restore the partition for later tests.
    for table in ("audit_logs", "system_events"):
        connect().execute(
            "select private.create_month_partitions(%s, %s::date, 1)", (table, f"{month.replace('_', '-')}-01")
        )


@pytest.mark.parametrize("work", ["drop", "ahead"])
def test_a_long_reader_makes_partition_work_give_up_and_paid_calls_go_on(
    connect: Connect, new_user: NewUser, clock: Clock, work: str
) -> None:
    month = f"ai_usage_{clock.now():%Y_%m}"
    payer = new_user()
    reserve = "select public.usage_reserve(%s, 'summary', 'partitions', 'h') ->> 'usage_id' as id"
    commit = """select public.usage_commit(%s, 1, null, '[{"provider": "p", "model": "m"}]')"""
    reader, caller, cleaner = connect(), connect(), connect()
    if work == "drop":
        clock.advance("14 months")
        # Whether the month is archived does not matter here.
        connect().execute(
            "insert into private.partition_archives (partition, complete) values (%s, true) on conflict do nothing",
            (month,),
        )
        statement = f"select public.partition_drop('{month}')"
    else:
        clock.advance("20 years")
        statement = "select public.partitions_ahead(1)"
    usage = caller.execute(reserve, (payer,)).fetchone()["id"]
    refusals: list[str] = []

    def clean() -> None:
        try:
            cleaner.execute(statement)
        except psycopg.Error as error:
            refusals.append(f"{error.sqlstate} {error.diag.message_primary}")

    with reader.transaction():
        reader.execute("select count(*) from public.ai_usage")
        thread = threading.Thread(target=clean)
        thread.start()
        time.sleep(0.05)
        began = time.monotonic()
        caller.execute(commit, (usage,))
        waited = time.monotonic() - began
        thread.join(10)
    assert refusals == ["PT503 partition_busy"]
    assert waited < 1
    # Nothing is half done, and the next run can do it.
    with connect().transaction(force_rollback=True) as again:
        again.connection.execute(statement)
