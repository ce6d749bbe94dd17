"""PDF files as documents, read by PDFium in the order of the content stream.

PDFium is not thread-safe: one lock guards the process. Boxes are read for the first and last letter of each word only;
that is three times as fast as reading all of them.
"""

from __future__ import annotations

import contextlib
import ctypes
import itertools
import json
import re
import threading
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import pypdfium2
import pypdfium2.raw as pdfium

from functions._shared.adapters.documents.archives import Damaged, Encrypted, TooLarge
from functions._shared.adapters.documents.pdf_tags import Mark, marks_of, tag_lines
from functions._shared.domain.documents.form import Box, Document, Line, Link, Page, Run

if TYPE_CHECKING:
    from collections.abc import Iterator

MAX_PAGES: Final = 50
MAX_CHARACTERS: Final = 400_000
MAX_ATTACHMENT: Final = 1_000_000
ATTACHMENT: Final = "resume.json"
LIGATURES: Final = {"\x1b": "ff", "\x1c": "fi", "\x1d": "fl", "\x1e": "ffi", "\x1f": "ffl"}
"""Codes of fonts of old pdfTeX without a table of Unicode."""
GAP: Final = 1.6
"""Width in em that separates two lines of a row."""
DEVANAGARI_SPACE: Final = 0.38
"""Width in em that is a space in Devanagari. PDFium sees spaces beside vowel signs, and misses some between words."""
LOCK: Final = threading.Lock()
_WORD: Final = re.compile(r"\S+")
_CJK: Final = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uff00-\uffef]")
_BOLD: Final = re.compile(r"bold|black|heavy|semibold|demi|-bd|medi(?!um)|CMB|SFBX|LMRoman\d+-Bold", re.IGNORECASE)
_ITALIC: Final = re.compile(r"ital|obli|-it\b|CMTI|SFTI", re.IGNORECASE)
_DEVANAGARI: Final = re.compile(r"[\u0900-\u097f]")
_FORCE_BOLD: Final = 1 << 18
"""The weight that PDFium gives is derived from the width of stems, which many files state wrongly."""
_LONG_WORD: Final = 18


class _Font(NamedTuple):
    size: float
    bold: bool
    italic: bool


class _Word(NamedTuple):
    text: str
    left: float
    top: float
    right: float
    bottom: float
    font: _Font
    mark: Mark | None = None


def read_pdf(data: bytes) -> Document:
    """Read a PDF.

    Raises
    ------
    Encrypted, Damaged, TooLarge
        It cannot be read.
    """
    with LOCK:
        try:
            pdf = pypdfium2.PdfDocument(data)
        except pypdfium2.PdfiumError as error:
            if "assword" in str(error) or "ecurity" in str(error):
                raise Encrypted from None
            raise Damaged from None
        try:
            count = len(pdf)
            if count > MAX_PAGES:
                raise TooLarge(f"{MAX_PAGES} pages")
            document = Document("pdf", data=_attachment(pdf))
            budget, failed = MAX_CHARACTERS, 0
            marked: list[tuple[Line, Mark]] = []
            for number in range(count):
                try:
                    page, used = _page(pdf, number, budget, marked)
                except pypdfium2.PdfiumError:
                    failed += 1
                    continue
                budget -= used
                document.pages.append(page)
                if budget <= 0:
                    document.partial = "the text is longer than is read"
                    break
            tag_lines(marked)
            if failed:
                document.partial = f"{failed} of {count} pages cannot be read"
            if failed == count:
                raise Damaged
            return document
        finally:
            pdf.close()


def _attachment(pdf: pypdfium2.PdfDocument) -> Any:  # noqa: ANN401 - any JSON
    with contextlib.suppress(pypdfium2.PdfiumError, ValueError, RecursionError):
        for index in range(min(pdf.count_attachments(), 20)):
            attachment = pdf.get_attachment(index)
            if attachment.get_name() == ATTACHMENT:
                data = bytes(attachment.get_data())
                return json.loads(data) if len(data) <= MAX_ATTACHMENT else None
    return None


def _page(pdf: pypdfium2.PdfDocument, number: int, budget: int, marked: list[tuple[Line, Mark]]) -> tuple[Page, int]:
    page = pdf[number]
    text_page = page.get_textpage()
    try:
        width, height = page.get_size()
        read = _PageText(text_page, number, height, marks_of(page))
        result = Page(width, height, list(read.lines(budget)))
        marked.extend(read.marked)
        result.links = list(_links(pdf, page, height))
        if not result.lines:
            result.images = sum(1 for _ in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_IMAGE], max_depth=2))
        return result, read.count
    finally:
        text_page.close()
        page.close()


