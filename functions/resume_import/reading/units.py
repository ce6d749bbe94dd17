"""The lines of a section as headers of entries, bullets and paragraphs, with wrapped lines joined."""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

from functions._shared.domain.documents.form import Box
from functions.resume_import.dates import Found, find_dates, is_rest_of_date
from functions.resume_import.reading.lines import keeps_hyphen
from functions.resume_import.reading.split_dates import OPEN, with_joined_dates
from functions.resume_import.vocabulary.labels import PART_LABEL
from functions.resume_import.vocabulary.words import HONOURS, is_degree, is_school, title_weight

if TYPE_CHECKING:
    from functions.resume_import.reading.lines import Text

Kind = Literal["head", "bullet", "paragraph"]
_SENTENCE_WORDS: Final = 8
_LONG: Final = 95
_LONG_NAME: Final = 130
_LONG_EASTERN: Final = 23
_LINKS: Final = re.compile(
    r"\s(?:From|from|Since|since|Seit|seit|of|and|the|for|in|at|und|für|der|die|des|de|la|le|du|et|y|e|i|w|z|en|van|voor|di|del|della|da|do|dos|&)$"
)
"""Words that no line ends with unless it is wrapped."""
_REST: Final = re.compile(
    r"^(?:[-–—]\s*|(?:until|to|till|bis|à|au|hasta|al|até|tot)\s+(?:[^\W\d_]+\.?\s+)?)(?:19|20)\d\d\b", re.IGNORECASE
)
_LABEL: Final = re.compile(r"^[^\W\d_][\w &/'’-]{1,30}[:：]\s*\S")


@dataclass(slots=True)
class Unit:
    """A header line, a bullet or a paragraph, with its lines."""

    kind: Kind
    texts: list[Text]
    dates: tuple[Found, ...] = ()

    @property
    def first(self) -> Text:
        """Its first line."""
        return self.texts[0]

    @property
    def text(self) -> str:
        """Its lines as one text."""
        joined = self.texts[0].text
        for text in self.texts[1:]:
            joined = join(joined, text.text)
        return joined

    @property
    def box(self) -> Box:
        """The place of its lines on the first page."""
        boxes = [text.box for text in self.texts if text.page == self.first.page]
        return Box(
            min(b.left for b in boxes), min(b.top for b in boxes),
            max(b.right for b in boxes), max(b.bottom for b in boxes),
        )  # fmt: skip

    @property
    def has_span(self) -> bool:
        """Whether it has a span of time, or a date."""
        return bool(self.dates)


def join(before: str, after: str) -> str:
    """Join two lines of one paragraph; a hyphen between them goes if it only divides a word."""
    if match := re.search(r"(\w+)[-\u2010]$", before):
        head = re.match(r"\w*", after)
        if after[:1].islower() and not keeps_hyphen(match[1], head[0] if head else ""):
            return before[:-1] + after
        return before + after
    if before and after and ("\u3001" <= before[-1] <= "\u9fff" or before[-1] >= "\uff00") and after[0] >= "\u3000":
        return before + after
    return f"{before} {after}"


def same_row(a: Text, b: Text) -> bool:
    """Return whether two lines share a baseline."""
    room = 0.45 * max(a.line.size, b.line.size)
    return a.page == b.page and (
        abs(a.box.bottom - b.box.bottom) < room or abs(a.line.box.bottom - b.line.box.bottom) < room
    )


