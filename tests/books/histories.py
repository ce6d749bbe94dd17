"""Random histories of an account or two, for the model and for whatever is to agree with it.

`history(rng)` writes one; the same seed writes the same. The steps have the format of `steps.py`.
`timeline(history.steps)` is what a driver delivers, `history.now` a moment after everything has arrived.

What a driver may rely on:

- steps share a second only where they belong together: a use and its commit, a charge and the state it makes;
- a hold, a use or a deduction is never more than the model's balance of what had arrived by then;
- an account is erased only when a state that has arrived shows the end of each of its subscriptions;
- holds stay open for any time, so holds must not end by themselves; uses are paid with credits, never by a plan.

Who compares after each delivery compares with `derive(merge(everything delivered so far), now)`.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from tests.books import catalogue
from tests.books.derivation import unended
from tests.books.facts import DAY, Dispute, Payment, Refund, Report, SubscriptionState
from tests.books.lots import months_before
from tests.books.merging import identity, merge
from tests.books.steps import Arrival, Step, timeline
from tests.books.story import Story
from tests.books.world import MONTHLY, PRO, YEARLY, Subscription, World, siblings

if TYPE_CHECKING:
    from collections.abc import Callable
    from random import Random

    from tests.books.facts import DisputeStatus, Provider, RefundStatus

_STATUSES: dict[type, tuple[Any, ...]] = {
    Refund: ("pending", "processed", "failed"),
    Dispute: ("open", "won", "lost", "closed"),
    SubscriptionState: ("trialing", "active", "past_due", "unpaid", "halted", "canceled"),
}


@dataclass(frozen=True)
class History:
    """A finished history: its steps, and a moment after the last of them has arrived."""

    steps: tuple[Step, ...]
    now: int

    @property
    def reports(self) -> list[Report]:
        return [moment.report for moment in timeline(self.steps)]


def history(rng: Random, length: int = 30) -> History:
    """Write a random history.

    Parameters
    ----------
    rng
        The only source of chance.
    length
        How many things happen, renewals not counted.

    Returns
    -------
    History
        Its steps, with reports that arrive late, more than once and in any order.
    """
    world = World(rng, Story(deliver=lambda report: _arrivals(rng, report)))
    for account in ("ann", "ben")[: rng.choice((1, 1, 2))]:
        world.story.sign_up(account, world.tick(), mailbox=f"{account}@", welcome=rng.random() < 0.7)
        world.accounts.append(account)
    actions, weights = zip(*_ACTIONS, strict=True)
    if rng.random() < 0.3:
        # Short histories see few erasures otherwise.
        weights = tuple(
            weight * (8 if action in {_erase, _move, _hold, _buy_pack} else 1) for action, weight in _ACTIONS
        )
    for _ in range(length):
        world.tick()
        rng.choices(actions, weights)[0](world)
    arrived = max(moment.now for moment in timeline(world.story.steps))
    return History(tuple(world.story.steps), max(arrived, world.now) + rng.choice((1, 40 * DAY)))


def _arrivals(rng: Random, report: Report) -> list[Arrival]:
    """Mostly at once, sometimes weeks late, one in four more than once, seldom fetched as well."""
    times = rng.choices((1, 2, 3), (75, 20, 5))[0]
    waits = ((0, 60), (3_600, 20), (5 * DAY, 15), (40 * DAY, 5))
    longest = rng.choices([wait for wait, _ in waits], [weight for _, weight in waits], k=times)
    arrivals = [Arrival(report.told_at + rng.randint(0, wait), report) for wait in longest]
    if rng.random() < 0.1:
        arrivals.append(Arrival(report.told_at, Report(report.fact, report.told_at, "fetched")))
    return arrivals


def _buy_pack(world: World) -> None:
    pack = world.rng.choice(list(catalogue.PACKS))
    account = world.rng.choice(world.accounts)
    amount = catalogue.PACKS[pack][1]
    provider: Provider = world.rng.choice(("razorpay", "stripe"))
    order = world.story.order_pack(account, pack, world.now, provider=provider)
    world.orders.append((order, amount))
    if world.rng.random() < 0.85:
        _pay(world, order, account, amount)


def _pay(world: World, order: str, account: str, amount: int) -> None:
    """Pay an order: as asked, or seldom in another amount, currency or merchant account."""
    slip = world.rng.random()
    currency = "USD" if slip < 0.04 else "INR"
    paid = amount - 100 if 0.04 <= slip < 0.08 else amount
    merchant = "other" if 0.08 <= slip < 0.1 else "main"
    world.now += world.rng.choice((1, 60, 3_600, 3_600, 2 * DAY))
    payment = world.story.pay(order, world.now, paid, currency=currency, provider_account=merchant)
    world.take(payment, account, paid, currency)


def _pay_again(world: World) -> None:
    if world.orders:
        order, amount = world.rng.choice(world.orders)
        _pay(world, order, world.accounts[0], amount)


def _end_offer(world: World) -> None:
    if world.orders:
        order, _ = world.rng.choice(world.orders)
        world.story.end_offer(order, world.now)


def _contradict(world: World) -> None:
    """A provider tells another amount of a payment than before."""
    paid = [
        report.fact
        for report in world.story.reports
        if isinstance(report.fact, Payment) and report.fact.subscription is None and report.fact.amount is not None
    ]
    if paid:
        payment = world.rng.choice(paid)
        world.story.tell(world.now, "contradicted", replace(payment, amount=(payment.amount or 0) + 1))


def _ask(world: World) -> None:
    """We ask a provider about something: it answers what it told last."""
    told = {identity(fact): fact for step in world.story.steps for fact in _told(step)}
    if told:
        answer = Report(world.rng.choice(list(told.values())), world.now, "fetched")
        world.story.steps.append(Step(world.now, "asked", arrivals=(Arrival(world.now, answer),)))


def _tell_otherwise(world: World) -> None:
    """A provider tells another status of a second that it told of before."""
    told = [arrival.report for step in world.story.steps if _told(step) for arrival in step.arrivals]
    if not told:
        return
    report = world.rng.choice(told)
    status = world.rng.choice(_STATUSES[type(report.fact)])
    other = Report(replace(report.fact, status=status), report.told_at)
    arrival = Arrival(world.now + world.rng.randint(0, DAY), other)
    world.story.steps.append(Step(world.now, "told_otherwise", arrivals=(arrival,)))


def _told(step: Step) -> list[Refund | Dispute | SubscriptionState]:
    facts = [arrival.report.fact for arrival in step.arrivals]
    return [fact for fact in facts if isinstance(fact, Refund | Dispute | SubscriptionState)]


def _subscribe(world: World) -> None:
    account = world.rng.choice(world.accounts)
    if sum(not own.ended for own in world.subscriptions.values() if own.account == account) > world.rng.choice(
        (0, 0, 1)
    ):
        return
    price = world.rng.choice((*MONTHLY, *YEARLY, *MONTHLY, *YEARLY, *PRO))
    provider: Provider = world.rng.choice(("razorpay", "stripe"))
    trial = price.trial_days > 0 and world.rng.random() < 0.5
    name = world.story.subscribe(account, price, world.now, provider=provider, trial=trial)
    start = world.now
    if trial:
        start += price.trial_days * DAY
        world.story.see(name, "trialing", price, world.now, trial_end=start)
        world.subscriptions[name] = Subscription(account, provider, price, (world.now, start))
        return
    end = months_before(start, -12 if price.interval == "year" else -1)
    world.subscriptions[name] = Subscription(account, provider, price, (start, end))
    payment = world.story.charge(name, price, (start, end), start)
    world.take(payment, account, price.amount, price.currency)
    world.story.see(name, "active", price, start)


def _upgrade(world: World) -> None:
    found = [
        (name, price) for name, own in _running(world) for price in siblings(own.price) if price.rank > own.price.rank
    ]
    if not found:
        return
    name, price = world.rng.choice(found)
    own = world.subscriptions[name]
    start, end = own.period
    amount = (price.amount - own.price.amount) * (end - world.now) // (end - start)
    if world.rng.random() < 0.2:
        amount //= 2
    if own.provider == "razorpay":
        payment = world.story.charge(name, price, own.period, world.now, amount=amount)
    else:
        payment = world.story.upgrade(name, price, amount, world.now)
    world.take(payment, own.account, amount, price.currency)
    own.price = price
    world.now += 1
    world.story.see(name, "active", price, world.now)


def _change_without_charge(world: World) -> None:
    """A plan changed at the provider's desk: up, or back down."""
    running = _running(world)
    if running:
        name, own = world.rng.choice(running)
        own.price = world.rng.choice(siblings(own.price))
        world.story.see(name, "active", own.price, world.now)


