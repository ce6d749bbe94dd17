"""A job posting as passages: the sentences that may ask for something, and whether they ask for it or wish for it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from functions._shared.coverage.headings import (
    BULLET,
    LABEL,
    Level,
    Zone,
    label_zone,
    lines_of,
    mark,
    opened,
    plainly_heading,
    run_in,
)
from functions._shared.coverage.phrases import pattern
from functions._shared.domain.language.words import sentence_spans

if TYPE_CHECKING:
    from collections.abc import Iterator

_CODE: Final = re.compile(r"\s\(?([A-Z])(?:\s?/\s?[A-Z])*\)?\s*$", re.MULTILINE)
"""At the end of the lines of a person specification: E and D for essential and desirable, A/I for how it is tested."""
_CODED: Final = 4
_WISHED: Final = frozenset("DP")
_LEGEND: Final = re.compile(r"\b[A-Z] = \w|\([A-Z]\).*\([A-Z]\)")
MAX_SENTENCE: Final = 700
"""Characters of a sentence that are read; more is no sentence."""
MAX_LINES: Final = 600
"""Lines of a posting that are read."""
_EXCLAMATION: Final = 4
"""Words of an exclamation that asks for nothing: "All the better!"."""
_SHORT_POSTING: Final = 60
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
    lines = list(lines_of(text))[:MAX_LINES]
    codes = sum(_CODE.search(text, *line) is not None for line in lines) >= _CODED
    for index, (start, end) in enumerate(lines):
        line = text[start:end]
        if codes and _LEGEND.search(line):
            continue
        body = start + mark(line)
        bullet = BULLET.match(line) is not None
        before = zone
        if bulleted and not bullet and text[start - 2 : start] == "\n\n":
            zone, bulleted = "open", False
        bulleted = bulleted or (bullet and zone in {"required", "preferred"})
        found = opened(text, lines, index, before if zone == "open" else zone, bulleted=bulleted, read=read)
        read = not found
        if found:
            zone, bulleted, labelled = found, False, False
            continue
        if labelled and text[start - 2 : start] == "\n\n":
            zone, labelled = "open", False
        within = zone
        label = LABEL.match(text, body, end) or run_in(text, body, end)
        named = label_zone(label[1]) if label else None
        if label and named:
            body = label.end()
            if zone == "open" and not bullet:
                zone, labelled = named, True
            within = named if not (zone == "preferred" and named == "required") else zone
            if zone == "closed" and named == "required" and not _STRONG_LABEL.search(label[1]):
                within = "closed"
        if within != "closed" or _PLAIN_DEMAND.search(text, body, end):
            marked = bullet or bool(named) or (zone in {"required", "preferred"} and _in_a_row(lines, index))
            code = _CODE.search(text, body, end) if codes else None
            if code and code[1] in _WISHED:
                within = "preferred"
            yield from _sentences(text, body, code.start() if code else end, within, language, marked=marked)


def bare_lines(text: str) -> Iterator[Passage]:
    """Yield the lines of a short posting without headings: they may be a list of skills, as "Python, Docker, AWS"."""
    lines = list(lines_of(text))
    if len(text.split()) > _SHORT_POSTING or any(plainly_heading(text[start:end]) for start, end in lines):
        return
    for start, end in lines:
        body = start + mark(text[start:end])
        label = LABEL.match(text, body, end)
        if label and label_zone(label[1]) not in {None, "closed", "required"}:
            continue
        body = label.end() if label else body
        yield Passage(body, body + len(text[body:end].rstrip(" \t.")), "required", listed=True)


def _in_a_row(lines: list[tuple[int, int]], index: int) -> bool:
    """Tell whether no empty line parts a line from the next, or from the one before: it is in a list."""
    start, end = lines[index]
    before = index > 1 and lines[index - 1][1] + 1 == start and lines[index - 2][1] + 1 == lines[index - 1][0]
    after = index + 1 < len(lines) and lines[index + 1][0] == end + 1
    return before or after


_LONGEST_ITEM: Final = 16
"""Words of a sentence without a bullet that may be an item of a list."""
_STRONG_LABEL: Final = re.compile(r"requ|must|qualif|need|anforder|vorauss|profil|requis|exig", re.IGNORECASE)


def _whole(text: str) -> Iterator[tuple[int, int]]:
    """Yield the sentences of a text; none ends inside brackets: "(Ph. Eur., USP)"."""
    begin: int | None = None
    for first, last in sentence_spans(text):
        begin = first if begin is None else begin
        if text.count("(", begin, last) <= text.count(")", begin, last):
            yield begin, last
            begin = None
    if begin is not None:
        yield begin, len(text)


def _sentences(text: str, start: int, end: int, zone: Zone, language: str, *, marked: bool) -> Iterator[Passage]:
    for first, last in _whole(text[start:end]):
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


_PAY: Final = re.compile(r"[$€£]\s?\d|\d\s?(?:[$€£]|k\b|K€|EUR|CHF|USD)")
_PLAIN_DEMAND: Final = re.compile(
    r"\byou(?:'ll| will)? need\b|\byou must\b|\bmust have\b|experience (?:with|in) .* (?:is|are) (?:required|"
    r"essential|a must)|"
    r"voraussetzung|setzen wir voraus|\bimprescindible\b|\bexigé|\bindispensable\b",
    re.IGNORECASE,
)
