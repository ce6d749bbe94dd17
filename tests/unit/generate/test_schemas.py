"""Valid and invalid requests."""

from __future__ import annotations

from typing import Any

import pytest
from pydantic import ValidationError

from functions._shared.domain.errors import UnknownOperation
from functions.generate.operations import REGISTRY
from functions.generate.operations.bullets import BulletsRequest
from functions.generate.operations.improve import ImproveRequest
from functions.generate.operations.summary import SummaryRequest
from functions.generate.schemas import GenerateRequest

RESUME = "5db37b34-7286-4def-931d-74fef969e99c"


def read(value: Any) -> Any:
    return GenerateRequest.model_validate(value).root


@pytest.mark.parametrize(
    ("value", "kind"),
    [
        ({"operation": "summary", "resume_id": RESUME}, SummaryRequest),
        ({"operation": "summary", "resume_id": RESUME, "job_id": RESUME, "input": {"length": "long"}}, SummaryRequest),
        ({"operation": "bullets", "input": {"notes": "I sold cars."}}, BulletsRequest),
        ({"operation": "bullets", "resume_id": RESUME, "input": {"experience": 0}}, BulletsRequest),
        ({"operation": "bullets", "resume_id": RESUME, "input": {"experience": "job-1", "count": 8}}, BulletsRequest),
        ({"operation": "improve", "input": {"text": "I done it."}}, ImproveRequest),
        ({"operation": "improve", "resume_id": RESUME, "input": {"path": "/summary"}}, ImproveRequest),
        ({"operation": "improve", "resume_id": RESUME, "input": {"path": "/experience/0/bullets/3"}}, ImproveRequest),
        ({"operation": "improve", "resume_id": RESUME, "input": {"path": "/projects/12/description"}}, ImproveRequest),
    ],
    ids=str,
)
def test_good_requests(value: Any, kind: type) -> None:
    assert type(read(value)) is kind


@pytest.mark.parametrize(
    ("alias", "value"),
    [
        ("GENERATE_SUMMARY", {"operation": "summary", "resume_id": RESUME}),
        ("GENERATE_BULLETS", {"operation": "bullets", "input": {"notes": "I sold cars."}}),
        ("IMPROVE_BULLET", {"operation": "improve", "input": {"text": "I done it."}}),
    ],
)
def test_an_alias_is_the_operation_that_it_stands_for(alias: str, value: Any) -> None:
    assert read({**value, "operation": alias}) == read(value)


@pytest.mark.parametrize(
    "value",
    [
        None,
        [],
        {},
        {"operation": 1},
        {"operation": None},
        {"operation": "summary"},
        {"operation": "summary", "resume_id": "1"},
        {"operation": "summary", "resume_id": RESUME, "user_id": RESUME},
        {"operation": "summary", "resume_id": RESUME, "input": {"length": "endless"}},
        {"operation": "summary", "resume_id": RESUME, "input": {"notes": "   "}},
        {"operation": "summary", "resume_id": RESUME, "input": {"notes": "x" * 4001}},
        {"operation": "summary", "resume_id": RESUME, "input": {"prompt": "x"}},
        {"operation": "bullets"},
        {"operation": "bullets", "input": {}},
        {"operation": "bullets", "input": {"experience": 0}},
        {"operation": "bullets", "resume_id": RESUME, "input": {"experience": -1}},
        {"operation": "bullets", "resume_id": RESUME, "input": {"experience": True}},
        {"operation": "bullets", "resume_id": RESUME, "input": {"experience": 1.5}},
        {"operation": "bullets", "resume_id": RESUME, "input": {"experience": ""}},
        {"operation": "bullets", "input": {"notes": "x", "count": 0}},
        {"operation": "bullets", "input": {"notes": "x", "count": 9}},
        {"operation": "bullets", "input": {"notes": "x", "placement": "append"}},
        {"operation": "improve", "input": {}},
        {"operation": "improve", "input": {"text": "x", "path": "/summary"}, "resume_id": RESUME},
        {"operation": "improve", "input": {"path": "/summary"}},
        {"operation": "improve", "input": {"text": "x" * 2001}},
        {"operation": "improve", "resume_id": RESUME, "input": {"path": "/personalInfo/name"}},
        {"operation": "improve", "resume_id": RESUME, "input": {"path": "/experience/0/company"}},
        {"operation": "improve", "resume_id": RESUME, "input": {"path": "/experience/0/bullets/-"}},
        {"operation": "improve", "resume_id": RESUME, "input": {"path": "/experience/-1/description"}},
        {"operation": "improve", "resume_id": RESUME, "input": {"path": "/experience/0/bullets/1/x"}},
        {"operation": "improve", "resume_id": RESUME, "input": {"path": "/summary\n"}},
    ],
    ids=lambda value: str(value)[:90],
)
def test_bad_requests(value: Any) -> None:
    with pytest.raises(ValidationError):
        read(value)


@pytest.mark.parametrize(
    "operation", ["resume_import", "tailored", "resume_parse", "keyword_match", "Summary", "", "summary ", "__class__"]
)
def test_an_unknown_operation_is_refused(operation: str) -> None:
    with pytest.raises(UnknownOperation) as caught:
        read({"operation": operation})

    assert all(known in caught.value.detail for known in REGISTRY)
    assert not operation.strip() or operation not in caught.value.detail.split()