def _running(world: World) -> list[tuple[str, Subscription]]:
    return [
        (name, own)
        for name, own in world.subscriptions.items()
        if not own.ended and own.period[0] < world.now < own.period[1] and own.price not in PRO
    ]


def _cancel(world: World) -> None:
    running = [(name, own) for name, own in world.subscriptions.items() if not own.ended]
    if running:
        _end(world, *world.rng.choice(running))


def _end(world: World, name: str, own: Subscription) -> None:
    if world.rng.random() < 0.5:
        own.ends_at_period_end = True
        world.story.see(name, "active", own.price, world.now, cancel_at_period_end=True)
    else:
        own.ended = True
        world.story.see(name, "canceled", own.price, world.now, ended_at=world.now)


def _refund(world: World) -> None:
    found = [payment for payment, money in world.money.items() if money.left > 0]
    if not found:
        return
    payment = world.rng.choice(found)
    money = world.money[payment]
    amount = money.left if world.rng.random() < 0.5 else world.rng.randint(1, money.left)
    money.left -= amount
    status: RefundStatus = world.rng.choice(("pending", "processed", "processed"))
    currency = "EUR" if world.rng.random() < 0.03 else money.currency
    refund = world.story.refund(payment, amount, world.now, status=status, currency=currency)
    world.pending_refunds[refund] = (payment, amount)


