"""An order may be paid for 24 hours; one that has ended is closed at its provider, and what it held is free again."""

from __future__ import annotations

import itertools
import time
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any

import psycopg
import pytest

from tests.database.rows import refused

if TYPE_CHECKING:
    import uuid

    from tests.database.checkout.conftest import Shop
    from tests.database.rows import Clock, Connect

PAYABLE = (
    "select private.order_can_be_paid(o, private.now() + %s::interval) from private.billing_orders as o where o.id = %s"
)


def test_an_order_may_be_paid_for_24_hours_from_its_opening(shop: Shop, asha: uuid.UUID) -> None:
    order = shop.sell(asha, "pack_20")
    assert shop.one(PAYABLE, "23 hours 59 minutes", order["order_id"]) is True
    assert shop.one(PAYABLE, "24 hours 1 minute", order["order_id"]) is False
    hours = shop.one("select %s::timestamptz - %s::timestamptz", order["offer_ends_at"], order["created_at"])
    assert hours.total_seconds() == 24 * 3600


def test_an_end_is_the_same_in_whatever_order_it_is_reported(shop: Shop, asha: uuid.UUID) -> None:
    ends = [
        ("2026-12-01T10:00:00Z", False, "superseded"),
        ("2026-12-01T11:00:00Z", True, "expired"),
        ("2026-12-01T09:00:00Z", True, "failed"),
    ]
    outcomes = set()
    for told in itertools.permutations([*ends, ends[0]]):
        order = shop.sell(asha, "pack_20", provider="stripe")
        for at, closed, status in told:
            shop.one("select private.end_offer(%s, %s, %s, %s)", order["order_id"], at, closed, status)
        row = shop.connection.execute(
            "select status, offer_ended_at, closed_at from private.billing_orders where id = %s", (order["order_id"],)
        ).fetchone()
        assert row is not None
        outcomes.add((row["status"], row["offer_ended_at"].isoformat(), row["closed_at"].isoformat()))
        assert shop.one("select private.end_offer(%s, %s, %s, %s)", order["order_id"], *ends[0]) is False
    assert outcomes == {("failed", "2026-12-01T09:00:00+00:00", "2026-12-01T09:00:00+00:00")}


def test_a_paid_order_stays_paid_whatever_ends_later(shop: Shop, asha: uuid.UUID) -> None:
    order = shop.sell(asha, "pro", provider="stripe")
    shop.pay(order)
    shop.close(order)
    assert shop.order(order)["status"] == "paid"


def test_what_ran_out_is_listed_until_its_provider_has_closed_it(shop: Shop, asha: uuid.UUID, clock: Clock) -> None:
    session = shop.sell(asha, "pack_20", provider="stripe")
    pack = shop.sell(asha, "pack_20", provider="razorpay")
    subscription = shop.sell(asha, "pro", provider="razorpay")
    paid = shop.sell(asha, "pack_60", provider="stripe")
    unanswered = shop.open(asha, "pack_20", provider="stripe")
    shop.pay(paid)

    def listed() -> set[str]:
        mine = {order["order_id"] for order in (session, pack, subscription, paid, unanswered["order"])}
        return {entry["order_id"] for entry in shop.to_close()} & mine

    assert listed() == set()
    clock.advance("25 hours")
    # Razorpay closes no order of a pack. One without an answer is looked for: the provider may have opened it.
    assert listed() == {session["order_id"], subscription["order_id"], unanswered["order"]["order_id"]}
    assert {shop.order(o)["status"] for o in (session, pack, subscription, unanswered)} == {"expired"}
    assert listed() == set()
    assert shop.close(session) is True
    assert shop.close(unanswered["order"]) is True
    clock.advance("2 hours")
    assert listed() == {subscription["order_id"]}


def test_the_list_names_what_the_provider_knows(shop: Shop, asha: uuid.UUID, clock: Clock) -> None:
    order = shop.sell(asha, "pro", provider="razorpay")
    clock.advance("25 hours")
    (entry,) = [entry for entry in shop.to_close() if entry["order_id"] == order["order_id"]]
    assert entry == {
        "order_id": order["order_id"],
        "provider": "razorpay",
        "provider_order_id": None,
        "provider_subscription_id": order["provider_subscription_id"],
    }


