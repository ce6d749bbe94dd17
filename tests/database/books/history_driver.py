"""Replays a history of the model against the database, through the functions that the product calls.

The driver feeds both sides: each moment of a history becomes a call, and the reports behind it go to the model.
Three things differ from what the history says, and the model is told so:

- a hold of ours runs out after a day, so a use that is settled later counts as released when its hold ran out;
- providers tell a charge's payment with its purpose, and a payment alone without its subscription;
- a use that the history takes from units that arrive in the same second may be refused; it never happened then.
"""

from __future__ import annotations

import json
import uuid
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import psycopg

from functions._shared.domain.payments.facts import (
    CheckoutFact,
    DisputeFact,
    Facts,
    PaymentFact,
    RefundFact,
    SubscriptionFact,
)
from tests.books import facts as told
from tests.books.derivation import derive
from tests.books.merging import merge

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from tests.books.derivation import State
    from tests.books.steps import Moment

Row = dict[str, Any]
HOLD_SECONDS = 86_401


def moment_of(seconds: int) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)


def price_id(price: told.Price) -> str:
    return f"tale_{price.plan}_{price.interval}"


@dataclass
class Driver:
    """One history in progress: what was delivered to the model, and the database's ids of it."""

    connection: psycopg.Connection[Row]
    moments: Sequence[Moment]
    admin: uuid.UUID
    delivered: list[told.Report] = field(default_factory=list)
    users: dict[str, uuid.UUID] = field(default_factory=dict)
    erased: dict[str, int] = field(default_factory=dict)
    now: int = 0
    _holds: dict[str, tuple[told.Spend, str]] = field(default_factory=dict)
    _due: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        facts = [moment.report.fact for moment in self.moments]
        self._orders = {fact.id: fact for fact in facts if isinstance(fact, told.Order)}
        self._links = {fact.subscription: fact.order for fact in facts if isinstance(fact, told.SubscriptionLink)}
        self._payments = {fact.id: fact for fact in facts if isinstance(fact, told.Payment)}
        self._welcomes = {fact.account: fact for fact in facts if isinstance(fact, told.Welcome)}

    def state(self) -> State:
        """What the model says of everything delivered."""
        return derive(merge(self.delivered), self.now)

    def deliver(self, moment: Moment) -> None:
        """Put the clock to a moment and let it happen."""
        self.at(moment.now)
        if not moment.own:
            self._tell(moment.report)
        elif self._act(moment.report.fact):
            self.delivered.append(moment.report)

    def _act(self, fact: Any) -> bool:
        """Do what a fact of ours says; False if that could not be, so that it never happened."""
        acts: dict[type, Callable[[Any], bool | None]] = {
            told.MailboxConfirmed: self._confirm,
            # Given when the mailbox is confirmed.
            told.Welcome: lambda _: False,
            told.Order: self._order,
            # Part of the order.
            told.SubscriptionLink: lambda _: None,
            told.CheckoutEnd: self._end_offer,
            told.Spend: self._spend,
            told.Deduction: lambda own: self._adjust(own.account, own.key, -own.units),
            told.Adjustment: self._give,
            told.Promo: lambda own: self._grant(own.account, "promo", own.key, own.units, own.expires),
            told.ErasureDue: self._ask_erasure,
            told.Erased: self._erase,
        }
        return acts[type(fact)](fact) is not False

    def at(self, now: int) -> None:
        """Put the clock to a moment; holds that have run out by then are released."""
        if now == self.now:
            return
        self.now = now
        self.execute("update private.test_clock set moment = %s", moment_of(now))
        for key, (spend, _) in list(self._holds.items()):
            if spend.at + HOLD_SECONDS <= now:
                del self._holds[key]
                self.delivered.append(told.Report(replace(spend, state="released"), now))

    def sweep(self) -> None:
        """What the clean-up does every few minutes."""
        self.execute("select public.usage_expire(1000), public.subscriptions_sweep(1000)")

    def execute(self, statement: str, *values: Any) -> list[Row]:
        cursor = self.connection.execute(statement, values or None)
        return cursor.fetchall() if cursor.description else []

    # -- ours -------------------------------------------------------------------------------------------------------
    def _confirm(self, fact: told.MailboxConfirmed) -> bool | None:
        if fact.account in self.erased:
            return False
        # One mailbox may have many accounts: each has an address of its own in it.
        address = f"{fact.mailbox.removesuffix('@')}+{fact.account}@tales.example"
        self.execute(
            "update public.global_config set value = value || jsonb_build_object('welcome_credits', %s::int) where key = 'metering'",
            5 if fact.account in self._welcomes else 0,
        )
        if fact.account in self.users:
            self.execute("update auth.users set email = %s where id = %s", address, self.users[fact.account])
            return None
        user = uuid.uuid4()
        self.users[fact.account] = user
        self.execute(
            "insert into auth.users (id, aud, role, email, email_confirmed_at, raw_app_meta_data, raw_user_meta_data) "
            "values (%s, 'authenticated', 'authenticated', %s, private.now(), '{}', '{}')",
            user,
            address,
        )
        if fact.account in self._welcomes:
            self.delivered.append(told.Report(self._welcomes[fact.account], self.now))
        return None

    def _order(self, fact: told.Order) -> None:
        price = fact.price
        subscription = fact.id.removeprefix("order-of-") if price is not None else None
        self.execute(
            "insert into private.billing_orders (user_id, kind, pack, credits, plan, price, billing_interval, trial_days, list_amount, "
            "amount, currency, provider, provider_account, provider_order_id, provider_subscription_id, status, idempotency_key, "
            "request_hash, response, created_at, offer_ends_at) "
            "values (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, 'open', %s, 'hash', '{}', %s, %s)",
            self.users[fact.account],
            "pack" if price is None else "subscription",
            fact.item if price is None else None,
            fact.units or None,
            f"tale_{price.plan}" if price is not None else None,
            price_id(price) if price is not None else None,
            price.interval if price is not None else None,
            fact.trial_days,
            fact.list_amount,
            fact.amount,
            fact.currency,
            fact.provider,
            fact.provider_account,
            None if subscription is not None and fact.provider == "razorpay" else f"{fact.id}",
            subscription if fact.provider == "razorpay" else None,
            fact.key,
            moment_of(fact.opened),
            moment_of(fact.offer_end),
        )

    def _end_offer(self, fact: told.CheckoutEnd) -> None:
        self.execute(
            "select private.end_offer(o.id, %s, %s, 'superseded') from private.billing_orders as o "
            "where o.provider_order_id = %s or o.provider_subscription_id = %s",
            moment_of(fact.at),
            fact.closed_at_provider,
            fact.order,
            fact.order.removeprefix("order-of-"),
        )

    def _spend(self, fact: told.Spend) -> bool:
        if fact.state == "open":
            self.execute("update public.operations set default_cost = %s where slug = 'tale'", fact.units)
            row = self._as_active(
                fact.account,
                fact.units,
                "select public.usage_reserve(%s, 'tale', %s, 'hash') as answer",
                self.users[fact.account],
                fact.usage,
            )
            if row is None:
                return False
            assert row["answer"]["funding"] == "credits", row
            self._holds[fact.usage] = (fact, row["answer"]["usage_id"])
            return True
        if fact.usage not in self._holds:
            return False
        _, held = self._holds.pop(fact.usage)
        if fact.state == "committed":
            self.execute("select public.usage_commit(%s, 1, null, '[]')", held)
        else:
            self.execute("select public.usage_release(%s, 1, 'the model failed', '[]')", held)
        return True

    def _as_active(self, account: str, units: int, statement: str, *values: Any) -> Row | None:
        """Do something that an account may not do while it is deleted; None if it has too few units for it."""
        if account in self._due:
            self._set_due(account, due=False)
        try:
            with self.connection.transaction():
                return self.execute(statement, *values)[0]
        except psycopg.Error as error:
            is_short = error.diag.message_primary in {"insufficient_credits", "adjustment_exceeds_balance"}
            if not is_short or self.state().accounts[account].balance >= units:
                raise
            return None
        finally:
            if account in self._due:
                self._set_due(account, due=True)

    def _adjust(self, account: str, key: str, units: int) -> bool:
        call = "select public.credits_adjust(%s, %s, %s, 'a tale', %s) as answer"
        return self._as_active(account, -units, call, self.admin, self.users[account], units, key) is not None

    def _give(self, fact: told.Adjustment) -> None:
        if fact.expires is None:
            self._adjust(fact.account, fact.key, fact.units)
        else:
            self._grant(fact.account, "adjustment", fact.key, fact.units, fact.expires)

    def _grant(self, account: str, source: str, key: str, units: int, expires: int | None) -> None:
        user = self.users[account]
        ends = moment_of(expires) if expires is not None else None
        self.execute(
            "select public.credits_grant(%s, %s, %s, %s, %s)", user, source, units, f"{source}:{user}:{key}", ends
        )

    def _set_due(self, account: str, *, due: bool) -> None:
        self.execute(
            "update public.profiles set deleted_at = case when %s then private.now() - r.keep - interval '1 second' end "
            "from private.retention_policies as r where r.data_type = 'deleted_accounts' and id = %s",
            due,
            self.users[account],
        )

    def _ask_erasure(self, fact: told.ErasureDue) -> None:
        self._set_due(fact.account, due=True)
        self._due.add(fact.account)

    def _erase(self, fact: told.Erased) -> None:
        account = fact.account
        rows = self.execute("select public.account_erase(%s) as done", self.users[account])
        assert rows[0]["done"]
        self.erased[account] = fact.at
        self._due.discard(account)
        self._holds = {key: held for key, held in self._holds.items() if held[0].account != account}

    # -- the providers ----------------------------------------------------------------------------------------------
    def _tell(self, report: told.Report) -> None:
        facts, reports, provider, account = self._translated(report)
        self.delivered.extend(reports)
        body = json.dumps(facts.model_dump(mode="json"))
        at = moment_of(report.told_at)
        if report.source == "fetched":
            rows = self.execute(
                "select public.payments_reconcile(%s, %s, %s, %s) as answer", provider, account, at, body
            )
            assert rows[0]["answer"]["state"] == "applied", rows
        else:
            name = uuid.uuid4().hex
            rows = self.execute(
                "select public.webhook_receive(%s, %s, true, 'tale', %s, %s, %s, %s) as answer",
                provider,
                name,
                account,
                at,
                name,
                body,
            )
            assert rows[0]["answer"]["state"] == "processed", rows

    def _translated(self, report: told.Report) -> tuple[Facts, list[told.Report], str, str]:
        """What the webhook makes of a report, what the model is told of it, and who tells it."""
        fact = report.fact
        if isinstance(fact, told.Payment):
            alone = replace(fact, subscription=None)
            told_alone = [replace(report, fact=alone)]
            return Facts(payments=(self._payment(alone),)), told_alone, self._provider(fact), fact.provider_account
        if isinstance(fact, told.Purpose):
            payment = self._payments[fact.payment]
            facts = Facts(payments=(self._charge(payment, fact),))
            return facts, [replace(report, fact=payment), report], self._provider(payment), payment.provider_account
        if isinstance(fact, told.SubscriptionLink | told.SubscriptionState):
            return self._subscription(fact), [report], self._orders[self._links[fact.subscription]].provider, "main"
        if isinstance(fact, told.Refund | told.Dispute):
            return self._money_back(fact), [report], self._provider(self._payments[fact.payment]), "main"
        raise TypeError(fact)

    @staticmethod
    def _money_back(fact: told.Refund | told.Dispute) -> Facts:
        if isinstance(fact, told.Refund):
            refund = RefundFact(
                id=fact.id, payment_id=fact.payment, amount=fact.amount, currency=fact.currency, status=fact.status
            )
            return Facts(refunds=(refund,))
        dispute = DisputeFact(
            id=fact.id, payment_id=fact.payment, amount=fact.counted, currency=fact.currency, status=fact.status
        )
        return Facts(disputes=(dispute,))

    @staticmethod
    def _subscription(fact: told.SubscriptionLink | told.SubscriptionState) -> Facts:
        if isinstance(fact, told.SubscriptionLink):
            checkout = CheckoutFact(id=fact.order, status="paid", subscription_id=fact.subscription)
            return Facts(checkouts=(checkout,))
        assert fact.status != "incomplete"
        state = SubscriptionFact(
            id=fact.subscription,
            price_id=price_id(fact.price),
            status=fact.status,
            trial_end=moment_of(fact.trial_end) if fact.trial_end is not None else None,
            cancel_at_period_end=fact.cancel_at_period_end,
            ended_at=moment_of(fact.ended_at) if fact.ended_at is not None else None,
        )
        return Facts(subscriptions=(state,))

    def _provider(self, payment: told.Payment) -> str:
        order = payment.order or self._links[payment.subscription or ""]
        return self._orders[order].provider

    def _payment(self, fact: told.Payment, **purpose: Any) -> PaymentFact:
        assert fact.amount is not None
        assert fact.currency is not None
        return PaymentFact(
            reference=fact.id,
            payment_id=fact.id,
            order_id=fact.order,
            subscription_id=fact.subscription,
            amount=fact.amount,
            currency=fact.currency,
            status=fact.status,
            acted_at=moment_of(fact.acted_at) if fact.acted_at is not None else None,
            paid_at=moment_of(fact.paid_at) if fact.paid_at is not None else None,
            **purpose,
        )

    def _charge(self, payment: told.Payment, fact: told.Purpose) -> PaymentFact:
        if fact.kind == "upgrade" and fact.price is not None:
            return self._payment(payment, upgrade_price_id=price_id(fact.price))
        assert fact.price is not None
        assert fact.period_start is not None
        assert fact.period_end is not None
        return self._payment(
            payment,
            price_id=price_id(fact.price),
            list_amount=payment.amount,
            period_start=moment_of(fact.period_start),
            period_end=moment_of(fact.period_end),
        )
