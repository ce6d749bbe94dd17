"""The facts of the books, and the reports that tell of them.

A fact says what happened. A `Report` tells of a fact: at which moment by the teller's clock, and whether it
came as an event or as a fetched answer. `merging.merge` turns any heap of reports into `Facts`;
`derivation.derive` takes `Facts` and a moment.

Times are UTC seconds. Money is the smallest unit of its currency. A fact that names another (a payment its
order, a refund its payment) may be told before it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Mapping

DAY = 86_400
Provider = Literal["razorpay", "stripe"]
PaymentStatus = Literal["pending", "failed", "authorized", "paid"]
RefundStatus = Literal["pending", "processed", "failed"]
DisputeStatus = Literal["open", "won", "closed", "lost"]
SubscriptionStatus = Literal[
    "incomplete",
    "trialing",
    "active",
    "past_due",
    "unpaid",
    "paused",
    "halted",
    "expired",
    "canceled",
]


@dataclass(frozen=True)
class Price:
    """What a plan gave and cost when it was sold; part of each fact that names a plan."""

    plan: str
    rank: int
    interval: Literal["month", "year"]
    amount: int
    currency: str
    units: int  # a month
    grace_days: int = 3
    trial_days: int = 0


@dataclass(frozen=True)
class Discount:
    """What a code takes off the prices of some plans (None: of all), as it was when the order was made."""

    percent: int = 0
    amount: int = 0
    plans: tuple[str, ...] | None = None
    forever: bool = False

    def off(self, price: Price) -> int:
        """Tell what it takes off a price."""
        if self.plans is not None and price.plan not in self.plans:
            return 0
        return self.amount or price.amount * self.percent // 100


@dataclass(frozen=True)
class Order:
    """Our order. A pack has `units`, a subscription has `price`. `amount` is the reduced amount."""

    id: str
    account: str
    provider: Provider
    item: str
    amount: int
    list_amount: int
    currency: str
    opened: int
    offer_end: int
    units: int = 0
    price: Price | None = None
    provider_account: str = "main"
    coupon: str | None = None
    discount: Discount | None = None
    trial_days: int = 0
    key: str = ""


@dataclass(frozen=True)
class CheckoutEnd:
    """The end of an order's offer: superseded, withdrawn, or ended by the provider."""

    order: str
    at: int
    closed_at_provider: bool = True


@dataclass(frozen=True)
class SubscriptionLink:
    """Which of our orders a provider's subscription came from, and when the customer accepted it."""

    subscription: str
    order: str
    accepted_at: int | None = None


@dataclass(frozen=True)
class Payment:
    """A payment. `acted_at` is when the customer acted, `paid_at` when the money came."""

    id: str
    status: PaymentStatus
    amount: int | None = None
    currency: str | None = None
    order: str | None = None
    subscription: str | None = None
    intent: str | None = None
    acted_at: int | None = None
    paid_at: int | None = None
    provider_account: str = "main"


@dataclass(frozen=True)
class Purpose:
    """What a charge is for, as its lines read.

    `cycle` names the price and period it pays for. `upgrade` names the plan entered (Stripe) or nothing
    (Razorpay). Razorpay tells every charge as `cycle`; one of another amount is an upgrade's.
    """

    payment: str
    subscription: str
    kind: Literal["cycle", "upgrade", "unknown"]
    price: Price | None = None
    period_start: int | None = None
    period_end: int | None = None


@dataclass(frozen=True)
class Refund:
    """A refund. `payment` is the payment's id or its intent."""

    id: str
    payment: str
    status: RefundStatus
    amount: int
    currency: str


@dataclass(frozen=True)
class Dispute:
    """A dispute. `deducted` is the amount the bank took; it counts when lost and above 0."""

    id: str
    payment: str
    status: DisputeStatus
    amount: int
    currency: str
    deducted: int = 0

    @property
    def counted(self) -> int:
        return self.deducted if self.status == "lost" and self.deducted > 0 else self.amount


