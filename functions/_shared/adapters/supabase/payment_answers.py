"""Parses the JSON of the payment functions into the models of `functions._shared.domain.payments`."""

from __future__ import annotations

from typing import Any, Literal, TypeVar

from pydantic import BaseModel, TypeAdapter, ValidationError

from functions._shared.domain.errors import InternalError
from functions._shared.domain.payments.checkouts import (
    BoundCheckout,
    CancelFirst,
    CheckoutState,
    EarlierSubscription,
    EndedOffer,
    OpenCheckout,
    ReplayedCheckout,
    UnclosedCheckout,
)
from functions._shared.domain.payments.names import Interval, ProviderName
from functions._shared.domain.payments.orders import CatalogPrice, Coupon, Customer, Order
from functions._shared.domain.payments.subscriptions import PlanChange, WithdrawnDowngrade

T = TypeVar("T")

_PARSERS: dict[Any, TypeAdapter[Any]] = {}
"""Parsers by shape, built on first use, because a container needs only a few of them."""


def parse(shape: type[T], answer: object) -> T:
    """Parse an answer into a dataclass, a model or a list of them.

    Raises
    ------
    InternalError
        The database and this code disagree about the shape.
    """
    try:
        if shape not in _PARSERS:
            _PARSERS[shape] = TypeAdapter(shape)
        parsed: T = _PARSERS[shape].validate_python(answer)
    except ValidationError as error:
        raise InternalError from error
    return parsed


class _State(BaseModel):
    state: str


class _Open(BaseModel):
    order: Order
    attempt: int
    name: str
    price: str | None
    provider_price_id: str | None
    customer_id: str | None
    email: str | None
    full_name: str | None
    coupon: Coupon | None


class _Replay(BaseModel):
    order: Order
    response: dict[str, Any]


class _Ended(BaseModel):
    superseded: tuple[UnclosedCheckout, ...]
    reason: str | None = None


class _CancelFirst(BaseModel):
    superseded: tuple[UnclosedCheckout, ...]
    subscriptions: tuple[EarlierSubscription, ...]


class _Bound(BaseModel):
    response: dict[str, Any]


class _Direction(BaseModel):
    direction: Literal["upgrade", "downgrade", "stay"]
    provider: ProviderName
    provider_subscription_id: str


class _PlanChange(_Direction):
    name: str
    price: str
    amount: int
    currency: str
    billing_interval: Interval
    provider_price_id: str | None
    drop_discount: bool


def checkout_state(user_id: str, answer: object) -> CheckoutState:
    """Parse the answer of ``checkout_open``."""
    state = parse(_State, answer).state
    if state == "open":
        return _open_checkout(user_id, parse(_Open, answer))
    if state == "replay":
        replay = parse(_Replay, answer)
        return ReplayedCheckout(replay.order, replay.response)
    if state == "ended":
        return _ended_offer(answer)
    if state == "cancel_first":
        first = parse(_CancelFirst, answer)
        return CancelFirst(first.superseded, first.subscriptions)
    raise InternalError


def _open_checkout(user_id: str, answer: _Open) -> OpenCheckout:
    order, price = answer.order, None
    if answer.price is not None and order.billing_interval is not None:
        price = CatalogPrice(answer.price, answer.name, order.list_amount, order.currency, order.billing_interval)
    return OpenCheckout(
        order=order,
        name=answer.name,
        is_retry=answer.attempt > 1,
        customer=Customer(user_id, answer.customer_id, answer.email, answer.full_name),
        price=price,
        provider_price_id=answer.provider_price_id,
        coupon=answer.coupon,
    )


def _ended_offer(answer: object) -> EndedOffer:
    ended = parse(_Ended, answer)
    return EndedOffer(ended.superseded, ended.reason)


def binding(answer: object) -> BoundCheckout | EndedOffer:
    """Parse the answer of ``checkout_bind``."""
    if parse(_State, answer).state == "ended":
        return _ended_offer(answer)
    return BoundCheckout(parse(_Bound, answer).response)


def plan_change(answer: object) -> PlanChange | WithdrawnDowngrade:
    """Parse the answer of ``plan_change``."""
    wish = parse(_Direction, answer)
    if wish.direction == "stay":
        return WithdrawnDowngrade(wish.provider, wish.provider_subscription_id)
    change = parse(_PlanChange, answer)
    return PlanChange(
        provider=change.provider,
        provider_subscription_id=change.provider_subscription_id,
        is_downgrade=change.direction == "downgrade",
        price=CatalogPrice(change.price, change.name, change.amount, change.currency, change.billing_interval),
        provider_price_id=change.provider_price_id,
        drops_discount=change.drop_discount,
    )
