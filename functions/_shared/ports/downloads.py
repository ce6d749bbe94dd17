"""Files that were made from résumés.

Used by `resume_export`. Implemented by the ``supabase`` adapter.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from functions._shared.domain.json import Json


class Downloads(Protocol):
    """The rows of exported files. Each call is one round trip."""

    async def keep(
        self, user_id: str, resume_id: str, version: int, form: str, path: str, size: int, details: Json
    ) -> str:
        """Keep a file that is in storage; once per path, however often it is made.

        Returns
        -------
        str
            Id of its row.

        Raises
        ------
        ResumeNotFound
            The résumé was deleted meanwhile.
        StorageLimitReached
            The plan stores no more files.
        """
        ...
