"""The part of a résumé that can stand on its first pages, so that a picture of a page does not cost all pages."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final
from unicodedata import east_asian_width

if TYPE_CHECKING:
    from collections.abc import Iterable

    from functions._shared.domain.documents.sections import Block, Entry, Group, Section
    from functions._shared.domain.documents.view import ResumeView

ROOM: Final = 12_000
"""Letters of a column on a page. The fullest page, in the smallest print, has some 9,000."""
_LINE: Final = 80
"""What a text with a line of its own takes at least."""
_LINE_END: Final = 80
_ITEM: Final = 12
"""What an item among others takes at least."""


@dataclass(slots=True)
class _Column:
    """How many letters still fit, and whether anything did not."""

    left: int
    is_cut: bool = False

    def has_room(self) -> bool:
        self.is_cut = self.is_cut or self.left <= 0
        return self.left > 0

    def take(self, text: str, least: int = 0) -> str:
        """Return as much of a text as fits."""
        self.left -= least
        for at, letter in enumerate(text):
            cost = _LINE_END if letter == "\n" else 2 if east_asian_width(letter) in "WF" else 1
            # What a text takes at least pays for its first letters.
            self.left -= 0 if at < least and letter != "\n" else cost
            if self.left < 0:
                self.is_cut = True
                return text[:at]
        return text

    def take_all(self, texts: Iterable[str], least: int) -> list[str]:
        return [self.take(text, least) for text in texts if self.has_room()]


def first_pages(view: ResumeView, pages: int = 1) -> ResumeView:
    """Return a view that has the same first pages; the view itself if it has little more than those."""
    header, narrow, wide = _Column(ROOM), _Column(ROOM * pages), _Column(ROOM * pages)
    aside, _ = view.columns()
    keys = {section.key for section in aside}
    contacts = [each for each in view.contacts if header.has_room() and header.take(each.text, _ITEM)]
    columns = [(section, narrow if section.key in keys else wide) for section in view.sections]
    sections = [_section(section, column) for section, column in columns if column.has_room()]
    if not (header.is_cut or narrow.is_cut or wide.is_cut):
        return view
    return replace(view, contacts=contacts, sections=sections)


def _section(section: Section, column: _Column) -> Section:
    column.take(section.heading, _LINE)
    return replace(
        section,
        blocks=[_block(each, column) for each in section.blocks if column.has_room()],
        groups=[_group(each, column) for each in section.groups if column.has_room()],
        entries=[_entry(each, column) for each in section.entries if column.has_room()],
    )


def _block(block: Block, column: _Column) -> Block:
    return replace(block, texts=tuple(column.take_all(block.texts, _LINE)))


def _group(group: Group, column: _Column) -> Group:
    return replace(group, label=column.take(group.label, _ITEM), items=column.take_all(group.items, _ITEM))


def _entry(entry: Entry, column: _Column) -> Entry:
    for text in (entry.title, entry.subtitle, entry.place, entry.dates, entry.link.text if entry.link else ""):
        column.take(text)
    note = column.take(entry.note, _LINE)
    blocks = [_block(each, column) for each in entry.blocks if column.has_room()]
    labelled = [(label, column.take_all(items, _ITEM)) for label, items in entry.labelled if column.has_room()]
    return replace(entry, note=note, blocks=blocks, labelled=labelled)
