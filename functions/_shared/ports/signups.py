"""Who may sign up, and what a new user is owed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class SignUpVerdict:
    """Whether somebody may sign up; ``reason`` is the machine code of a refusal."""

    allowed: bool
    reason: str | None = None


class SignUps(Protocol):
    """Who may sign up, and what a new user is owed. Each call is one round trip."""

    async def check(self, attempt: str, email: str | None, address: str | None) -> SignUpVerdict:
        """Decide on one attempt; the same attempt gets the same verdict and counts once."""
        ...

    async def provision(self, user_id: str) -> list[str]:
        """Give what is owed and say what was given; nothing is given twice.

        Raises
        ------
        UserNotFound
            There is no such user.
        """
        ...
