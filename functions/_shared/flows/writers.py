"""The models that a request uses: ours, or those of the user's own keys."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from contextlib import AbstractAsyncContextManager

    from functions._shared.flows.entailment import Verification
    from functions._shared.ports.model import Model
    from functions._shared.ports.speech import Transcriber


@dataclass(frozen=True, slots=True)
class Writers:
    """Who writes and who judges.

    Parameters
    ----------
    model : Model
        The model that writes, with its fallbacks.
    verification : Verification
        Who judges what it wrote.
    """

    model: Model
    verification: Verification


class OwnWriters(Protocol):
    """Opens the models of a user's own keys, and no others, for the length of a ``with`` block."""

    def __call__(self, user_id: str) -> AbstractAsyncContextManager[Writers]:
        """Open them.

        Raises
        ------
        NoProviderKey
            The user has no key that can be used.
        """
        ...


class OwnTranscriber(Protocol):
    """Opens the transcriber of a user's own keys for the length of a ``with`` block."""

    def __call__(self, user_id: str) -> AbstractAsyncContextManager[Transcriber | None]:
        """Open it; None if none of the user's keys is one of a provider that transcribes."""
        ...