@pytest.mark.parametrize("change", ["is_active = false", "deleted_at = now()"])
def test_an_account_that_may_not_buy_has_no_open_offer(shop: Shop, asha: uuid.UUID, change: str) -> None:
    order = shop.sell(asha, "pack_20", provider="stripe")
    shop.run(f"update public.profiles set {change} where id = %s", asha)
    with refused("account_inactive", 403):
        shop.open(asha, "pack_20")
    assert order["order_id"] in {entry["order_id"] for entry in shop.to_close()}
    assert shop.one(PAYABLE, "1 second", order["order_id"]) is False


def test_an_order_that_ended_while_the_provider_was_called_is_closed_there(shop: Shop, asha: uuid.UUID) -> None:
    slow = shop.open(asha, "pro", provider="stripe")
    shop.sell(asha, "unlimited", provider="stripe")
    bound = shop.bind(asha, slow)
    assert bound["state"] == "ended"
    (entry,) = bound["superseded"]
    assert entry["provider_order_id"] == shop.order(slow)["provider_order_id"]
    assert shop.order(slow)["status"] == "superseded"


def test_an_order_without_an_answer_is_looked_for_when_none_is_under_way_any_more(
    shop: Shop, asha: uuid.UUID, clock: Clock
) -> None:
    slow = shop.open(asha, "pro", provider="stripe")
    shop.run(
        "insert into public.billing_customers (user_id, provider, provider_customer_id) values (%s, 'stripe', %s)",
        asha,
        f"cus_{asha.hex[:14]}",
    )
    shop.sell(asha, "unlimited", provider="stripe")

    def listed() -> list[Any]:
        return [entry for entry in shop.to_close() if entry["order_id"] == slow["order"]["order_id"]]

    assert listed() == []
    clock.advance("6 minutes")
    (entry,) = listed()
    assert (entry["lost"]["user_id"], entry["lost"]["customer_id"]) == (str(asha), f"cus_{asha.hex[:14]}")
    # Nothing was found; then the answer arrives all the same.
    assert shop.close(slow["order"]) is True
    (unclosed,) = shop.bind(asha, slow)["superseded"]
    assert unclosed["order_id"] == slow["order"]["order_id"]


def test_the_first_answer_counts(shop: Shop, asha: uuid.UUID) -> None:
    opened = shop.open(asha, "pack_20")
    first, second = shop.bind(asha, opened), shop.bind(asha, opened)
    assert first == second


def test_checkout_takes_the_account_before_orders_and_coupons(connect: Connect, database: str, asha: uuid.UUID) -> None:
    """A webhook that holds the account and goes on to its orders never waits for a checkout that holds those."""
    code = f"L{asha.hex[:12].upper()}"
    webhook = connect()
    webhook.execute("insert into private.coupons (code, percent_off) values (%s, 10)", (code,))
    ask = (
        "select public.checkout_open(%s, 'stripe', 'acc', 'subscription', %s, null, null, %s, false, %s, 'hash') as it"
    )
    webhook.execute(ask, (asha, "pro", code, "first"))

    def checkout() -> Any:
        with psycopg.connect(database, autocommit=True, application_name=asha.hex) as other:
            return other.execute(ask, (asha, "unlimited", code, "second")).fetchone()

    observer = connect()
    blocked = "select from pg_stat_activity where wait_event_type = 'Lock' and application_name = %s"
    with ThreadPoolExecutor(1) as pool:
        with webhook.transaction():
            webhook.execute("select private.lock_accounts(array[%s]::uuid[])", (asha,))
            waiting = pool.submit(checkout)
            deadline = time.monotonic() + 20
            while not observer.execute(blocked, (asha.hex,)).fetchall():
                assert not waiting.done()
                assert time.monotonic() < deadline
                time.sleep(0.02)
            webhook.execute("select from private.billing_orders where user_id = %s for update nowait", (asha,))
            webhook.execute("select from private.coupons where code = %s for update nowait", (code,))
        assert waiting.result(30)[0]["state"] == "open"
