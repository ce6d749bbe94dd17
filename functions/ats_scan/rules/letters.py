"""Rules about letters: what looks right and is stored as something else."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from functions._shared.domain.documents.facts import Spot
from functions._shared.domain.language.invisible import visible
from functions.ats_scan.rules.rule import CONFUSABLES, GREENHOUSE, LEVER, OURS, UNICODE, Evidence, Rule, spot

if TYPE_CHECKING:
    from functions.ats_scan.rules.rule import Subject

_UNREADABLE: Final = 0.2
_SOME: Final = 0.005
_TINY: Final = 4.0
_SMALL: Final = 8.0
_PRIVATE: Final = re.compile("[\ue000-\uf8ff\U000f0000-\U0010fffd]")
_ONLY_SIGN: Final = re.compile(r"^\W*$")
_LATIN: Final = "A-Za-z\u00c0-\u024f"
_LOOKALIKE: Final = re.compile(
    rf"[{_LATIN}]+[\u0370-\u03ff\u0400-\u04ff]+[{_LATIN}]*|[\u0370-\u03ff\u0400-\u04ff]+[{_LATIN}]+[\u0370-\u03ff\u0400-\u04ff]*"
)
_REPLACED: Final = re.compile("\ufffd")


def _share(subject: Subject) -> float | None:
    if not subject.lines:
        return None
    letters = len(subject.text)
    broken = len(_REPLACED.findall(subject.text)) / letters
    unmapped = subject.facts.unmapped / subject.facts.letters if subject.facts.letters else 0.0
    return max(broken, unmapped)


def _unreadable(subject: Subject) -> Evidence:
    share = _share(subject)
    return None if share is None else _broken(subject, share) if share >= _UNREADABLE else []


def _partly(subject: Subject) -> Evidence:
    share = _share(subject)
    return None if share is None else _broken(subject, share) if _SOME <= share < _UNREADABLE else []


def _broken(subject: Subject, share: float) -> list[Spot]:
    lines = [spot(line) for line in subject.lines if _REPLACED.search(line.text)]
    return [Spot(0, f"{share:.0%} of the letters say not which letter they are"), *lines]


def _spaced(subject: Subject) -> Evidence:
    return subject.facts.spaced


def _private(subject: Subject) -> Evidence:
    if not subject.lines:
        return None
    return [spot(line) for line in subject.lines if _PRIVATE.search(line.text)]


def _tiny(subject: Subject) -> Evidence:
    if not subject.lines:
        return None
    return [spot(line) for line in subject.lines if line.size < _TINY and len(line.text) > 2]  # noqa: PLR2004


def _small(subject: Subject) -> Evidence:
    if not subject.lines:
        return None
    small = [line for line in subject.lines if _TINY <= line.size < _SMALL]
    return [spot(line) for line in small] if sum(len(line.text) for line in small) * 3 > len(subject.text) else []


def _lookalike(subject: Subject) -> Evidence:
    if not subject.lines:
        return None
    return [spot(line) for line in subject.lines if _LOOKALIKE.search(line.text)]


def _invisible(subject: Subject) -> Evidence:
    if not subject.lines:
        return None
    return [
        Spot(line.page, visible(line.text))
        for line in subject.lines
        if len(visible(line.text)) < len(line.text.replace("\ufffe", "").replace("\u00ad", ""))
    ]


RULES: Final = (
    Rule("letters_readable", "The fonts map to Unicode text", "blocker",

"The text looks right and is stored as signs without meaning; selecting and copying it shows what "
"a parser gets.",
         "Export again with standard fonts, or with another program.", LEVER, _unreadable),
    Rule("letters_all_readable", "All fonts map to Unicode text", "major",
         "Some letters are stored as signs without meaning.",
"Export again, with a standard font for these parts.", LEVER, _partly),
    Rule("letters_spaced", "No words are spaced out", "major",
"“E D U C A T I O N” is read as nine words. Greenhouse names it as a cause of failed parses.",
         "Write the word, and set the distance of letters in the style of the font.", GREENHOUSE, _spaced),
    Rule("icons", "No signs of icon fonts stand for words", "minor",
"A sign of an icon font is a letter without meaning for a parser.",
         "Write “Phone” and “E-mail” instead of the signs, and use standard bullets.", UNICODE, _private),
    Rule("text_hidden", "No text is too small to see", "major",
"Text that people cannot see is taken for an attempt to deceive.",
         "Remove it.", OURS, _tiny),
    Rule("text_small", "Most of the text is set in 8 points or more", "minor",
"Small type is hard to read, and recognised badly from print.",
         "Use 10 to 12 points.", OURS, _small),
    Rule("letters_lookalike", "Words are written in one alphabet", "major",
         "A Cyrillic or Greek letter that looks like a Latin one makes a word that no search finds.",
         "Type the word again.", CONFUSABLES, _lookalike),
    Rule("characters_invisible", "There are no invisible characters", "minor",
"They part words for a machine where people see none parted.",
         "Paste the text as plain text, and format it again.", OURS, _invisible),
)  # fmt: skip