class _PageText:
    """The text of one page, with the boxes and fonts of its words."""

    def __init__(self, text_page: pypdfium2.PdfTextPage, number: int, height: float, marks: dict[int, Mark]) -> None:
        self._raw, self._marks = text_page.raw, marks
        self.marked: list[tuple[Line, Mark]] = []
        self._number, self._height = number, height
        self.count = pdfium.FPDFText_CountChars(self._raw)
        self._fonts: dict[int, tuple[_Font, Mark | None]] = {}
        self._faces: dict[tuple[bytes, int], tuple[bool, bool]] = {}
        self._rectangle, self._matrix = pdfium.FS_RECTF(), pdfium.FS_MATRIX()
        self._name = ctypes.create_string_buffer(128)

    def lines(self, budget: int) -> Iterator[Line]:
        """Yield the lines in the order of the content stream."""
        text = self._text(min(self.count, budget))
        before: list[_Word] = []
        for match in re.finditer(r"[^\r\n]+", text):
            words = [word for piece in _WORD.finditer(match.group()) for word in self._words(piece, match.start())]
            if _DEVANAGARI.search(match.group()):
                words = _joined(words)
            if words and before and "\ufffe" in before[-1].text and words[0].top > before[0].top:
                words[0] = _after_divided(words[0], before[0])
            for segment in _segments(words):
                yield self._line(segment)
                before = segment

    def _text(self, count: int) -> str:
        buffer = (ctypes.c_ushort * (count + 1))()
        written = pdfium.FPDFText_GetText(self._raw, 0, count, buffer)
        text = bytes(buffer)[: 2 * max(0, written - 1)].decode("utf-16-le", "replace")
        if len(text) == count:
            return text
        # Letters outside the basic plane or without Unicode: read them one by one, so that places fit.
        codes = (pdfium.FPDFText_GetUnicode(self._raw, index) for index in range(count))
        return "".join(chr(code) if 0 < code < 0x110000 and not 0xD800 <= code < 0xE000 else " " for code in codes)

    def _words(self, match: re.Match[str], offset: int) -> Iterator[_Word]:
        text, start, end = match.group(), offset + match.start(), offset + match.end() - 1
        font, mark = self._font(start)
        if len(text) > _LONG_WORD or _DEVANAGARI.search(text):
            for word in self._split(text, start, font):
                yield word._replace(mark=mark)
            return
        first = self._box(start)
        # A word that is divided at the end of a line has its end on the next one.
        divided = text.find("\ufffe")
        if divided >= 0:
            end = start + divided - 1
        last = self._box(end) if end > start else first
        yield _word(text, first, last, font)._replace(mark=mark)

    def _split(self, text: str, start: int, font: _Font) -> Iterator[_Word]:
        """Restore the spaces that the text has lost: where letters are further apart than letters are."""
        boxes = [self._box(start + index) for index in range(len(text))]
        space = (DEVANAGARI_SPACE if _DEVANAGARI.search(text) else 0.17) * font.size
        begin = 0
        for index in range(1, len(text)):
            if boxes[index].left - max(box.right for box in boxes[begin:index]) > space:
                yield _word(text[begin:index], boxes[begin], boxes[index - 1], font)
                begin = index
        yield _word(text[begin:], boxes[begin], boxes[-1], font)

    def _box(self, index: int) -> Box:
        box = self._rectangle
        pdfium.FPDFText_GetLooseCharBox(self._raw, index, ctypes.byref(box))
        return Box(box.left, self._height - box.top, box.right, self._height - box.bottom)

    def _font(self, index: int) -> tuple[_Font, Mark | None]:
        pointer = pdfium.FPDFText_GetTextObject(self._raw, index)
        key = ctypes.addressof(pointer.contents) if pointer else 0
        known = self._fonts.get(key)
        if known is None:
            flags = ctypes.c_int()
            length = pdfium.FPDFText_GetFontInfo(self._raw, index, self._name, len(self._name), ctypes.byref(flags))
            name = self._name.raw[: max(0, min(length, len(self._name)) - 1)].decode("utf-8", "replace")
            bold = bool(_BOLD.search(name)) or bool(flags.value & _FORCE_BOLD)
            pdfium.FPDFText_GetMatrix(self._raw, index, ctypes.byref(self._matrix))
            scale = (self._matrix.c**2 + self._matrix.d**2) ** 0.5 or 1.0
            size = pdfium.FPDFText_GetFontSize(self._raw, index) * scale
            font = _Font(size or 10.0, bold, bool(_ITALIC.search(name)) or bool(flags.value & 64))
            number = pdfium.FPDFPageObj_GetMarkedContentID(pointer) if pointer and self._marks else -1
            self._fonts[key] = known = font, self._marks.get(number)
        return known

    def _line(self, words: list[_Word]) -> Line:
        runs: list[Run] = []
        joined = _letterspaced(words) or [(" ".join(word.text for word in words), words[0].font)]
        if len(joined) == 1 and any(word.font[1:] != words[0].font[1:] for word in words):
            joined = [(word.text, word.font) for word in words]
        for text, font in joined:
            if runs and runs[-1][1:] == (font.bold, font.italic):
                runs[-1] = Run(f"{runs[-1].text} {text}", font.bold, font.italic)
            else:
                runs.append(Run(text, font.bold, font.italic))
        text = " ".join(run.text for run in runs)
        bold = sum(len(run.text) for run in runs if run.bold) * 2 > len(text)
        box = Box(
            min(word.left for word in words), min(word.top for word in words),
            max(word.right for word in words), max(word.bottom for word in words),
        )  # fmt: skip
        size = max(
            (sum(len(w.text) for w in words if w.font.size == size), size) for size in {w.font.size for w in words}
        )[1]
        line = Line(text, self._number, box, round(size, 2), bold, tuple(runs))
        if words[0].mark:
            self.marked.append((line, words[0].mark))
        return line


