"""After an erasure no personal value is left: not in a column of a table, a bucket, the outbox, a log or the archive."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4

import httpx
import psycopg
import pytest

from tests.database import world
from tests.functions.cleanup.conftest import archive_keys
from tests.functions.cleanup.test_cleanup import manifests, one, run

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from local.stack import Stack

    Connection = psycopg.Connection[dict[str, Any]]
    Connect = Callable[[], Connection]

NAME, PHONE, WORD, ADDRESS = "Quandelbrook", "+31 6 7788 9911", "flumbixation", "203.0.113.77"
DERIVED = {"user_credits", "credit_grants", "credit_transactions", "usage_events", "usage_tracking"}
"""Tables of the books that only their functions may write."""
VALUES = {"text": "'{}'", "character varying": "'{}'", "jsonb": """'{{"m": "{}"}}'""", "json": """'{{"m": "{}"}}'""", "inet": f"'{ADDRESS}'"}  # fmt: skip


def signed_up(stack: Stack, email: str) -> tuple[str, str]:
    """A user made by the stock API: id and token."""
    body = {
        "email": email,
        "password": "correct horse battery",
        "data": {"full_name": f"Zoe {NAME}", "phone": PHONE},
    }
    answer = httpx.post(f"{stack.url}/auth/v1/signup", headers={"apikey": stack.publishable_key}, json=body).json()
    return answer["user"]["id"], answer["access_token"]


def upload(stack: Stack, user_id: str, token: str, bucket: str, name: str) -> None:
    httpx.post(
        f"{stack.url}/storage/v1/object/{bucket}/{user_id}/{name}",
        headers={
            "apikey": stack.secret_key if bucket == "exports" else stack.publishable_key,
            "content-type": "application/pdf" if bucket != "audio" else "audio/webm",
            **({} if bucket == "exports" else {"authorization": f"Bearer {token}"}),
        },
        content=f"%PDF-1.4 {WORD}".encode(),
    ).raise_for_status()


def live(connection: Connection, user_id: str, email: str) -> None:
    """Leave something in every table that can hold something about a user."""
    sentence = f"Zoe {NAME} {email} {PHONE} {WORD}"
    admin = one(
        connection,
        "insert into auth.users (id, email) values (gen_random_uuid(), gen_random_uuid() || '@a.example') returning id",
    )
    connection.execute("insert into public.admin_users (user_id, email) values (%s, %s)", (admin, f"{admin}@a.example"))
    connection.execute(
        "select public.credits_adjust(%s, %s, 9, %s, %s)", (admin, user_id, f"Sorry, {NAME}", f"k{user_id}")
    )
    usage = one(connection, "select public.usage_reserve(%s, 'summary', 'k', 'h')", user_id)["usage_id"]
    connection.execute(
        "insert into private.usage_results (usage_id, result, receipt) values (%s, %s, '{}')",
        (usage, json.dumps({"t": sentence})),
    )
    customer = f"cus_{UUID(user_id).hex}"
    connection.execute(
        "update public.billing_customers set provider_customer_id = %s where user_id = %s", (customer, user_id)
    )
    connection.execute(
        "insert into private.webhook_events (provider, event_id, body_hash, event_type, occurred_at, body, facts, status) "
        "values ('stripe', %s, %s, 'x', now(), %s, %s, 'processed')",
        (f"evt_{user_id}", b"x" * 32, json.dumps({"customer": customer, "name": sentence}), "{}"),
    )
    for statement in (
        "insert into private.ai_cache (user_id, prompt_hash, response, expires_at) values (%(u)s, repeat('a', 64), %(s)s, now() + interval '1 hour')",
        "insert into private.rate_limits (key, window_start, hits) values ('ratelimit:' || %(u)s || ':x', now(), 1)",
        "insert into private.provider_keys (user_id, provider, ciphertext, nonce, key_id, hint) values (%(u)s, 'openai', repeat('a', 20)::bytea, repeat('n', 12)::bytea, repeat('0', 16), 'XYZW')",
        "insert into private.outbox (kind, object) values ('file', 'resumes/' || %(u)s || '/cv of ' || %(n)s || '.pdf')",
        "insert into public.audit_logs (user_id, actor_id, action, ip_address, user_agent, changes) values (%(u)s, %(u)s, 'x', %(a)s, %(s)s::text, jsonb_build_object('email', %(s)s::text))",
        "insert into auth.audit_log_entries (id, payload) values (gen_random_uuid(), json_build_object('actor_id', %(u)s::text, 'actor_username', %(s)s::text))",
        "insert into public.ai_usage (user_id, feature, provider, model, request_summary) values (%(u)s, 'f', 'p', 'm', %(s)s)",
        "insert into private.account_requests (user_id, idempotency_key, action) values (%(u)s, %(n)s, 'delete')",
        "insert into public.analyses (user_id, analysis_type, status, job_description, results, created_at, completed_at) select %(u)s, 'ats_score', 'completed', %(s)s, '{}', now() - interval '91 days', now() from generate_series(1, 3)",
    ):
        connection.execute(statement, {"u": user_id, "s": sentence, "n": NAME, "a": ADDRESS})


def plant(connection: Connection, email: str, user_id: str) -> set[str]:
    """Write the person's values wherever the register says that they do not outlive an erasure; return where."""
    sentence, planted = f"{NAME} {email} {PHONE} {WORD}", set()
    connection.execute("set session_replication_role = replica")
    for row in connection.execute("select * from private.personal_data where purge not in ('keep', 'nobody', 'expire', 'files') and owner is not null").fetchall():  # fmt: skip
        if one(connection, "select to_regclass(%s)::text", row["table_name"]) is None:
            continue
        for column in row["personal"]:
            is_kept = row["purge"] == "anonymise" and f"{column} =" not in row["sets"]
            # What says whose the row is cannot be another text.
            if is_kept or f"t.{column} " in row["owner"] + " " or column in {"object", "email", "share_slug"}:
                continue
            schema, table = row["table_name"].split(".")
            kind = one(connection, "select data_type from information_schema.columns where table_schema = %s and table_name = %s and column_name = %s", schema, table, column)  # fmt: skip
            if kind not in VALUES:
                continue
            value, where = VALUES[kind].format(sentence), row["owner"].replace("$1", f"'{user_id}'::uuid")
            try:
                done = connection.execute(
                    f"update {row['table_name']} as t set {column} = {value} where {where}".encode()
                )
            except psycopg.Error:
                continue  # a path, a code or a number: what the column takes is not what a person writes
            if done.rowcount:
                planted.add(f"{row['table_name']}.{column}")
    connection.execute("set session_replication_role = origin")
    return planted


