"""What must hold of every history, shown on random ones."""

from __future__ import annotations

import random
from dataclasses import replace
from functools import lru_cache
from typing import Literal

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.books.catalogue import DEFAULT_PLAN
from tests.books.derivation import State, derive
from tests.books.facts import DAY, DisputeStatus, Facts, Refund, Report, Spend
from tests.books.histories import History, history
from tests.books.mailboxes import accounts_of_customer, heirs
from tests.books.merging import merge
from tests.books.steps import timeline

# Few enough that the properties share most histories, which are the costly part.
seeds = st.integers(0, 299)
property_of_histories = settings(max_examples=30, deadline=None)


@lru_cache(maxsize=512)
def written(seed: int) -> History:
    return history(random.Random(seed))


@lru_cache(maxsize=512)
def final(seed: int) -> tuple[History, Facts, State]:
    own = written(seed)
    facts = merge(own.reports)
    return own, facts, derive(facts, own.now)


def figures(state: State) -> dict[str, tuple[int, int, int, int]]:
    return {name: (own.balance, own.reserved, own.debt, own.frozen) for name, own in state.accounts.items()}


@given(seeds)
@property_of_histories
def test_one_seed_writes_one_history(seed: int) -> None:
    assert history(random.Random(seed)) == history(random.Random(seed))


@given(seeds, st.randoms(use_true_random=False))
@property_of_histories
def test_order_and_number_of_reports_never_matter(seed: int, rng: random.Random) -> None:
    own, facts, state = final(seed)
    reports = [*own.reports, *rng.choices(own.reports, k=20)]
    rng.shuffle(reports)
    assert merge(reports) == facts
    assert derive(merge(reports), own.now) == state


@given(seeds)
@property_of_histories
def test_at_every_moment_the_figures_are_sound(seed: int) -> None:
    moments = timeline(written(seed).steps)
    for index in range(0, len(moments), 4):
        reports = [moment.report for moment in moments[: index + 1]]
        state = derive(merge(reports), moments[index].now)
        for account in state.accounts.values():
            assert not (account.balance and account.debt)
            assert min(account.balance, account.reserved, account.debt, account.frozen, account.carried_debt) >= 0
            assert sum(own.free for own in account.lots) == account.balance + account.frozen
            for own in account.lots:
                assert own.lot.units >= own.lot.worth >= own.lot.worth_if_lost >= 0
                assert own.used + own.expired + own.free == own.lot.worth
                assert min(own.used, own.expired, own.free, own.spendable) >= 0
        for worth in state.payments.values():
            assert 0 <= worth.k_if_lost <= worth.k <= 1
            assert min(worth.refunded, worth.lost, worth.disputed) >= 0
        for entry in state.entries:
            assert entry.amount >= 0


@given(seeds)
@property_of_histories
def test_every_spent_unit_is_paid_by_a_lot_or_owed(seed: int) -> None:
    _, facts, state = final(seed)
    for name, account in state.accounts.items():
        spent = account.carried_debt + sum(own.units for own in facts.deductions if own.account == name)
        for spend in facts.spends:
            counts = spend.state == "committed" or (spend.state == "open" and not account.closed)
            spent += spend.units if spend.account == name and counts else 0
        assert sum(own.used for own in account.lots) + account.debt == spent
        worth, expired = (sum(own.lot.worth for own in account.lots), sum(own.expired for own in account.lots))
        assert account.balance + account.frozen - account.debt == worth - expired - spent
        assert account.ledger + account.frozen == worth - expired - (spent - account.reserved)


