"""The queue of mails that facts called for.

Used by the ``cleanup`` function. Implemented by the ``supabase`` adapter.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal, Protocol

if TYPE_CHECKING:
    from collections.abc import Sequence

MailKind = Literal[
    "deletion_requested", "deletion_final", "account_erased", "receipt", "plan_ended", "credits_low", "weekly_digest"
]


class Mails(Protocol):
    """The queue in the database. Each call is one round trip."""

    async def due(self, limit: int) -> DueMails:
        """Take mails to send. Those that are not ended come again later, up to a number of times."""
        ...

    async def end(self, mail_id: str, status: Literal["sent", "failed"]) -> bool:
        """Note that a mail was sent or refused for good; False if it had ended."""
        ...

    async def skip(self, limit: int) -> int:
        """End due mails unsent, because mail is off; return how many."""
        ...


@dataclass(frozen=True, slots=True)
class DueMail:
    """A mail to send, with what is true now.

    Parameters
    ----------
    id : str
        Of the mail.
    kind : str
        What it tells.
    address : str
        A confirmed address.
    locale : str or None
        Of its user, such as ``de-AT``.
    facts : dict
        What it says, by kind.
    unsubscribe : str or None
        The signed end of its unsubscribe link; None: it is required.
    """

    id: str
    kind: MailKind
    address: str
    locale: str | None
    facts: dict[str, Any]
    unsubscribe: str | None = None


@dataclass(frozen=True, slots=True)
class DueMails:
    """Mails to send; and how many ended because they are not wanted or not true any more, or were tried too often."""

    mails: Sequence[DueMail]
    skipped: int
    given_up: int
