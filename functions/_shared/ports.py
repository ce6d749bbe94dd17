"""What services need from the world, as Protocols, and the values that cross them.

Services depend on this module and on the domain; adapters implement it; ``wiring`` alone knows both sides.
"""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Generic, Literal, Protocol, TypeVar

from pydantic import BaseModel

if TYPE_CHECKING:
    from decimal import Decimal

T = TypeVar("T", bound=BaseModel)
Json = Mapping[str, Any]
Funding = Literal["plan", "credits", "unlimited"]
ReservationState = Literal["reserved", "replay", "dry_run"]


# ---------------------------------------------------------------------------------------------------------
# Time
# ---------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Deadline:
    """The moment by which an answer must be on its way, on the monotonic clock.

    Parameters
    ----------
    at : float
        Seconds of `time.monotonic`.
    """

    at: float

    @classmethod
    def after(cls, seconds: float) -> Deadline:
        """Make a deadline that many seconds from now."""
        return cls(time.monotonic() + seconds)

    def remaining(self) -> float:
        """Seconds left, never negative."""
        return max(0.0, self.at - time.monotonic())

    def minus(self, seconds: float) -> Deadline:
        """Make an earlier deadline, which leaves that many seconds for what comes after."""
        return Deadline(self.at - seconds)


# ---------------------------------------------------------------------------------------------------------
# Who asks, and a paid request
# ---------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Caller:
    """The user a verified token names.

    Parameters
    ----------
    user_id : str
        UUID in canonical lower-case form.
    token : str
        The token itself, to act with the caller's rights under RLS. Never logged.
    is_anonymous : bool
        Whether the user signed in anonymously.
    """

    user_id: str
    token: str = field(repr=False)
    is_anonymous: bool = False


@dataclass(frozen=True, slots=True)
class PaidCall:
    """What the edge knows about a paid request before its body is understood.

    Parameters
    ----------
    caller : Caller
        Who pays.
    idempotency_key : str
        1-255 printable ASCII characters, from the client or made for it.
    request_hash : str
        Hex SHA-256 over function, path and canonical body; the same request has the same hash.
    dry_run : bool
        Decide and tell, change nothing.
    deadline : Deadline
        When the answer must be on its way.
    """

    caller: Caller
    idempotency_key: str
    request_hash: str
    dry_run: bool
    deadline: Deadline


# ---------------------------------------------------------------------------------------------------------
# Ledger
# ---------------------------------------------------------------------------------------------------------


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


class Ledger(Protocol):
    """Metering: reserve before the work, commit or release after it. Each call is one round trip."""

    async def reserve(self, request: ReserveRequest) -> Reservation:
        """Hold what the operation costs.

        Raises
        ------
        InsufficientCredits, InProgress, IdempotencyConflict, ReplayGone, UnknownOperation, ResumeNotFound,
        JobNotFound, UserNotFound, AccountInactive, TooManyReleases, SpendCeilingReached
            The ledger refuses; nothing is held.
        AnswerLost
            It is not known whether a hold was made.
        DatabaseUnavailable
            The database did not take the call.
        """
        ...

    async def commit(self, usage_id: str, attempt: int, result: str, calls: Sequence[ModelCall]) -> Receipt:
        """Turn the hold into a charge and keep ``result`` (JSON text, kept to the byte) for replay.

        Raises
        ------
        HoldLost
            The hold is not this attempt's any more.
        """
        ...

    async def release(self, usage_id: str, attempt: int, reason: str, calls: Sequence[ModelCall]) -> Receipt:
        """Give the hold back; what the model cost is recorded all the same.

        Raises
        ------
        HoldLost
            The hold is not this attempt's any more.
        """
        ...


@dataclass(frozen=True, slots=True)
class PaidAnswer:
    """The answer to a paid request, ready to send.

    ``body`` is the UTF-8 JSON text ``{"result": …, "receipt": {…}}``; a replay has the very same bytes.
    """

    body: bytes
    replayed: bool = False


