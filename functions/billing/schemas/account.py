"""What is for sale, and what a user has."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from functions._shared.domain.payments import Interval, ProviderName
from functions.billing.schemas.base import Strict

# ---------------------------------------------------------------------------------------------------------
# What is for sale
# ---------------------------------------------------------------------------------------------------------


class Price(BaseModel):
    """What something costs."""

    currency: str
    amount: int


class PlanPrice(Price):
    """What a plan costs per month or year."""

    billing_interval: Interval


class Limit(BaseModel):
    """How many operations of a group a plan includes; -1 is any number, null no limit of that period."""

    quota_group: str
    per_day: int | None
    per_month: int | None
    per_lifetime: int | None
    cost: int | None


class Plan(BaseModel):
    """A plan, as it is sold."""

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
    """Credits sold one-off; they do not expire."""

    slug: str
    name: str
    credits: int
    prices: list[Price]


class Operation(BaseModel):
    """What one operation costs in credits where no plan pays; null: not sold for credits."""

    slug: str
    name: str
    quota_group: str
    cost: int | None


class Catalogue(BaseModel):
    """Everything for sale, and through which providers."""

    plans: list[Plan]
    packs: list[Pack]
    operations: list[Operation]
    providers: list[ProviderName]


# ---------------------------------------------------------------------------------------------------------
# What a user has
# ---------------------------------------------------------------------------------------------------------


class Expiry(BaseModel):
    """The next credits to expire."""

    expires_at: datetime
    credits: int


class Balance(BaseModel):
    """What can be spent, what is held by operations under way, what is owed for refunded credits that were spent."""

    balance: int
    reserved: int
    debt: int
    next_expiry: Expiry | None


class Allowance(BaseModel):
    """A limit of the plan in one period, and what is left of it; -1 is any number."""

    quota_group: str
    name: str
    period: str
    limit: int
    used: int
    held: int
    remaining: int
    resets_at: datetime | None


class OperationCost(BaseModel):
    """What an operation costs this user in credits, once the plan does not pay for it."""

    operation: str
    name: str
    quota_group: str
    cost: int | None


class Entitlements(Balance):
    """The user's plan with everything it allows. Periods are UTC."""

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
    """Which page of the ledger: rows before a ``seq``, at most so many."""

    before: Annotated[int, Field(gt=0)] | None = None
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


class Transactions(BaseModel):
    """A page of the ledger, newest first; `next_before` asks for the page after it, null is the end."""

    transactions: list[Transaction]
    next_before: int | None


class UsageQuery(Strict):
    """Which usage: per UTC day, UTC month or in all, of operations between two moments."""

    model_config = ConfigDict(extra="forbid", populate_by_name=True)

    period: Literal["daily", "monthly", "lifetime"] = "monthly"
    since: Annotated[datetime | None, Field(alias="from")] = None
    until: Annotated[datetime | None, Field(alias="to")] = None


class UsageRow(BaseModel):
    """How often an operation was done in a period, how often the plan paid, and for how many credits otherwise."""

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
