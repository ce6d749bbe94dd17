"""The description that every function serves of itself."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from openapi_spec_validator import OpenAPIV31SpecValidator

from functions._shared.domain.errors.table import ERRORS
from functions._shared.edge import Auth, FunctionApp
from functions._shared.edge.openapi import errors_of

if TYPE_CHECKING:
    from collections.abc import Callable

    import httpx

    Send = Callable[..., httpx.Response]


@pytest.fixture
def document(send: Send) -> dict[str, Any]:
    response = send("GET", "/openapi.json")
    assert response.headers["content-type"] == "application/json"
    found: dict[str, Any] = response.json()
    return found


def test_it_is_valid_openapi_3_1(document: dict[str, Any]) -> None:
    assert document["openapi"].startswith("3.1")
    assert list(OpenAPIV31SpecValidator(document).iter_errors()) == []


def test_every_route_is_in_it(app: FunctionApp, document: dict[str, Any]) -> None:
    described = {(method, path) for path, item in document["paths"].items() for method in item}
    assert len(described) == len(app.specs)
    assert ("post", "/functions/v1/sample") in described
    assert ("delete", "/functions/v1/sample/items/{item}") in described
    ids = [operation["operationId"] for item in document["paths"].values() for operation in item.values()]
    assert len(ids) == len(set(ids))


def test_a_paid_route(document: dict[str, Any]) -> None:
    paid = document["paths"]["/functions/v1/sample"]["post"]
    assert paid["summary"] == "Answer what the edge knows about a paid call."
    assert paid["security"] == [{"user": []}]
    assert {parameter["name"] for parameter in paid["parameters"]} == {"Idempotency-Key", "dry_run"}
    answer = paid["responses"]["200"]
    assert set(answer["content"]["application/json"]["schema"]["required"]) == {"result", "receipt"}
    assert "Idempotency-Replayed" in answer["headers"]
    assert set(document["components"]["schemas"]["Receipt"]["properties"]) == {
        "usage_id",
        "operation",
        "charged",
        "funding",
        "balance",
        "resets_at",
    }
    codes = {
        code
        for status, answer in paid["responses"].items()
        if int(status) >= 400
        for code in answer["content"]["application/problem+json"]["schema"]["allOf"][1]["properties"]["code"]["enum"]
    }
    assert {"missing_token", "invalid_json", "insufficient_credits", "hold_lost", "resume_not_found"} <= codes
    assert all(
        ERRORS[code].status == int(status)
        for status, answer in paid["responses"].items()
        if int(status) >= 400
        for code in answer["content"]["application/problem+json"]["schema"]["allOf"][1]["properties"]["code"]["enum"]
    )


def test_only_what_a_route_can_answer_is_described(app: FunctionApp) -> None:
    codes = {spec.path: {error.code for error in errors_of(spec)} for spec in app.specs if spec.auth is Auth.PUBLIC}
    assert codes["/health"] == {"internal_error", "deadline_exceeded"}
    assert "validation_failed" in codes["/items/{item:uuid}"] | codes["/open"]
