"""Metering: the reservation, the cost and the model calls of a paid operation.

The `Ledger` port takes a `ReserveRequest` and answers with a `Reservation`; settling it returns a `Receipt`. Services
read the `ResumeSnapshot` and `JobSnapshot` of the reservation; models report each `ModelCall`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

from pydantic import BaseModel

if TYPE_CHECKING:
    from decimal import Decimal

    from functions._shared.domain.json import Json
    from functions._shared.domain.rate import Rate

OFFLINE: Final = "offline"
"""Provider name of the rule-based writer, and the funding of what it writes: free for everybody."""
Funding = Literal["plan", "credits", "unlimited", "offline", "own_key"]
ChosenFunding = Literal["offline", "own_key"]
"""Fundings that the function chooses when it reserves: the free writer, and models with the user's own key."""
Payer = Literal["service", "user"]
"""Whose account at a model provider is used."""
ReservationState = Literal["reserved", "replay", "dry_run"]


@dataclass(frozen=True, slots=True)
class ReserveRequest:
    """The arguments of `Ledger.reserve`.

    Parameters
    ----------
    user_id : str
        The user who pays.
    operation : str
        Slug of the operation in the registry.
    idempotency_key : str
        The same key with the same request is charged once.
    request_hash : str
        Hex SHA-256 of the request.
    resume_id, job_id : str or None
        Rows to read together with the reservation.
    dry_run : bool
        Return the decision without holding anything.
    funding : str or None
        ``offline``: the rule-based writer does the work; never taken from the request. ``own_key``: models that the
        user pays do it. Both cost no credits. None: the ledger decides between plan and credits.
    units : int
        How often the price is due, and the plan's allowance counts.
    new_resume : bool
        Whether the work makes a résumé, so that the plan must allow one more.
    needs : dict or None
        What else the work needs. ``room``: a table that another row has to fit into. ``recording``: the ``session_id``
        and ``question`` that it is for. Read are ``career``, with a ``session_id`` and a ``template_id`` or without,
        and ``file_scan``, the last one of the résumé's file.
    """

    user_id: str
    operation: str
    idempotency_key: str
    request_hash: str
    resume_id: str | None = None
    job_id: str | None = None
    dry_run: bool = False
    funding: ChosenFunding | None = None
    units: int = 1
    new_resume: bool = False
    needs: Json | None = None


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
    rate: Rate | None = None
    """What else may begin; None if nothing limits it."""
    preferred_provider: str | None = None
    """The model provider that the user prefers, if they chose one."""
    found: Json | None = None
    """What else was to be read, see `ReserveRequest`."""


@dataclass(frozen=True, slots=True)
class ResumeSnapshot:
    """The résumé at the time of the reservation; ``version`` is the base of any patch."""

    id: str
    version: int
    title: str
    content: Json
    layout: Json
    template_id: str | None


@dataclass(frozen=True, slots=True)
class JobSnapshot:
    """The job at the time of the reservation. Its text is untrusted."""

    id: str
    title: str | None
    company: str | None
    description: str | None
    extracted_data: Json


class Receipt(BaseModel):
    """The cost of an operation, as every paid response shows it.

    Attributes
    ----------
    usage_id : str or None
        The usage event; None for a dry run.
    operation : str
        Slug of the operation in the registry.
    charged : int
        Credits charged; 0 if the plan paid or nothing was delivered.
    funding : str or None
        ``plan``, ``credits``, ``unlimited`` (an administrator), ``offline`` (the free rule-based writer) or
        ``own_key`` (models with the user's own key).
    balance : int
        Credits that the user can spend afterwards.
    resets_at : str or None
        When the plan quota renews: ISO 8601 UTC, exactly as the database wrote it.
    """

    usage_id: str | None
    operation: str
    charged: int
    funding: Funding | None
    balance: int
    resets_at: str | None


@dataclass(frozen=True, slots=True)
class ModelCall:
    """One call of a model, as recorded in ``ai_usage``.

    Parameters
    ----------
    provider, model, feature : str
        The model provider, its model and the operation that made the call.
    input_tokens, output_tokens : int
        As counted by the provider.
    estimated_cost : Decimal or None
        In US dollars; None if the price is unknown.
    response_time_ms : int
        Duration of the call.
    was_cached : bool
        Whether the answer came from the cache.
    request_summary, response_summary : str
        Short descriptions without personal data.
    payer : str
        ``service``, or ``user`` if the call was made with the user's own key.
    prompt_version : str
        Version of the words that the model was asked with; empty if they have none.
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
    payer: Payer = "service"
    prompt_version: str = ""
