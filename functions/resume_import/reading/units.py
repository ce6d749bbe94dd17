"""The lines of a section as headers of entries, bullets and paragraphs, with wrapped lines joined."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, Literal

from functions._shared.domain.documents.form import Box
from functions.resume_import.dates import Found, find_dates
from functions.resume_import.reading.lines import keeps_hyphen

if TYPE_CHECKING:
    from functions.resume_import.reading.lines import Text

Kind = Literal["head", "bullet", "paragraph"]
_SENTENCE_WORDS: Final = 8
_LONG: Final = 95
_LABEL: Final = re.compile(r"^[^\W\d_][\w &/'’-]{1,30}[:：]\s*\S")


@dataclass(slots=True)
class Unit:
    """A header line, a bullet or a paragraph.

    Parameters
    ----------
    kind : str
        Which of them.
    texts : list of Text
        Its lines.
    """

    kind: Kind
    texts: list[Text]
    dates: list[Found] = field(default_factory=list)

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
        return Box(min(b.left for b in boxes), min(b.top for b in boxes), max(b.right for b in boxes), max(b.bottom for b in boxes))

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
    if before and after and ("\u3040" <= before[-1] <= "\u9fff" or "\uff00" <= before[-1]) and "\u3000" <= after[0]:
        return before + after
    return f"{before} {after}"


def same_row(a: Text, b: Text) -> bool:
    """Return whether two lines share a baseline."""
    return a.page == b.page and abs(a.box.bottom - b.box.bottom) < 0.45 * max(a.line.size, b.line.size)


def units(texts: list[Text]) -> list[Unit]:
    """Join wrapped lines, and tell headers from bullets and paragraphs."""
    result: list[Unit] = []
    right = _right_edge(texts)
    spacing = _spacing(texts)
    for text in texts:
        if result and _continues(result[-1], text, right, spacing):
            result[-1].texts.append(text)
        else:
            result.append(Unit("bullet" if text.bullet else "head", [text]))
    for unit in result:
        if unit.kind == "head":
            unit.dates = find_dates(unit.text)
            if _is_paragraph(unit):
                unit.kind, unit.dates = "paragraph", []
    return _indented(result)


def _right_edge(texts: list[Text]) -> float:
    rights = sorted(text.box.right for text in texts)
    return rights[int(len(rights) * 0.97) - (1 if len(rights) > 40 else 0)] if rights and len(rights) > 3 else (rights[-1] if rights else 0.0)


def _spacing(texts: list[Text]) -> float:
    """Return the usual distance of lines that are close, in em."""
    gaps = sorted(
        (b.box.bottom - a.box.bottom) / max(b.line.size, 1)
        for a, b in zip(texts, texts[1:], strict=False)
        if a.page == b.page and 0.8 < (b.box.bottom - a.box.bottom) / max(b.line.size, 1) < 2.6
    )
    return gaps[len(gaps) // 4] if gaps else 1.25


def _continues(unit: Unit, text: Text, right: float, spacing: float) -> bool:
    last, first = unit.texts[-1], unit.first
    if text.bullet:
        return False
    if same_row(last, text):
        return unit.kind == "bullet" and text.box.left >= last.box.right - 2 and not _is_date_only(text)
    if abs(text.line.size - last.line.size) > 0.8:
        return False
    near = text.page == last.page and 0 < text.box.bottom - last.box.bottom < (spacing + 0.75) * text.line.size
    over = text.page == last.page + 1 or (text.page == last.page and text.box.bottom < last.box.bottom - 100)
    if not near and not over:
        return False
    room = right - last.box.right
    first_word = text.text.split(" ", 1)[0]
    word = len(first_word) * 0.5 * text.line.size
    full = room < word + 1.5 * text.line.size
    lower = text.text[0].islower() or text.text[0] in ",.;)&"
    if unit.kind == "bullet":
        if over and not (lower or (full and not _ends(last.text) and not find_dates(text.text) and text.line.bold == first.line.bold)):
            return False
        hanging = text.box.left > first.box.left + 0.35 * text.line.size
        same_style = text.line.bold == last.line.bold or len(last.line.runs) > 1 or lower
        if hanging:
            aligned = len(unit.texts) < 2 or abs(text.box.left - last.box.left) < 3
            return same_style and aligned and (full or lower or not _ends(last.text) or not find_dates(text.text)) and (text.box.left < first.box.left + 4.5 * text.line.size)
        return (full or not text.line.role) and lower or (full and not _ends(last.text) and same_style and not find_dates(text.text) and abs(text.box.left - first.box.left) < 3 and not text.line.bold)
    same = text.line.bold == last.line.bold and text.style[2] == last.style[2]
    aligned = abs(text.box.left - last.box.left) < 2.5 or len(unit.texts) == 1 and abs(text.box.left - last.box.left) < 20 and lower
    if unit.kind == "head" and (find_dates(last.text) or find_dates(text.text)) and not (full and len(last.text) > _LONG * 0.6):
        return False
    return same and aligned and (full or lower and len(last.text) > 50) and (len(last.text) > 45 or lower)


def _ends(text: str) -> bool:
    return text.rstrip().endswith((".", "!", "?", "。", "।", ";"))


def _is_date_only(text: Text) -> bool:
    found = find_dates(text.text)
    return bool(found) and found[0].end - found[0].begin >= 0.8 * len(text.text)


def _is_paragraph(unit: Unit) -> bool:
    text, bold = unit.text, unit.first.line.bold
    span = [each for each in unit.dates if each.start or len(unit.texts) == 1]
    if bold and len(text) < 140:
        return False
    if len(unit.texts) > 1 and not bold:
        return True
    words = text.split()
    short_words = sum(1 for word in words if word[0].islower())
    if any(each.start for each in span) and len(text) < 140 and not _ends(text):
        return False
    if _ends(text) and len(words) >= _SENTENCE_WORDS and short_words * 3 >= len(words):
        return True
    if span and len(text) < 120:
        return False
    return len(text) > _LONG and not text.isupper() or (len(words) > 10 and short_words * 2 > len(words))


def _indented(result: list[Unit]) -> list[Unit]:
    """Recognise bullets whose signs are drawn: plain lines that are indented below a header."""
    heads = [unit for unit in result if unit.kind == "head"]
    if not heads or any(unit.kind == "bullet" for unit in result):
        return result
    left = min(unit.first.box.left for unit in heads)
    for unit in result:
        indent = unit.first.box.left - left
        if unit.kind == "paragraph" and 8 < indent < 40:
            unit.kind = "bullet"
    return result


def is_label(text: str) -> bool:
    """Return whether a line is a label with its value: "Technologies: Go, Rust"."""
    return bool(_LABEL.match(text))
