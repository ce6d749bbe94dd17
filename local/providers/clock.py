"""A provider's clock, which a test can set."""

from __future__ import annotations

import calendar
import time
from datetime import UTC, datetime

DAY = 86_400


class Clock:
    """Seconds since the epoch: the machine's time plus an offset, or a fixed moment.

    Parameters
    ----------
    at : float, optional
        Stay at this moment until moved; without it, follow the machine's time.
    """

    def __init__(self, at: float | None = None) -> None:
        self._at = at
        self._offset = 0.0

    def now(self) -> int:
        """Return whole seconds, the unit of the vendors' time stamps."""
        return int(self._at if self._at is not None else time.time() + self._offset)

    def advance(self, seconds: float) -> None:
        """Let time pass."""
        if self._at is None:
            self._offset += seconds
        else:
            self._at += seconds

    def set(self, at: float) -> None:
        """Move to a moment that is not in the past."""
        if at < self.now():
            raise ValueError(f"the clock cannot go back from {self.now()} to {at}")
        self.advance(at - self.now())


def add_months(at: int, months: int, *, anchor_day: int | None = None) -> int:
    """Add calendar months in UTC and keep the time of day; a day that the month lacks becomes its last day.

    Parameters
    ----------
    at : int
        Unix seconds.
    months : int
        Number of months.
    anchor_day : int, optional
        Day to use in months that have it (31 Jan, 28 Feb, 31 Mar); by default the day of `at`.
    """
    moment = datetime.fromtimestamp(at, UTC)
    index = moment.year * 12 + moment.month - 1 + months
    year, month = index // 12, index % 12 + 1
    day = min(anchor_day or moment.day, calendar.monthrange(year, month)[1])
    return int(moment.replace(year=year, month=month, day=day).timestamp())
