"""The one table of error codes, and the one place where a database error becomes a `DomainError`.

The database refuses with ``raise exception using errcode = 'PT402', message = 'insufficient_credits'``:
SQLSTATE ``PTxyz`` is HTTP status xyz and the message is our own code, so the pair names exactly one class.
Errors that PostgreSQL or PostgREST raise by themselves are known by their code alone; nobody's message text
is ever matched.
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
        # A subclass without a code of its own is the same fact to the outside: AnswerLost, for one.
        if "code" in vars(cls):
            table.setdefault(cls.code, cls)
    return table


ERRORS: Final = _by_code()
"""Every code that a response of ours can carry, and its class."""

_GENERIC: Final[dict[int, type[DomainError]]] = {
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
"""What a status means when its code is new to us."""

# PostgreSQL appendix A and PostgREST's error reference. Two characters stand for a whole class of SQLSTATEs.
_FOREIGN: Final[dict[str, type[DomainError]]] = {
    "08": errors.DatabaseUnavailable,  # connection exception
    "22": errors.Unprocessable,  # data exception
    "23502": errors.Unprocessable,  # not null
    "23503": errors.Unprocessable,  # foreign key: names a row that is not there, or not the caller's
    "23505": errors.Conflict,  # unique
    "23514": errors.Unprocessable,  # check
    "40": errors.DatabaseUnavailable,  # serialization failure, deadlock: a retry helps
    "42501": errors.Forbidden,  # insufficient privilege, which is also a row that RLS refuses
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
    """Turn the body of a failed database call into the error it stands for.

    Parameters
    ----------
    code : str or None
        SQLSTATE, PostgREST code, or the HTTP status where the body said nothing.
    message : str or None
        For ``PTxyz`` our own code; otherwise text of others, which is ignored and never shown.
    details : object
        For ``PTxyz`` a sentence, or a JSON object whose members join the problem document.
    hint : str or None
        For ``PTxyz`` a sentence on what to do, shown as ``hint``.

    Returns
    -------
    DomainError
        Of a class in `ERRORS`. What nobody foresaw is `InternalError`, without a word of the cause.
    """
    code = code or ""
    if code.startswith("PT") and code[2:].isdigit():
        return _ours(int(code[2:]), message or "", details, hint)
    if len(code) == _STATUS_DIGITS and code.isdigit():  # a gateway answered in the database's place
        return _for_status(int(code))()
    cls = _FOREIGN.get(code) or _FOREIGN.get(code[:2]) or errors.InternalError
    return cls()


def to_database(cls: type[DomainError]) -> tuple[str, str]:
    """Give the SQLSTATE and message by which the database raises this class."""
    return f"PT{cls.status}", cls.code


def _for_status(status: int) -> type[DomainError]:
    known = _GENERIC.get(status)
    if known is not None:
        return known
    return errors.BadRequest if 400 <= status < 500 else errors.InternalError  # noqa: PLR2004 - the class of 4xx


def _ours(status: int, message: str, details: object, hint: str | None) -> DomainError:
    sentence, extra = _members(details)
    if hint:
        extra["hint"] = hint
    cls = ERRORS.get(message)
    if cls is None or cls.status != status:
        cls = _for_status(status)
        if message:
            extra["reason"] = message
    return cls(sentence, **extra)


def _members(details: object) -> tuple[str | None, dict[str, Any]]:
    """Split details into the sentence for people and the members for programs."""
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
