"""The contract of the `PaymentProvider` port, with the real SDKs against the local provider servers."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING, Any, TypeVar

import pytest

from functions._shared.adapters.razorpay.provider import RazorpayKeys, RazorpayProvider
from functions._shared.adapters.stripe.provider import StripeKeys, StripeProvider
from functions._shared.domain import errors
from functions._shared.domain.payments.orders import (
    CatalogPrice,
    Coupon,
    Customer,
    PackOrder,
    ReturnUrls,
    SubscriptionOrder,
)
from functions._shared.ports.payment_provider import PaymentProvider
from local.providers import bank
from local.providers.server import ProviderServer

if TYPE_CHECKING:
    from functions._shared.domain.payments.facts import Facts

T = TypeVar("T")
BACK = ReturnUrls("https://app.example.com/paid", "https://app.example.com/cancelled")
MONTHLY = CatalogPrice("pro_monthly", "Pro", 49_900, "INR", "month")
BETTER = CatalogPrice("career_monthly", "Career", 99_900, "INR", "month")
YEARLY = CatalogPrice("pro_yearly", "Pro", 499_000, "INR", "year")
ENDS_AT = datetime.now(UTC) + timedelta(hours=24)
PACK = PackOrder("0b1f6a5e-0000-4000-8000-000000000001", "100 credits", 19_900, "INR", ENDS_AT, is_retry=False)


@pytest.fixture
def providers() -> Iterator[ProviderServer]:
    with ProviderServer() as server:
        yield server


@pytest.fixture(params=["razorpay", "stripe"])
def name(request: pytest.FixtureRequest) -> str:
    chosen: str = request.param
    return chosen


@pytest.fixture
def make(providers: ProviderServer, name: str) -> Callable[[], PaymentProvider]:
    """Build one provider per asyncio run, because the connections of an SDK belong to one event loop."""

    def _make() -> PaymentProvider:
        if name == "razorpay":
            world = providers.razorpay
            keys = RazorpayKeys(
                world.key_id,
                world.key_secret,
                (world.webhook_secret, "the one before"),
                world.account_id,
                f"{providers.url}/razorpay",
            )
            return RazorpayProvider(keys)
        stripe = providers.stripe
        return StripeProvider(
            StripeKeys(stripe.api_key, (stripe.webhook_secret, "whsec_before"), "acct_local", f"{providers.url}/stripe")
        )

    return _make


@pytest.fixture
def run(make: Callable[[], PaymentProvider]) -> Callable[[Callable[[PaymentProvider], Awaitable[Any]]], Any]:
    async def within(work: Callable[[PaymentProvider], Awaitable[Any]]) -> Any:
        return await work(make())

    return lambda work: asyncio.run(within(work))


Run = Callable[[Callable[[PaymentProvider], Awaitable[Any]]], Any]


async def someone(provider: PaymentProvider) -> Customer:
    who = Customer("5f0c0000-0000-4000-8000-000000000001", None, "asha@example.com", "Asha")
    return replace(who, customer_id=await provider.ensure_customer(who))


async def subscribe(provider: PaymentProvider, price: CatalogPrice = MONTHLY, **more: Any) -> Any:
    price_id = await provider.ensure_price(price)
    order = SubscriptionOrder(
        order_id=f"0b1f6a5e-0000-4000-8000-{time.time_ns() % 10**12:012}",
        name=price.name,
        price_id=price_id,
        amount=price.amount,
        currency=price.currency,
        interval=price.interval,
        trial_days=more.get("trial_days", 0),
        coupon=more.get("coupon"),
        created_at=datetime.now(UTC),
        is_retry=more.get("is_retry", False),
        ends_at=more.get("ends_at", ENDS_AT),
    )
    return await provider.open_subscription(order, await someone(provider), BACK)


def authorised(providers: ProviderServer, opened: Any) -> str:
    """Pay as the customer and return the id of the subscription."""
    bank.pay(providers, opened.subscription_id or opened.order_id)
    if opened.subscription_id:
        return str(opened.subscription_id)
    return str(providers.stripe.sessions[opened.order_id]["subscription"])


def test_a_pack_is_opened_paid_and_looked_up(providers: ProviderServer, run: Run) -> None:
    async def open_it(provider: PaymentProvider) -> Any:
        return await provider.open_pack(PACK, await someone(provider), BACK)

    opened = run(open_it)
    before: Facts = run(lambda provider: provider.look_up("order", opened.order_id))
    assert [c.status for c in before.checkouts] == ["open"]
    assert all(p.status != "paid" for p in before.payments)
    claim = bank.pay(providers, opened.order_id)
    kind, identity = run(lambda provider: _checked(provider, claim))
    assert (kind, identity) == ("order", opened.order_id)
    after: Facts = run(lambda provider: provider.look_up(kind, identity))
    assert [(p.order_id, p.amount, p.currency, p.status) for p in after.payments] == [
        (opened.order_id, 19_900, "INR", "paid")
    ]
    assert [c.status for c in after.checkouts] == ["paid"]
    assert after.payments[0].payment_id is not None


async def _voided(provider: PaymentProvider, opened: Any) -> bool:
    return await provider.void(opened.order_id, opened.subscription_id)


async def _checked(provider: PaymentProvider, claim: dict[str, str]) -> tuple[str, str]:
    return provider.check_payment(claim)


def test_a_retry_does_not_open_a_second_checkout(providers: ProviderServer, name: str, run: Run) -> None:
    async def open_it(provider: PaymentProvider, *, retry: bool) -> Any:
        return await provider.open_pack(replace(PACK, is_retry=retry), await someone(provider), BACK)

    first = run(lambda provider: open_it(provider, retry=False))
    again = run(lambda provider: open_it(provider, retry=True))
    assert again.order_id == first.order_id
    checkouts = providers.razorpay.orders if name == "razorpay" else providers.stripe.sessions
    assert len(checkouts) == 1


def test_a_subscription_is_opened_authorised_and_looked_up(providers: ProviderServer, run: Run) -> None:
    opened = run(subscribe)
    sub = authorised(providers, opened)
    facts: Facts = run(lambda provider: provider.look_up("subscription", sub))
    (state,) = facts.subscriptions
    assert (state.id, state.status) == (sub, "active")
    assert state.period_end is not None
    paid = [p for p in facts.payments if p.status == "paid"]
    assert [(p.subscription_id, p.amount, p.list_amount) for p in paid] == [(sub, 49_900, 49_900)]
    assert paid[0].period_end == state.period_end


def test_a_trial_is_trialing_and_unpaid(providers: ProviderServer, run: Run) -> None:
    opened = run(lambda provider: subscribe(provider, trial_days=7))
    sub = authorised(providers, opened)
    facts: Facts = run(lambda provider: provider.look_up("subscription", sub))
    (state,) = facts.subscriptions
    assert state.status == "trialing"
    assert state.trial_end == state.period_end
    assert facts.payments == ()


def test_cancellation_at_period_end_and_now(providers: ProviderServer, name: str, run: Run) -> None:
    sub = authorised(providers, run(subscribe))
    later: Facts = run(lambda provider: provider.cancel(sub, at_period_end=True))
    assert later.subscriptions[0].status == "active"
    assert later.subscriptions[0].cancel_at_period_end is (True if name == "stripe" else None)
    if name == "stripe":
        back: Facts = run(lambda provider: provider.resume(sub, paused=False))
        assert back.subscriptions[0].cancel_at_period_end is False
    else:
        with pytest.raises(errors.NothingToResume):
            run(lambda provider: provider.resume(sub, paused=False))
    now: Facts = run(lambda provider: provider.cancel(sub, at_period_end=False))
    assert now.subscriptions[0].status == "canceled"
    assert now.subscriptions[0].ended_at is not None
    with pytest.raises(errors.PaymentRefused):
        run(lambda provider: provider.cancel(sub, at_period_end=False))


def test_a_paused_subscription_is_resumed(providers: ProviderServer, name: str, run: Run) -> None:
    sub = authorised(providers, run(subscribe))
    if name == "razorpay":
        providers.razorpay.pause(sub)
    else:
        providers.stripe.update(sub, {"pause_collection": {"behavior": "void"}})
    paused: Facts = run(lambda provider: provider.look_up("subscription", sub))
    assert paused.subscriptions[0].status == "paused"
    resumed: Facts = run(lambda provider: provider.resume(sub, paused=True))
    assert resumed.subscriptions[0].status == "active"


def test_an_upgrade_is_charged_now_and_a_downgrade_waits(providers: ProviderServer, run: Run) -> None:
    sub = authorised(providers, run(subscribe))
    providers.clock.advance(10 * 86_400)
    better = run(lambda provider: provider.ensure_price(BETTER))
    changed: Facts = run(lambda provider: provider.change_plan(sub, better, at_period_end=False))
    assert changed.subscriptions[0].price_id == better
    facts: Facts = run(lambda provider: provider.look_up("subscription", sub))
    amounts = sorted(p.amount for p in facts.payments if p.status == "paid")
    assert len(amounts) == 2
    assert 0 < amounts[0] < 99_900 - 49_900
    smaller = run(lambda provider: provider.ensure_price(MONTHLY))
    for _ in range(2):  # the second change replaces the first
        waiting: Facts = run(lambda provider: provider.change_plan(sub, smaller, at_period_end=True))
        assert waiting.subscriptions[0].price_id == better
        assert waiting.subscriptions[0].scheduled_change is True


def test_refunds_and_disputes_are_looked_up(providers: ProviderServer, name: str, run: Run) -> None:
    async def open_it(provider: PaymentProvider) -> Any:
        return await provider.open_pack(PACK, await someone(provider), BACK)

    opened = run(open_it)
    bank.pay(providers, opened.order_id)
    world: Any = providers.razorpay if name == "razorpay" else providers.stripe
    payment = next(iter(world.payments if name == "razorpay" else world.payment_intents))
    refund = world.refund(payment, 5_000)
    world.process_refund(refund["id"])
    dispute = world.dispute(payment)
    facts: Facts = run(lambda provider: provider.look_up("payment", payment))
    assert [(r.payment_id, r.amount, r.status) for r in facts.refunds] == [(payment, 5_000, "processed")]
    world.rule(dispute["id"], "lost")
    after: Facts = run(lambda provider: provider.look_up("dispute", dispute["id"]))
    assert [(d.payment_id, d.status) for d in after.disputes] == [(payment, "lost")]


def test_many_payments_are_fetched_page_by_page(providers: ProviderServer, name: str, run: Run) -> None:
    opened = run(subscribe)
    sub = authorised(providers, opened)
    for _ in range(104):
        if name == "razorpay":
            world = providers.razorpay
            world.clock.set(world.subscriptions[sub]["current_end"] + 5)
            world.charge(sub)
        else:
            item = providers.stripe.subscriptions[sub]["items"]["data"][0]
            providers.stripe.clock.set(item["current_period_end"])
            providers.stripe.renew(sub)
    facts: Facts = run(lambda provider: provider.look_up("subscription", sub))
    assert len({p.reference for p in facts.payments if p.status == "paid"}) == 105


def test_an_abandoned_checkout_is_closed_and_a_paid_one_is_not(providers: ProviderServer, name: str, run: Run) -> None:
    abandoned, paid = run(subscribe), run(subscribe)
    authorised(providers, paid)
    for _ in range(2):  # closing again returns the same
        assert [run(partial(_voided, opened=opened)) for opened in (abandoned, paid)] == [True, False]
    if name == "razorpay":
        status = [providers.razorpay.subscriptions[o.subscription_id]["status"] for o in (abandoned, paid)]
        assert status == ["cancelled", "active"]
    else:
        assert [providers.stripe.sessions[o.order_id]["status"] for o in (abandoned, paid)] == ["expired", "complete"]


def test_a_discount_is_dropped_with_a_change_of_plan(providers: ProviderServer, name: str, run: Run) -> None:
    coupon = Coupon("ALWAYS", 50, None, None, "forever", "offer_local" if name == "razorpay" else None)
    sub = authorised(providers, run(lambda provider: subscribe(provider, coupon=coupon)))
    better = run(lambda provider: provider.ensure_price(BETTER))
    world: Any = providers.razorpay if name == "razorpay" else providers.stripe
    for keeps in (True, False, False):  # without a discount there is nothing to drop
        price = better if keeps else run(lambda provider: provider.ensure_price(MONTHLY))
        drop = not keeps
        run(partial(_changed, sub=sub, price=price, drop=drop))
        assert bool(world.subscriptions[sub]["offer_id" if name == "razorpay" else "discounts"]) is keeps


async def _changed(provider: PaymentProvider, sub: str, price: str, *, drop: bool) -> Facts:
    return await provider.change_plan(sub, price, at_period_end=False, drop_discount=drop)


def test_a_plan_change_in_a_trial_charges_nothing_yet(providers: ProviderServer, run: Run) -> None:
    sub = authorised(providers, run(lambda provider: subscribe(provider, trial_days=7)))
    better = run(lambda provider: provider.ensure_price(BETTER))
    run(lambda provider: provider.change_plan(sub, better, at_period_end=False))
    facts: Facts = run(lambda provider: provider.look_up("subscription", sub))
    assert [(s.price_id, s.status) for s in facts.subscriptions] == [(better, "trialing")]
    assert facts.payments == ()


def test_a_discount_reaches_the_provider(providers: ProviderServer, name: str, run: Run) -> None:
    coupon = Coupon("WELCOME", 20, None, None, "once", "offer_local" if name == "razorpay" else None)
    opened = run(lambda provider: subscribe(provider, coupon=coupon))
    if name == "razorpay":
        assert providers.razorpay.subscriptions[opened.subscription_id]["offer_id"] == "offer_local"
    else:
        sub = authorised(providers, opened)
        facts: Facts = run(lambda provider: provider.look_up("subscription", sub))
        paid = next(p for p in facts.payments if p.status == "paid")
        assert (paid.amount, paid.list_amount) == (39_920, 49_900)
        run(lambda provider: subscribe(provider, coupon=coupon))
        assert len(providers.stripe.coupons) == 1


def test_the_portal_returns_a_link_or_is_refused(run: Run, name: str) -> None:
    async def link(provider: PaymentProvider) -> str:
        who = await someone(provider)
        return await provider.portal(who.customer_id or "", "https://app.example.com/billing")

    if name == "stripe":
        assert run(link).startswith("https://billing.stripe.com/")
    else:
        with pytest.raises(errors.PaymentProviderNotConfigured):
            run(link)


@pytest.mark.parametrize(
    ("status", "body"),
    [
        (500, b'{"error": {"code": "SERVER_ERROR"}}'),
        (502, b"<html>Bad gateway</html>"),
        (200, b"<html>?</html>"),
        (429, b""),
    ],
    ids=["json-500", "html-502", "html-200", "429"],
)
def test_a_failing_provider_is_unavailable(
    status: int, body: bytes, providers: ProviderServer, name: str, run: Run, capfd: pytest.CaptureFixture[str]
) -> None:
    for _ in range(4):
        providers.faults[name].add(status, body)
    with pytest.raises(errors.PaymentProviderUnavailable):
        run(lambda provider: provider.look_up("subscription", "sub_x"))
    assert capfd.readouterr().out == ""


def test_a_stopped_provider_is_unavailable(make: Callable[[], PaymentProvider], providers: ProviderServer) -> None:
    providers.stop()

    async def ask() -> None:
        await make().look_up("payment", "pay_x")

    with pytest.raises(errors.PaymentProviderUnavailable):
        asyncio.run(ask())


def test_unknown_ids_are_refused(run: Run) -> None:
    with pytest.raises(errors.PaymentRefused):
        run(lambda provider: provider.look_up("subscription", "sub_missing"))


def test_a_wrong_key_is_unavailable_rather_than_refused(providers: ProviderServer, name: str) -> None:
    async def ask() -> None:
        provider: PaymentProvider
        if name == "razorpay":
            keys = RazorpayKeys("rzp_x", "y", ("s",), None, f"{providers.url}/razorpay")
            provider = RazorpayProvider(keys)
        else:
            provider = StripeProvider(StripeKeys("sk_test_x", ("s",), None, f"{providers.url}/stripe"))
        await provider.look_up("payment", "pay_x")

    with pytest.raises(errors.PaymentProviderUnavailable):
        asyncio.run(ask())


def test_a_payment_confirmation_must_be_signed(providers: ProviderServer, name: str, run: Run) -> None:
    async def open_it(provider: PaymentProvider) -> Any:
        return await provider.open_pack(PACK, await someone(provider), BACK)

    claim = bank.pay(providers, run(open_it).order_id)
    forged = [
        {},
        dict.fromkeys(claim, "x"),
        {**claim, "razorpay_signature": "é"},
        {**claim, "razorpay_payment_id": "pay_y"},
    ]
    for forgery in forged[:1] if name == "stripe" else forged:
        with pytest.raises(errors.PaymentSignatureInvalid):
            run(partial(_checked, claim=forgery))
