"""The erasure of accounts, step by step, and the keys of archived rows, which go with their users.

Used by the ``cleanup`` function. Implemented by the ``supabase`` adapter.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, Protocol

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from functions._shared.ports.housekeeping import StoredFile

ErasureStep = Literal["begin", "list", "files", "user", "confirm"]


class Erasures(Protocol):
    """The erasures in the database. Each call is one round trip, and safe to repeat."""

    async def due(self, limit: int, skip: int) -> list[DueErasure]:
        """Return accounts to erase and the next step of each, after skipping the first ``skip``.

        Accounts with a subscription that has not ended at its provider are not listed yet.
        """
        ...

    async def take(self, user_id: str, step: ErasureStep) -> TakenStep | None:
        """Take a step, unless it is done; None if the account is not to be erased.

        The caller does first what is outside the database: before ``list`` it puts the id into the archive, before
        ``files`` it deletes the files.

        Raises
        ------
        FilesLeft, SubscriptionRunning
            The step is not done.
        """
        ...

    async def replay(self, user_ids: Sequence[str]) -> int:
        """Mark accounts that were erased and that a restored backup brought back; return how many there are."""
        ...

    async def archive_keys(self, user_ids: Collection[str]) -> Mapping[str, bytes]:
        """Return the keys of these users' archived rows, made where missing. Who was erased has none."""
        ...


@dataclass(frozen=True, slots=True)
class DueErasure:
    """An account to erase, and its next step."""

    user_id: str
    step: ErasureStep


@dataclass(frozen=True, slots=True)
class TakenStep:
    """What follows a step: the next one, or None at the end; with the files to delete, if that is next."""

    next: ErasureStep | None
    files: list[StoredFile]
