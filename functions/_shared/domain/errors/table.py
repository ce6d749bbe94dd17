"""The table of all error codes, and the conversion of database errors to `DomainError`. The adapters call it.

Our SQL raises errors with ``raise exception using errcode = 'PT402', message = 'insufficient_credits'``: SQLSTATE
``PTxyz`` stands for HTTP status xyz and the message is our code, so the pair names exactly one class. Errors that
PostgreSQL or PostgREST raise themselves are recognised by their code alone, never by their message text.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

from functions._shared.domain import errors

if TYPE_CHECKING:
    from collections.abc import Iterator

    from functions._shared.domain.errors import DomainError

_STATUS_DIGITS: Final = 3  # a SQLSTATE has five characters
_RESERVED: Final = frozenset({"type", "title", "status", "code", "detail", "instance", "request_id"})


def _classes(base: type[DomainError]) -> Iterator[type[DomainError]]:
    yield base
    for subclass in base.__subclasses__():
        yield from _classes(subclass)


def _by_code() -> dict[str, type[DomainError]]:
    table: dict[str, type[DomainError]] = {"internal_error": errors.InternalError}
    for cls in _classes(errors.DomainError):
        # A subclass without its own code, such as AnswerLost, looks like its parent to clients.
        if "code" in vars(cls):
            table.setdefault(cls.code, cls)
    return table


ERRORS: Final = _by_code()
"""Every error code that our responses can carry, with its class."""

_BY_STATUS: Final[dict[int, type[DomainError]]] = {
    400: errors.BadRequest,
    401: errors.InvalidToken,
    402: errors.InsufficientCredits,
    403: errors.Forbidden,
    404: errors.NotFound,
    409: errors.Conflict,
    410: errors.Gone,
    413: errors.PayloadTooLarge,
    422: errors.Unprocessable,
    429: errors.RateLimited,
    502: errors.DatabaseUnavailable,
    503: errors.DatabaseUnavailable,
    504: errors.DatabaseUnavailable,
}
"""The class for a status whose code we do not know."""

# From PostgreSQL's appendix A and PostgREST's error reference. Two characters stand for a whole class of SQLSTATEs.
_POSTGRES_CODES: Final[dict[str, type[DomainError]]] = {
    "08": errors.DatabaseUnavailable,  # connection exception
    "22": errors.Unprocessable,  # data exception
    "23502": errors.Unprocessable,  # not null
    "23503": errors.Unprocessable,  # foreign key: the referenced row does not exist or belongs to another user
    "23505": errors.Conflict,  # unique
    "23514": errors.Unprocessable,  # check
    "40": errors.DatabaseUnavailable,  # serialization failure, deadlock: a retry helps
    "42501": errors.Forbidden,  # insufficient privilege, including rows rejected by RLS
    "53": errors.DatabaseUnavailable,  # insufficient resources
    "55P03": errors.DatabaseUnavailable,  # lock not available
    "57": errors.DatabaseUnavailable,  # operator intervention, statement timeout
    "PGRST000": errors.DatabaseUnavailable,
    "PGRST001": errors.DatabaseUnavailable,
    "PGRST002": errors.DatabaseUnavailable,
    "PGRST003": errors.DatabaseUnavailable,
    "PGRST116": errors.NotFound,  # not exactly one row
    "PGRST301": errors.InvalidToken,
    "PGRST303": errors.ExpiredToken,
}


def from_database(
    code: str | None, message: str | None, details: object = None, hint: str | None = None
) -> DomainError:
    """Convert the body of a failed database call to an error.

    Parameters
    ----------
    code : str or None
        SQLSTATE or PostgREST code; the HTTP status if the body has no code.
    message : str or None
        For ``PTxyz``, our error code. Any other message is ignored and never shown.
    details : object
        For ``PTxyz``, a sentence or a JSON object whose members are added to the problem document.
    hint : str or None
        For ``PTxyz``, a sentence that says what to do, shown as ``hint``.

    Returns
    -------
    DomainError
        Of a class in `ERRORS`. Unexpected errors become `InternalError`, which reveals nothing of the cause.
    """
    code = code or ""
    if code.startswith("PT") and code[2:].isdigit():
        return _own_error(int(code[2:]), message or "", details, hint)
    if len(code) == _STATUS_DIGITS and code.isdigit():  # a gateway answered instead of the database
        return _for_status(int(code))()
    cls = _POSTGRES_CODES.get(code) or _POSTGRES_CODES.get(code[:2]) or errors.InternalError
    return cls()


def to_database(cls: type[DomainError]) -> tuple[str, str]:
    """Return the SQLSTATE and message with which the database raises this class."""
    return f"PT{cls.status}", cls.code


def _for_status(status: int) -> type[DomainError]:
    if status in _BY_STATUS:
        return _BY_STATUS[status]
    return errors.BadRequest if 400 <= status < 500 else errors.InternalError  # noqa: PLR2004 - the class of 4xx


def _own_error(status: int, message: str, details: object, hint: str | None) -> DomainError:
    sentence, extra = _members(details)
    if hint:
        extra["hint"] = hint
    cls = ERRORS.get(message)
    if cls is None or cls.status != status:
        cls = _for_status(status)
        if message:
            extra["reason"] = message
    error = cls(sentence, **extra)
    if isinstance(wait := extra.get("retry_after"), int):
        error.retry_after = wait
    return error


def _members(details: object) -> tuple[str | None, dict[str, Any]]:
    """Split the details into a sentence for people and members for programs."""
    if isinstance(details, str) and details.startswith("{"):
        try:
            details = json.loads(details)
        except ValueError:
            return None, {}
    if isinstance(details, dict):
        sentence = details.get("detail")
        members = {key: value for key, value in details.items() if key not in _RESERVED}
        return (sentence if isinstance(sentence, str) else None), members
    return (details or None) if isinstance(details, str) else None, {}
