"""What the tables of the providers' webhook events are made of."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from functions._shared.domain.payments import Facts

Reader = Callable[[Mapping[str, Any], int], Facts]
"""Makes facts of an event's content and its moment (Unix seconds)."""


@dataclass(frozen=True, slots=True)
class Handling:
    """What is done with a kind of event.

    Parameters
    ----------
    effect : str
        What it does here, or why it does nothing; docs/payments.md shows it.
    read : callable or None
        Makes facts of it; None for an event that is kept and ignored.
    """

    effect: str
    read: Reader | None = None
