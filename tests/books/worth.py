"""What each payment is worth now, and each thing that was paid for (books §2)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction
from typing import TYPE_CHECKING, Literal

from tests.books.facts import DAY

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from tests.books.facts import Dispute, Facts, Order, Payment, Price, Purpose, SubscriptionLink

Role = Literal["pack", "cycle", "upgrade"]
ENDED = frozenset({"canceled", "expired"})


@dataclass(frozen=True)
class PaymentWorth:
    """A paid payment: what was returned of it, what it paid for, and why it is worth nothing, if so."""

    id: str
    amount: int
    currency: str
    acted_at: int
    paid_at: int
    refunded: int
    lost: int
    disputed: int
    dispute: Literal["none", "open", "won", "closed", "lost"]
    foreign_returns: tuple[str, ...]
    account: str | None
    order: str | None
    subscription: str | None
    role: Role | None
    defects: tuple[str, ...]

    @property
    def kept(self) -> int:
        return max(0, self.amount - self.refunded - self.lost)

    @property
    def kept_if_lost(self) -> int:
        return max(0, self.amount - self.refunded - self.lost - self.disputed)

    @property
    def k(self) -> Fraction:
        """The share that counts when we ask what is owed."""
        return Fraction(self.kept, self.amount) if self.amount else Fraction(0)

    @property
    def k_if_lost(self) -> Fraction:
        """The share that counts when we ask what can be spent."""
        return Fraction(self.kept_if_lost, self.amount) if self.amount else Fraction(0)

    @property
    def counts(self) -> bool:
        return self.role is not None and not self.defects and self.amount > 0


@dataclass(frozen=True)
class Thing:
    """What was sold once, however often it was paid: a pack's order or a subscription's period."""

    account: str
    payments: tuple[PaymentWorth, ...]
    paid_at: int
    order: str | None = None
    subscription: str | None = None
    price: Price | None = None
    start: int = 0
    end: int = 0

    @property
    def k(self) -> Fraction:
        return min(Fraction(1), sum((payment.k for payment in self.payments), Fraction(0)))

    @property
    def k_if_lost(self) -> Fraction:
        return min(Fraction(1), sum((payment.k_if_lost for payment in self.payments), Fraction(0)))

    @property
    def surplus(self) -> int:
        """What is kept beyond the price of the thing."""
        kept = sum(payment.kept for payment in self.payments)
        return max(0, kept - max(payment.amount for payment in self.payments))


def payment_worths(facts: Facts) -> dict[str, PaymentWorth]:
    """Judge every paid payment.

    Returns
    -------
    dict
        By payment id; payments whose money has not come are left out.
    """
    accepted = _acceptances(facts)
    worths = {
        payment.id: worth
        for payment in facts.payments.values()
        if (worth := _payment_worth(facts, payment, accepted)) is not None
    }
    return {
        name: replace(worth, role="upgrade") if _begins_inside(facts, worth, worths.values()) else worth
        for name, worth in worths.items()
    }


def _begins_inside(facts: Facts, worth: PaymentWorth, others: Iterable[PaymentWorth]) -> bool:
    """Whether a charge on Razorpay is an upgrade's, whatever its amount: its time begins inside a cycle's."""
    if worth.role != "cycle" or facts.orders[worth.order or ""].provider != "razorpay":
        return False
    start, end = _period(facts, worth)
    cycles = [other for other in others if other.role == "cycle" and other.subscription == worth.subscription]
    return any(first < start and abs(last - end) < DAY for first, last in (_period(facts, own) for own in cycles))


def things_sold(facts: Facts, worths: Mapping[str, PaymentWorth]) -> list[Thing]:
    """Group the payments that count by what they paid for.

    Returns
    -------
    list
        Packs and paid periods. Upgrade charges answer each for itself and are not here.
    """
    packs: dict[str, list[PaymentWorth]] = {}
    cycles: dict[str, list[PaymentWorth]] = {}
    for worth in sorted(worths.values(), key=lambda worth: (worth.paid_at, worth.id)):
        if worth.counts and worth.role == "pack" and worth.order is not None:
            packs.setdefault(worth.order, []).append(worth)
        if worth.counts and worth.role == "cycle" and worth.subscription is not None:
            cycles.setdefault(worth.subscription, []).append(worth)
    things = [
        Thing(facts.orders[order].account, tuple(payments), payments[0].paid_at, order=order)
        for order, payments in packs.items()
    ]
    for subscription, payments in cycles.items():
        things.extend(_periods(facts, subscription, payments))
    return things


def subscription_end(facts: Facts, subscription: str) -> int | None:
    """Tell when a subscription ended, if its newest state says so.

    Returns
    -------
    int or None
        The moment of its end; None while it lives.
    """
    newest = facts.newest.get(subscription)
    if newest is None or newest.state.status not in ENDED:
        return None
    return newest.at if newest.state.ended_at is None else newest.state.ended_at


def offer_end(facts: Facts, order: Order) -> int:
    """Tell when an order's offer ends or ended.

    Returns
    -------
    int
        The end set at its opening, or an earlier one.
    """
    ended = facts.ends.get(order.id)
    return order.offer_end if ended is None else min(order.offer_end, ended.at)


def accepted_late(facts: Facts, subscription: str) -> bool:
    """Tell whether a subscription's order had ended before the customer accepted it.

    Returns
    -------
    bool
        False while its order or its acceptance is not known.
    """
    link = facts.links.get(subscription)
    order = facts.orders.get(link.order) if link is not None else None
    accepted = _acceptances(facts).get(subscription)
    return order is not None and accepted is not None and accepted >= offer_end(facts, order)


def is_accepted(facts: Facts, subscription: str) -> bool:
    """Tell whether it is known that the customer accepted a subscription."""
    return subscription in _acceptances(facts)


def _acceptances(facts: Facts) -> dict[str, int]:
    """When each subscription was accepted, as far as that is known."""
    links = facts.links.values()
    return {link.subscription: at for link in links if (at := _acceptance(facts, link)) is not None}


def _acceptance(facts: Facts, link: SubscriptionLink) -> int | None:
    """Tell when a customer acted; else by when they had, which is in time unless the checkout was closed before.

    The provider closes checkouts at the end of the offer, too, so that only an act that was told can be late.
    """
    order = facts.orders.get(link.order)
    charges = [
        p for p in facts.payments.values() if p.status == "paid" and _subscription(facts, p) == link.subscription
    ]
    acts = [charge.acted_at for charge in charges] if order is not None and not order.trial_days else []
    told = [at for at in (link.accepted_at, *acts) if at is not None]
    running = [
        seen.at
        for seen in facts.seen.get(link.subscription, ())
        if seen.state.status in {"trialing", "active", "past_due"}
    ]
    known = told + running + [charge.paid_at for charge in charges if charge.paid_at is not None]
    if not known or order is None:
        return min(known, default=None)
    ended = facts.ends.get(order.id)
    is_closed = ended is not None and ended.closed_at_provider and ended.at <= min(known)
    if min(known) >= offer_end(facts, order) and not told and not is_closed:
        return offer_end(facts, order) - 1
    return min(known)


def _subscription(facts: Facts, payment: Payment) -> str | None:
    purpose = facts.purposes.get(payment.id)
    return payment.subscription or (purpose.subscription if purpose is not None else None)


def _payment_worth(facts: Facts, payment: Payment, accepted: Mapping[str, int]) -> PaymentWorth | None:
    if payment.status != "paid" or payment.amount is None or payment.currency is None or payment.paid_at is None:
        return None
    subscription = _subscription(facts, payment)
    link = facts.links.get(subscription or "")
    order = facts.orders.get(link.order if link is not None else payment.order or "")
    purpose = facts.purposes.get(payment.id)
    # A charge waits for the first state of its subscription.
    is_seen = subscription is None or subscription in facts.newest
    role = _role(facts, payment, purpose, order) if is_seen else None
    names = {payment.id, payment.intent}
    refunds = [r for r in facts.refunds.values() if r.payment in names]
    disputes = [d for d in facts.disputes.values() if d.payment in names]
    ours = [d for d in disputes if d.currency == payment.currency]
    acted_at = payment.paid_at if payment.acted_at is None else min(payment.acted_at, payment.paid_at)
    return PaymentWorth(
        id=payment.id,
        amount=payment.amount,
        currency=payment.currency,
        acted_at=acted_at,
        paid_at=payment.paid_at,
        refunded=sum(r.amount for r in refunds if r.status == "processed" and r.currency == payment.currency),
        lost=sum(d.counted for d in ours if d.status == "lost"),
        disputed=sum(d.counted for d in ours if d.status == "open"),
        dispute=_dispute_state(ours),
        foreign_returns=tuple(
            sorted(
                [r.id for r in refunds if r.currency != payment.currency and r.status == "processed"]
                + [d.id for d in disputes if d.currency != payment.currency and d.status in {"open", "lost"}],
            ),
        ),
        account=order.account if order is not None else None,
        order=order.id if order is not None else None,
        subscription=subscription,
        role=role,
        defects=_defects(facts, payment, order, purpose, accepted.get(subscription or "", acted_at))
        if order is not None
        else (),
    )


def _dispute_state(disputes: Iterable[Dispute]) -> Literal["none", "open", "won", "closed", "lost"]:
    states = {dispute.status for dispute in disputes}
    for state in ("open", "lost", "won", "closed"):
        if state in states:
            return state
    return "none"


def _role(facts: Facts, payment: Payment, purpose: Purpose | None, order: Order | None) -> Role | None:
    """What the payment paid for; None while that is not known."""
    if order is None:
        return None
    if _subscription(facts, payment) is None:
        return "pack" if order.price is None else None
    return None if purpose is None else _role_on_subscription(facts, payment, purpose, order)


def _role_on_subscription(facts: Facts, payment: Payment, purpose: Purpose, order: Order) -> Role | None:
    if purpose.kind == "upgrade":
        return "upgrade"
    if purpose.kind == "unknown" or purpose.price is None:
        return None
    if order.provider == "razorpay" and not _is_cycle_amount(facts, payment, purpose, order):
        return "upgrade"
    return "cycle" if purpose.period_start is not None and purpose.period_end is not None else None


def _is_cycle_amount(facts: Facts, payment: Payment, purpose: Purpose, order: Order) -> bool:
    """The price, or what the order's code leaves of it: for ever, or in the first period."""
    price, discount = purpose.price, order.discount
    if price is None or payment.amount == price.amount:
        return price is not None
    if discount is None or payment.amount != price.amount - discount.off(price):
        return False
    earlier = [
        own
        for own in facts.purposes.values()
        if own.subscription == purpose.subscription
        and facts.payments[own.payment].status == "paid"
        and (own.period_end or 0) < (purpose.period_end or 0) - DAY
    ]
    return discount.forever or not earlier


