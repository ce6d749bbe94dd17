"""The viewer's address behind CloudFront, and events that are not HTTP requests."""

from __future__ import annotations

import asyncio
import hashlib
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pytest

from functions._shared import wiring
from functions._shared.edge import FunctionApp
from functions._shared.edge.aws import from_viewer
from functions._shared.settings import Settings
from local.lambda_runtime.events import http_event, scheduler_event

if TYPE_CHECKING:
    from collections.abc import Iterator

    from functions._shared.ports.request import Deadline

KEY = "a-key-that-only-our-distribution-sends"
CLOUDFRONT, VIEWER, FORGED = "130.176.1.1", "203.0.113.9", "198.51.100.1"


@pytest.fixture
def hashed() -> Iterator[None]:
    # The old and the new key, while one is replaced.
    digest = ", ".join(hashlib.sha256(key.encode()).hexdigest() for key in ("the old key", KEY))
    with wiring.override(settings=Settings({"RESUMEBASE_EDGE_KEY_SHA256": digest.upper()})):
        yield


def address(*headers: tuple[str, str], gateway: str = CLOUDFRONT) -> tuple[str, dict[str, str]]:
    event = http_event("GET", "/functions/v1/x", route="/functions/v1/x", headers=headers, source_ip=gateway)
    changed = from_viewer(event)
    assert changed is not None
    return changed["requestContext"]["http"]["sourceIp"], changed["headers"]


@pytest.mark.usefixtures("hashed")
@pytest.mark.parametrize("forwarded", [VIEWER, f"{FORGED}, {VIEWER}", f"{FORGED},{FORGED} , {VIEWER}"])
def test_the_viewer_is_the_last_address_that_cloudfront_saw(forwarded: str) -> None:
    ip, headers = address(("x-forwarded-for", forwarded), ("x-resumebase-edge", KEY))
    assert ip == VIEWER
    assert "x-resumebase-edge" not in headers


@pytest.mark.usefixtures("hashed")
@pytest.mark.parametrize("key", ["wrong", "", hashlib.sha256(KEY.encode()).hexdigest(), "é"])
def test_a_wrong_key_is_refused(key: str) -> None:
    event = http_event("GET", "/x", route="/x", headers=(("x-resumebase-edge", key),), source_ip=VIEWER)
    assert from_viewer(event) is None


@pytest.mark.usefixtures("hashed")
def test_past_the_distribution_nothing_is_served() -> None:
    handler = FunctionApp("plain", summary="Plain.").lambda_handler()
    path = "/functions/v1/plain/health"
    answer = handler(http_event("GET", path, route=path, headers=(), source_ip=VIEWER), Context())  # type: ignore[arg-type]
    assert isinstance(answer, dict)
    assert (answer["statusCode"], json.loads(answer["body"])["code"]) == (403, "forbidden")
    keyed = http_event("GET", path, route=path, headers=(("x-resumebase-edge", "the old key"),), source_ip=CLOUDFRONT)
    assert handler(keyed, Context())["statusCode"] == 200  # type: ignore[arg-type,index]


def test_without_a_configured_hash_no_key_is_accepted() -> None:
    with wiring.override(settings=Settings({})):
        assert address(("x-forwarded-for", FORGED), ("x-resumebase-edge", KEY), gateway=VIEWER)[0] == VIEWER
        assert address(("x-forwarded-for", FORGED), ("x-resumebase-edge", ""), gateway=VIEWER)[0] == VIEWER


@dataclass
class Context:
    aws_request_id: str = "c6af9ac6-7b61-11e6-9a41-93e8deadbeef"

    def get_remaining_time_in_millis(self) -> int:
        return 60_000


def lines(output: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in output.splitlines()]


def test_a_schedule_runs_on_the_containers_loop_with_its_deadline() -> None:
    runs: list[tuple[dict[str, Any], float, asyncio.AbstractEventLoop]] = []

    async def run(event: dict[str, Any], deadline: Deadline) -> dict[str, int]:
        runs.append((event, deadline.remaining(), asyncio.get_running_loop()))
        return {"released": 3}

    handler = FunctionApp("tidy", summary="Tidies.").lambda_handler(run)
    event = scheduler_event("tidy")
    assert [handler(event, Context()) for _ in range(2)] == [{"released": 3}] * 2  # type: ignore[arg-type]
    assert runs[0][0] == event
    assert 50 < runs[0][1] < 60
    assert runs[0][2] is runs[1][2]


def test_a_failure_is_logged_and_fails_the_invocation(capsys: pytest.CaptureFixture[str]) -> None:
    async def run(_: dict[str, Any], __: Deadline) -> None:
        raise LookupError("someone@example.com")

    handler = FunctionApp("tidy", summary="Tidies.").lambda_handler(run)
    with pytest.raises(LookupError):
        handler(scheduler_event("tidy"), Context())  # type: ignore[arg-type]
    output = capsys.readouterr().out
    logged = lines(output)[-1]
    assert (logged["level"], logged["function"], logged["request_id"]) == ("ERROR", "tidy", Context().aws_request_id)
    assert logged["error"][0]["type"] == "builtins.LookupError"
    assert "someone@example.com" not in output


def test_other_functions_refuse_events() -> None:
    handler = FunctionApp("plain", summary="Plain.").lambda_handler()
    with pytest.raises(TypeError, match="plain takes HTTP requests only"):
        handler({"source": "aws.scheduler"}, Context())  # type: ignore[arg-type]
