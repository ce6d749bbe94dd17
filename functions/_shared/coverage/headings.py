"""The lines of a posting, and which of them are headings: what each begins.

A heading is known by its words (`data/phrases.txt`), or else by the list below it: at least half of its items ask for
something. In a list without bullets a line is a heading only if it can be nothing else.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING, Final, Literal

from functions._shared.coverage import degrees
from functions._shared.coverage.lexicon import lexicon
from functions._shared.coverage.phrases import pattern

if TYPE_CHECKING:
    from collections.abc import Iterator

Level = Literal["required", "preferred"]
Zone = Literal["required", "preferred", "open", "closed"]

MARK: Final = re.compile(
    r"^[\s\u2022\u25cf\u25aa\u25a0\u25ba\u25b8\u2713\u2714\u2705\u27a4\u2192\u00b7>*+\u2013\u2014o-]*(?<!\w)(?:\d+[.)]\s+)?"
)
BULLET: Final = re.compile(
    r"^\s*(?:[\u2022\u25cf\u25aa\u25a0\u25ba\u25b8\u2713\u2714\u2705\u27a4\u2192\u00b7>*\u2013\u2014-]|\+\s|\d+[.)]\s)"
)
LABEL: Final = re.compile(r"([^\W\d_][^:.;!?\n]{1,45}?)\s*:\s+(?=\S)")
_RUN_IN: Final = re.compile(r"([^\W\d_][\w' /&-]{1,35})\.\s+(?=\S)")
_SHORT_LINE: Final = 4
"""Words of a heading that stands before a paragraph."""
_ANY: Final = "any"
"""Headings count in all languages: postings mix them."""
_SHORT_HEADING: Final = 2
_LONGEST_HEADING: Final = 9
"""Words."""
_TOP: Final = 3
"""Lines that may be the title."""


def opened(
    text: str, lines: list[tuple[int, int]], index: int, zone: Zone, *, bulleted: bool, read: bool
) -> Zone | None:
    """Return what a line begins; None if it is no heading.

    Parameters
    ----------
    text, lines, index
        The posting, where its lines stand, and the number of this one.
    zone : str
        What the lines before it belong to.
    bulleted : bool
        Whether they are a list with bullets.
    read : bool
        Whether the line before it is no heading.
    """
    start, end = lines[index]
    line = text[start:end]
    following = text[slice(*lines[index + 1])] if index + 1 < len(lines) else ""
    found = _heading(line, following, last=index + 1 == len(lines), first=index == 0)
    if zone != "open" and not (bulleted or BULLET.match(following)) and not plainly_heading(line):
        parted = read and text[start - 2 : start] == "\n\n" and text[end : end + 2] != "\n\n"
        found = found if parted and len(line.split()) <= _SHORT_LINE else None
    if found and index < _TOP and _DATUM.match(following) and not BULLET.match(following):
        return None  # the title of a table of data: "Certificated vacancy / School: …"
    return _by_its_list(text, lines, index, zone, read=read) if found == "open" else found


def _by_its_list(text: str, lines: list[tuple[int, int]], index: int, zone: Zone, *, read: bool) -> Zone:
    """Tell what a heading begins that no list of ours knows: the second list is what is only wished for."""
    line = text[slice(*lines[index])]
    following = text[slice(*lines[index + 1])] if index + 1 < len(lines) else ""
    if zone in {"required", "preferred"} and not read:
        return zone  # "The person / We would like to see:"
    if zone == "required" and (_TO_YOU.search(line) or _is_item(following)):
        return "preferred"
    if index and "," not in line and _asked_for(text, lines[index + 1 :]):
        return "preferred" if zone == "required" else "required"
    return "open"


def run_in(text: str, start: int, end: int) -> re.Match[str] | None:
    """Return the heading that a paragraph begins with: "About you. You have …"."""
    match = _RUN_IN.match(text, start, end)
    return match if match and plainly_heading(match[1]) else None


def label_zone(text: str) -> Zone | None:
    """Tell what a label before a colon begins; "experience with testing: you know …" is none."""
    zone = classify(text) if len(text.split()) <= _LONGEST_LABEL else None
    return None if zone == "required" and _OF.search(text) else zone


def _is_item(line: str) -> bool:
    """Tell whether a line is a short item of a list."""
    return BULLET.match(line) is not None and len(line.split()) <= _LONGEST_HEADING


_LONGEST_LABEL: Final = 6
_OF: Final = re.compile(r"\b(?:of|with|in|mit|im|de|en|con|avec)\s+\w", re.IGNORECASE)
_TO_YOU: Final = re.compile(r"\b(?:you|du|sie|vous|tu)\b.*:\s*$", re.IGNORECASE)
"""A heading that speaks of the candidate, after the list of what is required: it begins the list of what is wished."""


def classify(heading: str) -> Zone | None:
    """Tell what a heading begins; None if it is not known."""
    if pattern("preferred_heading", _ANY).search(heading):
        return "preferred"
    if pattern("not_asked", _ANY).search(heading):
        return "closed"
    asks, other = pattern("required_heading", _ANY).search(heading), pattern("other_heading", _ANY).search(heading)
    if asks and _DUTIES.search(heading) and _WEIGHT.fullmatch(asks[0]):
        return "closed"
    if other and not (asks and (asks.start() <= other.start() or len(asks[0]) > len(other[0]))):
        return "closed"
    return "required" if asks else None


_WEIGHT: Final = re.compile(r"essential|require|minimum|must[- ]have|imprescindible", re.IGNORECASE)
_DUTIES: Final = re.compile(r"\b(?:dut(?:y|ies)|responsibilit|accountabilit|tasks?\b|functions?\b)", re.IGNORECASE)
"""What the job consists of, also if it is essential."""


def _heading(line: str, following: str, *, last: bool, first: bool) -> Zone | None:
    text = line.strip().strip("*#=_\u2013- ")
    if (
        not text
        or last
        or (first and len(text.split()) > _SHORT_HEADING and not plainly_heading(line))
        or (BULLET.match(line) and not line.strip().startswith("**"))
        or len(text.split()) > _LONGEST_HEADING
    ):
        return None
    if text[-1] in ".;," or (text[-1] == "!" and len(text.split()) > 5):  # noqa: PLR2004
        return None
    if re.search(r"\d|[$€£¥]", text):
        return None
    zone = classify(text.rstrip(":?!"))
    opens = text.endswith((":", "?")) or line.strip().startswith(("**", "#")) or bool(following)
    if not opens:
        return None
    if zone is None and (text.endswith((":", "?")) or text.istitle() or text.isupper() or len(text.split()) <= 4):  # noqa: PLR2004
        return "open"
    return zone


def plainly_heading(line: str) -> bool:
    """Tell whether a line can be nothing else: in a list without bullets, "Solid SQL skills" is an item."""
    text = line.strip()
    if text.startswith(("**", "#")) or text.endswith((":", "?")):
        return True
    text = text.strip("*#=_\u2013- !")
    if classify(text) is None:
        return False
    if _OPENER.match(text) or (text.isupper() and " " in text):
        return True
    rest = text
    for name in ("preferred_heading", "required_heading", "other_heading"):
        rest = pattern(name, _ANY).sub("\0", rest)
    return all("\0" in word or _FILLER.fullmatch(word) for word in re.findall(r"[^\s/&,()]+", rest))


_OPENER: Final = re.compile(
    r"(?:why|what|who|how|about|our|was|wir|\u00fcber|das|ihre?|deine?|unsere?|nous|notre|nos|vos|votre|ce que|qui|"
    r"\u00e0 propos|qu\u00e9|lo que|sobre|c\u00f3mo|qui\u00e9nes|o que|cosa|chi|wat|wie|over)\b",
    re.IGNORECASE,
)
"""Beginnings of headings."""
_FILLER: Final = re.compile(
    r"an?|the|and|or|your|our|my|of|for|to|in|with|this|we|you|also|key|core|main|basic|additional|other|technical|soft|"
    r"hard|professional|personal|job|role|position|ideal|points?|abilities|und|oder|ihre?|deine?|fachliche|pers\u00f6nliche|"
    r"et|les|petits|vos|votre|y|tus?|se|e|en|que|it|if|had|tamb[e\u00e9]m|tambi[e\u00e9]n",
    re.IGNORECASE,
)
"""Words of headings that say nothing by themselves."""


def _asked_for(text: str, lines: list[tuple[int, int]]) -> bool:
    """Tell whether the list below a heading that is not known asks for something: at least half of its items do."""
    items: list[str] = []
    for start, end in lines:
        if not BULLET.match(text[start:end]) and items and text[start - 2 : start] == "\n\n":
            break
        items.append(text[start + mark(text[start:end]) : end])
    if 2 * sum(bool(_DATUM.match(item)) for item in items) >= len(items):
        return False
    told = sum(bool(_ASKED.search(item) or degrees.mentions(item) or _is_name(item)) for item in items)
    return len(items) > 1 and 2 * told >= len(items)


def _is_name(item: str) -> bool:
    """Tell whether a line is the name of a skill: "Terraform"."""
    return len(item.split()) <= _SHORT_LINE and bool(lexicon().find(item))


_DATUM: Final = re.compile(r"[^\W\d_][\w /]{1,25}:\s")
"""Lines of data about the job: "Hours: 37.5"."""
_ASKED: Final = re.compile(
    r"\b(?:experience|knowledge|understanding|ability|able to|familiar\w*|proficien\w+|fluen(?:t|cy)|skills?|"
    r"confiden\w+|"
    r"comfortable|qualifi\w+|certifi\w+|licen[cs]e|years?)\b|^(?:some(?:one|body)) who\b|"
    r"^you(?:['\u2019](?:re|ve)| are| have| can| know| enjoy|"
    r" speak| like)\b|erfahrung|kenntnisse|fähigkeit|jahre\b|"
    r"\b(?:expérience|connaissance|maîtrise|capacité|experiencia|conocimientos?|capacidad|dominio|esperienza|conoscenza|"
    r"capacità|experiência|conhecimentos?|\w*ervaring|kennis|beheersing|opleiding)\b",
    re.IGNORECASE,
)


def lines_of(text: str) -> Iterator[tuple[int, int]]:
    """Yield where the lines of a posting stand, and the items of a list that has lost its lines."""
    for match in re.finditer(r"[^\n]+", text):
        parts = [
            match.start(),
            *(match.start() + each.start() + 1 for each in _INLINE.finditer(match[0])),
            match.end() + 1,
        ]
        for start, end in pairwise(parts):
            if text[start : end - 1].strip():
                yield start, end - 1


_INLINE: Final = re.compile(r"\s(?=[\u2022\u25cf\u25aa]\s)")
"""Before the items of a list that has lost its lines."""


def mark(line: str) -> int:
    """Return the length of the bullet of a line."""
    match = MARK.match(line)
    return match.end() if match else 0
