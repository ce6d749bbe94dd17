"""What the edge tells a service about a request: its deadline, its caller, its payer."""

from __future__ import annotations

import time
from dataclasses import dataclass, field


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


@dataclass(frozen=True, slots=True)
class PaidAnswer:
    """The answer to a paid request, ready to send.

    ``body`` is the UTF-8 JSON text ``{"result": …, "receipt": {…}}``; a replay has the very same bytes.
    """

    body: bytes
    replayed: bool = False