@dataclass(frozen=True)
class SubscriptionState:
    """A subscription as the provider shows it; its moment is the report's."""

    subscription: str
    status: SubscriptionStatus
    price: Price
    trial_end: int | None = None
    cancel_at_period_end: bool = False
    ended_at: int | None = None


@dataclass(frozen=True)
class Spend:
    """One attempt of a use that is paid with credits; `at` is the moment of its reserve."""

    account: str
    usage: str
    attempt: int
    units: int
    at: int
    state: Literal["open", "committed", "released"]


@dataclass(frozen=True)
class Deduction:
    """Units that an administrator takes."""

    account: str
    key: str
    units: int
    at: int


@dataclass(frozen=True)
class Adjustment:
    """Units that an administrator gives."""

    account: str
    key: str
    units: int
    at: int
    expires: int | None = None


@dataclass(frozen=True)
class Promo:
    """Units of a promotion."""

    account: str
    key: str
    units: int
    starts: int
    expires: int | None = None


@dataclass(frozen=True)
class Welcome:
    """The welcome units offered to an account; its mailbox decides whether it gets them."""

    account: str
    units: int
    at: int


@dataclass(frozen=True)
class MailboxConfirmed:
    """A mailbox that the account confirmed, as the keyed hash of the normalised address. Changing it is another fact."""

    account: str
    mailbox: str
    at: int


@dataclass(frozen=True)
class ErasureDue:
    """The account asked to be erased, or its date has come."""

    account: str
    at: int


@dataclass(frozen=True)
class Erased:
    """The account is erased."""

    account: str
    at: int


@dataclass(frozen=True)
class EntryClosed:
    """A person closed an entry of the list with a note; it is back when another amount is at stake."""

    code: str
    subject: str
    amount: int = 0


Fact = (
    Order
    | CheckoutEnd
    | SubscriptionLink
    | Payment
    | Purpose
    | Refund
    | Dispute
    | SubscriptionState
    | Spend
    | Deduction
    | Adjustment
    | Promo
    | Welcome
    | MailboxConfirmed
    | ErasureDue
    | Erased
    | EntryClosed
)


@dataclass(frozen=True)
class Report:
    """One telling of a fact. `told_at` is the provider's clock (ours for our own facts)."""

    fact: Fact
    told_at: int
    source: Literal["event", "fetched"] = "event"


@dataclass(frozen=True)
class SeenState:
    """A subscription's state and its moment."""

    at: int
    state: SubscriptionState


@dataclass(frozen=True)
class Facts:
    """What is known: one fact per identity, and every state a subscription was ever seen in."""

    orders: Mapping[str, Order] = field(default_factory=dict)
    ends: Mapping[str, CheckoutEnd] = field(default_factory=dict)
    links: Mapping[str, SubscriptionLink] = field(default_factory=dict)
    payments: Mapping[str, Payment] = field(default_factory=dict)
    purposes: Mapping[str, Purpose] = field(default_factory=dict)
    refunds: Mapping[str, Refund] = field(default_factory=dict)
    disputes: Mapping[str, Dispute] = field(default_factory=dict)
    newest: Mapping[str, SeenState] = field(default_factory=dict)
    seen: Mapping[str, tuple[SeenState, ...]] = field(default_factory=dict)
    spends: tuple[Spend, ...] = ()
    deductions: tuple[Deduction, ...] = ()
    adjustments: tuple[Adjustment, ...] = ()
    promos: tuple[Promo, ...] = ()
    welcomes: Mapping[str, Welcome] = field(default_factory=dict)
    mailboxes: tuple[MailboxConfirmed, ...] = ()
    erasures_due: Mapping[str, ErasureDue] = field(default_factory=dict)
    erased: Mapping[str, Erased] = field(default_factory=dict)
    closed_entries: frozenset[tuple[str, str, int]] = frozenset()
    contradictions: frozenset[str] = frozenset()
