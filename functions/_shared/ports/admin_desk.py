"""What administrators read and change of other people's accounts.

Used by `admin`. Implemented by the ``supabase`` adapter: the database decides who may do what, and keeps the log.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True)
class Administrator:
    """Who asks, from a verified token and the request.

    Parameters
    ----------
    user_id : str
        UUID.
    assurance : str
        ``aal2`` if they signed in with a second factor, else ``aal1``.
    address : str or None
        Their network address.
    user_agent : str or None
        What their browser calls itself.
    """

    user_id: str
    assurance: str
    address: str | None
    user_agent: str | None


@dataclass(frozen=True, slots=True)
class Change:
    """Why something is changed, and the key that lets it happen once."""

    reason: str
    key: str
    request_hash: str


class AdminDesk(Protocol):
    """The operations of administrators. Each call is one round trip."""

    async def read(
        self, administrator: Administrator, operation: str, filters: Mapping[str, Any], reason: str | None
    ) -> dict[str, Any]:
        """Read rows. Rows of other people leave a line in the audit log.

        Raises
        ------
        NotAnAdministrator, SecondFactorRequired, PermissionMissing
            The caller may not read them.
        """
        ...

    async def change(
        self, administrator: Administrator, operation: str, request: Mapping[str, Any], change: Change
    ) -> dict[str, Any]:
        """Change something of another's account, once per key.

        Raises
        ------
        NotAnAdministrator, SecondFactorRequired, PermissionMissing
            The caller may not change it.
        OwnAccount
            It is the caller's own.
        ReasonRequired
            The reason is too short or too long.
        IdempotencyConflict
            The key was used for another change.
        """
        ...
