"""`derive`: from facts and a moment to balances, lots, entitlement and the list for a person.

The contract is `books.md`; this is its executable reading, written without looking at the database. It calls
`worth` (§2), `lots` and `upgrades` (§3.1), `play` (§3.2) and `entitlement` (§5), and adds mailbox debt (§7) and
the list (§8). Pure: the same facts and the same moment give an equal `State`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tests.books.catalogue import DEFAULT_PLAN
from tests.books.entitlement import (
    entitlement_of,
    is_live,
    returned_and_running,
    subscriptions_of,
    trial_mismatch,
)
from tests.books.lots import lots_of
from tests.books.mailboxes import NEVER, heirs
from tests.books.play import play
from tests.books.upgrades import unplaced_upgrades, upgrades_of
from tests.books.worth import ENDED, accepted_late, is_accepted, payment_worths, subscription_end, things_sold

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from tests.books.facts import Facts
    from tests.books.play import Lot
    from tests.books.upgrades import Upgrade
    from tests.books.worth import PaymentWorth, Thing


@dataclass(frozen=True)
class LotPosition:
    """A lot and where its units are; `free` counts open disputes as won, `spendable` as lost."""

    lot: Lot
    used: int
    expired: int
    free: int
    spendable: int


@dataclass(frozen=True)
class AccountState:
    """What an account owns, owes and is entitled to."""

    account: str
    closed: bool
    balance: int
    reserved: int
    debt: int
    frozen: int
    carried_debt: int
    lots: tuple[LotPosition, ...]
    plan: str
    plan_until: int | None

    @property
    def ledger(self) -> int:
        """The sum of the account's ledger; frozen units are booked out while a dispute is open."""
        return self.balance + self.reserved - self.debt


@dataclass(frozen=True, order=True)
class Entry:
    """An entry of the list for a person; `amount` is money where the code is about money."""

    code: str
    subject: str
    account: str = ""
    amount: int = 0


@dataclass(frozen=True)
class State:
    """Everything that follows from the facts at one moment."""

    accounts: Mapping[str, AccountState]
    payments: Mapping[str, PaymentWorth]
    things: tuple[Thing, ...]
    mailbox_debts: Mapping[str, int]
    entries: tuple[Entry, ...]

    def codes(self, account: str | None = None) -> list[str]:
        """List the codes of the open entries.

        Returns
        -------
        list
            In order, of one account if one is named.
        """
        return [entry.code for entry in self.entries if account is None or entry.account == account]


def derive(facts: Facts, now: int) -> State:
    """Derive the state of all accounts.

    Parameters
    ----------
    facts
        What is known.
    now
        Our clock.

    Returns
    -------
    State
        Accounts, payments, mailbox debts and the list.
    """
    worths = payment_worths(facts)
    things = things_sold(facts, worths)
    accounts: dict[str, AccountState] = {}
    mailbox_debts: dict[str, int] = {}
    carriers = heirs(facts, now)
    for account in _accounts(facts):
        carried = [(at, accounts[name].debt) for name, (heir, at) in carriers.items() if heir == account]
        state = _account(facts, account, carried, things, worths, now)
        accounts[account] = state
        if state.closed and account not in carriers:
            for fact in facts.mailboxes:
                if fact.account == account:
                    mailbox_debts[fact.mailbox] = mailbox_debts.get(fact.mailbox, 0) + state.debt
    entries = _entries(facts, things, worths, now)
    return State(
        accounts=accounts,
        payments=worths,
        things=tuple(things),
        mailbox_debts=mailbox_debts,
        entries=tuple(
            sorted(entry for entry in entries if (entry.code, entry.subject, entry.amount) not in facts.closed_entries),
        ),
    )


def _accounts(facts: Facts) -> list[str]:
    """All accounts, each after those that were erased before it, whose debt it may carry."""
    names = {order.account for order in facts.orders.values()}
    names.update((fact.account for fact in facts.mailboxes), facts.welcomes, facts.erased, facts.erasures_due)
    for given in (facts.spends, facts.deductions, facts.adjustments, facts.promos):
        names.update(fact.account for fact in given)
    erased = {account: own.at for account, own in facts.erased.items()}
    return sorted(names, key=lambda account: (erased.get(account, NEVER), account))


def _account(
    facts: Facts,
    account: str,
    carried: Sequence[tuple[int, int]],
    things: Sequence[Thing],
    worths: Mapping[str, PaymentWorth],
    now: int,
) -> AccountState:
    erased = facts.erased.get(account)
    closed_at = erased.at if erased is not None and erased.at <= now else None
    lots = lots_of(facts, account, things, worths, now)
    uses = [spend for spend in facts.spends if spend.account == account and spend.state != "released"]
    if closed_at is not None:
        uses = [spend for spend in uses if spend.state == "committed"]
    spends = [(spend.at, spend.units) for spend in uses]
    spends.extend((taken.at, taken.units) for taken in facts.deductions if taken.account == account)
    spends.extend(carried)
    owed = play(lots, spends, lambda lot: lot.worth, now, closed_at)
    spendable = play(lots, spends, lambda lot: lot.worth_if_lost, now, closed_at)
    balance = sum(spendable.free.values())
    entitled = entitlement_of(facts, account, things, now) if closed_at is None else None
    return AccountState(
        account=account,
        closed=closed_at is not None,
        balance=balance,
        reserved=sum(spend.units for spend in uses if spend.state == "open"),
        debt=owed.unmet,
        frozen=sum(owed.free.values()) - balance,
        carried_debt=sum(units for _, units in carried),
        lots=tuple(
            LotPosition(lot, owed.used[lot.key], owed.expired[lot.key], owed.free[lot.key], spendable.free[lot.key])
            for lot in lots
        ),
        plan=entitled.price.plan if entitled is not None else DEFAULT_PLAN,
        plan_until=entitled.until if entitled is not None else None,
    )


