"""Signed deliveries of any form through the stock route: an answer below 500, and all of an event's facts or none."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from local.providers.events import headers_for
from tests.fakes.odd_events import odd_bodies
from tests.functions.payments.test_webhook import insist

if TYPE_CHECKING:
    from local.providers.events import Event
    from local.providers.server import ProviderServer
    from tests.functions.payments.conftest import Shopper

FACTS = (
    "select (select count(*) from public.payments) as payments, (select count(*) from private.subscription_states) as states, "
    "(select count(*) from private.payment_refunds) as refunds, (select count(*) from private.payment_disputes) as disputes"
)


def bought(asha: Shopper, provider: str) -> list[Event]:
    """The events of a pack that is refunded and disputed, and of a subscription."""
    world: Any = asha.providers.razorpay if provider == "razorpay" else asha.providers.stripe
    asha.pay(asha.checkout("pack", "pack_20", provider=provider))
    table = world.payments if provider == "razorpay" else world.payment_intents
    payment = list(table.values())[-1]["id"]
    world.process_refund(world.refund(payment, 100)["id"])
    world.rule(world.dispute(payment)["id"], "won")
    asha.pay(asha.checkout("subscription", "pro", provider=provider))
    return asha.providers.untold(provider)


@pytest.mark.parametrize("provider", ["razorpay", "stripe"])
def test_any_signed_document_is_kept_whole_or_not_applied(
    asha: Shopper, base: str, providers: ProviderServer, provider: str
) -> None:
    events = bought(asha, provider)
    world: Any = providers.razorpay if provider == "razorpay" else providers.stripe

    @settings(max_examples=60, deadline=None, database=None, suppress_health_check=list(HealthCheck))
    @given(odd_bodies(events), st.uuids())
    def deliver(case: tuple[Event, bytes], name: Any) -> None:
        event, body = case
        event = replace(event, id=f"evt_{name.hex}", body=body)
        before = asha.rows(FACTS)
        answer = insist(base, event, headers_for(event, world.webhook_secret))
        assert answer.status_code == 200 or 400 <= answer.status_code < 500, answer.text
        if answer.status_code != 200 or answer.json()["state"] != "processed":
            assert asha.rows(FACTS) == before

    deliver()
