"""What a run of the clean-up does, over HTTP, on the real database and storage."""

from __future__ import annotations

import asyncio
import gzip
import json
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4

import httpx
import pytest

from functions._shared import wiring
from functions._shared.adapters.folder.archive import FolderArchive
from functions._shared.domain.errors import ArchiveUnavailable
from functions._shared.settings import Settings
from functions.cleanup.archive import unseal
from functions.cleanup.routines import ROUTINES
from tests.fakes.bucket import new_bucket
from tests.functions.cleanup.conftest import SECRET, archive_keys

if TYPE_CHECKING:
    from collections.abc import Callable

    import psycopg

    from local.stack import Stack

    Connect = Callable[[], psycopg.Connection[dict[str, Any]]]


def one(connection: psycopg.Connection[dict[str, Any]], statement: str, *arguments: object) -> Any:
    row = connection.execute(statement, arguments).fetchone()
    assert row is not None
    return next(iter(row.values()))


async def run(client: httpx.AsyncClient, *tasks: str, **body: Any) -> dict[str, dict[str, Any]]:
    answer = await client.post("", json={"tasks": list(tasks) or None, **body})
    assert answer.status_code == 200, answer.text
    return {report["task"]: report for report in answer.json()["tasks"]}


def add_analyses(connection: psycopg.Connection[dict[str, Any]], user_id: UUID, count: int, age: str) -> None:
    connection.execute(
        "insert into public.analyses (user_id, analysis_type, status, results, created_at, completed_at) "
        "select %s, 'ats_score', 'completed', jsonb_build_object('n', n, 'text', 'Zoë'), now() - %s::interval, now() - %s::interval "
        "from generate_series(1, %s) as n",
        (user_id, age, age, count),
    )


def analyses(connection: psycopg.Connection[dict[str, Any]], user_id: UUID) -> int:
    return int(one(connection, "select count(*) from public.analyses where user_id = %s", user_id))


# -- who may ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("token", ["", "Bearer wrong", "Bearer " + "c" * 39])
@pytest.mark.parametrize("path", ["", "/restore"])
async def test_only_who_knows_the_secret_may_run_it(client: httpx.AsyncClient, token: str, path: str) -> None:
    answer = await client.post(path, json={}, headers={"authorization": token})
    assert answer.status_code == 401


async def test_an_unknown_task_is_refused_before_anything_runs(client: httpx.AsyncClient) -> None:
    answer = await client.post("", json={"tasks": ["holds", "everything"]})
    assert (answer.status_code, answer.json()["code"], answer.json()["tasks"]) == (422, "unknown_task", ["everything"])


def test_the_page_lists_the_tasks_in_their_order() -> None:
    page = (Path(__file__).parents[3] / "docs" / "cleanup.md").read_text()
    assert re.findall(r"^\| `(\w+)` \|", page.split("| task, in this order")[1].split("\n\n")[0], re.MULTILINE) == list(
        ROUTINES
    )


async def test_a_whole_run_reports_each_task_and_breaks_no_invariant(
    client: httpx.AsyncClient, connect: Connect, new_user: Callable[..., UUID]
) -> None:
    new_user()
    answer = await client.post("", json={})
    report = answer.json()
    assert answer.status_code == 200, answer.text
    assert report["complete"], report
    assert report["breaches"] == 0, report
    assert [task["task"] for task in report["tasks"]][-1] == "checks"
    kept = connect().execute("select * from private.cleanup_runs where id = %s", (report["run_id"],)).fetchone()
    assert kept is not None
    assert kept["complete"]
    assert set(kept["tasks"]) == {task["task"] for task in report["tasks"]}


# -- holds, lots, trials ------------------------------------------------------------------------------------------


def reserve(connection: psycopg.Connection[dict[str, Any]], user_id: UUID, key: str) -> None:
    connection.execute("select public.usage_reserve(%s, 'summary', %s, 'h')", (user_id, key))


async def test_stranded_holds_and_lots_past_their_time_are_ended(
    client: httpx.AsyncClient, connect: Connect, new_user: Callable[..., UUID], clock: Any
) -> None:
    connection, user_id = connect(), new_user()
    reserve(connection, user_id, "stranded")
    connection.execute(
        "select public.credits_grant(%s, 'promo', 7, %s, p_expires_at => now() + interval '1 hour')",
        (user_id, str(uuid4())),
    )
    assert one(connection, "select reserved from public.user_credits where user_id = %s", user_id) == 1
    clock.advance("2 hours")
    reports = await run(client, "holds", "lots")
    assert reports["holds"]["complete"]
    assert reports["lots"]["complete"]
    row = connection.execute(
        "select balance, reserved from public.user_credits where user_id = %s", (user_id,)
    ).fetchone()
    assert row == {"balance": 5, "reserved": 0}


