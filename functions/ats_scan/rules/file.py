"""Rules about the file: its kind, its size, and whether it holds text."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from functions._shared.domain.documents.facts import Spot
from functions.ats_scan.rules.rule import GREENHOUSE, LEVER, OURS, Evidence, Rule

if TYPE_CHECKING:
    from functions.ats_scan.rules.rule import Subject

MAX_SIZE: Final = 2_500_000
MAX_PAGES: Final = 4
FEWEST_WORDS: Final = 80
_FULL_PAGE: Final = 0.5
"""Share of a page: a picture of this size on a page without text is a scan."""


def _kind(subject: Subject) -> Evidence:
    kind = subject.facts.kind
    return [] if kind in {"pdf", "docx", "doc", "text", "rtf"} else [Spot(0, f"the file is of the kind “{kind}”")]


def _old_word(subject: Subject) -> Evidence:
    return [Spot(0, "the file is in the format of Word 97 to 2003")] if subject.facts.kind == "doc" else []


def _size(subject: Subject) -> Evidence:
    size = subject.facts.size
    return [Spot(0, f"{size / 1_000_000:.1f} MB")] if size > MAX_SIZE else []


def _password(subject: Subject) -> Evidence:
    return [Spot(0, "the file asks for a password")] if subject.facts.encrypted else []


def _damaged(subject: Subject) -> Evidence:
    return [Spot(0, "the file cannot be opened")] if subject.facts.damaged else []


def _has_text(subject: Subject) -> Evidence:
    if subject.document is None:
        return None
    return [] if subject.text.strip() else [Spot(0, "no page has text that can be selected")]


def _scanned_page(subject: Subject) -> Evidence:
    if subject.document is None or not subject.text.strip():
        return None
    return [
        Spot(number, "this page is a picture")
        for number, page in enumerate(subject.document.pages)
        if not page.lines
        and any(picture.page == number and picture.share >= _FULL_PAGE for picture in subject.facts.pictures)
    ]


def _enough_text(subject: Subject) -> Evidence:
    if not subject.text.strip():
        return None
    count = len(subject.text.split())
    return [Spot(0, f"{count} words")] if count < FEWEST_WORDS and not _eastern(subject.text) else []


def _eastern(text: str) -> bool:
    return sum("\u3040" <= letter <= "\u9fff" for letter in text) * 4 > len(text)


def _pages(subject: Subject) -> Evidence:
    pages = subject.facts.pages
    return [Spot(0, f"{pages} pages")] if pages > MAX_PAGES else []


RULES: Final = (
    Rule("file_kind", "The file is a PDF, a Word file or text", "blocker",
         "Applicant systems read no pictures, archives or files of other programs.",
         "Export the résumé as PDF or DOCX.", LEVER, _kind),
    Rule("file_size", "The file is not larger than 2.5 MB", "blocker", "Greenhouse does not parse larger files.",
         "Remove or shrink pictures, and export again.", GREENHOUSE, _size),
    Rule("file_password", "The file opens without a password", "blocker", "No parser can open it.",
         "Save it again without a password.", OURS, _password),
    Rule("file_opens", "The file can be opened", "blocker", "It is damaged or no document at all.",
         "Export it again, and open it once before you send it.", OURS, _damaged),
    Rule("text_selectable", "The text can be selected", "blocker",
         "The page is a picture of a résumé. Lever's own test is whether you can select the text.",
         "Export from the program in which you wrote it; do not scan or print to an image.", LEVER, _has_text),
    Rule("page_scanned", "No page is a picture", "major", "What stands on that page is not read.",
         "Replace the scanned page by text.", LEVER, _scanned_page),
    Rule("old_word_format", "The Word file is a .docx", "minor", "Not every parser reads what Word 97 to 2003 wrote.",
         "Save it as .docx or PDF.", OURS, _old_word),
    Rule("text_enough", "There is enough text to read", "major",
"Fewer words than a short résumé has: text may be missing or drawn as shapes.",
         "Check that all text can be selected, and say in words what you did.", OURS, _enough_text),
    Rule("pages_few", "The résumé has at most four pages", "minor",
"Long documents are cut by some systems and read by few people.",
         "Shorten what is older than ten years.", OURS, _pages),
)  # fmt: skip
