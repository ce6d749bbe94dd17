"""`match`: the scan's coverage in words. Rules find and count, a model words what is met, and only that."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.fakes.models import Answer, FakeModels
from tests.functions.generate.cases import MATCH
from tests.functions.generate.writer import Writer, problems

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.functions.edge.account import Account

NUMBERS = {"met": 4, "missing": 3}
"""Of requirements of the job "backend-engineer"."""


def body(account: Account) -> dict[str, Any]:
    return {"operation": "match", "resume_id": account.resume_id, "job_id": account.job_id}


async def test_each_requirement_has_its_verdict_and_only_what_is_met_is_worded(
    writer: Writer, fake: FakeModels, account: Account
) -> None:
    points = [
        {"requirement": NUMBERS["met"], "text": MATCH},
        {"requirement": NUMBERS["met"], "text": "Runs Kubernetes with great success."},
        {"requirement": NUMBERS["missing"], "text": "Tuned slow queries in production."},
        {"requirement": 99, "text": "Knows everything that is asked for."},
    ]
    fake.plan(Answer({"points": points}))
    result = (await writer.post(account, body(account))).json()["result"]

    met, missing = (result["points"][NUMBERS[name] - 1] for name in ("met", "missing"))
    assert (met["verdict"], met["by"], met["text"], met["item"]) == ("found", "model", MATCH, 0)
    assert "/experience/1/bullets/2" in met["where"]
    assert (missing["verdict"], missing["by"], missing["where"]) == ("missing", "rules", [])
    assert missing["text"] == "The résumé does not mention it."
    assert missing["next_step"]
    assert [each["text"] for each in result["points"] if each["by"] == "model"] == [MATCH]
    assert result["score"] == 71
    assert (result["grounding"]["ok"], result["patch"], result["kept_id"]) == (True, None, None)
    assert "O*NET" in result["credit"]

    sent = fake.requests[0].user
    assert "[4] Kubernetes (Experience with Kubernetes and Terraform): Automated deployments" in sent
    assert f"[{NUMBERS['missing']}]" not in sent, "what is missing is not asked about"


async def test_without_a_requirement_or_anything_that_meets_one_no_model_is_asked(
    writer: Writer, fake: FakeModels, new_account: Callable[..., Account]
) -> None:
    for description, code in (
        (" ", "nothing_to_compare"),
        ("We are a family business with a garden.", "nothing_to_compare"),
        ("Requirements:\n- Licensed crane operator\n- Fluent Basque", "nothing_to_write_from"),
    ):
        account = new_account(description=description)
        assert problems(await writer.post(account, body(account))) == (422, code), description
        assert account.books == (5, 0, 5)
    assert fake.requests == []
