"""The clean-up's part in payments: providers are asked about what looks stale, and people may look first."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import httpx
import pytest

from functions.cleanup.handler import app
from tests.functions.payments.conftest import CLEANUP_SECRET

if TYPE_CHECKING:
    from tests.functions.payments.conftest import Shopper


async def clean_up(**body: Any) -> httpx.Response:
    headers = {"authorization": f"Bearer {CLEANUP_SECRET}"}
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://test", headers=headers) as client:
        return await client.post("/functions/v1/cleanup", json=body, timeout=60)


@pytest.mark.parametrize("provider", ["razorpay", "stripe"])
async def test_what_no_webhook_told_is_reported_and_then_applied(base: str, asha: Shopper, provider: str) -> None:
    assert base
    before = asha.balance()
    opened = asha.checkout("pack", "pack_20", provider=provider)
    asha.pay(opened)
    asha.providers.untold(provider)
    asha.connection.execute(
        "update private.billing_orders set created_at = created_at - interval '1 hour' where user_id = %s",
        (asha.user_id,),
    )
    runs = asha.rows("select count(*) as n from private.cleanup_runs")
    state = asha.state()

    dry = (await clean_up(tasks=["reconcile"], dry_run=True)).json()["tasks"][0]
    assert asha.state() == state
    assert asha.rows("select count(*) as n from private.cleanup_runs") == runs
    told = next(item for item in dry["detail"]["items"] if item["provider"] == provider and item["changes"])
    assert told["state"] == "dry_run"

    done = (await clean_up(tasks=["reconcile"])).json()["tasks"][0]
    applied = next(item for item in done["detail"]["items"] if item["id"] == told["id"])
    assert (applied["state"], applied["changes"]) == ("applied", told["changes"])
    assert done["done"] >= 1
    assert asha.balance() == before + 20


async def test_only_what_can_tell_without_doing_runs_dry(base: str) -> None:
    assert base
    answer = await clean_up(tasks=["reconcile", "retention"], dry_run=True)
    assert (answer.status_code, answer.json()["code"], answer.json()["tasks"]) == (422, "unknown_task", ["retention"])
    everything = await clean_up(dry_run=True)
    assert [task["task"] for task in everything.json()["tasks"]] == ["reconcile", "checks"]