def units(texts: list[Text]) -> list[Unit]:
    """Join wrapped lines, and tell headers from bullets and paragraphs."""
    result: list[Unit] = []
    spacing = _spacing(texts)
    for text in with_joined_dates(texts):
        if result and _continues(result[-1], text, spacing):
            result[-1].texts.append(text)
        elif len(result) > 1 and _continues_above(result[-2], result[-1], text):
            result[-2].texts.append(text)
        else:
            result.append(Unit("bullet" if text.bullet or _is_indented(result, text) else "head", [text]))
    for unit in result:
        if unit.kind == "head":
            unit.dates = tuple(each for each in find_dates(unit.text) if not _is_aside(unit.text, each))
            if _is_paragraph(unit):
                unit.kind, unit.dates = "paragraph", ()
    for unit, following in itertools.pairwise(result):
        # What stands above a date alone is the header that it belongs to, however long.
        if (
            unit.kind == "paragraph"
            and following.kind == "head"
            and _is_date_only(following.first)
            and len(unit.text) < 130
            and (not _ends(unit.text) or same_row(unit.texts[-1], following.first))
        ):
            unit.kind = "head"
    return result


def _is_aside(text: str, found: Found) -> bool:
    """Return whether a date is part of a remark in brackets: "(promoted from Analyst in July 2022)"."""
    begin = text.rfind("(", 0, found.begin)
    return begin >= 0 and ")" not in text[begin : found.begin] and len(text[begin : found.begin].split()) > 2


def _is_indented(result: list[Unit], text: Text) -> bool:
    """Return whether a line is an item of a list whose signs are drawn: it is indented below the header before it."""
    if text.line.role or not result or text.line.bold or (find_dates(text.text)[:1] and _is_date_only(text)):
        return False
    last = result[-1]
    if last.kind == "bullet" and not last.first.bullet and last.first.page == text.page:
        return abs(text.box.left - last.first.box.left) < 3
    if any(found.begin <= 1 or (found.start and found.end >= len(text.text) - 2) for found in find_dates(text.text)):
        return False
    lefts: list[float] = []
    for unit in reversed(result):
        if unit.kind != "head" or unit.first.page != text.page or len(lefts) > 3:
            break
        if abs(unit.first.line.box.bottom - text.line.box.bottom) < 0.3 * text.line.size:
            return False
        lefts += [each.box.left for each in unit.texts]
    return (
        any(7 < text.box.left - left < 34 for left in lefts)
        and max((left for left in lefts if left < text.box.left + 60), default=0.0) < text.box.left - 7
    )


