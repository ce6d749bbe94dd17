"""The inbox: raw bodies are emptied in time, and a failed event is tried again in a transaction of its own."""

from __future__ import annotations

import json
import threading
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4

import pytest

if TYPE_CHECKING:
    from tests.database.rows import AsRole, Clock, Connect, NewUser

BUYER = {"email": "asha@example.com", "contact": "+919000090000", "card": {"last4": "1111"}}


def one(connection: Any, statement: str, *arguments: object) -> Any:
    row = connection.execute(statement, arguments).fetchone()
    return next(iter(row.values()))


def short() -> str:
    return "A" + uuid4().hex[:13]


def receive(
    connection: Any, body: dict[str, Any], facts: dict[str, Any] | None = None, *, kind: str = "payment.captured"
) -> int:
    """Let an event of Razorpay arrive; the id of its row."""
    answer = one(
        connection,
        "select public.webhook_receive('razorpay', %s, false, %s, 'acc_1', private.now(), %s, %s)",
        f"evt_{uuid4().hex}",
        kind,
        json.dumps(body),
        json.dumps(facts or {}),
    )
    identity: int = answer["id"]
    return identity


def event(connection: Any, identity: int) -> Any:
    return connection.execute("select * from private.webhook_events where id = %s", (identity,)).fetchone()


def buyer_of(order: str, payment: str) -> dict[str, Any]:
    return {"nonce": uuid4().hex, "payload": {"payment": {"entity": {"id": payment, "order_id": order, **BUYER}}}}


def ordered(connection: Any, user_id: UUID) -> str:
    """An order of a credit pack; the provider's id."""
    order = f"order_{short()}"
    connection.execute(
        "insert into private.billing_orders (user_id, kind, pack, credits, list_amount, amount, currency, provider, provider_account, "
        "provider_order_id, status, idempotency_key, request_hash) "
        "values (%s, 'pack', 'pack_20', 20, 19900, 19900, 'INR', 'razorpay', 'acc_1', %s, 'open', %s, 'h')",
        (user_id, order, str(uuid4())),
    )
    return order


def bought(connection: Any, user_id: UUID) -> tuple[str, str, int]:
    """Order, payment, and the event that told of it."""
    order, payment = ordered(connection, user_id), f"pay_{short()}"
    facts = {
        "payments": [
            {
                "reference": payment,
                "payment_id": payment,
                "order_id": order,
                "amount": 19900,
                "currency": "INR",
                "status": "paid",
            }
        ],
        "subscriptions": [],
        "checkouts": [],
        "refunds": [],
        "disputes": [],
    }
    told = receive(connection, buyer_of(order, payment), facts)
    assert event(connection, told)["status"] == "processed"
    return order, payment, told


def erase(connection: Any, user_id: UUID) -> None:
    connection.execute(
        "update public.profiles set deleted_at = private.now() - interval '31 days' where id = %s", (user_id,)
    )
    assert one(connection, "select public.account_erase(%s)", user_id) is True


def purge(as_service: AsRole) -> None:
    with as_service() as cursor:
        while cursor.execute("select public.retention_purge('webhook_bodies', 1000) as n").fetchone()["n"]:
            pass


# -- personal data ------------------------------------------------------------------------------------------------


def test_a_body_is_emptied_after_ninety_days_and_the_facts_stay(
    connect: Connect, new_user: NewUser, as_service: AsRole, clock: Clock
) -> None:
    """Example 25."""
    connection = connect()
    *_, told = bought(connection, new_user())
    before = event(connection, told)
    clock.advance("89 days")
    purge(as_service)
    assert event(connection, told)["body"] == before["body"]
    clock.advance("2 days")
    purge(as_service)
    assert event(connection, told) == {**before, "body": None, "objects": None}


def test_a_failed_event_keeps_its_body_until_it_is_given_up(connect: Connect, as_service: AsRole, clock: Clock) -> None:
    connection = connect()
    told = receive(connection, buyer_of("order_Unknown1", "pay_Unknown1"), {"subscriptions": [{"id": "sub_x"}]})
    assert event(connection, told)["status"] == "failed"
    clock.advance("91 days")
    purge(as_service)
    assert event(connection, told)["body"] is not None
    connection.execute("update private.webhook_events set next_attempt_at = null where id = %s", (told,))
    purge(as_service)
    assert event(connection, told)["body"] is None


def test_erasing_an_account_empties_what_its_events_say_and_no_others(connect: Connect, new_user: NewUser) -> None:
    """Example 25: of its orders, payments, subscriptions and customers, also of events that changed nothing."""
    connection, user, other = connect(), new_user(), new_user()
    order, payment, told = bought(connection, user)
    *_, of_other = bought(connection, other)
    subscription, customer = f"sub_{short()}", f"cust_{short()}"
    connection.execute(
        "insert into public.subscriptions (user_id, provider, provider_subscription_id, plan, status) values (%s, 'razorpay', %s, 'pro', 'canceled')",
        (user, subscription),
    )
    connection.execute(
        "insert into public.billing_customers (user_id, provider, provider_customer_id) values (%s, 'razorpay', %s)",
        (user, customer),
    )
    ignored = [
        receive(connection, {"payload": {"entity": {"id": identity, **BUYER}}}, kind="invoice.expired")
        for identity in (order, payment, subscription, customer)
    ]
    before = {identity: event(connection, identity) for identity in (told, *ignored, of_other)}
    erase(connection, user)
    for identity in (told, *ignored):
        assert event(connection, identity) == {**before[identity], "body": None, "objects": None}
    assert event(connection, of_other) == before[of_other]
    left = one(
        connection, "select count(*) from public.payments where user_id = %s and provider_reference = %s", user, payment
    )
    assert left == 1


