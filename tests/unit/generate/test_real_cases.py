"""Résumés for jobs and in other languages: answers of a good model to the real prompts, and what is left of them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from functions._shared.domain.metering import JobSnapshot, ResumeSnapshot
from functions._shared.domain.resume.content import parse_content
from functions._shared.domain.resume.patch import apply_patch
from functions.generate.operations import REGISTRY
from functions.generate.operations.translate import TranslateDraft
from functions.generate.plan import Context, Delivery, Plan
from functions.generate.results import GroundingReport, UsedModel
from functions.generate.schemas import BatchRequest, GenerateRequest
from functions.generate.translation import replaced
from functions.generate.writer import unusable

DATA = Path(__file__).parents[2] / "data"
ID = "7d9c4a52-64b7-4a0e-9c60-2a7f7f9b0a11"
REPORT = GroundingReport(
    ok=True, checked="figures_and_names", verifier=None, sentences=[], removed=[], lost=[], gaps=[]
)


def read(name: str) -> Any:
    return json.loads((DATA / name).read_text())


def content_of(name: str) -> dict[str, Any]:
    found: dict[str, Any] = read(name)
    content: dict[str, Any] = found.get("content", found)
    return content


def job_of(name: str) -> JobSnapshot:
    if name.endswith(".txt"):
        return JobSnapshot("j", "ICU Nurse", None, (DATA / name).read_text(), {})
    posting = read(name)
    return JobSnapshot("j", posting["title"], posting["company"], posting["posting"], {})


def planned(operation: str, case: dict[str, Any], **given: Any) -> Plan[Any]:
    body = {"operation": operation, "resume_id": ID, "job_id": ID if "job" in case else None, "input": given}
    request = GenerateRequest.model_validate(body).root
    assert not isinstance(request, BatchRequest)
    content = content_of(case["resume"])
    job = job_of(case["job"]) if "job" in case else None
    context = Context(parse_content(content), ResumeSnapshot("r", 1, "Mine", content, {}, None), job)
    return REGISTRY[operation].plan(request, context)


def result_of(plan: Plan[Any], draft: Any) -> Any:
    """The result, with every sentence that is left to the check supported."""
    assert plan.pieces is not None
    pieces = plan.pieces(draft)
    assert unusable(pieces, plan) is None
    return plan.finish(Delivery(draft, pieces, REPORT, UsedModel(provider="p", name="m"))).result


@pytest.mark.parametrize("name", sorted(path.name for path in (DATA / "tailor").glob("*.json")))
def test_a_resume_for_a_job(name: str) -> None:
    case = read(f"tailor/{name}")
    plan = planned("tailor", case)
    result = result_of(plan, plan.output.model_validate(case["answer"]))

    proposed = [each["path"] for kind in ("texts", "lists") for each in case["answer"][kind]]
    left = [each for each in proposed if each not in {*case["added"], *case["no_change"]}]
    assert [change.path for change in result.changes] == left
    assert {each.path: each.added for each in result.kept} == case["added"]
    assert all(change.asked for change in result.changes)
    content = content_of(case["resume"])
    after = apply_patch(content, result.patch, base_version=1, current_version=1)
    for change in result.changes:
        assert apply_patch(content, change.patch, base_version=1, current_version=1) != content
    assert after.keys() == content.keys()


@pytest.mark.parametrize(
    "name", sorted(path.name for path in (DATA / "translate").glob("*-??.json") if "engineer" not in path.name)
)
def test_a_resume_in_another_language(name: str) -> None:
    case = read(f"translate/{name}")
    plan = planned("translate", case, language=case["language"])
    draft = TranslateDraft.model_validate({"lines": [{"n": n, "text": text} for n, text in enumerate(case["lines"])]})
    assert plan.missing is not None
    assert plan.missing(draft) is None
    result = result_of(plan, draft)

    assert result.untranslated == []
    parse_content(replaced(content_of(case["resume"]), {each.path: each.after for each in result.texts}))