def found(connection: Connection, email: str) -> set[str]:
    """Every table with one of the values in any of its columns."""
    tables = connection.execute(
        "select format('%I.%I', n.nspname, c.relname) as name from pg_class as c join pg_namespace as n on n.oid = c.relnamespace "
        "where n.nspname in ('public', 'private', 'auth', 'storage') and c.relkind in ('r', 'p') and not c.relispartition"
    ).fetchall()
    values = [f"%{value}%" for value in (email, NAME, PHONE, WORD, ADDRESS)]
    return {
        row["name"]
        for row in tables
        if one(connection, f"select exists (select from {row['name']} as t where t::text ilike any(%s))", values)
    }


def on_disk(stack: Stack, archive: Path, email: str) -> list[str]:
    """Files of the stack and the archive with one of the values, except those of the database itself."""
    values = [value.encode() for value in (email, NAME, WORD)]
    files = [path for root in (stack.directory, archive) for path in root.rglob("*") if path.is_file()]
    return [
        path.name
        for path in files
        if "postgres" not in path.relative_to(path.anchor).parts and any(value in path.read_bytes() for value in values)
    ]


async def test_nothing_personal_is_left_after_an_erasure(
    client: httpx.AsyncClient, connect: Connect, stack: Stack, archive_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    connection, email = connect(), f"zoe-{uuid4().hex[:8]}@{NAME.lower()}.example"
    user_id, token = signed_up(stack, email)
    for bucket, name in (("resumes", f"cv {NAME}.pdf"), ("exports", "a.pdf"), ("audio", "b.webm")):
        upload(stack, user_id, token, bucket, name)
    monkeypatch.setattr(world, "ROWS", {table: row for table, row in world.ROWS.items() if table not in DERIVED | {"profiles", "user_settings", "audit_logs", "ai_usage"}})  # fmt: skip
    world.build(connection, UUID(user_id))
    live(connection, user_id, email)
    reports = await run(client, "retention")
    assert reports["retention"]["detail"]["analyses"] >= 3, reports
    planted = plant(connection, email, user_id)
    assert {"public.profiles.full_name", "public.resumes.content", "private.usage_results.result", "public.payments.error_description", "public.feedback.content", "public.system_events.event_data"} <= planted  # fmt: skip
    assert len(planted) > 60, sorted(planted)
    before = found(connection, email)
    assert len(before) > 30, before
    assert on_disk(stack, archive_folder, email)
    assert user_id in archive_keys(connection)

    connection.execute("update public.profiles set deleted_at = now() - interval '31 days' where id = %s", (user_id,))
    reports = await run(client, "accounts", "mails", "files")
    assert (reports["accounts"]["done"] >= 1, reports["accounts"]["error"]) == (True, None), reports
    assert found(connection, email) == set()
    assert on_disk(stack, archive_folder, email) == []
    assert one(connection, "select count(*) from private.outbox where object like %s", f"%{user_id}%") == 0
    assert json.loads((archive_folder / "erasures" / f"{user_id}.json").read_text()) == {"user_id": user_id}
    assert one(connection, "select count(*) from public.system_events where event_type = 'account_erased' and user_id = %s", user_id) == 1  # fmt: skip
    # The books balance, and what is archived cannot be read any more.
    assert one(connection, "select sum(amount) from public.credit_transactions where user_id = %s", UUID(user_id)) == 0
    answers = [
        (await client.post("/restore", json={"key": key})).json() for key in manifests(archive_folder, "analyses")
    ]
    assert sum(answer["erased"] for answer in answers) == 3
    assert one(connection, "select count(*) from public.analyses where user_id = %s", user_id) == 0


async def test_a_restored_backup_forgets_again_who_was_erased(
    client: httpx.AsyncClient, connect: Connect, stack: Stack, archive_folder: Path
) -> None:
    connection, email = connect(), f"back-{uuid4().hex[:8]}@example.com"
    user_id, _ = signed_up(stack, email)
    kept, _ = signed_up(stack, f"kept-{uuid4().hex[:8]}@example.com")
    connection.execute("update public.profiles set deleted_at = now() - interval '31 days' where id = %s", (user_id,))
    await run(client, "accounts")
    # The backup is of the day before the deletion: it knows nothing of the erasure.
    never = str(uuid4())
    (archive_folder / "erasures" / f"{never}.json").write_text("{}")
    for table in ("closed_accounts", "erasures"):
        connection.execute(f"delete from private.{table} where user_id = %s", (user_id,))
    connection.execute(
        "insert into auth.users (id, aud, role, email, email_confirmed_at) values (%s, 'authenticated', 'authenticated', %s, now())",
        (user_id, email),
    )
    assert one(connection, "select count(*) from public.profiles where id = %s", user_id) == 1

    report = (await client.post("/replay-erasures")).json()
    assert report == {"listed": 2, "found": 1}
    assert (await client.post("/replay-erasures")).json()["found"] == 1
    reports = await run(client, "accounts")
    assert reports["accounts"]["error"] is None
    ids = {str(row["id"]) for row in connection.execute("select id from auth.users")}
    assert user_id not in ids
    assert kept in ids
    assert (await client.post("/replay-erasures")).json() == {"listed": 2, "found": 0}
    for gone in (user_id, never):
        with pytest.raises(psycopg.Error, match="account_erased"):
            connection.execute("insert into auth.users (id, email) values (%s, %s)", (gone, f"{gone}@example.com"))


async def test_who_is_deleted_by_hand_is_put_on_the_list_afterwards(
    client: httpx.AsyncClient, connect: Connect, stack: Stack, archive_folder: Path
) -> None:
    connection, (user_id, _) = connect(), signed_up(stack, f"hand-{uuid4().hex[:8]}@example.com")
    connection.execute("delete from auth.users where id = %s", (user_id,))
    assert not (archive_folder / "erasures" / f"{user_id}.json").exists()
    await run(client, "accounts")
    assert (archive_folder / "erasures" / f"{user_id}.json").exists()
    assert one(connection, "select count(*) from private.erasures where finished_at is null") == 0
