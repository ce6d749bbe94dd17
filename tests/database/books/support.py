"""A provider in a few lines: it tells facts at moments, through the functions that the webhook calls."""

from __future__ import annotations

import json
import uuid
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from functions._shared.domain.payments.facts import (
    CheckoutFact,
    DisputeFact,
    Facts,
    PaymentFact,
    RefundFact,
    SubscriptionFact,
)

if TYPE_CHECKING:
    from tests.database.metering.support import Meter, Row
    from tests.database.rows import NewUser

# Plan -> rank, units a month, price a month, price a year.
PLANS = {
    "zero": (9101, 0, 100, 1_000),
    "basic": (9102, 100, 1_000, 10_000),
    "plus": (9103, 200, 1_900, 19_000),
    "top": (9104, 300, 2_700, 29_800),
    # As much as the catalogue's pro, without allowances, so that credits pay for everything.
    "fifty": (9105, 50, 1_200, 11_500),
}
PACKS = {"pack_20": (20, 19_900), "pack_60": (60, 49_900), "pack_200": (200, 149_900)}
START = datetime(2027, 4, 1, tzinfo=UTC)
MONTH_END = datetime(2027, 5, 1, tzinfo=UTC)
YEAR_END = datetime(2028, 4, 1, tzinfo=UTC)


def price_id(plan: str, interval: str = "month") -> str:
    """A provider's id of a price."""
    return f"books_{plan}_{interval}"


@dataclass(frozen=True)
class Event:
    """What a provider tells at a moment."""

    provider: str
    at: datetime
    facts: Facts
    id: str = field(default_factory=lambda: f"evt_{uuid.uuid4().hex}")


