"""Résumés as plain text, as application forms take it: one column, no markup."""

from __future__ import annotations

from typing import TYPE_CHECKING

from functions._shared.domain.documents.sections import group_lines

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from functions._shared.domain.documents.sections import Block, Entry, Section
    from functions._shared.domain.documents.view import ResumeView


def write_text(view: ResumeView) -> str:
    """Write a résumé as plain text."""
    head = [view.name, *filter(None, [view.headline]), *(contact.text for contact in view.contacts)]
    parts = ["\n".join(head), *("\n".join(_section(view, section)) for section in view.sections)]
    return "\n\n".join(parts) + "\n"


def _section(view: ResumeView, section: Section) -> Iterator[str]:
    yield view.locale.upper(section.heading)
    yield from _blocks(section.blocks)
    for label, items in group_lines(section, view.locale):
        yield view.locale.colon.join(filter(None, (label, view.locale.comma.join(items))))
    for number, entry in enumerate(section.entries):
        if number:
            yield ""
        yield from _entry(view, entry)


def _blocks(blocks: Iterable[Block]) -> Iterator[str]:
    for block in blocks:
        yield from (f"- {text}" if block.is_list else text for text in block.texts)


def _entry(view: ResumeView, entry: Entry) -> Iterator[str]:
    yield from filter(None, (entry.title, view.locale.comma.join(filter(None, (entry.subtitle, entry.place)))))
    yield from filter(None, (entry.dates, entry.link.text if entry.link else "", entry.note))
    yield from _blocks(entry.blocks)
    for label, items in entry.labelled:
        yield f"{label}{view.locale.colon}{view.locale.comma.join(items)}"
