"""Which report wins: `merge` turns reports, in any order and number, into facts (books §1)."""

from __future__ import annotations

from dataclasses import replace
from itertools import groupby
from typing import TYPE_CHECKING, TypeVar

from tests.books.facts import (
    Adjustment,
    CheckoutEnd,
    Deduction,
    Dispute,
    EntryClosed,
    Erased,
    ErasureDue,
    Fact,
    Facts,
    MailboxConfirmed,
    Order,
    Payment,
    Promo,
    Purpose,
    Refund,
    SeenState,
    Spend,
    SubscriptionLink,
    SubscriptionState,
    Welcome,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from tests.books.facts import Report

F = TypeVar("F")

PAYMENT_STAGES = {"pending": 0, "failed": 1, "authorized": 2, "paid": 3}
REFUND_STAGES = {"pending": 0, "processed": 1, "failed": 2}
DISPUTE_STAGES = {"open": 0, "won": 1, "closed": 1, "lost": 2}
SPEND_STAGES = {"open": 0, "released": 1, "committed": 2}
SUBSCRIPTION_STAGES = {
    status: stage
    for stage, status in enumerate(
        ("incomplete", "trialing", "active", "past_due", "unpaid", "paused", "halted", "expired", "canceled"),
    )
}


def identity(fact: Fact) -> tuple[str, ...]:
    """Two reports of one identity tell of the same fact.

    Returns
    -------
    tuple
        The kind of fact and what tells it from others of its kind.
    """
    own: tuple[str, ...]
    match fact:
        case Order() | Payment() | Refund() | Dispute():
            own = (fact.id,)
        case CheckoutEnd():
            own = (fact.order,)
        case SubscriptionLink() | SubscriptionState():
            own = (fact.subscription,)
        case Purpose():
            own = (fact.payment,)
        case Spend():
            own = (fact.usage, str(fact.attempt))
        case Deduction() | Adjustment() | Promo():
            own = (fact.account, fact.key)
        case MailboxConfirmed():
            own = (fact.account, fact.mailbox)
        case EntryClosed():
            own = (fact.code, fact.subject, str(fact.amount))
        case _:
            own = (fact.account,)
    return type(fact).__name__, *own


def merge(reports: Iterable[Report]) -> Facts:
    """Turn reports, in any order and number, into facts.

    Parameters
    ----------
    reports
        Everything that was told so far.

    Returns
    -------
    Facts
        One fact per identity, chosen by the rule of its kind.
    """
    contradictions: set[str] = set()
    facts: dict[str, dict[str, Fact]] = {}
    newest: dict[str, SeenState] = {}
    seen: dict[str, tuple[SeenState, ...]] = {}
    ordered = sorted(set(reports), key=_canonical)
    for key, group in groupby(ordered, key=lambda report: identity(report.fact)):
        told = list(group)
        first = told[0].fact
        if isinstance(first, SubscriptionState):
            states = _current(told)
            newest[key[1]] = _as_seen(max(states, key=_lateness_of_state))
            seen[key[1]] = tuple(dict.fromkeys(_as_seen(report) for report in told))
            continue
        if isinstance(first, Payment | Refund | Dispute):
            told, contradicted = _without_contradictions(told)
            if contradicted:
                contradictions.add(key[1])
        facts.setdefault(key[0], {})["/".join(key[1:])] = _winner(told)
    return _collected(facts, newest, seen, frozenset(contradictions))


def _collected(
    facts: Mapping[str, Mapping[str, Fact]],
    newest: Mapping[str, SeenState],
    seen: Mapping[str, tuple[SeenState, ...]],
    contradictions: frozenset[str],
) -> Facts:
    def of(kind: type[F]) -> dict[str, F]:
        return {key: fact for key, fact in facts.get(kind.__name__, {}).items() if isinstance(fact, kind)}

    return Facts(
        orders=of(Order),
        ends=of(CheckoutEnd),
        links=of(SubscriptionLink),
        payments=of(Payment),
        purposes=of(Purpose),
        refunds=of(Refund),
        disputes=of(Dispute),
        newest=newest,
        seen=seen,
        spends=tuple(of(Spend).values()),
        deductions=tuple(of(Deduction).values()),
        adjustments=tuple(of(Adjustment).values()),
        promos=tuple(of(Promo).values()),
        welcomes=of(Welcome),
        mailboxes=tuple(sorted(of(MailboxConfirmed).values(), key=lambda own: (own.at, own.account))),
        erasures_due=of(ErasureDue),
        erased=of(Erased),
        closed_entries=frozenset((entry.code, entry.subject, entry.amount) for entry in of(EntryClosed).values()),
        contradictions=contradictions,
    )


def _winner(told: Sequence[Report]) -> Fact:
    first = told[0].fact
    match first:
        case Payment():
            return _payment(told)
        case Refund() | Dispute() | Spend():
            return max(_current(told), key=_lateness).fact
        case Purpose():
            return _purpose(told)
        case CheckoutEnd():
            return _checkout_end(told)
        case SubscriptionLink():
            return _link(told)
        case _:
            # Our own facts are written once.
            return first


def _current(told: Sequence[Report]) -> list[Report]:
    """Leave out what a fetched answer overrules: everything told up to its moment."""
    fetched = [report.told_at for report in told if report.source == "fetched"]
    if not fetched:
        return list(told)
    last = max(fetched)
    return [report for report in told if report.told_at > last or (report.told_at, report.source) == (last, "fetched")]


def _lateness(report: Report) -> tuple[bool, int, int, str]:
    fact = report.fact
    stage = 0
    match fact:
        case Refund():
            stage = REFUND_STAGES[fact.status]
        case Dispute():
            stage = DISPUTE_STAGES[fact.status]
        case Spend():
            stage = SPEND_STAGES[fact.state]
        case _:
            raise TypeError(fact)
    return stage > 0, report.told_at, stage, repr(fact)


def _lateness_of_state(report: Report) -> tuple[int, int, int, str]:
    """Of two states of one second, the later stage of life counts, then the lower plan: it gives less."""
    state = _as_seen(report).state
    return report.told_at, SUBSCRIPTION_STAGES[state.status], -state.price.rank, repr(state)


def _as_seen(report: Report) -> SeenState:
    if not isinstance(report.fact, SubscriptionState):
        raise TypeError(report.fact)
    return SeenState(report.told_at, report.fact)


def _without_contradictions(told: Sequence[Report]) -> tuple[list[Report], bool]:
    """Drop the reports of another amount or currency than the one that stands.

    That is the last fetched answer's, which beats everything told before it, else the first by the provider's clock.
    """
    current = _current(told)
    figures = [(report, _figure(report.fact)) for report in told]
    known = [(report.told_at, figure) for report, figure in figures if report in current and figure != (None, None)]
    standing = {min(known, key=lambda own: (own[0], own[1][0] or 0, own[1][1] or ""))[1]} if known else set()
    agreeing = [report for report, figure in figures if figure == (None, None) or figure in standing]
    return agreeing, any(report not in agreeing for report in current)


def _figure(fact: Fact) -> tuple[int | None, str | None]:
    if isinstance(fact, Payment | Refund | Dispute):
        return fact.amount, fact.currency
    raise TypeError(fact)


def _payment(told: Sequence[Report]) -> Payment:
    """Take the highest status; links and figures from whoever knows them; of two times the earliest."""
    payments = [report.fact for report in told if isinstance(report.fact, Payment)]
    current = [report.fact for report in _current(told) if isinstance(report.fact, Payment)]
    best = max(current, key=lambda payment: PAYMENT_STAGES[payment.status])
    return replace(
        best,
        amount=_first(payment.amount for payment in payments),
        currency=_first(payment.currency for payment in payments),
        order=_first(payment.order for payment in payments),
        subscription=_first(payment.subscription for payment in payments),
        intent=_first(payment.intent for payment in payments),
        acted_at=_earliest(payment.acted_at for payment in payments),
        paid_at=_earliest(payment.paid_at for payment in payments),
        provider_account=payments[0].provider_account,
    )


def _purpose(told: Sequence[Report]) -> Purpose:
    purposes = [report.fact for report in told if isinstance(report.fact, Purpose)]
    return replace(
        purposes[0],
        price=_first(purpose.price for purpose in purposes),
        period_start=_first(purpose.period_start for purpose in purposes),
        period_end=_first(purpose.period_end for purpose in purposes),
    )


def _checkout_end(told: Sequence[Report]) -> CheckoutEnd:
    ends = [report.fact for report in told if isinstance(report.fact, CheckoutEnd)]
    earliest = min(ends, key=lambda end: end.at)
    return replace(earliest, closed_at_provider=any(end.closed_at_provider for end in ends))


def _link(told: Sequence[Report]) -> SubscriptionLink:
    links = [report.fact for report in told if isinstance(report.fact, SubscriptionLink)]
    return replace(links[0], accepted_at=_earliest(link.accepted_at for link in links))


def _first(values: Iterable[F | None]) -> F | None:
    return next((value for value in values if value is not None), None)


def _earliest(values: Iterable[int | None]) -> int | None:
    return min((value for value in values if value is not None), default=None)


def _canonical(report: Report) -> tuple[tuple[str, ...], int, bool, str]:
    """Order reports by identity and clock, so that no rule depends on how they arrived."""
    return identity(report.fact), report.told_at, report.source != "fetched", repr(report.fact)