# ---------------------------------------------------------------------------------------------------------
# Model
# ---------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Prompt:
    """What a model is asked.

    Parameters
    ----------
    operation : str
        Slug of the operation; also the ``feature`` of the call's booking.
    system : str
        Standing rules.
    instruction : str
        The task.
    data : mapping of str to str
        Named blocks of untrusted text. Adapters delimit them; they never carry instructions.
    facts : mapping
        The same input in structure; what a rule-based adapter works from.
    preferred_provider : str or None
        Whom to ask first, if it is configured.
    user_id : str or None
        Whose question it is. Never sent; an answer is cached for this user alone, and not at all without one.
    fresh : bool
        Ask again although the same question was answered before.
    """

    operation: str
    system: str
    instruction: str
    data: Mapping[str, str]
    facts: Json = field(default_factory=dict)
    preferred_provider: str | None = None
    user_id: str | None = None
    fresh: bool = False


@dataclass(frozen=True, slots=True)
class ModelAnswer(Generic[T]):
    """A validated answer and the booking of the call (or calls, the last one in ``call``) that gave it."""

    output: T
    call: ModelCall
    earlier_calls: tuple[ModelCall, ...] = ()

    @property
    def calls(self) -> tuple[ModelCall, ...]:
        """All calls made for this answer, in order: failed attempts cost money, too."""
        return (*self.earlier_calls, self.call)


class Model(Protocol):
    """A language model with structured output."""

    provider: str

    async def generate(
        self,
        prompt: Prompt,
        output: type[T],
        *,
        timeout: float,  # noqa: ASYNC109 - retries and fallbacks share it, so the adapter has to know it
        max_output_tokens: int,
    ) -> ModelAnswer[T]:
        """Answer ``prompt`` in the shape of ``output``.

        Parameters
        ----------
        prompt : Prompt
            The question.
        output : type of BaseModel
            Shape of the answer; the answer is validated against it.
        timeout : float
            Seconds for everything, retries included.
        max_output_tokens : int
            Upper bound of the answer's length.

        Raises
        ------
        ModelUnavailable, ModelTimeout, ModelRefused, ModelAnswerInvalid
            No usable answer; ``.calls`` has what was spent.
        """
        ...


class AnswerCache(Protocol):
    """Keeps models' answers for a while. It may forget at any time, and it never fails: a broken one is empty."""

    async def get(self, user_id: str, key: str) -> str | None:
        """Give what is kept for this user under this key, if anything."""
        ...

    async def put(self, user_id: str, key: str, text: str, *, seconds: int) -> None:
        """Keep it for so many seconds."""
        ...


# ---------------------------------------------------------------------------------------------------------
# The caller's rows
# ---------------------------------------------------------------------------------------------------------


class CallerRows(Protocol):
    """Tables and functions with the caller's own rights, under RLS. Each call is one round trip."""

    async def select(
        self,
        table: str,
        *,
        columns: str = "*",
        match: Json | None = None,
        order: str | None = None,
        limit: int = 1000,
    ) -> list[dict[str, Any]]:
        """Rows whose columns equal ``match``; ``order`` is ``column`` or ``column.desc``."""
        ...

    async def insert(self, table: str, row: Json) -> dict[str, Any]:
        """Insert one row and return it."""
        ...

    async def update(self, table: str, values: Json, *, match: Json) -> list[dict[str, Any]]:
        """Change the rows that match and return them. ``match`` must not be empty."""
        ...

    async def delete(self, table: str, *, match: Json) -> list[dict[str, Any]]:
        """Delete the rows that match and return them. ``match`` must not be empty."""
        ...

    async def call(self, function: str, arguments: Json) -> object:
        """Call a function of the database and return its value."""
        ...


# ---------------------------------------------------------------------------------------------------------------------
# Sign-up
# ---------------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class SignUpVerdict:
    """Whether somebody may sign up; ``reason`` is the machine code of a refusal."""

    allowed: bool
    reason: str | None = None


class SignUps(Protocol):
    """Who may sign up, and what a new user is owed. Each call is one round trip."""

    async def check(self, attempt: str, email: str | None, address: str | None) -> SignUpVerdict:
        """Decide on one attempt; the same attempt gets the same verdict and counts once."""
        ...

    async def provision(self, user_id: str) -> list[str]:
        """Give what is owed and say what was given; nothing is given twice.

        Raises
        ------
        UserNotFound
            There is no such user.
        """
        ...


# ---------------------------------------------------------------------------------------------------------------------
# Clean-up
# ---------------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class RetentionPolicy:
    """How long a kind of data is kept, and what becomes of it then."""

    data_type: str
    table: str
    archive: bool
    partitioned: bool


