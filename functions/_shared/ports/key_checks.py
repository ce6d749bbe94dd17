"""Whether a model provider accepts a user's own API key.

Used by the ``account`` function. Implemented by the ``model_accounts`` adapter.
"""

from __future__ import annotations

from typing import Protocol


class KeyChecks(Protocol):
    """Asks providers about keys, with a call that costs the user nothing."""

    async def accepts(self, provider: str, key: str) -> bool:
        """Return whether the provider accepts the key.

        Parameters
        ----------
        provider : str
            ``gemini``, ``openai``, ``anthropic`` or ``openrouter``.
        key : str
            The key, which appears in no log and no error.

        Raises
        ------
        ModelUnavailable
            The provider did not say.
        """
        ...