async def test_a_trial_that_is_over_is_expired(
    client: httpx.AsyncClient, connect: Connect, new_user: Callable[..., UUID], clock: Any
) -> None:
    connection, user_id = connect(), new_user()
    connection.execute(
        "insert into public.subscriptions (user_id, provider, plan, status, current_period_start, current_period_end, trial_end) "
        "values (%s, 'manual', 'pro', 'trialing', now(), now() + interval '7 days', now() + interval '7 days')",
        (user_id,),
    )
    await run(client, "trials")
    assert one(connection, "select status from public.subscriptions where user_id = %s", user_id) == "trialing"
    clock.advance("8 days")
    reports = await run(client, "trials")
    assert reports["trials"]["done"] == 1
    assert one(connection, "select status from public.subscriptions where user_id = %s", user_id) == "expired"


# -- retention ----------------------------------------------------------------------------------------------------


def archived(
    connection: psycopg.Connection[dict[str, Any]], folder: Path, data_type: str, *, table: str = ""
) -> list[dict[str, Any]]:
    """The archived rows that can be read with the keys that are left."""
    lines = []
    for path in sorted(folder.glob(f"archive/{data_type}/*/*.ndjson.gz")):
        lines += [json.loads(line) for line in gzip.decompress(path.read_bytes()).decode().splitlines()]
    return unseal(lines, table or f"public.{data_type}", archive_keys(connection))[0]


def manifests(folder: Path, data_type: str) -> list[str]:
    """Keys of the manifests of a data type."""
    return [str(path.relative_to(folder)) for path in folder.glob(f"archive/{data_type}/*/*.json")]


async def test_old_rows_are_archived_whole_and_young_ones_stay(
    client: httpx.AsyncClient, connect: Connect, new_user: Callable[..., UUID], archive_folder: Path
) -> None:
    connection, user_id = connect(), new_user()
    add_analyses(connection, user_id, 230, "91 days")
    add_analyses(connection, user_id, 3, "89 days")
    before = connection.execute(
        "select to_jsonb(a) as row from public.analyses as a where user_id = %s and created_at < now() - interval '90 days'",
        (user_id,),
    ).fetchall()
    reports = await run(client, "retention")
    assert reports["retention"]["complete"]
    assert reports["retention"]["detail"]["analyses"] == 230
    assert analyses(connection, user_id) == 3
    stored = {line["row"]["id"]: line["row"] for line in archived(connection, archive_folder, "analyses")}
    assert stored == {row["row"]["id"]: row["row"] for row in before}

    for key in manifests(archive_folder, "analyses"):
        await client.post("/restore", json={"key": key})
    after = connection.execute(
        "select to_jsonb(a) as row from public.analyses as a where user_id = %s and created_at < now() - interval '90 days'",
        (user_id,),
    ).fetchall()
    assert {row["row"]["id"]: row["row"] for row in after} == stored
    await run(client, "retention")


async def test_children_go_into_the_archive_and_come_back(
    client: httpx.AsyncClient, connect: Connect, new_user: Callable[..., UUID], archive_folder: Path
) -> None:
    connection, user_id = connect(), new_user()
    session = one(
        connection,
        "insert into public.interview_sessions (user_id, session_type, created_at) "
        "values (%s, 'chat', now() - interval '3 years') returning id",
        user_id,
    )
    for number in range(1, 4):
        connection.execute(
            "insert into public.interview_turns (session_id, user_id, speaker, message, turn_number) values (%s, %s, 'user', %s, %s)",
            (session, user_id, f"Ünïcode {number}", number),
        )
    connection.execute("update public.interview_sessions set status = 'completed' where id = %s", (session,))
    turns = connection.execute(
        "select to_jsonb(t) as row from public.interview_turns as t where session_id = %s order by turn_number",
        (session,),
    ).fetchall()
    await run(client, "retention")
    assert one(connection, "select count(*) from public.interview_sessions where id = %s", session) == 0

    (key,) = manifests(archive_folder, "interviews")
    manifest = json.loads(await FolderArchive(str(archive_folder)).get(key))
    assert manifest["children"]["public.interview_turns"] == 3
    first = await client.post("/restore", json={"key": key})
    again = await client.post("/restore", json={"key": key})
    assert (first.status_code, first.json()["restored"], again.json()["restored"]) == (200, 4, 0)
    assert (
        turns
        == connection.execute(
            "select to_jsonb(t) as row from public.interview_turns as t where session_id = %s order by turn_number",
            (session,),
        ).fetchall()
    )


