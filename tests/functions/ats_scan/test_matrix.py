"""Comparing résumés with jobs: the best one for each, what to fix first, and one charge per 20 pairs."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from functions.ats_scan.handler import app
from tests.functions.client import FunctionClient

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from local.stack import Stack
    from tests.functions.edge.account import Account


@pytest.fixture
async def client(stack: Stack) -> AsyncIterator[FunctionClient]:
    async with FunctionClient(stack, app) as opened:
        yield opened


def resume(account: Account, *skills: str) -> str:
    row = account.row(
        "insert into public.resumes (user_id, title, content) values (%s, %s, %s) returning id::text as id",
        account.user_id,
        " and ".join(skills) or "Empty",
        json.dumps({"skills": {"technical": skills}}),
    )
    return str(row["id"])


def job(account: Account, *lines: str) -> str:
    text = "\n".join(["Requirements", *(f"- {line}" for line in lines)])
    row = account.row(
        "insert into public.jobs (user_id, title, description) values (%s, 'Engineer', %s) returning id::text as id",
        account.user_id,
        text,
    )
    return str(row["id"])


async def test_each_job_gets_its_best_resume_and_the_dearest_gap_comes_first(
    client: FunctionClient, account: Account
) -> None:
    data, web = resume(account, "SQL", "Python"), resume(account, "React", "TypeScript")
    jobs = [
        job(account, "SQL", "Python", "Kubernetes"),
        job(account, "React", "TypeScript", "Kubernetes", "Terraform is a plus"),
    ]
    response = await client.post(account, {"resume_ids": [data, web], "job_ids": jobs}, path="/matrix")
    assert response.status_code == 200, response.text
    result, receipt = response.json()["result"], response.json()["receipt"]
    assert [each["best_resume_id"] for each in result["jobs"]] == [data, web]
    assert [each["score"] for each in result["cells"]] == [67, 0, 0, 57]
    assert result["cells"][0]["missing"] == ["Kubernetes"]
    first, second = result["fix_first"]
    assert (first["options"], first["gain"], len(first["where"])) == (["Kubernetes"], 4, 2)
    assert (second["options"], second["gain"]) == (["Terraform"], 1)
    assert first["next_step"]
    assert (receipt["operation"], receipt["charged"]) == ("ats_matrix", 2)
    assert account.row("select count(*)::int as n from public.analyses where user_id = %s", account.user_id) == {"n": 0}


@pytest.mark.parametrize(("resumes", "jobs", "charged"), [(2, 10, 2), (3, 7, 4), (4, 10, 4)])
async def test_one_charge_pays_twenty_pairs(
    client: FunctionClient, account: Account, resumes: int, jobs: int, charged: int
) -> None:
    account.row(
        "select public.credits_grant(%s, 'adjustment', 20, %s) as done", account.user_id, f"test:{account.user_id}"
    )
    body = {
        "resume_ids": [resume(account, "SQL") for _ in range(resumes)],
        "job_ids": [job(account, "SQL") for _ in range(jobs)],
    }
    response = await client.post(account, body, path="/matrix", key="k")
    assert response.json()["receipt"]["charged"] == charged, response.text
    again = await client.post(account, body, path="/matrix", key="k")
    assert (again.content, again.headers["idempotency-replayed"]) == (response.content, "true")
    assert account.row("select units::int, cost::int from public.usage_events where user_id = %s", account.user_id) == {
        "units": charged // 2,
        "cost": charged,
    }


async def test_too_few_credits_for_all_pairs_begin_nothing(client: FunctionClient, account: Account) -> None:
    body = {
        "resume_ids": [account.resume_id, *(resume(account, "SQL") for _ in range(4))],
        "job_ids": [job(account, "SQL") for _ in range(9)],
    }
    response = await client.post(account, body, path="/matrix")
    assert (response.status_code, response.json()["cost"]) == (402, 6)
    assert account.books == (5, 0, 5)


async def test_what_is_not_the_callers_or_has_no_text_costs_nothing(
    client: FunctionClient, account: Account, new_account: Any
) -> None:
    other = new_account()
    mine, empty = resume(account, "SQL"), job(account)
    account.row("update public.jobs set description = null where id = %s returning id", empty)
    for body, status, code in [
        ({"resume_ids": [other.resume_id], "job_ids": [empty]}, 404, "resume_not_found"),
        ({"resume_ids": [mine], "job_ids": [other.job_id]}, 404, "job_not_found"),
        ({"resume_ids": [mine], "job_ids": [empty]}, 422, "nothing_to_compare"),
        ({"resume_ids": [mine, mine], "job_ids": [empty]}, 422, "validation_failed"),
        ({"resume_ids": [mine] * 11, "job_ids": [empty]}, 422, "validation_failed"),
    ]:
        response = await client.post(account, body, path="/matrix")
        assert (response.status_code, response.json()["code"]) == (status, code)
    assert account.books == (5, 0, 5)


async def test_a_job_that_asks_for_nothing_has_no_best_resume(client: FunctionClient, account: Account) -> None:
    silent = job(account)
    account.row("update public.jobs set description = 'Come and visit us!' where id = %s returning id", silent)
    response = await client.post(account, {"resume_ids": [resume(account, "SQL")], "job_ids": [silent]}, path="/matrix")
    result = response.json()["result"]
    assert (result["jobs"][0]["best_resume_id"], result["cells"][0]["score"], result["fix_first"]) == (None, None, [])


async def test_a_stored_comparison_dies_with_each_of_its_resumes(
    client: FunctionClient, account: Account, as_user: Any
) -> None:
    ids = [resume(account, "SQL"), resume(account, "Go")]
    body = {"resume_ids": ids, "job_ids": [job(account, "SQL")]}
    assert (await client.post(account, body, path="/matrix", key="m")).status_code == 200
    with as_user(account.user_id) as cursor:
        cursor.execute("select public.resume_delete(%s)", (ids[1],))
    gone = await client.post(account, body, path="/matrix", key="m")
    assert (gone.status_code, gone.json()["code"]) == (404, "resume_not_found")
