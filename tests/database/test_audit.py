"""The audit log: what triggers write, who can read it, and that it cannot be changed."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import psycopg
import pytest

from tests.database.rows import insert, make_admin, written

if TYPE_CHECKING:
    import uuid

    from tests.database.rows import AsRole, Connect, NewUser


def lines(connect: Connect, user_id: uuid.UUID) -> list[dict[str, Any]]:
    """A user's entries, oldest first."""
    rows: list[dict[str, Any]] = (
        connect()
        .execute("select * from public.audit_logs where user_id = %s order by created_at", (user_id,))
        .fetchall()
    )
    return rows


def test_the_life_of_a_resume(connect: Connect, new_user: NewUser, as_user: AsRole) -> None:
    owner = new_user()
    resume = insert(as_user, owner, "resumes", content={"summary": "private words"})["id"]
    with as_user(owner) as cursor:
        cursor.execute("update public.resumes set title = 'not worth a line' where id = %s", (resume,))
        cursor.execute("update public.resumes set is_public = true where id = %s", (resume,))
        cursor.execute("update public.resumes set status = 'draft' where id = %s", (resume,))
        cursor.execute("select public.resume_delete(%s)", (resume,))
        cursor.execute("select public.resume_undelete(%s)", (resume,))
        cursor.execute("select public.resume_delete(%s, true)", (resume,))
    logged = lines(connect, owner)
    assert [line["action"] for line in logged] == [
        "resume_created",
        "resume_published",
        "resume_unpublished",
        "resume_deleted",
        "resume_restored",
        "resume_erased",
    ]
    assert {(line["actor_id"], line["entity_type"], line["entity_id"]) for line in logged} == {
        (owner, "resume", resume)
    }
    assert "private words" not in json.dumps(written, default=str)


def test_sign_ins_and_account_changes(connect: Connect, new_user: NewUser) -> None:
    user_id = new_user()
    connection = connect()
    connection.execute("update auth.users set last_sign_in_at = now() where id = %s", (user_id,))
    connection.execute(
        "update public.profiles set plan = 'pro', subscription_status = 'active' where id = %s", (user_id,)
    )
    connection.execute("update public.profiles set deleted_at = now(), is_active = false where id = %s", (user_id,))
    connection.execute("update public.profiles set deleted_at = null, is_active = true where id = %s", (user_id,))
    connection.execute("update public.profiles set bio = 'not worth a line' where id = %s", (user_id,))
    logged = lines(connect, user_id)
    assert [line["action"] for line in logged] == ["user_login", "plan_changed", "account_deleted", "account_restored"]
    assert logged[1]["changes"]["before"]["plan"] == "free"
    assert logged[1]["changes"]["after"]["plan"] == "pro"


def test_administrators_and_analyses(connect: Connect, new_user: NewUser, as_service: AsRole) -> None:
    user_id = new_user()
    make_admin(connect, user_id)
    connect().execute("update public.admin_users set role = 'super_admin' where user_id = %s", (user_id,))
    connect().execute("delete from public.admin_users where user_id = %s", (user_id,))
    written(as_service, user_id, "analyses", analysis_type="ats_score", status="completed")
    written(as_service, user_id, "analyses", analysis_type="ats_score")
    logged = lines(connect, user_id)
    assert [line["action"] for line in logged] == ["admin_insert", "admin_update", "admin_delete", "analysis_run"]
    assert logged[1]["changes"]["after"]["role"] == "super_admin"


@pytest.mark.parametrize(
    ("network", "headers", "address"),
    [
        ({}, {"x-forwarded-for": "203.0.113.7"}, "203.0.113.7"),
        ({}, {"x-forwarded-for": "6.6.6.6, 203.0.113.9"}, "203.0.113.9"),
        ({}, {"x-forwarded-for": "6.6.6.6,2001:db8::1 "}, "2001:db8::1"),
        ({}, {"x-forwarded-for": "203.0.113.9, not an address"}, "None"),
        ({}, {"cf-connecting-ip": "6.6.6.6"}, "None"),
        ({"proxies": 2}, {"x-forwarded-for": "6.6.6.6, 203.0.113.9, 10.0.0.1"}, "203.0.113.9"),
        ({"proxies": 2}, {"x-forwarded-for": "10.0.0.1"}, "None"),
        (
            {"address_header": "cf-connecting-ip"},
            {"cf-connecting-ip": "203.0.113.9", "x-forwarded-for": "6.6.6.6"},
            "203.0.113.9",
        ),
    ],
)
def test_the_log_records_the_address_that_a_trusted_proxy_saw(
    connect: Connect, new_user: NewUser, as_user: AsRole, network: dict[str, Any], headers: dict[str, str], address: str
) -> None:
    owner = new_user()
    connection = connect()
    read = "select value from public.global_config where key = 'network'"
    before = connection.execute(read).fetchone()["value"]
    write = "update public.global_config set value = %s where key = 'network'"
    connection.execute(write, (json.dumps({**before, **network}),))
    try:
        with as_user(owner) as cursor:
            cursor.execute("select set_config('request.headers', %s, true)", (json.dumps(headers),))
            cursor.execute("insert into public.resumes default values")
    finally:
        connection.execute(write, (json.dumps(before),))
    assert [str(line["ip_address"]) for line in lines(connect, owner)] == [address]


