"""A job posting as passages: the sentences that may ask for something, and whether they ask for it or wish for it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

from functions._shared.domain.language.words import sentence_spans
from functions.ats_scan import degrees
from functions.ats_scan.phrases import pattern

if TYPE_CHECKING:
    from collections.abc import Iterator

Level = Literal["required", "preferred"]
Zone = Literal["required", "preferred", "open", "closed"]

MARK: Final = re.compile(
    r"^[\s\u2022\u25cf\u25aa\u25a0\u25ba\u25b8\u2713\u2714\u2705\u27a4\u2192\u00b7>*\u2013\u2014o-]*(?<!\w)(?:\d+[.)]\s+)?"
)
_BULLET: Final = re.compile(
    r"^\s*(?:[\u2022\u25cf\u25aa\u25a0\u25ba\u25b8\u2713\u2714\u2705\u27a4\u2192\u00b7>*\u2013\u2014-]|\d+[.)]\s)"
)
_LABEL: Final = re.compile(r"([^\W\d_][^:.;!?\n]{1,45}?)\s*:\s+(?=\S)")
_RUN_IN: Final = re.compile(r"([^\W\d_][\w' /&-]{1,35})\.\s+(?=\S)")
MAX_SENTENCE: Final = 700
"""Characters of a sentence that are read; more is no sentence."""
MAX_LINES: Final = 600
"""Lines of a posting that are read."""
_EXCLAMATION: Final = 4
"""Words of an exclamation that asks for nothing: "All the better!"."""
_SHORT_POSTING: Final = 60
"""Words."""
_ANY: Final = "any"
"""Headings count in all languages: postings mix them."""
_SHORT_HEADING: Final = 2
_LONGEST_HEADING: Final = 9
"""Words."""


@dataclass(frozen=True, slots=True)
class Passage:
    """A sentence of a posting.

    Parameters
    ----------
    start, end : int
        Where it stands.
    level : str
        ``required`` or ``preferred``.
    listed : bool
        Whether it stands in a part that lists requirements, so that all of it is one.
    """

    start: int
    end: int
    level: Level
    listed: bool


def passages(text: str, language: str) -> Iterator[Passage]:  # noqa: C901 - one state, line by line
    """Yield the sentences that may ask for something."""
    zone: Zone = "open"
    bulleted = labelled = read = False
    lines = list(_lines(text))[:MAX_LINES]
    for index, (start, end) in enumerate(lines):
        line = text[start:end]
        following = text[slice(*lines[index + 1])] if index + 1 < len(lines) else ""
        body = start + _mark(line)
        bullet = _BULLET.match(line) is not None
        before = zone
        if bulleted and not bullet and text[start - 2 : start] == "\n\n":
            zone, bulleted = "open", False
        bulleted = bulleted or (bullet and zone in {"required", "preferred"})
        found = _heading(line, following, last=index + 1 == len(lines), first=index == 0)
        if zone != "open" and not (bulleted or _BULLET.match(following)) and not _plainly_heading(line):
            parted = read and text[start - 2 : start] == "\n\n" and text[end : end + 2] != "\n\n"
            found = "open" if parted and found == "open" else None
        read = not found
        if found:
            if found == "open" and before == "required" and (_TO_YOU.search(line) or _is_item(following)):
                found = "preferred"
            elif found == "open" and index and "," not in line and _asked_for(text, lines[index + 1 :]):
                found = "preferred" if before == "required" else "required"
            zone, bulleted, labelled = found, False, False
            continue
        if labelled and text[start - 2 : start] == "\n\n":
            zone, labelled = "open", False
        within = zone
        label = _LABEL.match(text, body, end) or _run_in(text, body, end)
        named = _label(label[1]) if label else None
        if label and named:
            body = label.end()
            if zone == "open" and not bullet:
                zone, labelled = named, True
            within = named if not (zone == "preferred" and named == "required") else zone
            if zone == "closed" and named == "required" and not _STRONG_LABEL.search(label[1]):
                within = "closed"
        if within != "closed" or _PLAIN_DEMAND.search(text, body, end):
            marked = bullet or bool(named) or (zone in {"required", "preferred"} and _in_a_row(lines, index))
            yield from _sentences(text, body, end, within, language, marked=marked)


def _asked_for(text: str, lines: list[tuple[int, int]]) -> bool:
    """Tell whether the list below a heading that is not known asks for something: at least half of its items do."""
    items: list[str] = []
    for start, end in lines:
        if not _BULLET.match(text[start:end]) and items and text[start - 2 : start] == "\n\n":
            break
        items.append(text[start + _mark(text[start:end]) : end])
    told = sum(bool(_ASKED.search(item) or degrees.mentions(item)) for item in items)
    return len(items) > 1 and 2 * told >= len(items)


_ASKED: Final = re.compile(
    r"\b(?:experience|knowledge|understanding|ability|able to|familiar\w*|proficien\w+|fluen(?:t|cy)|skills?|"
    r"confiden\w+|"
    r"comfortable|qualifi\w+|certifi\w+|licen[cs]e|years?)\b|^you(?:['\u2019](?:re|ve)| are| have| can| know| enjoy|"
    r" speak| like)\b|erfahrung|kenntnisse|fähigkeit|jahre\b|"
    r"\b(?:expérience|connaissance|maîtrise|capacité|experiencia|conocimientos?|capacidad|dominio|esperienza|conoscenza|"
    r"capacità|experiência|conhecimentos?|\w*ervaring|kennis|beheersing|opleiding)\b",
    re.IGNORECASE,
)


def bare_lines(text: str) -> Iterator[Passage]:
    """Yield the lines of a short posting without headings: they may be a list of skills, as "Python, Docker, AWS"."""
    lines = list(_lines(text))
    if len(text.split()) > _SHORT_POSTING or any(_plainly_heading(text[start:end]) for start, end in lines):
        return
    for start, end in lines:
        body = start + _mark(text[start:end])
        label = _LABEL.match(text, body, end)
        if label and _label(label[1]) not in {None, "closed", "required"}:
            continue
        body = label.end() if label else body
        yield Passage(body, body + len(text[body:end].rstrip(" \t.")), "required", listed=True)


def _run_in(text: str, start: int, end: int) -> re.Match[str] | None:
    """Return the heading that a paragraph begins with: "About you. You have …"."""
    match = _RUN_IN.match(text, start, end)
    return match if match and _plainly_heading(match[1]) else None


def _in_a_row(lines: list[tuple[int, int]], index: int) -> bool:
    """Tell whether no empty line parts a line from the next, or from the one before: it is in a list."""
    start, end = lines[index]
    before = index > 1 and lines[index - 1][1] + 1 == start and lines[index - 2][1] + 1 == lines[index - 1][0]
    after = index + 1 < len(lines) and lines[index + 1][0] == end + 1
    return before or after


def _label(text: str) -> Zone | None:
    """Tell what a label before a colon begins; "experience with testing: you know …" is none."""
    zone = classify(text) if len(text.split()) <= _LONGEST_LABEL else None
    return None if zone == "required" and _OF.search(text) else zone


def _is_item(line: str) -> bool:
    """Tell whether a line is a short item of a list."""
    return _BULLET.match(line) is not None and len(line.split()) <= _LONGEST_HEADING


_LONGEST_ITEM: Final = 16
"""Words of a sentence without a bullet that may be an item of a list."""
_LONGEST_LABEL: Final = 6
_OF: Final = re.compile(r"\b(?:of|with|in|mit|im|de|en|con|avec)\s+\w", re.IGNORECASE)
_TO_YOU: Final = re.compile(r"\b(?:you|du|sie|vous|tu)\b.*:\s*$", re.IGNORECASE)
"""A heading that speaks of the candidate, after the list of what is required: it begins the list of what is wished."""
_STRONG_LABEL: Final = re.compile(r"requ|must|qualif|need|anforder|vorauss|profil|requis|exig", re.IGNORECASE)


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
        or (first and len(text.split()) > _SHORT_HEADING and not _plainly_heading(line))
        or (_BULLET.match(line) and not line.strip().startswith("**"))
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


def _plainly_heading(line: str) -> bool:
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


def _lines(text: str) -> Iterator[tuple[int, int]]:
    for match in re.finditer(r"[^\n]+", text):
        if match[0].strip():
            yield match.start(), match.end()


def _mark(line: str) -> int:
    match = MARK.match(line)
    return match.end() if match else 0


def _sentences(text: str, start: int, end: int, zone: Zone, language: str, *, marked: bool) -> Iterator[Passage]:
    for first, last in sentence_spans(text[start:end]):
        begin, finish = start + first, min(start + last, start + first + MAX_SENTENCE)
        while finish > begin and text[finish - 1].isspace():
            finish -= 1
        sentence = text[begin:finish]
        listed = zone in {"required", "preferred"} and (marked or len(sentence.split()) <= _LONGEST_ITEM)
        if not sentence or (zone == "closed" and not _PLAIN_DEMAND.search(sentence)):
            continue
        if zone == "open" and _PAY.search(sentence):
            continue
        if pattern("ours", language).search(sentence) if listed else not _asks(sentence, zone, language):
            continue
        if sentence.endswith("?") or (sentence.endswith("!") and len(sentence.split()) <= _EXCLAMATION):
            continue
        level: Level = "preferred" if zone == "preferred" else "required"
        if zone == "preferred" and pattern("required", language).search(sentence):
            level = "required"
        yield Passage(begin, finish, level, listed)


def _asks(sentence: str, zone: Zone, language: str) -> bool:
    if pattern("asks", language).search(sentence) or pattern("required", language).search(sentence):
        return True
    return zone == "open" and bool(pattern("preferred", language).search(sentence))


_PAY: Final = re.compile(r"[$€£]\s?\d|\d\s?(?:[$€£]|k\b|EUR|CHF|USD)")
_PLAIN_DEMAND: Final = re.compile(
    r"\byou(?:'ll| will)? need\b|\byou must\b|\bmust have\b|experience (?:with|in) .* (?:is|are) (?:required|"
    r"essential|a must)|"
    r"voraussetzung|setzen wir voraus|\bimprescindible\b|\bexigé|\bindispensable\b",
    re.IGNORECASE,
)
