"""Metering: what a reservation holds, what it costs, and what a model call is booked as."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from pydantic import BaseModel

if TYPE_CHECKING:
    from collections.abc import Mapping
    from decimal import Decimal

    Json = Mapping[str, Any]

Funding = Literal["plan", "credits", "unlimited"]
ReservationState = Literal["reserved", "replay", "dry_run"]


@dataclass(frozen=True, slots=True)
class ModelCall:
    """One call of a model, as it is booked in ``ai_usage``.

    ``estimated_cost`` is in US dollars, None where no price is known; tokens are the provider's count; the
    summaries are short and hold no personal data.
    """

    provider: str
    model: str
    feature: str
    input_tokens: int
    output_tokens: int
    estimated_cost: Decimal | None
    response_time_ms: int
    was_cached: bool = False
    request_summary: str = ""
    response_summary: str = ""


@dataclass(frozen=True, slots=True)
class ReserveRequest:
    """Arguments of `Ledger.reserve`; see `PaidCall` for the first fields."""

    user_id: str
    operation: str
    idempotency_key: str
    request_hash: str
    resume_id: str | None = None
    job_id: str | None = None
    dry_run: bool = False


@dataclass(frozen=True, slots=True)
class ResumeSnapshot:
    """The résumé as it was when its operation was reserved; ``version`` is the base of any patch."""

    id: str
    version: int
    title: str
    content: Json
    layout: Json
    template_id: str | None


@dataclass(frozen=True, slots=True)
class JobSnapshot:
    """The job as it was when its operation was reserved. Its text is untrusted data."""

    id: str
    title: str | None
    company: str | None
    description: str | None
    extracted_data: Json


class Receipt(BaseModel):
    """What an operation cost, in the form and order that every paid answer shows.

    Attributes
    ----------
    usage_id : str or None
        The usage event; none in a dry run.
    operation : str
        Slug of the operation in the registry.
    charged : int
        Credits charged; 0 when the plan paid or nothing was delivered.
    funding : str or None
        ``plan``, ``credits`` or ``unlimited``.
    balance : int
        Credits that the user can spend afterwards.
    resets_at : str or None
        When the plan's quota renews, ISO 8601 UTC, exactly as the database wrote it.
    """

    usage_id: str | None
    operation: str
    charged: int
    funding: Funding | None
    balance: int
    resets_at: str | None


@dataclass(frozen=True, slots=True)
class Reservation:
    """The ledger's decision on a request.

    ``reserved``: a hold exists until ``expires_at``; commit or release it with ``usage_id`` and ``attempt``.
    ``replay``: ``result`` and ``receipt`` are the stored answer. ``dry_run``: nothing was changed.
    """

    state: ReservationState
    usage_id: str | None
    attempt: int
    operation: str
    funding: Funding | None
    cost: int
    balance: int
    resets_at: str | None
    expires_at: str | None
    resume: ResumeSnapshot | None = None
    job: JobSnapshot | None = None
    result: str | None = None
    receipt: Receipt | None = None
    preferred_provider: str | None = None
    """Whose model the user would rather have, if they chose one."""
