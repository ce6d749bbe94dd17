"""`full_analysis`: a model's advice on the findings of the scan, tied to them; no figure is the model's."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from tests.fakes.models import Answer, FakeModels
from tests.functions.generate.cases import ADVICE

if TYPE_CHECKING:
    import psycopg

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
