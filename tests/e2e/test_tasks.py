"""Long work as a client sees it: the stock SDK opens a task, follows it and takes the result."""

from __future__ import annotations

import json
import time
from typing import TYPE_CHECKING, Any

import pytest
from supabase_functions.errors import FunctionsHttpError

from tests.e2e.person import Person
from tests.functions.generate.writer import ENGINEER

if TYPE_CHECKING:
    from local.stack import Stack


@pytest.fixture
def person(stack: Stack) -> Person:
    return Person(stack)


def invoke(person: Person, path: str, **options: Any) -> Any:
    answer: Any = person.client.functions.invoke(path, options)
    return json.loads(answer)


def follow(person: Person, task_id: str) -> Any:
    """Poll until the task has ended."""
    until = time.monotonic() + 60
    while time.monotonic() < until:
        task = invoke(person, f"generate/tasks/{task_id}", method="GET")
        if task["status"] in {"completed", "failed"}:
            return task
        time.sleep(0.1)
    raise AssertionError(f"still {task}")


def batch(person: Person, count: int = 2) -> dict[str, Any]:
    resume: Any = person.client.table("resumes").insert({"title": "Mine", "content": ENGINEER}).execute().data[0]
    summary = {"operation": "summary", "resume_id": resume["id"]}
    return {"operation": "batch", "input": {"requests": [summary] * count}}


def test_experiences_become_a_resume_through_the_stock_client(person: Person) -> None:
    person.client.table("profiles").update({"full_name": "Zoë Müller"}).eq("id", person.id).execute()
    job = {"company": "Acme", "position": "Engineer", "start_date": "2020-01-01", "achievements": ["Built the ledger"]}
    person.client.table("user_experiences").insert(job).execute()
    task = invoke(
        person,
        "generate",
        body={"operation": "full_resume", "input": {"title": "New"}},
        headers={"Idempotency-Key": "f"},
    )
    done = follow(person, task["id"])
    assert (done["status"], done["receipt"]["funding"]) == ("completed", "offline"), done
    made: Any = (
        person.client.table("resumes").select("title, content").eq("id", done["result"]["kept_id"]).execute().data
    )
    assert (made[0]["title"], made[0]["content"]["personalInfo"]["name"]) == ("New", "Zoë Müller")
    assert made[0]["content"]["experience"] == [
        {
            "company": "Acme",
            "role": "Engineer",
            "startDate": "2020-01",
            "bullets": ["Built the ledger"],
            "technologies": [],
        }
    ]
    with pytest.raises(FunctionsHttpError):  # no such interview
        invoke(person, "generate", body={"operation": "full_resume", "input": {"session_id": task["id"]}})


def test_a_batch_through_the_stock_client(person: Person) -> None:
    body, headers = batch(person), {"Idempotency-Key": "b"}
    task = invoke(person, "generate", body=body, headers=headers)
    assert task["status"] == "waiting"
    done = follow(person, task["id"])
    assert done["status"] == "completed", done
    assert [item["receipt"]["funding"] for item in done["result"]["items"]] == ["offline", "offline"]
    assert invoke(person, "generate", body=body, headers=headers) == done

    row = person.client.table("resume_generations").select("status, progress, operation").eq("id", task["id"]).execute()
    assert row.data == [{"status": "completed", "progress": 100, "operation": "batch"}]
    person.client.table("resume_generations").delete().eq("id", task["id"]).execute()
    with pytest.raises(FunctionsHttpError):
        invoke(person, f"generate/tasks/{task['id']}", method="GET")


def test_a_task_that_the_client_prefers_and_cancels(person: Person) -> None:
    request = batch(person, 1)["input"]["requests"][0]
    task = invoke(person, "generate", body=request, headers={"Prefer": "respond-async"})
    ended = invoke(person, f"generate/tasks/{task['id']}", method="DELETE")
    # Whichever was first.
    assert ended["status"] in {"completed", "failed"}
    if ended["status"] == "failed":
        assert ended["error"]["code"] == "cancelled"
