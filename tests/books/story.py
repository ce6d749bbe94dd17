"""`Story` writes the steps of a history: one method for each thing that can happen."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from tests.books import catalogue
from tests.books.derivation import State, derive
from tests.books.facts import (
    DAY,
    Adjustment,
    CheckoutEnd,
    Deduction,
    Discount,
    Dispute,
    Erased,
    ErasureDue,
    Fact,
    MailboxConfirmed,
    Order,
    Payment,
    Promo,
    Purpose,
    Refund,
    Report,
    Spend,
    SubscriptionLink,
    SubscriptionState,
    Welcome,
)
from tests.books.merging import merge
from tests.books.steps import Arrival, Step, timeline

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from tests.books.facts import DisputeStatus, Price, Provider, RefundStatus, SubscriptionStatus


def _at_once(report: Report) -> list[Arrival]:
    return [Arrival(report.told_at, report)]


@dataclass
class Story:
    """Writes steps; `deliver` says when and how often a report reaches us."""

    deliver: Callable[[Report], list[Arrival]] = _at_once
    steps: list[Step] = field(default_factory=list)

    @property
    def reports(self) -> list[Report]:
        return [moment.report for moment in timeline(self.steps)]

    def state(self, now: int, reports: Sequence[Report] | None = None) -> State:
        """Derive from everything told, or from the given reports."""
        return derive(merge(self.reports if reports is None else reports), now)

    def state_known(self, now: int) -> State:
        """Derive from what has reached us by now."""
        return derive(merge(moment.report for moment in timeline(self.steps) if moment.now <= now), now)

    def write(self, at: int, kind: str, *facts: Fact) -> None:
        """Add a step of our own."""
        self.steps.append(Step(at, kind, own=facts))

    def tell(self, at: int, kind: str, *facts: Fact, own: tuple[Fact, ...] = ()) -> None:
        """Add a step that a provider tells of."""
        arrivals = tuple(arrival for fact in facts for arrival in self.deliver(Report(fact, at)))
        self.steps.append(Step(at, kind, own, arrivals))

    def sign_up(self, account: str, at: int, *, mailbox: str = "", welcome: bool = True) -> None:
        facts: list[Fact] = [MailboxConfirmed(account, mailbox or f"{account}@", at)]
        if welcome:
            facts.append(Welcome(account, catalogue.WELCOME_UNITS, at))
        self.write(at, "signed_up", *facts)

    def confirm(self, account: str, mailbox: str, at: int) -> None:
        """Change the account's address to another mailbox."""
        self.write(at, "mailbox_changed", MailboxConfirmed(account, mailbox, at))

    def order_pack(
        self,
        account: str,
        pack: str,
        at: int,
        *,
        name: str = "",
        provider: Provider = "razorpay",
        coupon: str | None = None,
        amount: int | None = None,
        key: str = "",
    ) -> str:
        units, listed = catalogue.PACKS[pack]
        order = name or f"order-{len(self.steps)}"
        paid = listed if amount is None else amount
        self.write(
            at,
            "ordered",
            Order(
                order,
                account,
                provider,
                pack,
                paid,
                listed,
                "INR",
                at,
                at + DAY,
                units,
                coupon=coupon,
                key=key or order,
            ),
        )
        return order

    def pay(
        self,
        order: str,
        at: int,
        amount: int,
        *,
        name: str = "",
        currency: str = "INR",
        acted_at: int | None = None,
        provider_account: str = "main",
    ) -> str:
        payment = name or f"pay-{len(self.steps)}"
        self.tell(
            at,
            "paid",
            Payment(
                payment,
                "paid",
                amount,
                currency,
                order=order,
                acted_at=at if acted_at is None else acted_at,
                paid_at=at,
                provider_account=provider_account,
            ),
        )
        return payment

    def buy_pack(self, account: str, pack: str, at: int) -> str:
        order = self.order_pack(account, pack, at)
        return self.pay(order, at, catalogue.PACKS[pack][1])

    def subscribe(
        self,
        account: str,
        price: Price,
        at: int,
        *,
        name: str = "",
        provider: Provider = "stripe",
        coupon: str | None = None,
        discount: Discount | None = None,
        trial: bool = False,
        key: str = "",
    ) -> str:
        """Order and accept a subscription; its charges and states are told apart."""
        subscription = name or f"sub-{len(self.steps)}"
        order = Order(
            id=f"order-of-{subscription}",
            account=account,
            provider=provider,
            item=price.plan,
            amount=price.amount - (discount.off(price) if discount is not None else 0),
            list_amount=price.amount,
            currency=price.currency,
            opened=at,
            offer_end=at + DAY,
            price=price,
            coupon=coupon,
            discount=discount,
            trial_days=price.trial_days if trial else 0,
            key=key or f"key-{subscription}",
        )
        link = SubscriptionLink(subscription, order.id, at)
        if provider == "razorpay":
            self.write(at, "ordered", order, replace(link, accepted_at=None))
        else:
            self.tell(at, "ordered", link, own=(order,))
        return subscription

    def charge(
        self,
        subscription: str,
        price: Price,
        period: tuple[int, int],
        at: int,
        *,
        amount: int | None = None,
        name: str = "",
    ) -> str:
        """Charge a cycle. On Razorpay, another amount than the price's is an upgrade's charge."""
        payment = name or f"inv-{len(self.steps)}"
        paid = price.amount if amount is None else amount
        self.tell(
            at,
            "charged",
            Payment(payment, "paid", paid, price.currency, subscription=subscription, acted_at=at, paid_at=at),
            Purpose(payment, subscription, "cycle", price, *period),
        )
        return payment

    def upgrade(self, subscription: str, price: Price | None, amount: int, at: int, *, currency: str = "INR") -> str:
        """Charge an upgrade to a plan that the charge names, or that only a state will show."""
        payment = f"inv-{len(self.steps)}"
        self.tell(
            at,
            "upgraded",
            Payment(payment, "paid", amount, currency, subscription=subscription, acted_at=at, paid_at=at),
            Purpose(payment, subscription, "upgrade", price),
        )
        return payment

    def see(
        self,
        subscription: str,
        status: SubscriptionStatus,
        price: Price,
        at: int,
        *,
        trial_end: int | None = None,
        ended_at: int | None = None,
        cancel_at_period_end: bool = False,
    ) -> None:
        self.tell(
            at,
            "seen",
            SubscriptionState(subscription, status, price, trial_end, cancel_at_period_end, ended_at),
        )

    def refund(
        self,
        payment: str,
        amount: int,
        at: int,
        *,
        status: RefundStatus = "processed",
        name: str = "",
        currency: str = "INR",
    ) -> str:
        refund = name or f"rfnd-{len(self.steps)}"
        self.tell(at, "refund", Refund(refund, payment, status, amount, currency))
        return refund

    def dispute(
        self,
        payment: str,
        amount: int,
        at: int,
        *,
        status: DisputeStatus = "open",
        name: str = "",
        currency: str = "INR",
        deducted: int = 0,
    ) -> str:
        dispute = name or f"disp-{len(self.steps)}"
        self.tell(at, "dispute", Dispute(dispute, payment, status, amount, currency, deducted))
        return dispute

    def hold(self, account: str, units: int, at: int, *, name: str = "") -> Spend:
        spend = Spend(account, name or f"use-{len(self.steps)}", 1, units, at, "open")
        self.write(at, "held", spend)
        return spend

    def commit(self, spend: Spend, at: int) -> None:
        self.write(at, "settled", replace(spend, state="committed"))

    def release(self, spend: Spend, at: int) -> None:
        self.write(at, "settled", replace(spend, state="released"))

    def use(self, account: str, units: int, at: int) -> None:
        self.commit(self.hold(account, units, at), at)

    def deduct(self, account: str, units: int, at: int) -> None:
        self.write(at, "deducted", Deduction(account, f"key-{len(self.steps)}", units, at))

    def adjust(self, account: str, units: int, at: int, *, key: str = "", expires: int | None = None) -> None:
        self.write(at, "adjusted", Adjustment(account, key or f"key-{len(self.steps)}", units, at, expires))

    def promo(self, account: str, units: int, starts: int, expires: int | None, at: int) -> None:
        self.write(at, "promo", Promo(account, f"key-{len(self.steps)}", units, starts, expires))

    def end_offer(self, order: str, at: int) -> None:
        self.write(at, "offer_ended", CheckoutEnd(order, at))

    def ask_erasure(self, account: str, at: int) -> None:
        self.write(at, "erasure_due", ErasureDue(account, at))

    def erase(self, account: str, at: int) -> None:
        self.write(at, "erased", Erased(account, at))
