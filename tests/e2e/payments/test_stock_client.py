"""The stock Supabase client makes purchases on the local stack, with its Razorpay and its Stripe."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import httpx
import pytest

from supabase import create_client

if TYPE_CHECKING:
    from local.stack import Stack


@pytest.mark.parametrize("provider", ["razorpay", "stripe"])
@pytest.mark.parametrize(("kind", "item"), [("pack", "pack_20"), ("subscription", "pro")])
def test_a_purchase(stack: Stack, provider: str, kind: str, item: str) -> None:
    client = create_client(stack.url, stack.publishable_key)
    client.auth.sign_up({"email": f"{uuid4().hex}@example.com", "password": "correct horse battery"})

    def billing(path: str, body: dict[str, Any] | None = None) -> Any:
        options: Any = {"method": "GET"} if body is None else {"body": body}
        answer: Any = client.functions.invoke(f"billing{path}", options)
        return json.loads(answer)

    before = billing("/balance")["balance"]
    urls = {"success_url": "https://app.example.com/paid", "cancel_url": "https://app.example.com/no"}
    opened = billing("/checkout", {"kind": kind, "item": item, "provider": provider, **urls})
    order = opened["order"]
    identity = order["provider_order_id"] or order["provider_subscription_id"]
    paid = httpx.post(f"{stack.functions_url}/providers/pay/{identity}", timeout=30).json()
    assert {delivery["status"] for delivery in paid["delivered"]} == {200}
    assert billing(f"/orders/{order['order_id']}")["status"] == "paid"
    assert billing("/balance")["balance"] > before
    assert billing("/verify", paid["claim"])["order"]["status"] == "paid"
    own: Any = client.table("payments").select("status, kind, receipt_number").execute().data
    assert [(row["status"], row["kind"]) for row in own] == [("paid", kind)]
    if kind == "subscription":
        subscriptions: Any = client.table("subscriptions").select("plan, status").execute().data
        assert subscriptions == [{"plan": "pro", "status": "active"}]


def test_stripes_page_sends_the_customer_back(stack: Stack) -> None:
    client = create_client(stack.url, stack.publishable_key)
    client.auth.sign_up({"email": f"{uuid4().hex}@example.com", "password": "correct horse battery"})
    urls = {
        "success_url": "https://app.example.com/paid?session={CHECKOUT_SESSION_ID}",
        "cancel_url": "https://app.example.com/no",
    }
    answer: Any = client.functions.invoke(
        "billing/checkout", {"body": {"kind": "pack", "item": "pack_20", "provider": "stripe", **urls}}
    )
    checkout = json.loads(answer)["checkout"]
    assert checkout["url"].startswith(stack.functions_url)
    page = httpx.get(checkout["url"], timeout=30)
    assert page.status_code == 303
    assert page.headers["location"] == f"https://app.example.com/paid?session={checkout['session_id']}"
