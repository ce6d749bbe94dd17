"""Partial dates of a résumé ("2019", "2019-04", "2019-04-30"), and durations between them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from functions._shared.domain.resume.content import Span

_PARTIAL: Final = re.compile(r"([12][0-9]{3})(?:-([01][0-9]))?(?:-[0-3][0-9])?")
MONTHS: Final = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
    "december",
)  # fmt: skip
_MONTHS_PER_YEAR: Final = 12


@dataclass(frozen=True, slots=True)
class Length:
    """A duration, as exactly as partial dates allow.

    Parameters
    ----------
    least, most : int
        Whole months. They differ where only years are known.
    """

    least: int
    most: int

    def years(self) -> range:
        """Every number of whole years that describes it: rounded down, and rounded to the nearest year."""
        return range(self.least // _MONTHS_PER_YEAR, (self.most + _MONTHS_PER_YEAR // 2) // _MONTHS_PER_YEAR + 1)


def year_and_month(value: str | None) -> tuple[int, int | None] | None:
    """Parse a partial date; None for anything else, such as `Present`. A month above 12 counts as missing."""
    match = _PARTIAL.fullmatch(value or "")
    if not match:
        return None
    month = int(match[2]) if match[2] else None
    return int(match[1]), month if month and month <= _MONTHS_PER_YEAR else None


def length(span: Span, today: date) -> Length | None:
    """Return how long a span lasted, at most until ``today``; None without a start or with an end before it."""
    return total([span], today)


def total(spans: Iterable[Span], today: date) -> Length | None:
    """Return how long several spans lasted together. Overlapping months count once.

    Parameters
    ----------
    spans : iterable of Span
        Jobs, for example. Spans without a start, or with no end and not current, are left out.
    today : date
        The end of ongoing spans; later months never count.

    Returns
    -------
    Length or None
        None if no span has a start.
    """
    least, most = [], []
    now = today.year * _MONTHS_PER_YEAR + today.month - 1
    for span in spans:
        start = year_and_month(span.startDate)
        end = (today.year, today.month) if span.is_current else year_and_month(span.endDate)
        if start is None or end is None:
            continue
        (first_year, first_month), (last_year, last_month) = start, end
        earliest = first_year * _MONTHS_PER_YEAR + (first_month or 1) - 1
        latest = min(last_year * _MONTHS_PER_YEAR + (last_month or _MONTHS_PER_YEAR), now + 1)
        if latest <= earliest:
            continue
        most.append((earliest, latest))
        shortest_end = min(last_year * _MONTHS_PER_YEAR + (last_month or 1) - 1, now)
        least.append((first_year * _MONTHS_PER_YEAR + (first_month or _MONTHS_PER_YEAR), shortest_end))
    return Length(_covered(least), _covered(most)) if most else None


def _covered(intervals: list[tuple[int, int]]) -> int:
    months = 0
    reached = 0
    for start, end in sorted(intervals):
        begin = max(start, reached)
        if end > begin:
            months += end - begin
            reached = end
    return months