@dataclass
class Bought:
    """An order of ours, and the ids under which the provider has it."""

    id: uuid.UUID
    provider: str
    provider_id: str
    amount: int
    currency: str = "INR"

    def name(self, kind: str) -> str:
        """An id of the provider that belongs to this order."""
        return f"{kind}_{self.provider_id}"

    # -- packs --------------------------------------------------------------------------------------------------
    def paid(self, kind: str = "pay", at: datetime = START, **other: Any) -> Event:
        """Tell of a payment of the order."""
        told = {
            "amount": self.amount,
            "currency": self.currency,
            "status": "paid",
            "paid_at": at,
            "acted_at": at,
            **other,
        }
        fact = PaymentFact(reference=self.name(kind), payment_id=self.name(kind), order_id=self.provider_id, **told)
        return Event(self.provider, at, Facts(payments=(fact,)))

    def checkout(self, status: str, at: datetime = START) -> Event:
        """Tell of the end of the checkout."""
        return Event(self.provider, at, Facts(checkouts=(CheckoutFact(id=self.provider_id, status=status),)))  # type: ignore[arg-type]

    # -- subscriptions ------------------------------------------------------------------------------------------
    def cycle(
        self,
        plan: str,
        kind: str = "cycle",
        start: datetime = START,
        end: datetime = MONTH_END,
        *,
        interval: str = "month",
        at: datetime | None = None,
    ) -> Event:
        """Tell of a charge for a period."""
        amount = PLANS[plan][3 if interval == "year" else 2]
        at = start if at is None else at
        fact = PaymentFact(
            reference=self.name(kind), payment_id=self.name(kind), subscription_id=self.provider_id,
            price_id=price_id(plan, interval), amount=amount, list_amount=amount, currency=self.currency, status="paid",
            period_start=start, period_end=end, acted_at=at, paid_at=at,
        )  # fmt: skip
        return Event(self.provider, at, Facts(payments=(fact,)))

    def upgrade(self, amount: int, kind: str = "up", at: datetime = START, to: str | None = None) -> Event:
        """Tell of an upgrade's charge; Stripe names the price that was entered."""
        fact = PaymentFact(
            reference=self.name(kind), payment_id=self.name(kind), subscription_id=self.provider_id,
            upgrade_price_id=to, amount=amount, currency=self.currency, status="paid", acted_at=at, paid_at=at,
        )  # fmt: skip
        return Event(self.provider, at, Facts(payments=(fact,)))

    def state(
        self,
        plan: str,
        status: str = "active",
        at: datetime = START,
        *,
        interval: str = "month",
        start: datetime = START,
        end: datetime = MONTH_END,
        **other: Any,
    ) -> Event:
        """Tell a state of the subscription."""
        fact = SubscriptionFact(
            id=self.provider_id, price_id=price_id(plan, interval), status=status,  # type: ignore[arg-type]
            period_start=start, period_end=end, **other,
        )  # fmt: skip
        return Event(self.provider, at, Facts(subscriptions=(fact,)))

    def invoice(self, amount: int, kind: str, start: datetime, end: datetime, at: datetime | None = None) -> Event:
        """Tell of a charge as Razorpay's invoice does: the time that it is for, and no plan."""
        at = start if at is None else at
        fact = PaymentFact(
            reference=self.name(kind), payment_id=self.name(kind), subscription_id=self.provider_id,
            amount=amount, list_amount=amount, currency=self.currency, status="paid",
            period_start=start, period_end=end, acted_at=at, paid_at=at,
        )  # fmt: skip
        return Event(self.provider, at, Facts(payments=(fact,)))

    # -- money back ---------------------------------------------------------------------------------------------
    def refund(
        self,
        amount: int,
        kind: str = "pay",
        *,
        name: str = "rf",
        status: str = "processed",
        at: datetime = START,
        **other: Any,
    ) -> Event:
        """Tell of a refund of one of its payments."""
        told = {"currency": self.currency, **other}
        fact = RefundFact(id=self.name(name), payment_id=self.name(kind), amount=amount, status=status, **told)  # type: ignore[arg-type]
        return Event(self.provider, at, Facts(refunds=(fact,)))

    def dispute(
        self, amount: int, status: str, kind: str = "pay", *, name: str = "dp", at: datetime = START, **other: Any
    ) -> Event:
        """Tell of a dispute of one of its payments."""
        told = {"currency": self.currency, **other}
        fact = DisputeFact(id=self.name(name), payment_id=self.name(kind), amount=amount, status=status, **told)  # type: ignore[arg-type]
        return Event(self.provider, at, Facts(disputes=(fact,)))


