"""Rate limits of calls that no reservation counts.

Used by the edge, for routes that declare ``per_minute``. Implemented by the ``redis`` and ``supabase`` adapters. Paid
calls are counted by the ledger, in the reservation.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from functions._shared.domain.rate import Rate


class RateLimiter(Protocol):
    """Counts calls in a sliding window. Each call is one round trip.

    A limiter that is out of order lets calls through: what costs money is limited in the ledger, and an outage of
    the limiter shall be no outage of the service.
    """

    async def hit(self, subject: str, endpoint: str, *, limit: int, window: int) -> Rate | None:
        """Count a call, and refuse it if it is one too many. A refused call does not count.

        Parameters
        ----------
        subject : str
            The user's id, or the address of an anonymous client.
        endpoint : str
            Name of the limit, such as ``billing/plans``.
        limit, window : int
            So many calls within so many seconds.

        Returns
        -------
        Rate or None
            What is left; None if the limiter is out of order.

        Raises
        ------
        RateLimited
            There were too many.
        """
        ...
