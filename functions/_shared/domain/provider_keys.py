"""What may be shown of a user's key for a model provider."""

from __future__ import annotations

from pydantic import BaseModel


class StoredKey(BaseModel):
    """A stored key, without the key.

    Attributes
    ----------
    provider : str
        The provider that it is for.
    hint : str
        Its last four characters.
    created_at : str
        When it was stored, ISO 8601.
    tested_at : str or None
        When the provider last accepted it.
    """

    provider: str
    hint: str
    created_at: str
    tested_at: str | None
