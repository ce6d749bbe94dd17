"""Users' own API keys for model providers, encrypted at rest.

Used by the wiring, which builds models with them, and by the function that manages them. Implemented by the
``supabase`` adapter.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from functions._shared.domain.provider_keys import StoredKey


class ProviderKeys(Protocol):
    """The keys of users. Only `read` gives them back, and nobody but the caller of a provider needs it."""

    async def put(self, user_id: str, provider: str, key: str, *, tested: bool = False) -> StoredKey:
        """Encrypt and store a key, in place of an earlier one for the provider.

        Parameters
        ----------
        user_id : str
            The owner, from a verified token.
        provider : str
            ``gemini``, ``openai``, ``anthropic`` or ``openrouter``.
        key : str
            The key.
        tested : bool
            Whether the provider has just accepted it.
        """
        ...

    async def read(self, user_id: str) -> Mapping[str, str]:
        """Return the user's keys by provider. A key that no current secret decrypts is left out."""
        ...

    async def hints(self, user_id: str) -> Sequence[StoredKey]:
        """Return for which providers the user has keys, and how each ends."""
        ...

    async def delete(self, user_id: str, provider: str) -> bool:
        """Delete a key; return False if there was none."""
        ...
