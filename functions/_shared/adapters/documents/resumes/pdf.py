"""Résumés as PDF and PNG, set by Typst.

The template is `resume.typ`. All content reaches it as one JSON string, and Typst never reads a string as markup, so
there is nothing to escape.
"""

from __future__ import annotations

import json
import re
from dataclasses import replace
from functools import cache
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Any, Final
from unicodedata import east_asian_width

import typst

from functions._shared.adapters.documents.resumes import fonts
from functions._shared.domain.documents.design import contrast, tint
from functions._shared.domain.documents.first_pages import first_pages
from functions._shared.domain.documents.paper import PAPERS
from functions._shared.domain.documents.scripts import language_of_block
from functions._shared.domain.resume.content import ResumeContent

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from functions._shared.adapters.documents.resumes.fonts import Fonts
    from functions._shared.domain.documents.design import Design
    from functions._shared.domain.documents.sections import Block, Entry, Section
    from functions._shared.domain.documents.view import Contact, Letter, ResumeView

_TEMPLATE: Final = Path(__file__).parent / "resume.typ"
_INLINE: Final = frozenset({"certifications", "awards"})
"""Sections whose entries have title and subtitle in one line."""
_ONE_COMPILER: Final = Lock()
_WIDTH_OF_A_LETTER: Final = 0.56
_PAGES: Final = re.compile(rb"/Type\s*/Pages\s*/Count\s+([0-9]+)")
THUMBNAIL: Final = 720
"""Pixels."""
_SPACED: Final = frozenset(
    {
        "en", "de", "fr", "es", "it", "pt", "nl", "pl", "cs", "sv", "da", "nb", "fi", "tr", "hu", "ro", "id", "vi",
        "ru", "uk", "el",
    }
)  # fmt: skip
"""Languages whose letters may be spaced and slanted."""
_AS_THEY_ARE: Final = (
    "size", "line_height", "item_gap", "primary", "secondary", "text", "muted", "margin", "section_gap", "header",
    "photo", "heading_case", "heading_rule", "bullet", "dates", "skills",
)  # fmt: skip


class Typesetter:
    """One résumé on its way to pages. Its fonts are chosen once, its design may vary.

    Parameters
    ----------
    view : ResumeView
        The résumé.
    is_whole : bool
        Whether the view has all pages, so that their number may be printed.
    chosen : Fonts, optional
        The fonts; chosen by the text if they are missing.
    """

    def __init__(self, view: ResumeView, *, is_whole: bool = True, chosen: Fonts | None = None) -> None:
        self.view = view
        self._is_whole = is_whole
        self.fonts = chosen or fonts.choose(
            view.design.heading_font, view.design.body_font, view.design.fallback, view.language, _all_text(view)
        )
        # PDF/UA forbids boxes in place of glyphs, and a question mark is at least seen.
        replacements = dict.fromkeys(map(ord, self.fonts.missing), "?")
        self._content = json.dumps(_content(view), ensure_ascii=False).translate(replacements)

    def pages(self, design: Design) -> int:
        """Return how many pages the résumé needs under a design."""
        # The smallest pictures there are: only their number counts.
        return len(self._compile(design, format="png", ppi=1))

    def part(self, page: int) -> Typesetter:
        """Return what sets the first pages alike, up to one of them. Their total is not printed if there are more."""
        shorter = first_pages(self.view, page)
        return self if shorter is self.view else Typesetter(shorter, is_whole=False, chosen=self.fonts)

    def pdf(self, design: Design) -> bytes:
        """Return a tagged PDF that satisfies PDF/UA-1 as Typst enforces it."""
        has_resume = self.view.content != ResumeContent()  # a report has none to attach
        return self._compile(design, attach=has_resume, format="pdf", pdf_standards=["ua-1"])[0]

    def png(self, design: Design, width: int = THUMBNAIL) -> list[bytes]:
        """Return a picture of every page, ``width`` pixels wide."""
        return self._compile(design, format="png", ppi=width / PAPERS[design.paper][0] * 72)

    def _compile(self, design: Design, *, attach: bool = False, **options: Any) -> list[bytes]:  # noqa: ANN401 - typst's
        style = _style(self.view, design, self.fonts)
        attachment = (
            json.dumps(self.view.json_resume(), ensure_ascii=False, indent=2)
            if attach and not self.view.letter
            else None
        )
        rest = {"style": style, "attachment": attachment, "whole": self._is_whole}
        inputs = {"content": self._content, "rest": json.dumps(rest, ensure_ascii=False)}
        with _ONE_COMPILER:
            pages = _compiler().compile(sys_inputs=inputs, **options)
        return list(pages) if isinstance(pages, list) else [pages]


def page_count(document: bytes) -> int:
    """Return how many pages a PDF of Typst has. Typst writes its page tree first, flat and uncompressed."""
    match = _PAGES.search(document)
    if match is None:
        raise ValueError("the PDF has no page tree where Typst writes it")
    return int(match[1])


@cache
def _compiler() -> Any:  # noqa: ANN401 - typst's compiler
    """Build the container's compiler. It keeps the fonts and what it has parsed."""
    found = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(fonts.FOLDER)])
    return typst.Compiler(str(_TEMPLATE), root=str(_TEMPLATE.parent), font_paths=found)


