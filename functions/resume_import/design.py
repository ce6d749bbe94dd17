"""The look of a résumé in a PDF as the design of a template: columns, order, fonts, colours and spaces.

A design that was read is a proposal: fonts are matched to those that we have, and what a file does not tell keeps the
default of `parse_design`, which also bounds every value.
"""

from __future__ import annotations

import itertools
import re
from typing import TYPE_CHECKING, Any, Final

from functions._shared.domain.documents.design import SECTIONS
from functions.resume_import.reading.columns import in_reading_order
from functions.resume_import.reading.lines import clean
from functions.resume_import.reading.mirrored import is_right_to_left, mirrored
from functions.resume_import.reading.tagged import by_tags
from functions.resume_import.sections import HEADER, Section, split

if TYPE_CHECKING:
    from collections.abc import Iterable

    from functions._shared.domain.documents.form import Document, Ink, Line
    from functions.resume_import.reading.lines import Text

# Fonts that we have, by what the names of others contain.
_FONTS: Final = {
    "jetbrains|mono|courier|consolas|typewriter|menlo": "JetBrains Mono",
    "playfair|didot|bodoni|abril": "Playfair Display",
    "garamond|palatino|pagella|minion|baskerville|caslon": "EB Garamond",
    "times|georgia|cambria|sourceserif|termes|lmroman|cmr|merriweather|libertin|charter|notoserif": "Source Serif 4",
    "poppins|montserrat|gotham|futura|raleway|avenir|nunito": "Poppins",
    "lato|calibri|carlito|corbel": "Lato",
    "sourcesans|opensans|notosans|segoe|myriad|frutiger|fira|verdana|tahoma": "Source Sans 3",
    "inter|arial|helvetica|liberationsans|roboto|gyreheros|arimo": "Inter",
}  # fmt: skip
_OF_KIND: Final = {"mono": "JetBrains Mono", "serif": "Source Serif 4", "sans": "Inter"}
_SERIFS: Final = frozenset({"Source Serif 4", "EB Garamond", "Playfair Display"})
_MARGINS: Final = (28, 108)
_COLORFUL: Final = 0.12
"""The least difference between the strongest and the weakest part of a colour that is none of the greys."""


def design_of(document: Document) -> dict[str, Any] | None:
    """Return the design of a PDF; None for other files, and where no section is found."""
    if not document.inks or not all(page.measured for page in document.pages):
        return None
    if is_right_to_left(document):
        document = mirrored(document)
    sections = [each for each in split(clean(by_tags(document) or in_reading_order(document))) if each.heading]
    order = list(dict.fromkeys(each.kind for each in sections if each.kind in SECTIONS))
    page, lines = document.pages[0], [line for line in document.pages[0].lines if line.text.strip()]
    if not order or not lines:
        return None
    body = max(document.inks, key=lambda ink: (not ink.bold, ink.words))
    name = max(lines, key=lambda line: line.size)
    left, right = min(line.box.left for line in lines), max(line.box.right for line in lines)
    sidebar = _sidebar(sections, lines, left, max(right, page.width - left))
    headings = [each.heading for each in sections if each.heading and each.kind in order]
    head = _ink_of(document.inks, headings[0], body)
    design: dict[str, Any] = {
        "layout": "two-column" if sidebar else "single-column",
        "fonts": {
            "heading": _font(head), "body": _font(body), "fallback": _kind(_font(body)),
            "size": f"{min(max(body.size, 9), 14):g}pt",
        },
        "colors": _colors(document.inks, body, head),
        "sectionOrder": ["personalInfo", *order],
        "spacing": {
            "margins": f"{min(max(round(left), _MARGINS[0]), _MARGINS[1])}pt",
            "lineHeight": _line_height(lines, body.size),
        },
        "header": {"align": _align(name, page.width, has_sidebar=bool(sidebar))},
        "headings": {"case": "upper" if all(text.text.isupper() for text in headings) else "none"},
    }  # fmt: skip
    return design | ({"sidebar": sidebar} if sidebar else {})


def _font(ink: Ink) -> str:
    name = re.sub(r"[^a-z0-9]", "", ink.font.rpartition("+")[2].casefold())
    return next((ours for names, ours in _FONTS.items() if re.search(names, name)), _OF_KIND[ink.kind])


def _kind(font: str) -> str:
    return "mono" if "Mono" in font else "serif" if font in _SERIFS else "sans"


def _ink_of(inks: list[Ink], heading: Text, body: Ink) -> Ink:
    """Return how a heading is set."""
    alike = [ink for ink in inks if abs(ink.size - heading.line.size) < 0.3 and ink.bold == heading.line.bold]
    colourful = [ink for ink in alike if ink.color not in {body.color, "#ffffff"}]
    return max(colourful or alike or [body], key=lambda ink: ink.words)


def _colors(inks: list[Ink], body: Ink, head: Ink) -> dict[str, str]:
    """Return the colours: of headings, of what else stands out, of text, and of what is less than text."""
    text = body.color if body.color != "#ffffff" else "#222222"
    primary = head.color if head.color != "#ffffff" else text
    others = [ink for ink in inks if ink.color not in {text, primary, "#ffffff"}]
    bright = next((ink.color for ink in others if _range(ink.color) > _COLORFUL), primary)
    muted = next((ink.color for ink in others if _range(ink.color) <= _COLORFUL), text)
    return {"primary": primary, "secondary": bright, "text": text, "muted": muted}


def _range(color: str) -> float:
    parts = [int(color[place : place + 2], 16) for place in (1, 3, 5)]
    return (max(parts) - min(parts)) / 255


def _sidebar(sections: list[Section], lines: list[Line], left: float, right: float) -> dict[str, Any] | None:
    """Return the narrower of two columns whose sections stand side by side."""
    starts = [(section, section.heading.box.left) for section in sections if section.heading]
    second = max(start for _, start in starts)
    if second - left < 0.2 * (right - left):
        return None
    second = min(start for _, start in starts if second - start < 0.1 * (right - left))
    crossing = [line for line in lines if line.box.left < second - 2 and line.box.right > second + 2]
    if len(crossing) > 0.25 * len(lines):
        return None
    narrow_first = second - left < right - second
    inside = [section for section, start in starts if (start < second - 2) == narrow_first]
    end = max((line.box.right for line in lines if line.box.right < second), default=second)
    width = (end - left if narrow_first else right - second) / (right - left)
    return {
        "side": "left" if narrow_first else "right",
        "width": f"{min(max(round(100 * width), 22), 45)}%",
        "sections": [kind for kind in _kinds(inside) if kind in SECTIONS],
        "contact": "contact" in _kinds(inside),
    }


def _kinds(sections: Iterable[Section]) -> list[str]:
    return list(dict.fromkeys(section.kind for section in sections if section.kind != HEADER))


def _line_height(lines: list[Line], size: float) -> float:
    gaps = sorted(
        (after.box.bottom - before.box.bottom) / size
        for before, after in itertools.pairwise(lines)
        if abs(before.size - size) < 0.3 and abs(after.size - size) < 0.3 and abs(after.box.left - before.box.left) < 1
    )
    close = [gap for gap in gaps if 1.0 < gap < 2.0]
    return round(min(max(close[len(close) // 4], 1.05), 2.0), 2) if close else 1.35


def _align(name: Line, width: float, *, has_sidebar: bool) -> str:
    middle = abs(name.box.left + name.box.right - width) < 0.04 * width
    return "center" if middle and not has_sidebar else "left"