def _entries(
    facts: Facts,
    things: Sequence[Thing],
    worths: Mapping[str, PaymentWorth],
    now: int,
) -> Iterable[Entry]:
    for worth in worths.values():
        yield from _payment_entries(worth)
    for thing in things:
        if thing.surplus:
            subject = thing.order if thing.subscription is None else f"{thing.subscription}:{thing.end}"
            yield Entry("surplus_payment", subject or "", thing.account, thing.surplus)
    for account in _accounts(facts):
        yield from _account_entries(facts, account, things, worths, now)
    for subject in facts.contradictions:
        yield Entry("contradiction", subject)


def _payment_entries(worth: PaymentWorth) -> Iterable[Entry]:
    account = worth.account or ""
    if worth.kept > 0:
        for code in worth.defects:
            yield Entry(code, worth.id, account, worth.kept)
    returned = worth.refunded + worth.lost
    if returned > worth.amount:
        yield Entry("over_returned", worth.id, account, returned - worth.amount)
    for subject in worth.foreign_returns:
        yield Entry("refund_currency", subject, account)


def _account_entries(
    facts: Facts,
    account: str,
    things: Sequence[Thing],
    worths: Mapping[str, PaymentWorth],
    now: int,
) -> Iterable[Entry]:
    subscriptions = subscriptions_of(facts, account)
    if sum(is_live(facts, subscription) for subscription in subscriptions) > 1:
        yield Entry("two_live", account, account)
    for subscription in subscriptions:
        yield from _subscription_entries(facts, account, subscription, things, worths, now)
    due = facts.erasures_due.get(account)
    if due is not None and due.at <= now and account not in facts.erased:
        for subscription in unended(facts, account):
            yield Entry("erasure_waits", subscription, account)


def _subscription_entries(
    facts: Facts,
    account: str,
    subscription: str,
    things: Sequence[Thing],
    worths: Mapping[str, PaymentWorth],
    now: int,
) -> Iterable[Entry]:
    periods = [thing for thing in things if thing.subscription == subscription]
    if returned_and_running(facts, subscription, periods):
        yield Entry("returned_and_running", subscription, account)
    if trial_mismatch(facts, subscription):
        yield Entry("trial_mismatch", subscription, account)
    for charge in unplaced_upgrades(facts, subscription, periods, worths, now):
        if charge.kept:
            yield Entry("unplaced_upgrade", charge.id, account, charge.kept)
    upgrades = upgrades_of(facts, subscription, periods, worths)
    for charge in _kept_without_their_period(upgrades, periods):
        yield Entry("upgrade_of_returned_period", charge.id, account, charge.kept)
    newest = facts.newest.get(subscription)
    if newest is not None and newest.state.status in ENDED:
        yield from _ended_though_paid(facts, account, subscription, periods, now)
    if newest is None or newest.state.status in ENDED:
        return
    kept = any(own.subscription == subscription and own.kept for own in worths.values())
    if accepted_late(facts, subscription) and not kept:
        yield Entry("late_payment", subscription, account)
    for payment in _returned_upgrades(upgrades, newest.state.price.plan, now):
        yield Entry("returned_upgrade", payment, account)


def _kept_without_their_period(upgrades: Sequence[Upgrade], periods: Sequence[Thing]) -> Iterable[PaymentWorth]:
    """Upgrade charges of which money is kept, though nothing is of the period that they are in."""
    for upgrade in upgrades:
        at = upgrade.charge.paid_at
        if upgrade.charge.kept and not any(period.k > 0 and period.start <= at < period.end for period in periods):
            yield upgrade.charge


def _ended_though_paid(
    facts: Facts, account: str, subscription: str, periods: Sequence[Thing], now: int
) -> Iterable[Entry]:
    """Payments of a period that is not over, whose money came back to us after their subscription was ended for its return."""
    came_back = {refund.payment for refund in facts.refunds.values() if refund.status == "failed"}
    came_back |= {dispute.payment for dispute in facts.disputes.values() if dispute.status in {"won", "closed"}}
    ended_at = subscription_end(facts, subscription)
    for period in periods:
        for payment in period.payments:
            cut_short = now < period.end and ended_at is not None and ended_at < period.end
            names = {payment.id, facts.payments[payment.id].intent}
            if payment.kept and names & came_back and cut_short:
                yield Entry("ended_though_paid", payment.id, account, payment.kept)


def _returned_upgrades(upgrades: Sequence[Upgrade], plan_in_force: str, now: int) -> Iterable[str]:
    """Upgrade charges returned in full whose plan goes on in their period without a later charge for it."""
    for index, upgrade in enumerate(upgrades):
        paid_again = any(later.entered.plan == plan_in_force and later.charge.kept for later in upgrades[index + 1 :])
        runs = upgrade.entered.plan == plan_in_force and now < upgrade.period.end
        if upgrade.charge.kept == 0 and runs and not paid_again:
            yield upgrade.charge.id


def unended(facts: Facts, account: str) -> list[str]:
    """List the subscriptions that must be cancelled before the account may be erased.

    Returns
    -------
    list
        Those whose newest state is no end, and those that were accepted and of which no state is known.
    """
    return [subscription for subscription in subscriptions_of(facts, account) if _may_be_charged(facts, subscription)]


def _may_be_charged(facts: Facts, subscription: str) -> bool:
    newest = facts.newest.get(subscription)
    if newest is not None:
        return newest.state.status not in ENDED
    return is_accepted(facts, subscription) and not accepted_late(facts, subscription)
