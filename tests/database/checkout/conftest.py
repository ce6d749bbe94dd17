"""A shop in a transaction that is undone: catalogue, coupons and orders are each test's own."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pytest
from psycopg.types.json import Jsonb

if TYPE_CHECKING:
    from collections.abc import Iterator

    import psycopg

    from tests.database.rows import Clock, Connect, NewUser, Row


@dataclass
class Shop:
    """Checkout as the billing function calls it."""

    connection: psycopg.Connection[Row]

    def one(self, query: str, *values: Any) -> Any:
        """Run a statement in a savepoint, so that a refusal undoes only itself; return its first column."""
        with self.connection.transaction():
            row = self.connection.execute(query, values).fetchone()
        return next(iter(row.values())) if row else None

    def run(self, query: str, *values: Any) -> None:
        self.connection.execute(query, values)

    def open(self, user: uuid.UUID, item: str, key: str | None = None, **more: Any) -> Row:
        """Ask for a checkout; a kind is taken from the item's name."""
        kind = "pack" if item.startswith("pack") else "subscription"
        asked = {"provider": "razorpay", "interval": None, "currency": None, "coupon": None, "trial": False, **more}
        opened: Row = self.one(
            "select public.checkout_open(%s, %s, 'acc', %s, %s, %s, %s, %s, %s, %s, %s)",
            user,
            asked["provider"],
            kind,
            item,
            asked["interval"],
            asked["currency"],
            asked["coupon"],
            asked["trial"],
            key or str(uuid.uuid4()),
            str(sorted({"item": item, **asked}.items())),
        )
        return opened

    def bind(self, user: uuid.UUID, opened: Row) -> Row:
        """Note the provider's ids, as after a call of the provider that went well."""
        order = opened["order"]
        name = uuid.uuid4().hex[:14]
        is_subscription = (order["provider"], order["kind"]) == ("razorpay", "subscription")
        bound: Row = self.one(
            "select public.checkout_bind(%s, %s, %s, %s, %s)",
            user,
            order["order_id"],
            None if is_subscription else f"order_{name}",
            f"sub_{name}" if is_subscription else None,
            Jsonb({"for": name}),
        )
        return bound

    def sell(self, user: uuid.UUID, item: str, key: str | None = None, **more: Any) -> Row:
        """Open a checkout at the provider, too; the order as its buyer sees it."""
        opened = self.open(user, item, key, **more)
        assert opened["state"] == "open", opened
        assert self.bind(user, opened)["state"] == "open"
        return self.order(opened)

    def order(self, opened: Row) -> Row:
        identity = opened.get("order", opened)["order_id"]
        order: Row = self.one("select private.order_view(o) from private.billing_orders as o where o.id = %s", identity)
        return order

    def pay(self, order: Row) -> None:
        """What the books do with a payment that is worth something."""
        self.run("update private.billing_orders set status = 'paid' where id = %s", order["order_id"])

    def close(self, order: Row, *, for_another: bool = False) -> bool:
        closed: bool = self.one("select public.checkout_closed(%s, %s)", order["order_id"], for_another)
        return closed

    def to_close(self) -> list[Row]:
        listed: list[Row] = self.one("select public.checkouts_to_close(1000)")
        return listed

    def coupon(self, **columns: Any) -> str:
        columns = {
            "code": f"T{uuid.uuid4().hex[:12].upper()}",
            "percent_off": 95,
            "razorpay_offer_id": "offer_local",
            **columns,
        }
        names, marks = ", ".join(columns), ", ".join(["%s"] * len(columns))
        self.connection.execute(f"insert into private.coupons ({names}) values ({marks})", list(columns.values()))
        return str(columns["code"])

    def subscribe(self, user: uuid.UUID, status: str, plan: str = "pro", **columns: Any) -> Row:
        """A subscription in a state, as the provider reported it."""
        columns = {
            "user_id": user,
            "provider": "stripe",
            "provider_subscription_id": f"sub_{uuid.uuid4().hex[:14]}",
            "plan": plan,
            "status": status,
            "billing_interval": "month",
            "currency": "USD",
            **columns,
        }
        columns.setdefault("current_period_end", self.one("select private.now() + interval '20 days'"))
        columns.setdefault("paid_until", columns["current_period_end"])
        names, marks = ", ".join(columns), ", ".join(["%s"] * len(columns))
        row = self.connection.execute(
            f"insert into public.subscriptions ({names}) values ({marks}) returning *", list(columns.values())
        ).fetchone()
        assert row is not None
        return row


@pytest.fixture
def shop(connect: Connect, clock: Clock) -> Iterator[Shop]:
    del clock  # it must be there before the transaction begins
    connection = connect()
    with connection.transaction(force_rollback=True):
        yield Shop(connection)


@pytest.fixture
def asha(new_user: NewUser) -> uuid.UUID:
    made: uuid.UUID = new_user()
    return made


@pytest.fixture
def ravi(new_user: NewUser) -> uuid.UUID:
    made: uuid.UUID = new_user()
    return made
