"""Customer stories, acted out with a `Desk`. Each produces the provider's events and our orders.

The desk must offer the prices ``basic_monthly``, ``best_monthly`` and ``best_yearly``; best is the more expensive plan.
The stories sell the pack ``pack``. Tests replay them against the webhook reader and the database.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable

    from local.providers.desk import Desk

PACK_AMOUNT: Final = 49_900


def pack(desk: Desk) -> None:
    """Buy a credit pack; the first payment fails, the second succeeds."""
    desk.buy_pack("pack", PACK_AMOUNT, failures=1)


def subscription(desk: Desk) -> None:
    """Subscribe; the first month is running."""
    desk.subscribe(desk.prices["basic_monthly"])


def happy_year(desk: Desk) -> None:
    """Subscribe and pay twelve months on time."""
    sub = desk.subscribe(desk.prices["basic_monthly"])
    for _ in range(11):
        desk.until_end(sub)
        desk.renew(sub)


def yearly(desk: Desk) -> None:
    """Pay for a year; the fourth month is running."""
    desk.subscribe(desk.prices["best_yearly"])
    desk.wait(days=100)


def trial(desk: Desk) -> None:
    """Use a week's trial, then pay."""
    sub = desk.subscribe(desk.prices["basic_monthly"], trial_days=7)
    desk.until_end(sub)
    desk.renew(sub)


def failed_then_recovered(desk: Desk) -> None:
    """Renew; the charge fails twice, then succeeds."""
    sub = desk.subscribe(desk.prices["basic_monthly"])
    desk.until_end(sub)
    desk.renew(sub, fail=True)
    desk.wait(days=1)
    desk.retry(sub, fail=True)
    desk.wait(days=1)
    desk.retry(sub)


def halted(desk: Desk) -> None:
    """Renew; the charge fails until the provider gives up."""
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
    """Cancel at the end of the month, and wait until then."""
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
    """Change to the better plan on the tenth day, and pay the next month."""
    sub = desk.subscribe(desk.prices["basic_monthly"])
    desk.wait(days=10)
    desk.change(sub, desk.prices["best_monthly"])
    desk.until_end(sub)
    desk.renew(sub)


def downgraded(desk: Desk) -> None:
    """Change to the smaller plan from the next month."""
    sub = desk.subscribe(desk.prices["best_monthly"])
    desk.wait(days=10)
    desk.change(sub, desk.prices["basic_monthly"], at_end=True)
    desk.until_end(sub)
    desk.renew(sub)


def refunded(desk: Desk) -> None:
    """Refund a pack in two parts, and a month in one."""
    payment = desk.buy_pack("pack", PACK_AMOUNT)
    desk.wait(days=1)
    desk.refund(payment, 10_000)
    desk.wait(days=1)
    desk.refund(payment)
    sub = desk.subscribe(desk.prices["basic_monthly"])
    desk.wait(days=1)
    desk.refund(desk.payment_of(sub))


def refund_failed(desk: Desk) -> None:
    """Refund a pack; the bank returns the money."""
    payment = desk.buy_pack("pack", PACK_AMOUNT)
    desk.wait(days=1)
    desk.refund(payment, fail=True)


def dispute_won(desk: Desk) -> None:
    """Dispute a pack; the bank decides in our favour."""
    payment = desk.buy_pack("pack", PACK_AMOUNT)
    desk.wait(days=9)
    dispute = desk.dispute(payment)
    desk.wait(days=2)
    desk.rule(dispute, "under_review")
    desk.wait(days=2)
    desk.rule(dispute, "won")


def dispute_lost(desk: Desk) -> None:
    """Dispute a month's payment; the bank decides in the customer's favour."""
    sub = desk.subscribe(desk.prices["basic_monthly"])
    desk.wait(days=9)
    dispute = desk.dispute(desk.payment_of(sub))
    desk.wait(days=2)
    desk.rule(dispute, "lost")


def two_subscriptions(desk: Desk) -> None:
    """Hold a small and a better subscription; cancel the better one."""
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
