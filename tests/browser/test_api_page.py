"""The page of all functions in a headless browser: it loads nothing from elsewhere and calls functions as a new user."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import httpx
import pytest

from tests.browser.chromium import needs_browser, run, screenshots

if TYPE_CHECKING:
    from local.stack import Stack

pytestmark = needs_browser


@pytest.fixture(scope="module")
def seen(stack: Stack, tmp_path_factory: pytest.TempPathFactory) -> Any:
    task = {"url": f"{stack.url}/functions/v1/docs", "folder": screenshots(tmp_path_factory)}
    return run("api_page.mjs", task)


def test_every_function_can_be_chosen(seen: Any, stack: Stack) -> None:
    names = seen["functions"]
    assert {"billing", "generate", "share"} <= set(names)
    for name in names:
        assert httpx.get(f"{stack.url}/functions/v1/{name}/openapi.json").json()["paths"], name


def test_the_test_user_calls_a_paid_function(seen: Any) -> None:
    answer = seen["answer"]
    assert answer["status"] == 200, answer
    assert answer["body"]["receipt"]["funding"] == "offline"
    assert answer["body"]["result"] is None
    assert "1000 credits" in seen["state"]


def test_without_the_user_the_same_call_is_refused(seen: Any) -> None:
    assert (seen["before"]["status"], seen["before"]["body"]["code"]) == (401, "missing_token")


def test_nothing_is_blocked_and_nothing_is_loaded_from_elsewhere(seen: Any) -> None:
    refused = "Failed to load resource: the server responded with a status of 401"
    assert [each for each in seen["complaints"] if not each.startswith(refused)] == []
    assert {httpx.URL(url).host for url in seen["requests"] if not url.startswith("data:")} == {"127.0.0.1"}
