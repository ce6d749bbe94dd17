"""Deliveries: what is genuine is kept and applied once, what is not changes nothing, and what fails is kept."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import httpx
import pytest

from functions._shared import wiring
from local.providers import bank
from local.providers.events import Event, Faults, headers_for, razorpay_headers, stripe_headers

if TYPE_CHECKING:
    from local.providers.server import ProviderServer
    from tests.functions.payments.conftest import Shopper

PROVIDERS = pytest.mark.parametrize("provider", ["razorpay", "stripe"])


def paid_but_untold(asha: Shopper, provider: str) -> list[Event]:
    """Pay a pack; the events that would tell of it."""
    opened = asha.checkout("pack", "pack_20", provider=provider)
    asha.pay(opened)
    return asha.providers.untold(provider)


def telling(events: list[Event]) -> Event:
    """The event that grants."""
    return next(e for e in events if e.type in {"payment.captured", "checkout.session.completed"})


def send(base: str, event: Event, headers: dict[str, str]) -> httpx.Response:
    return httpx.post(f"{base}/payments-webhook/{event.provider}", content=event.body, headers=headers)


def insist(base: str, event: Event, headers: dict[str, str]) -> httpx.Response:
    """Send until it is kept, as providers do: a busy machine may answer 503."""
    for _ in range(10):
        answer = httpx.post(
            f"{base}/payments-webhook/{event.provider}", content=event.body, headers=headers, timeout=60
        )
        if answer.status_code != 503:
            break
    return answer


def secret(providers: ProviderServer, provider: str) -> str:
    world: Any = providers.razorpay if provider == "razorpay" else providers.stripe
    return str(world.webhook_secret)


def kept(asha: Shopper, event: Event) -> list[dict[str, Any]]:
    return asha.rows(
        "select status, error_code, deliveries, attempts from private.webhook_events where provider = %s and event_id = %s",
        event.provider,
        event.id,
    )


@PROVIDERS
def test_forged_and_tampered_events_change_nothing(
    asha: Shopper, base: str, providers: ProviderServer, provider: str
) -> None:
    event = telling(paid_but_untold(asha, provider))
    before, genuine = asha.state(), headers_for(event, secret(providers, provider))
    tampered = replace(event, body=event.body.replace(b'"amount', b'"amount ', 1))
    other_amount = event.with_body(lambda document: document.update(livemode=False, extra=1))
    attempts = [
        (event, {}),
        (event, headers_for(event, "a guess")),
        (event, headers_for(event, "")),
        (tampered, genuine),
        (other_amount, genuine),
        (event, {**genuine, "x-razorpay-signature": "é", "stripe-signature": "t=é,v1=é"}),
        (event, {**genuine, "x-razorpay-signature": "", "stripe-signature": "t=,v1="}),
        (replace(event, body=b"\xff\xfe" + event.body), genuine),
        (replace(event, body=b""), genuine),
    ]
    for forged, headers in attempts:
        raw = {name: value.encode() for name, value in headers.items()}
        answer = httpx.post(f"{base}/payments-webhook/{provider}", content=forged.body, headers=raw)  # type: ignore[arg-type]
        assert (answer.status_code, answer.json()["code"]) == (401, "invalid_signature"), headers
    assert asha.state() == before
    assert kept(asha, event) == []


@PROVIDERS
def test_another_providers_signature_is_none(
    asha: Shopper, base: str, providers: ProviderServer, provider: str
) -> None:
    event = telling(paid_but_untold(asha, provider))
    other = "stripe" if provider == "razorpay" else "razorpay"
    answer = httpx.post(
        f"{base}/payments-webhook/{other}", content=event.body, headers=headers_for(event, secret(providers, provider))
    )
    assert answer.status_code == 401


def test_stripes_tolerance_has_two_sides(asha: Shopper, base: str, providers: ProviderServer) -> None:
    event = telling(paid_but_untold(asha, "stripe"))
    now, key = int(time.time()), secret(providers, "stripe")
    for shift in (-301, 310, 4000, 10**9):
        assert send(base, event, stripe_headers(event, key, at=now + shift)).status_code == 401, shift
    two_stamps = stripe_headers(event, key)["stripe-signature"]
    stamped = {"stripe-signature": f"t={now - 4000},{two_stamps}"}
    assert send(base, event, stamped).status_code == 401
    assert kept(asha, event) == []
    for shift in (-290, 290):
        assert send(base, event, stripe_headers(event, key, at=now + shift)).status_code == 200, shift


@PROVIDERS
def test_the_secret_before_the_rotation_still_counts(asha: Shopper, providers: ProviderServer, provider: str) -> None:
    before = asha.balance()
    asha.pay(asha.checkout("pack", "pack_20", provider=provider))
    assert {delivery.status for delivery in asha.deliver(Faults(old_secret=True))} == {200}
    assert asha.balance() == before + 20
    del providers


@PROVIDERS
def test_a_tampered_delivery_is_refused_and_the_next_one_counts(asha: Shopper, base: str, provider: str) -> None:
    before = asha.balance()
    events = paid_but_untold(asha, provider)
    courier = asha.providers.courier(provider)
    assert {d.status for d in courier.deliver(events, Faults(tamper=True))} == {401}
    assert asha.balance() == before
    assert {d.status for d in courier.deliver(events)} == {200}
    assert asha.balance() == before + 20
    del base


@PROVIDERS
def test_duplicates_in_any_order_count_once(asha: Shopper, provider: str) -> None:
    before = asha.balance()
    events = paid_but_untold(asha, provider)
    done = asha.providers.courier(provider).deliver(events, Faults(duplicate=4, reorder=True, seed=7))
    assert {d.status for d in done} == {200}
    assert asha.balance() == before + 20
    assert [row["deliveries"] for row in kept(asha, telling(events))] == [4]


@PROVIDERS
def test_dropped_and_delayed_deliveries_are_made_good_by_the_next(asha: Shopper, provider: str) -> None:
    before = asha.balance()
    events = paid_but_untold(asha, provider)
    courier = asha.providers.courier(provider)
    assert all(d.dropped for d in courier.deliver(events, Faults(drop=1.0)))
    assert asha.balance() == before
    courier.deliver(events, Faults(delay=0.05))
    assert asha.balance() == before + 20


@PROVIDERS
def test_the_same_event_32_times_at_once_is_applied_once(
    asha: Shopper, base: str, providers: ProviderServer, provider: str
) -> None:
    before = asha.balance()
    event = telling(paid_but_untold(asha, provider))
    headers = headers_for(event, secret(providers, provider))
    with ThreadPoolExecutor(32) as pool:
        answers = list(pool.map(lambda _: insist(base, event, headers), range(32)))
    assert {answer.status_code for answer in answers} == {200}
    states = [answer.json()["state"] for answer in answers]
    assert set(states) <= {"processed", "duplicate"}
    assert states.count("processed") <= 1
    assert [row["status"] for row in kept(asha, event)] == ["processed"]
    assert asha.balance() == before + 20
    grants = asha.rows(
        "select count(*) as n from public.credit_transactions where user_id = %s and kind = 'grant' and reference is not null",
        asha.user_id,
    )
    assert grants == [{"n": 1}]


def test_one_payment_through_four_kinds_of_events_at_once_grants_once(
    asha: Shopper, base: str, providers: ProviderServer
) -> None:
    before = asha.balance()
    asha.pay(asha.checkout("subscription", "pro", provider="razorpay"))
    events = providers.untold("razorpay")
    kinds = {"payment.captured", "order.paid", "invoice.paid", "subscription.charged"}
    assert kinds <= {event.type for event in events}
    chosen = [event for event in events if event.type in kinds] * 8
    with ThreadPoolExecutor(len(chosen)) as pool:
        answers = list(pool.map(lambda e: insist(base, e, headers_for(e, secret(providers, "razorpay"))), chosen))
    assert {answer.status_code for answer in answers} == {200}
    assert "failed" not in {answer.json()["state"] for answer in answers}
    monthly = asha.rows("select monthly_credits as n from public.plans where slug = 'pro'")[0]["n"]
    assert asha.balance() == before + monthly
    assert (
        len(asha.rows("select from public.credit_grants where user_id = %s and source = 'subscription'", asha.user_id))
        == 1
    )
    assert len(asha.rows("select from public.payments where user_id = %s", asha.user_id)) == 1


def test_another_event_id_makes_no_other_event(asha: Shopper, base: str, providers: ProviderServer) -> None:
    """Razorpay's id is in a header that nobody signs."""
    before = asha.balance()
    event = telling(paid_but_untold(asha, "razorpay"))
    key = secret(providers, "razorpay")
    for number in range(3):
        headers = {**razorpay_headers(event, key), "x-razorpay-event-id": f"evt_replay{number}{asha.user_id}"}
        answer = send(base, event, headers)
        assert answer.json()["state"] == ("processed" if number == 0 else "duplicate")
    assert asha.balance() == before + 20


