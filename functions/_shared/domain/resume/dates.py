"""Partial dates of a résumé ("2019", "2019-04", "2019-04-30") and the time between them."""

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
_YEAR: Final = 12


@dataclass(frozen=True, slots=True)
class Length:
    """How long something took, as exactly as partial dates tell.

    Parameters
    ----------
    least, most : int
        Whole months. They differ where only years are known.
    """

    least: int
    most: int

    @property
    def whole_years(self) -> int:
        """Years to speak of when one number is wanted, rounded down."""
        return (self.least + self.most + 2) // 2 // _YEAR

    def years(self) -> range:
        """Whole years that one may truthfully call it: rounded down, and rounded to the nearest."""
        return range(self.least // _YEAR, (self.most + _YEAR // 2) // _YEAR + 1)


def year_and_month(value: str | None) -> tuple[int, int | None] | None:
    """Read a partial date; None if there is none (or `Present`). A month above 12 counts as not given."""
    match = _PARTIAL.fullmatch(value or "")
    if not match:
        return None
    month = int(match[2]) if match[2] else None
    return int(match[1]), month if month and month <= _YEAR else None


def length(span: Span, today: date) -> Length | None:
    """Tell how long a span lasted until ``today``; None without a start or with an end before it."""
    return total([span], today)


def total(spans: Iterable[Span], today: date) -> Length | None:
    """Add spans up, counting months in which several ran once.

    Parameters
    ----------
    spans : iterable of Span
        Jobs, say. Spans without a start, or with no end and not current, are left out.
    today : date
        The end of what is still going on; nothing counts beyond it.

    Returns
    -------
    Length or None
        None if no span has a start.
    """
    least, most = [], []
    now = today.year * _YEAR + today.month - 1
    for span in spans:
        start = year_and_month(span.startDate)
        end = (today.year, today.month) if span.is_current else year_and_month(span.endDate)
        if start is None or end is None:
            continue
        (first_year, first_month), (last_year, last_month) = start, end
        earliest = first_year * _YEAR + (first_month or 1) - 1
        latest = min(last_year * _YEAR + (last_month or _YEAR), now + 1)
        if latest <= earliest:
            continue
        most.append((earliest, latest))
        shortest_end = min(last_year * _YEAR + (last_month or 1) - 1, now)
        least.append((first_year * _YEAR + (first_month or _YEAR), shortest_end))
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