async def test_nothing_is_deleted_before_its_archive_is_proven(
    client: httpx.AsyncClient,
    connect: Connect,
    new_user: Callable[..., UUID],
    settings: Settings,
    archive_folder: Path,
) -> None:
    connection, user_id = connect(), new_user()
    add_analyses(connection, user_id, 5, "91 days")

    class Lossy(FolderArchive):
        """Loses the last byte of every object, as a full disk would."""

        async def put(self, key: str, body: bytes, media_type: str) -> None:
            await super().put(key, body[:-1] if key.endswith(".gz") else body, media_type)

    class Down(FolderArchive):
        """Cannot be reached."""

        async def put(self, key: str, body: bytes, media_type: str) -> None:  # noqa: ARG002 - as the port has it
            raise ArchiveUnavailable

    for broken, code in (
        (Lossy(str(archive_folder)), "archive_corrupt"),
        (Down(str(archive_folder)), "archive_unavailable"),
    ):
        with wiring.override(settings=settings, archive=broken):
            reports = await run(client, "retention", "holds")
        assert (reports["retention"]["error"], reports["retention"]["complete"]) == (code, False)
        # One task's failure is not another's.
        assert reports["holds"]["complete"]
        assert analyses(connection, user_id) == 5
    await run(client, "retention")
    assert analyses(connection, user_id) == 0