def test_a_stolen_event_id_hides_no_event(asha: Shopper, base: str, providers: ProviderServer) -> None:
    """Whoever sends something genuine under the id of an event to come must not make it a duplicate."""
    before, key = asha.balance(), secret(providers, "razorpay")
    first, second = telling(paid_but_untold(asha, "razorpay")), telling(paid_but_untold(asha, "razorpay"))
    stolen = {**razorpay_headers(first, key), "x-razorpay-event-id": second.id}
    assert send(base, first, stolen).json()["state"] == "processed"
    assert send(base, second, razorpay_headers(second, key)).json()["state"] == "processed"
    assert asha.balance() == before + 40


@PROVIDERS
def test_an_event_of_another_account_changes_nothing(
    asha: Shopper, base: str, providers: ProviderServer, provider: str
) -> None:
    event = telling(paid_but_untold(asha, provider))

    def elsewhere(document: dict[str, Any]) -> None:
        document["account_id" if provider == "razorpay" else "account"] = "acc_SomebodyElse"
        document["id"] = f"evt_{uuid4().hex}"

    before, foreign = asha.state(), event.with_body(elsewhere)
    foreign = replace(foreign, id=foreign.json["id"])
    answer = send(base, foreign, headers_for(foreign, secret(providers, provider)))
    assert (answer.status_code, answer.json()["state"]) == (200, "failed")
    assert asha.state() == before
    assert [row["error_code"] for row in kept(asha, foreign)] == ["wrong_account"]


