"""The line below a name that says what somebody is."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from functions.resume_import.dates import trim
from functions.resume_import.reading.units import join
from functions.resume_import.values import Value
from functions.resume_import.vocabulary.words import is_place, title_weight

if TYPE_CHECKING:
    from functions.resume_import.reading.lines import Text

_FEW: Final = 4
"""Lines of a header that has a section of contact details beside it."""
_LARGE: Final = 11.0
"""Points; smaller is the size of other lines."""

_LONGEST: Final = 110
"""Letters."""


def headline(header: list[Text], used: set[int], name_lines: set[int]) -> Value | None:
    """Find the line that says what somebody is; it is used up."""
    after = False
    for number, text in enumerate(header[:15]):
        if id(text) in name_lines:
            after = True
            continue
        if id(text) in used or text.bullet or (not after and title_weight(text.text) <= 0):
            continue
        line = trim(text.text)
        if len(line) > _LONGEST or line.endswith(".") or re.search(r"\d{4}|@", line) or len(line) < 3 or is_place(line):
            continue
        if title_weight(line) > 0:
            return Value(_whole(line, header, number, used), 0.9, text.page, text.box)
        if after and len(line.split()) <= 9 and not line.endswith(":"):
            return Value(_whole(line, header, number, used), 0.6, text.page, text.box)
    return None


def _whole(line: str, header: list[Text], number: int, used: set[int]) -> str:
    """Return a headline with the line that it is wrapped to in a narrow column: set alike, and right below it."""
    text, following = header[number], header[number + 1 : number + 2]
    used.add(id(text))
    sizes = sorted(each.line.size for each in header)
    for below in following:
        near = below.page == text.page and 0 < below.box.bottom - text.box.bottom < 1.6 * text.line.size
        alike = (
            below.line.size == text.line.size and below.style == text.style and abs(below.box.left - text.box.left) < 1
        )
        stands_out = text.line.size > (1.1 * sizes[0] if len(header) > _FEW else _LARGE) and not is_place(below.text)
        if near and alike and stands_out and id(below) not in used and not re.search(r"[@\d]", below.text):
            used.add(id(below))
            return join(text.text, trim(below.text))
    return line
