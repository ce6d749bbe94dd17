"""The local providers keep their accounts across restarts, as the database keeps the accounts' ids."""

from __future__ import annotations

from typing import TYPE_CHECKING

import httpx

from local.providers.server import Providers

if TYPE_CHECKING:
    from pathlib import Path


async def test_accounts_survive_a_restart(tmp_path: Path) -> None:
    memory = tmp_path / "providers.json"
    first = Providers("http://test", memory=memory)
    auth = (first.razorpay.key_id, first.razorpay.key_secret)
    async with httpx.AsyncClient(transport=httpx.ASGITransport(first), base_url="http://test") as client:
        plan = {"period": "monthly", "interval": 1, "item": {"name": "Pro", "amount": 49_900, "currency": "INR"}}
        created = (await client.post("/razorpay/v1/plans", json=plan, auth=auth)).json()
    second = Providers("http://test", memory=memory)
    async with httpx.AsyncClient(transport=httpx.ASGITransport(second), base_url="http://test") as client:
        fetched = await client.get(f"/razorpay/v1/plans/{created['id']}", auth=auth)
        subscription = {"plan_id": created["id"], "total_count": 12}
        assert (await client.post("/razorpay/v1/subscriptions", json=subscription, auth=auth)).status_code == 200
    assert fetched.json()["item"]["amount"] == 49_900


async def test_requests_without_valid_keys_are_refused() -> None:
    providers = Providers("http://test")
    async with httpx.AsyncClient(transport=httpx.ASGITransport(providers), base_url="http://test") as client:
        assert (await client.get("/razorpay/v1/orders", auth=("a", "b"))).status_code == 401
        assert (await client.get("/stripe/v1/prices", headers={"authorization": "Bearer x"})).status_code == 401
