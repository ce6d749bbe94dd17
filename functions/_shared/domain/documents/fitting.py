"""'Fit to N pages': the loosest of a design's tighter versions under which a résumé needs few enough pages."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from functions._shared.domain.documents.design import STEPS

if TYPE_CHECKING:
    from collections.abc import Callable

    from functions._shared.domain.documents.design import Design


@dataclass(frozen=True, slots=True)
class Fit:
    """What was done to fit a résumé.

    Parameters
    ----------
    requested, pages : int
        How many pages were asked for, and how many there are.
    fits : bool
        Whether that is few enough. If not, the tightest version is used.
    step : int
        0 is the design itself, `STEPS` the tightest version.
    size, line_height, margin : float
        The values used: points, multiples of the size, points.
    """

    requested: int
    pages: int
    fits: bool
    step: int
    size: float
    line_height: float
    margin: float


def fit(design: Design, requested: int, count: Callable[[Design], int]) -> tuple[Design, Fit]:
    """Find the design to use. The same input always gives the same design.

    Parameters
    ----------
    design : Design
        Of the template.
    requested : int
        At most so many pages.
    count : callable
        Counts the pages under a design.
    """
    pages = {0: count(design)}
    low = high = 0
    if pages[0] > requested:
        pages[STEPS] = count(design.tightened(STEPS))
        # If the tightest version is too long, no other is looked at.
        low, high = 1 if pages[STEPS] <= requested else STEPS, STEPS
    while low < high:
        middle = (low + high) // 2
        pages[middle] = count(design.tightened(middle))
        low, high = (low, middle) if pages[middle] <= requested else (middle + 1, high)
    chosen = design.tightened(high)
    total = pages[high]
    return chosen, Fit(requested, total, total <= requested, high, chosen.size, chosen.line_height, chosen.margin)