def test_the_log_takes_any_headers(connect: Connect, new_user: NewUser, as_user: AsRole) -> None:
    owner = new_user()
    for value in (json.dumps({"user-agent": "curl/8"}), "no json", ""):
        with as_user(owner) as cursor:
            cursor.execute("select set_config('request.headers', %s, true)", (value,))
            cursor.execute("insert into public.resumes default values")
    assert [(line["ip_address"], line["user_agent"]) for line in lines(connect, owner)] == [
        (None, "curl/8"),
        (None, None),
        (None, None),
    ]


def test_the_log_cannot_be_changed(connect: Connect, new_user: NewUser, as_user: AsRole, as_service: AsRole) -> None:
    owner, admin = new_user(), new_user()
    make_admin(connect, admin)
    insert(as_user, owner, "resumes")
    read = "select from public.audit_logs where user_id = %s"
    for reader in (owner, admin):
        with pytest.raises(psycopg.errors.InsufficientPrivilege), as_user(reader) as cursor:
            cursor.execute(read, (owner,))
    change = "update public.audit_logs set action = 'nothing' where user_id = %s"
    erase = "delete from public.audit_logs where user_id = %s"
    for role in (lambda: as_user(owner), lambda: as_user(admin), as_service):
        for statement in (change, erase, "truncate public.audit_logs -- %s"):
            with pytest.raises(psycopg.errors.InsufficientPrivilege), role() as cursor:
                cursor.execute(statement, (owner,))
    # Not even the owner of the database, through the table or a partition.
    partition = (
        connect()
        .execute("select tableoid::regclass::text as name from public.audit_logs where user_id = %s", (owner,))
        .fetchone()["name"]
    )
    for statement in (change, erase, change.replace("public.audit_logs", partition)):
        with pytest.raises(psycopg.Error) as refusal:
            connect().execute(statement, (owner,))
        assert refusal.value.diag.message_primary == "append_only"


def test_a_changed_setting_of_the_service_is_logged(connect: Connect, as_service: AsRole) -> None:
    change = "update public.global_config set value = value || %s where key = 'exchange_rates'"
    headers = """{"x-forwarded-for": "203.0.113.5", "user-agent": "psql"}"""
    with as_service() as cursor:
        cursor.execute("select set_config('request.headers', %s, true)", (headers,))
        for _ in range(2):  # what changes nothing is no change
            cursor.execute(change, ('{"EUR": 0.011}',))
    rows = (
        connect()
        .execute(
            "select * from public.audit_logs where action = 'config_changed' and changes ->> 'key' = 'exchange_rates'"
        )
        .fetchall()
    )
    assert [(row["changes"]["key"], row["changes"]["before"], row["changes"]["after"]) for row in rows] == [
        ("exchange_rates", {"USD": 0.01}, {"USD": 0.01, "EUR": 0.011})
    ]
    assert (str(rows[0]["ip_address"]), rows[0]["user_agent"]) == ("203.0.113.5", "psql")


def test_erasing_a_user_leaves_the_log(connect: Connect, new_user: NewUser, as_user: AsRole) -> None:
    owner = new_user()
    insert(as_user, owner, "resumes")
    connect().execute("delete from auth.users where id = %s", (owner,))
    assert [line["action"] for line in lines(connect, owner)] == ["resume_created", "resume_erased"]


def test_system_events_are_for_functions(new_user: NewUser, as_user: AsRole, as_service: AsRole) -> None:
    owner = new_user()
    add = "insert into public.system_events (event_type, event_data, user_id, ip_address) values ('test', '{\"a\": 1}', %s, '::1')"
    with as_service() as cursor:
        cursor.execute(add, (owner,))
    with pytest.raises(psycopg.errors.InsufficientPrivilege), as_user(owner) as cursor:
        cursor.execute(add, (owner,))
    read = "select event_data from public.system_events where user_id = %s"
    with pytest.raises(psycopg.errors.InsufficientPrivilege), as_user(owner) as cursor:
        cursor.execute(read, (owner,))
    with as_service() as cursor:
        assert cursor.execute(read, (owner,)).fetchall() == [{"event_data": {"a": 1}}]


def test_what_goes_with_an_erased_user_leaves_no_address(connect: Connect, new_user: NewUser, as_user: AsRole) -> None:
    owner = new_user()
    insert(as_user, owner, "resumes", content={})
    connection = connect()
    with connection.transaction():
        headers = json.dumps({"user-agent": "an operator's browser", "x-forwarded-for": "198.51.100.77"})
        connection.execute("select set_config('request.headers', %s, true)", (headers,))
        connection.execute("delete from auth.users where id = %s", (owner,))
    logged = lines(connect, owner)
    assert "resume_erased" in {line["action"] for line in logged}
    assert {(line["ip_address"], line["user_agent"], json.dumps(line["changes"])) for line in logged} == {
        (None, None, "{}")
    }
