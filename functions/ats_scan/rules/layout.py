"""Rules about the layout: what is read in another order, or not at all."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from functions._shared.domain.documents.facts import Spot
from functions.ats_scan.rules.rule import GREENHOUSE, OURS, Evidence, Rule, spot
from functions.ats_scan.views import MAX_LINES, alternations, side_by_side

if TYPE_CHECKING:
    from functions.ats_scan.rules.rule import Subject
    from functions.ats_scan.views import Row

CONTACT: Final = re.compile(r"[\w.+-]+@[\w-]+\.\w+|(?:\+|\b0|\()\d[\d\s()/.-]{6,}\d")
_MIXED_ROWS: Final = 4
_ALTERNATIONS: Final = 3
_PICTURE: Final = 0.01
_UP: Final = 0.25
"""Share of a page's height: text that stands so much higher than the text before it jumps back."""


def mixed_rows(subject: Subject) -> list[Row]:
    """Return the rows in which text of two columns stands side by side."""
    return [row for row in subject.rows if row.mixed and sum(len(line.text.split()) >= 2 for line in row.lines) >= 2]  # noqa: PLR2004


def _columns(subject: Subject) -> Evidence:
    if not subject.lines:
        return None
    if subject.facts.columns > 1:
        return [Spot(0, f"the page is set in {subject.facts.columns} columns")]
    if subject.document and not all(page.measured for page in subject.document.pages):
        return []
    found = mixed_rows(subject)
    if subject.document and (pairs := side_by_side(subject.document)):
        return [Spot(left.page, f"“{left.text}” stands beside “{right.text}”") for left, right in pairs] + [
            Spot(row.page, row.text) for row in found
        ]
    return [Spot(row.page, row.text) for row in found] if len(found) >= _MIXED_ROWS else []


def _interleaved(subject: Subject) -> Evidence:
    if not subject.document or not subject.lines or not all(page.measured for page in subject.document.pages):
        return None
    found = alternations(subject.document)
    return (
        [Spot(before.page, f"{before.text} {after.text}") for before, after in found]
        if len(found) >= _ALTERNATIONS
        else []
    )


def _order(subject: Subject) -> Evidence:
    """Find text that the file holds after text far below it."""
    if not subject.document or not all(page.measured for page in subject.document.pages):
        return None
    found = []
    for page in subject.document.pages:
        for index, line in enumerate(page.lines[:MAX_LINES]):
            below = [each for each in page.lines[:index] if each.box.top > line.box.bottom + _UP * page.height]
            if any(abs(each.box.left - line.box.left) < line.size for each in below):
                found.append(spot(line))
    return found


def _tables(subject: Subject) -> Evidence:
    return subject.facts.tables if subject.facts.kind == "docx" else ([] if subject.lines else None)


def _header_contact(subject: Subject) -> Evidence:
    name = (subject.content.personalInfo.name or "") if subject.content else ""
    return [
        each
        for each in subject.facts.headers
        if CONTACT.search(each.text) or (name and name.casefold() in each.text.casefold())
    ]


def _header_text(subject: Subject) -> Evidence:
    contact = _header_contact(subject) or []
    return [each for each in subject.facts.headers if each not in contact and len(each.text.split()) > 3]  # noqa: PLR2004


def _boxes(subject: Subject) -> Evidence:
    return subject.facts.boxes


def _pictures(subject: Subject) -> Evidence:
    if not subject.lines:
        return None
    found = [each for each in subject.facts.pictures if each.share >= _PICTURE or subject.facts.kind == "docx"]
    return [
        Spot(each.page, f"a picture on {each.share:.0%} of the page" if each.share else "a picture") for each in found
    ]


RULES: Final = (
    Rule("columns", "The text is set in one column", "major",

"A parser that reads row by row mixes the columns: see “differences”. Greenhouse names columns "
"as a cause of failed parses.",
         "Use a template with one column.", GREENHOUSE, _columns),
    Rule("columns_interleaved", "The file holds one column after the other", "major",
         "The file itself holds the columns line by line mixed, so that every parser mixes them.",
         "Use a template with one column, or export with another program.", OURS, _interleaved),
    Rule("reading_order", "The file holds the text from top to bottom", "minor",
         "Text at the top comes late in the file, so that it is read after what stands below it.",
         "Write the résumé in the order in which it is read; avoid frames that were moved.", OURS, _order),
    Rule("tables", "No text is in tables", "major", "Greenhouse names tables as a cause of failed parses.",
         "Use lines with tabs, or lists, instead of a table.", GREENHOUSE, _tables),
    Rule("contact_in_header", "Name and contact stand in the body", "major",
         "Greenhouse does not read name and contact in headers and footers.",
         "Move name, e-mail and phone to the first lines of the page.", GREENHOUSE, _header_contact),
    Rule("header_text", "No other text stands in headers and footers", "minor",
"Headers and footers are skipped by parsers.",
         "Move what matters to the body.", GREENHOUSE, _header_text),
    Rule("text_boxes", "No text stands in text boxes or word art", "major",
"Greenhouse names text boxes and word art as causes of failed parses.",
         "Move the text out of its boxes.", GREENHOUSE, _boxes),
    Rule("pictures", "There are no pictures", "minor",
"Photos and graphics are not read, and Greenhouse names them as a cause of failed parses.",
         "Remove photo, logos and bars of skill levels, or say in words what they show.", GREENHOUSE, _pictures),
)  # fmt: skip
