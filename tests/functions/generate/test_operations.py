"""The results of the operations, and their cost."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from functions._shared.ai.prices import estimate
from functions._shared.domain.resume.patch import apply_patch
from functions.generate.operations import REGISTRY
from tests.fakes.models import Answer, FakeModels
from tests.functions.generate.writer import ENGINEER, SUMMARY, Writer, model_calls, problems

if TYPE_CHECKING:
    from collections.abc import Callable

    import psycopg

    from tests.functions.edge.account import Account

OPERATIONS = {slug: operation.aliases for slug, operation in REGISTRY.items()}
GEMINI = {"provider": "gemini", "name": "gemini-3.8-flash"}


def applied(result: dict[str, Any]) -> dict[str, Any]:
    version = result["base_version"]
    return apply_patch(ENGINEER, result["patch"], base_version=version, current_version=version)


async def test_a_summary_is_a_patch_and_costs_one_credit(
    writer: Writer, fake: FakeModels, account: Account, database_rows: psycopg.Connection[dict[str, Any]]
) -> None:
    fake.plan(Answer({"text": SUMMARY}, input_tokens=1500, output_tokens=60, thinking_tokens=40))
    response = await writer.summary(account)

    assert response.status_code == 200, response.text
    result, receipt = response.json()["result"], response.json()["receipt"]
    assert result["text"] == SUMMARY
    assert result["base_version"] == 1
    assert result["model"] == GEMINI
    report = result["grounding"]
    assert (report["checked"], report["verifier"], report["removed"], report["gaps"]) == (
        "figures_and_names",
        None,
        [],
        [],
    )
    assert [SUMMARY[each["start"] : each["end"]] for each in report["sentences"]] == [
        "Senior backend engineer in Berlin.",
        "Leads a team of 6 engineers at Flügelrad Mobility.",
        "Cut booking time from 1,900 ms to 420 ms with Redis.",
    ]
    # The second one stands word for word in the résumé; the third one says it in other words, so rules are not certain.
    assert [each["verdict"] for each in report["sentences"][1:]] == ["supported", "unverified"]
    assert report["sentences"][1]["evidence"] == ["/experience/0/bullets/0", "/experience/0"]
    assert not report["ok"]
    assert applied(result) == {**ENGINEER, "summary": SUMMARY}
    assert (receipt["operation"], receipt["charged"], receipt["funding"], receipt["balance"]) == (
        "summary",
        1,
        "credits",
        4,
    )
    assert account.books == (4, 0, 4)
    assert account.events == [("committed", 1, None)]
    (call,) = model_calls(database_rows, account)
    assert (call["provider"], call["model"], call["feature"]) == ("gemini", "gemini-3.8-flash", "summary")
    assert (call["input_tokens"], call["output_tokens"]) == (1500, 100)
    assert call["estimated_cost"] == estimate("gemini", "gemini-3.8-flash", 1500, 100)
    assert str(call["usage_id"]) == receipt["usage_id"]


# test_tailor has the alias of tailor, which is priced otherwise.
@pytest.mark.parametrize("alias", sorted(set[str]().union(*OPERATIONS.values()) - {"optimization"}))
async def test_an_alias_is_asked_and_charged_as_its_operation(
    writer: Writer, fake: FakeModels, account: Account, database_rows: psycopg.Connection[dict[str, Any]], alias: str
) -> None:
    answer = {"text": SUMMARY, "items": ["Sold 300 cars in 2 years"]}
    bodies: dict[str, dict[str, Any]] = {
        "summary": {"resume_id": account.resume_id},
        "bullets": {"input": {"notes": "I sold 300 cars in 2 years."}},
        "improve": {"input": {"text": f"{SUMMARY} That is me."}},
    }
    (slug,) = (slug for slug, aliases in OPERATIONS.items() if alias in aliases)
    fake.plan(Answer({key: answer[key] for key in (["items"] if slug == "bullets" else ["text"])}))
    response = await writer.post(account, {**bodies[slug], "operation": alias})

    assert response.status_code == 200, response.text
    assert response.json()["receipt"]["operation"] == slug
    assert account.books == (4, 0, 4)
    event = account.row(
        "select operation_type, quota_group from public.usage_events where user_id = %s", account.user_id
    )
    assert event == {"operation_type": slug, "quota_group": "writing"}
    assert [call["feature"] for call in model_calls(database_rows, account)] == [slug]


def test_aliases_are_those_of_the_registry(connect: Callable[[], psycopg.Connection[dict[str, Any]]]) -> None:
    rows = connect().execute("select slug, aliases from public.operations where slug = any(%s)", (list(OPERATIONS),))
    assert {row["slug"]: set(row["aliases"]) for row in rows} == OPERATIONS


async def test_every_name_of_what_is_not_built_is_refused_alike(
    writer: Writer, account: Account, connect: Callable[[], psycopg.Connection[dict[str, Any]]]
) -> None:
    statement = "select slug || aliases as names from public.operations where slug <> all(%s)"
    names = [name for row in connect().execute(statement, ([*OPERATIONS, "batch"],)) for name in row["names"]]
    answers = [await writer.post(account, {"operation": name, "resume_id": account.resume_id}) for name in names]

    known = ", ".join(sorted([*OPERATIONS, "batch"]))
    assert {"resume_import", "resume_parse", "keyword_match"} <= set(names)
    assert {(*problems(answer), answer.json()["detail"]) for answer in answers} == {
        (422, "unknown_operation", f"The operations are: {known}.")
    }
    assert account.events == []


async def test_the_patch_is_applied_under_the_lock(
    writer: Writer, fake: FakeModels, account: Account, as_user: Any
) -> None:
    fake.plan(Answer({"text": SUMMARY}))
    result = (await writer.summary(account)).json()["result"]
    arguments = (account.resume_id, result["base_version"], psycopg_json(applied(result)))
    save = "select * from public.resume_save(%s, %s, %s, 'ai_optimized', 'AI summary')"
    with as_user(account.user_id) as cursor:
        cursor.execute(save, arguments)
    row = account.row("select version, content from public.resumes where id = %s", account.resume_id)
    assert (row["version"], row["content"]["summary"]) == (2, SUMMARY)

    # Applying the same patch again fails, because the version has changed.
    import psycopg as driver

    with pytest.raises(driver.Error, match="version_conflict"), as_user(account.user_id) as cursor:
        cursor.execute(save, arguments)


async def test_a_job_adds_emphasis_and_gaps(writer: Writer, fake: FakeModels, account: Account) -> None:
    fake.plan(Answer({"text": SUMMARY}))
    body = {"operation": "summary", "resume_id": account.resume_id, "job_id": account.job_id}
    result = (await writer.post(account, body)).json()["result"]

    assert "Halberd Pay is a payments company" in fake.requests[0].user
    assert {"Snowflake", "gRPC"} <= set(result["grounding"]["gaps"])
    assert not {"Python", "Kubernetes", "Kafka"} & set(result["grounding"]["gaps"])


async def test_bullets_of_a_job(writer: Writer, fake: FakeModels, account: Account) -> None:
    bullets = ["Built card payments with Stripe", "Wrote the offline sync protocol in Go"]
    fake.plan(Answer({"items": [f"- {bullets[0]}", bullets[1], "Automated deployments with Docker"]}))
    body = {"operation": "bullets", "resume_id": account.resume_id, "input": {"experience": 1, "count": 2}}
    response = await writer.post(account, body)

    result = response.json()["result"]
    assert result["items"] == bullets
    assert "text" not in result
    after = applied(result)
    assert after["experience"][1]["bullets"] == bullets
    assert after["experience"][0] == ENGINEER["experience"][0]
    assert "Café Órbita Labs" in fake.requests[0].user
    assert "Flügelrad" not in fake.requests[0].user
    assert response.json()["receipt"]["operation"] == "bullets"
    assert account.books == (4, 0, 4)


async def test_bullets_from_the_users_own_words(writer: Writer, fake: FakeModels, account: Account) -> None:
    fake.plan(Answer({"items": ["Sold 300 cars in 2 years", "Trained 4 colleagues"]}))
    notes = "In 2 years I sold 300 cars. I also trained 4 colleagues."
    result = (await writer.post(account, {"operation": "bullets", "input": {"notes": notes}})).json()["result"]

    assert result["items"] == ["Sold 300 cars in 2 years", "Trained 4 colleagues"]
    assert (result["patch"], result["base_version"]) == (None, None)
    assert account.books == (4, 0, 4)


async def test_paid_bullets_are_kept_with_the_words_they_come_from(
    writer: Writer, fake: FakeModels, account: Account, as_user: Any
) -> None:
    items = ["Sold 300 cars in 2 years", "Trained 4 colleagues"]
    fake.plan(Answer({"items": items}), Answer({"items": ["Hired 3 engineers"]}))
    notes = "In 2 years I sold 300 cars. I also trained 4 colleagues."
    asked = {"operation": "bullets", "input": {"notes": notes, "question": "What did you do at the garage?"}}
    first = await writer.post(account, asked, key="k")
    again = await writer.post(account, asked, key="k")
    entry = {"experience": 0, "notes": "I hired 3 engineers."}
    second = await writer.post(account, {"operation": "bullets", "resume_id": account.resume_id, "input": entry})

    assert again.content == first.content
    with as_user(account.user_id) as cursor:
        rows = cursor.execute("select * from public.resume_bullets order by created_at").fetchall()
    assert [str(row["id"]) for row in rows] == [answer.json()["result"]["kept_id"] for answer in (first, second)]
    assert [str(row["usage_id"]) for row in rows] == [
        answer.json()["receipt"]["usage_id"] for answer in (first, second)
    ]
    names = ("question", "transcript", "bullets", "role", "experience")
    assert [tuple(row[name] for name in names) for row in rows] == [
        ("What did you do at the garage?", notes, items, None, None),
        (
            None,
            "I hired 3 engineers.",
            ["Hired 3 engineers"],
            ENGINEER["experience"][0]["role"],
            "Flügelrad Mobility GmbH",
        ),
    ]


async def test_a_summary_is_in_its_answer_alone(writer: Writer, fake: FakeModels, account: Account) -> None:
    fake.plan(Answer({"text": SUMMARY}))
    assert (await writer.summary(account)).json()["result"]["kept_id"] is None


async def test_no_model_is_asked_for_bullets_that_cannot_be_kept(
    writer: Writer, fake: FakeModels, account: Account, database_rows: Any
) -> None:
    database_rows.execute(
        "insert into public.storage_limits (kind, plan, max_rows, max_bytes) values ('resume_bullets', 'free', 0, 0)"
    )
    try:
        response = await writer.post(account, {"operation": "bullets", "input": {"notes": "I sold 300 cars."}})
    finally:
        database_rows.execute("delete from public.storage_limits where kind = 'resume_bullets' and plan = 'free'")

    assert problems(response) == (413, "storage_limit_reached")
    assert (fake.requests, account.books, account.events) == ([], (5, 0, 5), [])


async def test_notes_are_added_to_the_bullets_of_a_job(writer: Writer, fake: FakeModels, account: Account) -> None:
    fake.plan(Answer({"items": ["Hired 3 engineers"]}))
    body = {
        "operation": "bullets",
        "resume_id": account.resume_id,
        "input": {"experience": 0, "notes": "I hired 3 engineers."},
    }
    result = (await writer.post(account, body)).json()["result"]

    assert applied(result)["experience"][0]["bullets"] == [*ENGINEER["experience"][0]["bullets"], "Hired 3 engineers"]


async def test_an_improved_bullet_keeps_its_place(writer: Writer, fake: FakeModels, account: Account) -> None:
    better = "Coached two junior developers and ran the weekly architecture clinic"
    fake.plan(Answer({"text": better}))
    body = {
        "operation": "improve",
        "resume_id": account.resume_id,
        "input": {"path": "/experience/0/bullets/3", "goal": "impact"},
    }
    response = await writer.post(account, body)

    result = response.json()["result"]
    assert result["text"] == better
    assert applied(result)["experience"][0]["bullets"][3] == better
    assert applied(result)["experience"][0]["bullets"][:3] == ENGINEER["experience"][0]["bullets"][:3]
    assert response.json()["receipt"]["operation"] == "improve"


async def test_a_text_outside_a_resume_is_improved(writer: Writer, fake: FakeModels, account: Account) -> None:
    fake.plan(Answer({"text": "Managed the shop for 3 years."}))
    body = {"operation": "improve", "input": {"text": "i was manage the shop since 3 years", "goal": "grammar"}}
    result = (await writer.post(account, body)).json()["result"]

    assert result["text"] == "Managed the shop for 3 years."
    assert result["patch"] is None


async def test_contact_details_are_not_sent(writer: Writer, fake: FakeModels, account: Account) -> None:
    fake.plan(Answer({"text": SUMMARY}))
    await writer.summary(account)

    sent = fake.requests[0].system + fake.requests[0].user
    for private in ("Zoë", "zoe.mueller", "901820", "Glücklichkeitsstraße", "linkedin", "João"):
        assert private not in sent


async def test_a_dry_run_returns_the_price_and_changes_nothing(
    writer: Writer, fake: FakeModels, account: Account
) -> None:
    response = await writer.summary(account, query="?dry_run=true")

    assert response.status_code == 200
    assert response.json()["result"] is None
    assert (response.json()["receipt"]["charged"], response.json()["receipt"]["balance"]) == (1, 4)
    assert fake.requests == []
    assert (account.books, account.events) == ((5, 0, 5), [])


async def test_the_rule_based_writer_is_labelled_and_free(
    offline: Writer, account: Account, database_rows: Any
) -> None:
    response = await offline.summary(account)

    assert response.status_code == 200, response.text
    result = response.json()["result"]
    assert result["model"] == {"provider": "offline", "name": "rule-based-writer"}
    assert applied(result)["summary"] == result["text"]
    assert result["grounding"]["ok"]
    assert account.books == (5, 0, 5)
    (call,) = model_calls(database_rows, account)
    assert (call["provider"], call["estimated_cost"]) == ("offline", 0)


def psycopg_json(value: Any) -> Any:
    from psycopg.types.json import Jsonb

    return Jsonb(value)
