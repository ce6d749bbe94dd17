"""What the readers of other formats share: texts, dates, and HTML as paragraphs and bullets."""

from __future__ import annotations

import html
import re
from typing import Any, Final

from functions._shared.domain.resume.field_types import PRESENT
from functions.resume_import.dates import find_dates

_ITEM: Final = re.compile(r"<li\b[^>]*>(.*?)</li>", re.IGNORECASE | re.DOTALL)
_BREAK: Final = re.compile(r"<br\s*/?>|</(?:p|div|h\d|ul|ol|li)>", re.IGNORECASE)
_TAG: Final = re.compile(r"<[^>]{0,2000}>")
_SIGN: Final = re.compile(r"^\s*[•◦▪‣●*–-]\s+")
_INLINE: Final = re.compile(r"\s+[•▪●]\s+")
_MARKED: Final = re.compile(r"\[([^\]]+)\]\([^)]*\)")
_STRESS: Final = re.compile(r"(\*\*|__|\*|_)(?=\S)(.+?)(?<=\S)\1")


def text_of(value: Any) -> str:  # noqa: ANN401 - any JSON
    """Return a value as a line of text; nothing for lists and objects."""
    if isinstance(value, bool) or value is None or isinstance(value, (dict, list)):
        return ""
    return " ".join(str(value).split())


def texts_of(value: Any) -> list[str]:  # noqa: ANN401 - any JSON
    """Return the texts of a list."""
    return [text for item in value if (text := text_of(item))] if isinstance(value, list) else []


def objects_of(value: Any) -> list[dict[str, Any]]:  # noqa: ANN401 - any JSON
    """Return the objects of a list that are not hidden."""
    items = value if isinstance(value, list) else []
    return [
        item
        for item in items
        if isinstance(item, dict) and item.get("hidden") is not True and item.get("visible") is not False
    ]


def from_html(value: Any) -> tuple[list[str], list[str]]:  # noqa: ANN401 - any JSON
    """Split a rich text into paragraphs and bullets."""
    source = value if isinstance(value, str) else ""
    bullets = [line for item in _ITEM.findall(source) for line in _lines(item)]
    return _lines(_ITEM.sub("", source)), bullets


def _lines(source: str) -> list[str]:
    text = html.unescape(_TAG.sub("", _BREAK.sub("\n", source)))
    return [line for raw in text.split("\n") if (line := " ".join(raw.split()))]


def from_text(value: Any) -> tuple[list[str], list[str]]:  # noqa: ANN401 - any JSON
    """Split a plain text into paragraphs and bullets, which may stand on one line ("• a • b")."""
    paragraphs: list[str] = []
    bullets: list[str] = []
    for raw in (value if isinstance(value, str) else "").replace("\r", "\n").split("\n"):
        pieces = _INLINE.split(f" {raw.strip()}")
        if len(pieces) > 1:
            paragraphs += [pieces[0].strip()] if pieces[0].strip() else []
            bullets += [piece.strip() for piece in pieces[1:] if piece.strip()]
        elif _SIGN.match(raw):
            bullets.append(_SIGN.sub("", raw).strip())
        elif raw.strip():
            paragraphs.append(raw.strip())
    return paragraphs, bullets


def plain(text: str) -> str:
    """Remove the marks of Markdown."""
    return _STRESS.sub(r"\2", _MARKED.sub(r"\1", text))


def span(value: Any) -> dict[str, str]:  # noqa: ANN401 - any JSON
    """Return start and end of a period as people write it."""
    found = find_dates(text_of(value))
    if not found:
        return {}
    start, finish = found[0].start or found[0].finish, found[0].finish
    return {"startDate": start, "endDate": finish}


def date_of(value: Any) -> str:  # noqa: ANN401 - any JSON
    """Return a date as our content writes it; nothing if it is none."""
    text = text_of(value)
    found = find_dates(text)
    if found:
        return found[0].finish if found[0].finish != PRESENT else found[0].start
    return PRESENT if text.casefold() in {"present", "current", "now", "ongoing"} else ""


def compact(item: dict[str, Any]) -> dict[str, Any]:
    """Leave out empty values."""
    return {key: value for key, value in item.items() if value not in ("", None, [], {})}
