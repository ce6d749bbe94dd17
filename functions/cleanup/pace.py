"""How many items a routine takes at once: as many as keep its locks short enough for other transactions."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Final, TypeVar

if TYPE_CHECKING:
    from collections.abc import Awaitable

T = TypeVar("T")


class Pace:
    """The number of items per statement: as many as keep its locks short enough for other transactions.

    Parameters
    ----------
    start : int
        Items in the first batch.
    least : int
        Items in the smallest batch.
    """

    target: Final = 0.05
    """Seconds per batch. Rows differ in cost: deleting a résumé also deletes up to thirty versions."""

    def __init__(self, start: int = 50, least: int = 20) -> None:
        self.rows = start
        self._least = least

    def adapt(self, seconds: float) -> None:
        """Halve the number after a slow batch, double it after a fast one."""
        if seconds > self.target:
            self.rows = max(self._least, self.rows // 2)
        elif seconds < self.target / 3:
            self.rows = min(1000, self.rows * 2)


async def timed(pace: Pace, call: Awaitable[T]) -> T:
    """Await a database call, and adapt the pace to the time that it took."""
    started = time.monotonic()
    answer = await call
    pace.adapt(time.monotonic() - started)
    return answer
