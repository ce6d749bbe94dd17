"""Where consent is demanded, no model sees a text of a user who has not agreed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.fakes.models import Answer, FakeModels
from tests.functions.generate.writer import SUMMARY, Writer, problems

if TYPE_CHECKING:
    import psycopg

    from tests.functions.edge.account import Account


@pytest.fixture
def strict(writer: Writer) -> Writer:
    writer.environment["AI_CONSENT"] = "required"
    return writer


def agree(rows: psycopg.Connection[dict[str, Any]], account: Account, *, now: bool = True) -> None:
    moment = "now()" if now else "null"
    rows.execute(f"update public.user_settings set ai_consent_at = {moment} where user_id = %s", (account.user_id,))


async def test_nothing_is_sent_before_the_user_agrees(
    strict: Writer, fake: FakeModels, account: Account, database_rows: psycopg.Connection[dict[str, Any]]
) -> None:
    fake.always = Answer({"text": SUMMARY})
    summary = {"operation": "summary", "resume_id": account.resume_id}
    batch = {"operation": "batch", "input": {"requests": [summary]}}
    refused = (403, "consent_required")

    assert problems(await strict.post(account, summary, key="k")) == refused
    assert problems(await strict.post(account, {**summary, "funding": "own_key"})) == refused
    assert problems(await strict.post(account, summary, query="?dry_run=true")) == refused
    assert problems(await strict.post(account, summary, more={"prefer": "respond-async"})) == refused
    assert problems(await strict.post(account, batch)) == refused
    assert problems(await strict.post(account, summary, more={"accept": "text/event-stream"})) == refused
    assert fake.requests == []
    assert (account.books, account.events) == ((5, 0, 5), [])

    agree(database_rows, account)
    assert (await strict.post(account, summary, key="k")).status_code == 200

    agree(database_rows, account, now=False)
    assert problems(await strict.post(account, summary, key="k-2")) == refused
    assert (await strict.post(account, summary, key="k")).headers["idempotency-replayed"] == "true"


async def test_the_free_writer_needs_no_consent(offline: Writer, account: Account) -> None:
    offline.environment["AI_CONSENT"] = "required"
    assert (await offline.summary(account)).status_code == 200


async def test_the_default_asks_nobody(writer: Writer, fake: FakeModels, account: Account) -> None:
    fake.plan(Answer({"text": SUMMARY}))
    assert (await writer.summary(account)).status_code == 200


def test_only_what_asks_no_model_is_exempt(database_rows: psycopg.Connection[dict[str, Any]]) -> None:
    rows = database_rows.execute("select slug from public.operations where not asks_model order by slug").fetchall()
    exempt = ["account_export", "ats_matrix", "ats_scan", "batch", "interview", "resume_export", "resume_import"]
    assert [row["slug"] for row in rows] == exempt
