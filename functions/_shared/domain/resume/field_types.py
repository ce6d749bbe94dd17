"""Types and limits of the values in a résumé, and a check of what PostgreSQL can store at all."""

from __future__ import annotations

import json
import math
from typing import TYPE_CHECKING, Annotated, Any, Final

from pydantic import Field, StringConstraints

from functions._shared.domain.errors import ContentInvalid

if TYPE_CHECKING:
    from collections.abc import Mapping

MAX_BYTES: Final = 262_144
"""Bytes of the whole document as PostgreSQL prints it (``octet_length(content::text)``)."""
MAX_DEPTH: Final = 24
"""Levels of nesting below the root."""
MAX_ITEMS: Final = 100
"""Items of a section."""
MAX_LINES: Final = 100
"""Bullets, courses, keywords … of an item."""
MAX_SKILLS: Final = 300
"""Entries of a flat skill list."""
MAX_ID: Final = 100
"""Characters (code points) of an identifier."""
MAX_SHORT: Final = 500
"""Characters of a name, a title, a place."""
MAX_LINE: Final = 2_000
"""Characters of a bullet."""
MAX_LONG: Final = 10_000
"""Characters of a paragraph."""
MAX_URL: Final = 2_048
"""Characters of a URL."""

PRESENT: Final = "Present"
DATE_PATTERN: Final = "^([12][0-9]{3}(-[01][0-9](-[0-3][0-9])?)?|[Pp]resent|)$"
"""A year, month or day as JSON Resume writes it, ``Present``, or an empty string."""

Id = Annotated[str, StringConstraints(max_length=MAX_ID)]
Short = Annotated[str, StringConstraints(max_length=MAX_SHORT)]
Line = Annotated[str, StringConstraints(max_length=MAX_LINE)]
Long = Annotated[str, StringConstraints(max_length=MAX_LONG)]
Url = Annotated[str, StringConstraints(max_length=MAX_URL)]
Date = Annotated[str, StringConstraints(pattern=DATE_PATTERN)]
Lines = Annotated[list[Line], Field(max_length=MAX_LINES)]
Shorts = Annotated[list[Short], Field(max_length=MAX_LINES)]
SkillList = Annotated[list[Short], Field(max_length=MAX_SKILLS)]


def check_storable(value: Mapping[str, Any]) -> None:
    """Refuse a document that the database cannot store, before any recursive code reads it.

    Raises
    ------
    ContentInvalid
        It is too large or nested too deeply, or has an infinite number or a character that jsonb cannot hold.
    """
    pending: list[tuple[Any, int, str]] = [(value, 0, "")]
    while pending:
        node, depth, pointer = pending.pop()
        if depth > MAX_DEPTH:
            message = f"Nested more than {MAX_DEPTH} levels deep"
            raise ContentInvalid(errors=[{"pointer": pointer[:MAX_SHORT], "message": message}])
        if isinstance(node, dict):
            if any("\0" in key for key in node):
                raise ContentInvalid(errors=[{"pointer": pointer, "message": "A key contains the character U+0000"}])
            pending.extend((child, depth + 1, f"{pointer}/{key}") for key, child in node.items())
        elif isinstance(node, list):
            pending.extend((child, depth + 1, f"{pointer}/{index}") for index, child in enumerate(node))
        elif isinstance(node, str) and "\0" in node:
            raise ContentInvalid(errors=[{"pointer": pointer, "message": "The text contains the character U+0000"}])
        elif isinstance(node, float) and not math.isfinite(node):
            raise ContentInvalid(errors=[{"pointer": pointer, "message": "The number is not finite"}])
    try:
        size = len(json.dumps(value, ensure_ascii=False).encode())
    except UnicodeEncodeError:
        raise ContentInvalid(errors=[{"pointer": "", "message": "The text contains an unpaired surrogate"}]) from None
    if size > MAX_BYTES:
        raise ContentInvalid(
            errors=[{"pointer": "", "message": f"The document has {size} bytes; at most {MAX_BYTES} are allowed"}]
        )
