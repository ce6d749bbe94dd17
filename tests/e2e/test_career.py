"""A career, a résumé and applications with the stock client."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from postgrest.exceptions import APIError

from tests.e2e.person import Person

if TYPE_CHECKING:
    from local.stack import Stack

CONTENT = {"experience": [{"company": "Acme", "role": "Lead", "startDate": "2022-03", "endDate": "Present"}]}


def test_experiences_come_from_a_resume_and_go_into_another(stack: Stack) -> None:
    person, thief = Person(stack), Person(stack)
    rows = [
        person.client.table("resumes").insert({"title": title, "content": content}).execute().data[0]
        for title, content in (("Old", CONTENT), ("New", {}))
    ]
    old, new = (dict(row) for row in rows)  # type: ignore[arg-type]
    found: Any = person.client.rpc("experiences_from_resume", {"id": old["id"]}).execute().data
    assert [(each["company"], each["position"], each["is_current"]) for each in found] == [("Acme", "Lead", True)]
    saved: Any = (
        person.client.rpc(
            "resume_add_experiences",
            {"id": new["id"], "base_version": new["version"], "experience_ids": [found[0]["id"]]},
        )
        .execute()
        .data
    )
    assert saved["content"]["experience"][0]["company"] == "Acme"
    for name, arguments in (
        ("experiences_from_resume", {"id": old["id"]}),
        ("resume_add_experiences", {"id": new["id"], "base_version": 2}),
    ):
        with pytest.raises(APIError, match="resume_not_found"):
            thief.client.rpc(name, arguments).execute()


def test_an_application_counts_for_the_version_that_was_sent(stack: Stack) -> None:
    person = Person(stack)
    resume: Any = person.client.table("resumes").insert({"title": "Mine", "content": CONTENT}).execute().data[0]
    job: Any = (
        person.client.table("jobs")
        .insert(
            {
                "title": "Engineer",
                "resume_id": resume["id"],
                "status": "applied",
                "interview_at": "2026-12-01T09:00:00Z",
            }
        )
        .execute()
        .data[0]
    )
    assert (job["resume_version"], job["interview_at"]) == (1, "2026-12-01T09:00:00+00:00")
    person.client.table("jobs").upsert({**job, "status": "interviewing", "resume_version": 7}).execute()
    outcomes: Any = person.client.rpc("resume_outcomes").execute().data
    assert [(each["title"], each["resume_version"], each["interviews"]) for each in outcomes] == [("Mine", 1, 1)]
