"""Request bodies: size, content type, JSON and schema. Called by `admission`, and by webhooks that parse late."""

from __future__ import annotations

import json
import math
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, TypeVar

from pydantic import BaseModel, ValidationError
from starlette.datastructures import QueryParams
from starlette.requests import ClientDisconnect

from functions._shared.domain.errors import (
    BadRequest,
    InvalidJson,
    PayloadTooLarge,
    UnsupportedMediaType,
    ValidationFailed,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from starlette.requests import Request

    from functions._shared.edge.route import RouteSpec

M = TypeVar("M", bound=BaseModel)

MAX_DEPTH: Final = 64
_MAX_ERRORS: Final = 50
_DRAIN: Final = 8 * 1024 * 1024
"""Bytes over the limit that are read and dropped."""
_SURROGATE: Final = re.compile("[\ud800-\udfff\x00]")


@dataclass(frozen=True, slots=True)
class ReceivedBody:
    """The body of a request.

    Parameters
    ----------
    raw : bytes
        The bytes as sent.
    content : object
        The parsed JSON; the raw bytes if the route declares no schema.
    model : BaseModel or None
        The validated body; ``None`` if the route declares no schema.
    """

    raw: bytes
    content: object
    model: BaseModel | None = None


async def receive(request: Request, spec: RouteSpec) -> ReceivedBody:
    """Read the body and check it against the route.

    Raises
    ------
    PayloadTooLarge, UnsupportedMediaType, InvalidJson, ValidationFailed
        The body does not fit the route.
    BadRequest
        The client went away.
    """
    raw = await _read(request, spec.max_body)
    accepted = ("application/json",) if spec.request is not None else spec.media_types
    if raw and accepted:
        _check_media_type(request, accepted)
    if spec.request is None:
        return ReceivedBody(raw, raw)
    content = parse_json(raw)
    return ReceivedBody(raw, content, validate(spec.request, content))


def parse_json(raw: bytes) -> object:
    """Parse one JSON document, strictly.

    Besides malformed text, it refuses duplicate keys (parsers disagree on which one counts), NaN and infinity,
    nesting deeper than `MAX_DEPTH`, and characters that PostgreSQL cannot store (NUL, lone surrogates).

    Raises
    ------
    InvalidJson
        The detail has the position if the parser reports one, and never quotes the content.
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
    except ValueError as cause:  # an integer with thousands of digits
        raise InvalidJson("The body contains a number that is too large.") from cause
    _check_storable(value)
    return value


def parse_form(raw: bytes) -> dict[str, str]:
    """Parse the form of a browser. Of a field that comes twice, the last value counts.

    Raises
    ------
    BadRequest
        It is not UTF-8.
    """
    try:
        return dict(QueryParams(raw.decode()))
    except UnicodeDecodeError as cause:
        raise BadRequest("The form is not UTF-8.") from cause


def validate(model: type[M], value: object, *, query: bool = False) -> M:
    """Validate a parsed value against a model.

    Raises
    ------
    ValidationFailed
        ``errors`` lists ``pointer`` (RFC 6901; ``parameter`` for a query), ``message`` and ``type``. Input values are
        left out, because they may be secrets.
    """
    try:
        return model.model_validate(value)
    except ValidationError as cause:
        errors = cause.errors(include_url=False, include_context=False, include_input=False)
        where = "parameter" if query else "pointer"
        raise ValidationFailed(
            f"{len(errors)} values are not valid; see `errors`."
            if len(errors) > 1
            else "A value is not valid; see `errors`.",
            errors=[
                {where: _pointer(error["loc"], query=query), "message": error["msg"][:200], "type": error["type"]}
                for error in errors[:_MAX_ERRORS]
            ],
        ) from None


def _pointer(location: tuple[int | str, ...], *, query: bool) -> str:
    parts = [str(part).replace("~", "~0").replace("/", "~1") for part in location]
    return ".".join(parts) if query else "".join(f"/{part}" for part in parts)


async def _read(request: Request, limit: int) -> bytes:
    """Read at most ``limit`` bytes, whatever length the client declared."""
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
            # Read and drop the excess, within reason: a client that is still writing when the
            # connection closes sees a broken pipe instead of this answer.
            elif size > limit + _DRAIN:
                break
    except ClientDisconnect as disconnect:
        raise BadRequest("The connection closed before the whole body arrived.") from disconnect
    if too_large:
        raise PayloadTooLarge(f"The body must not be larger than {limit} bytes.", limit=limit)
    return b"".join(chunks)


def _check_media_type(request: Request, accepted: Sequence[str]) -> None:
    declared = request.headers.get("content-type", "")
    media_type, _, parameters = declared.partition(";")
    media_type = media_type.strip().lower()
    charset = parameters.lower().replace(" ", "").replace('"', "").partition("charset=")[2]
    json_like = "application/json" in accepted and media_type.endswith("+json")
    if (media_type in accepted or json_like) and charset in {"", "utf-8", "utf8"}:
        return
    raise UnsupportedMediaType(f"Send {' or '.join(accepted)}.", accepted=list(accepted))


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    members = dict(pairs)
    if len(members) != len(pairs):
        raise InvalidJson("An object contains the same key twice.")
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
                    raise InvalidJson("Text must not contain NUL or lone surrogates.")
            elif isinstance(value, float) and not math.isfinite(value):
                raise InvalidJson("The body contains a number that is too large.")
        if not below:
            return
        level = below
    raise InvalidJson(f"The body is nested deeper than {MAX_DEPTH} levels.")
