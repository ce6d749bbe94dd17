"""Users' accounts: their state, their end, and exports of everything in them.

Used by the ``account`` function. Implemented by the ``supabase`` adapter. The user is always that of a verified token.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

from pydantic import BaseModel

if TYPE_CHECKING:
    from collections.abc import Sequence

    from functions._shared.domain.json import Json
    from functions._shared.domain.tasks import ClaimedTask


class UserAccounts(Protocol):
    """The accounts in the database. Each call is one round trip."""

    async def state(self, user_id: str) -> Json:
        """Return the state of an account.

        Raises
        ------
        UserNotFound, AccountErased
            There is no such account any more.
        """
        ...

    async def require_active(self, user_id: str) -> None:
        """Refuse (`AccountInactive`) a suspended or deleted account."""
        ...

    async def delete(self, user_id: str, key: str) -> Json:
        """Delete an account, which may be restored, and return its state. The same key again only returns the state.

        Raises
        ------
        UserNotFound, AccountErased, IdempotencyConflict
            Nothing was deleted.
        """
        ...

    async def restore(self, user_id: str, key: str, issued_at: int | None) -> Json:
        """Take the deletion back, and return the state. The same key again only returns the state.

        ``issued_at`` is when the caller's token was issued, in seconds since 1970.

        Raises
        ------
        SignInAgain
            The token is not from after the deletion.
        UserNotFound, AccountErased, RecoveryOver, IdempotencyConflict
            The account stays deleted.
        """
        ...

    async def exported_tables(self, user_id: str) -> Sequence[ExportedTable]:
        """Return the tables that an export has, as the register of personal data lists them."""
        ...

    async def exported_rows(self, user_id: str, table: str, after: Json | None) -> ExportedRows:
        """Return the next rows of a table: a few megabytes at most.

        Raises
        ------
        AccountInactive
            The account was deleted meanwhile.
        """
        ...

    async def keep_export(self, task: ClaimedTask, parts: Sequence[ExportPart]) -> Json:
        """Keep an export whose parts are in storage, and revoke earlier ones.

        Raises
        ------
        AccountInactive, TaskLost
            The export is not to be kept.
        """
        ...

    async def exports(self, user_id: str) -> Sequence[StoredExport]:
        """Return the user's exports that can be downloaded, the newest first."""
        ...

    async def revoke_export(self, user_id: str, export_id: str) -> Sequence[ExportPart]:
        """Revoke an export and return its parts, for the caller to delete.

        Raises
        ------
        ExportNotFound
            There is none, or it is another user's.
        """
        ...

    async def unsubscribe(self, link: str) -> str:
        """Turn off the setting that a signed link names; return its name. It needs no user: the link is the permission.

        Raises
        ------
        UnsubscribeLinkInvalid
            Nothing was changed.
        """
        ...


@dataclass(frozen=True, slots=True)
class ExportedTable:
    """A table of an export, and what it holds in words for its user."""

    table: str
    about: str


@dataclass(frozen=True, slots=True)
class ExportedRows:
    """Consecutive rows of a table; ``next`` is where the following ones begin, or None."""

    rows: list[dict[str, Any]]
    next: Json | None


class ExportPart(BaseModel):
    """A ZIP archive in the bucket ``account-exports``."""

    path: str
    size: int
    sha256: str


class StoredExport(BaseModel):
    """An export that can be downloaded."""

    id: str
    created_at: str
    expires_at: str
    seconds_left: int
    parts: list[ExportPart]
