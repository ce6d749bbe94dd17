"""PDF files as documents, read by PDFium in the order of the content stream.

PDFium is not thread-safe: one lock guards the process. Boxes are read for the first and last letter of each word only;
that is three times as fast as reading all of them.
"""

from __future__ import annotations

import contextlib
import ctypes
import itertools
import json
import math
import re
import threading
from collections import Counter
from typing import TYPE_CHECKING, Any, Final

import pypdfium2
import pypdfium2.raw as pdfium

from functions._shared.adapters.documents import pdf_right_to_left as rtl
from functions._shared.adapters.documents.archives import Damaged, Encrypted, TooLarge
from functions._shared.adapters.documents.pdf_tags import Mark, marks_of, tag_lines
from functions._shared.adapters.documents.pdf_words import (
    DEVANAGARI,
    DEVANAGARI_SPACE,
    GAP,
    SPACE,
    Font,
    Word,
    after_divided,
    joined,
    letterspaced,
    segments,
    word_of,
)  # fmt: skip
from functions._shared.domain.documents.form import Box, Document, Ink, Line, Link, Page, Run

if TYPE_CHECKING:
    from collections.abc import Iterator

MAX_PAGES: Final = 50
MAX_CHARACTERS: Final = 400_000
MAX_ATTACHMENT: Final = 1_000_000
ATTACHMENT: Final = "resume.json"
LOCK: Final = threading.Lock()
_WORD: Final = re.compile(r"\S+")
_BOLD: Final = re.compile(r"bold|black|heavy|semibold|demi|-bd|medi(?!um)|CMB|SFBX|LMRoman\d+-Bold", re.IGNORECASE)
_ITALIC: Final = re.compile(r"ital|obli|-it\b|CMTI|SFTI", re.IGNORECASE)
_FIXED, _SERIF = 1 << 0, 1 << 1
_FORCE_BOLD: Final = 1 << 18
"""The weight that PDFium gives is derived from the width of stems, which many files state wrongly."""
_LONG_WORD: Final = 18


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
            inks: Counter[Ink] = Counter()
            for number in range(count):
                try:
                    page, used = _page(pdf, number, budget, marked, inks)
                except pypdfium2.PdfiumError:
                    failed += 1
                    continue
                budget -= used
                document.pages.append(page)
                if budget <= 0:
                    document.partial = "the text is longer than is read"
                    break
            tag_lines(marked)
            document.inks = [ink._replace(words=words) for ink, words in inks.most_common(40)]
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


