"""The state of a rate limit, and the response headers that say it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Rate:
    """The state of a rate limit after a request.

    Parameters
    ----------
    policy : str
        Its name.
    limit, window : int
        Requests that are allowed within so many seconds.
    remaining : int
        How many more are allowed now.
    reset : int or None
        Seconds until more are allowed, if that is known.
    """

    policy: str
    limit: int
    window: int
    remaining: int
    reset: int | None = None

    def headers(self) -> dict[str, str]:
        """Return the two fields of draft-ietf-httpapi-ratelimit-headers-10: the policy, and what is left of it."""
        reset = "" if self.reset is None else f";t={self.reset}"
        return {
            "ratelimit-policy": f'"{self.policy}";q={self.limit};w={self.window}',
            "ratelimit": f'"{self.policy}";r={self.remaining}{reset}',
        }
