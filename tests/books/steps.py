"""The format of a history: steps in the world, who tells what of them, and when it reaches us.

For the model and for whoever drives something else with it:

- `Step.at` is the moment in the world, `Step.kind` what happened, `Step.own` the facts that we write ourselves
  at that moment (an order, a hold, an erasure), `Step.arrivals` what the provider tells of it.
- `Arrival.now` is our clock when a report reaches us; `Arrival.report` holds the fact in the authoritative
  fields of books §1, the provider's clock (`told_at`) and whether it is an event or a fetched answer.
- `timeline(steps)` puts own facts and arrivals in the order of our clock: `Moment(now, report, own)`. A driver
  walks through it: for an own fact it does what the fact says, for an arrival it delivers the report.

| kind | own | arrivals |
|---|---|---|
| `signed_up` | `MailboxConfirmed`, `Welcome` | |
| `mailbox_changed` | `MailboxConfirmed` | |
| `ordered` | `Order` (Razorpay subscriptions: `SubscriptionLink` too) | Stripe subscriptions: `SubscriptionLink` |
| `offer_ended` | `CheckoutEnd` | |
| `paid` | | `Payment` for a pack |
| `charged` | | `Payment` and `Purpose` of a cycle |
| `upgraded` | | `Payment` and `Purpose` of an upgrade's charge |
| `seen` | | `SubscriptionState` |
| `refund` / `dispute` | | `Refund` / `Dispute` in a new status |
| `held` / `settled` | `Spend` open / committed or released | |
| `deducted` / `adjusted` / `promo` | the fact | |
| `erasure_due` / `erased` | the fact | |
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tests.books.facts import Report

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tests.books.facts import Fact


@dataclass(frozen=True)
class Arrival:
    """A report that reaches us when our clock shows `now`."""

    now: int
    report: Report


@dataclass(frozen=True)
class Step:
    """Something that happens in the world at `at`."""

    at: int
    kind: str
    own: tuple[Fact, ...] = ()
    arrivals: tuple[Arrival, ...] = ()


@dataclass(frozen=True)
class Moment:
    """Something that reaches our books: an own fact or a provider's report."""

    now: int
    report: Report
    own: bool


def timeline(steps: Iterable[Step]) -> list[Moment]:
    """Order everything that reaches us by our clock; of one second, own facts first, then as told.

    Returns
    -------
    list
        The moments in the order in which a driver delivers them.
    """
    moments = [
        moment
        for step in steps
        for moment in (
            *(Moment(step.at, Report(fact, step.at), own=True) for fact in step.own),
            *(Moment(arrival.now, arrival.report, own=False) for arrival in step.arrivals),
        )
    ]
    return sorted(moments, key=lambda moment: (moment.now, not moment.own))
