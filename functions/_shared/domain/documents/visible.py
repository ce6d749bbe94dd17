"""The part of a résumé that a document shows. The JSON Resume attached to a PDF is made from it and from nothing else.

Left out: hidden sections, unknown keys and data of other formats, ids, the street address, the address of the photo,
entries without text, days (and months) that the date format does not print, and characters that nobody can see. Lines
that an import kept are shown (`kept_lines`).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final
from unicodedata import normalize

from pydantic import BaseModel

from functions._shared.domain.documents.design import SECTIONS
from functions._shared.domain.documents.locales import shown_date
from functions._shared.domain.resume.content import ResumeContent
from functions._shared.domain.resume.json_resume_basics import one_line
from functions._shared.domain.resume.kept_lines import kept_sections, lines_of

if TYPE_CHECKING:
    from collections.abc import Collection

_NEVER: Final = frozenset({"extra", "id", "image", "address"})
_WITH_LINES: Final = frozenset({"summary", "description", "reference"})
"""Texts whose line ends mean something."""
_DATES: Final = frozenset({"startDate", "endDate", "date"})
# Controls, bidirectional embeddings and overrides, line separators, tags, non-characters. Joiners and direction marks
# stay: Persian, Hindi and Hebrew need them.
_UNPRINTABLE: Final = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u00ad\u202a-\u202e\u2060-\u206f\ufeff\ufff0-\uffff\ufdd0-\ufdef\U000e0000-\U000e0fff]"
)
_LINE_ENDS: Final = re.compile("\r\n?|[\u2028\u2029]")


def clean(text: str) -> str:
    """Remove unprintable characters and spaces at the ends of lines, and compose letters with their accents."""
    text = normalize("NFC", _UNPRINTABLE.sub("", _LINE_ENDS.sub("\n", text)).replace("\t", " "))
    return "\n".join(line.strip() for line in text.split("\n")).strip()


def visible_content(content: ResumeContent, hidden: Collection[str], date_format: str) -> ResumeContent:
    """Return the content that a document shows.

    Parameters
    ----------
    content : ResumeContent
        The résumé.
    hidden : collection of str
        Sections that its layout hides, also ``personalInfo``.
    date_format : str
        Of the design.
    """
    shown: dict[str, Any] = {}
    for section in ("personalInfo", *SECTIONS):
        if section not in hidden and (value := _shown(getattr(content, section), section, date_format)):
            shown[section] = value
    if "extra" not in hidden and (kept := _kept(content)):
        shown["extra"] = {"sections": kept}
    address = content.personalInfo.address
    person = shown.get("personalInfo", {})
    if address and "personalInfo" not in hidden and not person.get("location"):
        line = clean(one_line(address.to_json()))
        if line:
            shown["personalInfo"] = {**person, "location": line}
    return ResumeContent.model_validate(shown)


def _kept(content: ResumeContent) -> list[dict[str, Any]]:
    """Return the sections that fit no section of ours."""
    sections = [
        (_line(title), [text for line in lines if (text := _line(line))]) for title, lines in kept_sections(content)
    ]
    return [{"title": title, "lines": lines} for title, lines in sections if lines]


def _line(text: str) -> str:
    return " ".join(clean(text).split())


def _shown(value: Any, key: str, date_format: str) -> Any:  # noqa: ANN401 - a part of a résumé
    if isinstance(value, str):
        text = clean(value) if key in _WITH_LINES else " ".join(clean(value).split())
        return shown_date(text, date_format) if key in _DATES else text
    if isinstance(value, list):
        return [shown for item in value if (shown := _shown(item, key, date_format))]
    if isinstance(value, BaseModel):
        pairs = ((name, getattr(value, name)) for name in type(value).model_fields if name not in _NEVER)
        shown = {name: kept for name, each in pairs if (kept := _shown(each, name, date_format))}
        if lines := [text for line in lines_of(value.model_dump().get("extra")) if (text := _line(line))]:
            shown["extra"] = {"lines": lines}
        # An entry that has only dates says nothing.
        return shown if any(name not in _DATES for name in shown) else None
    return None
