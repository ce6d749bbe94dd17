"""Facts about a request that the edge passes to a service: deadline, caller, idempotency key, payment."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from typing import Any

    from functions._shared.domain.tasks import ClaimedTask, Task


@dataclass(frozen=True, slots=True)
class Deadline:
    """The time by which the answer must be sent, on the monotonic clock.

    Parameters
    ----------
    at : float
        Seconds of `time.monotonic`.
    """

    at: float

    @classmethod
    def after(cls, seconds: float) -> Deadline:
        """Build a deadline that many seconds from now."""
        return cls(time.monotonic() + seconds)

    def remaining(self) -> float:
        """Return the seconds left, never negative."""
        return max(0.0, self.at - time.monotonic())

    def minus(self, seconds: float) -> Deadline:
        """Build an earlier deadline that leaves that many seconds for later steps."""
        return Deadline(self.at - seconds)


@dataclass(frozen=True, slots=True)
class Caller:
    """The user named by a verified token.

    Parameters
    ----------
    user_id : str
        UUID in canonical lower-case form.
    token : str
        The access token, used to act with the caller's rights under RLS. Never logged.
    is_anonymous : bool
        Whether the user signed in anonymously.
    assurance : str
        ``aal2`` if they signed in with a second factor, else ``aal1``.
    issued_at : int or None
        When the token was issued, in seconds since 1970, if it says so.
    """

    user_id: str
    token: str = field(repr=False)
    is_anonymous: bool = False
    assurance: str = "aal1"
    issued_at: int | None = None


@dataclass(frozen=True, slots=True)
class Idempotency:
    """Identifies a request and its retries.

    Parameters
    ----------
    key : str
        1-255 printable ASCII characters, from the client or generated.
    request_hash : str
        Hex SHA-256 of function, path and canonical body. Equal requests have equal hashes.
    """

    key: str
    request_hash: str


@dataclass(frozen=True, slots=True)
class PaidCall:
    """A paid request, before its operation is known.

    Parameters
    ----------
    caller : Caller
        Who pays.
    idempotency_key : str
        1-255 printable ASCII characters, from the client or generated.
    request_hash : str
        Hex SHA-256 of function, path and canonical body. Equal requests have equal hashes.
    dry_run : bool
        Report the decision and change nothing.
    deadline : Deadline
        When the answer must be sent.
    task : ClaimedTask or None
        The task that ends with the settlement of this call.
    part_of : ClaimedTask or None
        The task that must be under way for the charge of this call.
    tell : callable or None
        Tells the client of an event, with its data, while the work is under way: ``status`` or ``delta``. Until the
        first one, an error is still answered with its own status.
    """

    caller: Caller
    idempotency_key: str
    request_hash: str
    dry_run: bool
    deadline: Deadline
    task: ClaimedTask | None = None
    part_of: ClaimedTask | None = None
    tell: Callable[[str, Mapping[str, Any]], None] | None = field(default=None, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class PaidAnswer:
    """The answer to a paid request, ready to send.

    ``body`` is the UTF-8 JSON text ``{"result": …, "receipt": {…}}``. A replay has exactly the same bytes.
    """

    body: bytes
    replayed: bool = False
    headers: Mapping[str, str] = field(default_factory=dict)
    """More response headers: the state of the rate limit."""


@dataclass(frozen=True, slots=True)
class TaskAnswer:
    """The answer that shows a task. ``replayed``: the request did not open it, because its key is known."""

    task: Task
    replayed: bool = False
