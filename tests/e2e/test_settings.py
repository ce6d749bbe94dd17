"""Settings, feedback, drafts and the job tracker through the stock client: tables under row level security, no function."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from postgrest.exceptions import APIError
from postgrest.types import ReturnMethod

from supabase import create_client
from tests.e2e.person import Person

if TYPE_CHECKING:
    from collections.abc import Callable

    import psycopg

    from local.stack import Stack


@pytest.fixture
def person(stack: Stack) -> Person:
    return Person(stack)


def test_settings_are_read_and_changed_by_their_owner_alone(stack: Stack, person: Person) -> None:
    table = person.client.table("user_settings")
    first: Any = table.select("*").single().execute().data
    assert (first["resume_tips"], first["profile_visibility"], first["data_analytics"]) == (True, False, True)
    saved: Any = (
        person.client.table("user_settings").upsert({**first, "theme": "dark", "job_alerts": True}).execute().data
    )
    assert (saved[0]["theme"], saved[0]["job_alerts"]) == ("dark", True)
    thief = Person(stack)
    assert thief.client.table("user_settings").update({"theme": "light"}).eq("user_id", person.id).execute().data == []
    with pytest.raises(APIError):
        thief.client.table("user_settings").upsert({"user_id": person.id, "theme": "light"}).execute()
    pair = {"setting_key": "editor.zoom", "setting_value": {"percent": 125}}
    person.client.table("user_setting_pairs").insert(pair).execute()
    assert thief.client.table("user_setting_pairs").select("*").execute().data == []


def test_feedback_is_given_changed_and_taken_back(stack: Stack, person: Person) -> None:
    given: Any = (
        person.client.table("feedback")
        .insert({"content": "The preview is slow.", "category": "bug", "context": {"page_url": "/editor"}})
        .execute()
        .data[0]
    )
    changed: Any = (
        person.client.table("feedback").update({"category": "complaint"}).eq("id", given["id"]).execute().data
    )
    assert changed[0]["category"] == "complaint"
    assert Person(stack).client.table("feedback").select("*").execute().data == []
    with pytest.raises(APIError):
        person.client.table("feedback").insert({"content": "short"}).execute()
    assert len(person.client.table("feedback").delete().eq("id", given["id"]).execute().data) == 1


def test_a_job_is_tracked_from_saved_to_accepted(stack: Stack, person: Person) -> None:
    job: Any = person.client.table("jobs").insert({"title": "Engineer", "company": "ACME"}).execute().data[0]
    assert job["status"] == "saved"
    for status in ("applied", "interviewing", "offered", "accepted"):
        moved: Any = person.client.table("jobs").update({"status": status}).eq("id", job["id"]).execute().data
        assert moved[0]["status"] == status
    assert Person(stack).client.table("jobs").update({"status": "rejected"}).eq("id", job["id"]).execute().data == []


def test_a_draft_is_saved_and_published(stack: Stack, person: Person) -> None:
    draft: Any = (
        person.client.table("resumes").insert({"title": "Draft", "content": {"summary": "A"}}).execute().data[0]
    )
    assert (draft["is_draft"], draft["status"]) == (True, "draft")
    saved: Any = (
        person.client.table("resumes")
        .update({"content": {"summary": "B"}, "status": "published"})
        .eq("id", draft["id"])
        .execute()
        .data[0]
    )
    assert (saved["version"], saved["is_draft"]) == (2, False)
    assert Person(stack).client.table("resumes").select("id").eq("id", draft["id"]).execute().data == []


def test_who_turned_analytics_off_leaves_no_events_but_failures(
    stack: Stack, person: Person, connect: Callable[[], psycopg.Connection[dict[str, Any]]]
) -> None:
    operator = create_client(stack.url, stack.secret_key)

    def recorded(mark: str) -> set[str]:
        for kind, severity in (("editor_opened", "info"), ("import_failed", "warning")):
            operator.table("system_events").insert(
                {"event_type": f"{mark}_{kind}", "severity": severity, "user_id": person.id},
                returning=ReturnMethod.minimal,
            ).execute()
        rows: Any = operator.table("system_events").select("event_type").eq("user_id", person.id).execute().data
        return {row["event_type"].removeprefix(f"{mark}_") for row in rows if row["event_type"].startswith(mark)}

    assert recorded("on") == {"editor_opened", "import_failed"}
    person.client.table("user_settings").update({"data_analytics": False}).eq("user_id", person.id).execute()
    assert recorded("off") == {"import_failed"}
    event = (
        connect()
        .execute(
            "with held as (select public.usage_reserve(%s, 'ats_scan', 'k', 'h', p_funding => 'offline') ->> 'usage_id' as id) "
            "select id::uuid from held",
            (person.id,),
        )
        .fetchone()
    )
    assert event is not None
    kept = (
        connect()
        .execute(
            "update public.usage_events set session_data = '{\"clicks\": 3}' where id = %s returning session_data",
            (event["id"],),
        )
        .fetchone()
    )
    assert kept == {"session_data": None}