def _defects(
    facts: Facts,
    payment: Payment,
    order: Order,
    purpose: Purpose | None,
    accepted_at: int,
) -> tuple[str, ...]:
    """Every reason for which a payment is worth nothing."""
    paid_at = payment.paid_at or 0
    subscription = _subscription(facts, payment)
    erased = facts.erased.get(order.account)
    role = _role(facts, payment, purpose, order)
    ended = subscription_end(facts, subscription) if subscription is not None else None
    wrong_amount = role == "pack" and payment.amount != order.amount
    if role == "cycle" and purpose is not None and purpose.price is not None:
        wrong_amount = not _is_cycle_amount(facts, payment, purpose, order)
    starts = purpose.period_start if purpose is not None and role == "cycle" else None
    reasons = {
        "wrong_amount": wrong_amount,
        "wrong_currency": payment.currency != order.currency,
        "wrong_account": payment.provider_account != order.provider_account,
        "late_payment": accepted_at >= offer_end(facts, order),
        "no_account": erased is not None and erased.at <= paid_at,
        "paid_after_end": ended is not None and (paid_at > ended or (starts is not None and starts >= ended)),
        "unknown_purpose": purpose is not None and purpose.kind == "unknown",
    }
    return tuple(code for code, holds in reasons.items() if holds)


def _periods(facts: Facts, subscription: str, payments: Sequence[PaymentWorth]) -> list[Thing]:
    """Charges whose periods end less than a day apart paid for one period; the first paid names it."""
    by_end = sorted(payments, key=lambda payment: (_period(facts, payment)[1], payment.paid_at, payment.id))
    groups: list[list[PaymentWorth]] = []
    for payment in by_end:
        if groups and _period(facts, payment)[1] - _period(facts, groups[-1][0])[1] < DAY:
            groups[-1].append(payment)
        else:
            groups.append([payment])
    things = []
    for group in groups:
        first = min(group, key=lambda payment: (payment.paid_at, payment.id))
        start, end = _period(facts, first)
        link = facts.links[subscription]
        things.append(
            Thing(
                account=facts.orders[link.order].account,
                payments=tuple(group),
                paid_at=first.paid_at,
                order=link.order,
                subscription=subscription,
                price=facts.purposes[first.id].price,
                start=start,
                end=end,
            ),
        )
    return things


def _period(facts: Facts, payment: PaymentWorth) -> tuple[int, int]:
    purpose = facts.purposes[payment.id]
    return purpose.period_start or 0, purpose.period_end or 0
