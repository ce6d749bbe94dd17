"""Pictures of saved résumés: which are to be drawn, and where they are kept.

Used by `resume_export` and the clean-up. Implemented by the ``supabase`` adapter.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from functions._shared.domain.json import Json


@dataclass(frozen=True, slots=True)
class Sitter:
    """A résumé to draw, the design of its template, and the path of its photo."""

    user_id: str
    content: Json
    layout: Json
    design: Json
    photo_path: str | None = None


class Thumbnails(Protocol):
    """The entries of the outbox that ask for a picture. Each call is one round trip."""

    async def due(self, limit: int) -> list[str]:
        """Return the ids of entries whose message is to be sent. Each is due again hours later, until it is kept."""
        ...

    async def read(self, entry: str) -> Sitter | None:
        """Return the résumé of an entry; None if there is nothing to draw any more."""
        ...

    async def keep(self, entry: str, path: str | None) -> bool:
        """Name a stored picture on the résumé and end the entry; without a path, only end it.

        Returns
        -------
        bool
            Whether the entry still existed. If not, the file is deleted by the clean-up.
        """
        ...
