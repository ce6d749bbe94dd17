"""Sign-up: who may create an account, and what a new user receives.

Used by the ``signup`` function. Implemented by the ``supabase`` adapter.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol


class SignUps(Protocol):
    """The rules of sign-up and the provisioning of new users. Each call is one round trip."""

    async def check(self, attempt: str, email: str | None, address: str | None) -> SignUpVerdict:
        """Decide on one sign-up attempt. A repeated attempt gets the same verdict and counts once."""
        ...

    async def provision(self, user_id: str) -> list[str]:
        """Create everything that a new user receives and return what was created. Nothing is created twice.

        Raises
        ------
        UserNotFound
            The user does not exist.
        """
        ...


@dataclass(frozen=True, slots=True)
class SignUpVerdict:
    """Whether a sign-up is allowed; ``reason`` is the machine-readable code of a refusal."""

    allowed: bool
    reason: str | None = None