def test_a_live_event_does_not_meet_a_test_key(asha: Shopper, base: str, providers: ProviderServer) -> None:
    event = telling(paid_but_untold(asha, "stripe"))
    live = event.with_body(lambda document: document.update(livemode=True))
    before = asha.state()
    assert send(base, live, headers_for(live, secret(providers, "stripe"))).json()["state"] == "failed"
    assert asha.state() == before


@PROVIDERS
@pytest.mark.parametrize(("field", "value"), [("amount", 100), ("currency", "EUR")])
def test_a_payment_of_another_amount_or_currency_pays_nothing(
    asha: Shopper, base: str, providers: ProviderServer, provider: str, field: str, value: object
) -> None:
    event = telling(paid_but_untold(asha, provider))

    def change(document: dict[str, Any]) -> None:
        document["id"] = f"evt_{uuid4().hex}"
        if provider == "razorpay":
            document["payload"]["payment"]["entity"][field] = value
        else:
            name = "amount_total" if field == "amount" else field
            document["data"]["object"][name] = str(value).lower() if field == "currency" else value

    before, ledger, other = asha.balance(), asha.state()[0]["ledger"], event.with_body(change)
    other = replace(other, id=other.json["id"])
    answer = send(base, other, headers_for(other, secret(providers, provider)))
    assert (answer.status_code, answer.json()["state"]) == (200, "processed")
    # A receipt and nothing else: a person has to look at it.
    assert (asha.balance(), asha.state()[0]["ledger"]) == (before, ledger)
    listed = asha.rows("select code from private.payment_reviews where user_id = %s", asha.user_id)
    assert listed == [{"code": f"wrong_{field}"}]


@PROVIDERS
def test_the_user_never_comes_from_notes(
    asha: Shopper, shopper: Any, base: str, providers: ProviderServer, provider: str
) -> None:
    mallory = shopper()
    before = mallory.balance()
    event = telling(paid_but_untold(asha, provider))

    def claim(document: dict[str, Any]) -> None:
        told = {"user": mallory.user_id, "user_id": mallory.user_id}
        if provider == "razorpay":
            document["payload"]["payment"]["entity"]["notes"] = told
        else:
            document["data"]["object"]["metadata"] = told
            document["data"]["object"]["client_reference_id"] = mallory.user_id

    claimed = event.with_body(claim)
    assert send(base, claimed, headers_for(claimed, secret(providers, provider))).json()["state"] == "processed"
    assert mallory.balance() == before
    assert asha.balance() == before + 20


@PROVIDERS
def test_unknown_events_are_kept_and_answered_with_2xx(
    asha: Shopper, base: str, providers: ProviderServer, provider: str
) -> None:
    def unknown(document: dict[str, Any]) -> None:
        document["event" if provider == "razorpay" else "type"] = "settlement.processed"
        document["id"] = f"evt_{uuid4().hex}"

    event = telling(paid_but_untold(asha, provider)).with_body(unknown)
    event = replace(event, id=event.json["id"])
    answer = send(base, event, headers_for(event, secret(providers, provider)))
    assert (answer.status_code, answer.json()["state"]) == (200, "ignored")
    assert [row["status"] for row in kept(asha, event)] == ["ignored"]


