"""Signed documents of any form: read in full, or kept as unreadable; never an exception, never half of the facts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings

from functions._shared.adapters.razorpay import events as razorpay
from functions._shared.adapters.stripe import events as stripe
from functions._shared.domain.errors import InvalidJson
from local.providers.clock import Clock
from local.providers.events import encode
from local.providers.ids import Ids
from local.providers.lifecycles import LIFECYCLES
from local.providers.razorpay.desk import RazorpayDesk
from local.providers.stripe.desk import StripeDesk
from tests.fakes.odd_events import mutated, odd_bodies

if TYPE_CHECKING:
    from functions._shared.domain.payments.events import ProviderEvent
    from local.providers.events import Event

AT = 1_795_253_400


def told() -> list[Event]:
    """Events of every life of an order or subscription, at both providers."""
    events: list[Event] = []
    for make in (RazorpayDesk, StripeDesk):
        for story in LIFECYCLES.values():
            desk = make(Clock(AT), Ids(1))
            for slug, plan, interval in (
                ("basic_monthly", "a", "month"),
                ("best_monthly", "b", "month"),
                ("best_yearly", "b", "year"),
            ):
                desk.offer(slug, plan, interval, 49_900)  # type: ignore[arg-type]
            story(desk)
            events += desk.events
    return events


EVENTS = told()


def read(event: Event, body: bytes) -> ProviderEvent:
    if event.provider == "razorpay":
        return razorpay.read_event(body, event.id, account_id="acc_LocalResumebase")
    return stripe.read_event(body, account_id=None, livemode=False)


@settings(max_examples=400, deadline=None)
@given(odd_bodies(EVENTS))
def test_any_document_is_read_in_full_or_kept_as_unreadable(case: tuple[Event, bytes]) -> None:
    event, body = case
    found = read(event, body)
    assert (found.facts is None) == (found.problem is not None)
    assert found.problem in {None, "unreadable", "wrong_account"}
    # What is read can be stored.
    stored = found.model_dump_json()
    assert "\\u0000" not in stored
    assert len(found.id) <= 255


def pack_payment(provider: str) -> Event:
    wanted = {"razorpay": "payment.captured", "stripe": "checkout.session.completed"}[provider]
    return next(event for event in EVENTS if (event.provider, event.type) == (provider, wanted))


@pytest.mark.parametrize("provider", ["razorpay", "stripe"])
@pytest.mark.parametrize("amount", [True, False, "49900", 49900.0, -1, 2**53, 10**30, None, [49900], {"amount": 49900}])
def test_an_amount_is_a_whole_number_and_nothing_else(provider: str, amount: Any) -> None:
    event = pack_payment(provider)
    path = ("payload", "payment", "entity", "amount") if provider == "razorpay" else ("data", "object", "amount_total")
    found = read(event, encode(mutated(event.json, path, amount)))
    assert (found.facts, found.problem) == (None, "unreadable")


@pytest.mark.parametrize("identity", [["evt_1"], {"id": "evt_1"}, "x" * 10_000, "evt\x00", "", 7, None])
def test_an_event_of_stripe_without_a_usable_id_is_unreadable_under_its_hash(identity: Any) -> None:
    event = pack_payment("stripe")
    found = read(event, encode(mutated(event.json, ("id",), identity)))
    assert (found.facts, found.problem, len(found.id)) == (None, "unreadable", 64)


@pytest.mark.parametrize("header", ["é", "a b", "\x00", ""])
def test_a_header_that_is_no_id_gives_way_to_the_hash(header: str) -> None:
    event = pack_payment("razorpay")
    found = razorpay.read_event(event.body, header, account_id=None)
    assert (len(found.id), found.problem) == (64, None)


@pytest.mark.parametrize("provider", ["razorpay", "stripe"])
@pytest.mark.parametrize("account", [["acc_1"], {"id": "acc_1"}, "x" * 10_000, "a\x00"])
def test_an_account_of_another_form_is_another_account(provider: str, account: Any) -> None:
    event = pack_payment(provider)
    name = "account_id" if provider == "razorpay" else "account"
    found = read(event, encode({**event.json, name: account}))
    assert (found.facts, found.problem, found.account) == (None, "wrong_account", None)


@pytest.mark.parametrize("provider", ["razorpay", "stripe"])
@pytest.mark.parametrize("kind", ["payout.processed", "treasury.credit.created", "x" * 10_000, "payment.captured\x00"])
def test_families_that_we_do_not_know_are_ignored_whatever_their_form(provider: str, kind: str) -> None:
    name = "event" if provider == "razorpay" else "type"
    found = read(pack_payment(provider), encode({name: kind, "id": ["odd"], "payload": 7}))
    assert (found.problem, found.ignored, bool(found.facts)) == (None, "unknown event", False)
    assert "\x00" not in found.type


@pytest.mark.parametrize("provider", ["razorpay", "stripe"])
def test_five_thousand_levels_are_refused(provider: str) -> None:
    with pytest.raises(InvalidJson):
        read(pack_payment(provider), b"[" * 5_000 + b"]" * 5_000)
