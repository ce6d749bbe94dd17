"""Stories of customers, as functions of a desk: each leaves the provider's events and our orders behind.

They expect the prices ``basic_monthly``, ``best_monthly`` and ``best_yearly`` on offer (best being the dearer
plan), and sell the pack ``pack``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable

    from local.providers.desk import Desk

PACK_AMOUNT: Final = 49_900


def pack(desk: Desk) -> None:
    """Buy a credit pack, paid at the second attempt."""
    desk.buy_pack("pack", PACK_AMOUNT, failures=1)


def subscription(desk: Desk) -> None:
    """Take a subscription, and be in its first month."""
    desk.subscribe(desk.prices["basic_monthly"])


def happy_year(desk: Desk) -> None:
    """Pay twelve months, each in time."""
    sub = desk.subscribe(desk.prices["basic_monthly"])
    for _ in range(11):
        desk.until_end(sub)
        desk.renew(sub)


def yearly(desk: Desk) -> None:
    """Pay a year at once, and be in its fourth month."""
    desk.subscribe(desk.prices["best_yearly"])
    desk.wait(days=100)


def trial(desk: Desk) -> None:
    """Try for a week, then pay."""
    sub = desk.subscribe(desk.prices["basic_monthly"], trial_days=7)
    desk.until_end(sub)
    desk.renew(sub)


def failed_then_recovered(desk: Desk) -> None:
    """Renew, which fails twice and then succeeds."""
    sub = desk.subscribe(desk.prices["basic_monthly"])
    desk.until_end(sub)
    desk.renew(sub, fail=True)
    desk.wait(days=1)
    desk.retry(sub, fail=True)
    desk.wait(days=1)
    desk.retry(sub)


def halted(desk: Desk) -> None:
    """Renew, which fails until the provider gives up."""
    sub = desk.subscribe(desk.prices["basic_monthly"])
    desk.until_end(sub)
    desk.renew(sub, fail=True)
    desk.wait(days=1)
    desk.retry(sub, fail=True)
    desk.wait(days=1)
    desk.retry(sub, fail=True, last=True)


def cancelled_now(desk: Desk) -> None:
    """Cancel on the third day."""
    sub = desk.subscribe(desk.prices["basic_monthly"])
    desk.wait(days=3)
    desk.cancel(sub)


def cancelled_at_end(desk: Desk) -> None:
    """Cancel for the end of the month, which comes."""
    sub = desk.subscribe(desk.prices["basic_monthly"])
    desk.wait(days=3)
    desk.cancel(sub, at_end=True)
    desk.until_end(sub)
    desk.finish(sub)


def paused_and_resumed(desk: Desk) -> None:
    """Pause for five days."""
    sub = desk.subscribe(desk.prices["basic_monthly"])
    desk.wait(days=3)
    desk.pause(sub)
    desk.wait(days=5)
    desk.resume(sub)


def upgraded(desk: Desk) -> None:
    """Take the better plan on the tenth day, and pay the month after."""
    sub = desk.subscribe(desk.prices["basic_monthly"])
    desk.wait(days=10)
    desk.change(sub, desk.prices["best_monthly"])
    desk.until_end(sub)
    desk.renew(sub)


def downgraded(desk: Desk) -> None:
    """Take the smaller plan from the next month on."""
    sub = desk.subscribe(desk.prices["best_monthly"])
    desk.wait(days=10)
    desk.change(sub, desk.prices["basic_monthly"], at_end=True)
    desk.until_end(sub)
    desk.renew(sub)


def refunded(desk: Desk) -> None:
    """Give a pack back in two parts, and a month at once."""
    payment = desk.buy_pack("pack", PACK_AMOUNT)
    desk.wait(days=1)
    desk.refund(payment, 10_000)
    desk.wait(days=1)
    desk.refund(payment)
    sub = desk.subscribe(desk.prices["basic_monthly"])
    desk.wait(days=1)
    desk.refund(desk.payment_of(sub))


def refund_failed(desk: Desk) -> None:
    """Ask for a refund that the bank returns."""
    payment = desk.buy_pack("pack", PACK_AMOUNT)
    desk.wait(days=1)
    desk.refund(payment, fail=True)


def dispute_won(desk: Desk) -> None:
    """Dispute a pack, which the bank decides for us."""
    payment = desk.buy_pack("pack", PACK_AMOUNT)
    desk.wait(days=9)
    dispute = desk.dispute(payment)
    desk.wait(days=2)
    desk.rule(dispute, "under_review")
    desk.wait(days=2)
    desk.rule(dispute, "won")


def dispute_lost(desk: Desk) -> None:
    """Dispute a month's payment, which the bank decides for the customer."""
    sub = desk.subscribe(desk.prices["basic_monthly"])
    desk.wait(days=9)
    dispute = desk.dispute(desk.payment_of(sub))
    desk.wait(days=2)
    desk.rule(dispute, "lost")


def two_subscriptions(desk: Desk) -> None:
    """Keep a small subscription beside a better one which is cancelled."""
    desk.subscribe(desk.prices["basic_monthly"])
    desk.wait(days=2)
    better = desk.subscribe(desk.prices["best_monthly"])
    desk.wait(days=2)
    desk.cancel(better)


LIFECYCLES: Final[dict[str, Callable[[Desk], None]]] = {
    story.__name__: story
    for story in (
        pack,
        subscription,
        happy_year,
        yearly,
        trial,
        failed_then_recovered,
        halted,
        cancelled_now,
        cancelled_at_end,
        paused_and_resumed,
        upgraded,
        downgraded,
        refunded,
        refund_failed,
        dispute_won,
        dispute_lost,
        two_subscriptions,
    )
}