def _page(
    pdf: pypdfium2.PdfDocument, number: int, budget: int, marked: list[tuple[Line, Mark]], inks: Counter[Ink]
) -> tuple[Page, int]:
    page = pdf[number]
    text_page = page.get_textpage()
    try:
        width, height = page.get_size()
        read = _PageText(text_page, number, height, marks_of(page))
        result = Page(width, height, list(read.lines(budget)))
        marked.extend(read.marked)
        inks.update(read.inks)
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
        self._space = SPACE
        self._number, self._height = number, height
        self.count = pdfium.FPDFText_CountChars(self._raw)
        self._fonts: dict[int, tuple[Font, Mark | None, Ink]] = {}
        self.inks: Counter[Ink] = Counter()
        self._faces: dict[tuple[bytes, int], tuple[bool, bool]] = {}
        self._rectangle, self._matrix = pdfium.FS_RECTF(), pdfium.FS_MATRIX()
        self._name = ctypes.create_string_buffer(128)

    def lines(self, budget: int) -> Iterator[Line]:
        """Yield the lines in the order of the content stream."""
        text = self._text(min(self.count, budget))
        if DEVANAGARI.search(text):
            spaces = (match.start() for match in re.finditer(" ", text))
            written = any(not pdfium.FPDFText_IsGenerated(self._raw, index) for index in spaces)
            self._space = SPACE if written else DEVANAGARI_SPACE
        before: list[Word] = []
        right_to_left = 2 * len(rtl.LETTERS.findall(text)) > sum(map(str.isalpha, text))
        for match in re.finditer(r"[^\r\n]+", text):
            if right_to_left or rtl.LETTERS.search(match.group()):
                yield from self._turned(match, right_to_left=right_to_left)
                before = []
                continue
            words = [word for piece in _WORD.finditer(match.group()) for word in self._words(piece, match.start())]
            if DEVANAGARI.search(match.group()):
                words = joined(words, self._space)
            if words and before and "\ufffe" in before[-1].text and words[0].top > before[0].top:
                words[0] = after_divided(words[0], before[0])
            for segment in segments(words):
                yield self._line(segment)
                before = segment

    def _turned(self, match: re.Match[str], *, right_to_left: bool) -> Iterator[Line]:
        """Yield the lines of a row that has letters from right to left."""
        blocks: dict[object, list[tuple[int, str, Box, float]]] = {}
        x, y = ctypes.c_double(), ctypes.c_double()
        for index, letter in enumerate(match.group(), match.start()):
            if not pdfium.FPDFText_IsGenerated(self._raw, index):
                pdfium.FPDFText_GetCharOrigin(self._raw, index, ctypes.byref(x), ctypes.byref(y))
                mark = self._font(index)[1]
                key = mark.block if mark else round(y.value)
                blocks.setdefault(key, []).append((index, letter, self._box(index), round(x.value, 1)))
        for letters in blocks.values():
            parts = list(self._parts(rtl.cells_of(letters)))
            for part in reversed(parts) if right_to_left else parts:
                turned = right_to_left or rtl.outweighs(part)
                ordered = rtl.in_reading_order(part, right_to_left=turned)
                if words := list(self._words_of(ordered)):
                    yield self._line(words)

    def _parts(self, cells: list[rtl.Cell]) -> Iterator[list[rtl.Cell]]:
        """Split a row at wide gaps."""
        part: list[rtl.Cell] = []
        end = -math.inf
        for cell in cells:
            if not cell.text.isspace():
                gap, size = cell.box.left - end, self._font(cell.place)[0].size
                if part and gap > GAP * size:
                    yield part
                    part = []
                elif part and gap > SPACE * size and not part[-1].text.isspace():
                    part.append(rtl.Cell(" ", cell.box._replace(left=end, right=cell.box.left), cell.place))
                end = max(end, cell.box.right) if part else cell.box.right
            if part or not cell.text.isspace():
                part.append(cell)
        if part:
            yield part

    def _words_of(self, cells: list[rtl.Cell]) -> Iterator[Word]:
        for blank, run in itertools.groupby(cells, key=lambda cell: cell.text.isspace()):
            if not blank:
                word = list(run)
                font, mark = self._font(word[0].place)
                left, right = min(cell.box.left for cell in word), max(cell.box.right for cell in word)
                top, bottom = min(cell.box.top for cell in word), max(cell.box.bottom for cell in word)
                yield Word("".join(cell.text for cell in word), left, top, right, bottom, font, mark)

    def _text(self, count: int) -> str:
        buffer = (ctypes.c_ushort * (count + 1))()
        written = pdfium.FPDFText_GetText(self._raw, 0, count, buffer)
        text = bytes(buffer)[: 2 * max(0, written - 1)].decode("utf-16-le", "replace")
        if len(text) == count:
            return text
        # Letters outside the basic plane or without Unicode: read them one by one, so that places fit.
        codes = (pdfium.FPDFText_GetUnicode(self._raw, index) for index in range(count))
        return "".join(chr(code) if 0 < code < 0x110000 and not 0xD800 <= code < 0xE000 else " " for code in codes)

    def _words(self, match: re.Match[str], offset: int) -> Iterator[Word]:
        text, start, end = match.group(), offset + match.start(), offset + match.end() - 1
        font, mark = self._font(start)
        if len(text) > _LONG_WORD or DEVANAGARI.search(text):
            for word in self._split(text, start, font):
                yield word._replace(mark=mark)
            return
        first = self._box(start)
        # A word that is divided at the end of a line has its end on the next one.
        divided = text.find("\ufffe")
        if divided >= 0:
            end = start + divided - 1
        last = self._box(end) if end > start else first
        yield word_of(text, first, last, font)._replace(mark=mark)

    def _split(self, text: str, start: int, font: Font) -> Iterator[Word]:
        """Restore the spaces that the text has lost: where letters are further apart than letters are."""
        boxes = [self._box(start + index) for index in range(len(text))]
        space = (self._space if DEVANAGARI.search(text) else SPACE) * font.size
        begin = 0
        for index in range(1, len(text)):
            if boxes[index].left - max(box.right for box in boxes[begin:index]) > space:
                yield word_of(text[begin:index], boxes[begin], boxes[index - 1], font)
                begin = index
        yield word_of(text[begin:], boxes[begin], boxes[-1], font)

    def _box(self, index: int) -> Box:
        box = self._rectangle
        pdfium.FPDFText_GetLooseCharBox(self._raw, index, ctypes.byref(box))
        return Box(box.left, self._height - box.top, box.right, self._height - box.bottom)

    def _color(self, index: int) -> str:
        red, green, blue, alpha = (ctypes.c_uint() for _ in range(4))
        pointers = map(ctypes.byref, (red, green, blue, alpha))
        if not pdfium.FPDFText_GetFillColor(self._raw, index, *pointers):
            return "#000000"
        return f"#{red.value & 255:02x}{green.value & 255:02x}{blue.value & 255:02x}"

    def _font(self, index: int) -> tuple[Font, Mark | None]:
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
            font = Font(size or 10.0, bold, bool(_ITALIC.search(name)) or bool(flags.value & 64))
            number = pdfium.FPDFPageObj_GetMarkedContentID(pointer) if pointer and self._marks else -1
            kind = "mono" if flags.value & _FIXED else "serif" if flags.value & _SERIF else "sans"
            ink = Ink(name[:60], kind, round(font.size, 1), bold, self._color(index), 0)
            self._fonts[key] = known = font, self._marks.get(number), ink
        self.inks[known[2]] += 1
        return known[0], known[1]

    def _line(self, words: list[Word]) -> Line:
        runs: list[Run] = []
        parts = letterspaced(words) or [(" ".join(word.text for word in words), words[0].font)]
        if len(parts) == 1 and any(word.font[1:] != words[0].font[1:] for word in words):
            parts = [(word.text, word.font) for word in words]
        for text, font in parts:
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
