"""Whether a name that is an ordinary word, too, stands for the tool: "wrote it in Go", not "ready to go"."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

_BEFORE: Final = re.compile(
    r"(?:\b(?:in|with|using|use|uses|used|via|and|or|of|like|as|on|some|good|strong|modern|advanced|basic|excellent|"
    r"solid|languages?|programming|code|coding|write|writes|wrote|written|know|knows|knowledge|microsoft|"
    r"ms|google|apache|learn|learnt|"
    r"mit|en|und|et|y|avec|con|sous|sur|o|ou|oder|von|de|e|is|are|to|sowie|especially|particularly|"
    r"through)|[,/(:;&+|\u2022\u2013-])\s*$",
    re.IGNORECASE,
)
_AFTER: Final = re.compile(
    r"^\s*(?:(?:programming|developers?|development|language|code|framework|services?|skills?|experience|scripts?|"
    r"scripting|macros?|spreadsheets?|modules?|certified|or|and|und|et|y|oder|ou|o|is|are|certification|"
    r"charts?|streaming|jobs?|dashboards?|"
    r"reports?|workbooks?|Kenntnisse)\b|[,/)(:;&+|.!?\u2013-]|\d|$|\n)",
    re.IGNORECASE,
)
_LIST_SIGN: Final = re.compile(
    r"^\s*(?:[,/|;()\u2022+\u00b7]|&|-|\u2013|:|(?:and|or|und|oder|et|ou|y|o|e|sowie|and/or|plus)\b)[\s(]*$",
    re.IGNORECASE,
)
_SHORT: Final = 2
_NOT_NAMES: Final = re.compile(r"^(?:&|\s*&\s*[A-Z]\b|[-\u2010\u2011](?:level|suite|to|Level|Suite|in|on|class))")


def stands_alone(text: str, start: int, end: int) -> bool:
    """Tell whether a name is not a part of a longer word."""
    before, after = text[start - 1 : start], text[end : end + 1]
    if before and (before.isalnum() or (before in "+#_@" and text[start].isalnum())):
        return False
    if before == "." and text[start - 2 : start - 1].isalnum():
        return False
    if after.isdigit() and text[end - 1] in "+#":
        return True
    if after and (after.isalnum() or after in "+#_@"):
        return after == "+" and not text[end + 1 : end + 2].strip("+,;) ") and len(text[start:end]) > 1
    return not (after == "." and text[end + 1 : end + 2].isalnum() and not text[end + 1 : end + 2].isupper())


def in_context(text: str, start: int, end: int, spans: Sequence[tuple[int, int]]) -> bool:
    """Tell whether a name that is a word, too, stands where a tool stands.

    Parameters
    ----------
    text : str
        The text.
    start, end : int
        Where the name stands; it is written as the tool is.
    spans : sequence of tuple of int
        Where other terms stand, sure or not.
    """
    name = text[start:end]
    line_start = text.rfind("\n", 0, start) + 1
    line_end = text.find("\n", end) if "\n" in text[end:] else len(text)
    line = text[line_start:line_end].strip(" \t\u2022*-\u2013\u2714\u2713.,;")
    if _NOT_NAMES.match(text[end : end + 10]) or (text[start - 1 : start] == "&" and start > 1):
        return False
    if len(line) <= len(name) + _SHORT or _in_list(text, start, end, spans):
        return True
    before, after = text[line_start:start], text[end:line_end]
    if len(name) <= _SHORT:
        cue = _SHORT_CUE.search(before) or _AFTER_SHORT.match(after)
        return bool(_AFTER.match(after)) and bool(cue)
    if name.isupper():
        return True
    if not re.search(r"\w", _sentence_start(before)):
        brief = len(line.split()) <= _BRIEF and not _GOES_ON.match(after)
        return brief or bool(_LISTED.match(after)) or bool(_AFTER_SHORT.match(after))
    return bool(_BEFORE.search(before)) or bool(_AFTER.match(after)) or name[0].isupper()


_BRIEF: Final = 5
"""Words of a line that is an item and no sentence."""
_GOES_ON: Final = re.compile(r"\s+(?:at|in|to|of|on|for|up|out|with|that|the|is|are)\b")
_LISTED: Final = re.compile(r"\s*[,/(|&+]|\s+(?:and|or|und|oder|et|y)\s+[A-Z]")
_SHORT_CUE: Final = re.compile(
    r"\b(?:in|using|languages?|programming|code|coding|write|wrote|written|good|strong|modern|some|"
    r"know|experience with|experience in|"
    r"knowledge of|proficient in|skills in|en|avec|Programmierung|con)\s+$"
)
_AFTER_SHORT: Final = re.compile(
    r"^\s+(?:programming|developers?|language|code|scripts?|packages?|services?|macros?|skills?|Kenntnisse|"
    r"experience|para|pour|für|for)\b|^\s*\((?!\w+\))",
    re.IGNORECASE,
)


def _sentence_start(before: str) -> str:
    return re.split(r"[.!?]\s+|[\u2022*\u2713\u2714]\s*|^\s*[-\u2013]\s+", before)[-1]


def _in_list(text: str, start: int, end: int, spans: Sequence[tuple[int, int]]) -> bool:
    for first, last in spans:
        between = text[end:first] if first >= end else text[last:start] if last <= start else None
        if between is not None and len(between) < 12 and _LIST_SIGN.match(between):  # noqa: PLR2004
            return True
    return False
