"""Webhook events: how an adapter reads them, and what our inbox does with them."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Annotated, Any, Final, Literal

from pydantic import Field, TypeAdapter, ValidationError

from functions._shared.domain.errors import InvalidJson
from functions._shared.domain.payments.facts import Fact, Facts, Moment, Prose, ProviderId
from functions._shared.domain.payments.names import ProviderName  # noqa: TC001 - pydantic evaluates the annotations


class ProviderEvent(Fact):
    """A verified webhook event.

    Attributes
    ----------
    id : str
        The provider's event id.
    id_is_signed : bool
        Whether the signature covers the id. Razorpay sends the id in a header, which it does not sign.
    account : str or None
        The provider account that the event names.
    occurred_at : datetime
        When it happened by the provider's clock, to the second.
    facts : Facts or None
        None for an event that could not be read; `problem` then says why.
    ignored : str or None
        Why an event is ignored.
    problem : str or None
        Machine-readable code of the problem with the event.
    """

    provider: ProviderName
    id: ProviderId
    id_is_signed: bool
    type: Annotated[Prose, Field(max_length=100)]
    account: ProviderId | None = None
    occurred_at: Moment
    facts: Facts | None
    ignored: str | None = None
    problem: str | None = None


@dataclass(frozen=True, slots=True)
class EventOutcome:
    """What the inbox did with an event.

    Parameters
    ----------
    state : str
        ``processed``, ``ignored``, ``failed`` (stored and retried later) or ``duplicate``.
    id : int
        Id of the stored event.
    error : str or None
        Code of the error, if the event failed.
    effects : tuple of str
        What the event changed.
    """

    state: Literal["processed", "ignored", "failed", "duplicate"]
    id: int
    error: str | None = None
    effects: tuple[str, ...] = ()


Reader = Callable[[Mapping[str, Any], int], Facts]
"""Reads facts from the content of an event and its time (Unix seconds)."""


@dataclass(frozen=True, slots=True)
class Handling:
    """How one type of event is handled.

    Parameters
    ----------
    effect : str
        What the event does here, or why it is ignored; shown in docs/payments.md.
    read : callable or None
        Reads the facts; None for an event that is stored but ignored.
    """

    effect: str
    read: Reader | None = None


UNREADABLE: Final = (ValueError, LookupError, TypeError, AttributeError, ArithmeticError, OSError)
"""What reading a document of an unexpected form raises; pydantic's ValidationError is a ValueError."""

_ID: Final = TypeAdapter(ProviderId)
_MOMENT: Final = TypeAdapter(Moment)


def id_or_none(value: object) -> str | None:
    """Return a provider's id, or None if the value is none."""
    try:
        return _ID.validate_python(value)
    except ValidationError:
        return None


def seconds(value: object) -> int:
    """Return the time of an event in Unix seconds.

    Raises
    ------
    ValueError
        It is no whole number of seconds, or of another century.
    """
    if isinstance(value, float):
        raise ValueError("a moment is a whole number of seconds")  # noqa: TRY004 - see UNREADABLE
    return int(_MOMENT.validate_python(value).timestamp())


MAX_DEPTH: Final = 100
"""Levels of nesting in an event. Real events have a dozen."""


def parse_event(body: bytes) -> Any:  # noqa: ANN401 - JSON
    """Parse the body of a verified event.

    Parameters
    ----------
    body : bytes
        JSON, as received.

    Raises
    ------
    InvalidJson
        It is nested more deeply than any provider's event. Nothing is stored.
    ValueError
        It is not JSON.
    """
    try:
        document: object = json.loads(body)
    except RecursionError as error:
        raise _too_deep() from error
    level = [document]
    for _ in range(MAX_DEPTH):
        level = [
            child
            for value in level
            if isinstance(value, dict | list)
            for child in (value.values() if isinstance(value, dict) else value)
        ]
        if not level:
            return document
    raise _too_deep()


def _too_deep() -> InvalidJson:
    return InvalidJson(f"The body is nested deeper than {MAX_DEPTH} levels.")
