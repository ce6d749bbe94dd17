"""Files that were made from résumés and letters.

Used by `resume_export`. Implemented by the ``supabase`` adapter.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from functions._shared.domain.json import Json


@dataclass(frozen=True, slots=True)
class Source:
    """What a file was made from: a version of a résumé, or a letter."""

    resume_id: str | None = None
    version: int | None = None
    document_id: str | None = None


class Downloads(Protocol):
    """The rows of exported files. Each call is one round trip."""

    async def keep(self, user_id: str, source: Source, form: str, path: str, size: int, details: Json) -> str:
        """Keep a file that is in storage; once per path, however often it is made.

        Returns
        -------
        str
            Id of its row.

        Raises
        ------
        ResumeNotFound, LetterNotFound
            It was deleted meanwhile.
        StorageLimitReached
            The plan stores no more files.
        """
        ...
