"""`full_analysis`: a model's advice on the findings of the scan, tied to them; no figure is the model's."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from functions._shared.domain.documents.facts import FileFacts
from functions.ats_scan.parseability import parseability
from tests.fakes.models import Answer, FakeModels
from tests.functions.generate.cases import ADVICE

if TYPE_CHECKING:
    import psycopg

    from tests.fakes.models import Request
    from tests.functions.edge.account import Account
    from tests.functions.generate.writer import Writer


async def test_advice_is_tied_to_findings_and_kept_without_a_score_of_its_own(
    writer: Writer, fake: FakeModels, account: Account, database_rows: psycopg.Connection[dict[str, Any]]
) -> None:
    given = [
        (3, ADVICE),
        (99, "Of no finding."),
        (7, "You now score 85 of 100, so stop here."),
        (8, "See https://evil.example/cv for a template."),
        (5, "Move Terraform to the 5+ years of your job at Flügelrad Mobility."),
    ]
    fake.plan(Answer({"advice": [{"finding": number, "advice": text} for number, text in given]}))
    body = {"operation": "full_analysis", "resume_id": account.resume_id, "job_id": account.job_id}
    result = (await writer.post(account, body)).json()["result"]

    assert {each["id"]: each["advice"] for each in result["findings"] if each["advice"]} == {3: ADVICE, 5: given[4][1]}
    assert [each["text"] for each in result["removed"]] == [given[2][1]]
    assert result["findings"][2]["verdict"] == "missing"
    assert all(each["next_step"] and each["reason"] for each in result["findings"])
    assert result["score"] == 71
    assert "evil" not in json.dumps(result)

    row = database_rows.execute("select * from public.analyses where id = %s", (result["kept_id"],)).fetchone()
    assert row is not None
    assert (row["analysis_type"], row["score"], row["status"]) == ("full_analysis", None, "completed")
    assert (str(row["user_id"]), str(row["resume_id"]), row["resume_version"]) == (
        account.user_id,
        account.resume_id,
        1,
    )
    assert row["suggestions"] == [ADVICE, given[4][1]]
    assert row["results"]["coverage"] == 71
    assert row["credits_used"] == 3
    resume = database_rows.execute(
        "select ats_score, optimization_score from public.resumes where id = %s", (account.resume_id,)
    )
    assert resume.fetchone() == {"ats_score": None, "optimization_score": None}


async def test_what_the_last_scan_found_in_the_file_is_advised_on(
    writer: Writer, fake: FakeModels, account: Account, database_rows: psycopg.Connection[dict[str, Any]]
) -> None:
    scanned = parseability(FileFacts("pdf", 4_000_000, encrypted=True), None, None)
    issues = [each.model_dump(mode="json") for each in scanned.rules if each.status == "fail"]
    for score, found in ((90, []), (scanned.score, issues)):
        database_rows.execute(
            "insert into public.analyses (user_id, resume_id, resume_version, analysis_type, status, score, issues, created_at) "
            "values (%s, %s, 1, 'ats_score', 'completed', %s, %s, now() - make_interval(days => %s))",
            (account.user_id, account.resume_id, score, json.dumps(found), score),
        )
    size = "Export the pages again with smaller pictures, so that the file stays below 2.5 MB."
    wrong = "Never reach 300 MB."

    def advises(request: Request) -> Answer:
        about = [int(number) for number in re.findall(r"^\[(\d+)\] file", request.user, re.MULTILINE)]
        given = zip(about, (size, wrong), strict=True)
        return Answer({"advice": [{"finding": number, "advice": text} for number, text in given]})

    fake.plan(advises)
    body = {"operation": "full_analysis", "resume_id": account.resume_id, "job_id": account.job_id}
    result = (await writer.post(account, body)).json()["result"]

    file, first = result["file"], len(result["findings"]) + 1
    assert (file["score"], file["resume_version"]) == (scanned.score, 1)
    assert [(each["id"], each["rule"], each["severity"]) for each in file["findings"]] == [
        (first + place, rule, "blocker") for place, rule in enumerate(["file_size", "file_password"])
    ]
    assert [each["advice"] for each in file["findings"]] == [size, None]
    assert [each["text"] for each in result["removed"]] == [wrong]
    assert f"[{first}] file, blocker: The file is not larger than 2.5 MB." in fake.requests[0].user
    row = database_rows.execute("select * from public.analyses where id = %s", (result["kept_id"],)).fetchone()
    assert row is not None
    assert (row["results"]["file"], row["suggestions"]) == (file, [size])
    assert {"file_size", "file_password"} <= {each.get("rule") for each in row["issues"]}


async def test_without_a_scan_of_a_file_nothing_is_said_of_one(
    writer: Writer, fake: FakeModels, account: Account
) -> None:
    fake.plan(Answer({"advice": [{"finding": 3, "advice": ADVICE}]}))
    body = {"operation": "full_analysis", "resume_id": account.resume_id, "job_id": account.job_id}
    assert (await writer.post(account, body)).json()["result"]["file"] is None
    assert "file, " not in fake.requests[0].user
    assert "verdict file" not in fake.requests[0].system + fake.requests[0].user
