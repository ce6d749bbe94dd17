"""Everything for sale. Amounts are in the smallest unit of their currency."""

from __future__ import annotations

from dataclasses import dataclass

from functions._shared.domain.payments.names import Interval  # noqa: TC001 - parsers evaluate the annotations


@dataclass(frozen=True, slots=True)
class PackPrice:
    """A price in one currency."""

    currency: str
    amount: int


@dataclass(frozen=True, slots=True)
class PlanPrice:
    """The price of a plan per month or year."""

    currency: str
    amount: int
    billing_interval: Interval


@dataclass(frozen=True, slots=True)
class PlanLimit:
    """How many operations of a group a plan includes: -1 is unlimited, None means no limit for that period."""

    quota_group: str
    per_day: int | None
    per_month: int | None
    per_lifetime: int | None
    cost: int | None


@dataclass(frozen=True, slots=True)
class PlanOffer:
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
    prices: tuple[PlanPrice, ...]
    limits: tuple[PlanLimit, ...]


@dataclass(frozen=True, slots=True)
class PackOffer:
    """Credits sold in a single payment."""

    slug: str
    name: str
    credits: int
    prices: tuple[PackPrice, ...]


@dataclass(frozen=True, slots=True)
class OperationPrice:
    """The cost of an operation in credits when no plan covers it; None means that it is not sold for credits."""

    slug: str
    name: str
    quota_group: str
    cost: int | None


@dataclass(frozen=True, slots=True)
class CatalogueView:
    """Everything for sale."""

    plans: tuple[PlanOffer, ...]
    packs: tuple[PackOffer, ...]
    operations: tuple[OperationPrice, ...]
