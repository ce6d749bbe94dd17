"""Dates and spans of time in a line of a résumé, in many languages."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import TYPE_CHECKING, Final, NamedTuple

from functions._shared.domain.resume.field_types import PRESENT
from functions.resume_import.vocabulary.months import PRESENT as PRESENT_WORDS
from functions.resume_import.vocabulary.months import SINCE, TO, months
from functions.resume_import.vocabulary.patterns import SINCE_OPEN

if TYPE_CHECKING:
    from collections.abc import Sequence


class Found(NamedTuple):
    """A date or a span in a line.

    Parameters
    ----------
    begin, end : int
        Its place in the text, with brackets around it.
    start, finish : str
        Partial dates; ``finish`` may be ``Present``, and either may be empty. A single date is the ``finish``.
    """

    begin: int
    end: int
    start: str
    finish: str


class _Point(NamedTuple):
    begin: int
    end: int
    value: str


_NAME: Final = r"(?P<{0}>[^\W\d_](?:[^\s\d–—,/()|.'’-])*)"
_YEAR: Final = r"(?:19[4-9]\d|20[0-4]\d)"
_DASH: Final = r"[-–—‒−~〜～－‑―→]"
_POINT: Final = re.compile(
    r"(?<![\d.,$€£¥/])(?:"
    rf"(?P<y1>{_YEAR})[-/.](?P<m1>1[0-2]|0?[1-9])(?:[-/.](?P<d1>3[01]|[12]\d|0?[1-9]))?(?![\d])"
    rf"|(?P<y2>{_YEAR})\s*[年년]\s*(?:度)?(?:(?P<m2>1[0-2]|0?[1-9])\s*[月월]\s*(?:(?P<d2>3[01]|[12]\d|0?[1-9])\s*[日일])?)?"
    rf"|(?P<d3>3[01]|[12]\d|0?[1-9])(?P<s3>[./-])(?P<m3>3[01]|[12]\d|0?[1-9])(?P=s3)(?P<y3>{_YEAR}|\d\d)(?!\d)"
    rf"|(?P<m4>1[0-2]|0?[1-9])\s?[./-]\s?(?P<y4>{_YEAR})(?!\d)"
    rf"|(?:(?P<d5>3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th|er|\.|º)?\s*(?:de\s+)?)?{_NAME.format('n5')}\.?,?\s*(?:de\s+|del\s+|of\s+)?"
    rf"(?:(?P<d6>3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)?,\s*)?(?P<y5>{_YEAR}|['’´`]\d\d)(?!\d)"
    r"|(?P<m7>1[0-2]|0?[1-9])/(?P<y7>\d\d)(?![\d/])"
    rf"|(?:\b(?:[QT][1-4]\s?[/'’-]?|[1-4](?:\.|e|er|º)?\s?(?:Quartal|trimestre))\s?(?:de\s)?)?"
    rf"(?P<y6>{_YEAR})(?:\s?[QT][1-4]\b|(?![\da-zA-Z%+]|[.,]\d|\s?[$€£]))"
    r")"
)
_ENDS: Final = re.compile(r"^[\s,;:|·•–—/~〜、，→▪◦*-]+|[\s,;:|·•–—/~〜、，→▪◦*-]+$")
_SUFFIX: Final = re.compile(r"\s?(?:r\.|гг?\.|a\.d\.)(?=\W|$)")
"""The word "year" after it, in Polish and Russian."""
_QUICK: Final = re.compile(r"(?:19[4-9]|20[0-4])\d|['’´`]\d\d|\d/\d\d")
_DIGIT: Final = re.compile(r"(?![0-9])\d")
_BARE_START: Final = re.compile(
    rf"{_NAME.format('n')}\.?\s*(?:{_DASH}|(?<=\s)(?:to|until|bis|a|à|al|até|tot|do|till|til)(?=\s))\s*(?:\d{{1,2}}\.?\s)?$"
)
_SHORT_END: Final = re.compile(rf"\s?(?:{_DASH}|/)\s?(\d\d)(?![\d%.,])")
_OPEN: Final = re.compile(rf"\s*{_DASH}\s*(?=$|[)\]|·•,;:])|[-–](?=\s+[^\W\d_])")
_SHORT: Final = re.compile(r"\d/\d\d")
"""A month and a year such as 3/17: a date only in a span, for it may also be a score."""
_CLEARLY_TO: Final = re.compile(rf"\s*(?:{_DASH}|(?:to|until|bis)\b)\s*", re.IGNORECASE)
_BRACKETS: Final = re.compile(r"[(\[（【]\s*$")
_DURATION: Final = re.compile(
    r"\s*[(·•,|]?\s*\d+\s*(?:years?|yrs?|months?|mos?|Jahre?|Monate?|ans?|mois|años?|meses)\b[^)]{0,20}\)?",
    re.IGNORECASE,
)


@lru_cache(1)
def _connectors() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    def words(all_words: tuple[str, ...]) -> str:
        return "|".join(re.escape(word) for word in sorted(all_words, key=len, reverse=True))

    letters = r"(?![^\W\d_])"
    to = rf"(?:\s*{_DASH}+\s*|\s*(?<![^\W\d_])(?:{words(TO)}){letters}\.?\s*|\s*[/]\s*|\s+)"
    between = re.compile(rf"\s*[,.]?{to}\s*", re.IGNORECASE)
    present = re.compile(
        rf"\s*[,.]?(?:\s*{_DASH}+\s*|\s*(?:{words(TO)}){letters}\s*|\s*[/(]\s*|\s+){{0,3}}(?:{words(PRESENT_WORDS)}){letters}\)?",
        re.IGNORECASE,
    )
    since = re.compile(rf"(?:^|(?<=[\s(|,·•]))(?P<word>{words(SINCE)})\s*:?\s*$", re.IGNORECASE)
    return between, present, since


@lru_cache(4096)
def find_dates(text: str) -> tuple[Found, ...]:
    """Return the dates and spans in a line, in order."""
    if not _QUICK.search(text) and (text.isascii() or not _DIGIT.search(text)):
        return ()
    plain = _DIGIT.sub(lambda match: str(unicodedata.decimal(match[0])), text)
    if not _QUICK.search(plain):
        return ()
    return tuple(_spans(plain, _without_scores(plain, _points(plain))))


def _points(text: str) -> list[_Point]:
    points: list[_Point] = []
    position = 0
    while match := _POINT.search(text, position):
        point = _point(match)
        if point is None:
            # A word that is no month before a year: try again at the year.
            position = match.start("y5") if match["y5"] and match.start("y5") > match.start() else match.end()
            full = _POINT.match(text, position) if match["y5"] and len(match["y5"]) == 4 else None
            if full and full["y1"] and (point := _point(full)):
                points.append(point)  # "Employed: 2018-04-15"
                position = point.end
            elif match["y5"] and len(match["y5"]) == 4 and not text[match.end() : match.end() + 1].isalpha():
                points.append(_Point(match.start("y5"), match.end("y5"), match["y5"]))
                position = match.end("y5")
            continue
        suffix = _SUFFIX.match(text, point.end)
        points.append(point._replace(end=suffix.end()) if suffix else point)
        position = points[-1].end
    return points


def _point(match: re.Match[str]) -> _Point | None:
    get = match.groupdict()
    begin = match.start()
    if get["y1"]:
        value = _join(get["y1"], get["m1"], get["d1"])
    elif get["y2"]:
        value = _join(get["y2"], get["m2"], get["d2"])
    elif get["y3"]:
        day, month = int(get["d3"]), int(get["m3"])
        if month > 12:
            day, month = month, day
        if month > 12:
            return None
        year = get["y3"] if len(get["y3"]) == 4 else _century(get["y3"])
        value = _join(year, str(month), str(day))
    elif get["y4"]:
        value = _join(get["y4"], get["m4"], None)
    elif get["y5"]:
        named = months().get(unicodedata.normalize("NFC", get["n5"]).casefold())
        year = get["y5"] if len(get["y5"]) == 4 else _century(get["y5"][1:])
        if named is None:
            return None
        value = _join(year, str(named), get["d5"] or get["d6"]) if named else year
    elif get["y7"]:
        value = _join(_century(get["y7"]), get["m7"], None)
    else:
        value = get["y6"]
    return _Point(begin, match.end(), value)


def _join(year: str, month: str | None, day: str | None) -> str:
    return f"{year}-{int(month):02d}" + (f"-{int(day):02d}" if day else "") if month else year


def _century(two: str) -> str:
    return ("20" if int(two) < 50 else "19") + two


def _spans(text: str, points: list[_Point]) -> list[Found]:
    between, present, since = _connectors()
    found: list[Found] = []
    index = 0
    while index < len(points):
        point = points[index]
        index += 1
        begin, end, start, finish = point.begin, point.end, "", point.value
        following = points[index] if index < len(points) else None
        if following and between.fullmatch(text, point.end, following.begin) and _ordered(point.value, following.value):
            start, finish, end = point.value, following.value, following.end
            index += 1
        elif now := present.match(text, point.end):
            start, finish, end = point.value, PRESENT, now.end()
        elif (
            len(point.value) == 4
            and (short := _SHORT_END.match(text, point.end))
            and 0 < (int(short[1]) - int(point.value[2:])) % 100 <= 30
        ):
            start, finish, end = point.value, _century(short[1]), short.end()
        elif opened := _OPEN.match(text, point.end):
            start, finish, end = point.value, PRESENT, opened.end()
        if not start and len(point.value) >= 7 and (bare := _BARE_START.search(text, 0, begin)):
            month = months().get(bare["n"].casefold().strip("."))
            if month:
                start, begin = f"{point.value[:4]}-{month:02d}", bare.start()
        if word := since.search(text, 0, begin):
            begin = word.start()
            if not start and word["word"].casefold() in SINCE_OPEN:
                start, finish = finish, PRESENT
        begin, end = _around(text, begin, end)
        found.append(Found(begin, end, start, finish))
    return found


def _without_scores(text: str, points: list[_Point]) -> list[_Point]:
    """Leave out what looks like 9/10 and neither begins nor ends a span."""
    _, present, _ = _connectors()
    kept: list[_Point] = []
    for index, point in enumerate(points):
        if _SHORT.fullmatch(text, point.begin, point.end):
            clear = _CLEARLY_TO.match(text, point.end)
            begins = clear and (
                present.match(text, point.end)
                or any(clear.end() == each.begin and point.value < each.value for each in points[index + 1 : index + 2])
            )
            before = kept[-1] if kept else None
            to = _CLEARLY_TO.match(text, before.end) if before else None
            if not begins and not (before and to and to.end() == point.begin and before.value < point.value):
                continue
        kept.append(point)
    return kept


def _ordered(first: str, second: str) -> bool:
    return first[:4] <= second[:4]


def _around(text: str, begin: int, end: int) -> tuple[int, int]:
    """Widen a place by a duration after it and the brackets around it."""
    if duration := _DURATION.match(text, end):
        end = duration.end()
    before = _BRACKETS.search(text, 0, begin)
    after = re.compile(r"\s*[)\]）】]").match(text, end)
    if before and after:
        return before.start(), after.end()
    return begin, end


def is_rest_of_date(text: str) -> bool:
    """Return whether a line begins with what may end a span: a date, or "Present"."""
    found = find_dates(text)
    if found and found[0].begin <= 1:
        return True
    word = text.strip(" .)]").casefold().removesuffix(" 2000")
    return word in PRESENT_WORDS or (
        text.strip().startswith(("Present", "present", "heute", "oggi")) and len(text) < 30
    )


def without_dates(text: str, found: Sequence[Found]) -> list[str]:
    """Return what a line says beside its dates, in pieces."""
    pieces, position = [], 0
    for each in found:
        pieces.append(text[position : each.begin])
        position = max(position, each.end)
    pieces.append(text[position:])
    return [piece for piece in (trim(piece) for piece in pieces) if piece]


def trim(text: str) -> str:
    """Remove separators from both ends."""
    text = _ENDS.sub("", text)
    if text.endswith(")."):
        text = text[:-1]
    if text.endswith("(") or text.startswith(")"):
        text = text.strip("() ")
    return "" if text in {".", "(", ")", "()"} else text
