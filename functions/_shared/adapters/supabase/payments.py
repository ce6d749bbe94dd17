"""Orders, subscriptions, receipts and the inbox: database functions, called with the secret key."""

from __future__ import annotations

import time
from dataclasses import asdict
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any, Final

from typing_extensions import override

from functions._shared.adapters.supabase.payment_answers import binding, checkout_state, parse, plan_change
from functions._shared.adapters.supabase.service import ServiceCalls
from functions._shared.domain.payments.catalogue import CatalogueView
from functions._shared.domain.payments.checkouts import UnclosedCheckout
from functions._shared.domain.payments.events import EventOutcome
from functions._shared.domain.payments.orders import Order
from functions._shared.domain.payments.receipts import Receipt
from functions._shared.domain.payments.reconciliation import ReconcileOutcome, StaleObject
from functions._shared.domain.payments.subscriptions import SubscriptionToCancel
from functions._shared.ports.payment_books import PaymentBooks

if TYPE_CHECKING:
    from functions._shared.domain.payments.checkouts import BoundCheckout, CheckoutAttempt, CheckoutState, EndedOffer
    from functions._shared.domain.payments.events import ProviderEvent
    from functions._shared.domain.payments.facts import Facts
    from functions._shared.domain.payments.orders import OpenedAtProvider
    from functions._shared.domain.payments.subscriptions import PlanChange, WithdrawnDowngrade

CLOCK_SKEW: Final = timedelta(seconds=2)
"""How far a provider's clock may lag behind ours. Look-ups count as this much older than they are, so that they never
seem newer than an event that happened after them."""


class SupabasePayments(ServiceCalls, PaymentBooks):
    """The payment books over PostgREST. Each method calls one database function in one HTTP request."""

    @override
    async def catalogue(self) -> CatalogueView:
        return parse(CatalogueView, await self.call("billing_catalogue"))

    @override
    async def receive(self, event: ProviderEvent, body: bytes) -> EventOutcome:
        answer = await self.call_object(
            "webhook_receive",
            p_provider=event.provider,
            p_event_id=event.id,
            p_id_is_signed=event.id_is_signed,
            p_event_type=event.type,
            p_account=event.account,
            p_occurred_at=event.occurred_at.isoformat(),
            p_body=body.decode().replace("\x00", ""),
            p_facts=facts_json(event.facts),
            p_problem=event.problem,
        )
        return parse(EventOutcome, {**answer, "effects": answer.get("effects") or ()})

    @override
    async def open_checkout(self, user_id: str, attempt: CheckoutAttempt) -> CheckoutState:
        arguments = {f"p_{name}": value for name, value in asdict(attempt).items()}
        return checkout_state(user_id, await self.call("checkout_open", p_user_id=user_id, **arguments))

    @override
    async def bind_checkout(self, user_id: str, order_id: str, opened: OpenedAtProvider) -> BoundCheckout | EndedOffer:
        answer = await self.call(
            "checkout_bind",
            p_user_id=user_id,
            p_order_id=order_id,
            p_provider_order_id=opened.order_id,
            p_provider_subscription_id=opened.subscription_id,
            p_response=opened.checkout,
        )
        return binding(answer)

    @override
    async def checkout_closed(self, order_id: str, *, is_superseded: bool = False) -> None:
        await self.call("checkout_closed", p_order_id=order_id, p_is_superseded=is_superseded)

    @override
    async def require_active(self, user_id: str) -> None:
        await self.call("account_require_active", p_user_id=user_id)

    @override
    async def bind_price(self, price: str, provider: str, price_id: str) -> str:
        return str(await self.call("price_bind", p_price=price, p_provider=provider, p_provider_price_id=price_id))

    @override
    async def bind_customer(self, user_id: str, provider: str, customer_id: str) -> str:
        return str(
            await self.call("customer_bind", p_user_id=user_id, p_provider=provider, p_provider_customer_id=customer_id)
        )

    @override
    async def order(
        self, user_id: str, *, order_id: str | None = None, provider: str | None = None, provider_id: str | None = None
    ) -> Order:
        answer = await self.call(
            "order_get", p_user_id=user_id, p_order_id=order_id, p_provider=provider, p_provider_id=provider_id
        )
        return parse(Order, answer)

    @override
    async def subscriptions(self, user_id: str) -> list[dict[str, Any]]:
        return parse(list[dict[str, Any]], await self.call("subscriptions_of", p_user_id=user_id))

    @override
    async def plan_change(self, user_id: str, subscription_id: str, plan: str) -> PlanChange | WithdrawnDowngrade:
        answer = await self.call("plan_change", p_user_id=user_id, p_subscription_id=subscription_id, p_plan=plan)
        return plan_change(answer)

    @override
    async def intend(
        self,
        user_id: str,
        subscription_id: str,
        *,
        cancel_at_period_end: bool | None = None,
        scheduled_plan: str | None = None,
        clear_plan: bool = False,
    ) -> None:
        await self.call(
            "subscription_intend",
            p_user_id=user_id,
            p_subscription_id=subscription_id,
            p_cancel_at_period_end=cancel_at_period_end,
            p_scheduled_plan=scheduled_plan,
            p_clear_plan=clear_plan,
        )

    @override
    async def receipts(
        self, user_id: str, *, receipt_id: str | None = None, before: str | None = None, limit: int = 50
    ) -> list[Receipt]:
        answer = await self.call("receipts", p_user_id=user_id, p_receipt_id=receipt_id, p_before=before, p_limit=limit)
        return parse(list[Receipt], answer)

    @override
    async def reconcile(
        self, provider: str, account: str | None, facts: Facts, *, dry_run: bool = False, is_answer: bool = False
    ) -> ReconcileOutcome:
        # A look-up may miss what happens while it is asked, so it is dated back. The answer to a change of ours is
        # newer than the events that the change causes, even if they are delivered first: they name whole seconds.
        now = datetime.fromtimestamp(time.time(), UTC)
        moment = now if is_answer else (now - CLOCK_SKEW).replace(microsecond=0)
        answer = await self.call(
            "payments_reconcile",
            p_provider=provider,
            p_account=account,
            p_fetched_at=moment.isoformat(),
            p_facts=facts_json(facts) or {},
            p_dry_run=dry_run,
            p_is_answer=is_answer,
        )
        return parse(ReconcileOutcome, answer)

    @override
    async def reconcile_due(
        self, limit: int, *, urgent_only: bool = False, user_id: str | None = None
    ) -> list[StaleObject]:
        answer = await self.call("reconcile_due", p_limit=limit, p_is_urgent=urgent_only, p_user_id=user_id)
        return parse(list[StaleObject], answer)

    @override
    async def cancellations_due(self, limit: int, skip: int) -> list[SubscriptionToCancel]:
        answer = await self.call("subscriptions_to_cancel", p_limit=limit, p_skip=skip)
        return parse(list[SubscriptionToCancel], answer)

    @override
    async def checkouts_to_close(self, limit: int) -> list[UnclosedCheckout]:
        return parse(list[UnclosedCheckout], await self.call("checkouts_to_close", p_limit=limit))


def facts_json(facts: Facts | None) -> dict[str, Any] | None:
    """Return facts as the database expects them; ``{}`` if there are none to apply."""
    if facts is None:
        return None
    return facts.model_dump(mode="json") if facts else {}