def _settle_refund(world: World) -> None:
    """A pending refund is processed or fails; a processed one may fail after all."""
    if not world.pending_refunds:
        return
    refund = world.rng.choice(list(world.pending_refunds))
    payment, amount = world.pending_refunds.pop(refund)
    told = next(report.fact for report in world.story.reports if getattr(report.fact, "id", "") == refund)
    status: RefundStatus = world.rng.choice(("processed", "failed"))
    if status == "failed":
        world.money[payment].left += amount
    currency = str(getattr(told, "currency", ""))
    world.story.refund(payment, amount, world.now, status=status, name=refund, currency=currency)


def _dispute(world: World) -> None:
    if not world.money:
        return
    payment = world.rng.choice(list(world.money))
    money = world.money[payment]
    if money.amount == 0:
        return
    amount = money.amount if world.rng.random() < 0.5 else world.rng.randint(1, money.amount)
    dispute = world.story.dispute(payment, amount, world.now, currency=money.currency)
    world.open_disputes[dispute] = (payment, amount)


def _settle_dispute(world: World) -> None:
    if world.open_disputes:
        dispute = world.rng.choice(list(world.open_disputes))
        payment, amount = world.open_disputes.pop(dispute)
        status: DisputeStatus = world.rng.choice(("won", "lost", "lost", "closed"))
        deducted = world.rng.choice((0, 0, amount // 2)) if status == "lost" else 0
        currency = world.money[payment].currency
        world.story.dispute(
            payment, amount, world.now, status=status, name=dispute, currency=currency, deducted=deducted
        )


def _hold(world: World) -> None:
    account = world.rng.choice(world.accounts)
    balance = world.balance(account)
    if balance > 0:
        world.holds.append(world.story.hold(account, world.rng.randint(1, balance), world.now))


def _settle_hold(world: World) -> None:
    open_holds = [hold for hold in world.holds if hold.account in world.accounts]
    if open_holds:
        hold = world.rng.choice(open_holds)
        world.holds.remove(hold)
        settle = world.story.commit if world.rng.random() < 0.6 else world.story.release
        settle(hold, world.now)


def _use(world: World) -> None:
    account = world.rng.choice(world.accounts)
    balance = world.balance(account)
    if balance > 0:
        world.story.use(account, world.rng.choice((balance, world.rng.randint(1, balance))), world.now)


def _deduct(world: World) -> None:
    account = world.rng.choice(world.accounts)
    balance = world.balance(account)
    if balance > 0:
        world.story.deduct(account, world.rng.randint(1, balance), world.now)


def _give(world: World) -> None:
    account = world.rng.choice(world.accounts)
    units = world.rng.randint(1, 40)
    expires = world.rng.choice((None, world.now + world.rng.randint(1, 60) * DAY))
    if world.rng.random() < 0.5:
        world.story.adjust(account, units, world.now, expires=expires)
    else:
        world.story.promo(account, units, world.now, expires, world.now)


def _erase(world: World) -> None:
    """Erase an account once its end of subscriptions has arrived; its mailbox may sign up again."""
    account = world.rng.choice(world.accounts)
    world.story.ask_erasure(account, world.now)
    for name, own in world.subscriptions.items():
        if own.account == account and not own.ended:
            world.now += 1
            own.ended = True
            world.story.see(name, "canceled", own.price, world.now, ended_at=world.now)
    world.now += world.rng.choice((1, DAY))
    known = merge(moment.report for moment in timeline(world.story.steps) if moment.now <= world.now)
    if unended(known, account):
        return
    world.story.erase(account, world.now)
    world.accounts.remove(account)
    world.generation += 1
    world.tick()
    successor = f"{account}{world.generation}"
    mailboxes = [fact.mailbox for fact in known.mailboxes if fact.account == account]
    mailbox = world.rng.choice(mailboxes) if world.rng.random() < 0.8 else ""
    world.story.sign_up(successor, world.now, mailbox=mailbox)
    world.accounts.append(successor)


def _move(world: World) -> None:
    """Change an account's address: to a new mailbox, or to one that another account has or had."""
    account = world.rng.choice(world.accounts)
    known = merge(Report(fact, step.at) for step in world.story.steps for fact in step.own)
    mailbox = world.rng.choice([*(fact.mailbox for fact in known.mailboxes), f"{account}-{world.now}@"])
    world.story.confirm(account, mailbox, world.now)


_ACTIONS: tuple[tuple[Callable[[World], None], int], ...] = (
    (_buy_pack, 12),
    (_pay_again, 3),
    (_end_offer, 2),
    (_contradict, 1),
    (_ask, 3),
    (_tell_otherwise, 2),
    (_subscribe, 8),
    (_upgrade, 18),
    (_change_without_charge, 3),
    (_cancel, 3),
    (_refund, 12),
    (_settle_refund, 6),
    (_dispute, 7),
    (_settle_dispute, 6),
    (_hold, 8),
    (_settle_hold, 8),
    (_use, 16),
    (_deduct, 3),
    (_give, 4),
    (_erase, 3),
    (_move, 2),
)
