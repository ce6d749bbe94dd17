"""Every route, called with a few cases that its description allows: `make fuzz`, but short."""

from __future__ import annotations

from typing import TYPE_CHECKING

import httpx
import schemathesis
from hypothesis import HealthCheck, given, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from local.fuzz.__main__ import names

if TYPE_CHECKING:
    from typing import Any

    from local.stack import Stack

CHECKS = [not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance]
FEW = settings(max_examples=3, deadline=None, derandomize=True, database=None, suppress_health_check=[*HealthCheck])


def try_route(operation: Any, headers: dict[str, str]) -> None:
    @FEW
    @given(case=operation.as_strategy())
    def call(case: schemathesis.Case[Any]) -> None:
        case.call_and_validate(headers=headers, checks=CHECKS)

    call()


def test_no_answer_is_an_error_or_undescribed(stack: Stack) -> None:
    routes = 0
    for name in names(stack):
        user = httpx.post(f"{stack.url}/functions/v1/docs/test-user", timeout=60).raise_for_status().json()
        # Routes that need a secret get the user's token: a clean-up would go through the rows of other tests.
        headers = {"apikey": stack.publishable_key, "Authorization": f"Bearer {user['access_token']}"}
        schema: Any = schemathesis.openapi.from_url(f"{stack.url}/functions/v1/{name}/openapi.json")
        for found in schema.get_all_operations():
            try_route(found.ok(), headers)
            routes += 1
    assert routes > 40
