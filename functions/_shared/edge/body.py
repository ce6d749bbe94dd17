"""Reading bodies: sizes, content types, JSON, schemas, and the hash that tells one paid request from another."""

from __future__ import annotations

import hashlib
import json
import math
import re
from typing import TYPE_CHECKING, Any, Final, TypeVar
from uuid import uuid4

from pydantic import BaseModel, ValidationError
from starlette.requests import ClientDisconnect

from functions._shared.domain.errors import (
    BadRequest,
    InvalidIdempotencyKey,
    InvalidJson,
    PayloadTooLarge,
    UnsupportedMediaType,
    ValidationFailed,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from starlette.requests import Request

M = TypeVar("M", bound=BaseModel)

MAX_DEPTH: Final = 64
_MAX_ERRORS: Final = 50
_DRAIN: Final = 8 * 1024 * 1024
_PRINTABLE: Final = re.compile(r"[\x20-\x7e]{1,255}")
_SURROGATE: Final = re.compile("[\ud800-\udfff\x00]")
_TRUE: Final = frozenset({"true", "1"})
_FALSE: Final = frozenset({"false", "0"})


async def read_body(request: Request, limit: int) -> bytes:
    """Read at most ``limit`` bytes.

    Raises
    ------
    PayloadTooLarge
        The declared or the actual length is over the limit.
    """
    declared = request.headers.get("content-length", "")
    too_large = declared.isdigit() and int(declared) > limit
    chunks: list[bytes] = []
    size = 0
    try:
        async for chunk in request.stream():
            size += len(chunk)
            too_large = too_large or size > limit
            if not too_large:
                chunks.append(chunk)
            # What is too much is read on, within reason, and dropped: a client that is still
            # writing when the connection closes sees a broken pipe instead of this answer.
            elif size > limit + _DRAIN:
                break
    except ClientDisconnect as gone:
        raise BadRequest("The connection closed before the body was complete.") from gone
    if too_large:
        raise PayloadTooLarge(f"The body may have at most {limit} bytes.", limit=limit)
    return b"".join(chunks)


def check_media_type(request: Request, accepted: Sequence[str]) -> None:
    """Refuse a content type that is not accepted.

    Raises
    ------
    UnsupportedMediaType
        With ``accepted`` as a member of the problem.
    """
    declared = request.headers.get("content-type", "")
    media_type, _, parameters = declared.partition(";")
    media_type = media_type.strip().lower()
    charset = parameters.lower().replace(" ", "").replace('"', "").partition("charset=")[2]
    json_like = "application/json" in accepted and media_type.endswith("+json")
    if (media_type in accepted or json_like) and charset in {"", "utf-8", "utf8"}:
        return
    raise UnsupportedMediaType(f"Send {' or '.join(accepted)}.", accepted=list(accepted))


def parse_json(raw: bytes) -> object:
    """Parse one JSON document, strictly.

    Refused besides malformed text: duplicate keys (which one counts differs between parsers), NaN and infinities,
    nesting deeper than `MAX_DEPTH`, and the characters that PostgreSQL cannot store (NUL, lone surrogates).

    Raises
    ------
    InvalidJson
        With the position where the parser knows it, never with content.
    """
    if not raw:
        raise InvalidJson("The body is empty.")
    try:
        value: object = json.loads(raw.decode(), object_pairs_hook=_unique, parse_constant=_no_constant)
    except UnicodeDecodeError as cause:
        raise InvalidJson("The body is not UTF-8.") from cause
    except json.JSONDecodeError as cause:
        raise InvalidJson(f"{cause.msg}: line {cause.lineno} column {cause.colno}.") from cause
    except RecursionError as cause:
        raise InvalidJson(f"The body is nested deeper than {MAX_DEPTH} levels.") from cause
    except ValueError as cause:  # an integer of thousands of digits
        raise InvalidJson("The body holds a number that is too large.") from cause
    _check_storable(value)
    return value


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    members = dict(pairs)
    if len(members) != len(pairs):
        raise InvalidJson("An object has the same key twice.")
    return members


def _no_constant(_: str) -> object:
    raise InvalidJson("NaN and Infinity are not JSON.")


def _check_storable(root: object) -> None:
    level: list[object] = [root]
    for _ in range(MAX_DEPTH + 1):
        below: list[object] = []
        for value in level:
            if isinstance(value, dict):
                below.extend(value.keys())
                below.extend(value.values())
            elif isinstance(value, list):
                below.extend(value)
            elif isinstance(value, str):
                if _SURROGATE.search(value):
                    raise InvalidJson("Text must not hold NUL or lone surrogates.")
            elif isinstance(value, float) and not math.isfinite(value):
                raise InvalidJson("The body holds a number that is too large.")
        if not below:
            return
        level = below
    raise InvalidJson(f"The body is nested deeper than {MAX_DEPTH} levels.")


def validate(model: type[M], value: object, *, query: bool = False) -> M:
    """Fit a parsed value into a model.

    Raises
    ------
    ValidationFailed
        ``errors`` lists ``pointer`` (RFC 6901; ``parameter`` for a query) and ``message``. Input values are not
        repeated: they may be secrets.
    """
    try:
        return model.model_validate(value)
    except ValidationError as cause:
        found = cause.errors(include_url=False, include_context=False, include_input=False)
        where = "parameter" if query else "pointer"
        raise ValidationFailed(
            f"{cause.error_count()} value(s) do not fit.",
            errors=[
                {where: _pointer(error["loc"], query=query), "message": error["msg"][:200], "type": error["type"]}
                for error in found[:_MAX_ERRORS]
            ],
        ) from None


def _pointer(location: tuple[int | str, ...], *, query: bool) -> str:
    parts = [str(part).replace("~", "~0").replace("/", "~1") for part in location]
    return ".".join(parts) if query else "".join(f"/{part}" for part in parts)


def idempotency_key(request: Request) -> str:
    """Give the client's key, or a fresh one where it sent none.

    Raises
    ------
    InvalidIdempotencyKey
        Empty, repeated, longer than 255, or not printable ASCII.
    """
    keys = request.headers.getlist("idempotency-key")
    if not keys:
        return str(uuid4())
    if len(keys) > 1 or not _PRINTABLE.fullmatch(keys[0]):
        raise InvalidIdempotencyKey
    return keys[0]


def dry_run(request: Request) -> bool:
    """Tell whether ``?dry_run=true`` is asked.

    Raises
    ------
    ValidationFailed
        The parameter is neither true nor false: guessing could charge someone.
    """
    values = [value.lower() for value in request.query_params.getlist("dry_run")]
    if not values:
        return False
    if len(set(values)) == 1 and values[0] in _TRUE | _FALSE:
        return values[0] in _TRUE
    problem = {"parameter": "dry_run", "message": "Input should be true or false", "type": "bool_parsing"}
    raise ValidationFailed("1 value(s) do not fit.", errors=[problem])


def request_hash(function: str, path: str, content: object) -> str:
    """Hash what a paid request asks for.

    Parameters
    ----------
    function : str
        Name of the function.
    path : str
        Path inside the function.
    content : object
        The parsed JSON body, or the bytes of a raw one. White space and key order of JSON do not matter: a client
        may serialise a retry anew.

    Returns
    -------
    str
        64 hex digits, SHA-256.
    """
    if not isinstance(content, bytes):
        content = json.dumps(content, sort_keys=True, separators=(",", ":"), allow_nan=False).encode()
    return hashlib.sha256(f"{function}\n{path}\n".encode() + content).hexdigest()
