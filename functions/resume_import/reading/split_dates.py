"""Dates that a narrow column has wrapped: "August 2017", a dash, and "Present" below."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from functions.resume_import.dates import find_dates, is_rest_of_date
from functions.resume_import.vocabulary.months import PRESENT

if TYPE_CHECKING:
    from functions.resume_import.reading.lines import Text

_LONG: Final = 95
OPEN: Final = re.compile(r"[-–—~〜～]\s*(?:[^\W\d_]+\.?)?$|^[^\W\d_]+\.?$")
"""The end of a line after which a date goes on."""


def with_joined_dates(texts: list[Text]) -> list[Text]:
    """Join dates that a narrow column has wrapped: "August 2017", a dash, and "Present" below."""
    result: list[Text] = []
    for text in texts:
        for before in reversed(result[-4:]):
            below = (
                0 < text.box.bottom - before.box.bottom < 1.8 * text.line.size
                and abs(text.box.left - before.box.left) < 4
            )
            if below and before.page == text.page and _joins_date(before.text, text.text):
                before.text = f"{before.text} {text.text}"
                before.runs = (*before.runs, *text.runs)
                before.box = before.box._replace(bottom=text.box.bottom, right=max(before.box.right, text.box.right))
                break
        else:
            result.append(replace(text) if len(text.text) < _LONG else text)
    return result


def _joins_date(before: str, after: str) -> bool:
    if after[:1] in "-–—":
        return is_rest_of_date(after[1:].strip() + " 2000") and _is_date_part(before)
    tail = f"{re.split(r'[-–—~〜～]', before)[-1]} {after}".strip().casefold()
    present = any(word.startswith(tail) for word in PRESENT) and len(tail) > 3
    return bool(OPEN.search(before)) and (is_rest_of_date(after) or present) and _is_date_part(before)


def _is_date_part(text: str) -> bool:
    found = find_dates(text + " 2000")
    if not found or found[0].begin > 1 or len(text) - found[0].end > 20:
        return False
    return bool(OPEN.search(text)) or found[-1].end >= len(text)