@PROVIDERS
@pytest.mark.parametrize("body", [b"{}", b"[]", b"null", b"17", b"not json", b'{"event": null}', b'{"created": "x"}'])
def test_signed_nonsense_is_kept_as_failed(
    asha: Shopper, base: str, providers: ProviderServer, provider: str, body: bytes
) -> None:
    event = Event(provider, f"evt_{uuid4().hex}", "?", 0, body + b" " * (time.time_ns() % 999_983))  # type: ignore[arg-type]
    answer = send(base, event, headers_for(event, secret(providers, provider)))
    assert (answer.status_code, answer.json()["state"]) == (200, "failed")
    del asha


def test_odd_characters_do_not_stop_the_inbox(asha: Shopper, base: str, providers: ProviderServer) -> None:
    opened = asha.checkout("pack", "pack_20")
    bank.pay(providers, opened.json()["order"]["provider_order_id"], fail=True)
    event = next(e for e in providers.untold("razorpay") if e.type == "payment.failed")

    def odd(document: dict[str, Any]) -> None:
        document["payload"]["payment"]["entity"]["error_description"] = "a\x00b é 😀"

    strange = event.with_body(odd)
    answer = send(base, strange, razorpay_headers(strange, secret(providers, "razorpay")))
    assert (answer.status_code, answer.json()["state"]) == (200, "processed")
    failed = asha.rows("select status, error_description from public.payments where user_id = %s", asha.user_id)
    assert failed == [{"status": "failed", "error_description": "ab é 😀"}]


def test_without_a_database_the_provider_is_told_to_come_again(
    asha: Shopper, base: str, providers: ProviderServer
) -> None:
    event = telling(paid_but_untold(asha, "razorpay"))
    headers = razorpay_headers(event, secret(providers, "razorpay"))
    read = wiring.settings()
    down = replace(read, environ={**read.environ, "SUPABASE_URL": "http://127.0.0.1:9"})
    with wiring.override(settings=down):
        refused = send(base, event, headers)
    assert (refused.status_code, refused.json()["code"]) == (503, "database_unavailable")
    assert send(base, event, headers).json()["state"] == "processed"


def test_what_could_not_be_applied_is_tried_again(asha: Shopper, base: str, providers: ProviderServer) -> None:
    asha.pay(asha.checkout("subscription", "pro", provider="razorpay"))
    event = next(e for e in providers.untold("razorpay") if e.type == "subscription.charged")
    price = event.json["payload"]["subscription"]["entity"]["plan_id"]
    # As if the event came before the price was registered.
    asha.connection.execute(
        "update private.provider_prices set provider_price_id = 'other' || provider_price_id where provider_price_id = %s",
        (price,),
    )
    before = asha.balance()
    answer = send(base, event, razorpay_headers(event, secret(providers, "razorpay")))
    assert (answer.status_code, answer.json()["state"]) == (200, "failed")
    assert [(row["status"], row["error_code"]) for row in kept(asha, event)] == [("failed", "price_not_found")]
    asha.connection.execute(
        "update private.provider_prices set provider_price_id = %s where provider_price_id = 'other' || %s",
        (price, price),
    )
    row = asha.rows("select id from private.webhook_events where event_id = %s", event.id)[0]["id"]
    not_due = asha.rows("select public.webhook_retry(%s) as done", row)[0]["done"]
    assert (not_due["state"], kept(asha, event)[0]["status"]) == ("skipped", "failed")
    asha.connection.execute(
        "update private.webhook_events set next_attempt_at = now() where event_id = %s", (event.id,)
    )
    assert row in asha.rows("select public.webhooks_due(1000) as due")[0]["due"]["ids"]
    asha.connection.execute("select public.webhook_retry(%s)", (row,))
    assert [(row["status"], row["attempts"]) for row in kept(asha, event)] == [("processed", 2)]
    assert asha.balance() > before


def test_what_comes_before_our_order_waits_for_it(asha: Shopper, base: str, providers: ProviderServer) -> None:
    asha.pay(asha.checkout("subscription", "pro", provider="razorpay"))
    event = next(e for e in providers.untold("razorpay") if e.type == "subscription.charged")
    order = asha.state()[0]["orders"][0]
    asha.connection.execute(
        "update private.billing_orders set provider_subscription_id = null where id = %s", (order["id"],)
    )
    before = asha.balance()
    answer = send(base, event, razorpay_headers(event, secret(providers, "razorpay")))
    assert (answer.status_code, answer.json()["state"]) == (200, "processed")
    assert asha.balance() == before
    asha.connection.execute(
        "update private.billing_orders set provider_subscription_id = %s where id = %s",
        (order["provider_subscription_id"], order["id"]),
    )
    asha.connection.execute("select public.subscriptions_sweep(1000)")
    assert asha.balance() > before
    assert asha.get("/entitlements").json()["plan"] == "pro"