def _style(view: ResumeView, design: Design, chosen: Fonts) -> dict[str, Any]:
    width, height = PAPERS[design.paper]
    style = {name: getattr(design, name) for name in _AS_THEY_ARE}
    longest = max(map(_width, re.split(r"[\s-]+", view.name)), default=0.0)
    sidebar = view.sidebar
    narrow = sidebar is not None and sidebar.tinted and sidebar.side == "start"
    room = (width - 2 * design.margin) * (sidebar.width if sidebar and narrow else 1)
    # A name takes at most two lines, and none of its words is broken.
    fitting = min(1.9 * room / max(_width(view.name), 1), room / max(longest, 1))
    largest, smallest = design.size * (1.9 if narrow else 2.5), design.size * 1.3
    style |= {
        "width": width,
        "height": height,
        "heading": chosen.heading,
        "body": chosen.body,
        "tint": tint(design.primary),
        "on_primary": "#ffffff" if contrast(design.primary) > contrast(design.primary, "#111111") else "#111111",
        "name_size": round(max(smallest, min(largest, fitting)), 2),
        "name_weight": 700,
        "name_tracking": 0,
        "section_scale": 1.2,
        "tracking": 0.06 if view.language.split("-")[0] in _SPACED else 0,
        "subtitle_style": "italic" if design.fallback == "serif" and view.language in _SPACED else "normal",
        "photo_size": design.size * 8,
        "photo_round": design.header != "left" or narrow,
        # The bullets of this family are those of the smallest print.
        "bullet_scale": 1.3 if chosen.body[0].startswith("Source") and design.bullet == "•" else 1,
        "sidebar": None,
    }
    if sidebar:
        style["sidebar"] = {name: getattr(sidebar, name) for name in ("side", "width", "contact", "tinted")}
    return style


def _width(text: str) -> float:
    """Return roughly how wide a text is, in multiples of its size."""
    return sum(1.0 if east_asian_width(letter) in "WF" else _WIDTH_OF_A_LETTER for letter in text)


def _content(view: ResumeView) -> dict[str, Any]:
    """Return what is printed. A text in another language than the résumé's becomes ``{"t": text, "l": language}``."""
    aside, main = view.columns()
    heading = view.locale.upper if view.design.heading_case == "upper" else str
    return {
        "lang": view.language,
        "rtl": view.right_to_left,
        "comma": view.locale.comma,
        "colon": view.locale.colon,
        "title": view.title,
        "author": view.name,
        "name": _text(view, view.name),
        "headline": _text(view, view.headline),
        "contact_heading": heading(view.locale.words["contact"]),
        "contacts": [_contact(view, each) for each in view.contacts],
        "photo": list(view.photo) if view.photo else None,
        "aside": [_section(view, section, heading) for section in aside],
        "main": [_section(view, section, heading) for section in main],
        "letter": _letter(view, view.letter) if view.letter else None,
    }


def _letter(view: ResumeView, letter: Letter) -> dict[str, Any]:
    return {
        "date": letter.date,
        "recipient": _texts(view, letter.recipient),
        "subject": _text(view, letter.subject),
        "paragraphs": [{"list": each.is_list, "lines": _texts(view, each.lines)} for each in letter.paragraphs],
        "signature": _text(view, letter.signature),
    }


def _text(view: ResumeView, text: str) -> str | dict[str, str]:
    language = language_of_block(text, view.language)
    return text if language == view.language else {"t": text, "l": language}


def _texts(view: ResumeView, texts: Iterable[str]) -> list[str | dict[str, str]]:
    return [_text(view, text) for text in texts]


def _contact(view: ResumeView, contact: Contact) -> dict[str, Any]:
    text = contact.text if contact.kind != "location" else _text(view, contact.text)
    return {"k": contact.kind, "t": text, "u": contact.url}


def _section(view: ResumeView, section: Section, heading: Callable[[str], str]) -> dict[str, Any]:
    return {
        "key": section.key,
        "heading": heading(section.heading),
        "blocks": [_block(view, block) for block in section.blocks],
        "entries": [_entry(view, entry, inline=section.key in _INLINE) for entry in section.entries],
        "groups": [{"label": _text(view, each.label), "items": _texts(view, each.items)} for each in section.groups],
    }


def _entry(view: ResumeView, entry: Entry, *, inline: bool) -> dict[str, Any]:
    return {
        "title": _text(view, entry.title),
        "subtitle": _text(view, entry.subtitle),
        "place": _text(view, entry.place),
        "dates": entry.dates,
        "link": {"k": "link", "t": entry.link.text, "u": entry.link.url} if entry.link else None,
        "note": _text(view, entry.note),
        "blocks": [_block(view, block) for block in entry.blocks],
        "labelled": [(label, _texts(view, items)) for label, items in entry.labelled],
        "inline": inline,
    }


def _block(view: ResumeView, block: Block) -> dict[str, Any]:
    language = language_of_block(" ".join(block.texts), view.language)
    other = language if language != view.language else None
    # In a block of another language, only texts that differ from the block are marked.
    texts = [text if language_of_block(text, language) == language else _text(view, text) for text in block.texts]
    return {"l": other, "list": block.is_list, "texts": texts}


def _all_text(view: ResumeView) -> str:
    """Return every character that may be printed."""
    return json.dumps([_content(replace(view, photo=None)), view.locale.words], ensure_ascii=False) + "0123456789/·()"
