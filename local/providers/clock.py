"""The clock of a provider, which a test or a demo may set."""

from __future__ import annotations

import calendar
import time
from datetime import UTC, datetime

DAY = 86_400


class Clock:
    """Seconds since the epoch: the machine's time plus an offset, or standing still.

    Parameters
    ----------
    at : float, optional
        Stand still at this moment until moved; without it, follow the machine.
    """

    def __init__(self, at: float | None = None) -> None:
        self._at = at
        self._offset = 0.0

    def now(self) -> int:
        """Whole seconds, as the vendors stamp their objects and events."""
        return int(self._at if self._at is not None else time.time() + self._offset)

    def advance(self, seconds: float) -> None:
        """Let time pass."""
        if self._at is None:
            self._offset += seconds
        else:
            self._at += seconds

    def set(self, at: float) -> None:
        """Jump to a moment, which must not lie in the past."""
        if at < self.now():
            raise ValueError(f"time does not run backwards: {at} < {self.now()}")
        self.advance(at - self.now())


def add_months(at: int, months: int, *, anchor_day: int | None = None) -> int:
    """Move by calendar months in UTC, keeping the time of day; a day that a month lacks becomes its last.

    Parameters
    ----------
    at : int
        Unix seconds.
    months : int
        How many months.
    anchor_day : int, optional
        Day to return to where the month has it (31 Jan, 28 Feb, 31 Mar). Default: the day of `at`.
    """
    moment = datetime.fromtimestamp(at, UTC)
    index = moment.year * 12 + moment.month - 1 + months
    year, month = index // 12, index % 12 + 1
    day = min(anchor_day or moment.day, calendar.monthrange(year, month)[1])
    return int(moment.replace(year=year, month=month, day=day).timestamp())
