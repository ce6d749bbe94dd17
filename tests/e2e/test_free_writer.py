"""The free rule-based writer as a client sees it: the stock SDK, an account without credits, three languages."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import httpx
import pytest
from supabase_functions.errors import FunctionsHttpError

from supabase import create_client
from tests.e2e.person import Person

if TYPE_CHECKING:
    from local.stack import Stack

RESUMES: dict[str, dict[str, Any]] = {
    "English": {
        "personalInfo": {"headline": "Ward Sister"},
        "experience": [
            {
                "role": "Ward Sister",
                "company": "City Hospital",
                "startDate": "2019-04",
                "endDate": "2022-01",
                "bullets": ["Responsible for managing a team of 12 nurses", "Teach english"],
            }
        ],
    },
    "German": {
        "personalInfo": {"headline": "Pflegefachfrau"},
        "experience": [
            {
                "role": "Stationsleitung",
                "company": "Klinikum Nord",
                "startDate": "2019-04",
                "bullets": ["Verantwortlich für die Leitung eines Teams von 12 Pflegekräften"],
            }
        ],
    },
    "Chinese": {
        "personalInfo": {"headline": "高级软件工程师"},
        "experience": [
            {"role": "工程师", "company": "某某科技有限公司", "startDate": "2019-04", "bullets": ["负责管理12人的团队"]}
        ],
    },
}
SUMMARIES = {
    "English": "Ward Sister, City Hospital. Managed a team of 12 nurses. Teach english.",
    "German": (
        "Pflegefachfrau. Stationsleitung, Klinikum Nord. "
        "Verantwortlich für die Leitung eines Teams von 12 Pflegekräften."
    ),
    "Chinese": "高级软件工程师。工程师\uff0c某某科技有限公司。负责管理12人的团队。",
}


@pytest.fixture
def poor(stack: Stack) -> Person:
    """A user who has spent the welcome credits."""
    person = Person(stack)
    service = create_client(stack.url, stack.secret_key)
    for _ in range(5):
        service.rpc("increment_usage", {"p_user_id": person.id, "p_action": "summary"}).execute()
    assert rows(person, "user_credits", "balance, reserved, debt") == [{"balance": 0, "reserved": 0, "debt": 0}]
    return person


def rows(person: Person, table: str, columns: str) -> list[Any]:
    found: Any = person.client.table(table).select(columns).execute().data
    return list(found)


def upload(person: Person, language: str) -> str:
    saved: Any = person.client.table("resumes").insert({"title": "Mine", "content": RESUMES[language]}).execute().data
    return str(saved[0]["id"])


def generate(person: Person, operation: str, resume_id: str, **more: Any) -> dict[str, Any]:
    request = {"operation": operation, "resume_id": resume_id, **more}
    body: Any = person.client.functions.invoke("generate", {"body": request})
    answer: dict[str, Any] = json.loads(body)
    return answer


def refused(person: Person, operation: str, resume_id: str, **more: Any) -> tuple[str, dict[str, Any]]:
    """Content type and problem document of a call that is refused."""
    with pytest.raises(FunctionsHttpError) as caught:
        generate(person, operation, resume_id, **more)
    assert isinstance(caught.value.__cause__, httpx.HTTPStatusError)
    response = caught.value.__cause__.response
    return response.headers["content-type"].split(";")[0], response.json()


@pytest.mark.parametrize("language", RESUMES)
def test_an_account_without_credits_gets_a_free_text_in_its_language(poor: Person, language: str) -> None:
    ledger = rows(poor, "credit_transactions", "id")
    answer = generate(poor, "summary", upload(poor, language))
    result, receipt = answer["result"], answer["receipt"]

    assert result["text"] == SUMMARIES[language]
    assert result["patch"][0]["value"] == result["text"]
    assert result["model"] == {"provider": "offline", "name": "rule-based-writer"}
    assert (receipt["charged"], receipt["funding"], receipt["balance"]) == (0, "offline", 0)
    assert rows(poor, "credit_transactions", "id") == ledger
    (event,) = (
        poor.client.table("usage_events")
        .select("status, cost, credits_used, ai_provider")
        .eq("id", receipt["usage_id"])
        .execute()
        .data
    )
    assert event == {"status": "committed", "cost": 0, "credits_used": 0, "ai_provider": "offline"}
    assert rows(poor, "ai_usage", "provider") == [{"provider": "offline"}]
    usage: Any = poor.client.rpc("usage_by_period").execute().data
    assert [(row["operations"], row["credits_used"]) for row in usage] == [(6, 5)]


@pytest.mark.parametrize("language", ["German", "Chinese"])
def test_what_the_rules_cannot_write_is_declined_with_a_code(poor: Person, language: str) -> None:
    resume_id = upload(poor, language)
    kind, problem = refused(poor, "improve", resume_id, input={"path": "/experience/0/bullets/0"})

    assert kind == "application/problem+json"
    assert (problem["status"], problem["code"], problem["reason"]) == (422, "rules_declined", "no_rule")
    assert (problem["receipt"]["charged"], problem["receipt"]["balance"]) == (0, 0)


def test_an_improvement_is_free_too(poor: Person) -> None:
    answer = generate(poor, "improve", upload(poor, "English"), input={"path": "/experience/0/bullets/0"})
    assert answer["result"]["text"] == "Managed a team of 12 nurses"
    assert [each["verdict"] for each in answer["result"]["grounding"]["sentences"]] == ["supported"]
    assert answer["receipt"]["charged"] == 0


def test_a_request_cannot_say_who_pays(poor: Person) -> None:
    resume_id = upload(poor, "English")
    for more in ({"funding": "offline"}, {"offline": True}, {"input": {"p_offline": True}}):
        _, problem = refused(poor, "summary", resume_id, **more)
        assert problem["status"] == 422


def test_too_many_free_texts_are_told_when_to_come_back(poor: Person, database: str) -> None:
    import psycopg

    resume_id = upload(poor, "English")
    with psycopg.connect(database, autocommit=True) as connection:
        connection.execute(
            "insert into private.rate_limits (key, window_start, hits) "
            "values ('ratelimit:' || %s || ':offline', to_timestamp(floor(extract(epoch from now()) / 3600) * 3600), 60)",
            (poor.id,),
        )
    with pytest.raises(FunctionsHttpError) as caught:
        generate(poor, "summary", resume_id)
    assert isinstance(caught.value.__cause__, httpx.HTTPStatusError)
    response = caught.value.__cause__.response
    assert (response.status_code, response.json()["code"]) == (429, "rate_limited")
    assert int(response.headers["retry-after"]) == response.json()["retry_after"] > 10
