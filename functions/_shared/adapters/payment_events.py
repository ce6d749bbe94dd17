"""What the tables of the providers' webhook events are made of, and how their documents are parsed."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from functions._shared.domain.errors import InvalidJson
from functions._shared.domain.payments import Facts

MAX_DEPTH: Final = 100
"""Levels. Real events have a dozen."""

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


def parse(body: bytes) -> Any:  # noqa: ANN401 - JSON
    """Parse a verified event.

    Parameters
    ----------
    body : bytes
        JSON, as received.

    Raises
    ------
    InvalidJson
        It is nested so deep that no provider sent it: nothing is kept.
    ValueError
        It is no JSON.
    """
    try:
        document: object = json.loads(body)
    except RecursionError as cause:
        raise _too_deep() from cause
    level = [document]
    for _ in range(MAX_DEPTH):
        level = [
            below
            for value in level
            if isinstance(value, dict | list)
            for below in (value.values() if isinstance(value, dict) else value)
        ]
        if not level:
            return document
    raise _too_deep()


def _too_deep() -> InvalidJson:
    return InvalidJson(f"The body is nested deeper than {MAX_DEPTH} levels.")
