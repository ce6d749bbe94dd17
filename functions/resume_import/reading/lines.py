"""Lines of a document, cleaned: bullets recognised, what repeats on each page removed."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final

from functions._shared.domain.documents.form import Box, Line, Run
from functions._shared.domain.language.invisible import visible
from functions.resume_import.dates import find_dates, is_rest_of_date
from functions.resume_import.vocabulary.patterns import HYPHEN_KEPT, PAGE_NUMBER

if TYPE_CHECKING:
    from collections.abc import Iterable

    from functions._shared.domain.documents.form import Document

GLYPHS: Final = (
    "•◦▪‣●○■□–—-*·➢➤✓✔✦❖►▶→⁃∙◆◇▸▹»›∗"
    "⋅■※◾▫◉‒❑➔➣✗✧★☆⚫\uf0b7\uf0a7\uf0d8\uf076\uf0fc\uf02d\uf06c\uf071\u2023\u204c\u25e6・"
)
_BULLET: Final = re.compile(
    rf"^(?:[{re.escape(GLYPHS)}]+(?:\s+|(?=[^\W\d_])(?<![-–—*·]))|[・●■◆◇□○]\s*(?=\w)|o\s+(?=[A-Z])|\(?(?:\d{{1,2}}|[a-z])[.)]\s+)"
)
_ONLY_GLYPH: Final = re.compile(rf"^(?:[{re.escape(GLYPHS)}]|o)$")
_ICON: Final = re.compile(
    "[\ue000-\uf8ff\U000f0000-\U0010ffff\u2600-\u26ff\u2700-\u27bf\U0001f000-\U0001faff\ufe0f\u260e-\u260f\u2709\u27a2]"
)
_SLASHED: Final = re.compile(r"(?<![\d/])(\d{1,2})/(\d{1,2})/((?:19|20)\d\d)(?![\d/])")
_UPDATED: Final = re.compile(r"^last updated (?:in|on)\b.{0,40}$", re.IGNORECASE)


@dataclass(slots=True)
class Text:
    """A line, or several that were wrapped, as the rules use it.

    Parameters
    ----------
    text : str
        Its words, without the sign of a bullet.
    line : Line
        The first line: place and style.
    bullet : bool
        Whether it is an item of a list.
    box : Box
        The place of all of it.
    """

    text: str
    line: Line
    bullet: bool = False
    box: Box = field(default_factory=lambda: Box(0, 0, 0, 0))
    runs: tuple[Run, ...] = ()
    frame: float = 0.0

    @property
    def page(self) -> int:
        """The number of its page."""
        return self.line.page

    @property
    def level(self) -> int:
        """The level that the file gives it as a heading, from 1; 0 for what is none."""
        role, _, level = self.line.role.partition(" ")
        return int(level or 1) if role == "heading" else 0

    @property
    def style(self) -> tuple[float, bool, bool, bool]:
        """How it is set: size, bold, italic, capitals."""
        runs = self.line.runs
        return (
            round(self.line.size),
            runs[0].bold if runs else self.line.bold,
            bool(runs) and runs[0].italic,
            self.text.isupper(),
        )


def clean(document: Document) -> list[Text]:
    """Return the lines of a document, cleaned."""
    repeated = _furniture(document)
    texts: list[Text] = []
    for page in document.pages:
        signs = [line for line in page.lines if _ONLY_GLYPH.match(line.text.strip()) and line.role != "bullet"]
        dashes = [
            sign
            for sign in signs
            if sign.text.strip() in "–—-"
            and any(_is_dash_after(line, sign) and find_dates(line.text) for line in page.lines)
        ]
        bullets = [sign for sign in signs if sign not in dashes]
        for line in _rejoined(line for line in page.lines if line not in signs) if signs else _rejoined(page.lines):
            if _is_furniture(line, page.height, repeated):
                continue
            text = _repaired(line.text)
            if any(_is_dash_after(line, sign) for sign in dashes):
                text = f"{text} –"
            marked = _BULLET.match(text)
            if marked and (text[marked.end() :].isdigit() or _is_dash_range(text)):
                marked = None
            bullet = line.role == "bullet" or marked is not None
            if sign := _sign_of(line, bullets):
                bullet = True
                if line.box.left - sign.box.left < 3 * line.size:
                    line = replace(line, box=line.box._replace(left=sign.box.left))  # noqa: PLW2901
            body = text[marked.end() :] if marked else text
            body = " ".join(_ICON.sub(" ", body).split())
            if not body:
                continue
            runs = tuple(
                Run(cleaned, run.bold, run.italic)
                for run in line.runs
                if (cleaned := " ".join(_ICON.sub(" ", _repaired(run.text)).split()))
            )
            texts.append(Text(body, line, bullet, line.box, runs))
    _turn_dates(texts)
    _set_frames(texts, narrowest=7 if all(page.measured for page in document.pages) else 28)
    return texts


def _turn_dates(texts: list[Text]) -> None:
    """Write dates as 2018-04-15 on short lines where a day above 12 shows that the file has the month first."""
    numbers = [match for text in texts for match in _SLASHED.finditer(text.text)]
    if not any(int(match[2]) > 12 for match in numbers) or any(int(match[1]) > 12 for match in numbers):
        return
    for text in texts:
        if len(text.text) < 60:
            text.text = _SLASHED.sub(lambda match: f"{match[3]}-{int(match[1]):02d}-{int(match[2]):02d}", text.text)


def _is_dash_after(line: Line, sign: Line) -> bool:
    """Return whether a dash of its own stands after a line on its row: "01/2015", a gap, and the dash."""
    return (
        abs(sign.box.bottom - line.box.bottom) < 0.4 * line.size and 0 < sign.box.left - line.box.right < 6 * line.size
    )


def _sign_of(line: Line, signs: list[Line]) -> Line | None:
    """Find the sign of a bullet that the file holds apart from its text."""
    best = [
        sign
        for sign in signs
        if abs(sign.box.bottom - line.box.bottom) < 0.55 * line.size
        and -1 <= line.box.left - sign.box.right < 9 * line.size
    ]
    return max(best, key=lambda sign: sign.box.right, default=None)


def _set_frames(texts: list[Text], *, narrowest: float) -> None:
    """Find how far the lines of each column reach: a line that is about as long may be wrapped.

    Lines of fewer em than ``narrowest`` are no column.
    """
    known: dict[tuple[int, int, int], float] = {}
    for text in texts:
        left, size = text.box.left, text.line.size
        key = (text.line.page, round(left / 4), round(size))
        if key not in known:
            column = [
                each
                for each in texts
                if each.line.page == text.line.page and -4 * size < each.box.left - left < 4 * size
            ]
            alike = [each for each in column if -1.5 < each.line.size - size < 1.5]
            frame = _frame(alike, left, narrowest * size)
            longest = max(each.box.right for each in alike if abs(each.box.left - left) < 1.5)
            if frame and longest > frame + 2 * size:
                frame = 0.0  # lines of that length are not wrapped
            elif not frame:
                frame = _frame(column, left, narrowest * size)
                frame = frame if longest <= frame + size else 0.0
            known[key] = frame or longest + 10 * size
        text.frame = known[key]


def _frame(column: list[Text], left: float, narrowest: float) -> float:
    """Return where three lines of a column end close to each other, if they do: there lines are wrapped."""
    rights = sorted((each.box.right for each in column), reverse=True)
    return next(
        (
            right
            for right, third in zip(rights, rights[2:], strict=False)
            if right - left > narrowest and third > right - 0.14 * (right - left)
        ),
        0.0,
    )


def _is_dash_range(text: str) -> bool:
    return (
        text[:1] in "-–—"
        and len(text) < 32
        and (is_rest_of_date(text[1:].strip()) or is_rest_of_date(f"{text[1:].strip()} 2000"))
    )


def _repaired(text: str) -> str:
    text = visible(text.replace("\u00a0", " ").replace("\u2009", " ").replace("\u202f", " "))
    if "\ufffe" in text or "\u00ad" in text:
        # Bounded: without a bound, a long word is tried from each of its letters.
        text = re.sub(r"(\w{0,60})[\ufffe\u00ad]\s*(\w{0,60})", _hyphen, text)
    return " ".join(
        unicodedata.normalize("NFC", re.sub("[ﬀ-ﬆ]", lambda m: unicodedata.normalize("NFKC", m[0]), text)).split()
    )


def _hyphen(match: re.Match[str]) -> str:
    before, after = match[1], match[2]
    return f"{before}-{after}" if keeps_hyphen(before, after) else before + after


def keeps_hyphen(before: str, after: str) -> bool:
    """Return whether a hyphen at the end of a line belongs to the word."""
    return (
        not after
        or before.casefold() in HYPHEN_KEPT
        or after[0].isupper()
        or not before
        or before[-1].isdigit()
        or before.isupper()
    )


def _rejoined(lines: Iterable[Line]) -> Iterable[Line]:
    """Join what was torn apart on one baseline: superscripts, drop capitals."""
    last: Line | None = None
    for line in lines:
        if last is not None and last.page == line.page and line.role == last.role:
            gap = line.box.left - last.box.right
            middle = (line.box.top + line.box.bottom) / 2
            if (
                -0.3 * last.size < gap < 0.6 * last.size
                and last.box.top < middle < last.box.bottom
                and line.size <= last.size + 0.5
            ):
                space = " " if gap > 0.12 * last.size and line.text[0] not in ".,;:)" else ""
                box = Box(
                    last.box.left,
                    min(last.box.top, line.box.top),
                    line.box.right,
                    max(last.box.bottom, line.box.bottom),
                )
                if line.size < last.size - 0.5:
                    box = last.box._replace(right=line.box.right)
                last = replace(last, text=last.text + space + line.text, box=box, runs=(*last.runs, *line.runs))
                continue
        if last is not None:
            yield last
        last = line
    if last is not None:
        yield last


def _furniture(document: Document) -> set[str]:
    """Find the lines that pages repeat at their top or bottom."""
    shapes = {
        (line.page, _shape(line)) for page in document.pages for line in page.lines if _at_edge(line, page.height)
    }
    pages = len({line.page for line in document.lines()})
    counts = Counter(shape for _, shape in shapes)
    return {shape for shape, count in counts.items() if count > 1 and count * 2 >= pages}


def _at_edge(line: Line, height: float) -> bool:
    return line.box.bottom < 0.09 * height or line.box.top > 0.91 * height


def _shape(line: Line) -> str:
    """Return what lines at the edges of pages have in common; what tags count as text differs by its numbers."""
    return line.text.casefold() if line.tag else re.sub(r"\d+", "#", line.text.casefold())


def _is_furniture(line: Line, height: float, repeated: set[str]) -> bool:
    if not _at_edge(line, height):
        return False
    if _UPDATED.match(line.text):
        return True
    at_bottom = line.box.top > 0.5 * height
    if (line.page > 0 or (at_bottom and "@" not in line.text)) and _shape(line) in repeated:
        return True
    return bool(line.box.top > 0.91 * height or line.page > 0) and bool(PAGE_NUMBER.match(line.text.strip()))