@given(seeds)
@property_of_histories
def test_money_returned_in_full_leaves_no_credit_and_no_plan(seed: int) -> None:
    own, facts, state = final(seed)
    returns = [
        Report(Refund(f"all-of-{payment.id}", payment.id, "processed", payment.amount, payment.currency), own.now)
        for payment in state.payments.values()
    ]
    after = derive(merge([*own.reports, *returns]), own.now)
    for account in after.accounts.values():
        bought = [lot for lot in account.lots if lot.lot.key.startswith(("pack:", "month:", "upgrade:"))]
        assert all(lot.lot.worth == 0 for lot in bought)
        if account.plan != DEFAULT_PLAN:
            # Only a trial, or the grace after it, is entitled without money.
            assert any(seen.state.trial_end is not None for states in facts.seen.values() for seen in states)


@given(seeds, st.randoms(use_true_random=False))
@property_of_histories
def test_a_further_refund_never_raises_a_balance_or_lowers_a_debt(seed: int, rng: random.Random) -> None:
    own, _, before = final(seed)
    if not before.payments:
        return
    payment = rng.choice(list(before.payments.values()))
    amount = rng.randint(0, payment.amount)
    refund = Report(Refund("one-more", payment.id, "processed", amount, payment.currency), own.now)
    after = derive(merge([*own.reports, refund]), own.now)
    for name, account in after.accounts.items():
        if account.carried_debt == before.accounts[name].carried_debt:
            assert account.balance <= before.accounts[name].balance
            assert account.debt >= before.accounts[name].debt


@given(seeds)
@property_of_histories
def test_giving_back_a_surplus_changes_no_credits(seed: int) -> None:
    own, _, before = final(seed)
    returns = [
        Report(Refund(f"surplus-{index}", thing.payments[0].id, "processed", back, thing.payments[0].currency), own.now)
        for index, thing in enumerate(before.things)
        if (back := min(thing.surplus, thing.payments[0].kept_if_lost)) > 0
        and all(payment.disputed == 0 for payment in thing.payments)
    ]
    after = derive(merge([*own.reports, *returns]), own.now)
    assert figures(after) == figures(before)


def with_holds(reports: list[Report], state: Literal["open", "committed", "released"]) -> list[Report]:
    """The same reports with every hold ended in one way."""
    return [
        replace(report, fact=replace(report.fact, state=state)) if isinstance(report.fact, Spend) else report
        for report in reports
    ]


@given(seeds)
@property_of_histories
def test_released_holds_leave_no_trace(seed: int) -> None:
    own = written(seed)
    released = derive(merge(with_holds(own.reports, "released")), own.now)
    never = derive(merge(report for report in own.reports if not isinstance(report.fact, Spend)), own.now)
    assert released == never


@given(seeds)
@property_of_histories
def test_an_open_hold_weighs_what_a_commit_will(seed: int) -> None:
    own = written(seed)
    held = derive(merge(with_holds(own.reports, "open")), own.now)
    committed = derive(merge(with_holds(own.reports, "committed")), own.now)
    for name, account in held.accounts.items():
        if account.closed or account.carried_debt != committed.accounts[name].carried_debt:
            continue
        assert account.lots == committed.accounts[name].lots
        assert (account.balance, account.debt) == (committed.accounts[name].balance, committed.accounts[name].debt)


def with_open_disputes(reports: list[Report], facts: Facts, status: DisputeStatus, now: int) -> list[Report]:
    ended = [
        Report(replace(dispute, status=status), now) for dispute in facts.disputes.values() if dispute.status == "open"
    ]
    return [*reports, *ended]


@given(seeds)
@property_of_histories
def test_a_dispute_that_is_won_thaws_what_was_frozen(seed: int) -> None:
    own, facts, state = final(seed)
    won = derive(merge(with_open_disputes(own.reports, facts, "won", own.now)), own.now)
    for name, account in state.accounts.items():
        after = won.accounts[name]
        assert (after.balance, after.frozen, after.debt) == (account.balance + account.frozen, 0, account.debt)