@dataclass(frozen=True, slots=True)
class StoredFile:
    """An object in storage."""

    bucket: str
    path: str


@dataclass(frozen=True, slots=True)
class FailedEvents:
    """Payment events to try again now, and how many have been given up on."""

    ids: list[int]
    given_up: int


@dataclass(frozen=True, slots=True)
class PartitionPage:
    """Rows of a month between two places in it."""

    rows: list[dict[str, Any]]
    start: Json | None
    end: Json


class Housekeeping(Protocol):
    """What the database does for the clean-up: bounded batches, one round trip each, safe to repeat and to overlap."""

    async def batch(self, function: str, limit: int) -> dict[str, int]:
        """Call a function that works off up to ``limit`` items and says how many; a bare number is ``done``."""
        ...

    async def webhooks_due(self, limit: int) -> FailedEvents:
        """List payment events that could not be applied and are due for another try."""
        ...

    async def webhook_retry(self, event: int) -> bool:
        """Try one of them again, in a transaction of its own; whether it was applied."""
        ...

    async def files_due(self, limit: int) -> list[tuple[str, StoredFile]]:
        """List files of deleted rows that nothing else names, by the id of their entry in the outbox."""
        ...

    async def outbox_done(self, ids: Sequence[str], *, failed: bool = False) -> None:
        """Take entries out of the outbox, or put those that ``failed`` off."""
        ...

    async def partitions_ahead(self, months: int) -> int:
        """Make the monthly partitions of the next months; how many were new."""
        ...

    async def backfill_users(self, after: str | None) -> tuple[int, str | None]:
        """Provision users without a profile among the next ones by id; how many, and the last id or None at the end."""
        ...

    async def policies(self) -> list[RetentionPolicy]:
        """Retention periods that are not "as long as the account"."""
        ...

    async def expired_rows(self, data_type: str, limit: int) -> list[dict[str, Any]]:
        """Oldest rows past their period: ``{"row": …, "children": {table: [row]}, "seen": …}``."""
        ...

    async def delete_rows(self, data_type: str, seen: Mapping[str, str]) -> int:
        """Delete archived rows, by id, as far as they are still as they were ``seen`` and past their period."""
        ...

    async def purge(self, data_type: str, limit: int) -> int:
        """Delete a batch of what is not archived."""
        ...

    async def expired_partitions(self) -> list[tuple[str, str]]:
        """Table and partition of each month past its period."""
        ...

    async def partition_page(self, partition: str, limit: int) -> PartitionPage:
        """Give the next rows of a month that are not noted as archived; none at its end."""
        ...

    async def partition_note(self, partition: str, page: PartitionPage) -> None:
        """Note that a page is in the archive."""
        ...

    async def partition_close(self, partition: str) -> bool:
        """Say whether as many rows are noted as the month has; if not, archiving it begins anew."""
        ...

    async def drop_partition(self, partition: str) -> None:
        """Drop a month past its period."""
        ...

    async def accounts_due(self, limit: int, skip: int) -> list[tuple[str, list[StoredFile]]]:
        """List deleted accounts past their recovery period, with their files, but for the first ``skip``.

        Those with a subscription that has not ended at its provider wait, and are not listed.
        """
        ...

    async def delete_files(self, files: Sequence[StoredFile]) -> None:
        """Delete objects through the storage API."""
        ...

    async def erase_account(self, user_id: str) -> bool:
        """Erase an account whose files are gone."""
        ...

    async def restore(self, table: str, lines: Sequence[Json]) -> int:
        """Put archived rows back; how many were missing."""
        ...

    async def checks(self) -> list[str]:
        """Names of the invariants."""
        ...

    async def check(self, name: str) -> int:
        """Run one invariant; how often it is broken."""
        ...

    async def note(self, run_id: str, task: str | None, result: Json | None, *, complete: bool = False) -> None:
        """Keep what a run has done so far."""
        ...


class Archive(Protocol):
    """Where rows go before they are deleted. Objects are never changed, only written again as they were."""

    async def put(self, key: str, body: bytes, media_type: str) -> None:
        """Store an object.

        Raises
        ------
        ArchiveUnavailable
            It may not have been stored.
        """
        ...

    async def get(self, key: str) -> bytes:
        """Read an object.

        Raises
        ------
        NotFound
            There is none.
        ArchiveUnavailable
            It could not be read.
        """
        ...
