"""The API description that every function serves."""

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
    document: dict[str, Any] = response.json()
    return document


def codes_of(operation: dict[str, Any]) -> set[str]:
    """Codes of all errors that an operation describes."""
    return {
        code
        for status, answer in operation["responses"].items()
        if int(status) >= 400
        for code in answer["content"]["application/problem+json"]["schema"]["allOf"][1]["properties"]["code"]["enum"]
    }


def test_the_description_is_valid_openapi_3_1(document: dict[str, Any]) -> None:
    assert document["openapi"].startswith("3.1")
    assert list(OpenAPIV31SpecValidator(document).iter_errors()) == []


def test_every_route_is_described(app: FunctionApp, document: dict[str, Any]) -> None:
    described = {(method, path) for path, item in document["paths"].items() for method in item}
    assert len(described) == len(app.specs)
    assert ("post", "/functions/v1/sample") in described
    assert ("delete", "/functions/v1/sample/items/{item}") in described
    ids = [operation["operationId"] for item in document["paths"].values() for operation in item.values()]
    assert len(ids) == len(set(ids))


def test_a_paid_route(document: dict[str, Any]) -> None:
    paid = document["paths"]["/functions/v1/sample"]["post"]
    assert paid["summary"] == "Return what the edge knows about a paid call."
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
    expected = {"missing_token", "invalid_json", "insufficient_credits", "hold_lost", "resume_not_found"}
    assert expected | {"invalid_idempotency_key", "idempotency_conflict"} <= codes_of(paid)
    assert all(
        ERRORS[code].status == int(status)
        for status, answer in paid["responses"].items()
        if int(status) >= 400
        for code in answer["content"]["application/problem+json"]["schema"]["allOf"][1]["properties"]["code"]["enum"]
    )


def test_an_idempotent_route(document: dict[str, Any]) -> None:
    route = document["paths"]["/functions/v1/sample/orders/{order}"]["post"]
    assert {parameter["name"] for parameter in route["parameters"]} == {"order", "Idempotency-Key"}
    answer = route["responses"]["200"]
    assert answer["content"]["application/json"]["schema"]["$ref"].endswith("/Key")
    assert set(answer["headers"]) == {"Idempotency-Key"}
    assert {"invalid_idempotency_key", "idempotency_conflict"} <= codes_of(route)
    assert not {"insufficient_credits", "hold_lost", "replay_gone"} & codes_of(route)


def test_other_routes_do_not_describe_a_key(document: dict[str, Any]) -> None:
    route = document["paths"]["/functions/v1/sample/open"]["post"]
    assert route["parameters"] == []
    assert "headers" not in route["responses"]["201"]
    assert "invalid_idempotency_key" not in codes_of(route)


def test_only_what_a_route_can_answer_is_described(app: FunctionApp) -> None:
    codes = {spec.path: {error.code for error in errors_of(spec)} for spec in app.specs if spec.auth is Auth.PUBLIC}
    assert codes["/health"] == {"internal_error", "deadline_exceeded"}
    assert "validation_failed" in codes["/items/{item:uuid}"] | codes["/open"]
