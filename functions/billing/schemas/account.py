"""The catalogue, and a user's account: plan, balance, ledger and usage."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field

from functions._shared.domain.payments.names import Interval, ProviderName
from functions.billing.schemas.base import Strict

# ---------------------------------------------------------------------------------------------------------
# Catalogue
# ---------------------------------------------------------------------------------------------------------


class Price(BaseModel):
    """A price in one currency."""

    currency: str
    amount: int


class PlanPrice(Price):
    """The price of a plan per month or year."""

    billing_interval: Interval


class Limit(BaseModel):
    """How many operations of a group a plan includes: -1 is unlimited, null means no limit for that period."""

    quota_group: str
    per_day: int | None
    per_month: int | None
    per_lifetime: int | None
    cost: int | None


class Plan(BaseModel):
    """A plan for sale."""

    slug: str
    name: str
    description: str
    rank: int
    is_default: bool
    monthly_credits: int
    max_resumes: int
    premium_templates: bool
    trial_days: int
    prices: list[PlanPrice]
    limits: list[Limit]


class Pack(BaseModel):
    """Credits sold in a single payment. They do not expire."""

    slug: str
    name: str
    credits: int
    prices: list[Price]


class Operation(BaseModel):
    """The cost of an operation in credits when no plan covers it; null if it is not sold for credits."""

    slug: str
    name: str
    quota_group: str
    cost: int | None


class Catalogue(BaseModel):
    """Everything for sale, and the payment providers."""

    plans: list[Plan]
    packs: list[Pack]
    operations: list[Operation]
    providers: list[ProviderName]


# ---------------------------------------------------------------------------------------------------------
# Account
# ---------------------------------------------------------------------------------------------------------


class Expiry(BaseModel):
    """The next credits to expire."""

    expires_at: datetime
    credits: int


class Balance(BaseModel):
    """Credits: those the user can spend, those reserved for running operations, and those owed (``debt``)."""

    balance: int
    reserved: int
    debt: int
    next_expiry: Expiry | None


class Allowance(BaseModel):
    """A limit of the plan for one period, and the rest that is left; -1 is unlimited."""

    quota_group: str
    name: str
    period: str
    limit: int
    used: int
    held: int
    remaining: int
    resets_at: datetime | None


class OperationCost(BaseModel):
    """The cost of an operation for this user, in credits, when the plan does not cover it."""

    operation: str
    name: str
    quota_group: str
    cost: int | None


class Entitlements(Balance):
    """The user's plan and everything it allows. Periods are in UTC."""

    plan: str
    plan_name: str
    status: str
    subscription_id: UUID | None
    entitled_until: datetime | None
    is_admin: bool
    max_resumes: int
    premium_templates: bool
    limits: list[Allowance]
    operations: list[OperationCost]
    timezone: Literal["UTC"]


class Page(Strict):
    """A page of the ledger: at most ``limit`` rows before the row with this ``seq``."""

    before: Annotated[int, Field(gt=0, lt=2**63)] | None = None
    limit: Annotated[int, Field(ge=1, le=200)] = 50


class Transaction(BaseModel):
    """A row of the ledger."""

    seq: int
    at: datetime
    kind: str
    amount: int
    balance_after: int
    operation: str | None
    reference: str | None
    description: str | None
    receipt: str | None


class Transactions(BaseModel):
    """A page of the ledger, newest first. Pass ``next_before`` as ``before`` for the next page; null is the end."""

    transactions: list[Transaction]
    next_before: int | None


def _dated(value: object) -> object:
    """Refuse numbers, which pydantic would take for seconds since 1970."""
    if isinstance(value, str) and re.match(r"\d{4}-", value) is None:
        raise ValueError("this is not a date or time in ISO 8601")
    return value


def _in_utc(value: datetime) -> datetime:
    """Convert to UTC; the database knows no offset of 16 hours. Without an offset, the time is UTC."""
    try:
        return (value if value.tzinfo else value.replace(tzinfo=UTC)).astimezone(UTC)
    except OverflowError:
        raise ValueError("this time is out of range") from None


Moment = Annotated[datetime, BeforeValidator(_dated), AfterValidator(_in_utc)]


class UsageQuery(Strict):
    """Usage per UTC day, per UTC month or in total, of operations between two times."""

    model_config = ConfigDict(extra="forbid", populate_by_name=True)

    period: Literal["daily", "monthly", "lifetime"] = "monthly"
    since: Annotated[Moment | None, Field(alias="from")] = None
    until: Annotated[Moment | None, Field(alias="to")] = None


class UsageRow(BaseModel):
    """How often an operation was used in a period, how often the plan paid, and how many credits the rest cost."""

    period_type: str
    period_key: str
    operation_type: str
    operations: int
    paid_by_plan: int
    credits_used: int


class Usage(BaseModel):
    """Usage by period and operation, newest period first."""

    usage: list[UsageRow]
    timezone: Literal["UTC"] = "UTC"