class Books:
    """Accounts, what providers tell of them, and what became of it."""

    def __init__(self, meter: Meter, new_user: NewUser) -> None:
        self.meter = meter
        self.owner = meter.owner
        self.new_user = new_user
        self.at(START)
        for plan, (rank, units, month, year) in PLANS.items():
            self.owner.execute(
                "insert into public.plans (slug, name, rank, monthly_credits, is_active) values (%s, %s, %s, %s, false) "
                "on conflict (slug) do nothing",
                (f"books_{plan}", plan, rank, units),
            )
            for interval, amount in (("month", month), ("year", year)):
                self.owner.execute(
                    "insert into public.plan_prices (slug, plan, billing_interval, currency, amount, is_active, razorpay_plan_id, stripe_price_id) "
                    "values (%s, %s, %s, 'INR', %s, false, %s, %s) on conflict (slug) do nothing",
                    (
                        f"books_{plan}_{interval}",
                        f"books_{plan}",
                        interval,
                        amount,
                        price_id(plan, interval),
                        price_id(plan, interval),
                    ),
                )

    def at(self, moment: datetime) -> None:
        """Put the clock to a moment, where it stands."""
        self.now = moment
        self.owner.execute("update private.test_clock set moment = %s", (moment,))

    def user(self, *, welcome: bool = True, email: str = "") -> uuid.UUID:
        """A new user; with welcome credits if their mailbox is confirmed."""
        user: uuid.UUID = self.new_user(email, confirmed=welcome)
        return user

    def order(
        self,
        user: uuid.UUID,
        item: str,
        provider: str = "razorpay",
        *,
        interval: str = "month",
        trial_days: int = 0,
        coupon: str | None = None,
    ) -> Bought:
        """Open an order, as a checkout does."""
        is_pack = item in PACKS
        plan = item if is_pack or item in {"pro", "unlimited", "free"} else f"books_{item}"
        amount = PACKS[item][1] if is_pack else PLANS[item][3 if interval == "year" else 2]
        provider_id = f"{'order' if is_pack else 'sub'}_{uuid.uuid4().hex}"
        row = self.owner.execute(
            "insert into private.billing_orders (user_id, kind, pack, credits, plan, price, billing_interval, trial_days, coupon, list_amount, amount, "
            "currency, provider, provider_account, provider_order_id, provider_subscription_id, status, idempotency_key, request_hash, "
            "response, created_at, offer_ends_at) "
            "values (%(user)s, %(kind)s, %(pack)s, %(units)s, %(plan)s, %(price)s, %(interval)s, %(trial)s, %(coupon)s, %(amount)s, %(amount)s, 'INR', "
            "%(provider)s, 'acc', %(order)s, %(subscription)s, 'open', %(key)s, 'hash', '{}', %(now)s, %(ends)s) returning id",
            {
                "user": user,
                "kind": "pack" if is_pack else "subscription",
                "pack": item if is_pack else None,
                "units": PACKS[item][0] if is_pack else None,
                "plan": None if is_pack else plan,
                "price": None if is_pack else f"{plan}_{interval}",
                "interval": None if is_pack else interval,
                "trial": trial_days,
                "coupon": coupon,
                "amount": amount,
                "provider": provider,
                "order": provider_id if is_pack else None,
                "subscription": None if is_pack else provider_id,
                "key": provider_id,
                "now": self.now,
                "ends": self.now + timedelta(hours=24),
            },
        ).fetchone()
        assert row is not None
        return Bought(row["id"], provider, provider_id, amount)

    def tell(self, *events: Event, account: str = "acc") -> None:
        """Deliver events as the webhook does, each in a call of its own."""
        for event in events:
            answer = self.meter.call(
                "webhook_receive", event.provider, event.id, True, "test", account, event.at, f"{event.id} {uuid.uuid4()}",
                json.dumps(event.facts.model_dump(mode="json")), None,
            )  # fmt: skip
            assert answer["state"] in {"processed", "duplicate"}, answer

    def retell(self, event: Event, source: str = "fetch") -> Row:
        """Let the provider answer a question of ours with an event's facts."""
        answer: Row = self.meter.call(
            "payments_reconcile", event.provider, "acc", event.at, json.dumps(event.facts.model_dump(mode="json")), False, source == "command"
        )  # fmt: skip
        assert answer["state"] == "applied", answer
        return answer

    def buy(self, user: uuid.UUID, pack: str, provider: str = "razorpay") -> Bought:
        """Order a pack and pay it now."""
        bought = self.order(user, pack, provider)
        self.tell(bought.paid(at=self.now))
        return bought

    def hold(self, user: uuid.UUID, units: int) -> list[Row]:
        """Hold so many credits, by operations of five and of one."""
        names = ["interview"] * (units // 5) + ["summary"] * (units % 5)
        held = [self.meter.reserve(user, name) for name in names]
        assert sum(one["cost"] for one in held) == units
        return held

    def spend(self, user: uuid.UUID, units: int) -> None:
        """Spend so many credits."""
        self.commit(self.hold(user, units))

    def commit(self, held: list[Row]) -> None:
        """Charge holds."""
        for one in held:
            self.meter.commit(one, None, calls=[])

    def release(self, held: list[Row]) -> None:
        """Give holds back."""
        for one in held:
            self.meter.release(one)

    def account(self, user: uuid.UUID) -> tuple[int, int]:
        """Balance and debt."""
        balance, _, debt = self.meter.account(user)
        return balance, debt

    def frozen(self, user: uuid.UUID) -> int:
        """Units out of reach while disputes are open."""
        row = self.owner.execute(
            "select coalesce(sum(frozen), 0) as units from public.credit_grants where user_id = %s", (user,)
        ).fetchone()
        assert row is not None
        return int(row["units"])

    def owed(self, user: uuid.UUID) -> int:
        """What an account owes, also an erased one."""
        row = self.owner.execute("select (private.derive_account(%s, private.now())).debt", (user,)).fetchone()
        assert row is not None
        return int(row["debt"])

    def plan(self, user: uuid.UUID) -> str:
        """The plan to which somebody is entitled now."""
        row = self.owner.execute("select (private.entitlement(%s, private.now())).plan", (user,)).fetchone()
        assert row is not None
        return str(row["plan"]).removeprefix("books_")

    def listed(self, user: uuid.UUID) -> list[tuple[str, int]]:
        """Codes and amounts of what a person has to look at."""
        rows = self.owner.execute(
            "select code, amount from private.payment_reviews where user_id = %s order by code, amount", (user,)
        )
        return [(row["code"], row["amount"]) for row in rows]

    def payment(self, bought: Bought, kind: str = "pay") -> Row:
        """The row of a payment."""
        row = self.owner.execute(
            "select * from public.payments where provider_reference = %s", (bought.name(kind),)
        ).fetchone()
        assert row is not None
        return row

    def erase(self, user: uuid.UUID) -> None:
        """Erase an account, a minute later."""
        self.at(self.now + timedelta(minutes=1))
        self.owner.execute("delete from auth.users where id = %s", (user,))

    def sweep(self) -> None:
        """What the clean-up does every five minutes."""
        while self.meter.call("usage_expire", 1000):
            pass
        self.meter.call("subscriptions_sweep", 1000)

    def picture(self, user: uuid.UUID) -> Row:
        """Everything that must not depend on the order of delivery, without ids of ours."""
        row = self.owner.execute(
            """
            select jsonb_build_object(
              'account', (select jsonb_build_array(c.balance, c.reserved, c.debt) from public.user_credits as c where c.user_id = u),
              'ledger', (select coalesce(sum(t.amount), 0) from public.credit_transactions as t where t.user_id = u),
              'lots', (
                select jsonb_agg(
                  to_jsonb(g) - '{id,user_id,grant_key,reference,created_at,remaining,frozen,returned}'::text[] order by g.starts_at, g.priority, g.amount
                )
                from public.credit_grants as g where g.user_id = u
              ),
              'frozen', (select sum(g.frozen) from public.credit_grants as g where g.user_id = u),
              'by_lot', (
                select jsonb_agg(n.total order by n.total) from (
                  select jsonb_build_array(sum(t.amount)) as total from public.credit_transactions as t
                  where t.user_id = u and t.grant_id is not null group by t.grant_id having sum(t.amount) <> 0
                ) as n
              ),
              'payments', (
                select jsonb_agg(jsonb_build_array(
                  p.amount, p.amount_refunded, p.amount_lost, p.amount_disputed, p.dispute_status, p.status, p.plan, p.covers_period, p.problem
                ) order by p.provider_reference collate "C")
                from public.payments as p where p.user_id = u
              ),
              'subscriptions', (
                select jsonb_agg(jsonb_build_array(s.plan, s.status, s.paid_until, s.returned_periods, s.ended_at) order by s.plan, s.status)
                from public.subscriptions as s where s.user_id = u
              ),
              'orders', (select jsonb_agg(jsonb_build_array(o.status, o.paid_at) order by o.status, o.paid_at) from private.billing_orders as o where o.user_id = u),
              'reviews', (select jsonb_agg(jsonb_build_array(r.code, r.amount) order by r.code, r.amount) from private.payment_reviews as r where r.user_id = u)
            ) as picture
            from (select %s::uuid as u) as n
            """,
            (user,),
        ).fetchone()
        assert row is not None
        picture: Row = row["picture"]
        return picture