def _word(text: str, first: Box, last: Box, font: _Font) -> _Word:
    if not text.isprintable():
        for code, letters in LIGATURES.items():
            text = text.replace(code, letters)
    left, right = min(first.left, last.left), max(first.right, last.right)
    return _Word(text, left, min(first.top, last.top), right, max(first.bottom, last.bottom), font)


def _joined(words: list[_Word]) -> list[_Word]:
    """Join what PDFium has divided at vowel signs of Devanagari."""
    result: list[_Word] = []
    for word in words:
        before = result[-1] if result else None
        letters = before and _DEVANAGARI.search(before.text[-1:]) and _DEVANAGARI.search(word.text[:1])
        if before and letters and -1.0 < word.left - before.right < DEVANAGARI_SPACE * word.font.size:
            result[-1] = before._replace(text=before.text + word.text, right=word.right)
            continue
        result.append(word)
    return result


def _segments(words: list[_Word]) -> Iterator[list[_Word]]:
    """Split words at wide gaps and jumps back."""
    segment: list[_Word] = []
    for word in words:
        if segment:
            em = max(segment[-1].font.size, word.font.size, 4.0)
            gap = word.left - segment[-1].right
            back = segment[-1].left - word.right
            below = abs((word.top + word.bottom) - (segment[-1].top + segment[-1].bottom)) > 1.2 * em
            # Chinese and Japanese have no spaces between words: a gap of a letter's width divides parts.
            if _CJK.match(word.text) and _CJK.match(segment[-1].text[-1]) and gap > 0.8 * em:
                gap = GAP * em + 1
            mark, last = word.mark, segment[-1].mark
            apart = mark is not None and last is not None and mark.block != last.block
            if gap > GAP * em or back > GAP * em or below or apart:
                if "\ufffe" in segment[-1].text:
                    word = _after_divided(word, segment[0])  # noqa: PLW2901
                yield segment
                segment = []
        segment.append(word)
    if segment:
        yield segment


def _after_divided(word: _Word, first: _Word) -> _Word:
    """Move the word after a divided one to the left: to the eye, its row begins with the end of that one."""
    return word._replace(left=min(word.left, first.left))


def _letterspaced(words: list[_Word]) -> list[tuple[str, _Font]] | None:
    """Join the letters of a spaced-out line ("E D U C A T I O N") to words; None for an ordinary line."""
    letters = [word for word in words if len(word.text) == 1 and word.text.isalpha()]
    if len(letters) < 4 or len(letters) < 0.7 * len(words):
        return None
    gaps = [after.left - before.right for before, after in itertools.pairwise(words)]
    usual = sorted(gaps)[len(gaps) // 2]
    text = words[0].text
    for gap, word in zip(gaps, words[1:], strict=True):
        text += (" " if gap > 1.6 * usual + 0.05 * word.font.size else "") + word.text
    return [(text, words[0].font)]


def _links(pdf: pypdfium2.PdfDocument, page: pypdfium2.PdfPage, height: float) -> Iterator[Link]:
    position, link, box = ctypes.c_int(0), pdfium.FPDF_LINK(), pdfium.FS_RECTF()
    for _ in range(200):
        if not pdfium.FPDFLink_Enumerate(page.raw, ctypes.byref(position), ctypes.byref(link)):
            return
        action = pdfium.FPDFLink_GetAction(link)
        if not action or pdfium.FPDFAction_GetType(action) != pdfium.PDFACTION_URI:
            continue
        buffer = ctypes.create_string_buffer(2048)
        length = pdfium.FPDFAction_GetURIPath(pdf.raw, action, buffer, len(buffer))
        url = buffer.raw[: max(0, min(length, len(buffer)) - 1)].decode("utf-8", "replace")
        if not url:
            continue
        placed = pdfium.FPDFLink_GetAnnotRect(link, ctypes.byref(box))
        yield Link(url, Box(box.left, height - box.top, box.right, height - box.bottom) if placed else None)
