"""Which report wins (books §1), told in every order."""

from __future__ import annotations

from itertools import permutations

import pytest

from tests.books.catalogue import PRO_MONTH, TOP_MONTH
from tests.books.facts import (
    Dispute,
    DisputeStatus,
    Facts,
    Payment,
    Refund,
    RefundStatus,
    Report,
    SubscriptionState,
    SubscriptionStatus,
)
from tests.books.merging import merge


def merged(*reports: Report) -> Facts:
    """Merge in every order, each report also told twice; all must agree."""
    facts = merge(reports)
    for order in permutations(reports):
        assert merge([*order, *order]) == facts
    return facts


def refund(status: RefundStatus, told_at: int, *, fetched: bool = False, amount: int = 100) -> Report:
    return Report(Refund("r", "p", status, amount, "INR"), told_at, "fetched" if fetched else "event")


def dispute(status: DisputeStatus, told_at: int, deducted: int = 0) -> Report:
    return Report(Dispute("d", "p", status, 100, "INR", deducted), told_at)


def state(status: SubscriptionStatus, told_at: int, *, fetched: bool = False) -> Report:
    return Report(SubscriptionState("s", status, PRO_MONTH), told_at, "fetched" if fetched else "event")


@pytest.mark.parametrize(
    ("reports", "status"),
    [
        ([refund("processed", 1), refund("pending", 2)], "processed"),
        ([refund("processed", 1), refund("failed", 2)], "failed"),
        ([refund("failed", 1), refund("processed", 2)], "processed"),
        ([refund("failed", 1), refund("processed", 1)], "failed"),
        ([refund("failed", 1), refund("processed", 1, fetched=True)], "processed"),
        ([refund("failed", 1), refund("pending", 2, fetched=True)], "pending"),
        ([refund("failed", 3), refund("processed", 2, fetched=True)], "failed"),
    ],
)
def test_a_refund_ends_as_its_provider_told_last(reports: list[Report], status: RefundStatus) -> None:
    assert merged(*reports).refunds["r"].status == status


@pytest.mark.parametrize(
    ("reports", "counted"),
    [
        ([dispute("lost", 1), dispute("open", 2)], ("lost", 100)),
        ([dispute("lost", 1), dispute("won", 2)], ("won", 100)),
        ([dispute("lost", 1), dispute("won", 1)], ("lost", 100)),
        ([dispute("open", 1), dispute("lost", 2, 40)], ("lost", 40)),
    ],
)
def test_a_dispute_ends_as_its_provider_told_last(reports: list[Report], counted: tuple[DisputeStatus, int]) -> None:
    own = merged(*reports).disputes["d"]
    assert (own.status, own.counted) == counted


@pytest.mark.parametrize(
    ("reports", "status"),
    [
        ([state("active", 1), state("past_due", 2), state("active", 3)], "active"),
        ([state("active", 1), state("canceled", 1)], "canceled"),
        ([state("canceled", 1), state("active", 1, fetched=True)], "active"),
        ([state("trialing", 5, fetched=True), state("active", 4)], "trialing"),
    ],
)
def test_a_subscription_is_in_its_latest_state(reports: list[Report], status: SubscriptionStatus) -> None:
    assert merged(*reports).newest["s"].state.status == status


def test_an_older_state_still_tells_the_plan_of_its_time() -> None:
    older = Report(SubscriptionState("s", "active", TOP_MONTH), 1)
    seen = merged(older, state("active", 2)).seen["s"]
    assert [(own.at, own.state.price.plan) for own in seen] == [(1, "top"), (2, "pro")]


def test_a_payment_takes_links_from_whoever_knows_them_and_the_earliest_times() -> None:
    own = merged(
        Report(Payment("p", "authorized", 100, "INR", order="o", acted_at=5), 5),
        Report(Payment("p", "paid", 100, "INR", paid_at=9), 9),
        Report(Payment("p", "paid", intent="pi", paid_at=8, acted_at=7), 12),
        Report(Payment("p", "failed", 100, "INR"), 20),
    ).payments["p"]
    assert own == Payment("p", "paid", 100, "INR", order="o", intent="pi", acted_at=5, paid_at=8)


def test_a_report_that_contradicts_an_earlier_amount_changes_nothing() -> None:
    facts = merged(refund("pending", 1), refund("processed", 2, amount=90))
    assert facts.refunds["r"].status == "pending"
    assert facts.contradictions == {"r"}


def test_an_answer_settles_a_contradiction_and_its_amount_counts() -> None:
    for answer in (100, 90, 80):
        facts = merged(
            refund("pending", 1), refund("processed", 2, amount=90), refund("processed", 3, fetched=True, amount=answer)
        )
        assert facts.refunds["r"].amount == answer
        assert facts.contradictions == frozenset()


def test_what_is_told_after_an_answer_may_contradict_it() -> None:
    facts = merged(refund("pending", 1), refund("processed", 2, fetched=True), refund("processed", 3, amount=90))
    assert facts.refunds["r"].amount == 100
    assert facts.contradictions == {"r"}