@given(seeds)
@property_of_histories
def test_a_dispute_that_is_lost_leaves_what_could_be_spent(seed: int) -> None:
    own, facts, state = final(seed)
    lost = derive(merge(with_open_disputes(own.reports, facts, "lost", own.now)), own.now)
    for name, account in state.accounts.items():
        after = lost.accounts[name]
        if after.carried_debt == account.carried_debt:
            assert (after.balance, after.frozen) == (account.balance, 0)
            assert after.debt >= account.debt


@given(seeds)
@property_of_histories
def test_a_mailbox_is_welcomed_once_and_its_debt_is_carried_once(seed: int) -> None:
    own, facts, state = final(seed)
    welcomed = [
        name for name, account in state.accounts.items() if any(own.lot.key == "welcome" for own in account.lots)
    ]
    assert len(welcomed) <= len({fact.mailbox for fact in facts.mailboxes if fact.account in welcomed})
    for name, account in state.accounts.items():
        closed = [other for other in accounts_of_customer(facts, name) - {name} if state.accounts[other].closed]
        assert account.carried_debt <= sum(state.accounts[other].debt for other in closed)
    # Each debt of an erased account is carried once, or waits for its mailbox.
    owed = sum(account.debt for account in state.accounts.values() if account.closed)
    waiting = sum(
        account.debt for name, account in state.accounts.items() if account.closed and name not in heirs(facts, own.now)
    )
    assert sum(account.carried_debt for account in state.accounts.values()) == owed - waiting


@given(seeds)
@property_of_histories
def test_a_closed_account_has_nothing_left_to_spend(seed: int) -> None:
    _, _, state = final(seed)
    for account in state.accounts.values():
        if account.closed:
            assert (account.balance, account.reserved, account.frozen, account.plan) == (0, 0, 0, DEFAULT_PLAN)


@given(seeds)
@property_of_histories
def test_every_payment_knows_what_was_returned_of_it(seed: int) -> None:
    _, facts, state = final(seed)
    for payment in state.payments.values():
        refunds = [own for own in facts.refunds.values() if own.payment == payment.id and own.status == "processed"]
        assert payment.refunded == sum(own.amount for own in refunds if own.currency == payment.currency)
        losses = [own for own in facts.disputes.values() if own.payment == payment.id and own.status == "lost"]
        assert payment.lost == sum(own.counted for own in losses)


@given(seeds)
@property_of_histories
def test_nothing_on_the_list_has_granted_anything(seed: int) -> None:
    _, _, state = final(seed)
    worthless = {payment.id for payment in state.payments.values() if payment.defects}
    for account in state.accounts.values():
        assert not [own for own in account.lots if own.lot.cause in worthless]


@given(seeds)
@property_of_histories
def test_without_further_money_every_plan_ends(seed: int) -> None:
    own, facts, _ = final(seed)
    later = derive(facts, own.now + 3 * 366 * DAY)
    assert {account.plan for account in later.accounts.values()} <= {DEFAULT_PLAN}


def test_the_histories_show_what_they_are_for() -> None:
    """Histories without debt, frozen units or upgrades would prove nothing about them."""
    states = [final(seed)[2] for seed in range(150)]
    accounts = [account for state in states for account in state.accounts.values()]
    assert sum(account.debt > 0 for account in accounts) >= 10
    assert sum(account.frozen > 0 for account in accounts) >= 10
    assert sum(account.reserved > 0 for account in accounts) >= 10
    assert sum(account.carried_debt > 0 for account in accounts) >= 1
    assert sum(own.expired > 0 for account in accounts for own in account.lots) >= 10
    upgrades = [own for account in accounts for own in account.lots if own.lot.key.startswith("upgrade:")]
    assert sum(own.lot.worth > 0 for own in upgrades) >= 10
    codes = {code for state in states for code in state.codes()}
    assert codes >= {
        "late_payment",
        "surplus_payment",
        "wrong_amount",
        "wrong_currency",
        "wrong_account",
        "over_returned",
        "refund_currency",
        "returned_and_running",
        "two_live",
    }