def _spacing(texts: list[Text]) -> float:
    """Return the usual distance of lines that are close, in em."""
    gaps = sorted(
        (b.box.bottom - a.box.bottom) / max(b.line.size, 1)
        for a, b in itertools.pairwise(texts)
        if a.page == b.page and 0.8 < (b.box.bottom - a.box.bottom) / max(b.line.size, 1) < 2.6
    )
    return gaps[len(gaps) // 4] if gaps else 1.25


def _continues(unit: Unit, text: Text, spacing: float) -> bool:  # noqa: C901, PLR0911, PLR0912 - a list of cases
    last, size = unit.texts[-1], text.line.size
    if text.bullet:
        return False
    if same_row(last, text):
        return unit.kind == "bullet" and text.box.left >= last.box.right - 2 and not _is_date_only(text)
    if text.line.role or abs(size - last.line.size) > 0.8 or (unit.kind != "bullet" and is_label(text.text)):
        return False
    near = text.page == last.page and 0 < text.box.bottom - last.box.bottom < (spacing + 0.75) * size
    over = text.page == last.page + 1 or (text.page == last.page and text.box.bottom < last.box.bottom - 100)
    if not near and not over:
        return False
    first_word = text.text[0] if text.text[0] > "\u2e80" else text.text.split(" ", 1)[0]
    full = last.frame - last.box.right < len(first_word) * 0.5 * size + 1.2 * size
    full = full or "\ufffe" in last.line.text.rsplit(" ", 1)[-1]
    lower = text.text[0].islower() or text.text[0] in ",.;)&"
    same_style = text.line.bold == last.line.bold or len(last.line.runs) > 1 or lower
    if unit.kind == "bullet":
        tight = text.box.bottom - last.box.bottom < (1.12 * spacing + 0.1) * size
        return _continues_bullet(
            unit, text, full=full and (tight or over), lower=lower, same_style=same_style, over=over
        )
    aligned = (
        abs(text.box.left - last.box.left) < 2.5
        or (abs(text.box.right - last.box.right) < 1.5 and text.box.left > last.box.left)
        or (lower and abs(text.box.left - last.box.left) < 20)
    )
    dated, dates = find_dates(last.text), find_dates(text.text)
    if dated and dates and max(dated[0].begin, dates[0].begin) <= 1 and not _is_date_only(last):
        return False
    if near and aligned and (last.text.count("(") > last.text.count(")") or _LINKS.search(last.text)):
        return True
    if (
        aligned
        and near
        and (
            (OPEN.search(last.text) and find_dates(last.text) and is_rest_of_date(text.text)) or _REST.match(text.text)
        )
    ):
        return True
    if near and not lower and _would_fit(last, text) and text.box.bottom - last.box.bottom > 1.2 * spacing * size:
        return False
    same = _last_style(last) == text.style[1:3]
    if HONOURS.search(text.text) or (text.text[0].isupper() and _is_other_part(last.text, text.text)):
        return False
    if dated and dated[0].begin <= 1 and not lower:
        return False
    if near and _ends(last.text) and not lower and text.box.bottom - last.box.bottom > (1.12 * spacing + 0.1) * size:
        return False
    if _is_date_only(text):
        return False
    if dated and dated[0].begin > 1 and dated[-1].end >= len(last.text) - 2:
        return False
    if (dated and dated[0].begin > 1) or dates:
        long = len(last.text) > _LONG * 0.6 and not _ends(last.text)
        return full and same and aligned and (long or (not dated and (lower or dates[0].begin > 3)))
    eastern = "\u3001" <= last.text[-1] <= "\u9fff" and "\u3040" <= text.text[0] <= "\u9fff"
    if near and aligned and same and eastern and len(text.text) < len(last.text) > _LONG_EASTERN:
        # These scripts wrap anywhere, and where only one line is full, nothing tells how wide the column is.
        return True
    if last.text.endswith((",", " of", " and", " und", " de", " &")) and full and aligned:
        return True
    return (
        same
        and aligned
        and (full or (lower and len(last.text) > 50))
        and not (_ends(last.text) and len(last.text) < 40)
    )


def _is_other_part(before: str, text: str) -> bool:
    """Return whether of two lines one is a school and one a degree."""
    return (is_school(text) and is_degree(before)) or (is_school(before) and is_degree(text) and not is_school(text))


def _last_style(text: Text) -> tuple[bool, bool]:
    runs = text.line.runs
    return (runs[-1].bold, runs[-1].italic) if runs else (text.line.bold, False)


def _continues_above(unit: Unit, beside: Unit, text: Text) -> bool:
    """Return whether a line continues a wrapped header that has its date beside the first line."""
    first = unit.texts[-1]
    if (
        unit.kind != "head"
        or len(beside.texts) > 1
        or text.bullet
        or text.line.role
        or not any(same_row(each, beside.first) for each in (*unit.texts, text))
    ):
        return False
    near = text.page == first.page and 0 < text.box.bottom - first.box.bottom < 1.8 * text.line.size
    same = abs(text.box.left - first.box.left) < 2.5 and text.style[:3] == first.style[:3]
    word = text.text.split(" ", 1)[0]
    full = 0 < beside.first.box.left - first.box.right < (0.55 * len(word) + 1.0) * text.line.size
    flush = beside.first.box.right > first.frame - 2.5 * text.line.size
    full = full and flush and first.box.right - first.box.left > 11 * text.line.size
    open_end = text.text[0].islower() or bool(_LINKS.search(first.text)) or first.text.endswith((",", "-"))
    if text.text[0].isupper() and is_degree(text.text) and is_degree(first.text):
        return False
    if same_row(text, beside.first):
        return near and same and _is_date_only(beside.first) and bool(_LINKS.search(first.text))
    return near and same and _is_date_only(beside.first) and (open_end or full)


def _continues_bullet(unit: Unit, text: Text, *, full: bool, lower: bool, same_style: bool, over: bool) -> bool:
    last, first, size = unit.texts[-1], unit.first, text.line.size
    dated = bool(find_dates(text.text))
    open_end = full and not _ends(last.text) and not dated and text.line.bold == first.line.bold
    if over:
        return lower or open_end
    if not first.bullet:
        # Its sign is drawn: nothing but its length tells a wrapped line from the next item.
        if abs(text.box.left - first.box.left) < 3:
            word = text.text.split(" ", 1)[0]
            upper = word[0].isupper() and not (word.isupper() and len(word) > 1)
            wrapped = not upper or _has_capitals(unit.text) or bool(_LINKS.search(last.text))
            return not _would_fit(last, text) and (lower or (full and wrapped and not _ends(last.text)))
        return same_style and -34 < text.box.left - first.box.left < 20 and (full or lower)
    if text.box.left > first.box.left + 0.35 * size:
        hangs = text.box.left < first.box.left + 4.5 * size and (
            len(unit.texts) < 2 or abs(text.box.left - last.box.left) < 3
        )
        return same_style and hangs and (full or lower or not _ends(last.text) or not dated)
    return (lower and (full or abs(text.box.left - first.box.left) < 3)) or (
        open_end and abs(text.box.left - first.box.left) < 3
    )


def _has_capitals(text: str) -> bool:
    """Return whether many words within a line begin with a capital, as nouns of German do."""
    words = [word for word in text.split()[1:] if word[0].isalpha()]
    return sum(word[0].isupper() for word in words) * 5 >= max(1, len(words))


def _would_fit(last: Text, text: Text) -> bool:
    """Return whether the first word of a line would have fitted on the line before: then that was not wrapped."""
    word = text.text[0] if text.text[0] > "\u2e80" else text.text.split(" ", 1)[0]
    width = (last.box.right - last.box.left) / max(len(last.text), 1)
    return last.frame - last.box.right > width * (len(word) + 1) + 0.8 * last.line.size


def _ends(text: str) -> bool:
    return text.rstrip().endswith((".", "!", "?", "。", "।", ";"))


def _is_date_only(text: Text) -> bool:
    found = find_dates(text.text)
    return bool(found) and found[0].end - found[0].begin >= 0.8 * len(text.text)


def _is_paragraph(unit: Unit) -> bool:  # noqa: PLR0911 - a list of cases
    text, bold = unit.text, unit.first.line.bold
    if unit.first.level or (bold and len(text) < 140):
        return False
    if (PART_LABEL.match(text) and len(text) < 130) or (len(unit.dates) > 1 and ";" in text):
        return ";" in text  # a list of things that have dates of their own
    words = text.split()
    span = next((each for each in unit.dates if each.start), None)
    at_edge = span is not None and (span.begin <= 2 or span.end >= len(text) - 3)
    sentence = _ends(text) and len(words) > 5 and title_weight(re.split(r"[,(]", text)[0]) <= 0
    if span and sentence and span.end - span.begin < 0.4 * len(text):
        return True
    if at_edge and len(text) < 150:
        return False
    short_words = sum(1 for word in words if word[0].islower())
    if len(unit.texts) > 1 and not bold and len(text) > 60:
        return True
    if span and len(text) < 140 and not _ends(text):
        return False
    if _ends(text) and len(words) >= _SENTENCE_WORDS and short_words * 3 >= len(words):
        return True
    if unit.dates and len(text) < 120:
        return False
    return (len(text) > _LONG and not text.isupper() and not _is_name(text, words)) or (
        len(words) > 10 and short_words * 2 > len(words)
    )


def _is_name(text: str, words: list[str]) -> bool:
    """Return whether a long line is a name, as that of an employer: most of its words begin with capitals."""
    return len(text) < _LONG_NAME and not _ends(text) and sum(word[0].islower() for word in words) * 5 < len(words)


def is_label(text: str) -> bool:
    """Return whether a line is a label with its value: "Technologies: Go, Rust"."""
    return bool(_LABEL.match(text))
