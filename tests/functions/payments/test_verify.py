"""What the client says about its payment: believed when signed, and even then the provider decides."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from local.providers import bank

if TYPE_CHECKING:
    from collections.abc import Callable

    from local.providers.server import ProviderServer
    from tests.functions.payments.conftest import Shopper

PROVIDERS = pytest.mark.parametrize("provider", ["razorpay", "stripe"])


@PROVIDERS
@pytest.mark.parametrize(("kind", "item"), [("pack", "pack_20"), ("subscription", "pro")])
def test_a_paid_checkout_is_verified_before_any_webhook(asha: Shopper, provider: str, kind: str, item: str) -> None:
    before = asha.balance()
    claim = asha.pay(asha.checkout(kind, item, provider=provider))
    verified = asha.post("/verify", claim)
    assert verified.status_code == 200, verified.text
    assert verified.json()["order"]["status"] == "paid"
    after = verified.json()["entitlements"]["balance"]
    assert after > before
    assert {d.status for d in asha.deliver()} == {200}
    assert asha.balance() == after
    again = asha.post("/verify", claim).json()
    assert (again["order"]["status"], again["entitlements"]["balance"]) == ("paid", after)


def test_a_signature_alone_grants_nothing(asha: Shopper, providers: ProviderServer) -> None:
    """Signed by Razorpay at authorisation; the money is taken only later, or never."""
    opened = asha.checkout("pack", "pack_20")
    before = asha.balance()
    order = opened.json()["order"]["provider_order_id"]
    payment = providers.razorpay.pay_order(order, capture=False)
    claim = bank._sign(providers, payment, None)
    verified = asha.post("/verify", claim)
    assert (verified.status_code, verified.json()["order"]["status"]) == (200, "open")
    assert asha.balance() == before
    providers.razorpay.capture(payment["id"])
    assert asha.post("/verify", claim).json()["order"]["status"] == "paid"
    assert asha.balance() == before + 20


def test_a_failed_payment_pays_nothing(asha: Shopper) -> None:
    opened = asha.checkout("pack", "pack_20")
    before = asha.balance()
    claim = asha.pay(opened, fail=True)
    assert asha.post("/verify", claim).json()["order"]["status"] == "open"
    asha.deliver()
    assert asha.balance() == before
    failed = asha.rows("select status, error_code from public.payments where user_id = %s", asha.user_id)
    assert failed == [{"status": "failed", "error_code": "payment_cancelled"}]
    asha.pay(opened)
    asha.deliver()
    assert asha.balance() == before + 20


def test_forged_claims_are_refused(asha: Shopper) -> None:
    claim = asha.pay(asha.checkout("pack", "pack_20"))
    before = asha.state()
    for lie in (
        {**claim, "razorpay_signature": "0" * 64},
        {**claim, "razorpay_payment_id": "pay_SomebodyElses"},
        {**claim, "razorpay_order_id": "order_Cheaper"},
        {**claim, "razorpay_signature": "é"},
        # The ids the other way round are a subscription's signature.
        {
            "razorpay_subscription_id": claim["razorpay_payment_id"],
            "razorpay_payment_id": claim["razorpay_order_id"],
            "razorpay_signature": claim["razorpay_signature"] + "x",
        },
    ):
        refused = asha.post("/verify", lie)
        assert (refused.status_code, refused.json()["code"]) == (422, "payment_signature_invalid"), lie
    assert asha.state() == before


@PROVIDERS
def test_somebody_elses_payment_is_not_found(asha: Shopper, shopper: Callable[[], Shopper], provider: str) -> None:
    claim = asha.pay(asha.checkout("pack", "pack_20", provider=provider))
    mallory = shopper()
    before = mallory.balance()
    refused = mallory.post("/verify", claim)
    assert (refused.status_code, refused.json()["code"]) == (404, "order_not_found")
    assert mallory.balance() == before


@pytest.mark.parametrize(
    "claim",
    [
        {},
        {"razorpay_payment_id": "pay_1", "razorpay_signature": "s"},
        {
            "razorpay_order_id": "o",
            "razorpay_subscription_id": "s",
            "razorpay_payment_id": "p",
            "razorpay_signature": "s",
        },
        {"stripe_session_id": "cs_1", "razorpay_order_id": "o", "razorpay_payment_id": "p", "razorpay_signature": "s"},
        {"stripe_session_id": ""},
        {"order": "x"},
    ],
)
def test_half_a_claim_is_none(asha: Shopper, claim: dict[str, Any]) -> None:
    refused = asha.post("/verify", claim)
    assert (refused.status_code, refused.json()["code"]) == (422, "validation_failed")


def test_an_unanswering_provider_is_no_verdict(asha: Shopper, providers: ProviderServer) -> None:
    claim = asha.pay(asha.checkout("pack", "pack_20"))
    providers.faults["razorpay"].add(500)
    refused = asha.post("/verify", claim)
    assert (refused.status_code, refused.json()["code"]) == (503, "provider_unavailable")
    assert asha.post("/verify", claim).json()["order"]["status"] == "paid"