def test_an_event_about_an_erased_account_is_kept_without_its_body(connect: Connect, new_user: NewUser) -> None:
    connection, user = connect(), new_user()
    order, payment, _ = bought(connection, user)
    erase(connection, user)
    refund = {
        "refunds": [
            {"id": f"rfnd_{short()}", "payment_id": payment, "amount": 19900, "currency": "INR", "status": "processed"}
        ],
        "payments": [],
        "subscriptions": [],
        "checkouts": [],
        "disputes": [],
    }
    late = event(connection, receive(connection, buyer_of(order, payment), refund, kind="refund.processed"))
    assert (late["status"], late["body"]) == ("processed", None)
    assert late["facts"]["refunds"][0]["payment_id"] == payment


def test_a_failed_event_of_an_erased_account_is_emptied_when_it_is_applied(
    connect: Connect, new_user: NewUser, clock: Clock
) -> None:
    connection, user = connect(), new_user()
    order, payment, _ = bought(connection, user)
    told = receive(connection, buyer_of(order, payment), {"subscriptions": [{"id": "sub_x"}]})
    erase(connection, user)
    assert event(connection, told)["body"] is not None
    connection.execute("""update private.webhook_events set facts = '{"refunds": []}' where id = %s""", (told,))
    clock.advance("2 minutes")
    assert one(connection, "select public.webhook_retry(%s)", told)["state"] == "processed"
    assert event(connection, told)["body"] is None


@pytest.mark.parametrize(
    ("body", "objects"),
    [
        (
            '{"id": "pay_29QQoUBi66xm2f", "customer": "cus_9s6XKzkNRiz8i3"}',
            {"pay_29QQoUBi66xm2f", "cus_9s6XKzkNRiz8i3"},
        ),
        ('{"session": "cs_test_a1b2C3"}', {"cs_test_a1b2C3"}),
        ('{"error_description": "card_declined", "email": "pay_29QQ@example.com"}', None),
    ],
)
def test_ids_of_providers_are_found_in_a_body(connect: Connect, body: str, objects: set[str] | None) -> None:
    found = one(connect(), "select private.body_objects(%s)", body)
    assert (set(found) if found else None) == objects


# -- trying again -------------------------------------------------------------------------------------------------


def due(as_service: AsRole) -> list[int]:
    with as_service() as cursor:
        listed: list[int] = cursor.execute("select public.webhooks_due(1000) as due").fetchone()["due"]["ids"]
    return listed


def test_a_failed_event_is_due_when_its_time_has_come(connect: Connect, as_service: AsRole, clock: Clock) -> None:
    connection = connect()
    told = receive(connection, {"n": uuid4().hex}, {"subscriptions": [{"id": "sub_x"}]})
    assert told not in due(as_service)
    assert one(connection, "select public.webhook_retry(%s)", told)["state"] == "skipped"
    clock.advance("61 seconds")
    assert told in due(as_service)
    with as_service() as cursor:
        answer = cursor.execute("select public.webhook_retry(%s) as done", (told,)).fetchone()["done"]
    assert answer["state"] == "failed"
    assert answer["error"]
    assert event(connection, told)["attempts"] == 2
    assert told not in due(as_service)
    connection.execute("update private.webhook_events set facts = '{}' where id = %s", (told,))
    clock.advance("3 minutes")
    assert one(connection, "select public.webhook_retry(%s)", told) == {"state": "processed", "error": None}


def test_two_runs_do_not_try_one_event_at_once(connect: Connect, clock: Clock) -> None:
    connection, other = connect(), connect()
    told = receive(connection, {"n": uuid4().hex}, {"subscriptions": [{"id": "sub_x"}]})
    clock.advance("2 minutes")
    with connection.transaction(force_rollback=True):
        connection.execute("select public.webhook_retry(%s)", (told,))
        assert one(other, "select public.webhook_retry(%s)", told)["state"] == "skipped"


def test_a_live_event_and_a_retry_about_the_same_objects_do_not_stop_each_other(
    connect: Connect, new_user: NewUser, clock: Clock
) -> None:
    """A retry holds what one event is about, and lets it go before it takes up the next."""
    connection, user = connect(), new_user()
    first, second = ordered(connection, user), ordered(connection, user)

    def facts(order: str) -> dict[str, Any]:
        payment = f"pay_{order}"
        paid = {
            "reference": payment,
            "payment_id": payment,
            "order_id": order,
            "amount": 19900,
            "currency": "INR",
            "status": "paid",
        }
        return {"payments": [paid], "subscriptions": [], "checkouts": [], "refunds": [], "disputes": []}

    failed = [receive(connection, {"n": uuid4().hex}, {"subscriptions": [{"id": "sub_x"}]}) for _ in range(2)]
    for told, order in zip(failed, (first, second), strict=True):
        connection.execute(
            "update private.webhook_events set facts = %s where id = %s", (json.dumps(facts(order)), told)
        )
    clock.advance("2 minutes")
    live_facts = {**facts(second), "payments": facts(second)["payments"] + facts(first)["payments"]}
    outcome: list[int] = []
    live = threading.Thread(target=lambda: outcome.append(receive(connect(), {"n": uuid4().hex}, live_facts)))
    live.start()
    states = [one(connection, "select public.webhook_retry(%s)", told)["state"] for told in failed]
    live.join(30)
    assert states == ["processed", "processed"]
    assert event(connection, outcome[0])["status"] == "processed"
    assert one(connection, "select count(*) from public.payments where user_id = %s and status = 'paid'", user) == 2
