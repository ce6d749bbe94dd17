"""The Idempotency-Key header, and the hash that distinguishes requests with the same key."""

from __future__ import annotations

import hashlib
import json
import re
from typing import TYPE_CHECKING, Final
from uuid import uuid4

from functions._shared.domain.errors import InvalidIdempotencyKey

if TYPE_CHECKING:
    from starlette.datastructures import Headers

HEADER: Final = "idempotency-key"
_PRINTABLE: Final = re.compile(r"[\x20-\x7e]{1,255}")


def idempotency_key(headers: Headers) -> str:
    """Return the client's key, or a new one if the client sent none.

    Raises
    ------
    InvalidIdempotencyKey
        The header is empty, repeated, longer than 255 characters, or not printable ASCII.
    """
    keys = headers.getlist(HEADER)
    if not keys:
        return str(uuid4())
    if len(keys) > 1 or not _PRINTABLE.fullmatch(keys[0]):
        raise InvalidIdempotencyKey
    return keys[0]


def request_hash(function: str, path: str, content: object) -> str:
    """Hash the content of a request.

    Parameters
    ----------
    function : str
        Name of the function.
    path : str
        Path inside the function.
    content : object
        The parsed JSON body, or the bytes of a raw body. White space and key order of JSON do not change the hash,
        because a client may serialize a retry differently.

    Returns
    -------
    str
        64 hex digits, SHA-256.
    """
    if not isinstance(content, bytes):
        content = json.dumps(content, sort_keys=True, separators=(",", ":"), allow_nan=False).encode()
    return hashlib.sha256(f"{function}\n{path}\n".encode() + content).hexdigest()