async def test_what_is_archived_on_s3_comes_back_from_there(
    client: httpx.AsyncClient,
    connect: Connect,
    new_user: Callable[..., UUID],
    stack: Stack,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    connection, user_id = connect(), new_user()
    add_analyses(connection, user_id, 7, "91 days")
    rows = "select to_jsonb(a) as row from public.analyses as a where user_id = %s order by id"
    before = connection.execute(rows, (user_id,)).fetchall()
    with new_bucket() as bucket:
        for name, value in bucket.variables().items():
            monkeypatch.setenv(name, value)
        environ = {**stack.env(), **bucket.variables(), "CLEANUP_SECRET": SECRET, "RESUMEBASE_ARCHIVE_FOLDER": ""}
        with wiring.override(settings=Settings(environ)):
            reports = await run(client, "retention")
            assert reports["retention"]["detail"]["analyses"] == 7
            assert analyses(connection, user_id) == 0
            for key in bucket.objects():
                if key.endswith(".json"):
                    assert (await client.post("/restore", json={"key": key})).status_code == 200
    assert connection.execute(rows, (user_id,)).fetchall() == before
    await run(client, "retention")


async def test_a_row_that_changes_while_it_is_archived_stays_until_the_next_run(
    client: httpx.AsyncClient,
    connect: Connect,
    new_user: Callable[..., UUID],
    settings: Settings,
    archive_folder: Path,
) -> None:
    connection, user_id = connect(), new_user()
    add_analyses(connection, user_id, 2, "91 days")
    changed = one(connection, "select id from public.analyses where user_id = %s limit 1", user_id)

    class Slow(FolderArchive):
        """Takes so long that somebody changes a row meanwhile, once."""

        async def put(self, key: str, body: bytes, media_type: str) -> None:
            connection.execute(
                "update public.analyses set error_message = 'changed' where id = %s and error_message is null",
                (changed,),
            )
            await super().put(key, body, media_type)

    with wiring.override(settings=settings, archive=Slow(str(archive_folder))):
        await run(client, "retention")
    await run(client, "retention")
    assert analyses(connection, user_id) == 0
    states = [
        line["row"]["error_message"]
        for line in archived(connection, archive_folder, "analyses")
        if line["row"]["id"] == str(changed)
    ]
    assert "changed" in states


async def test_a_policy_that_fails_keeps_no_other_from_being_applied(
    client: httpx.AsyncClient, connect: Connect, new_user: Callable[..., UUID]
) -> None:
    connection, user_id = connect(), new_user()
    add_analyses(connection, user_id, 2, "91 days")
    connection.execute(
        "insert into private.retention_policies (data_type, table_name, age_column, keep, archive, reason) "
        "values ('aaa_broken', 'public.nothing', 'created_at', '1 day', false, 'A table that is gone')"
    )
    try:
        reports = await run(client, "retention", "holds")
    finally:
        connection.execute("delete from private.retention_policies where data_type = 'aaa_broken'")
    assert not reports["retention"]["complete"]
    assert reports["retention"]["error"]
    assert reports["holds"]["complete"]
    assert analyses(connection, user_id) == 0


def tamper(folder: Path, before: str, after: str) -> None:
    """Put another text into every archived object."""
    for path in folder.glob("archive/analyses/*/*.ndjson.gz"):
        path.write_bytes(gzip.compress(gzip.decompress(path.read_bytes()).replace(before.encode(), after.encode())))


async def test_a_tampered_object_is_not_restored(
    client: httpx.AsyncClient, connect: Connect, new_user: Callable[..., UUID], archive_folder: Path
) -> None:
    connection, user_id = connect(), new_user()
    add_analyses(connection, user_id, 2, "91 days")
    await run(client, "retention")
    tamper(archive_folder, str(user_id), str(uuid4()))
    for key in manifests(archive_folder, "analyses"):
        answer = await client.post("/restore", json={"key": key})
        assert (answer.status_code, answer.json()["code"]) == (500, "archive_corrupt")
    assert analyses(connection, user_id) == 0


@pytest.mark.parametrize("key", ["nothing/here.json", "../../../etc/passwd"])
async def test_restoring_what_is_not_there_is_a_404(client: httpx.AsyncClient, key: str) -> None:
    answer = await client.post("/restore", json={"key": key})
    assert answer.status_code == 404


async def test_two_runs_at_once_do_the_work_once(
    client: httpx.AsyncClient, connect: Connect, new_user: Callable[..., UUID], archive_folder: Path
) -> None:
    connection, user_id = connect(), new_user()
    add_analyses(connection, user_id, 900, "91 days")
    runs = await asyncio.gather(*(run(client, "retention") for _ in range(3)))
    # Who finds the other's rows locked leaves them; one more run proves that nothing is left.
    last = await run(client, "retention")
    deleted = sum(report["retention"]["detail"].get("analyses", 0) for report in [*runs, last])
    assert deleted == 900
    assert analyses(connection, user_id) == 0
    assert len({line["row"]["id"] for line in archived(connection, archive_folder, "analyses")}) == 900


async def test_a_run_without_time_leaves_the_rest_to_the_next(
    client: httpx.AsyncClient, connect: Connect, new_user: Callable[..., UUID]
) -> None:
    connection, user_id = connect(), new_user()
    add_analyses(connection, user_id, 400, "91 days")
    reports = await run(client, "retention", budget_seconds=0.001)
    assert not reports["retention"]["complete"]
    while not (await run(client, "retention"))["retention"]["complete"]:
        pass
    assert analyses(connection, user_id) == 0


# -- partitions ---------------------------------------------------------------------------------------------------


async def test_old_months_are_archived_and_dropped_and_new_ones_made_ahead(
    client: httpx.AsyncClient, connect: Connect, new_user: Callable[..., UUID], clock: Any, archive_folder: Path
) -> None:
    connection, user_id = connect(), new_user()
    connection.execute(
        "insert into public.ai_usage (user_id, feature, provider, model, created_at) "
        "select %s, 'summary', 'offline', 'rules-1', now() from generate_series(1, 1200)",
        (user_id,),
    )
    month = one(connection, "select 'ai_usage_' || to_char(now() at time zone 'UTC', 'YYYY_MM')")
    assert one(connection, "select to_regclass('private.' || %s::text)::text", month) is not None
    clock.advance("14 months")
    assert (await run(client, "partitions_ahead"))["partitions_ahead"]["done"] > 0
    # Where one run's time is not enough, the next goes on.
    while not (reports := await run(client, "partitions"))["partitions"]["complete"]:
        assert reports["partitions"]["error"] is None
    assert month in reports["partitions"]["detail"]
    assert one(connection, "select to_regclass('private.' || %s::text)::text", month) is None
    rows = [
        line["row"]
        for line in archived(connection, archive_folder, "ai_usage")
        if line["row"]["user_id"] == str(user_id)
    ]
    assert len(rows) == 1200


async def test_a_month_whose_table_is_read_is_dropped_by_the_next_run(
    client: httpx.AsyncClient, connect: Connect
) -> None:
    reader, connection = connect(), connect()
    connection.execute("select private.create_month_partitions('system_events', date '2020-01-01', 1)")
    month = "system_events_2020_01"
    with reader.transaction():
        reader.execute("select count(*) from public.system_events")
        report = (await run(client, "partitions"))["partitions"]
    assert (report["error"], report["complete"], report["detail"][f"{month}_busy"]) == (None, False, 1)
    report = (await run(client, "partitions"))["partitions"]
    assert (report["complete"], report["detail"][month]) == (True, 1)


# -- accounts -----------------------------------------------------------------------------------------------------


def signed_up_with_a_file(stack: Stack) -> str:
    """A user made by the stock API, who uploaded a file; the id."""
    email, key = f"gone-{uuid4().hex[:10]}@example.com", {"apikey": stack.publishable_key}
    user = httpx.post(
        f"{stack.url}/auth/v1/signup", headers=key, json={"email": email, "password": "correct horse battery"}
    ).json()
    user_id: str = user["user"]["id"]
    uploaded = httpx.post(
        f"{stack.url}/storage/v1/object/resumes/{user_id}/{uuid4()}.pdf",
        headers={**key, "authorization": f"Bearer {user['access_token']}", "content-type": "application/pdf"},
        content=b"%PDF-1.4 mine",
    )
    assert uploaded.status_code == 200, uploaded.text
    return user_id


async def test_a_deleted_account_is_erased_with_its_files_after_its_time_and_not_before(
    client: httpx.AsyncClient, connect: Connect, stack: Stack, clock: Any
) -> None:
    connection = connect()
    user_id = signed_up_with_a_file(stack)
    connection.execute("update public.profiles set deleted_at = private.now() where id = %s", (user_id,))
    await run(client, "accounts")
    assert one(connection, "select count(*) from auth.users where id = %s", user_id) == 1
    clock.advance("31 days")
    reports = await run(client, "accounts")
    assert reports["accounts"]["done"] == 1, reports
    assert one(connection, "select count(*) from auth.users where id = %s", user_id) == 0
    assert one(connection, "select count(*) from storage.objects where name like %s", f"{user_id}/%") == 0
    # The books stay, closed at zero.
    assert one(connection, "select sum(amount) from public.credit_transactions where user_id = %s", UUID(user_id)) == 0


# -- sign-ups, templates, invariants ------------------------------------------------------------------------------


async def test_users_whom_no_message_announced_are_found(
    client: httpx.AsyncClient, connect: Connect, new_user: Callable[..., UUID]
) -> None:
    connection, user_id = connect(), new_user()
    await run(client, "signups")
    assert one(connection, "select count(*) from public.resumes where user_id = %s", user_id) == 1


async def test_the_uses_of_templates_are_counted_without_those_in_the_bin(
    client: httpx.AsyncClient, connect: Connect, new_user: Callable[..., UUID]
) -> None:
    connection, user_id = connect(), new_user()
    template = connection.execute(
        "select id, usage_count from public.resume_templates where slug = 'compact'"
    ).fetchone()
    assert template is not None
    connection.execute(
        "insert into public.resumes (user_id, title, content, template_id, deleted_at) "
        "select %s, 'Mine', '{}', %s, case when n = 3 then now() end from generate_series(1, 3) as n",
        (user_id, template["id"]),
    )
    count = "select usage_count from public.resume_templates where id = %s"
    expected = one(
        connection, "select count(*) from public.resumes where template_id = %s and deleted_at is null", template["id"]
    )
    assert expected >= 2
    report = (await run(client, "template_usage"))["template_usage"]
    assert (report["complete"], report["done"] >= 1) == (True, True)
    assert one(connection, count, template["id"]) == expected
    assert (await run(client, "template_usage"))["template_usage"]["done"] == 0
    connection.execute("delete from public.resumes where user_id = %s", (user_id,))
    await run(client, "template_usage")
    assert one(connection, count, template["id"]) == expected - 2


async def test_a_broken_invariant_is_told(
    client: httpx.AsyncClient, connect: Connect, new_user: Callable[..., UUID], capfd: pytest.CaptureFixture[str]
) -> None:
    connection, user_id = connect(), new_user()
    connection.execute("update public.user_credits set balance = balance + 1 where user_id = %s", (user_id,))
    answer = await client.post("", json={"tasks": ["checks"]})
    connection.execute("update public.user_credits set balance = balance - 1 where user_id = %s", (user_id,))
    report = answer.json()
    assert report["breaches"] >= 1
    assert "ledger" in report["tasks"][0]["detail"]
    assert '"message":"invariant_breach"' in capfd.readouterr().out.replace('": "', '":"')
    healed = await client.post("", json={"tasks": ["checks"]})
    assert "ledger" not in healed.json()["tasks"][0]["detail"]
